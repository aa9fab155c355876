/* SPDX-License-Identifier: MIT */
/* What the tests of the reports have in common. */
#ifndef ATLAS_SELFTEST_SUPPORT_H
#define ATLAS_SELFTEST_SUPPORT_H

#include <stddef.h>
#include <stdio.h>

#include "reports/results/merge.h"

/* Ends a test that cannot go on. */
#define NEED(condition)                                                                            \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			CU_FAIL(#condition);                                                       \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define HEADER                                                                                     \
	"{\"type\":\"header\",\"format\":\"sockatlas-results\",\"version\":1,"                     \
	"\"platform\":{\"sysname\":\"Linux\",\"kernel_release\":\"6.1.0\",\"machine\":\"x86_64\"}" \
	"}\n"

/* A run read from text; NULL with what the reader said in `error`, warnings in `warning`. */
extern char error[1024], warning[1024];
struct run *run_of(const char *text);
struct run *run_of_bytes(const char *bytes, size_t length);

/* A run of a file of fixtures/results/; CU_FAIL()s and returns NULL when it cannot be read. */
struct run *run_of_fixture(const char *name);

/* What a writer writes, as a string that the caller frees. */
char *page_of(struct run *run);
char *junit_of(struct run *run);
char *ktap_of(struct run *run);

/* How often `part` stands in `text`. */
size_t occurrences(const char *text, const char *part);

/* The bytes of a file and a NUL, or NULL; the caller frees them. */
char *file_text(const char *path, size_t *length);

#endif
