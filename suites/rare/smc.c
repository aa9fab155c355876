/* SPDX-License-Identifier: MIT */
/* Shared memory communications (SMC): a TCP that goes through memory where both ends can. */
#include <linux/inet_diag.h>
#include <linux/smc_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/capture/wire.h"
#include "harness/case.h"

#ifndef AF_SMC
#define AF_SMC 43
#endif

enum {
	OVER_IPV4 = 0, /* SMCPROTO_SMC and SMCPROTO_SMC6 of linux/net/smc/smc.h */
	OVER_IPV6 = 1,
	AS_INET = 256,	   /* IPPROTO_SMC */
	LEVEL_SMC = 286,   /* SOL_SMC */
	LIMIT_HS = 1,	   /* SMC_LIMIT_HS */
	EXID_SMC = 0xe2d4, /* the first half of the option's magic number */
	SEGMENT = 600,
	/* Why it is TCP: SMC_CLC_DECL_... of linux/net/smc/smc_clc.h */
	PEER_WITHOUT_SMC = 0x03010000,
	NO_DEVICE = 0x03030000, /* and what else begins with 0x0303 */
	REASON_CLASS = 0xffff0000,
};

/* "SMC" in EBCDIC, for the mainframes that it comes from; an R or a D follows. */
static const unsigned char eyecatcher[] = {0xe2, 0xd4, 0xc3};

/* A connected pair of SMC sockets, or one where either end is plain TCP. */
static struct pair connected(int client_family, int server_family)
{
	struct pair pair = {.server_address = address_loopback(AF_INET, 0)};
	struct address *where = &pair.server_address;

	pair.listener = SETUP(socket(server_family, SOCK_STREAM, 0));
	pair.client = SETUP(socket(client_family, SOCK_STREAM, 0));
	SETUP(bind(pair.listener, ADDRESS(*where)));
	SETUP(listen(pair.listener, 1));
	SETUP(getsockname(pair.listener, &where->any, &where->length));
	SETUP(connect(pair.client, ADDRESS(*where)));
	pair.server = SETUP(accept(pair.listener, NULL, NULL));
	return pair;
}

static void exchange(const struct pair *pair)
{
	char got[8];

	EXPECT_EQ(send(pair->client, "hello", 5, 0), 5);
	EXPECT_EQ(read_exactly(pair->server, got, 5), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(send(pair->server, "yes", 3, 0), 3);
	EXPECT_EQ(read_exactly(pair->client, got, 3), 3);
	EXPECT_MEMEQ(got, "yes", 3);
}

struct over_row {
	struct variant variant;
	int protocol, family;
};

static const struct over_row overs[] = {
	{{"v4", NULL}, OVER_IPV4, AF_INET},
	{{"v6", "ipv6"}, OVER_IPV6, AF_INET6},
};

/*
 * A program of TCP needs one other number to use it.
 *
 * Addresses and ports are those of TCP, and so is all that a program sees. Between machines with
 * RDMA, or parts of one mainframe, the bytes then go through memory that both reach.
 */
CASE(smc_exchange,
     .claim = "a stream with addresses of AF_INET or AF_INET6 carries bytes in both directions "
	      "until "
	      "its end",
     .level = LINUX, .spec = "RFC 7609; linux/net/smc/af_smc.c", .needs = "smc",
     .tags = "smc connect send receive", .VARIANTS(overs))
{
	const struct over_row *row = VARIANT(struct over_row);
	struct address where = address_loopback(row->family, 0), peer = address_empty(),
		       self = peer;
	int listener = SETUP(socket(AF_SMC, SOCK_STREAM, row->protocol));
	struct pair pair = {.client = SETUP(socket(AF_SMC, SOCK_STREAM, row->protocol))};
	char byte;

	EXPECT_EQ(get_int(pair.client, SOL_SOCKET, SO_DOMAIN), AF_SMC);
	EXPECT_EQ(get_int(pair.client, SOL_SOCKET, SO_PROTOCOL), row->protocol);
	EXPECT_OK(bind(listener, ADDRESS(where)));
	EXPECT_OK(listen(listener, 1));
	EXPECT_OK(getsockname(listener, &where.any, &where.length));
	EXPECT_EQ(where.any.sa_family, row->family);
	EXPECT_NE(address_port(&where), 0);
	EXPECT_OK(connect(pair.client, ADDRESS(where)));
	pair.server = EXPECT_OK(accept(listener, &peer.any, &peer.length));
	EXPECT_EQ(peer.length, where.length);
	EXPECT_OK(getsockname(pair.client, &self.any, &self.length));
	EXPECT_EQ(self.length, where.length);
	EXPECT_TRUE(address_equal(&peer, &self));
	peer = address_empty();
	EXPECT_OK(getpeername(pair.client, &peer.any, &peer.length));
	EXPECT_EQ(peer.length, where.length);
	EXPECT_TRUE(address_equal(&peer, &where));
	exchange(&pair);
	EXPECT_OK(shutdown(pair.client, SHUT_WR));
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.server, &byte, 1, 0), 0);
}

