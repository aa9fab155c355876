/* SPDX-License-Identifier: MIT */
/*
 * A program that is executed by exec(), to see by its effect what close-on-exec
 * does: a descriptor that survives is held open by the program until it is stopped.
 */
#ifndef SOCKATLAS_SUITES_SOCKET_FAMILIES_EXEC_H
#define SOCKATLAS_SUITES_SOCKET_FAMILIES_EXEC_H

#include <sys/types.h>

struct program {
	pid_t pid;
	int input; /* closing it makes the program end */
};

/*
 * Starts `cat` with all descriptors of the case that are not close-on-exec, and
 * returns when it runs. Ends the case as skipped when it cannot be executed.
 */
struct program program_start(void);

/* Ends the program and waits for it. */
void program_stop(struct program program);

#endif
