/* SPDX-License-Identifier: MIT */
/*
 * What differs between platforms: a table of recorded values and one of verdicts, a column a
 * platform. Variants of a case that differ in the same way share a row.
 */
#include "reports/html/differences.h"

#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"

enum { VARIANTS_NAMED = 5, VALUE_MOST = 120 };

struct rows {
	struct difference_row *items;
	size_t count;
	const struct difference **pool; /* what the rows' items are cut from */
};

static bool same_answers(const struct difference *d, const struct difference *e, size_t runs)
{
	for (size_t i = 0; i < runs; i++) {
		const char *x = d->answers[i].text, *y = e->answers[i].text;

		if ((x == NULL) != (y == NULL) || d->answers[i].group != e->answers[i].group)
			return false;
		/* Texts of verdicts tell why, too. */
		if (d->verdict && x != NULL &&
		    d->variant->results[i]->verdict != e->variant->results[i]->verdict)
			return false;
		if (!d->verdict && x != NULL && strcmp(x, y) != 0)
			return false;
	}
	return true;
}

static bool same_row(const struct difference *d, const struct difference *e, size_t runs)
{
	return d->of_case == e->of_case && strcmp(d->what, e->what) == 0 &&
	       same_answers(d, e, runs);
}

/*
 * The differences of verdicts, or the others, in rows. Each row's items are moved together:
 * an item goes behind the last of its row.
 */
static struct rows make_rows(const struct differences *d, bool verdicts, size_t runs)
{
	struct rows rows = {
		.items = memory_get(d->count, sizeof(*rows.items)),
		.pool = memory_get(d->count, sizeof(struct difference *)),
	};
	bool *taken = memory_get(d->count, sizeof(bool));
	size_t used = 0;

	for (size_t i = 0; i < d->count; i++) {
		struct difference_row *row = &rows.items[rows.count];

		if (taken[i] || d->items[i].verdict != verdicts)
			continue;
		*row = (struct difference_row){rows.pool + used, 0};
		rows.count++;
		for (size_t k = i; k < d->count && d->items[k].of_case == d->items[i].of_case;
		     k++) {
			if (taken[k] || !same_row(&d->items[i], &d->items[k], runs))
				continue;
			taken[k] = true;
			row->items[row->count++] = &d->items[k];
			used++;
		}
	}
	free(taken);
	return rows;
}

static void free_rows(struct rows rows)
{
	free(rows.items);
	free(rows.pool);
}

static void put_link(FILE *out, const char *id, const char *text, const char *after)
{
	fputs("<a href=\"", out);
	html_href(out, id);
	html_wrap(out, "\">", text, "</a>");
	fputs(after, out);
}

/* The variants of a row; those that are too many to name are there on demand. */
static void put_variants(FILE *out, const struct difference_row *row)
{
	fputs(" <small>", out);
	for (size_t i = 0; i < row->count; i++) {
		const struct merged_variant *v = row->items[i]->variant;

		if (v->name[0] == 0)
			continue;
		if (i == VARIANTS_NAMED)
			fprintf(out, "</small><details><summary>and %zu more</summary><p><small>",
				row->count - i);
		put_link(out, v->id, v->name, i + 1 < row->count ? " " : "");
	}
	fputs(row->count > VARIANTS_NAMED ? "</small></p></details>" : "</small>", out);
}

static void put_row_head(const struct html *h, const struct difference_row *row)
{
	const struct difference *d = row->items[0];
	const char *id = d->of_case->id, *name = id + group_length(id) + 1;
	FILE *out = h->out;

	html_wrap(out, "<tr data-id=\"", id, "\"");
	fprintf(out, " data-level=\"%s\"><th scope=\"row\">", level_word(d->of_case->info->level));
	if (d->verdict) {
		put_link(out, row->count == 1 ? d->variant->id : id, name, "");
	} else {
		html_wrap(out, "<b>", d->what, "</b> <small>");
		put_link(out, row->count == 1 ? d->variant->id : id, name, "</small>");
	}
	put_variants(out, row);
	if (d->verdict)
		html_reasons(h, row);
}

static void put_verdict(FILE *out, const struct difference *d, size_t run)
{
	const struct result *r = d->variant->results[run];

	if (r == NULL) {
		fputs("<td><i>not run</i>", out);
		return;
	}
	fprintf(out, "<td class=\"%s%s\">%s<i>%s</i>", verdict_word(r->verdict),
		difference_apart(d, run) ? " apart" : "", html_verdict_sign(r->verdict),
		verdict_word(r->verdict));
}

/* The value; what stands apart has a colour of its group, of which there are four. */
static void put_value(FILE *out, const struct difference *d, size_t run)
{
	const struct answer *a = &d->answers[run];
	size_t colour = a->group + !d->common;
	const struct result *r = d->variant->results[run];

	if (a->text == NULL) {
		html_wrap(out, "<td class=\"none\">",
			  r == NULL ? "not run" : verdict_word(r->verdict), "");
		return;
	}
	if (difference_apart(d, run))
		fprintf(out, "<td class=\"apart g%zu\">", colour < 4 ? colour : 4);
	else
		fputs("<td>", out);
	if (a->text[0] == 0)
		fputs("<small>nothing</small>", out);
	else
		html_wrap_cut(out, "<code>", a->text, VALUE_MOST, "</code>");
}

