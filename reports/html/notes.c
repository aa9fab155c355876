/* SPDX-License-Identifier: MIT */
#include "reports/html/notes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"

enum {
	NAMES_SHOWN = 3,
	NOTES_MAX = 5000, /* of one case: a hostile file must not make a page without end */
	TEXT_MAX = 120,
};

struct collector {
	struct notes *notes;
	const char *who; /* the result's name among its case's */
	size_t result;	 /* its number, from 1 */
	bool alone;	 /* it is the only one: calls are shown with their arguments */
};

static void add(struct collector *c, struct note *n)
{
	struct notes *notes = c->notes;
	const char *key = arena_format(&notes->arena, "%d %" PRId64 " %s\n%s\n%s", (int)n->kind,
				       n->line, n->text, n->expected, n->observed);
	struct note *known;
	size_t i;

	if (!strmap_find(&notes->map, key, &i)) {
		if (notes->count == NOTES_MAX)
			return;
		i = notes->count++;
		strmap_add(&notes->map, key, i);
		notes->items = memory_grow(notes->items, &notes->room, notes->count,
					   sizeof(*notes->items));
		n->order = i;
		n->who = arena_get(&notes->arena, NAMES_SHOWN, sizeof(*n->who));
		notes->items[i] = *n;
	}
	known = &notes->items[i];
	known->count++;
	if (known->last == c->result)
		return;
	known->last = c->result;
	if (known->who_count < NAMES_SHOWN)
		known->who[known->who_count] = c->who;
	known->who_count++;
}

static void put_arguments(FILE *out, const struct call *call)
{
	size_t length = 0;

	for (size_t i = 0; i < call->argument_count; i++)
		length += strlen(call->arguments[i].value) + 2;
	if (length > TEXT_MAX) {
		fputs("\xe2\x80\xa6", out);
		return;
	}
	for (size_t i = 0; i < call->argument_count; i++)
		fprintf(out, "%s%s", i == 0 ? "" : ", ", call->arguments[i].value);
}

/* "bind(3, {AF_INET, 127.0.0.1:0}, 16) = 0", or "bind() = 0". */
static const char *call_text(struct collector *c, const struct call *call)
{
	char *text = NULL;
	size_t length;
	const char *kept;
	FILE *out = open_memstream(&text, &length);

	if (out == NULL)
		return call->name;
	fprintf(out, "%s(", call->name);
	if (c->alone)
		put_arguments(out, call);
	if (call->returned)
		fprintf(out, ") = %s%s%s", call->result, call->error[0] != 0 ? " " : "",
			call->error);
	else
		fputs(") did not return", out);
	fclose(out);
	if (text == NULL)
		return call->name;
	kept = arena_string(&c->notes->arena, text, length);
	free(text);
	return kept;
}

static void add_result(struct collector *c, const struct result *r, const char *file)
{
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *k = &r->checks[i];

		if (!k->ok && strcmp(k->file, file) == 0)
			add(c, &(struct note){.kind = NOTE_FAILED,
					      .line = k->line,
					      .text = k->text,
					      .expected = k->expected,
					      .observed = k->observed});
	}
	for (size_t i = 0; i < r->call_count; i++) {
		const struct call *k = &r->calls[i];

		if (strcmp(k->file, file) == 0)
			add(c, &(struct note){.kind = NOTE_CALL,
					      .line = k->line,
					      .text = call_text(c, k),
					      .expected = "",
					      .observed = "",
					      .error = k->error[0] != 0 || !k->returned});
	}
	for (size_t i = 0; i < r->observation_count; i++) {
		const struct observation *o = &r->observations[i];

		if (strcmp(o->file, file) == 0)
			add(c, &(struct note){.kind = NOTE_OBSERVED,
					      .line = o->line,
					      .text = o->name,
					      .expected = "",
					      .observed = o->value});
	}
}

static int by_line(const void *a, const void *b)
{
	const struct note *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void notes_collect(struct notes *notes, const struct merged_case *c, const struct atlas *atlas)
{
	struct collector collector = {.notes = notes};

	memset(notes, 0, sizeof(*notes));
	for (size_t v = 0; v < c->count; v++) {
		for (size_t i = 0; i < atlas->run_count; i++)
			notes->results += c->variants[v].results[i] != NULL &&
					  c->variants[v].results[i]->verdict != VERDICT_SKIP;
	}
	collector.alone = notes->results == 1;
	for (size_t v = 0; v < c->count; v++) {
		for (size_t i = 0; i < atlas->run_count; i++) {
			const struct result *r = c->variants[v].results[i];

			if (r == NULL)
				continue;
			collector.who = c->variants[v].name;
			if (atlas->run_count > 1)
				collector.who = arena_format(&notes->arena, "%s%s%s", collector.who,
							     collector.who[0] != 0 ? " on " : "",
							     atlas->labels[i]);
			collector.result++;
			add_result(&collector, r, c->info->file);
		}
	}
	if (notes->count > 1)
		qsort(notes->items, notes->count, sizeof(*notes->items), by_line);
}

void notes_of_line(const struct notes *notes, int64_t line, size_t *first, size_t *last)
{
	size_t low = 0, high = notes->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (notes->items[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	while (low < notes->count && notes->items[low].line == line)
		low++;
	*last = low;
}

static void put_who(FILE *out, const struct notes *notes, const struct note *n)
{
	if (n->who_count == notes->results || n->who_count == 0)
		return;
	fputs(" <small>", out);
	for (size_t i = 0; i < n->who_count && i < NAMES_SHOWN; i++)
		html_wrap_cut(out, i == 0 ? "" : ", ", n->who[i], 40, "");
	if (n->who_count > NAMES_SHOWN)
		fprintf(out, " and %zu more", n->who_count - NAMES_SHOWN);
	fputs("</small>", out);
}

void notes_put(FILE *out, const struct notes *notes, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		const struct note *n = &notes->items[i];

		if (n->kind == NOTE_FAILED) {
			html_wrap_cut(out, "<p class=\"no\">expected <b>", n->expected, 300,
				      "</b>, ");
			html_wrap_cut(out, "observed <b>", n->observed, 300, "</b>");
		} else if (n->kind == NOTE_OBSERVED) {
			html_wrap_cut(out, "<p class=\"saw\">", n->text, 100, ": <b>");
			html_wrap_cut(out, "", n->observed, 200, "</b>");
		} else {
			html_wrap_cut(out, n->error ? "<p class=\"err\">" : "<p>", n->text, 300,
				      "");
		}
		if (n->kind != NOTE_FAILED && n->count > n->who_count)
			fprintf(out, " <small>\xc3\x97%zu</small>", n->count);
		put_who(out, notes, n);
	}
}

void notes_free(struct notes *notes)
{
	free(notes->items);
	strmap_free(&notes->map);
	arena_free(&notes->arena);
}
