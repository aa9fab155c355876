/* SPDX-License-Identifier: MIT */
#include "harness/known/history.h"

#include <stdio.h>
#include <string.h>

#include "harness/known/version.h"

const char *history_since(const struct run_item *item)
{
	const char *of_case = item->test->since;
	const char *of_row = item->variant != NULL ? item->variant->since : NULL;

	if (of_case == NULL || of_row == NULL)
		return of_case != NULL ? of_case : of_row;
	return version_compare(of_row, of_case) < 0 ? of_case : of_row;
}

const char *history_removed(const struct run_item *item)
{
	const char *of_case = item->test->removed;
	const char *of_row = item->variant != NULL ? item->variant->removed : NULL;

	if (of_case == NULL || of_row == NULL)
		return of_case != NULL ? of_case : of_row;
	return version_compare(of_row, of_case) > 0 ? of_case : of_row;
}

bool history_excludes(const struct run_item *item, const struct platform *platform, char *text,
		      size_t size)
{
	const char *since = history_since(item), *removed = history_removed(item);

	if (strcmp(platform->kernel, "Linux") != 0)
		return false;
	if (since != NULL && version_compare(platform->uname.release, since) < 0)
		snprintf(text, size, "since Linux %s", since);
	else if (removed != NULL && version_compare(platform->uname.release, removed) >= 0)
		snprintf(text, size, "until Linux %s", removed);
	else
		return false;
	return true;
}

const char *history_fault(const char *since, const char *removed)
{
	if (since != NULL && !version_is_valid(since))
		return "\"since\" is no version";
	if (removed != NULL && !version_is_valid(removed))
		return "\"removed\" is no version";
	if (since != NULL && removed != NULL && version_compare(removed, since) <= 0)
		return "removed before it came";
	return NULL;
}
