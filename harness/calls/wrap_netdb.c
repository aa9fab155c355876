/* SPDX-License-Identifier: MIT */
/* The older databases: hosts, services, protocols, and the host's own name. */
#include "harness/calls/args.h"
#include "harness/calls/show.h"
#include "harness/calls/show_resolver.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/entries.h"
#include "harness/deviate/memory.h"

#include <endian.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* Their errors are in h_errno. */
static void end_host(struct call *call, const struct hostent *result)
{
	if (call->record == NULL)
		return;
	if (result == NULL) {
		int error = h_errno;

		arg_name(call, "h_errno", names_of(&names_host_errors, error), error);
	}
	show_hostent(calls_result(call), result);
	calls_end_text(call, 0);
}

struct hostent *wrap_gethostbyname(const char *name)
{
	struct hostent *result;
	struct call call;

	calls_begin(&call, "gethostbyname");
	arg_string(&call, "name", name);
	REAL_CALL(call, result, gethostbyname, name);
	result = deviate_host(&call, result);
	end_host(&call, result);
	return result;
}

struct hostent *wrap_gethostbyname2(const char *name, int family)
{
	struct hostent *result;
	struct call call;

	calls_begin(&call, "gethostbyname2");
	arg_string(&call, "name", name);
	arg_name(&call, "af", names_family(family), family);
	REAL_CALL(call, result, gethostbyname2, name, family);
	result = deviate_host(&call, result);
	end_host(&call, result);
	return result;
}

struct hostent *wrap_gethostbyaddr(const void *address, socklen_t length, int family)
{
	struct hostent *result;
	struct call call;

	calls_begin(&call, "gethostbyaddr");
	arg_inet(&call, "addr", family, address);
	arg_int(&call, "len", (int)length);
	arg_name(&call, "type", names_family(family), family);
	REAL_CALL(call, result, gethostbyaddr, address, length, family);
	result = deviate_host(&call, result);
	end_host(&call, result);
	return result;
}

static void end_service(struct call *call, const struct servent *result)
{
	if (call->record == NULL)
		return;
	show_servent(calls_result(call), result);
	calls_end_text(call, 0);
}

struct servent *wrap_getservbyname(const char *name, const char *protocol)
{
	struct service_anywhere anywhere = {0};
	struct servent *result;
	const char *passed;
	struct call call;

	calls_begin(&call, "getservbyname");
	arg_string(&call, "name", name);
	arg_string(&call, "proto", protocol);
	passed = deviate_service_protocol(&call, protocol);
	if (deviation_mode == DEVIATION_SURVEY)
		service_keep(&anywhere, REAL(getservbyname)(name, NULL));
	REAL_CALL(call, result, getservbyname, name, passed);
	deviate_service_offer(&call, &anywhere, protocol, result);
	result = deviate_service(&call, result);
	end_service(&call, result);
	return result;
}

struct servent *wrap_getservbyport(int port, const char *protocol)
{
	struct service_anywhere anywhere = {0};
	struct servent *result;
	const char *passed;
	struct call call;

	calls_begin(&call, "getservbyport");
	calls_arg(&call, "port", "htons(%d)", be16toh((uint16_t)port));
	arg_string(&call, "proto", protocol);
	passed = deviate_service_protocol(&call, protocol);
	if (deviation_mode == DEVIATION_SURVEY)
		service_keep(&anywhere, REAL(getservbyport)(port, NULL));
	REAL_CALL(call, result, getservbyport, port, passed);
	deviate_service_offer(&call, &anywhere, protocol, result);
	result = deviate_service(&call, result);
	end_service(&call, result);
	return result;
}

static void end_protocol(struct call *call, const struct protoent *result)
{
	if (call->record == NULL)
		return;
	show_protoent(calls_result(call), result);
	calls_end_text(call, 0);
}

struct protoent *wrap_getprotobyname(const char *name)
{
	struct protoent *result;
	struct call call;

	calls_begin(&call, "getprotobyname");
	arg_string(&call, "name", name);
	REAL_CALL(call, result, getprotobyname, name);
	result = deviate_protocol(&call, result);
	end_protocol(&call, result);
	return result;
}

struct protoent *wrap_getprotobynumber(int number)
{
	struct protoent *result;
	struct call call;

	calls_begin(&call, "getprotobynumber");
	arg_name(&call, "proto", names_protocol(AF_INET, number), number);
	REAL_CALL(call, result, getprotobynumber, number);
	result = deviate_protocol(&call, result);
	end_protocol(&call, result);
	return result;
}

int wrap_gethostname(char *name, size_t size)
{
	struct kept before;
	struct call call;
	int result;

	calls_begin(&call, "gethostname");
	arg_pointer(&call, "name", name);
	arg_unsigned(&call, "len", size);
	keep(&before, name, size);
	REAL_CALL(call, result, gethostname, name, size);
	if (result == 0) {
		deviate_text(&call, "name", &before, name);
		arg_string(&call, "name", name);
	}
	return END_INT(call, result);
}

int wrap_sethostname(const char *name, size_t length)
{
	char before[HOST_NAME_MAX + 1] = "";
	struct call call;
	int result;

	calls_begin(&call, "sethostname");
	arg_data(&call, "name", name, length);
	arg_unsigned(&call, "len", length);
	if (deviation_mode != DEVIATION_OFF && REAL(gethostname)(before, sizeof(before)) != 0)
		before[0] = '\0';
	REAL_CALL(call, result, sethostname, name, length);
	if (result == 0 && deviate(&call, "ignored", "name"))
		(void)REAL(sethostname)(before, strlen(before));
	return END_INT(call, result);
}
