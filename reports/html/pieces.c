/* SPDX-License-Identifier: MIT */
/* Small pieces that the parts of the page are made of. */
#include <inttypes.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"

void html_wrap(FILE *out, const char *before, const char *text, const char *after)
{
	fputs(before, out);
	escape_html(out, text);
	fputs(after, out);
}

void html_wrap_cut(FILE *out, const char *before, const char *text, size_t most, const char *after)
{
	size_t length = strlen(text), end = most;

	if (length <= most) {
		html_wrap(out, before, text, after);
		return;
	}
	/* Not in the middle of a character. */
	while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80)
		end--;
	fputs(before, out);
	escape_html_n(out, text, end);
	fprintf(out, "\xe2\x80\xa6 <small>%zu more bytes</small>", length - end);
	fputs(after, out);
}

void html_anchor(struct html *h, const char *id)
{
	if (strmap_add(&h->anchors, id, 0))
		html_wrap(h->out, " id=\"", id, "\"");
}

void html_href(FILE *out, const char *id)
{
	putc('#', out);
	escape_url(out, id);
}

void html_duration(FILE *out, int64_t us)
{
	if (us < 10000)
		fprintf(out, "%.2f\xc2\xa0ms", (double)us / 1e3);
	else if (us < 1000000)
		fprintf(out, "%.0f\xc2\xa0ms", (double)us / 1e3);
	else
		fprintf(out, "%.1f\xc2\xa0s", (double)us / 1e6);
}

void html_count(FILE *out, size_t count, const char *word)
{
	fprintf(out, "%zu\xc2\xa0%s%s", count, word, count == 1 ? "" : "s");
}

const char *html_verdict_sign(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
		return "\xe2\x9c\x93";
	case VERDICT_SKIP:
		return "\xe2\x88\x92";
	case VERDICT_KNOWN:
		return "\xe2\x89\x88";
	case VERDICT_FIXED:
		return "\xe2\x98\x85";
	case VERDICT_ERROR:
		return "!";
	case VERDICT_TIMEOUT:
		return "\xe2\x97\x94";
	default:
		return "\xe2\x9c\x97";
	}
}

void html_verdict(FILE *out, enum verdict verdict)
{
	fprintf(out, "<span class=\"v %s\">%s\xc2\xa0%s</span>", verdict_word(verdict),
		html_verdict_sign(verdict), verdict_word(verdict));
}

static void put_version(FILE *out, const char *key, const char *version, const char *words)
{
	if (version[0] == 0)
		return;
	fprintf(out, " <a class=\"tag\" href=\"#?q=%s:", key);
	escape_url(out, version);
	fprintf(out, "\">%s ", words);
	html_wrap(out, "", version, "</a>");
}

void html_history(FILE *out, const char *since, const char *removed)
{
	put_version(out, "since", since, "since Linux");
	put_version(out, "removed", removed, "until Linux");
}
