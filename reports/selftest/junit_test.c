/* SPDX-License-Identifier: MIT */
/* JUnit XML and KTAP: whatever the run says, a strict reader can read them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/base/escape.h"
#include "reports/selftest/support.h"

/* Whether every character may stand in XML 1.0 (2.2), and every reference is one of ours. */
static bool has_xml_characters(const char *text)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length;) {
		uint32_t c;
		size_t step = utf8_read(text + i, length - i, &c);

		if ((c == 0xfffd && step == 1) || (c < 0x20 && c != '\n' && c != '\t') ||
		    c == 0xfffe || c == 0xffff)
			return false;
		if (c == '&' && strncmp(text + i, "&amp;", 5) != 0 &&
		    strncmp(text + i, "&lt;", 4) != 0 && strncmp(text + i, "&gt;", 4) != 0 &&
		    strncmp(text + i, "&quot;", 6) != 0 && strncmp(text + i, "&#", 2) != 0)
			return false;
		i += step;
	}
	return true;
}

/* Reads one tag from behind its "<"; returns what is behind its ">", or NULL. */
static const char *read_tag(const char *p, char *stack, size_t *depth)
{
	bool closing = *p == '/';
	size_t length = strcspn(p + closing, " >/");
	char *name = strndup(p + closing, length);
	const char *top = stack + 32 * (*depth != 0 ? *depth - 1 : 0);

	p += closing + length;
	while (*p == ' ') {
		p += strcspn(p, "=") + 1;
		if (*p++ != '"')
			break;
		p += strcspn(p, "\"<");
		if (*p++ != '"')
			break;
	}
	if (closing && *depth != 0 && strcmp(top, name) == 0)
		--*depth;
	else if (closing || length > 31 || *depth == 16)
		p = "";
	else if (*p == '/')
		p++;
	else
		snprintf(stack + 32 * (*depth)++, 32, "%s", name);
	free(name);
	return *p == '>' ? p + 1 : NULL;
}

static bool is_well_formed(const char *xml)
{
	char stack[16 * 32];
	size_t depth = 0;
	const char *p = strstr(xml, "?>");

	if (p == NULL || !has_xml_characters(xml))
		return false;
	for (p = strchr(p, '<'); p != NULL; p = strchr(p, '<')) {
		p = read_tag(p + 1, stack, &depth);
		if (p == NULL)
			return false;
	}
	return depth == 0;
}

SELFTEST(junit_is_well_formed)
{
	static const char *const names[] = {"small.jsonl", "other.jsonl", "hostile.jsonl",
					    "cut.jsonl"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct run *run = run_of_fixture(names[i]);
		char *xml = run == NULL ? NULL : junit_of(run);

		CU_ASSERT(xml != NULL && is_well_formed(xml));
		free(xml);
		run_free(run);
	}
	CU_ASSERT_FALSE(is_well_formed("<?xml?><a><b></a></b>"));
	CU_ASSERT_FALSE(is_well_formed("<?xml?><a b=\"c></a>"));
	CU_ASSERT_FALSE(is_well_formed("<?xml?><a>\x01</a>"));
}

SELFTEST(junit_says_what_happened)
{
	struct run *run = run_of_fixture("small.jsonl");
	char *xml;

	if (run == NULL)
		return;
	xml = junit_of(run);
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<testsuites name=\"sockatlas\" tests=\"40\" "
					   "failures=\"2\" errors=\"3\" skipped=\"2\" time=\"5."));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "classname=\"socket/options\" name=\"so_rcvlowat\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<failure type=\"fail\" message=\"on: expected 1, "
					   "observed 0\">"));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<failure type=\"fixed\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<error type=\"crash\" message=\"SIGSEGV\">"));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<error type=\"timeout\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<error type=\"error\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<skipped message=\"known difference: "));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "<skipped message=\"sctp: socket("));
	CU_ASSERT_PTR_NOT_NULL(strstr(xml, "time=\"5.000123\""));
	free(xml);
	run_free(run);
}

