/* SPDX-License-Identifier: MIT */
/* The four rings of a socket of AF_XDP. */
#include <sys/mman.h>
#include <sys/socket.h>

#include "suites/xdp/xdp_help.h"

#include "harness/case.h"

struct ring_row {
	struct variant variant;
	int option;
	uint64_t offset; /* to map it at */
	size_t entry;
};

static const struct ring_row rings[] = {
	{{"rx", NULL}, XDP_RX_RING, XDP_PGOFF_RX_RING, sizeof(struct xdp_desc)},
	{{"tx", NULL}, XDP_TX_RING, XDP_PGOFF_TX_RING, sizeof(struct xdp_desc)},
	{{"fill", NULL}, XDP_UMEM_FILL_RING, XDP_UMEM_PGOFF_FILL_RING, sizeof(uint64_t)},
	{{"completion", NULL},
	 XDP_UMEM_COMPLETION_RING,
	 XDP_UMEM_PGOFF_COMPLETION_RING,
	 sizeof(uint64_t)},
};

/*
 * Powers of two.
 *
 * Each ring has a writer and a reader, with a counter each that runs on for ever; the place
 * is the counter's low bits, and so the number of entries has to be a power of two. A ring
 * is made once.
 */
CASE(number_of_entries,
     .claim =
	     "the number of a ring's entries has to be a power of two and is set once; else EINVAL",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst Rings; net/xdp/xsk.c",
     .needs = "xdp", .tags = "xdp option errno", .VARIANTS(rings))
{
	const struct ring_row *row = VARIANT(struct ring_row);
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0));

	EXPECT_ERR(set_int(fd, SOL_XDP, row->option, 0), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_XDP, row->option, 12), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_XDP, row->option, &(char){16}, 1), EINVAL);
	EXPECT_OK(set_int(fd, SOL_XDP, row->option, 16));
	EXPECT_ERR(set_int(fd, SOL_XDP, row->option, 16), EINVAL);
}

/*
 * Where is what?
 *
 * The kernel decides how counters and entries lie in a ring's memory; `XDP_MMAP_OFFSETS`
 * tells. A ring is mapped at an offset that says which it is, and only after it was made.
 */
CASE(mapping,
     .claim = "mmap() at the offset of a ring fails with EINVAL before the ring was made; counters "
	      "start at 0",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst XDP_MMAP_OFFSETS", .needs = "xdp",
     .tags = "xdp errno", .VARIANTS(rings))
{
	const struct ring_row *row = VARIANT(struct ring_row);
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0));
	struct xdp_mmap_offsets offsets;
	const struct xdp_ring_offset *where = row->option == XDP_RX_RING	  ? &offsets.rx
					      : row->option == XDP_TX_RING	  ? &offsets.tx
					      : row->option == XDP_UMEM_FILL_RING ? &offsets.fr
										  : &offsets.cr;
	socklen_t length = sizeof(offsets);
	const uint8_t *memory;
	size_t size;

	EXPECT_OK(getsockopt(fd, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &length));
	EXPECT_EQ(length, sizeof(offsets));
	size = where->desc + 16 * row->entry;
	EXPECT_TRUE(where->producer != where->consumer && where->consumer != where->flags);
	EXPECT_TRUE(where->desc > where->producer && where->desc > where->consumer);
	EXPECT_ERR((long)mmap(NULL, size, PROT_READ, MAP_SHARED, fd, (off_t)row->offset), EINVAL);
	SETUP(set_int(fd, SOL_XDP, row->option, 16));
	memory = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, (off_t)row->offset);
	REQUIRE_TRUE(memory != MAP_FAILED);
	EXPECT_EQ(*(const uint32_t *)(const void *)(memory + where->producer), 0);
	EXPECT_EQ(*(const uint32_t *)(const void *)(memory + where->consumer), 0);
	/* Not more than there is. */
	EXPECT_ERR((long)mmap(NULL, 1 << 20, PROT_READ, MAP_SHARED, fd, (off_t)row->offset),
		   EINVAL);
}

struct reading_row {
	struct variant variant;
	int option;
	socklen_t size;
};

static const struct reading_row readings[] = {
	{{"offsets", NULL}, XDP_MMAP_OFFSETS, 64},
	{{"statistics", NULL}, XDP_STATISTICS, 24},
	{{"options", NULL}, XDP_OPTIONS, sizeof(struct xdp_options)},
};

/*
 * What can only be read.
 *
 * Structures have grown from version to version: the length says how much of one a program
 * knows. Less than the first version had is EINVAL.
 */
CASE(what_can_be_read,
     .claim = "XDP_MMAP_OFFSETS, XDP_STATISTICS and XDP_OPTIONS are read with at least the size of "
	      "their first version, else EINVAL, and not set: ENOPROTOOPT",
     .level = LINUX, .spec = "linux/if_xdp.h; net/xdp/xsk.c xsk_getsockopt()", .needs = "xdp",
     .tags = "xdp option errno", .VARIANTS(readings))
{
	const struct reading_row *row = VARIANT(struct reading_row);
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0));
	_Alignas(uint64_t) uint8_t value[256];
	socklen_t length = row->size - 1;

	EXPECT_ERR(getsockopt(fd, SOL_XDP, row->option, value, &length), EINVAL);
	length = sizeof(value);
	EXPECT_OK(getsockopt(fd, SOL_XDP, row->option, value, &length));
	EXPECT_BETWEEN(length, row->size, sizeof(value) - 1);
	EXPECT_ERR(setsockopt(fd, SOL_XDP, row->option, value, sizeof(value)), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_XDP, 77, value, &length), EOPNOTSUPP);
}
