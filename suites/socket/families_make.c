/* SPDX-License-Identifier: MIT */
/* socket(): a family, a type and a protocol, and which of them go together. */
#include <errno.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

/* ------------------------------------------------------------------- the protocol */

struct protocol_row {
	struct variant variant;
	int family, type, protocol;
};

static const struct protocol_row defaults[] = {
	{{"v4_stream", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP},
	{{"v4_dgram", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_UDP},
	{{"v6_stream", "ipv6"}, AF_INET6, SOCK_STREAM, IPPROTO_TCP},
	{{"v6_dgram", "ipv6"}, AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
};

/*
 * Protocol 0 is the usual one for the type.
 *
 * A program asks for a kind of service, not for a protocol: a stream, or datagrams.
 * In the internet families that is TCP or UDP. The two sockets of this case, one
 * made with 0, one with the protocol's number, talk to each other.
 */
CASE(protocol_0_is_the_default,
     .claim = "socket() with protocol 0 gives TCP for SOCK_STREAM and UDP for SOCK_DGRAM",
     .level = LINUX, .spec = "ip(7); POSIX.1-2024 socket(), 2.10.16: SO_PROTOCOL",
     .tags = "socket SO_PROTOCOL", .VARIANTS(defaults))
{
	const struct protocol_row *row = VARIANT(struct protocol_row);
	struct address where;
	int named = SETUP(socket(row->family, row->type, row->protocol));
	int usual = REQUIRE_OK(socket(row->family, row->type, 0));

	where = address_loopback(row->family, 0);
	SETUP(bind(named, ADDRESS(where)));
	SETUP(getsockname(named, &where.any, &where.length));
	if (row->type == SOCK_STREAM)
		SETUP(listen(named, 1));
	EXPECT_OK(connect(usual, ADDRESS(where)));
	EXPECT_EQ(get_int(usual, SOL_SOCKET, SO_PROTOCOL), row->protocol);
}

struct kind_row {
	struct variant variant;
	int family, type, protocol; /* as the options tell them */
};

static const struct kind_row kinds[] = {
	{{"unix_stream", NULL}, AF_UNIX, SOCK_STREAM, 0},
	{{"unix_dgram", NULL}, AF_UNIX, SOCK_DGRAM, 0},
	{{"unix_seqpacket", NULL}, AF_UNIX, SOCK_SEQPACKET, 0},
	{{"tcp4", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP},
	{{"udp4", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_UDP},
	{{"icmp4", "raw"}, AF_INET, SOCK_RAW, IPPROTO_ICMP},
	{{"tcp6", "ipv6"}, AF_INET6, SOCK_STREAM, IPPROTO_TCP},
	{{"udp6", "ipv6"}, AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
};

/*
 * A descriptor can be asked what it is.
 *
 * `SO_DOMAIN`, `SO_TYPE` and `SO_PROTOCOL` give back the three arguments of
 * socket(), without the flags that were added to the type. A program that inherits
 * a descriptor needs nothing else to make another socket of the same kind: here it
 * does so, in the same words. The three can only be read.
 */
CASE(a_socket_tells_what_it_is,
     .claim = "SO_DOMAIN, SO_TYPE and SO_PROTOCOL give what makes another socket of this kind, "
	      "and are read-only",
     .level = LINUX, .spec = "socket(7); POSIX.1-2024 2.10.16",
     .tags = "socket SO_TYPE SO_DOMAIN SO_PROTOCOL", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	const int flags = SOCK_CLOEXEC | SOCK_NONBLOCK;
	int fd = SETUP(socket(row->family, row->type | flags, row->protocol));
	int family = get_int(fd, SOL_SOCKET, SO_DOMAIN);
	int type = get_int(fd, SOL_SOCKET, SO_TYPE);
	int protocol = get_int(fd, SOL_SOCKET, SO_PROTOCOL);

	EXPECT_EQ(family, row->family);
	EXPECT_EQ(type, row->type);
	EXPECT_EQ(protocol, row->protocol);
	EXPECT_OK(socket(family, type, protocol));

	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_TYPE, row->type), ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_DOMAIN, row->family), ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_PROTOCOL, row->protocol), ENOPROTOOPT);
}

/* --------------------------------------------------------------------- what is refused */

struct triple {
	int family, type, protocol;
};

struct refused_row {
	struct variant variant;
	struct triple wrong;
	int error;
	struct triple right; /* with the fault removed */
};

enum {
	NO_FAMILY = -1,
	TOO_LARGE = 0x7fff,
	UNKNOWN_FLAG = 0x10000, /* neither SOCK_CLOEXEC nor SOCK_NONBLOCK anywhere */
	NO_TYPE = 0xf,		/* the types end before */
	NO_PROTOCOL = -1,
};

static const struct refused_row refused_families[] = {
	{{"AF_UNSPEC", NULL}, {AF_UNSPEC, SOCK_DGRAM, 0}, EAFNOSUPPORT, {AF_UNIX, SOCK_DGRAM, 0}},
	{{"negative", NULL}, {NO_FAMILY, SOCK_DGRAM, 0}, EAFNOSUPPORT, {AF_INET, SOCK_DGRAM, 0}},
	{{"too_large", NULL}, {TOO_LARGE, SOCK_DGRAM, 0}, EAFNOSUPPORT, {AF_INET, SOCK_DGRAM, 0}},
};

/*
 * A family must be one that the system has.
 *
 * `AF_UNSPEC` is a number for addresses, "none" or "any"; there is no such socket.
 * The error is the same for a number that nobody knows and for a family that is
 * known but not built in or not loaded: so `EAFNOSUPPORT` for `AF_INET6` is how a
 * program finds out that there is no IPv6 here.
 */
CASE(an_unknown_family_is_refused,
     .claim = "socket() fails with EAFNOSUPPORT for AF_UNSPEC and for family numbers out of range",
     .level = POSIX, .spec = "POSIX.1-2024 socket() ERRORS; socket(2) ERRORS",
     .tags = "socket errno", .VARIANTS(refused_families))
{
	const struct refused_row *row = VARIANT(struct refused_row);

	EXPECT_ERR(socket(row->wrong.family, row->wrong.type, row->wrong.protocol), row->error);
	EXPECT_OK(socket(row->right.family, row->right.type, row->right.protocol));
}

static const struct refused_row protocols[] = {
	{{"udp4_for_stream", NULL},
	 {AF_INET, SOCK_STREAM, IPPROTO_UDP},
	 EPROTONOSUPPORT,
	 {AF_INET, SOCK_STREAM, IPPROTO_TCP}},
	{{"tcp4_for_dgram", NULL},
	 {AF_INET, SOCK_DGRAM, IPPROTO_TCP},
	 EPROTONOSUPPORT,
	 {AF_INET, SOCK_DGRAM, IPPROTO_UDP}},
	{{"udp6_for_stream", "ipv6"},
	 {AF_INET6, SOCK_STREAM, IPPROTO_UDP},
	 EPROTONOSUPPORT,
	 {AF_INET6, SOCK_STREAM, IPPROTO_TCP}},
	{{"tcp6_for_dgram", "ipv6"},
	 {AF_INET6, SOCK_DGRAM, IPPROTO_TCP},
	 EPROTONOSUPPORT,
	 {AF_INET6, SOCK_DGRAM, IPPROTO_UDP}},
	{{"tcp_for_unix", NULL},
	 {AF_UNIX, SOCK_STREAM, IPPROTO_TCP},
	 EPROTONOSUPPORT,
	 {AF_UNIX, SOCK_STREAM, 0}},
	{{"none_for_raw", "raw"},
	 {AF_INET, SOCK_RAW, 0},
	 EPROTONOSUPPORT,
	 {AF_INET, SOCK_RAW, IPPROTO_ICMP}},
};

/*
 * A protocol must fit the type.
 *
 * UDP makes no streams. Linux looks for a protocol of that number among those of
 * the type, finds none, and says `EPROTONOSUPPORT`. POSIX distinguishes: a protocol
 * that is there but of another type would be `EPROTOTYPE`. Portable programs treat
 * both alike.
 *
 * A raw socket has no default: 0 is not a protocol that could be sent.
 */
CASE(a_protocol_must_fit_the_type,
     .claim = "socket() fails with EPROTONOSUPPORT for a protocol that the family does not have "
	      "for the type",
     .level = LINUX, .spec = "socket(2) ERRORS; unix(7) ERRORS; POSIX.1-2024 socket(): EPROTOTYPE",
     .tags = "socket errno", .VARIANTS(protocols))
{
	const struct refused_row *row = VARIANT(struct refused_row);

	EXPECT_ERR(socket(row->wrong.family, row->wrong.type, row->wrong.protocol), row->error);
	EXPECT_OK(socket(row->right.family, row->right.type, row->right.protocol));
}

static const struct refused_row not_types[] = {
	{{"number_of_no_type", NULL}, {AF_INET, NO_TYPE, 0}, EINVAL, {AF_INET, SOCK_STREAM, 0}},
	{{"unknown_flag", NULL},
	 {AF_INET, SOCK_STREAM | UNKNOWN_FLAG, 0},
	 EINVAL,
	 {AF_INET, SOCK_STREAM, 0}},
	{{"negative_protocol", NULL},
	 {AF_INET, SOCK_STREAM, NO_PROTOCOL},
	 EINVAL,
	 {AF_INET, SOCK_STREAM, 0}},
	{{"rdm_in_unix", NULL},
	 {AF_UNIX, SOCK_RDM, 0},
	 ESOCKTNOSUPPORT,
	 {AF_UNIX, SOCK_SEQPACKET, 0}},
	{{"rdm_in_inet", NULL}, {AF_INET, SOCK_RDM, 0}, ESOCKTNOSUPPORT, {AF_INET, SOCK_STREAM, 0}},
};

/*
 * What is no type, and what is none here.
 *
 * The type argument holds a type in its low bits and flags above. A number that
 * means nothing is `EINVAL`, and so is a flag that this kernel does not know: thus
 * a program can try a new flag, and fall back. `SOCK_RDM`, reliable messages, is a
 * type; a family that has nothing of the kind says `ESOCKTNOSUPPORT`.
 */
CASE(a_type_must_be_one_of_the_family,
     .claim = "socket() fails with EINVAL for what is no type, ESOCKTNOSUPPORT for a type the "
	      "family has not",
     .level = LINUX, .spec = "socket(2) ERRORS: EINVAL; unix(7) ERRORS: ESOCKTNOSUPPORT",
     .tags = "socket errno", .VARIANTS(not_types))
{
	const struct refused_row *row = VARIANT(struct refused_row);

	EXPECT_ERR(socket(row->wrong.family, row->wrong.type, row->wrong.protocol), row->error);
	EXPECT_OK(socket(row->right.family, row->right.type, row->right.protocol));
}

/*
 * AF_UNIX takes its own number for a protocol, and raw for datagrams.
 *
 * Old programs wrote `PF_UNIX` as the third argument, and BSD had raw sockets in
 * this family; Linux accepts both for their sake. Nothing else documents it, so
 * the case only writes down what comes out.
 */
CASE(old_ways_to_make_a_unix_socket,
     .claim = "socket(AF_UNIX, SOCK_STREAM, 0) works, whatever other spellings do",
     .level = OBSERVED, .spec = "unix(7): the protocol is 0", .tags = "socket unix")
{
	int old, raw;

	EXPECT_OK(socket(AF_UNIX, SOCK_STREAM, 0));
	old = socket(AF_UNIX, SOCK_STREAM, PF_UNIX);
	raw = socket(AF_UNIX, SOCK_RAW, 0);
	OBSERVE("protocol PF_UNIX", "%s", old >= 0 ? "accepted" : "refused");
	OBSERVE("type of AF_UNIX SOCK_RAW", "%d",
		raw >= 0 ? get_int(raw, SOL_SOCKET, SO_TYPE) : -1);
}

/* ------------------------------------------------------------------------ privilege */

static const struct protocol_row raw_kinds[] = {
	{{"raw4", "raw"}, AF_INET, SOCK_RAW, IPPROTO_ICMP},
	{{"raw6", "raw ipv6"}, AF_INET6, SOCK_RAW, IPPROTO_ICMPV6},
	{{"packet_raw", "packet"}, AF_PACKET, SOCK_RAW, 0},
	{{"packet_dgram", "packet"}, AF_PACKET, SOCK_DGRAM, 0},
};

/*
 * Packets of one's own making need a privilege.
 *
 * A raw socket can send in any name and sees what is meant for others, so it takes
 * `CAP_NET_RAW`. The check is made once, by socket(): a program like ping opens its
 * socket first and gives the capability up at once. POSIX and socket(2) name
 * `EACCES`; raw(7) and packet(7) promise `EPERM`, and that is what comes.
 *
 * Try it: `getcap $(command -v ping)`
 */
CASE(raw_sockets_need_a_capability,
     .claim = "socket() fails with EPERM for a raw or packet socket without CAP_NET_RAW",
     .level = LINUX, .spec = "raw(7) ERRORS; packet(7) ERRORS; capabilities(7)",
     .tags = "socket raw packet errno", .VARIANTS(raw_kinds))
{
	const struct protocol_row *row = VARIANT(struct protocol_row);

	EXPECT_OK(socket(row->family, row->type, row->protocol));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(row->family, row->type, row->protocol), EPERM);
}
