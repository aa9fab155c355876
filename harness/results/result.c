/* SPDX-License-Identifier: MIT */
/* The line of one result: everything that its outcome holds. */
#include <string.h>

#include "harness/known/history.h"
#include "harness/known/judge.h"

#include "harness/names/names.h"
#include "harness/results/json.h"
#include "harness/results/packets.h"
#include "harness/results/writer.h"

static uint32_t at_most(uint32_t used, uint32_t limit)
{
	return used < limit ? used : limit;
}

static void write_checks(struct json *j, const struct outcome *o)
{
	uint32_t count = at_most(o->checks_used, OUTCOME_MAX_CHECKS);

	json_open(j, "checks", '[');
	for (uint32_t i = 0; i < count; i++) {
		const struct check_record *c = &o->checks[i];

		if (c->file == NULL)
			continue;
		json_open(j, NULL, '{');
		json_put_bool(j, "ok", c->ok);
		json_put_bool(j, "setup", c->setup);
		json_put_string(j, "file", c->file);
		json_put_integer(j, "line", c->line);
		json_put_string(j, "text", outcome_string(o, c->text));
		json_put_string(j, "expected", outcome_string(o, c->expected));
		json_put_string(j, "observed", outcome_string(o, c->observed));
		json_close(j, '}');
	}
	json_close(j, ']');
	json_put_integer(j, "checks_left_out", o->checks_used - count);
}

static void write_observations(struct json *j, const struct outcome *o)
{
	uint32_t count = at_most(o->observations_used, OUTCOME_MAX_OBSERVATIONS);

	json_open(j, "observations", '[');
	for (uint32_t i = 0; i < count; i++) {
		json_open(j, NULL, '{');
		json_put_string(j, "name", outcome_string(o, o->observations[i].name));
		json_put_string(j, "value", outcome_string(o, o->observations[i].value));
		json_put_string(j, "file", o->observations[i].file);
		json_put_integer(j, "line", o->observations[i].line);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* The end of one string of an argument list; stays inside the text whatever it holds. */
static const char *after(const struct outcome *o, const char *string)
{
	const char *end = o->text + OUTCOME_TEXT_BYTES;

	return string + strnlen(string, (size_t)(end - string)) + (string < end);
}

static bool list_has(const struct outcome *o, text_ref list, const char *name)
{
	const char *end = o->text + OUTCOME_TEXT_BYTES;

	for (const char *p = outcome_string(o, list); p < end && *p != '\0';
	     p = after(o, after(o, p))) {
		if (strcmp(p, name) == 0)
			return true;
	}
	return false;
}

/* The list's arguments, without those that `except` has too. */
static void write_arguments(struct json *j, const struct outcome *o, text_ref list, text_ref except)
{
	const char *end = o->text + OUTCOME_TEXT_BYTES - 2;

	if (list == 0)
		return;
	for (const char *p = outcome_string(o, list); p < end && *p != '\0';
	     p = after(o, after(o, p))) {
		if (except != 0 && list_has(o, except, p))
			continue;
		json_open(j, NULL, '[');
		json_put_string(j, NULL, p);
		json_put_string(j, NULL, after(o, p));
		json_close(j, ']');
	}
}

static void write_call(struct json *j, const struct outcome *o, const struct call_record *c)
{
	const char *error = c->error != 0 ? names_errno(c->error) : NULL;

	json_open(j, NULL, '{');
	json_put_string(j, "call", c->name);
	json_put_integer(j, "pid", c->pid);
	json_put_integer(j, "tid", c->tid);
	json_put_string(j, "file", c->file);
	json_put_integer(j, "line", c->line);
	json_open(j, "args", '[');
	write_arguments(j, o, c->in, c->out);
	write_arguments(j, o, c->out, 0);
	json_close(j, ']');
	json_put_string(j, "result", outcome_string(o, c->result));
	if (error != NULL)
		json_put_string(j, "errno", error);
	else
		json_put_null(j, "errno");
	json_put_integer(j, "t_ns", (int64_t)c->start_ns);
	json_put_integer(j, "dur_ns", (int64_t)c->duration_ns);
	json_put_bool(j, "returned", c->returned);
	if (c->deviated)
		json_put_bool(j, "deviated", true);
	json_close(j, '}');
}

static void write_calls(struct json *j, const struct outcome *o)
{
	uint32_t count = at_most(o->calls_used, OUTCOME_MAX_CALLS);

	json_open(j, "calls", '[');
	for (uint32_t i = 0; i < count; i++) {
		if (o->calls[i].name != NULL)
			write_call(j, o, &o->calls[i]);
	}
	json_close(j, ']');
	json_put_integer(j, "calls_left_out", o->calls_used - count);
}

/* What was expected to go wrong, and who says so. */
static void write_known(struct json *j, const struct known_judgement *known)
{
	json_open(j, "known", '{');
	json_put_string(j, "verdict", verdict_name(known->was));
	json_put_string(j, "reason", known->reason);
	json_put_string(j, "why", known->why);
	json_put_string(j, "source", known->source);
	json_put_string(j, "entry", known->entry);
	json_close(j, '}');
}

void results_result(FILE *file, const struct run_result *result)
{
	static const struct outcome nothing;
	const struct outcome *o = result->outcome ? result->outcome : &nothing;
	const struct run_item *item = result->item;
	struct json j = {file, false};
	char id[CASE_ID_SIZE];

	json_open(&j, NULL, '{');
	json_put_string(&j, "type", "result");
	run_item_id(item, id, sizeof(id));
	json_put_string(&j, "id", id);
	case_id(item->test, id, sizeof(id));
	json_put_string(&j, "case", id);
	json_put_string(&j, "variant", item->variant ? item->variant->name : "");
	json_put_string(&j, "level", case_level_name(item->test->level));
	json_put_string(&j, "verdict", verdict_name(result->verdict));
	json_put_string(&j, "reason", result->reason);
	if (result->known != NULL)
		write_known(&j, result->known);
	json_put_string(&j, "need", result->need);
	if (history_since(item) != NULL)
		json_put_string(&j, "since", history_since(item));
	if (history_removed(item) != NULL)
		json_put_string(&j, "removed", history_removed(item));
	json_put_string(&j, "signal", result->signal_name);
	json_put_integer(&j, "start_us", result->start_us);
	json_put_integer(&j, "setup_us", result->setup_us);
	json_put_integer(&j, "duration_us", result->duration_us);
	write_checks(&j, o);
	write_observations(&j, o);
	write_calls(&j, o);
	results_packets(&j, o);
	json_put_string(&j, "output", outcome_string(o, o->output));
	json_close(&j, '}');
	putc('\n', file);
}
