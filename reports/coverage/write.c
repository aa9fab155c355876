/* SPDX-License-Identifier: MIT */
#include "reports/coverage/write.h"

#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"

enum { LINE_MOST = 100 };

static const char *const headings[CATALOGUE_KINDS] = {"constants", "(call, errno)", "functions"};

struct tallies {
	struct tally *items;
	size_t count, room;
};

/* The tally of this part, whose name is `length` bytes long. */
static struct tally *tally_of(struct tallies *t, const char *what, size_t length,
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
	return &t->items[i];
}

static void put_number(FILE *out, size_t number)
{
	if (number != 0)
		fprintf(out, "%9zu", number);
	else
		fprintf(out, "%9s", "");
}

static void put_tally(FILE *out, const char *indent, const struct tally *t)
{
	int width = 24 - (int)strlen(indent);

	fputs(indent, out);
	escape_line(out, t->what);
	fprintf(out, "%*s%9zu%9zu%8.1f%%", width - (int)strlen(t->what), "", t->seen, t->known,
		t->known == 0 ? 100.0 : 100.0 * (double)t->seen / (double)t->known);
	put_number(out, t->reasoned);
	put_number(out, t->lacking);
	fprintf(out, "%8.1f%%\n", tally_share(t));
}

static void put_tallies(FILE *out, const char *heading, struct tallies *t)
{
	if (t->count == 0)
		return;
	fprintf(out, "  by %s\n", heading);
	for (size_t i = 0; i < t->count; i++)
		put_tally(out, "    ", &t->items[i]);
}

/* Whether the tier is one of the sources, which have commas between them. */
static bool has_tier(const char *sources, const char *tier)
{
	size_t length = strlen(tier);

	while (*sources != 0) {
		size_t next = strcspn(sources, ",");

		if (next == length && strncmp(sources, tier, length) == 0)
			return true;
		sources += next + (sources[next] != 0);
	}
	return false;
}

static void put_targets(FILE *out, const struct measure *m)
{
	const struct catalogue *c = m->catalogue;

	if (c->target_count != 0)
		fputs("targets, of what there is here\n", out);
	for (size_t i = 0; i < c->target_count; i++) {
		const struct target *target = &c->targets[i];
		struct tally tally = {.what = target->part[0] != 0 ? target->part : "all"};

		for (size_t n = 0; n < c->name_count; n++) {
			const struct catalogue_name *name = &c->names[n];

			if (name->kind == target->kind &&
			    (target->part[0] == 0 || strcmp(name->group, target->part) == 0 ||
			     has_tier(name->sources, target->part)))
				tally_add(&tally, m, n);
		}
		fprintf(out, "  %-14s ", headings[target->kind]);
		escape_line(out, tally.what);
		fprintf(out, "%*s%7.1f%% of %3u%%%s\n", 16 - (int)strlen(tally.what), "",
			tally_share(&tally), target->percent,
			tally_share(&tally) < target->percent ? ", missed" : "");
	}
	if (c->target_count != 0)
		putc('\n', out);
}

/* The table of one kind: all of it, by tier, and by group or call. */
static void put_kind(FILE *out, const struct measure *m, enum kind kind)
{
	static const char *const groups[CATALOGUE_KINDS] = {"group", "call", ""};
	struct tally all = {.what = headings[kind]};
	struct tallies tiers = {0}, parts = {0};
	struct arena arena = {0};

	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		const struct catalogue_name *n = &m->catalogue->names[i];

		if (n->kind != kind)
			continue;
		tally_add(&all, m, i);
		for (const char *tier = n->sources; *tier != 0;) {
			size_t length = strcspn(tier, ",");

			tally_add(tally_of(&tiers, tier, length, &arena), m, i);
			tier += length + (tier[length] != 0);
		}
		if (n->group[0] != 0)
			tally_add(tally_of(&parts, n->group, strlen(n->group), &arena), m, i);
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

/*
 * Why a name is not seen: the address of the entry that says why nothing can show it, or of
 * what the platforms answer who ask for it; NULL when neither is so.
 */
static const void *why(const struct measure *m, size_t name)
{
	const struct catalogue *c = m->catalogue;
	const struct excuse *excuse, *first = c->excuses;

	if (c->names[name].excuse == 0)
		return m->seen[name].lacking;
	excuse = &c->excuses[c->names[name].excuse - 1];
	/* The same reason may stand in several lines. */
	while (strcmp(first->reason, excuse->reason) != 0 ||
	       strcmp(first->source, excuse->source) != 0)
		first++;
	return first;
}

/* The names of a group never seen that nothing explains; or, for an explanation, its names. */
static void put_unseen(FILE *out, const struct measure *m, enum kind kind, const char *group,
		       const void *because)
{
	struct paragraph p = {.out = out};

	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		const struct catalogue_name *n = &m->catalogue->names[i];

		if (m->seen[i].calls != 0 || why(m, i) != because ||
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
			put_unseen(out, m, c->names[i].kind, c->names[i].group, NULL);
	}
}

static bool explains(const struct measure *m, const void *because)
{
	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		if (m->seen[i].calls == 0 && why(m, i) == because)
			return true;
	}
	return false;
}

static void put_reasons(FILE *out, const struct measure *m)
{
	fputs("\nnever observed, with a reason\n", out);
	for (size_t i = 0; i < m->catalogue->excuse_count; i++) {
		const struct excuse *e = &m->catalogue->excuses[i];

		if (!explains(m, e))
			continue;
		fputs("  ", out);
		escape_line(out, e->reason);
		fputs(" (", out);
		escape_line(out, e->source);
		fputs(")\n", out);
		put_unseen(out, m, KIND_CONSTANT, NULL, e);
	}
}

/* Whether a name before this one lacks the same thing. */
static bool lack_was_before(const struct measure *m, size_t name)
{
	for (size_t i = 0; i < name; i++) {
		if (m->seen[i].calls == 0 && why(m, i) == m->seen[name].lacking)
			return true;
	}
	return false;
}

static void put_lacking(FILE *out, const struct measure *m)
{
	bool any = false;

	for (size_t i = 0; i < m->catalogue->name_count; i++) {
		const char *lacking = m->seen[i].lacking;

		if (m->seen[i].calls != 0 || lacking == NULL || why(m, i) != lacking ||
		    lack_was_before(m, i))
			continue;
		if (!any)
			fputs(m->runs == 1 ? "\nnot on this platform\n"
					   : "\nnot on these platforms\n",
			      out);
		any = true;
		fputs("  ", out);
		escape_line(out, lacking);
		putc('\n', out);
		put_unseen(out, m, KIND_CONSTANT, NULL, lacking);
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
	fprintf(out, "\n%*s observed    known    share reasoned  lacking  of here\n", 24, "");
	for (enum kind kind = 0; kind < CATALOGUE_KINDS; kind++)
		put_kind(out, m, kind);
	put_targets(out, m);
	put_never_seen(out, m);
	put_reasons(out, m);
	put_lacking(out, m);
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
		escape_tsv(out, seen->calls != 0	? ""
				: n->excuse != 0	? n->reason
				: seen->lacking != NULL ? seen->lacking
							: "");
		putc('\t', out);
		escape_tsv(out, n->sources);
		putc('\n', out);
	}
}
