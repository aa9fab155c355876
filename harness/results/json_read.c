/* SPDX-License-Identifier: MIT */
#include "harness/results/json_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "harness/results/utf8.h"

bool json_read_fail(struct json_read *r, const char *format, ...)
{
	va_list arguments;

	if (r->fault[0] == '\0') {
		va_start(arguments, format);
		vsnprintf(r->fault, sizeof(r->fault), format, arguments);
		va_end(arguments);
	}
	return false;
}

void json_read_start(struct json_read *r, const char *text, size_t length)
{
	*r = (struct json_read){.at = text, .end = text + length, .line = 1, .first = true};
}

/* The next byte that is no white space; 0 at the end or after a fault. */
static unsigned char peek(struct json_read *r)
{
	while (r->fault[0] == '\0' && r->at < r->end) {
		if (*r->at == '\n')
			r->line++;
		else if (*r->at != ' ' && *r->at != '\t' && *r->at != '\r')
			return (unsigned char)*r->at;
		r->at++;
	}
	return 0;
}

char json_read_next(struct json_read *r)
{
	unsigned char c = peek(r);

	return (char)(c == '-' || (c >= '0' && c <= '9') ? '0' : c);
}

static bool take(struct json_read *r, char wanted)
{
	if (peek(r) != (unsigned char)wanted)
		return json_read_fail(r, "'%c' expected", wanted);
	r->at++;
	return true;
}

bool json_read_open(struct json_read *r, char bracket)
{
	if (!take(r, bracket))
		return false;
	if (r->depth == JSON_READ_DEPTH)
		return json_read_fail(r, "more than %d brackets deep", JSON_READ_DEPTH);
	r->depth++;
	r->first = true;
	return true;
}

/* Whether another value follows before `closing`; takes the comma, or the bracket. */
static bool more(struct json_read *r, char closing)
{
	if (peek(r) == (unsigned char)closing) {
		r->at++;
		r->depth--;
		r->first = false;
		return false;
	}
	if (!r->first && !take(r, ','))
		return false;
	r->first = false;
	return r->fault[0] == '\0';
}

bool json_read_member(struct json_read *r, char *key, size_t size)
{
	key[0] = '\0';
	return more(r, '}') && json_read_string(r, key, size) && take(r, ':');
}

bool json_read_element(struct json_read *r)
{
	return more(r, ']');
}

/* Four hexadecimal digits. */
static bool take_hex(struct json_read *r, uint32_t *code)
{
	*code = 0;
	for (int i = 0; i < 4; i++, r->at++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = r->at < r->end && *r->at != '\0'
					    ? strchr(digits, *r->at | (*r->at >= 'A' ? 0x20 : 0))
					    : NULL;

		if (digit == NULL)
			return json_read_fail(r, "\\u wants four hexadecimal digits");
		*code = *code << 4 | (uint32_t)(digit - digits);
	}
	return true;
}

