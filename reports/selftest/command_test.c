/* SPDX-License-Identifier: MIT */
/* The commands as they are called: exit status, and one clear line when something is wrong. */
#include "reports/commands.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/selftest/selftest.h"
#include "reports/selftest/support.h"

enum { ARGUMENTS_MOST = 40 };

static char said[8192]; /* on standard output and error */

/* Runs a command in a child; returns its exit status, -1 when it did not exit. */
static int run(int (*command)(int, char **), const char *const *arguments)
{
	char *argv[ARGUMENTS_MOST + 1] = {NULL};
	int pipes[2], argc = 0, status;
	size_t used = 0;
	ssize_t got = 1;
	char rest[4096];
	pid_t child;

	fflush(stdout);
	if (pipe2(pipes, O_CLOEXEC) != 0)
		return -1;
	while (argc < ARGUMENTS_MOST && arguments[argc] != NULL) {
		argv[argc] = strdup(arguments[argc]);
		argc++;
	}
	child = fork();
	if (child == 0) {
		dup2(pipes[1], 1);
		dup2(pipes[1], 2);
		status = command(argc, argv);
		fflush(stdout);
		_exit(status);
	}
	close(pipes[1]);
	while (used + 1 < sizeof(said) &&
	       (got = read(pipes[0], said + used, sizeof(said) - used - 1)) > 0)
		used += (size_t)got;
	/* What does not fit is read as well, or the child would wait for ever. */
	while (got > 0)
		got = read(pipes[0], rest, sizeof(rest));
	said[used] = 0;
	close(pipes[0]);
	for (int i = 0; i < argc; i++)
		free(argv[i]);
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

#define RUN(command, ...) run(command, (const char *const[]){__VA_ARGS__, NULL})

/* Whether it ended with status 2 and this one line. */
static bool wrong(int status, const char *line)
{
	bool same = status == 2 && strcmp(said, line) == 0;

	if (!same)
		printf("     %d, said %s\n", status, said);
	return same;
}

#define SMALL	   "fixtures/results/small.jsonl"
#define OTHER	   "fixtures/results/other.jsonl"
#define DEVIATIONS "fixtures/results/deviations.jsonl"
#define DEVIATED   "fixtures/results/deviated.jsonl"
#define EXPLAINED  "fixtures/results/explained.tsv"

SELFTEST(wrong_usage_is_said)
{
	CU_ASSERT(wrong(RUN(atlas_report, "report"),
			"atlas: report: no results file; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_report, "report", SMALL),
			"atlas: report: no folder to write to: -o FOLDER\n"));
	CU_ASSERT(wrong(RUN(atlas_report, "report", SMALL, "-o"),
			"atlas: report: -o takes one folder\n"));
	CU_ASSERT(wrong(RUN(atlas_report, "report", "-x", SMALL, "-o", "/tmp"),
			"atlas: report: no option -x; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_compare, "compare", SMALL),
			"atlas: compare: takes two results files or more; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_compare, "compare", "--format", "xml", SMALL, OTHER),
			"atlas: compare: --format is text or tsv\n"));
	CU_ASSERT(wrong(RUN(atlas_summary, "summary"),
			"atlas: summary: takes one results file; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_export, "export", SMALL),
			"atlas: export: --format kcidb is the only one\n"));
	CU_ASSERT(wrong(RUN(atlas_export, "export", "--format", "kcidb", SMALL, SMALL),
			"atlas: export: " SMALL ": this run is there already\n"));
	CU_ASSERT(wrong(RUN(atlas_export, "export", "--format", "kcidb", DEVIATED),
			"atlas: export: " DEVIATED
			": not the results of a platform: calls misbehaved on purpose\n"));
}

SELFTEST(unreadable_files_are_said)
{
	CU_ASSERT(wrong(RUN(atlas_summary, "summary", "/nonexistent"),
			"atlas: /nonexistent: No such file or directory\n"));
	CU_ASSERT(wrong(RUN(atlas_compare, "compare", SMALL, "fixtures/results/broken.jsonl"),
			"atlas: fixtures/results/broken.jsonl:3: \"claim\" is not a string\n"));
	CU_ASSERT(wrong(RUN(atlas_report, "report", SMALL, "-o", "fixtures/results/cut.jsonl/x"),
			"atlas: fixtures/results/cut.jsonl/x: Not a directory\n"));
	CU_ASSERT(wrong(RUN(atlas_report, "report", SMALL, "-o", "fixtures/results/cut.jsonl"),
			"atlas: fixtures/results/cut.jsonl: Not a directory\n"));
}

SELFTEST(compare_has_the_status_of_diff)
{
	CU_ASSERT_EQUAL(RUN(atlas_compare, "compare", SMALL, SMALL), 0);
	CU_ASSERT_STRING_EQUAL(said, "");
	CU_ASSERT_EQUAL(RUN(atlas_compare, "compare", SMALL, OTHER), 1);
	CU_ASSERT_EQUAL(RUN(atlas_compare, "compare", "--format=tsv", SMALL, OTHER), 1);
	CU_ASSERT_EQUAL(strncmp(said, "where\twhat\tfirst\tsecond\n", 24), 0);
}

SELFTEST(runs_side_by_side_have_a_limit)
{
	const char *arguments[RUNS_MOST + 3] = {"compare"};

	for (size_t i = 1; i <= RUNS_MOST; i++)
		arguments[i] = SMALL;
	CU_ASSERT_EQUAL(run(atlas_compare, arguments), 0);
	arguments[RUNS_MOST + 1] = SMALL;
	CU_ASSERT(wrong(run(atlas_compare, arguments),
			"atlas: compare: more than 32 results files\n"));
	arguments[0] = "report";
	CU_ASSERT(
		wrong(run(atlas_report, arguments), "atlas: report: more than 32 results files\n"));
}

SELFTEST(summary_tells_what_failed)
{
	CU_ASSERT_EQUAL(RUN(atlas_summary, "summary", SMALL), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "\nfail socket/options/so_rcvlowat\n"
					    "  claim     SO_RCVLOWAT changes what the peer sees\n"
					    "  check     on\n  expected  1\n  observed  0\n"));
	CU_ASSERT_PTR_NOT_NULL(
		strstr(said, "  again     sockatlas run socket/options/so_rcvlowat\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "\n40 results in "));
}

SELFTEST(summary_for_programs)
{
	CU_ASSERT_EQUAL(RUN(atlas_summary, "summary", "--format", "counts", SMALL), 0);
	CU_ASSERT_STRING_EQUAL(said, "33 pass, 1 fail, 1 skip, 1 known, 1 fixed, 1 error, "
				     "1 timeout, 1 crash\n");
	CU_ASSERT_EQUAL(RUN(atlas_summary, "summary", "--format=tsv", SMALL), 0);
	CU_ASSERT_EQUAL(strncmp(said, "id\tverdict\treason\n", 18), 0);
	CU_ASSERT_EQUAL(occurrences(said, "\n"), 41);
	CU_ASSERT_EQUAL(occurrences(said, "\t"), 2 * 41);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "\nsocket/options/so_rcvlowat\tfail\t"));
	CU_ASSERT(wrong(RUN(atlas_summary, "summary", "--format", "xml", SMALL),
			"atlas: summary: --format is text, counts or tsv\n"));
	CU_ASSERT(wrong(RUN(atlas_summary, "summary", SMALL, SMALL),
			"atlas: summary: more than one results file\n"));
	CU_ASSERT(wrong(RUN(atlas_summary, "summary", "-x", SMALL),
			"atlas: summary: no option -x; try `atlas --help`\n"));
}

