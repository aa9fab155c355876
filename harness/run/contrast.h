/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_CONTRAST_H
#define SOCKATLAS_CONTRAST_H

#include "harness/run/schedule.h"

/*
 * The lesson as it would be on a platform that misbehaves: runs the first of the
 * schedule's items in which the deviation acts, once as it is and once deviating, and prints
 * its source with the calls below each line; where the two differ, both. The schedule's
 * items must carry the deviation. Returns 0, or 2 with a line on standard error when no
 * item has such a call.
 */
int contrast_print(const struct schedule *schedule);

#endif
