/* SPDX-License-Identifier: MIT */
/*
 * KTAP version 1: a subtest for each file, in it one for each variant. With several
 * runs, the runs are the outermost level. A known difference is "ok ... # XFAIL", as
 * kselftest writes it, so that a reader of the plain "ok" agrees with our exit status.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/commands.h"

static void indent(FILE *out, int depth)
{
	for (int i = 0; i < depth; i++)
		fputs("  ", out);
}

static void directive(FILE *out, const struct result *r)
{
	static const char *const words[VERDICTS] = {
		[VERDICT_SKIP] = "SKIP",   [VERDICT_KNOWN] = "XFAIL", [VERDICT_TIMEOUT] = "TIMEOUT",
		[VERDICT_ERROR] = "ERROR", [VERDICT_CRASH] = "ERROR",
	};

	if (words[r->verdict] == NULL)
		return;
	fprintf(out, " # %s", words[r->verdict]);
	if (r->need[0] != 0 || r->signal[0] != 0) {
		putc(' ', out);
		escape_ktap(out, r->need[0] != 0 ? r->need : r->signal);
		if (r->reason[0] != 0)
			putc(':', out);
	}
	if (r->reason[0] != 0) {
		putc(' ', out);
		escape_ktap(out, r->reason);
	}
}

/* What went wrong stands in diagnostic lines before the result's line. */
static void diagnostics(FILE *out, int depth, const struct result *r)
{
	if (verdict_is_good(r->verdict))
		return;
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *c = &r->checks[i];

		if (c->ok)
			continue;
		indent(out, depth);
		fputs("# ", out);
		escape_ktap(out, c->file);
		fprintf(out, ":%" PRId64 ": ", c->line);
		escape_ktap(out, c->text);
		fputs(": expected ", out);
		escape_ktap(out, c->expected);
		fputs(", observed ", out);
		escape_ktap(out, c->observed);
		putc('\n', out);
	}
	if (r->verdict == VERDICT_FIXED) {
		indent(out, depth);
		fputs("# ", out);
		escape_ktap(out, r->reason);
		putc('\n', out);
	}
}

static void put_name(FILE *out, const char *id)
{
	char name[512];

	snprintf(name, sizeof(name), "%.*s", (int)group_length(id), id);
	escape_ktap(out, name);
}

/* The subtest of one file: the cases [first, last). Returns whether all of it is good. */
static bool put_group(FILE *out, int depth, const struct atlas *a, size_t run, size_t first,
		      size_t last, size_t number)
{
	size_t skip = group_length(a->cases[first].id) + 1;
	size_t count = 0, n = 0;
	bool good = true;

	for (size_t i = first; i < last; i++) {
		for (size_t v = 0; v < a->cases[i].count; v++)
			count += a->cases[i].variants[v].results[run] != NULL;
	}
	indent(out, depth + 1);
	fputs("KTAP version 1\n", out);
	indent(out, depth + 1);
	fputs("# Subtest: ", out);
	put_name(out, a->cases[first].id);
	putc('\n', out);
	indent(out, depth + 1);
	fprintf(out, "1..%zu\n", count);
	for (size_t i = first; i < last; i++) {
		for (size_t v = 0; v < a->cases[i].count; v++) {
			const struct result *r = a->cases[i].variants[v].results[run];

			if (r == NULL)
				continue;
			diagnostics(out, depth + 1, r);
			indent(out, depth + 1);
			fprintf(out, "%sok %zu ", verdict_is_good(r->verdict) ? "" : "not ", ++n);
			escape_ktap(out, r->id + skip);
			directive(out, r);
			putc('\n', out);
			good = good && verdict_is_good(r->verdict);
		}
	}
	indent(out, depth);
	fprintf(out, "%sok %zu ", good ? "" : "not ", number);
	put_name(out, a->cases[first].id);
	putc('\n', out);
	return good;
}

static bool in_run(const struct atlas *a, size_t run, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		for (size_t v = 0; v < a->cases[i].count; v++) {
			if (a->cases[i].variants[v].results[run] != NULL)
				return true;
		}
	}
	return false;
}

/* The end of the file that starts with case `first`. */
static size_t group_end(const struct atlas *a, size_t first)
{
	size_t end = first + 1;

	while (end < a->case_count && group_is_same(a->cases[first].id, a->cases[end].id))
		end++;
	return end;
}

static bool put_run(FILE *out, int depth, const struct atlas *a, size_t run)
{
	const char *deviation = a->runs[run]->header.deviation;
	size_t groups = 0, number = 0;
	bool good = true;

	for (size_t i = 0; i < a->case_count; i = group_end(a, i))
		groups += in_run(a, run, i, group_end(a, i));
	if (deviation[0] != 0) {
		indent(out, depth);
		fputs("# not the results of a platform: calls misbehaved on purpose, as ", out);
		escape_ktap(out, deviation);
		fputs(" says\n", out);
	}
	indent(out, depth);
	fprintf(out, "1..%zu\n", groups);
	for (size_t i = 0; i < a->case_count; i = group_end(a, i)) {
		if (in_run(a, run, i, group_end(a, i)) &&
		    !put_group(out, depth, a, run, i, group_end(a, i), ++number))
			good = false;
	}
	return good;
}

void ktap_write(FILE *out, const struct atlas *a)
{
	fputs("KTAP version 1\n", out);
	if (a->run_count == 1) {
		put_run(out, 0, a, 0);
		return;
	}
	fprintf(out, "1..%zu\n", a->run_count);
	for (size_t i = 0; i < a->run_count; i++) {
		bool good;

		fputs("  KTAP version 1\n  # Subtest: ", out);
		escape_ktap(out, a->labels[i]);
		putc('\n', out);
		good = put_run(out, 1, a, i);
		fprintf(out, "%sok %zu ", good ? "" : "not ", i + 1);
		escape_ktap(out, a->labels[i]);
		putc('\n', out);
	}
}
