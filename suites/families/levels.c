/* SPDX-License-Identifier: MIT */
/* Levels of options that a socket has not: which error getsockopt() and setsockopt() give. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include "suites/families/kinds.h"

#include "harness/case.h"

#ifndef SOL_TLS
#define SOL_TLS 282
#endif
#ifndef SOL_XDP
#define SOL_XDP 283
#endif
#ifndef SOL_MPTCP
#define SOL_MPTCP 284
#endif
#ifndef SOL_MCTP
#define SOL_MCTP 285
#endif
#ifndef SOL_SMC
#define SOL_SMC 286
#endif
#ifndef SOL_VSOCK
#define SOL_VSOCK 287
#endif
/* <linux/can.h> and its protocols: SOL_CAN_BASE, 100, and a protocol's number. */
#define LEVEL_CAN_RAW	101
#define LEVEL_CAN_ISOTP 106
#define LEVEL_CAN_J1939 107

struct level_row {
	struct variant variant;
	int level;
};

static const struct level_row levels[] = {
	{{"SOL_CAN_BASE", NULL}, 100},
	{{"SOL_CAN_RAW", NULL}, LEVEL_CAN_RAW},
	{{"SOL_CAN_ISOTP", NULL}, LEVEL_CAN_ISOTP},
	{{"SOL_CAN_J1939", NULL}, LEVEL_CAN_J1939},
	{{"SOL_DECNET", NULL}, SOL_DECNET},
	{{"SOL_X25", NULL}, SOL_X25},
	{{"SOL_PACKET", NULL}, SOL_PACKET},
	{{"SOL_ATM", NULL}, SOL_ATM},
	{{"SOL_AAL", NULL}, SOL_AAL},
	{{"SOL_IRDA", NULL}, SOL_IRDA},
	{{"SOL_NETBEUI", NULL}, SOL_NETBEUI},
	{{"SOL_LLC", NULL}, SOL_LLC},
	{{"SOL_DCCP", NULL}, SOL_DCCP},
	{{"SOL_NETLINK", NULL}, SOL_NETLINK},
	{{"SOL_TIPC", NULL}, SOL_TIPC},
	{{"SOL_RXRPC", NULL}, SOL_RXRPC},
	{{"SOL_PPPOL2TP", NULL}, SOL_PPPOL2TP},
	{{"SOL_BLUETOOTH", NULL}, SOL_BLUETOOTH},
	{{"SOL_PNPIPE", NULL}, SOL_PNPIPE},
	{{"SOL_RDS", NULL}, SOL_RDS},
	{{"SOL_IUCV", NULL}, SOL_IUCV},
	{{"SOL_CAIF", NULL}, SOL_CAIF},
	{{"SOL_ALG", NULL}, SOL_ALG},
	{{"SOL_NFC", NULL}, SOL_NFC},
	{{"SOL_KCM", NULL}, SOL_KCM},
	{{"SOL_TLS", NULL}, SOL_TLS},
	{{"SOL_XDP", NULL}, SOL_XDP},
	{{"SOL_MPTCP", NULL}, SOL_MPTCP},
	{{"SOL_MCTP", NULL}, SOL_MCTP},
	{{"SOL_SMC", NULL}, SOL_SMC},
	{{"SOL_VSOCK", NULL}, SOL_VSOCK},
};

struct answer {
	int family, type;
	int get, set; /* the errors */
};

static const struct answer answers[] = {
	{AF_INET, SOCK_STREAM, EOPNOTSUPP, ENOPROTOOPT},
	{AF_INET, SOCK_DGRAM, EOPNOTSUPP, ENOPROTOOPT},
	{AF_UNIX, SOCK_STREAM, EOPNOTSUPP, EOPNOTSUPP},
	{AF_UNIX, SOCK_DGRAM, EOPNOTSUPP, EOPNOTSUPP},
	{AF_NETLINK, SOCK_RAW, ENOPROTOOPT, ENOPROTOOPT},
};

/*
 * An option is a number at a level, and the level says who reads the number.
 *
 * Level `SOL_SOCKET` is for the socket itself, any other for a protocol. A socket looks only
 * at the levels of its own protocols; the same option number at another level would mean
 * something else entirely, so it must be refused, whether or not the machine has that
 * protocol.
 *
 * With which error, families do not agree. POSIX and getsockopt(2) have `ENOPROTOOPT`, for
 * an option that is unknown at the level, and nothing for a level that is. IPv4 says
 * `ENOPROTOOPT` to setsockopt() and `EOPNOTSUPP` to getsockopt(); AF_UNIX, which has no level
 * of its own, `EOPNOTSUPP` to both; IPv6 and netlink `ENOPROTOOPT` to both. A program that
 * tries an option must take both for "not here".
 */
CASE(level_of_another_protocol,
     .claim = "an option at another protocol's level fails with ENOPROTOOPT or EOPNOTSUPP, as "
	      "the family has it",
     .level = ABI,
     .spec = "getsockopt(2) ENOPROTOOPT; do_ip_getsockopt(), do_ip_setsockopt(), sock_no_* and "
	     "netlink_setsockopt() of linux/net",
     .tags = "option level errno", .VARIANTS(levels))
{
	int level = VARIANT(struct level_row)->level;

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		const struct answer *a = &answers[i];
		int fd, value = 77, one = 1;
		socklen_t length = sizeof(value);

		if (a->family == AF_NETLINK && level == SOL_NETLINK)
			continue;
		fd = SETUP(socket(a->family, a->type, 0));
		EXPECT_ERR(getsockopt(fd, level, SO_REUSEADDR, &value, &length), a->get);
		EXPECT_ERR(setsockopt(fd, level, SO_REUSEADDR, &one, sizeof(one)), a->set);
		EXPECT_EQ(value, 77);
		EXPECT_EQ(length, sizeof(value));

		/* At the level of the socket, the same number is an option. */
		EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)));
		EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &value, &length));
		EXPECT_EQ(value, 1);
	}
}

/*
 * IPv6 sockets answer differently from IPv4's.
 *
 * The two grew apart in small things. For a level that neither knows, getsockopt() says
 * `EOPNOTSUPP` on an IPv4 socket and `ENOPROTOOPT` on an IPv6 socket of the same type. An
 * option that is unknown at a level the socket has is `ENOPROTOOPT` on both.
 */
CASE(level_on_ipv6,
     .claim = "on an IPv6 socket an option at another protocol's level fails with ENOPROTOOPT",
     .level = ABI, .spec = "getsockopt(2) ENOPROTOOPT; do_ipv6_getsockopt() of linux/net/ipv6",
     .needs = "ipv6", .tags = "option level errno ipv6", .VARIANTS(levels))
{
	enum { NO_OPTION = 0x4000 };
	int level = VARIANT(struct level_row)->level;
	int v4 = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), v6 = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	int value = 77;
	socklen_t length = sizeof(value);

	EXPECT_ERR(getsockopt(v6, level, SO_REUSEADDR, &value, &length), ENOPROTOOPT);
	EXPECT_ERR(set_int(v6, level, SO_REUSEADDR, 1), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(v4, IPPROTO_IP, NO_OPTION, &value, &length), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(v6, IPPROTO_IPV6, NO_OPTION, &value, &length), ENOPROTOOPT);
	EXPECT_EQ(value, 77);
	EXPECT_OK(getsockopt(v6, IPPROTO_IPV6, IPV6_V6ONLY, &value, &length));
	EXPECT_EQ(value, 0);
}
