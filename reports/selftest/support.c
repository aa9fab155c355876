/* SPDX-License-Identifier: MIT */
#include "reports/selftest/support.h"

#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/commands.h"
#include "reports/html/html.h"
#include "reports/results/read.h"

char error[1024], warning[1024];

struct run *run_of_bytes(const char *bytes, size_t length)
{
	FILE *in = fmemopen((void *)(size_t)bytes, length != 0 ? length : 1, "r");
	FILE *warnings = fmemopen(warning, sizeof(warning), "w");
	struct run *run = NULL;

	warning[0] = 0;
	if (in != NULL && length == 0)
		getc(in);
	if (in != NULL && warnings != NULL)
		run = results_read_stream(in, "NAME", warnings, error, sizeof(error));
	if (in != NULL)
		fclose(in);
	if (warnings != NULL)
		fclose(warnings);
	return run;
}

struct run *run_of(const char *text)
{
	return run_of_bytes(text, strlen(text));
}

struct run *run_of_fixture(const char *name)
{
	char path[256];
	struct run *run;

	snprintf(path, sizeof(path), "fixtures/results/%s", name);
	run = results_read(path, NULL, error, sizeof(error));
	if (run == NULL) {
		printf("%s\n", error);
		CU_FAIL("a fixture cannot be read");
	}
	return run;
}

static char *written(struct run *run, void (*write)(FILE *, const struct atlas *))
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	struct atlas atlas;

	if (out == NULL)
		return NULL;
	atlas_merge(&atlas, &run, 1);
	write(out, &atlas);
	atlas_free(&atlas);
	fclose(out);
	return text;
}

char *page_of(struct run *run)
{
	return written(run, html_page);
}

char *junit_of(struct run *run)
{
	return written(run, junit_write);
}

char *ktap_of(struct run *run)
{
	return written(run, ktap_write);
}

size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *p = strstr(text, part); p != NULL; p = strstr(p + 1, part))
		count++;
	return count;
}

char *file_text(const char *path, size_t *length)
{
	FILE *in = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;

	*length = 0;
	if (in == NULL)
		return NULL;
	do {
		text = memory_grow(text, &room, *length + 65536, 1);
		*length += fread(text + *length, 1, room - *length - 1, in);
	} while (!feof(in) && !ferror(in));
	fclose(in);
	return text;
}
