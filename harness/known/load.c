/* SPDX-License-Identifier: MIT */
#include "harness/known/load.h"

#include <stdio.h>
#include <stdlib.h>

#include "harness/run/select.h"
#include "harness/run/verdict.h"

bool known_load(struct known *known, const char *const *paths, size_t count,
		const struct platform *platform)
{
	char fault[512];
	bool good = true;

	*known = (struct known){NULL, 0};
	for (const struct known_file *f = known_files; good && f->name != NULL; f++)
		good = known_read(known, f, fault, sizeof(fault));
	for (size_t i = 0; good && i < count; i++)
		good = known_read_path(known, paths[i], fault, sizeof(fault));
	if (!good) {
		fprintf(stderr, "sockatlas: %s\n", fault);
		known_free(known);
		return false;
	}
	known_settle(known, platform);
	return true;
}

static unsigned int cases_of(const char *pattern, const struct run_item *items, size_t count)
{
	unsigned int matched = 0;

	for (size_t i = 0; i < count; i++) {
		char id[CASE_ID_SIZE];

		run_item_id(&items[i], id, sizeof(id));
		matched += select_matches(pattern, id);
	}
	return matched;
}

static void print_text(const char *name, const char *text)
{
	if (text != NULL)
		printf(" %s=\"%s\"", name, text);
}

static void print_where(const struct known_where *w)
{
	print_text("platform", w->platform);
	print_text("kernel", w->kernel);
	print_text("release", w->release);
	print_text("libc", w->libc);
	print_text("machine", w->machine);
	print_text("byte_order", w->byte_order);
	if (w->pointer_bits != 0)
		printf(" pointer_bits=%d", w->pointer_bits);
}

/* False, with a line on standard error for each pattern that no case matches. */
static bool print_cases(const struct known_entry *e, const struct run_item *items, size_t count)
{
	bool good = true;

	for (size_t i = 0; i < e->case_count; i++) {
		unsigned int matched = cases_of(e->cases[i], items, count);

		printf("%s %s\n  cases:    %u\n", e->here ? "here " : "     ", e->cases[i],
		       matched);
		if (matched > 0)
			continue;
		fprintf(stderr, "sockatlas: %s:%u: entry %u: no case matches \"%s\"\n", e->file,
			e->line, e->number, e->cases[i]);
		good = false;
	}
	return good;
}

static void print_entry(const struct known_entry *e)
{
	printf("  expected:");
	for (int v = 0; v < VERDICT_COUNT; v++) {
		if ((e->verdicts & 1u << v) != 0)
			printf(" %s", verdict_name((enum verdict)v));
	}
	for (size_t i = 0; i < e->errno_count; i++)
		printf(" %s", e->errnos[i]);
	printf("\n  where:   ");
	print_where(&e->everywhere);
	print_where(&e->where);
	printf("\n  why:      %s\n  source:   %s\n  entry:    %s:%u\n", e->why, e->source, e->file,
	       e->line);
}

int known_print(const struct known *known)
{
	const struct selection everything = {.tag_count = 0};
	size_t count;
	struct run_item *items = select_items(&everything, &count);
	int status = 0;

	if (items == NULL)
		return 2;
	for (size_t i = 0; i < known->count; i++) {
		if (!print_cases(&known->entries[i], items, count))
			status = 1;
		print_entry(&known->entries[i]);
	}
	free(items);
	return ferror(stdout) || fflush(stdout) != 0 ? 2 : status;
}
