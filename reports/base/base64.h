/* SPDX-License-Identifier: MIT */
#ifndef ATLAS_BASE64_H
#define ATLAS_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most bytes that `length` characters of base64 can stand for. */
size_t base64_room(size_t length);

/*
 * Decodes base64 with padding (RFC 4648 4) into `bytes`, which has base64_room(length)
 * bytes, and says in *count how many there are. False when the text is not base64.
 */
bool base64_decode(const char *text, size_t length, uint8_t *bytes, size_t *count);

/* The base64 of `length` bytes and a NUL, as `(length + 2) / 3 * 4 + 1` characters in `text`. */
void base64_encode(const uint8_t *bytes, size_t length, char *text);

#endif
