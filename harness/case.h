/* SPDX-License-Identifier: MIT */
/*
 * How a case is declared. A suite includes the system headers that it needs, and
 * then this one, last.
 *
 *     (a comment: the lesson, for a reader)
 *     CASE(bind_to_a_port_in_use,
 *          .claim = "bind() fails with EADDRINUSE while another socket listens on the port",
 *          .level = POSIX, .spec = "POSIX.1-2024 bind(); ip(7)")
 *     {
 *             ... calls and checks ...
 *     }
 *
 * The case's identity is its folder, file and name: inet/tcp_bind/bind_to_a_port_in_use.
 * It runs once in a sandbox of its own (harness/sandbox), or once for each row of
 * its variants, each in a sandbox of its own.
 */
#ifndef SOCKATLAS_CASE_H
#define SOCKATLAS_CASE_H

#include "harness/declaration.h"
#include "harness/expect.h"
#include "harness/kit.h"
#include "harness/sandbox/sandbox.h"

/* Last: its macros would change what the headers above declare. */
#include "harness/calls/here.h"
#define host_socket(...) (CALLS_HERE, host_socket(__VA_ARGS__))

/* The cases of a program, in the order of the linker: see harness/run/cases.h. */
#if defined(__clang__)
#define CASE_NO_REDZONE __attribute__((no_sanitize("address")))
#else
#define CASE_NO_REDZONE
#endif

#define CASE(case_name, ...)                                                                       \
	static void case_name(void);                                                               \
	static const struct test_case case_##case_name = {.name = #case_name,                      \
							  .file = __FILE__,                        \
							  .line = __LINE__,                        \
							  .body = case_name,                       \
							  .source = case_source,                   \
							  .source_end = case_source_end,           \
							  __VA_ARGS__};                            \
	static const struct test_case *const case_pointer_##case_name CASE_NO_REDZONE              \
		__attribute__((used, section("sockatlas_cases"))) = &case_##case_name;             \
	static void case_name(void)

/* The text of the suite's own file goes into the program: a case is shown with its source. */
__asm__(".pushsection .rodata.case_source,\"a\"\n"
	".Lcase_source:\n"
	".incbin \"" __BASE_FILE__ "\"\n"
	".Lcase_source_end:\n"
	".byte 0\n"
	".popsection\n");
extern const char case_source[] __asm__(".Lcase_source");
extern const char case_source_end[] __asm__(".Lcase_source_end");

#endif
