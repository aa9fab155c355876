/* SPDX-License-Identifier: MIT */
#include "reports/selftest/schema.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

struct check {
	const json_t *root;
	char path[512];
	char *problem;
	size_t size;
	int depth;
};

static bool holds(struct check *c, const json_t *schema, const json_t *value);

static bool wrong(struct check *c, const char *why, const char *what)
{
	snprintf(c->problem, c->size, "%s: %s%s", c->path[0] != 0 ? c->path : "/", why, what);
	return false;
}

/* Checks a part of the value; its name is behind the path while that goes on. */
static bool part_holds(struct check *c, const json_t *schema, const json_t *value, const char *name)
{
	size_t length = strlen(c->path);
	bool good;

	snprintf(c->path + length, sizeof(c->path) - length, "/%s", name);
	good = holds(c, schema, value);
	c->path[length] = 0;
	return good;
}

static bool is_type(const json_t *value, const char *name)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return strcmp(name, "object") == 0;
	case JSON_ARRAY:
		return strcmp(name, "array") == 0;
	case JSON_STRING:
		return strcmp(name, "string") == 0;
	case JSON_INTEGER:
		return strcmp(name, "integer") == 0 || strcmp(name, "number") == 0;
	case JSON_REAL:
		return strcmp(name, "number") == 0;
	case JSON_NULL:
		return strcmp(name, "null") == 0;
	default:
		return strcmp(name, "boolean") == 0;
	}
}

static bool type_holds(struct check *c, const json_t *rule, const json_t *value)
{
	if (json_is_string(rule))
		return is_type(value, json_string_value(rule)) ||
		       wrong(c, "not of type ", json_string_value(rule));
	for (size_t i = 0; i < json_array_size(rule); i++) {
		if (is_type(value, json_string_value(json_array_get(rule, i))))
			return true;
	}
	return wrong(c, "of none of its types", "");
}

static bool const_holds(struct check *c, const json_t *rule, const json_t *value)
{
	return json_equal(rule, value) || wrong(c, "not the one value it can have", "");
}

static bool enum_holds(struct check *c, const json_t *rule, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(rule); i++) {
		if (json_equal(json_array_get(rule, i), value))
			return true;
	}
	return wrong(c, "none of the values it can have", "");
}

static bool required_holds(struct check *c, const json_t *rule, const json_t *value)
{
	if (!json_is_object(value))
		return true;
	for (size_t i = 0; i < json_array_size(rule); i++) {
		const char *name = json_string_value(json_array_get(rule, i));

		if (json_object_get(value, name) == NULL)
			return wrong(c, "without the member ", name);
	}
	return true;
}

static bool properties_hold(struct check *c, const json_t *rule, const json_t *value)
{
	const char *name;
	json_t *schema;

	json_object_foreach((json_t *)rule, name, schema)
	{
		const json_t *part = json_object_get(value, name);

		if (part != NULL && !part_holds(c, schema, part, name))
			return false;
	}
	return true;
}

static bool items_hold(struct check *c, const json_t *rule, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		char name[24];

		snprintf(name, sizeof(name), "%zu", i);
		if (!part_holds(c, rule, json_array_get(value, i), name))
			return false;
	}
	return true;
}

static bool min_items_holds(struct check *c, const json_t *rule, const json_t *value)
{
	return !json_is_array(value) ||
	       (json_int_t)json_array_size(value) >= json_integer_value(rule) ||
	       wrong(c, "too few items", "");
}

static bool max_items_holds(struct check *c, const json_t *rule, const json_t *value)
{
	return !json_is_array(value) ||
	       (json_int_t)json_array_size(value) <= json_integer_value(rule) ||
	       wrong(c, "too many items", "");
}

static bool min_length_holds(struct check *c, const json_t *rule, const json_t *value)
{
	return !json_is_string(value) ||
	       (json_int_t)json_string_length(value) >= json_integer_value(rule) ||
	       wrong(c, "too short", "");
}

static bool max_length_holds(struct check *c, const json_t *rule, const json_t *value)
{
	return !json_is_string(value) ||
	       (json_int_t)json_string_length(value) <= json_integer_value(rule) ||
	       wrong(c, "too long", "");
}

static bool maximum_holds(struct check *c, const json_t *rule, const json_t *value)
{
	return !json_is_number(value) || json_number_value(value) <= json_number_value(rule) ||
	       wrong(c, "too great", "");
}

static bool minimum_holds(struct check *c, const json_t *rule, const json_t *value)
{
	return !json_is_number(value) || json_number_value(value) >= json_number_value(rule) ||
	       wrong(c, "too small", "");
}

