/* SPDX-License-Identifier: MIT */
/* libFuzzer target: the reader of results files, and putting a run beside itself. */
#include <stdint.h>
#include <stdio.h>

#include "reports/results/merge.h"
#include "reports/results/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[512] = "";
	FILE *in = size > 0 ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	struct run *runs[2];

	if (in == NULL)
		return -1;
	runs[0] = results_read_stream(in, "input", NULL, error, sizeof(error));
	fclose(in);
	/* either a run, or a word about why not */
	if ((runs[0] == NULL) != (error[0] != '\0'))
		__builtin_trap();
	if (runs[0] != NULL) {
		struct atlas atlas;

		runs[1] = runs[0];
		atlas_merge(&atlas, runs, 2);
		atlas_free(&atlas);
		run_free(runs[0]);
	}
	return 0;
}
