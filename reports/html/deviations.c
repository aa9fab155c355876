/* SPDX-License-Identifier: MIT */
/* The overview of the deviations: the score, what no case noticed, and all of them by topic. */
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/deviations/score.h"
#include "reports/html/tried.h"

enum { CASES_NAMED = 3 };

static size_t happened(const struct findings *f)
{
	return f->count - f->fates[FATE_UNSTABLE];
}

void html_score(struct html *h)
{
	const struct findings *f = h->atlas->findings;
	FILE *out = h->out;
	char percent[16];

	if (f == NULL)
		return;
	score_percent(percent, findings_share(f));
	fprintf(out,
		"<p class=\"score\"><a href=\"#deviations\"><b>%s\xc2\xa0%%</b></a> of %zu ways to "
		"make a call misbehave were noticed by a case",
		percent, happened(f));
	if (f->fates[FATE_SURVIVED] != 0)
		fprintf(out, "; <a href=\"#unnoticed\">%zu were not</a>", f->fates[FATE_SURVIVED]);
	fputs(".</p>\n", out);
}

static void put_bar(FILE *out, const struct score *s)
{
	fprintf(out,
		"<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" "
		"aria-hidden=\"true\"><rect class=\"fail\" width=\"100\" height=\"10\"/>"
		"<rect class=\"pass\" width=\"%.1f\" height=\"10\"/></svg>",
		100.0 * (double)s->noticed / (double)s->happened);
}

static void put_scores(FILE *out, const char *title, struct scores s, bool all)
{
	size_t rest = 0;

	fprintf(out,
		"<table class=\"scores\"><thead><tr><th>%s<th>Tried<th>Noticed<th>Share</thead>"
		"<tbody>\n",
		title);
	for (size_t i = 0; i < s.count; i++) {
		const struct score *k = &s.items[i];
		char percent[16];

		if (!all && k->noticed == k->happened) {
			rest++;
			continue;
		}
		score_percent(percent, 100.0 * (double)k->noticed / (double)k->happened);
		html_wrap(out, "<tr><td>", k->name, all ? "" : "()");
		fprintf(out, "<td>%zu<td>%zu<td>%s\xc2\xa0%%", k->happened, k->noticed, percent);
		put_bar(out, k);
	}
	if (rest != 0)
		fprintf(out, "<tr><td colspan=\"4\">and of %zu other calls all\n", rest);
	fputs("</tbody></table>\n", out);
	free(s.items);
}

static void put_case(FILE *out, const char *before, const char *id)
{
	fputs(before, out);
	fputs("<a href=\"", out);
	html_href(out, id);
	html_wrap(out, "\">", id, "</a>");
}

/* The findings [first, last) have a call and what it is about in common: their names, and the
 * cases. */
static void put_group(FILE *out, const struct finding *first, const struct finding *last)
{
	bool survived = first->fate == FATE_SURVIVED;
	struct strmap seen = {0};

	fputs("<li>", out);
	for (const struct finding *f = first; f < last; f++)
		tried_put_name(out, f, f == first ? NULL : f - 1, false);
	fputs(survived ? " <b class=\"bad\">noticed by no case</b>; tried in " : ": ", out);
	if (survived) {
		const char *id = tried_case(finding_candidate(first));

		strmap_add(&seen, id, 0);
		put_case(out, "", id);
	}
	for (const struct finding *f = first; f < last; f++) {
		for (size_t i = 0; i < f->count; i++) {
			const struct attempt *a = &f->attempts[i];

			if ((survived || a->trial->noticed) &&
			    strmap_add(&seen, tried_case(a), 0) && seen.used <= CASES_NAMED)
				put_case(out, seen.used == 1 ? "" : ", ", tried_case(a));
		}
	}
	if (seen.used > CASES_NAMED)
		fprintf(out, " and %zu more", seen.used - CASES_NAMED);
	if (first->fate == FATE_SETUP)
		fputs(" <small>by a setup step only</small>", out);
	strmap_free(&seen);
	putc('\n', out);
}

/* Members of one structure that nobody looks at are one thing to do. */
static bool same_group(const struct finding *f, const struct finding *g)
{
	char topic[128], other[128];

	if (f->fate != g->fate || strcmp(f->call, g->call) != 0)
		return false;
	if (f->fate != FATE_SURVIVED)
		return strcmp(f->subject, g->subject) == 0;
	tried_topic(topic, f);
	tried_topic(other, g);
	return strcmp(topic, other) == 0 &&
	       strcmp(tried_case(finding_candidate(f)), tried_case(finding_candidate(g))) == 0;
}

