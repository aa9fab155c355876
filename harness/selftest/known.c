/* SPDX-License-Identifier: MIT */
/* Known differences: their files, and versions of kernels. */
#include "harness/selftest/selftest.h"

#include <stdio.h>
#include <string.h>

#include "harness/known/entries.h"
#include "harness/known/version.h"
#include "harness/run/verdict.h"

static const char *fault_of(const char *text)
{
	static char fault[512];
	struct known known = {NULL, 0};
	struct known_file file = {"f.json", text, text + strlen(text)};

	fault[0] = '\0';
	if (known_read(&known, &file, fault, sizeof(fault)))
		CU_ASSERT_STRING_EQUAL(fault, "");
	known_free(&known);
	return fault;
}

#define ENTRY "\"case\": \"a/b\", \"expect\": \"fail\", \"why\": \"w\", \"source\": \"s\""

SELFTEST(known_entries_are_read)
{
	static const char text[] =
		"{\"where\": {\"kernel\": \"gVisor\", \"pointer_bits\": 64},\n\"entries\": [\n"
		"{" ENTRY "},\n"
		"{\"case\": [\"c/*\", \"d/e\"], \"where\": {\"release\": \">=5.10 <5.15\", "
		"\"libc\": "
		"\"musl*\","
		" \"machine\": \"s390x\", \"byte_order\": \"big\", \"platform\": \"qemu-*\"},\n"
		" \"expect\": [\"fail\", \"error\"], \"errno\": [\"EPERM\", \"EWOULDBLOCK\"],\n"
		" \"why\": \"because\", \"source\": \"book\"}]}\n";
	struct known known = {NULL, 0};
	struct known_file file = {"f.json", text, text + strlen(text)};
	char fault[512] = "";
	const struct known_entry *e;

	CU_ASSERT_TRUE_FATAL(known_read(&known, &file, fault, sizeof(fault)));
	CU_ASSERT_EQUAL_FATAL(known.count, 2);
	CU_ASSERT_EQUAL(known.entries[0].case_count, 1);
	CU_ASSERT_TRUE(known_is_about(&known.entries[0], "a/b"));
	CU_ASSERT_TRUE(known_is_about(&known.entries[0], "a/b/row"));
	CU_ASSERT_FALSE(known_is_about(&known.entries[0], "a/bc"));
	CU_ASSERT_EQUAL(known.entries[0].verdicts, 1u << VERDICT_FAIL);
	CU_ASSERT_STRING_EQUAL(known.entries[0].everywhere.kernel, "gVisor");
	e = &known.entries[1];
	CU_ASSERT_EQUAL(e->case_count, 2);
	CU_ASSERT_TRUE(known_is_about(e, "c/x"));
	CU_ASSERT_TRUE(known_is_about(e, "d/e"));
	CU_ASSERT_FALSE(known_is_about(e, "a/b"));
	CU_ASSERT_EQUAL(e->number, 2);
	CU_ASSERT_EQUAL(e->line, 4);
	CU_ASSERT_EQUAL(e->everywhere.pointer_bits, 64);
	CU_ASSERT_STRING_EQUAL(e->where.release, ">=5.10 <5.15");
	CU_ASSERT_STRING_EQUAL(e->where.byte_order, "big");
	CU_ASSERT_EQUAL(e->verdicts, 1u << VERDICT_FAIL | 1u << VERDICT_ERROR);
	CU_ASSERT_EQUAL(e->errno_count, 2);
	/* By the name that the recorder uses. */
	CU_ASSERT_STRING_EQUAL(e->errnos[1], "EAGAIN");
	CU_ASSERT_STRING_EQUAL(e->source, "book");
	known_free(&known);
}

SELFTEST(a_file_without_entries_is_read)
{
	CU_ASSERT_STRING_EQUAL(fault_of("{\"where\": {\"kernel\": \"gVisor\"}, \"entries\": []}"),
			       "");
}

