/* SPDX-License-Identifier: MIT */
/* ATM: channels of cells, which the telephone companies meant all networks to become. */
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
/* After the types that they need. */
#include <linux/atm.h>
#include <linux/atmdev.h>
#include <linux/atmsap.h>
#include <linux/atmsvc.h>

#include "suites/rare/atm_network.h"

#include "harness/case.h"

enum {
	PATH = 0,
	CHANNEL = 100,
	RESERVED = 5, /* below ATM_NOT_RSV_VCI: of signalling */
	SDU = 1024,
	NO_INTERFACE = 77,
};

#define PVC(address) (struct sockaddr *)&(address), sizeof(address)

static struct sockaddr_atmpvc channel(int interface, int path, int number)
{
	struct sockaddr_atmpvc address = {.sap_family = AF_ATMPVC};

	address.sap_addr.itf = (short)interface;
	address.sap_addr.vpi = (short)path;
	address.sap_addr.vci = number;
	return address;
}

/* As fast as there is room, in both directions. */
static struct atm_qos best_effort(void)
{
	struct atm_qos qos = {.aal = ATM_AAL5};

	qos.txtp.traffic_class = qos.rxtp.traffic_class = ATM_UBR;
	qos.txtp.max_sdu = qos.rxtp.max_sdu = SDU;
	return qos;
}

static int pvc_with_qos(void)
{
	const struct atm_qos qos = best_effort();
	int fd = SETUP(socket(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5));

	SETUP(setsockopt(fd, SOL_ATM, SO_ATMQOS, &qos, sizeof(qos)));
	return fd;
}

/*
 * A permanent channel (PVC) has no other address than its number.
 *
 * Somebody has set it up, in all the switches on the way, by hand: whoever opens channel 0.100
 * here has who has it there. There is no caller, no listener, and nothing that asks the peer.
 */
