/* SPDX-License-Identifier: MIT */
/* AF_XDP: what kind of socket it is, and what it is not. */
#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/xdp/xdp_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type, protocol, error;
};

static const struct type_row types[] = {
	{{"dgram", NULL}, SOCK_DGRAM, 0, ESOCKTNOSUPPORT},
	{{"stream", NULL}, SOCK_STREAM, 0, ESOCKTNOSUPPORT},
	{{"seqpacket", NULL}, SOCK_SEQPACKET, 0, ESOCKTNOSUPPORT},
	{{"protocol", NULL}, SOCK_RAW, 1, EPROTONOSUPPORT},
};

/*
 * One kind.
 *
 * A socket of AF_XDP is a way for whole frames between a network card's queue and memory of
 * the program, with the kernel's network code left out. There is one type, SOCK_RAW, and
 * no protocol.
 */
CASE(one_kind,
     .claim =
	     "socket(AF_XDP) fails with ESOCKTNOSUPPORT but for SOCK_RAW, with EPROTONOSUPPORT but "
	     "for protocol 0",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst; net/xdp/xsk.c xsk_create()",
     .needs = "xdp", .tags = "xdp errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);

	EXPECT_ERR(socket(AF_XDP, row->type, row->protocol), row->error);
	EXPECT_OK(socket(AF_XDP, SOCK_RAW, 0));
}

/* It sees every frame of a queue, as a packet socket does; so it is as privileged. */
CASE(privilege, .claim = "socket(AF_XDP) fails with EPERM without CAP_NET_RAW", .level = LINUX,
     .spec = "net/xdp/xsk.c xsk_create(); capabilities(7)", .needs = "xdp",
     .tags = "xdp privilege errno")
{
	EXPECT_OK(socket(AF_XDP, SOCK_RAW, 0));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_XDP, SOCK_RAW, 0), EPERM);
}

/*
 * Almost no calls.
 *
 * Frames go through rings in memory. send() and recv() only wake the kernel; there are no
 * names and no connections, and nothing can be sent before bind() has chosen a queue.
 */
CASE(other_calls,
     .claim =
	     "connect(), listen(), accept(), getsockname(), getpeername() and shutdown() fail with "
	     "EOPNOTSUPP for AF_XDP, send() before bind() with ENXIO",
     .level = OBSERVED, .spec = "net/xdp/xsk.c xsk_proto_ops", .needs = "xdp", .tags = "xdp errno")
{
	struct xdp_socket s = xdp_make();
	struct sockaddr_xdp name = {.sxdp_family = AF_XDP};
	struct sockaddr *any = (struct sockaddr *)&name;
	socklen_t length = sizeof(name);

	EXPECT_ERR(connect(s.fd, any, sizeof(name)), EOPNOTSUPP);
	EXPECT_ERR(listen(s.fd, 1), EOPNOTSUPP);
	EXPECT_ERR(accept(s.fd, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(getsockname(s.fd, any, &length), EOPNOTSUPP);
	EXPECT_ERR(getpeername(s.fd, any, &length), EOPNOTSUPP);
	EXPECT_ERR(shutdown(s.fd, SHUT_RDWR), EOPNOTSUPP);
	EXPECT_ERR(send(s.fd, NULL, 0, MSG_DONTWAIT), ENXIO);
	EXPECT_OK(xdp_bind(s.fd, 1, XDP_COPY));
	EXPECT_EQ(send(s.fd, NULL, 0, MSG_DONTWAIT), 0);
}
