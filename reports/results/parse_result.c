/* SPDX-License-Identifier: MIT */
/* Result lines. */
#include <stdlib.h>
#include <string.h>

#include "reports/results/parse.h"

static enum verdict parse_verdict(struct reading *r, const json_t *line)
{
	const char *name = member_string(r, line, "verdict", true);

	for (enum verdict v = VERDICT_PASS; v < VERDICTS; v++) {
		if (strcmp(name, verdict_word(v)) == 0)
			return v;
	}
	reading_fail(r, "\"verdict\" is none of pass, fail, skip, known, fixed, error, timeout, "
			"crash");
	return VERDICT_ERROR;
}

static void parse_check(struct reading *r, const json_t *object, void *into)
{
	struct check *c = into;

	c->ok = member_bool(r, object, "ok", false);
	c->setup = member_bool(r, object, "setup", false);
	c->file = member_string(r, object, "file", false);
	c->line = member_count(r, object, "line");
	c->text = member_string(r, object, "text", false);
	c->expected = member_string(r, object, "expected", false);
	c->observed = member_string(r, object, "observed", false);
}

static void parse_observation(struct reading *r, const json_t *object, void *into)
{
	struct observation *o = into;

	o->name = member_string(r, object, "name", true);
	o->value = member_string(r, object, "value", false);
	o->file = member_string(r, object, "file", false);
	o->line = member_count(r, object, "line");
}

/* "args": [["sockfd", "3"], ...] */
static void parse_arguments(struct reading *r, const json_t *object, struct call *c)
{
	const json_t *args = member_array(r, object, "args");

	if (json_array_size(args) == 0)
		return;
	c->arguments = arena_get(&r->run->arena, json_array_size(args), sizeof(*c->arguments));
	for (size_t i = 0; i < json_array_size(args); i++) {
		const json_t *pair = json_array_get(args, i);
		const json_t *name = json_array_get(pair, 0);
		const json_t *value = json_array_get(pair, 1);

		if (json_array_size(pair) != 2 || !json_is_string(name) || !json_is_string(value)) {
			reading_fail(r, "\"args\"[%zu] is not a pair of strings", i);
			return;
		}
		c->arguments[i].name = arena_string(&r->run->arena, json_string_value(name),
						    json_string_length(name));
		c->arguments[i].value = arena_string(&r->run->arena, json_string_value(value),
						     json_string_length(value));
		c->argument_count++;
	}
}

static void parse_call(struct reading *r, const json_t *object, void *into)
{
	struct call *c = into;

	c->name = member_string(r, object, "call", true);
	c->file = member_string(r, object, "file", false);
	c->line = member_count(r, object, "line");
	c->pid = member_count(r, object, "pid");
	c->tid = member_count(r, object, "tid");
	parse_arguments(r, object, c);
	c->result = member_string(r, object, "result", false);
	c->error = member_string(r, object, "errno", false);
	c->start_ns = (uint64_t)member_count(r, object, "t_ns");
	c->duration_ns = (uint64_t)member_count(r, object, "dur_ns");
	c->returned = member_bool(r, object, "returned", true);
	c->deviated = member_bool(r, object, "deviated", false);
}

static void parse_known(struct reading *r, const json_t *line, struct known *k)
{
	const json_t *object = member_object(r, line, "known");

	k->verdict = member_string(r, object, "verdict", object != NULL);
	k->reason = member_string(r, object, "reason", false);
	k->why = member_string(r, object, "why", object != NULL);
	k->source = member_string(r, object, "source", false);
	k->entry = member_string(r, object, "entry", false);
}

/* The id is the case's, and the variant's name behind it if it has one. */
static bool id_fits(const struct result *res)
{
	size_t length = strlen(res->case_id);

	if (strncmp(res->id, res->case_id, length) != 0)
		return false;
	if (res->variant[0] == 0)
		return res->id[length] == 0;
	return res->id[length] == '/' && strcmp(res->id + length + 1, res->variant) == 0;
}

