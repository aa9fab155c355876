/* SPDX-License-Identifier: MIT */
/* Controllers, as ioctl() of a socket of BTPROTO_HCI shows and steers them. */
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

/* Bits of hci_dev_info.flags: include/net/bluetooth/hci.h. */
enum { HCI_UP = 1 << 0, HCI_PSCAN = 1 << 3, HCI_ISCAN = 1 << 4 };

static int control(void)
{
	return SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
}

static struct hci_dev_info info_of(int fd, int index)
{
	struct hci_dev_info info;

	memset(&info, 0xa5, sizeof(info));
	info.dev_id = (uint16_t)index;
	EXPECT_OK(ioctl(fd, HCIGETDEVINFO, &info));
	return info;
}

/*
 * Which controllers are there?
 *
 * A controller is hci0, hci1, ... Like an interface of the network it has a number and can be
 * up or down; unlike an interface it is no part of a network namespace. `HCIGETDEVLIST` takes
 * how many entries there is room for, and gives how many it filled in.
 */
CASE(list,
     .claim = "HCIGETDEVLIST gives the number and the flags of every controller that there is room "
	      "for, and fails with EINVAL for room for none",
     .level = OBSERVED, .spec = "net/bluetooth/hci_core.c hci_get_dev_list()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl errno")
{
	struct emulator emulator = controllers_on();
	struct hci_dev_list list = {.dev_num = 16};
	int fd = control(), seen = 0;

	EXPECT_OK(ioctl(fd, HCIGETDEVLIST, &list));
	EXPECT_GE(list.dev_num, EMULATED);
	EXPECT_LT(list.dev_num, 16);
	for (int i = 0; i < list.dev_num && i < 16; i++) {
		for (int k = 0; k < EMULATED; k++) {
			if (list.dev_req[i].dev_id != emulator.index[k])
				continue;
			seen++;
			EXPECT_EQ(list.dev_req[i].dev_opt & (HCI_UP | HCI_PSCAN | HCI_ISCAN),
				  HCI_UP | HCI_PSCAN | HCI_ISCAN);
		}
	}
	EXPECT_EQ(seen, EMULATED);

	list.dev_num = 1;
	EXPECT_OK(ioctl(fd, HCIGETDEVLIST, &list));
	EXPECT_EQ(list.dev_num, 1);
	list.dev_num = 0;
	EXPECT_ERR(ioctl(fd, HCIGETDEVLIST, &list), EINVAL);
}

/*
 * What is it?
 *
 * `HCIGETDEVINFO` tells the address of a controller (the last byte first, as it is sent), what
 * it can do, how much it takes at once, and how much went over it.
 */
