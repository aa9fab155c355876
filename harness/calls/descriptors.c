/* SPDX-License-Identifier: MIT */
#include "harness/calls/descriptors.h"

#include "harness/calls/record.h"
#include "harness/calls/wrap.h"

#include <stdint.h>
#include <sys/stat.h>

enum {
	TABLE_SIZE = 1024, /* higher numbers are asked for each time */
};

/*
 * An entry: kind in bits 0-1, type in 2-5, family in 6-15, protocol in 16-31, which is all that the
 * kernel keeps of one (include/net/sock.h, sk_protocol). 0 is unknown. A word of 32 bits is what
 * every processor reads and writes at once.
 */
enum { KIND_UNKNOWN, KIND_SOCKET, KIND_EPOLL, KIND_MASK };

static uint32_t table[TABLE_SIZE];

/*
 * What the harness opened before a case began is found by asking. Keeping it here
 * would cost each case a page.
 */
static void put(int fd, uint32_t entry)
{
	if (fd >= 0 && fd < TABLE_SIZE && calls_started())
		__atomic_store_n(&table[fd], entry, __ATOMIC_RELAXED);
}

static uint32_t get(int fd)
{
	return fd >= 0 && fd < TABLE_SIZE ? __atomic_load_n(&table[fd], __ATOMIC_RELAXED) : 0;
}

static uint32_t socket_entry(int family, int type, int protocol)
{
	return KIND_SOCKET | (uint32_t)(type & 15) << 2 | (uint32_t)(family & 0x3ff) << 6 |
	       (uint32_t)protocol << 16;
}

void descriptors_socket(int fd, int family, int type, int protocol)
{
	put(fd, socket_entry(family, type, protocol));
}

void descriptors_epoll(int fd)
{
	put(fd, KIND_EPOLL);
}

void descriptors_copy(int fd, int copy)
{
	put(copy, get(fd));
}

void descriptors_closed(int fd)
{
	put(fd, KIND_UNKNOWN);
}

static int ask(int fd, int option)
{
	int value = 0;
	socklen_t length = sizeof(value);

	return real_getsockopt(fd, SOL_SOCKET, option, &value, &length) == 0 ? value : 0;
}

/* The entry of `fd`. `*open` is whether there is such a descriptor. */
static uint32_t find(int fd, bool *open)
{
	uint32_t entry = get(fd);
	struct stat status;
	int domain, type;

	*open = true;
	if (entry != KIND_UNKNOWN)
		return entry;
	if (fd < 0 || fstat(fd, &status) != 0) {
		*open = false;
		return KIND_UNKNOWN;
	}
	if (!S_ISSOCK(status.st_mode))
		return KIND_UNKNOWN;
	domain = ask(fd, SO_DOMAIN);
	type = ask(fd, SO_TYPE);
	entry = socket_entry(domain, type, ask(fd, SO_PROTOCOL));
	put(fd, entry);
	return entry;
}

struct descriptor descriptors_get(int fd)
{
	bool open;
	uint32_t entry = find(fd, &open);

	return (struct descriptor){
		.socket = (entry & KIND_MASK) == KIND_SOCKET,
		.epoll = (entry & KIND_MASK) == KIND_EPOLL,
		.family = (int)(entry >> 6 & 0x3ff),
		.type = (int)(entry >> 2 & 15),
		.protocol = (int)(entry >> 16),
	};
}

bool descriptors_watched(int fd)
{
	bool open;

	return find(fd, &open) != KIND_UNKNOWN || !open;
}
