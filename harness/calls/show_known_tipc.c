/* SPDX-License-Identifier: MIT */
/* Values of TIPC's options and control messages (Documentation/networking/tipc.rst). */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <linux/tipc.h>
#include <stdint.h>
#include <string.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

/* struct tipc_group_req: type, instance, scope, flags. */
bool known_tipc_group(struct text *t, const void *bytes, size_t length)
{
	uint32_t value[4];

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{type=");
	text_unsigned(t, value[0]);
	text_string(t, ", instance=");
	text_unsigned(t, value[1]);
	text_string(t, ", scope=");
	text_name(t, names_of(&names_tipc_scopes, value[2]), value[2]);
	text_string(t, ", flags=");
	show_flags(t, &names_tipc_group_flags, value[3]);
	text_char(t, '}');
	return true;
}

/* TIPC_ERRINFO: why a message came back, and how much data of it follows in TIPC_RETDATA. */
bool known_tipc_error(struct text *t, const void *bytes, size_t length)
{
	uint32_t value[2];

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{error=");
	text_name(t, names_of(&names_tipc_errors, value[0]), value[0]);
	text_string(t, ", length=");
	text_unsigned(t, value[1]);
	text_char(t, '}');
	return true;
}

/* TIPC_DESTNAME: the service and the range of instances that the message was sent to. */
bool known_tipc_destination(struct text *t, const void *bytes, size_t length)
{
	uint32_t value[3];

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{type=");
	text_name(t, names_of(&names_tipc_services, value[0]), value[0]);
	text_string(t, ", lower=");
	text_unsigned(t, value[1]);
	text_string(t, ", upper=");
	text_unsigned(t, value[2]);
	text_char(t, '}');
	return true;
}
