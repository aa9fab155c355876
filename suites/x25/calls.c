/* SPDX-License-Identifier: MIT */
/* Calls: how they are set up, refused and cleared, and what is agreed on. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "suites/x25/line.h"

#include "harness/capture/expect_packet.h"
#include "harness/case.h"

enum { CAUSE = 0x05, DIAGNOSTIC = 0x42, NUMBER_BUSY = 0x01 /* X.25, Table 5-7 */ };

/*
 * A call is a connection, and costs money while it lasts; hence the numbers of both ends.
 *
 * The call request carries them; the channel that it gets is what later packets name.
 */
CASE(call,
     .claim = "connect() sends a call request with both numbers, which the listener accepts; "
	      "getpeername() gives the other's number",
     .level = LINUX, .spec = "x25(7); ITU-T X.25, 5.2.1", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 connect wire errno")
{
	const struct sockaddr_x25 to = x25_number(NUMBER_B);
	struct sockaddr_x25 peer = {.sx25_family = AF_UNSPEC};
	socklen_t length = sizeof(peer);
	struct wire *wire;
	int listener, client, server;

	line_on();
	wire = wire_open("a");
	listener = x25_bound(NUMBER_B);
	client = x25_bound(NUMBER_A);
	EXPECT_OK(listen(listener, 1));
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(client, X25(to)));
	server = EXPECT_OK(accept(listener, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.sx25_family, AF_X25);
	EXPECT_STREQ(peer.sx25_addr.x25_addr, NUMBER_A);
	memset(&peer, 0, sizeof(peer));
	EXPECT_OK(getpeername(client, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_MEMEQ(&peer, &to, sizeof(to));
	EXPECT_ERR(connect(client, X25(to)), EISCONN);
	EXPECT_PACKET(wire, WHICH("X.25", "Packet type identifier", PACKET_X25_CALL_REQUEST),
		      FIELD_TEXT("X.25", "Called address", NUMBER_B),
		      FIELD_TEXT("X.25", "Calling address", NUMBER_A));
	EXPECT_PACKET(wire, WHICH("X.25", "Packet type identifier", PACKET_X25_CALL_ACCEPTED));
	SETUP(close(server));
}

/* The network clears a call that nobody takes. A socket needs a number of its own to call. */
CASE(refused,
     .claim = "connect() fails with EINVAL without bind() or for another family, ECONNREFUSED "
	      "without a listener, and SIOCX25GCAUSEDIAG gives the cause",
     .level = LINUX, .spec = "x25(7); linux/net/x25/af_x25.c, x25_rx_call_request()",
     .topology = "machine", .needs = "x25 x25_line", .tags = "x25 connect ioctl errno")
{
	struct sockaddr_x25 to = x25_number(NUMBER_B), wrong = to;
	struct x25_causediag why = {.cause = 0xff};
	int listener, client;

	line_on();
	listener = x25_bound(NUMBER_B);
	client = SETUP(socket(AF_X25, SOCK_SEQPACKET, 0));
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(client, X25(to)), EINVAL);
	SETUP(close(client));
	client = x25_bound(NUMBER_A);
	wrong.sx25_family = AF_INET;
	EXPECT_ERR(connect(client, X25(wrong)), EINVAL);
	EXPECT_ERR(connect(client, (struct sockaddr *)&to, sizeof(to) - 1), EINVAL);
	wrong = x25_number(NOBODY);
	EXPECT_ERR(connect(client, X25(wrong)), ECONNREFUSED);
	EXPECT_OK(ioctl(client, SIOCX25GCAUSEDIAG, &why));
	EXPECT_EQ(why.cause, NUMBER_BUSY);
	EXPECT_EQ(why.diagnostic, 0);
	SETUP(close(client));
	client = x25_bound(NUMBER_A);
	EXPECT_OK(connect(client, X25(to)));
	EXPECT_OK(accept(listener, NULL, NULL));
}

/* Who hangs up says why, in two numbers: a cause and a diagnostic code. */
CASE(cleared,
     .claim = "after the peer's close() recv() and send() fail, and SIOCX25GCAUSEDIAG gives what "
	      "the peer set with SIOCX25SCAUSEDIAG",
     .level = ABI, .spec = "ITU-T X.25, 5.2.3; linux/net/x25/af_x25.c, x25_ioctl()",
     .topology = "machine", .needs = "x25 x25_line", .tags = "x25 close ioctl errno")
{
	struct x25_causediag why = {.cause = CAUSE, .diagnostic = DIAGNOSTIC};
	struct x25_ends ends;
	struct wire *wire;
	char byte;

	line_on();
	ends = x25_connected(x25_bound(NUMBER_A), x25_bound(NUMBER_B));
	wire = wire_open("a");
	EXPECT_EQ(send(ends.server, "last", 4, MSG_EOR), 4);
	EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.client, &byte, 1, 0), 1);
	EXPECT_OK(ioctl(ends.server, SIOCX25SCAUSEDIAG, &why));
	EXPECT_OK(close(ends.server));
	EXPECT_PACKET(wire, WHICH("X.25", "Packet type identifier", PACKET_X25_CLEAR_REQUEST),
		      FIELD("X.25", "Cause", CAUSE), FIELD("X.25", "Diagnostic", DIAGNOSTIC));
	EXPECT_EQ(wait_for(ends.client, POLLHUP, SOON_MS) & POLLHUP, POLLHUP);
	EXPECT_ERR(recv(ends.client, &byte, 1, MSG_DONTWAIT), ENOTCONN);
	EXPECT_ERR(send(ends.client, "x", 1, MSG_EOR | MSG_NOSIGNAL), EPIPE, EINVAL);
	memset(&why, 0, sizeof(why));
	EXPECT_OK(ioctl(ends.client, SIOCX25GCAUSEDIAG, &why));
	EXPECT_EQ(why.cause, CAUSE);
	EXPECT_EQ(why.diagnostic, DIAGNOSTIC);
}

