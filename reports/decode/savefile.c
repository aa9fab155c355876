/* SPDX-License-Identifier: MIT */
#include "reports/decode/savefile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/packet/packet.h"

enum {
	CAPTURED_MAX = 262144, /* libpcap's own limit for the link types here */
	BUFFER_BYTES = 512 * 1024,
};

struct savefile {
	int fd;
	struct pcap_walk walk; /* over what the buffer has */
	uint8_t buffer[BUFFER_BYTES];
};

/* Moves what is left of the buffer to its front and reads more; false when there is no more. */
static bool refill(struct savefile *f)
{
	size_t left = f->walk.length - f->walk.next;
	ssize_t got;

	memmove(f->buffer, f->buffer + f->walk.next, left);
	f->walk.next = 0;
	f->walk.length = left;
	do
		got = read(f->fd, f->buffer + left, sizeof(f->buffer) - left);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return false;
	f->walk.length += (size_t)got;
	return true;
}

static bool is_usual(struct savefile *f)
{
	struct stat status;
	ssize_t got;

	if (f->fd < 0 || fstat(f->fd, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	got = read(f->fd, f->buffer, sizeof(f->buffer));
	return got > 0 && pcap_walk_begin(&f->walk, f->buffer, (size_t)got) && f->walk.usual &&
	       packet_link_type_known(f->walk.link_type);
}

struct savefile *savefile_open(const char *name)
{
	struct savefile *f = malloc(sizeof(*f));

	if (f == NULL)
		return NULL;
	/* a FIFO would wait here, and what is read of it cannot be read again */
	f->fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (is_usual(f))
		return f;
	savefile_close(f);
	return NULL;
}

uint32_t savefile_linktype(const struct savefile *file)
{
	uint32_t link_type = file->walk.link_type;

	return link_type == PACKET_LINK_RAW ? PACKET_LINK_RAW_DLT : link_type;
}

enum savefile_result savefile_next(struct savefile *file, struct pcap_packet *packet)
{
	struct pcap_walk *walk = &file->walk;

	while (!pcap_walk_next(walk, packet)) {
		/* the record may go on behind the buffer */
		walk->trouble = NULL;
		if (walk->next == 0 && walk->length == sizeof(file->buffer))
			return SAVEFILE_ODD;
		if (!refill(file))
			return walk->length == 0 ? SAVEFILE_END : SAVEFILE_ODD;
	}
	if (packet->captured > CAPTURED_MAX || packet->captured > walk->snap_length ||
	    packet->captured > packet->original)
		return SAVEFILE_ODD;
	return SAVEFILE_RECORD;
}

void savefile_close(struct savefile *file)
{
	if (file->fd >= 0)
		close(file->fd);
	free(file);
}
