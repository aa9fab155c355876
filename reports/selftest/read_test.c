/* SPDX-License-Identifier: MIT */
/* The reader: what it takes, and what it says of what it does not take. */
#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/results/read.h"
#include "reports/selftest/support.h"

#define RESULT "{\"type\":\"result\",\"id\":\"a/b/c\",\"case\":\"a/b/c\",\"verdict\":\"pass\"}\n"

/* Whether the text is refused with exactly this message. */
static bool refused(const char *text, const char *message)
{
	struct run *run = run_of(text);
	bool same = run == NULL && strcmp(error, message) == 0;

	if (!same)
		printf("     got %s\n", run == NULL ? error : "(accepted)");
	run_free(run);
	return same;
}

SELFTEST(reads_every_member)
{
	struct run *run = run_of_fixture("small.jsonl");
	const struct result *r;
	const struct test_case *c;

	if (run == NULL)
		return;
	CU_ASSERT_STRING_EQUAL(run->header.platform.kernel_release, "6.18.1");
	CU_ASSERT_EQUAL(run->header.probe_count, 8);
	CU_ASSERT(run->has_footer);
	CU_ASSERT_FALSE(run->cut);
	c = run_case(run, "inet/tcp_life/handshake_and_close_over_a_link");
	NEED(c != NULL);
	CU_ASSERT_EQUAL(c->level, LEVEL_RFC);
	CU_ASSERT_EQUAL(c->variants.count, 2);
	CU_ASSERT_PTR_NOT_NULL(run_source(run, c->file));
	r = run_result(run, "inet/tcp_life/handshake_and_close_over_a_link/v4");
	NEED(r != NULL);
	CU_ASSERT_EQUAL(r->verdict, VERDICT_PASS);
	CU_ASSERT_EQUAL(r->call_count, 11);
	CU_ASSERT_EQUAL(r->link_count, 2);
	CU_ASSERT_EQUAL(r->frame_count, 11);
	CU_ASSERT(r->frames[0].checksum_pending);
	for (size_t i = 1; i < r->frame_count; i++)
		CU_ASSERT(r->frames[i - 1].time_ns <= r->frames[i].time_ns);
	CU_ASSERT_STRING_EQUAL(r->calls[4].name, "connect");
	CU_ASSERT_STRING_EQUAL(r->calls[4].arguments[1].value, "{AF_INET, 192.0.2.2:8080}");
	CU_ASSERT_EQUAL(run->verdicts[VERDICT_CRASH], 1);
	run_free(run);
}

SELFTEST(a_cut_last_line_is_left_out)
{
	struct run *run = run_of(HEADER RESULT "{\"type\":\"result\",\"id\":\"a/b/d\",\"ca");

	NEED(run != NULL);
	CU_ASSERT(run->cut);
	CU_ASSERT_EQUAL(run->result_count, 1);
	CU_ASSERT_STRING_EQUAL(warning, "atlas: NAME:3: the last line is cut; it is left out\n");
	run_free(run);
}

SELFTEST(every_cut_of_a_file_is_accepted)
{
	size_t length;
	char *text = file_text("fixtures/results/other.jsonl", &length);
	size_t header;

	NEED(text != NULL);
	header = strcspn(text, "\n");
	for (size_t cut = header + 1; cut < length; cut += 997) {
		struct run *run = run_of_bytes(text, cut);

		CU_ASSERT_PTR_NOT_NULL(run);
		run_free(run);
	}
	free(text);
}

SELFTEST(a_run_without_end_is_said)
{
	struct run *run = run_of(HEADER RESULT);

	NEED(run != NULL);
	CU_ASSERT_STRING_EQUAL(warning,
			       "atlas: NAME:2: no footer: the run did not come to its end\n");
	run_free(run);
}

