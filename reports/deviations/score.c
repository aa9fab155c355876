/* SPDX-License-Identifier: MIT */
#include "reports/deviations/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int most_survivors(const void *a, const void *b)
{
	const struct score *x = a, *y = b;
	size_t left = x->happened - x->noticed, right = y->happened - y->noticed;

	if (left != right)
		return left > right ? -1 : 1;
	return strcmp(x->name, y->name);
}

struct scores scores_by(const struct findings *f, score_name *name)
{
	struct scores s = {memory_get(f->count, sizeof(struct score)), 0};
	struct strmap map = {0};

	for (size_t i = 0; i < f->count; i++) {
		const struct finding *d = &f->items[i];
		size_t at;

		if (d->fate == FATE_UNSTABLE)
			continue;
		if (!strmap_find(&map, name(d), &at)) {
			at = s.count++;
			s.items[at].name = name(d);
			strmap_add(&map, name(d), at);
		}
		s.items[at].happened++;
		s.items[at].noticed += d->fate != FATE_SURVIVED;
	}
	strmap_free(&map);
	if (s.count > 1)
		qsort(s.items, s.count, sizeof(*s.items), most_survivors);
	return s;
}

const char *score_kind(const struct finding *f)
{
	return deviation_kind_word(f->kind);
}

const char *score_call(const struct finding *f)
{
	return f->call;
}

void score_percent(char text[16], double share)
{
	/* A hair more, for shares that are not exact in binary. */
	unsigned int tenths = (unsigned int)(share * 10 + 1e-6);

	snprintf(text, 16, "%u.%u", tenths / 10, tenths % 10);
}
