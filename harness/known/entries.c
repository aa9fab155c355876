/* SPDX-License-Identifier: MIT */
#include "harness/known/entries.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/known/version.h"
#include "harness/names/names.h"
#include "harness/results/json_read.h"
#include "harness/run/select.h"
#include "harness/run/verdict.h"

enum { TEXT_SIZE = 2048, FILE_MAX = 1 << 20 };

/* What is being read: a file's entries go to a list of their own until all are well. */
struct reading {
	struct json_read json;
	struct known known;
	const char *file;
	struct known_where everywhere;
	unsigned int number; /* of the entry; 0 outside any */
};

/* A string that is not empty, in memory of its own; NULL after a fault. */
static const char *read_text(struct reading *r)
{
	char text[TEXT_SIZE];
	char *copy;

	if (!json_read_string(&r->json, text, sizeof(text)))
		return NULL;
	if (text[0] == '\0') {
		json_read_fail(&r->json, "an empty string");
		return NULL;
	}
	copy = strdup(text);
	if (copy == NULL)
		json_read_fail(&r->json, "out of memory");
	return copy;
}

/* Reads into `*text`, which must not have been given before. */
static void read_once(struct reading *r, const char *key, const char **text)
{
	if (*text != NULL)
		json_read_fail(&r->json, "\"%s\" twice", key);
	else
		*text = read_text(r);
}

static void read_pointer_bits(struct reading *r, struct known_where *where)
{
	int64_t bits;

	if (where->pointer_bits != 0)
		json_read_fail(&r->json, "\"pointer_bits\" twice");
	if (json_read_integer(&r->json, &bits) && bits != 32 && bits != 64)
		json_read_fail(&r->json, "\"pointer_bits\" is 32 or 64");
	where->pointer_bits = (int)bits;
}

static void check_where(struct reading *r, const struct known_where *where)
{
	if (where->release != NULL && !version_range_is_valid(where->release))
		json_read_fail(&r->json, "\"release\" wants a range such as \">=5.10 <5.15\"");
	if (where->byte_order != NULL && strcmp(where->byte_order, "little") != 0 &&
	    strcmp(where->byte_order, "big") != 0)
		json_read_fail(&r->json, "\"byte_order\" is little or big");
}

static void read_where(struct reading *r, struct known_where *where)
{
	const struct {
		const char *key;
		const char **text;
	} members[] = {
		{"platform", &where->platform}, {"kernel", &where->kernel},
		{"release", &where->release},	{"libc", &where->libc},
		{"machine", &where->machine},	{"byte_order", &where->byte_order},
	};
	char key[32];

	json_read_open(&r->json, '{');
	while (json_read_member(&r->json, key, sizeof(key))) {
		size_t i = 0;

		while (i < sizeof(members) / sizeof(members[0]) && strcmp(key, members[i].key) != 0)
			i++;
		if (i < sizeof(members) / sizeof(members[0]))
			read_once(r, key, members[i].text);
		else if (strcmp(key, "pointer_bits") == 0)
			read_pointer_bits(r, where);
		else
			json_read_fail(&r->json, "\"%s\" is no member of \"where\"", key);
	}
	check_where(r, where);
}

/* Calls `each` for a string, or for each string of an array. */
static void read_words(struct reading *r, struct known_entry *e,
		       void (*each)(struct reading *r, struct known_entry *e, const char *word))
{
	char word[256];

	if (json_read_next(&r->json) != '[') {
		if (json_read_string(&r->json, word, sizeof(word)))
			each(r, e, word);
		return;
	}
	json_read_open(&r->json, '[');
	while (json_read_element(&r->json)) {
		if (json_read_string(&r->json, word, sizeof(word)))
			each(r, e, word);
	}
}

static void add_case(struct reading *r, struct known_entry *e, const char *word)
{
	char **more = realloc(e->cases, (e->case_count + 1) * sizeof(*more));
	char *copy = strdup(word);

	if (more != NULL)
		e->cases = more;
	if (word[0] == '\0')
		json_read_fail(&r->json, "an empty string");
	if (more != NULL && copy != NULL) {
		e->cases[e->case_count++] = copy;
		return;
	}
	json_read_fail(&r->json, "out of memory");
	free(copy);
}

