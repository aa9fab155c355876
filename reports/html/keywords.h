/* SPDX-License-Identifier: MIT */
/* The words by which the search finds a case: the constants it used, the calls it made. */
#ifndef ATLAS_HTML_KEYWORDS_H
#define ATLAS_HTML_KEYWORDS_H

#include "reports/html/html.h"

/*
 * Writes, separated by spaces and each once: the constants in the arguments and errors
 * of all calls of the case ("SO_REUSEADDR"), and the calls' names with "()". Escaped.
 */
void keywords_put(FILE *out, const struct merged_case *c, size_t run_count);

#endif
