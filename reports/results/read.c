/* SPDX-License-Identifier: MIT */
#include "reports/results/read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "reports/base/escape.h"
#include "reports/results/parse.h"

/* A line is one result: its calls, packets and output. No run writes one half as long. */
#define LINE_MAX_BYTES ((size_t)256 * 1024 * 1024)

static bool dispatch(struct reading *r, const json_t *line, size_t number)
{
	const char *type = json_string_value(json_object_get(line, "type"));
	bool deviations = strcmp(r->format, FORMAT_DEVIATIONS) == 0;

	if (!json_is_object(line))
		reading_fail(r, "the line is not a JSON object");
	else if (type == NULL)
		reading_fail(r, "\"type\" is missing or not a string");
	else if (!r->run->has_header && strcmp(type, "header") != 0)
		reading_fail(r, "the first line is not the header");
	else if (r->run->has_footer)
		reading_fail(r, "a line behind the footer");
	else if (strcmp(type, "header") == 0)
		parse_header(r, line);
	else if (strcmp(type, "source") == 0)
		parse_source(r, line);
	else if (strcmp(type, "case") == 0)
		parse_case(r, line);
	else if (strcmp(type, "result") == 0 && !deviations)
		parse_result(r, line, number);
	else if (strcmp(type, "deviation") == 0 && deviations)
		parse_deviation(r, line);
	else if (strcmp(type, "footer") == 0)
		parse_footer(r, line);
	else
		reading_fail(r, "\"type\" is none of header, source, case, %s, footer",
			     deviations ? "deviation" : "result");
	return r->problem[0] == 0;
}

/* Whether a line has anything but blanks in it. */
static bool is_blank(const char *line, size_t length)
{
	return strspn(line, " \t\r\n") == length;
}

static void complain(char *error, size_t size, const char *name, size_t line, const char *reason)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (out == NULL) {
		snprintf(error, size, "%zu: %s", line, reason);
		return;
	}
	escape_line(out, name);
	if (line != 0)
		fprintf(out, ":%zu", line);
	fputs(": ", out);
	escape_line(out, reason);
	if (fclose(out) == 0)
		snprintf(error, size, "%s", text);
	free(text);
}

static void warn(FILE *warnings, const char *name, size_t line, const char *text)
{
	char message[1024];

	if (warnings == NULL)
		return;
	complain(message, sizeof(message), name, line, text);
	fprintf(warnings, "atlas: %s\n", message);
}

/* Reads line by line until the end or the first problem; *number counts the lines. */
static void read_lines(struct reading *r, FILE *in, const char *name, FILE *warnings,
		       size_t *number)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	errno = 0;
	while (r->problem[0] == 0 && (length = getline(&line, &room, in)) >= 0) {
		json_error_t where;
		json_t *object;

		++*number;
		if ((size_t)length > LINE_MAX_BYTES) {
			reading_fail(r, "the line is longer than %zu MiB", LINE_MAX_BYTES >> 20);
			break;
		}
		if (is_blank(line, (size_t)length))
			continue;
		object = json_loadb(line, (size_t)length, JSON_DECODE_ANY, &where);
		if (object == NULL && line[length - 1] != '\n' && r->run->has_header) {
			r->run->cut = true;
			warn(warnings, name, *number, "the last line is cut; it is left out");
		} else if (object == NULL) {
			reading_fail(r, "not JSON: %s (column %d)", where.text, where.column);
		} else {
			dispatch(r, object, *number);
		}
		json_decref(object);
		errno = 0;
	}
	if (r->problem[0] == 0 && (ferror(in) || (!feof(in) && errno != 0)))
		reading_fail(r, "%s", strerror(errno != 0 ? errno : EIO));
	free(line);
}

static struct run *read_stream(const char *format, FILE *in, const char *name, FILE *warnings,
			       char *error, size_t error_size)
{
	struct reading r = {.run = memory_get(1, sizeof(struct run)), .format = format};
	size_t number = 0;

	error[0] = 0;
	r.run->path = arena_string(&r.run->arena, name, strlen(name));
	read_lines(&r, in, name, warnings, &number);
	if (r.problem[0] == 0 && !r.run->has_header)
		reading_fail(&r, "the file is empty: no header");
	if (r.problem[0] != 0) {
		complain(error, error_size, name, number, r.problem);
		run_free(r.run);
		return NULL;
	}
	if (!r.run->has_footer && !r.run->cut)
		warn(warnings, name, number, "no footer: the run did not come to its end");
	if (r.run->has_footer)
		r.run->duration_us = r.run->footer.duration_us;
	return r.run;
}

static struct run *read_file(const char *format, const char *path, FILE *warnings, char *error,
			     size_t error_size)
{
	struct run *run;
	struct stat st;
	FILE *in;

	if (strcmp(path, "-") == 0)
		return read_stream(format, stdin, "standard input", warnings, error, error_size);
	in = fopen(path, "re");
	if (in != NULL && fstat(fileno(in), &st) == 0 && S_ISDIR(st.st_mode)) {
		fclose(in);
		in = NULL;
		errno = EISDIR;
	}
	if (in == NULL) {
		complain(error, error_size, path, 0, strerror(errno));
		return NULL;
	}
	run = read_stream(format, in, path, warnings, error, error_size);
	fclose(in);
	return run;
}

struct run *results_read_stream(FILE *in, const char *name, FILE *warnings, char *error,
				size_t error_size)
{
	return read_stream(FORMAT_RESULTS, in, name, warnings, error, error_size);
}

struct run *results_read(const char *path, FILE *warnings, char *error, size_t error_size)
{
	return read_file(FORMAT_RESULTS, path, warnings, error, error_size);
}

struct run *deviations_read_stream(FILE *in, const char *name, FILE *warnings, char *error,
				   size_t error_size)
{
	return read_stream(FORMAT_DEVIATIONS, in, name, warnings, error, error_size);
}

struct run *deviations_read(const char *path, FILE *warnings, char *error, size_t error_size)
{
	return read_file(FORMAT_DEVIATIONS, path, warnings, error, error_size);
}
