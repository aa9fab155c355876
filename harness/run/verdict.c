/* SPDX-License-Identifier: MIT */
#include "harness/run/verdict.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "harness/names/names.h"
#include "harness/probe/probe.h"

/* "in recv() at suites/x.c:12", the call that had not returned; or the last line seen. */
static void describe_last_call(const struct outcome *o, char *text, size_t size)
{
	uint32_t used = o->calls_used < OUTCOME_MAX_CALLS ? o->calls_used : OUTCOME_MAX_CALLS;
	const struct call_record *last = NULL;

	for (uint32_t i = 0; i < used; i++) {
		if (o->calls[i].name != NULL && (last == NULL || !o->calls[i].returned))
			last = &o->calls[i];
	}
	if (last != NULL && last->returned && used > 0 && o->calls[used - 1].name != NULL)
		last = &o->calls[used - 1];
	if (last == NULL)
		snprintf(text, size, "before any recorded call");
	else
		snprintf(text, size, "%s %s() at %s:%d", last->returned ? "after" : "in",
			 last->name, last->file ? last->file : "?", last->line);
}

static enum verdict judge_end(const struct outcome *o, char *reason, size_t size, char *signal_name)
{
	char where[256];

	describe_last_call(o, where, sizeof(where));
	if (o->timed_out) {
		snprintf(reason, size, "the deadline passed %s", where);
		return VERDICT_TIMEOUT;
	}
	if (o->reaped && WIFSIGNALED(o->wait_status)) {
		const char *name = names_signal(WTERMSIG(o->wait_status));

		snprintf(signal_name, 16, "%s", name ? name : "signal");
		snprintf(reason, size, "%s (%s) %s", signal_name,
			 strsignal(WTERMSIG(o->wait_status)), where);
		return VERDICT_CRASH;
	}
	if (o->reaped)
		snprintf(reason, size, "the case's process left with status %d %s",
			 WEXITSTATUS(o->wait_status), where);
	else
		snprintf(reason, size, "the sandbox ended %s", where);
	return VERDICT_CRASH;
}

/* A case that skips says that it cannot run here; a probe may know better. */
static enum verdict judge_skip(const struct outcome *o, char *reason, size_t size)
{
	const char *need = outcome_string(o, o->skip_need);
	const struct probe_result *found = probe_result(need);

	if (found != NULL && found->ok) {
		snprintf(reason, size, "skipped for want of \"%s\", which is there (%s): %s", need,
			 found->probe->what, outcome_string(o, o->skip_reason));
		return VERDICT_FAIL;
	}
	snprintf(reason, size, "%s", outcome_string(o, o->skip_reason));
	return VERDICT_SKIP;
}

/* A case that checked nothing, or nothing of this platform, has shown nothing. */
static enum verdict judge_content(const struct test_case *test, const struct outcome *o,
				  bool calls_recorded, char *reason, size_t size)
{
	if (o->checks_used == 0 && o->observations_used == 0)
		snprintf(reason, size, "vacuous: the case made no check");
	else if (calls_recorded && !test->computes && o->calls_used == 0)
		snprintf(reason, size, "vacuous: the case made no call");
	else if (test->computes && o->calls_used > 0)
		snprintf(reason, size, "the case says that it only computes, but made calls (%u)",
			 (unsigned int)o->calls_used);
	else
		return VERDICT_PASS;
	return VERDICT_ERROR;
}

enum verdict verdict_of(const struct test_case *test, const struct outcome *o, bool calls_recorded,
			char *reason, size_t size, char *signal_name)
{
	reason[0] = signal_name[0] = '\0';
	if (o->trouble != 0) {
		snprintf(reason, size, "%s", outcome_string(o, o->trouble));
		return VERDICT_ERROR;
	}
	if (o->skipped && o->stage == STAGE_SANDBOX)
		return judge_skip(o, reason, size);
	if (o->stage < STAGE_BODY) {
		snprintf(reason, size, "the sandbox ended before the case began");
		return VERDICT_ERROR;
	}
	/* How a case that was not prepared went on says nothing about its claim. */
	if (o->setup_failed > 0) {
		snprintf(reason, size, "a setup step failed");
		return VERDICT_ERROR;
	}
	if (o->stage != STAGE_DONE)
		return judge_end(o, reason, size, signal_name);
	if (o->checks_failed > 0)
		return VERDICT_FAIL;
	if (o->skipped)
		return judge_skip(o, reason, size);
	return judge_content(test, o, calls_recorded, reason, size);
}

int verdict_exit_status(const unsigned int counts[VERDICT_COUNT])
{
	unsigned int ran = 0;

	for (int i = 0; i < VERDICT_COUNT; i++)
		ran += i == VERDICT_SKIP ? 0 : counts[i];
	if (ran == 0 || counts[VERDICT_ERROR] > 0)
		return 2;
	return counts[VERDICT_FAIL] + counts[VERDICT_FIXED] + counts[VERDICT_TIMEOUT] +
		       counts[VERDICT_CRASH] >
	       0;
}
