/* SPDX-License-Identifier: MIT */
/* A UDP datagram is a message: it arrives whole, alone, or not at all. */
#include <linux/udp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/*
 * One send, one datagram, one receive.
 *
 * TCP carries a stream of bytes, in which two writes may arrive as one read. UDP
 * carries messages: the receiver gets each with the length it was sent with, even
 * when both already lie in its queue and its buffer has room for the two together.
 * That is why protocols on UDP need no framing of their own.
 *
 * Try it: `nc -ul 9000` in one terminal, and in another
 * `printf one >/dev/udp/127.0.0.1/9000; printf two >/dev/udp/127.0.0.1/9000` in bash.
 */
CASE(boundaries_are_kept,
     .claim = "two datagrams are received by two calls, each with the length it was sent with",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.6 Socket Types (SOCK_DGRAM); RFC 768; udp(7)",
     .tags = "udp", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	char data[100];

	SETUP(send(p.client, "first", 5, 0));
	SETUP(send(p.client, "second!", 7, 0));

	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 5);
	EXPECT_MEMEQ(data, "first", 5);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 7);
	EXPECT_MEMEQ(data, "second!", 7);
}

/*
 * A datagram without data is a datagram.
 *
 * Nothing in UDP asks for data: a header of 8 bytes can be all there is, and it is a
 * message like any other, sent, queued and received once. So recv() returns 0 for it.
 * On a stream 0 means that the peer has closed; on a datagram socket it does not, and a
 * loop that stops at 0 can be stopped by anyone with one empty packet.
 *
 * Try it: `python3 -c "import socket; s=socket.socket(2,2);
 * s.sendto(b'',('127.0.0.1',9000))"` and watch `tcpdump -ni lo udp` say `length 0`.
 */
CASE(empty_datagram,
     .claim = "an empty datagram is sent as 8 bytes of UDP and makes recv() return 0, once",
     .level = POSIX, .spec = "POSIX.1-2024 recv() RETURN VALUE; RFC 768; udp(7)", .tags = "udp",
     .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[16];

	EXPECT_EQ(send(p.client, "", 0, 0), 0);
	packet = wire_next_udp(wire, address_port(&p.server_address));
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_udp(packet)->length, 8);

	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 0);
	/* It was a message and no end: it is gone, and the next one comes. */
	EXPECT_ERR(recv(p.server, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 1);
}

/*
 * A buffer too short costs the rest of the datagram.
 *
 * A message is taken from the queue as a whole, and what does not fit is discarded,
 * because the next call must begin with the next message. Nothing fails: only
 * `MSG_TRUNC` in `msg_flags` of recvmsg() tells, which recv() and recvfrom() have no
 * room for. Whoever must know uses recvmsg(), or a buffer that holds any datagram.
 */
