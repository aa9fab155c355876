/* SPDX-License-Identifier: MIT */
/* Puts SCTP packets together for golden_sctp.c and golden_sctp_extensions.c. */
#ifndef SOCKATLAS_SELFTEST_PACKET_GOLDEN_SCTP_H
#define SOCKATLAS_SELFTEST_PACKET_GOLDEN_SCTP_H

#include "harness/selftest/packet/golden.h"

/* Ports 40000 to 30000, a right checksum, no IP header. */
struct blob sctp_bytes(uint32_t tag, struct blob chunks);
/* The same over IPv4. */
struct blob sctp(uint32_t tag, struct blob chunks);
/* A chunk with its right length, filled up to a multiple of 4. */
struct blob chunk(unsigned int type, unsigned int flags, struct blob value);
/* A parameter or an error cause, filled up as well. */
struct blob item(unsigned int type, struct blob value);
/* One with a length that is meant, not filled up. */
struct blob chunk_of_length(unsigned int type, unsigned int length, struct blob value);
struct blob item_of_length(unsigned int type, unsigned int length, struct blob value);

#define TAG 0x11223344

#endif
