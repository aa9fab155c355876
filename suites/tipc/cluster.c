/* SPDX-License-Identifier: MIT */
/* Two nodes and the link between them. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

#define FOREVER ((uint32_t)TIPC_WAIT_FOREVER)

enum { CLUSTER_MS = 30000, NODES_MS = 10000 };

/*
 * Nodes find each other.
 *
 * A node is given a number, and an interface as its bearer. Then it calls out on the link,
 * and who hears it answers. The topology server tells of nodes and links as of services:
 * `TIPC_NODE_STATE` and `TIPC_LINK_STATE` are types that each node publishes.
 *
 * Try it: `tipc node set addr 1.1.1; tipc bearer enable media eth device eth0`.
 */
CASE(nodes_come_and_go,
     .claim = "nodes on one link find each other; TIPC_NODE_STATE and TIPC_LINK_STATE events tell "
	      "of it, and of the end when the bearer is switched off",
     .level = LINUX, .spec = "linux/tipc.h TIPC_NODE_STATE, TIPC_LINK_STATE; tipc-bearer(8)",
     .topology = "pair", .needs = "tipc_node", .tags = "tipc topology cluster",
     .timeout_ms = CLUSTER_MS)
{
	struct wire *wire = wire_open("b");
	struct tipc_event event;
	int nodes, links;

	tipc_set_node("a", NODE_A);
	tipc_set_node("b", NODE_B);
	nodes = tipc_topology();
	links = tipc_topology();
	EXPECT_OK(tipc_subscribe(nodes, TIPC_NODE_STATE, NODE_B, NODE_B, FOREVER, TIPC_SUB_PORTS));
	EXPECT_OK(tipc_subscribe(links, TIPC_LINK_STATE, NODE_B, NODE_B, FOREVER, TIPC_SUB_PORTS));
	EXPECT_EQ(wait_for(nodes, POLLIN, 0), 0);
	tipc_bearer("a", true);
	EXPECT_PACKET(wire, WHICH_LAYER("TIPC"));
	tipc_bearer("b", true);
	event = tipc_next_event(nodes, NODES_MS);
	EXPECT_EQ(event.event, TIPC_PUBLISHED);
	EXPECT_EQ(event.found_lower, NODE_B);
	EXPECT_EQ(event.port.node, NODE_B);
	event = tipc_next_event(links, NODES_MS);
	EXPECT_EQ(event.event, TIPC_PUBLISHED);
	EXPECT_EQ(event.found_lower, NODE_B);
	tipc_bearer("b", false);
	EXPECT_EQ(tipc_next_event(nodes, NODES_MS).event, TIPC_WITHDRAWN);
	EXPECT_EQ(tipc_next_event(links, NODES_MS).event, TIPC_WITHDRAWN);
}

struct scope_row {
	struct variant variant;
	int scope;
	bool known;
};

static const struct scope_row scopes[] = {
	{{"node", NULL}, TIPC_NODE_SCOPE, false},
	{{"cluster", NULL}, TIPC_CLUSTER_SCOPE, true},
	{{"zone", NULL}, TIPC_ZONE_SCOPE, true},
};

/*
 * The same call, another machine.
 *
 * A name with cluster scope is known to all nodes, and a datagram to it goes where it is:
 * nothing in the program says that it is another machine. A name with node scope stays at
 * home.
 */
CASE(scope,
     .claim = "a name with TIPC_CLUSTER_SCOPE is reached from the other node, one with "
	      "TIPC_NODE_SCOPE is not",
     .level = LINUX, .spec = "linux/tipc.h enum tipc_scope; Documentation/networking/tipc.rst",
     .topology = "pair", .needs = "tipc_node", .tags = "tipc bind cluster errno",
     .timeout_ms = CLUSTER_MS, .VARIANTS(scopes))
{
	const struct scope_row *row = VARIANT(struct scope_row);
	struct sockaddr_tipc name = tipc_range(SERVICE, 5, 5, row->scope);
	struct sockaddr_tipc marker = tipc_range(SERVICE, 6, 6, TIPC_CLUSTER_SCOPE);
	struct sockaddr_tipc to = tipc_service(SERVICE, 5), of_client;
	struct tipc_received got;
	int server, fd, topology;

	tipc_cluster();
	topology = tipc_topology();
	EXPECT_OK(tipc_subscribe(topology, SERVICE, 6, 6, FOREVER, TIPC_SUB_SERVICE));
	server = SETUP(host_socket("b", AF_TIPC, SOCK_RDM, 0));
	fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	of_client = tipc_own_name(fd);
	EXPECT_EQ(of_client.addr.id.node, NODE_A);
	SETUP(bind(server, TIPC(name)));
	/* Names arrive in order: when this one has, the other has too. */
	SETUP(bind(server, TIPC(marker)));
	EXPECT_EQ(tipc_next_event(topology, NODES_MS).event, TIPC_PUBLISHED);
	if (!row->known) {
		EXPECT_ERR(sendto(fd, "hello", 5, 0, TIPC(to)), EHOSTUNREACH);
		to = tipc_service(SERVICE, 6);
	}
	EXPECT_EQ(sendto(fd, "hello", 5, 0, TIPC(to)), 5);
	got = tipc_receive(server);
	EXPECT_EQ(got.size, 5);
	EXPECT_MEMEQ(got.data, "hello", 5);
	EXPECT_EQ(got.from[0].addr.id.node, NODE_A);
	EXPECT_EQ(got.from[0].addr.id.ref, of_client.addr.id.ref);
}

