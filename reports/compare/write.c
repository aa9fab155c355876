/* SPDX-License-Identifier: MIT */
#include "reports/compare/write.h"

#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/compare/differences.h"

/* Results of calls that misbehaved on purpose: nobody may take them for a platform's. */
static void put_deviation(struct comparison *c, size_t which)
{
	const struct header *h = &c->atlas.runs[which]->header;

	if (h->deviation[0] == 0)
		return;
	fputs("the ", c->out);
	if (c->atlas.run_count == 2) {
		fputs(which == 0 ? "first" : "second", c->out);
	} else {
		fputs("results of ", c->out);
		escape_line(c->out, c->atlas.labels[which]);
	}
	fputs(" are not the results of a platform: calls misbehaved on purpose, as ", c->out);
	escape_line(c->out, h->deviation);
	fputs(" says\n", c->out);
}

void comparison_begin(struct comparison *c)
{
	for (size_t i = 0; i < c->atlas.run_count && c->format == COMPARE_TEXT; i++)
		put_deviation(c, i);
}

/* Two runs are called by their places, more by their platforms. */
static void put_fields(struct comparison *c, const char *heading, const char *what,
		       const char *const *texts)
{
	escape_tsv(c->out, heading);
	putc('\t', c->out);
	escape_tsv(c->out, what);
	for (size_t i = 0; i < c->atlas.run_count; i++) {
		putc('\t', c->out);
		escape_tsv(c->out, texts[i] != NULL ? texts[i] : "");
	}
	putc('\n', c->out);
}

static void put_tsv(struct comparison *c, const char *heading, const char *what,
		    const char *const *texts)
{
	static const char *const places[2] = {"first", "second"};

	if (c->differences == 0)
		put_fields(c, "where", "what", c->atlas.run_count == 2 ? places : c->atlas.labels);
	put_fields(c, heading, what, texts);
}

static void put_text(FILE *out, const char *text)
{
	escape_line(out, text == NULL || text[0] == 0 ? "(nothing)" : text);
}

/* A line for each text, and who says it. */
static void put_groups(struct comparison *c, const char *const *texts)
{
	size_t count = c->atlas.run_count, groups;
	struct answer *answers = memory_get(count, sizeof(*answers));

	for (size_t i = 0; i < count; i++)
		answers[i].text = texts[i];
	groups = answers_group(answers, texts, count);
	for (size_t group = 0; group < groups; group++) {
		bool first = true;

		for (size_t i = 0; i < count; i++) {
			if (answers[i].text == NULL || answers[i].group != group)
				continue;
			fputs(first ? "\n    " : ", ", c->out);
			if (first) {
				put_text(c->out, texts[i]);
				fputs(": ", c->out);
			}
			first = false;
			escape_line(c->out, c->atlas.labels[i]);
		}
	}
	free(answers);
}

void comparison_put(struct comparison *c, const char *heading, const char *what,
		    const char *const *texts)
{
	if (c->format == COMPARE_TSV) {
		put_tsv(c, heading, what, texts);
		c->differences++;
		return;
	}
	if (c->heading == NULL || strcmp(c->heading, heading) != 0) {
		if (c->differences != 0)
			putc('\n', c->out);
		escape_line(c->out, heading);
		putc('\n', c->out);
		c->heading = heading;
	}
	c->differences++;
	fputs("  ", c->out);
	escape_line(c->out, what);
	if (c->atlas.run_count == 2) {
		fputs(": ", c->out);
		put_text(c->out, texts[0]);
		fputs(" | ", c->out);
		put_text(c->out, texts[1]);
	} else {
		put_groups(c, texts);
	}
	putc('\n', c->out);
}
