/* SPDX-License-Identifier: MIT */
#include "harness/deviate/deviate.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "harness/run/outcome.h"

enum deviation_mode deviation_mode;

static const char *active;

bool deviation_is_name(const char *name)
{
	unsigned int colons = 0;

	for (const char *p = name; *p != '\0'; p++) {
		if (!isgraph((unsigned char)*p))
			return false;
		/* No part is empty. */
		if (*p == ':' && (p == name || p[-1] == ':' || p[1] == '\0'))
			return false;
		colons += *p == ':';
	}
	return colons == 2 && strlen(name) < DEVIATION_NAME_SIZE;
}

void deviation_activate(const char *name)
{
	active = name;
	deviation_mode = DEVIATION_ACTIVE;
}

void deviation_survey(void)
{
	deviation_mode = DEVIATION_SURVEY;
}

void deviation_acted(const struct call *call)
{
	call->record->deviated = true;
	if (outcome_current != NULL)
		__atomic_fetch_add(&outcome_current->deviated, 1, __ATOMIC_RELAXED);
}

bool deviation_asked(const struct call *call, const char *how, const char *format, ...)
{
	char subject[DEVIATION_NAME_SIZE], name[DEVIATION_NAME_SIZE];
	va_list arguments;
	int length;

	va_start(arguments, format);
	vsnprintf(subject, sizeof(subject), format, arguments);
	va_end(arguments);
	length = snprintf(name, sizeof(name), "%s:%s:%s", call->name, subject, how);
	if (length < 0 || (size_t)length >= sizeof(name))
		return false;
	if (deviation_mode == DEVIATION_SURVEY) {
		outcome_offer(name);
		return false;
	}
	if (strcmp(name, active) != 0)
		return false;
	deviation_acted(call);
	return true;
}

bool deviation_wanted(const struct call *call, const char *how, const char *subject)
{
	char name[DEVIATION_NAME_SIZE];

	if (deviation_mode != DEVIATION_ACTIVE || call->record == NULL)
		return false;
	snprintf(name, sizeof(name), "%s:%s:%s", call->name, subject, how);
	return strcmp(name, active) == 0;
}

void deviation_offer(const struct call *call, const char *how, const char *subject)
{
	if (deviation_mode == DEVIATION_SURVEY && call->record != NULL && subject != NULL)
		deviation_asked(call, how, "%s", subject);
}
