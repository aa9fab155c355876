/* SPDX-License-Identifier: MIT */
/* atlas merge: the shards of one run, joined to the results file that the whole run would give. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/memory.h"
#include "reports/base/strmap.h"
#include "reports/commands.h"

struct part {
	const char *path;
	json_t *header, *footer;
	json_t *lines; /* the others */
};

static const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));

	return value != NULL ? value : "";
}

static json_int_t number(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static const json_t *shard(const struct part *p)
{
	return json_object_get(p->header, "shard");
}

/* Reads a file that has a header with a shard, and a footer. */
static bool read_part(struct part *p)
{
	FILE *in = fopen(p->path, "re");
	char *line = NULL;
	size_t room = 0, count = 0;
	ssize_t length;
	bool good = true;

	if (in == NULL)
		return atlas_wrong("%s: %m", p->path) == 0;
	p->lines = json_array();
	while (good && (length = getline(&line, &room, in)) > 0) {
		json_t *object = json_loadb(line, (size_t)length, JSON_REJECT_DUPLICATES, NULL);
		const char *type = text(object, "type");

		count++;
		if (!json_is_object(object)) {
			atlas_wrong("%s:%zu: not a line of results", p->path, count);
			good = false;
		} else if (strcmp(type, "header") == 0) {
			json_decref(p->header);
			p->header = json_incref(object);
		} else if (strcmp(type, "footer") == 0) {
			json_decref(p->footer);
			p->footer = json_incref(object);
		} else {
			json_array_append(p->lines, object);
		}
		json_decref(object);
	}
	free(line);
	fclose(in);
	if (good && (p->header == NULL || shard(p) == NULL || p->footer == NULL)) {
		atlas_wrong(p->header == NULL  ? "%s: no header"
			    : shard(p) == NULL ? "%s: not a shard: it was not run with --shard"
					       : "%s: no footer: the run did not end",
			    p->path);
		good = false;
	}
	return good;
}

static bool same(const struct part *a, const struct part *b, const char *object, const char *name)
{
	const json_t *x = json_object_get(json_object_get(a->header, object), name);
	const json_t *y = json_object_get(json_object_get(b->header, object), name);

	if (json_equal(x, y) || (x == NULL && y == NULL))
		return true;
	atlas_wrong("%s and %s are of different runs: %s.%s is not the same", a->path, b->path,
		    object, name);
	return false;
}

/* What shards of one run share. */
static bool fit(const struct part *a, const struct part *b)
{
	static const char *const platform[] = {"name",		 "kernel",     "kernel_release",
					       "kernel_version", "machine",    "libc",
					       "page_size",	 "byte_order", "pointer_bits"};

	for (size_t i = 0; i < sizeof(platform) / sizeof(platform[0]); i++) {
		if (!same(a, b, "platform", platform[i]))
			return false;
	}
	if (!json_equal(json_object_get(a->header, "deviation"),
			json_object_get(b->header, "deviation"))) {
		atlas_wrong("%s and %s are of different runs: deviation is not the same", a->path,
			    b->path);
		return false;
	}
	return same(a, b, "sockatlas", "revision") && same(a, b, "sockatlas", "build") &&
	       same(a, b, "shard", "count") && same(a, b, "shard", "of") &&
	       same(a, b, "shard", "digest");
}

/* Each of the shards is there once. */
static bool complete(const struct part *parts, size_t count)
{
	json_int_t wanted = number(shard(&parts[0]), "count");

	for (json_int_t index = 1; index <= wanted; index++) {
		const struct part *found = NULL;

		for (size_t i = 0; i < count; i++) {
			if (number(shard(&parts[i]), "index") != index)
				continue;
			if (found != NULL) {
				atlas_wrong("%s and %s are both shard %d of %d", found->path,
					    parts[i].path, (int)index, (int)wanted);
				return false;
			}
			found = &parts[i];
		}
		if (found == NULL) {
			atlas_wrong("shard %d of %d is missing", (int)index, (int)wanted);
			return false;
		}
	}
	return true;
}

/* Adds up, or takes the greatest: the shards ran side by side. */
static json_t *footer_of(const struct part *parts, size_t count)
{
	static const char *const sums[] = {"results", "pass",  "fail",	  "skip",  "known",
					   "fixed",   "error", "timeout", "crash", "cpu_us"};
	static const char *const most[] = {"duration_us", "longest_us", "peak_rss_kib",
					   "exit_status"};
	json_t *footer = json_deep_copy(parts[0].footer);

	for (size_t i = 1; i < count; i++) {
		const json_t *other = parts[i].footer;

		for (size_t k = 0; k < sizeof(sums) / sizeof(sums[0]); k++)
			json_object_set_new(
				footer, sums[k],
				json_integer(number(footer, sums[k]) + number(other, sums[k])));
		for (size_t k = 0; k < sizeof(most) / sizeof(most[0]); k++) {
			if (number(other, most[k]) > number(footer, most[k]))
				json_object_set(footer, most[k], json_object_get(other, most[k]));
		}
		if (json_is_true(json_object_get(other, "interrupted")))
			json_object_set_new(footer, "interrupted", json_true());
	}
	return footer;
}

static bool put(FILE *out, const json_t *line)
{
	return json_dumpf(line, out, JSON_COMPACT) == 0 && putc('\n', out) != EOF;
}

/* Sources and cases once, results as they come; false when a result is there twice or missing. */
static bool put_lines(FILE *out, const struct part *parts, size_t count)
{
	struct strmap seen = {0};
	struct arena arena = {0};
	json_int_t results = 0, of = number(shard(&parts[0]), "of");
	bool good = true;

	for (size_t i = 0; good && i < count; i++) {
		const json_t *line;
		size_t k;

		json_array_foreach(parts[i].lines, k, line)
		{
			const char *type = text(line, "type");
			bool result = strcmp(type, "result") == 0;
			/* Ids and names of files cannot be confused with each other. */
			const char *key = result ? text(line, "id")
					  : strcmp(type, "case") == 0
						  ? json_string_value(json_object_get(line, "case"))
						  : text(line, "file");

			const char *name =
				arena_format(&arena, "%s %s", type, key != NULL ? key : "");

			if (!strmap_add(&seen, name, 0)) {
				if (!result)
					continue;
				atlas_wrong("%s: %s is in another shard too", parts[i].path, key);
				good = false;
				break;
			}
			results += result;
			good = put(out, line);
		}
	}
	if (good && results != of) {
		atlas_wrong("the shards have %d results of %d", (int)results, (int)of);
		good = false;
	}
	strmap_free(&seen);
	arena_free(&arena);
	return good;
}

static bool write_merged(const char *path, const struct part *parts, size_t count)
{
	char temporary[4096];
	FILE *out;
	json_t *header, *footer;
	bool good;

	snprintf(temporary, sizeof(temporary), "%s.part", path);
	out = fopen(temporary, "we");
	if (out == NULL)
		return atlas_wrong("%s: %m", temporary) == 0;
	header = json_deep_copy(parts[0].header);
	footer = footer_of(parts, count);
	json_object_set(header, "selected", json_object_get(shard(&parts[0]), "of"));
	json_object_del(header, "shard");
	good = put(out, header) && put_lines(out, parts, count) && put(out, footer);
	good = fclose(out) == 0 && good;
	if (good && rename(temporary, path) != 0)
		good = atlas_wrong("%s: %m", path) == 0;
	if (!good)
		remove(temporary);
	json_decref(header);
	json_decref(footer);
	return good;
}

int atlas_merge_command(int argc, char **argv)
{
	struct part *parts = calloc((size_t)argc, sizeof(*parts));
	const char *output = NULL;
	size_t count = 0;
	bool good = parts != NULL;

	for (int i = 1; good && i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
			output = argv[++i];
		else
			parts[count++].path = argv[i];
	}
	if (good && (count == 0 || output == NULL))
		good = atlas_wrong("merge wants shards and -o FILE") == 0;
	for (size_t i = 0; good && i < count; i++)
		good = read_part(&parts[i]);
	for (size_t i = 1; good && i < count; i++)
		good = fit(&parts[0], &parts[i]);
	good = good && complete(parts, count) && write_merged(output, parts, count);
	for (size_t i = 0; parts != NULL && i < count; i++) {
		json_decref(parts[i].header);
		json_decref(parts[i].footer);
		json_decref(parts[i].lines);
	}
	free(parts);
	return good ? 0 : 2;
}
