/* SPDX-License-Identifier: MIT */
#include "harness/run/source.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The start of line `number` (from 1); the end of the text when there are fewer. */
static const char *line_start(const struct test_case *test, int number)
{
	const char *p = test->source;

	while (number > 1 && p < test->source_end) {
		const char *newline = memchr(p, '\n', (size_t)(test->source_end - p));

		if (newline == NULL)
			return test->source_end;
		p = newline + 1;
		number--;
	}
	return p;
}

static size_t line_length(const struct test_case *test, const char *line)
{
	const char *newline = memchr(line, '\n', (size_t)(test->source_end - line));

	return (size_t)((newline ? newline : test->source_end) - line);
}

static bool line_is(const struct test_case *test, const char *line, const char *text)
{
	return line_length(test, line) == strlen(text) && strncmp(line, text, strlen(text)) == 0;
}

/*
 * The line where the case's macro starts: the compiler counts a macro that spans
 * lines by its last line or its first, depending on the compiler.
 */
static int macro_line(const struct test_case *test)
{
	char start[128];
	int line = test->line;

	snprintf(start, sizeof(start), "CASE(%s,", test->name);
	while (line > 1 && strncmp(line_start(test, line), start, strlen(start)) != 0)
		line--;
	return line;
}

/* The first line of the comment that ends directly above `line`; `line` when there is none. */
static int comment_line(const struct test_case *test, int line)
{
	const char *above = line_start(test, line - 1);
	size_t length = line_length(test, above);
	int first;

	if (line < 2 || length < 2 || strncmp(above + length - 2, "*/", 2) != 0)
		return line;
	for (first = line - 1; first >= 1; first--) {
		if (strncmp(line_start(test, first), "/*", 2) == 0)
			return first;
	}
	return line;
}

struct source_part source_of_case(const struct test_case *test)
{
	int macro = macro_line(test);
	struct source_part part = {comment_line(test, macro), macro, NULL, 0};
	int line;

	/* The body ends with the first brace in column 0. */
	for (line = macro; line_start(test, line) < test->source_end; line++) {
		part.last_line = line;
		if (line_is(test, line_start(test, line), "}"))
			break;
	}
	/* Tables and functions between the case before and this one belong to it. */
	for (line = part.first_line - 1; line >= 1; line--) {
		const char *text = line_start(test, line);

		if (strncmp(text, "#include", 8) == 0 || strncmp(text, "CASE(", 5) == 0 ||
		    line == 1)
			break;
	}
	if (strncmp(line_start(test, line), "CASE(", 5) == 0) {
		while (line < part.first_line && !line_is(test, line_start(test, line), "}"))
			line++;
	}
	for (line++; line < part.first_line && line_length(test, line_start(test, line)) == 0;)
		line++;
	if (line < part.first_line)
		part.first_line = line;
	part.text = line_start(test, part.first_line);
	part.length = (size_t)(line_start(test, part.last_line + 1) - part.text);
	return part;
}

void source_lesson(const struct test_case *test, char *lesson, size_t size)
{
	int macro = macro_line(test), first = comment_line(test, macro);
	size_t used = 0;

	lesson[0] = '\0';
	for (int line = first; line < macro && used < size; line++) {
		const char *text = line_start(test, line);
		size_t length = line_length(test, text);

		while (length > 0 && (text[length - 1] == '/' || text[length - 1] == ' ') &&
		       (text[length - 1] == ' ' || (length > 1 && text[length - 2] == '*')))
			length -= text[length - 1] == '/' ? 2 : 1;
		if (length >= 2 && strncmp(text, "/*", 2) == 0) {
			text += 2;
			length -= 2;
		} else if (length >= 2 && strncmp(text, " *", 2) == 0) {
			text += 2;
			length -= 2;
		}
		if (length > 0 && *text == ' ') {
			text++;
			length--;
		}
		if (used == 0 && length == 0)
			continue;
		used += (size_t)snprintf(lesson + used, size - used, "%.*s\n", (int)length, text);
	}
	used = strlen(lesson);
	while (used > 0 && isspace((unsigned char)lesson[used - 1]))
		lesson[--used] = '\0';
}

static bool word_character(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

bool source_mentions(const struct test_case *test, const char *name)
{
	struct source_part part = source_of_case(test);
	size_t length = strlen(name);
	const char *end = part.text + part.length;

	for (const char *p = part.text; p + length <= end; p++) {
		p = memmem(p, (size_t)(end - p), name, length);
		if (p == NULL)
			return false;
		if ((p == part.text || !word_character(p[-1])) &&
		    (p + length == end || !word_character(p[length])))
			return true;
	}
	return false;
}
