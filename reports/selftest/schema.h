/* SPDX-License-Identifier: MIT */
/*
 * A validator of JSON Schema (draft 2020-12), as much of it as the project's schemas
 * use: type, const, enum, required, properties, additionalProperties (false), items, minItems,
 * maxItems, minLength, maxLength, minimum, maximum, pattern (as a POSIX extended expression),
 * allOf, oneOf, if with then and else, and $ref into $defs. A schema that uses anything else is
 * itself a problem, so that no rule is passed over.
 */
#ifndef ATLAS_SELFTEST_SCHEMA_H
#define ATLAS_SELFTEST_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Whether `value` is as the schema says. If it is not, `problem` says in one line
 * where and why: "/checks/0/line: not an integer".
 */
bool schema_holds(const json_t *schema, const json_t *value, char *problem, size_t size);

#endif
