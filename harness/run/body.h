/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_BODY_H
#define SOCKATLAS_BODY_H

#include "harness/run/worker.h"

/*
 * Runs the case's own code as a CUnit test in the calling process, then writes a
 * byte to `finished` and ends the process.
 */
void body_run(const struct worker_task *task, int finished) __attribute__((noreturn));

#endif
