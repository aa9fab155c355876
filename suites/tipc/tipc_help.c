/* SPDX-License-Identifier: MIT */
#include "suites/tipc/tipc_help.h"

#include <fcntl.h>
#include <linux/genetlink.h>
#include <linux/tipc_netlink.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "harness/kit.h"
#include "harness/sandbox/sandbox.h"
#include "suites/netlink/netlink_help.h"

enum { NODES_MS = 10000 }; /* until two nodes have found each other */

struct sockaddr_tipc tipc_range(uint32_t type, uint32_t lower, uint32_t upper, int scope)
{
	struct sockaddr_tipc address = {
		.family = AF_TIPC, .addrtype = TIPC_SERVICE_RANGE, .scope = (signed char)scope};

	address.addr.nameseq.type = type;
	address.addr.nameseq.lower = lower;
	address.addr.nameseq.upper = upper;
	return address;
}

struct sockaddr_tipc tipc_service(uint32_t type, uint32_t instance)
{
	struct sockaddr_tipc address = {.family = AF_TIPC, .addrtype = TIPC_SERVICE_ADDR};

	address.addr.name.name.type = type;
	address.addr.name.name.instance = instance;
	return address;
}

int tipc_bound_at(struct expect_at at, int type, uint32_t lower, uint32_t upper)
{
	struct sockaddr_tipc address = tipc_range(SERVICE, lower, upper, TIPC_NODE_SCOPE);
	int fd = (int)expect_success(at, socket(AF_TIPC, type, 0));

	expect_success(at, bind(fd, TIPC(address)));
	return fd;
}

struct sockaddr_tipc tipc_own_name_here(int fd)
{
	struct sockaddr_tipc name;
	socklen_t length = sizeof(name);

	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.family, AF_TIPC);
	EXPECT_EQ(name.addrtype, TIPC_SOCKET_ADDR);
	return name;
}

struct tipc_ends tipc_connected_at(struct expect_at at, int type)
{
	struct sockaddr_tipc to = tipc_service(SERVICE, 7);
	int listener = tipc_bound_at(at, type, 7, 7);
	struct tipc_ends ends = {
		.client = (int)expect_success(at, socket(AF_TIPC, type | SOCK_NONBLOCK, 0))};

	expect_success(at, listen(listener, 1));
	/* connect() would wait for accept(). */
	if (connect(ends.client, TIPC(to)) != 0 && errno != EINPROGRESS)
		expect_success(at, -1);
	ends.server = (int)expect_success(at, accept(listener, NULL, NULL));
	expect_success(at, wait_for(ends.client, POLLOUT, SOON_MS) == POLLOUT ? 0 : -1);
	expect_success(at, fcntl(ends.client, F_SETFL, 0));
	expect_success(at, close(listener));
	return ends;
}

static void take_control(struct tipc_received *r, struct msghdr *message)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
		size_t size = c->cmsg_len - CMSG_LEN(0);
		uint32_t words[3] = {0};

		memcpy(words, CMSG_DATA(c), size < sizeof(words) ? size : sizeof(words));
		if (c->cmsg_level != SOL_TIPC)
			continue;
		switch (c->cmsg_type) {
		case TIPC_ERRINFO:
			r->with_error = true;
			r->error = words[0];
			r->error_size = words[1];
			break;
		case TIPC_RETDATA:
			r->returned = size;
			memcpy(r->returned_data, CMSG_DATA(c),
			       size < sizeof(r->returned_data) ? size : sizeof(r->returned_data));
			break;
		case TIPC_DESTNAME:
			r->with_destination = true;
			r->type = words[0];
			r->lower = words[1];
			r->upper = words[2];
			break;
		default:
			break;
		}
	}
}

