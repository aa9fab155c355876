/* SPDX-License-Identifier: MIT */
/* One variant of a case: how it ended on each run, and how that can be seen. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"

/* Why it was expected, who says so, and what was seen. */
static void put_known(FILE *out, const struct result *r)
{
	const struct known *k = &r->known;

	if (r->verdict == VERDICT_FIXED)
		fputs("<p class=\"why\">It passes, but here it is expected to go wrong: ", out);
	else
		html_wrap(out, "<p class=\"why\">Known difference (", k->verdict, "): ");
	html_wrap_cut(out, "", k->why, 2000, "</p>\n");
	if (k->source[0] != 0)
		html_wrap_cut(out, "<p class=\"spec\">Source: ", k->source, 1000, "</p>\n");
	if (k->entry[0] != 0)
		html_wrap(out, "<p><small>Said by <code>", k->entry, "</code></small></p>\n");
	if (k->reason[0] != 0)
		html_wrap_cut(out, "<p>Seen: ", k->reason, 1000, "</p>\n");
}

static void put_outcome(FILE *out, const struct result *r)
{
	if (r->verdict == VERDICT_SKIP) {
		html_wrap_cut(out, "<p class=\"why\">Skipped: ", r->reason, 1000, "");
		if (r->need[0] != 0)
			html_wrap(out, " (it needs <code>", r->need, "</code>)");
		fputs("</p>\n", out);
		return;
	}
	if (r->known.why[0] != 0) {
		put_known(out, r);
		return;
	}
	if (r->signal[0] != 0)
		html_wrap(out, "<p class=\"why\">Ended by the signal <b class=\"bad\">", r->signal,
			  "</b>.</p>\n");
	if (r->reason[0] != 0)
		html_wrap_cut(out, "<p class=\"why\">", r->reason, 2000, "</p>\n");
}

void html_checks(FILE *out, const struct result *r, const struct test_case *c)
{
	size_t failed = 0;

	for (size_t i = 0; i < r->check_count; i++)
		failed += !r->checks[i].ok;
	if (r->check_count == 0)
		return;
	fprintf(out, "<details class=\"checks\"%s><summary>", failed != 0 ? " open" : "");
	html_count(out, r->check_count, "check");
	if (failed != 0)
		fprintf(out, ", <b class=\"bad\">%zu failed</b>", failed);
	fputs("</summary>\n<div class=\"wide\"><table><thead><tr><th><span class=\"vh\">Held</span>"
	      "<th>Line<th>Check<th>Expected<th>Observed</thead><tbody>\n",
	      out);
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *k = &r->checks[i];

		fprintf(out, "<tr%s><td>%s<td>", k->ok ? "" : " class=\"bad\"",
			html_verdict_sign(k->ok ? VERDICT_PASS : VERDICT_FAIL));
		if (strcmp(k->file, c->file) != 0)
			html_wrap(out, "", k->file, ":");
		fprintf(out, "%" PRId64, k->line);
		html_wrap_cut(out, "<td><code>", k->text, 600, "</code>");
		if (k->setup)
			fputs(" <small>setup</small>", out);
		html_wrap_cut(out, "<td><code>", k->expected, 2000, "</code>");
		html_wrap_cut(out, "<td><code>", k->observed, 2000, "</code>\n");
	}
	fputs("</tbody></table></div>\n", out);
	if (r->checks_left_out != 0)
		fprintf(out, "<p><small>%" PRId64 " more were made.</small></p>\n",
			r->checks_left_out);
	fputs("</details>\n", out);
}

static void put_observations(FILE *out, const struct result *r)
{
	if (r->observation_count == 0)
		return;
	fputs("<table class=\"seen\"><caption>Observed</caption><tbody>\n", out);
	for (size_t i = 0; i < r->observation_count; i++) {
		html_wrap(out, "<tr><th scope=\"row\">", r->observations[i].name, "");
		html_wrap_cut(out, "<td><code>", r->observations[i].value, 2000, "</code>\n");
	}
	fputs("</tbody></table>\n", out);
}

