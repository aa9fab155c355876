/* SPDX-License-Identifier: MIT */
/* Which deviations each case was tried with, and how those are named on the page. */
#ifndef ATLAS_HTML_TRIED_H
#define ATLAS_HTML_TRIED_H

#include "reports/deviations/findings.h"
#include "reports/html/html.h"

struct tried_item {
	const char *case_id;
	const struct finding *finding;
	const struct attempt *attempt;
};

/* Of all findings, by case and finding. Free `items`. */
struct tried tried_collect(const struct findings *f);

/* The part of a case's page: what it was tried with, and what it notices. */
void tried_put(struct html *h, const struct merged_case *c);

/* The id of the case that an attempt was made in, without the variant. */
const char *tried_case(const struct attempt *a);

/*
 * What a deviation is about, for the list of them: the constant of its subject, or the call
 * with "()" when the subject is none. At most 127 bytes, in `text`.
 */
void tried_topic(char text[128], const struct finding *f);

/* ` href="#about-TOPIC"`, and the anchor that it leads to. */
void tried_topic_href(FILE *out, const char *topic);
void tried_topic_anchor(struct html *h, const char *topic);

/*
 * "getsockopt() SO_LINGER unfilled", of which those behind each other share the call
 * and the subject: pass the one before, or NULL. `linked`: to what is known of its topic.
 */
void tried_put_name(FILE *out, const struct finding *f, const struct finding *before, bool linked);

#endif
