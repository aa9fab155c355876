/* SPDX-License-Identifier: MIT */
/* PACKET_VNET_HDR: a header before each frame for work that a card would do. */
#include <arpa/inet.h>
#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/packet/packet_ring.h"

#include "harness/case.h"

#ifndef PACKET_VNET_HDR_SZ
#define PACKET_VNET_HDR_SZ 24
#endif

enum {
	IP_LENGTH = 20,
	UDP_LENGTH = 8,
	TCP_LENGTH = 20,
	UDP_CHECKSUM = 6, /* offset in its header: RFC 768 */
	TCP_CHECKSUM = 16,
};

/* An IPv4 header without options, RFC 791 3.1; its checksum is left 0. */
static void ip_header(uint8_t *at, unsigned int protocol, size_t data)
{
	static const uint8_t header[IP_LENGTH] = {0x45, 0, 0,	0, 0, 1, 0,   0, 64, 0,
						  0,	0, 192, 0, 2, 1, 192, 0, 2,  2};
	uint16_t length = htons((uint16_t)(IP_LENGTH + data));

	memcpy(at, header, sizeof(header));
	memcpy(at + 2, &length, sizeof(length));
	at[9] = (uint8_t)protocol;
}

/*
 * What a capture learns of offloads.
 *
 * A virtual machine's card passes frames with work left to do: a checksum that is not
 * written, a segment that is to be cut. `PACKET_VNET_HDR` puts the header of virtio before
 * each frame, which says what is left.
 */
CASE(received,
     .claim = "with PACKET_VNET_HDR a received frame starts with struct virtio_net_hdr, which says "
	      "where a checksum is missing",
     .level = LINUX, .spec = "packet(7) PACKET_VNET_HDR; virtio 1.2 5.1.6", .topology = "pair",
     .needs = "packet", .tags = "packet option checksum")
{
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, ETH_P_IP);
	int udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct address to = address_of("192.0.2.2", 9000);
	struct virtio_net_hdr header;
	uint8_t got[128];

	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VNET_HDR), 0);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VNET_HDR, 1));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VNET_HDR), 1);
	SETUP(sendto(udp, "work", 4, 0, ADDRESS(to)));
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), NULL),
		  sizeof(header) + ETH_HLEN + IP_LENGTH + UDP_LENGTH + 4);
	memcpy(&header, got, sizeof(header));
	EXPECT_EQ(header.flags, VIRTIO_NET_HDR_F_NEEDS_CSUM);
	EXPECT_EQ(header.gso_type, VIRTIO_NET_HDR_GSO_NONE);
	EXPECT_EQ(header.csum_start, ETH_HLEN + IP_LENGTH);
	EXPECT_EQ(header.csum_offset, UDP_CHECKSUM);
	EXPECT_MEMEQ(got + sizeof(header), mac_b, ETH_ALEN);

	/* Without a checksum there is none to complete. */
	SETUP(set_int(udp, SOL_SOCKET, SO_NO_CHECK, 1));
	SETUP(sendto(udp, "none", 4, 0, ADDRESS(to)));
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), NULL),
		  sizeof(header) + ETH_HLEN + IP_LENGTH + UDP_LENGTH + 4);
	memcpy(&header, got, sizeof(header));
	EXPECT_EQ(header.flags, 0);
}

/*
 * Leaving the checksum to the kernel.
 *
 * The sender says where summing starts and where the sum goes, and has put the sum of the
 * pseudo-header (RFC 768) there. The datagram then arrives in a UDP socket, which checks it.
 */
