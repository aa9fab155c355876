/* SPDX-License-Identifier: MIT */
/* Values of the options of AF_XDP (Documentation/networking/af_xdp.rst). */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <linux/if_xdp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* struct xdp_umem_reg; it grew, and the kernel takes the older forms. */
bool known_xdp_umem(struct text *t, const void *bytes, size_t length)
{
	struct xdp_umem_reg value;

	memset(&value, 0, sizeof(value));
	if (length < offsetof(struct xdp_umem_reg, headroom))
		return false;
	memcpy(&value, bytes, length < sizeof(value) ? length : sizeof(value));
	text_string(t, "{addr=");
	text_hex(t, value.addr);
	text_string(t, ", len=");
	text_unsigned(t, value.len);
	text_string(t, ", chunk_size=");
	text_unsigned(t, value.chunk_size);
	text_string(t, ", headroom=");
	text_unsigned(t, value.headroom);
	text_string(t, ", flags=");
	show_flags(t, &names_xdp_umem_flags, value.flags);
	text_char(t, '}');
	return true;
}

/* struct xdp_ring_offset, of which XDP_MMAP_OFFSETS gives four. */
static void ring(struct text *t, const char *name, const void *bytes)
{
	struct xdp_ring_offset value;

	memcpy(&value, bytes, sizeof(value));
	text_string(t, name);
	text_string(t, "={producer=");
	text_unsigned(t, value.producer);
	text_string(t, ", consumer=");
	text_unsigned(t, value.consumer);
	text_string(t, ", desc=");
	text_unsigned(t, value.desc);
	text_string(t, ", flags=");
	text_unsigned(t, value.flags);
	text_char(t, '}');
}

bool known_xdp_offsets(struct text *t, const void *bytes, size_t length)
{
	static const char *const names[] = {"rx", ", tx", ", fr", ", cr"};

	if (length < sizeof(struct xdp_mmap_offsets))
		return false;
	text_char(t, '{');
	for (size_t i = 0; i < 4; i++)
		ring(t, names[i], (const char *)bytes + i * sizeof(struct xdp_ring_offset));
	text_char(t, '}');
	return true;
}

bool known_xdp_statistics(struct text *t, const void *bytes, size_t length)
{
	static const char *const names[] = {
		"rx_dropped=",	   ", rx_invalid_descs=",	  ", tx_invalid_descs=",
		", rx_ring_full=", ", rx_fill_ring_empty_descs=", ", tx_ring_empty_descs=",
	};
	uint64_t value;

	if (length < 3 * sizeof(value))
		return false;
	text_char(t, '{');
	for (size_t i = 0; i < 6 && (i + 1) * sizeof(value) <= length; i++) {
		memcpy(&value, (const char *)bytes + i * sizeof(value), sizeof(value));
		text_string(t, names[i]);
		text_unsigned(t, value);
	}
	text_char(t, '}');
	return true;
}
