/* SPDX-License-Identifier: MIT */
/*
 * A results file that is there whole or not at all: it is written under a
 * temporary name and renamed when it is complete.
 */
#ifndef SOCKATLAS_RESULTS_FILE_H
#define SOCKATLAS_RESULTS_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/results/writer.h"

struct results_file;

/* `path` NULL is standard output. NULL with a line on standard error when it cannot be opened. */
struct results_file *results_file_open(const char *path);

FILE *results_file_stream(struct results_file *file);

/*
 * Adds a result, before it its case and source file when they are new.
 * False with a line on standard error when the file could not be written.
 */
bool results_file_add(struct results_file *file, const struct run_result *result);

/*
 * Adds the footer, unless it is NULL, and gives the file its name; frees `file`. False, with a line
 * on standard error and without a file, when anything could not be written.
 */
bool results_file_close(struct results_file *file, const struct run_footer *footer);

#endif
