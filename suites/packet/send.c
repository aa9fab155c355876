/* SPDX-License-Identifier: MIT */
/* Sending frames, and what is refused. */
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

/*
 * To where it is bound.
 *
 * A bound socket has an interface and a type, so that send() needs no address: a raw frame
 * has its header, and a cooked one goes to an address of zeros, unless the address is given.
 */
CASE(without_an_address,
     .claim = "send() on a bound packet socket goes out by its interface with its protocol",
     .level = LINUX, .spec = "packet(7); net/packet/af_packet.c packet_snd()", .topology = "pair",
     .needs = "packet", .tags = "packet send")
{
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int raw = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	int unbound = packet_socket("a", SOCK_RAW, 0, EXPERIMENT);
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "bound", 5);
	struct sockaddr_ll to = link_address(A_ETH0, EXPERIMENT, NULL);
	uint8_t got[100];

	EXPECT_EQ(send(raw, FRAME(sent), 0), ETH_HLEN + 5);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), ETH_HLEN + 5);
	EXPECT_MEMEQ(got, sent.bytes, sent.size);

	/* Bound to all interfaces there is no way to choose. */
	EXPECT_ERR(send(unbound, FRAME(sent), 0), ENXIO);
	EXPECT_EQ(sendto(unbound, FRAME(sent), 0, LINK(to)), ETH_HLEN + 5);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), ETH_HLEN + 5);
}

struct wrong_row {
	struct variant variant;
	int interface, family;
	socklen_t length;
	size_t size;
	int flags, error;
};

enum { WHOLE = sizeof(struct sockaddr_ll) };

static const struct wrong_row wrongs[] = {
	{{"unknown_interface", NULL}, 77, AF_PACKET, WHOLE, 60, 0, ENXIO},
	{{"no_interface", NULL}, 0, AF_PACKET, WHOLE, 60, 0, ENXIO},
	{{"short_address", NULL}, A_ETH0, AF_PACKET, WHOLE - 1, 60, 0, EINVAL},
	{{"no_header", NULL}, A_ETH0, AF_PACKET, WHOLE, ETH_HLEN - 1, 0, EINVAL},
	{{"empty", NULL}, A_ETH0, AF_PACKET, WHOLE, 0, 0, EINVAL},
	{{"too_long", NULL}, A_ETH0, AF_PACKET, WHOLE, ETH_HLEN + 1501, 0, EMSGSIZE},
};

/*
 * What a link cannot send.
 *
 * Here nothing divides data into packets: a frame is as long as it is, and the link carries
 * its MTU and a header at most. `EMSGSIZE` says more than that; less than a header is no
 * frame at all.
 */
CASE(errors,
     .claim = "sendto() of a raw packet socket fails with ENXIO without an interface, with EINVAL "
	      "for a short address or frame, with EMSGSIZE above the MTU",
     .level = LINUX, .spec = "packet(7) ERRORS", .topology = "pair", .needs = "packet",
     .tags = "packet send errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	static const uint8_t zeros[2000];
	int fd = packet_socket("a", SOCK_RAW, 0, 0);
	struct frame frame = frame_of(mac_b, mac_a, EXPERIMENT, zeros, sizeof(zeros));
	struct sockaddr_ll to = link_address(row->interface, EXPERIMENT, mac_b);

	to.sll_family = (unsigned short)row->family;
	EXPECT_ERR(
		sendto(fd, frame.bytes, row->size, row->flags, (struct sockaddr *)&to, row->length),
		row->error);
	to = link_address(A_ETH0, EXPERIMENT, mac_b);
	EXPECT_EQ(sendto(fd, frame.bytes, 60, 0, LINK(to)), 60);
	EXPECT_EQ(sendto(fd, frame.bytes, ETH_HLEN + 1500, 0, LINK(to)), ETH_HLEN + 1500);
}

/*
 * Four bytes more for a tag.
 *
 * A frame with a tag of a VLAN (IEEE 802.1Q) is four bytes longer, and the MTU does not
 * count them. The kernel looks at the type of such a frame: only a tagged one may be longer.
 */
CASE(room_for_a_tag,
     .claim = "a frame of the MTU and 4 bytes is sent if it has a VLAN tag, otherwise EMSGSIZE",
     .level = OBSERVED, .spec = "net/packet/af_packet.c packet_extra_vlan_len_allowed()",
     .topology = "pair", .needs = "packet", .tags = "packet send vlan")
{
	static const uint8_t data[1504] = {0, 7, ETH_P_802_EX1 >> 8, ETH_P_802_EX1 & 0xff, 'x'};
	int receiver = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct frame plain = frame_of(mac_b, mac_a, EXPERIMENT, data, sizeof(data));
	struct frame tagged = frame_of(mac_b, mac_a, ETH_P_8021Q, data, sizeof(data));
	uint8_t got[2000];

	EXPECT_ERR(send(fd, FRAME(plain), 0), EMSGSIZE);
	EXPECT_EQ(send(fd, FRAME(tagged), 0), ETH_HLEN + 1504);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), 1500);
	EXPECT_MEMEQ(got, data + 4, 1500);
}