/* Findings are sorted by name, so that those of a group stand together. */
static void put_groups(FILE *out, struct finding *const *items, size_t count)
{
	for (size_t first = 0, i = 1; i <= count; i++) {
		if (i < count && items[i] == items[i - 1] + 1 && same_group(items[first], items[i]))
			continue;
		put_group(out, items[first], items[i - 1] + 1);
		first = i;
	}
}

static void put_unnoticed(FILE *out, const struct findings *f)
{
	struct finding **items = memory_get(f->count, sizeof(struct finding *));
	size_t count = 0;

	for (size_t i = 0; i < f->count; i++) {
		if (f->items[i].fate == FATE_SURVIVED)
			items[count++] = &f->items[i];
	}
	if (count != 0) {
		fprintf(out,
			"<details id=\"unnoticed\"><summary><b class=\"bad\">%zu</b> noticed by no "
			"case</summary><ul>\n",
			count);
		put_groups(out, items, count);
		fputs("</ul></details>\n", out);
	}
	free(items);
}

struct topic {
	char name[128];
	struct finding *finding;
};

static int by_topic(const void *a, const void *b)
{
	const struct topic *x = a, *y = b;
	int d = strcmp(x->name, y->name);

	if (d != 0)
		return d;
	return x->finding < y->finding ? -1 : x->finding > y->finding;
}

static void put_topic(struct html *h, const struct topic *topics, size_t count)
{
	struct finding **items = memory_get(count, sizeof(struct finding *));
	FILE *out = h->out;
	size_t noticed = 0;

	for (size_t i = 0; i < count; i++) {
		items[i] = topics[i].finding;
		noticed += items[i]->fate != FATE_SURVIVED;
	}
	fputs("<details", out);
	tried_topic_anchor(h, topics[0].name);
	html_wrap(out, "><summary><code>", topics[0].name, "</code> ");
	fprintf(out, "<small%s>%zu of %zu</small></summary><ul>\n",
		noticed == count ? "" : " class=\"bad\"", noticed, count);
	put_groups(out, items, count);
	fputs("</ul></details>\n", out);
	free(items);
}

static void put_topics(struct html *h, const struct findings *f)
{
	struct topic *topics = memory_get(f->count, sizeof(*topics));
	size_t count = 0;

	for (size_t i = 0; i < f->count; i++) {
		if (f->items[i].fate == FATE_UNSTABLE)
			continue;
		tried_topic(topics[count].name, &f->items[i]);
		topics[count++].finding = &f->items[i];
	}
	if (count > 1)
		qsort(topics, count, sizeof(*topics), by_topic);
	fputs("<h3>Is anything checking it?</h3>\n<p>By constant, or by call where it is about "
	      "none: how many ways to get it wrong were noticed, and by which cases.</p>\n"
	      "<div class=\"topics\">\n",
	      h->out);
	for (size_t first = 0, i = 1; i <= count; i++) {
		if (i < count && strcmp(topics[first].name, topics[i].name) == 0)
			continue;
		put_topic(h, topics + first, i - first);
		first = i;
	}
	fputs("</div>\n", h->out);
	free(topics);
}

/* What has to be known to read the numbers. */
static void put_notes(FILE *out, const struct findings *f)
{
	if (f->fates[FATE_SETUP] != 0)
		fprintf(out,
			"<p><small>%zu were noticed only by steps that prepare a case, not by a "
			"check.</small></p>\n",
			f->fates[FATE_SETUP]);
	if (f->fates[FATE_UNSTABLE] != 0)
		fprintf(out,
			"<p><small>%zu more were offered by a call that was not made again; they "
			"are not counted.</small></p>\n",
			f->fates[FATE_UNSTABLE]);
	if (f->partial)
		fputs("<p class=\"warn\">Only a selection of cases or deviations was tried: others "
		      "may notice what nobody notices here.</p>\n",
		      out);
	if (f->incomplete)
		fputs("<p class=\"warn\">Not all deviations were tried: the proof did not come to "
		      "its end.</p>\n",
		      out);
}

void html_deviations(struct html *h)
{
	const struct findings *f = h->atlas->findings;
	FILE *out = h->out;

	if (f == NULL)
		return;
	fputs("<section id=\"deviations\"><h2>What the cases would notice</h2>\n<p>A case is worth "
	      "as much as what it notices. So each recorded call was made to misbehave, one way at "
	      "a time &ndash; an option accepted and ignored, a flag dropped, an error replaced "
	      "&ndash; "
	      "and the cases that make the call were run again. At least one has to fail.</p>\n",
	      out);
	put_notes(out, f);
	fputs("<div class=\"cols\">", out);
	put_scores(out, "Kind", scores_by(f, score_kind), true);
	put_scores(out, "Call", scores_by(f, score_call), false);
	fputs("</div>\n", out);
	put_unnoticed(out, f);
	put_topics(h, f);
	fputs("</section>\n", out);
}
