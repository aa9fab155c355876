/* SPDX-License-Identifier: MIT */
/* Names and numbers of interfaces (RFC 3493, 4). */
#include "harness/calls/args.h"
#include "harness/calls/show.h"
#include "harness/calls/show_resolver.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/interface.h"
#include "harness/deviate/memory.h"

unsigned int wrap_if_nametoindex(const char *name)
{
	struct call call;
	unsigned int result;

	calls_begin(&call, "if_nametoindex");
	arg_string(&call, "ifname", name);
	REAL_CALL(call, result, if_nametoindex, name);
	result = deviate_index(&call, result);
	if (call.record != NULL) {
		text_unsigned(calls_result(&call), result);
		calls_end_text(&call, result == 0 ? call.saved_errno : 0);
	}
	return result;
}

char *wrap_if_indextoname(unsigned int index, char *name)
{
	struct kept before;
	struct call call;
	char *result;

	calls_begin(&call, "if_indextoname");
	arg_unsigned(&call, "ifindex", index);
	arg_pointer(&call, "ifname", name);
	keep(&before, name, IF_NAMESIZE);
	REAL_CALL(call, result, if_indextoname, index, name);
	if (call.record != NULL) {
		if (result != NULL && deviate(&call, "missing", "result"))
			result = NULL;
		else if (result != NULL)
			deviate_text(&call, "ifname", &before, name);
		else if (deviate_error(&call, -1) == 0)
			result = name;
		if (result != NULL)
			arg_string(&call, "ifname", name);
		show_string(calls_result(&call), result);
		calls_end_text(&call, result == NULL ? call.saved_errno : 0);
	}
	return result;
}

struct if_nameindex *wrap_if_nameindex(void)
{
	struct if_nameindex *result;
	struct call call;

	calls_begin(&call, "if_nameindex");
	REAL_CALL(call, result, if_nameindex);
	deviate_name_index(&call, result);
	if (call.record != NULL) {
		show_name_index(calls_result(&call), result);
		calls_end_text(&call, result == NULL ? call.saved_errno : 0);
	}
	return result;
}

void wrap_if_freenameindex(struct if_nameindex *list)
{
	struct call call;

	calls_begin(&call, "if_freenameindex");
	arg_pointer(&call, "ptr", list);
	REAL_CALL_VOID(call, if_freenameindex, list);
	calls_end_void(&call);
}
