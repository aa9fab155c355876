/* SPDX-License-Identifier: MIT */
/* What differs between three platforms, and how it is told. */
#include "reports/compare/differences.h"

#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/commands.h"
#include "reports/html/fold.h"
#include "reports/html/html.h"
#include "reports/selftest/support.h"

/* Runs whose platforms are called a, b and so on, with one result each. */
struct some {
	struct run *runs[4];
	size_t count;
};

#define PASS(observations) "\"verdict\":\"pass\",\"observations\":[" observations "]"
#define SEEN(name, value)  "{\"name\":\"" name "\",\"value\":\"" value "\"}"

static struct some runs_of(const char *const *results)
{
	struct some s = {.count = 0};
	char text[2048];

	for (; s.count < 4 && results[s.count] != NULL; s.count++) {
		snprintf(text, sizeof(text),
			 "{\"type\":\"header\",\"format\":\"sockatlas-results\",\"version\":1,"
			 "\"platform\":{\"name\":\"%c\"}}\n{\"type\":\"result\",\"id\":\"x/y/z\","
			 "\"case\":\"x/y/z\",%s}\n",
			 (char)('a' + s.count), results[s.count]);
		s.runs[s.count] = run_of(text);
		CU_ASSERT_PTR_NOT_NULL_FATAL(s.runs[s.count]);
	}
	return s;
}

#define RUNS_OF(...) runs_of((const char *const[]){__VA_ARGS__, NULL})

static void free_runs(struct some s)
{
	for (size_t i = 0; i < s.count; i++)
		run_free(s.runs[i]);
}

SELFTEST(what_most_say_is_the_first_group)
{
	struct some s = RUNS_OF(PASS(SEEN("window", "1")), PASS(SEEN("window", "2")),
				PASS(SEEN("window", "2")), "\"verdict\":\"skip\"");
	struct differences d;
	struct atlas atlas;

	atlas_merge(&atlas, s.runs, s.count);
	differences_find(&d, &atlas, FACTS_OBSERVED);
	CU_ASSERT_EQUAL(d.count, 2);
	if (d.count == 2) {
		CU_ASSERT(d.items[0].verdict && !d.items[1].verdict);
		CU_ASSERT(difference_apart(&d.items[0], 3) && !difference_apart(&d.items[0], 0));
		CU_ASSERT_STRING_EQUAL(d.items[1].what, "window");
		CU_ASSERT(difference_apart(&d.items[1], 0) && !difference_apart(&d.items[1], 1));
		CU_ASSERT_EQUAL(d.items[1].answers[0].group, 1);
		/* The one that was skipped has no window, and so none that differs. */
		CU_ASSERT_PTR_NULL(d.items[1].answers[3].text);
		CU_ASSERT_FALSE(difference_apart(&d.items[1], 3));
	}
	differences_free(&d);
	atlas_free(&atlas);
	free_runs(s);
}

SELFTEST(of_two_that_differ_neither_is_most)
{
	struct some s = RUNS_OF(PASS(SEEN("window", "1")), PASS(SEEN("window", "2")));
	struct differences d;
	struct atlas atlas;

	atlas_merge(&atlas, s.runs, s.count);
	differences_find(&d, &atlas, FACTS_OBSERVED);
	CU_ASSERT_EQUAL(d.count, 1);
	if (d.count == 1)
		CU_ASSERT(difference_apart(&d.items[0], 0) && difference_apart(&d.items[0], 1));
	differences_free(&d);
	atlas_free(&atlas);
	free_runs(s);
}

SELFTEST(what_was_not_seen_differs_where_the_case_passed)
{
	struct some s = RUNS_OF(PASS(SEEN("second wait", "1000")), PASS(""),
				"\"verdict\":\"crash\"", "\"verdict\":\"crash\"");
	struct differences d;
	struct atlas atlas;

	atlas_merge(&atlas, s.runs, s.count);
	differences_find(&d, &atlas, FACTS_ALL);
	CU_ASSERT_EQUAL(d.count, 2);
	if (d.count == 2) {
		CU_ASSERT_STRING_EQUAL(d.items[1].answers[1].text, "");
		CU_ASSERT_PTR_NULL(d.items[1].answers[2].text);
	}
	differences_free(&d);
	atlas_free(&atlas);
	free_runs(s);
}