SELFTEST(known_entries_that_are_wrong_are_named)
{
	static const struct {
		const char *text, *fault;
	} rows[] = {
		{"", "f.json:1: '{' expected"},
		{"[]", "f.json:1: '{' expected"},
		{"{}", "f.json:1: no \"entries\""},
		{"{\"entries\": [{" ENTRY "}]} x", "f.json:1: something follows after the end"},
		{"{\"entries\": [], \"entries\": []}",
		 "f.json:1: \"entries\": a file has \"where\" and then \"entries\""},
		{"{\"entries\": [{}]}", "f.json:1: entry 1: no \"case\""},
		{"{\"entries\": [{" ENTRY
		 "},\n{\"case\": \"a\", \"why\": \"w\", \"source\": \"s\"}]}",
		 "f.json:2: entry 2: no \"expect\""},
		{"{\"entries\": [{\"case\": [], \"expect\": \"fail\"}]}",
		 "f.json:1: entry 1: no \"case\""},
		{"{\"entries\": [{\"case\": [\"a\", \"\"]}]}",
		 "f.json:1: entry 1: an empty string"},
		{"{\"entries\": [{" ENTRY ", \"because\": 1}]}",
		 "f.json:1: entry 1: \"because\" is no member of an entry, or there twice"},
		{"{\"entries\": [{" ENTRY ", \"why\": \"v\"}]}",
		 "f.json:1: entry 1: \"why\" twice"},
		{"{\"entries\": [{" ENTRY ", \"errno\": \"EWRONG\"}]}",
		 "f.json:1: entry 1: no errno is named \"EWRONG\""},
		{"{\"entries\": [{" ENTRY ", \"errno\": 13}]}", "f.json:1: entry 1: '\"' expected"},
		{"{\"entries\": [{\"case\": \"a\", \"expect\": \"known\"}]}",
		 "f.json:1: entry 1: \"expect\" is pass, fail, skip, error, timeout or crash, not "
		 "\"known\""},
		{"{\"entries\": [{\"case\": \"a\", \"expect\": \"error\", \"why\": \"w\", "
		 "\"source\": \"s\"}]}",
		 "f.json:1: entry 1: an error wants the \"errno\" of the setup step"},
		{"{\"entries\": [{\"case\": \"a\", \"expect\": \"crash\", \"errno\": \"EPERM\", "
		 "\"why\": \"w\", \"source\": \"s\"}]}",
		 "f.json:1: entry 1: \"errno\" is for fail and error only"},
		{"{\"entries\": [{\"case\": \"a\", \"expect\": \"pass\", \"errno\": \"EPERM\", "
		 "\"why\": \"w\", \"source\": \"s\"}]}",
		 "f.json:1: entry 1: \"errno\" is for fail and error only"},
		{"{\"entries\": [{\"case\": \"\"}]}", "f.json:1: entry 1: an empty string"},
		{"{\"entries\": [{" ENTRY ", \"where\": {\"release\": \"5.10\"}}]}",
		 "f.json:1: entry 1: \"release\" wants a range such as \">=5.10 <5.15\""},
		{"{\"entries\": [{" ENTRY ", \"where\": {\"pointer_bits\": 16}}]}",
		 "f.json:1: entry 1: \"pointer_bits\" is 32 or 64"},
		{"{\"entries\": [{" ENTRY ", \"where\": {\"byte_order\": \"middle\"}}]}",
		 "f.json:1: entry 1: \"byte_order\" is little or big"},
		{"{\"where\": {\"cpu\": \"x\"}, \"entries\": []}",
		 "f.json:1: \"cpu\" is no member of \"where\""},
		{"{\"where\": {\"libc\": \"a\", \"libc\": \"b\"}, \"entries\": []}",
		 "f.json:1: \"libc\" twice"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *fault = fault_of(rows[i].text);

		if (strcmp(fault, rows[i].fault) != 0)
			printf("     %s: %s\n", rows[i].text, fault);
		CU_ASSERT_STRING_EQUAL(fault, rows[i].fault);
	}
	CU_ASSERT_STRING_EQUAL(fault_of("{\"entries\": [{" ENTRY "}]}"), "");
}

/* A file with a fault adds nothing to what was read before. */
SELFTEST(known_files_are_read_whole_or_not_at_all)
{
	static const char well[] = "{\"entries\": [{" ENTRY "}]}";
	static const char ill[] = "{\"entries\": [{" ENTRY "}, {}]}";
	struct known known = {NULL, 0};
	char fault[512];

	CU_ASSERT_TRUE(known_read(&known, &(struct known_file){"a", well, well + strlen(well)},
				  fault, sizeof(fault)));
	CU_ASSERT_FALSE(known_read(&known, &(struct known_file){"b", ill, ill + strlen(ill)}, fault,
				   sizeof(fault)));
	CU_ASSERT_EQUAL(known.count, 1);
	CU_ASSERT_TRUE(known_read(&known, &(struct known_file){"c", well, well + strlen(well)},
				  fault, sizeof(fault)));
	CU_ASSERT_EQUAL(known.count, 2);
	CU_ASSERT_STRING_EQUAL(known.entries[1].file, "c");
	known_free(&known);
}

SELFTEST(kernel_versions_compare_by_number)
{
	static const struct {
		const char *release, *version;
		int order;
	} rows[] = {
		{"5.9.1", "5.10", -1},
		{"5.10.46", "5.10", 0},
		{"5.15.0-91-generic", "5.10", 1},
		{"6.1.0-44-cloud-amd64", "6.1", 0},
		{"6.1.0-44-cloud-amd64", "6.1.5", -1},
		{"6.18.44-fc-v595", "6.18.9", 1},
		{"7.0-rc1", "7.0", 0},
		{"7", "7.1", -1},
		{"4.4.0", "5", -1},
		{"", "5", -1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int order = version_compare(rows[i].release, rows[i].version);

		CU_ASSERT_EQUAL((order > 0) - (order < 0), rows[i].order);
	}
	CU_ASSERT_TRUE(version_is_valid("5.15"));
	CU_ASSERT_TRUE(version_is_valid("6"));
	CU_ASSERT_TRUE(version_is_valid("6.1.176"));
	CU_ASSERT_FALSE(version_is_valid(""));
	CU_ASSERT_FALSE(version_is_valid("5."));
	CU_ASSERT_FALSE(version_is_valid(".5"));
	CU_ASSERT_FALSE(version_is_valid("5.15-rc1"));
	CU_ASSERT_FALSE(version_is_valid("1.2.3.4"));
	CU_ASSERT_FALSE(version_is_valid("v5.15"));
}

SELFTEST(kernel_versions_in_ranges)
{
	CU_ASSERT_TRUE(version_in_range("5.10.46", ">=5.10 <5.15"));
	CU_ASSERT_FALSE(version_in_range("5.15.1", ">=5.10 <5.15"));
	CU_ASSERT_FALSE(version_in_range("5.9", ">=5.10 <5.15"));
	CU_ASSERT_TRUE(version_in_range("5.15.1", "=5.15"));
	CU_ASSERT_TRUE(version_in_range("5.15.1", "<=5.15"));
	CU_ASSERT_FALSE(version_in_range("5.15.1", ">5.15"));
	CU_ASSERT_TRUE(version_in_range("5.15.1", ">5.15.0"));
	CU_ASSERT_TRUE(version_range_is_valid(">=5.10 <5.15"));
	CU_ASSERT_FALSE(version_range_is_valid(""));
	CU_ASSERT_FALSE(version_range_is_valid("5.10"));
	CU_ASSERT_FALSE(version_range_is_valid("=>5.10"));
	CU_ASSERT_FALSE(version_range_is_valid("==5.10"));
	CU_ASSERT_FALSE(version_range_is_valid(">=5.10, <5.15"));
	CU_ASSERT_FALSE(version_range_is_valid(">= 5.10"));
}
