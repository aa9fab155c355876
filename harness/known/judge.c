/* SPDX-License-Identifier: MIT */
#include "harness/known/judge.h"

#include <stdio.h>
#include <string.h>

#include "harness/known/history.h"

enum { PASS = 1u << VERDICT_PASS };

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

static const struct known_entry *entry_for(const struct known *known, const char *id,
					   const struct outcome *o, enum verdict verdict)
{
	for (size_t i = 0; i < known->count; i++) {
		const struct known_entry *e = &known->entries[i];
		bool either = (e->verdicts & PASS) != 0; /* by chance, if not alone */

		if (!e->here || e->verdicts == PASS || !known_is_about(e, id))
			continue;
		if (verdict == VERDICT_PASS
			    ? !either
			    : (e->verdicts & 1u << verdict) != 0 && observed_errno(e, o, verdict))
			return e;
	}
	return NULL;
}

/* An entry that expects a pass: what changed in a later version is here nevertheless. */
static bool expects_pass(const struct known *known, const char *id)
{
	for (size_t i = 0; i < known->count; i++) {
		const struct known_entry *e = &known->entries[i];

		if (e->here && e->verdicts == PASS && known_is_about(e, id))
			return true;
	}
	return false;
}

/* An error says something about the claim only when a setup step was what failed. */
static bool about_the_claim(const struct outcome *o, enum verdict verdict)
{
	return verdict != VERDICT_ERROR ||
	       (o != NULL && o->trouble == 0 && o->stage >= STAGE_BODY && o->setup_failed > 0);
}

unsigned int known_expects(const struct known *known, const struct run_item *item)
{
	char id[CASE_ID_SIZE];
	unsigned int verdicts = 0;

	run_item_id(item, id, sizeof(id));
	for (size_t i = 0; i < known->count; i++) {
		const struct known_entry *e = &known->entries[i];

		if (e->here && known_is_about(e, id))
			verdicts |= e->verdicts;
	}
	return (verdicts & PASS) != 0 ? 0 : verdicts;
}

static void by_history(struct known_judgement *j, const struct platform *platform,
		       const struct run_item *item, const char *why)
{
	snprintf(j->why, sizeof(j->why), "%s", why);
	snprintf(j->source, sizeof(j->source), "%s", item->test->spec ? item->test->spec : "");
	snprintf(j->entry, sizeof(j->entry), "%s:%d", item->test->file, item->test->line);
	if (j->was == VERDICT_PASS)
		snprintf(j->text, sizeof(j->text), "passes on %s though it says %s",
			 platform->uname.release, why);
	else
		snprintf(j->text, sizeof(j->text), "%s", why);
}

static void by_entry(struct known_judgement *j, const struct known_entry *e)
{
	snprintf(j->why, sizeof(j->why), "%s", e->why);
	snprintf(j->source, sizeof(j->source), "%s", e->source);
	snprintf(j->entry, sizeof(j->entry), "%s, entry %u", e->file, e->number);
	if (j->was == VERDICT_PASS)
		snprintf(j->text, sizeof(j->text), "it passes, but %s expects it to go wrong: %s",
			 j->entry, e->why);
	else
		snprintf(j->text, sizeof(j->text), "%s", e->why);
}

void known_judge(struct known_judgement *judged, const struct known *known,
		 const struct platform *platform, const struct run_item *item,
		 const struct outcome *o, enum verdict verdict, const char *reason)
{
	const struct known_entry *e;
	char id[CASE_ID_SIZE], why[64];

	judged->verdict = judged->was = verdict;
	run_item_id(item, id, sizeof(id));
	e = entry_for(known, id, o, verdict);
	if (history_excludes(item, platform, why, sizeof(why)) && about_the_claim(o, verdict) &&
	    !expects_pass(known, id))
		by_history(judged, platform, item, why);
	else if (e != NULL)
		by_entry(judged, e);
	else
		return;
	judged->verdict = verdict == VERDICT_PASS ? VERDICT_FIXED : VERDICT_KNOWN;
	snprintf(judged->reason, sizeof(judged->reason), "%s", reason);
}
