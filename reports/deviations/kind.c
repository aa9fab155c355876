/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "reports/deviations/findings.h"

static bool is_message(const char *call)
{
	return strcmp(call, "sendmsg") == 0 || strcmp(call, "recvmsg") == 0 ||
	       strcmp(call, "sendmmsg") == 0 || strcmp(call, "recvmmsg") == 0;
}

enum deviation_kind deviation_kind_of(const char *call, const char *subject, const char *how)
{
	static const struct {
		const char *how;
		enum deviation_kind kind;
	} words[] = {
		{"ignored", KIND_CALL_IGNORED},
		{"echoed", KIND_OPTION_ECHOED},
		{"dropped", KIND_FLAG_DROPPED},
		{"unreported", KIND_FLAG_UNREPORTED},
		{"success", KIND_ERROR_HIDDEN},
		{"unfilled", KIND_UNFILLED},
		{"length-unfilled", KIND_UNFILLED},
		{"off-by-one", KIND_WRONG},
		{"altered", KIND_WRONG},
		{"cut", KIND_WRONG},
		{"inverted", KIND_WRONG},
		{"reversed", KIND_WRONG},
		{"clamped", KIND_CLAMPED},
	};

	if (strcmp(how, "ignored") == 0 && strcmp(call, "setsockopt") == 0)
		return KIND_OPTION_IGNORED;
	if (strcmp(how, "cut") == 0 && strcmp(subject, "buf") == 0)
		return KIND_DATA_CUT;
	if (is_message(call) && strncmp(subject, "MSG_", 4) != 0 &&
	    (strcmp(how, "dropped") == 0 || strcmp(how, "unreported") == 0))
		return KIND_CONTROL_LOST;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(how, words[i].how) == 0)
			return words[i].kind;
	}
	/* EINVAL instead of ENOTCONN. */
	if (subject[0] == 'E' && how[0] == 'E' && isupper((unsigned char)how[1]))
		return KIND_ERROR_REPLACED;
	return KIND_OTHER;
}

const char *deviation_kind_word(enum deviation_kind kind)
{
	static const char *const words[KINDS] = {
		[KIND_OPTION_IGNORED] = "option ignored",
		[KIND_OPTION_ECHOED] = "option echoed",
		[KIND_CALL_IGNORED] = "call ignored",
		[KIND_FLAG_DROPPED] = "flag dropped",
		[KIND_FLAG_UNREPORTED] = "flag unreported",
		[KIND_CONTROL_LOST] = "control message lost",
		[KIND_DATA_CUT] = "data cut",
		[KIND_ERROR_HIDDEN] = "error hidden",
		[KIND_ERROR_REPLACED] = "error replaced",
		[KIND_UNFILLED] = "output unfilled",
		[KIND_WRONG] = "output wrong",
		[KIND_CLAMPED] = "length clamped",
		[KIND_OTHER] = "other",
	};

	return words[kind];
}
