/* SPDX-License-Identifier: MIT */
/*
 * Files that appear complete or not at all. Each is written under a temporary name
 * in its folder; only when all of them have reached the disk are they renamed.
 * A program that exits or is interrupted before that leaves none behind.
 */
#ifndef ATLAS_OUTPUT_H
#define ATLAS_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

enum { OUTPUT_FILES = 64 };

struct output {
	char *folder;
	char error[512]; /* one line: what went wrong; "" while nothing did */
	int count;
	struct output_file {
		char *final, *temporary;
		FILE *stream;
	} files[OUTPUT_FILES];
};

/* Starts writing into `folder`, which is made (with its parents) when missing. */
bool output_begin(struct output *out, const char *folder);

/* A stream for the file `name` of the folder; NULL when it cannot be made. */
FILE *output_file(struct output *out, const char *name);

/*
 * Checks, syncs and closes every file, then gives all of them their names. False, with
 * out->error set and nothing changed in the folder, when one could not be written.
 * Frees everything but the error.
 */
bool output_commit(struct output *out);

/* Removes what was written so far. */
void output_abandon(struct output *out);

#endif
