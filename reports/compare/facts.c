/* SPDX-License-Identifier: MIT */
#include "reports/compare/facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/compare/mask.h"

/* Adds a fact; a key that is there already gets a number: the second check of a line. */
static void add(struct facts *f, struct fact fact, bool times)
{
	const char *key = fact.key;
	char *masked = mask(fact.value, times);
	size_t first;

	while (!strmap_add(&f->map, key, f->count)) {
		strmap_find(&f->map, fact.key, &first);
		key = arena_format(&f->arena, "%s #%zu", fact.key, ++f->items[first].repeats + 1);
	}
	fact.key = key;
	fact.masked = arena_string(&f->arena, masked, strlen(masked));
	free(masked);
	f->items = memory_grow(f->items, &f->room, f->count + 1, sizeof(fact));
	f->items[f->count++] = fact;
}

/* Where something is: from the case's first line when it is in the case's file. */
static const char *place(struct facts *f, const struct test_case *c, const char *file, int64_t line)
{
	if (strcmp(file, c->file) == 0)
		return arena_format(&f->arena, "+%" PRId64, line - c->first_line);
	return arena_format(&f->arena, "%s:%" PRId64, file, line);
}

/*
 * What a check says about the platform. One that held says no more than that: its
 * values may be a port, a sequence number, a duration. Only where several outcomes
 * were allowed does it say which; one that failed says how.
 */
static const char *said_by(struct facts *f, const struct check *k)
{
	if (!k->ok)
		return arena_format(&f->arena, "failed: expected %s, observed %s", k->expected,
				    k->observed);
	return strstr(k->expected, " or ") != NULL ? k->observed : "held";
}

static void add_checks(struct facts *f, const struct result *r, const struct test_case *c)
{
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *k = &r->checks[i];
		struct fact fact = {
			.kind = FACT_CHECK,
			.key = arena_format(&f->arena, "check %s %s", place(f, c, k->file, k->line),
					    k->text),
			.name = arena_format(&f->arena, "line %" PRId64 ", %s", k->line, k->text),
			.value = said_by(f, k),
		};

		add(f, fact, true);
	}
}

/*
 * One call's end in a word. A call that the end of a finished case cut off was one of
 * a process that the case left in the background, and says nothing.
 */
static const char *end_of(const struct result *r, const struct call *c)
{
	bool cut_off = r->verdict == VERDICT_TIMEOUT || r->verdict == VERDICT_CRASH;

	if (!c->returned && cut_off)
		return "did not return";
	return c->error[0] != 0 ? c->error : "no error";
}

/* Adds `word` to the sorted list "A, B" of distinct words. */
static const char *with_word(struct facts *f, const char *list, const char *word)
{
	const char *at = list;
	size_t length = strlen(word);

	while (*at != 0) {
		size_t part = strcspn(at, ",");
		int order = strncmp(at, word, part);

		if (order == 0 && part == length)
			return list;
		if (order > 0 || (order == 0 && part > length))
			return arena_format(&f->arena, "%.*s%s, %s", (int)(at - list), list, word,
					    at);
		at += part;
		if (*at == ',')
			at += 2;
	}
	return arena_format(&f->arena, "%s%s%s", list, list[0] != 0 ? ", " : "", word);
}

/*
 * The calls of one name on one line are one fact: the set of errors they ended with. How
 * often a loop saw EAGAIN depends on time, that it saw it does not.
 */
static void add_calls(struct facts *f, const struct result *r, const struct test_case *c)
{
	for (size_t i = 0; i < r->call_count; i++) {
		const struct call *k = &r->calls[i];
		const char *key = arena_format(&f->arena, "call %s %s",
					       place(f, c, k->file, k->line), k->name);
		struct fact *known;
		size_t at;

		if (strmap_find(&f->map, key, &at)) {
			known = &f->items[at];
			known->value = with_word(f, known->value, end_of(r, k));
			known->masked = known->value;
			continue;
		}
		add(f,
		    (struct fact){
			    .kind = FACT_CALL,
			    .key = key,
			    .name = arena_format(&f->arena, "line %" PRId64 ", call %s, errno",
						 k->line, k->name),
			    .value = end_of(r, k),
		    },
		    false);
	}
}

static void add_observations(struct facts *f, const struct result *r)
{
	for (size_t i = 0; i < r->observation_count; i++) {
		const struct observation *o = &r->observations[i];
		struct fact fact = {
			.kind = FACT_OBSERVATION,
			.key = arena_format(&f->arena, "observation %s", o->name),
			.name = o->name,
			.value = o->value,
		};

		add(f, fact, false);
	}
}

void facts_collect(struct facts *facts, const struct result *r, const struct test_case *c,
		   unsigned int kinds)
{
	memset(facts, 0, sizeof(*facts));
	if ((kinds & 1U << FACT_CHECK) != 0)
		add_checks(facts, r, c);
	if ((kinds & 1U << FACT_CALL) != 0)
		add_calls(facts, r, c);
	if ((kinds & 1U << FACT_OBSERVATION) != 0)
		add_observations(facts, r);
}

void facts_free(struct facts *facts)
{
	free(facts->items);
	strmap_free(&facts->map);
	arena_free(&facts->arena);
}
