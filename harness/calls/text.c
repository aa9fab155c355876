/* SPDX-License-Identifier: MIT */
#include "harness/calls/text.h"

#include <string.h>

static const char digits_of_hex[] = "0123456789abcdef";

void text_begin(struct text *t, char *buffer, size_t size)
{
	t->start = buffer;
	t->at = buffer;
	t->end = buffer + size - 1;
	t->cut = false;
}

size_t text_finish(struct text *t)
{
	if (t->cut) {
		/* The three dots take the place of the last bytes if need be. */
		size_t room = (size_t)(t->end - t->start);
		size_t used = (size_t)(t->at - t->start);

		if (used + 3 > room)
			used = room >= 3 ? room - 3 : 0;
		t->at = t->start + used;
		for (int i = 0; i < 3 && t->at < t->end; i++)
			*t->at++ = '.';
	}
	*t->at = '\0';
	return (size_t)(t->at - t->start);
}

void text_char(struct text *t, char c)
{
	if (t->at < t->end)
		*t->at++ = c;
	else
		t->cut = true;
}

void text_bytes(struct text *t, const char *bytes, size_t length)
{
	size_t room = (size_t)(t->end - t->at);

	if (length > room) {
		length = room;
		t->cut = true;
	}
	memcpy(t->at, bytes, length);
	t->at += length;
}

void text_string(struct text *t, const char *string)
{
	text_bytes(t, string, strlen(string));
}

void text_unsigned(struct text *t, uint64_t value)
{
	char buffer[20];
	size_t at = sizeof(buffer);

	do {
		buffer[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value != 0);
	text_bytes(t, buffer + at, sizeof(buffer) - at);
}

void text_int(struct text *t, int64_t value)
{
	if (value < 0) {
		text_char(t, '-');
		text_unsigned(t, 0 - (uint64_t)value);
	} else {
		text_unsigned(t, (uint64_t)value);
	}
}

void text_hex_digits(struct text *t, uint64_t value, unsigned int digits)
{
	char buffer[16];
	size_t at = sizeof(buffer);

	while (at > 0 && (value != 0 || sizeof(buffer) - at < digits)) {
		buffer[--at] = digits_of_hex[value & 15];
		value >>= 4;
	}
	text_bytes(t, buffer + at, sizeof(buffer) - at);
}

void text_hex(struct text *t, uint64_t value)
{
	if (value != 0)
		text_bytes(t, "0x", 2);
	text_hex_digits(t, value, 1);
}

void text_pointer(struct text *t, const void *pointer)
{
	if (pointer == NULL)
		text_bytes(t, "NULL", 4);
	else
		text_hex(t, (uintptr_t)pointer);
}

void text_name(struct text *t, const char *name, int64_t value)
{
	if (name != NULL)
		text_string(t, name);
	else
		text_int(t, value);
}

static bool is_hex_digit(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

void text_escaped(struct text *t, const void *bytes, size_t length)
{
	const unsigned char *p = bytes;
	bool after_hex = false;

	for (size_t i = 0; i < length && !t->cut; i++) {
		unsigned char c = p[i];
		char escape = '\0';

		/* In C, "\x01a" is one byte: a digit that follows must be escaped too. */
		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\' &&
		    !(after_hex && is_hex_digit(c))) {
			text_char(t, (char)c);
			after_hex = false;
			continue;
		}
		switch (c) {
		case '\n':
			escape = 'n';
			break;
		case '\r':
			escape = 'r';
			break;
		case '\t':
			escape = 't';
			break;
		case '"':
			escape = '"';
			break;
		case '\\':
			escape = '\\';
			break;
		default:
			break;
		}
		text_char(t, '\\');
		if (escape != '\0') {
			text_char(t, escape);
			after_hex = false;
		} else {
			text_char(t, 'x');
			text_hex_digits(t, c, 2);
			after_hex = true;
		}
	}
}

void text_hex_bytes(struct text *t, const void *bytes, size_t length)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < length && !t->cut; i++) {
		if (i > 0)
			text_char(t, ' ');
		text_hex_digits(t, p[i], 2);
	}
}
