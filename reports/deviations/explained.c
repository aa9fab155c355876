/* SPDX-License-Identifier: MIT */
#include "reports/deviations/explained.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r")] == 0;
}

static const char *add_line(struct explained *e, char *line, size_t number)
{
	char *tab = strchr(line, '\t'), *need;
	struct reason reason = {.line = number};

	if (line[0] == '#' || is_blank(line))
		return NULL;
	if (tab == NULL)
		return "no tab between a deviation and its reason";
	*tab = 0;
	need = strchr(tab + 1, '\t');
	if (need != NULL) {
		*need++ = 0;
		if (strchr(need, '\t') != NULL)
			return "more than three columns";
		if (need[0] == 0 || strcspn(need, " \r") != strlen(need))
			return "the third column is one need";
		reason.need = arena_string(&e->arena, need, strlen(need));
	}
	if (is_blank(line))
		return "no deviation before the tab";
	if (strcspn(line, " \r") != strlen(line))
		return "a deviation has no spaces: CALL:SUBJECT:HOW";
	if (is_blank(tab + 1))
		return "no reason behind the tab";
	for (size_t i = 0; i < e->count; i++) {
		if (strcmp(e->items[i].glob, line) == 0)
			return "the deviation is explained twice";
	}
	reason.glob = arena_string(&e->arena, line, strlen(line));
	reason.text = arena_string(&e->arena, tab + 1, strlen(tab + 1));
	e->items = memory_grow(e->items, &e->room, e->count + 1, sizeof(reason));
	e->items[e->count++] = reason;
	return NULL;
}

bool explained_read(struct explained *e, const char *path, char *error, size_t error_size)
{
	FILE *in = fopen(path, "re");
	const char *wrong = NULL;
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t length;

	memset(e, 0, sizeof(*e));
	if (in == NULL) {
		snprintf(error, error_size, "%s: %s", path, strerror(errno));
		return false;
	}
	errno = 0;
	while (wrong == NULL && (length = getline(&line, &room, in)) >= 0) {
		number++;
		if (strlen(line) != (size_t)length)
			wrong = "a NUL in the line";
		line[strcspn(line, "\n")] = 0;
		if (wrong == NULL)
			wrong = add_line(e, line, number);
		errno = 0;
	}
	if (wrong == NULL && !feof(in))
		wrong = strerror(errno != 0 ? errno : EIO);
	if (wrong != NULL)
		snprintf(error, error_size, "%s:%zu: %s", path, number, wrong);
	free(line);
	fclose(in);
	return wrong == NULL;
}

static bool is_stale(const struct reason *r, const struct findings *f)
{
	if (r->survived > 0 || (r->matched == 0 && r->unstable > 0))
		return false;
	if (r->matched == 0 && r->need != NULL && !findings_platform_has(f, r->need))
		return false;
	if (!f->partial)
		return true;
	return r->matched > 0 && strpbrk(r->glob, "*?[\\") == NULL;
}

void explained_apply(struct explained *e, struct findings *f)
{
	for (size_t i = 0; i < e->count; i++) {
		struct reason *r = &e->items[i];

		for (size_t k = 0; k < f->count; k++) {
			struct finding *d = &f->items[k];

			if (fnmatch(r->glob, d->name, 0) != 0)
				continue;
			r->unstable += d->fate == FATE_UNSTABLE;
			r->matched += d->fate != FATE_UNSTABLE;
			r->survived += d->fate == FATE_SURVIVED;
			if (d->fate == FATE_SURVIVED && d->why == NULL)
				d->why = r;
		}
		r->stale = is_stale(r, f);
		e->stale += r->stale;
	}
}

void explained_free(struct explained *e)
{
	free(e->items);
	arena_free(&e->arena);
}
