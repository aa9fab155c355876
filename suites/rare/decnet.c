/* SPDX-License-Identifier: MIT */
/* DECnet: the network of Digital's minicomputers, which Linux had until 6.1. */
#include <endian.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

#ifndef SOL_DECNET
#define SOL_DECNET 261
#endif

/* Of <linux/dn.h>, which went with the family. */
enum {
	NSP = 2,  /* DNPROTO_NSP */
	WILD = 1, /* SDF_WILD */
	CONNECTION_DATA = 1,
	ACCEPT_MODE = 4,
	ACCEPT = 5,
	LINK_INFO = 7,
	STREAM = 8,
	MAXIMUM_WINDOW = 11,
	NO_DELAY = 12,
	CORK = 13,
	SERVICES = 14,
	INFORMATION = 15,
	IMMEDIATE = 0,
	DEFERRED = 1,
	MOST_DATA = 16,
	LARGEST_WINDOW = 2046, /* NSP_MAX_WINDOW of linux/include/net/dn_nsp.h */
	OBJECT = 200,
	NODE_BITS = 10,
};

struct decnet_address {
	uint16_t family;
	uint8_t flags, object;
	uint16_t name_length; /* these are little-endian */
	uint8_t name[16];
	uint16_t node_length;
	uint8_t node[2];
};

struct connection_data {
	uint16_t status, length;
	uint8_t data[MOST_DATA];
};

struct link_info {
	uint16_t segment_size;
	uint8_t state;
};

#define DECNET(address) (struct sockaddr *)&(address), sizeof(address)

static struct decnet_address object(uint8_t number)
{
	return (struct decnet_address){.family = AF_DECnet, .object = number};
}

/* "1.2": area and node. */
static struct decnet_address object_at(uint8_t number, int area, int node)
{
	struct decnet_address address = object(number);
	uint16_t both = htole16((uint16_t)(area << NODE_BITS | node));

	address.node_length = htole16(sizeof(both));
	memcpy(address.node, &both, sizeof(both));
	return address;
}

static int new_socket(void)
{
	return SETUP(socket(AF_DECnet, SOCK_SEQPACKET, NSP));
}

/*
 * What remains to be shown of a family that died of its last bug.
 *
 * No kernel that these cases can run on connects two of its sockets: since Linux 4.12 connect() to
 * a node that can be reached ends in a null pointer, and the kernel with it (CVE-2023-3338). Nobody
 * noticed for six years. Then the family was taken out instead, of 6.1 and of the long-term
 * kernels from 5.10.185 on.
 */
CASE(decnet_kinds,
     .claim = "SOCK_SEQPACKET with DNPROTO_NSP and SOCK_STREAM are there; another protocol fails "
	      "with "
	      "EPROTONOSUPPORT, another type with ESOCKTNOSUPPORT",
     .level = ABI, .spec = "linux/net/decnet/af_decnet.c of 5.10, dn_create()",
     .topology = "machine", .needs = "decnet", .tags = "decnet socket errno")
{
	int fd;

	EXPECT_ERR(socket(AF_DECnet, SOCK_SEQPACKET, NSP + 1), EPROTONOSUPPORT);
	EXPECT_ERR(socket(AF_DECnet, SOCK_DGRAM, NSP), ESOCKTNOSUPPORT);
	fd = EXPECT_OK(socket(AF_DECnet, SOCK_SEQPACKET, NSP));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_SEQPACKET);
	fd = EXPECT_OK(socket(AF_DECnet, SOCK_STREAM, NSP));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_DECnet);
}

/*
 * Services are objects: with a number, as files are 17 and mail is 27, or with a name.
 *
 * A node is an area and a number in it. One socket may take what nobody else does (SDF_WILD).
 */