CASE(checksum_for_me,
     .claim = "a frame sent with VIRTIO_NET_HDR_F_NEEDS_CSUM gets its checksum from the kernel",
     .level = LINUX, .spec = "packet(7) PACKET_VNET_HDR; virtio 1.2 5.1.6.2", .topology = "pair",
     .needs = "packet", .tags = "packet option send checksum")
{
	int server = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, ETH_P_IP);
	struct address at = address_of("192.0.2.2", 9000);
	struct virtio_net_hdr header = {.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
					.csum_start = ETH_HLEN + IP_LENGTH,
					.csum_offset = UDP_CHECKSUM};
	static const char text[] = {'s', 'u', 'm', '!'};
	uint8_t data[IP_LENGTH + UDP_LENGTH + 4] = {0}, got[64];
	uint8_t *udp = data + IP_LENGTH;
	struct frame frame;
	uint8_t message[sizeof(header) + ETH_HLEN + sizeof(data)];
	uint32_t sum;

	SETUP(bind(server, ADDRESS(at)));
	ip_header(data, IPPROTO_UDP, UDP_LENGTH + 4);
	/* RFC 1071: of the IPv4 header, and of the pseudo-header, not yet complemented. */
	sum = 0x4500 + sizeof(data) + 1 + 0x4011 + 0xc000 + 0x0201 + 0xc000 + 0x0202;
	sum = ~((sum & 0xffff) + (sum >> 16));
	data[10] = (uint8_t)(sum >> 8);
	data[11] = (uint8_t)sum;
	udp[0] = udp[2] = 9000 >> 8;
	udp[1] = udp[3] = 9000 & 0xff;
	udp[5] = UDP_LENGTH + 4;
	sum = 0xc000 + 0x0201 + 0xc000 + 0x0202 + IPPROTO_UDP + UDP_LENGTH + 4;
	sum = (sum & 0xffff) + (sum >> 16);
	udp[6] = (uint8_t)(sum >> 8);
	udp[7] = (uint8_t)sum;
	memcpy(udp + UDP_LENGTH, text, sizeof(text));
	frame = frame_of(mac_b, mac_a, ETH_P_IP, data, sizeof(data));
	memcpy(message, &header, sizeof(header));
	memcpy(message + sizeof(header), FRAME(frame));

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VNET_HDR, 1));
	EXPECT_EQ(send(fd, message, sizeof(message), 0), sizeof(message));
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), MSG_DONTWAIT), 4);
	EXPECT_MEMEQ(got, "sum!", 4);

	/* Without the flag the sum is as it stands: wrong, and the datagram is dropped. */
	message[0] = 0;
	EXPECT_EQ(send(fd, message, sizeof(message), 0), sizeof(message));
	message[0] = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	message[sizeof(message) - 1] = '?';
	EXPECT_EQ(send(fd, message, sizeof(message), 0), sizeof(message));
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), MSG_DONTWAIT), 4);
	EXPECT_MEMEQ(got, "sum?", 4);
}

/*
 * A segment larger than the link.
 *
 * With the length of the pieces in the header (`gso_size`) a frame may be longer than the
 * MTU: whoever sends it on the wire cuts it. On a link within the machine nobody needs to;
 * the receiver is told the length of the pieces.
 */
CASE(large_segment,
     .claim = "with VIRTIO_NET_HDR_GSO_TCPV4 a frame longer than the MTU is sent, and the "
	      "receiver's header has the same gso_type and gso_size; without it EMSGSIZE",
     .level = LINUX, .spec = "packet(7) PACKET_VNET_HDR; virtio 1.2 5.1.6", .topology = "pair",
     .needs = "packet", .tags = "packet option send gso")
{
	enum { DATA = 3000, PIECE = 1000 };
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, ETH_P_IP);
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, ETH_P_IP);
	struct virtio_net_hdr header = {.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
					.gso_type = VIRTIO_NET_HDR_GSO_TCPV4,
					.hdr_len = ETH_HLEN + IP_LENGTH + TCP_LENGTH,
					.gso_size = PIECE,
					.csum_start = ETH_HLEN + IP_LENGTH,
					.csum_offset = TCP_CHECKSUM};
	static uint8_t data[IP_LENGTH + TCP_LENGTH + DATA], got[4096];
	static uint8_t message[sizeof(header) + ETH_HLEN + sizeof(data)];
	struct frame frame;

	ip_header(data, IPPROTO_TCP, TCP_LENGTH + DATA);
	data[IP_LENGTH + 12] = TCP_LENGTH / 4 << 4;
	frame = frame_of(mac_b, mac_a, ETH_P_IP, data, sizeof(data));
	memcpy(message, &header, sizeof(header));
	memcpy(message + sizeof(header), FRAME(frame));
	SETUP(set_int(receiver, SOL_PACKET, PACKET_VNET_HDR, 1));
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VNET_HDR, 1));
	EXPECT_EQ(send(fd, message, sizeof(message), 0), sizeof(message));
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), sizeof(message));
	memcpy(&header, got, sizeof(header));
	EXPECT_EQ(header.flags, VIRTIO_NET_HDR_F_NEEDS_CSUM);
	EXPECT_EQ(header.gso_type, VIRTIO_NET_HDR_GSO_TCPV4);
	EXPECT_EQ(header.gso_size, PIECE);
	EXPECT_EQ(header.csum_start, ETH_HLEN + IP_LENGTH);
	EXPECT_EQ(header.csum_offset, TCP_CHECKSUM);

	memset(message, 0, sizeof(header));
	EXPECT_ERR(send(fd, message, sizeof(message), 0), EMSGSIZE);
}

