/* SPDX-License-Identifier: MIT */
#include "reports/coverage/write.h"

#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"

enum { LINE_MOST = 100 };

/* Of some names: how many there are, were seen, and have a reason for never being seen. */
struct tally {
	const char *what;
	size_t known, seen, reasoned;
};

struct tallies {
	struct tally *items;
	size_t count, room;
};

static void add(struct tallies *t, const char *what, size_t length, bool seen, bool reasoned,
		struct arena *arena)
{
	size_t i = 0;

	while (i < t->count &&
	       (strncmp(t->items[i].what, what, length) != 0 || t->items[i].what[length] != 0))
		i++;
	if (i == t->count) {
		t->items = memory_grow(t->items, &t->room, t->count + 1, sizeof(*t->items));
		t->items[t->count++].what = arena_string(arena, what, length);
	}
	t->items[i].known++;
	t->items[i].seen += seen;
	t->items[i].reasoned += !seen && reasoned;
}

static void put_tally(FILE *out, const char *indent, const struct tally *t)
{
	int width = 24 - (int)strlen(indent);

	fputs(indent, out);
	escape_line(out, t->what);
	fprintf(out, "%*s%9zu%9zu%8.1f%%", width - (int)strlen(t->what), "", t->seen, t->known,
		t->known == 0 ? 100.0 : 100.0 * (double)t->seen / (double)t->known);
	if (t->reasoned != 0)
		fprintf(out, "%9zu", t->reasoned);
	putc('\n', out);
}

static void put_tallies(FILE *out, const char *heading, struct tallies *t)
{
	if (t->count == 0)
		return;
	fprintf(out, "  by %s\n", heading);
	for (size_t i = 0; i < t->count; i++)
		put_tally(out, "    ", &t->items[i]);
}

/* The table of one kind: all of it, by tier, and by group or call. */
static void put_kind(FILE *out, const struct measure *m, enum kind kind)
{
	static const char *const headings[CATALOGUE_KINDS] = {"constants", "(call, errno)",
							      "functions"};
	static const char *const groups[CATALOGUE_KINDS] = {"group", "call", ""};
	struct tally all = {.what = headings[kind]};
	struct tallies tiers = {0}, parts = {0};
	struct arena arena = {0};

	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		const struct catalogue_name *n = &m->catalogue->names[i];
		bool seen = m->seen[i].calls != 0, reasoned = n->excuse != 0;

		if (n->kind != kind)
			continue;
		all.known++;
		all.seen += seen;
		all.reasoned += !seen && reasoned;
		for (const char *tier = n->sources; *tier != 0;) {
			size_t length = strcspn(tier, ",");

			add(&tiers, tier, length, seen, reasoned, &arena);
			tier += length + (tier[length] != 0);
		}
		if (n->group[0] != 0)
			add(&parts, n->group, strlen(n->group), seen, reasoned, &arena);
	}
	put_tally(out, "", &all);
	put_tallies(out, "source", &tiers);
	put_tallies(out, groups[kind], &parts);
	putc('\n', out);
	free(tiers.items);
	free(parts.items);
	arena_free(&arena);
}

/* "A B C", in lines. */
struct paragraph {
	FILE *out;
	size_t column;
};

static void put_name(struct paragraph *p, const char *text)
{
	size_t length = strlen(text);

	if (p->column != 0 && p->column + 1 + length > LINE_MOST) {
		putc('\n', p->out);
		p->column = 0;
	}
	p->column += fprintf(p->out, "%s", p->column == 0 ? "    " : " ") + length;
	escape_line(p->out, text);
}

/* The names of a group, or for an index of an excuse those that have it, never seen. */
static void put_unseen(FILE *out, const struct measure *m, enum kind kind, const char *group,
		       size_t excuse)
{
	struct paragraph p = {.out = out};

	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		const struct catalogue_name *n = &m->catalogue->names[i];

		if (m->seen[i].calls != 0 || n->excuse != excuse ||
		    (group != NULL && (n->kind != kind || strcmp(n->group, group) != 0)))
			continue;
		if (p.column == 0 && group != NULL) {
			fputs("  ", out);
			escape_line(out, group[0] != 0 ? group : "functions");
			putc('\n', out);
		}
		/* Under its call, an error needs no more than its number's name. */
		put_name(&p,
			 group != NULL && kind == KIND_ERROR ? strrchr(n->text, ':') + 1 : n->text);
	}
	if (p.column != 0)
		putc('\n', out);
}