/* Compiled expressions are kept: a results file asks for the same few some thousand times. */
static bool pattern_holds(struct check *c, const json_t *rule, const json_t *value)
{
	static struct {
		char text[128];
		regex_t compiled;
	} known[16];
	static size_t count;
	const char *text = json_string_value(rule);
	size_t i = 0;

	if (!json_is_string(value))
		return true;
	while (i < count && strcmp(known[i].text, text) != 0)
		i++;
	if (i == count) {
		if (count == sizeof(known) / sizeof(known[0]) ||
		    strlen(text) >= sizeof(known[0].text) ||
		    regcomp(&known[i].compiled, text, REG_EXTENDED | REG_NOSUB) != 0)
			return wrong(c, "the schema's pattern cannot be used: ", text);
		snprintf(known[i].text, sizeof(known[i].text), "%s", text);
		count++;
	}
	return regexec(&known[i].compiled, json_string_value(value), 0, NULL, 0) == 0 ||
	       wrong(c, "does not match ", text);
}

static bool all_of_holds(struct check *c, const json_t *rule, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(rule); i++) {
		if (!holds(c, json_array_get(rule, i), value))
			return false;
	}
	return true;
}

static bool one_of_holds(struct check *c, const json_t *rule, const json_t *value)
{
	size_t good = 0;

	for (size_t i = 0; i < json_array_size(rule); i++)
		good += holds(c, json_array_get(rule, i), value);
	return good == 1 ||
	       wrong(c,
		     good == 0 ? "none of its schemas holds" : "more than one of its schemas holds",
		     "");
}

static bool ref_holds(struct check *c, const json_t *rule, const json_t *value)
{
	const char *name = json_string_value(rule);
	const json_t *schema = NULL;

	if (name != NULL && strncmp(name, "#/$defs/", 8) == 0)
		schema = json_object_get(json_object_get(c->root, "$defs"), name + 8);
	if (schema == NULL)
		return wrong(c, "the schema refers to nothing: ", name != NULL ? name : "");
	return holds(c, schema, value);
}

static bool nothing_to_hold(struct check *c, const json_t *rule, const json_t *value)
{
	(void)c;
	(void)rule;
	(void)value;
	return true;
}

static const struct keyword {
	const char *name;
	bool (*holds)(struct check *, const json_t *rule, const json_t *value);
} keywords[] = {
	{"type", type_holds},
	{"const", const_holds},
	{"enum", enum_holds},
	{"required", required_holds},
	{"properties", properties_hold},
	{"items", items_hold},
	{"minItems", min_items_holds},
	{"maxItems", max_items_holds},
	{"minLength", min_length_holds},
	{"maxLength", max_length_holds},
	{"minimum", minimum_holds},
	{"maximum", maximum_holds},
	{"pattern", pattern_holds},
	{"allOf", all_of_holds},
	{"oneOf", one_of_holds},
	{"$ref", ref_holds},
	{"if", nothing_to_hold}, /* these three are looked at together */
	{"then", nothing_to_hold},
	{"else", nothing_to_hold},
	{"additionalProperties", nothing_to_hold}, /* looked at with "properties" */
	{"$schema", nothing_to_hold},
	{"$defs", nothing_to_hold},
	{"title", nothing_to_hold},
	{"description", nothing_to_hold},
};

static bool condition_holds(struct check *c, const json_t *schema, const json_t *value)
{
	const json_t *condition = json_object_get(schema, "if"), *rule;
	bool met;

	if (condition == NULL)
		return true;
	met = holds(c, condition, value);
	c->problem[0] = 0;
	rule = json_object_get(schema, met ? "then" : "else");
	return rule == NULL || holds(c, rule, value);
}

/* "additionalProperties": false leaves no member but those in "properties". */
static bool no_other_member(struct check *c, const json_t *schema, const json_t *value)
{
	const json_t *rule = json_object_get(schema, "additionalProperties");
	const char *name;
	json_t *part;

	if (rule == NULL || !json_is_object(value))
		return true;
	if (!json_is_false(rule))
		return wrong(c, "the schema uses additionalProperties that is not false", "");
	json_object_foreach((json_t *)value, name, part)
	{
		if (json_object_get(json_object_get(schema, "properties"), name) == NULL)
			return wrong(c, "with the unknown member ", name);
	}
	return true;
}

static bool rules_hold(struct check *c, const json_t *schema, const json_t *value)
{
	const char *name;
	json_t *rule;

	json_object_foreach((json_t *)schema, name, rule)
	{
		const struct keyword *k = NULL;

		for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
			if (strcmp(keywords[i].name, name) == 0)
				k = &keywords[i];
		}
		if (k == NULL)
			return wrong(c, "the schema uses an unknown keyword: ", name);
		if (!k->holds(c, rule, value))
			return false;
	}
	return no_other_member(c, schema, value) && condition_holds(c, schema, value);
}

static bool holds(struct check *c, const json_t *schema, const json_t *value)
{
	bool good;

	if (!json_is_object(schema))
		return wrong(c, "the schema is not an object", "");
	if (c->depth == 64)
		return wrong(c, "the schema never ends", "");
	c->depth++;
	good = rules_hold(c, schema, value);
	c->depth--;
	return good;
}

bool schema_holds(const json_t *schema, const json_t *value, char *problem, size_t size)
{
	struct check c = {.root = schema, .problem = problem, .size = size};

	problem[0] = 0;
	return holds(&c, schema, value);
}
