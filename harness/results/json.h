/* SPDX-License-Identifier: MIT */
/*
 * Writes JSON (RFC 8259) to a stdio stream: no tree, no memory. Commas and quotes
 * are looked after; members come in the order of the calls. Bytes that are not
 * UTF-8 become U+FFFD, so that a line is always valid.
 */
#ifndef SOCKATLAS_JSON_H
#define SOCKATLAS_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct json {
	FILE *file;
	bool comma; /* the next value needs a comma before it */
};

/* `key` is NULL inside arrays and for the outermost object. */
void json_open(struct json *j, const char *key, char bracket);
void json_close(struct json *j, char bracket);
void json_put_string(struct json *j, const char *key, const char *value);
void json_put_string_length(struct json *j, const char *key, const char *value, size_t length);
void json_put_integer(struct json *j, const char *key, int64_t value);
void json_put_bool(struct json *j, const char *key, bool value);
void json_put_null(struct json *j, const char *key);

/* An array of the words of a list separated by spaces; NULL is the empty list. */
void json_put_words(struct json *j, const char *key, const char *list);

/* A string value in base64 (RFC 4648), written piece by piece. */
struct json_base64 {
	struct json *json;
	uint8_t rest[3];
	size_t rest_length;
};
void json_base64_open(struct json_base64 *b, struct json *j, const char *key);
void json_base64_add(struct json_base64 *b, const void *bytes, size_t length);
void json_base64_close(struct json_base64 *b);

#endif
