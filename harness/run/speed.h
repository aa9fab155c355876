/* SPDX-License-Identifier: MIT */
/* How fast a platform is, for deadlines that suit it. */
#ifndef SOCKATLAS_SPEED_H
#define SOCKATLAS_SPEED_H

#include "harness/sandbox/make.h"

/*
 * How many times as long a fixed piece of work takes here as on the machine that the cases'
 * deadlines were chosen on: what every case does, a sandbox of topology lo and some system
 * calls in it. At least 1, at most 100; half a second is the most that it takes on a platform
 * that is not slower still. To be called after sandbox_prepare().
 */
double speed_factor(enum sandbox_mode mode);

#endif
