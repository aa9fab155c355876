/* SPDX-License-Identifier: MIT */
/*
 * sockatlas enter: a command inside a sandbox with a topology, for trying things by hand. Nothing
 * of it is seen outside or outlives the runner.
 */
#ifndef SOCKATLAS_ENTER_H
#define SOCKATLAS_ENTER_H

/*
 * The command; argv[0] is "enter". Returns the exit status: that of the command it ran (128 and
 * the signal's number when a signal ended it), or 2 with a line on standard error.
 */
int enter_main(int argc, char **argv);

#endif