/* Whether a name of the same group stands before this one. */
static bool group_was_before(const struct catalogue *c, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (c->names[i].kind == c->names[index].kind &&
		    strcmp(c->names[i].group, c->names[index].group) == 0)
			return true;
	}
	return false;
}

static void put_never_seen(FILE *out, const struct measure *m)
{
	const struct catalogue *c = m->catalogue;

	fputs("never observed\n", out);
	for (size_t i = 0; i < c->name_count; i++) {
		if (!group_was_before(c, i))
			put_unseen(out, m, c->names[i].kind, c->names[i].group, 0);
	}
}

static bool excuse_is_used(const struct measure *m, size_t excuse)
{
	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		if (m->catalogue->names[i].excuse == excuse && m->seen[i].calls == 0)
			return true;
	}
	return false;
}

static void put_reasons(FILE *out, const struct measure *m)
{
	fputs("\nnever observed, with a reason\n", out);
	for (size_t i = 0; i < m->catalogue->excuse_count; i++) {
		const struct excuse *e = &m->catalogue->excuses[i];

		if (!excuse_is_used(m, i + 1))
			continue;
		fputs("  ", out);
		escape_line(out, e->reason);
		fputs(" (", out);
		escape_line(out, e->source);
		fputs(")\n", out);
		put_unseen(out, m, KIND_CONSTANT, NULL, i + 1);
	}
}

size_t coverage_stale(FILE *out, const struct measure *m)
{
	const struct catalogue *c = m->catalogue;
	size_t stale = 0;

	for (size_t i = 0; i < c->name_count; i++) {
		const struct catalogue_name *n = &c->names[i];
		const struct seen *seen = &m->seen[i];
		const struct excuse *e;

		if (n->excuse == 0 || seen->calls == 0)
			continue;
		e = &c->excuses[n->excuse - 1];
		stale++;
		if (out == NULL)
			continue;
		escape_line(out, e->file);
		fprintf(out, ":%zu: ", e->line);
		escape_line(out, n->text);
		fprintf(out, " was observed %zu times, first by ", seen->calls);
		escape_line(out, seen->example);
		putc('\n', out);
	}
	for (size_t i = 0; i < c->excuse_count; i++) {
		const struct excuse *e = &c->excuses[i];

		if (e->matches != 0)
			continue;
		stale++;
		if (out == NULL)
			continue;
		escape_line(out, e->file);
		fprintf(out, ":%zu: ", e->line);
		escape_line(out, e->pattern);
		fputs(" is not in the catalogue\n", out);
	}
	return stale;
}

void coverage_text(FILE *out, const struct measure *m)
{
	fprintf(out, "%zu calls of %zu results in %zu %s\n", m->calls, m->results, m->runs,
		m->runs == 1 ? "run" : "runs");
	if (m->calls_left_out != 0)
		fprintf(out, "%zu calls were left out of the record\n", m->calls_left_out);
	fprintf(out, "\n%*s observed    known    share reasoned\n", 24, "");
	for (enum kind kind = 0; kind < CATALOGUE_KINDS; kind++)
		put_kind(out, m, kind);
	put_never_seen(out, m);
	put_reasons(out, m);
	if (coverage_stale(NULL, m) != 0) {
		fputs("\nstale entries\n", out);
		coverage_stale(out, m);
	}
}

void coverage_tsv(FILE *out, const struct measure *m)
{
	fputs("kind\tname\tgroup\tobserved\tcases\treason\tsources\n", out);
	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		const struct catalogue_name *n = &m->catalogue->names[i];
		const struct seen *seen = &m->seen[i];

		fprintf(out, "%s\t", kind_word(n->kind));
		escape_tsv(out, n->text);
		putc('\t', out);
		escape_tsv(out, n->group);
		fprintf(out, "\t%zu\t%zu\t", seen->calls, seen->cases);
		escape_tsv(out, seen->calls == 0 ? n->reason : "");
		putc('\t', out);
		escape_tsv(out, n->sources);
		putc('\n', out);
	}
}
