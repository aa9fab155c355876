/* SPDX-License-Identifier: MIT */
/* On a case's page: the ways to misbehave that it was tried with, by the check that noticed. */
#include "reports/html/tried.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"

static int by_case_and_finding(const void *a, const void *b)
{
	const struct tried_item *x = a, *y = b;
	int d = strcmp(x->case_id, y->case_id);

	if (d != 0)
		return d;
	return x->finding < y->finding ? -1 : x->finding > y->finding;
}

struct tried tried_collect(const struct findings *f)
{
	struct tried t = {NULL, 0};
	size_t total = 0;

	for (size_t i = 0; i < f->count; i++)
		total += f->items[i].count;
	t.items = memory_get(total, sizeof(*t.items));
	for (size_t i = 0; i < f->count; i++) {
		for (size_t k = 0; k < f->items[i].count; k++) {
			const struct attempt *a = &f->items[i].attempts[k];

			t.items[t.count++] = (struct tried_item){tried_case(a), &f->items[i], a};
		}
	}
	if (total > 1)
		qsort(t.items, total, sizeof(*t.items), by_case_and_finding);
	return t;
}

/* The first item of the case `id`, or where it would stand. */
static size_t find_case(const struct tried *t, const char *id)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(t->items[middle].case_id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Where a finding belongs among the rows of the table; lower ones come first. */
enum place { BY_CHECK, BY_END, BY_SETUP, BY_OTHERS, BY_NOBODY };

static enum place place_of(const struct tried_item *t)
{
	const struct trial *trial = t->attempt->trial;

	if (!trial->noticed)
		return t->finding->fate == FATE_SURVIVED ? BY_NOBODY : BY_OTHERS;
	if (trial->verdict == VERDICT_ERROR)
		return BY_SETUP;
	return trial->file[0] != 0 ? BY_CHECK : BY_END;
}

/* Variants of a case may notice with different checks, or not at all: the best one counts. */
static size_t keep_best(const struct tried_item *items, size_t count, struct tried_item *best)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || best[kept - 1].finding != items[i].finding)
			best[kept++] = items[i];
		else if (place_of(&items[i]) < place_of(&best[kept - 1]))
			best[kept - 1] = items[i];
	}
	return kept;
}

static int by_place(const void *a, const void *b)
{
	const struct tried_item *x = a, *y = b;
	const struct trial *s = x->attempt->trial, *t = y->attempt->trial;
	enum place p = place_of(x), q = place_of(y);
	int d;

	if (p != q)
		return p < q ? -1 : 1;
	if (p == BY_CHECK || p == BY_SETUP) {
		d = strcmp(s->file, t->file);
		if (d != 0)
			return d;
		if (s->line != t->line)
			return s->line < t->line ? -1 : 1;
	}
	if (p == BY_END && s->verdict != t->verdict)
		return s->verdict < t->verdict ? -1 : 1;
	return x->finding < y->finding ? -1 : x->finding > y->finding;
}

static bool same_row(const struct tried_item *x, const struct tried_item *y)
{
	const struct trial *s = x->attempt->trial, *t = y->attempt->trial;
	enum place p = place_of(x);

	if (p != place_of(y) || p == BY_OTHERS || p == BY_NOBODY)
		return p == place_of(y);
	if (p == BY_END)
		return s->verdict == t->verdict;
	return s->line == t->line && strcmp(s->file, t->file) == 0;
}

static void put_noticer(FILE *out, const struct tried_item *t, const struct merged_case *c)
{
	const struct trial *trial = t->attempt->trial;
	enum place place = place_of(t);

	if (place == BY_OTHERS || place == BY_NOBODY) {
		fputs(place == BY_OTHERS ? "not here, but by other cases"
					 : "<b class=\"bad\">by no case</b>",
		      out);
		return;
	}
	if (trial->file[0] == 0) {
		html_verdict(out, trial->verdict);
		html_wrap_cut(out, " ", trial->text, 100, "");
		return;
	}
	if (strcmp(trial->file, c->info->file) != 0)
		html_wrap(out, "<small>", trial->file, ":</small>");
	else
		fputs("<small>line </small>", out);
	fprintf(out, "<small>%" PRId64 "</small> ", trial->line);
	html_wrap_cut(out, "<code>", trial->text, 120, "</code>");
	if (place == BY_SETUP)
		fputs(" <small>setup</small>", out);
}

static void put_rows(FILE *out, const struct tried_item *items, size_t count,
		     const struct merged_case *c)
{
	for (size_t i = 0; i < count; i++) {
		bool first = i == 0 || !same_row(&items[i - 1], &items[i]);

		if (first) {
			fputs("<tr><td>", out);
			put_noticer(out, &items[i], c);
			fputs("<td>", out);
		}
		tried_put_name(out, items[i].finding, first ? NULL : items[i - 1].finding,
			       !items[i].attempt->trial->noticed);
		if (i + 1 == count || !same_row(&items[i], &items[i + 1]))
			putc('\n', out);
	}
}

void tried_put(struct html *h, const struct merged_case *c)
{
	size_t first, last, count, noticed = 0;
	struct tried_item *best;
	FILE *out = h->out;

	if (h->atlas->findings == NULL)
		return;
	first = last = find_case(&h->tried, c->id);
	while (last < h->tried.count && strcmp(h->tried.items[last].case_id, c->id) == 0)
		last++;
	if (first == last)
		return;
	best = memory_get(last - first, sizeof(*best));
	count = keep_best(h->tried.items + first, last - first, best);
	for (size_t i = 0; i < count; i++)
		noticed += best[i].attempt->trial->noticed;
	qsort(best, count, sizeof(*best), by_place);
	fputs("<details class=\"tried\"><summary>", out);
	fprintf(out, "If a call misbehaved: this case notices <b>%zu of %zu</b> ways\n", noticed,
		count);
	fputs("</summary><div class=\"wide\"><table><thead><tr><th>Noticed by<th>What went wrong"
	      "</thead><tbody>\n",
	      out);
	put_rows(out, best, count, c);
	fputs("</tbody></table></div></details>\n", out);
	free(best);
}
