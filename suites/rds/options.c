/* SPDX-License-Identifier: MIT */
/* Options of SOL_RDS: the transport, cancelling, and what only RDMA has. */
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/rds/rds_help.h"

#include "harness/case.h"

enum { PORT = 4020 };

/*
 * What carries it.
 *
 * RDS runs over InfiniBand or TCP. bind() chooses by the address; a program that wants to be
 * sure asks first.
 */
CASE(transport,
     .claim = "SO_RDS_TRANSPORT is RDS_TRANS_NONE before bind(), can be set once, and fails with "
	      "EINVAL for none and ENOPROTOOPT for one that is not there",
     .level = LINUX, .spec = "linux/rds.h SO_RDS_TRANSPORT; net/rds/af_rds.c rds_set_transport()",
     .needs = "rds_tcp", .exclusive = "rds", .tags = "rds option errno")
{
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0)), value = RDS_TRANS_TCP;
	struct address name = address_loopback(AF_INET, PORT);

	EXPECT_EQ(get_int(fd, SOL_RDS, SO_RDS_TRANSPORT), RDS_TRANS_NONE);
	EXPECT_ERR(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_COUNT), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_NONE), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_RDS, SO_RDS_TRANSPORT, &value, 1), EINVAL);
	/* The source has the former, Linux 6.1 gives the latter. */
	EXPECT_ERR(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_GAP), ENOPROTOOPT, EPROTOTYPE);
	EXPECT_OK(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_TCP));
	EXPECT_EQ(get_int(fd, SOL_RDS, SO_RDS_TRANSPORT), RDS_TRANS_TCP);
	EXPECT_ERR(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_TCP), EOPNOTSUPP);
	EXPECT_OK(bind(fd, ADDRESS(name)));
	EXPECT_EQ(get_int(fd, SOL_RDS, SO_RDS_TRANSPORT), RDS_TRANS_TCP);
}

/*
 * How many messages of `size` bytes wait to go from one port to the other. (Since Linux 4.19 the
 * addresses of this list are 0.0.0.0: the kernel reads them at the wrong place.)
 */
static int waiting(int fd, const struct address *from, const struct address *to, size_t size)
{
	static struct rds_info_message list[128];
	int count = rds_info(fd, RDS_INFO_SEND_MESSAGES, list, sizeof(list), sizeof(list[0]));
	int found = 0;

	for (int i = 0; i < count; i++) {
		if (list[i].len == size && list[i].lport == from->v4.sin_port &&
		    list[i].fport == to->v4.sin_port)
			found++;
	}
	return found;
}

/*
 * Taking it back.
 *
 * What goes to a machine that does not answer waits in the sender's buffer, until that is
 * full. RDS_CANCEL_SENT_TO drops what is under way to one address, and makes room.
 */
CASE(cancel,
     .claim = "RDS_CANCEL_SENT_TO drops what waits for one destination: RDS_INFO_SEND_MESSAGES "
	      "shows "
	      "no more of it, and POLLOUT comes back",
     .level = LINUX, .spec = "Documentation/networking/rds.rst RDS_CANCEL_SENT_TO",
     .topology = "pair", .needs = "rds_tcp", .exclusive = "rds", .tags = "rds option poll errno")
{
	int fd = SETUP(host_socket("a", AF_RDS, SOCK_SEQPACKET, 0));
	struct address name = address_of("192.0.2.1", PORT),
		       silent = address_of("192.0.2.77", PORT);
	struct address other = address_of("192.0.2.78", PORT);
	static char text[1000];
	int sent = 0;

	EXPECT_ERR(setsockopt(fd, SOL_RDS, RDS_CANCEL_SENT_TO, ADDRESS(silent)), ENOTCONN);
	SETUP(bind(fd, ADDRESS(name)));
	SETUP(set_int(fd, SOL_SOCKET, SO_SNDBUF, 8192));
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	while (sent < 64 && sendto(fd, text, sizeof(text), MSG_DONTWAIT, ADDRESS(silent)) > 0)
		sent++;
	EXPECT_EQ(errno, EAGAIN);
	EXPECT_EQ(sent, 9);
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), 0);
	EXPECT_EQ(waiting(fd, &name, &silent, sizeof(text)), 9);
	EXPECT_ERR(setsockopt(fd, SOL_RDS, RDS_CANCEL_SENT_TO, &silent.any, 8), EINVAL);
	/* Another destination's messages are not these. */
	EXPECT_OK(setsockopt(fd, SOL_RDS, RDS_CANCEL_SENT_TO, ADDRESS(other)));
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), 0);
	EXPECT_OK(setsockopt(fd, SOL_RDS, RDS_CANCEL_SENT_TO, ADDRESS(silent)));
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(waiting(fd, &name, &silent, sizeof(text)), 0);
}

