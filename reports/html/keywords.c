/* SPDX-License-Identifier: MIT */
#include "reports/html/keywords.h"

#include <ctype.h>
#include <string.h>

#include "reports/base/escape.h"

enum { KEYWORDS_MAX = 200 };

struct keywords {
	FILE *out;
	struct strmap seen;
	struct arena arena;
};

static void add(struct keywords *k, const char *word, size_t length, const char *suffix)
{
	const char *copy;

	if (k->seen.used >= KEYWORDS_MAX || length == 0 || length > 40)
		return;
	copy = arena_format(&k->arena, "%.*s%s", (int)length, word, suffix);
	if (!strmap_add(&k->seen, copy, 0))
		return;
	if (k->seen.used > 1)
		putc(' ', k->out);
	escape_html(k->out, copy);
}

/* Constants look like SOL_SOCKET: capitals, digits and "_", at least three, not inside quotes. */
static void add_constants(struct keywords *k, const char *text)
{
	bool quoted = false;
	const char *p = text;

	while (*p != 0) {
		size_t length = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

		if (*p == '\\' && p[1] != 0) {
			p += 2;
			continue;
		}
		if (*p == '"')
			quoted = !quoted;
		if (length >= 3 && !quoted && isupper((unsigned char)*p) &&
		    !isalpha((unsigned char)p[length]))
			add(k, p, length, "");
		/* The rest of a word that began in small letters is no constant. */
		p += length;
		if (length == 0 && isalpha((unsigned char)*p)) {
			while (isalnum((unsigned char)*p) || *p == '_')
				p++;
		} else if (length == 0) {
			p++;
		}
	}
}

static void add_result(struct keywords *k, const struct result *r)
{
	for (size_t i = 0; i < r->call_count && k->seen.used < KEYWORDS_MAX; i++) {
		const struct call *call = &r->calls[i];

		add(k, call->name, strlen(call->name), "()");
		add(k, call->error, strlen(call->error), "");
		for (size_t n = 0; n < call->argument_count; n++)
			add_constants(k, call->arguments[n].value);
	}
}

void keywords_put(FILE *out, const struct merged_case *c, size_t run_count)
{
	struct keywords k = {.out = out};

	for (size_t v = 0; v < c->count; v++) {
		for (size_t i = 0; i < run_count; i++) {
			if (c->variants[v].results[i] != NULL)
				add_result(&k, c->variants[v].results[i]);
		}
	}
	strmap_free(&k.seen);
	arena_free(&k.arena);
}
