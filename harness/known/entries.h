/* SPDX-License-Identifier: MIT */
/*
 * Known differences: what is expected to go wrong, where, and why. They are read from JSON
 * files, whose format fixtures/platforms/README.md tells; those of that folder are inside
 * the program.
 */
#ifndef SOCKATLAS_KNOWN_ENTRIES_H
#define SOCKATLAS_KNOWN_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/known/platform.h"

enum { KNOWN_MAX_ERRNOS = 8 };

/* Where an entry holds: all that is given has to be so. NULL and 0 are not given. */
struct known_where {
	const char *platform, *kernel, *libc, *machine; /* globs */
	const char *release;				/* a range of versions */
	const char *byte_order;
	int pointer_bits;
};

struct known_entry {
	const char *file;
	unsigned int number, line; /* of the file's entries, from 1; of the file */
	char **cases;		   /* ids, beginnings of one, or globs */
	size_t case_count;
	struct known_where everywhere, where; /* the file's, and its own */
	unsigned int verdicts;		      /* 1 << VERDICT_FAIL | ... */
	const char *errnos[KNOWN_MAX_ERRNOS]; /* by name */
	size_t errno_count;
	const char *why, *source;
	bool here; /* it holds on this platform */
};

struct known {
	struct known_entry *entries;
	size_t count;
};

/* A file inside the program. */
struct known_file {
	const char *name, *text, *end;
};

/* Those of fixtures/platforms, made by the Makefile; the last has no name. */
extern const struct known_file known_files[];

/*
 * Adds the entries of a file's text. False with "NAME:LINE: entry N: what is wrong" in
 * `fault` when it is not as it should be; `known` is then unchanged. What is added lives
 * until known_free().
 */
bool known_read(struct known *known, const struct known_file *file, char *fault, size_t size);

/* Adds the entries of the file at `path`. False with a sentence in `fault`. */
bool known_read_path(struct known *known, const char *path, char *fault, size_t size);

/* Whether the entry is about the case of that id. */
bool known_is_about(const struct known_entry *entry, const char *id);

/* Sets `here` of each entry. */
void known_settle(struct known *known, const struct platform *platform);

void known_free(struct known *known);

#endif