CASE(information,
     .claim = "HCIGETDEVINFO gives a controller's name, address, features and buffers, and counts "
	      "its commands and events; ENODEV for none of that number",
     .level = OBSERVED,
     .spec = "net/bluetooth/hci_core.c hci_get_dev_info(); Bluetooth Core Specification 5.3, Vol 4 "
	     "Part E 7.4.5",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl errno")
{
	struct emulator emulator = controllers_on();
	struct hci_dev_info info, nobody = {.dev_id = NOBODY};
	int fd = control();
	char name[8];

	for (int i = 0; i < EMULATED; i++) {
		info = info_of(fd, emulator.index[i]);
		snprintf(name, sizeof(name), "hci%d", emulator.index[i]);
		EXPECT_EQ(info.dev_id, emulator.index[i]);
		EXPECT_STREQ(info.name, name);
		EXPECT_MEMEQ(info.bdaddr, emulator_addresses[i], 6);
		EXPECT_EQ(info.flags & (HCI_UP | HCI_PSCAN | HCI_ISCAN),
			  HCI_UP | HCI_PSCAN | HCI_ISCAN);
		EXPECT_EQ(info.acl_mtu, EMULATED_ACL);
		EXPECT_EQ(info.acl_pkts, EMULATED_ACL_PACKETS);
		EXPECT_EQ(info.sco_mtu, EMULATED_SCO);
		EXPECT_EQ(info.sco_pkts, EMULATED_SCO_PACKETS);
		EXPECT_GT(info.stat.cmd_tx, 0);
		EXPECT_GT(info.stat.evt_rx, 0);
		EXPECT_EQ(info.stat.acl_tx, 0);
	}
	EXPECT_ERR(ioctl(fd, HCIGETDEVINFO, &nobody), ENODEV);
}

/*
 * On and off.
 *
 * `HCIDEVUP` makes the kernel start the controller with some dozens of commands and wait for
 * their answers; the request ends when that is done. Twice up is EALREADY. `HCIDEVDOWN` of one
 * that is down is fine.
 */
CASE(up_and_down,
     .claim = "HCIDEVUP and HCIDEVDOWN switch a controller on and off, EALREADY when it is on; "
	      "ENODEV for none of that number",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sync.c hci_dev_open_sync()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl errno")
{
	struct emulator emulator = controllers_on();
	int fd = control(), index = emulator.index[HERE];

	EXPECT_ERR(ioctl(fd, HCIDEVUP, index), EALREADY);
	EXPECT_OK(ioctl(fd, HCIDEVDOWN, index));
	EXPECT_EQ(info_of(fd, index).flags & HCI_UP, 0);
	EXPECT_EQ(info_of(fd, emulator.index[THERE]).flags & HCI_UP, HCI_UP);
	EXPECT_OK(ioctl(fd, HCIDEVDOWN, index));
	EXPECT_OK(ioctl(fd, HCIDEVUP, index));
	EXPECT_EQ(info_of(fd, index).flags & HCI_UP, HCI_UP);
	EXPECT_ERR(ioctl(fd, HCIDEVUP, NOBODY), ENODEV);
	EXPECT_ERR(ioctl(fd, HCIDEVDOWN, NOBODY), ENODEV);
}

/*
 * From the beginning.
 *
 * `HCIDEVRESET` has the controller forget its connections, and works on one that is up only;
 * `HCIDEVRESTAT` sets what was counted to 0.
 */
CASE(reset,
     .claim = "HCIDEVRESET fails with ENETDOWN on a controller that is off; HCIDEVRESTAT sets its "
	      "counters to 0",
     .level = OBSERVED, .spec = "net/bluetooth/hci_core.c hci_dev_reset(), hci_dev_reset_stat()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl errno")
{
	struct emulator emulator = controllers_on();
	int fd = control(), index = emulator.index[HERE];
	unsigned int before = info_of(fd, index).stat.cmd_tx;

	EXPECT_GT(before, 0);
	EXPECT_OK(ioctl(fd, HCIDEVRESET, index));
	EXPECT_GT(info_of(fd, index).stat.cmd_tx, before);
	EXPECT_OK(ioctl(fd, HCIDEVRESTAT, index));
	EXPECT_EQ(info_of(fd, index).stat.cmd_tx, 0);
	SETUP(ioctl(fd, HCIDEVDOWN, index));
	EXPECT_ERR(ioctl(fd, HCIDEVRESET, index), ENETDOWN);
	EXPECT_ERR(ioctl(fd, HCIDEVRESET, NOBODY), ENODEV);
	EXPECT_ERR(ioctl(fd, HCIDEVRESTAT, NOBODY), ENODEV);
}

/*
 * Who is around?
 *
 * A device that scans for inquiries answers them. `HCIINQUIRY` has a controller inquire, for
 * units of 1.28 seconds, and gives who answered; answers are kept for some seconds, and
 * `IREQ_CACHE_FLUSH` asks for new ones.
 */
CASE(inquiry,
     .claim = "HCIINQUIRY finds a device that HCISETSCAN made scan for inquiries, and not one that "
	      "does not; EINVAL for more than 60 units",
     .level = OBSERVED,
     .spec = "net/bluetooth/hci_core.c hci_inquiry(); Bluetooth Core Specification 5.3, Vol 4 Part "
	     "E 7.1.1, 7.3.18",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl errno")
{
	/* The general access code, 0x9e8b33; IREQ_CACHE_FLUSH. */
	const struct hci_inquiry asked = {.flags = 1, .lap = {0x33, 0x8b, 0x9e}, .length = 1};
	struct emulator emulator = controllers_on();
	struct hci_inquiry inquiry = asked;
	struct hci_dev_req scan = {(uint16_t)emulator.index[THERE], SCAN_PAGE};
	int fd = control();

	inquiry.dev_id = (uint16_t)emulator.index[HERE];
	inquiry.num_rsp = 8;
	EXPECT_OK(ioctl(fd, HCIINQUIRY, &inquiry));
	EXPECT_EQ(inquiry.num_rsp, 1);
	EXPECT_MEMEQ(inquiry.found[0].bdaddr, emulator_addresses[THERE], 6);

	EXPECT_OK(ioctl(fd, HCISETSCAN, &scan));
	EXPECT_EQ(info_of(fd, emulator.index[THERE]).flags & (HCI_PSCAN | HCI_ISCAN), HCI_PSCAN);
	inquiry.num_rsp = 8;
	EXPECT_OK(ioctl(fd, HCIINQUIRY, &inquiry));
	EXPECT_EQ(inquiry.num_rsp, 0);
	inquiry.length = 61;
	EXPECT_ERR(ioctl(fd, HCIINQUIRY, &inquiry), EINVAL);
	inquiry.length = 1;
	inquiry.dev_id = NOBODY;
	EXPECT_ERR(ioctl(fd, HCIINQUIRY, &inquiry), ENODEV);
}

struct setting_row {
	struct variant variant;
	unsigned long request;
	uint32_t value;
};

static const struct setting_row setting_rows[] = {
	{{"packet_types", NULL}, HCISETPTYPE, 0xcc18},
	{{"link_policy", NULL}, HCISETLINKPOL, 0x0005},
	{{"link_mode", NULL}, HCISETLINKMODE, 0x0001},
	{{"acl_buffers", NULL}, HCISETACLMTU, 200 << 16 | 3},
	{{"sco_buffers", NULL}, HCISETSCOMTU, 48 << 16 | 2},
};

static uint32_t setting_of(int fd, int index, unsigned long request)
{
	struct hci_dev_info info = info_of(fd, index);

	switch (request) {
	case HCISETPTYPE:
		return info.pkt_type;
	case HCISETLINKPOL:
		return info.link_policy;
	case HCISETLINKMODE:
		return info.link_mode;
	case HCISETACLMTU:
		return (uint32_t)info.acl_mtu << 16 | info.acl_pkts;
	default:
		return (uint32_t)info.sco_mtu << 16 | info.sco_pkts;
	}
}

/*
 * How it is used.
 *
 * Which packets a connection may be made of, whether it may sleep, who becomes its central, how
 * much the controller takes: defaults for the connections to come.
 */
CASE(settings,
     .claim = "HCISETPTYPE, HCISETLINKPOL, HCISETLINKMODE, HCISETACLMTU and HCISETSCOMTU change "
	      "what HCIGETDEVINFO tells of that controller, and EPERM without CAP_NET_ADMIN",
     .level = OBSERVED, .spec = "net/bluetooth/hci_core.c hci_dev_cmd()", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl privilege errno",
     .VARIANTS(setting_rows))
{
	const struct setting_row *row = VARIANT(struct setting_row);
	struct emulator emulator = controllers_on();
	struct hci_dev_req request = {(uint16_t)emulator.index[HERE], row->value};
	struct hci_dev_req nobody = {NOBODY, row->value};
	int fd = control();
	uint32_t before = setting_of(fd, emulator.index[THERE], row->request);

	EXPECT_NE(setting_of(fd, emulator.index[HERE], row->request), row->value);
	EXPECT_OK(ioctl(fd, row->request, &request));
	EXPECT_EQ(setting_of(fd, emulator.index[HERE], row->request), row->value);
	EXPECT_EQ(setting_of(fd, emulator.index[THERE], row->request), before);
	EXPECT_ERR(ioctl(fd, row->request, &nobody), ENODEV);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, row->request, &request), EPERM);
}

struct privileged_row {
	struct variant variant;
	unsigned long request;
};

static const struct privileged_row privileged[] = {
	{{"up", NULL}, HCIDEVUP},
	{{"down", NULL}, HCIDEVDOWN},
	{{"reset", NULL}, HCIDEVRESET},
	{{"reset_counters", NULL}, HCIDEVRESTAT},
};

/* Anybody may look; only an administrator of the network may change. */
CASE(without_privilege,
     .claim = "HCIDEVUP, HCIDEVDOWN, HCIDEVRESET and HCIDEVRESTAT fail with EPERM without "
	      "CAP_NET_ADMIN, while HCIGETDEVINFO works",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_ioctl()", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl privilege errno",
     .VARIANTS(privileged))
{
	const struct privileged_row *row = VARIANT(struct privileged_row);
	struct emulator emulator = controllers_on();
	int fd = control(), index = emulator.index[HERE];

	if (row->request == HCIDEVUP)
		SETUP(ioctl(fd, HCIDEVDOWN, index));
	EXPECT_OK(ioctl(fd, row->request, index));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, row->request, index), EPERM);
	EXPECT_EQ(info_of(fd, index).dev_id, index);
}

