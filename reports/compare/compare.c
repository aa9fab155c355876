/* SPDX-License-Identifier: MIT */
/* atlas compare: what differs between two runs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/commands.h"
#include "reports/compare/facts.h"

struct comparison {
	FILE *out;
	const struct run *a, *b;
	enum compare_format format;
	size_t differences;
	const char *heading; /* that was written last */
};

/* One difference: under `heading`, `what` is `a` in the first run and `b` in the second. */
static void differ(struct comparison *c, const char *heading, const char *what, const char *a,
		   const char *b)
{
	FILE *out = c->out;

	if (c->format == COMPARE_TSV) {
		const char *fields[] = {heading, what, a, b};

		if (c->differences++ == 0)
			fputs("where\twhat\tfirst\tsecond\n", out);
		for (size_t i = 0; i < 4; i++) {
			escape_tsv(out, fields[i]);
			putc(i == 3 ? '\n' : '\t', out);
		}
		return;
	}
	if (c->heading == NULL || strcmp(c->heading, heading) != 0) {
		if (c->differences != 0)
			putc('\n', out);
		escape_line(out, heading);
		putc('\n', out);
		c->heading = heading;
	}
	c->differences++;
	fputs("  ", out);
	escape_line(out, what);
	fputs(": ", out);
	escape_line(out, a[0] != 0 ? a : "(nothing)");
	fputs(" | ", out);
	escape_line(out, b[0] != 0 ? b : "(nothing)");
	putc('\n', out);
}

static void differ_text(struct comparison *c, const char *what, const char *a, const char *b)
{
	if (strcmp(a, b) != 0)
		differ(c, "platform", what, a, b);
}

static void differ_number(struct comparison *c, const char *what, int64_t a, int64_t b)
{
	char x[24], y[24];

	snprintf(x, sizeof(x), "%" PRId64, a);
	snprintf(y, sizeof(y), "%" PRId64, b);
	differ_text(c, what, x, y);
}

static const struct probe *find_probe(const struct header *h, const char *name)
{
	for (size_t i = 0; i < h->probe_count; i++) {
		if (strcmp(h->probes[i].name, name) == 0)
			return &h->probes[i];
	}
	return NULL;
}

/* What a platform says to a need: "yes", or "no" and why. */
static const char *answer(struct arena *arena, const struct probe *p)
{
	if (p == NULL)
		return "not tried";
	if (p->ok)
		return "yes";
	return p->reason[0] == 0 ? "no" : arena_format(arena, "no: %s", p->reason);
}

static void compare_probes(struct comparison *c)
{
	struct arena arena = {0};
	const struct header *a = &c->a->header, *b = &c->b->header;

	for (size_t i = 0; i < a->probe_count; i++) {
		const struct probe *p = &a->probes[i], *q = find_probe(b, p->name);

		if (q == NULL || p->ok != q->ok)
			differ(c, "platform", arena_format(&arena, "need %s", p->name),
			       answer(&arena, p), answer(&arena, q));
	}
	for (size_t i = 0; i < b->probe_count; i++) {
		if (find_probe(a, b->probes[i].name) == NULL)
			differ(c, "platform", arena_format(&arena, "need %s", b->probes[i].name),
			       answer(&arena, NULL), answer(&arena, &b->probes[i]));
	}
	arena_free(&arena);
}

static void compare_platforms(struct comparison *c)
{
	const struct header *a = &c->a->header, *b = &c->b->header;
	const struct platform *p = &a->platform, *q = &b->platform;

	differ_text(c, "name", p->name, q->name);
	differ_text(c, "system", p->sysname, q->sysname);
	differ_text(c, "kernel", p->kernel_release, q->kernel_release);
	differ_text(c, "kernel version", p->kernel_version, q->kernel_version);
	differ_text(c, "machine", p->machine, q->machine);
	differ_text(c, "C library", p->libc, q->libc);
	differ_number(c, "page size", p->page_size, q->page_size);
	differ_text(c, "byte order", p->byte_order, q->byte_order);
	differ_number(c, "pointer bits", p->pointer_bits, q->pointer_bits);
	differ_number(c, "processors", p->cpus, q->cpus);
	differ_text(c, "user", p->user, q->user);
	differ_number(c, "user id", p->uid, q->uid);
	differ_text(c, "namespaces", p->namespaces, q->namespaces);
	differ_text(c, "sockatlas", a->version, b->version);
	differ_text(c, "revision", a->revision, b->revision);
	differ_text(c, "build", a->build, b->build);
	differ_text(c, "sanitizers", a->sanitizers, b->sanitizers);
	differ_text(c, "deviation", a->deviation, b->deviation);
	compare_probes(c);
}

/* "3 checks, 1 call" of the facts that only one run has; they are counted, not listed. */
static void compare_missing(struct comparison *c, const char *id, const struct facts *x,
			    const struct facts *y, bool first)
{
	size_t counts[3] = {0};
	char text[100];

	for (size_t i = 0; i < x->count; i++) {
		if (!strmap_find(&y->map, x->items[i].key, NULL))
			counts[x->items[i].kind]++;
	}
	/* A check is three facts: whether it held, what was expected, what was observed. */
	if (counts[FACT_CHECK] + counts[FACT_CALL] + counts[FACT_OBSERVATION] == 0)
		return;
	snprintf(text, sizeof(text), "%zu checks, %zu lines with calls, %zu observations",
		 counts[FACT_CHECK], counts[FACT_CALL], counts[FACT_OBSERVATION]);
	differ(c, id, first ? "only in the first" : "only in the second", first ? text : "",
	       first ? "" : text);
}

