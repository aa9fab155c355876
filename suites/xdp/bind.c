/* SPDX-License-Identifier: MIT */
/* bind() of AF_XDP: which queue of which interface, and how. */
#include <sys/socket.h>
#include <unistd.h>

#include "suites/xdp/xdp_help.h"

#include "harness/case.h"

enum { A_ETH0 = 10, QUEUE_77 = 77 };

struct bind_row {
	struct variant variant;
	int family, interface;
	unsigned int queue, flags;
	socklen_t length;
	int error;
};

enum { WHOLE = sizeof(struct sockaddr_xdp) };

static const struct bind_row wrongs[] = {
	{{"unknown_interface", NULL}, AF_XDP, 77, 0, XDP_COPY, WHOLE, ENODEV},
	{{"unknown_queue", NULL}, AF_XDP, A_ETH0, QUEUE_77, XDP_COPY, WHOLE, EINVAL},
	{{"other_family", NULL}, AF_PACKET, A_ETH0, 0, XDP_COPY, WHOLE, EINVAL},
	{{"short_address", NULL}, AF_XDP, A_ETH0, 0, XDP_COPY, WHOLE - 1, EINVAL},
	{{"copy_and_not", NULL}, AF_XDP, A_ETH0, 0, XDP_COPY | XDP_ZEROCOPY, WHOLE, EINVAL},
	{{"unknown_flag", NULL}, AF_XDP, A_ETH0, 0, 1u << 15, WHOLE, EINVAL},
	{{"zerocopy", NULL}, AF_XDP, A_ETH0, 0, XDP_ZEROCOPY, WHOLE, EOPNOTSUPP},
};

/*
 * A queue of a card.
 *
 * A card sorts frames into queues, one a processor, and a socket stands at one of them. With
 * `XDP_ZEROCOPY` the card itself writes into the program's memory, which few drivers can:
 * where it cannot, bind() fails with EOPNOTSUPP. `XDP_COPY` works with every interface.
 */
CASE(errors,
     .claim =
	     "bind() of AF_XDP fails with ENODEV, EINVAL, or for XDP_ZEROCOPY on an interface that "
	     "cannot with EOPNOTSUPP",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst; net/xdp/xsk.c xsk_bind()",
     .topology = "pair", .needs = "xdp", .tags = "xdp bind errno", .VARIANTS(wrongs))
{
	const struct bind_row *row = VARIANT(struct bind_row);
	struct xdp_socket s = xdp_make();
	struct sockaddr_xdp address = {.sxdp_family = (uint16_t)row->family,
				       .sxdp_ifindex = (uint32_t)row->interface,
				       .sxdp_queue_id = row->queue,
				       .sxdp_flags = (uint16_t)row->flags};

	EXPECT_ERR(bind(s.fd, (struct sockaddr *)&address, row->length), row->error);
	/* Bound once, and then no more. */
	EXPECT_OK(xdp_bind(s.fd, A_ETH0, XDP_COPY));
	EXPECT_ERR(xdp_bind(s.fd, A_ETH0, XDP_COPY), EBUSY);
}

struct part_row {
	struct variant variant;
	bool memory, rx, fill, completion;
};

static const struct part_row parts[] = {
	{{"nothing", NULL}, false, false, false, false},
	{{"no_memory", NULL}, false, true, true, true},
	{{"no_rx_or_tx", NULL}, true, false, true, true},
	{{"no_fill_ring", NULL}, true, true, false, true},
	{{"no_completion_ring", NULL}, true, true, true, false},
};

/*
 * First everything else.
 *
 * Memory, both of its rings, and at least one ring for frames have to be there.
 */
