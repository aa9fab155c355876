/* SPDX-License-Identifier: MIT */
/*
 * What this platform can do, found by doing it: never by asking for a version, a
 * module list or a configuration file.
 */
#ifndef SOCKATLAS_PROBE_H
#define SOCKATLAS_PROBE_H

#include <stdbool.h>
#include <stddef.h>

struct probe {
	const char *name; /* as in .needs */
	const char *what; /* what is tried, as a statement that may be true */
	/* Tries it in a sandbox with topology lo. Returns true, or false with the reason. */
	bool (*attempt)(char *reason, size_t size);
};

/* What a probe found; kept for the run. */
struct probe_result {
	const struct probe *probe;
	bool tried, ok;
	char reason[160];
};

/* The probe of that name, or NULL. */
const struct probe *probe_find(const char *name);

/* The i-th probe, or NULL past the last. */
const struct probe *probe_at(size_t index);

/*
 * The result of a probe, tried in a sandbox when it is asked for the first time.
 * Only in the runner, after sandbox_prepare(). Never NULL for a known name.
 */
const struct probe_result *probe_result(const char *name);

#endif
