/* SPDX-License-Identifier: MIT */
/*
 * The commands of atlas. Each takes its own arguments (argv[0] is the command's name)
 * and returns the exit status; what is wrong goes to standard error in one line.
 */
#ifndef ATLAS_COMMANDS_H
#define ATLAS_COMMANDS_H

#include <stdio.h>

#include "reports/results/merge.h"

/* How many results files a command takes side by side. */
enum { RUNS_MOST = 32 };

int atlas_report(int argc, char **argv);
int atlas_compare(int argc, char **argv);
int atlas_summary(int argc, char **argv);
int atlas_coverage(int argc, char **argv);
int atlas_deviations(int argc, char **argv);
int atlas_decode(int argc, char **argv);
int atlas_sniff(int argc, char **argv);
int atlas_merge_command(int argc, char **argv);
int atlas_export(int argc, char **argv);

/* "atlas: " and the message, as one line on standard error. Returns 2. */
int atlas_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The value of the option `name` at argv[*i], given as "--name value" or "--name=value", "" when
 * it is missing; *i is then at the last word taken. NULL when another word stands there.
 */
const char *atlas_value(const char *name, int argc, char **argv, int *i);

/* The results file `path`, read; NULL after saying why not. The caller frees it. */
struct run *atlas_read(const char *path);

/* The same for a deviations file. */
struct run *atlas_read_deviations(const char *path);

/*
 * The machine-readable reports. `out` gets the whole document; the caller checks it
 * for errors. junit_write() writes what Jenkins, GitLab and others read of JUnit's
 * XML; ktap_write() KTAP version 1 (Documentation/dev-tools/ktap.rst of Linux).
 */
void junit_write(FILE *out, const struct atlas *atlas);
void ktap_write(FILE *out, const struct atlas *atlas);

/* A run for a terminal, the number of each verdict in one line, or a line a result. */
enum summary_format { SUMMARY_TEXT, SUMMARY_COUNTS, SUMMARY_TSV };

void summary_write(FILE *out, const struct run *run, enum summary_format format);

enum compare_format { COMPARE_TEXT, COMPARE_TSV };

/* Writes what differs between two runs or more; returns how many differences there are. */
size_t compare_write(FILE *out, struct run **runs, size_t count, enum compare_format format);

#endif
