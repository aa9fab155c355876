/* SPDX-License-Identifier: MIT */
/*
 * The table of all cases: one row a case, one column a run, one mark a variant.
 * What the search needs beyond the text that is shown stands in data attributes.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"
#include "reports/html/keywords.h"

/*
 * More marks than this are folded: what did not pass stays in sight. Where there are many
 * runs the columns have to be narrow.
 */
enum { MARKS_IN_SIGHT = 12, RUNS_MANY = 4 };

static void put_words(FILE *out, const char *name, const struct strings *words)
{
	if (words->count == 0)
		return;
	fprintf(out, " data-%s=\"", name);
	for (size_t i = 0; i < words->count; i++)
		html_wrap(out, i == 0 ? "" : " ", words->items[i], "");
	putc('"', out);
}

static void put_mark(FILE *out, const struct merged_variant *v, const struct result *r)
{
	const char *name = v->name[0] != 0 ? v->name : verdict_word(r->verdict);

	fprintf(out, "<a class=\"v %s\" href=\"", verdict_word(r->verdict));
	html_href(out, v->id);
	fprintf(out, "\" title=\"%s, ", verdict_word(r->verdict));
	html_duration(out, r->duration_us);
	fprintf(out, "\">%s\xc2\xa0", html_verdict_sign(r->verdict));
	html_wrap_cut(out, "", name, 40, "</a> ");
}

static void put_folded(FILE *out, const struct merged_case *c, size_t run, size_t good)
{
	size_t pass = 0;

	for (size_t i = 0; i < c->count; i++)
		pass += c->variants[i].results[run] != NULL &&
			c->variants[i].results[run]->verdict == VERDICT_PASS;
	fprintf(out, "<details class=\"marks\"><summary><span class=\"v %s\">%s\xc2\xa0%zu",
		pass == good ? "pass" : "skip",
		html_verdict_sign(pass == good ? VERDICT_PASS : VERDICT_SKIP), pass);
	if (pass != good)
		fprintf(out, " of %zu", good);
	fputs(" pass</span></summary>", out);
	for (size_t i = 0; i < c->count; i++) {
		const struct result *r = c->variants[i].results[run];

		if (r != NULL && verdict_is_good(r->verdict))
			put_mark(out, &c->variants[i], r);
	}
	fputs("</details>", out);
}

static void put_run_cell(struct html *h, const struct merged_case *c, size_t run)
{
	size_t there = 0, good = 0, runs = h->atlas->run_count;
	FILE *out = h->out;
	bool fold;

	for (size_t i = 0; i < c->count; i++) {
		const struct result *r = c->variants[i].results[run];

		there += r != NULL;
		good += r != NULL && verdict_is_good(r->verdict);
	}
	fold = there > (runs < RUNS_MANY ? MARKS_IN_SIGHT : 1) && good > 1;
	if (runs > 1)
		html_wrap(out, "<td class=\"m\" data-run=\"", h->atlas->labels[run], "\">");
	else
		fputs("<td class=\"m\">", out);
	if (there == 0)
		fputs("<small>not run</small>", out);
	for (size_t i = 0; i < c->count; i++) {
		const struct result *r = c->variants[i].results[run];

		if (r != NULL && !(fold && verdict_is_good(r->verdict)))
			put_mark(out, &c->variants[i], r);
	}
	if (fold)
		put_folded(out, c, run, good);
}

static const char *since_of(const struct result *r)
{
	return r->since;
}

static const char *removed_of(const struct result *r)
{
	return r->removed;
}

/* The versions of Linux that a case's variants name, each once. */
static void put_versions(FILE *out, const struct merged_case *c, size_t runs, const char *name,
			 const char *(*of)(const struct result *r))
{
	struct strmap seen = {0};

	for (size_t i = 0; i < c->count * runs; i++) {
		const struct result *r = c->variants[i / runs].results[i % runs];

		if (r == NULL || of(r)[0] == 0 || !strmap_add(&seen, of(r), 0))
			continue;
		if (seen.used == 1)
			fprintf(out, " data-%s=\"", name);
		html_wrap(out, seen.used == 1 ? "" : " ", of(r), "");
	}
	if (seen.used > 0)
		putc('"', out);
	strmap_free(&seen);
}