CASE(atm_exchange,
     .claim = "two sockets connected to the two ends of a channel exchange messages in both "
	      "directions, each whole",
     .level = LINUX, .spec = "RFC 2684 section 1; linux/net/atm/pvc.c, common.c",
     .topology = "machine", .needs = "atm atm_device", .tags = "atm connect send receive")
{
	struct sockaddr_atmpvc name = {.sap_family = AF_UNSPEC}, to;
	socklen_t length = sizeof(name);
	int a = pvc_with_qos(), b = pvc_with_qos(), interfaces[ATM_ENDS];
	char got[SDU];
	struct iovec part = {got, 2};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	atm_network_on(interfaces);
	to = channel(interfaces[0], PATH, CHANNEL);
	EXPECT_OK(connect(a, PVC(to)));
	EXPECT_OK(getsockname(a, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.sap_family, AF_ATMPVC);
	EXPECT_EQ(name.sap_addr.itf, interfaces[0]);
	EXPECT_EQ(name.sap_addr.vpi, PATH);
	EXPECT_EQ(name.sap_addr.vci, CHANNEL);
	/* connect() and bind() are the same here. */
	to = channel(interfaces[1], PATH, CHANNEL);
	EXPECT_OK(bind(b, PVC(to)));
	EXPECT_EQ(send(a, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), MSG_DONTWAIT), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(send(b, "yes", 3, 0), 3);
	EXPECT_EQ(wait_for(a, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(a, &message, MSG_DONTWAIT), 2);
	EXPECT_MEMEQ(got, "ye", 2);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_ERR(recv(a, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/* Channels of one interface are apart: that is what their numbers are for. */
CASE(atm_channels,
     .claim = "what is sent on one channel arrives at that of the same number, and at no other",
     .level = LINUX, .spec = "linux/net/atm/pvc.c; linux/drivers/atm/atmtcp.c",
     .topology = "machine", .needs = "atm atm_device", .tags = "atm connect send receive")
{
	int ends[2][ATM_ENDS], interfaces[ATM_ENDS];
	char got[8];

	atm_network_on(interfaces);
	for (int i = 0; i < 2; i++) {
		for (int end = 0; end < ATM_ENDS; end++) {
			const struct sockaddr_atmpvc to =
				channel(interfaces[end], PATH, CHANNEL + i);

			ends[i][end] = pvc_with_qos();
			EXPECT_OK(connect(ends[i][end], PVC(to)));
		}
	}
	EXPECT_EQ(send(ends[1][0], "one", 3, 0), 3);
	EXPECT_EQ(wait_for(ends[1][1], POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends[1][1], got, sizeof(got), MSG_DONTWAIT), 3);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_ERR(recv(ends[0][1], got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/*
 * Which channel: given, taken, reserved, or any that is free.
 *
 * The numbers below 32 are for the network itself; signalling has 5.
 */
CASE(atm_channel_numbers,
     .claim = "connect() fails with EADDRINUSE for a channel that is taken, EINVAL for a number "
	      "that the "
	      "device has not, EPERM below 32 without CAP_NET_BIND_SERVICE; ATM_VCI_ANY gives a "
	      "free "
	      "one, which SO_ATMPVC tells",
     .level = ABI, .spec = "linux/net/atm/common.c, __vcc_connect(), find_ci()",
     .topology = "machine", .needs = "atm atm_device", .tags = "atm connect options errno")
{
	struct sockaddr_atmpvc taken, wrong, any, reserved, got = {.sap_family = AF_UNSPEC};
	socklen_t length = sizeof(got);
	int owner = pvc_with_qos(), fd = pvc_with_qos(), interfaces[ATM_ENDS];

	atm_network_on(interfaces);
	taken = channel(interfaces[0], PATH, CHANNEL);
	EXPECT_OK(connect(owner, PVC(taken)));
	EXPECT_ERR(connect(owner, PVC(taken)), EISCONN);
	EXPECT_ERR(connect(fd, PVC(taken)), EADDRINUSE);
	wrong = channel(interfaces[0], PATH, ATM_MAX_VCI + 1);
	EXPECT_ERR(connect(fd, PVC(wrong)), EINVAL);
	wrong = channel(interfaces[0], ATM_MAX_VPI + 1, CHANNEL);
	EXPECT_ERR(connect(fd, PVC(wrong)), EINVAL);
	EXPECT_ERR(getsockopt(fd, SOL_ATM, SO_ATMPVC, &got, &length), ENOTCONN);
	any = channel(interfaces[0], PATH, ATM_VCI_ANY);
	EXPECT_OK(connect(fd, PVC(any)));
	EXPECT_OK(getsockopt(fd, SOL_ATM, SO_ATMPVC, &got, &length));
	EXPECT_EQ(got.sap_family, AF_ATMPVC);
	EXPECT_EQ(got.sap_addr.itf, interfaces[0]);
	EXPECT_EQ(got.sap_addr.vpi, PATH);
	EXPECT_GE(got.sap_addr.vci, ATM_NOT_RSV_VCI);
	EXPECT_NE(got.sap_addr.vci, CHANNEL);
	reserved = channel(interfaces[0], PATH, RESERVED);
	fd = pvc_with_qos();
	EXPECT_OK(connect(fd, PVC(reserved)));
	SETUP(close(fd));
	fd = pvc_with_qos();
	SETUP(sandbox_drop_capability(CAP_NET_BIND_SERVICE));
	EXPECT_ERR(connect(fd, PVC(reserved)), EPERM);
}

/* How long a message may be is agreed on for the channel, not for the message. */
CASE(atm_longest,
     .claim =
	     "a message as long as max_sdu of SO_ATMQOS arrives, a longer one fails with EMSGSIZE; "
	     "send() with an address fails with EISCONN",
     .level = LINUX, .spec = "linux/net/atm/common.c, vcc_sendmsg()", .topology = "machine",
     .needs = "atm atm_device", .tags = "atm options send errno")
{
	char data[SDU + 1];
	struct sockaddr_atmpvc to_a, to_b;
	int a = pvc_with_qos(), b = pvc_with_qos(), interfaces[ATM_ENDS];
	char got[SDU + 1];

	atm_network_on(interfaces);
	to_a = channel(interfaces[0], PATH, CHANNEL);
	to_b = channel(interfaces[1], PATH, CHANNEL);
	SETUP(connect(a, PVC(to_a)));
	SETUP(connect(b, PVC(to_b)));
	for (int i = 0; i < SDU + 1; i++)
		data[i] = (char)i;
	EXPECT_ERR(send(a, data, SDU + 1, 0), EMSGSIZE);
	EXPECT_ERR(sendto(a, data, 1, 0, PVC(to_a)), EISCONN);
	EXPECT_EQ(send(a, data, SDU, 0), SDU);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), MSG_DONTWAIT), SDU);
	EXPECT_MEMEQ(got, data, SDU);
}

struct qos_row {
	struct variant variant;
	unsigned char send_class, receive_class;
	int max_rate, min_rate;
};

static const struct qos_row bad_qos[] = {
	{{"no_class", NULL}, ATM_NONE, ATM_NONE, 0, 0},
	{{"two_classes", NULL}, ATM_UBR, ATM_CBR, 100, 0},
	{{"constant_without_rate", NULL}, ATM_CBR, ATM_CBR, 0, 0},
	{{"least_above_most", NULL}, ATM_CBR, ATM_CBR, 100, 200},
};

/*
 * Who wants a channel says first what for: the quality of service.
 *
 * Constant rate as a telephone call (CBR), or what is left over (UBR). Without that there is no
 * channel.
 */
CASE(atm_quality,
     .claim = "SO_ATMQOS is kept and given back; EINVAL for a quality that contradicts itself and "
	      "another size; without it connect() fails with EBADFD",
     .level = LINUX, .spec = "linux/net/atm/common.c, check_qos(), check_tp()",
     .topology = "machine", .needs = "atm", .tags = "atm options connect errno", .VARIANTS(bad_qos))
{
	const struct qos_row *row = VARIANT(struct qos_row);
	const struct sockaddr_atmpvc to = channel(NO_INTERFACE, PATH, CHANNEL);
	struct atm_qos good = best_effort(), bad = good, got;
	socklen_t length = sizeof(got);
	int fd = SETUP(socket(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5));

	EXPECT_ERR(getsockopt(fd, SOL_ATM, SO_ATMQOS, &got, &length), EINVAL);
	EXPECT_ERR(connect(fd, PVC(to)), EBADFD);
	bad.txtp.traffic_class = row->send_class;
	bad.rxtp.traffic_class = row->receive_class;
	bad.txtp.max_pcr = bad.rxtp.max_pcr = row->max_rate;
	bad.txtp.min_pcr = bad.rxtp.min_pcr = row->min_rate;
	EXPECT_ERR(setsockopt(fd, SOL_ATM, SO_ATMQOS, &bad, sizeof(bad)), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_ATM, SO_ATMQOS, &good, sizeof(good) - 1), EINVAL);
	EXPECT_OK(setsockopt(fd, SOL_ATM, SO_ATMQOS, &good, sizeof(good)));
	memset(&got, 0, sizeof(got));
	EXPECT_OK(getsockopt(fd, SOL_ATM, SO_ATMQOS, &got, &length));
	EXPECT_EQ(length, sizeof(got));
	EXPECT_MEMEQ(&got, &good, sizeof(good));
	/* With it what is missing is another thing: the interface. */
	EXPECT_ERR(connect(fd, PVC(to)), ENODEV);
}

/* The cell loss priority: cells that a switch may throw away first. */
CASE(atm_loss_priority, .claim = "SO_SETCLP is 0 or 1, and fails with EINVAL for another size",
     .level = LINUX, .spec = "linux/net/atm/common.c, vcc_setsockopt()", .topology = "machine",
     .needs = "atm", .tags = "atm options errno")
{
	int fd = SETUP(socket(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5));
	/* The kernel reads and writes a long, and calls it an int. */
	long value[1] = {1};
	socklen_t length = sizeof(int);

	EXPECT_OK(setsockopt(fd, SOL_ATM, SO_SETCLP, value, sizeof(int)));
	value[0] = 0;
	EXPECT_OK(getsockopt(fd, SOL_ATM, SO_SETCLP, value, &length));
	EXPECT_EQ(value[0], 1);
	value[0] = 0;
	EXPECT_OK(setsockopt(fd, SOL_ATM, SO_SETCLP, value, sizeof(int)));
	value[0] = 1;
	EXPECT_OK(getsockopt(fd, SOL_ATM, SO_SETCLP, value, &length));
	EXPECT_EQ(value[0], 0);
	EXPECT_ERR(setsockopt(fd, SOL_ATM, SO_SETCLP, value, 1), EINVAL);
}

/* Without a channel there is no name, no peer, and nowhere to send. */
CASE(atm_unconnected,
     .claim = "getsockname(), send() and recv() fail with ENOTCONN; connect() with EINVAL for a "
	      "part "
	      "of an address or channel 0.0, EAFNOSUPPORT for another family; listen() and "
	      "socketpair() with EOPNOTSUPP",
     .level = ABI, .spec = "linux/net/atm/pvc.c, common.c", .topology = "machine", .needs = "atm",
     .tags = "atm connect send receive errno")
{
	struct sockaddr_atmpvc name, to = channel(NO_INTERFACE, PATH, CHANNEL), wrong = to;
	socklen_t length = sizeof(name);
	int fd = pvc_with_qos(), ends[2];
	char byte;

	EXPECT_ERR(getsockname(fd, (struct sockaddr *)&name, &length), ENOTCONN);
	EXPECT_ERR(send(fd, "x", 1, 0), ENOTCONN);
	EXPECT_ERR(recv(fd, &byte, 1, 0), ENOTCONN);
	EXPECT_ERR(connect(fd, (struct sockaddr *)&to, sizeof(to) - 1), EINVAL);
	wrong.sap_family = AF_INET;
	EXPECT_ERR(connect(fd, PVC(wrong)), EAFNOSUPPORT);
	wrong = channel(NO_INTERFACE, 0, 0);
	EXPECT_ERR(connect(fd, PVC(wrong)), EINVAL);
	EXPECT_ERR(connect(fd, PVC(to)), ENODEV);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(socketpair(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5, ends), EOPNOTSUPP);
	EXPECT_ERR(socket(AF_ATMPVC, SOCK_STREAM, ATM_AAL5), EINVAL);
	EXPECT_OK(socket(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5));
}

static const struct sockaddr_atmsvc own_address = {.sas_family = AF_ATMSVC,
						   .sas_addr = {.prv = {ATM_AFI_LOCAL, 1}}};

/*
 * A switched channel (SVC) is called, as a telephone is; a program makes the call.
 *
 * The kernel does not speak the signalling protocol (Q.2931): it asks a program, atmsigd, and
 * where that does not run nothing can be called.
 */
CASE(atm_no_signalling,
     .claim = "bind(), connect() and listen() of AF_ATMSVC fail with EUNATCH without a signalling "
	      "program; before that with EINVAL for a part of an address, EAFNOSUPPORT for another "
	      "family, EBADFD without SO_ATMQOS",
     .level = ABI, .spec = "linux/net/atm/svc.c", .topology = "machine", .needs = "atm_switched",
     .tags = "atm bind connect listen errno")
{
	const struct atm_qos qos = best_effort();
	struct sockaddr_atmsvc wrong = own_address;
	int fd = SETUP(socket(AF_ATMSVC, SOCK_DGRAM, ATM_AAL5));

	EXPECT_ERR(bind(fd, PVC(own_address)), EBADFD);
	EXPECT_ERR(connect(fd, PVC(own_address)), EBADFD);
	EXPECT_OK(setsockopt(fd, SOL_ATM, SO_ATMQOS, &qos, sizeof(qos)));
	EXPECT_ERR(bind(fd, (struct sockaddr *)&own_address, sizeof(own_address) - 1), EINVAL);
	EXPECT_ERR(connect(fd, (struct sockaddr *)&own_address, sizeof(own_address) - 1), EINVAL);
	wrong.sas_family = AF_ATMPVC;
	EXPECT_ERR(bind(fd, PVC(wrong)), EAFNOSUPPORT);
	EXPECT_ERR(connect(fd, PVC(wrong)), EAFNOSUPPORT);
	EXPECT_ERR(bind(fd, PVC(own_address)), EUNATCH);
	EXPECT_ERR(connect(fd, PVC(own_address)), EUNATCH);
	EXPECT_ERR(listen(fd, 1), EUNATCH);
}

/*
 * What the program agrees to is done.
 *
 * Of newer kernels none asks here: since a fix of 2026 they take no answer about a socket that is
 * not in their table, which it is not before bind(), and so bind() waits for ever, deaf to signals.
 */
CASE(atm_signalling,
     .claim = "with a signalling program that agrees bind() and listen() of AF_ATMSVC succeed, and "
	      "getsockname() gives the address; a second program is refused with EADDRINUSE",
     .level = ABI, .spec = "linux/net/atm/svc.c, signaling.c", .topology = "machine",
     .needs = "atm_switched atm_device", .tags = "atm bind listen ioctl errno")
{
	const struct atm_qos qos = best_effort();
	struct sockaddr_atmsvc got = {.sas_family = AF_UNSPEC};
	socklen_t length = sizeof(got);
	int fd = SETUP(socket(AF_ATMSVC, SOCK_DGRAM, ATM_AAL5));

	SETUP(setsockopt(fd, SOL_ATM, SO_ATMQOS, &qos, sizeof(qos)));
	EXPECT_ERR(bind(fd, PVC(own_address)), EUNATCH);
	atm_signalling_on();
	EXPECT_OK(bind(fd, PVC(own_address)));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&got, &length));
	EXPECT_EQ(length, sizeof(got));
	EXPECT_EQ(got.sas_family, AF_ATMSVC);
	EXPECT_MEMEQ(got.sas_addr.prv, own_address.sas_addr.prv, ATM_ESA_LEN);
	EXPECT_OK(listen(fd, 1));
	EXPECT_ERR(ioctl(SETUP(socket(AF_ATMSVC, SOCK_DGRAM, 0)), ATMSIGD_CTRL), EADDRINUSE);
}

/* What is said of a call before it is made: which service is wanted, and whether of many. */
CASE(atm_switched_options,
     .claim =
	     "SO_ATMSAP of AF_ATMSVC is kept and given back, SO_MULTIPOINT is 0 or 1 and cannot be "
	     "read; EINVAL for another value or size, and for SO_CIRANGE",
     .level = ABI, .spec = "linux/net/atm/svc.c, svc_setsockopt(), svc_getsockopt()",
     .topology = "machine", .needs = "atm_switched", .tags = "atm options errno")
{
	struct atm_sap sap, got;
	struct atm_cirange range = {.vpi_bits = 1, .vci_bits = 1};
	socklen_t length = sizeof(got);
	int fd = SETUP(socket(AF_ATMSVC, SOCK_DGRAM, ATM_AAL5)), value = 1;

	memset(&sap, 0, sizeof(sap));
	memset(&got, 0xff, sizeof(got));
	sap.blli[0].l2_proto = ATM_L2_ISO8802;
	EXPECT_ERR(setsockopt(fd, SOL_ATM, SO_ATMSAP, &sap, sizeof(sap) - 1), EINVAL);
	EXPECT_OK(setsockopt(fd, SOL_ATM, SO_ATMSAP, &sap, sizeof(sap)));
	EXPECT_OK(getsockopt(fd, SOL_ATM, SO_ATMSAP, &got, &length));
	EXPECT_EQ(length, sizeof(got));
	EXPECT_MEMEQ(&got, &sap, sizeof(sap));
	EXPECT_OK(set_int(fd, SOL_ATM, SO_MULTIPOINT, 1));
	EXPECT_OK(set_int(fd, SOL_ATM, SO_MULTIPOINT, 0));
	EXPECT_ERR(set_int(fd, SOL_ATM, SO_MULTIPOINT, 2), EINVAL);
	length = sizeof(value);
	EXPECT_ERR(getsockopt(fd, SOL_ATM, SO_MULTIPOINT, &value, &length), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_ATM, SO_CIRANGE, &range, sizeof(range)), EINVAL);
}
