/* SPDX-License-Identifier: MIT */
/* Radio of small things: IEEE 802.15.4, which sensors, lamps and Thread speak. */
#include <linux/capability.h>
#include <linux/if_ether.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "suites/rare/ieee802154_radio.h"

#include "harness/case.h"

enum {
	BIT_ACK = 0x20,	       /* of the first byte of a frame: the sender wants it acknowledged */
	DATA_FRAME = 0x41,     /* that byte: data, within one network */
	SHORT_TO_SHORT = 0x88, /* the second: both addresses are short */
	LQI_OF_FAKELB = 0xcc,
	HEADER = 9, /* of such a frame */
	PART = 10,  /* of an address: all but its last numbers */
};

static void expect_data(int fd, const char *text)
{
	char got[32] = "";
	ssize_t length = (ssize_t)strlen(text);

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), MSG_DONTWAIT), length);
	EXPECT_MEMEQ(got, text, length);
}

/*
 * Networks, and stations in them.
 *
 * A radio of IEEE 802.15.4 has a hardware address of eight bytes, and gets a short one of two when
 * it joins a network (PAN). A datagram is one frame of at most 127 bytes, addresses included.
 */
CASE(ieee802154_exchange,
     .claim = "a datagram to a short address arrives whole at the socket that is bound to it, with "
	      "network and address of its sender, and can be answered",
     .level = LINUX,
     .spec = "linux/Documentation/networking/ieee802154.rst, Socket API; IEEE 802.15.4 7",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 send receive")
{
	const struct sockaddr_ieee802154 to = station_short(SHORT_B);
	struct sockaddr_ieee802154 from;
	socklen_t length = sizeof(from);
	char got[16];
	int a, b;

	stations_on();
	a = station_bound(SHORT_A);
	b = station_bound(SHORT_B);
	EXPECT_EQ(sendto(a, "hello", 5, 0, STATION(to)), 5);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	memset(&from, 0xa5, sizeof(from));
	EXPECT_EQ(recvfrom(b, got, sizeof(got), 0, (void *)&from, &length), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.family, AF_IEEE802154);
	EXPECT_EQ(from.addr.addr_type, ADDRESS_SHORT);
	EXPECT_EQ(from.addr.pan_id, NETWORK);
	EXPECT_EQ(from.addr.short_addr, SHORT_A);
	EXPECT_EQ(sendto(b, "yes", 3, 0, STATION(from)), 3);
	expect_data(a, "yes");
}

/* The address that each radio was made with. */
CASE(ieee802154_long,
     .claim = "hardware addresses work as short ones do: bind(), sendto(), and the sender's name",
     .level = LINUX, .spec = "linux/Documentation/networking/ieee802154.rst, Socket API",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 send receive name")
{
	struct sockaddr_ieee802154 self, to, from;
	socklen_t length = sizeof(from);
	char got[16];
	int a, b;

	stations_on();
	self = station_long(INTERFACE_A);
	to = station_long(INTERFACE_B);
	a = SETUP(socket(AF_IEEE802154, SOCK_DGRAM, 0));
	b = SETUP(socket(AF_IEEE802154, SOCK_DGRAM, 0));
	EXPECT_OK(bind(a, STATION(self)));
	EXPECT_OK(bind(b, STATION(to)));
	EXPECT_EQ(sendto(a, "hello", 5, 0, STATION(to)), 5);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	memset(&from, 0xa5, sizeof(from));
	EXPECT_EQ(recvfrom(b, got, sizeof(got), 0, (void *)&from, &length), 5);
	EXPECT_EQ(from.addr.addr_type, ADDRESS_LONG);
	EXPECT_MEMEQ(from.addr.hwaddr, self.addr.hwaddr, LONG_BYTES);
}

/* Others' frames are heard and not delivered; those to all are everybody's. */
CASE(ieee802154_broadcast,
     .claim = "a datagram to 0xffff arrives at each station, one to somebody else at none",
     .level = ABI, .spec = "IEEE 802.15.4 7.2.2; linux/net/mac802154/rx.c", .topology = "machine",
     .needs = "ieee802154", .tags = "ieee802154 send receive")
{
	const struct sockaddr_ieee802154 all = station_short(TO_ALL), other = station_short(NOBODY);
	char got[8];
	int a, b;

	stations_on();
	a = station_bound(SHORT_A);
	b = station_bound(SHORT_B);
	EXPECT_EQ(sendto(a, "other", 5, 0, STATION(other)), 5);
	EXPECT_EQ(sendto(a, "all", 3, 0, STATION(all)), 3);
	expect_data(b, "all");
	EXPECT_ERR(recv(b, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	/* A sender does not hear itself. */
	EXPECT_ERR(recv(a, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/* A peer for send(), as with UDP. */
CASE(ieee802154_connect,
     .claim = "connect() needs a bound socket, or fails with ENETUNREACH; without it send() fails "
	      "with EDESTADDRREQ, with it sendto() an address with EISCONN",
     .level = ABI, .spec = "linux/net/ieee802154/socket.c, dgram_connect(), dgram_sendmsg()",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 connect send errno")
{
	const struct sockaddr_ieee802154 to = station_short(SHORT_B);
	const struct sockaddr none = {.sa_family = AF_UNSPEC};
	int a, b, unbound;

	stations_on();
	a = station_bound(SHORT_A);
	b = station_bound(SHORT_B);
	unbound = SETUP(socket(AF_IEEE802154, SOCK_DGRAM, 0));
	EXPECT_ERR(connect(unbound, STATION(to)), ENETUNREACH);
	EXPECT_ERR(send(a, "x", 1, 0), EDESTADDRREQ);
	EXPECT_OK(connect(a, STATION(to)));
	EXPECT_EQ(send(a, "hello", 5, 0), 5);
	expect_data(b, "hello");
	EXPECT_ERR(sendto(a, "x", 1, 0, STATION(to)), EISCONN);
	EXPECT_OK(connect(a, &none, sizeof(none)));
	EXPECT_ERR(send(a, "x", 1, 0), EDESTADDRREQ);
	EXPECT_EQ(sendto(a, "again", 5, 0, STATION(to)), 5);
	expect_data(b, "again");
}

/* Addresses of nobody here, and what is none. */
CASE(ieee802154_bind_errors,
     .claim = "bind() fails with ENODEV for an address of no interface, EINVAL for another family "
	      "or a short one; getsockname() with EOPNOTSUPP",
     .level = ABI, .spec = "linux/net/ieee802154/socket.c, dgram_bind()", .topology = "machine",
     .needs = "ieee802154", .tags = "ieee802154 bind errno")
{
	const struct sockaddr_ieee802154 nobody = station_short(NOBODY),
					 good = station_short(SHORT_A);
	struct sockaddr_ieee802154 wrong = good;
	socklen_t length = sizeof(wrong);
	int fd;

	stations_on();
	fd = SETUP(socket(AF_IEEE802154, SOCK_DGRAM, 0));
	EXPECT_ERR(bind(fd, STATION(nobody)), ENODEV);
	EXPECT_ERR(bind(fd, (void *)&good, PART), EINVAL);
	wrong.family = AF_INET;
	EXPECT_ERR(bind(fd, STATION(wrong)), EINVAL);
	wrong = good;
	wrong.addr.pan_id = NETWORK + 1;
	EXPECT_ERR(bind(fd, STATION(wrong)), ENODEV);
	EXPECT_OK(bind(fd, STATION(good)));
	EXPECT_ERR(getsockname(fd, (void *)&wrong, &length), EOPNOTSUPP);
}

/* The first bytes of the next frame that an interface sends, as a packet socket sees it. */
static uint8_t first_byte_sent(int packet)
{
	uint8_t frame[FRAME_MOST] = {0};

	EXPECT_EQ(wait_for(packet, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_GT(recv(packet, frame, sizeof(frame), MSG_DONTWAIT), 3);
	return frame[0];
}

static int packet_socket(const char *interface)
{
	struct sockaddr_ll name = {.sll_family = AF_PACKET,
				   .sll_protocol = htons(ETH_P_ALL),
				   .sll_ifindex = (int)if_nametoindex(interface)};
	int fd = SETUP(socket(AF_PACKET, SOCK_RAW, 0));

	SETUP(bind(fd, (void *)&name, sizeof(name)));
	return fd;
}

/* Radio loses frames; the receiver's radio can say at once that it has one. */
CASE(ieee802154_wantack,
     .claim = "frames ask to be acknowledged, and do not after WPAN_WANTACK is set to 0",
     .level = ABI, .spec = "linux/net/ieee802154/socket.c, dgram_sendmsg(); IEEE 802.15.4 7.2.1",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 options wire")
{
	const struct sockaddr_ieee802154 to = station_short(SHORT_B);
	int a, packet;

	stations_on();
	a = station_bound(SHORT_A);
	packet = packet_socket(INTERFACE_A);
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_WANTACK), 1);
	EXPECT_EQ(sendto(a, "hello", 5, 0, STATION(to)), 5);
	EXPECT_EQ(first_byte_sent(packet), DATA_FRAME | BIT_ACK);
	EXPECT_OK(set_int(a, SOL_IEEE802154, WPAN_WANTACK, 0));
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_WANTACK), 0);
	EXPECT_EQ(sendto(a, "hello", 5, 0, STATION(to)), 5);
	EXPECT_EQ(first_byte_sent(packet), DATA_FRAME);
}

/* What recvmsg() gives of the link's quality; -1 without the control message. */
static int quality(int fd)
{
	_Alignas(struct cmsghdr) char control[64];
	char data[16];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recvmsg(fd, &message, MSG_DONTWAIT), 5);
	for (struct cmsghdr *h = CMSG_FIRSTHDR(&message); h != NULL; h = CMSG_NXTHDR(&message, h)) {
		if (h->cmsg_level != SOL_IEEE802154 || h->cmsg_type != WPAN_WANTLQI)
			continue;
		EXPECT_EQ(h->cmsg_len, CMSG_LEN(1));
		return *CMSG_DATA(h);
	}
	return -1;
}

/* The radio measures how well it hears. */
CASE(ieee802154_wantlqi,
     .claim = "with WPAN_WANTLQI a control message gives the link quality that the radio measured",
     .level = ABI,
     .spec = "linux/net/ieee802154/socket.c, dgram_recvmsg(); drivers/net/ieee802154/fakelb.c",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 options cmsg")
{
	const struct sockaddr_ieee802154 to = station_short(SHORT_B);
	int a, b;

	stations_on();
	a = station_bound(SHORT_A);
	b = station_bound(SHORT_B);
	EXPECT_EQ(get_int(b, SOL_IEEE802154, WPAN_WANTLQI), 0);
	EXPECT_EQ(sendto(a, "hello", 5, 0, STATION(to)), 5);
	EXPECT_EQ(quality(b), -1);
	EXPECT_OK(set_int(b, SOL_IEEE802154, WPAN_WANTLQI, 1));
	EXPECT_EQ(get_int(b, SOL_IEEE802154, WPAN_WANTLQI), 1);
	EXPECT_EQ(sendto(a, "hello", 5, 0, STATION(to)), 5);
	EXPECT_EQ(quality(b), LQI_OF_FAKELB);
}

/* Frames can be encrypted, by an interface that has keys; these have none. */
CASE(ieee802154_security,
     .claim = "with WPAN_SECURITY_ON sendto() fails with EINVAL on an interface without security; "
	      "levels are -1 to 7, other values EINVAL; both take a privilege, or EPERM",
     .level = ABI,
     .spec = "linux/net/ieee802154/socket.c, dgram_setsockopt(); net/mac802154/iface.c",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 options errno")
{
	const struct sockaddr_ieee802154 to = station_short(SHORT_B);
	int a, b;

	stations_on();
	a = station_bound(SHORT_A);
	b = station_bound(SHORT_B);
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_SECURITY), WPAN_SECURITY_DEFAULT);
	EXPECT_OK(set_int(a, SOL_IEEE802154, WPAN_SECURITY, WPAN_SECURITY_ON));
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_SECURITY), WPAN_SECURITY_ON);
	EXPECT_ERR(sendto(a, "x", 1, 0, STATION(to)), EINVAL);
	EXPECT_OK(set_int(a, SOL_IEEE802154, WPAN_SECURITY, WPAN_SECURITY_OFF));
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_SECURITY), WPAN_SECURITY_OFF);
	EXPECT_EQ(sendto(a, "off", 3, 0, STATION(to)), 3);
	expect_data(b, "off");
	EXPECT_ERR(set_int(a, SOL_IEEE802154, WPAN_SECURITY, WPAN_SECURITY_ON + 1), EINVAL);
	EXPECT_OK(set_int(a, SOL_IEEE802154, WPAN_SECURITY, WPAN_SECURITY_DEFAULT));
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_SECURITY), WPAN_SECURITY_DEFAULT);

	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL), WPAN_SECURITY_LEVEL_DEFAULT);
	EXPECT_OK(set_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL, MIC_128));
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL), MIC_128);
	EXPECT_ERR(set_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL, MIC_128 + 1), EINVAL);
	EXPECT_ERR(set_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL, -2), EINVAL);
	EXPECT_OK(set_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL, WPAN_SECURITY_LEVEL_DEFAULT));
	EXPECT_EQ(get_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL), WPAN_SECURITY_LEVEL_DEFAULT);
	EXPECT_ERR(set_int(a, SOL_IEEE802154, WPAN_WANTLQI + 1, 1), ENOPROTOOPT);

	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(set_int(a, SOL_IEEE802154, WPAN_SECURITY, WPAN_SECURITY_OFF), EPERM);
	EXPECT_ERR(set_int(a, SOL_IEEE802154, WPAN_SECURITY_LEVEL, 0), EPERM);
	EXPECT_OK(set_int(a, SOL_IEEE802154, WPAN_WANTACK, 0));
}