static char *compared(struct some s, enum compare_format format, size_t *count)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	*count = 0;
	if (out != NULL) {
		*count = compare_write(out, s.runs, s.count, format);
		fclose(out);
	}
	return text;
}

SELFTEST(three_are_compared_by_what_they_say)
{
	struct some s = RUNS_OF(PASS(SEEN("window", "1")), PASS(SEEN("window", "2")),
				"\"verdict\":\"skip\",\"reason\":\"no SCTP\"");
	size_t count;
	char *text = compared(s, COMPARE_TEXT, &count);

	CU_ASSERT_EQUAL(count, 3);
	CU_ASSERT_STRING_EQUAL(text, "platform\n  name\n    a: a\n    b: b\n    c: c\n\nx/y/z\n"
				     "  verdict\n    pass: a, b\n    skip (no SCTP): c\n"
				     "  observation window\n    1: a\n    2: b\n");
	free(text);
	text = compared(s, COMPARE_TSV, &count);
	CU_ASSERT_STRING_EQUAL(text, "where\twhat\ta\tb\tc\nplatform\tname\ta\tb\tc\n"
				     "x/y/z\tverdict\tpass\tpass\tskip (no SCTP)\n"
				     "x/y/z\tobservation window\t1\t2\t\n");
	free(text);
	free_runs(s);
}

SELFTEST(what_not_all_have_is_said)
{
	struct some s =
		RUNS_OF("\"verdict\":\"pass\"", "\"verdict\":\"pass\"", "\"verdict\":\"pass\"");
	struct run *other = run_of(HEADER "{\"type\":\"result\",\"id\":\"x/y/other\",\"case\":"
					  "\"x/y/other\",\"verdict\":\"fail\"}\n");
	size_t count;
	char *text;

	CU_ASSERT_PTR_NOT_NULL_FATAL(other);
	run_free(s.runs[2]);
	s.runs[2] = other;
	text = compared(s, COMPARE_TEXT, &count);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nnot in all\n  x/y/other\n    (nothing): a, b\n"
					    "    fail: Linux 6.1.0 x86_64\n  x/y/z\n"
					    "    pass: a, b\n    (nothing): Linux 6.1.0 x86_64\n"));
	free(text);
	free_runs(s);
}

SELFTEST(runs_that_say_the_same_are_folded)
{
	struct some s = RUNS_OF(PASS(SEEN("window", "1")), PASS(SEEN("window", "2")),
				PASS(SEEN("window", "1")), PASS(SEEN("window", "2")));
	struct fold fold = {0};
	struct atlas atlas;
	const struct merged_variant *v;

	atlas_merge(&atlas, s.runs, s.count);
	v = atlas.cases[0].variants;
	CU_ASSERT_EQUAL(fold_first(&fold, v, 2), 2);
	fold_find(&fold, &atlas);
	CU_ASSERT_EQUAL(fold_first(&fold, v, 0), 0);
	CU_ASSERT_EQUAL(fold_first(&fold, v, 1), 1);
	CU_ASSERT_EQUAL(fold_first(&fold, v, 2), 0);
	CU_ASSERT_EQUAL(fold_first(&fold, v, 3), 1);
	fold_free(&fold);
	atlas_free(&atlas);
	free_runs(s);
}

/* The page of several runs; the caller frees it. */
static char *page_of_runs(struct run **runs, size_t count)
{
	char *text = NULL;
	size_t length;
	struct atlas atlas;
	FILE *out = open_memstream(&text, &length);

	if (out == NULL)
		return NULL;
	atlas_merge(&atlas, runs, count);
	html_page(out, &atlas);
	atlas_free(&atlas);
	fclose(out);
	return text;
}

