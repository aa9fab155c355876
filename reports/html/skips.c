/* SPDX-License-Identifier: MIT */
/* What was not run, by the reason for it. */
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"

struct skip {
	const char *need, *reason, *label;
	const struct result *result;
};

static int by_reason(const void *a, const void *b)
{
	const struct skip *x = a, *y = b;
	int d = strcmp(x->label, y->label);

	if (d == 0)
		d = strcmp(x->need, y->need);
	if (d == 0)
		d = strcmp(x->reason, y->reason);
	return d != 0 ? d : strcmp(x->result->id, y->result->id);
}

static bool same_reason(const struct skip *x, const struct skip *y)
{
	return strcmp(x->need, y->need) == 0 && strcmp(x->reason, y->reason) == 0 &&
	       strcmp(x->label, y->label) == 0;
}

static void put_group(struct html *h, const struct skip *skips, size_t count)
{
	FILE *out = h->out;

	fputs("<details><summary>", out);
	fprintf(out, "<b>%zu</b> ", count);
	if (skips[0].need[0] != 0)
		html_wrap(out, "<code>", skips[0].need, "</code> ");
	escape_html(out, skips[0].reason[0] != 0 ? skips[0].reason : "no reason given");
	if (h->atlas->run_count > 1)
		html_wrap(out, " <small>on ", skips[0].label, "</small>");
	fputs("</summary>\n<ul>", out);
	for (size_t i = 0; i < count; i++) {
		fputs("<li><a href=\"", out);
		html_href(out, skips[i].result->id);
		html_wrap(out, "\">", skips[i].result->id, "</a>\n");
	}
	fputs("</ul></details>\n", out);
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
				skips[count++] = (struct skip){r->need, r->reason, a->labels[i], r};
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