CASE(decnet_bind,
     .claim =
	     "bind() takes a number, a name, and the own node's address; EADDRNOTAVAIL for another "
	     "node's, EADDRINUSE for a second that takes everything, EACCES for a number without "
	     "CAP_NET_BIND_SERVICE",
     .level = ABI, .spec = "linux/net/decnet/af_decnet.c of 5.10, dn_bind(), dn_hash_sock()",
     .topology = "machine", .needs = "decnet", .tags = "decnet bind errno")
{
	struct decnet_address own, other = object_at(OBJECT, 1, 3), wild = object(0), named = wild,
				   got;
	socklen_t length = sizeof(got);
	int fd;

	SETUP(close(new_socket()));
	SETUP(sandbox_sysctl("net.decnet.node_address", "1.2"));
	own = object_at(OBJECT, 1, 2);
	fd = new_socket();
	EXPECT_ERR(bind(fd, DECNET(other)), EADDRNOTAVAIL);
	EXPECT_OK(bind(fd, DECNET(own)));
	memset(&got, 0, sizeof(got));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&got, &length));
	EXPECT_EQ(length, sizeof(got));
	EXPECT_MEMEQ(&got, &own, sizeof(own));
	wild.flags = WILD;
	EXPECT_OK(bind(new_socket(), DECNET(wild)));
	EXPECT_ERR(bind(new_socket(), DECNET(wild)), EADDRINUSE);
	memcpy(named.name, "TASK", 4);
	named.name_length = htole16(4);
	SETUP(sandbox_drop_capability(CAP_NET_BIND_SERVICE));
	EXPECT_ERR(bind(new_socket(), DECNET(own)), EACCES);
	EXPECT_OK(bind(new_socket(), DECNET(named)));
}

struct wrong_row {
	struct variant variant;
	struct decnet_address address;
	socklen_t shorter;
};

static const struct wrong_row wrongs[] = {
	{{"short", NULL}, {.family = AF_DECnet}, 1},
	{{"other_family", NULL}, {.family = AF_INET}, 0},
	{{"flag", NULL}, {.family = AF_DECnet, .flags = 0x80}, 0},
	{{"long_name", NULL}, {.family = AF_DECnet, .name_length = 17}, 0},
	{{"long_node", NULL}, {.family = AF_DECnet, .node_length = 3}, 0},
};

/* Lengths inside the address have limits as well. */
CASE(decnet_wrong_addresses,
     .claim = "bind() fails with EINVAL for a part of an address, another family, an unknown flag, "
	      "a "
	      "name or a node that is too long, and a second time",
     .level = ABI, .spec = "linux/net/decnet/af_decnet.c of 5.10, dn_bind()", .topology = "machine",
     .needs = "decnet", .tags = "decnet bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct decnet_address wrong = row->address;
	const struct decnet_address good = object(OBJECT);
	int fd = new_socket();

	wrong.name_length = htole16(wrong.name_length);
	wrong.node_length = htole16(wrong.node_length);
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, sizeof(wrong) - row->shorter), EINVAL);
	EXPECT_OK(bind(fd, DECNET(good)));
	EXPECT_ERR(bind(fd, DECNET(good)), EINVAL);
}

