/* SPDX-License-Identifier: MIT */
/* Interfaces named and numbered wrongly. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_INTERFACE_H
#define SOCKATLAS_DEVIATE_INTERFACE_H

#include <net/if.h>

#include "harness/deviate/deviate.h"

/* if_nametoindex(): off by one, or 0 with ENODEV; of 0 the error, and ENODEV:success. */
unsigned int deviate_index(struct call *call, unsigned int result);

/*
 * The list of if_nameindex(), changed in place: result:clamped to the first, and of each
 * entry the members.
 */
void deviate_name_index(const struct call *call, struct if_nameindex *list);

#endif
