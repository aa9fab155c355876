/* SPDX-License-Identifier: MIT */
/* What differs between platforms before any case runs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/compare/write.h"

/* Where a fact stands in a header. */
struct member {
	const char *what;
	size_t offset;
	bool number;
};

#define TEXT(what, path)                                                                           \
	{                                                                                          \
		what, offsetof(struct header, path), false                                         \
	}
#define NUMBER(what, path)                                                                         \
	{                                                                                          \
		what, offsetof(struct header, path), true                                          \
	}

static const struct member members[] = {
	TEXT("name", platform.name),
	TEXT("system", platform.sysname),
	TEXT("kernel", platform.kernel_release),
	TEXT("kernel version", platform.kernel_version),
	TEXT("machine", platform.machine),
	TEXT("C library", platform.libc),
	NUMBER("page size", platform.page_size),
	TEXT("byte order", platform.byte_order),
	NUMBER("pointer bits", platform.pointer_bits),
	NUMBER("processors", platform.cpus),
	TEXT("user", platform.user),
	NUMBER("user id", platform.uid),
	TEXT("namespaces", platform.namespaces),
	TEXT("sockatlas", version),
	TEXT("revision", revision),
	TEXT("build", build),
	TEXT("sanitizers", sanitizers),
	TEXT("deviation", deviation),
};

static const char *text_of(struct arena *arena, const struct header *h, const struct member *m)
{
	const char *at = (const char *)h + m->offset;
	const char *text;
	int64_t number;

	if (m->number) {
		memcpy(&number, at, sizeof(number));
		return arena_format(arena, "%" PRId64, number);
	}
	memcpy(&text, at, sizeof(text));
	return text;
}

static bool are_alike(const char *const *texts, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (strcmp(texts[0], texts[i]) != 0)
			return false;
	}
	return true;
}

static const struct probe *find_probe(const struct header *h, const char *name)
{
	for (size_t i = 0; i < h->probe_count; i++) {
		if (strcmp(h->probes[i].name, name) == 0)
			return &h->probes[i];
	}
	return NULL;
}

/* What a platform says to a need: "yes", or "no" and why. */
static const char *answer(struct arena *arena, const struct probe *p)
{
	if (p == NULL)
		return "not tried";
	if (p->ok)
		return "yes";
	return p->reason[0] == 0 ? "no" : arena_format(arena, "no: %s", p->reason);
}

/* One need; that two platforms lack it for different reasons is no difference. */
static void compare_probe(struct comparison *c, const char *name)
{
	struct arena arena = {0};
	size_t count = c->atlas.run_count, yes = 0, no = 0;
	const char **texts = memory_get(count, sizeof(*texts));

	for (size_t i = 0; i < count; i++) {
		const struct probe *p = find_probe(&c->atlas.runs[i]->header, name);

		texts[i] = answer(&arena, p);
		yes += p != NULL && p->ok;
		no += p != NULL && !p->ok;
	}
	if (yes != count && no != count)
		comparison_put(c, "platform", arena_format(&arena, "need %s", name), texts);
	free(texts);
	arena_free(&arena);
}

void compare_platforms(struct comparison *c)
{
	size_t count = c->atlas.run_count;
	const char **texts = memory_get(count, sizeof(*texts));
	struct strmap seen = {0};
	struct arena arena = {0};

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		for (size_t k = 0; k < count; k++)
			texts[k] = text_of(&arena, &c->atlas.runs[k]->header, &members[i]);
		if (!are_alike(texts, count))
			comparison_put(c, "platform", members[i].what, texts);
	}
	for (size_t i = 0; i < count; i++) {
		const struct header *h = &c->atlas.runs[i]->header;

		for (size_t k = 0; k < h->probe_count; k++) {
			if (strmap_add(&seen, h->probes[k].name, 0))
				compare_probe(c, h->probes[k].name);
		}
	}
	strmap_free(&seen);
	arena_free(&arena);
	free(texts);
}
