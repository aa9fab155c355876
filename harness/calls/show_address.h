/* SPDX-License-Identifier: MIT */
/* The parts of show_address(): what follows the family. Bytes are known to be there. */
#ifndef SOCKATLAS_CALLS_SHOW_ADDRESS_H
#define SOCKATLAS_CALLS_SHOW_ADDRESS_H

#include "harness/calls/text.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes what `length` bytes of an address of `family` say, without the family. False,
 * with nothing written, when the family is not known or the address is too short.
 */
bool show_address_linux(struct text *t, int family, const void *address, size_t length);
bool show_address_legacy(struct text *t, int family, const void *address, size_t length);
bool show_address_rare(struct text *t, int family, const void *address, size_t length);
bool show_address_bluetooth(struct text *t, const void *address, size_t length);

#endif
