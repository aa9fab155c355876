/* SPDX-License-Identifier: MIT */
#include "reports/coverage/catalogue.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/embed.h"
#include "reports/coverage/table.h"

EMBED(catalogue_constants, "fixtures/catalogue/constants.tsv");
EMBED(catalogue_errors, "fixtures/catalogue/errors.tsv");
EMBED(catalogue_functions, "fixtures/catalogue/functions.tsv");
EMBED(catalogue_shown, "fixtures/catalogue/shown.tsv");
EMBED(catalogue_absent, "fixtures/catalogue/absent.tsv");
EMBED(catalogue_unprovoked, "fixtures/catalogue/unprovoked.tsv");
EMBED(catalogue_belongs, "fixtures/catalogue/belongs.tsv");
EMBED(catalogue_targets, "fixtures/catalogue/targets.tsv");

enum {
	FILE_MOST = 16 << 20, /* bytes; a catalogue has some 10,000 */
};

const char *kind_word(enum kind kind)
{
	static const char *const words[CATALOGUE_KINDS] = {"constant", "error", "function"};

	return words[kind];
}

/* The words of `text`, with spaces between them; *count becomes how many there are. */
static const char *const *words_in(struct arena *arena, const char *text, size_t *count)
{
	const char **words;
	size_t room = 1;

	for (const char *p = text; *p != 0; p++)
		room += *p == ' ';
	words = arena_get(arena, room, sizeof(*words));
	*count = 0;
	while (*text != 0) {
		size_t length = strcspn(text, " ");

		if (length > 0)
			words[(*count)++] = arena_string(arena, text, length);
		text += length + (text[length] != 0);
	}
	return words;
}

static bool is_call(const char *word)
{
	size_t length = strlen(word);

	return length > 2 && strcmp(word + length - 2, "()") == 0;
}

/* A shape of the words, which `text` has with spaces between them. */
static void add_shape(struct catalogue *c, size_t name, const char *text)
{
	struct shape shape = {.name = name};

	shape.words = words_in(&c->arena, text, &shape.word_count);
	for (size_t i = 0; i < shape.word_count && shape.word_count > 1; i++)
		shape.per_case |= is_call(shape.words[i]);
	c->shapes = memory_grow(c->shapes, &c->shape_room, c->shape_count + 1, sizeof(*c->shapes));
	c->shapes[c->shape_count++] = shape;
}

/* A name, and the shape in which every record shows it: as itself. */
static bool add_name(struct catalogue *c, struct catalogue_name name, const char *shape,
		     char *reason, size_t size)
{
	if (!strmap_add(&c->index, name.text, c->name_count)) {
		snprintf(reason, size, "%s is there twice", name.text);
		return false;
	}
	name.reason = "";
	c->names = memory_grow(c->names, &c->name_room, c->name_count + 1, sizeof(*c->names));
	c->names[c->name_count] = name;
	add_shape(c, c->name_count++, shape);
	return true;
}

static bool add_constant(void *context, const struct row *row, char *reason, size_t size)
{
	return add_name(context,
			(struct catalogue_name){KIND_CONSTANT, row->fields[0], row->fields[1],
						row->fields[3], "", 0},
			row->fields[0], reason, size);
}

static bool add_error(void *context, const struct row *row, char *reason, size_t size)
{
	struct catalogue *c = context;
	char *text = arena_format(&c->arena, "%s:%s", row->fields[0], row->fields[1]);

	return add_name(
		c, (struct catalogue_name){KIND_ERROR, text, row->fields[0], row->fields[2], "", 0},
		text, reason, size);
}

static bool add_function(void *context, const struct row *row, char *reason, size_t size)
{
	struct catalogue *c = context;

	return add_name(
		c,
		(struct catalogue_name){KIND_FUNCTION, row->fields[0], "", row->fields[1], "", 0},
		arena_format(&c->arena, "%s()", row->fields[0]), reason, size);
}

static bool add_shown(void *context, const struct row *row, char *reason, size_t size)
{
	struct catalogue *c = context;
	size_t name;

	if (!strmap_find(&c->index, row->fields[0], &name)) {
		snprintf(reason, size, "%s is not in the catalogue", row->fields[0]);
		return false;
	}
	if (row->fields[1][strspn(row->fields[1], " ")] == 0) {
		snprintf(reason, size, "shown as nothing");
		return false;
	}
	add_shape(c, name, row->fields[1]);
	return true;
}

/* An excuse for all names that the pattern matches: errors, or the other two kinds. */
static void add_excuse(struct catalogue *c, struct excuse excuse, bool errors)
{
	c->excuses =
		memory_grow(c->excuses, &c->excuse_room, c->excuse_count + 1, sizeof(*c->excuses));
	for (size_t i = 0; i < c->name_count; i++) {
		struct catalogue_name *n = &c->names[i];

		if ((n->kind == KIND_ERROR) != errors || fnmatch(excuse.pattern, n->text, 0) != 0)
			continue;
		excuse.matches++;
		if (n->excuse == 0) {
			n->excuse = c->excuse_count + 1;
			n->reason = excuse.reason;
		}
	}
	c->excuses[c->excuse_count++] = excuse;
}

static bool full(const char *why, const char *source, char *reason, size_t size)
{
	snprintf(reason, size, "an entry needs a reason and a source");
	return why[0] != 0 && source[0] != 0;
}