/* A frame has room for 127 bytes with its header and the checksum that the radio adds. */
CASE(ieee802154_size,
     .claim = "a datagram that does not fit into a frame fails with EMSGSIZE; a short buffer gets "
	      "MSG_TRUNC",
     .level = ABI, .spec = "linux/net/ieee802154/socket.c; IEEE 802.15.4 aMaxPHYPacketSize",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 send receive errno")
{
	enum { CHECKSUM = 2, ROOM = FRAME_MOST - HEADER - CHECKSUM };
	const struct sockaddr_ieee802154 to = station_short(SHORT_B);
	char data[FRAME_MOST + 1] = {0}, got[4];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	int a, b;

	stations_on();
	a = station_bound(SHORT_A);
	b = station_bound(SHORT_B);
	EXPECT_ERR(sendto(a, data, FRAME_MOST + 1, 0, STATION(to)), EMSGSIZE);
	EXPECT_ERR(sendto(a, data, ROOM + 1, 0, STATION(to)), EMSGSIZE);
	EXPECT_EQ(sendto(a, data, ROOM, 0, STATION(to)), ROOM);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(b, &message, MSG_DONTWAIT), sizeof(got));
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_EQ(sendto(a, data, sizeof(got), 0, STATION(to)), sizeof(got));
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(b, &message, MSG_DONTWAIT), sizeof(got));
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
}

