/* SPDX-License-Identifier: MIT */
/*
 * Runs the project's own tests: every SELFTEST of the program, a CUnit suite a
 * file. An argument selects the tests whose "file:name" contains it.
 * Ends with a line that counts them; exit status 1 when one failed or none ran.
 */
#include "harness/selftest/selftest.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct selftest *const __start_sockatlas_selftests[];
extern const struct selftest *const __stop_sockatlas_selftests[];

static int skipped;
static const char *skip_reason;

void selftest_skip(const char *reason)
{
	skip_reason = reason;
}

static void finished(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord failures)
{
	const char *word = "pass";

	if (failures != NULL)
		word = "FAIL";
	else if (skip_reason != NULL)
		word = "skip";
	printf("%s %s: %s%s%s\n", word, suite->pName, test->pName, skip_reason ? ": " : "",
	       skip_reason ? skip_reason : "");
	for (CU_pFailureRecord f = failures; f != NULL; f = f->pNext) {
		if (f->pTest == test)
			printf("     %s:%u: %s\n", f->strFileName, f->uiLineNumber,
			       f->strCondition);
	}
	skipped += failures == NULL && skip_reason != NULL;
	skip_reason = NULL;
	fflush(stdout);
}

static CU_pSuite suite_for(const char *file)
{
	CU_pSuite suite = CU_get_suite(file);

	return suite != NULL ? suite : CU_add_suite(file, NULL, NULL);
}

int main(int argc, char **argv)
{
	size_t count = (size_t)(__stop_sockatlas_selftests - __start_sockatlas_selftests);
	unsigned int run, failed;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (CU_initialize_registry() != CUE_SUCCESS)
		return 2;
	for (size_t i = 0; i < count; i++) {
		const struct selftest *t = __start_sockatlas_selftests[i];
		char name[512];
		CU_pSuite suite;

		snprintf(name, sizeof(name), "%s:%s", t->file, t->name);
		if (argc > 1 && strstr(name, argv[1]) == NULL)
			continue;
		suite = suite_for(t->file);
		if (suite == NULL || CU_add_test(suite, t->name, t->body) == NULL) {
			fprintf(stderr, "selftest: %s: %s\n", name, CU_get_error_msg());
			return 2;
		}
	}
	CU_set_test_complete_handler(finished);
	CU_run_all_tests();
	run = CU_get_number_of_tests_run();
	failed = CU_get_number_of_tests_failed();
	CU_cleanup_registry();
	printf("selftest: %u passed, %u failed, %d skipped\n", run - failed - (unsigned)skipped,
	       failed, skipped);
	return failed != 0 || run == 0;
}