static void add_verdict(struct reading *r, struct known_entry *e, const char *word)
{
	static const enum verdict allowed[] = {VERDICT_PASS,  VERDICT_FAIL,    VERDICT_SKIP,
					       VERDICT_ERROR, VERDICT_TIMEOUT, VERDICT_CRASH};

	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		if (strcmp(word, verdict_name(allowed[i])) == 0) {
			e->verdicts |= 1u << allowed[i];
			return;
		}
	}
	json_read_fail(&r->json,
		       "\"expect\" is pass, fail, skip, error, timeout or crash, not \"%s\"", word);
}

static void add_errno(struct reading *r, struct known_entry *e, const char *word)
{
	if (word[0] != 'E' || !names_lookup(word, NULL))
		json_read_fail(&r->json, "no errno is named \"%s\"", word);
	else if (e->errno_count == KNOWN_MAX_ERRNOS)
		json_read_fail(&r->json, "more than %d errnos", KNOWN_MAX_ERRNOS);
	else
		e->errnos[e->errno_count++] = names_preferred(word);
}

static void check_entry(struct reading *r, const struct known_entry *e)
{
	const struct {
		const char *key;
		bool there;
	} wanted[] = {
		{"case", e->case_count > 0},
		{"expect", e->verdicts != 0},
		{"why", e->why != NULL},
		{"source", e->source != NULL},
	};
	const unsigned int pass = 1u << VERDICT_PASS;
	const unsigned int without_errno =
		1u << VERDICT_SKIP | 1u << VERDICT_TIMEOUT | 1u << VERDICT_CRASH;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (!wanted[i].there)
			json_read_fail(&r->json, "no \"%s\"", wanted[i].key);
	}
	if (e->errno_count > 0 && (e->verdicts == pass || (e->verdicts & without_errno) != 0))
		json_read_fail(&r->json, "\"errno\" is for fail and error only");
	if (e->errno_count == 0 && (e->verdicts & 1u << VERDICT_ERROR) != 0)
		json_read_fail(&r->json, "an error wants the \"errno\" of the setup step");
}

static void free_where(const struct known_where *where)
{
	free((void *)where->platform);
	free((void *)where->kernel);
	free((void *)where->libc);
	free((void *)where->machine);
	free((void *)where->release);
	free((void *)where->byte_order);
}

static void free_entry(const struct known_entry *e)
{
	for (size_t i = 0; i < e->case_count; i++)
		free(e->cases[i]);
	free(e->cases);
	free((void *)e->why);
	free((void *)e->source);
	free_where(&e->where);
}

static void read_entry(struct reading *r)
{
	struct known_entry e = {.file = r->file, .number = ++r->number};
	struct known_entry *more;
	char key[32];

	json_read_next(&r->json);
	e.line = r->json.line;
	json_read_open(&r->json, '{');
	while (json_read_member(&r->json, key, sizeof(key))) {
		if (strcmp(key, "case") == 0 && e.case_count == 0)
			read_words(r, &e, add_case);
		else if (strcmp(key, "why") == 0)
			read_once(r, key, &e.why);
		else if (strcmp(key, "source") == 0)
			read_once(r, key, &e.source);
		else if (strcmp(key, "where") == 0)
			read_where(r, &e.where);
		else if (strcmp(key, "expect") == 0 && e.verdicts == 0)
			read_words(r, &e, add_verdict);
		else if (strcmp(key, "errno") == 0 && e.errno_count == 0)
			read_words(r, &e, add_errno);
		else
			json_read_fail(&r->json, "\"%s\" is no member of an entry, or there twice",
				       key);
	}
	check_entry(r, &e);
	more = r->json.fault[0] != '\0'
		       ? NULL
		       : realloc(r->known.entries, (r->known.count + 1) * sizeof(*more));
	if (more == NULL) {
		json_read_fail(&r->json, "out of memory");
		free_entry(&e);
		return;
	}
	r->known.entries = more;
	r->known.entries[r->known.count++] = e;
}

static void read_entries(struct reading *r)
{
	json_read_open(&r->json, '[');
	while (json_read_element(&r->json))
		read_entry(r);
	if (r->json.fault[0] == '\0')
		r->number = 0;
}

static void read_file(struct reading *r)
{
	bool where = false, entries = false;
	char key[32];

	json_read_open(&r->json, '{');
	while (json_read_member(&r->json, key, sizeof(key))) {
		if (strcmp(key, "where") == 0 && !where && !entries) {
			where = true;
			read_where(r, &r->everywhere);
		} else if (strcmp(key, "entries") == 0 && !entries) {
			entries = true;
			read_entries(r);
		} else {
			json_read_fail(&r->json,
				       "\"%s\": a file has \"where\" and then \"entries\"", key);
		}
	}
	if (json_read_end(&r->json) && !entries)
		json_read_fail(&r->json, "no \"entries\"");
}

