/* SPDX-License-Identifier: MIT */
/*
 * Why some deviations may go unnoticed: a file of lines "DEVIATION<tab>REASON" and, for calls
 * that not every platform has, "<tab>NEED", the probe that finds them. The deviation may be a glob;
 * empty lines and those that begin with "#" are comments.
 */
#ifndef ATLAS_DEVIATIONS_EXPLAINED_H
#define ATLAS_DEVIATIONS_EXPLAINED_H

#include "reports/deviations/findings.h"

struct reason {
	const char *glob, *text;
	const char *need; /* a probe's name, or NULL */
	size_t line;
	size_t matched, survived; /* of the findings that happened */
	size_t unstable;	  /* of those that did not */
	bool stale;		  /* nothing is left to explain */
};

struct explained {
	struct reason *items;
	size_t count, room;
	size_t stale;
	struct arena arena;
};

/*
 * Reads the file `path`. False with one line in `error`: "FILE:LINE: reason". Free with
 * explained_free() in either case.
 */
bool explained_read(struct explained *e, const char *path, char *error, size_t error_size);

/*
 * Gives each survivor its reason (the first that fits), and finds the stale ones: all of its
 * deviations are noticed, or there is none although what it needs is there. Where the files cover
 * only a selection, what is missing may be in the rest, and only the exact name of a noticed one is
 * stale.
 */
void explained_apply(struct explained *e, struct findings *f);

void explained_free(struct explained *e);

#endif
