/* SPDX-License-Identifier: MIT */
#include "harness/capture/wire.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "harness/calls/record.h"
#include "harness/capture/socket.h"
#include "harness/kit.h"
#include "harness/sandbox/descriptors.h"
#include "harness/sandbox/sandbox.h"

struct wire {
	int fd;
	struct timespec at; /* of the packet */
	struct packet packet;
	uint8_t buffer[FRAME_ROOM + CAPTURE_SNAP_LENGTH];
};

struct wire *wire_open(const char *host)
{
	struct expect_at at = {__FILE__, __LINE__, "wire_open()", true, true};
	struct wire *wire = malloc(sizeof(*wire));
	const char *before;
	int saved;

	calls_pause();
	before = host_current();
	if (wire != NULL && host_enter(host) == 0) {
		wire->fd = descriptor_hide(capture_socket(true));
		saved = errno;
		host_enter(before);
		errno = saved;
	} else if (wire != NULL) {
		wire->fd = -1;
	}
	calls_resume();
	expect_success(at, wire != NULL ? wire->fd : -1);
	return wire;
}

/* Takes one packet that is there. False when there is none. */
static bool take(struct wire *wire)
{
	_Alignas(struct cmsghdr) char control[256];
	struct capture_frame frame;
	struct sockaddr_ll from;
	struct iovec part = {wire->buffer + FRAME_ROOM, CAPTURE_SNAP_LENGTH};
	struct msghdr message = {
		.msg_name = &from,
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
	};
	ssize_t length;

	do {
		message.msg_namelen = sizeof(from);
		message.msg_controllen = sizeof(control);
		length = recvmsg(wire->fd, &message, MSG_DONTWAIT);
		if (length < 0)
			return false;
	} while (!capture_wants(&message, true));
	capture_complete(&frame, &message, wire->buffer + FRAME_ROOM, (uint32_t)length);
	wire->at = frame.at;
	packet_decode(&wire->packet, frame.frame.bytes, frame.frame.captured, frame.frame.original,
		      frame.link_type,
		      PACKET_VERIFY_CHECKSUMS |
			      (frame.from.checksum_pending ? PACKET_CHECKSUM_OFFLOADED : 0));
	return true;
}

const struct packet *wire_next(struct wire *wire, int milliseconds)
{
	int64_t deadline = clock_ms() + milliseconds;
	struct pollfd entry = {.fd = wire->fd, .events = POLLIN};
	bool got;

	calls_pause();
	while (!(got = take(wire))) {
		int64_t left = deadline - clock_ms();

		if (left <= 0 || poll(&entry, 1, (int)left) == 0)
			break;
	}
	calls_resume();
	return got ? &wire->packet : NULL;
}

const struct packet *wire_next_wanted(struct wire *wire,
				      bool (*wanted)(const struct packet *packet,
						     const void *context),
				      const void *context, int milliseconds)
{
	int64_t deadline = clock_ms() + milliseconds;

	for (;;) {
		int64_t left = deadline - clock_ms();
		const struct packet *p = wire_next(wire, left > 0 ? (int)left : 0);

		if (p == NULL || wanted(p, context))
			return p;
	}
}

struct tcp_bits {
	unsigned int bits, mask;
};

static bool has_bits(const struct packet *packet, const void *context)
{
	const struct packet_tcp *tcp = packet_tcp(packet);
	const struct tcp_bits *wanted = context;

	return tcp != NULL && (tcp->flags & wanted->mask) == wanted->bits;
}

const struct packet *wire_next_tcp(struct wire *wire, unsigned int bits, unsigned int mask)
{
	struct tcp_bits wanted = {bits, mask};

	return wire_next_wanted(wire, has_bits, &wanted, SOON_MS);
}

int64_t wire_passed_ms(const struct wire *wire)
{
	return (int64_t)wire->at.tv_sec * 1000 + wire->at.tv_nsec / 1000000;
}

bool wire_is_silent(struct wire *wire, int milliseconds)
{
	return wire_next(wire, milliseconds) == NULL;
}
