/* SPDX-License-Identifier: MIT */
#include "harness/results/json.h"

#include <inttypes.h>
#include <string.h>

#include "harness/results/utf8.h"

static void start_value(struct json *j, const char *key)
{
	if (j->comma)
		putc_unlocked(',', j->file);
	j->comma = true;
	if (key != NULL)
		fprintf(j->file, "\"%s\":", key);
}

void json_open(struct json *j, const char *key, char bracket)
{
	start_value(j, key);
	putc_unlocked(bracket, j->file);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	putc_unlocked(bracket, j->file);
	j->comma = true;
}

static void write_escaped(FILE *file, const char *value, size_t length)
{
	const unsigned char *p = (const unsigned char *)value, *end = p + length;

	while (p < end) {
		const unsigned char *plain = p;
		size_t utf8;

		while (p < end && *p >= 0x20 && *p < 0x7f && *p != '"' && *p != '\\')
			p++;
		fwrite(plain, 1, (size_t)(p - plain), file);
		if (p == end)
			break;
		utf8 = utf8_length(p, (size_t)(end - p));
		if (utf8 > 1) {
			fwrite(p, 1, utf8, file);
			p += utf8;
			continue;
		}
		if (*p == '\n')
			fputs("\\n", file);
		else if (*p == '\t')
			fputs("\\t", file);
		else if (*p == '"' || *p == '\\')
			fprintf(file, "\\%c", *p);
		else if (*p < 0x80)
			fprintf(file, "\\u%04x", *p);
		else
			fputs("\\ufffd", file);
		p++;
	}
}

void json_put_string_length(struct json *j, const char *key, const char *value, size_t length)
{
	start_value(j, key);
	putc_unlocked('"', j->file);
	write_escaped(j->file, value, length);
	putc_unlocked('"', j->file);
}

void json_put_string(struct json *j, const char *key, const char *value)
{
	json_put_string_length(j, key, value ? value : "", value ? strlen(value) : 0);
}

void json_put_integer(struct json *j, const char *key, int64_t value)
{
	start_value(j, key);
	fprintf(j->file, "%" PRId64, value);
}

void json_put_bool(struct json *j, const char *key, bool value)
{
	start_value(j, key);
	fputs(value ? "true" : "false", j->file);
}

void json_put_null(struct json *j, const char *key)
{
	start_value(j, key);
	fputs("null", j->file);
}

void json_put_words(struct json *j, const char *key, const char *list)
{
	json_open(j, key, '[');
	while (list != NULL && *list != '\0') {
		size_t length = strcspn(list, " ");

		if (length > 0)
			json_put_string_length(j, NULL, list, length);
		list += length + strspn(list + length, " ");
	}
	json_close(j, ']');
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void write_group(FILE *file, const uint8_t *bytes, size_t length)
{
	uint32_t group = (uint32_t)bytes[0] << 16 | (uint32_t)(length > 1 ? bytes[1] : 0) << 8 |
			 (uint32_t)(length > 2 ? bytes[2] : 0);

	putc_unlocked(base64[group >> 18], file);
	putc_unlocked(base64[group >> 12 & 63], file);
	putc_unlocked(length > 1 ? base64[group >> 6 & 63] : '=', file);
	putc_unlocked(length > 2 ? base64[group & 63] : '=', file);
}

void json_base64_open(struct json_base64 *b, struct json *j, const char *key)
{
	*b = (struct json_base64){.json = j};
	start_value(j, key);
	putc_unlocked('"', j->file);
}

void json_base64_add(struct json_base64 *b, const void *bytes, size_t length)
{
	const uint8_t *p = bytes;

	for (size_t i = 0; i < length; i++) {
		b->rest[b->rest_length++] = p[i];
		if (b->rest_length == 3) {
			write_group(b->json->file, b->rest, 3);
			b->rest_length = 0;
		}
	}
}

void json_base64_close(struct json_base64 *b)
{
	if (b->rest_length > 0)
		write_group(b->json->file, b->rest, b->rest_length);
	putc_unlocked('"', b->json->file);
}