static void put_output(FILE *out, const struct result *r)
{
	if (r->output[0] == 0)
		return;
	fputs("<details><summary>What it printed</summary>", out);
	html_wrap_cut(out, "<pre>", r->output, 20000, "</pre></details>\n");
}

static void put_times(FILE *out, const struct result *r)
{
	if (r->verdict == VERDICT_SKIP)
		return;
	fputs(" <small>", out);
	html_duration(out, r->duration_us);
	if (r->setup_us != 0) {
		fputs(", and ", out);
		html_duration(out, r->setup_us);
		fputs(" to make the sandbox", out);
	}
	fputs("</small>", out);
}

/* The other runs that say the same. */
static void put_same(struct html *h, const struct merged_variant *v, size_t run)
{
	size_t count = 0;

	for (size_t i = run + 1; i < h->atlas->run_count; i++) {
		if (v->results[i] == NULL || fold_first(&h->fold, v, i) != run)
			continue;
		html_wrap(h->out, count++ == 0 ? "<p class=\"same\">The same on " : ", ",
			  h->atlas->labels[i], "");
	}
	if (count != 0)
		fputs("</p>\n", h->out);
}

static void put_result(struct html *h, const struct merged_case *c, const struct merged_variant *v,
		       size_t run)
{
	const struct result *r = v->results[run];
	FILE *out = h->out;

	if (h->atlas->run_count > 1)
		html_wrap(out, "<h4>", h->atlas->labels[run], " ");
	else
		fputs("<p class=\"end\">", out);
	html_verdict(out, r->verdict);
	put_times(out, r);
	fputs(h->atlas->run_count > 1 ? "</h4>\n" : "</p>\n", out);
	put_same(h, v, run);
	put_outcome(out, r);
	html_checks(out, r, c->info);
	put_observations(out, r);
	html_timeline(h, r, c->info);
	put_output(out, r);
}

static void put_not_run(struct html *h, const struct merged_variant *v)
{
	size_t count = 0;

	for (size_t i = 0; i < h->atlas->run_count; i++) {
		if (v->results[i] == NULL)
			html_wrap(h->out, count++ == 0 ? "<h4>" : ", ", h->atlas->labels[i], "");
	}
	if (count != 0)
		fputs(" <small>not run</small></h4>\n", h->out);
}

/* The versions of Linux that this row names and the case does not. */
static void put_own_history(struct html *h, const struct merged_case *c,
			    const struct merged_variant *v)
{
	for (size_t i = 0; i < h->atlas->run_count; i++) {
		const struct result *r = v->results[i];

		if (r == NULL)
			continue;
		html_history(h->out, strcmp(r->since, c->info->since) != 0 ? r->since : "",
			     strcmp(r->removed, c->info->removed) != 0 ? r->removed : "");
		return;
	}
}

void html_variant(struct html *h, const struct merged_case *c, const struct merged_variant *v)
{
	FILE *out = h->out;
	const struct atlas *a = h->atlas;
	char *again;

	fputs("<section class=\"variant\"", out);
	if (strcmp(v->id, c->id) != 0)
		html_anchor(h, v->id);
	html_wrap(out, "><h3>", v->name[0] != 0 ? v->name : "What happened", "");
	if (v->name[0] != 0) {
		fputs(" <a class=\"self\" href=\"", out);
		html_href(out, v->id);
		fputs("\" aria-label=\"Link to this variant\">#</a>", out);
	}
	put_own_history(h, c, v);
	fputs("</h3>\n", out);
	for (size_t i = 0; i < a->run_count; i++) {
		if (v->results[i] != NULL && fold_first(&h->fold, v, i) == i)
			put_result(h, c, v, i);
	}
	put_not_run(h, v);
	again = run_command(a->run_count == 1 ? a->runs[0] : NULL, v->id);
	html_wrap(out, "<p class=\"rerun\">Run it again: <code>", again,
		  "</code></p>\n</section>\n");
	free(again);
}
