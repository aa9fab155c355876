/* SPDX-License-Identifier: MIT */
#include "harness/run/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/known/history.h"
#include "harness/run/source.h"

/* A full disk or a closed pipe is an error, not a short list. */
static int finish(struct run_item *items)
{
	free(items);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	perror("sockatlas: standard output");
	return 2;
}

/* "since Linux 5.15, until 6.16" between two texts; "" when it is of all versions. */
static void describe_range(const char *since, const char *removed, const char *before,
			   const char *after, char *text, size_t size)
{
	if (since == NULL && removed == NULL) {
		text[0] = '\0';
		return;
	}
	snprintf(text, size, "%s%s%s%s%s%s%s", before, since ? "since Linux " : "",
		 since ? since : "", since && removed ? ", " : "",
		 removed ? (since ? "until " : "until Linux ") : "", removed ? removed : "", after);
}

int catalogue_list(const struct selection *selection, const char *format)
{
	bool tsv = strcmp(format, "tsv") == 0;
	struct run_item *items;
	size_t count;

	if (!tsv && strcmp(format, "text") != 0) {
		fprintf(stderr, "sockatlas: --format is text or tsv, not \"%s\"\n", format);
		return 2;
	}
	items = select_items(selection, &count);
	if (items == NULL)
		return 2;
	if (tsv)
		puts("id\tlevel\ttopology\ttags\tneeds\tfile\tline\tclaim\tsince\tremoved");
	for (size_t i = 0; i < count; i++) {
		const struct test_case *t = items[i].test;
		const char *since = history_since(&items[i]);
		const char *removed = history_removed(&items[i]);
		char range[64];
		char id[CASE_ID_SIZE];

		run_item_id(&items[i], id, sizeof(id));
		describe_range(since, removed, "  (", ")", range, sizeof(range));
		if (tsv)
			printf("%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n", id,
			       case_level_name(t->level), case_topology(t), t->tags ? t->tags : "",
			       t->needs ? t->needs : "", t->file, t->line, t->claim,
			       since ? since : "", removed ? removed : "");
		else
			printf("%-8s %s%s\n         %s\n", case_level_name(t->level), id, range,
			       t->claim);
	}
	return finish(items);
}

static void show(const struct test_case *test)
{
	struct source_part part = source_of_case(test);
	char id[CASE_ID_SIZE], lesson[8192], range[96];
	int line = part.first_line;

	case_id(test, id, sizeof(id));
	source_lesson(test, lesson, sizeof(lesson));
	printf("%s\n\n%s\n\nClaim:          %s\nLevel:          %s\nSpecification:  %s\n"
	       "Topology:       %s\n",
	       id, lesson, test->claim, case_level_name(test->level), test->spec ? test->spec : "",
	       case_topology(test));
	if (test->needs != NULL)
		printf("Needs:          %s\n", test->needs);
	describe_range(test->since, test->removed, "Kernel:         ", "\n", range, sizeof(range));
	fputs(range, stdout);
	for (size_t i = 0; case_variant(test, i) != NULL; i++) {
		const struct variant *v = case_variant(test, i);

		describe_range(v->since, v->removed, " (", ")", range, sizeof(range));
		printf("%s%s%s", i == 0 ? "Variants:       " : ", ", v->name, range);
	}
	printf("%s\n%s\n", test->row_count > 0 ? "\n" : "", test->file);
	for (const char *p = part.text; p < part.text + part.length; line++) {
		size_t length = strcspn(p, "\n");

		printf("%5d  %.*s\n", line, (int)length, p);
		p += length + 1;
	}
	putchar('\n');
}

int catalogue_show(const struct selection *selection)
{
	const struct test_case *last = NULL;
	struct run_item *items;
	size_t count;

	if (selection->pattern_count == 0) {
		fputs("sockatlas: show wants a case\n", stderr);
		return 2;
	}
	items = select_items(selection, &count);
	if (items == NULL)
		return 2;
	for (size_t i = 0; i < count; i++) {
		if (items[i].test != last)
			show(items[i].test);
		last = items[i].test;
	}
	return finish(items);
}
