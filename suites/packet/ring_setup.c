/* SPDX-License-Identifier: MIT */
/* Making a ring: what must fit together. */
#include <arpa/inet.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/packet/packet_ring.h"

#include "harness/case.h"

struct version_row {
	struct variant variant;
	int version;
	int header; /* length of one */
};

static const struct version_row versions[] = {
	{{"v1", NULL}, TPACKET_V1, sizeof(struct tpacket_hdr)},
	{{"v2", NULL}, TPACKET_V2, sizeof(struct tpacket2_hdr)},
	{{"v3", NULL}, TPACKET_V3, sizeof(struct tpacket3_hdr)},
};

/*
 * How long is a header?
 *
 * A program built long ago must find the address behind the header of the running kernel.
 * It gives the number of a version in the option's value, and gets the length back.
 */
CASE(header_length,
     .claim = "PACKET_HDRLEN turns a version into the length of its header, an unknown one is "
	      "EINVAL",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst; linux/if_packet.h",
     .needs = "packet", .tags = "packet ring option", .VARIANTS(versions))
{
	const struct version_row *row = VARIANT(struct version_row);
	int fd = packet_socket("a", SOCK_RAW, 0, 0), value = 77;
	socklen_t length = sizeof(value);

	EXPECT_ERR(getsockopt(fd, SOL_PACKET, PACKET_HDRLEN, &value, &length), EINVAL);
	value = row->version;
	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_HDRLEN, &value, &length));
	EXPECT_EQ(value, row->header);
	EXPECT_EQ(length, sizeof(value));
}

/*
 * The format is chosen first.
 *
 * Version 1 is what one gets without asking. Once there is a ring its slots have a form:
 * another version is `EBUSY`, until the ring is given up with a request of zeros.
 */
CASE(version,
     .claim = "PACKET_VERSION is TPACKET_V1 at first, EINVAL if unknown and EBUSY while there is a "
	      "ring",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst; packet(7) PACKET_VERSION",
     .needs = "packet", .tags = "packet ring option errno", .VARIANTS(versions))
{
	const struct version_row *row = VARIANT(struct version_row);
	int fd = packet_socket("a", SOCK_RAW, 1, EXPERIMENT);
	int other = row->version == TPACKET_V1 ? TPACKET_V2 : TPACKET_V1;
	struct tpacket_req3 request = {.tp_block_size = page_size(),
				       .tp_block_nr = 1,
				       .tp_frame_size = page_size(),
				       .tp_frame_nr = 1};
	const struct tpacket_req3 none = {0};

	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VERSION), TPACKET_V1);
	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_VERSION, 77), EINVAL);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VERSION, row->version));
	EXPECT_OK(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)));
	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_VERSION, other), EBUSY);
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VERSION), row->version);
	/* One ring of a kind. */
	EXPECT_ERR(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)), EBUSY);

	EXPECT_OK(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &none, sizeof(none)));
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_VERSION, other));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VERSION), other);
}

struct size_row {
	struct variant variant;
	int version;
	int option;
	int block; /* in pages; -1: a page and a byte */
	unsigned int blocks, frame, frames;
	unsigned int private_size, features;
	socklen_t length;
};

#define V2   TPACKET_V2, PACKET_RX_RING
#define V3   TPACKET_V3, PACKET_RX_RING
#define REQ  sizeof(struct tpacket_req)
#define REQ3 sizeof(struct tpacket_req3)

static const struct size_row sizes[] = {
	{{"block_of_nothing", NULL}, V2, 0, 1, 512, 8, 0, 0, REQ},
	{{"block_of_no_pages", NULL}, V2, -1, 1, 512, 8, 0, 0, REQ},
	{{"frame_too_small", NULL}, V2, 1, 1, 16, 256, 0, 0, REQ},
	{{"frame_not_aligned", NULL}, V2, 1, 1, 520, 7, 0, 0, REQ},
	{{"frame_beyond_block", NULL}, V2, 1, 1, 1 << 20, 1, 0, 0, REQ},
	{{"frames_too_few", NULL}, V2, 1, 2, 512, 1, 0, 0, REQ},
	{{"frames_without_blocks", NULL}, V2, 1, 0, 512, 8, 0, 0, REQ},
	{{"request_too_short", NULL}, V2, 1, 1, 512, 8, 0, 0, REQ - 1},
	{{"send_frames_too_few", NULL}, TPACKET_V2, PACKET_TX_RING, 1, 2, 512, 1, 0, 0, REQ},
	{{"v3_short_request", NULL}, V3, 1, 1, 512, 8, 0, 0, REQ},
	{{"v3_private_too_large", NULL}, V3, 1, 1, 512, 8, 1 << 20, 0, REQ3},
	{{"v3_send_with_features", NULL}, TPACKET_V3, PACKET_TX_RING, 1, 1, 512, 8, 0, 1, REQ3},
};

