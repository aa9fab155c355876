/* SPDX-License-Identifier: MIT */
/*
 * Who should have noticed: of the cases in which a deviation happened, the one that is
 * the most about it. A claim that names the constant promises something about it; a
 * source that does may only use it.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "reports/deviations/findings.h"

enum { IN_CLAIM = 32, IN_ID = 16, IN_TAGS = 8, IN_SOURCE = 4, CALL_IN_CLAIM = 2, CALL_IN_ID = 1 };

struct word {
	const char *text;
	size_t length;
};

static bool is_part(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether the text [text, end) has the word, not as a part of another, in any case. */
static bool has_word(const char *text, const char *end, struct word w, bool parts)
{
	if (w.length == 0)
		return false;
	for (const char *p = text; p + w.length <= end; p++) {
		if (strncasecmp(p, w.text, w.length) != 0)
			continue;
		if (parts || ((p == text || !is_part(p[-1])) &&
			      (p + w.length == end || !is_part(p[w.length]))))
			return true;
	}
	return false;
}

static bool names(const char *text, struct word w)
{
	return has_word(text, text + strlen(text), w, false);
}

/* Ids join words by "_": so_reuseaddr_on_both. */
static bool mentions(const char *text, struct word w)
{
	return has_word(text, text + strlen(text), w, true);
}

/* Whether the lines of the case name the word. */
static bool source_names(const struct attempt *a, struct word w)
{
	const char *p = run_source(a->run, a->info->file), *first = NULL, *end;
	int64_t line = 1;

	if (p == NULL)
		return false;
	for (end = p; *end != 0 && line <= a->info->last_line; end++) {
		if (first == NULL && line >= a->info->first_line)
			first = end;
		line += *end == '\n';
	}
	return first != NULL && has_word(first, end, w, false);
}

static int score_word(const struct attempt *a, struct word subject)
{
	int points = mentions(a->trial->id, subject) ? IN_ID : 0;

	if (a->info == NULL)
		return points;
	points += names(a->info->claim, subject) ? IN_CLAIM : 0;
	for (size_t i = 0; i < a->info->tags.count; i++)
		points += names(a->info->tags.items[i], subject) ? IN_TAGS : 0;
	points += source_names(a, subject) ? IN_SOURCE : 0;
	return points;
}

static int score_call(const struct attempt *a, struct word call)
{
	return (mentions(a->trial->id, call) ? CALL_IN_ID : 0) +
	       (a->info != NULL && names(a->info->claim, call) ? CALL_IN_CLAIM : 0);
}

const struct attempt *finding_candidate(const struct finding *f)
{
	/* Of "AF_INET.sin_port" the constant and the member; "result" and "addrlen" name nothing.
	 */
	struct word subject = {f->subject, strcspn(f->subject, ".")};
	struct word member = {f->subject + subject.length, 0};
	struct word call = {f->call, strlen(f->call)};
	const struct attempt *best = NULL;
	int most = -1;

	if (*member.text == '.') {
		member.text++;
		member.length = strlen(member.text);
	}
	if (!isupper((unsigned char)f->subject[0]))
		subject.length = 0;
	for (size_t i = 0; i < f->count; i++) {
		const struct attempt *a = &f->attempts[i];
		int points = score_word(a, subject) + score_word(a, member) + score_call(a, call);

		if (points > most) {
			most = points;
			best = a;
		}
	}
	return best;
}
