/* SPDX-License-Identifier: MIT */
/* The reader of JSON: what it takes, and what it does not. */
#include "harness/selftest/selftest.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "harness/results/json_read.h"

static bool skipped(const char *text, size_t length)
{
	struct json_read r;

	json_read_start(&r, text, length);
	json_read_skip(&r);
	return json_read_end(&r);
}

static const char *const good[] = {
	"{}",
	"[]",
	" [ ] \n",
	"{\"a\":1,\"b\":[true,false,null,\"x\",{}]}",
	"[-0,0,10,-1.5,1e5,1E+5,2.5e-3]",
	"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"]",
	"[\"\xc3\xa9\xf0\x9f\x98\x80\"]",
	"[[[[[[]]]],{\"a\":{\"b\":{}}}]]",
	"{\"a\":1,\"a\":2}",
};

static const char *const bad[] = {
	"",
	" ",
	"{",
	"[",
	"[1",
	"[1,",
	"[1,]",
	"[,1]",
	"[1 2]",
	"{\"a\"}",
	"{\"a\":}",
	"{\"a\":1,}",
	"{a:1}",
	"{1:1}",
	"{\"a\":1 \"b\":2}",
	"[]]",
	"[] x",
	"[}",
	"{]",
	"[01]",
	"[-]",
	"[+1]",
	"[.5]",
	"[1.]",
	"[1e]",
	"[1e+]",
	"[tru]",
	"[True]",
	"[nul]",
	"[NaN]",
	"['a']",
	"[\"a]",
	"[\"a\n\"]",
	"[\"\\x\"]",
	"[\"\\u12\"]",
	"[\"\\u12g4\"]",
	"[\"\\u0000\"]",
	"[\"\\ud83d\"]",
	"[\"\\ud83d\\u0041\"]",
	"[\"\\ude00\"]",
	"[\"\xff\"]",
	"[\"\xc0\xaf\"]",
	"[\"\xed\xa0\x80\"]",
	"[\"\\",
	"[\"\\u",
	"// a comment\n[]",
	"\xef\xbb\xbf[]",
};

SELFTEST(json_that_is_read_and_json_that_is_not)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CU_ASSERT_TRUE(skipped(good[i], strlen(good[i])));
		/* Neither does a part of it. */
		for (size_t part = 0; part < strcspn(good[i], "]}"); part++)
			CU_ASSERT_FALSE(skipped(good[i], part));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (skipped(bad[i], strlen(bad[i])))
			printf("     %s is taken\n", bad[i]);
		CU_ASSERT_FALSE(skipped(bad[i], strlen(bad[i])));
	}
	CU_ASSERT_FALSE(skipped("[\0]", 3));
	CU_ASSERT_FALSE(skipped("[]\0", 3));
}

/* Another reader is of the same mind. */
SELFTEST(json_as_jansson_takes_it)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		json_t *value = json_loads(good[i], 0, NULL);

		CU_ASSERT_PTR_NOT_NULL(value);
		json_decref(value);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_PTR_NULL(json_loads(bad[i], 0, NULL));
}

SELFTEST(json_values_are_decoded)
{
	static const char text[] = "{\n\"s\": \"a\\u00e9\\ud83d\\ude00\\n\",\n"
				   "\"i\": [-9223372036854775808, 9223372036854775807, 0],\n"
				   "\"b\": [true, false], \"left out\": {\"x\": [1, {}]}}";
	const int64_t numbers[] = {INT64_MIN, INT64_MAX, 0};
	const bool flags[] = {true, false};
	struct json_read r;
	char key[16], string[16];
	int64_t number;
	bool flag;
	size_t i = 0;

	json_read_start(&r, text, strlen(text));
	CU_ASSERT_EQUAL(json_read_next(&r), '{');
	CU_ASSERT_TRUE(json_read_open(&r, '{'));
	CU_ASSERT_TRUE(json_read_member(&r, key, sizeof(key)));
	CU_ASSERT_STRING_EQUAL(key, "s");
	CU_ASSERT_TRUE(json_read_string(&r, string, sizeof(string)));
	CU_ASSERT_STRING_EQUAL(string, "a\xc3\xa9\xf0\x9f\x98\x80\n");
	CU_ASSERT_TRUE(json_read_member(&r, key, sizeof(key)));
	CU_ASSERT_TRUE(json_read_open(&r, '['));
	for (i = 0; json_read_element(&r); i++) {
		CU_ASSERT_TRUE(json_read_integer(&r, &number));
		CU_ASSERT_EQUAL(number, numbers[i % 3]);
	}
	CU_ASSERT_EQUAL(i, 3);
	CU_ASSERT_EQUAL(r.line, 3);
	CU_ASSERT_TRUE(json_read_member(&r, key, sizeof(key)));
	CU_ASSERT_TRUE(json_read_open(&r, '['));
	for (i = 0; json_read_element(&r); i++) {
		CU_ASSERT_TRUE(json_read_bool(&r, &flag));
		CU_ASSERT_EQUAL(flag, flags[i % 2]);
	}
	CU_ASSERT_TRUE(json_read_member(&r, key, sizeof(key)));
	CU_ASSERT_STRING_EQUAL(key, "left out");
	CU_ASSERT_TRUE(json_read_skip(&r));
	CU_ASSERT_FALSE(json_read_member(&r, key, sizeof(key)));
	CU_ASSERT_TRUE(json_read_end(&r));
}

/* What does not fit, or is of another type, is the first fault, and stays it. */
SELFTEST(json_faults_stay)
{
	static const struct {
		const char *text, *fault;
	} rows[] = {
		{"[\"12345678\"]", "a string of more than 7 bytes"},
		{"[1]", "'\"' expected"},
		{"[]]", "something follows after the end"},
	};
	struct json_read r;
	char string[8];
	int64_t number;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_read_start(&r, rows[i].text, strlen(rows[i].text));
		json_read_open(&r, '[');
		while (json_read_element(&r))
			json_read_string(&r, string, sizeof(string));
		CU_ASSERT_FALSE(json_read_end(&r));
		CU_ASSERT_STRING_EQUAL(r.fault, rows[i].fault);
		json_read_fail(&r, "later");
		CU_ASSERT_STRING_EQUAL(r.fault, rows[i].fault);
	}
	json_read_start(&r, "9223372036854775808", 19);
	CU_ASSERT_FALSE(json_read_integer(&r, &number));
	CU_ASSERT_STRING_EQUAL(r.fault, "a number out of range");
	json_read_start(&r, "1.5", 3);
	CU_ASSERT_FALSE(json_read_integer(&r, &number));
	CU_ASSERT_STRING_EQUAL(r.fault, "an integer expected");
}

SELFTEST(json_is_only_so_deep)
{
	char text[2 * (JSON_READ_DEPTH + 1) + 1];

	for (int depth = JSON_READ_DEPTH; depth <= JSON_READ_DEPTH + 1; depth++) {
		memset(text, '[', (size_t)depth);
		memset(text + depth, ']', (size_t)depth);
		CU_ASSERT_EQUAL(skipped(text, 2 * (size_t)depth), depth == JSON_READ_DEPTH);
	}
}
