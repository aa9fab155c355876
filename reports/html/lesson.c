/* SPDX-License-Identifier: MIT */
/*
 * A lesson: paragraphs with empty lines between them. `code` stands in backticks,
 * *stress* between stars, lines that begin with "- " are a list, and lines that are
 * indented are shown as they are.
 */
#include <ctype.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"

/* The end of a piece between two marks that starts at `at`; NULL when it is none. */
static const char *closing(const char *at, const char *end, char mark)
{
	const char *close;

	if (at + 1 >= end || isspace((unsigned char)at[1]) || at[1] == mark)
		return NULL;
	close = memchr(at + 1, mark, (size_t)(end - at - 1));
	if (close == NULL || isspace((unsigned char)close[-1]))
		return NULL;
	if (mark == '*' && close + 1 < end && isalnum((unsigned char)close[1]))
		return NULL;
	return close;
}

static void put_inline(FILE *out, const char *text, const char *end)
{
	const char *plain = text;

	for (const char *p = text; p < end; p++) {
		bool code = *p == '`';
		bool word = p > text && (isalnum((unsigned char)p[-1]) || p[-1] == '*');
		const char *close = code || (*p == '*' && !word) ? closing(p, end, *p) : NULL;

		if (close == NULL)
			continue;
		escape_html_n(out, plain, (size_t)(p - plain));
		fputs(code ? "<code>" : "<em>", out);
		escape_html_n(out, p + 1, (size_t)(close - p - 1));
		fputs(code ? "</code>" : "</em>", out);
		p = close;
		plain = close + 1;
	}
	escape_html_n(out, plain, (size_t)(end - plain));
}

static bool is_indented(const char *line)
{
	return line[0] == '\t' || (line[0] == ' ' && line[1] == ' ');
}

static bool is_item(const char *line)
{
	return (line[0] == '-' || line[0] == '*') && line[1] == ' ';
}

static const char *line_end(const char *line, const char *end)
{
	const char *newline = memchr(line, '\n', (size_t)(end - line));

	return newline == NULL ? end : newline;
}

/* Lines from `text` as a list: a new item at each "- ", the rest continues the item. */
static void put_list(FILE *out, const char *text, const char *end)
{
	fputs("<ul>", out);
	for (const char *line = text; line < end;) {
		const char *stop = line_end(line, end);

		while (stop < end && stop + 1 < end && !is_item(stop + 1))
			stop = line_end(stop + 1, end);
		fputs("<li>", out);
		put_inline(out, is_item(line) ? line + 2 : line, stop);
		line = stop + 1;
	}
	fputs("</ul>\n", out);
}

/* One block: a paragraph, with a list behind it when its last lines are items. */
static void put_block(FILE *out, const char *text, const char *end)
{
	const char *list = NULL;

	if (is_indented(text)) {
		fputs("<pre>", out);
		escape_html_n(out, text, (size_t)(end - text));
		fputs("</pre>\n", out);
		return;
	}
	for (const char *line = text; line < end && list == NULL; line = line_end(line, end) + 1) {
		if (is_item(line))
			list = line;
	}
	if (list != text) {
		fputs("<p>", out);
		put_inline(out, text, list != NULL ? list : end);
		fputs("</p>\n", out);
	}
	if (list != NULL)
		put_list(out, list, end);
}

void html_lesson(FILE *out, const char *lesson)
{
	const char *end = lesson + strlen(lesson);
	const char *p = lesson;

	while (p < end) {
		const char *stop;

		if (*p == '\n') {
			p++;
			continue;
		}
		stop = strstr(p, "\n\n");
		if (stop == NULL)
			stop = end;
		put_block(out, p, stop);
		p = stop;
	}
}
