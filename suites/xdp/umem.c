/* SPDX-License-Identifier: MIT */
/* XDP_UMEM_REG: the memory in which frames lie. */
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/xdp/xdp_help.h"

#include "harness/case.h"

#ifndef XDP_UMEM_UNALIGNED_CHUNK_FLAG
#define XDP_UMEM_UNALIGNED_CHUNK_FLAG (1 << 0)
#endif

struct umem_row {
	struct variant variant;
	int64_t size; /* less than 16 chunks by so much when negative */
	unsigned int chunk, headroom, flags;
	unsigned int offset; /* of the memory from the beginning of a page */
	socklen_t length;
};

enum { WHOLE = sizeof(struct xdp_umem_reg) };

static const struct umem_row wrongs[] = {
	{{"chunk_too_small", NULL}, 0, 1024, 0, 0, 0, WHOLE},
	{{"chunk_above_page", NULL}, 0, 1 << 20, 0, 0, 0, WHOLE},
	{{"chunk_no_power_of_two", NULL}, 0, 3000, 0, 0, 0, WHOLE},
	{{"memory_not_aligned", NULL}, 0, XDP_CHUNK, 0, 0, 64, WHOLE},
	{{"a_part_of_a_chunk", NULL}, -100, XDP_CHUNK, 0, 0, 0, WHOLE},
	{{"no_memory", NULL}, -(XDP_CHUNK *XDP_CHUNKS), XDP_CHUNK, 0, 0, 0, WHOLE},
	{{"headroom_takes_all", NULL}, 0, XDP_CHUNK, XDP_CHUNK, 0, 0, WHOLE},
	{{"unknown_flag", NULL}, 0, XDP_CHUNK, 0, 1u << 30, 0, WHOLE},
	{{"short_request", NULL}, 0, XDP_CHUNK, 0, 0, 0, 8},
};

/*
 * Memory in chunks.
 *
 * The program gives the kernel a piece of its own memory, divided into chunks of one size; a
 * frame lies in one of them, and the rings pass offsets. The chunks are a power of two
 * between 2048 bytes and a page, and the memory begins with a page: the card writes there
 * directly.
 */
CASE(sizes_that_do_not_fit,
     .claim = "XDP_UMEM_REG fails with EINVAL when sizes, alignment or flags are wrong",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst UMEM; net/xdp/xdp_umem.c",
     .needs = "xdp", .tags = "xdp option errno", .VARIANTS(wrongs))
{
	const struct umem_row *row = VARIANT(struct umem_row);
	const int64_t size = (int64_t)XDP_CHUNK * XDP_CHUNKS;
	uint8_t *memory = xdp_memory((size_t)size + 4096);
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0));
	struct xdp_umem_reg wrong = {.addr = (uintptr_t)memory + row->offset,
				     .len = (uint64_t)(size + row->size),
				     .chunk_size = row->chunk,
				     .headroom = row->headroom,
				     .flags = row->flags};
	const struct xdp_umem_reg right = {
		.addr = (uintptr_t)memory, .len = (uint64_t)size, .chunk_size = XDP_CHUNK};

	EXPECT_ERR(setsockopt(fd, SOL_XDP, XDP_UMEM_REG, &wrong, row->length), EINVAL);
	EXPECT_OK(xdp_register(fd, &right));
}

/* What is not there cannot be given away. */
CASE(memory_not_there, .claim = "XDP_UMEM_REG of memory that is not mapped fails with EFAULT",
     .level = OBSERVED, .spec = "net/xdp/xdp_umem.c xdp_umem_pin_pages()", .needs = "xdp",
     .tags = "xdp option errno")
{
	size_t size = (size_t)XDP_CHUNK * XDP_CHUNKS;
	uint8_t *memory = xdp_memory(size), *gone = xdp_memory(size);
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0));
	struct xdp_umem_reg request = {.len = size, .chunk_size = XDP_CHUNK};

	SETUP(munmap(gone, size));
	request.addr = (uintptr_t)gone;
	EXPECT_ERR(xdp_register(fd, &request), EFAULT);
	request.addr = (uintptr_t)memory;
	EXPECT_OK(xdp_register(fd, &request));
}

/* One memory for each socket; others share it by bind() with XDP_SHARED_UMEM. */
CASE(once, .claim = "a second XDP_UMEM_REG on a socket fails with EBUSY", .level = LINUX,
     .spec = "Documentation/networking/af_xdp.rst; net/xdp/xsk.c xsk_setsockopt()", .needs = "xdp",
     .tags = "xdp option errno")
{
	size_t size = (size_t)XDP_CHUNK * XDP_CHUNKS;
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0)), other = SETUP(socket(AF_XDP, SOCK_RAW, 0));
	const struct xdp_umem_reg request = {
		.addr = (uintptr_t)xdp_memory(size), .len = size, .chunk_size = XDP_CHUNK};

	EXPECT_OK(xdp_register(fd, &request));
	EXPECT_ERR(xdp_register(fd, &request), EBUSY);
	EXPECT_OK(xdp_register(other, &request));
}

/*
 * Chunks of any size.
 *
 * With `XDP_UMEM_UNALIGNED_CHUNK_FLAG` frames may lie anywhere in the memory, and a chunk
 * need not be a power of two.
 */
CASE(unaligned_chunks,
     .claim = "XDP_UMEM_UNALIGNED_CHUNK_FLAG allows a chunk size that is no power of two",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst; linux/if_xdp.h", .needs = "xdp",
     .tags = "xdp option")
{
	size_t size = (size_t)XDP_CHUNK * XDP_CHUNKS;
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0));
	struct xdp_umem_reg request = {
		.addr = (uintptr_t)xdp_memory(size), .len = size, .chunk_size = 3000};

	EXPECT_ERR(xdp_register(fd, &request), EINVAL);
	request.flags = XDP_UMEM_UNALIGNED_CHUNK_FLAG;
	EXPECT_OK(xdp_register(fd, &request));
}
