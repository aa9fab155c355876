/* SPDX-License-Identifier: MIT */
#include "harness/known/judge.h"

#include <stdio.h>
#include <string.h>

#include "harness/run/select.h"

/* Whether `text`, such as "-1 EADDRINUSE (Address already in use)", has the word. */
static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	while (*text != '\0') {
		size_t here = strcspn(text, " (),");

		if (here == length && strncmp(text, word, length) == 0)
			return true;
		text += here + (text[here] != '\0');
	}
	return false;
}

static const struct check_record *first_failed(const struct outcome *o, bool setup)
{
	for (uint32_t i = 0; i < o->checks_used && i < OUTCOME_MAX_CHECKS; i++) {
		if (o->checks[i].file != NULL && !o->checks[i].ok && o->checks[i].setup == setup)
			return &o->checks[i];
	}
	return NULL;
}

static bool observed_errno(const struct known_entry *e, const struct outcome *o,
			   enum verdict verdict)
{
	const struct check_record *c = o != NULL ? first_failed(o, verdict == VERDICT_ERROR) : NULL;

	for (size_t i = 0; c != NULL && i < e->errno_count; i++) {
		if (has_word(outcome_string(o, c->observed), e->errnos[i]))
			return true;
	}
	return e->errno_count == 0;
}

struct known_judgement known_judge(const struct known *known, const struct run_item *item,
				   const struct outcome *o, enum verdict verdict)
{
	struct known_judgement judged = {
		.verdict = verdict, .was = verdict, .why = "", .source = ""};
	char id[CASE_ID_SIZE];

	if (verdict == VERDICT_KNOWN || verdict == VERDICT_FIXED)
		return judged;
	run_item_id(item, id, sizeof(id));
	for (size_t i = 0; i < known->count; i++) {
		const struct known_entry *e = &known->entries[i];
		bool expected = (e->verdicts & 1u << verdict) != 0;

		if (!e->here || !select_matches(e->cases, id) ||
		    (verdict != VERDICT_PASS && (!expected || !observed_errno(e, o, verdict))))
			continue;
		judged.verdict = verdict == VERDICT_PASS ? VERDICT_FIXED : VERDICT_KNOWN;
		judged.why = e->why;
		judged.source = e->source;
		snprintf(judged.where, sizeof(judged.where), "%s, entry %u", e->file, e->number);
		break;
	}
	return judged;
}
