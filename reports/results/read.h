/* SPDX-License-Identifier: MIT */
/*
 * Reads results files (format "sockatlas-results", version 1; its schema is
 * reports/schema/results.schema.json). One JSON object a line, read line by line.
 * The reader survives any input: what it does not accept, it names.
 */
#ifndef ATLAS_RESULTS_READ_H
#define ATLAS_RESULTS_READ_H

#include <stdio.h>

#include "reports/results/model.h"

/*
 * Reads the file `path` ("-" is standard input). Returns the run, which the caller
 * frees with run_free(), or NULL with one line in `error`: "FILE:LINE: reason" (no
 * line when the file cannot be opened). A last line that was cut is left out, with a
 * warning to `warnings` (may be NULL), and so is the end of a run that did not end.
 */
struct run *results_read(const char *path, FILE *warnings, char *error, size_t error_size);

/* The same from a stream, which stays open; `name` stands for it in messages. */
struct run *results_read_stream(FILE *in, const char *name, FILE *warnings, char *error,
				size_t error_size);

/*
 * The same for deviations files (format "sockatlas-deviations", version 1; the schema is
 * reports/schema/deviations.schema.json): the run has deviations and no results.
 */
struct run *deviations_read(const char *path, FILE *warnings, char *error, size_t error_size);
struct run *deviations_read_stream(FILE *in, const char *name, FILE *warnings, char *error,
				   size_t error_size);

#endif
