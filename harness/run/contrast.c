/* SPDX-License-Identifier: MIT */
#include "harness/run/contrast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/run/source.h"
#include "harness/run/timeline.h"

/* One run of the case, kept beyond the schedule's callback. */
struct side {
	struct outcome *outcome;
	enum verdict verdict;
	char reason[512];
};

static void keep(const struct run_result *result, void *context)
{
	struct side *side = context;

	side->verdict = result->verdict;
	snprintf(side->reason, sizeof(side->reason), "%s", result->reason);
	if (result->outcome != NULL)
		memcpy(side->outcome, result->outcome, sizeof(*side->outcome));
}

static bool run_once(const struct schedule *schedule, const struct run_item *item,
		     struct side *side)
{
	struct schedule one = *schedule;
	struct run_footer footer;

	one.items = item;
	one.count = 1;
	one.capture = false;
	one.record_calls = true;
	one.result = keep;
	one.context = side;
	memset(side->outcome, 0, sizeof(*side->outcome));
	footer = schedule_run(&one);
	return !footer.interrupted;
}

static uint32_t calls_of(const struct outcome *o)
{
	return o->calls_used < OUTCOME_MAX_CALLS ? o->calls_used : OUTCOME_MAX_CALLS;
}

/* Call number `n` of those at `line`; NULL when there are fewer. */
static const struct call_record *call_at(const struct outcome *o, int line, uint32_t n)
{
	for (uint32_t i = 0; i < calls_of(o); i++) {
		const struct call_record *c = &o->calls[i];

		if (c->name != NULL && c->line == line && n-- == 0)
			return c;
	}
	return NULL;
}

/* Ports and times differ between any two runs: only what was called and came back counts. */
static bool same_call(const struct outcome *a, const struct call_record *x, const struct outcome *b,
		      const struct call_record *y)
{
	return x != NULL && y != NULL && !y->deviated && strcmp(x->name, y->name) == 0 &&
	       x->error == y->error && x->returned == y->returned &&
	       strcmp(outcome_string(a, x->result), outcome_string(b, y->result)) == 0;
}

static bool same_line(const struct outcome *a, const struct outcome *b, int line)
{
	for (uint32_t n = 0;; n++) {
		const struct call_record *x = call_at(a, line, n), *y = call_at(b, line, n);

		if (x == NULL && y == NULL)
			return true;
		if (!same_call(a, x, b, y))
			return false;
	}
}

static void print_calls(const struct outcome *o, int line, const char *mark)
{
	const struct call_record *c;
	uint32_t n = 0;

	while ((c = call_at(o, line, n)) != NULL) {
		printf("       %s ", mark);
		timeline_call(stdout, o, c);
		puts(c->deviated ? "   deviates" : "");
		n++;
	}
	if (n == 0)
		printf("       %s (no call)\n", mark);
}

static void print_failures(const struct outcome *o, int line)
{
	for (uint32_t i = 0; i < o->checks_used && i < OUTCOME_MAX_CHECKS; i++) {
		const struct check_record *c = &o->checks[i];

		if (!c->ok && c->file != NULL && c->line == line)
			printf("       ! expected %s, observed %s\n",
			       outcome_string(o, c->expected), outcome_string(o, c->observed));
	}
}

static void print(const struct run_item *item, const struct side *plain, const struct side *other)
{
	struct source_part part = source_of_case(item->test);
	char id[CASE_ID_SIZE];
	int line = part.first_line;

	run_item_id(item, id, sizeof(id));
	printf("%s with %s\n\nClaim:          %s\n  |  the calls as they are\n"
	       "  !  the same with the deviation\n\n%s\n",
	       id, item->deviation, item->test->claim, item->test->file);
	for (const char *p = part.text; p < part.text + part.length; line++) {
		size_t length = strcspn(p, "\n");
		bool same = same_line(plain->outcome, other->outcome, line);

		printf("%5d  %.*s\n", line, (int)length, p);
		if (!same || call_at(plain->outcome, line, 0) != NULL)
			print_calls(plain->outcome, line, "|");
		if (!same)
			print_calls(other->outcome, line, "!");
		print_failures(other->outcome, line);
		p += length + 1;
	}
	printf("\nAs it is:            %s %s\nWith the deviation:  %s %s\n\n",
	       verdict_name(plain->verdict), plain->reason, verdict_name(other->verdict),
	       other->reason);
}

int contrast_print(const struct schedule *schedule)
{
	struct side plain = {.outcome = outcome_new()}, other = {.outcome = outcome_new()};
	const char *name = schedule->items[0].deviation;

	if (plain.outcome == NULL || other.outcome == NULL) {
		perror("sockatlas");
		return 2;
	}
	for (size_t i = 0; i < schedule->count; i++) {
		struct run_item item = schedule->items[i];

		if (!run_once(schedule, &item, &other))
			return 2;
		if (other.outcome->deviated == 0)
			continue;
		item.deviation = NULL;
		if (!run_once(schedule, &item, &plain))
			return 2;
		print(&schedule->items[i], &plain, &other);
		return fflush(stdout) == 0 ? 0 : 2;
	}
	fprintf(stderr,
		"sockatlas: no call of these cases goes wrong as %s says (deviations --list names "
		"what can)\n",
		name);
	return 2;
}
