/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_UTF8_H
#define SOCKATLAS_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The length of the well-formed UTF-8 sequence at `p` (RFC 3629 section 4), 0 when
 * there is none in the `left` bytes that are there.
 */
size_t utf8_length(const unsigned char *p, size_t left);

/* Writes the UTF-8 sequence of a code point up to 0x10ffff, with a NUL. */
void utf8_encode(uint32_t code, char bytes[5]);

#endif
