/* SPDX-License-Identifier: MIT */
/* Values of TIPC's options and control messages (Documentation/networking/tipc.rst). */
#include "harness/calls/show_known.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/names/table.h"

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

static const struct name events[] = {
	NAME(TIPC_PUBLISHED),
	NAME(TIPC_WITHDRAWN),
	NAME(TIPC_SUBSCR_TIMEOUT),
};
static NAME_TABLE(event_names, "option-tipc", events);

static const struct name filters[] = {
	NAME(TIPC_SUB_PORTS),
	NAME(TIPC_SUB_SERVICE),
	NAME(TIPC_SUB_CANCEL),
};
static NAME_TABLE(filter_names, "option-tipc", filters);

static void show_subscription(struct text *t, const struct tipc_subscr *s)
{
	text_string(t, "{seq={type=");
	text_name(t, names_of(&names_tipc_services, s->seq.type), s->seq.type);
	text_string(t, ", lower=");
	text_unsigned(t, s->seq.lower);
	text_string(t, ", upper=");
	text_unsigned(t, s->seq.upper);
	text_string(t, "}, timeout=");
	if (s->timeout == (uint32_t)TIPC_WAIT_FOREVER)
		text_string(t, "TIPC_WAIT_FOREVER");
	else
		text_unsigned(t, s->timeout);
	text_string(t, ", filter=");
	show_flags(t, &filter_names, s->filter);
	text_string(t, ", usr_handle=\"");
	text_escaped(t, s->usr_handle, strnlen(s->usr_handle, sizeof(s->usr_handle)));
	text_string(t, "\"}");
}

bool show_tipc_topology(struct text *t, const void *data, size_t length)
{
	enum { ALL = TIPC_SUB_PORTS | TIPC_SUB_SERVICE | TIPC_SUB_CANCEL };
	struct tipc_subscr subscription;
	struct tipc_event event;

	if (length == sizeof(subscription)) {
		if (!memory_read(&subscription, data, sizeof(subscription)) ||
		    subscription.filter == 0 || (subscription.filter & ~(uint32_t)ALL) != 0)
			return false;
		show_subscription(t, &subscription);
		return true;
	}
	if (length != sizeof(event) || !memory_read(&event, data, sizeof(event)) ||
	    names_of(&event_names, event.event) == NULL)
		return false;
	text_string(t, "{event=");
	text_name(t, names_of(&event_names, event.event), event.event);
	text_string(t, ", found_lower=");
	text_unsigned(t, event.found_lower);
	text_string(t, ", found_upper=");
	text_unsigned(t, event.found_upper);
	text_string(t, ", port={ref=");
	text_unsigned(t, event.port.ref);
	text_string(t, ", node=");
	text_hex(t, event.port.node);
	text_string(t, "}, s=");
	show_subscription(t, &event.s);
	text_char(t, '}');
	return true;
}
