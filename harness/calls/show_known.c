/* SPDX-License-Identifier: MIT */
/* Numbers, names, times, credentials. */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <linux/net_tstamp.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

/* Copies the value when it is all there; it may lie at any address. */
#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

bool known_byte(struct text *t, const void *bytes, size_t length)
{
	uint8_t value;

	if (!TAKE(value, bytes, length))
		return false;
	text_unsigned(t, value);
	return true;
}

bool known_int(struct text *t, const void *bytes, size_t length)
{
	int value;

	if (!TAKE(value, bytes, length))
		return false;
	text_int(t, value);
	return true;
}

bool known_unsigned(struct text *t, const void *bytes, size_t length)
{
	uint32_t value;

	if (!TAKE(value, bytes, length))
		return false;
	text_unsigned(t, value);
	return true;
}

bool known_hex(struct text *t, const void *bytes, size_t length)
{
	uint32_t value;

	if (!TAKE(value, bytes, length))
		return false;
	text_hex(t, value);
	return true;
}

bool known_long(struct text *t, const void *bytes, size_t length)
{
	uint64_t value;

	if (!TAKE(value, bytes, length))
		return known_unsigned(t, bytes, length);
	text_unsigned(t, value);
	return true;
}

/* "[...]" of values of 4 bytes */
static bool list(struct text *t, const void *bytes, size_t length, bool is_signed)
{
	text_char(t, '[');
	for (size_t at = 0; at + sizeof(int) <= length && !t->cut; at += sizeof(int)) {
		const char *one = (const char *)bytes + at;

		if (at > 0)
			text_string(t, ", ");
		if (is_signed)
			known_int(t, one, sizeof(int));
		else
			known_unsigned(t, one, sizeof(int));
	}
	text_char(t, ']');
	return true;
}

bool known_ints(struct text *t, const void *bytes, size_t length)
{
	return list(t, bytes, length, true);
}

bool known_unsigneds(struct text *t, const void *bytes, size_t length)
{
	return list(t, bytes, length, false);
}

bool known_name(struct text *t, const void *bytes, size_t length)
{
	text_char(t, '"');
	text_escaped(t, bytes, strnlen(bytes, length));
	text_char(t, '"');
	return true;
}

bool known_timeval(struct text *t, const void *bytes, size_t length)
{
	struct timeval value;

	if (!TAKE(value, bytes, length))
		return false;
	show_timeval(t, &value);
	return true;
}

bool known_timespec(struct text *t, const void *bytes, size_t length)
{
	struct timespec value;

	if (!TAKE(value, bytes, length))
		return false;
	show_timespec(t, &value);
	return true;
}

/* struct scm_timestamping: software, (unused), hardware. */
bool known_timespecs(struct text *t, const void *bytes, size_t length)
{
	struct timespec value[3];

	if (!TAKE(value, bytes, length))
		return false;
	text_char(t, '[');
	for (int i = 0; i < 3; i++) {
		if (i > 0)
			text_string(t, ", ");
		show_timespec(t, &value[i]);
	}
	text_char(t, ']');
	return true;
}

bool known_credentials(struct text *t, const void *bytes, size_t length)
{
	struct ucred value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{pid=");
	text_int(t, value.pid);
	text_string(t, ", uid=");
	text_unsigned(t, value.uid);
	text_string(t, ", gid=");
	text_unsigned(t, value.gid);
	text_char(t, '}');
	return true;
}

bool known_linger(struct text *t, const void *bytes, size_t length)
{
	struct linger value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{l_onoff=");
	text_int(t, value.l_onoff);
	text_string(t, ", l_linger=");
	text_int(t, value.l_linger);
	text_char(t, '}');
	return true;
}

bool known_txtime(struct text *t, const void *bytes, size_t length)
{
	struct sock_txtime value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{clockid=");
	text_int(t, (int)value.clockid);
	text_string(t, ", flags=");
	show_flags(t, &names_txtime_flags, value.flags);
	text_char(t, '}');
	return true;
}