SELFTEST(headers_are_checked)
{
	CU_ASSERT(refused("", "NAME: the file is empty: no header"));
	CU_ASSERT(refused("\n \n", "NAME:2: the file is empty: no header"));
	CU_ASSERT(refused(RESULT, "NAME:1: the first line is not the header"));
	CU_ASSERT(refused("{\"type\":\"header\"}\n", "NAME:1: \"format\" is missing"));
	CU_ASSERT(refused("{\"type\":\"header\",\"format\":\"TAP\",\"version\":1}\n",
			  "NAME:1: \"format\" is not \"sockatlas-results\""));
	CU_ASSERT(refused("{\"type\":\"header\",\"format\":\"sockatlas-results\",\"version\":2}\n",
			  "NAME:1: version 2 of the format; this program reads version 1"));
	CU_ASSERT(refused(
		"{\"type\":\"header\",\"format\":\"sockatlas-results\",\"version\":\"1\"}\n",
		"NAME:1: \"version\" is not a whole number"));
	CU_ASSERT(refused(HEADER HEADER, "NAME:2: a second header"));
}

SELFTEST(broken_lines_are_named)
{
	CU_ASSERT(refused(HEADER "[]\n", "NAME:2: the line is not a JSON object"));
	CU_ASSERT(refused(HEADER "{}\n", "NAME:2: \"type\" is missing or not a string"));
	CU_ASSERT(refused(HEADER "{\"type\":\"x\"}\n",
			  "NAME:2: \"type\" is none of header, source, case, result, footer"));
	CU_ASSERT(refused(HEADER "{\"type\":\"case\",\"case\":7}\n",
			  "NAME:2: \"case\" is not a string"));
	CU_ASSERT(refused(HEADER "{\"type\":\"case\",\"case\":\"a/b/c\",\"tags\":[1]}\n",
			  "NAME:2: \"tags\"[0] is not a string"));
	CU_ASSERT(refused(HEADER RESULT RESULT,
			  "NAME:3: the result a/b/c appears twice, first in line 2"));
	CU_ASSERT(refused(HEADER "{\"type\":\"footer\",\"results\":0}\n" RESULT,
			  "NAME:3: a line behind the footer"));
	CU_ASSERT(refused(HEADER RESULT "{\"type\":\"footer\",\"results\":2}\n",
			  "NAME:3: the footer counts 2 results, but there are 1"));
	CU_ASSERT_PTR_NULL(run_of(HEADER "{\"type\":\n" RESULT));
	CU_ASSERT_PTR_NOT_NULL(strstr(error, "NAME:2: not JSON: "));
}

/* A result line with one member more. */
static bool result_refused(const char *member, const char *message)
{
	char text[4096], expected[256];

	snprintf(text, sizeof(text),
		 HEADER
		 "{\"type\":\"result\",\"id\":\"a/b/c\",\"case\":\"a/b/c\",\"verdict\":\"pass\","
		 "%s}\n",
		 member);
	snprintf(expected, sizeof(expected), "NAME:2: %s", message);
	return refused(text, expected);
}

SELFTEST(results_are_checked)
{
	CU_ASSERT(result_refused("\"verdict\":\"good\"",
				 "\"verdict\" is none of pass, fail, skip, known, fixed, error, "
				 "timeout, crash"));
	CU_ASSERT(result_refused("\"level\":\"ISO\"",
				 "\"level\" is none of POSIX, RFC, LINUX, ABI, OBSERVED"));
	CU_ASSERT(result_refused("\"duration_us\":-1", "\"duration_us\" is negative"));
	CU_ASSERT(result_refused("\"duration_us\":1.5", "\"duration_us\" is not a whole number"));
	CU_ASSERT(result_refused("\"checks\":{}", "\"checks\" is not an array"));
	CU_ASSERT(result_refused("\"checks\":[3]", "\"checks\"[0] is not an object"));
	CU_ASSERT(result_refused("\"checks\":[{},{\"ok\":1}]",
				 "\"checks\"[1]: \"ok\" is neither true nor false"));
	CU_ASSERT(result_refused("\"calls\":[{\"call\":\"x\",\"args\":[[\"a\"]]}]",
				 "\"calls\"[0]: \"args\"[0] is not a pair of strings"));
	CU_ASSERT(result_refused("\"packets\":[{\"pcap\":\"*\"}]",
				 "\"packets\"[0]: \"pcap\" is not base64"));
	CU_ASSERT(result_refused("\"packets\":[{\"pcap\":\"AAAA\"}]",
				 "\"packets\"[0]: \"pcap\" cannot be read: it is shorter than a "
				 "pcap file header"));
	CU_ASSERT(result_refused("\"id\":\"a b/c\"", "\"id\" is not an id: \"folder/file/name\""));
	CU_ASSERT(result_refused("\"id\":\"abc\"", "\"id\" is not an id: \"folder/file/name\""));
	CU_ASSERT(result_refused("\"variant\":\"v4\"",
				 "\"id\" is not made of \"case\" and \"variant\""));
}