CASE(incomplete, .claim = "bind() of AF_XDP fails with EINVAL when memory or rings are missing",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst; net/xdp/xsk.c xsk_bind()",
     .topology = "pair", .needs = "xdp", .tags = "xdp bind errno", .VARIANTS(parts))
{
	const struct part_row *row = VARIANT(struct part_row);
	size_t size = (size_t)XDP_CHUNK * XDP_CHUNKS;
	const struct xdp_umem_reg request = {
		.addr = (uintptr_t)xdp_memory(size), .len = size, .chunk_size = XDP_CHUNK};
	int fd = SETUP(socket(AF_XDP, SOCK_RAW, 0));

	if (row->memory)
		SETUP(xdp_register(fd, &request));
	if (row->rx)
		SETUP(set_int(fd, SOL_XDP, XDP_RX_RING, XDP_RING));
	if (row->fill)
		SETUP(set_int(fd, SOL_XDP, XDP_UMEM_FILL_RING, XDP_RING));
	if (row->completion)
		SETUP(set_int(fd, SOL_XDP, XDP_UMEM_COMPLETION_RING, XDP_RING));
	EXPECT_ERR(xdp_bind(fd, A_ETH0, XDP_COPY), EINVAL);

	if (!row->memory)
		SETUP(xdp_register(fd, &request));
	if (!row->rx)
		SETUP(set_int(fd, SOL_XDP, XDP_RX_RING, XDP_RING));
	if (!row->fill)
		SETUP(set_int(fd, SOL_XDP, XDP_UMEM_FILL_RING, XDP_RING));
	if (!row->completion)
		SETUP(set_int(fd, SOL_XDP, XDP_UMEM_COMPLETION_RING, XDP_RING));
	EXPECT_OK(xdp_bind(fd, A_ETH0, XDP_COPY));
}

/*
 * One owner of a queue, unless they share memory.
 *
 * Two sockets with memory of their own cannot stand at the same queue: EBUSY. A second one
 * without memory uses that of the first, named by its descriptor: XDP_SHARED_UMEM.
 */
CASE(shared_memory,
     .claim = "a second socket at a queue is EBUSY; with XDP_SHARED_UMEM and the descriptor of the "
	      "first it is bound",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst XDP_SHARED_UMEM bind flag",
     .topology = "pair", .needs = "xdp", .tags = "xdp bind errno")
{
	struct xdp_socket first = xdp_make(), second = xdp_make();
	int shares = SETUP(socket(AF_XDP, SOCK_RAW, 0)),
	    other = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct sockaddr_xdp address = {
		.sxdp_family = AF_XDP, .sxdp_ifindex = A_ETH0, .sxdp_flags = XDP_SHARED_UMEM};

	EXPECT_OK(xdp_bind(first.fd, A_ETH0, XDP_COPY));
	EXPECT_ERR(xdp_bind(second.fd, A_ETH0, XDP_COPY), EBUSY);

	SETUP(set_int(shares, SOL_XDP, XDP_RX_RING, XDP_RING));
	address.sxdp_shared_umem_fd = (uint32_t)-1;
	EXPECT_ERR(bind(shares, (struct sockaddr *)&address, sizeof(address)), ENOTSOCK);
	address.sxdp_shared_umem_fd = (uint32_t)other;
	EXPECT_ERR(bind(shares, (struct sockaddr *)&address, sizeof(address)), ENOPROTOOPT);
	address.sxdp_shared_umem_fd = (uint32_t)second.fd; /* not bound */
	EXPECT_ERR(bind(shares, (struct sockaddr *)&address, sizeof(address)), EBADF);
	address.sxdp_flags = XDP_SHARED_UMEM | XDP_COPY;
	address.sxdp_shared_umem_fd = (uint32_t)first.fd;
	EXPECT_ERR(bind(shares, (struct sockaddr *)&address, sizeof(address)), EINVAL);
	address.sxdp_flags = XDP_SHARED_UMEM;
	EXPECT_OK(bind(shares, (struct sockaddr *)&address, sizeof(address)));
}

/* In copy mode the option says that nothing is shared with a card. */
CASE(copy_mode, .claim = "after bind() with XDP_COPY XDP_OPTIONS has no XDP_OPTIONS_ZEROCOPY",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst XDP_OPTIONS getsockopt",
     .topology = "pair", .needs = "xdp", .tags = "xdp option bind")
{
	struct xdp_socket s = xdp_make();
	struct xdp_options options = {.flags = 0xa5a5a5a5};
	socklen_t length = sizeof(options);

	EXPECT_OK(xdp_bind(s.fd, A_ETH0, 0));
	EXPECT_OK(getsockopt(s.fd, SOL_XDP, XDP_OPTIONS, &options, &length));
	EXPECT_EQ(length, sizeof(options));
	EXPECT_EQ(options.flags & XDP_OPTIONS_ZEROCOPY, 0);
}
