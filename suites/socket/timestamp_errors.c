/* SPDX-License-Identifier: MIT */
/* What SO_TIMESTAMPING refuses. */
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/stamps.h"

#include "harness/case.h"

enum { SOUND = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE };

struct flags_row {
	struct variant variant;
	int wrong, right;
};

static const struct flags_row combinations[] = {
	{{"unknown_bit", NULL}, SOUND | 1 << 30, SOUND},
	{{"stats_with_data", NULL},
	 SOUND | SOF_TIMESTAMPING_OPT_STATS,
	 SOUND | SOF_TIMESTAMPING_OPT_STATS | SOF_TIMESTAMPING_OPT_TSONLY},
	{{"id_tcp_without_id", NULL}, SOUND | STAMP_OPT_ID_TCP, SOUND | SOF_TIMESTAMPING_OPT_ID},
};

/*
 * Bits that need each other.
 *
 * A bit that the kernel does not know is refused, so that a program can find out what this
 * kernel can. `OPT_STATS` has no place for the packet's copy and so needs `OPT_TSONLY`;
 * `OPT_ID_TCP` changes how `OPT_ID` counts and is nothing without it. What is refused changes
 * nothing.
 */
CASE(combination,
     .claim = "a combination of SO_TIMESTAMPING's bits that makes no sense is refused with EINVAL",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.4",
     .tags = "option tcp timestamp errno", .VARIANTS(combinations))
{
	const struct flags_row *row = VARIANT(struct flags_row);
	struct pair p = tcp_pair(AF_INET);

	EXPECT_ERR(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING, row->wrong), EINVAL);
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_TIMESTAMPING), 0);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING, row->right));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_TIMESTAMPING), row->right);
}

static int unconnected(void)
{
	return SETUP(socket(AF_INET, SOCK_STREAM, 0));
}

static int listening(void)
{
	struct address where;

	return tcp_listener(AF_INET, &where);
}

struct state_row {
	struct variant variant;
	int (*make)(void);
};

static const struct state_row states[] = {
	{{"unconnected", NULL}, unconnected},
	{{"listening", NULL}, listening},
};

/*
 * TCP's numbers are offsets in a stream, so there must be a stream.
 *
 * A UDP socket may set `OPT_ID` at any time, a TCP socket only once it is connected.
 */
CASE(number_without_a_stream,
     .claim = "OPT_ID on a TCP socket without a connection fails with EINVAL, on a UDP socket it "
	      "works",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.4 (OPT_ID)",
     .tags = "option tcp timestamp errno", .VARIANTS(states))
{
	int fd = VARIANT(struct state_row)->make(), flags = SOUND | SOF_TIMESTAMPING_OPT_ID;

	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_TIMESTAMPING, flags), EINVAL);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_TIMESTAMPING, SOUND));
	EXPECT_OK(set_int(tcp_pair(AF_INET).client, SOL_SOCKET, SO_TIMESTAMPING, flags));
	EXPECT_OK(
		set_int(SETUP(socket(AF_INET, SOCK_DGRAM, 0)), SOL_SOCKET, SO_TIMESTAMPING, flags));
}

struct message_row {
	struct variant variant;
	uint32_t flags;
	size_t size;
};

static const struct message_row messages[] = {
	{{"report_bit", NULL}, SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE, 4},
	{{"receive_bit", NULL}, SOF_TIMESTAMPING_RX_SOFTWARE, 4},
	{{"short", NULL}, SOF_TIMESTAMPING_TX_SOFTWARE, 2},
};

/*
 * A single packet's wish is about sending only.
 *
 * In a control message the bits that have stamps made when sending are allowed and no other:
 * what is reported, and what is stamped on arrival, is the socket's affair. The number has 4
 * bytes. With anything else the packet is not sent.
 */
CASE(single_packet,
     .claim = "sendmsg() with SO_TIMESTAMPING bits other than TX ones, or of a wrong size, is "
	      "EINVAL",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.5, 1.4",
     .tags = "udp control timestamp errno", .VARIANTS(messages))
{
	const struct message_row *row = VARIANT(struct message_row);
	uint32_t right = SOF_TIMESTAMPING_TX_SOFTWARE;
	struct pair p = udp_pair(AF_INET);
	struct received r;

	EXPECT_ERR(send_control(p.client, NULL, "lost", SO_TIMESTAMPING, &row->flags, row->size),
		   EINVAL);
	EXPECT_EQ(send_control(p.client, NULL, "right", SO_TIMESTAMPING, &right, sizeof(right)), 5);
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	EXPECT_ERR(receive_all(p.server, &r, MSG_DONTWAIT), EAGAIN);
}

