/* SPDX-License-Identifier: MIT */
/*
 * Whether the kernel would do what a deviation leaves out, tried on another socket of the
 * same kind. What it would refuse has to be refused by the deviating platform too: else
 * a case about an error would notice, and nothing would be shown about the effect.
 */
#ifndef SOCKATLAS_DEVIATE_TWIN_H
#define SOCKATLAS_DEVIATE_TWIN_H

#include <sys/socket.h>

/* A new socket of the family, type and protocol of `fd`; -1 when there can be none. */
int twin_socket(int fd);

#endif
