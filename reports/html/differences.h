/* SPDX-License-Identifier: MIT */
/* What differs between platforms: rows of the tables that differences.c writes. */
#ifndef ATLAS_HTML_DIFFERENCES_H
#define ATLAS_HTML_DIFFERENCES_H

#include "reports/compare/differences.h"
#include "reports/html/html.h"

/* Variants of one case that differ in the same way. */
struct difference_row {
	const struct difference **items; /* not empty */
	size_t count;
};

/* Why the row's verdicts differ, on demand; nothing when no result says why. */
void html_reasons(const struct html *h, const struct difference_row *row);

#endif