static bool is_file(const char *folder, const char *name)
{
	char path[256];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return stat(path, &st) == 0 && st.st_size > 0 && unlink(path) == 0;
}

SELFTEST(report_writes_its_files)
{
	char folder[] = "/tmp/atlas-selftest-XXXXXX", inside[64];

	NEED(mkdtemp(folder) != NULL);
	snprintf(inside, sizeof(inside), "%s/a/b", folder);
	CU_ASSERT_EQUAL(RUN(atlas_report, "report", "-o", inside, SMALL), 0);
	CU_ASSERT_STRING_EQUAL(said, "");
	CU_ASSERT(is_file(inside, "index.html"));
	CU_ASSERT(is_file(inside, "junit.xml"));
	CU_ASSERT(is_file(inside, "ktap.txt"));
	CU_ASSERT(is_file(inside, "results.jsonl"));
	CU_ASSERT_EQUAL(RUN(atlas_report, "report", SMALL, OTHER, "-o", inside), 0);
	CU_ASSERT(is_file(inside, "results-1.jsonl") && is_file(inside, "results-2.jsonl"));
	CU_ASSERT(is_file(inside, "index.html") && is_file(inside, "junit.xml") &&
		  is_file(inside, "ktap.txt"));
	/* Nothing else was there: no temporary file. */
	CU_ASSERT_EQUAL(rmdir(inside), 0);
	snprintf(inside, sizeof(inside), "%s/a", folder);
	CU_ASSERT_EQUAL(rmdir(inside), 0);
	CU_ASSERT_EQUAL(rmdir(folder), 0);
}