/* How a program comes to SMC: the family, the protocol, or later for a socket that it has. */
struct way_row {
	struct variant variant;
	int family, protocol;
	const char *layer;
	bool smc;
};

static const struct way_row ways[] = {
	{{"family", NULL}, AF_SMC, OVER_IPV4, NULL, true},
	{{"protocol", "smc_protocol"}, AF_INET, AS_INET, NULL, true},
	{{"upper_layer", "smc_ulp"}, AF_INET, 0, "smc", true},
	{{"none", NULL}, AF_INET, 0, NULL, false},
};

/* Whether a SYN offers SMC (RFC 7609 3.1). */
static bool offers(const struct packet *packet)
{
	struct packet_walk walk = packet_walk(packet, packet_find(packet, PACKET_TCP));
	struct packet_tcp_option option;

	while (packet_tcp_option_next(&walk, &option)) {
		if (option.kind == PACKET_TCP_OPTION_EXPERIMENT2 && option.exid == EXID_SMC)
			return true;
	}
	return false;
}

/*
 * TCP's handshake asks whether the other end knows SMC.
 *
 * The option is one for experiments (254), with a number of its own behind. Who does not know it
 * ignores it, as TCP requires, and answers without.
 */
CASE(smc_offer,
     .claim = "SYN of an SMC socket and SYN-ACK of an SMC listener have the TCP option of SMC; "
	      "those "
	      "of TCP sockets do not",
     .level = RFC, .spec = "RFC 7609 section 3.1; RFC 6994", .needs = "smc", .tags = "smc wire",
     .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	struct address where = address_loopback(AF_INET, 0);
	int listener = SETUP(socket(row->family, SOCK_STREAM, row->protocol));
	int client = SETUP(socket(row->family, SOCK_STREAM, row->protocol));

	if (row->layer != NULL) {
		EXPECT_OK(setsockopt(listener, SOL_TCP, TCP_ULP, row->layer, strlen(row->layer)));
		EXPECT_OK(setsockopt(client, SOL_TCP, TCP_ULP, row->layer, strlen(row->layer)));
	}
	SETUP(bind(listener, ADDRESS(where)));
	SETUP(listen(listener, 1));
	SETUP(getsockname(listener, &where.any, &where.length));
	EXPECT_OK(connect(client, ADDRESS(where)));
	packet = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(offers(packet), row->smc);
	packet = wire_next_tcp(wire, PACKET_TCP_SYN | PACKET_TCP_ACK,
			       PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(offers(packet), row->smc);
}

static bool with_data(const struct packet *packet, const void *context)
{
	const struct packet_tcp *tcp = packet_tcp(packet);

	(void)context;
	return tcp != NULL && tcp->payload_length > 0;
}

/*
 * When both know SMC, they agree on the memory over TCP before the program sends anything.
 *
 * These messages begin with "SMCR" or "SMCD" in EBCDIC. The client proposes (1) what it has, or
 * declines (4) when it has neither RDMA nor memory to share; either way TCP is still there.
 */
CASE(smc_first_bytes,
     .claim = "the first bytes of the client are a message of SMC, a proposal or that it declines, "
	      "and no program sees them",
     .level = RFC, .spec = "RFC 7609 appendix A.2", .needs = "smc", .tags = "smc wire")
{
	enum { TYPE = 4, PROPOSES = 1, DECLINES = 4 };
	struct wire *wire = wire_open("a");
	struct pair pair = connected(AF_SMC, AF_SMC);
	const struct packet *packet = wire_next_wanted(wire, with_data, NULL, SOON_MS);
	const uint8_t *data;
	size_t captured;

	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_tcp(packet)->destination_port, address_port(&pair.server_address));
	data = packet_payload(packet, &captured);
	REQUIRE_TRUE(captured > TYPE);
	EXPECT_MEMEQ(data, eyecatcher, sizeof(eyecatcher));
	EXPECT_TRUE(data[TYPE] == PROPOSES || data[TYPE] == DECLINES);
	OBSERVE("first message", "%s", data[TYPE] == PROPOSES ? "proposal" : "decline");
	exchange(&pair);
}

