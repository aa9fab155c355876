/* SPDX-License-Identifier: MIT */
/* PACKET_AUXDATA: what is known of a frame and does not stand in it. */
#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

enum { TCI = 0x6007 }; /* priority 3, VLAN 7: IEEE 802.1Q 9.6 */

struct received {
	uint8_t data[256];
	_Alignas(struct cmsghdr) char control[256];
	struct msghdr message;
	struct iovec part;
};

/* Receives; the auxiliary data go to `aux`. False when there are none. */
static bool receive(int fd, struct received *r, struct tpacket_auxdata *aux, ssize_t *size)
{
	struct cmsghdr *c;

	r->part = (struct iovec){r->data, sizeof(r->data)};
	r->message = (struct msghdr){.msg_iov = &r->part,
				     .msg_iovlen = 1,
				     .msg_control = r->control,
				     .msg_controllen = sizeof(r->control)};
	memset(aux, 0xa5, sizeof(*aux));
	wait_for(fd, POLLIN, SOON_MS);
	*size = recvmsg(fd, &r->message, MSG_DONTWAIT);
	c = CMSG_FIRSTHDR(&r->message);
	if (c == NULL)
		return false;
	EXPECT_EQ(c->cmsg_level, SOL_PACKET);
	EXPECT_EQ(c->cmsg_type, PACKET_AUXDATA);
	EXPECT_EQ(c->cmsg_len, CMSG_LEN(sizeof(*aux)));
	EXPECT_TRUE(CMSG_NXTHDR(&r->message, c) == NULL);
	memcpy(aux, CMSG_DATA(c), sizeof(*aux));
	return true;
}

struct tag_row {
	struct variant variant;
	int type, network; /* where the network header starts */
};

static const struct tag_row kinds[] = {
	{{"raw", NULL}, SOCK_RAW, ETH_HLEN},
	{{"cooked", NULL}, SOCK_DGRAM, 0},
};

/*
 * Lengths, and a filter that cuts.
 *
 * A filter keeps the first bytes of a frame; how long it was on the link would be lost
 * with the rest. `tp_len` tells it, `tp_snaplen` how much was kept, `tp_net` where the data
 * begin behind the header.
 */
CASE(lengths,
     .claim = "with PACKET_AUXDATA each frame has a control message with its length on the link, "
	      "the length kept, and the place of its headers",
     .level = LINUX, .spec = "packet(7) PACKET_AUXDATA", .topology = "pair", .needs = "packet",
     .tags = "packet option cmsg", .VARIANTS(kinds))
{
	const struct tag_row *row = VARIANT(struct tag_row);
	struct sock_filter keep_20[] = {BPF_STMT(BPF_RET | BPF_K, 20)};
	struct sock_fprog program = {1, keep_20};
	int fd = packet_socket("b", row->type, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	static const char data[100];
	struct frame frame = frame_of(mac_b, mac_a, EXPERIMENT, data, sizeof(data));
	struct tpacket_auxdata aux;
	struct received r;
	ssize_t size;

	SETUP(send(sender, FRAME(frame), 0));
	EXPECT_TRUE(!receive(fd, &r, &aux, &size));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_AUXDATA), 0);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_AUXDATA, 1));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_AUXDATA), 1);
	SETUP(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)));
	SETUP(send(sender, FRAME(frame), 0));
	REQUIRE_TRUE(receive(fd, &r, &aux, &size));
	EXPECT_EQ(size, 20);
	EXPECT_EQ(aux.tp_status, TP_STATUS_USER);
	EXPECT_EQ(aux.tp_len, row->network + 100);
	EXPECT_EQ(aux.tp_snaplen, 20);
	EXPECT_EQ(aux.tp_mac, 0);
	EXPECT_EQ(aux.tp_net, row->network);
	EXPECT_EQ(aux.tp_vlan_tci, 0);
	EXPECT_EQ(aux.tp_vlan_tpid, 0);
}

struct vlan_row {
	struct variant variant;
	unsigned int tpid, tci;
};

static const struct vlan_row vlans[] = {
	{{"802.1q", NULL}, ETH_P_8021Q, TCI},
	{{"802.1ad", NULL}, ETH_P_8021AD, TCI},
	{{"vlan_zero", NULL}, ETH_P_8021Q, 0},
};

/*
 * Where is the tag?
 *
 * The tag of a VLAN stands between the addresses and the type, four bytes. The kernel takes
 * it out of each frame that comes in, so that a raw socket does not see it; it is in the
 * auxiliary data, with a bit that says so: a tag may well be 0.
 *
 * Try it: `tcpdump -e vlan` puts it back.
 */
