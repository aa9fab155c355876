/* SPDX-License-Identifier: MIT */
/*
 * What happens inside a sandbox. Process 1 makes the sandbox, starts the case in a
 * process of its own, watches its deadline, collects the packets, and says when the
 * outcome is complete. Process 1 has no default signal actions (pid_namespaces(7)),
 * so a case, which may be about SIGPIPE, is never process 1.
 */
#ifndef SOCKATLAS_WORKER_H
#define SOCKATLAS_WORKER_H

#include <stdbool.h>

#include "harness/run/cases.h"
#include "harness/run/outcome.h"

enum { WORKER_BEGAN = 128 };

struct worker_task {
	struct run_item item;
	struct outcome *outcome;
	int output; /* a file for the case's standard output and error */
	/*
	 * A pipe: `token | WORKER_BEGAN` is written to it when the sandbox is made and the case
	 * begins, `token` when the outcome is complete.
	 */
	int done;
	unsigned char token; /* less than WORKER_BEGAN */
	int timeout_ms;
	int soon_ms; /* SOON_MS, for this case */
	bool capture, record_calls;
	bool survey;	    /* write down what could be deviated */
	bool until_failure; /* the first check that fails ends the case */
};

/* Runs the task in a process that sandbox_clone() made. Does not return. */
void worker_run(const struct worker_task *task) __attribute__((noreturn));

#endif
