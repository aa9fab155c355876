/* SPDX-License-Identifier: MIT */
/* Socket addresses: Internet and UNIX here, other families in files of their own. */
#include "harness/calls/show_address.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/wrap.h"

#include <endian.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

void show_inet(struct text *t, const void *address)
{
	const uint8_t *byte = address;

	for (int i = 0; i < 4; i++) {
		if (i > 0)
			text_char(t, '.');
		text_unsigned(t, byte[i]);
	}
}

void show_inet6(struct text *t, const void *address)
{
	char buffer[INET6_ADDRSTRLEN];

	text_string(t, real_inet_ntop(AF_INET6, address, buffer, sizeof(buffer)));
}

static bool show_in(struct text *t, const void *address, size_t length)
{
	struct sockaddr_in in;

	if (length < offsetof(struct sockaddr_in, sin_zero))
		return false;
	memcpy(&in, address, offsetof(struct sockaddr_in, sin_zero));
	show_inet(t, &in.sin_addr);
	text_char(t, ':');
	text_unsigned(t, be16toh(in.sin_port));
	return true;
}

static bool show_in6(struct text *t, const void *address, size_t length)
{
	struct sockaddr_in6 in6;
	/* RFC 2133 had no scope, and the kernel still takes an address without. */
	size_t old = offsetof(struct sockaddr_in6, sin6_scope_id);

	if (length < old)
		return false;
	memcpy(&in6, address, length < sizeof(in6) ? old : sizeof(in6));
	text_char(t, '[');
	show_inet6(t, &in6.sin6_addr);
	text_string(t, "]:");
	text_unsigned(t, be16toh(in6.sin6_port));
	if (in6.sin6_flowinfo != 0) {
		text_string(t, ", flowinfo ");
		text_hex(t, be32toh(in6.sin6_flowinfo));
	}
	if (length >= sizeof(in6)) {
		text_string(t, ", scope ");
		text_unsigned(t, in6.sin6_scope_id);
	}
	return true;
}

/* unix(7): an address that is only a family is unnamed; one that starts with NUL is abstract. */
static bool show_un(struct text *t, const void *address, size_t length)
{
	const char *path = (const char *)address + offsetof(struct sockaddr_un, sun_path);
	size_t size = length - offsetof(struct sockaddr_un, sun_path);

	text_char(t, '"');
	if (path[0] == '\0') {
		text_char(t, '@');
		text_escaped(t, path + 1, size - 1);
	} else {
		text_escaped(t, path, strnlen(path, size));
	}
	text_char(t, '"');
	return true;
}

static bool show_inside(struct text *t, int family, const void *address, size_t length)
{
	switch (family) {
	case AF_INET:
		return show_in(t, address, length);
	case AF_INET6:
		return show_in6(t, address, length);
	case AF_UNIX:
		return show_un(t, address, length);
	case AF_BLUETOOTH:
		return show_address_bluetooth(t, address, length);
	default:
		return show_address_linux(t, family, address, length) ||
		       show_address_legacy(t, family, address, length) ||
		       show_address_rare(t, family, address, length);
	}
}

void show_address(struct text *t, const void *address, socklen_t length)
{
	/* The kernel refuses longer ones, and ALG names need less. */
	union {
		char bytes[sizeof(struct sockaddr_storage)];
		sa_family_t family;
	} known;
	size_t size = length < sizeof(known.bytes) ? length : sizeof(known.bytes);

	if (address != NULL)
		size = memory_read_some(known.bytes, address, size);
	if (address == NULL || (size == 0 && length != 0)) {
		text_pointer(t, address);
		return;
	}
	text_char(t, '{');
	if (size < sizeof(known.family)) {
		text_hex_bytes(t, known.bytes, size);
	} else {
		text_name(t, names_family(known.family), known.family);
		if (size > sizeof(known.family)) {
			text_string(t, ", ");
			if (!show_inside(t, known.family, known.bytes, size))
				text_hex_bytes(t, known.bytes + sizeof(known.family),
					       size - sizeof(known.family));
		}
	}
	text_char(t, '}');
}