/* What a call carries from the first packet on: a few bytes for the program that is called. */
CASE(call_user_data,
     .claim = "SIOCX25SCALLUSERDATA of the caller is SIOCX25GCALLUSERDATA of the accepted socket; "
	      "more "
	      "than 128 bytes fail with EINVAL",
     .level = LINUX, .spec = "ITU-T X.25, 5.2.1.1.5; linux/include/uapi/linux/x25.h",
     .topology = "machine", .needs = "x25 x25_line", .tags = "x25 ioctl connect errno")
{
	struct x25_calluserdata data = {.cudlength = 4, .cuddata = {1, 2, 3, 4}}, got = {0};
	struct x25_ends ends;
	int client;

	line_on();
	client = x25_bound(NUMBER_A);
	data.cudlength = sizeof(data.cuddata) + 1;
	EXPECT_ERR(ioctl(client, SIOCX25SCALLUSERDATA, &data), EINVAL);
	data.cudlength = 4;
	EXPECT_OK(ioctl(client, SIOCX25SCALLUSERDATA, &data));
	ends = x25_connected(client, x25_bound(NUMBER_B));
	EXPECT_OK(ioctl(ends.server, SIOCX25GCALLUSERDATA, &got));
	EXPECT_EQ(got.cudlength, 4);
	EXPECT_MEMEQ(got.cuddata, data.cuddata, 4);
}