/*
 * Looked up elsewhere.
 *
 * An address of a service may say on which node to look. The sender's node does not know the
 * names there; when there is none, the message comes back from the other node.
 */
CASE(name_looked_up_there,
     .claim = "a message to a name that the node it was sent to does not have comes back with "
	      "TIPC_ERR_NO_NAME",
     .level = LINUX, .spec = "linux/tipc.h TIPC_ERR_NO_NAME; net/tipc/socket.c", .topology = "pair",
     .needs = "tipc_node", .tags = "tipc cluster control", .timeout_ms = CLUSTER_MS)
{
	struct sockaddr_tipc to = tipc_service(SERVICE, 5), name;
	struct tipc_received got;
	int server, fd;

	tipc_cluster();
	fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	SETUP(set_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE, 0));
	to.addr.name.domain = NODE_B;
	EXPECT_EQ(sendto(fd, "hello", 5, 0, TIPC(to)), 5);
	got = tipc_receive(fd);
	EXPECT_EQ(got.size, 0);
	EXPECT_TRUE(got.with_error);
	EXPECT_EQ(got.error, TIPC_ERR_NO_NAME);
	EXPECT_EQ(got.error_size, 5);
	EXPECT_MEMEQ(got.returned_data, "hello", 5);
	server = SETUP(host_socket("b", AF_TIPC, SOCK_RDM, 0));
	name = tipc_range(SERVICE, 5, 5, TIPC_NODE_SCOPE);
	SETUP(bind(server, TIPC(name)));
	EXPECT_EQ(sendto(fd, "hello", 5, 0, TIPC(to)), 5);
	EXPECT_EQ(tipc_receive(server).size, 5);
}

/*
 * The node is gone.
 *
 * When the last link to a node breaks, its connections end, with `TIPC_ERR_NO_NODE` as the
 * reason. A program learns so at once, without sending anything.
 */
CASE(node_lost, .claim = "a connection to a node that is lost ends with TIPC_ERR_NO_NODE",
     .level = LINUX, .spec = "linux/tipc.h TIPC_ERR_NO_NODE; net/tipc/node.c node_lost_contact()",
     .topology = "pair", .needs = "tipc_node", .tags = "tipc cluster control",
     .timeout_ms = CLUSTER_MS)
{
	struct sockaddr_tipc name = tipc_range(SERVICE, 5, 5, TIPC_CLUSTER_SCOPE);
	struct sockaddr_tipc to = tipc_service(SERVICE, 5), of_node;
	struct tipc_received got;
	int listener, server, fd, topology;

	tipc_cluster();
	topology = tipc_topology();
	EXPECT_OK(tipc_subscribe(topology, SERVICE, 5, 5, FOREVER, TIPC_SUB_SERVICE));
	listener = SETUP(host_socket("b", AF_TIPC, SOCK_SEQPACKET, 0));
	SETUP(bind(listener, TIPC(name)));
	SETUP(listen(listener, 1));
	EXPECT_EQ(tipc_next_event(topology, NODES_MS).event, TIPC_PUBLISHED);
	fd = SETUP(socket(AF_TIPC, SOCK_SEQPACKET | SOCK_NONBLOCK, 0));
	EXPECT_ERR(connect(fd, TIPC(to)), EINPROGRESS);
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	server = REQUIRE_OK(accept(listener, NULL, NULL));
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(send(server, "hello", 5, 0), 5);
	EXPECT_EQ(tipc_receive(fd).size, 5);
	tipc_bearer("b", false);
	got = tipc_receive(fd);
	EXPECT_EQ(got.size, 0);
	EXPECT_TRUE(got.with_error);
	EXPECT_EQ(got.error, TIPC_ERR_NO_NODE);
	EXPECT_ERR(send(fd, "x", 1, MSG_NOSIGNAL), EPIPE);
	/* Nothing leads to it any more. */
	of_node = tipc_own_name(server);
	fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	EXPECT_ERR(sendto(fd, "x", 1, 0, TIPC(of_node)), EHOSTUNREACH);
}

