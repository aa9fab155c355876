/* SPDX-License-Identifier: MIT */
#include "harness/capture/capture.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "harness/capture/socket.h"
#include "harness/run/outcome.h"
#include "harness/sandbox/topology.h"

enum { BATCH = 16 };

static struct {
	char host[16];
	int fd;
} sockets[TOPOLOGY_MAX_HOSTS];
static size_t socket_count;

int capture_start(const char *host)
{
	int fd;

	if (socket_count == TOPOLOGY_MAX_HOSTS) {
		errno = ENOSPC;
		return -1;
	}
	fd = capture_socket(false);
	if (fd < 0)
		return -1;
	snprintf(sockets[socket_count].host, sizeof(sockets[socket_count].host), "%s", host);
	sockets[socket_count++].fd = fd;
	return 0;
}

/* The index of a host's link in the outcome; -1 when there is no room for another. */
static int link_index(int fd, const char *host, const struct capture_frame *frame)
{
	struct outcome *o = outcome_current;
	struct ifreq request = {.ifr_ifindex = (int)frame->from.interface};
	struct link_record *link;

	if (ioctl(fd, SIOCGIFNAME, &request) != 0)
		snprintf(request.ifr_name, sizeof(request.ifr_name), "#%u", frame->from.interface);
	for (uint32_t i = 0; i < o->links_used; i++) {
		if (strcmp(o->links[i].host, host) == 0 &&
		    strcmp(o->links[i].link, request.ifr_name) == 0)
			return (int)i;
	}
	if (o->links_used == OUTCOME_MAX_LINKS)
		return -1;
	link = &o->links[o->links_used];
	snprintf(link->host, sizeof(link->host), "%s", host);
	memcpy(link->link, request.ifr_name, sizeof(link->link) - 1);
	link->link_type = frame->link_type;
	return (int)o->links_used++;
}

struct received {
	struct sockaddr_ll from;
	_Alignas(struct cmsghdr) char control[256];
	uint8_t buffer[FRAME_ROOM + CAPTURE_SNAP_LENGTH];
};

static void keep(const char *host, int fd, const struct capture_frame *frame)
{
	struct outcome *o = outcome_current;
	uint64_t ns = (uint64_t)frame->at.tv_sec * 1000000000u + (uint64_t)frame->at.tv_nsec;
	uint32_t captured = frame->frame.captured;
	struct packet_record record = {
		.captured = captured,
		.original = frame->frame.original,
		.checksum_pending = frame->from.checksum_pending,
	};
	size_t room = (sizeof(record) + captured + 7) & ~(size_t)7;
	int link = link_index(fd, host, frame);

	if (link < 0) {
		o->capture_drops++;
		return;
	}
	record.link = (uint16_t)link;
	if (o->epoch_realtime_ns != 0 && ns > o->epoch_realtime_ns)
		record.time_ns = ns - o->epoch_realtime_ns;
	/* What the end of the case's process sends (a FIN, a RST) is not the case's doing. */
	if (o->stage == STAGE_DONE && record.time_ns > o->end_monotonic_ns - o->epoch_monotonic_ns)
		return;
	if (o->capture_used + room > OUTCOME_CAPTURE_BYTES) {
		o->links[link].left_out++;
		return;
	}
	memcpy(o->capture + o->capture_used, &record, sizeof(record));
	memcpy(o->capture + o->capture_used + sizeof(record), frame->frame.bytes, captured);
	o->capture_used += (uint32_t)room;
	o->links[link].kept++;
}

static void drain_socket(const char *host, int fd)
{
	static struct received received[BATCH];
	struct mmsghdr messages[BATCH];
	struct iovec vectors[BATCH];
	int count;

	do {
		for (int i = 0; i < BATCH; i++) {
			vectors[i] = (struct iovec){received[i].buffer + FRAME_ROOM,
						    CAPTURE_SNAP_LENGTH};
			messages[i].msg_hdr = (struct msghdr){
				.msg_name = &received[i].from,
				.msg_namelen = sizeof(received[i].from),
				.msg_iov = &vectors[i],
				.msg_iovlen = 1,
				.msg_control = received[i].control,
				.msg_controllen = sizeof(received[i].control),
			};
		}
		count = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
		for (int i = 0; i < count; i++) {
			struct capture_frame frame;

			if (!capture_wants(&messages[i].msg_hdr, false))
				continue;
			capture_complete(&frame, &messages[i].msg_hdr,
					 received[i].buffer + FRAME_ROOM, messages[i].msg_len);
			keep(host, fd, &frame);
		}
	} while (count == BATCH);
}

void capture_drain(void)
{
	if (outcome_current == NULL)
		return;
	for (size_t i = 0; i < socket_count; i++)
		drain_socket(sockets[i].host, sockets[i].fd);
}

void capture_finish(void)
{
	capture_drain();
	for (size_t i = 0; i < socket_count && outcome_current != NULL; i++) {
		struct tpacket_stats statistics;
		socklen_t size = sizeof(statistics);

		if (getsockopt(sockets[i].fd, SOL_PACKET, PACKET_STATISTICS, &statistics, &size) ==
		    0)
			outcome_current->capture_drops += statistics.tp_drops;
	}
}
