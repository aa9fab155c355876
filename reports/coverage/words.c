/* SPDX-License-Identifier: MIT */
#include "reports/coverage/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define DIGITS	"0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"

enum { WORD_MOST = 96 }; /* bytes; no name is longer */

struct words {
	void (*each)(void *context, const char *word);
	void *context;
};

static void emit(const struct words *w, const char *start, size_t length)
{
	char word[WORD_MOST];

	if (length == 0 || length >= sizeof(word))
		return;
	memcpy(word, start, length);
	word[length] = 0;
	w->each(w->context, word);
}

/* The number behind "htons(", as a port. */
static void emit_port(const struct words *w, const char *digits)
{
	char word[8] = ":";
	size_t length = strspn(digits, DIGITS);

	if (length == 0 || length > 5)
		return;
	memcpy(word + 1, digits, length);
	emit(w, word, length + 1);
}

/* Behind the end of a string that starts at `quote`. */
static const char *behind_string(const char *quote)
{
	const char *p = quote + 1;

	while (*p != 0 && *p != '"')
		p += p[0] == '\\' && p[1] != 0 ? 2 : 1;
	return p + (*p != 0);
}

/* The length of an IPv4 address at `start`, without a port; 0 when it is none. */
static size_t quad(const char *start, size_t length)
{
	size_t at = 0;

	for (int part = 0; part < 4; part++) {
		size_t digits = strspn(start + at, DIGITS);

		if (digits == 0 || digits > 3)
			return 0;
		at += digits;
		if (part < 3 && start[at++] != '.')
			return 0;
	}
	return at == length || start[at] == ':' ? at : 0;
}

static bool colons(const char *start, size_t length)
{
	const char *first = memchr(start, ':', length);

	return first != NULL &&
	       memchr(first + 1, ':', length - (size_t)(first + 1 - start)) != NULL;
}

/* A number of four digits or more: smaller ones stand for too much. */
static bool is_limit(const char *start, size_t length)
{
	return length >= 4 && strspn(start, DIGITS) == length;
}

/* A run of letters, digits, dots and colons. */
static void emit_run(const struct words *w, const char *start, size_t length)
{
	size_t address = quad(start, length);

	if (address > 0) {
		emit(w, start, address);
		emit(w, start + address, length - address);
		return;
	}
	if (colons(start, length) || start[0] == ':') {
		emit(w, start, length);
		return;
	}
	for (size_t at = 0; at < length;) {
		size_t part = strcspn(start + at, ".:");

		if (part > length - at)
			part = length - at;
		if (part > 0 && (strchr(DIGITS, start[at]) == NULL || is_limit(start + at, part)))
			emit(w, start + at, part);
		at += part + 1;
	}
}

void words_of(const char *value, void (*each)(void *context, const char *word), void *context)
{
	const struct words w = {each, context};

	while (*value != 0) {
		size_t length = strspn(value, LETTERS DIGITS ".:");

		if (length > 0) {
			emit_run(&w, value, length);
			if (length == 5 && strncmp(value, "htons(", 6) == 0)
				emit_port(&w, value + 6);
			value += length;
		} else if (*value == '"') {
			value = behind_string(value);
		} else {
			value++;
		}
	}
}
