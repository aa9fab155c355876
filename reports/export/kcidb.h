/* SPDX-License-Identifier: MIT */
/*
 * Reports for KernelCI's database: I/O schema 5.3 of kcidb-io (kcidb_io/schema/v05_03.py).
 * The kernel that ran is a checkout and a build, each result a test; a known difference is a
 * failed test with an issue, and an incident that joins the two.
 */
#ifndef ATLAS_EXPORT_KCIDB_H
#define ATLAS_EXPORT_KCIDB_H

#include <jansson.h>
#include <stdbool.h>

#include "reports/results/model.h"

/* Whether the name of a CI system can be an origin: small letters, digits and "_". */
bool kcidb_origin_is_valid(const char *origin);

/*
 * Adds the objects of a run to a report that kcidb_new() made. Ids depend only on what the run
 * says of itself, so that the same run is the same object whenever it is sent. False when the
 * report has this run already.
 */
bool kcidb_add(json_t *report, const struct run *run, const char *origin);

/* A report without objects; the caller frees it. */
json_t *kcidb_new(void);

#endif
