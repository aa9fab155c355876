/* SPDX-License-Identifier: MIT */
/* Values of TIPC's options and control messages (Documentation/networking/tipc.rst). */
#include "harness/calls/show_fields.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/names/table.h"

#include <linux/tipc.h>
#include <stdint.h>
#include <string.h>

/* TIPC_ERRINFO: why a message came back, and how much data of it follows in TIPC_RETDATA. */
struct errinfo {
	uint32_t error, length;
};

/* TIPC_DESTNAME: the service and the range of instances that the message was sent to. */
struct destname {
	uint32_t type, lower, upper;
};

SHOW_STRUCTURE(known_tipc_group, FIELD(tipc_group_req, type), FIELD(tipc_group_req, instance),
	       FIELD_NAME(tipc_group_req, scope, names_tipc_scopes),
	       FIELD_FLAG(tipc_group_req, flags, names_tipc_group_flags));
SHOW_STRUCTURE(known_tipc_error, FIELD_NAME(errinfo, error, names_tipc_errors),
	       FIELD(errinfo, length));
SHOW_STRUCTURE(known_tipc_destination, FIELD_NAME(destname, type, names_tipc_services),
	       FIELD(destname, lower), FIELD(destname, upper));

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

static const struct name waits[] = {
	NAME(TIPC_WAIT_FOREVER),
};
static NAME_TABLE(wait_names, "option-tipc", waits);

static bool handle(struct text *t, const void *bytes, size_t length)
{
	text_char(t, '"');
	text_escaped(t, bytes, strnlen(bytes, length));
	text_char(t, '"');
	return true;
}

static SHOW_STRUCTURE(service_range, FIELD_NAME(tipc_service_range, type, names_tipc_services),
		      FIELD(tipc_service_range, lower), FIELD(tipc_service_range, upper));
static SHOW_STRUCTURE(port, FIELD(tipc_socket_addr, ref), FIELD_BITS(tipc_socket_addr, node));
static SHOW_STRUCTURE(subscription, FIELD_AS(tipc_subscr, seq, service_range),
		      FIELD_NAME(tipc_subscr, timeout, wait_names),
		      FIELD_FLAG(tipc_subscr, filter, filter_names),
		      FIELD_AS(tipc_subscr, usr_handle, handle));
static SHOW_STRUCTURE(event, FIELD_NAME(tipc_event, event, event_names),
		      FIELD(tipc_event, found_lower), FIELD(tipc_event, found_upper),
		      FIELD_AS(tipc_event, port, port), FIELD_AS(tipc_event, s, subscription));

bool show_tipc_topology(struct text *t, const void *data, size_t length)
{
	enum { ALL = TIPC_SUB_PORTS | TIPC_SUB_SERVICE | TIPC_SUB_CANCEL };
	struct tipc_subscr subscr;
	struct tipc_event told;

	if (length == sizeof(subscr)) {
		if (!memory_read(&subscr, data, sizeof(subscr)) || subscr.filter == 0 ||
		    (subscr.filter & ~(uint32_t)ALL) != 0)
			return false;
		return subscription(t, &subscr, sizeof(subscr));
	}
	if (length != sizeof(told) || !memory_read(&told, data, sizeof(told)) ||
	    names_of(&event_names, told.event) == NULL)
		return false;
	return event(t, &told, sizeof(told));
}