struct tipc_received tipc_receive_here(int fd)
{
	struct tipc_received r = {.size = -1};
	_Alignas(struct cmsghdr) char control[512];
	struct iovec part = {r.data, sizeof(r.data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_name = r.from,
				 .msg_namelen = sizeof(r.from),
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	r.size = recvmsg(fd, &message, MSG_DONTWAIT);
	if (r.size < 0)
		return r;
	r.flags = message.msg_flags;
	r.name_length = message.msg_namelen;
	take_control(&r, &message);
	return r;
}

bool tipc_is_silent_here(int fd)
{
	char byte;

	return recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && errno == EAGAIN;
}

int tipc_topology_at(struct expect_at at)
{
	struct sockaddr_tipc server = tipc_service(TIPC_TOP_SRV, TIPC_TOP_SRV);
	int fd = (int)expect_success(at, socket(AF_TIPC, SOCK_SEQPACKET, 0));

	expect_success(at, connect(fd, TIPC(server)));
	return fd;
}

ssize_t tipc_subscribe_here(int fd, uint32_t type, uint32_t lower, uint32_t upper, uint32_t timeout,
			    uint32_t filter)
{
	struct tipc_subscr s = {.seq = {type, lower, upper},
				.timeout = timeout,
				.filter = filter,
				.usr_handle = "atlas"};

	return send(fd, &s, sizeof(s), 0);
}

struct tipc_event tipc_next_event_here(int fd, int milliseconds)
{
	struct tipc_event event = {0};

	if (wait_for(fd, POLLIN, milliseconds) != 0)
		EXPECT_EQ(recv(fd, &event, sizeof(event), MSG_DONTWAIT), sizeof(event));
	return event;
}

/* Generic netlink on a host: a command with one value inside one nest. */
static void manage(struct expect_at at, const char *host, uint8_t command, uint16_t nest,
		   uint16_t type, const void *value, size_t size)
{
	struct genlmsghdr lookup = {.cmd = CTRL_CMD_GETFAMILY, .version = 1};
	struct genlmsghdr header = {.cmd = command, .version = TIPC_GENL_V2_VERSION};
	const char *here = host_current();
	static struct netlink_answer answer;
	struct netlink_request r = REQUEST(GENL_ID_CTRL, 0, lookup);
	const struct nlmsghdr *h;
	const void *id;
	uint16_t family = 0;
	size_t nested;
	int fd;

	expect_success(at, host_enter(host));
	fd = netlink_open_here(NETLINK_GENERIC);
	request_add_text(&r, CTRL_ATTR_FAMILY_NAME, TIPC_GENL_V2_NAME);
	h = netlink_get_here(fd, &r, &answer);
	id = attribute_data(h == NULL ? NULL : ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_FAMILY_ID),
			    sizeof(family));
	if (id == NULL) {
		errno = ENOENT;
		expect_success(at, -1);
		return;
	}
	memcpy(&family, id, sizeof(family));
	r = REQUEST(family, 0, header);
	nested = request_nest(&r, nest);
	request_add(&r, type, value, size);
	request_end(&r, nested);
	errno = netlink_do_here(fd, &r, NLM_F_ACK);
	expect_success(at, errno == 0 ? 0 : -1);
	close(fd);
	expect_success(at, host_enter(here));
}

void tipc_set_node_at(struct expect_at at, const char *host, uint32_t node)
{
	manage(at, host, TIPC_NL_NET_SET, TIPC_NLA_NET, TIPC_NLA_NET_ADDR, &node, sizeof(node));
}

void tipc_bearer_at(struct expect_at at, const char *host, bool on)
{
	static const char bearer[] = "eth:eth0";

	manage(at, host, on ? TIPC_NL_BEARER_ENABLE : TIPC_NL_BEARER_DISABLE, TIPC_NLA_BEARER,
	       TIPC_NLA_BEARER_NAME, bearer, sizeof(bearer));
}

/* Waits on a host until it sees the node. */
static void wait_for_node(struct expect_at at, const char *host, uint32_t node)
{
	const char *here = host_current();
	struct tipc_event event;
	int fd;

	expect_success(at, host_enter(host));
	fd = tipc_topology_at(at);
	tipc_subscribe_here(fd, TIPC_NODE_STATE, node, node, (uint32_t)TIPC_WAIT_FOREVER,
			    TIPC_SUB_SERVICE);
	event = tipc_next_event_here(fd, NODES_MS);
	errno = ETIMEDOUT;
	expect_success(at, event.event == TIPC_PUBLISHED ? 0 : -1);
	close(fd);
	expect_success(at, host_enter(here));
}

void tipc_cluster_at(struct expect_at at)
{
	tipc_set_node_at(at, "a", NODE_A);
	tipc_set_node_at(at, "b", NODE_B);
	tipc_bearer_at(at, "a", true);
	tipc_bearer_at(at, "b", true);
	wait_for_node(at, "a", NODE_B);
	wait_for_node(at, "b", NODE_A);
}