/* Each entry owns what it was read from, so that lists can be joined. */
static bool own_everywhere(struct known_entry *e, const struct known_where *from)
{
	const char *const texts[] = {from->platform, from->kernel,  from->libc,
				     from->machine,  from->release, from->byte_order};
	const char **copies[] = {&e->everywhere.platform, &e->everywhere.kernel,
				 &e->everywhere.libc,	  &e->everywhere.machine,
				 &e->everywhere.release,  &e->everywhere.byte_order};
	bool good;

	e->everywhere.pointer_bits = from->pointer_bits;
	e->file = strdup(e->file);
	good = e->file != NULL;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		*copies[i] = texts[i] != NULL ? strdup(texts[i]) : NULL;
		good = good && (texts[i] == NULL) == (*copies[i] == NULL);
	}
	return good;
}

bool known_read(struct known *known, const struct known_file *file, char *fault, size_t size)
{
	struct reading r = {.file = file->name};
	struct known_entry *joined;
	bool good;

	json_read_start(&r.json, file->text, (size_t)(file->end - file->text));
	read_file(&r);
	for (size_t i = 0; i < r.known.count; i++) {
		if (!own_everywhere(&r.known.entries[i], &r.everywhere))
			json_read_fail(&r.json, "out of memory");
	}
	free_where(&r.everywhere);
	joined = realloc(known->entries, (known->count + r.known.count + 1) * sizeof(*joined));
	if (joined == NULL)
		json_read_fail(&r.json, "out of memory");
	else
		known->entries = joined;
	good = r.json.fault[0] == '\0';
	if (good) {
		for (size_t i = 0; i < r.known.count; i++)
			joined[known->count + i] = r.known.entries[i];
		known->count += r.known.count;
		free(r.known.entries);
		return true;
	}
	if (r.number > 0)
		snprintf(fault, size, "%s:%u: entry %u: %s", file->name, r.json.line, r.number,
			 r.json.fault);
	else
		snprintf(fault, size, "%s:%u: %s", file->name, r.json.line, r.json.fault);
	known_free(&r.known);
	return false;
}

bool known_read_path(struct known *known, const char *path, char *fault, size_t size)
{
	FILE *in = fopen(path, "re");
	char *text = in != NULL ? malloc(FILE_MAX + 1) : NULL;
	size_t length = text != NULL ? fread(text, 1, FILE_MAX + 1, in) : 0;
	struct known_file file = {path, text, NULL};
	bool good = false;

	if (text == NULL || ferror(in)) {
		snprintf(fault, size, "%s: %s", path, strerror(errno));
	} else if (length > FILE_MAX) {
		snprintf(fault, size, "%s: more than %d bytes", path, FILE_MAX);
	} else {
		file.end = text + length;
		good = known_read(known, &file, fault, size);
	}
	free(text);
	if (in != NULL)
		fclose(in);
	return good;
}

bool known_is_about(const struct known_entry *entry, const char *id)
{
	for (size_t i = 0; i < entry->case_count; i++) {
		if (select_matches(entry->cases[i], id))
			return true;
	}
	return false;
}

static bool fits(const char *glob, const char *text)
{
	return glob == NULL || fnmatch(glob, text, 0) == 0;
}

static bool holds(const struct known_where *w, const struct platform *p)
{
	return fits(w->platform, p->name) && fits(w->kernel, p->kernel) && fits(w->libc, p->libc) &&
	       fits(w->machine, p->uname.machine) && fits(w->byte_order, p->byte_order) &&
	       (w->pointer_bits == 0 || w->pointer_bits == p->pointer_bits) &&
	       (w->release == NULL || version_in_range(p->uname.release, w->release));
}

void known_settle(struct known *known, const struct platform *platform)
{
	for (size_t i = 0; i < known->count; i++) {
		struct known_entry *e = &known->entries[i];

		e->here = holds(&e->everywhere, platform) && holds(&e->where, platform);
	}
}

void known_free(struct known *known)
{
	for (size_t i = 0; i < known->count; i++) {
		free_entry(&known->entries[i]);
		free_where(&known->entries[i].everywhere);
		free((void *)known->entries[i].file);
	}
	free(known->entries);
	*known = (struct known){NULL, 0};
}
