/* SPDX-License-Identifier: MIT */
#include "harness/run/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/run/timeline.h"

/* Reasons for skipping are few; what does not fit is counted together. */
enum { REASONS = 32 };

static struct terminal terminal;
static bool tty;
static unsigned int done, counts[VERDICT_COUNT], next_tenth;
static char *failures;
static size_t failures_length;
static FILE *failures_file;
static struct {
	char text[256];
	unsigned int count;
} reasons[REASONS];

void terminal_start(const struct terminal *t)
{
	terminal = *t;
	tty = isatty(STDERR_FILENO) && !t->verbose;
	failures_file = open_memstream(&failures, &failures_length);
}

/* How many of those that are done make the run fail. */
static unsigned int failed(void)
{
	return done - counts[VERDICT_PASS] - counts[VERDICT_SKIP] - counts[VERDICT_KNOWN];
}

static void progress(const char *id)
{
	if (terminal.quiet || terminal.verbose)
		return;
	if (tty) {
		fprintf(stderr, "\r\033[K[%u/%u] %u failed  %.50s", done, terminal.total, failed(),
			id);
		if (done == terminal.total)
			fputs("\r\033[K", stderr);
		return;
	}
	if (done * 10 / terminal.total > next_tenth || done == terminal.total) {
		next_tenth = done * 10 / terminal.total;
		fprintf(stderr, "[%u/%u] %u passed, %u skipped, %u failed\n", done, terminal.total,
			counts[VERDICT_PASS], counts[VERDICT_SKIP], failed());
	}
}

static void count_reason(const struct run_result *result)
{
	char text[256];

	snprintf(text, sizeof(text), "%s: %s", result->need, result->reason);
	for (int i = 0; i < REASONS; i++) {
		if (reasons[i].count == 0)
			snprintf(reasons[i].text, sizeof(reasons[i].text), "%s",
				 i == REASONS - 1 ? "other reasons" : text);
		if (i == REASONS - 1 || strcmp(reasons[i].text, text) == 0) {
			reasons[i].count++;
			return;
		}
	}
}

static void write_check(FILE *file, const struct outcome *o, const struct check_record *c)
{
	fprintf(file, "  %s:%d: %s\n    expected  %s\n    observed  %s\n", c->file, c->line,
		outcome_string(o, c->text), outcome_string(o, c->expected),
		outcome_string(o, c->observed));
}

static void write_failure(FILE *file, const struct run_result *result)
{
	const struct outcome *o = result->outcome;
	char id[CASE_ID_SIZE];

	run_item_id(result->item, id, sizeof(id));
	fprintf(file, "\n%s %s\n  claim: %s\n", verdict_name(result->verdict), id,
		result->item->test->claim);
	if (result->reason[0] != '\0')
		fprintf(file, "  reason: %s%s%s\n", result->need, result->need[0] ? ": " : "",
			result->reason);
	for (uint32_t i = 0; o != NULL && i < o->checks_used && i < OUTCOME_MAX_CHECKS; i++) {
		if (!o->checks[i].ok && o->checks[i].file != NULL)
			write_check(file, o, &o->checks[i]);
	}
	fprintf(file, "  again: %s run -v '%s'\n", terminal.program, id);
}

void terminal_result(const struct run_result *result)
{
	char id[CASE_ID_SIZE];

	done++;
	counts[result->verdict]++;
	run_item_id(result->item, id, sizeof(id));
	if (terminal.verbose) {
		fprintf(stderr, "%s %s%s%s\n", verdict_name(result->verdict), id,
			result->reason[0] ? ": " : "", result->reason);
		if (result->outcome != NULL)
			timeline_write(stderr, result->outcome);
	}
	if (result->verdict == VERDICT_SKIP)
		count_reason(result);
	else if (result->verdict != VERDICT_PASS && result->verdict != VERDICT_KNOWN &&
		 failures_file != NULL)
		write_failure(failures_file, result);
	progress(id);
}

void terminal_summary(const struct run_footer *footer)
{
	static const char *const words[VERDICT_COUNT] = {"passed",    "failed", "skipped",
							 "known",     "fixed",	"in error",
							 "timed out", "crashed"};

	if (failures_file != NULL) {
		fclose(failures_file);
		fwrite(failures, 1, failures_length, stderr);
		free(failures);
		failures_file = NULL;
	}
	if (!terminal.quiet) {
		for (int i = 0; i < REASONS && reasons[i].count > 0; i++)
			fprintf(stderr, "%s%u skipped: %s\n", i == 0 ? "\n" : "", reasons[i].count,
				reasons[i].text);
	}
	fprintf(stderr, "\n%s%u of %u run in %.2f s:", footer->interrupted ? "interrupted; " : "",
		done, terminal.total, (double)footer->duration_us / 1e6);
	for (int i = 0; i < VERDICT_COUNT; i++) {
		if (footer->counts[i] > 0 || i == VERDICT_PASS || i == VERDICT_FAIL)
			fprintf(stderr, "%s %u %s", i == 0 ? "" : ",", footer->counts[i], words[i]);
	}
	fputc('\n', stderr);
}
