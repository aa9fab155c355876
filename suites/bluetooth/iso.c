/* SPDX-License-Identifier: MIT */
/* ISO: streams of LE Audio, an experiment that management switches on. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

/* struct sockaddr_iso without what a broadcast adds: include/net/bluetooth/iso.h. */
struct iso_address {
	sa_family_t family;
	uint8_t address[6], type;
};

/*
 * A stream for the ears.
 *
 * LE Audio sends voice and music in streams of their own (BTPROTO_ISO). The kernel has them
 * since 6.0 as an experiment: the protocol is there when somebody with privilege asked management
 * for it, by a number of 16 bytes, and gone when it is switched off again. A socket's address is
 * one of LE.
 */
CASE(experiment,
     .claim = "BTPROTO_ISO is EPROTONOSUPPORT until management switches the experiment on; its "
	      "sockets "
	      "are SOCK_SEQPACKET and bind to an LE address only, EINVAL",
     .level = OBSERVED, .spec = "net/bluetooth/iso.c; net/bluetooth/mgmt.c set_iso_socket_func()",
     .topology = "machine", .needs = "bluetooth_iso vhci", .tags = "bluetooth iso socket errno")
{
	struct iso_address address = {.family = AF_BLUETOOTH, .type = BDADDR_BREDR}, name;
	socklen_t length = sizeof(name);
	int fd;

	controllers_on();
	management_iso(false);
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_ISO), EPROTONOSUPPORT);
	management_iso(true);
	fd = EXPECT_OK(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_ISO));
	EXPECT_ERR(socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_ISO), ESOCKTNOSUPPORT);
	memcpy(address.address, emulator_addresses[HERE], 6);
	EXPECT_ERR(bind(fd, BLUETOOTH(address)), EINVAL);
	address.type = BDADDR_LE_PUBLIC;
	EXPECT_ERR(listen(fd, 1), EBADFD);
	EXPECT_OK(bind(fd, BLUETOOTH(address)));
	EXPECT_ERR(bind(fd, BLUETOOTH(address)), EBADFD);
	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_MEMEQ(name.address, emulator_addresses[HERE], 6);
	EXPECT_EQ(name.type, BDADDR_LE_PUBLIC);
	EXPECT_OK(close(fd));
	management_iso(false);
}

/* What a stream is to be like, and what a broadcast tells of itself: kept until it is made. */
CASE(options,
     .claim = "BT_ISO_QOS has BT_ISO_QOS_CIG_UNSET and BT_ISO_QOS_CIS_UNSET at first, BT_ISO_BASE "
	      "nothing; "
	      "a value of BT_ISO_BASE is kept, and a longer one than it may be fails with EINVAL",
     .level = OBSERVED, .spec = "net/bluetooth/iso.c BT_ISO_QOS, BT_ISO_BASE",
     .topology = "machine", .needs = "bluetooth_iso vhci", .tags = "bluetooth iso option errno")
{
	uint8_t qos[64], base[300] = "audio", got[300];
	socklen_t length = sizeof(qos);
	int fd;

	controllers_on();
	management_iso(true);
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_ISO));
	memset(qos, 0xa5, sizeof(qos));
	EXPECT_OK(getsockopt(fd, SOL_BLUETOOTH, BT_ISO_QOS, qos, &length));
	EXPECT_EQ(qos[0], BT_ISO_QOS_CIG_UNSET);
	EXPECT_EQ(qos[1], BT_ISO_QOS_CIS_UNSET);
	length = sizeof(got);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_ISO_BASE, base, 5));
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_ISO_BASE, base, sizeof(base)), EINVAL);
	EXPECT_OK(getsockopt(fd, SOL_BLUETOOTH, BT_ISO_BASE, got, &length));
	EXPECT_EQ(length, 5);
	EXPECT_MEMEQ(got, base, 5);
	EXPECT_OK(close(fd));
	management_iso(false);
}
