/* SPDX-License-Identifier: MIT */
/* libFuzzer target: the readers of results and deviations files, and what is made of them. */
#include <stdint.h>
#include <stdio.h>

#include "reports/coverage/measure.h"
#include "reports/deviations/findings.h"
#include "reports/results/merge.h"
#include "reports/results/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the run shows, of the catalogue inside the program. */
static void look(struct run *const *runs)
{
	static struct catalogue catalogue;
	static bool loaded;
	struct measure measure;
	char error[512];

	if (!loaded && !catalogue_read(&catalogue, NULL, error, sizeof(error)))
		__builtin_trap();
	loaded = true;
	measure_begin(&measure, &catalogue);
	measure_runs(&measure, runs, 2);
	measure_end(&measure);
}

static void fuzz_deviations(const uint8_t *data, size_t size)
{
	FILE *in = fmemopen((void *)(uintptr_t)data, size, "r");
	char error[512] = "";
	struct findings findings;
	struct run *run;

	if (in == NULL)
		return;
	run = deviations_read_stream(in, "input", NULL, error, sizeof(error));
	fclose(in);
	if ((run == NULL) != (error[0] != '\0'))
		__builtin_trap();
	if (run == NULL)
		return;
	findings_collect(&findings, &run, 1);
	for (size_t i = 0; i < findings.count; i++) {
		/* A survivor was tried somewhere. */
		if (findings.items[i].fate == FATE_SURVIVED &&
		    finding_candidate(&findings.items[i]) == NULL)
			__builtin_trap();
	}
	findings_free(&findings);
	run_free(run);
}

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
		look(runs);
		run_free(runs[0]);
	}
	fuzz_deviations(data, size);
	return 0;
}
