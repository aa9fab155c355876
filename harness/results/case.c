/* SPDX-License-Identifier: MIT */
/* What is the same for every run of a case: its file and its declaration. */
#include "harness/results/json.h"
#include "harness/results/writer.h"
#include "harness/run/source.h"

void results_source(FILE *file, const struct test_case *test)
{
	struct json j = {file, false};

	json_open(&j, NULL, '{');
	json_put_string(&j, "type", "source");
	json_put_string(&j, "file", test->file);
	json_put_string_length(&j, "text", test->source, (size_t)(test->source_end - test->source));
	json_close(&j, '}');
	putc('\n', file);
}

void results_case(FILE *file, const struct test_case *test)
{
	struct json j = {file, false};
	struct source_part part = source_of_case(test);
	char id[CASE_ID_SIZE], lesson[8192];

	case_id(test, id, sizeof(id));
	source_lesson(test, lesson, sizeof(lesson));
	json_open(&j, NULL, '{');
	json_put_string(&j, "type", "case");
	json_put_string(&j, "case", id);
	json_put_string(&j, "file", test->file);
	json_put_integer(&j, "first_line", part.first_line);
	json_put_integer(&j, "last_line", part.last_line);
	json_put_string(&j, "claim", test->claim);
	json_put_string(&j, "lesson", lesson);
	json_put_string(&j, "level", case_level_name(test->level));
	json_put_string(&j, "spec", test->spec);
	json_put_string(&j, "topology", case_topology(test));
	json_put_words(&j, "tags", test->tags);
	json_put_words(&j, "needs", test->needs);
	json_open(&j, "variants", '[');
	for (size_t i = 0; case_variant(test, i) != NULL; i++)
		json_put_string(&j, NULL, case_variant(test, i)->name);
	json_close(&j, ']');
	if (test->since != NULL)
		json_put_string(&j, "since", test->since);
	if (test->removed != NULL)
		json_put_string(&j, "removed", test->removed);
	json_put_integer(&j, "timeout_ms", case_timeout_ms(test));
	json_put_bool(&j, "waits", test->waits);
	json_close(&j, '}');
	putc('\n', file);
}