struct found {
	uint64_t inode;
	int count;
	struct smc_diag_msg message;
	struct smc_diag_fallback fallback;
};

static void visit(const struct nlmsghdr *h, void *context)
{
	struct found *found = context;
	const struct smc_diag_msg *message = NLMSG_DATA(h);
	const struct smc_diag_fallback *fallback;

	if (message->diag_inode != found->inode)
		return;
	found->count++;
	found->message = *message;
	fallback = attribute_data(ATTRIBUTE(h, struct smc_diag_msg, SMC_DIAG_FALLBACK),
				  sizeof(*fallback));
	if (fallback != NULL)
		found->fallback = *fallback;
}

/* What the kernel says of a socket. */
static struct found diagnosed(int fd)
{
	const struct smc_diag_req header = {.diag_family = AF_SMC};
	struct netlink_request request = REQUEST(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, header);
	int netlink = netlink_open(NETLINK_SOCK_DIAG);
	struct found found = {.inode = 0};
	struct stat status;

	SETUP(fstat(fd, &status));
	found.inode = status.st_ino;
	EXPECT_GE(netlink_dump(netlink, &request, visit, &found), 1);
	EXPECT_EQ(found.count, 1);
	SETUP(close(netlink));
	return found;
}

struct end_row {
	struct variant variant;
	int client, server;
	uint32_t reason;
};

static const struct end_row ends[] = {
	{{"client", NULL}, AF_SMC, AF_INET, PEER_WITHOUT_SMC},
	{{"server", NULL}, AF_INET, AF_SMC, PEER_WITHOUT_SMC},
	{{"both", NULL}, AF_SMC, AF_SMC, NO_DEVICE},
};

/*
 * Where there is no memory to share it is TCP, and the kernel tells why.
 *
 * The program is not asked and not told: it works, only slower. Who cares asks netlink.
 *
 * Try it: `smcss -a`, of smc-tools.
 */
CASE(smc_fallback,
     .claim =
	     "SMC with a peer that has TCP only, or without a device, carries data by TCP; netlink "
	     "says SMC_DIAG_MODE_FALLBACK_TCP and why",
     .level = LINUX,
     .spec = "RFC 7609 section 3.1; linux/include/uapi/linux/smc_diag.h; linux/net/smc/smc_clc.h",
     .needs = "smc smc_diag smc_without_device", .tags = "smc netlink diag", .VARIANTS(ends))
{
	const struct end_row *row = VARIANT(struct end_row);
	struct pair pair = connected(row->client, row->server);
	int fd = row->client == AF_SMC ? pair.client : pair.server;
	int fresh = SETUP(socket(AF_SMC, SOCK_STREAM, 0));
	struct found found;

	found = diagnosed(fresh);
	EXPECT_NE(found.message.diag_mode, SMC_DIAG_MODE_FALLBACK_TCP);
	EXPECT_EQ(found.fallback.reason, 0);
	exchange(&pair);
	found = diagnosed(fd);
	EXPECT_EQ(found.message.diag_mode, SMC_DIAG_MODE_FALLBACK_TCP);
	EXPECT_EQ(found.fallback.reason & REASON_CLASS, row->reason);
}

/* Options of TCP are for the TCP connection below. */
CASE(smc_tcp_option,
     .claim = "TCP_MAXSEG on an SMC socket is in its SYN; TCP_ULP fails with EOPNOTSUPP",
     .level = ABI, .spec = "linux/net/smc/af_smc.c, smc_setsockopt()", .needs = "smc",
     .tags = "smc options wire errno")
{
	struct wire *wire = wire_open("a");
	struct address where = address_loopback(AF_INET, 0);
	int listener = tcp_listener(AF_INET, &where);
	int fd = SETUP(socket(AF_SMC, SOCK_STREAM, 0));
	const struct packet *packet;

	EXPECT_OK(set_int(fd, SOL_TCP, TCP_MAXSEG, SEGMENT));
	EXPECT_ERR(setsockopt(fd, SOL_TCP, TCP_ULP, "smc", 3), EOPNOTSUPP);
	EXPECT_ERR(setsockopt(fd, SOL_TCP, TCP_ULP, "tls", 3), EOPNOTSUPP);
	EXPECT_OK(connect(fd, ADDRESS(where)));
	packet = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_tcp(packet)->maximum_segment_size, SEGMENT);
	SETUP(close(listener));
}

