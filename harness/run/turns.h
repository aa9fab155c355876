/* SPDX-License-Identifier: MIT */
/*
 * What the kernel has once a machine and not once a network (ports of vsock, Bluetooth
 * controllers, ...) is had by one case at a time, also beside other runs on the machine.
 */
#ifndef SOCKATLAS_TURNS_H
#define SOCKATLAS_TURNS_H

#include <stdbool.h>

/*
 * Takes the turn of that name; the string has to outlive it. Returns false while another
 * case, of this run or of another in the same network, has it. NULL is always free.
 */
bool turn_take(const char *name);

/* Gives it back. A turn that this process holds ends with the process at the latest. */
void turn_leave(const char *name);

#endif
