/* SPDX-License-Identifier: MIT */
/* Kinds of sockets, numbers as addresses, routes. */
#include <linux/capability.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "suites/x25/line.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int type, protocol, error;
};

static const struct kind_row kinds[] = {
	{{"stream", NULL}, SOCK_STREAM, 0, ESOCKTNOSUPPORT},
	{{"dgram", NULL}, SOCK_DGRAM, 0, ESOCKTNOSUPPORT},
	{{"protocol", NULL}, SOCK_SEQPACKET, 1, EINVAL},
};

/* X.25 is calls: connections that keep messages apart. */
CASE(kinds_of_sockets,
     .claim = "AF_X25 has SOCK_SEQPACKET alone, other types fail with ESOCKTNOSUPPORT, another "
	      "protocol than 0 with EINVAL",
     .level = LINUX, .spec = "x25(7); linux/net/x25/af_x25.c, x25_create()", .topology = "machine",
     .needs = "x25", .tags = "x25 socket errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	int fd;

	EXPECT_ERR(socket(AF_X25, row->type, row->protocol), row->error);
	fd = EXPECT_OK(socket(AF_X25, SOCK_SEQPACKET, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_X25);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_SEQPACKET);
}

struct wrong_row {
	struct variant variant;
	const char *number;
	sa_family_t family;
	socklen_t shorter;
};

static const struct wrong_row wrongs[] = {
	{{"letters", NULL}, "31a", AF_X25, 0},
	{{"other_family", NULL}, NUMBER_A, AF_INET, 0},
	{{"short", NULL}, NUMBER_A, AF_X25, 1},
};

/* A number has up to fifteen digits, as X.121 has it, and nothing else. */
CASE(wrong_addresses,
     .claim = "bind() fails with EINVAL for letters, another family, a part of an address, and a "
	      "second time",
     .level = LINUX, .spec = "x25(7); linux/net/x25/af_x25.c, x25_bind()", .topology = "machine",
     .needs = "x25", .tags = "x25 bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_x25 wrong = x25_number(row->number);
	const struct sockaddr_x25 good = x25_number(NUMBER_A);
	struct sockaddr_x25 name = {.sx25_family = AF_UNSPEC};
	socklen_t length = sizeof(name);
	int fd = SETUP(socket(AF_X25, SOCK_SEQPACKET, 0));

	wrong.sx25_family = row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, sizeof(wrong) - row->shorter), EINVAL);
	EXPECT_OK(bind(fd, X25(good)));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.sx25_family, AF_X25);
	EXPECT_STREQ(name.sx25_addr.x25_addr, NUMBER_A);
	EXPECT_ERR(bind(fd, X25(good)), EINVAL);
}

/*
 * Which way a call goes is decided by the first digits of its number, the longest that match.
 *
 * Try it: `route -A x25`, of net-tools; /proc/net/x25/route.
 */
CASE(routes,
     .claim = "connect() fails with ENETUNREACH without a route, and succeeds with one; SIOCADDRT "
	      "fails "
	      "with EINVAL twice, for no interface and for more than 15 digits, EPERM without "
	      "CAP_NET_ADMIN",
     .level = LINUX, .spec = "x25(7); linux/net/x25/x25_route.c", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 ioctl connect errno")
{
	const struct sockaddr_x25 to = x25_number(ANOTHER);
	struct x25_route_struct long_route = {.sigdigits = 16, .device = LINE_A};
	int listener, client;

	line_on();
	listener = x25_bound(ANOTHER);
	client = x25_bound(NUMBER_A);
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(client, X25(to)), ENETUNREACH);
	EXPECT_ERR(x25_route(client, SIOCADDRT, ANOTHER, "none0"), EINVAL);
	EXPECT_ERR(ioctl(client, SIOCADDRT, &long_route), EINVAL);
	EXPECT_OK(x25_route(client, SIOCADDRT, ANOTHER, LINE_A));
	EXPECT_ERR(x25_route(client, SIOCADDRT, ANOTHER, LINE_A), EINVAL);
	EXPECT_OK(connect(client, X25(to)));
	EXPECT_OK(accept(listener, NULL, NULL));
	SETUP(close(client));
	client = x25_bound(NUMBER_A);
	EXPECT_OK(x25_route(client, SIOCDELRT, ANOTHER, LINE_A));
	EXPECT_ERR(x25_route(client, SIOCDELRT, ANOTHER, LINE_A), EINVAL);
	EXPECT_ERR(connect(client, X25(to)), ENETUNREACH);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(x25_route(client, SIOCADDRT, ANOTHER, LINE_A), EPERM);
}

/* What the line of a subscriber can do is agreed with the network, and told the kernel. */
CASE(subscription,
     .claim = "SIOCX25SSUBSCRIP takes 0 or 1 for extended numbering, and SIOCX25GSUBSCRIP gives it "
	      "back; EINVAL for another or an interface that is none, EPERM without CAP_NET_ADMIN",
     .level = LINUX, .spec = "linux/net/x25/x25_link.c, x25_subscr_ioctl()", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 ioctl errno")
{
	struct x25_subscrip_struct line = {.device = LINE_A}, wrong = {.device = "none0"};
	int fd = SETUP(socket(AF_X25, SOCK_SEQPACKET, 0));

	line_on();
	EXPECT_OK(ioctl(fd, SIOCX25GSUBSCRIP, &line));
	EXPECT_EQ(line.extended, 0);
	EXPECT_EQ(line.global_facil_mask, X25_MASK_REVERSE | X25_MASK_THROUGHPUT |
						  X25_MASK_PACKET_SIZE | X25_MASK_WINDOW_SIZE);
	line.extended = 1;
	line.global_facil_mask = X25_MASK_WINDOW_SIZE;
	EXPECT_OK(ioctl(fd, SIOCX25SSUBSCRIP, &line));
	memset(&line, 0, sizeof(line));
	strcpy(line.device, LINE_A);
	EXPECT_OK(ioctl(fd, SIOCX25GSUBSCRIP, &line));
	EXPECT_EQ(line.extended, 1);
	EXPECT_EQ(line.global_facil_mask, X25_MASK_WINDOW_SIZE);
	line.extended = 2;
	EXPECT_ERR(ioctl(fd, SIOCX25SSUBSCRIP, &line), EINVAL);
	EXPECT_ERR(ioctl(fd, SIOCX25GSUBSCRIP, &wrong), EINVAL);
	line.extended = 0;
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, SIOCX25SSUBSCRIP, &line), EPERM);
}
