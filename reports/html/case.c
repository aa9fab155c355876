/* SPDX-License-Identifier: MIT */
/* A case's page: the lesson and the source once, the variants inside it. */
#include <inttypes.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"
#include "reports/html/tried.h"

static void put_words(FILE *out, const char *name, const struct strings *words, const char *key)
{
	if (words->count == 0)
		return;
	fprintf(out, "<dt>%s<dd>", name);
	for (size_t i = 0; i < words->count; i++) {
		fprintf(out, "%s<a class=\"tag\" href=\"#?q=%s:", i == 0 ? "" : " ", key);
		escape_url(out, words->items[i]);
		html_wrap(out, "\">", words->items[i], "</a>");
	}
}

static const char *level_meaning(enum level level)
{
	switch (level) {
	case LEVEL_POSIX:
		return "required by POSIX.1-2024";
	case LEVEL_RFC:
		return "required by an RFC";
	case LEVEL_LINUX:
		return "documented for Linux";
	case LEVEL_ABI:
		return "not documented, but depended upon";
	case LEVEL_OBSERVED:
		return "nothing is required: what was seen is written down";
	default:
		return "not said";
	}
}

static void put_meta(struct html *h, const struct test_case *c)
{
	FILE *out = h->out;

	fputs("<dl class=\"meta\">", out);
	fprintf(out, "<dt>Level<dd><span class=\"level\">%s</span> %s", level_word(c->level),
		level_meaning(c->level));
	if (c->spec[0] != 0)
		html_wrap(out, "<dt>Specification<dd class=\"spec\">", c->spec, "");
	if (c->topology[0] != 0)
		html_wrap(out, "<dt>Topology<dd><code>", c->topology, "</code>");
	put_words(out, "Tags", &c->tags, "tag");
	put_words(out, "Needs", &c->needs, "need");
	if (c->since[0] != 0 || c->removed[0] != 0) {
		fputs("<dt>Kernel<dd>", out);
		html_history(out, c->since, c->removed);
	}
	if (c->waits)
		fputs("<dt>Time<dd>it has to let time pass", out);
	fputs("</dl>\n", out);
}

/* Links to the variants, with their verdicts: the table of contents of a matrix. */
static void put_contents(struct html *h, const struct merged_case *c)
{
	FILE *out = h->out;

	if (c->count < 2)
		return;
	fputs("<p class=\"contents\">", out);
	for (size_t i = 0; i < c->count; i++) {
		const struct merged_variant *v = &c->variants[i];
		enum verdict worst = VERDICT_PASS;

		for (size_t k = 0; k < h->atlas->run_count; k++) {
			if (v->results[k] != NULL && (verdict_is_good(worst)))
				worst = v->results[k]->verdict;
		}
		fprintf(out, "<a class=\"v %s\" href=\"", verdict_word(worst));
		html_href(out, v->id);
		fprintf(out, "\">%s\xc2\xa0", html_verdict_sign(worst));
		html_wrap_cut(out, "", v->name, 60, "</a> ");
	}
	fputs("</p>\n", out);
}

void html_case(struct html *h, const struct merged_case *c)
{
	const char *name = strrchr(c->id, '/') + 1;
	FILE *out = h->out;
	/* A case without variants has its only result's id; the article then is that anchor too. */
	fputs("<article", out);
	html_anchor(h, c->id);
	fputs(">\n<header><p class=\"path\">", out);
	escape_html_n(out, c->id, (size_t)(name - c->id));
	html_wrap(out, "</p><h2>", name, "");
	fputs(" <a class=\"self\" href=\"", out);
	html_href(out, c->id);
	fputs("\" aria-label=\"Link to this case\">#</a></h2>\n", out);
	html_wrap(out, "<p class=\"claim\">", c->info->claim, "</p>\n");
	put_contents(h, c);
	fputs("</header>\n<div class=\"intro\"><div class=\"lesson\">", out);
	html_lesson(out, c->info->lesson);
	fputs("</div>\n", out);
	put_meta(h, c->info);
	fputs("</div>\n", out);
	html_source(h, c);
	tried_put(h, c);
	for (size_t i = 0; i < c->count; i++)
		html_variant(h, c, &c->variants[i]);
	fputs("</article>\n", out);
}
