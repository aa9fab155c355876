/* SPDX-License-Identifier: MIT */
/* The schema of the results format: real lines are as it says, broken ones are not. */
#include "reports/selftest/schema.h"

#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/selftest/support.h"

#define SCHEMA		  "reports/schema/results.schema.json"
#define SCHEMA_DEVIATIONS "reports/schema/deviations.schema.json"

static char why[512];

/* Whether a value, as JSON text, holds against a schema, as JSON text. */
static bool holds(const char *schema_text, const char *value_text)
{
	json_t *schema = json_loads(schema_text, 0, NULL);
	json_t *value = json_loads(value_text, JSON_DECODE_ANY, NULL);
	bool good =
		schema != NULL && value != NULL && schema_holds(schema, value, why, sizeof(why));

	json_decref(schema);
	json_decref(value);
	return good;
}

SELFTEST(validator_knows_its_keywords)
{
	CU_ASSERT(holds("{\"type\":\"integer\"}", "3"));
	CU_ASSERT_FALSE(holds("{\"type\":\"integer\"}", "3.5"));
	CU_ASSERT(holds("{\"type\":[\"string\",\"null\"]}", "null"));
	CU_ASSERT_FALSE(holds("{\"type\":[\"string\",\"null\"]}", "false"));
	CU_ASSERT_FALSE(holds("{\"const\":1}", "2"));
	CU_ASSERT_FALSE(holds("{\"enum\":[1,\"a\"]}", "\"b\""));
	CU_ASSERT_FALSE(holds("{\"required\":[\"a\"]}", "{\"b\":1}"));
	CU_ASSERT_STRING_EQUAL(why, "/: without the member a");
	CU_ASSERT_FALSE(
		holds("{\"properties\":{\"a\":{\"items\":{\"minimum\":0}}}}", "{\"a\":[1,-1]}"));
	CU_ASSERT_STRING_EQUAL(why, "/a/1: too small");
	CU_ASSERT_FALSE(holds("{\"minItems\":2}", "[1]"));
	CU_ASSERT_FALSE(holds("{\"maxItems\":2}", "[1,2,3]"));
	CU_ASSERT_FALSE(holds("{\"minLength\":1}", "\"\""));
	CU_ASSERT_FALSE(holds("{\"maxLength\":1}", "\"ab\""));
	CU_ASSERT_FALSE(holds("{\"maximum\":3}", "4"));
	CU_ASSERT(holds("{\"properties\":{\"a\":{}},\"additionalProperties\":false}", "{\"a\":1}"));
	CU_ASSERT_FALSE(
		holds("{\"properties\":{\"a\":{}},\"additionalProperties\":false}", "{\"b\":1}"));
	CU_ASSERT(holds("{\"pattern\":\"^[a-c]+$\"}", "\"abc\""));
	CU_ASSERT_FALSE(holds("{\"pattern\":\"^[a-c]+$\"}", "\"abd\""));
	CU_ASSERT_FALSE(holds("{\"allOf\":[{\"minimum\":1},{\"const\":2}]}", "1"));
	CU_ASSERT(holds("{\"oneOf\":[{\"const\":1},{\"const\":2}]}", "1"));
	CU_ASSERT_FALSE(holds("{\"oneOf\":[{\"type\":\"integer\"},{\"const\":2}]}", "2"));
	CU_ASSERT_FALSE(holds("{\"if\":{\"const\":1},\"then\":{\"const\":2}}", "1"));
	CU_ASSERT(holds("{\"if\":{\"const\":1},\"then\":{\"const\":2}}", "3"));
	CU_ASSERT_FALSE(holds("{\"if\":{\"const\":1},\"else\":{\"const\":2}}", "3"));
	CU_ASSERT_FALSE(holds("{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"minimum\":3}}}", "2"));
}

SELFTEST(validator_passes_no_rule_over)
{
	CU_ASSERT_FALSE(holds("{\"maxProperties\":1}", "{}"));
	CU_ASSERT_STRING_EQUAL(why, "/: the schema uses an unknown keyword: maxProperties");
	CU_ASSERT_FALSE(holds("{\"$ref\":\"#/$defs/none\"}", "1"));
	CU_ASSERT_FALSE(
		holds("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}}}", "1"));
	CU_ASSERT_STRING_EQUAL(why, "/: the schema never ends");
}

static json_t *load_schema(const char *path)
{
	json_error_t where;
	json_t *schema = json_load_file(path, 0, &where);

	if (schema == NULL)
		printf("     %s:%d: %s\n", path, where.line, where.text);
	return schema;
}

/* Counts the lines of a file, and how many of them do not hold; -1 when it cannot be read. */
static int lines_that_do_not_hold(const json_t *schema, const char *path, size_t *lines)
{
	FILE *in = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int bad = 0;

	*lines = 0;
	if (in == NULL)
		return -1;
	while ((length = getline(&line, &room, in)) > 0) {
		json_t *value = json_loadb(line, (size_t)length, 0, NULL);

		++*lines;
		if (value == NULL || !schema_holds(schema, value, why, sizeof(why))) {
			if (bad++ < 5)
				printf("     %s:%zu: %s\n", path, *lines,
				       value == NULL ? "not JSON" : why);
		}
		json_decref(value);
	}
	free(line);
	fclose(in);
	return bad;
}

