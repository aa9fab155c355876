/* SPDX-License-Identifier: MIT */
#include "suites/socket/option_privilege.h"

#include <stdio.h>

#include "harness/expect.h"

void need_first_user_namespace(void)
{
	unsigned int inside = 1, outside = 1, count = 0;
	FILE *map = fopen("/proc/self/uid_map", "re");

	/* A kernel without user namespaces has only the first. */
	if (map == NULL)
		return;
	if (fscanf(map, "%u %u %u", &inside, &outside, &count) != 3)
		count = 0;
	fclose(map);
	/* user_namespaces(7): the first one maps every number to itself. */
	if (inside != 0 || outside != 0 || count != 4294967295u)
		SKIP("first user namespace", "/proc/self/uid_map starts with %u %u %u", inside,
		     outside, count);
}
