/* SPDX-License-Identifier: MIT */
/* Remote procedure calls over UDP: RxRPC, the protocol of the Andrew file system. */
#include <arpa/inet.h>
#include <linux/rxrpc.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

enum {
	LEVEL_RXRPC = 272, /* SOL_RXRPC */
	PORT = 7000,
	SERVICE = 52,
	ABORT_CODE = 77,
	CALL = 1, /* names of calls, each end's own */
	SERVED = 2,
};

#define RXRPC(address) (void *)&(address), sizeof(address)

static struct sockaddr_rxrpc at_port(uint16_t port, uint16_t service)
{
	struct sockaddr_rxrpc address = {.srx_family = AF_RXRPC,
					 .srx_service = service,
					 .transport_type = SOCK_DGRAM,
					 .transport_len = sizeof(struct sockaddr_in)};

	address.transport.sin.sin_family = AF_INET;
	address.transport.sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.transport.sin.sin_port = htons(port);
	return address;
}

/* Sends with the name of the call and, when `type` is not 0, another control message. */
static ssize_t send_call(int fd, struct sockaddr_rxrpc *to, unsigned long call, int type,
			 const uint32_t *value, const void *data, size_t size)
{
	_Alignas(struct cmsghdr) char
		control[CMSG_SPACE(sizeof(call)) + CMSG_SPACE(sizeof(*value))] = {0};
	struct iovec part = {(void *)data, size};
	struct msghdr message = {.msg_name = to,
				 .msg_namelen = to == NULL ? 0 : sizeof(*to),
				 .msg_iov = &part,
				 .msg_iovlen = size == 0 ? 0 : 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	size_t value_size = value == NULL ? 0 : sizeof(*value);

	header->cmsg_level = LEVEL_RXRPC;
	header->cmsg_type = RXRPC_USER_CALL_ID;
	header->cmsg_len = CMSG_LEN(sizeof(call));
	memcpy(CMSG_DATA(header), &call, sizeof(call));
	message.msg_controllen = CMSG_SPACE(sizeof(call));
	if (type != 0) {
		message.msg_controllen += CMSG_SPACE(value_size);
		header = CMSG_NXTHDR(&message, header);
		header->cmsg_level = LEVEL_RXRPC;
		header->cmsg_type = type;
		header->cmsg_len = CMSG_LEN(value_size);
		if (value != NULL)
			memcpy(CMSG_DATA(header), value, value_size);
	}
	return sendmsg(fd, &message, 0);
}

/* What came: the data, the call it is of, and what else a control message says. */
struct came {
	ssize_t size;
	char data[32];
	unsigned long call;
	int type; /* of the last control message that is not the call's name; 0: none */
	uint32_t value;
	int flags;
};

static struct came receive(int fd)
{
	struct came came = {.size = -1};
	_Alignas(struct cmsghdr) char control[256];
	struct iovec part = {came.data, sizeof(came.data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	came.size = EXPECT_OK(recvmsg(fd, &message, MSG_DONTWAIT));
	if (came.size < 0)
		return came;
	came.flags = message.msg_flags;
	for (struct cmsghdr *h = CMSG_FIRSTHDR(&message); h != NULL; h = CMSG_NXTHDR(&message, h)) {
		if (h->cmsg_level != LEVEL_RXRPC)
			continue;
		if (h->cmsg_type == RXRPC_USER_CALL_ID) {
			memcpy(&came.call, CMSG_DATA(h), sizeof(came.call));
			continue;
		}
		came.type = h->cmsg_type;
		if (h->cmsg_len >= CMSG_LEN(sizeof(came.value)))
			memcpy(&came.value, CMSG_DATA(h), sizeof(came.value));
	}
	return came;
}

/* A service with a name ready for the first call. */
static int service(void)
{
	struct sockaddr_rxrpc self = at_port(PORT, SERVICE);
	int fd = SETUP(socket(AF_RXRPC, SOCK_DGRAM, AF_INET));

	SETUP(bind(fd, RXRPC(self)));
	SETUP(listen(fd, 5));
	SETUP(send_call(fd, NULL, SERVED, RXRPC_CHARGE_ACCEPT, NULL, NULL, 0));
	return fd;
}

/*
 * A call is a request and a reply, and has a name at each end.
 *
 * One socket makes many calls at once; a control message says to which of them data belongs.
 * The service gives names in advance, one for each call that it is ready to serve. The last
 * part of either direction is marked (MSG_EOR).
 */
CASE(rxrpc_call,
     .claim = "a request and its reply come with the name that each end gave the call, the end of "
	      "each with MSG_EOR, and the service learns with RXRPC_ACK that the reply arrived",
     .level = LINUX, .spec = "Documentation/networking/rxrpc.rst, Example Client and Server Usage",
     .needs = "rxrpc", .tags = "rxrpc send receive cmsg")
{
	struct sockaddr_rxrpc to = at_port(PORT, SERVICE);
	int server = service(), client = SETUP(socket(AF_RXRPC, SOCK_DGRAM, AF_INET));
	struct came came;

	EXPECT_EQ(send_call(client, &to, CALL, 0, NULL, "question", 8), 8);
	came = receive(server);
	EXPECT_EQ(came.call, SERVED);
	EXPECT_EQ(came.size, 8);
	EXPECT_MEMEQ(came.data, "question", 8);
	EXPECT_EQ(send_call(server, NULL, SERVED, 0, NULL, "answer", 6), 6);
	came = receive(client);
	EXPECT_EQ(came.call, CALL);
	EXPECT_EQ(came.size, 6);
	EXPECT_MEMEQ(came.data, "answer", 6);
	EXPECT_EQ(came.flags & MSG_EOR, MSG_EOR);
	came = receive(server);
	EXPECT_EQ(came.call, SERVED);
	EXPECT_EQ(came.type, RXRPC_ACK);
	EXPECT_EQ(came.flags & MSG_EOR, MSG_EOR);
}

/* A service that cannot serve says so, with a number. */
CASE(rxrpc_abort, .claim = "RXRPC_ABORT ends the call, and the other end receives its code",
     .level = LINUX, .spec = "Documentation/networking/rxrpc.rst, Socket Interface",
     .needs = "rxrpc", .tags = "rxrpc cmsg")
{
	struct sockaddr_rxrpc to = at_port(PORT, SERVICE);
	int server = service(), client = SETUP(socket(AF_RXRPC, SOCK_DGRAM, AF_INET));
	const uint32_t code = ABORT_CODE;
	struct came came;

	EXPECT_EQ(send_call(client, &to, CALL, 0, NULL, "question", 8), 8);
	came = receive(server);
	EXPECT_EQ(came.call, SERVED);
	EXPECT_OK(send_call(server, NULL, SERVED, RXRPC_ABORT, &code, NULL, 0));
	came = receive(client);
	EXPECT_EQ(came.call, CALL);
	EXPECT_EQ(came.size, 0);
	EXPECT_EQ(came.type, RXRPC_ABORT);
	EXPECT_EQ(came.value, ABORT_CODE);
	EXPECT_EQ(came.flags & MSG_EOR, MSG_EOR);
}

/* The third argument of socket() is the family below. */
CASE(rxrpc_errors,
     .claim = "socket() of another type than SOCK_DGRAM and bind() to another transport fail with "
	      "ESOCKTNOSUPPORT, a part of an address is EINVAL, a service that is taken EADDRINUSE",
     .level = LINUX, .spec = "Documentation/networking/rxrpc.rst; linux/net/rxrpc/af_rxrpc.c",
     .needs = "rxrpc", .tags = "rxrpc socket bind errno")
{
	struct sockaddr_rxrpc good = at_port(PORT, SERVICE), wrong = good;
	int fd = SETUP(socket(AF_RXRPC, SOCK_DGRAM, AF_INET));

	EXPECT_ERR(socket(AF_RXRPC, SOCK_STREAM, AF_INET), ESOCKTNOSUPPORT);
	wrong.transport_type = SOCK_STREAM;
	EXPECT_ERR(bind(fd, RXRPC(wrong)), ESOCKTNOSUPPORT);
	EXPECT_ERR(bind(fd, (void *)&good, 4), EINVAL);
	EXPECT_OK(bind(fd, RXRPC(good)));
	EXPECT_ERR(bind(SETUP(socket(AF_RXRPC, SOCK_DGRAM, AF_INET)), RXRPC(good)), EADDRINUSE);
}

/*
 * Whether the third argument is looked at.
 *
 * RxRPC is carried by UDP, over IPv4 or, if the kernel is built so, over IPv6 as well: the protocol
 * says which. A kernel with IPv6 refuses any other number. One without takes every number,
 * 0 too, for the comparison is joined to the question whether there is IPv6, by an "and": so
 * PF_INET6 gives a socket that no address of IPv6 can be bound to.
 */
CASE(rxrpc_protocol,
     .claim = "socket() takes PF_INET and PF_INET6; any other protocol fails with EPROTONOSUPPORT "
	      "where an address of IPv6 can be bound, and is taken where none can be",
     .level = OBSERVED,
     .spec = "linux/net/rxrpc/af_rxrpc.c, rxrpc_create(); Documentation/networking/rxrpc.rst",
     .needs = "rxrpc ipv6", .tags = "rxrpc socket bind errno")
{
	static const int others[] = {0, AF_UNIX, AF_RXRPC, 255};
	struct sockaddr_rxrpc v4 = at_port(PORT, SERVICE), v6 = at_port(PORT + 1, SERVICE);
	int fd = EXPECT_OK(socket(AF_RXRPC, SOCK_DGRAM, PF_INET));
	int fd6 = EXPECT_OK(socket(AF_RXRPC, SOCK_DGRAM, PF_INET6));
	bool has_v6;

	v6.transport_len = sizeof(v6.transport.sin6);
	memset(&v6.transport, 0, sizeof(v6.transport));
	v6.transport.sin6.sin6_family = AF_INET6;
	v6.transport.sin6.sin6_port = htons(PORT + 1);
	v6.transport.sin6.sin6_addr = in6addr_loopback;
	EXPECT_OK(bind(fd, RXRPC(v4)));
	has_v6 = bind(fd6, RXRPC(v6)) == 0;
	if (!has_v6)
		EXPECT_ERRNO(errno, EAFNOSUPPORT);
	OBSERVE("carried by IPv6", "%s", has_v6 ? "yes" : "no");
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (has_v6)
			EXPECT_ERR(socket(AF_RXRPC, SOCK_DGRAM, others[i]), EPROTONOSUPPORT);
		else
			EXPECT_OK(socket(AF_RXRPC, SOCK_DGRAM, others[i]));
	}
}
