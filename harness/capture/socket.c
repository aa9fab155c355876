/* SPDX-License-Identifier: MIT */
#include "harness/capture/socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	QUEUE_BYTES = 8 * 1024 * 1024,
	LOOPBACK_INDEX = 1, /* of the loopback interface in every network (net/core/dev.c) */
};

#define ANCILLARY(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (__u32)(SKF_AD_OFF + (what)))

/*
 * Documentation/networking/filter.rst, extensions `type` and `ifidx`. Filtering in
 * the kernel keeps the other copy of each packet out of the queue.
 */
static struct sock_filter leaving[] = {
	ANCILLARY(SKF_AD_PKTTYPE),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, CAPTURE_SNAP_LENGTH),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

static struct sock_filter leaving_or_arriving[] = {
	ANCILLARY(SKF_AD_PKTTYPE),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 2, 0),
	ANCILLARY(SKF_AD_IFINDEX),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, LOOPBACK_INDEX, 1, 0),
	BPF_STMT(BPF_RET | BPF_K, CAPTURE_SNAP_LENGTH),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

/* What a kernel or an emulator of one does not know of is done without, see socket.h. */
static bool set_if_known(int fd, int level, int option, const void *value, socklen_t size)
{
	return setsockopt(fd, level, option, value, size) == 0 || errno == ENOPROTOOPT;
}

static int configure(int fd, bool arriving)
{
	struct sock_fprog program = {
		.len = arriving ? sizeof(leaving_or_arriving) / sizeof(leaving_or_arriving[0])
				: sizeof(leaving) / sizeof(leaving[0]),
		.filter = arriving ? leaving_or_arriving : leaving,
	};
	struct sockaddr_ll every_link = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
	int one = 1, queue = QUEUE_BYTES;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &queue, sizeof(queue)) != 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &queue, sizeof(queue));
	if (!set_if_known(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) ||
	    !set_if_known(fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one)))
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof(one)) != 0 &&
	    (errno != ENOPROTOOPT ||
	     !set_if_known(fd, SOL_SOCKET, SO_TIMESTAMP, &one, sizeof(one))))
		return -1;
	return bind(fd, (struct sockaddr *)&every_link, sizeof(every_link));
}

int capture_socket(bool arriving)
{
	/* Protocol 0: nothing is received before the filter is in place. */
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), saved;

	if (fd >= 0 && configure(fd, arriving) != 0) {
		saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

bool capture_wants(const struct msghdr *message, bool arriving)
{
	const struct sockaddr_ll *link = message->msg_name;

	return link->sll_pkttype == PACKET_OUTGOING ||
	       (arriving && link->sll_ifindex != LOOPBACK_INDEX);
}

void capture_complete(struct capture_frame *out, struct msghdr *message, uint8_t *bytes,
		      uint32_t captured)
{
	enum frame_header header;

	*out = (struct capture_frame){.frame = {bytes, captured, captured}};
	frame_from_message(&out->from, message, &out->at);
	if (out->at.tv_sec == 0)
		clock_gettime(CLOCK_REALTIME, &out->at);
	if (out->from.original > captured)
		out->frame.original = out->from.original;
	out->link_type = frame_link_type(out->from.hardware, &header);
	/* One socket for all devices: it gives the headers of those, too, that nothing decodes. */
	if (header != FRAME_AS_IT_IS)
		frame_cut(&out->frame, &out->from);
	frame_complete(&out->frame, &out->from, header, out->link_type);
}
