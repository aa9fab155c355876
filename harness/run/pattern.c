/* SPDX-License-Identifier: MIT */
/* Patterns of ids: known differences have them as well as the command line. */
#include "harness/run/select.h"

#include <fnmatch.h>
#include <string.h>

bool select_matches(const char *pattern, const char *id)
{
	size_t length = strlen(pattern);

	while (length > 0 && pattern[length - 1] == '/')
		length--;
	if (strncmp(pattern, id, length) == 0 && (id[length] == '\0' || id[length] == '/'))
		return true;
	return fnmatch(pattern, id, 0) == 0;
}
