/* SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "harness/calls/record.h"
#include "harness/kit.h"

struct address address_any(int family, uint16_t port)
{
	struct address a = {.length = sizeof(a.v4)};

	a.storage.ss_family = (sa_family_t)family;
	a.v4.sin_port = htons(port);
	if (family == AF_INET6) {
		a.length = sizeof(a.v6);
		a.v6.sin6_port = htons(port);
	}
	return a;
}

struct address address_loopback(int family, uint16_t port)
{
	struct address a = address_any(family, port);

	if (family == AF_INET6)
		a.v6.sin6_addr = in6addr_loopback;
	else
		a.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return a;
}

struct address address_of(const char *text, uint16_t port)
{
	int family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET;
	struct address a = address_any(family, port);
	void *bytes = family == AF_INET6 ? (void *)&a.v6.sin6_addr : (void *)&a.v4.sin_addr;

	calls_pause();
	if (inet_pton(family, text, bytes) != 1)
		a.storage.ss_family = AF_UNSPEC;
	calls_resume();
	return a;
}

struct address address_unix(const char *path)
{
	struct address a = {.length = 0};
	size_t length = strnlen(path, sizeof(a.un.sun_path) - 1);

	a.un.sun_family = AF_UNIX;
	memcpy(a.un.sun_path, path, length);
	/* unix(7): an abstract name has no final NUL, and its length counts. */
	if (path[0] == '@')
		a.un.sun_path[0] = '\0';
	else
		length++;
	a.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	return a;
}

struct address address_empty(void)
{
	return (struct address){.length = sizeof(struct sockaddr_storage)};
}

uint16_t address_port(const struct address *address)
{
	switch (address->any.sa_family) {
	case AF_INET:
		return ntohs(address->v4.sin_port);
	case AF_INET6:
		return ntohs(address->v6.sin6_port);
	default:
		return 0;
	}
}

bool address_equal(const struct address *a, const struct address *b)
{
	if (a->any.sa_family != b->any.sa_family)
		return false;
	switch (a->any.sa_family) {
	case AF_INET:
		return a->v4.sin_port == b->v4.sin_port &&
		       a->v4.sin_addr.s_addr == b->v4.sin_addr.s_addr;
	case AF_INET6:
		return a->v6.sin6_port == b->v6.sin6_port &&
		       a->v6.sin6_flowinfo == b->v6.sin6_flowinfo &&
		       a->v6.sin6_scope_id == b->v6.sin6_scope_id &&
		       memcmp(&a->v6.sin6_addr, &b->v6.sin6_addr, sizeof(a->v6.sin6_addr)) == 0;
	default:
		return a->length == b->length && memcmp(&a->any, &b->any, a->length) == 0;
	}
}

static void write_unix(const struct address *a, char *text, size_t size)
{
	size_t fixed = offsetof(struct sockaddr_un, sun_path);
	int length = a->length > fixed ? (int)(a->length - fixed) : 0;

	if (length == 0)
		snprintf(text, size, "(unnamed)");
	else if (a->un.sun_path[0] == '\0')
		snprintf(text, size, "@%.*s", length - 1, a->un.sun_path + 1);
	else
		snprintf(text, size, "%.*s", length, a->un.sun_path);
}

const char *address_text(const struct address *address)
{
	static _Thread_local char buffers[4][160];
	static _Thread_local unsigned int next;
	char *text = buffers[next++ % 4], numeric[INET6_ADDRSTRLEN] = "?";

	calls_pause();
	switch (address->any.sa_family) {
	case AF_INET:
		inet_ntop(AF_INET, &address->v4.sin_addr, numeric, sizeof(numeric));
		snprintf(text, sizeof(buffers[0]), "%s:%u", numeric, address_port(address));
		break;
	case AF_INET6:
		inet_ntop(AF_INET6, &address->v6.sin6_addr, numeric, sizeof(numeric));
		snprintf(text, sizeof(buffers[0]), "[%s]:%u", numeric, address_port(address));
		break;
	case AF_UNIX:
		write_unix(address, text, sizeof(buffers[0]));
		break;
	default:
		snprintf(text, sizeof(buffers[0]), "family %d", address->any.sa_family);
	}
	calls_resume();
	return text;
}