static void put_row(struct html *h, const struct merged_case *c)
{
	FILE *out = h->out;
	const struct test_case *info = c->info;
	int64_t us = 0;

	for (size_t i = 0; i < c->count; i++) {
		for (size_t k = 0; k < h->atlas->run_count; k++) {
			const struct result *r = c->variants[i].results[k];

			if (r != NULL && r->duration_us > us)
				us = r->duration_us;
		}
	}
	fprintf(out, "<tr data-us=\"%" PRId64 "\"", us);
	put_words(out, "tags", &info->tags);
	put_words(out, "needs", &info->needs);
	put_versions(out, c, h->atlas->run_count, "since", since_of);
	put_versions(out, c, h->atlas->run_count, "removed", removed_of);
	fputs(" data-words=\"", out);
	keywords_put(out, c, h->atlas->run_count);
	fputs("\"><td class=\"c\"><a href=\"", out);
	html_href(out, c->id);
	fputs("\"><small>", out);
	escape_html_n(out, c->id, group_length(c->id) + 1);
	html_wrap(out, "</small>", c->id + group_length(c->id) + 1, "</a>");
	html_wrap_cut(out, "<td class=\"claim\">", info->claim, 400, "");
	html_history(out, info->since, info->removed);
	fprintf(out, "<td class=\"l\">%s", level_word(info->level));
	for (size_t k = 0; k < h->atlas->run_count; k++)
		put_run_cell(h, c, k);
	fputs("<td class=\"t\">", out);
	html_duration(out, us);
	putc('\n', out);
}

/* Works only with the script, which also shows it. Its options are filled from the table. */
static void put_search(FILE *out)
{
	fputs("<form id=\"search\" class=\"search\" role=\"search\" hidden>\n"
	      "<label for=\"q\">Search</label> <input id=\"q\" type=\"search\" "
	      "autocomplete=\"off\" "
	      "spellcheck=\"false\" placeholder=\"status:fail level:posix tag:tcp SO_REUSEADDR\">\n"
	      "<label>Verdict <select data-key=\"status\"><option value=\"\">any</select></label>\n"
	      "<label>Level <select data-key=\"level\"><option value=\"\">any</select></label>\n"
	      "<label>Folder <select data-key=\"folder\"><option value=\"\">any</select></label>\n"
	      "<label>Tag <select data-key=\"tag\"><option value=\"\">any</select></label>\n"
	      "<button type=\"button\" id=\"clear\">Clear</button>\n"
	      "<output id=\"found\" for=\"q\"></output>\n"
	      "<details><summary>How to search</summary><dl>"
	      "<dt><code>SO_REUSEADDR</code><dd>a constant, a call, or any text of a case; "
	      "<code>\"two words\"</code> as one"
	      "<dt><code>status:fail,crash</code><dd>verdict: pass fail skip known fixed error "
	      "timeout crash, or <code>status:bad</code> for all that need a look"
	      "<dt><code>level:posix</code> <code>tag:tcp</code> <code>need:ipv6</code> "
	      "<code>folder:inet</code><dd>what the case says of itself"
	      "<dt><code>call:accept4</code> <code>variant:v6</code> <code>time:&gt;50</code>"
	      "<dd>a call it made, a variant's name, a time in milliseconds"
	      "<dt><code>run:gvisor</code> <code>is:different</code><dd>with several runs: only "
	      "the verdicts of that run; cases whose verdict is not the same everywhere"
	      "<dt><code>since:5.15</code> <code>removed:6.16</code> <code>is:versioned</code>"
	      "<dd>what is true of Linux from, or until before, a version, or any version"
	      "<dt><code>-tag:udp</code><dd>not"
	      "</dl><p>Keys: <kbd>/</kbd> search, <kbd>n</kbd> and <kbd>p</kbd> next and previous "
	      "case, <kbd>Esc</kbd> back to the table.</p></details>\n</form>\n",
	      out);
}

void html_table(struct html *h)
{
	const struct atlas *a = h->atlas;
	const char *group = NULL;
	FILE *out = h->out;

	fputs("<section id=\"cases\"><h2>Cases</h2>\n", out);
	put_search(out);
	fprintf(out,
		"<div class=\"wide\"><table id=\"table\"%s><thead><tr><th scope=\"col\" "
		"data-sort=\"id\">Case<th scope=\"col\">Claim<th scope=\"col\" "
		"data-sort=\"level\">Level",
		a->run_count < RUNS_MANY ? "" : " class=\"many\"");
	for (size_t i = 0; i < a->run_count; i++)
		html_wrap(out, "<th scope=\"col\" data-run>",
			  a->run_count == 1 ? "Result" : a->labels[i], "");
	fputs("<th scope=\"col\" data-sort=\"time\">Time</thead>\n", out);
	for (size_t i = 0; i < a->case_count; i++) {
		const struct merged_case *c = &a->cases[i];
		size_t length = group_length(c->id);

		if (group == NULL || !group_is_same(group, c->id)) {
			fputs("<tbody><tr class=\"g\"><th scope=\"rowgroup\" colspan=\"", out);
			fprintf(out, "%zu\">", 4 + a->run_count);
			escape_html_n(out, c->id, length);
			putc('\n', out);
			group = c->id;
		}
		put_row(h, c);
	}
	fputs("</table></div></section>\n", out);
}