/* A link that is switched off takes nothing. */
CASE(link_is_down,
     .claim = "sendto() and sendmsg() by an interface that is down fail with ENETDOWN",
     .level = LINUX, .spec = "packet(7) ERRORS", .topology = "pair", .needs = "packet",
     .tags = "packet send errno")
{
	int fd = packet_socket("a", SOCK_RAW, 0, 0);
	struct frame frame = frame_of(mac_b, mac_a, EXPERIMENT, "x", 1);
	struct sockaddr_ll to = link_address(A_ETH0, EXPERIMENT, mac_b);
	struct iovec part = {FRAME(frame)};
	struct msghdr message = {
		.msg_name = &to, .msg_namelen = sizeof(to), .msg_iov = &part, .msg_iovlen = 1};

	EXPECT_EQ(send_text(fd, mac_b, "up"), ETH_HLEN + 2);
	EXPECT_EQ(sendmsg(fd, &message, 0), ETH_HLEN + 1);
	SETUP(set_link_up("eth0", 0));
	EXPECT_ERR(send_text(fd, mac_b, "down"), ENETDOWN);
	EXPECT_ERR(sendmsg(fd, &message, 0), ENETDOWN);
	SETUP(set_link_up("eth0", 1));
	EXPECT_EQ(send_text(fd, mac_b, "up"), ETH_HLEN + 2);
}

/*
 * Memory that is not the program's.
 *
 * The kernel copies a frame and its address out of the program's memory, and says `EFAULT`
 * when it may not read there. Nothing leaves.
 */
CASE(memory_of_nobody,
     .claim = "a packet socket given a frame, an address or an option of no memory says EFAULT",
     .level = LINUX, .spec = "packet(7) ERRORS EFAULT", .topology = "pair", .needs = "packet",
     .tags = "packet send errno")
{
	int fd = packet_socket("a", SOCK_RAW, 0, 0);
	struct frame frame = frame_of(mac_b, mac_a, EXPERIMENT, "x", 1);
	struct sockaddr_ll to = link_address(A_ETH0, EXPERIMENT, mac_b);
	void *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	REQUIRE_TRUE(page != MAP_FAILED);
	EXPECT_ERR(sendto(fd, page, frame.size, 0, LINK(to)), EFAULT);
	EXPECT_ERR(sendto(fd, FRAME(frame), 0, page, sizeof(to)), EFAULT);
	EXPECT_ERR(bind(fd, page, sizeof(to)), EFAULT);
	EXPECT_ERR(setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, page, sizeof(int)), EFAULT);

	SETUP(mprotect(page, 4096, PROT_READ | PROT_WRITE));
	EXPECT_OK(setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, page, sizeof(int)));
	memcpy(page, frame.bytes, frame.size);
	EXPECT_EQ(sendto(fd, page, frame.size, 0, LINK(to)), (ssize_t)frame.size);
	memcpy(page, &to, sizeof(to));
	EXPECT_EQ(sendto(fd, FRAME(frame), 0, page, sizeof(to)), (ssize_t)frame.size);
	EXPECT_OK(bind(fd, page, sizeof(to)));
}

/*
 * A cooked socket sends no more than the MTU.
 *
 * The kernel writes the header, so that the limit is that of the data alone.
 */
CASE(cooked_limit,
     .claim = "SOCK_DGRAM sends as many bytes as the MTU has, and one more is "
	      "EMSGSIZE",
     .level = LINUX, .spec = "packet(7) ERRORS EMSGSIZE; netdevice(7) SIOCGIFMTU",
     .topology = "pair", .needs = "packet", .tags = "packet send errno mtu")
{
	static const uint8_t zeros[2000];
	struct ifreq request = {.ifr_name = "eth0"};
	int fd = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct sockaddr_ll to = link_address(A_ETH0, EXPERIMENT, mac_b);

	request.ifr_mtu = 600;
	EXPECT_OK(ioctl(fd, SIOCSIFMTU, &request));
	EXPECT_EQ(sendto(fd, zeros, 600, 0, LINK(to)), 600);
	EXPECT_ERR(sendto(fd, zeros, 601, 0, LINK(to)), EMSGSIZE);
	EXPECT_OK(ioctl(fd, SIOCGIFMTU, &request));
	EXPECT_EQ(request.ifr_mtu, 600);
}
