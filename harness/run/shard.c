/* SPDX-License-Identifier: MIT */
#include "harness/run/shard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/json_read.h"

enum { MOST_SHARDS = 1024, UNKNOWN_US = 10000 };

struct dealt {
	char id[CASE_ID_SIZE];
	uint64_t hash;
	int64_t us;
	unsigned int shard;
};

bool shard_parse(const char *text, struct shard *shard)
{
	char rest;

	return sscanf(text, "%u/%u%c", &shard->index, &shard->count, &rest) == 2 &&
	       shard->index >= 1 && shard->index <= shard->count && shard->count <= MOST_SHARDS;
}

/* FNV-1a, 64 bits. */
static uint64_t hash(uint64_t sum, const char *text)
{
	for (; *text != '\0'; text++)
		sum = (sum ^ (unsigned char)*text) * 0x100000001b3u;
	return sum;
}

static int by_work(const void *a, const void *b)
{
	const struct dealt *x = *(struct dealt *const *)a, *y = *(struct dealt *const *)b;

	if (x->us != y->us)
		return x->us > y->us ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return strcmp(x->id, y->id);
}

static int by_id(const void *a, const void *b)
{
	return strcmp((*(struct dealt *const *)a)->id, (*(struct dealt *const *)b)->id);
}

static int id_against(const void *key, const void *element)
{
	return strcmp(key, (*(struct dealt *const *)element)->id);
}

/* The id and the time of a line that is a result; false when the line is no JSON object. */
static bool read_line(const char *line, size_t length, char *id, int64_t *us)
{
	struct json_read r;
	char key[64], type[16] = "";
	int64_t value;

	id[0] = '\0';
	*us = 0;
	json_read_start(&r, line, length);
	json_read_open(&r, '{');
	while (json_read_member(&r, key, sizeof(key))) {
		if (strcmp(key, "type") == 0) {
			json_read_string(&r, type, sizeof(type));
		} else if (strcmp(key, "id") == 0) {
			json_read_string(&r, id, CASE_ID_SIZE);
		} else if (strcmp(key, "duration_us") == 0 || strcmp(key, "setup_us") == 0) {
			if (json_read_integer(&r, &value) && value >= 0 && value < INT32_MAX)
				*us += value;
		} else {
			json_read_skip(&r);
		}
	}
	if (strcmp(type, "result") != 0)
		id[0] = '\0';
	return json_read_end(&r);
}

static bool read_durations(const char *path, struct dealt **sorted, size_t count)
{
	FILE *in = fopen(path, "re");
	char *line = NULL, id[CASE_ID_SIZE];
	size_t room = 0, number = 0;
	ssize_t length;
	bool good = in != NULL;
	int64_t us;

	if (!good)
		fprintf(stderr, "sockatlas: %s: %s\n", path, strerror(errno));
	qsort(sorted, count, sizeof(struct dealt *), by_id);
	while (good && (length = getline(&line, &room, in)) > 0) {
		struct dealt **found;

		number++;
		good = read_line(line, (size_t)length, id, &us);
		if (!good)
			fprintf(stderr, "sockatlas: %s:%zu: no line of results\n", path, number);
		found = bsearch(id, sorted, count, sizeof(struct dealt *), id_against);
		if (good && found != NULL)
			(*found)->us = us;
	}
	free(line);
	if (in != NULL)
		fclose(in);
	return good;
}

static void deal(struct dealt **sorted, size_t count, unsigned int shards)
{
	static int64_t load[MOST_SHARDS];

	memset(load, 0, sizeof(load));
	qsort(sorted, count, sizeof(struct dealt *), by_work);
	for (size_t i = 0; i < count; i++) {
		unsigned int least = 0;

		for (unsigned int s = 1; s < shards; s++) {
			if (load[s] < load[least])
				least = s;
		}
		/* Nothing is done in no time: what was skipped is spread, too. */
		load[least] += sorted[i]->us + 1;
		sorted[i]->shard = least + 1;
	}
}

bool shard_take(struct shard *shard, struct run_item *items, size_t *count, const char *durations)
{
	struct dealt *all = calloc(*count + 1, sizeof(*all));
	struct dealt **sorted = calloc(*count + 1, sizeof(struct dealt *));
	size_t kept = 0;
	bool good = all != NULL && sorted != NULL;

	shard->of = *count;
	shard->digest = 0xcbf29ce484222325u;
	for (size_t i = 0; good && i < *count; i++) {
		run_item_id(&items[i], all[i].id, sizeof(all[i].id));
		all[i].hash = hash(0xcbf29ce484222325u, all[i].id);
		all[i].us = UNKNOWN_US;
		sorted[i] = &all[i];
	}
	good = good && (durations == NULL || read_durations(durations, sorted, *count));
	for (size_t i = 0; good && i < *count; i++) {
		char time[32];

		snprintf(time, sizeof(time), " %lld\n", (long long)all[i].us);
		shard->digest = hash(hash(shard->digest, all[i].id), time);
	}
	if (good)
		deal(sorted, *count, shard->count);
	for (size_t i = 0; good && i < *count; i++) {
		if (all[i].shard == shard->index)
			items[kept++] = items[i];
	}
	if (good && kept == 0) {
		fprintf(stderr, "sockatlas: shard %u of %u has no case: there are only %zu\n",
			shard->index, shard->count, *count);
		good = false;
	}
	*count = kept;
	free(sorted);
	free(all);
	return good;
}
