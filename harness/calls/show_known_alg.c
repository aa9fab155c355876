/* SPDX-License-Identifier: MIT */
/* Control messages of AF_ALG (Documentation/crypto/userspace-if.rst). */
#include "harness/calls/show_known.h"

#include <stdint.h>
#include <string.h>

/* struct af_alg_iv: ivlen and, as many of them as there are, its bytes. */
bool known_alg_iv(struct text *t, const void *bytes, size_t length)
{
	uint32_t size;

	if (length < sizeof(size))
		return false;
	memcpy(&size, bytes, sizeof(size));
	text_string(t, "{ivlen=");
	text_unsigned(t, size);
	text_string(t, ", iv=<");
	text_hex_bytes(t, (const uint8_t *)bytes + sizeof(size), length - sizeof(size));
	text_string(t, ">}");
	return true;
}