SELFTEST(coverage_as_a_command)
{
	static const char format[] = "--format=tsv";

	CU_ASSERT(wrong(RUN(atlas_coverage, "coverage"),
			"atlas: coverage: takes results files; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_coverage, "coverage", "--formats", SMALL),
			"atlas: coverage: no option --formats; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_coverage, "coverage", SMALL, "--format"),
			"atlas: coverage: --format is text or tsv\n"));
	CU_ASSERT(wrong(RUN(atlas_coverage, "coverage", SMALL, "--catalogue"),
			"atlas: coverage: --catalogue needs a folder\n"));
	CU_ASSERT(wrong(RUN(atlas_coverage, "coverage", "--catalogue", "/nonexistent", SMALL),
			"atlas: /nonexistent/constants.tsv: No such file or directory\n"));
	CU_ASSERT(wrong(RUN(atlas_coverage, "coverage", SMALL, "/nonexistent"),
			"atlas: /nonexistent: No such file or directory\n"));
	CU_ASSERT_EQUAL(RUN(atlas_coverage, "coverage", SMALL, OTHER), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, " results in 2 runs\n"));
	CU_ASSERT_EQUAL(RUN(atlas_coverage, "coverage", format, "--", SMALL), 0);
	CU_ASSERT_EQUAL(strncmp(said, "kind\tname\tgroup\tobserved\tcases\t", 31), 0);
}

SELFTEST(deviations_have_a_status)
{
	CU_ASSERT_EQUAL(RUN(atlas_deviations, "deviations", DEVIATIONS), 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "\nNo case noticed (sockatlas show"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said,
				      "\n  setsockopt:SO_RCVLOWAT:echoed\n"
				      "    should notice  socket/options/so_rcvlowat\n"
				      "                   SO_RCVLOWAT changes what the peer sees\n"
				      "    also tried in  socket/options/so_reuseaddr\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "\n5 of 7 deviations noticed: 71.4 %, at least 95 % "
					    "wanted; 2 survived, 0 of them explained\n"));
	/* Both are needed: the share, and a reason for what is left. */
	CU_ASSERT_EQUAL(RUN(atlas_deviations, "deviations", "--minimum=71", DEVIATIONS), 1);
	CU_ASSERT_EQUAL(RUN(atlas_deviations, "deviations", "--explained", EXPLAINED, DEVIATIONS),
			1);
	CU_ASSERT_EQUAL(RUN(atlas_deviations, "deviations", "--minimum", "71", "--explained",
			    EXPLAINED, DEVIATIONS),
			0);
	CU_ASSERT_EQUAL(RUN(atlas_deviations, "deviations", "--minimum", "72", "--explained",
			    EXPLAINED, DEVIATIONS),
			1);
	CU_ASSERT_EQUAL(RUN(atlas_deviations, "deviations", "--format", "tsv", DEVIATIONS), 1);
	CU_ASSERT_EQUAL(strncmp(said, "deviation\tkind\t", 15), 0);
}

SELFTEST(wrong_usage_of_deviations_is_said)
{
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations"),
			"atlas: deviations: no deviations file; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations", "-x", DEVIATIONS),
			"atlas: deviations: no option -x; try `atlas --help`\n"));
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations", DEVIATIONS, "--minimum", "many"),
			"atlas: deviations: --minimum takes per cent, from 0 to 100\n"));
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations", DEVIATIONS, "--minimum=101"),
			"atlas: deviations: --minimum takes per cent, from 0 to 100\n"));
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations", DEVIATIONS, "--format=json"),
			"atlas: deviations: --format is text or tsv\n"));
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations", DEVIATIONS, "--explained"),
			"atlas: deviations: --explained takes a file\n"));
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations", SMALL),
			"atlas: " SMALL ":1: \"format\" is not \"sockatlas-deviations\"\n"));
	CU_ASSERT(wrong(RUN(atlas_deviations, "deviations", "--explained", SMALL, DEVIATIONS),
			"atlas: " SMALL ":1: no tab between a deviation and its reason\n"));
	CU_ASSERT(wrong(RUN(atlas_summary, "summary", DEVIATIONS),
			"atlas: " DEVIATIONS ":1: \"format\" is not \"sockatlas-results\"\n"));
	CU_ASSERT(wrong(RUN(atlas_report, "report", SMALL, "--deviations"),
			"atlas: report: --deviations takes one file\n"));
	CU_ASSERT(wrong(RUN(atlas_report, "report", SMALL, "--deviations", OTHER, "-o", "/none"),
			"atlas: " OTHER ":1: \"format\" is not \"sockatlas-deviations\"\n"));
}

SELFTEST(a_deviated_run_says_so)
{
	static const char line[] = "not the results of a platform: calls misbehaved on purpose, as "
				   "bind:EADDRINUSE:success says\n";

	CU_ASSERT_EQUAL(RUN(atlas_summary, "summary", DEVIATED), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, line));
	CU_ASSERT_EQUAL(RUN(atlas_summary, "summary", SMALL), 0);
	CU_ASSERT_PTR_NULL(strstr(said, "on purpose"));
	CU_ASSERT_EQUAL(RUN(atlas_compare, "compare", DEVIATED, DEVIATED), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "the first are not the results of a platform: "));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "the second are not the results of a platform: "));
	CU_ASSERT_EQUAL(RUN(atlas_compare, "compare", "--format=tsv", SMALL, DEVIATED), 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "\nplatform\tdeviation\t\tbind:EADDRINUSE:success\n"));
}
