/* SPDX-License-Identifier: MIT */
/* What differs between two runs, and what only seems to. */
#include "reports/commands.h"

#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/compare/mask.h"
#include "reports/selftest/support.h"

static char *difference(const char *a, const char *b, enum compare_format format, size_t *count)
{
	char *text = NULL;
	size_t length;
	struct run *first = run_of(a), *second = run_of(b), *runs[] = {first, second};
	FILE *out = open_memstream(&text, &length);

	*count = 0;
	if (first != NULL && second != NULL && out != NULL)
		*count = compare_write(out, runs, 2, format);
	CU_ASSERT(first != NULL && second != NULL && out != NULL);
	if (out != NULL)
		fclose(out);
	run_free(first);
	run_free(second);
	return text;
}

/* Whether two runs of one result, which differ in some members, give exactly this text. */
static bool differs(const char *x, const char *y, const char *expected)
{
	char a[4096], b[4096];
	size_t count;
	char *text;
	bool same;
	static const char line[] = HEADER "{\"type\":\"result\",\"id\":\"a/b/c\",\"case\":\"a/b/"
					  "c\",\"verdict\":\"pass\",%s}\n";

	snprintf(a, sizeof(a), line, x);
	snprintf(b, sizeof(b), line, y);
	text = difference(a, b, COMPARE_TEXT, &count);
	same = strcmp(text, expected) == 0 && (count == 0) == (expected[0] == 0);
	if (!same)
		printf("     got %s\n", text);
	free(text);
	return same;
}

