/* SPDX-License-Identifier: MIT */
/*
 * The atlas: one page that holds everything, written part by part.
 *
 * It works from file://, fetches nothing, and reads without its script: the script
 * only shows one case at a time and searches. Ids of cases and variants are the
 * page's anchors; they always have a "/", the page's own never do.
 */
#ifndef ATLAS_HTML_H
#define ATLAS_HTML_H

#include <stdio.h>

#include "reports/html/fold.h"
#include "reports/results/merge.h"

/* What each case was tried with: reports/html/tried.h. */
struct tried {
	struct tried_item *items;
	size_t count;
};

/* How much of each packet the page holds; a page has to stay small enough for a browser. */
enum detail {
	DETAIL_FULL,   /* every field with its bytes beside it */
	DETAIL_FIELDS, /* the fields; which bytes they are in is said by their offsets */
	DETAIL_LAYERS, /* a line a layer, and the bytes */
};

struct html {
	FILE *out;
	const struct atlas *atlas;
	enum detail detail;
	struct strmap anchors; /* ids that were written already: an id is used once */
	struct fold fold;      /* of runs that say the same; empty while the page is small */
	struct tried tried;    /* empty when nothing is known about deviations */
};

/* The whole page. The caller checks `out` for errors. */
void html_page(FILE *out, const struct atlas *atlas);

/* The parts, in the order of the page. */
void html_summary(struct html *h);
void html_attention(struct html *h);   /* what failed; nothing when nothing did */
void html_score(struct html *h);       /* of deviations: a line; nothing when none were tried */
void html_table(struct html *h);       /* all cases, searchable */
void html_differences(struct html *h); /* between platforms; nothing when there is only one */
void html_skips(struct html *h);       /* by reason; nothing when nothing was skipped */
void html_deviations(struct html *h);  /* what was noticed; nothing when none were tried */
void html_platforms(struct html *h);
void html_case(struct html *h, const struct merged_case *c);

/* The parts of a case. */
void html_lesson(FILE *out, const char *lesson);
void html_source(struct html *h, const struct merged_case *c);
void html_variant(struct html *h, const struct merged_case *c, const struct merged_variant *v);
void html_checks(FILE *out, const struct result *r, const struct test_case *c);
void html_timeline(struct html *h, const struct result *r, const struct test_case *c);

/* The decoded packet: its fields with their bytes, and all of its bytes. */
void html_packet(FILE *out, const struct link *link, const struct frame *frame, enum detail detail);

/* The style and the script of the page, as they are in the program; not NUL-terminated. */
struct html_asset {
	const char *text;
	size_t length;
};
struct html_asset html_css(void);
struct html_asset html_js(void);

/* ` id="..."`, once for each id. */
void html_anchor(struct html *h, const char *id);

/* `before`, the text escaped, `after`. */
void html_wrap(FILE *out, const char *before, const char *text, const char *after);

/* The same for at most `most` bytes of the text; what is left out is counted. */
void html_wrap_cut(FILE *out, const char *before, const char *text, size_t most, const char *after);

/* `#ID` for use inside a quoted attribute. */
void html_href(FILE *out, const char *id);

/* A time with a unit that fits: "0.8 ms", "12 ms", "1.3 s". */
void html_duration(FILE *out, int64_t us);

/* "1 case", "2 cases": the number, and the word with an s where there is not exactly one. */
void html_count(FILE *out, size_t count, const char *word);

/* A small mark with the verdict's name, and a sign before it that does not need colour. */
/* Links that search for the same: "since Linux 5.15", "until 6.16". "" is neither. */
void html_history(FILE *out, const char *since, const char *removed);

void html_verdict(FILE *out, enum verdict verdict);

/* The sign alone: a check mark, a cross, ... as UTF-8. */
const char *html_verdict_sign(enum verdict verdict);

#endif