static bool add_absent(void *context, const struct row *row, char *reason, size_t size)
{
	add_excuse(context,
		   (struct excuse){row->file, row->line, row->fields[0], row->fields[1],
				   row->fields[2], 0},
		   false);
	return full(row->fields[1], row->fields[2], reason, size);
}

static bool add_unprovoked(void *context, const struct row *row, char *reason, size_t size)
{
	struct catalogue *c = context;
	char *pattern = arena_format(&c->arena, "%s:%s", row->fields[0], row->fields[1]);

	add_excuse(
		c,
		(struct excuse){row->file, row->line, pattern, row->fields[2], row->fields[3], 0},
		true);
	return full(row->fields[2], row->fields[3], reason, size);
}

static bool add_owner(void *context, const struct row *row, char *reason, size_t size)
{
	struct catalogue *c = context;
	struct owner owner = {.pattern = row->fields[0]};
	bool known = false;

	for (size_t i = 0; i < c->name_count; i++)
		known |= fnmatch(owner.pattern, c->names[i].text, 0) == 0;
	if (!known) {
		snprintf(reason, size, "%s is not in the catalogue", owner.pattern);
		return false;
	}
	owner.words = words_in(&c->arena, row->fields[1], &owner.word_count);
	if (owner.word_count == 2 && strcmp(owner.words[0], "needs") == 0)
		owner.probe = owner.words[1];
	if (owner.word_count < 2 || (owner.probe == NULL && !is_call(owner.words[0]))) {
		snprintf(reason, size, "neither a call with words nor a probe");
		return false;
	}
	c->owners = memory_grow(c->owners, &c->owner_room, c->owner_count + 1, sizeof(*c->owners));
	c->owners[c->owner_count++] = owner;
	return true;
}

static bool add_target(void *context, const struct row *row, char *reason, size_t size)
{
	struct catalogue *c = context;
	struct target target = {.part = row->fields[1]};
	char *end;

	while (target.kind < CATALOGUE_KINDS && strcmp(kind_word(target.kind), row->fields[0]) != 0)
		target.kind++;
	if (target.kind == CATALOGUE_KINDS) {
		snprintf(reason, size, "%s is no kind of name", row->fields[0]);
		return false;
	}
	errno = 0;
	target.percent = (unsigned int)strtoul(row->fields[2], &end, 10);
	if (errno != 0 || end == row->fields[2] || *end != 0 || target.percent > 100) {
		snprintf(reason, size, "%s is not a number from 0 to 100", row->fields[2]);
		return false;
	}
	c->targets =
		memory_grow(c->targets, &c->target_room, c->target_count + 1, sizeof(*c->targets));
	c->targets[c->target_count++] = target;
	return true;
}

static const struct {
	const char *file, *heading, *embedded;
	bool (*each)(void *context, const struct row *row, char *reason, size_t size);
	bool optional;
} tables[] = {
	{"constants.tsv", "name\tgroup\tvalue\tsources", catalogue_constants, add_constant, false},
	{"errors.tsv", "call\terrno\tsources", catalogue_errors, add_error, false},
	{"functions.tsv", "function\tsources", catalogue_functions, add_function, false},
	{"shown.tsv", "name\tshown\tbecause", catalogue_shown, add_shown, true},
	{"absent.tsv", "name\treason\tsource", catalogue_absent, add_absent, true},
	{"unprovoked.tsv", "call\terrno\treason\tsource", catalogue_unprovoked, add_unprovoked,
	 true},
	{"belongs.tsv", "name\tof\tbecause", catalogue_belongs, add_owner, true},
	{"targets.tsv", "kind\tpart\tpercent", catalogue_targets, add_target, true},
};

/* The text of a file; NULL with errno when there is none. */
static char *text_of(struct arena *arena, const char *path)
{
	FILE *in = fopen(path, "re");
	char *text = NULL, *copy = NULL;
	size_t room = 0, used = 0, got;
	int wrong = 0;

	if (in == NULL)
		return NULL;
	do {
		text = memory_grow(text, &room, used + 4096 + 1, 1);
		got = fread(text + used, 1, 4096, in);
		used += got;
	} while (got > 0 && used <= FILE_MOST);
	if (ferror(in) != 0)
		wrong = errno;
	else if (used > FILE_MOST)
		wrong = EFBIG;
	else if (strlen(text) != used)
		wrong = EILSEQ;
	fclose(in);
	if (wrong == 0)
		copy = arena_string(arena, text, used);
	free(text);
	errno = wrong;
	return copy;
}

bool catalogue_read(struct catalogue *c, const char *folder, char *error, size_t error_size)
{
	*c = (struct catalogue){0};
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		const char *file = tables[i].file, *text = tables[i].embedded;

		if (folder != NULL) {
			file = arena_format(&c->arena, "%s/%s", folder, tables[i].file);
			text = text_of(&c->arena, file);
			if (text == NULL && errno == ENOENT && tables[i].optional)
				continue;
		}
		if (text == NULL) {
			snprintf(error, error_size, "%s: %s", file, strerror(errno));
			return false;
		}
		if (!table_read(&c->arena, file, text, tables[i].heading, tables[i].each, c, error,
				error_size))
			return false;
	}
	return true;
}

void catalogue_free(struct catalogue *c)
{
	free(c->names);
	free(c->shapes);
	free(c->excuses);
	free(c->owners);
	free(c->targets);
	strmap_free(&c->index);
	arena_free(&c->arena);
}
