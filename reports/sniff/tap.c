/* SPDX-License-Identifier: MIT */
/* What both kinds of sockets have in common: receiving. */
#include "reports/sniff/tap.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <linux/sock_diag.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/message.h"
#include "harness/packet/packet.h"
#include "reports/decode/filter.h"

struct received {
	struct sockaddr_ll from;
	_Alignas(struct cmsghdr) char control[256];
	struct msghdr message;
	struct link_frame frame;
};

/* How many packets were dropped before this one; only raw sockets say it so. */
static void take_overflow(struct tap *s, struct msghdr *message)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_RXQ_OVFL)
			memcpy(&s->overflowed, CMSG_DATA(c), sizeof(s->overflowed));
	}
}

static ssize_t receive(struct tap *s, struct received *r)
{
	struct iovec part = {s->buffer + FRAME_ROOM, FILTER_SNAP_LENGTH};
	ssize_t got;

	r->message = (struct msghdr){
		.msg_name = &r->from,
		.msg_namelen = sizeof(r->from),
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = r->control,
		.msg_controllen = sizeof(r->control),
	};
	do {
		/* MSG_TRUNC: the length is that of the packet, not of what fitted. */
		got = recvmsg(s->fd, &r->message, MSG_DONTWAIT | MSG_TRUNC);
	} while (got < 0 && errno == EINTR);
	r->message.msg_iov = NULL;
	r->frame.bytes = s->buffer + FRAME_ROOM;
	r->frame.original = got < 0 ? 0 : (uint32_t)got;
	r->frame.captured =
		r->frame.original < FILTER_SNAP_LENGTH ? r->frame.original : FILTER_SNAP_LENGTH;
	return got;
}

int tap_next(struct tap *s, struct tap_packet *packet)
{
	struct received r = {.from = {0}};
	struct frame_from from;

	*packet = (struct tap_packet){.flags = 0};
	if (receive(s, &r) < 0)
		return errno == EAGAIN ? TAP_NOTHING : TAP_FAILED;
	frame_from_message(&from, &r.message, &packet->at);
	take_overflow(s, &r.message);
	if (!s->raw)
		frame_complete(&r.frame, &from, s->header, s->link_type);
	packet->flags = from.checksum_pending ? PACKET_CHECKSUM_OFFLOADED : 0;
	packet->bytes = r.frame.bytes;
	packet->captured = r.frame.captured;
	packet->original = r.frame.original;
	/* Loopback shows each packet as it leaves, and again as it arrives. */
	if (!s->raw && from.hardware == ARPHRD_LOOPBACK && from.packet_type == PACKET_OUTGOING)
		return TAP_UNWANTED;
	if (s->filtered &&
	    !filter_selects(&s->program, packet->bytes, packet->captured, packet->original))
		return TAP_UNWANTED;
	return TAP_PACKET;
}

uint64_t tap_dropped(struct tap *s)
{
	struct tpacket_stats statistics;
	uint32_t memory[SK_MEMINFO_VARS] = {0};
	socklen_t size = sizeof(statistics);

	if (!s->raw)
		return getsockopt(s->fd, SOL_PACKET, PACKET_STATISTICS, &statistics, &size) == 0
			       ? statistics.tp_drops
			       : 0;
	/* SO_RXQ_OVFL comes with packets: of drops behind the last one it cannot tell. */
	size = sizeof(memory);
	if (getsockopt(s->fd, SOL_SOCKET, SO_MEMINFO, memory, &size) == 0 &&
	    memory[SK_MEMINFO_DROPS] > s->overflowed)
		return memory[SK_MEMINFO_DROPS];
	return s->overflowed;
}

void tap_close(struct tap *s)
{
	if (s->filtered)
		pcap_freecode(&s->program);
	if (s->fd >= 0)
		close(s->fd);
	free(s->buffer);
}