struct ktap {
	const char *p;
	size_t problems;
	size_t ok, not_ok; /* of the leaves */
};

static size_t indentation(const char *line)
{
	return strspn(line, " ");
}

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end == NULL ? line + strlen(line) : end + 1;
}

/* Reads one level: version line, diagnostics, plan, results; a deeper version line starts a
 * subtest. */
static void read_level(struct ktap *k, size_t depth)
{
	unsigned long planned = 0, seen = 0;
	bool plan = false, subtest = false;

	if (strncmp(k->p + depth, "KTAP version 1\n", 15) != 0)
		k->problems++;
	for (k->p = next_line(k->p); *k->p != 0 && indentation(k->p) >= depth;) {
		const char *text = k->p + depth;

		if (indentation(k->p) > depth) {
			size_t deeper = indentation(k->p);

			k->problems += deeper != depth + 2;
			read_level(k, deeper);
			subtest = true;
			continue;
		}
		if (strncmp(text, "1..", 3) == 0) {
			k->problems += plan;
			plan = true;
			planned = strtoul(text + 3, NULL, 10);
		} else if (strncmp(text, "ok ", 3) == 0 || strncmp(text, "not ok ", 7) == 0) {
			bool good = text[0] == 'o';
			const char *end = strchr(text, '\n'), *mark = strchr(text, '#');

			k->problems += strtoul(text + (good ? 3 : 7), NULL, 10) != ++seen;
			/* One directive at most. */
			if (mark != NULL && mark < end)
				k->problems +=
					memchr(mark + 1, '#', (size_t)(end - mark - 1)) != NULL;
			if (!subtest && good)
				k->ok++;
			else if (!subtest)
				k->not_ok++;
			subtest = false;
		} else if (text[0] != '#') {
			k->problems++;
		}
		k->p = next_line(k->p);
	}
	k->problems += !plan || planned != seen;
}

SELFTEST(ktap_keeps_its_plan)
{
	static const char *const names[] = {"small.jsonl", "other.jsonl", "hostile.jsonl",
					    "cut.jsonl"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct run *run = run_of_fixture(names[i]);
		char *text = run == NULL ? NULL : ktap_of(run);
		struct ktap k = {.p = text};

		NEED(text != NULL);
		read_level(&k, 0);
		CU_ASSERT_EQUAL(k.problems, 0);
		CU_ASSERT_EQUAL(*k.p, 0);
		CU_ASSERT_EQUAL(k.ok + k.not_ok, run->result_count);
		CU_ASSERT_EQUAL(k.ok,
				(size_t)(run->verdicts[VERDICT_PASS] + run->verdicts[VERDICT_SKIP] +
					 run->verdicts[VERDICT_KNOWN]));
		free(text);
		run_free(run);
	}
}

SELFTEST(ktap_has_directives)
{
	struct run *run = run_of_fixture("small.jsonl");
	char *text;

	if (run == NULL)
		return;
	text = ktap_of(run);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "ok 1 so_busy_poll # XFAIL this kernel"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "so_sndtimeo # TIMEOUT it was in recv"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "so_rxq_ovfl # ERROR SIGSEGV\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "case_0 # SKIP sctp: socket("));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, ": on: expected 1, observed 0\n"));
	free(text);
	run_free(run);
}

SELFTEST(a_deviated_run_is_named_so)
{
	struct run *run = run_of_fixture("deviated.jsonl");
	char *junit, *ktap;

	if (run == NULL)
		return;
	junit = junit_of(run);
	ktap = ktap_of(run);
	CU_ASSERT_PTR_NOT_NULL(strstr(
		junit, "<testsuites name=\"sockatlas (deviation bind:EADDRINUSE:success)\""));
	CU_ASSERT_PTR_NOT_NULL(
		strstr(junit, "<property name=\"deviation\" value=\"bind:EADDRINUSE:success\"/>"));
	CU_ASSERT_PTR_NOT_NULL(strstr(ktap, "KTAP version 1\n# not the results of a platform: "));
	free(junit);
	free(ktap);
	run_free(run);
}
