/* SPDX-License-Identifier: MIT */
#ifndef ATLAS_SHA256_H
#define ATLAS_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* The SHA-256 digest (FIPS 180-4) of `length` bytes. */
void sha256(const void *bytes, size_t length, uint8_t digest[32]);

#endif
