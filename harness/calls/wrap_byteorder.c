/* SPDX-License-Identifier: MIT */
/*
 * Byte order. Compilers mostly replace these calls by an instruction, so that only
 * (htons)(x), a call through a pointer, or code without optimisation comes here.
 */
#include "harness/calls/args.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/convert.h"

static void end_number(struct call *call, uint32_t result)
{
	if (call->record == NULL)
		return;
	text_hex(calls_result(call), result);
	calls_end_text(call, 0);
}

uint16_t wrap_htons(uint16_t value)
{
	struct call call;
	uint16_t result;

	calls_begin(&call, "htons");
	arg_hex(&call, "hostshort", value);
	REAL_CALL(call, result, htons, value);
	result = (uint16_t)deviate_order(&call, result, value);
	end_number(&call, result);
	return result;
}

uint32_t wrap_htonl(uint32_t value)
{
	struct call call;
	uint32_t result;

	calls_begin(&call, "htonl");
	arg_hex(&call, "hostlong", value);
	REAL_CALL(call, result, htonl, value);
	result = deviate_order(&call, result, value);
	end_number(&call, result);
	return result;
}

uint16_t wrap_ntohs(uint16_t value)
{
	struct call call;
	uint16_t result;

	calls_begin(&call, "ntohs");
	arg_hex(&call, "netshort", value);
	REAL_CALL(call, result, ntohs, value);
	result = (uint16_t)deviate_order(&call, result, value);
	end_number(&call, result);
	return result;
}

uint32_t wrap_ntohl(uint32_t value)
{
	struct call call;
	uint32_t result;

	calls_begin(&call, "ntohl");
	arg_hex(&call, "netlong", value);
	REAL_CALL(call, result, ntohl, value);
	result = deviate_order(&call, result, value);
	end_number(&call, result);
	return result;
}
