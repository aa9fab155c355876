/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_BODY_H
#define SOCKATLAS_BODY_H

#include "harness/run/worker.h"

/*
 * In the runner, before the first case: makes the surroundings that a process
 * inherits (environment, limits, file mode mask) the same for every case, and
 * starts CUnit. Returns 0, or -1 when there is no memory.
 */
int body_prepare(void);

/*
 * Runs the case's own code as a CUnit test in the calling process, then writes a
 * byte to `finished` and ends the process.
 */
void body_run(const struct worker_task *task, int finished) __attribute__((noreturn));

#endif
