/* SPDX-License-Identifier: MIT */
/* Values of the options of AF_XDP (Documentation/networking/af_xdp.rst). */
#include "harness/calls/show_fields.h"

#include "harness/calls/show.h"

#include <linux/if_xdp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* It grew, and the kernel takes the older forms. */
SHOW_STRUCTURE(known_xdp_umem, FIELD_BITS(xdp_umem_reg, addr), FIELD(xdp_umem_reg, len),
	       FIELD(xdp_umem_reg, chunk_size), FIELD(xdp_umem_reg, headroom),
	       FIELD_FLAG(xdp_umem_reg, flags, names_xdp_umem_flags));

static SHOW_STRUCTURE(ring, FIELD(xdp_ring_offset, producer), FIELD(xdp_ring_offset, consumer),
		      FIELD(xdp_ring_offset, desc), FIELD(xdp_ring_offset, flags));
SHOW_STRUCTURE(known_xdp_offsets, FIELD_AS(xdp_mmap_offsets, rx, ring),
	       FIELD_AS(xdp_mmap_offsets, tx, ring), FIELD_AS(xdp_mmap_offsets, fr, ring),
	       FIELD_AS(xdp_mmap_offsets, cr, ring));
SHOW_STRUCTURE(known_xdp_statistics, FIELD(xdp_statistics, rx_dropped),
	       FIELD(xdp_statistics, rx_invalid_descs), FIELD(xdp_statistics, tx_invalid_descs),
	       FIELD(xdp_statistics, rx_ring_full), FIELD(xdp_statistics, rx_fill_ring_empty_descs),
	       FIELD(xdp_statistics, tx_ring_empty_descs));