static void compare_facts(struct comparison *c, const struct result *r, const struct result *s)
{
	struct facts x, y;

	facts_collect(&x, r, &c->a->cases[r->case_index]);
	facts_collect(&y, s, &c->b->cases[s->case_index]);
	for (size_t i = 0; i < x.count; i++) {
		size_t other;

		if (strmap_find(&y.map, x.items[i].key, &other) &&
		    strcmp(x.items[i].masked, y.items[other].masked) != 0)
			differ(c, r->id, x.items[i].name, x.items[i].value, y.items[other].value);
	}
	compare_missing(c, r->id, &x, &y, true);
	compare_missing(c, r->id, &y, &x, false);
	facts_free(&x);
	facts_free(&y);
}

/* "skip (no SCTP here)": a verdict with what explains it. */
static const char *verdict_text(struct arena *arena, const struct result *r)
{
	const char *why = r->signal[0] != 0 ? r->signal : r->reason;

	return why[0] == 0 ? verdict_word(r->verdict)
			   : arena_format(arena, "%s (%s)", verdict_word(r->verdict), why);
}

static void compare_results(struct comparison *c, const struct result *r, const struct result *s)
{
	if (r->verdict != s->verdict || strcmp(r->signal, s->signal) != 0) {
		struct arena arena = {0};

		differ(c, r->id, "verdict", verdict_text(&arena, r), verdict_text(&arena, s));
		arena_free(&arena);
	}
	/* Where one did not run there is nothing to compare. */
	if (r->verdict != VERDICT_SKIP && s->verdict != VERDICT_SKIP)
		compare_facts(c, r, s);
}

static int by_id(const void *x, const void *y)
{
	const struct result *const *r = x, *const *s = y;

	return strcmp((*r)->id, (*s)->id);
}

/* The run's results by id; the caller frees the array. */
static const struct result **sorted(const struct run *run)
{
	const struct result **all = memory_get(run->result_count, sizeof(const struct result *));

	for (size_t i = 0; i < run->result_count; i++)
		all[i] = &run->results[i];
	if (run->result_count > 1)
		qsort(all, run->result_count, sizeof(const struct result *), by_id);
	return all;
}

/* Results of calls that misbehaved on purpose: nobody may take them for a platform's. */
static void put_deviation(FILE *out, const char *which, const struct run *run)
{
	if (run->header.deviation[0] == 0)
		return;
	fprintf(out, "the %s are not the results of a platform: calls misbehaved on purpose, as ",
		which);
	escape_line(out, run->header.deviation);
	fputs(" says\n", out);
}

size_t compare_write(FILE *out, const struct run *a, const struct run *b,
		     enum compare_format format)
{
	struct comparison c = {.out = out, .a = a, .b = b, .format = format};
	const struct result **x = sorted(a), **y = sorted(b);

	if (format == COMPARE_TEXT) {
		put_deviation(out, "first", a);
		put_deviation(out, "second", b);
	}
	compare_platforms(&c);
	for (size_t i = 0; i < a->result_count; i++) {
		const struct result *s = run_result(b, x[i]->id);

		if (s != NULL)
			compare_results(&c, x[i], s);
	}
	for (size_t i = 0; i < a->result_count; i++) {
		if (run_result(b, x[i]->id) == NULL)
			differ(&c, "only in the first", x[i]->id, verdict_word(x[i]->verdict), "");
	}
	for (size_t i = 0; i < b->result_count; i++) {
		if (run_result(a, y[i]->id) == NULL)
			differ(&c, "only in the second", y[i]->id, "", verdict_word(y[i]->verdict));
	}
	free(x);
	free(y);
	return c.differences;
}

static int compare(const char *first, const char *second, enum compare_format format)
{
	struct run *a = atlas_read(first), *b = a == NULL ? NULL : atlas_read(second);
	int status = 2;

	if (b != NULL)
		status = compare_write(stdout, a, b, format) != 0;
	run_free(a);
	run_free(b);
	return status;
}

int atlas_compare(int argc, char **argv)
{
	enum compare_format format = COMPARE_TEXT;
	const char *paths[2];
	bool options = true;
	size_t count = 0;

	for (int i = 1; i < argc; i++) {
		const char *word = NULL;

		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
			continue;
		}
		if (options && strncmp(argv[i], "--format=", 9) == 0)
			word = argv[i] + 9;
		else if (options && strcmp(argv[i], "--format") == 0)
			word = i + 1 < argc ? argv[++i] : "";
		else if (options && argv[i][0] == '-' && argv[i][1] != 0)
			return atlas_wrong("compare: no option %s; try `atlas --help`", argv[i]);
		if (word == NULL) {
			if (count == 2)
				return atlas_wrong("compare: more than two results files");
			paths[count++] = argv[i];
		} else if (strcmp(word, "tsv") == 0 || strcmp(word, "text") == 0) {
			format = word[1] == 's' ? COMPARE_TSV : COMPARE_TEXT;
		} else {
			return atlas_wrong("compare: --format is text or tsv");
		}
	}
	if (count != 2)
		return atlas_wrong("compare: takes two results files; try `atlas --help`");
	return compare(paths[0], paths[1], format);
}
