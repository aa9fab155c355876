/* SPDX-License-Identifier: MIT */
/* What was not run, by the reason for it. */
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"

struct skip {
	const char *need, *reason;
	const struct result *result;
	size_t run;
};

static int by_reason(const void *a, const void *b)
{
	const struct skip *x = a, *y = b;
	int d = strcmp(x->need, y->need);

	if (d == 0)
		d = strcmp(x->reason, y->reason);
	if (d == 0)
		d = strcmp(x->result->id, y->result->id);
	return d != 0 ? d : (x->run > y->run) - (x->run < y->run);
}

static bool same_reason(const struct skip *x, const struct skip *y)
{
	return strcmp(x->need, y->need) == 0 && strcmp(x->reason, y->reason) == 0;
}

/* Marks the runs of some skips; returns how many they are. */
static size_t mark_runs(const struct skip *skips, size_t count, bool *runs, size_t run_count)
{
	size_t marked = 0;

	memset(runs, 0, run_count);
	for (size_t i = 0; i < count; i++) {
		marked += !runs[skips[i].run];
		runs[skips[i].run] = true;
	}
	return marked;
}

static void put_runs(struct html *h, const bool *runs)
{
	const char *before = " <small>on ";

	for (size_t i = 0; i < h->atlas->run_count; i++) {
		if (!runs[i])
			continue;
		html_wrap(h->out, before, h->atlas->labels[i], "");
		before = ", ";
	}
	fputs("</small>", h->out);
}

/* The results of one id stand together; where they are not all of the group's runs is said. */
static void put_ids(struct html *h, const struct skip *skips, size_t count, size_t all, bool *runs)
{
	for (size_t first = 0, i = 1; i <= count; i++) {
		if (i < count && strcmp(skips[first].result->id, skips[i].result->id) == 0)
			continue;
		fputs("<li><a href=\"", h->out);
		html_href(h->out, skips[first].result->id);
		html_wrap(h->out, "\">", skips[first].result->id, "</a>");
		if (mark_runs(skips + first, i - first, runs, h->atlas->run_count) < all)
			put_runs(h, runs);
		putc('\n', h->out);
		first = i;
	}
}

static void put_group(struct html *h, const struct skip *skips, size_t count)
{
	bool *runs = memory_get(h->atlas->run_count, sizeof(bool));
	size_t all = mark_runs(skips, count, runs, h->atlas->run_count);
	FILE *out = h->out;

	fputs("<details><summary>", out);
	fprintf(out, "<b>%zu</b> ", count);
	if (skips[0].need[0] != 0)
		html_wrap(out, "<code>", skips[0].need, "</code> ");
	escape_html(out, skips[0].reason[0] != 0 ? skips[0].reason : "no reason given");
	if (h->atlas->run_count > 1)
		put_runs(h, runs);
	fputs("</summary>\n<ul>", out);
	put_ids(h, skips, count, all, runs);
	fputs("</ul></details>\n", out);
	free(runs);
}

void html_skips(struct html *h)
{
	const struct atlas *a = h->atlas;
	size_t total = 0, count = 0, first = 0;
	struct skip *skips;

	for (size_t i = 0; i < a->run_count; i++)
		total += (size_t)a->runs[i]->verdicts[VERDICT_SKIP];
	fputs("<section id=\"skips\"><h2>Skipped, by reason</h2>\n", h->out);
	if (total == 0) {
		fputs("<p>Nothing was skipped.</p></section>\n", h->out);
		return;
	}
	skips = memory_get(total, sizeof(*skips));
	for (size_t i = 0; i < a->run_count; i++) {
		for (size_t k = 0; k < a->runs[i]->result_count; k++) {
			const struct result *r = &a->runs[i]->results[k];

			if (r->verdict == VERDICT_SKIP)
				skips[count++] = (struct skip){r->need, r->reason, r, i};
		}
	}
	qsort(skips, count, sizeof(*skips), by_reason);
	for (size_t i = 1; i <= count; i++) {
		if (i < count && same_reason(&skips[first], &skips[i]))
			continue;
		put_group(h, skips + first, i - first);
		first = i;
	}
	fputs("</section>\n", h->out);
	free(skips);
}
