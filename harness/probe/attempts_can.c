/* SPDX-License-Identifier: MIT */
/* What cases about CAN rely on. */
#include "harness/probe/attempts.h"

#include <linux/can.h>
#include <linux/can/raw.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/sandbox/make.h"

enum { XL_FRAMES = 7, XL_VCID_OPTS = 8 }; /* <linux/can/raw.h> of 6.2 and 6.9 */

bool attempt_can_raw(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_CAN, SOCK_RAW, CAN_RAW));
}

bool attempt_can_bcm(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_CAN, SOCK_DGRAM, CAN_BCM));
}

bool attempt_can_isotp(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_CAN, SOCK_DGRAM, CAN_ISOTP));
}

bool attempt_can_j1939(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_CAN, SOCK_DGRAM, CAN_J1939));
}

/* Reading an option of CAN_RAW tells whether there is one. */
static bool raw_option(int option, const char *call, char *reason, size_t size)
{
	int fd = ATTEMPT_SOCKET(AF_CAN, SOCK_RAW, CAN_RAW);
	char value[16];
	socklen_t length = sizeof(value);
	bool ok;

	if (fd < 0)
		return false;
	ok = getsockopt(fd, SOL_CAN_RAW, option, value, &length) == 0 ||
	     attempt_refused(reason, size, call);
	close(fd);
	return ok;
}

bool attempt_can_xl(char *reason, size_t size)
{
	return raw_option(XL_FRAMES, "getsockopt(CAN_RAW_XL_FRAMES)", reason, size);
}

bool attempt_can_vcid(char *reason, size_t size)
{
	return raw_option(XL_VCID_OPTS, "getsockopt(CAN_RAW_XL_VCID_OPTS)", reason, size);
}

bool attempt_vcan(char *reason, size_t size)
{
	static const char command[] = "link add probe0 type vcan\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}

bool attempt_vxcan(char *reason, size_t size)
{
	static const char command[] = "link add probe0 type vxcan peer name probe1\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}
