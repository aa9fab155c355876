/* SPDX-License-Identifier: MIT */
/* How the project's own tests declare themselves; see harness/selftest/main.c. */
#ifndef SOCKATLAS_SELFTEST_H
#define SOCKATLAS_SELFTEST_H

#include <CUnit/CUnit.h>

struct selftest {
	const char *file;
	const char *name;
	void (*body)(void);
};

#if defined(__clang__)
#define SELFTEST_NO_REDZONE __attribute__((no_sanitize("address")))
#else
#define SELFTEST_NO_REDZONE
#endif

/* SELFTEST(name) { ... CU_ASSERT_EQUAL(...); ... } : one test, found by the linker section. */
#define SELFTEST(test)                                                                             \
	static void test(void);                                                                    \
	static const struct selftest selftest_##test = {__FILE__, #test, test};                    \
	static const struct selftest *const selftest_pointer_##test SELFTEST_NO_REDZONE            \
		__attribute__((used, section("sockatlas_selftests"))) = &selftest_##test;          \
	static void test(void)

/* Leaves the test with a reason; it is counted as skipped. */
void selftest_skip(const char *reason);
#define SELFTEST_SKIP(reason)                                                                      \
	do {                                                                                       \
		selftest_skip(reason);                                                             \
		return;                                                                            \
	} while (0)

#endif
