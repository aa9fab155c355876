/* SPDX-License-Identifier: MIT */
/* Reports for KernelCI: as its schema wants them, and of every status. */
#include "reports/export/kcidb.h"

#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/selftest/schema.h"
#include "reports/selftest/support.h"

static char why[512];

static json_t *report_of(struct run *run)
{
	json_t *report = kcidb_new();

	CU_ASSERT(kcidb_add(report, run, "atlas_ci"));
	return report;
}

static const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));

	return value != NULL ? value : "";
}

/* The first test whose verdict is this one, or NULL. */
static const json_t *test_of(const json_t *report, const char *verdict)
{
	const json_t *tests = json_object_get(report, "tests");

	for (size_t i = 0; i < json_array_size(tests); i++) {
		const json_t *test = json_array_get(tests, i);

		if (strcmp(text(json_object_get(test, "misc"), "verdict"), verdict) == 0)
			return test;
	}
	return NULL;
}

static size_t with_status(const json_t *report, const char *status)
{
	const json_t *tests = json_object_get(report, "tests");
	size_t count = 0;

	for (size_t i = 0; i < json_array_size(tests); i++)
		count += strcmp(text(json_array_get(tests, i), "status"), status) == 0;
	return count;
}

SELFTEST(kcidb_reports_are_as_the_schema_says)
{
	static const char *const names[] = {"small.jsonl", "other.jsonl", "hostile.jsonl",
					    "cut.jsonl"};
	json_t *schema = json_load_file("reports/schema/kcidb.schema.json", 0, NULL);

	NEED(schema != NULL);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct run *run = run_of_fixture(names[i]);
		json_t *report;

		NEED(run != NULL);
		report = report_of(run);
		CU_ASSERT(schema_holds(schema, report, why, sizeof(why)));
		if (why[0] != 0)
			printf("     %s: %s\n", names[i], why);
		CU_ASSERT(json_array_size(json_object_get(report, "tests")) >= run->result_count);
		json_decref(report);
		run_free(run);
	}
	json_decref(schema);
}

SELFTEST(kcidb_has_a_status_for_every_verdict)
{
	static const struct {
		const char *verdict, *status;
	} rows[] = {
		{"pass", "PASS"},  {"fail", "FAIL"},   {"skip", "SKIP"},     {"known", "FAIL"},
		{"fixed", "PASS"}, {"error", "ERROR"}, {"timeout", "ERROR"}, {"crash", "ERROR"},
	};
	struct run *run = run_of_fixture("small.jsonl");
	json_t *report;

	NEED(run != NULL);
	report = report_of(run);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_STRING_EQUAL(text(test_of(report, rows[i].verdict), "status"),
				       rows[i].status);
	CU_ASSERT_EQUAL(with_status(report, "MISS"), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(text(test_of(report, "crash"), "log_excerpt"), "SIGSEGV"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text(test_of(report, "fail"), "log_excerpt"),
				      "on: expected 1, observed 0\n"));
	CU_ASSERT_STRING_EQUAL(text(test_of(report, "known"), "path"),
			       "sockatlas.socket.options.so_busy_poll");
	CU_ASSERT_STRING_EQUAL(text(test_of(report, "known"), "start_time"),
			       "2026-01-31T15:50:01.268527+00:00");
	CU_ASSERT_DOUBLE_EQUAL(
		json_number_value(json_object_get(test_of(report, "known"), "duration")), 0.002273,
		1e-9);
	json_decref(report);
	run_free(run);
}

/* A known difference and one that is gone, each with an issue and an incident that join it. */
SELFTEST(kcidb_tells_known_differences_as_incidents)
{
	struct run *run = run_of_fixture("small.jsonl");
	const json_t *incidents;
	json_t *report;

	NEED(run != NULL);
	report = report_of(run);
	incidents = json_object_get(report, "incidents");
	CU_ASSERT_EQUAL(json_array_size(incidents),
			(size_t)(run->verdicts[VERDICT_KNOWN] + run->verdicts[VERDICT_FIXED]));
	for (size_t i = 0; i < json_array_size(incidents); i++) {
		const json_t *incident = json_array_get(incidents, i);
		bool present = json_is_true(json_object_get(incident, "present"));

		CU_ASSERT_STRING_EQUAL(text(incident, "test_id"),
				       text(test_of(report, present ? "known" : "fixed"), "id"));
	}
	json_decref(report);
	run_free(run);
}

#define LINES(level)                                                                               \
	"{\"type\":\"header\",\"format\":\"sockatlas-results\",\"version\":1,\"selected\":3,"      \
	"\"platform\":{\"sysname\":\"Linux\",\"kernel_release\":\"6.1.0\","                        \
	"\"machine\":\"x86_64\"}}\n"                                                               \
	"{\"type\":\"case\",\"case\":\"a/b/c\",\"file\":\"suites/a/b.c\",\"claim\":\"it is so\","  \
	"\"level\":\"" level "\"}\n"                                                               \
	"{\"type\":\"result\",\"id\":\"a/b/c\",\"case\":\"a/b/c\",\"verdict\":\"pass\","           \
	"\"level\":\"" level "\",\"duration_us\":2000000,\"observations\":"                        \
	"[{\"name\":\"n\",\"value\":\"42\",\"file\":\"suites/a/b.c\",\"line\":1}]}\n"

SELFTEST(kcidb_has_numbers_and_misses)
{
	struct run *observed = run_of(LINES("OBSERVED")), *required = run_of(LINES("RFC"));
	json_t *report, *second;
	const json_t *test;

	NEED(observed != NULL && required != NULL);
	report = report_of(observed);
	second = report_of(required);
	test = test_of(report, "pass");
	CU_ASSERT_STRING_EQUAL(text(test, "status"), "DONE");
	CU_ASSERT_STRING_EQUAL(text(test_of(second, "pass"), "status"), "PASS");
	CU_ASSERT_EQUAL(
		json_integer_value(json_object_get(json_object_get(test, "number"), "value")), 42);
	CU_ASSERT(json_is_integer(json_object_get(test, "duration")));
	CU_ASSERT_EQUAL(with_status(report, "MISS"), 1);
	/* The same run again is refused, and adds nothing. */
	CU_ASSERT_FALSE(kcidb_add(report, observed, "atlas_ci"));
	CU_ASSERT_EQUAL(json_array_size(json_object_get(report, "tests")), 2);
	CU_ASSERT(kcidb_add(report, observed, "another"));
	json_decref(report);
	json_decref(second);
	run_free(observed);
	run_free(required);
}

SELFTEST(kcidb_origins_are_plain)
{
	CU_ASSERT(kcidb_origin_is_valid("atlas_ci2"));
	CU_ASSERT_FALSE(kcidb_origin_is_valid(""));
	CU_ASSERT_FALSE(kcidb_origin_is_valid("Atlas"));
	CU_ASSERT_FALSE(kcidb_origin_is_valid("a:b"));
}
