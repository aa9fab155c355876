/* SPDX-License-Identifier: MIT */
/* Why platforms differ in a verdict, as their results say it: each reason once, and who has it. */
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/differences.h"

enum { REASONS_MOST = 8 };

struct reason {
	const struct result *result; /* the first that has it */
	bool *runs;		     /* those that have it */
};

static const struct check *first_failed(const struct result *r)
{
	for (size_t i = 0; i < r->check_count; i++) {
		if (!r->checks[i].ok)
			return &r->checks[i];
	}
	return NULL;
}

static bool has_reason(const struct result *r)
{
	return r != NULL && (r->known.why[0] != 0 || r->reason[0] != 0 || r->signal[0] != 0 ||
			     first_failed(r) != NULL);
}

static bool same_check(const struct check *c, const struct check *d)
{
	if (c == NULL || d == NULL)
		return c == d;
	return strcmp(c->text, d->text) == 0 && strcmp(c->observed, d->observed) == 0;
}

static bool same_reason(const struct result *r, const struct result *s)
{
	if (r->verdict != s->verdict || strcmp(r->signal, s->signal) != 0)
		return false;
	/* What an entry explains needs no other words: these may differ by a time or a port. */
	if (r->known.why[0] != 0 || s->known.why[0] != 0)
		return strcmp(r->known.why, s->known.why) == 0;
	return strcmp(r->reason, s->reason) == 0 && same_check(first_failed(r), first_failed(s));
}

static size_t collect(const struct html *h, const struct difference_row *row,
		      struct reason *reasons, size_t *left_out)
{
	size_t runs = h->atlas->run_count, count = 0;

	for (size_t i = 0; i < row->count * runs; i++) {
		const struct result *r = row->items[i / runs]->variant->results[i % runs];
		size_t k = 0;

		if (!has_reason(r))
			continue;
		while (k < count && !same_reason(reasons[k].result, r))
			k++;
		if (k == REASONS_MOST) {
			++*left_out;
			continue;
		}
		if (k == count) {
			reasons[count++] = (struct reason){r, memory_get(runs, sizeof(bool))};
		}
		reasons[k].runs[i % runs] = true;
	}
	return count;
}

static void put_reason(const struct html *h, const struct reason *reason)
{
	const struct result *r = reason->result;
	const struct check *c = first_failed(r);
	FILE *out = h->out;
	bool first = true;

	fputs("<li>", out);
	html_verdict(out, r->verdict);
	for (size_t i = 0; i < h->atlas->run_count; i++) {
		if (!reason->runs[i])
			continue;
		html_wrap(out, first ? " on " : ", ", h->atlas->labels[i], "");
		first = false;
	}
	fputs(": ", out);
	if (r->known.why[0] != 0) {
		html_wrap_cut(out, "", r->known.why, 1000, "");
		if (r->known.source[0] != 0)
			html_wrap_cut(out, " <small>Source: ", r->known.source, 400, "</small>");
		return;
	}
	if (r->signal[0] != 0)
		html_wrap(out, "ended by ", r->signal, " ");
	html_wrap_cut(out, "", r->reason, 400, "");
	if (c == NULL)
		return;
	html_wrap_cut(out, r->reason[0] != 0 ? "; <code>" : "<code>", c->text, 200, "</code>");
	html_wrap_cut(out, " expected <b>", c->expected, 200, "</b>");
	html_wrap_cut(out, ", observed <b>", c->observed, 200, "</b>");
}

void html_reasons(const struct html *h, const struct difference_row *row)
{
	struct reason reasons[REASONS_MOST];
	size_t left_out = 0, count = collect(h, row, reasons, &left_out);

	if (count == 0)
		return;
	fputs("<details><summary>why</summary><ul>", h->out);
	for (size_t i = 0; i < count; i++) {
		put_reason(h, &reasons[i]);
		free(reasons[i].runs);
	}
	if (left_out != 0)
		fputs("<li>and more: see the case", h->out);
	fputs("</ul></details>", h->out);
}