/*
 * A clock of a network card.
 *
 * With `BIND_PHC` and a structure in place of the number, the stamps are in the time of one of a
 * card's virtual clocks. The socket must be bound to the card's interface, else there is no
 * card to ask; loopback has no clock at all.
 */
CASE(clock_of_a_card,
     .claim = "SO_TIMESTAMPING with BIND_PHC is EOPNOTSUPP without an interface, EINVAL without a "
	      "clock",
     .since = "5.14", .level = ABI,
     .spec = "Linux 5.14, commit d463126e23f1; include/uapi/linux/net_tstamp.h",
     .tags = "option udp timestamp errno")
{
	struct {
		int flags, clock;
	} wanted = {SOUND | SOF_TIMESTAMPING_BIND_PHC, 0}, plain = {SOUND, 0};
	/* All bits up to that one together. */
	int all = SOF_TIMESTAMPING_BIND_PHC | (SOF_TIMESTAMPING_BIND_PHC - 1);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &plain, sizeof(plain)));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TIMESTAMPING), SOUND);
	if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &wanted, sizeof(wanted)) != 0 &&
	    errno == EINVAL)
		SKIP("SOF_TIMESTAMPING_BIND_PHC", "EINVAL: Linux before 5.14");
	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &wanted, sizeof(wanted)),
		   EOPNOTSUPP);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_TIMESTAMPING, all), EOPNOTSUPP);
	SETUP(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3));
	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &wanted, sizeof(wanted)), EINVAL);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TIMESTAMPING), SOUND);
}

struct bit_row {
	struct variant variant;
	int bits;
};

enum {
	SENDING = SOF_TIMESTAMPING_TX_HARDWARE | SOF_TIMESTAMPING_TX_SOFTWARE |
		  SOF_TIMESTAMPING_TX_SCHED | SOF_TIMESTAMPING_TX_ACK,
};

static const struct bit_row card_bits[] = {
	{{"tx_hardware", NULL}, SOF_TIMESTAMPING_TX_HARDWARE},
	{{"rx_hardware", NULL}, SOF_TIMESTAMPING_RX_HARDWARE},
	{{"sys_hardware", NULL}, SOF_TIMESTAMPING_SYS_HARDWARE},
	{{"opt_pktinfo", NULL}, SOF_TIMESTAMPING_OPT_PKTINFO},
	{{"opt_tx_swhw", NULL}, SOF_TIMESTAMPING_OPT_TX_SWHW},
	{{"every_moment_of_sending", NULL}, SENDING},
	{{"every_bit_of_linux_4_13", NULL}, (1 << 15) - 1},
};

/*
 * Stamps of a card that is not there.
 *
 * Some bits ask for the time at which the network card itself saw the packet, or say how to hand
 * that out. A socket takes them on any machine, since it is not yet known which card its packets
 * will use, and remembers them. Over loopback, or between virtual links, there is no card: such
 * a stamp is not made, and that of the kernel is there as if one had not asked for more. A
 * program finds out only by the stamps that do not come.
 *
 * Try it: `ethtool -T eth0`.
 */
CASE(stamps_of_a_card,
     .claim = "SO_TIMESTAMPING takes the bits about hardware anywhere; without a card a packet has "
	      "the software's stamp alone",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.1, 1.3.2, 3",
     .tags = "option udp control timestamp", .VARIANTS(card_bits))
{
	int bits = VARIANT(struct bit_row)->bits | SOF_TIMESTAMPING_RX_SOFTWARE |
		   SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RAW_HARDWARE;
	struct pair p = udp_pair(AF_INET);
	struct timespec times[3] = {{0}};
	struct received r;

	stamping_started();
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_TIMESTAMPING, bits));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_TIMESTAMPING), bits);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 1);
	REQUIRE_TRUE(control_find(&r, SOL_SOCKET, SCM_TIMESTAMPING, times, sizeof(times)));
	EXPECT_TRUE(timespec_ns(&times[0]) > 0);
	EXPECT_EQ(timespec_ns(&times[1]), 0);
	EXPECT_EQ(timespec_ns(&times[2]), 0);
}
