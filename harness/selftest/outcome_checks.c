/* SPDX-License-Identifier: MIT */
/* Checks beyond the places of an outcome. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

SELFTEST(the_first_check_that_fails_has_a_place)
{
	const struct check_record *last;

	recording_start();
	last = &outcome_current->checks[OUTCOME_MAX_CHECKS - 1];
	for (int i = 0; i <= OUTCOME_MAX_CHECKS; i++)
		outcome_check(true, false, "a.c", 1, "a", "1", "1");
	CU_ASSERT_TRUE(last->ok);

	outcome_check(false, false, "a.c", 2, "b", "1", "2");
	outcome_check(false, false, "a.c", 3, "c", "1", "3");
	CU_ASSERT_FALSE(last->ok);
	CU_ASSERT_EQUAL(last->line, 2);
	CU_ASSERT_TRUE(same(outcome_string(outcome_current, last->observed), "2"));
	CU_ASSERT_EQUAL(outcome_current->checks_used, OUTCOME_MAX_CHECKS + 3);
	CU_ASSERT_EQUAL(outcome_current->checks_failed, 2);
	recording_stop();
}
