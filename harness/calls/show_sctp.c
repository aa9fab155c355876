/* SPDX-License-Identifier: MIT */
#include "harness/calls/show_sctp.h"

#include "harness/calls/show.h"
#include "harness/calls/show_known.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

uint64_t sctp_field_value(const void *bytes, size_t size)
{
	uint64_t longer;
	uint32_t wide;
	uint16_t half;

	switch (size) {
	case sizeof(longer):
		memcpy(&longer, bytes, sizeof(longer));
		return longer;
	case sizeof(wide):
		memcpy(&wide, bytes, sizeof(wide));
		return wide;
	case sizeof(half):
		memcpy(&half, bytes, sizeof(half));
		return half;
	default:
		return *(const uint8_t *)bytes;
	}
}

static void show_field(struct text *t, const char *at, const struct sctp_field *field)
{
	uint64_t value;

	if (field->form == SCTP_STORAGE) {
		known_group_address(t, at, field->size);
		return;
	}
	value = sctp_field_value(at, field->size);
	switch (field->form) {
	case SCTP_FLAGS:
		show_flags(t, field->names, value);
		break;
	case SCTP_NAMED:
		text_name(t, names_of(field->names, (int64_t)value), (int64_t)value);
		break;
	case SCTP_HEX:
		text_hex(t, value);
		break;
	default:
		text_unsigned(t, value);
	}
}

bool show_sctp_fields(struct text *t, const void *bytes, size_t length,
		      const struct sctp_field *list, size_t count)
{
	if (length < list[0].offset + list[0].size)
		return false;
	for (size_t i = 0; i < count && list[i].offset + list[i].size <= length; i++) {
		text_string(t, i == 0 ? "{" : ", ");
		text_string(t, list[i].name);
		show_field(t, (const char *)bytes + list[i].offset, &list[i]);
	}
	text_char(t, '}');
	return true;
}

void show_sctp_addresses(struct text *t, const void *bytes, size_t length)
{
	text_char(t, '[');
	for (size_t at = 0; at + sizeof(struct sockaddr_in) <= length && !t->cut;) {
		const char *one = (const char *)bytes + at;
		sa_family_t family;
		size_t size;

		memcpy(&family, one, sizeof(family));
		size = family == AF_INET6 ? sizeof(struct sockaddr_in6)
					  : sizeof(struct sockaddr_in);
		/* Anything else is behind the last address. */
		if ((family != AF_INET && family != AF_INET6) || at + size > length)
			break;
		if (at > 0)
			text_string(t, ", ");
		show_address(t, one, (socklen_t)size);
		at += size;
	}
	text_char(t, ']');
}
