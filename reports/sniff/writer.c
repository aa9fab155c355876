/* SPDX-License-Identifier: MIT */
#include "reports/sniff/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "reports/decode/filter.h"

enum { MAGIC_NANOSECONDS = 0xa1b23c4d };

static bool write_whole(int fd, const struct iovec *parts, int count)
{
	ssize_t all = 0, written;

	for (int i = 0; i < count; i++)
		all += (ssize_t)parts[i].iov_len;
	do {
		written = writev(fd, parts, count);
	} while (written < 0 && errno == EINTR);
	if (written >= 0 && written < all)
		errno = ENOSPC;
	return written == all;
}

/* In the host's byte order, which the magic number tells. */
int writer_open(const char *path, uint32_t link_type)
{
	struct {
		uint32_t magic;
		uint16_t major, minor;
		uint32_t reserved[2], snap_length, link_type;
	} header = {MAGIC_NANOSECONDS, 2, 4, {0, 0}, FILTER_SNAP_LENGTH, link_type};
	struct iovec part = {&header, sizeof(header)};
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), saved;

	if (fd < 0 || write_whole(fd, &part, 1))
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

bool writer_add(int fd, const struct tap_packet *packet)
{
	uint32_t header[4] = {
		(uint32_t)packet->at.tv_sec,
		(uint32_t)packet->at.tv_nsec,
		packet->captured,
		packet->original,
	};
	struct iovec parts[2] = {
		{header, sizeof(header)},
		{(void *)packet->bytes, packet->captured},
	};

	return write_whole(fd, parts, 2);
}