CASE(short_buffer_truncates,
     .claim = "recvmsg() with a short buffer sets MSG_TRUNC and the rest of the datagram is lost",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg(); udp(7)", .tags = "udp msg_flags",
     .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	char data[4];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	SETUP(send(p.client, "0123456789", 10, 0));
	SETUP(send(p.client, "abcd", 4, 0));

	EXPECT_EQ(recvmsg(p.server, &message, 0), 4);
	EXPECT_MEMEQ(data, "0123", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);

	/* The next call does not go on at "4567"; and a datagram that fits has no flag. */
	EXPECT_EQ(recvmsg(p.server, &message, 0), 4);
	EXPECT_MEMEQ(data, "abcd", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
}

/*
 * How long is the datagram really?
 *
 * With the flag `MSG_TRUNC` *given* to recv(), Linux returns the length of the whole
 * datagram, even if fewer bytes were copied. Together with `MSG_PEEK` a program can
 * so ask for the length first, and then bring a buffer that fits. POSIX knows
 * MSG_TRUNC only as an answer, not as a question.
 */
CASE(real_length_with_msg_trunc,
     .claim = "recv() with MSG_TRUNC returns the datagram's length and not that of the buffer",
     .level = LINUX, .spec = "recv(2) MSG_TRUNC; udp(7)", .tags = "udp", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	char data[4];

	SETUP(send(p.client, "0123456789", 10, 0));
	EXPECT_EQ(recv(p.server, data, sizeof(data), MSG_PEEK), 4);
	EXPECT_EQ(recv(p.server, data, sizeof(data), MSG_PEEK | MSG_TRUNC), 10);
	/* Even without any buffer. */
	EXPECT_EQ(recv(p.server, NULL, 0, MSG_TRUNC), 10);
	EXPECT_ERR(recv(p.server, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
}

/*
 * `FIONREAD` counts one datagram, not the queue.
 *
 * On a TCP socket `FIONREAD` says how many bytes could be read. A UDP socket answers
 * with the size of the *first* datagram in the queue, since no single read could
 * give more. An answer of 0 is ambiguous: an empty queue, or an empty datagram;
 * only poll() can tell them apart.
 */
CASE(fionread_counts_the_first,
     .claim = "FIONREAD gives the size of the next datagram, however many are queued",
     .level = LINUX, .spec = "udp(7) Ioctls: FIONREAD (SIOCINQ)", .tags = "udp ioctl",
     .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	int size = -1;
	char data[8];

	EXPECT_OK(ioctl(p.server, FIONREAD, &size));
	EXPECT_EQ(size, 0);

	SETUP(send(p.client, "one", 3, 0));
	SETUP(send(p.client, "three", 5, 0));
	SETUP(wait_for(p.server, POLLIN, SOON_MS));
	EXPECT_OK(ioctl(p.server, FIONREAD, &size));
	EXPECT_EQ(size, 3);

	SETUP(recv(p.server, data, sizeof(data), 0));
	SETUP(wait_for(p.server, POLLIN, SOON_MS));
	EXPECT_OK(ioctl(p.server, FIONREAD, &size));
	EXPECT_EQ(size, 5);
}

struct largest_row {
	struct variant variant;
	int family;
	size_t largest;
};

static const struct largest_row largest[] = {
	{{"v4", NULL}, AF_INET, 65535 - 20 - 8},
	{{"v6", "ipv6"}, AF_INET6, 65535 - 8},
};

/*
 * The largest datagram.
 *
 * Two length fields of 16 bits set the limit. IPv4's Total Length counts its own 20
 * bytes too, which leaves 65535 - 20 - 8 = 65507 for data. IPv6's Payload Length does
 * not count the IPv6 header, so that 65535 - 8 = 65527 fit. One byte more can not be
 * said in the header, and send() fails with `EMSGSIZE` instead of cutting it.
 *
 * Try it: `python3 -c "import socket;
 * socket.socket(2,2).sendto(bytes(65508),('127.0.0.1',9))"`.
 */
CASE(largest_datagram,
     .claim = "the largest datagram is sent whole, and one byte more fails with EMSGSIZE",
     .level = POSIX, .spec = "POSIX.1-2024 send() EMSGSIZE; RFC 768; RFC 791 3.1; RFC 8200 3",
     .tags = "udp limits", .VARIANTS(largest))
{
	const struct largest_row *row = VARIANT(struct largest_row);
	struct pair p = udp_pair(row->family);
	static char data[65536];

	/* Room for one such datagram, whatever this machine's defaults are. */
	SETUP(set_int(p.client, SOL_SOCKET, SO_SNDBUF, 200000));
	SETUP(set_int(p.server, SOL_SOCKET, SO_RCVBUF, 200000));

	EXPECT_ERR(send(p.client, data, row->largest + 1, 0), EMSGSIZE);
	EXPECT_EQ(send(p.client, data, row->largest, 0), row->largest);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), row->largest);
}

/*
 * A cork in the bottle: one datagram out of several calls.
 *
 * While `UDP_CORK` is set, the kernel collects the data of all sends; taking it off
 * sends them as one datagram. It is for programs whose message lies in pieces and
 * who cannot use sendmsg() with several parts. Nothing may be on the wire before the
 * cork is out, and one UDP header covers everything.
 */
CASE(cork_joins_sends,
     .claim = "what is sent while UDP_CORK is set leaves as one datagram when it is cleared",
     .level = LINUX, .spec = "udp(7) UDP_CORK", .tags = "udp", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[16];

	SETUP(set_int(p.client, IPPROTO_UDP, UDP_CORK, 1));
	EXPECT_EQ(send(p.client, "one", 3, 0), 3);
	EXPECT_EQ(send(p.client, "two", 3, 0), 3);
	EXPECT_ERR(recv(p.server, data, sizeof(data), MSG_DONTWAIT), EAGAIN);

	EXPECT_OK(set_int(p.client, IPPROTO_UDP, UDP_CORK, 0));
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 6);
	EXPECT_MEMEQ(data, "onetwo", 6);
	packet = wire_next_udp(wire, address_port(&p.server_address));
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_udp(packet)->payload_length, 6);
}

