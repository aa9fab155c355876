/* SPDX-License-Identifier: MIT */
/* The top of the page: how a run ended, at a glance, and what needs a look. */
#include <inttypes.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"

/* The order in which verdicts are shown: what needs a look first, but pass before all. */
static const enum verdict order[VERDICTS] = {
	VERDICT_PASS,  VERDICT_FAIL,  VERDICT_CRASH, VERDICT_TIMEOUT,
	VERDICT_ERROR, VERDICT_FIXED, VERDICT_KNOWN, VERDICT_SKIP,
};

/* One bar, as wide as the page, in proportion. Attributes of SVG are not styles: no policy minds.
 */
static void put_bar(FILE *out, const struct run *run)
{
	double at = 0;

	if (run->result_count == 0)
		return;
	fputs("<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
	      "aria-hidden=\"true\">",
	      out);
	for (size_t i = 0; i < VERDICTS; i++) {
		double width = 1000.0 * (double)run->verdicts[order[i]] / (double)run->result_count;

		if (run->verdicts[order[i]] == 0)
			continue;
		fprintf(out, "<rect class=\"%s\" x=\"%.2f\" width=\"%.2f\" height=\"10\"/>",
			verdict_word(order[i]), at, width < 2 ? 2 : width);
		at += width;
	}
	fputs("</svg>\n", out);
}

static void put_tiles(FILE *out, const struct run *run)
{
	fputs("<ul class=\"tiles\">", out);
	for (size_t i = 0; i < VERDICTS; i++) {
		const char *name = verdict_word(order[i]);

		if (run->verdicts[order[i]] == 0 && order[i] != VERDICT_PASS &&
		    order[i] != VERDICT_FAIL)
			continue;
		fprintf(out,
			"<li class=\"%s%s\"><a href=\"#?q=status:%s\"><b>%" PRId64
			"</b> %s\xc2\xa0%s</a>",
			name, run->verdicts[order[i]] == 0 ? " none" : "", name,
			run->verdicts[order[i]], html_verdict_sign(order[i]), name);
	}
	fputs("</ul>\n", out);
}

static void put_run(struct html *h, size_t index)
{
	const struct run *run = h->atlas->runs[index];
	const struct header *head = &run->header;
	FILE *out = h->out;

	fputs("<section class=\"run\">\n", out);
	html_wrap(out, "<h2>", h->atlas->labels[index], "</h2>\n<p class=\"facts\">");
	/* A platform without a name is called by these three. */
	if (head->platform.name[0] != 0) {
		html_wrap(out, "", head->platform.sysname, " ");
		html_wrap(out, "", head->platform.kernel_release, " ");
		html_wrap(out, "", head->platform.machine, " · ");
	}
	if (head->platform.libc[0] != 0)
		html_wrap(out, "", head->platform.libc, " · ");
	if (head->started[0] != 0)
		html_wrap(out, "", head->started, " · ");
	html_count(out, run->result_count, "result");
	fputs(" in ", out);
	html_duration(out, run->duration_us);
	fputs("</p>\n", out);
	if (run->cut || !run->has_footer)
		fputs("<p class=\"warn\">This run did not come to its end: what is missing here "
		      "was not run, or not written.</p>\n",
		      out);
	else if (run->footer.interrupted)
		fputs("<p class=\"warn\">This run was interrupted.</p>\n", out);
	put_tiles(out, run);
	put_bar(out, run);
	fputs("</section>\n", out);
}

void html_summary(struct html *h)
{
	fputs("<section id=\"summary\" aria-label=\"Summary\">\n", h->out);
	for (size_t i = 0; i < h->atlas->run_count; i++)
		put_run(h, i);
	html_score(h);
	fputs("</section>\n", h->out);
}

/* Why a result is not good, in one line: its first failed check, or its reason. */
static void put_why(FILE *out, const struct result *r)
{
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *c = &r->checks[i];

		if (c->ok)
			continue;
		html_wrap(out, "<p class=\"why\"><code>", c->text, "</code><br>");
		html_wrap_cut(out, "expected <b>", c->expected, 300, "</b>, ");
		html_wrap_cut(out, "observed <b class=\"bad\">", c->observed, 300, "</b> ");
		html_wrap(out, "<small>", c->file, "");
		fprintf(out, ":%" PRId64 "</small></p>", c->line);
		return;
	}
	if (r->signal[0] != 0)
		html_wrap(out, "<p class=\"why\">ended by <b class=\"bad\">", r->signal,
			  "</b></p>");
	if (r->reason[0] != 0)
		html_wrap_cut(out, "<p class=\"why\">", r->reason, 600, "</p>");
}

void html_attention(struct html *h)
{
	const struct atlas *a = h->atlas;
	FILE *out = h->out;
	size_t count = 0;

	for (size_t i = 0; i < a->case_count * a->run_count; i++) {
		const struct merged_case *c = &a->cases[i / a->run_count];

		for (size_t k = 0; k < c->count; k++) {
			const struct result *r = c->variants[k].results[i % a->run_count];

			if (r == NULL || verdict_is_good(r->verdict))
				continue;
			if (count++ == 0)
				fputs("<section id=\"attention\"><h2>Needs a look</h2>\n<ul>\n",
				      out);
			if (count > 100)
				continue;
			fputs("<li>", out);
			html_verdict(out, r->verdict);
			fputs(" <a href=\"", out);
			html_href(out, r->id);
			html_wrap(out, "\">", r->id, "</a>");
			if (a->run_count > 1)
				html_wrap(out, " <small>on ", a->labels[i % a->run_count],
					  "</small>");
			html_wrap(out, "<p>", c->info->claim, "</p>");
			put_why(out, r);
			putc('\n', out);
		}
	}
	if (count > 100)
		fprintf(out, "<li>and %zu more: see the table\n", count - 100);
	if (count != 0)
		fputs("</ul></section>\n", out);
}
