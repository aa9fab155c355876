/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target: the reader of JSON and that of known differences. What they take, the
 * reader of the reports takes too.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/known/entries.h"
#include "harness/results/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A block of just its size, so that the sanitizer sees a byte too many. */
	char *text = malloc(size + (size == 0)), fault[512] = "";
	struct known_file file = {"input", text, text + size};
	static struct platform platform;
	struct known known = {NULL, 0};
	struct json_read r;
	json_error_t error;
	json_t *value;
	bool skipped, read;

	if (text == NULL)
		return -1;
	memcpy(text, data, size);
	json_read_start(&r, text, size);
	json_read_skip(&r);
	skipped = json_read_end(&r);
	value = json_loadb(text, size, 0, &error);
	/* jansson has no numbers beyond those of C; this one only leaves them out. */
	if (skipped && value == NULL && json_error_code(&error) != json_error_numeric_overflow)
		__builtin_trap();
	/* jansson passes over a NUL between values, which is none of RFC 8259's white space. */
	if (!skipped && value != NULL && strstr(r.fault, "brackets deep") == NULL &&
	    memchr(text, '\0', size) == NULL)
		__builtin_trap();
	read = known_read(&known, &file, fault, sizeof(fault));
	if (read != (fault[0] == '\0') || (read && !skipped))
		__builtin_trap();
	if (platform.name == NULL)
		platform = platform_here("fuzz");
	known_settle(&known, &platform);
	known_free(&known);
	json_decref(value);
	free(text);
	return 0;
}
