/* SPDX-License-Identifier: MIT */
#include "reports/compare/mask.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/memory.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether `word`, with what may stand between it and a number, ends right before `at`. */
static bool follows(const char *text, const char *at, const char *word)
{
	size_t length = strlen(word);

	while (at > text && strchr(" =:#(", at[-1]) != NULL)
		at--;
	return (size_t)(at - text) >= length && strncasecmp(at - length, word, length) == 0 &&
	       ((size_t)(at - text) == length || !isalpha((unsigned char)at[-(long)length - 1]));
}

/* 192.0.2.1:PORT and [::1]:PORT: a colon behind a digit of a dotted address or a bracket. */
static bool follows_address(const char *text, const char *at)
{
	const char *p = at - 2;
	int dots = 0;

	if (at - text < 2 || at[-1] != ':')
		return false;
	if (*p == ']')
		return true;
	for (; p >= text && (isdigit((unsigned char)*p) || *p == '.'); p--)
		dots += *p == '.';
	return dots == 3;
}

/* The length of a unit of time at `p`, with a space before it; 0 when there is none. */
static size_t unit_length(const char *p)
{
	static const char *const units[] = {"ns", "us", "ms", "s", "sec", "seconds"};
	size_t space = *p == ' ';

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t length = strlen(units[i]);

		if (strncmp(p + space, units[i], length) == 0 && !is_word(p[space + length]))
			return space + length;
	}
	return 0;
}

/* What the number at `at` is replaced by, or NULL; its length is in *length. */
static const char *replacement(const char *text, const char *at, bool times, size_t *length)
{
	unsigned long value;

	if (at[0] == '0' && at[1] == 'x') {
		*length = 2 + strspn(at + 2, "0123456789abcdefABCDEF");
		return *length >= 11 ? "ADDRESS" : NULL;
	}
	*length = strspn(at, "0123456789");
	value = *length <= 5 ? strtoul(at, NULL, 10) : 0;
	if (value >= 1024 && value <= 65535 && !is_word(at[*length]) &&
	    (follows_address(text, at) || follows(text, at, "port") || follows(text, at, "htons")))
		return "PORT";
	if (follows(text, at, "pid") || follows(text, at, "tid") || follows(text, at, "pgid"))
		return "PID";
	if (times) {
		size_t fraction =
			at[*length] == '.' ? 1 + strspn(at + *length + 1, "0123456789") : 0;

		size_t unit = unit_length(at + *length + fraction);

		if (unit != 0) {
			*length += fraction + unit;
			return "TIME";
		}
	}
	return NULL;
}

char *mask(const char *text, bool times)
{
	/* No replacement is longer than seven characters, and each takes the place of one at least.
	 */
	char *masked = memory_get(7 * strlen(text) + 1, 1), *to = masked;
	const char *p = text;

	while (*p != 0) {
		const char *word = NULL;
		size_t length = 1;

		if (isdigit((unsigned char)*p) && (p == text || !is_word(p[-1])))
			word = replacement(text, p, times, &length);
		if (word != NULL)
			to = stpcpy(to, word);
		else
			to = mempcpy(to, p, length);
		p += length;
	}
	return masked;
}
