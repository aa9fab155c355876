/* SPDX-License-Identifier: MIT */
#include "harness/run/body.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "harness/calls/record.h"
#include "harness/calls/site.h"
#include "harness/deviate/deviate.h"
#include "harness/kit.h"
#include "harness/sandbox/descriptors.h"

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int body_prepare(void)
{
	struct rlimit files = {1024, 4096}, no_core = {0, 0};
	int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (nothing >= 0) {
		dup2(nothing, STDIN_FILENO);
		close(nothing);
	}

	umask(022);
	signal(SIGPIPE, SIG_DFL);
	setrlimit(RLIMIT_NOFILE, &files);
	setrlimit(RLIMIT_CORE, &no_core);
	clearenv();
	setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("LC_ALL", "C", 1);
	setenv("TZ", "UTC", 1);
	CU_set_error_action(CUEA_IGNORE);
	return CU_initialize_registry() == CUE_SUCCESS ? 0 : -1;
}

static void enter_case(int output)
{
	sigset_t none;

	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (chdir("/tmp") != 0)
		_exit(1);
	dup2(output, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	descriptors_clean();
	setvbuf(stdout, NULL, _IONBF, 0);
}

/* The failures that CUnit counted and no expectation wrote down: a suite's own CU_ASSERT. */
static void keep_cunit_failures(struct outcome *o)
{
	for (CU_pFailureRecord f = CU_get_failure_list(); f != NULL; f = f->pNext) {
		uint32_t used = o->checks_used;
		bool known = false;

		for (uint32_t i = 0; i < used && i < OUTCOME_MAX_CHECKS; i++) {
			const struct check_record *c = &o->checks[i];

			known = known || (!c->ok && c->line == (int)f->uiLineNumber);
		}
		if (!known && f->strCondition != NULL)
			outcome_check(false, false, "", (int)f->uiLineNumber, f->strCondition,
				      "true", "false");
	}
}

void body_run(const struct worker_task *task, int finished)
{
	struct outcome *o = task->outcome;
	CU_pSuite suite;
	CU_pTest test;

	finished = descriptor_hide(finished);
	enter_case(task->output);
	o->worker_pid = getpid();
	case_set_row(task->item.variant);
	kit_soon_ms = task->soon_ms;
	if ((suite = CU_add_suite(task->item.test->file, NULL, NULL)) == NULL ||
	    (test = CU_add_test(suite, task->item.test->name, task->item.test->body)) == NULL) {
		o->trouble = outcome_textf("CUnit: %s", CU_get_error_msg());
		_exit(1);
	}
	o->epoch_realtime_ns = clock_ns(CLOCK_REALTIME);
	o->epoch_monotonic_ns = clock_ns(CLOCK_MONOTONIC);
	o->stage = STAGE_BODY;
	calls_site = (struct call_site){0};
	if (task->item.deviation != NULL)
		deviation_activate(task->item.deviation);
	else if (task->survey)
		deviation_survey();
	if (task->record_calls)
		calls_resume();
	CU_run_test(suite, test);
	/* A process that the case forked, and that ran on to here, is not the case. */
	if (getpid() != o->worker_pid)
		_exit(0);
	if (task->record_calls)
		calls_pause();
	o->end_monotonic_ns = clock_ns(CLOCK_MONOTONIC);
	keep_cunit_failures(o);
	o->stage = STAGE_DONE;
	if (write(finished, "", 1) < 0)
		_exit(1);
	_exit(0);
}
