/* SPDX-License-Identifier: MIT */
#include "reports/html/highlight.h"

#include <ctype.h>
#include <string.h>

#include "reports/base/escape.h"

static const char *const keywords[] = {
	"auto",	 "bool",     "break",	"case",	     "char",	 "const",    "continue", "default",
	"do",	 "double",   "else",	"enum",	     "extern",	 "false",    "float",	 "for",
	"goto",	 "if",	     "inline",	"int",	     "long",	 "register", "restrict", "return",
	"short", "signed",   "sizeof",	"size_t",    "ssize_t",	 "static",   "struct",	 "switch",
	"true",	 "typedef",  "uint8_t", "uint16_t",  "uint32_t", "uint64_t", "union",	 "unsigned",
	"void",	 "volatile", "while",	"socklen_t",
};

static bool is_keyword(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strlen(keywords[i]) == length && memcmp(keywords[i], word, length) == 0)
			return true;
	}
	return false;
}

/* By the house's and everybody's habit: capitals are constants and macros. */
static bool is_constant(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!isupper((unsigned char)word[i]) && !isdigit((unsigned char)word[i]) &&
		    word[i] != '_')
			return false;
	}
	return length > 1;
}

static size_t word_length(const char *p, const char *end)
{
	const char *at = p;

	while (at < end && (isalnum((unsigned char)*at) || *at == '_'))
		at++;
	return (size_t)(at - p);
}

/* The length of a string or character constant that starts at `p`. */
static size_t quoted_length(const char *p, const char *end)
{
	const char *at = p + 1;

	while (at < end && *at != *p)
		at += *at == '\\' && at + 1 < end ? 2 : 1;
	return (size_t)((at < end ? at + 1 : end) - p);
}

/* The length of what is left of a comment, and whether it goes on in the next line. */
static size_t comment_length(struct highlight *state, const char *p, const char *end)
{
	for (const char *at = p; at + 1 < end; at++) {
		if (at[0] == '*' && at[1] == '/') {
			state->in_comment = false;
			return (size_t)(at + 2 - p);
		}
	}
	state->in_comment = true;
	return (size_t)(end - p);
}

static void put(FILE *out, char class, const char *text, size_t length)
{
	if (class != 0)
		fprintf(out, "<i class=\"%c\">", class);
	escape_html_n(out, text, length);
	if (class != 0)
		fputs("</i>", out);
}

/* One token from `p`: returns its length, and its class in *class (0: as it is). */
static size_t token(struct highlight *state, const char *p, const char *end, char *class)
{
	size_t length = 1;

	*class = 0;
	if (state->in_comment || (p[0] == '/' && p + 1 < end && p[1] == '*')) {
		size_t start = state->in_comment ? 0 : 2;

		*class = 'c';
		return start + comment_length(state, p + start, end);
	}
	if (p[0] == '/' && p + 1 < end && p[1] == '/') {
		*class = 'c';
		return (size_t)(end - p);
	}
	if (*p == '"' || *p == '\'') {
		*class = 's';
		return quoted_length(p, end);
	}
	if (isalpha((unsigned char)*p) || *p == '_') {
		length = word_length(p, end);
		if (is_keyword(p, length))
			*class = 'k';
		else if (is_constant(p, length))
			*class = 'm';
		return length;
	}
	if (isdigit((unsigned char)*p)) {
		*class = 'n';
		return word_length(p, end);
	}
	while (p + length < end && (unsigned char)p[length] >= 0x80)
		length++;
	return length;
}

void highlight_line(FILE *out, struct highlight *state, const char *line, size_t length)
{
	const char *p = line, *end = line + length;
	const char *first = line;

	while (first < end && (*first == ' ' || *first == '\t'))
		first++;
	if (!state->in_comment && (state->in_directive || (first < end && *first == '#'))) {
		put(out, 'p', line, length);
		state->in_directive = length != 0 && line[length - 1] == '\\';
		return;
	}
	while (p < end) {
		char class;
		size_t step = token(state, p, end, &class);

		put(out, class, p, step);
		p += step;
	}
}
