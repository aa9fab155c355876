/* SPDX-License-Identifier: MIT */
#include "harness/deviate/interface.h"

#include <errno.h>
#include <string.h>

#include "harness/deviate/memory.h"
#include "harness/deviate/result.h"

unsigned int deviate_index(struct call *call, unsigned int result)
{
	if (deviation_mode == DEVIATION_OFF)
		return result;
	if (result == 0)
		return deviate_error(call, -1) == 0 ? 1 : 0;
	if (deviate(call, "missing", "result")) {
		call->saved_errno = ENODEV;
		return 0;
	}
	return (unsigned int)deviate_number(call, "result", result);
}

void deviate_name_index(const struct call *call, struct if_nameindex *list)
{
	static const struct kept nothing = {.size = 0};
	size_t count = 0;

	if (deviation_mode == DEVIATION_OFF || call->record == NULL || list == NULL)
		return;
	for (; list[count].if_index != 0; count++)
		deviate_text(call, "if_name", &nothing, list[count].if_name);
	for (size_t i = 0; i < count; i++)
		list[i].if_index = (unsigned int)deviate_number(call, "if_index", list[i].if_index);
	if (count > 1 && deviate(call, "clamped", "result"))
		list[1] = (struct if_nameindex){0, NULL};
}
