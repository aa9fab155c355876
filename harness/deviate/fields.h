/* SPDX-License-Identifier: MIT */
/* Structures that the kernel fills in, as named numbers: what in them can be wrong by itself. */
#ifndef SOCKATLAS_DEVIATE_FIELDS_H
#define SOCKATLAS_DEVIATE_FIELDS_H

#include <stddef.h>
#include <stdint.h>

enum field_kind {
	FIELD_NUMBER,  /* of 1, 2, 4 or 8 bytes, of the machine's byte order */
	FIELD_NETWORK, /* big-endian: a port, an address; the last byte changes */
	FIELD_TEXT,    /* up to a NUL or the end; its last character changes */
};

struct field {
	const char *name;
	enum field_kind kind;
	uint16_t offset, size;
};

struct fields {
	const char *type; /* what the tables below are searched for: "AF_INET", "SO_LINGER" */
	size_t count;
	const struct field *list;
};

/* Of a socket address, by family; NULL when the family has none here. */
const struct fields *fields_of_address(int family);

/* Of the value of an option or the data of a control message, by the name of either. */
const struct fields *fields_of_value(const char *name);

#endif
