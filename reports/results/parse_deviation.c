/* SPDX-License-Identifier: MIT */
/* The line of one deviation: what was tried in which cases, and what came of it. */
#include <ctype.h>
#include <string.h>

#include "reports/results/parse.h"

/* Cuts CALL:SUBJECT:HOW into its parts; false when it is no such name. */
static bool cut_name(struct arena *arena, struct deviation *d)
{
	const char *first = strchr(d->name, ':');
	const char *second = first == NULL ? NULL : strchr(first + 1, ':');

	for (const char *p = d->name; *p != 0; p++) {
		if (!isgraph((unsigned char)*p))
			return false;
	}
	if (second == NULL || strchr(second + 1, ':') != NULL || first == d->name ||
	    second == first + 1 || second[1] == 0)
		return false;
	d->call = arena_string(arena, d->name, (size_t)(first - d->name));
	d->subject = arena_string(arena, first + 1, (size_t)(second - first - 1));
	d->how = second + 1;
	return true;
}

static void parse_trial(struct reading *r, const json_t *object, void *into)
{
	struct trial *t = into;
	const char *word = member_string(r, object, "verdict", true);

	t->id = member_string(r, object, "id", true);
	t->acted = member_bool(r, object, "acted", false);
	t->noticed = member_bool(r, object, "noticed", false);
	t->file = member_string(r, object, "file", false);
	t->line = member_count(r, object, "line");
	t->text = member_string(r, object, "text", false);
	if (r->problem[0] == 0 && !id_is_valid(t->id))
		reading_fail(r, "\"id\" is not an id: \"folder/file/name\"");
	for (enum verdict v = VERDICT_PASS; v < VERDICTS; v++) {
		if (strcmp(word, verdict_word(v)) == 0) {
			t->verdict = v;
			t->run = true;
		}
	}
	if (!t->run && strcmp(word, "not run") != 0)
		reading_fail(r, "\"verdict\" is no verdict, nor \"not run\"");
}

void parse_deviation(struct reading *r, const json_t *line)
{
	struct run *run = r->run;
	struct deviation d = {.name = member_string(r, line, "name", true)};

	d.trials = member_objects(r, line, "cases", sizeof(*d.trials), &d.trial_count, parse_trial);
	if (r->problem[0] == 0 && !cut_name(&run->arena, &d))
		reading_fail(r, "\"name\" is not CALL:SUBJECT:HOW");
	if (r->problem[0] == 0 && d.trial_count == 0)
		reading_fail(r, "\"cases\" is missing or empty");
	if (r->problem[0] != 0)
		return;
	if (!strmap_add(&run->deviation_map, d.name, run->deviation_count)) {
		reading_fail(r, "the deviation %.100s appears twice", d.name);
		return;
	}
	run->deviations = memory_grow(run->deviations, &run->deviation_room,
				      run->deviation_count + 1, sizeof(d));
	run->deviations[run->deviation_count++] = d;
}
