/* SPDX-License-Identifier: MIT */
/* Several arguments of socket() are wrong: which error comes first. */
#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/families/kinds.h"

#include "harness/case.h"

struct step {
	int family, type, protocol;
	int error; /* 0: a socket is made */
};

/* Makes the calls of one after the other; each has one fault less than the one before. */
static void expect_steps(const struct step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct step *s = &steps[i];

		if (s->error != 0)
			EXPECT_ERR(socket(s->family, s->type, s->protocol), s->error);
		else
			EXPECT_OK(socket(s->family, s->type, s->protocol));
	}
}

/* What has no family, or has one that never had sockets, is refused before a family is asked. */
static const struct step before_the_family[] = {
	{NO_FAMILY, NO_TYPE | NO_FLAG, NO_PROTOCOL, EINVAL}, /* the flag */
	{NO_FAMILY, NO_TYPE, NO_PROTOCOL, EAFNOSUPPORT},     /* the family's number */
	{-1, NO_TYPE, NO_PROTOCOL, EAFNOSUPPORT},
	{AF_ASH, NO_TYPE, NO_PROTOCOL, EINVAL},	       /* the type's number */
	{AF_ASH, SOCK_RDM, NO_PROTOCOL, EAFNOSUPPORT}, /* the family that is not there */
	{AF_INET, SOCK_RDM, NO_PROTOCOL, EINVAL},      /* from here on it is the family's own */
	{AF_INET, SOCK_RDM, 0, ESOCKTNOSUPPORT},
	{AF_INET, SOCK_DGRAM, 0, 0},
};

/*
 * Of several faults only one is reported, and the outermost check comes first.
 *
 * socket() is a chain: flags are taken from the type; the family's number must be in range,
 * then the type's; then the family is looked up; and only the family itself looks at what
 * type and protocol mean. An error therefore tells how far the call came: `EAFNOSUPPORT` for
 * `AF_ASH` means that flags and type were numbers the kernel knows. It does not say that the
 * protocol is right, because nobody has looked yet. The case begins with everything wrong and
 * puts one thing right at a time.
 *
 * `EINVAL` comes at three of the steps, for three different faults. Nothing but trying with
 * one fault less tells them apart.
 */
CASE(one_fault_after_the_other,
     .claim = "socket() checks flags, family number, type number, family, and then lets the "
	      "family check",
     .level = LINUX, .spec = "socket(2) ERRORS; order as in linux/net/socket.c __sock_create()",
     .tags = "socket errno")
{
	int ends[2];

	expect_steps(before_the_family, sizeof(before_the_family) / sizeof(struct step));

	/* socketpair() goes the same way, and asks the family for pairs at the very end. */
	EXPECT_ERR(socketpair(NO_FAMILY, NO_TYPE | NO_FLAG, NO_PROTOCOL, ends), EINVAL);
	EXPECT_ERR(socketpair(NO_FAMILY, NO_TYPE, NO_PROTOCOL, ends), EAFNOSUPPORT);
	EXPECT_ERR(socketpair(AF_ASH, NO_TYPE, NO_PROTOCOL, ends), EINVAL);
	EXPECT_ERR(socketpair(AF_ASH, SOCK_RDM, NO_PROTOCOL, ends), EAFNOSUPPORT);
	EXPECT_ERR(socketpair(AF_INET, SOCK_RDM, NO_PROTOCOL, ends), EINVAL);
	EXPECT_ERR(socketpair(AF_INET, SOCK_RDM, 0, ends), ESOCKTNOSUPPORT);
	EXPECT_ERR(socketpair(AF_INET, SOCK_DGRAM, 0, ends), EOPNOTSUPP);
	EXPECT_OK(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends));
}

enum { STEPS = 4 };

struct family_steps {
	struct variant variant;
	bool privileged; /* the last step works only with CAP_NET_RAW */
	struct step steps[STEPS];
};

/* In each row the first three fail without CAP_NET_RAW. */
static const struct family_steps inside[] = {
	{{"AF_INET", "raw"},
	 true,
	 {{AF_INET, SOCK_RDM, NO_PROTOCOL, EINVAL},
	  {AF_INET, SOCK_RDM, IPPROTO_ICMP, ESOCKTNOSUPPORT},
	  {AF_INET, SOCK_RAW, 0, EPROTONOSUPPORT},
	  {AF_INET, SOCK_RAW, IPPROTO_ICMP, EPERM}}},
	{{"AF_INET6", "raw ipv6"},
	 true,
	 {{AF_INET6, SOCK_RDM, NO_PROTOCOL, EINVAL},
	  {AF_INET6, SOCK_RDM, IPPROTO_ICMPV6, ESOCKTNOSUPPORT},
	  {AF_INET6, SOCK_RAW, 0, EPROTONOSUPPORT},
	  {AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, EPERM}}},
	{{"AF_UNIX", NULL},
	 false,
	 {{AF_UNIX, SOCK_RDM, NO_PROTOCOL, EPROTONOSUPPORT},
	  {AF_UNIX, SOCK_STREAM, NO_PROTOCOL, EPROTONOSUPPORT},
	  {AF_UNIX, SOCK_RDM, 0, ESOCKTNOSUPPORT},
	  {AF_UNIX, SOCK_STREAM, 0, 0}}},
	{{"AF_NETLINK", "netlink"},
	 false,
	 {{AF_NETLINK, SOCK_STREAM, NO_PROTOCOL, ESOCKTNOSUPPORT},
	  {AF_NETLINK, SOCK_STREAM, 0, ESOCKTNOSUPPORT},
	  {AF_NETLINK, SOCK_DGRAM, NO_PROTOCOL, EPROTONOSUPPORT},
	  {AF_NETLINK, SOCK_DGRAM, 0, 0}}},
	{{"AF_PACKET", "packet"},
	 true,
	 {{AF_PACKET, SOCK_STREAM, NO_PROTOCOL, EPERM},
	  {AF_PACKET, SOCK_STREAM, 0, EPERM},
	  {AF_PACKET, SOCK_RDM, 0, EPERM},
	  {AF_PACKET, SOCK_DGRAM, 0, EPERM}}},
};

/*
 * Each family has an order of its own.
 *
 * IP looks at the protocol's range, then the type, then whether the two go together, and asks
 * for the capability last: even who may not open a raw socket learns that it would have
 * been the wrong protocol. AF_PACKET asks for the capability first and tells others nothing.
 * AF_UNIX looks at the protocol before the type, AF_NETLINK at the type before the protocol.
 *
 * `EPERM` is thus no proof that the call would have worked for root, and `ESOCKTNOSUPPORT`
 * is no proof that it would not.
 */
CASE(order_inside_a_family,
     .claim = "a family checks protocol, type and privilege in an order of its own", .level = ABI,
     .spec = "inet_create(), inet6_create(), unix_create(), netlink_create(), packet_create() of "
	     "linux/net; raw(7); packet(7)",
     .tags = "socket errno privilege", .VARIANTS(inside))
{
	const struct family_steps *row = VARIANT(struct family_steps);
	const struct step *last = &row->steps[STEPS - 1];

	if (row->privileged)
		EXPECT_OK(socket(last->family, last->type, last->protocol));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	expect_steps(row->steps, STEPS);
}
