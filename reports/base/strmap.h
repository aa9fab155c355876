/* SPDX-License-Identifier: MIT */
/* A map from strings to numbers (indexes into an array). Start with {0}. */
#ifndef ATLAS_STRMAP_H
#define ATLAS_STRMAP_H

#include <stdbool.h>
#include <stddef.h>

struct strmap {
	struct strmap_slot *slots;
	size_t size, used;
};

/* Adds `key`, which must live as long as the map. False when it is there already. */
bool strmap_add(struct strmap *map, const char *key, size_t value);

/* The value of `key` in *value; false when it is not in the map. `value` may be NULL. */
bool strmap_find(const struct strmap *map, const char *key, size_t *value);

void strmap_free(struct strmap *map);

#endif
