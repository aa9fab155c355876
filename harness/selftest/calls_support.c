/* SPDX-License-Identifier: MIT */
#include "harness/selftest/calls_support.h"

#include "harness/calls/record.h"
#include "harness/calls/show.h"
#include "harness/calls/site.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

void recording_start(void)
{
	outcome_current = outcome_new();
	calls_site = (struct call_site){NULL, 0, false};
	calls_resume();
}

void recording_stop(void)
{
	calls_pause();
	munmap(outcome_current, sizeof(*outcome_current));
	outcome_current = NULL;
}

unsigned int recorded(void)
{
	return outcome_current->calls_used;
}

const struct call_record *last_call(const char *name)
{
	unsigned int used = outcome_current->calls_used;

	if (used > OUTCOME_MAX_CALLS)
		used = OUTCOME_MAX_CALLS;
	while (used-- > 0) {
		const struct call_record *record = &outcome_current->calls[used];

		if (record->name != NULL && strcmp(record->name, name) == 0)
			return record;
	}
	return NULL;
}

static const char *in_list(text_ref list, const char *name)
{
	const char *at = outcome_string(outcome_current, list);

	while (*at != '\0') {
		const char *value = at + strlen(at) + 1;

		if (strcmp(at, name) == 0)
			return value;
		at = value + strlen(value) + 1;
	}
	return NULL;
}

const char *argument(const char *call, const char *name)
{
	const struct call_record *record = last_call(call);
	const char *value = NULL;

	if (record != NULL)
		value = in_list(record->out, name);
	if (record != NULL && value == NULL)
		value = in_list(record->in, name);
	return value != NULL ? value : "(none)";
}

const char *result_of(const char *call)
{
	const struct call_record *record = last_call(call);

	return record != NULL ? outcome_string(outcome_current, record->result) : "(none)";
}

const char *shown_address(const void *bytes, size_t length)
{
	static char buffer[1024];
	struct text t;

	text_begin(&t, buffer, sizeof(buffer));
	show_address(&t, bytes, (socklen_t)length);
	text_finish(&t);
	return buffer;
}

bool same(const char *actual, const char *expected)
{
	bool equal = strcmp(actual, expected) == 0;

	if (!equal)
		printf("     expected: %s\n     actual:   %s\n", expected, actual);
	return equal;
}

bool starts(const char *text, const char *prefix)
{
	bool does = strncmp(text, prefix, strlen(prefix)) == 0;

	if (!does)
		printf("     expected: %s...\n     actual:   %s\n", prefix, text);
	return does;
}
