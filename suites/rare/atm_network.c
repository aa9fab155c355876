/* SPDX-License-Identifier: MIT */
#include "suites/rare/atm_network.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
/* After the types that they need. */
#include <linux/atm.h>
#include <linux/atm_tcp.h>
#include <linux/atmdev.h>
#include <linux/atmsvc.h>

/* Carries data between two devices, and agrees to each channel that is opened or closed. */
static void be_the_network(const int devices[ATM_ENDS]) __attribute__((noreturn));
static void be_the_network(const int devices[ATM_ENDS])
{
	struct pollfd events[ATM_ENDS] = {{.fd = devices[0], .events = POLLIN},
					  {.fd = devices[1], .events = POLLIN}};
	union {
		struct atmtcp_hdr header;
		struct atmtcp_control control;
		char bytes[8192];
	} message;

	for (;;) {
		if (poll(events, ATM_ENDS, -1) < 0 && errno != EINTR)
			_exit(1);
		for (int i = 0; i < ATM_ENDS; i++) {
			ssize_t size;
			int to = 1 - i;

			if (events[i].revents == 0)
				continue;
			size = read(devices[i], &message, sizeof(message));
			if (size <= 0)
				_exit(1);
			if (message.header.length == (__u32)ATMTCP_HDR_MAGIC) {
				message.control.result = 0;
				to = i;
			}
			if (write(devices[to], &message, (size_t)size) != size)
				_exit(1);
		}
	}
}

void atm_network_on_at(struct expect_at at, int interfaces[ATM_ENDS])
{
	int devices[ATM_ENDS];
	pid_t process;

	for (int i = 0; i < ATM_ENDS; i++) {
		devices[i] = (int)expect_success(at, socket(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5));
		interfaces[i] = (int)expect_success(at, ioctl(devices[i], SIOCSIFATMTCP, -1));
	}
	process = (pid_t)expect_success(at, fork());
	if (process == 0)
		be_the_network(devices);
	for (int i = 0; i < ATM_ENDS; i++)
		close(devices[i]);
}

/* Agrees to whatever the kernel asks of the signalling program. */
static void be_the_signalling(int fd) __attribute__((noreturn));
static void be_the_signalling(int fd)
{
	struct atmsvc_msg message;

	while (read(fd, &message, sizeof(message)) == sizeof(message)) {
		if (message.type != as_close)
			message.type = as_okay;
		message.reply = 0;
		if (write(fd, &message, sizeof(message)) != sizeof(message))
			break;
	}
	_exit(1);
}

void atm_signalling_on_at(struct expect_at at)
{
	int fd = (int)expect_success(at, socket(AF_ATMSVC, SOCK_DGRAM, 0));
	pid_t process;

	expect_success(at, ioctl(fd, ATMSIGD_CTRL));
	process = (pid_t)expect_success(at, fork());
	if (process == 0)
		be_the_signalling(fd);
	close(fd);
}
