/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_XDP (Documentation/networking/af_xdp.rst) and the values they take.
 */
#include "harness/names/table.h"

#include <linux/if_xdp.h>
#include <linux/if_link.h>

static const struct name options_xdp_list[] = {
#ifdef XDP_MMAP_OFFSETS
	NAME(XDP_MMAP_OFFSETS),
#endif
#ifdef XDP_RX_RING
	NAME(XDP_RX_RING),
#endif
#ifdef XDP_TX_RING
	NAME(XDP_TX_RING),
#endif
#ifdef XDP_UMEM_REG
	NAME(XDP_UMEM_REG),
#endif
#ifdef XDP_UMEM_FILL_RING
	NAME(XDP_UMEM_FILL_RING),
#endif
#ifdef XDP_UMEM_COMPLETION_RING
	NAME(XDP_UMEM_COMPLETION_RING),
#endif
#ifdef XDP_STATISTICS
	NAME(XDP_STATISTICS),
#endif
#ifdef XDP_OPTIONS
	NAME(XDP_OPTIONS),
#endif
};
NAME_TABLE(names_options_xdp, "option-xdp", options_xdp_list);

static const struct name xdp_bind_flags_list[] = {
#ifdef XDP_SHARED_UMEM
	NAME(XDP_SHARED_UMEM),
#endif
#ifdef XDP_COPY
	NAME(XDP_COPY),
#endif
#ifdef XDP_ZEROCOPY
	NAME(XDP_ZEROCOPY),
#endif
#ifdef XDP_USE_NEED_WAKEUP
	NAME(XDP_USE_NEED_WAKEUP),
#endif
};
NAME_TABLE(names_xdp_bind_flags, "option-xdp", xdp_bind_flags_list);

static const struct name xdp_attach_flags_list[] = {
#ifdef XDP_FLAGS_UPDATE_IF_NOEXIST
	NAME(XDP_FLAGS_UPDATE_IF_NOEXIST),
#endif
#ifdef XDP_FLAGS_SKB_MODE
	NAME(XDP_FLAGS_SKB_MODE),
#endif
#ifdef XDP_FLAGS_DRV_MODE
	NAME(XDP_FLAGS_DRV_MODE),
#endif
#ifdef XDP_FLAGS_HW_MODE
	NAME(XDP_FLAGS_HW_MODE),
#endif
#ifdef XDP_FLAGS_REPLACE
	NAME(XDP_FLAGS_REPLACE),
#endif
#ifdef XDP_FLAGS_MODES
	NAME(XDP_FLAGS_MODES),
#endif
#ifdef XDP_FLAGS_MASK
	NAME(XDP_FLAGS_MASK),
#endif
};
NAME_TABLE(names_xdp_attach_flags, "option-xdp", xdp_attach_flags_list);

static const struct name xdp_attached_list[] = {
	NAME(XDP_ATTACHED_NONE), NAME(XDP_ATTACHED_DRV),   NAME(XDP_ATTACHED_SKB),
	NAME(XDP_ATTACHED_HW),	 NAME(XDP_ATTACHED_MULTI),
};
NAME_TABLE(names_xdp_attached, "option-xdp", xdp_attached_list);

static const struct name xdp_offsets_list[] = {
#ifdef XDP_PGOFF_RX_RING
	NAME(XDP_PGOFF_RX_RING),
#endif
#ifdef XDP_PGOFF_TX_RING
	NAME(XDP_PGOFF_TX_RING),
#endif
#ifdef XDP_UMEM_PGOFF_COMPLETION_RING
	NAME(XDP_UMEM_PGOFF_COMPLETION_RING),
#endif
#ifdef XDP_UMEM_PGOFF_FILL_RING
	NAME(XDP_UMEM_PGOFF_FILL_RING),
#endif
};
NAME_TABLE(names_xdp_offsets, "option-xdp", xdp_offsets_list);

static const struct name xdp_umem_flags_list[] = {
#ifdef XDP_UMEM_UNALIGNED_CHUNK_FLAG
	NAME(XDP_UMEM_UNALIGNED_CHUNK_FLAG),
#endif
#ifdef XDP_UMEM_TX_SW_CSUM
	NAME(XDP_UMEM_TX_SW_CSUM),
#endif
#ifdef XDP_UMEM_TX_METADATA_LEN
	NAME(XDP_UMEM_TX_METADATA_LEN),
#endif
};
NAME_TABLE(names_xdp_umem_flags, "option-xdp", xdp_umem_flags_list);

static const struct name xdp_options_list[] = {
	NAME(XDP_OPTIONS_ZEROCOPY),
};
NAME_TABLE(names_xdp_options, "option-xdp", xdp_options_list);

static const struct name xdp_ring_flags_list[] = {
#ifdef XDP_RING_NEED_WAKEUP
	NAME(XDP_RING_NEED_WAKEUP),
#endif
};
NAME_TABLE(names_xdp_ring_flags, "option-xdp", xdp_ring_flags_list);
