/* SPDX-License-Identifier: MIT */
/* Structures as tables of fields at known places, some of them named numbers. */
#ifndef SOCKATLAS_CALLS_SHOW_FIELDS_H
#define SOCKATLAS_CALLS_SHOW_FIELDS_H

#include "harness/calls/show_known.h"
#include "harness/calls/text.h"
#include "harness/names/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum field_form {
	FIELD_NUMBER,
	FIELD_SIGNED,
	FIELD_NAMED, /* by `names`, or a number */
	FIELD_FLAGS, /* of `names` */
	FIELD_HEX,
	FIELD_SHOWN, /* by `show` */
};

struct field {
	const char *name; /* with "=" behind it; "" for a field without one */
	size_t offset, size;
	enum field_form form;
	const struct name_table *names;
	show_known *show;
};

#define FIELD_OF(type, member, ...)                                                                \
	{                                                                                          \
#member "=", offsetof(struct type, member), sizeof(((struct type *)0)->member),    \
			__VA_ARGS__                                                                \
	}
#define FIELD(type, member)		 FIELD_OF(type, member, FIELD_NUMBER, NULL, NULL)
#define FIELD_INT(type, member)		 FIELD_OF(type, member, FIELD_SIGNED, NULL, NULL)
#define FIELD_BITS(type, member)	 FIELD_OF(type, member, FIELD_HEX, NULL, NULL)
#define FIELD_NAME(type, member, table)	 FIELD_OF(type, member, FIELD_NAMED, &(table), NULL)
#define FIELD_FLAG(type, member, table)	 FIELD_OF(type, member, FIELD_FLAGS, &(table), NULL)
#define FIELD_AS(type, member, function) FIELD_OF(type, member, FIELD_SHOWN, NULL, function)

/* The value of a field of 1, 2, 4 or 8 bytes in host byte order. */
uint64_t field_value(const void *bytes, size_t size);

/* "{a=1, b=SCTP_UNORDERED}": the fields that are there whole; false if not even the first is. */
bool show_fields(struct text *t, const void *bytes, size_t length, const struct field *list,
		 size_t count);

/* The same for structures one behind the other: "[{a=1}, {a=2}]". */
void show_fields_each(struct text *t, const void *bytes, size_t length, size_t stride,
		      const struct field *list, size_t count);

#define FIELDS(list) list, sizeof(list) / sizeof((list)[0])

/* Defines a function of show_known.h that shows these fields. A semicolon ends it. */
#define SHOW_STRUCTURE(function, ...)                                                              \
	bool function(struct text *t, const void *bytes, size_t length)                            \
	{                                                                                          \
		static const struct field list[] = {__VA_ARGS__};                                  \
                                                                                                   \
		return show_fields(t, bytes, length, FIELDS(list));                                \
	}                                                                                          \
	struct field

#endif
