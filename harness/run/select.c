/* SPDX-License-Identifier: MIT */
#include "harness/run/select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "harness/run/source.h"

static bool any_tag(const struct selection *s, const struct test_case *test)
{
	for (size_t i = 0; i < s->tag_count; i++) {
		if (word_in(test->tags, s->tags[i]))
			return true;
	}
	return s->tag_count == 0;
}

static bool any_level(const struct selection *s, const struct test_case *test)
{
	for (size_t i = 0; i < s->level_count; i++) {
		if (strcasecmp(case_level_name(test->level), s->levels[i]) == 0)
			return true;
	}
	return s->level_count == 0;
}

static bool any_constant(const struct selection *s, const struct test_case *test)
{
	for (size_t i = 0; i < s->constant_count; i++) {
		if (source_mentions(test, s->constants[i]))
			return true;
	}
	return s->constant_count == 0;
}

static bool case_wanted(const struct selection *s, const struct test_case *test)
{
	return any_tag(s, test) && any_level(s, test) && any_constant(s, test);
}

/* Marks the patterns that matched, so that one that never does can be named. */
static bool item_wanted(const struct selection *s, const struct run_item *item,
			bool matched[SELECT_MAX])
{
	bool wanted = s->pattern_count == 0;
	char id[CASE_ID_SIZE];

	run_item_id(item, id, sizeof(id));
	for (size_t i = 0; i < s->pattern_count; i++) {
		if (select_matches(s->patterns[i], id))
			matched[i] = wanted = true;
	}
	for (size_t i = 0; i < s->excluded_count; i++) {
		if (select_matches(s->excluded[i], id))
			wanted = false;
	}
	return wanted;
}

static bool levels_known(const struct selection *s)
{
	for (size_t i = 0; i < s->level_count; i++) {
		bool known = false;

		for (int level = POSIX; level <= OBSERVED; level++)
			known = known || strcasecmp(case_level_name((enum case_level)level),
						    s->levels[i]) == 0;
		if (!known) {
			fprintf(stderr, "sockatlas: no level is named \"%s\"\n", s->levels[i]);
			return false;
		}
	}
	return true;
}

struct run_item *select_items(const struct selection *selection, size_t *count)
{
	bool matched[SELECT_MAX] = {false};
	struct run_item *items;
	size_t cases, total = 0;
	const struct test_case *const *all = cases_all(&cases);

	*count = 0;
	if (all == NULL || !levels_known(selection))
		return NULL;
	for (size_t i = 0; i < cases; i++)
		total += all[i]->row_count > 0 ? all[i]->row_count : 1;
	items = calloc(total + 1, sizeof(items[0]));
	if (items == NULL)
		return NULL;
	for (size_t i = 0; i < cases; i++) {
		bool wanted = case_wanted(selection, all[i]);
		size_t row = 0;

		do {
			struct run_item item = {.test = all[i],
						.variant = case_variant(all[i], row)};

			if (item_wanted(selection, &item, matched) && wanted)
				items[(*count)++] = item;
		} while (++row < all[i]->row_count);
	}
	for (size_t i = 0; i < selection->pattern_count; i++) {
		if (!matched[i]) {
			fprintf(stderr,
				"sockatlas: no case matches \"%s\" (sockatlas list shows all)\n",
				selection->patterns[i]);
			free(items);
			return NULL;
		}
	}
	if (*count == 0) {
		fprintf(stderr, "sockatlas: no case is selected\n");
		free(items);
		return NULL;
	}
	return items;
}
