/* SPDX-License-Identifier: MIT */
#include "harness/expect.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <ctype.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness/calls/record.h"
#include "harness/names/names.h"
#include "harness/run/outcome.h"

enum { TEXT_SIZE = 1024 };

/*
 * Leaves the case the way CUnit's own fatal assertions do. A process or thread
 * that the case started has no test to leave: it ends.
 */
static _Noreturn void leave_case(void)
{
	CU_pTest test = CU_get_current_test();
	pid_t pid = getpid();

	if (outcome_current == NULL || outcome_current->worker_pid != pid)
		_exit(1);
	if (gettid() != pid)
		pthread_exit(NULL);
	if (test != NULL && test->pJumpBuf != NULL)
		longjmp(*test->pJumpBuf, 1);
	_exit(1);
}

/*
 * CUnit keeps the verdict of the test; the outcome keeps what a report shows.
 * A failing fatal assertion does not return.
 */
static bool decide(struct expect_at at, bool held, const char *expected, const char *observed)
{
	int saved = errno;

	calls_pause();
	outcome_check(held, at.setup, at.file, at.line, at.text, expected, observed);
	if (CU_get_current_test() != NULL)
		CU_assertImplementation(held, (unsigned int)at.line, at.text, at.file, "",
					CU_FALSE);
	calls_resume();
	if (!held && at.fatal)
		leave_case();
	errno = saved;
	return held;
}

static const char *error_name(int error)
{
	const char *name = names_errno(error);

	return name != NULL ? name : "an unknown errno";
}

/* "-1 EADDRINUSE (Address already in use)", or the result alone. */
static void describe_result(char *text, long long result, int error)
{
	if (result == -1 && error != 0)
		snprintf(text, TEXT_SIZE, "-1 %s (%s)", error_name(error), strerror(error));
	else
		snprintf(text, TEXT_SIZE, "%lld", result);
}

long long expect_success(struct expect_at at, long long result)
{
	int error = errno;
	char observed[TEXT_SIZE];

	describe_result(observed, result, error);
	errno = error;
	decide(at, result != -1, "success", observed);
	return result;
}

bool expect_failure(struct expect_at at, long long result, const int *allowed, size_t count)
{
	int error = errno;
	char expected[TEXT_SIZE], observed[TEXT_SIZE];
	size_t used = (size_t)snprintf(expected, sizeof(expected), "-1");
	bool held = false;

	for (size_t i = 0; i < count; i++) {
		held = held || (result == -1 && error == allowed[i]);
		used += (size_t)snprintf(expected + used, sizeof(expected) - used, "%s%s",
					 i == 0 ? " " : " or ", error_name(allowed[i]));
		if (used >= sizeof(expected))
			break;
	}
	describe_result(observed, result, error);
	errno = error;
	return decide(at, held, expected, observed);
}

static bool compare(const char *relation, long long a, long long b)
{
	switch (relation[0]) {
	case '=':
		return a == b;
	case '!':
		return a != b;
	case '<':
		return relation[1] == '=' ? a <= b : a < b;
	default:
		return relation[1] == '=' ? a >= b : a > b;
	}
}

bool expect_integer(struct expect_at at, const char *relation, long long observed,
		    long long expected)
{
	char expected_text[TEXT_SIZE], observed_text[TEXT_SIZE];

	snprintf(expected_text, sizeof(expected_text), "%s%s%lld",
		 strcmp(relation, "==") == 0 ? "" : relation,
		 strcmp(relation, "==") == 0 ? "" : " ", expected);
	snprintf(observed_text, sizeof(observed_text), "%lld", observed);
	return decide(at, compare(relation, observed, expected), expected_text, observed_text);
}

bool expect_between(struct expect_at at, long long observed, long long low, long long high)
{
	char expected_text[TEXT_SIZE], observed_text[TEXT_SIZE];

	snprintf(expected_text, sizeof(expected_text), "%lld to %lld", low, high);
	snprintf(observed_text, sizeof(observed_text), "%lld", observed);
	return decide(at, low <= observed && observed <= high, expected_text, observed_text);
}

bool expect_true(struct expect_at at, bool held)
{
	return decide(at, held, "true", held ? "true" : "false");
}

void expect_required(struct expect_at at)
{
	expect_true(at, false);
	leave_case();
}

bool expect_string(struct expect_at at, const char *observed, const char *expected)
{
	bool held = observed == expected ||
		    (observed != NULL && expected != NULL && strcmp(observed, expected) == 0);

	return decide(at, held, expected ? expected : "(null)", observed ? observed : "(null)");
}

/* Up to 64 bytes as a C string, then how many there are. */
static void describe_bytes(char *text, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;
	size_t shown = size < 64 ? size : 64, used = 0;

	used += (size_t)snprintf(text, TEXT_SIZE, "\"");
	for (size_t i = 0; i < shown; i++) {
		const char *format =
			isprint(p[i]) && p[i] != '"' && p[i] != '\\' ? "%c" : "\\x%02x";

		used += (size_t)snprintf(text + used, TEXT_SIZE - used, format, p[i]);
	}
	snprintf(text + used, TEXT_SIZE - used, "\"%s (%zu bytes)", shown < size ? "..." : "",
		 size);
}

bool expect_bytes(struct expect_at at, const void *observed, size_t observed_size,
		  const void *expected, size_t expected_size)
{
	char expected_text[TEXT_SIZE], observed_text[TEXT_SIZE];

	describe_bytes(expected_text, expected, expected_size);
	describe_bytes(observed_text, observed, observed_size);
	return decide(at,
		      observed_size == expected_size &&
			      memcmp(observed, expected, expected_size) == 0,
		      expected_text, observed_text);
}

bool expect_errno_value(struct expect_at at, int observed, int expected)
{
	return decide(at, observed == expected, expected ? error_name(expected) : "no error",
		      observed ? error_name(observed) : "no error");
}

bool expect_described(struct expect_at at, bool held, const char *expected, const char *observed)
{
	return decide(at, held, expected, observed);
}

void expect_observe(const char *file, int line, const char *name, const char *format, ...)
{
	char value[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(value, sizeof(value), format, arguments);
	va_end(arguments);
	outcome_observe(file, line, name, value);
}

void expect_skip(const char *need, const char *format, ...)
{
	char reason[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	if (outcome_current != NULL) {
		outcome_current->skip_reason = outcome_text(reason, strlen(reason));
		outcome_current->skip_need = outcome_text(need, strlen(need));
		outcome_current->skipped = true;
	}
	leave_case();
}