/*
 * How long it took.
 *
 * With SO_RDS_MSG_RXPATH_LATENCY each message comes with the nanoseconds that it spent in
 * parts of the receiving side.
 */
CASE(latency,
     .claim = "SO_RDS_MSG_RXPATH_LATENCY gives RDS_CMSG_RXPATH_LATENCY with each message, for the "
	      "parts that were asked for",
     .level = LINUX, .spec = "linux/rds.h SO_RDS_MSG_RXPATH_LATENCY, struct rds_cmsg_rx_trace",
     .needs = "rds", .exclusive = "rds", .tags = "rds option control errno")
{
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);
	struct address to = address_loopback(AF_INET, PORT + 1);
	struct rds_rx_trace_so ask = {
		.rx_traces = 2,
		.rx_trace_pos = {RDS_MSG_RX_DGRAM_DELIVERED, RDS_MSG_RX_HDR_TO_DGRAM_START}};
	struct rds_rx_trace_so wrong = ask;
	struct rds_cmsg_rx_trace trace;
	struct rds_received got;

	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_EQ(rds_receive(peer).control, 0);
	EXPECT_ERR(setsockopt(peer, SOL_RDS, SO_RDS_MSG_RXPATH_LATENCY, &ask, sizeof(ask) - 1),
		   EFAULT);
	wrong.rx_traces = RDS_MSG_RX_DGRAM_TRACE_MAX + 1;
	EXPECT_ERR(setsockopt(peer, SOL_RDS, SO_RDS_MSG_RXPATH_LATENCY, &wrong, sizeof(wrong)),
		   EFAULT);
	wrong = ask;
	wrong.rx_trace_pos[1] = RDS_MSG_RX_DGRAM_TRACE_MAX;
	EXPECT_ERR(setsockopt(peer, SOL_RDS, SO_RDS_MSG_RXPATH_LATENCY, &wrong, sizeof(wrong)),
		   EFAULT);
	EXPECT_OK(setsockopt(peer, SOL_RDS, SO_RDS_MSG_RXPATH_LATENCY, &ask, sizeof(ask)));
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(to)), 1);
	got = rds_receive(peer);
	EXPECT_EQ(got.control, RDS_CMSG_RXPATH_LATENCY);
	EXPECT_EQ(got.control_size, sizeof(trace));
	memcpy(&trace, got.control_data, sizeof(trace));
	EXPECT_EQ(trace.rx_traces, 2);
	EXPECT_EQ(trace.rx_trace_pos[0], RDS_MSG_RX_DGRAM_DELIVERED);
	EXPECT_EQ(trace.rx_trace_pos[1], RDS_MSG_RX_HDR_TO_DGRAM_START);
}

