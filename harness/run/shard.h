/* SPDX-License-Identifier: MIT */
/* One part of a run that several machines share. */
#ifndef SOCKATLAS_SHARD_H
#define SOCKATLAS_SHARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/run/cases.h"

struct shard {
	unsigned int index, count; /* from 1; count 0: the run is whole */
	size_t of;		   /* how many variants there are in all shards */
	uint64_t digest;	   /* of their ids and of what they were divided by */
};

/* Reads "I/N". False when it is not that. */
bool shard_parse(const char *text, struct shard *shard);

/*
 * Leaves in `items` those of this shard, in their order. Every item is in one of the shards, and
 * for the same items and file in the same one. They are dealt out by a hash of their ids, or with
 * `durations`, an earlier results file, longest first to the shard that has least to do. False
 * with a line on standard error when the file cannot be read or the shard would be empty.
 */
bool shard_take(struct shard *shard, struct run_item *items, size_t *count, const char *durations);

#endif
