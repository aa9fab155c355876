/* SPDX-License-Identifier: MIT */
/* getaddrinfo() and its companions. Their errors are EAI_ codes, and EAI_SYSTEM sets errno. */
#include "harness/calls/args.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_resolver.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/memory.h"
#include "harness/deviate/resolver.h"

#include <string.h>

static void end_addrinfo(struct call *call, int result)
{
	if (call->record == NULL)
		return;
	text_name(calls_result(call), names_addrinfo_error(result), result);
	calls_end_text(call, result == EAI_SYSTEM ? call->saved_errno : 0);
}

int wrap_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
		     struct addrinfo **list)
{
	const struct lookup_question question = {node, service, hints};
	const struct addrinfo *passed;
	struct addrinfo copy;
	struct call call;
	int result;

	calls_begin(&call, "getaddrinfo");
	arg_string(&call, "node", node);
	arg_string(&call, "service", service);
	if (call.record != NULL)
		show_hints(calls_value(&call, "hints"), hints);
	arg_pointer(&call, "res", list);
	passed = deviate_hints(&call, hints, &copy);
	REAL_CALL(call, result, getaddrinfo, node, service, passed, list);
	deviate_hints_offer(&call, &question, result, result == 0 ? *list : NULL);
	if (result == 0)
		*list = deviate_list(&call, *list);
	else if ((result = deviate_addrinfo_error(&call, result)) == 0)
		*list = NULL;
	if (call.record != NULL && result == 0) {
		const struct addrinfo *first;

		if (memory_read(&first, list, sizeof(first)))
			show_addrinfo_list(calls_value(&call, "res"), first);
	}
	end_addrinfo(&call, result);
	return result;
}

void wrap_freeaddrinfo(struct addrinfo *list)
{
	struct call call;

	calls_begin(&call, "freeaddrinfo");
	arg_pointer(&call, "res", list);
	deviate_list_free(list);
	REAL_CALL_VOID(call, freeaddrinfo, list);
	calls_end_void(&call);
}

const char *wrap_gai_strerror(int error)
{
	const char *result;
	struct call call;

	calls_begin(&call, "gai_strerror");
	arg_name(&call, "errcode", names_addrinfo_error(error), error);
	REAL_CALL(call, result, gai_strerror, error);
	if (strcmp(result, "Unknown error") != 0 && deviate(&call, "same", "result"))
		result = "Unknown error";
	if (call.record != NULL) {
		show_string(calls_result(&call), result);
		calls_end_text(&call, 0);
	}
	return result;
}

/* The size of a buffer: by name when it is the one that its header suggests. */
static void arg_size(struct call *call, const char *name, socklen_t size, const char *suggested)
{
	int64_t value;

	arg_name(call, name, names_lookup(suggested, &value) && value == size ? suggested : NULL,
		 size);
}

int wrap_getnameinfo(const struct sockaddr *address, socklen_t length, char *host,
		     socklen_t host_size, char *service, socklen_t service_size, int flags)
{
	const struct name_question question = {
		address, length, host, host_size, service, service_size, flags,
	};
	struct kept host_before, service_before;
	struct call call;
	int result, passed = flags;

	calls_begin(&call, "getnameinfo");
	arg_address(&call, "addr", address, length);
	arg_int(&call, "addrlen", (int)length);
	arg_pointer(&call, "host", host);
	arg_size(&call, "hostlen", host_size, "NI_MAXHOST");
	arg_pointer(&call, "serv", service);
	arg_size(&call, "servlen", service_size, "NI_MAXSERV");
	arg_flags(&call, "flags", &names_nameinfo_flags, (unsigned int)flags);
	keep(&host_before, host, host_size);
	keep(&service_before, service, service_size);
	if (deviation_mode == DEVIATION_ACTIVE)
		passed = deviate_flags_in(&call, &names_nameinfo_flags, flags);
	REAL_CALL(call, result, getnameinfo, address, length, host, host_size, service,
		  service_size, passed);
	deviate_nameinfo_offer(&call, &question, result);
	if (result == 0) {
		if (host != NULL && host_size > 0) {
			deviate_text(&call, "host", &host_before, host);
			arg_string(&call, "host", host);
		}
		if (service != NULL && service_size > 0) {
			deviate_text(&call, "serv", &service_before, service);
			arg_string(&call, "serv", service);
		}
	}
	result = deviate_addrinfo_error(&call, result);
	end_addrinfo(&call, result);
	return result;
}