SELFTEST(masks_what_the_kernel_chose)
{
	static const char *const cases[][3] = {
		{"127.0.0.1:40312", "127.0.0.1:PORT", NULL},
		{"[::1]:40312 and 10", "[::1]:PORT and 10", NULL},
		{"127.0.0.1:80", "127.0.0.1:80", NULL},
		{"port 40312, port 22", "port PORT, port 22", NULL},
		{"htons(40312)", "htons(PORT)", NULL},
		{"pid 77, tid=12, rapid 5", "pid PID, tid=PID, rapid 5", NULL},
		{"0x7ffd12345678 0x7f000001", "ADDRESS 0x7f000001", NULL},
		{"after 12.5 ms", "after 12.5 ms", "after TIME"},
		{"300us, 3 s, 4 sockets", "300us, 3 s, 4 sockets", "TIME, TIME, 4 sockets"},
		{"65495 bytes", "65495 bytes", NULL},
		{"a1b2", "a1b2", NULL},
		{"", "", NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *plain = mask(cases[i][0], false), *timeless = mask(cases[i][0], true);

		CU_ASSERT_STRING_EQUAL(plain, cases[i][1]);
		CU_ASSERT_STRING_EQUAL(timeless, cases[i][2] != NULL ? cases[i][2] : cases[i][1]);
		free(plain);
		free(timeless);
	}
}

#define CHECK(ok, expected, observed)                                                              \
	"\"checks\":[{\"ok\":" ok                                                                  \
	",\"line\":7,\"file\":\"f\",\"text\":\"x()\",\"expected\":\"" expected "\","               \
	"\"observed\":\"" observed "\"}]"
#define CALL(line, name, error)                                                                    \
	"{\"call\":\"" name "\",\"file\":\"f\",\"line\":" line ",\"errno\":" error                 \
	",\"t_ns\":" line "00}"

SELFTEST(what_is_the_same_is_silent)
{
	CU_ASSERT(differs("\"duration_us\":5", "\"duration_us\":500", ""));
	/* What held says no more, whatever port or number it held for. */
	CU_ASSERT(differs(CHECK("true", "41", "41"), CHECK("true", "> 7", "42"), ""));
	CU_ASSERT(differs(CHECK("false", "0", "127.0.0.1:4000, after 3 ms"),
			  CHECK("false", "0", "127.0.0.1:5000, after 9 ms"), ""));
	/* A loop that polls sees EAGAIN as often as it likes. */
	CU_ASSERT(differs(
		"\"calls\":[" CALL("1", "recv", "\"EAGAIN\"") "," CALL("1", "recv", "null") "]",
		"\"calls\":[" CALL("1", "recv", "\"EAGAIN\"") "," CALL(
			"1", "recv", "\"EAGAIN\"") "," CALL("1", "recv", "null") "]",
		""));
}

SELFTEST(what_differs_is_said)
{
	CU_ASSERT(differs(CHECK("false", "0", "-1 EADDRINUSE"), CHECK("true", "0", "0"),
			  "a/b/c\n  line 7, x(): failed: expected 0, observed -1 EADDRINUSE | "
			  "held\n"));
	CU_ASSERT(differs(CHECK("true", "-1 EPERM or EACCES", "-1 EPERM"),
			  CHECK("true", "-1 EPERM or EACCES", "-1 EACCES"),
			  "a/b/c\n  line 7, x(): -1 EPERM | -1 EACCES\n"));
	CU_ASSERT(differs("\"calls\":[" CALL("3", "bind", "\"EINVAL\"") "]",
			  "\"calls\":[" CALL("3", "bind", "null") "]",
			  "a/b/c\n  line 3, call bind, errno: EINVAL | no error\n"));
	CU_ASSERT(differs("\"observations\":[{\"name\":\"rto\",\"value\":\"200 ms\"}]",
			  "\"observations\":[{\"name\":\"rto\",\"value\":\"1000 ms\"}]",
			  "a/b/c\n  observation rto: 200 ms | 1000 ms\n"));
	CU_ASSERT(differs("\"verdict\":\"crash\",\"signal\":\"SIGSEGV\"",
			  "\"verdict\":\"skip\",\"reason\":\"no SCTP\"",
			  "a/b/c\n  verdict: crash (SIGSEGV) | skip (no SCTP)\n"));
	CU_ASSERT(differs(CHECK("true", "0", "0"), "\"checks\":[]",
			  "a/b/c\n  only in the first: 1 checks, 0 lines with calls, "
			  "0 observations | (nothing)\n"));
}

SELFTEST(ids_of_one_run_are_said)
{
	size_t count;
	char *text = difference(
		HEADER
		"{\"type\":\"result\",\"id\":\"a/b\",\"case\":\"a/b\",\"verdict\":\"pass\"}\n",
		HEADER
		"{\"type\":\"result\",\"id\":\"a/c\",\"case\":\"a/c\",\"verdict\":\"fail\"}\n",
		COMPARE_TEXT, &count);

	CU_ASSERT_EQUAL(count, 2);
	CU_ASSERT_STRING_EQUAL(text, "only in the first\n  a/b: pass | (nothing)\n\n"
				     "only in the second\n  a/c: (nothing) | fail\n");
	free(text);
}

SELFTEST(platforms_come_first)
{
	struct run *a = run_of_fixture("small.jsonl"), *b = run_of_fixture("other.jsonl");
	struct run *runs[] = {a, b};
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	NEED(a != NULL && b != NULL && out != NULL);
	CU_ASSERT(compare_write(out, runs, 2, COMPARE_TEXT) > 5);
	fclose(out);
	CU_ASSERT_EQUAL(strncmp(text, "platform\n", 9), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "  kernel: 6.18.1 | 4.4.0\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "  need ipv6: yes | no: bind(::1): EADDRNOTAVAIL\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "\ninet/tcp_bind/bind_to_a_port_in_use/v4\n"
					    "  verdict: pass | fail\n"));
	free(text);
	out = open_memstream(&text, &length);
	NEED(out != NULL);
	CU_ASSERT_EQUAL(compare_write(out, (struct run *[]){a, a}, 2, COMPARE_TEXT), 0);
	fclose(out);
	CU_ASSERT_STRING_EQUAL(text, "");
	free(text);
	run_free(a);
	run_free(b);
}

SELFTEST(tsv_has_four_fields)
{
	struct run *a = run_of_fixture("hostile.jsonl"), *b = run_of_fixture("small.jsonl");
	struct run *runs[] = {a, b};
	char *text = NULL;
	size_t length, count, lines;
	FILE *out = open_memstream(&text, &length);

	NEED(a != NULL && b != NULL && out != NULL);
	count = compare_write(out, runs, 2, COMPARE_TSV);
	fclose(out);
	lines = occurrences(text, "\n");
	CU_ASSERT_EQUAL(lines, count + 1);
	CU_ASSERT_EQUAL(occurrences(text, "\t"), 3 * lines);
	free(text);
	run_free(a);
	run_free(b);
}
