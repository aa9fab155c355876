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
	HEADER_BYTES = 24,
	RECORD_BYTES = 16,
	CAPTURED_MAX = 262144, /* libpcap's own limit for the link types here */
	BUFFER_BYTES = 512 * 1024,
};

struct savefile {
	int fd;
	bool swapped;	  /* big-endian */
	bool nanoseconds; /* in the records' time stamps */
	uint32_t snap_length;
	uint32_t link_type;
	size_t at, end; /* what of the buffer is still to be read */
	uint8_t buffer[BUFFER_BYTES];
};

static uint32_t word(const struct savefile *f, const uint8_t *b)
{
	if (f->swapped)
		return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

/* Makes `needed` bytes stand at f->at; false when the file has less. */
static bool fill(struct savefile *f, size_t needed)
{
	size_t left = f->end - f->at;

	if (left >= needed)
		return true;
	memmove(f->buffer, f->buffer + f->at, left);
	f->at = 0;
	f->end = left;
	while (f->end < needed) {
		ssize_t got = read(f->fd, f->buffer + f->end, sizeof(f->buffer) - f->end);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		f->end += (size_t)got;
	}
	return true;
}

/*
 * The file's header: magic number, version 2.4, time zone and accuracy (always 0), the most bytes
 * kept of a packet, and the link type, whose upper half may hold other things. pcap-savefile(5).
 */
static bool read_header(struct savefile *f)
{
	static const uint8_t usual[2][2][4] = {
		{{0xd4, 0xc3, 0xb2, 0xa1}, {0x4d, 0x3c, 0xb2, 0xa1}},
		{{0xa1, 0xb2, 0xc3, 0xd4}, {0xa1, 0xb2, 0x3c, 0x4d}},
	};
	const uint8_t *h = f->buffer;
	bool known = false;

	if (!fill(f, HEADER_BYTES))
		return false;
	for (unsigned int i = 0; i < 4 && !known; i++) {
		f->swapped = i / 2;
		f->nanoseconds = i % 2;
		known = memcmp(h, usual[i / 2][i % 2], 4) == 0;
	}
	if (!known || word(f, h + 4) != (f->swapped ? 2u << 16 | 4 : 4u << 16 | 2))
		return false;
	f->snap_length = word(f, h + 16);
	f->link_type = word(f, h + 20);
	f->at = HEADER_BYTES;
	return packet_link_type_known(f->link_type);
}

struct savefile *savefile_open(const char *name)
{
	struct savefile *f = malloc(sizeof(*f));
	struct stat status;

	if (f == NULL)
		return NULL;
	f->at = 0;
	f->end = 0;
	/* a FIFO would wait here, and what is read of it cannot be read again */
	f->fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (f->fd >= 0 && fstat(f->fd, &status) == 0 && S_ISREG(status.st_mode) && read_header(f))
		return f;
	savefile_close(f);
	return NULL;
}

uint32_t savefile_linktype(const struct savefile *file)
{
	return file->link_type == PACKET_LINK_RAW ? PACKET_LINK_RAW_DLT : file->link_type;
}

enum savefile_result savefile_next(struct savefile *file, struct savefile_record *record)
{
	const uint8_t *h;
	uint32_t fraction;

	if (!fill(file, RECORD_BYTES))
		return file->end == file->at ? SAVEFILE_END : SAVEFILE_ODD;
	h = file->buffer + file->at;
	record->captured = word(file, h + 8);
	record->original = word(file, h + 12);
	if (record->captured > CAPTURED_MAX || record->captured > file->snap_length ||
	    record->captured > record->original)
		return SAVEFILE_ODD;
	if (!fill(file, RECORD_BYTES + record->captured))
		return SAVEFILE_ODD;
	h = file->buffer + file->at;
	fraction = word(file, h + 4);
	record->time_us =
		(int64_t)word(file, h) * 1000000 + (file->nanoseconds ? fraction / 1000 : fraction);
	record->bytes = h + RECORD_BYTES;
	file->at += RECORD_BYTES + record->captured;
	return SAVEFILE_RECORD;
}

void savefile_close(struct savefile *file)
{
	if (file->fd >= 0)
		close(file->fd);
	free(file);
}