/*
 * A listener that is asked too much may leave the agreement out.
 *
 * With SMC_LIMIT_HS it answers a SYN without SMC as long as hundreds of agreements are under way.
 */
CASE(smc_limit,
     .claim = "SMC_LIMIT_HS is 0 or 1, and setsockopt() fails with EINVAL for less than an int, "
	      "EOPNOTSUPP for another option",
     .level = ABI, .spec = "linux/net/smc/af_smc.c, __smc_setsockopt(), __smc_getsockopt()",
     .needs = "smc smc_limit_hs", .tags = "smc options errno")
{
	int fd = SETUP(socket(AF_SMC, SOCK_STREAM, 0)), on = 1;

	EXPECT_OK(set_int(fd, LEVEL_SMC, LIMIT_HS, 0));
	EXPECT_EQ(get_int(fd, LEVEL_SMC, LIMIT_HS), 0);
	EXPECT_OK(set_int(fd, LEVEL_SMC, LIMIT_HS, 5));
	EXPECT_EQ(get_int(fd, LEVEL_SMC, LIMIT_HS), 1);
	EXPECT_ERR(setsockopt(fd, LEVEL_SMC, LIMIT_HS, &on, sizeof(on) - 1), EINVAL);
	EXPECT_ERR(set_int(fd, LEVEL_SMC, LIMIT_HS + 1, 1), EOPNOTSUPP);
}

/* Streams over IPv4 or IPv6. */
CASE(smc_kinds,
     .claim = "socket() fails with ESOCKTNOSUPPORT for another type than SOCK_STREAM, "
	      "EPROTONOSUPPORT for another protocol than 0 and 1",
     .level = ABI, .spec = "linux/net/smc/af_smc.c, __smc_create()", .needs = "smc",
     .tags = "smc socket errno")
{
	EXPECT_ERR(socket(AF_SMC, SOCK_DGRAM, OVER_IPV4), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_SMC, SOCK_SEQPACKET, OVER_IPV4), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_SMC, SOCK_STREAM, OVER_IPV6 + 1), EPROTONOSUPPORT);
	EXPECT_ERR(socket(AF_SMC, SOCK_STREAM, IPPROTO_TCP), EPROTONOSUPPORT);
	EXPECT_OK(socket(AF_SMC, SOCK_STREAM, OVER_IPV4));
}

/* Most errors are those of TCP; some of addresses are SMC's own. */
CASE(smc_errors,
     .claim = "bind() fails with EINVAL for a part of an address, EAFNOSUPPORT for another family, "
	      "EADDRINUSE for a taken port; connect() with EINVAL for another family, ECONNREFUSED "
	      "without a listener; send() and recv() with ENOTCONN before it",
     .level = ABI, .spec = "linux/net/smc/af_smc.c, smc_bind(), smc_connect()", .needs = "smc",
     .tags = "smc bind connect errno")
{
	struct address taken, free = address_loopback(AF_INET, 0);
	const struct sockaddr_un other = {.sun_family = AF_UNIX};
	int owner = tcp_listener(AF_INET, &taken), fd = SETUP(socket(AF_SMC, SOCK_STREAM, 0));
	char byte;

	EXPECT_ERR(send(fd, "x", 1, 0), ENOTCONN);
	EXPECT_ERR(recv(fd, &byte, 1, MSG_DONTWAIT), ENOTCONN);
	EXPECT_ERR(bind(fd, &free.any, free.length - 1), EINVAL);
	EXPECT_ERR(bind(fd, (const struct sockaddr *)&other, sizeof(other)), EAFNOSUPPORT);
	EXPECT_ERR(bind(fd, ADDRESS(taken)), EADDRINUSE);
	EXPECT_OK(bind(fd, ADDRESS(free)));
	EXPECT_ERR(connect(fd, (const struct sockaddr *)&other, sizeof(other)), EINVAL);
	EXPECT_OK(connect(fd, ADDRESS(taken)));
	EXPECT_ERR(connect(fd, ADDRESS(taken)), EISCONN);
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
	SETUP(close(owner));
	fd = SETUP(socket(AF_SMC, SOCK_STREAM, 0));
	EXPECT_ERR(connect(fd, ADDRESS(taken)), ECONNREFUSED);
}