SELFTEST(nothing_unusual_is_fatal)
{
	size_t depth = 100000;
	char *deep = malloc(depth + sizeof(HEADER) + 1);
	struct run *run;

	NEED(deep != NULL);
	memcpy(deep, HEADER, sizeof(HEADER));
	memset(deep + sizeof(HEADER) - 1, '[', depth);
	deep[depth + sizeof(HEADER) - 1] = '\n';
	CU_ASSERT_PTR_NULL(run_of_bytes(deep, depth + sizeof(HEADER)));
	free(deep);
	CU_ASSERT_PTR_NULL(
		run_of(HEADER "{\"type\":\"footer\",\"results\":99999999999999999999}\n"));
	CU_ASSERT_PTR_NULL(run_of(HEADER "{\"type\":\"source\",\"file\":\"\xff\"}\n"));
	CU_ASSERT_PTR_NULL(run_of(HEADER "{\"type\":\"source\",\"file\":\"a\\u0000b\"}\n"));
	CU_ASSERT_PTR_NULL(run_of_bytes(HEADER "{\"type\"\0:\"x\"}\n", sizeof(HEADER) + 13));
	CU_ASSERT_PTR_NULL(run_of(HEADER "{\"type\":\"result\"}\n"));
	CU_ASSERT_PTR_NULL(results_read("/nonexistent/results.jsonl", NULL, error, sizeof(error)));
	CU_ASSERT_STRING_EQUAL(error, "/nonexistent/results.jsonl: No such file or directory");
	CU_ASSERT_PTR_NULL(results_read("reports", NULL, error, sizeof(error)));
	CU_ASSERT_STRING_EQUAL(error, "reports: Is a directory");
	CU_ASSERT_PTR_NULL(
		results_read("fixtures/results/broken.jsonl", NULL, error, sizeof(error)));
	CU_ASSERT_STRING_EQUAL(error, "fixtures/results/broken.jsonl:3: \"claim\" is not a string");
	run = run_of(HEADER
		     "{\"type\":\"result\",\"id\":\"a/b\",\"case\":\"a/b\",\"verdict\":\"skip\","
		     "\"new member\":[{}],\"errno\":null}\n");
	CU_ASSERT_PTR_NOT_NULL(run);
	run_free(run);
}

/* What a reader of untrusted text must stand: bytes of a good file changed at random. */
SELFTEST(changed_bytes_do_no_harm)
{
	size_t length;
	char *good = file_text("fixtures/results/small.jsonl", &length), *bad;
	unsigned int seed = 1;

	NEED(good != NULL);
	bad = malloc(length);
	NEED(bad != NULL);
	for (int round = 0; round < 300; round++) {
		memcpy(bad, good, length);
		for (int i = 0; i < 1 + round % 20; i++) {
			seed = seed * 1103515245 + 12345;
			bad[(seed >> 8) % length] = (char)(seed >> 4);
		}
		run_free(run_of_bytes(bad, length));
	}
	free(bad);
	free(good);
	CU_PASS("survived");
}
