/* SPDX-License-Identifier: MIT */
#include "harness/run/verdict.h"

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {"pass",  "fail",  "skip",	 "known",
					    "fixed", "error", "timeout", "crash"};

	return names[verdict];
}
