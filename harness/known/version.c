/* SPDX-License-Identifier: MIT */
#include "harness/known/version.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBERS = 3 };

/* How many numbers `text` begins with; `*rest` is what follows them. */
static size_t numbers(const char *text, unsigned long values[NUMBERS], const char **rest)
{
	size_t count = 0;

	while (count < NUMBERS && *text >= '0' && *text <= '9') {
		char *end;

		values[count++] = strtoul(text, &end, 10);
		text = end;
		if (*text != '.' || text[1] < '0' || text[1] > '9')
			break;
		if (count < NUMBERS)
			text++;
	}
	*rest = text;
	return count;
}

int version_compare(const char *release, const char *version)
{
	unsigned long a[NUMBERS] = {0}, b[NUMBERS] = {0};
	const char *rest;
	size_t count = numbers(version, b, &rest);

	numbers(release, a, &rest);
	for (size_t i = 0; i < count; i++) {
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	}
	return 0;
}

bool version_is_valid(const char *text)
{
	unsigned long values[NUMBERS];
	const char *rest;

	return numbers(text, values, &rest) > 0 && *rest == '\0';
}

/* The comparison that `*range` begins with: -1 none, else whether it holds; goes past it. */
static int comparison(const char **range, const char *release)
{
	size_t sign = strspn(*range, "<>="), length = strcspn(*range + sign, " ");
	char version[64];
	int order;
	const char *p = *range;

	if (sign == 0 || sign > 2 || length >= sizeof(version))
		return -1;
	memcpy(version, p + sign, length);
	version[length] = '\0';
	if (!version_is_valid(version))
		return -1;
	order = version_compare(release, version);
	*range += sign + length;
	*range += strspn(*range, " ");
	if (sign == 2 && p[1] == '=' && p[0] != '=')
		return p[0] == '<' ? order <= 0 : order >= 0;
	if (sign == 1)
		return p[0] == '<' ? order < 0 : p[0] == '>' ? order > 0 : order == 0;
	return -1;
}

bool version_in_range(const char *release, const char *range)
{
	while (*range != '\0') {
		if (comparison(&range, release) != 1)
			return false;
	}
	return true;
}

bool version_range_is_valid(const char *range)
{
	if (*range == '\0')
		return false;
	while (*range != '\0') {
		if (comparison(&range, "") < 0)
			return false;
	}
	return true;
}
