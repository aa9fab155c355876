/* SPDX-License-Identifier: MIT */
/* Numbers with names, strings, data, times. */
#include "harness/calls/show.h"

#include "harness/calls/memory.h"

#include <endian.h>
#include <stdint.h>
#include <sys/time.h>
#include <time.h>

enum {
	STRING_BYTES = 256, /* of a name; hosts have up to 255 */
	TYPE_MASK = 15,
};

void show_flags(struct text *t, const struct name_table *table, uint64_t value)
{
	char buffer[512];

	if (value == 0)
		text_char(t, '0');
	else
		text_string(t, names_flags(table, value, buffer, sizeof(buffer)));
}

void show_socket_type(struct text *t, int type)
{
	text_name(t, names_type(type & TYPE_MASK), type & TYPE_MASK);
	if ((type & ~TYPE_MASK) != 0) {
		text_char(t, '|');
		show_flags(t, &names_type_flags, (unsigned int)type & ~(unsigned int)TYPE_MASK);
	}
}

void show_protocol(struct text *t, int family, int protocol)
{
	const char *name;

	if (family != AF_PACKET || protocol == 0) {
		text_name(t, names_protocol(family, protocol), protocol);
		return;
	}
	name = names_protocol(family, be16toh((uint16_t)protocol));
	if (name != NULL && protocol >= 0 && protocol <= UINT16_MAX) {
		text_string(t, "htons(");
		text_string(t, name);
		text_char(t, ')');
	} else {
		text_hex(t, (unsigned int)protocol);
	}
}

void show_string(struct text *t, const char *string)
{
	char buffer[STRING_BYTES];
	size_t length;

	length = string == NULL ? (size_t)-1 : memory_read_string(buffer, string, sizeof(buffer));
	if (length == (size_t)-1) {
		text_pointer(t, string);
		return;
	}
	text_char(t, '"');
	text_escaped(t, buffer, length);
	text_string(t, length < sizeof(buffer) ? "\"" : "\"...");
}

void show_known_data(struct text *t, const void *data, size_t shown, size_t length)
{
	text_char(t, '"');
	text_escaped(t, data, shown);
	text_char(t, '"');
	if (shown < length) {
		text_string(t, "... (");
		text_unsigned(t, length);
		text_string(t, " bytes)");
	}
}

void show_data(struct text *t, const void *data, size_t length)
{
	char buffer[SHOW_DATA_BYTES];
	size_t shown = length < sizeof(buffer) ? length : sizeof(buffer);

	if (data == NULL || !memory_read(buffer, data, shown))
		text_pointer(t, data);
	else
		show_known_data(t, buffer, shown, length);
}

void show_hardware(struct text *t, const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (i > 0)
			text_char(t, ':');
		text_hex_digits(t, bytes[i], 2);
	}
}

void show_timeval(struct text *t, const void *timeval)
{
	struct timeval value;

	if (timeval == NULL || !memory_read(&value, timeval, sizeof(value))) {
		text_pointer(t, timeval);
		return;
	}
	text_string(t, "{tv_sec=");
	text_int(t, value.tv_sec);
	text_string(t, ", tv_usec=");
	text_int(t, value.tv_usec);
	text_char(t, '}');
}

void show_timespec(struct text *t, const void *timespec)
{
	struct timespec value;

	if (timespec == NULL || !memory_read(&value, timespec, sizeof(value))) {
		text_pointer(t, timespec);
		return;
	}
	text_string(t, "{tv_sec=");
	text_int(t, value.tv_sec);
	text_string(t, ", tv_nsec=");
	text_int(t, value.tv_nsec);
	text_char(t, '}');
}
