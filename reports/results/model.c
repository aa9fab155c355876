/* SPDX-License-Identifier: MIT */
#include "reports/results/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"

const char *verdict_word(enum verdict verdict)
{
	static const char *const names[VERDICTS] = {
		[VERDICT_PASS] = "pass",       [VERDICT_FAIL] = "fail",	  [VERDICT_SKIP] = "skip",
		[VERDICT_KNOWN] = "known",     [VERDICT_FIXED] = "fixed", [VERDICT_ERROR] = "error",
		[VERDICT_TIMEOUT] = "timeout", [VERDICT_CRASH] = "crash",
	};

	return names[verdict];
}

bool verdict_is_good(enum verdict verdict)
{
	return verdict == VERDICT_PASS || verdict == VERDICT_SKIP || verdict == VERDICT_KNOWN;
}

const char *level_word(enum level level)
{
	static const char *const names[LEVELS] = {
		[LEVEL_NONE] = "",	 [LEVEL_POSIX] = "POSIX", [LEVEL_RFC] = "RFC",
		[LEVEL_LINUX] = "LINUX", [LEVEL_ABI] = "ABI",	  [LEVEL_OBSERVED] = "OBSERVED",
	};

	return names[level];
}

const char *run_source(const struct run *run, const char *file)
{
	size_t i;

	return strmap_find(&run->source_map, file, &i) ? run->sources[i].text : NULL;
}

const struct test_case *run_case(const struct run *run, const char *id)
{
	size_t i;

	return strmap_find(&run->case_map, id, &i) ? &run->cases[i] : NULL;
}

const struct test_case *run_case_of(const struct run *run, const char *id)
{
	const struct test_case *info = run_case(run, id);
	char *whole, *slash;

	if (info != NULL)
		return info;
	whole = strdup(id);
	while (whole != NULL && info == NULL && (slash = strrchr(whole, '/')) != NULL) {
		*slash = 0;
		info = run_case(run, whole);
	}
	free(whole);
	return info;
}

const struct result *run_result(const struct run *run, const char *id)
{
	size_t i;

	return strmap_find(&run->result_map, id, &i) ? &run->results[i] : NULL;
}

char *run_command(const struct run *run, const char *id)
{
	const char *name = run != NULL ? run->header.deviation : "";
	char *word = shell_word(id), *deviation = shell_word(name);
	size_t size = strlen(word) + strlen(deviation) + sizeof("sockatlas run --deviate  ");
	char *command = memory_get(size, 1);

	if (name[0] != 0)
		snprintf(command, size, "sockatlas run --deviate %s %s", deviation, word);
	else
		snprintf(command, size, "sockatlas run %s", word);
	free(word);
	free(deviation);
	return command;
}

void run_free(struct run *run)
{
	if (run == NULL)
		return;
	free(run->sources);
	free(run->cases);
	free(run->results);
	free(run->deviations);
	strmap_free(&run->source_map);
	strmap_free(&run->case_map);
	strmap_free(&run->result_map);
	strmap_free(&run->deviation_map);
	arena_free(&run->arena);
	free(run);
}
