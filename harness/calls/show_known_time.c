/* SPDX-License-Identifier: MIT */
/* Timestamps (Documentation/networking/timestamping.rst), and what RFC 4884 adds to errors. */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <stdint.h>
#include <string.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

/* struct so_timestamping; older kernels take its first member alone. */
bool known_timestamping(struct text *t, const void *bytes, size_t length)
{
	uint32_t flags;
	int clock;

	if (!TAKE(flags, bytes, length))
		return false;
	if (length < sizeof(flags) + sizeof(clock)) {
		text_char(t, '[');
		show_flags(t, &names_timestamping, flags);
		text_char(t, ']');
		return true;
	}
	memcpy(&clock, (const char *)bytes + sizeof(flags), sizeof(clock));
	text_string(t, "{flags=");
	show_flags(t, &names_timestamping, flags);
	text_string(t, ", bind_phc=");
	text_int(t, clock);
	text_char(t, '}');
	return true;
}

/* struct scm_ts_pktinfo. */
bool known_timestamp_packet(struct text *t, const void *bytes, size_t length)
{
	uint32_t value[4];

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{if_index=");
	text_unsigned(t, value[0]);
	text_string(t, ", pkt_length=");
	text_unsigned(t, value[1]);
	text_char(t, '}');
	return true;
}

/* struct sock_ee_data_rfc4884, in ee_data of an ICMP error. */
bool known_rfc4884(struct text *t, const void *bytes, size_t length)
{
	struct {
		uint16_t length;
		uint8_t flags, reserved;
	} value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{len=");
	text_unsigned(t, value.length);
	text_string(t, ", flags=");
	show_flags(t, &names_error_rfc4884, value.flags);
	text_char(t, '}');
	return true;
}