/* What follows \u, in UTF-8; a pair of surrogates is one character (RFC 8259 section 7). */
static bool take_unicode(struct json_read *r, char bytes[5])
{
	uint32_t code, low;

	if (!take_hex(r, &code))
		return false;
	if (code == 0)
		return json_read_fail(r, "a string has a NUL");
	if (code >= 0xd800 && code < 0xdc00) {
		if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
			return json_read_fail(r, "half of a surrogate pair");
		r->at += 2;
		if (!take_hex(r, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return json_read_fail(r, "half of a surrogate pair");
		code = 0x10000 + ((code & 0x3ff) << 10 | (low & 0x3ff));
	} else if (code >= 0xdc00 && code <= 0xdfff) {
		return json_read_fail(r, "half of a surrogate pair");
	}
	utf8_encode(code, bytes);
	return true;
}

/* One character of a string. */
static bool take_character(struct json_read *r, char bytes[5])
{
	static const char escapes[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	unsigned char c = (unsigned char)*r->at;
	const char *escape;
	size_t length;

	memset(bytes, 0, 5);
	if (c < 0x20)
		return json_read_fail(r, "a control character in a string");
	if (c != '\\') {
		length = utf8_length((const unsigned char *)r->at, (size_t)(r->end - r->at));
		if (length == 0)
			return json_read_fail(r, "not UTF-8");
		memcpy(bytes, r->at, length);
		r->at += length;
		return true;
	}
	if (++r->at == r->end)
		return json_read_fail(r, "a string without an end");
	c = (unsigned char)*r->at++;
	if (c == 'u')
		return take_unicode(r, bytes);
	escape = c != '\0' ? strchr(escapes, c) : NULL;
	if (escape == NULL)
		return json_read_fail(r, "no such escape in a string");
	bytes[0] = values[escape - escapes];
	return true;
}

/* `text` NULL: the string is left out. */
static bool read_string(struct json_read *r, char *text, size_t size)
{
	size_t used = 0;
	char bytes[5];

	if (!take(r, '"'))
		return false;
	while (r->at < r->end && *r->at != '"') {
		if (!take_character(r, bytes))
			return false;
		if (text == NULL)
			continue;
		if (used + strlen(bytes) >= size)
			return json_read_fail(r, "a string of more than %zu bytes", size - 1);
		memcpy(text + used, bytes, strlen(bytes));
		used += strlen(bytes);
	}
	if (r->at == r->end)
		return json_read_fail(r, "a string without an end");
	r->at++;
	if (text != NULL)
		text[used] = '\0';
	return true;
}

bool json_read_string(struct json_read *r, char *text, size_t size)
{
	text[0] = '\0';
	return read_string(r, text, size);
}

static bool digits(struct json_read *r)
{
	const char *start = r->at;

	while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
		r->at++;
	return r->at > start || json_read_fail(r, "a digit expected");
}

/* RFC 8259 section 6; `whole` says whether it has neither fraction nor exponent. */
static bool take_number(struct json_read *r, bool *whole)
{
	*whole = true;
	if (peek(r) == '-')
		r->at++;
	if (r->end - r->at > 1 && r->at[0] == '0' && r->at[1] >= '0' && r->at[1] <= '9')
		return json_read_fail(r, "a number that begins with 0");
	if (!digits(r))
		return false;
	if (r->at < r->end && *r->at == '.') {
		*whole = false;
		r->at++;
		if (!digits(r))
			return false;
	}
	if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
		*whole = false;
		r->at++;
		if (r->at < r->end && (*r->at == '+' || *r->at == '-'))
			r->at++;
		return digits(r);
	}
	return true;
}

bool json_read_integer(struct json_read *r, int64_t *value)
{
	const char *p;
	bool whole, negative;
	int64_t sum = 0;

	*value = 0;
	negative = peek(r) == '-';
	p = r->at + negative;
	if (!take_number(r, &whole))
		return false;
	if (!whole)
		return json_read_fail(r, "an integer expected");
	for (; p < r->at; p++) {
		if (__builtin_mul_overflow(sum, 10, &sum) ||
		    __builtin_sub_overflow(sum, *p - '0', &sum))
			return json_read_fail(r, "a number out of range");
	}
	if (!negative && __builtin_sub_overflow((int64_t)0, sum, &sum))
		return json_read_fail(r, "a number out of range");
	*value = sum;
	return true;
}

static bool take_word(struct json_read *r, const char *word)
{
	size_t length = strlen(word);

	if (peek(r) == 0 || (size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0)
		return json_read_fail(r, "no such value");
	r->at += length;
	return true;
}

bool json_read_bool(struct json_read *r, bool *value)
{
	*value = peek(r) == 't';
	if (!*value && peek(r) != 'f')
		return json_read_fail(r, "true or false expected");
	return take_word(r, *value ? "true" : "false");
}

/* A value that is no object and no array. */
static bool skip_plain(struct json_read *r)
{
	bool whole;

	switch (json_read_next(r)) {
	case '"':
		return read_string(r, NULL, 0);
	case '0':
		return take_number(r, &whole);
	case 't':
		return take_word(r, "true");
	case 'f':
		return take_word(r, "false");
	case 'n':
		return take_word(r, "null");
	default:
		return json_read_fail(r, "a value expected");
	}
}

bool json_read_skip(struct json_read *r)
{
	char closing[JSON_READ_DEPTH + 1];
	unsigned int outside = r->depth;

	do {
		char next;

		if (r->depth > outside) {
			if (!more(r, closing[r->depth])) {
				if (r->fault[0] != '\0')
					return false;
				continue;
			}
			if (closing[r->depth] == '}' && (!read_string(r, NULL, 0) || !take(r, ':')))
				return false;
		}
		next = json_read_next(r);
		if (next == '{' || next == '[') {
			if (!json_read_open(r, next))
				return false;
			closing[r->depth] = next == '{' ? '}' : ']';
		} else if (!skip_plain(r)) {
			return false;
		}
	} while (r->depth > outside);
	return true;
}

bool json_read_end(struct json_read *r)
{
	if (r->fault[0] == '\0' && (r->depth > 0 || r->first))
		return json_read_fail(r, "something is missing at the end");
	if (peek(r) != 0)
		return json_read_fail(r, "something follows after the end");
	/* A NUL ends a peek just as the end does. */
	if (r->fault[0] == '\0' && r->at < r->end)
		return json_read_fail(r, "a NUL");
	return r->fault[0] == '\0';
}
