/* SPDX-License-Identifier: MIT */
/* Addresses and numbers converted wrongly. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_CONVERT_H
#define SOCKATLAS_DEVIATE_CONVERT_H

#include <netinet/in.h>
#include <stddef.h>

#include "harness/deviate/deviate.h"
#include "harness/deviate/memory.h"

/* Addresses that a call returns: in network byte order, or as a number of the host's. */
enum inaddr_order { INADDR_NETWORK, INADDR_HOST };

/*
 * An IPv4 address, or a part of one, that a call returns: result:off-by-one, result:swapped, and
 * result:INADDR_NONE; of INADDR_NONE, INADDR_NONE:success, which is address 0.
 */
in_addr_t deviate_inaddr(const struct call *call, in_addr_t result, enum inaddr_order order);

/* An address of `family` that was stored: SUBJECT:unfilled, off-by-one, swapped. */
void deviate_inet(const struct call *call, const char *subject, const struct kept *before,
		  int family, void *address);

/*
 * The text of an address, as inet_ntop() stores it in `size` bytes: also the forms of IPv6
 * that RFC 5952 does not recommend, dst:uppercase and dst:uncompressed.
 */
void deviate_inet_text(const struct call *call, const struct kept *before, int family, char *text,
		       size_t size);

/* htons() and its like: result:unconverted. */
uint32_t deviate_order(const struct call *call, uint32_t result, uint32_t value);

#endif
