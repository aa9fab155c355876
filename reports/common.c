/* SPDX-License-Identifier: MIT */
/* What all commands do alike. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/commands.h"
#include "reports/results/read.h"

const char *atlas_value(const char *name, int argc, char **argv, int *i)
{
	size_t length = strlen(name);

	if (strncmp(argv[*i], name, length) != 0)
		return NULL;
	if (argv[*i][length] == '=')
		return argv[*i] + length + 1;
	if (argv[*i][length] != 0)
		return NULL;
	return *i + 1 < argc && argv[*i + 1] != NULL ? argv[++*i] : "";
}

int atlas_wrong(const char *format, ...)
{
	char *text = NULL;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	fputs("atlas: ", stderr);
	escape_line(stderr, length < 0 ? format : text);
	putc('\n', stderr);
	if (length >= 0)
		free(text);
	return 2;
}

struct run *atlas_read(const char *path)
{
	char error[1024];
	struct run *run = results_read(path, stderr, error, sizeof(error));

	if (run == NULL)
		atlas_wrong("%s", error);
	return run;
}

struct run *atlas_read_deviations(const char *path)
{
	char error[1024];
	struct run *run = deviations_read(path, stderr, error, sizeof(error));

	if (run == NULL)
		atlas_wrong("%s", error);
	return run;
}
