/* SPDX-License-Identifier: MIT */
#include "reports/decode/look.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/packet/packet.h"

bool look_format(const char *command, const char *word, struct look *look)
{
	static const char *const words[] = {"line", "tree", "json"};

	for (unsigned int i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) == 0) {
			look->format = (enum format)i;
			return true;
		}
	}
	fprintf(stderr, "atlas %s: --format %s: must be line, tree or json\n", command, word);
	return false;
}

bool look_color(const char *command, const char *word, struct look *look)
{
	bool always = strcmp(word, "always") == 0;

	if (!always && strcmp(word, "never") != 0 && strcmp(word, "auto") != 0) {
		fprintf(stderr, "atlas %s: --color %s: must be auto, always or never\n", command,
			word);
		return false;
	}
	look->color = always || (strcmp(word, "auto") == 0 && look_color_by_default());
	return true;
}

bool look_can(const char *command, const char *word, struct look *look)
{
	if (strcmp(word, "isotp") == 0)
		look->flags = PACKET_CAN_ISOTP;
	else if (strcmp(word, "j1939") == 0)
		look->flags = PACKET_CAN_J1939;
	else
		fprintf(stderr, "atlas %s: --can %s: must be isotp or j1939\n", command, word);
	return look->flags != 0;
}

bool look_number(const char *command, const char *option, const char *word, long long least,
		 long long most, long long *number)
{
	char *end;

	errno = 0;
	*number = strtoll(word, &end, 10);
	if (errno == 0 && end != word && *end == '\0' && *number >= least && *number <= most)
		return true;
	fprintf(stderr, "atlas %s: --%s %s: must be a number from %lld to %lld\n", command, option,
		word, least, most);
	return false;
}

bool look_color_by_default(void)
{
	const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') && terminal != NULL &&
	       strcmp(terminal, "dumb") != 0;
}