/* A result whose case line is missing (a filtered file) gets a case that says only what it knows.
 */
static size_t case_of(struct run *run, const struct result *res)
{
	size_t i;

	if (strmap_find(&run->case_map, res->case_id, &i))
		return i;
	i = run->case_count;
	strmap_add(&run->case_map, res->case_id, i);
	run->cases = memory_grow(run->cases, &run->case_room, i + 1, sizeof(*run->cases));
	run->cases[i] = (struct test_case){
		.id = res->case_id,
		.file = "",
		.claim = "",
		.lesson = "",
		.spec = "",
		.topology = "",
		.since = "",
		.removed = "",
		.level = res->level,
	};
	run->case_count++;
	return i;
}

static int by_start(const void *a, const void *b)
{
	const struct call *x = a, *y = b;

	return x->start_ns < y->start_ns ? -1 : x->start_ns > y->start_ns;
}

void parse_result(struct reading *r, const json_t *line, size_t line_number)
{
	struct run *run = r->run;
	size_t first;
	struct result res = {
		.id = member_string(r, line, "id", true),
		.case_id = member_string(r, line, "case", true),
		.variant = member_string(r, line, "variant", false),
		.level = parse_level(r, line),
		.verdict = parse_verdict(r, line),
		.reason = member_string(r, line, "reason", false),
		.need = member_string(r, line, "need", false),
		.since = member_string(r, line, "since", false),
		.removed = member_string(r, line, "removed", false),
		.signal = member_string(r, line, "signal", false),
		.start_us = member_count(r, line, "start_us"),
		.setup_us = member_count(r, line, "setup_us"),
		.duration_us = member_count(r, line, "duration_us"),
		.checks_left_out = member_count(r, line, "checks_left_out"),
		.calls_left_out = member_count(r, line, "calls_left_out"),
		.packets_dropped = member_count(r, line, "packets_dropped"),
		.output = member_string(r, line, "output", false),
		.line = line_number,
	};

	if (r->problem[0] == 0 && !id_is_valid(res.id))
		reading_fail(r, "\"id\" is not an id: \"folder/file/name\"");
	if (r->problem[0] == 0 && !id_fits(&res))
		reading_fail(r, "\"id\" is not made of \"case\" and \"variant\"");
	res.checks = member_objects(r, line, "checks", sizeof(*res.checks), &res.check_count,
				    parse_check);
	res.observations = member_objects(r, line, "observations", sizeof(*res.observations),
					  &res.observation_count, parse_observation);
	res.calls =
		member_objects(r, line, "calls", sizeof(*res.calls), &res.call_count, parse_call);
	parse_known(r, line, &res.known);
	parse_packets(r, line, &res);
	if (r->problem[0] != 0)
		return;
	if (strmap_find(&run->result_map, res.id, &first)) {
		reading_fail(r, "the result %.100s appears twice, first in line %zu", res.id,
			     run->results[first].line);
		return;
	}
	/* Threads write their calls as they come; the reader of a run wants them by time. */
	for (size_t i = 1; i < res.call_count; i++) {
		if (by_start(&res.calls[i - 1], &res.calls[i]) > 0) {
			qsort(res.calls, res.call_count, sizeof(*res.calls), by_start);
			break;
		}
	}
	res.case_index = case_of(run, &res);
	if (res.level == LEVEL_NONE)
		res.level = run->cases[res.case_index].level;
	strmap_add(&run->result_map, res.id, run->result_count);
	run->results =
		memory_grow(run->results, &run->result_room, run->result_count + 1, sizeof(res));
	run->results[run->result_count++] = res;
	run->verdicts[res.verdict]++;
	if (!run->has_footer && res.start_us <= INT64_MAX / 4 && res.setup_us <= INT64_MAX / 4 &&
	    res.duration_us <= INT64_MAX / 4 &&
	    res.start_us + res.setup_us + res.duration_us > run->duration_us)
		run->duration_us = res.start_us + res.setup_us + res.duration_us;
}