/*
 * Sizes that do not fit.
 *
 * Blocks are whole pages, frames lie in them without crossing a border and aligned to 16
 * bytes, a header fits, and the number of frames is what the blocks hold. A mistake in any
 * of that is `EINVAL`, with no hint which.
 */
CASE(sizes_that_do_not_fit,
     .claim = "PACKET_RX_RING and PACKET_TX_RING fail with EINVAL when sizes of blocks and frames "
	      "do not fit together",
     .level = LINUX,
     .spec = "Documentation/networking/packet_mmap.rst PACKET_MMAP settings, setting constraints",
     .needs = "packet", .tags = "packet ring option errno", .VARIANTS(sizes))
{
	const struct size_row *row = VARIANT(struct size_row);
	int fd = packet_socket("a", SOCK_RAW, 1, EXPERIMENT);
	unsigned int page = page_size();
	struct tpacket_req3 request = {
		.tp_block_size = row->block < 0 ? page + 1 : (unsigned int)row->block * page,
		.tp_block_nr = row->blocks,
		.tp_frame_size = row->frame,
		.tp_frame_nr = row->frames,
		.tp_sizeof_priv = row->private_size,
		.tp_feature_req_word = row->features};
	const struct tpacket_req3 right = {.tp_block_size = page,
					   .tp_block_nr = 2,
					   .tp_frame_size = 512,
					   .tp_frame_nr = 2 * page / 512};

	SETUP(set_int(fd, SOL_PACKET, PACKET_VERSION, row->version));
	EXPECT_ERR(setsockopt(fd, SOL_PACKET, row->option, &request, row->length), EINVAL);
	EXPECT_OK(setsockopt(fd, SOL_PACKET, row->option, &right,
			     row->version == TPACKET_V3 ? REQ3 : REQ));
}

/*
 * Mapping it.
 *
 * mmap() takes the rings of a socket as one piece, the receiving one first: neither a part
 * nor more. While the memory is mapped the ring cannot be given up.
 */
CASE(mapping,
     .claim = "mmap() of a packet socket fails with EINVAL without a ring, for another size and at "
	      "an offset; a mapped ring cannot be removed: EBUSY",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst", .needs = "packet",
     .tags = "packet ring errno")
{
	int fd = packet_socket("a", SOCK_RAW, 1, EXPERIMENT);
	size_t page = page_size();
	struct tpacket_req request = {.tp_block_size = (unsigned int)page,
				      .tp_block_nr = 2,
				      .tp_frame_size = (unsigned int)page,
				      .tp_frame_nr = 2};
	const struct tpacket_req none = {0};
	const int access = PROT_READ | PROT_WRITE;
	void *memory;

	EXPECT_ERR((long)mmap(NULL, page, access, MAP_SHARED, fd, 0), EINVAL);
	SETUP(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)));
	SETUP(setsockopt(fd, SOL_PACKET, PACKET_TX_RING, &request, sizeof(request)));
	EXPECT_ERR((long)mmap(NULL, 2 * page, access, MAP_SHARED, fd, 0), EINVAL);
	EXPECT_ERR((long)mmap(NULL, 5 * page, access, MAP_SHARED, fd, 0), EINVAL);
	EXPECT_ERR((long)mmap(NULL, 4 * page, access, MAP_SHARED, fd, (off_t)page), EINVAL);
	memory = mmap(NULL, 4 * page, access, MAP_SHARED, fd, 0);
	REQUIRE_TRUE(memory != MAP_FAILED);
	EXPECT_ERR(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &none, sizeof(none)), EBUSY);
	SETUP(munmap(memory, 4 * page));
	EXPECT_OK(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &none, sizeof(none)));
	EXPECT_ERR((long)mmap(NULL, 4 * page, access, MAP_SHARED, fd, 0), EINVAL);
	EXPECT_TRUE(mmap(NULL, 2 * page, access, MAP_SHARED, fd, 0) != MAP_FAILED);
}
