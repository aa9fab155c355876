/* SPDX-License-Identifier: MIT */
/* Options and control messages of RDS (Documentation/networking/rds.rst; linux/rds.h). */
#include "harness/calls/show_known.h"

#include "harness/names/names.h"

#include <stdint.h>
#include <string.h>

static const struct name points[] = {
	{"RDS_MSG_RX_HDR_TO_DGRAM_START", 0},
	{"RDS_MSG_RX_DGRAM_REASSEMBLE", 1},
	{"RDS_MSG_RX_DGRAM_DELIVERED", 2},
};
static const struct name_table point_names = {"option-rds", points,
					      sizeof(points) / sizeof(points[0])};

enum { POINTS = 3 };

/* struct rds_rx_trace_so: how many points of the way of a message, and which. */
bool known_rds_points(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	if (length < 1 + POINTS)
		return false;
	text_string(t, "{rx_traces=");
	text_unsigned(t, at[0]);
	text_string(t, ", rx_trace_pos=[");
	for (int i = 0; i < POINTS && i < at[0]; i++) {
		if (i > 0)
			text_string(t, ", ");
		text_name(t, names_of(&point_names, at[1 + i]), at[1 + i]);
	}
	text_string(t, "]}");
	return true;
}

/* struct rds_cmsg_rx_trace: the same, and the nanoseconds of each. */
bool known_rds_latency(struct text *t, const void *bytes, size_t length)
{
	enum { TIMES_AT = 8 };
	const uint8_t *at = bytes;

	if (length < TIMES_AT + POINTS * sizeof(uint64_t))
		return false;
	known_rds_points(t, bytes, length);
	text_string(t, ", rx_trace=[");
	for (int i = 0; i < POINTS && i < at[0]; i++) {
		uint64_t nanoseconds;

		memcpy(&nanoseconds, at + TIMES_AT + sizeof(nanoseconds) * (size_t)i,
		       sizeof(nanoseconds));
		if (i > 0)
			text_string(t, ", ");
		text_unsigned(t, nanoseconds);
	}
	text_char(t, ']');
	return true;
}

/* struct rds_zcopy_cookies: numbers of messages that were sent without a copy. */
bool known_rds_cookies(struct text *t, const void *bytes, size_t length)
{
	uint32_t count, cookie;

	if (length < sizeof(count))
		return false;
	memcpy(&count, bytes, sizeof(count));
	text_string(t, "{num=");
	text_unsigned(t, count);
	text_string(t, ", cookies=[");
	for (size_t i = 0; i < count && (i + 2) * sizeof(cookie) <= length; i++) {
		memcpy(&cookie, (const uint8_t *)bytes + (i + 1) * sizeof(cookie), sizeof(cookie));
		if (i > 0)
			text_string(t, ", ");
		text_unsigned(t, cookie);
	}
	text_string(t, "]}");
	return true;
}

/* A set of ports modulo 64. */
bool known_rds_ports(struct text *t, const void *bytes, size_t length)
{
	uint64_t mask;

	if (length < sizeof(mask))
		return false;
	memcpy(&mask, bytes, sizeof(mask));
	text_hex(t, mask);
	return true;
}
