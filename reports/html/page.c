/* SPDX-License-Identifier: MIT */
/* The page around the parts. */
#include <stdlib.h>
#include <string.h>

#include "reports/base/base64.h"
#include "reports/base/escape.h"
#include "reports/base/sha256.h"
#include "reports/html/tried.h"

/*
 * Content-Security-Policy 3: what the page may do, by the digest of the only style and
 * the only script it has. Whatever a results file could smuggle into it stays text.
 */
static void put_digest(FILE *out, struct html_asset asset)
{
	uint8_t digest[32];
	char text[48];

	sha256(asset.text, asset.length, digest);
	base64_encode(digest, sizeof(digest), text);
	fprintf(out, "'sha256-%s'", text);
}

static void put_head(struct html *h)
{
	FILE *out = h->out;

	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "base-uri 'none'; form-action 'none'; style-src ",
	      out);
	put_digest(out, html_css());
	fputs("; script-src ", out);
	put_digest(out, html_js());
	fputs("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n"
	      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>sockatlas: ",
	      out);
	escape_html(out, h->atlas->labels[0]);
	if (h->atlas->run_count > 1)
		fprintf(out, " and %zu more", h->atlas->run_count - 1);
	fputs("</title>\n<style>", out);
	fwrite(html_css().text, 1, html_css().length, out);
	fputs("</style>\n<script>", out);
	fwrite(html_js().text, 1, html_js().length, out);
	fputs("</script>\n</head>\n", out);
}

/* Results of calls that misbehaved on purpose: nobody may take them for a platform's. */
static void put_deviated(FILE *out, const struct atlas *atlas)
{
	for (size_t i = 0; i < atlas->run_count; i++) {
		if (atlas->runs[i]->header.deviation[0] == 0)
			continue;
		html_wrap(out,
			  "<p class=\"deviated\" role=\"note\"><b>Not the results of a "
			  "platform:</b> calls were made to misbehave on purpose, as <code>",
			  atlas->runs[i]->header.deviation, "</code> says");
		if (atlas->run_count > 1)
			html_wrap(out, ", in the run <b>", atlas->labels[i], "</b>");
		fputs(".</p>\n", out);
	}
}

static void put_banner(struct html *h)
{
	fputs("<body>\n<a class=\"jump\" href=\"#cases\">Skip to the cases</a>\n"
	      "<header id=\"top\"><a class=\"name\" href=\"#\">sock<b>atlas</b></a>\n"
	      "<p>what a socket does, and how to see it for yourself</p>\n<nav>"
	      "<a href=\"#cases\">Cases</a> ",
	      h->out);
	if (h->atlas->run_count > 1)
		fputs("<a href=\"#differences\">Differences</a> ", h->out);
	fputs("<a href=\"#skips\">Skips</a> ", h->out);
	if (h->atlas->findings != NULL)
		fputs("<a href=\"#deviations\">Deviations</a> ", h->out);
	fputs("<a href=\"#platforms\">Platforms</a></nav></header>\n", h->out);
	put_deviated(h->out, h->atlas);
}

/* A packet with all its fields is some 3 KB of page, with fewer 2, with its layers 1. */
enum { PACKETS_IN_FULL = 2500, PACKETS_WITH_FIELDS = 5000, RESULTS_IN_FULL = 2000 };

/* First what several runs say alike is folded, then packets are told in fewer words. */
static void choose_detail(struct html *h)
{
	size_t packets = fold_packets(&h->fold, h->atlas), results = 0;

	for (size_t i = 0; i < h->atlas->run_count; i++)
		results += h->atlas->runs[i]->result_count;
	if (h->atlas->run_count > 1 && (packets > PACKETS_IN_FULL || results > RESULTS_IN_FULL)) {
		fold_find(&h->fold, h->atlas);
		packets = fold_packets(&h->fold, h->atlas);
	}
	h->detail = packets <= PACKETS_IN_FULL	     ? DETAIL_FULL
		    : packets <= PACKETS_WITH_FIELDS ? DETAIL_FIELDS
						     : DETAIL_LAYERS;
}

void html_page(FILE *out, const struct atlas *atlas)
{
	struct html h = {.out = out, .atlas = atlas};

	choose_detail(&h);
	if (atlas->findings != NULL)
		h.tried = tried_collect(atlas->findings);
	put_head(&h);
	put_banner(&h);
	fputs("<main id=\"overview\">\n", out);
	html_summary(&h);
	html_attention(&h);
	html_table(&h);
	html_differences(&h);
	html_skips(&h);
	html_deviations(&h);
	html_platforms(&h);
	fputs("</main>\n<main id=\"pages\">\n", out);
	for (size_t i = 0; i < atlas->case_count; i++)
		html_case(&h, &atlas->cases[i]);
	fputs("</main>\n<footer>Written by sockatlas. This page is complete: it fetches nothing.",
	      out);
	if (h.detail != DETAIL_FULL)
		fputs(" It holds many packets; to keep it small, not all of their fields are here. "
		      "A report of fewer cases has them all.",
		      out);
	if (h.fold.first != NULL)
		fputs(" Where platforms say the same of a case, it shows the first of them.", out);
	fputs("</footer>\n</body>\n</html>\n", out);
	strmap_free(&h.anchors);
	free(h.tried.items);
	fold_free(&h.fold);
}
