/* SPDX-License-Identifier: MIT */
#include "reports/results/members.h"

#include <stdarg.h>
#include <stdio.h>

void reading_fail(struct reading *r, const char *format, ...)
{
	va_list args;

	if (r->problem[0] != 0)
		return;
	va_start(args, format);
	vsnprintf(r->problem, sizeof(r->problem), format, args);
	va_end(args);
}

const char *member_string(struct reading *r, const json_t *object, const char *name, bool required)
{
	const json_t *value = json_object_get(object, name);

	if (value == NULL || json_is_null(value)) {
		if (required)
			reading_fail(r, "\"%s\" is missing", name);
		return "";
	}
	if (!json_is_string(value)) {
		reading_fail(r, "\"%s\" is not a string", name);
		return "";
	}
	if (required && json_string_length(value) == 0)
		reading_fail(r, "\"%s\" is empty", name);
	return arena_string(&r->run->arena, json_string_value(value), json_string_length(value));
}

int64_t member_count(struct reading *r, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	if (value == NULL)
		return 0;
	if (!json_is_integer(value)) {
		reading_fail(r, "\"%s\" is not a whole number", name);
		return 0;
	}
	if (json_integer_value(value) < 0) {
		reading_fail(r, "\"%s\" is negative", name);
		return 0;
	}
	return json_integer_value(value);
}

bool member_bool(struct reading *r, const json_t *object, const char *name, bool missing)
{
	const json_t *value = json_object_get(object, name);

	if (value == NULL)
		return missing;
	if (!json_is_boolean(value))
		reading_fail(r, "\"%s\" is neither true nor false", name);
	return json_is_true(value);
}

const json_t *member_array(struct reading *r, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	if (value != NULL && !json_is_array(value)) {
		reading_fail(r, "\"%s\" is not an array", name);
		return NULL;
	}
	return value;
}

const json_t *member_object(struct reading *r, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	if (value != NULL && !json_is_object(value)) {
		reading_fail(r, "\"%s\" is not an object", name);
		return NULL;
	}
	return value;
}

struct strings member_strings(struct reading *r, const json_t *object, const char *name)
{
	const json_t *array = member_array(r, object, name);
	struct strings s = {0};

	if (json_array_size(array) == 0)
		return s;
	s.items = arena_get(&r->run->arena, json_array_size(array), sizeof(*s.items));
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *item = json_array_get(array, i);

		if (!json_is_string(item)) {
			reading_fail(r, "\"%s\"[%zu] is not a string", name, i);
			return (struct strings){0};
		}
		s.items[s.count++] = arena_string(&r->run->arena, json_string_value(item),
						  json_string_length(item));
	}
	return s;
}

void *member_objects(struct reading *r, const json_t *object, const char *name, size_t size,
		     size_t *count, member_fill *fill)
{
	const json_t *array = member_array(r, object, name);
	bool good = r->problem[0] == 0;
	char *items;

	*count = json_array_size(array);
	if (*count == 0)
		return NULL;
	items = arena_get(&r->run->arena, *count, size);
	for (size_t i = 0; i < *count; i++) {
		const json_t *item = json_array_get(array, i);

		if (!json_is_object(item))
			reading_fail(r, "\"%s\"[%zu] is not an object", name, i);
		else
			fill(r, item, items + i * size);
		if (good && r->problem[0] != 0) {
			char inner[sizeof(r->problem)];

			good = false;
			snprintf(inner, sizeof(inner), "%s", r->problem);
			if (json_is_object(item))
				snprintf(r->problem, sizeof(r->problem), "\"%s\"[%zu]: %.200s",
					 name, i, inner);
		}
	}
	return items;
}