/* Reports of failed RDMA, which TCP does not have: the option is kept all the same. */
CASE(recverr, .claim = "RDS_RECVERR is 0 at first and keeps whether it is set", .level = LINUX,
     .spec = "Documentation/networking/rds.rst RDS_RECVERR", .needs = "rds", .exclusive = "rds",
     .tags = "rds option errno")
{
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0)), value = 1;
	socklen_t length = 1;

	EXPECT_EQ(get_int(fd, SOL_RDS, RDS_RECVERR), 0);
	EXPECT_ERR(setsockopt(fd, SOL_RDS, RDS_RECVERR, &value, 1), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_RDS, RDS_CONG_MONITOR, &value, 1), EINVAL);
	EXPECT_ERR(getsockopt(fd, SOL_RDS, RDS_RECVERR, &value, &length), EINVAL);
	EXPECT_OK(set_int(fd, SOL_RDS, RDS_RECVERR, 77));
	EXPECT_EQ(get_int(fd, SOL_RDS, RDS_RECVERR), 1);
	EXPECT_OK(set_int(fd, SOL_RDS, RDS_RECVERR, 0));
	EXPECT_EQ(get_int(fd, SOL_RDS, RDS_RECVERR), 0);
}

struct unknown_row {
	struct variant variant;
	int level, option;
};

static const struct unknown_row unknowns[] = {
	{{"level", NULL}, SOL_SOCKET + 77, RDS_RECVERR},
	{{"option", NULL}, SOL_RDS, 77},
	{{"write_only", NULL}, SOL_RDS, RDS_CONG_MONITOR},
};

/* What cannot be asked. */
CASE(not_known, .claim = "getsockopt() fails with ENOPROTOOPT for options that cannot be read",
     .level = LINUX, .spec = "net/rds/af_rds.c rds_getsockopt()", .needs = "rds",
     .exclusive = "rds", .tags = "rds option errno", .VARIANTS(unknowns))
{
	const struct unknown_row *row = VARIANT(struct unknown_row);
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0)), value = 0;
	socklen_t length = sizeof(value);

	EXPECT_ERR(getsockopt(fd, row->level, row->option, &value, &length), ENOPROTOOPT);
	if (row->option != RDS_CONG_MONITOR)
		EXPECT_ERR(set_int(fd, row->level, row->option, 1), ENOPROTOOPT);
	EXPECT_EQ(get_int(fd, SOL_RDS, RDS_RECVERR), 0);
}

struct region_row {
	struct variant variant;
	int option;
	size_t size;
	int unbound, bound;
};

static const struct region_row regions[] = {
	{{"get_mr", NULL}, RDS_GET_MR, sizeof(struct rds_get_mr_args), ENOTCONN, EOPNOTSUPP},
	{{"get_mr_for_dest", NULL},
	 RDS_GET_MR_FOR_DEST,
	 sizeof(struct rds_get_mr_for_dest_args),
	 ENOTCONN,
	 EOPNOTSUPP},
	{{"free_mr", NULL}, RDS_FREE_MR, sizeof(struct rds_free_mr_args), EINVAL, EINVAL},
};

/*
 * Memory of its own.
 *
 * Over InfiniBand a program may open a region of its memory to the other side, which then
 * reads and writes there without asking the program. TCP cannot do that.
 */
CASE(memory_regions,
     .claim =
	     "RDS_GET_MR and RDS_GET_MR_FOR_DEST fail with ENOTCONN before bind(), with EOPNOTSUPP "
	     "over TCP, RDS_FREE_MR with EINVAL, and each with EINVAL for a wrong size",
     .level = LINUX, .spec = "Documentation/networking/rds.rst; net/rds/rdma.c", .needs = "rds",
     .exclusive = "rds", .tags = "rds option errno", .VARIANTS(regions))
{
	const struct region_row *row = VARIANT(struct region_row);
	static char memory[4096];
	uint64_t cookie = 0;
	union {
		struct rds_get_mr_args get;
		struct rds_get_mr_for_dest_args get_for;
		struct rds_free_mr_args free;
	} args;
	struct address name = address_loopback(AF_INET, PORT);
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0));

	memset(&args, 0, sizeof(args));
	if (row->option == RDS_GET_MR)
		args.get = (struct rds_get_mr_args){{(uintptr_t)memory, sizeof(memory)},
						    (uintptr_t)&cookie,
						    RDS_RDMA_READWRITE};
	if (row->option == RDS_GET_MR_FOR_DEST) {
		args.get_for.vec = (struct rds_iovec){(uintptr_t)memory, sizeof(memory)};
		args.get_for.cookie_addr = (uintptr_t)&cookie;
		args.get_for.flags = RDS_RDMA_READWRITE;
	}
	if (row->option == RDS_FREE_MR)
		args.free.cookie = 77;
	EXPECT_ERR(setsockopt(fd, SOL_RDS, row->option, &args, (socklen_t)row->size - 1), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_RDS, row->option, &args, (socklen_t)row->size), row->unbound);
	SETUP(bind(fd, ADDRESS(name)));
	EXPECT_ERR(setsockopt(fd, SOL_RDS, row->option, &args, (socklen_t)row->size), row->bound);
	EXPECT_OK(set_int(fd, SOL_RDS, RDS_RECVERR, 1));
}

