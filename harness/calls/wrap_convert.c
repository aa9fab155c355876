/* SPDX-License-Identifier: MIT */
/* Addresses as text and back. */
#include "harness/calls/args.h"
#include "harness/calls/show.h"
#include "harness/calls/show_resolver.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/convert.h"

int wrap_inet_aton(const char *text, struct in_addr *address)
{
	struct kept before;
	struct call call;
	int result;

	calls_begin(&call, "inet_aton");
	arg_string(&call, "cp", text);
	arg_pointer(&call, "inp", address);
	keep(&before, address, address == NULL ? 0 : sizeof(*address));
	REAL_CALL(call, result, inet_aton, text, address);
	if (result != 0 && address != NULL) {
		deviate_inet(&call, "inp", &before, AF_INET, address);
		arg_inaddr(&call, "inp", address);
	}
	result = deviate_truth(&call, "result", result);
	return END_INT(call, result);
}

in_addr_t wrap_inet_addr(const char *text)
{
	struct call call;
	in_addr_t result;

	calls_begin(&call, "inet_addr");
	arg_string(&call, "cp", text);
	REAL_CALL(call, result, inet_addr, text);
	result = deviate_inaddr(&call, result, INADDR_NETWORK);
	if (call.record != NULL) {
		/* The same number is the address of broadcasts; here it nearly always means an
		 * error. */
		if (result == INADDR_NONE)
			text_string(calls_result(&call), "INADDR_NONE");
		else
			show_inaddr_network(calls_result(&call), result);
		calls_end_text(&call, 0);
	}
	return result;
}

char *wrap_inet_ntoa(struct in_addr address)
{
	static const struct kept nothing = {.size = 0};
	struct call call;
	char *result;

	calls_begin(&call, "inet_ntoa");
	arg_inaddr(&call, "in", &address);
	REAL_CALL(call, result, inet_ntoa, address);
	deviate_text(&call, "result", &nothing, result);
	if (call.record != NULL) {
		show_string(calls_result(&call), result);
		calls_end_text(&call, 0);
	}
	return result;
}

const char *wrap_inet_ntop(int family, const void *address, char *text, socklen_t size)
{
	struct kept before;
	const char *result;
	struct call call;

	calls_begin(&call, "inet_ntop");
	arg_name(&call, "af", names_family(family), family);
	arg_inet(&call, "src", family, address);
	arg_pointer(&call, "dst", text);
	arg_int(&call, "size", (int)size);
	keep(&before, text, size);
	REAL_CALL(call, result, inet_ntop, family, address, text, size);
	if (call.record != NULL) {
		if (result != NULL && deviate(&call, "missing", "result"))
			result = NULL;
		else if (result != NULL)
			deviate_inet_text(&call, &before, family, text, size);
		else if (deviate_error(&call, -1) == 0)
			result = text;
		if (result != NULL)
			arg_string(&call, "dst", text);
		show_string(calls_result(&call), result);
		calls_end_text(&call, result == NULL ? call.saved_errno : 0);
	}
	return result;
}

int wrap_inet_pton(int family, const char *text, void *address)
{
	struct kept before;
	struct call call;
	int result;

	calls_begin(&call, "inet_pton");
	arg_name(&call, "af", names_family(family), family);
	arg_string(&call, "src", text);
	arg_pointer(&call, "dst", address);
	keep(&before, address, family == AF_INET6 ? sizeof(struct in6_addr) : sizeof(in_addr_t));
	REAL_CALL(call, result, inet_pton, family, text, address);
	if (result == 1) {
		deviate_inet(&call, "dst", &before, family, address);
		arg_inet(&call, "dst", family, address);
	}
	if (result >= 0)
		result = deviate_truth(&call, "result", result);
	return END_INT(call, result);
}

/* The functions below split an address into network and number: of classes, not of CIDR. */

static void end_inaddr(struct call *call, in_addr_t result)
{
	if (call->record == NULL)
		return;
	if (result == INADDR_NONE)
		text_string(calls_result(call), "INADDR_NONE");
	else
		text_hex(calls_result(call), result);
	calls_end_text(call, 0);
}

in_addr_t wrap_inet_network(const char *text)
{
	struct call call;
	in_addr_t result;

	calls_begin(&call, "inet_network");
	arg_string(&call, "cp", text);
	REAL_CALL(call, result, inet_network, text);
	result = deviate_inaddr(&call, result, INADDR_HOST);
	end_inaddr(&call, result);
	return result;
}

struct in_addr wrap_inet_makeaddr(in_addr_t network, in_addr_t host)
{
	struct in_addr result;
	struct call call;

	calls_begin(&call, "inet_makeaddr");
	arg_hex(&call, "net", network);
	arg_hex(&call, "host", host);
	REAL_CALL(call, result, inet_makeaddr, network, host);
	result.s_addr = deviate_inaddr(&call, result.s_addr, INADDR_NETWORK);
	if (call.record != NULL) {
		show_inaddr_network(calls_result(&call), result.s_addr);
		calls_end_text(&call, 0);
	}
	return result;
}

in_addr_t wrap_inet_lnaof(struct in_addr address)
{
	struct call call;
	in_addr_t result;

	calls_begin(&call, "inet_lnaof");
	arg_inaddr(&call, "in", &address);
	REAL_CALL(call, result, inet_lnaof, address);
	result = deviate_inaddr(&call, result, INADDR_HOST);
	end_inaddr(&call, result);
	return result;
}

in_addr_t wrap_inet_netof(struct in_addr address)
{
	struct call call;
	in_addr_t result;

	calls_begin(&call, "inet_netof");
	arg_inaddr(&call, "in", &address);
	REAL_CALL(call, result, inet_netof, address);
	result = deviate_inaddr(&call, result, INADDR_HOST);
	end_inaddr(&call, result);
	return result;
}
