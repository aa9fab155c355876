/* SPDX-License-Identifier: MIT */
/*
 * The case's source with what it did beside each line. The lesson's comment, which
 * stands above it on the page, is left out; functions of the same file that made calls
 * for the case are shown in front of it.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/highlight.h"
#include "reports/html/html.h"
#include "reports/html/notes.h"

enum { LINES_MAX = 20000, SHOWN_MAX = 1500 };

struct lines {
	const char **starts; /* starts[i] is line i + 1; starts[count] is the end */
	size_t count, room;
};

static void split(struct lines *lines, const char *text)
{
	const char *p = text;

	memset(lines, 0, sizeof(*lines));
	while (*p != 0 && lines->count < LINES_MAX) {
		lines->starts = memory_grow(lines->starts, &lines->room, lines->count + 2,
					    sizeof(*lines->starts));
		lines->starts[lines->count++] = p;
		p += strcspn(p, "\n");
		p += *p == '\n';
		lines->starts[lines->count] = p;
	}
}

static size_t line_length(const struct lines *lines, size_t number)
{
	const char *start = lines->starts[number - 1], *end = lines->starts[number];

	while (end > start && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	return (size_t)(end - start);
}

static bool starts_with(const struct lines *lines, size_t number, const char *text)
{
	return strncmp(lines->starts[number - 1], text, strlen(text)) == 0;
}

/* Leaves out the comment above the case, which stands on the page as its lesson. */
static void hide_lesson(const struct lines *lines, bool *shown, size_t first, size_t last)
{
	size_t n = first, end;

	while (n <= last && !starts_with(lines, n, "CASE"))
		n++;
	/* n is the case; the comment ends right above it, or there is none. */
	end = n - 1;
	if (n > last || end < first ||
	    memmem(lines->starts[end - 1], line_length(lines, end), "*/", 2) == NULL)
		return;
	for (n = end; n > first && !starts_with(lines, n, "/*"); n--)
		;
	if (!starts_with(lines, n, "/*"))
		return;
	for (; n <= end; n++)
		shown[n] = false;
}

/* A line on which a declaration can begin: it has a letter in its first column. */
static bool is_outer(const struct lines *lines, size_t number)
{
	return isalpha((unsigned char)lines->starts[number - 1][0]) != 0;
}

/* Marks the lines of the function around `number`, with the comment above it. */
static void mark_function(const struct lines *lines, bool *shown, size_t number)
{
	size_t first = number, last = number;

	while (first > 1 && !is_outer(lines, first))
		first--;
	while (first > 1 && line_length(lines, first - 1) != 0 &&
	       !starts_with(lines, first - 1, "}") && !starts_with(lines, first - 1, "#"))
		first--;
	while (last < lines->count && !starts_with(lines, last, "}"))
		last++;
	if (last - first > 200) {
		first = number;
		last = number;
	}
	for (size_t n = first; n <= last; n++)
		shown[n] = true;
}

static bool has_failure(const struct notes *notes, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		if (notes->items[i].kind == NOTE_FAILED)
			return true;
	}
	return false;
}

static void put_lines(FILE *out, const struct lines *lines, const bool *shown,
		      const struct notes *notes)
{
	struct highlight state = {0};
	size_t previous = 0, count = 0;

	for (size_t n = 1; n <= lines->count && count < SHOWN_MAX; n++) {
		size_t first, last;

		if (!shown[n])
			continue;
		if (previous != 0 && previous + 1 != n) {
			fputs("<tr class=\"gap\"><td>\xe2\x8b\xae<td><td>\n", out);
			state = (struct highlight){0};
		}
		previous = n;
		count++;
		notes_of_line(notes, (int64_t)n, &first, &last);
		fprintf(out, "<tr%s><td data-n=\"%zu\"><td>",
			has_failure(notes, first, last) ? " class=\"bad\"" : "", n);
		highlight_line(out, &state, lines->starts[n - 1], line_length(lines, n));
		fputs("<td>", out);
		notes_put(out, notes, first, last);
		putc('\n', out);
	}
}

/* Which lines are shown: shown[n] for line n. False when the case says no lines that exist. */
static bool choose(const struct lines *lines, const struct test_case *c, const struct notes *notes,
		   bool *shown)
{
	size_t first, last;

	if (c->first_line < 1 || c->last_line < c->first_line ||
	    (uint64_t)c->first_line > lines->count)
		return false;
	first = (size_t)c->first_line;
	last = (uint64_t)c->last_line > lines->count ? lines->count : (size_t)c->last_line;
	for (size_t n = first; n <= last; n++)
		shown[n] = true;
	hide_lesson(lines, shown, first, last);
	for (size_t i = 0; i < notes->count; i++) {
		int64_t line = notes->items[i].line;

		if (line >= 1 && (uint64_t)line <= lines->count && !shown[line] &&
		    (line < c->first_line || line > c->last_line))
			mark_function(lines, shown, (size_t)line);
	}
	return true;
}

void html_source(struct html *h, const struct merged_case *c)
{
	const char *text = run_source(c->run, c->info->file);
	struct notes notes;
	struct lines lines;
	bool *shown;

	if (text == NULL)
		return;
	split(&lines, text);
	shown = memory_get(lines.count + 1, sizeof(*shown));
	notes_collect(&notes, c, h->atlas);
	if (choose(&lines, c->info, &notes, shown)) {
		html_wrap(h->out, "<figure class=\"src\"><figcaption>", c->info->file, "");
		fprintf(h->out, ", lines %" PRId64 " to %" PRId64 "</figcaption>\n<table><tbody>\n",
			c->info->first_line, c->info->last_line);
		put_lines(h->out, &lines, shown, &notes);
		fputs("</tbody></table></figure>\n", h->out);
	}
	notes_free(&notes);
	free(shown);
	free(lines.starts);
}
