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

void summary_write(FILE *out, const struct run *run)
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
	fprintf(out, "%s%zu results in %" PRId64 ".%03" PRId64 " s:", count != 0 ? "\n" : "",
		run->result_count, run->duration_us / 1000000, run->duration_us / 1000 % 1000);
	for (enum verdict v = VERDICT_PASS; v < VERDICTS; v++) {
		if (run->verdicts[v] != 0)
			fprintf(out, " %" PRId64 " %s", run->verdicts[v], verdict_word(v));
	}
	fputs(run->result_count == 0 ? " none\n" : "\n", out);
	free(bad);
}

int atlas_summary(int argc, char **argv)
{
	struct run *run;

	if (argc != 2 || (argv[1][0] == '-' && argv[1][1] != 0))
		return atlas_wrong("summary: takes one results file; try `atlas --help`");
	run = atlas_read(argv[1]);
	if (run == NULL)
		return 2;
	summary_write(stdout, run);
	run_free(run);
	return 0;
}