/*
 * `MSG_MORE`: the cork for a single message.
 *
 * A send with `MSG_MORE` announces that the datagram is not complete; the first send
 * without it completes and sends it. In contrast to `UDP_CORK` nothing has to be
 * taken off afterwards. Note the difference from TCP, where the flag is only advice
 * about efficiency: with UDP it decides where one message ends.
 */
CASE(msg_more_joins_sends,
     .claim = "sends with MSG_MORE and the next one without make up one datagram", .level = LINUX,
     .spec = "send(2) MSG_MORE; udp(7)", .tags = "udp", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	char data[16];

	EXPECT_EQ(send(p.client, "head ", 5, MSG_MORE), 5);
	EXPECT_ERR(recv(p.server, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(send(p.client, "tail", 4, 0), 4);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 9);
	EXPECT_MEMEQ(data, "head tail", 9);
	EXPECT_PACKET(wire, WHICH_LAYER("UDP"), FIELD("UDP", "Length", 8 + 9));
}

/*
 * One call, many datagrams: segmentation by the kernel.
 *
 * A program that sends much (QUIC, video) spends its time on entering the kernel and
 * on walking down the stack, once a datagram. With `UDP_SEGMENT` it hands over one
 * large buffer and the size of a piece; the kernel cuts it as late as it can, at best
 * in the network card. The receiver must not notice: it gets datagrams of that size,
 * the last one possibly shorter.
 */
CASE(segment_splits_a_send,
     .claim = "with UDP_SEGMENT one send() arrives as datagrams of that size, the last shorter",
     .level = LINUX, .spec = "udp(7) UDP_SEGMENT", .tags = "udp offload", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	char data[16];

	EXPECT_OK(set_int(p.client, IPPROTO_UDP, UDP_SEGMENT, 4));
	EXPECT_EQ(send(p.client, "aaaabbbbcc", 10, 0), 10);

	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 4);
	EXPECT_MEMEQ(data, "aaaa", 4);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 4);
	EXPECT_MEMEQ(data, "bbbb", 4);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 2);
	EXPECT_MEMEQ(data, "cc", 2);
}

/*
 * What the link gets.
 *
 * On the way down the stack the pieces stay together as long as possible, but a link knows
 * no such thing: each datagram is a packet of its own, with all headers and its own length.
 * Here the interface's own segmentation is off, since otherwise it is that which makes
 * the pieces, behind the place where packets can be seen.
 *
 * Try it: `ethtool -k lo`, line tx-udp-segmentation.
 */
CASE(segments_on_the_wire,
     .claim = "with UDP_SEGMENT one send() leaves as datagrams of that size, the last shorter",
     .level = LINUX, .spec = "udp(7) UDP_SEGMENT", .tags = "udp offload wire", .VARIANTS(families))
{
	static const unsigned int sizes[] = {4, 4, 2};
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	uint16_t port = address_port(&p.server_address);
	struct wire *wire = wire_open("a");

	SETUP(plain_datagrams("lo"));
	SETUP(send(p.client, "aaaabbbbcc", 10, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port), FIELD("UDP", "Length", 8 + 10));

	EXPECT_OK(set_int(p.client, IPPROTO_UDP, UDP_SEGMENT, 4));
	EXPECT_EQ(send(p.client, "aaaabbbbcc", 10, 0), 10);
	for (int i = 0; i < 3; i++)
		EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
			      FIELD("UDP", "Length", 8 + sizes[i]));
}
