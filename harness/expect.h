/* SPDX-License-Identifier: MIT */
/*
 * Assertions. Each states what is expected and keeps what was observed, for the
 * passes as well as for the failures, so that a report can show both.
 *
 * EXPECT_...  goes on after a failure, REQUIRE_... ends the case,
 * SETUP(call) prepares: a failure is an error of the setup, never a verdict on
 *             the claim, and ends the case.
 *
 * The arguments of a macro are evaluated once. errno is read directly after the
 * call was evaluated.
 */
#ifndef SOCKATLAS_EXPECT_H
#define SOCKATLAS_EXPECT_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

/* Where an assertion stands and what follows from its failure. */
struct expect_at {
	const char *file;
	int line;
	const char *text; /* the asserted expression, as written */
	bool fatal;	  /* ends the case */
	bool setup;	  /* a failure is an error, not a fail */
};

/*
 * The functions behind the macros. They read errno first of all, and leave it as it
 * was. The first gives `result` back, the others whether the assertion held.
 */
long long expect_success(struct expect_at at, long long result);
bool expect_failure(struct expect_at at, long long result, const int *allowed, size_t count);
bool expect_integer(struct expect_at at, const char *relation, long long observed,
		    long long expected);
bool expect_between(struct expect_at at, long long observed, long long low, long long high);
bool expect_true(struct expect_at at, bool held);
void expect_required(struct expect_at at) __attribute__((noreturn));
bool expect_string(struct expect_at at, const char *observed, const char *expected);
bool expect_bytes(struct expect_at at, const void *observed, size_t observed_size,
		  const void *expected, size_t expected_size);
bool expect_errno_value(struct expect_at at, int observed, int expected);
/* For an assertion that finds its own words. */
bool expect_described(struct expect_at at, bool held, const char *expected, const char *observed);
void expect_observe(const char *file, int line, const char *name, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Ends the case with verdict skip: what is needed, and why it is not there. When `need` is
 * the name of a probe (harness/probe) that finds it there, the verdict is fail.
 */
void expect_skip(const char *need, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));

#define EXPECT_AT(text, fatal) ((struct expect_at){__FILE__, __LINE__, text, fatal, false})
#define EXPECT_SETUP_AT(text)  ((struct expect_at){__FILE__, __LINE__, text, true, true})

/* errno is cleared first, so that a success is not shown with an old error. */
#define EXPECT_OK_(at, call) (errno = 0, (__typeof__(call))expect_success(at, (long long)(call)))
#define EXPECT_ERR_(at, call, ...)                                                                 \
	(errno = 0, expect_failure(at, (long long)(call), (const int[]){__VA_ARGS__},              \
				   sizeof((const int[]){__VA_ARGS__}) / sizeof(int)))

/* The call does not return -1. Gives its result. */
#define EXPECT_OK(call)	 EXPECT_OK_(EXPECT_AT(#call, false), call)
#define REQUIRE_OK(call) EXPECT_OK_(EXPECT_AT(#call, true), call)
#define SETUP(call)	 EXPECT_OK_(EXPECT_SETUP_AT(#call), call)

/* The call returns -1 with errno one of the given: EXPECT_ERR(bind(...), EADDRINUSE). */
#define EXPECT_ERR(call, ...)  EXPECT_ERR_(EXPECT_AT(#call, false), call, __VA_ARGS__)
#define REQUIRE_ERR(call, ...) EXPECT_ERR_(EXPECT_AT(#call, true), call, __VA_ARGS__)

/* Integers; the first argument is what was observed. */
#define EXPECT_EQ(observed, expected)                                                              \
	expect_integer(EXPECT_AT(#observed, false), "==", (long long)(observed),                   \
		       (long long)(expected))
#define REQUIRE_EQ(observed, expected)                                                             \
	expect_integer(EXPECT_AT(#observed, true), "==", (long long)(observed),                    \
		       (long long)(expected))
#define EXPECT_NE(observed, other)                                                                 \
	expect_integer(EXPECT_AT(#observed, false), "!=", (long long)(observed), (long long)(other))
#define EXPECT_GE(observed, least)                                                                 \
	expect_integer(EXPECT_AT(#observed, false), ">=", (long long)(observed), (long long)(least))
#define EXPECT_LE(observed, most)                                                                  \
	expect_integer(EXPECT_AT(#observed, false), "<=", (long long)(observed), (long long)(most))
#define EXPECT_GT(observed, other)                                                                 \
	expect_integer(EXPECT_AT(#observed, false), ">", (long long)(observed), (long long)(other))
#define EXPECT_LT(observed, other)                                                                 \
	expect_integer(EXPECT_AT(#observed, false), "<", (long long)(observed), (long long)(other))
#define EXPECT_BETWEEN(observed, low, high)                                                        \
	expect_between(EXPECT_AT(#observed, false), (long long)(observed), (long long)(low),       \
		       (long long)(high))

#define EXPECT_TRUE(condition) expect_true(EXPECT_AT(#condition, false), (condition))
/* Compilers and analysers may rely on what was required. */
#define REQUIRE_TRUE(condition)                                                                    \
	((condition) ? (void)expect_true(EXPECT_AT(#condition, true), true)                        \
		     : expect_required(EXPECT_AT(#condition, true)))
#define EXPECT_STREQ(observed, expected)                                                           \
	expect_string(EXPECT_AT(#observed, false), observed, expected)

/* `size` bytes at both places are equal. */
#define EXPECT_MEMEQ(observed, expected, size)                                                     \
	expect_bytes(EXPECT_AT(#observed, false), observed, (size_t)(size), expected,              \
		     (size_t)(size))

/* An error number kept in a variable, as SO_ERROR gives it; 0 is "no error". */
#define EXPECT_ERRNO(observed, expected)                                                           \
	expect_errno_value(EXPECT_AT(#observed, false), observed, expected)

/* Records a value that nothing requires, for comparison between platforms. */
#define OBSERVE(name, ...) expect_observe(__FILE__, __LINE__, name, __VA_ARGS__)

/* Ends the case as skipped: SKIP("mptcp", "net.mptcp.enabled is 0"). */
#define SKIP(need, ...) expect_skip(need, __VA_ARGS__)

#endif
