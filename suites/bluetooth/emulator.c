/* SPDX-License-Identifier: MIT */
/* The process: packets of the H4 transport (Vol 4 Part A 2) to and from /dev/vhci. */
#include "suites/bluetooth/emulator.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "suites/bluetooth/emulator_internal.h"

enum {
	H4_COMMAND = 1,
	H4_ACL = 2,
	H4_SCO = 3,
	H4_EVENT = 4,
	H4_VENDOR = 0xff, /* of vhci: asks for a controller, and says which one it is */
	COMPLETED_PACKETS = 0x13,
	HANDLE_BITS = 0x0fff,
	FRAME = 2048,
};

const uint8_t emulator_addresses[EMULATED][6] = {
	{0x01, 0x00, 0x00, 0x00, 0x00, 0xaa},
	{0x02, 0x00, 0x00, 0x00, 0x00, 0xaa},
};

struct controller controllers[EMULATED];
struct link links[EMULATOR_LINKS];

/* One that went away in between has nobody to tell. */
static void send_frame(int to, const void *bytes, size_t size)
{
	if (write(controllers[to].fd, bytes, size) < 0)
		_exit(1);
}

void send_event(int to, uint8_t code, const void *parameters, size_t size)
{
	uint8_t frame[3 + 255] = {H4_EVENT, code, (uint8_t)size};

	memcpy(frame + 3, parameters, size);
	send_frame(to, frame, 3 + size);
}

/* 7.7.19: the host may send one more. */
static void completed(int to, const uint8_t *handle)
{
	const uint8_t event[5] = {1, handle[0], handle[1] & (HANDLE_BITS >> 8), 1, 0};

	send_event(to, COMPLETED_PACKETS, event, sizeof(event));
}

/*
 * 5.4.2: Packet_Boundary_Flag 00 is a first packet that must not be flushed, which a host sends;
 * it receives 10, as for one that may.
 */
static void hand_over_acl(int from, uint8_t *frame, size_t size)
{
	struct link *link = link_of((uint16_t)(frame[1] | frame[2] << 8) & HANDLE_BITS);
	uint8_t handle[2] = {frame[1], frame[2]};

	if ((frame[2] & 0x30) == 0)
		frame[2] |= 0x20;
	if (link != NULL)
		send_frame(!from, frame, size);
	completed(from, handle);
}

/* 5.4.3: bits 4 and 5 of the handle's second byte are the Packet_Status_Flag. */
static void hand_over_sco(int from, uint8_t *frame, size_t size)
{
	struct link *link = link_of((uint16_t)(frame[1] | frame[2] << 8) & HANDLE_BITS);
	uint8_t handle[2] = {frame[1], frame[2]};

	if (size > 4 && frame[4] <= 3)
		frame[2] = (uint8_t)((frame[2] & 0x0f) | frame[4] << 4);
	if (link != NULL)
		send_frame(!from, frame, size);
	completed(from, handle);
}

static void take_frame(int from)
{
	uint8_t frame[FRAME];
	ssize_t size = read(controllers[from].fd, frame, sizeof(frame));
	uint16_t opcode;

	if (size < 4)
		return;
	switch (frame[0]) {
	case H4_COMMAND:
		opcode = (uint16_t)(frame[1] | frame[2] << 8);
		if (!emulate_connection(from, opcode, frame + 4, (size_t)size - 4))
			emulate_command(from, opcode, frame + 4, (size_t)size - 4);
		break;
	case H4_ACL:
		hand_over_acl(from, frame, (size_t)size);
		break;
	case H4_SCO:
		hand_over_sco(from, frame, (size_t)size);
		break;
	default:
		break;
	}
}

static void serve(void) __attribute__((noreturn));
static void serve(void)
{
	struct pollfd events[EMULATED];

	for (int i = 0; i < EMULATED; i++)
		events[i] = (struct pollfd){.fd = controllers[i].fd, .events = POLLIN};
	for (;;) {
		if (poll(events, EMULATED, ask_for_links()) < 0 && errno != EINTR)
			_exit(1);
		for (int i = 0; i < EMULATED; i++) {
			if ((events[i].revents & POLLIN) != 0)
				take_frame(i);
			else if (events[i].revents != 0)
				_exit(1);
		}
	}
}

static int open_controller(int *index)
{
	static const uint8_t primary[2] = {H4_VENDOR, 0x00};
	uint8_t answer[4];
	int fd = open("/dev/vhci", O_RDWR | O_CLOEXEC), saved;

	if (fd < 0)
		return -1;
	if (write(fd, primary, sizeof(primary)) != (ssize_t)sizeof(primary) ||
	    read(fd, answer, sizeof(answer)) != (ssize_t)sizeof(answer)) {
		saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	*index = answer[2] | answer[3] << 8;
	return fd;
}

int emulator_start(struct emulator *emulator)
{
	for (int i = 0; i < EMULATED; i++) {
		controllers[i].fd = open_controller(&emulator->index[i]);
		if (controllers[i].fd < 0)
			return -1;
	}
	emulator->process = fork();
	if (emulator->process == 0)
		serve();
	for (int i = 0; i < EMULATED; i++)
		close(controllers[i].fd);
	return emulator->process < 0 ? -1 : 0;
}
