/* SPDX-License-Identifier: MIT */
#include "suites/resolver/lookup.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/kit.h"

int list_count(const struct addrinfo *list, int family)
{
	int count = 0;

	for (; list != NULL; list = list->ai_next)
		count += family == AF_UNSPEC || list->ai_family == family;
	return count;
}

int list_has(const struct addrinfo *list, const char *address)
{
	int count = 0;

	for (; list != NULL; list = list->ai_next) {
		struct address wanted = address_of(address, 0), got = {.length = list->ai_addrlen};

		memcpy(&got.storage, list->ai_addr, list->ai_addrlen);
		if (got.any.sa_family == AF_INET6)
			got.v6.sin6_port = 0;
		else
			got.v4.sin_port = 0;
		count += address_equal(&got, &wanted);
	}
	return count;
}

/* RFC 1035 4.1.1: a header of 12 bytes; 3.2.2 and RFC 3596: types. */
enum { HEADER = 12, TYPE_A = 1, TYPE_PTR = 12, TYPE_AAAA = 28, CLASS_IN = 1 };

/*
 * Reads the question's name with dots between its labels. Returns the offset behind
 * the question, or 0 when it is not whole.
 */
static size_t read_question(const uint8_t *message, size_t size, char *name, size_t room)
{
	size_t at = HEADER, used = 0;

	while (at < size && message[at] != 0) {
		size_t label = message[at];

		if (at + 1 + label >= size || used + label + 2 > room)
			return 0;
		if (used > 0)
			name[used++] = '.';
		memcpy(name + used, message + at + 1, label);
		used += label;
		at += 1 + label;
	}
	name[used] = '\0';
	return at + 5 <= size ? at + 5 : 0;
}

/* Writes a name as labels (RFC 1035 3.1). Returns its length. */
static size_t write_name(uint8_t *to, const char *name)
{
	size_t used = 0;

	while (*name != '\0') {
		size_t label = strcspn(name, ".");

		to[used] = (uint8_t)label;
		memcpy(to + used + 1, name, label);
		used += 1 + label;
		name += label + (name[label] == '.');
	}
	to[used++] = 0;
	return used;
}

/* The data of the record that was asked for. Returns its length; 0: there is none. */
static size_t record_data(const struct dns_name *known, unsigned int type, uint8_t *to)
{
	struct address a;

	if (type == TYPE_A && known->v4 != NULL) {
		a = address_of(known->v4, 0);
		memcpy(to, &a.v4.sin_addr, 4);
		return 4;
	}
	if (type == TYPE_AAAA && known->v6 != NULL) {
		a = address_of(known->v6, 0);
		memcpy(to, &a.v6.sin6_addr, 16);
		return 16;
	}
	if (type == TYPE_PTR && known->pointer != NULL)
		return write_name(to, known->pointer);
	return 0;
}

struct zone {
	int fd;
	const struct dns_name *names;
	size_t count;
};

/*
 * Makes the query of `size` bytes, which came by a stream or in a datagram, into its answer.
 * Returns the answer's length; 0: none.
 */
static size_t answer(const struct zone *zone, uint8_t *message, size_t size, bool stream)
{
	const struct dns_name *known = NULL;
	char name[256];
	size_t end = size > HEADER ? read_question(message, size, name, sizeof(name)) : 0;
	size_t length;
	unsigned int type;

	if (end == 0)
		return 0;
	type = (unsigned int)message[end - 4] << 8 | message[end - 3];
	for (size_t i = 0; i < zone->count; i++) {
		if (strcasecmp(zone->names[i].name, name) == 0)
			known = &zone->names[i];
	}
	/* QR and AA; keep RD. RA and the response code. One question, nothing else. */
	message[2] = (uint8_t)(0x84 | (message[2] & 1));
	message[3] = (uint8_t)(0x80 | (known != NULL ? known->rcode : DNS_NXDOMAIN));
	memset(message + 6, 0, 6);
	if (known == NULL || known->rcode != 0)
		return end;
	if (known->truncated && !stream) {
		message[2] |= 2; /* TC */
		return end;
	}
	length = record_data(known, type, message + end + 12);
	if (length == 0)
		return end;
	/* The name is a pointer to the question's; type, class, a TTL of 60 s, length. */
	memcpy(message + end,
	       (uint8_t[]){0xc0, HEADER, 0, (uint8_t)type, 0, CLASS_IN, 0, 0, 0, 60, 0,
			   (uint8_t)length},
	       12);
	message[7] = 1;
	return end + 12 + length;
}

static int serve(void *context)
{
	const struct zone *zone = context;

	for (;;) {
		struct address from = address_empty();
		uint8_t message[1024];
		/* Half of the room is for the answer. */
		ssize_t got = recvfrom(zone->fd, message, sizeof(message) / 2, 0, &from.any,
				       &from.length);
		size_t length = got > 0 ? answer(zone, message, (size_t)got, false) : 0;

		if (length > 0)
			sendto(zone->fd, message, length, 0, ADDRESS(from));
	}
	return 0;
}

/* The same by TCP: two bytes of length stand before each message (RFC 1035 4.2.2). */
static int serve_streams(void *context)
{
	const struct zone *zone = context;

	for (;;) {
		int fd = accept(zone->fd, NULL, NULL);
		uint8_t message[2 + 1024];
		size_t size, length = 0;

		if (fd < 0)
			continue;
		if (read_exactly(fd, message, 2) == 2) {
			size = (size_t)message[0] << 8 | message[1];
			if (size <= 512 && read_exactly(fd, message + 2, size) == (ssize_t)size)
				length = answer(zone, message + 2, size, true);
		}
		if (length > 0) {
			message[0] = (uint8_t)(length >> 8);
			message[1] = (uint8_t)length;
			send(fd, message, 2 + length, MSG_NOSIGNAL);
		}
		close(fd);
	}
	return 0;
}

void dns_serve(const struct dns_name *names, size_t count)
{
	struct zone zone = {SETUP(socket(AF_INET, SOCK_DGRAM, 0)), names, count};
	struct zone streams = {SETUP(socket(AF_INET, SOCK_STREAM, 0)), names, count};
	struct address where = address_of("127.0.0.1", DNS_PORT);

	/* Bound before the child starts: no query can come too early. */
	SETUP(bind(zone.fd, ADDRESS(where)));
	SETUP(bind(streams.fd, ADDRESS(where)));
	SETUP(listen(streams.fd, 5));
	start_child(serve, &zone);
	start_child(serve_streams, &streams);
}
