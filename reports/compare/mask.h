/* SPDX-License-Identifier: MIT */
/*
 * Values that differ between two runs of the same behaviour: a port that the kernel
 * chose, a process's number, an address in memory, how long something took. They are
 * replaced by a word before two runs are compared.
 */
#ifndef ATLAS_COMPARE_MASK_H
#define ATLAS_COMPARE_MASK_H

#include <stdbool.h>

/*
 * A copy of `text`, which the caller frees, in which these are replaced:
 *   PORT     a number from 1024 to 65535 behind the ":" of an address, behind "port" or "htons("
 *   PID      a number behind "pid", "tid" or "pgid"
 *   ADDRESS  a hexadecimal number of nine digits or more
 *   TIME     with `times`: a number with the unit ns, us, ms, s or sec
 */
char *mask(const char *text, bool times);

#endif