static void put_table(const struct html *h, const char *name, const char *caption,
		      const struct rows *rows,
		      void (*put_cell)(FILE *, const struct difference *, size_t))
{
	const struct atlas *a = h->atlas;
	const char *group = NULL;
	FILE *out = h->out;

	/* It can be scrolled, and so has to be reached by the keyboard. */
	fprintf(out,
		"<div class=\"matrix\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">"
		"<table class=\"%s\"><caption class=\"vh\">%s</caption><thead><tr><th "
		"scope=\"col\">"
		"Case",
		caption, name, caption);
	for (size_t i = 0; i < a->run_count; i++)
		html_wrap(out, "<th scope=\"col\"><span>", a->labels[i], "</span>");
	fputs("</thead>\n", out);
	for (size_t i = 0; i < rows->count; i++) {
		const struct difference_row *row = &rows->items[i];
		const char *id = row->items[0]->of_case->id;

		if (group == NULL || !group_is_same(group, id)) {
			fputs("<tbody><tr class=\"g\"><th scope=\"rowgroup\">", out);
			escape_html_n(out, id, group_length(id));
			fprintf(out, "<td colspan=\"%zu\">\n", a->run_count);
			group = id;
		}
		put_row_head(h, row);
		for (size_t k = 0; k < a->run_count; k++)
			put_cell(out, row->items[0], k);
		putc('\n', out);
	}
	fputs("</table></div>\n", out);
}

/* Works only with the script, which also shows it and fills its options from the tables. */
static void put_filter(FILE *out)
{
	fputs("<form id=\"differing\" class=\"search\" role=\"search\" hidden>\n"
	      "<label for=\"d\">Filter</label> <input id=\"d\" type=\"search\" "
	      "autocomplete=\"off\" spellcheck=\"false\" "
	      "placeholder=\"run:gvisor folder:inet window\">\n"
	      "<label>Platform <select data-key=\"run\"><option value=\"\">any</select></label>\n"
	      "<label>Show <select data-key=\"is\"><option value=\"\">all"
	      "<option value=\"value\">values<option value=\"verdict\">verdicts</select></label>\n"
	      "<label>Verdict <select data-key=\"status\"><option value=\"\">any</select></label>\n"
	      "<label>Folder <select data-key=\"folder\"><option value=\"\">any</select></label>\n"
	      "<button type=\"button\">Clear</button>\n<output for=\"d\"></output>\n"
	      "<details><summary>How to filter</summary><dl>"
	      "<dt><code>window</code><dd>any text of a row: a case, a variant, a value, a reason"
	      "<dt><code>run:gvisor</code><dd>what this platform says unlike most of them"
	      "<dt><code>status:fail</code> <code>run:gvisor status:known</code><dd>verdicts, on "
	      "any platform or on this one"
	      "<dt><code>is:value</code> <code>is:verdict</code><dd>recorded values, or verdicts"
	      "<dt><code>folder:inet</code> <code>level:rfc</code> <code>-folder:can</code><dd>"
	      "what the case says of itself, or not"
	      "</dl></details>\n</form>\n",
	      out);
}

static void put_legend(FILE *out)
{
	fputs("<p class=\"legend\">", out);
	for (enum verdict v = VERDICT_PASS; v < VERDICTS; v++) {
		html_verdict(out, v);
		putc(' ', out);
	}
	fputs("</p>\n", out);
}

void html_differences(struct html *h)
{
	size_t runs = h->atlas->run_count;
	struct differences d;
	struct rows values, verdicts;
	FILE *out = h->out;

	if (runs < 2)
		return;
	differences_find(&d, h->atlas, FACTS_OBSERVED);
	values = make_rows(&d, false, runs);
	verdicts = make_rows(&d, true, runs);
	fputs("<section id=\"differences\"><h2>What differs between platforms</h2>\n", out);
	if (d.count == 0)
		fputs("<p>Nothing: all verdicts and recorded values are alike.</p>\n", out);
	else
		put_filter(out);
	if (values.count != 0) {
		fputs("<h3>Recorded values</h3>\n<p>Where nobody requires a value, a case writes "
		      "down what it sees. What most platforms say is plain, what stands apart is "
		      "marked.</p>\n",
		      out);
		put_table(h, "values", "Recorded values by platform", &values, put_value);
	}
	if (verdicts.count != 0) {
		fputs("<h3>Verdicts</h3>\n<p>Cases whose verdicts are not all alike; those unlike "
		      "most have a frame.</p>\n",
		      out);
		put_legend(out);
		put_table(h, "verdicts", "Verdicts by platform", &verdicts, put_verdict);
	}
	fputs("</section>\n", out);
	free_rows(values);
	free_rows(verdicts);
	differences_free(&d);
}
