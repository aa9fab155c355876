/* SPDX-License-Identifier: MIT */
/* Bluetooth: sockets are in the machine's own network only, and so are controllers. */
#include "harness/probe/attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "harness/names/bluetooth.h"

bool attempt_bluetooth(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
}

bool attempt_vhci(char *reason, size_t size)
{
	int fd = open("/dev/vhci", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return attempt_refused(reason, size, "open /dev/vhci");
	close(fd);
	return true;
}

bool attempt_bluetooth_l2cap(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP);
}

bool attempt_bluetooth_rfcomm(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM);
}

bool attempt_bluetooth_sco(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_SCO);
}

bool attempt_bluetooth_bnep(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_RAW, BTPROTO_BNEP);
}

bool attempt_bluetooth_cmtp(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_RAW, BTPROTO_CMTP);
}

bool attempt_bluetooth_hidp(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HIDP);
}

/*
 * Not tried, as it cannot be undone: Linux 6.1.192 frees a connection's channel twice when its last
 * socket closes after it (list corruption in hci_chan_del(), called from l2cap_conn_free()), and
 * the process that closes never ends. Which kernels of 6.1 do so is not known.
 */
bool attempt_bluetooth_link_loss(char *reason, size_t size)
{
	struct utsname name;

	if (!attempt_own_machine(reason, size))
		return false;
	if (uname(&name) != 0 || strncmp(name.release, "6.1.", 4) != 0)
		return true;
	snprintf(reason, size,
		 "not tried: Linux 6.1.192 breaks (hci_chan_del() of a freed channel)");
	return false;
}

/* Switches the experiment of ISO sockets: include/net/bluetooth/mgmt.h, Set Experimental Feature.
 */
static bool switch_iso(int fd, bool on)
{
	const uint8_t command[6 + 17] = {0x4a, 0,    0xff, 0xff, 17,   0,    0x3e, 0xe0,
					 0xb4, 0xfd, 0xdd, 0xd6, 0x85, 0x98, 0x6a, 0x49,
					 0xe0, 0x05, 0x88, 0xf1, 0xba, 0x6f, on};

	/* The answer of a kernel that does not know it is Command Status, for which 0 is returned.
	 */
	return send(fd, command, sizeof(command), 0) == (ssize_t)sizeof(command) ||
	       errno == EALREADY;
}

bool attempt_bluetooth_iso(char *reason, size_t size)
{
	struct {
		sa_family_t family;
		uint16_t device, channel;
	} control = {AF_BLUETOOTH, HCI_DEV_NONE, HCI_CHANNEL_CONTROL};
	int fd;
	bool ok;

	if (!attempt_own_machine(reason, size))
		return false;
	fd = ATTEMPT_SOCKET(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
	if (fd < 0)
		return false;
	errno = 0;
	ok = bind(fd, (struct sockaddr *)&control, sizeof(control)) == 0 && switch_iso(fd, true);
	if (ok) {
		ok = ATTEMPT_OWN_SOCKET(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_ISO);
		switch_iso(fd, false);
	} else {
		snprintf(reason, size, "management does not know the experiment of ISO sockets");
	}
	close(fd);
	return ok;
}
