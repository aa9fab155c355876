/* SPDX-License-Identifier: MIT */
/*
 * Text from a results file on its way into HTML, XML, KTAP, TSV or a terminal.
 *
 * A results file is untrusted input. Each of these functions writes text that
 * means nothing to the format it is put in: no markup, no control character, no
 * second line, and no character that turns the direction of what follows. Such
 * characters are not dropped; they are shown.
 */
#ifndef ATLAS_ESCAPE_H
#define ATLAS_ESCAPE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Reads one character of UTF-8 (RFC 3629: shortest form, no surrogates) from the
 * `length` > 0 bytes at `s`. Returns how many bytes it takes; an invalid byte takes
 * one and gives 0xFFFD in *character.
 */
size_t utf8_read(const char *s, size_t length, uint32_t *character);

/* HTML text or the value of a quoted attribute; newlines and tabs stay. */
void escape_html(FILE *out, const char *text);
void escape_html_n(FILE *out, const char *text, size_t length);

/* XML 1.0 text; newlines and tabs stay. */
void escape_xml(FILE *out, const char *text);

/* The value of a quoted XML attribute: newlines and tabs become character references. */
void escape_xml_attribute(FILE *out, const char *text);

/* One line of plain text, for a terminal. */
void escape_line(FILE *out, const char *text);

/* One line of plain text without "#", which begins a directive in KTAP. */
void escape_ktap(FILE *out, const char *text);

/* One field of a tab-separated line: \t, \n, \r and \\ stand for what they do in C. */
void escape_tsv(FILE *out, const char *text);

/* One part of a URL: everything but unreserved characters and "/" becomes %XX. */
void escape_url(FILE *out, const char *text);

/*
 * The text as one word of a shell's command line: as it is when it is plain, else in single
 * quotes. The caller frees it.
 */
char *shell_word(const char *text);

#endif