/*
 * One socket, one purpose.
 *
 * These requests are for a socket of the raw channel. On one that was bound to the channel for
 * management, or to the monitor, they fail with EBADFD; and what no controller knows is not a
 * request at all.
 */
CASE(other_channels,
     .claim = "requests about controllers fail with EBADFD on a socket of another channel than "
	      "HCI_CHANNEL_RAW; HCISETRAW with EOPNOTSUPP, and on a socket without controller "
	      "EBADFD",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_ioctl()", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci ioctl errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_hci management = hci_address(HCI_DEV_NONE, HCI_CHANNEL_CONTROL);
	struct sockaddr_hci raw = hci_address(emulator.index[HERE], HCI_CHANNEL_RAW);
	struct hci_dev_list list = {.dev_num = 16};
	int fd = control(), other = control();

	EXPECT_OK(ioctl(fd, HCIGETDEVLIST, &list));
	EXPECT_OK(bind(fd, BLUETOOTH(management)));
	list.dev_num = 16;
	EXPECT_ERR(ioctl(fd, HCIGETDEVLIST, &list), EBADFD);
	EXPECT_EQ(list.dev_num, 16);

	EXPECT_ERR(ioctl(other, HCISETRAW, 1), EBADFD);
	EXPECT_OK(bind(other, BLUETOOTH(raw)));
	EXPECT_ERR(ioctl(other, HCISETRAW, 1), EOPNOTSUPP);
	EXPECT_OK(ioctl(other, HCIGETDEVLIST, &list));
}
