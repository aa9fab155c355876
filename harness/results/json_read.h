/* SPDX-License-Identifier: MIT */
/*
 * Reads JSON (RFC 8259) from memory, piece by piece: no tree, no memory. Strict: nothing
 * but what the RFC's grammar allows, well-formed UTF-8, no NUL in a string, numbers that
 * are integers, nothing after the value. The first fault stays: everything after it
 * returns false, so that a reader may look once, at the end.
 *
 *     json_read_start(&r, text, length);
 *     json_read_open(&r, '{');
 *     while (json_read_member(&r, key, sizeof(key))) {
 *             if (strcmp(key, "name") == 0)
 *                     json_read_string(&r, name, sizeof(name));
 *             else
 *                     json_read_skip(&r);
 *     }
 *     if (!json_read_end(&r))
 *             complain(r.line, r.fault);
 */
#ifndef SOCKATLAS_JSON_READ_H
#define SOCKATLAS_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_READ_DEPTH = 32 };

struct json_read {
	const char *at, *end;
	unsigned int line; /* of `at`, from 1 */
	unsigned int depth;
	bool first;	 /* no comma is due before the next value of the innermost bracket */
	char fault[128]; /* "" while all is well */
};

/* What comes next: one of { [ " t f n 0 (a number), or NUL at the end or after a fault. */
char json_read_next(struct json_read *r);

void json_read_start(struct json_read *r, const char *text, size_t length);

/* Enters an object ('{') or an array ('['). */
bool json_read_open(struct json_read *r, char bracket);

/* Goes to the next member, whose key is given; false after the last, having left the object. */
bool json_read_member(struct json_read *r, char *key, size_t size);

/* Goes to the next element; false after the last, having left the array. */
bool json_read_element(struct json_read *r);

/* A value, decoded, with a NUL. A string that does not fit is a fault. */
bool json_read_string(struct json_read *r, char *text, size_t size);
bool json_read_integer(struct json_read *r, int64_t *value);
bool json_read_bool(struct json_read *r, bool *value);

/* Leaves out the next value, whatever it is. */
bool json_read_skip(struct json_read *r);

/* True when everything was read, nothing follows, and there was no fault. */
bool json_read_end(struct json_read *r);

/* Makes the reader's own complaint the first fault, if there is none yet. Returns false. */
bool json_read_fail(struct json_read *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