CASE(vlan_tag,
     .claim = "the VLAN tag of a received frame is not in the data but in tp_vlan_tci and "
	      "tp_vlan_tpid, with TP_STATUS_VLAN_VALID and TP_STATUS_VLAN_TPID_VALID",
     .level = LINUX, .spec = "packet(7) PACKET_AUXDATA; linux/if_packet.h; IEEE 802.1Q 9.6",
     .topology = "pair", .needs = "packet", .tags = "packet option cmsg vlan", .VARIANTS(vlans))
{
	const struct vlan_row *row = VARIANT(struct vlan_row);
	const uint8_t tagged[] = {(uint8_t)(row->tci >> 8),
				  (uint8_t)row->tci,
				  EXPERIMENT >> 8,
				  EXPERIMENT & 0xff,
				  'v',
				  'l',
				  'a',
				  'n'};
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, ETH_P_ALL);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct frame sent = frame_of(mac_b, mac_a, row->tpid, tagged, sizeof(tagged));
	struct frame wanted = frame_of(mac_b, mac_a, EXPERIMENT, "vlan", 4);
	struct tpacket_auxdata aux;
	struct received r;
	ssize_t size;

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_AUXDATA, 1));
	EXPECT_EQ(send(sender, FRAME(sent), 0), ETH_HLEN + 8);
	do
		REQUIRE_TRUE(receive(fd, &r, &aux, &size));
	while (memcmp(r.data + ETH_ALEN, mac_a, ETH_ALEN) != 0 || r.data[12] != EXPERIMENT >> 8);
	EXPECT_EQ(size, ETH_HLEN + 4);
	EXPECT_MEMEQ(r.data, wanted.bytes, wanted.size);
	EXPECT_EQ(aux.tp_status, TP_STATUS_USER | TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID);
	EXPECT_EQ(aux.tp_len, ETH_HLEN + 4);
	EXPECT_EQ(aux.tp_vlan_tci, row->tci);
	EXPECT_EQ(aux.tp_vlan_tpid, row->tpid);
}

/*
 * A tag that is lost on the way up.
 *
 * Sockets for `ETH_P_ALL` stand before the code of VLANs, those for one type of frames
 * behind it. Where no interface of that VLAN is, the tag has been thrown away by then, and
 * only the kind of the frame remembers: it was not meant for this host.
 */
CASE(vlan_unknown,
     .claim = "a socket for one type of frames learns nothing of the tag of a VLAN that this host "
	      "is not in; the frame is PACKET_OTHERHOST",
     .level = OBSERVED, .spec = "net/core/dev.c __netif_receive_skb_core()", .topology = "pair",
     .needs = "packet", .tags = "packet option cmsg vlan")
{
	static const uint8_t tagged[] = {
		TCI >> 8, TCI & 0xff, EXPERIMENT >> 8, EXPERIMENT & 0xff, 'a', 'b', 'c'};
	int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct frame sent = frame_of(mac_b, mac_a, ETH_P_8021Q, tagged, sizeof(tagged));
	struct tpacket_auxdata aux;
	struct sockaddr_ll from;
	struct received r;
	ssize_t size;

	SETUP(send(sender, FRAME(sent), 0));
	EXPECT_EQ(packet_receive(fd, r.data, sizeof(r.data), &from), 3);
	EXPECT_EQ(from.sll_pkttype, PACKET_OTHERHOST);
	EXPECT_EQ(ntohs(from.sll_protocol), EXPERIMENT);

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_AUXDATA, 1));
	SETUP(send(sender, FRAME(sent), 0));
	REQUIRE_TRUE(receive(fd, &r, &aux, &size));
	EXPECT_EQ(size, 3);
	EXPECT_EQ(aux.tp_status, TP_STATUS_USER);
	EXPECT_EQ(aux.tp_vlan_tci, 0);
}

/*
 * A checksum that was never written.
 *
 * Between two hosts in one machine nothing can fall over on the way, so TCP and UDP leave
 * their checksum to a network card, and there is none. A capture shows wrong checksums
 * then: `TP_STATUS_CSUMNOTREADY` says that they are not meant to be right yet.
 *
 * Try it: `tcpdump -vv` prints `bad udp cksum` for what the own host sends.
 */
CASE(checksum_not_ready,
     .claim = "TP_STATUS_CSUMNOTREADY is set for a datagram whose checksum is left to the card",
     .level = LINUX,
     .spec = "Documentation/networking/packet_mmap.rst TP_STATUS_CSUMNOTREADY; linux/if_packet.h",
     .topology = "pair", .needs = "packet", .tags = "packet option cmsg checksum")
{
	int fd = packet_socket("a", SOCK_DGRAM, A_ETH0, ETH_P_ALL);
	int udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct address to = address_of("192.0.2.2", 9000);
	struct tpacket_auxdata aux;
	struct received r;
	ssize_t size;

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_AUXDATA, 1));
	SETUP(sendto(udp, "x", 1, 0, ADDRESS(to)));
	do
		REQUIRE_TRUE(receive(fd, &r, &aux, &size));
	while (size != 29 || r.data[9] != IPPROTO_UDP);
	EXPECT_EQ(aux.tp_status, TP_STATUS_USER | TP_STATUS_CSUMNOTREADY);

	/* Without a checksum (RFC 768) there is nothing to leave to anybody. */
	SETUP(set_int(udp, SOL_SOCKET, SO_NO_CHECK, 1));
	SETUP(sendto(udp, "x", 1, 0, ADDRESS(to)));
	do
		REQUIRE_TRUE(receive(fd, &r, &aux, &size));
	while (size != 29 || r.data[9] != IPPROTO_UDP);
	EXPECT_EQ(aux.tp_status, TP_STATUS_USER);
}