struct control_row {
	struct variant variant;
	int type;
	size_t size;
	int error;
};

static const struct control_row controls[] = {
	{{"rdma_args", NULL}, RDS_CMSG_RDMA_ARGS, 8, EINVAL},
	{{"rdma_dest", NULL}, RDS_CMSG_RDMA_DEST, 4, EINVAL},
	{{"rdma_map", NULL}, RDS_CMSG_RDMA_MAP, sizeof(struct rds_get_mr_args), EOPNOTSUPP},
	{{"rdma_status", NULL}, RDS_CMSG_RDMA_STATUS, 16, EINVAL},
	{{"cong_update", NULL}, RDS_CMSG_CONG_UPDATE, 8, EINVAL},
	{{"atomic_fadd", NULL}, RDS_CMSG_ATOMIC_FADD, 8, EINVAL},
	{{"atomic_cswp", NULL}, RDS_CMSG_ATOMIC_CSWP, 8, EINVAL},
	{{"masked_atomic_fadd", NULL}, RDS_CMSG_MASKED_ATOMIC_FADD, 8, EINVAL},
	{{"masked_atomic_cswp", NULL}, RDS_CMSG_MASKED_ATOMIC_CSWP, 8, EINVAL},
	{{"rxpath_latency", NULL}, RDS_CMSG_RXPATH_LATENCY, 8, EINVAL},
	{{"zcopy_completion", NULL}, RDS_CMSG_ZCOPY_COMPLETION, 8, EINVAL},
};

/*
 * Control messages for RDMA.
 *
 * Reading and writing the other's memory, and adding to it, are asked for by control messages
 * of sendmsg(). One that is too short, or that only the kernel sends, is refused; and over TCP
 * there is no such memory.
 */
CASE(control_messages,
     .claim = "sendmsg() fails with EINVAL for control messages that are too short or only "
	      "received, "
	      "and with EOPNOTSUPP for a region over TCP",
     .level = LINUX, .spec = "Documentation/networking/rds.rst; net/rds/send.c rds_cmsg_send()",
     .needs = "rds", .exclusive = "rds", .tags = "rds control errno", .VARIANTS(controls))
{
	const struct control_row *row = VARIANT(struct control_row);
	static char memory[4096];
	_Alignas(struct cmsghdr) char control[256] = {0};
	struct cmsghdr *header = (struct cmsghdr *)(void *)control;
	struct rds_get_mr_args region = {{(uintptr_t)memory, sizeof(memory)}, 0, 0};
	struct address to = address_loopback(AF_INET, PORT + 1);
	struct iovec part = {(char[]){"hello"}, 5};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_name = &to.storage,
				 .msg_namelen = to.length,
				 .msg_control = control,
				 .msg_controllen = CMSG_SPACE(row->size)};
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);

	header->cmsg_level = SOL_RDS;
	header->cmsg_type = row->type;
	header->cmsg_len = CMSG_LEN(row->size);
	if (row->type == RDS_CMSG_RDMA_MAP)
		memcpy(CMSG_DATA(header), &region, sizeof(region));
	EXPECT_ERR(sendmsg(fd, &message, 0), row->error);
	message.msg_control = NULL;
	message.msg_controllen = 0;
	EXPECT_EQ(sendmsg(fd, &message, 0), 5);
	EXPECT_EQ(rds_receive(peer).size, 5);
}