/* A socket that nobody has called, and that calls nobody. */
CASE(decnet_unconnected,
     .claim = "listen() fails with EINVAL without bind() and a second time, accept() with EINVAL "
	      "without listen() and EAGAIN without a caller; getpeername() and shutdown() with "
	      "ENOTCONN, recv() without bind() with EADDRNOTAVAIL, connect() with EINVAL for "
	      "another "
	      "family, a part of an address or a wild one",
     .level = ABI, .spec = "linux/net/decnet/af_decnet.c of 5.10", .topology = "machine",
     .needs = "decnet", .tags = "decnet listen accept connect receive errno")
{
	const struct decnet_address good = object(OBJECT);
	struct decnet_address wrong = good, peer;
	socklen_t length = sizeof(peer);
	int fd = new_socket(), caller = new_socket();
	char byte;

	EXPECT_ERR(recv(fd, &byte, 1, MSG_DONTWAIT), EADDRNOTAVAIL);
	EXPECT_ERR(listen(fd, 1), EINVAL);
	EXPECT_ERR(accept(fd, NULL, NULL), EINVAL);
	SETUP(bind(fd, DECNET(good)));
	EXPECT_OK(listen(fd, 1));
	EXPECT_ERR(listen(fd, 1), EINVAL);
	SETUP(fcntl(fd, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(accept(fd, NULL, NULL), EAGAIN);
	EXPECT_ERR(getpeername(caller, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_ERR(shutdown(caller, SHUT_RDWR), ENOTCONN);
	EXPECT_ERR(connect(caller, (const struct sockaddr *)&good, sizeof(good) - 1), EINVAL);
	wrong.family = AF_INET;
	EXPECT_ERR(connect(caller, DECNET(wrong)), EINVAL);
	wrong = good;
	wrong.flags = WILD;
	EXPECT_ERR(connect(caller, DECNET(wrong)), EINVAL);
}

/* Options of a connection, as far as they can be set before it. */
CASE(decnet_options,
     .claim =
	     "DSO_NODELAY and DSO_CORK exclude each other, DSO_MAXWINDOW has a limit and is not 0, "
	     "DSO_ACCEPTMODE is one of two; others and wrong sizes fail with EINVAL, what cannot "
	     "be "
	     "set with ENOPROTOOPT",
     .level = ABI, .spec = "linux/net/decnet/af_decnet.c of 5.10, __dn_setsockopt()",
     .topology = "machine", .needs = "decnet", .tags = "decnet options errno")
{
	struct connection_data data = {.length = htole16(MOST_DATA + 1)};
	struct link_info link = {.state = 0xff};
	unsigned long window = LARGEST_WINDOW + 1;
	unsigned char byte = 0xff;
	socklen_t length = sizeof(window);
	int fd = new_socket();

	EXPECT_EQ(get_int(fd, SOL_DECNET, NO_DELAY), 0);
	EXPECT_OK(set_int(fd, SOL_DECNET, NO_DELAY, 5));
	EXPECT_EQ(get_int(fd, SOL_DECNET, NO_DELAY), 1);
	EXPECT_ERR(set_int(fd, SOL_DECNET, CORK, 1), EINVAL);
	EXPECT_OK(set_int(fd, SOL_DECNET, NO_DELAY, 0));
	EXPECT_OK(set_int(fd, SOL_DECNET, CORK, 1));
	EXPECT_EQ(get_int(fd, SOL_DECNET, CORK), 1);
	EXPECT_ERR(set_int(fd, SOL_DECNET, NO_DELAY, 1), EINVAL);

	EXPECT_OK(setsockopt(fd, SOL_DECNET, MAXIMUM_WINDOW, &window, sizeof(window)));
	EXPECT_OK(getsockopt(fd, SOL_DECNET, MAXIMUM_WINDOW, &window, &length));
	EXPECT_EQ(window, LARGEST_WINDOW);
	window = 0;
	EXPECT_ERR(setsockopt(fd, SOL_DECNET, MAXIMUM_WINDOW, &window, sizeof(window)), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_DECNET, MAXIMUM_WINDOW, &window, 4), EINVAL);

	EXPECT_OK(set_int(fd, SOL_DECNET, ACCEPT_MODE, DEFERRED));
	length = sizeof(byte);
	EXPECT_OK(getsockopt(fd, SOL_DECNET, ACCEPT_MODE, &byte, &length));
	EXPECT_EQ(byte, DEFERRED);
	EXPECT_ERR(set_int(fd, SOL_DECNET, ACCEPT_MODE, DEFERRED + 1), EINVAL);
	EXPECT_OK(set_int(fd, SOL_DECNET, ACCEPT_MODE, IMMEDIATE));

	EXPECT_ERR(setsockopt(fd, SOL_DECNET, CONNECTION_DATA, &data, sizeof(data)), EINVAL);
	data.length = htole16(MOST_DATA);
	EXPECT_OK(setsockopt(fd, SOL_DECNET, CONNECTION_DATA, &data, sizeof(data)));
	byte = 1;
	EXPECT_OK(setsockopt(fd, SOL_DECNET, SERVICES, &byte, sizeof(byte)));
	byte = 0;
	EXPECT_ERR(setsockopt(fd, SOL_DECNET, SERVICES, &byte, sizeof(byte)), EINVAL);
	byte = 3;
	EXPECT_OK(setsockopt(fd, SOL_DECNET, INFORMATION, &byte, sizeof(byte)));
	byte = 4;
	EXPECT_ERR(setsockopt(fd, SOL_DECNET, INFORMATION, &byte, sizeof(byte)), EINVAL);

	length = sizeof(link);
	EXPECT_OK(getsockopt(fd, SOL_DECNET, LINK_INFO, &link, &length));
	EXPECT_EQ(link.state, 0);
	EXPECT_ERR(set_int(fd, SOL_DECNET, ACCEPT, 1), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_DECNET, STREAM, 1), ENOPROTOOPT);
}
