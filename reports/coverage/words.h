/* SPDX-License-Identifier: MIT */
/*
 * The words of a recorded value (harness/calls/show.h says what values look like). They are
 *
 *     identifiers                     AF_INET, tcpi_state
 *     addresses                       127.0.0.1, ::1
 *     ports, with a colon before      :80, of 127.0.0.1:80, [::1]:80 and htons(80)
 *     numbers of 4 digits or more     66000: lengths and limits
 *
 * Strings and other numbers are none.
 */
#ifndef ATLAS_COVERAGE_WORDS_H
#define ATLAS_COVERAGE_WORDS_H

/* Calls `each` with every word of `value`; a word lives until `each` returns. */
void words_of(const char *value, void (*each)(void *context, const char *word), void *context);

#endif