struct method_row {
	struct variant variant;
	int option;
	bool broadcast;
};

static const struct method_row methods[] = {
	{{"broadcast", NULL}, TIPC_MCAST_BROADCAST, true},
	{{"replicast", NULL}, TIPC_MCAST_REPLICAST, false},
};

/*
 * One frame for all, or one for each.
 *
 * A datagram to many can be broadcast on the link once, or sent to each node that has a
 * receiver. TIPC chooses, unless a program has said which it wants.
 */
CASE(multicast_method,
     .claim = "with TIPC_MCAST_BROADCAST a datagram to a range leaves as a broadcast, with "
	      "TIPC_MCAST_REPLICAST it does not; it arrives once either way",
     .level = LINUX, .spec = "linux/tipc.h TIPC_MCAST_BROADCAST; net/tipc/bcast.c",
     .topology = "pair", .needs = "tipc_node", .tags = "tipc multicast option wire cluster",
     .timeout_ms = CLUSTER_MS, .VARIANTS(methods))
{
	const struct method_row *row = VARIANT(struct method_row);
	struct sockaddr_tipc name = tipc_range(SERVICE, 1, 10, TIPC_CLUSTER_SCOPE);
	struct sockaddr_tipc to = tipc_range(SERVICE, 3, 4, 0);
	int server, fd, topology;
	struct wire *wire;

	tipc_cluster();
	topology = tipc_topology();
	EXPECT_OK(tipc_subscribe(topology, SERVICE, 1, 10, FOREVER, TIPC_SUB_SERVICE));
	server = SETUP(host_socket("b", AF_TIPC, SOCK_RDM, 0));
	SETUP(bind(server, TIPC(name)));
	EXPECT_EQ(tipc_next_event(topology, NODES_MS).event, TIPC_PUBLISHED);
	fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	EXPECT_OK(setsockopt(fd, SOL_TIPC, row->option, NULL, 0));
	wire = wire_open("b");
	EXPECT_EQ(sendto(fd, "hello", 5, 0, TIPC(to)), 5);
	EXPECT_EQ(tipc_receive(server).size, 5);
	EXPECT_TRUE(tipc_is_silent(server));
	if (row->broadcast)
		EXPECT_PACKET(wire, WHICH_TEXT("Ethernet", "Destination", "ff:ff:ff:ff:ff:ff"),
			      WHICH_LAYER("TIPC"));
}

/*
 * Names of nodes and links.
 *
 * Two requests of ioctl() translate numbers for people: a node's identity, and the name of the
 * link to it.
 */
CASE(names_of_links,
     .claim = "SIOCGETLINKNAME gives the name of the link to a node, SIOCGETNODEID its identity; "
	      "for a node that is not there they fail with EADDRNOTAVAIL",
     .level = LINUX, .spec = "linux/tipc.h SIOCGETLINKNAME, SIOCGETNODEID", .topology = "pair",
     .needs = "tipc_node", .tags = "tipc ioctl cluster errno", .timeout_ms = CLUSTER_MS)
{
	struct tipc_sioc_ln_req link = {.peer = NODE_B};
	struct tipc_sioc_nodeid_req node = {.peer = NODE_B};
	int fd;

	tipc_cluster();
	fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	EXPECT_OK(ioctl(fd, SIOCGETLINKNAME, &link));
	EXPECT_STREQ(link.linkname, "1001001:eth0-1001002:eth0");
	EXPECT_OK(ioctl(fd, SIOCGETNODEID, &node));
	EXPECT_STREQ(node.node_id, "1001002");
	link.peer = node.peer = NODE_B + 1;
	EXPECT_ERR(ioctl(fd, SIOCGETLINKNAME, &link), EADDRNOTAVAIL);
	EXPECT_ERR(ioctl(fd, SIOCGETNODEID, &node), EADDRNOTAVAIL);
}
