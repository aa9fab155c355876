/* SPDX-License-Identifier: MIT */
/* atlas summary: how a run ended, for a terminal. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/commands.h"

static void line(FILE *out, const char *before, const char *text, const char *after)
{
	fputs(before, out);
	escape_line(out, text);
	fputs(after, out);
}

static void put_result(FILE *out, const struct run *run, const struct result *r)
{
	const struct test_case *c = &run->cases[r->case_index];
	char *again = run_command(run, r->id);

	fprintf(out, "\n%s ", verdict_word(r->verdict));
	line(out, "", r->id, "\n");
	if (c->claim[0] != 0)
		line(out, "  claim     ", c->claim, "\n");
	if (r->signal[0] != 0)
		line(out, "  signal    ", r->signal, "\n");
	if (r->reason[0] != 0)
		line(out, "  reason    ", r->reason, "\n");
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *k = &r->checks[i];

		if (k->ok)
			continue;
		line(out, "  check     ", k->text, "\n");
		line(out, "  expected  ", k->expected, "\n");
		line(out, "  observed  ", k->observed, "\n");
		line(out, "  at        ", k->file, "");
		fprintf(out, ":%" PRId64 "\n", k->line);
	}
	line(out, "  again     ", again, "\n");
	free(again);
}

static int by_id(const void *a, const void *b)
{
	const struct result *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

/* "3 pass, 1 fail": the verdicts that there are. */
static void put_counts(FILE *out, const struct run *run, const char *between)
{
	bool first = true;

	for (enum verdict v = VERDICT_PASS; v < VERDICTS; v++) {
		if (run->verdicts[v] == 0)
			continue;
		fprintf(out, "%s%" PRId64 " %s", first ? "" : between, run->verdicts[v],
			verdict_word(v));
		first = false;
	}
	fputs(first ? "none\n" : "\n", out);
}

/* A line a result, by id. */
static void put_table(FILE *out, const struct run *run)
{
	const struct result **all = memory_get(run->result_count, sizeof(const struct result *));

	for (size_t i = 0; i < run->result_count; i++)
		all[i] = &run->results[i];
	if (run->result_count > 1)
		qsort(all, run->result_count, sizeof(const struct result *), by_id);
	fputs("id\tverdict\treason\n", out);
	for (size_t i = 0; i < run->result_count; i++) {
		escape_tsv(out, all[i]->id);
		fprintf(out, "\t%s\t", verdict_word(all[i]->verdict));
		escape_tsv(out, all[i]->reason);
		putc('\n', out);
	}
	free(all);
}

static void put_text(FILE *out, const struct run *run)
{
	const struct platform *p = &run->header.platform;
	const struct result **bad = memory_get(run->result_count, sizeof(const struct result *));
	size_t count = 0;

	for (size_t i = 0; i < run->result_count; i++) {
		if (!verdict_is_good(run->results[i].verdict))
			bad[count++] = &run->results[i];
	}
	if (count > 1)
		qsort(bad, count, sizeof(const struct result *), by_id);
	if (p->name[0] != 0)
		line(out, "", p->name, ": ");
	line(out, "", p->sysname, " ");
	line(out, "", p->kernel_release, " ");
	line(out, "", p->machine, p->libc[0] != 0 ? ", " : "");
	line(out, "", p->libc, "\n");
	if (run->header.deviation[0] != 0)
		line(out, "not the results of a platform: calls misbehaved on purpose, as ",
		     run->header.deviation, " says\n");
	for (size_t i = 0; i < count; i++)
		put_result(out, run, bad[i]);
	fprintf(out, "%s%zu results in %" PRId64 ".%03" PRId64 " s: ", count != 0 ? "\n" : "",
		run->result_count, run->duration_us / 1000000, run->duration_us / 1000 % 1000);
	put_counts(out, run, " ");
	free(bad);
}

void summary_write(FILE *out, const struct run *run, enum summary_format format)
{
	if (format == SUMMARY_COUNTS)
		put_counts(out, run, ", ");
	else if (format == SUMMARY_TSV)
		put_table(out, run);
	else
		put_text(out, run);
}

static bool find_format(const char *word, enum summary_format *format)
{
	static const char *const words[] = {
		[SUMMARY_TEXT] = "text", [SUMMARY_COUNTS] = "counts", [SUMMARY_TSV] = "tsv"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) == 0) {
			*format = (enum summary_format)i;
			return true;
		}
	}
	return false;
}

int atlas_summary(int argc, char **argv)
{
	enum summary_format format = SUMMARY_TEXT;
	const char *path = NULL;
	bool options = true;
	struct run *run;

	for (int i = 1; i < argc; i++) {
		const char *word;

		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
			continue;
		}
		word = options ? atlas_value("--format", argc, argv, &i) : NULL;
		if (word == NULL && options && argv[i][0] == '-' && argv[i][1] != 0)
			return atlas_wrong("summary: no option %s; try `atlas --help`", argv[i]);
		if (word == NULL && path != NULL)
			return atlas_wrong("summary: more than one results file");
		if (word == NULL)
			path = argv[i];
		else if (!find_format(word, &format))
			return atlas_wrong("summary: --format is text, counts or tsv");
	}
	if (path == NULL)
		return atlas_wrong("summary: takes one results file; try `atlas --help`");
	run = atlas_read(path);
	if (run == NULL)
		return 2;
	summary_write(stdout, run, format);
	run_free(run);
	return 0;
}