struct waiting_row {
	struct variant variant;
	uint8_t bytes[16];
	int less;
};

static const struct waiting_row waitings[] = {
	{{"zeros", NULL}, {0}, 3},
	{{"like_a_header", NULL}, {DATA_FRAME, SHORT_TO_SHORT}, HEADER},
};

/*
 * How much waits, less a header that is not there.
 *
 * SIOCINQ takes the length of the frame's header off the length of what waits. But the header was
 * taken off before, and so the kernel reads data as if it were one: the answer is too small, by
 * as much as the data, read as a header, would be long.
 */
CASE(ieee802154_inq,
     .claim = "SIOCINQ gives the length of the next datagram less that of a header which its first "
	      "bytes would be",
     .level = OBSERVED, .spec = "linux/net/ieee802154/socket.c, dgram_ioctl(); tty(4) FIONREAD",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 ioctl", .VARIANTS(waitings))
{
	const struct waiting_row *row = VARIANT(struct waiting_row);
	const struct sockaddr_ieee802154 to = station_short(SHORT_B);
	char got[32];
	int a, b, waiting = -1;

	stations_on();
	a = station_bound(SHORT_A);
	b = station_bound(SHORT_B);
	EXPECT_OK(ioctl(b, SIOCINQ, &waiting));
	EXPECT_EQ(waiting, 0);
	EXPECT_EQ(sendto(a, row->bytes, sizeof(row->bytes), 0, STATION(to)), sizeof(row->bytes));
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_OK(ioctl(b, SIOCINQ, &waiting));
	EXPECT_EQ(waiting, (int)sizeof(row->bytes) - row->less);
	EXPECT_EQ(recv(b, got, sizeof(got), MSG_DONTWAIT), sizeof(row->bytes));
}

/*
 * Whole frames.
 *
 * A raw socket sends what it is given, header and all, and the receiver's kernel takes it for what
 * it says: data for the datagram socket.
 */
CASE(ieee802154_raw,
     .claim = "a SOCK_RAW socket sends a frame that the program made; a datagram socket of the "
	      "other "
	      "station receives its data, and a raw one there receives it as well",
     .level = ABI, .spec = "linux/net/ieee802154/socket.c, raw_sendmsg(); IEEE 802.15.4 7.2",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 raw send receive")
{
	static const uint8_t frame[] = {
		DATA_FRAME,	SHORT_TO_SHORT, 7, /* number */
		NETWORK & 0xff, NETWORK >> 8,	SHORT_B, 0, SHORT_A, 0, 'h', 'e', 'l', 'l', 'o'};
	const struct sockaddr_ieee802154 at_a = station_short(SHORT_A),
					 at_b = station_short(SHORT_B);
	int raw_a, raw_b, b;

	stations_on();
	b = station_bound(SHORT_B);
	raw_a = SETUP(socket(AF_IEEE802154, SOCK_RAW, 0));
	raw_b = SETUP(socket(AF_IEEE802154, SOCK_RAW, 0));
	EXPECT_OK(bind(raw_a, STATION(at_a)));
	EXPECT_OK(bind(raw_b, STATION(at_b)));
	EXPECT_EQ(send(raw_a, frame, sizeof(frame), 0), sizeof(frame));
	expect_data(b, "hello");
	expect_data(raw_b, "hello");
}

/* Which sockets there are. */
CASE(ieee802154_socket,
     .claim = "SOCK_STREAM is refused with ESOCKTNOSUPPORT, SOCK_RAW without CAP_NET_RAW with "
	      "EPERM; "
	      "a raw socket has no options (EOPNOTSUPP)",
     .level = ABI, .spec = "linux/net/ieee802154/socket.c, ieee802154_create()",
     .topology = "machine", .needs = "ieee802154", .tags = "ieee802154 socket errno")
{
	int value, raw = EXPECT_OK(socket(AF_IEEE802154, SOCK_RAW, 0));
	socklen_t length = sizeof(value);

	EXPECT_ERR(socket(AF_IEEE802154, SOCK_STREAM, 0), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_IEEE802154, SOCK_SEQPACKET, 0), ESOCKTNOSUPPORT);
	EXPECT_ERR(set_int(raw, SOL_IEEE802154, WPAN_WANTACK, 0), EOPNOTSUPP);
	EXPECT_ERR(getsockopt(raw, SOL_IEEE802154, WPAN_WANTACK, &value, &length), EOPNOTSUPP);
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_IEEE802154, SOCK_RAW, 0), EPERM);
	EXPECT_OK(socket(AF_IEEE802154, SOCK_DGRAM, 0));
}