struct wrong_row {
	struct variant variant;
	struct virtio_net_hdr header;
	size_t length;
};

static const struct wrong_row wrongs[] = {
	{{"too_short", NULL}, {.flags = 0}, sizeof(struct virtio_net_hdr) - 1},
	{{"unknown_gso", NULL}, {.gso_type = 77, .gso_size = 100}, 100},
	{{"no_gso_size", NULL}, {.gso_type = VIRTIO_NET_HDR_GSO_TCPV4}, 100},
	{{"checksum_outside", NULL},
	 {.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM, .csum_start = 200, .csum_offset = 16},
	 100},
};

/* Work that cannot be done, or a message without the whole header. */
CASE(errors, .claim = "send() with an impossible or a cut virtio_net_hdr fails with EINVAL",
     .level = OBSERVED, .spec = "net/packet/af_packet.c packet_snd(); linux/virtio_net.h",
     .topology = "pair", .needs = "packet", .tags = "packet option send errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	uint8_t message[100] = {0};

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VNET_HDR, 1));
	memcpy(message, &row->header, sizeof(row->header));
	EXPECT_ERR(send(fd, message, row->length, 0), EINVAL);
	memset(message, 0, sizeof(message));
	EXPECT_EQ(send(fd, message, sizeof(message), 0), sizeof(message));
}

/* The header describes a whole frame, which a cooked socket does not have; nor may a ring change.
 */
CASE(where_it_can_be_set,
     .claim = "PACKET_VNET_HDR is EINVAL for SOCK_DGRAM and EBUSY when there is a ring",
     .level = LINUX, .spec = "packet(7) PACKET_VNET_HDR; net/packet/af_packet.c", .needs = "packet",
     .tags = "packet option errno")
{
	int cooked = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT);
	int raw = packet_socket("a", SOCK_RAW, 1, EXPERIMENT);
	struct tpacket_req request = {.tp_block_size = page_size(),
				      .tp_block_nr = 1,
				      .tp_frame_size = page_size(),
				      .tp_frame_nr = 1};
	const struct tpacket_req none = {0};

	EXPECT_ERR(set_int(cooked, SOL_PACKET, PACKET_VNET_HDR, 1), EINVAL);
	SETUP(setsockopt(raw, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)));
	EXPECT_ERR(set_int(raw, SOL_PACKET, PACKET_VNET_HDR, 1), EBUSY);
	SETUP(setsockopt(raw, SOL_PACKET, PACKET_RX_RING, &none, sizeof(none)));
	EXPECT_OK(set_int(raw, SOL_PACKET, PACKET_VNET_HDR, 1));
}

struct size_row {
	struct variant variant;
	int size;
};

static const struct size_row sizes[] = {
	{{"10", NULL}, sizeof(struct virtio_net_hdr)},
	{{"12", NULL}, sizeof(struct virtio_net_hdr_mrg_rxbuf)},
};

/*
 * Two forms of the header.
 *
 * Newer virtual cards have one with a number of buffers at its end. `PACKET_VNET_HDR_SZ`
 * chooses by length; other lengths are EINVAL.
 */
CASE(header_size,
     .claim = "PACKET_VNET_HDR_SZ chooses a header of 10 or of 12 bytes before each frame; other "
	      "lengths fail with EINVAL",
     .level = LINUX, .spec = "linux/if_packet.h PACKET_VNET_HDR_SZ; virtio 1.2 5.1.6",
     .topology = "pair", .needs = "packet", .tags = "packet option", .VARIANTS(sizes))
{
	int size = VARIANT(struct size_row)->size, fd, sender;
	uint8_t got[128];

	need_packet_option(PACKET_VNET_HDR_SZ);
	fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_VNET_HDR_SZ, 11), EINVAL);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VNET_HDR_SZ, size));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VNET_HDR_SZ), size);
	EXPECT_EQ(send_text(sender, mac_b, "x"), ETH_HLEN + 1);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), NULL), size + ETH_HLEN + 1);
	EXPECT_MEMEQ(got + size, mac_b, ETH_ALEN);
	EXPECT_EQ(got[size + ETH_HLEN], 'x');
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VNET_HDR_SZ, 0));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VNET_HDR), 0);
}