/* Several programs at one number, told apart by the first bytes of what the call carries. */
CASE(match_user_data,
     .claim = "a listener with SIOCX25SCUDMATCHLEN takes calls whose first bytes of user data are "
	      "its "
	      "own; others are refused",
     .level = ABI, .spec = "linux/net/x25/af_x25.c, x25_find_listener()", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 ioctl connect errno")
{
	const struct sockaddr_x25 to = x25_number(NUMBER_B);
	struct x25_calluserdata data = {.cudlength = 3, .cuddata = {9, 8, 7}};
	struct x25_subaddr match = {.cudmatchlength = sizeof(data.cuddata) + 1};
	int listener, client;

	line_on();
	listener = x25_bound(NUMBER_B);
	EXPECT_ERR(ioctl(listener, SIOCX25SCUDMATCHLEN, &match), EINVAL);
	match.cudmatchlength = 2;
	SETUP(ioctl(listener, SIOCX25SCALLUSERDATA, &data));
	EXPECT_OK(ioctl(listener, SIOCX25SCUDMATCHLEN, &match));
	SETUP(listen(listener, 1));
	EXPECT_ERR(ioctl(listener, SIOCX25SCUDMATCHLEN, &match), EINVAL);
	client = x25_bound(NUMBER_A);
	data.cuddata[0] = 1;
	SETUP(ioctl(client, SIOCX25SCALLUSERDATA, &data));
	EXPECT_ERR(connect(client, X25(to)), ECONNREFUSED);
	SETUP(close(client));
	client = x25_bound(NUMBER_A);
	data.cuddata[0] = 9;
	data.cuddata[2] = 1;
	SETUP(ioctl(client, SIOCX25SCALLUSERDATA, &data));
	EXPECT_OK(connect(client, X25(to)));
	EXPECT_OK(accept(listener, NULL, NULL));
}

/*
 * A program may look at a call before it takes it.
 *
 * Usually the kernel accepts. After SIOCX25CALLACCPTAPPRV the caller waits until the program that
 * is called has said SIOCX25SENDCALLACCPT.
 */
CASE(approval,
     .claim = "with SIOCX25CALLACCPTAPPRV of the listener the caller is connected only after "
	      "SIOCX25SENDCALLACCPT",
     .level = ABI, .spec = "linux/net/x25/af_x25.c, x25_ioctl()", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 ioctl connect errno")
{
	const struct sockaddr_x25 to = x25_number(NUMBER_B);
	struct sockaddr_x25 peer;
	socklen_t length = sizeof(peer);
	int listener, client, server;

	line_on();
	listener = x25_bound(NUMBER_B);
	client = x25_bound(NUMBER_A);
	EXPECT_ERR(ioctl(client, SIOCX25SENDCALLACCPT), EINVAL);
	EXPECT_OK(ioctl(listener, SIOCX25CALLACCPTAPPRV));
	SETUP(listen(listener, 1));
	EXPECT_ERR(ioctl(listener, SIOCX25CALLACCPTAPPRV), EINVAL);
	SETUP(fcntl(client, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(connect(client, X25(to)), EINPROGRESS);
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	server = EXPECT_OK(accept(listener, NULL, NULL));
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_ERR(connect(client, X25(to)), EALREADY);
	EXPECT_OK(ioctl(server, SIOCX25SENDCALLACCPT));
	EXPECT_EQ(wait_for(client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_OK(connect(client, X25(to)));
	EXPECT_OK(getpeername(client, (struct sockaddr *)&peer, &length));
	EXPECT_MEMEQ(&peer, &to, sizeof(to));
}

/*
 * The sizes of packets and windows are agreed on in the call; the smaller one counts.
 *
 * Afterwards no packet is longer: what is, goes in several, all but the last marked "more".
 */
CASE(facilities,
     .claim = "both ends have the smaller packet and window size of the two; data goes in packets "
	      "that are no longer",
     .level = LINUX, .spec = "ITU-T X.25, 6.12; linux/net/x25/x25_facilities.c",
     .topology = "machine", .needs = "x25 x25_line", .tags = "x25 ioctl connect wire")
{
	struct x25_facilities small, got;
	struct x25_ends ends;
	struct wire *wire;
	char data[100] = "", whole[200];
	int client;

	line_on();
	client = x25_bound(NUMBER_A);
	EXPECT_OK(ioctl(client, SIOCX25GFACILITIES, &small));
	EXPECT_EQ(small.pacsize_in, X25_PS128);
	EXPECT_EQ(small.winsize_in, 2);
	small.pacsize_in = small.pacsize_out = X25_PS64;
	small.winsize_in = small.winsize_out = 1;
	EXPECT_OK(ioctl(client, SIOCX25SFACILITIES, &small));
	ends = x25_connected(client, x25_bound(NUMBER_B));
	EXPECT_OK(ioctl(ends.server, SIOCX25GFACILITIES, &got));
	EXPECT_EQ(got.pacsize_in, X25_PS64);
	EXPECT_EQ(got.pacsize_out, X25_PS64);
	EXPECT_EQ(got.winsize_in, 1);
	EXPECT_EQ(got.winsize_out, 1);
	EXPECT_OK(ioctl(ends.client, SIOCX25GFACILITIES, &got));
	EXPECT_EQ(got.pacsize_in, X25_PS64);
	EXPECT_EQ(got.winsize_out, 1);
	wire = wire_open("a");
	EXPECT_EQ(send(ends.server, data, sizeof(data), MSG_EOR), sizeof(data));
	EXPECT_PACKET(wire, WHICH("X.25", "M", 1));
	EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.client, whole, sizeof(whole), 0), sizeof(data));
}

struct limit_row {
	struct variant variant;
	struct x25_facilities bad;
};

static const struct limit_row limits[] = {
	{{"window", NULL}, {0, 2, X25_PS128, X25_PS128, 0x0a, 0}},
	{{"packet_in", NULL}, {2, 2, X25_PS16 - 1, X25_PS128, 0x0a, 0}},
	{{"packet_out", NULL}, {2, 2, X25_PS128, X25_PS4096 + 1, 0x0a, 0}},
	{{"throughput", NULL}, {2, 2, X25_PS128, X25_PS128, 0xde, 0}},
	{{"reverse", NULL}, {2, 2, X25_PS128, X25_PS128, 0x0a, 2}},
};

/* Only what can be encoded in a call request, and only before it is sent. */
CASE(limits_of_facilities,
     .claim =
	     "SIOCX25SFACILITIES fails with EINVAL for a size that there is not, and during a call",
     .level = ABI, .spec = "linux/net/x25/af_x25.c, x25_ioctl()", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 ioctl errno", .VARIANTS(limits))
{
	const struct limit_row *row = VARIANT(struct limit_row);
	struct x25_facilities good = {3, 2, X25_PS128, X25_PS128, 0x0a, 0}, got;
	struct x25_ends ends;
	int client;

	line_on();
	client = x25_bound(NUMBER_A);
	EXPECT_OK(ioctl(client, SIOCX25SFACILITIES, &good));
	EXPECT_ERR(ioctl(client, SIOCX25SFACILITIES, &row->bad), EINVAL);
	EXPECT_OK(ioctl(client, SIOCX25GFACILITIES, &got));
	EXPECT_EQ(got.winsize_in, 3);
	EXPECT_EQ(got.pacsize_out, X25_PS128);
	ends = x25_connected(client, x25_bound(NUMBER_B));
	EXPECT_ERR(ioctl(ends.client, SIOCX25SFACILITIES, &good), EINVAL);
}

/* Behind a number there may be more: an address extension, as an extension of a telephone. */
CASE(address_extension,
     .claim = "the called address extension of SIOCX25SDTEFACILITIES arrives with the call, if the "
	      "subscription has it",
     .level = LINUX, .spec = "ITU-T X.25, G.3.2; linux/net/x25/x25_facilities.c",
     .topology = "machine", .needs = "x25 x25_line", .tags = "x25 ioctl connect errno")
{
	struct x25_dte_facilities to = {.called_len = 4, .called_ae = {0x12, 0x34}}, got = {0};
	struct x25_subscrip_struct line = {.device = LINE_A};
	struct x25_ends ends;
	int client;

	line_on();
	client = x25_bound(NUMBER_A);
	SETUP(ioctl(client, SIOCX25GSUBSCRIP, &line));
	line.global_facil_mask |= X25_MASK_CALLED_AE | X25_MASK_CALLING_AE;
	EXPECT_OK(ioctl(client, SIOCX25SSUBSCRIP, &line));
	to.called_len = 41;
	EXPECT_ERR(ioctl(client, SIOCX25SDTEFACILITIES, &to), EINVAL);
	to.called_len = 4;
	EXPECT_OK(ioctl(client, SIOCX25SDTEFACILITIES, &to));
	ends = x25_connected(client, x25_bound(NUMBER_B));
	EXPECT_OK(ioctl(ends.server, SIOCX25GDTEFACILITIES, &got));
	EXPECT_EQ(got.called_len, 4);
	EXPECT_MEMEQ(got.called_ae, to.called_ae, 2);
}

/*
 * A dead listener that goes on listening.
 *
 * When a listener is closed, the kernel marks the calls that nobody took as listeners that are to
 * die, and they die at the next tick of a timer, after up to five seconds. Until then one more
 * call to the number is connected to nobody. X.25 would have it cleared, as one to a number that
 * never had a listener is.
 */
CASE(listener_closed_too_early,
     .claim = "after close() of a listener with a call that nobody accepted, the next call to its "
	      "number is connected all the same",
     .level = OBSERVED, .spec = "linux/net/x25/af_x25.c, __x25_destroy_socket()",
     .topology = "machine", .needs = "x25 x25_line", .tags = "x25 close connect errno")
{
	const struct sockaddr_x25 to = x25_number(ABANDONED), other = x25_number(NOBODY);
	int listener;

	line_on();
	listener = x25_bound(ABANDONED);
	SETUP(listen(listener, 1));
	EXPECT_OK(connect(x25_bound(NUMBER_A), X25(to)));
	EXPECT_OK(close(listener));
	EXPECT_ERR(connect(x25_bound(NUMBER_A), X25(other)), ECONNREFUSED);
	EXPECT_OK(connect(x25_bound(NUMBER_A), X25(to)));
}