SELFTEST(fixtures_are_as_the_schema_says)
{
	static const char *const names[] = {"small", "other", "hostile", "deviated"};
	json_t *schema = load_schema(SCHEMA);

	NEED(schema != NULL);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[128];
		size_t lines;

		snprintf(path, sizeof(path), "fixtures/results/%s.jsonl", names[i]);
		CU_ASSERT_EQUAL(lines_that_do_not_hold(schema, path, &lines), 0);
		CU_ASSERT(lines > 2);
	}
	json_decref(schema);
}

/* The last run of this tree, if there was one. */
SELFTEST(the_last_run_is_as_the_schema_says)
{
	json_t *schema = load_schema(SCHEMA);
	size_t lines;
	int bad;

	NEED(schema != NULL);
	bad = lines_that_do_not_hold(schema, "build/report/results.jsonl", &lines);
	json_decref(schema);
	if (bad < 0)
		SELFTEST_SKIP("no build/report/results.jsonl: nothing was run yet");
	CU_ASSERT_EQUAL(bad, 0);
	CU_ASSERT(lines > 0);
}

/* One member of a good line changed for another value, or taken away. */
static bool breaks(const json_t *schema, const char *line, const char *member, const char *value)
{
	json_t *object = json_loads(line, 0, NULL);
	json_t *instead = value == NULL ? NULL : json_loads(value, JSON_DECODE_ANY, NULL);
	bool good;

	if (!schema_holds(schema, object, why, sizeof(why)))
		printf("     the good line does not hold: %s\n", why);
	if (instead == NULL)
		json_object_del(object, member);
	else
		json_object_set_new(object, member, instead);
	good = schema_holds(schema, object, why, sizeof(why));
	json_decref(object);
	return !good;
}

SELFTEST(broken_lines_do_not_hold)
{
	static const char result[] =
		"{\"type\":\"result\",\"id\":\"a/b/c\",\"case\":\"a/b/"
		"c\",\"variant\":\"\",\"level\":\"RFC\","
		"\"verdict\":\"pass\",\"reason\":\"\",\"need\":\"\",\"signal\":\"\",\"start_us\":1,"
		"\"setup_us\":1,\"duration_us\":1,\"checks\":[],\"checks_left_out\":0,"
		"\"observations\":[],\"calls\":[],\"calls_left_out\":0,\"packets\":[],"
		"\"packets_dropped\":0,\"output\":\"\"}";
	static const char *const changes[][2] = {
		{"type", "\"other\""},
		{"type", NULL},
		{"id", "\"a b/c\""},
		{"id", "\"abc\""},
		{"id", NULL},
		{"verdict", "\"good\""},
		{"verdict", "\"skip\""},
		{"verdict", "\"crash\""},
		{"level", "\"ISO\""},
		{"duration_us", "-1"},
		{"duration_us", "\"1\""},
		{"duration_us", "1.5"},
		{"output", "null"},
		{"signal", "\"11\""},
		{"checks", "{}"},
		{"checks", "[{}]"},
		{"calls", "[1]"},
		{"calls", "[{\"call\":\"x\"}]"},
		{"packets", "[{\"pcap\":\"\"}]"},
		{"packets", NULL},
	};
	json_t *schema = load_schema(SCHEMA);

	NEED(schema != NULL);
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		CU_ASSERT(breaks(schema, result, changes[i][0], changes[i][1]));
	CU_ASSERT(
		breaks(schema, "{\"type\":\"source\",\"file\":\"f\",\"text\":\"\"}", "text", NULL));
	json_decref(schema);
}

SELFTEST(deviations_are_as_their_schema_says)
{
	static const char *const names[] = {"deviations", "hostile-deviations"};
	json_t *schema = load_schema(SCHEMA_DEVIATIONS);

	NEED(schema != NULL);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[128];
		size_t lines;

		snprintf(path, sizeof(path), "fixtures/results/%s.jsonl", names[i]);
		CU_ASSERT_EQUAL(lines_that_do_not_hold(schema, path, &lines), 0);
		CU_ASSERT(lines > 2);
	}
	json_decref(schema);
}

/* The last proof of this tree, if there was one. */
SELFTEST(the_last_deviations_are_as_their_schema_says)
{
	json_t *schema = load_schema(SCHEMA_DEVIATIONS);
	size_t lines;
	int bad;

	NEED(schema != NULL);
	bad = lines_that_do_not_hold(schema, "build/report/deviations.jsonl", &lines);
	json_decref(schema);
	if (bad < 0)
		SELFTEST_SKIP("no build/report/deviations.jsonl: nothing was tried yet");
	CU_ASSERT_EQUAL(bad, 0);
	CU_ASSERT(lines > 0);
}

SELFTEST(broken_deviations_do_not_hold)
{
	static const char line[] =
		"{\"type\":\"deviation\",\"name\":\"bind:EBADF:success\",\"noticed\":true,"
		"\"cases\":["
		"{\"id\":\"a/b/c\",\"verdict\":\"fail\",\"noticed\":true,\"acted\":true}]}";
	static const char *const changes[][2] = {
		{"name", "\"bind:EBADF\""},
		{"name", "\"a:b:c:d\""},
		{"name", "\"a b:c:d\""},
		{"name", NULL},
		{"cases", "[]"},
		{"cases", "[{\"id\":\"a/b/c\",\"verdict\":\"fail\",\"noticed\":true}]"},
		{"cases",
		 "[{\"id\":\"a/b/c\",\"verdict\":\"bad\",\"noticed\":true,\"acted\":true}]"},
		{"noticed", "1"},
	};
	json_t *schema = load_schema(SCHEMA_DEVIATIONS);

	NEED(schema != NULL);
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		CU_ASSERT(breaks(schema, line, changes[i][0], changes[i][1]));
	json_decref(schema);
}
