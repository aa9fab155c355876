/* SPDX-License-Identifier: MIT */
#include "reports/base/strmap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/memory.h"

struct strmap_slot {
	const char *key;
	uint64_t hash;
	size_t value;
};

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t hash_of(const char *key)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (const unsigned char *p = (const unsigned char *)key; *p != 0; p++)
		h = (h ^ *p) * UINT64_C(0x100000001b3);
	return h ^ h >> 32;
}

/* The slot that holds the key, or the free one where it belongs. */
static struct strmap_slot *slot_for(const struct strmap *map, const char *key, uint64_t hash)
{
	size_t i = (size_t)hash & (map->size - 1);

	while (map->slots[i].key != NULL &&
	       (map->slots[i].hash != hash || strcmp(map->slots[i].key, key) != 0))
		i = (i + 1) & (map->size - 1);
	return &map->slots[i];
}

static void enlarge(struct strmap *map)
{
	struct strmap bigger = {.size = map->size == 0 ? 64 : map->size * 2, .used = map->used};

	bigger.slots = memory_get(bigger.size, sizeof(*bigger.slots));
	for (size_t i = 0; i < map->size; i++) {
		if (map->slots[i].key != NULL)
			*slot_for(&bigger, map->slots[i].key, map->slots[i].hash) = map->slots[i];
	}
	free(map->slots);
	*map = bigger;
}

bool strmap_add(struct strmap *map, const char *key, size_t value)
{
	uint64_t hash = hash_of(key);
	struct strmap_slot *slot;

	if (map->used >= map->size / 2)
		enlarge(map);
	slot = slot_for(map, key, hash);
	if (slot->key != NULL)
		return false;
	*slot = (struct strmap_slot){key, hash, value};
	map->used++;
	return true;
}

bool strmap_find(const struct strmap *map, const char *key, size_t *value)
{
	const struct strmap_slot *slot;

	if (map->size == 0)
		return false;
	slot = slot_for(map, key, hash_of(key));
	if (slot->key == NULL)
		return false;
	if (value != NULL)
		*value = slot->value;
	return true;
}

void strmap_free(struct strmap *map)
{
	free(map->slots);
	*map = (struct strmap){0};
}
