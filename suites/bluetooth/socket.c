/* SPDX-License-Identifier: MIT */
/* Which Bluetooth sockets there are, and where. */
#include <linux/capability.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int protocol;
	int good[4]; /* types that it has; 0 ends the list */
	int bad;
};

static const struct kind_row kinds[] = {
	{{"hci", "bluetooth"}, BTPROTO_HCI, {SOCK_RAW}, SOCK_SEQPACKET},
	{{"l2cap", "bluetooth_l2cap"},
	 BTPROTO_L2CAP,
	 {SOCK_SEQPACKET, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW},
	 SOCK_RDM},
	{{"rfcomm", "bluetooth_rfcomm"}, BTPROTO_RFCOMM, {SOCK_STREAM, SOCK_RAW}, SOCK_DGRAM},
	{{"sco", "bluetooth_sco"}, BTPROTO_SCO, {SOCK_SEQPACKET}, SOCK_STREAM},
	{{"bnep", "bluetooth_bnep"}, BTPROTO_BNEP, {SOCK_RAW}, SOCK_SEQPACKET},
	{{"cmtp", "bluetooth_cmtp"}, BTPROTO_CMTP, {SOCK_RAW}, SOCK_SEQPACKET},
	{{"hidp", "bluetooth_hidp"}, BTPROTO_HIDP, {SOCK_RAW}, SOCK_SEQPACKET},
};

/*
 * A layer, a protocol.
 *
 * BTPROTO_HCI speaks to a controller. Over it L2CAP carries channels of packets, SCO voice; RFCOMM
 * makes serial lines of an L2CAP channel. BNEP (networks), CMTP (ISDN) and HIDP (keyboards) are
 * only for handing connected L2CAP sockets to the kernel.
 */
CASE(types,
     .claim = "each protocol of AF_BLUETOOTH has types of its own, and fails with ESOCKTNOSUPPORT "
	      "for "
	      "others",
     .level = OBSERVED,
     .spec = "net/bluetooth: hci_sock.c, l2cap_sock.c, sco.c, rfcomm/sock.c, ...",
     .topology = "machine", .tags = "bluetooth socket errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);

	for (int i = 0; i < 4 && row->good[i] != 0; i++) {
		int fd = EXPECT_OK(socket(AF_BLUETOOTH, row->good[i], row->protocol));

		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), row->good[i]);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), row->protocol);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_BLUETOOTH);
		close(fd);
	}
	EXPECT_ERR(socket(AF_BLUETOOTH, row->bad, row->protocol), ESOCKTNOSUPPORT);
}

/* AVDTP has a number and no kernel that knows it; ISO, of LE Audio, is an experiment. */
CASE(protocols,
     .claim = "a protocol past the last fails with EINVAL, and one that nobody implements with "
	      "EPROTONOSUPPORT",
     .level = OBSERVED, .spec = "net/bluetooth/af_bluetooth.c bt_sock_create()",
     .topology = "machine", .needs = "bluetooth", .tags = "bluetooth socket errno")
{
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_AVDTP), EPROTONOSUPPORT);
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_RAW, 77), EINVAL);
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_RAW, -1), EINVAL);
	EXPECT_OK(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	/* Known since Linux 6.0; there only when management switched the experiment on. */
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_ISO), EPROTONOSUPPORT, EINVAL);
}

/*
 * Not for containers.
 *
 * A controller is the machine's, and so are Bluetooth's sockets: in any other network than the
 * machine's first the family does not exist.
 */
CASE(namespace,
     .claim = "socket() of AF_BLUETOOTH fails with EAFNOSUPPORT in a network namespace of its own",
     .level = OBSERVED, .spec = "net/bluetooth/af_bluetooth.c bt_sock_create()",
     .topology = "machine", .needs = "bluetooth", .tags = "bluetooth socket namespace errno")
{
	int fd = EXPECT_OK(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	struct hci_dev_list list = {.dev_num = 16};

	SETUP(unshare(CLONE_NEWNET));
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI), EAFNOSUPPORT);
	/* The socket that was there stays what it was. */
	EXPECT_OK(ioctl(fd, HCIGETDEVLIST, &list));
}

/* Raw L2CAP writes whatever it likes to a connection, as raw IP does. */
CASE(raw_privilege,
     .claim = "a raw L2CAP socket fails with EPERM without CAP_NET_RAW, a SOCK_SEQPACKET one does "
	      "not",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c l2cap_sock_create()",
     .topology = "machine", .needs = "bluetooth_l2cap", .tags = "bluetooth socket privilege errno")
{
	EXPECT_OK(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_L2CAP));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_L2CAP), EPERM);
	EXPECT_OK(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
}

struct carrier_row {
	struct variant variant;
	int protocol;
	unsigned long add, list, info;
};

static const struct carrier_row carriers[] = {
	{{"bnep", "bluetooth_bnep"}, BTPROTO_BNEP, BNEPCONNADD, BNEPGETCONNLIST, BNEPGETCONNINFO},
	{{"cmtp", "bluetooth_cmtp"}, BTPROTO_CMTP, CMTPCONNADD, CMTPGETCONNLIST, CMTPGETCONNINFO},
	{{"hidp", "bluetooth_hidp"}, BTPROTO_HIDP, HIDPCONNADD, HIDPGETCONNLIST, HIDPGETCONNINFO},
};

/*
 * Sockets for one request.
 *
 * A program connects an L2CAP socket, and hands it over with a request of ioctl(): from then on the
 * kernel has a network interface, an ISDN card or a keyboard. The list of them is empty at first.
 */
CASE(handing_over,
     .claim = "BNEP, CMTP and HIDP sockets list their connections, and fail with EBADF to add a "
	      "descriptor that is not open, EINVAL for unknown requests and a list without room, "
	      "EPERM "
	      "without CAP_NET_ADMIN",
     .level = OBSERVED, .spec = "net/bluetooth: bnep/sock.c, cmtp/sock.c, hidp/sock.c",
     .topology = "machine", .tags = "bluetooth ioctl privilege errno", .VARIANTS(carriers))
{
	const struct carrier_row *row = VARIANT(struct carrier_row);
	/* All begin with a descriptor or two, or with a count and a pointer to a list. */
	struct {
		union {
			int descriptors[2];
			uint32_t count;
		};
		void *list;
		char more[256];
	} argument = {.count = 1};
	char room[512];
	int fd = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, row->protocol));

	argument.list = room;
	EXPECT_OK(ioctl(fd, row->list, &argument));
	EXPECT_EQ(argument.count, 0);
	argument.count = 0;
	EXPECT_ERR(ioctl(fd, row->list, &argument), EINVAL);
	memset(&argument, 0, sizeof(argument));
	EXPECT_ERR(ioctl(fd, row->info, &argument), ENOENT);
	argument.descriptors[0] = argument.descriptors[1] = 700;
	EXPECT_ERR(ioctl(fd, row->add, &argument), EBADF);
	EXPECT_ERR(ioctl(fd, RFCOMMGETDEVLIST, &argument), EINVAL, ENOTTY);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, row->add, &argument), EPERM);
	argument.count = 1;
	argument.list = room;
	EXPECT_OK(ioctl(fd, row->list, &argument));
}
