/* SPDX-License-Identifier: MIT */
#include "reports/coverage/lacking.h"

#include <fnmatch.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reports/coverage/words.h"

/* What an owner's calls came to. */
struct answer {
	const char *text; /* one for all owners that get the same answer; NULL: not lacking */
	size_t runs;	  /* that refused each time they were asked */
	bool refused, had;
	const struct call *call;   /* the refusal with the fewest words, */
	size_t length;		   /* so long as text, or */
	const struct probe *probe; /* the probe that found nothing */
};

/* A platform without the thing gives these; EPERM or ENOMEM would be another matter. */
static bool is_refusal(const char *error)
{
	static const char *const errors[] = {
		"EAFNOSUPPORT", "EPROTONOSUPPORT", "ESOCKTNOSUPPORT", "ENOPROTOOPT", "EOPNOTSUPP",
	};

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (strcmp(error, errors[i]) == 0)
			return true;
	}
	return false;
}

/* Which of an owner's words were found, as bits. */
struct hunt {
	const struct owner *owner;
	uint64_t found;
};

static void hunt_word(void *context, const char *word)
{
	struct hunt *hunt = context;

	for (size_t i = 1; i < hunt->owner->word_count && i < 64; i++) {
		if (strcmp(hunt->owner->words[i], word) == 0)
			hunt->found |= UINT64_C(1) << i;
	}
}

/* Whether the call is the owner's, with all of its words among the arguments. */
static bool asks_for(const struct call *call, const struct owner *owner)
{
	size_t length = strlen(call->name);
	struct hunt hunt = {owner, 1};

	if (strncmp(owner->words[0], call->name, length) != 0 ||
	    strcmp(owner->words[0] + length, "()") != 0)
		return false;
	for (size_t i = 0; i < call->argument_count; i++)
		words_of(call->arguments[i].value, hunt_word, &hunt);
	for (size_t i = 0; i < owner->word_count; i++) {
		if (i < 64 && (hunt.found >> i & 1) == 0)
			return false;
	}
	return true;
}

static size_t length_of(const struct call *call)
{
	size_t length = 0;

	for (size_t i = 0; i < call->argument_count; i++)
		length += strlen(call->arguments[i].value);
	return length;
}

static void note_call(struct answer *answer, const struct call *call)
{
	size_t length = length_of(call);

	/* The question was wrong, which says nothing of the answer. */
	if (strcmp(call->error, "EINVAL") == 0)
		return;
	if (!call->returned || !is_refusal(call->error)) {
		answer->had = true;
		return;
	}
	answer->refused = true;
	if (answer->call == NULL || length < answer->length) {
		answer->call = call;
		answer->length = length;
	}
}

static void note_probes(struct answer *answer, const struct header *header, const char *name)
{
	for (size_t i = 0; i < header->probe_count; i++) {
		const struct probe *probe = &header->probes[i];

		if (strcmp(probe->name, name) != 0)
			continue;
		answer->had |= probe->ok;
		answer->refused |= !probe->ok;
		answer->probe = probe;
	}
}

static void note_calls(struct answer *answers, const struct catalogue *c, const struct run *run)
{
	for (size_t r = 0; r < run->result_count; r++) {
		for (size_t k = 0; k < run->results[r].call_count; k++) {
			const struct call *call = &run->results[r].calls[k];

			for (size_t i = 0; i < c->owner_count; i++) {
				if (c->owners[i].probe == NULL && asks_for(call, &c->owners[i]))
					note_call(&answers[i], call);
			}
		}
	}
}

/* "socket(AF_CAN, SOCK_RAW, CAN_RAW) gives EAFNOSUPPORT" */
static const char *say(struct arena *arena, const struct answer *answer)
{
	const char *text = "";

	if (answer->probe != NULL)
		return arena_format(arena, "not so: %s: %s", answer->probe->what,
				    answer->probe->reason);
	for (size_t i = 0; i < answer->call->argument_count; i++)
		text = arena_format(arena, "%s%s%s", text, i == 0 ? "" : ", ",
				    answer->call->arguments[i].value);
	return arena_format(arena, "%s(%s) gives %s", answer->call->name, text,
			    answer->call->error);
}

void lacking_find(struct measure *m, struct run *const *runs, size_t count)
{
	const struct catalogue *c = m->catalogue;
	struct answer *answers = memory_get(c->owner_count + 1, sizeof(*answers));

	for (size_t run = 0; run < count; run++) {
		note_calls(answers, c, runs[run]);
		for (size_t i = 0; i < c->owner_count; i++) {
			struct answer *a = &answers[i];

			if (c->owners[i].probe != NULL)
				note_probes(a, &runs[run]->header, c->owners[i].probe);
			a->runs += a->refused;
			a->refused = false;
		}
	}
	for (size_t i = 0; i < c->owner_count; i++) {
		const char *text;

		if (answers[i].had || answers[i].runs != count || count == 0)
			continue;
		text = say(&m->arena, &answers[i]);
		for (size_t k = 0; k < i; k++) {
			if (answers[k].text != NULL && strcmp(answers[k].text, text) == 0)
				text = answers[k].text;
		}
		answers[i].text = text;
		for (size_t n = 0; n < c->name_count; n++) {
			if (m->seen[n].lacking == NULL &&
			    fnmatch(c->owners[i].pattern, c->names[n].text, 0) == 0)
				m->seen[n].lacking = text;
		}
	}
	free(answers);
}