SELFTEST(page_tells_what_differs)
{
	struct run *runs[] = {run_of_fixture("small.jsonl"), run_of_fixture("other.jsonl"),
			      run_of_fixture("emulated.jsonl")};
	char *page;

	NEED(runs[0] != NULL && runs[1] != NULL && runs[2] != NULL);
	page = page_of_runs(runs, 3);
	NEED(page != NULL);
	CU_ASSERT_EQUAL(occurrences(page, "<section id=\"differences\">"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "<a href=\"#differences\">Differences</a>"), 1);
	/* All variants that differ alike are in one row, with a link each. */
	CU_ASSERT_EQUAL(occurrences(page, "<th scope=\"row\"><b>initial window</b>"), 3);
	CU_ASSERT_EQUAL(occurrences(page, "<td><code>65483</code><td class=\"apart g1\"><code>65535"
					  "</code><td><code>65483</code>"),
			1);
	CU_ASSERT_EQUAL(occurrences(page, "<small>nothing</small>"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "The emulator does not know EADDRINUSE &lt;here&gt; "
					  "<small>Source: qemu/linux-user/syscall.c</small>"),
			1);
	CU_ASSERT_EQUAL(
		occurrences(page, " on gVisor runsc: <code>bind(b, taken.sa, taken.length)</code> "
				  "expected <b>-1 EADDRINUSE</b>, observed <b>0</b>"),
		1);
	free(page);
	page = page_of_runs(runs, 1);
	NEED(page != NULL);
	CU_ASSERT_EQUAL(occurrences(page, "id=\"differences\""), 0);
	CU_ASSERT_EQUAL(occurrences(page, "href=\"#differences\""), 0);
	free(page);
	for (size_t i = 0; i < 3; i++)
		run_free(runs[i]);
}

SELFTEST(page_of_the_same_twice_has_no_table)
{
	struct run *run = run_of_fixture("small.jsonl");
	char *page;

	NEED(run != NULL);
	page = page_of_runs((struct run *[]){run, run}, 2);
	NEED(page != NULL);
	CU_ASSERT_EQUAL(occurrences(page, "Nothing: all verdicts and recorded values are alike."),
			1);
	CU_ASSERT_EQUAL(occurrences(page, "class=\"matrix\""), 0);
	free(page);
	run_free(run);
}

/* A page of many results shows what several platforms say alike once. */
SELFTEST(page_of_many_results_is_folded)
{
	enum { RUNS = 5, RESULTS = 500 };
	struct run *runs[RUNS];
	char *page, *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	NEED(out != NULL);
	fputs(HEADER, out);
	for (int i = 0; i < RESULTS; i++)
		fprintf(out,
			"{\"type\":\"result\",\"id\":\"x/y/z%d\",\"case\":\"x/y/z%d\",\"verdict\":"
			"\"pass\",\"checks\":[{\"ok\":true,\"line\":7,\"file\":\"f\",\"text\":"
			"\"x()\",\"expected\":\"0\",\"observed\":\"0\"}]}\n",
			i, i);
	fclose(out);
	for (size_t i = 0; i < RUNS; i++) {
		runs[i] = run_of(text);
		NEED(runs[i] != NULL);
	}
	page = page_of_runs(runs, 4);
	NEED(page != NULL);
	CU_ASSERT_EQUAL(occurrences(page, "<details class=\"checks\">"), 4UL * RESULTS);
	free(page);
	page = page_of_runs(runs, RUNS);
	NEED(page != NULL);
	CU_ASSERT_EQUAL(occurrences(page, "<details class=\"checks\">"), RESULTS);
	CU_ASSERT_EQUAL(occurrences(page, "<p class=\"same\">The same on "), RESULTS);
	free(page);
	free(text);
	for (size_t i = 0; i < RUNS; i++)
		run_free(runs[i]);
}

SELFTEST(platforms_that_lack_the_same_share_a_line)
{
	static const char skip[] =
		"\"verdict\":\"skip\",\"need\":\"sctp\",\"reason\":\"none here\"";
	struct some s = RUNS_OF(skip, PASS(""), skip);
	char *page = page_of_runs(s.runs, s.count);

	CU_ASSERT_PTR_NOT_NULL_FATAL(page);
	CU_ASSERT_EQUAL(occurrences(page, "<b>2</b> <code>sctp</code> none here <small>on a, c"
					  "</small></summary>"),
			1);
	CU_ASSERT_EQUAL(occurrences(page, "<li><a href=\"#x/y/z\">x/y/z</a>\n"), 1);
	free(page);
	free_runs(s);
}
