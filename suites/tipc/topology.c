/* SPDX-License-Identifier: MIT */
/* The topology server: who offers what, as it comes and goes. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

#define FOREVER ((uint32_t)TIPC_WAIT_FOREVER)

/*
 * Tell me when it is there.
 *
 * A program that needs a service does not ask for it again and again: it connects to the
 * topology server, `TIPC_TOP_SRV` by type and instance, sends a subscription, and receives an
 * event when a name in its range appears and when it goes.
 *
 * Try it: `tipc nametable show` lists what the server knows.
 */
CASE(comes_and_goes,
     .claim = "a subscription gives TIPC_PUBLISHED when a name appears and TIPC_WITHDRAWN when it "
	      "goes, with its range and its socket",
     .level = LINUX, .spec = "linux/tipc.h struct tipc_subscr, struct tipc_event", .needs = "tipc",
     .tags = "tipc topology")
{
	int topology = tipc_topology(), server;
	struct sockaddr_tipc name;
	struct tipc_event event;

	EXPECT_EQ(tipc_subscribe(topology, SERVICE, 0, 1000, FOREVER, TIPC_SUB_SERVICE),
		  sizeof(struct tipc_subscr));
	EXPECT_EQ(wait_for(topology, POLLIN, 0), 0);
	server = tipc_bound(SOCK_RDM, 10, 20);
	name = tipc_own_name(server);
	event = tipc_next_event(topology, SOON_MS);
	EXPECT_EQ(event.event, TIPC_PUBLISHED);
	EXPECT_EQ(event.found_lower, 10);
	EXPECT_EQ(event.found_upper, 20);
	EXPECT_EQ(event.port.ref, name.addr.id.ref);
	EXPECT_EQ(event.port.node, 0);
	EXPECT_EQ(event.s.seq.type, SERVICE);
	EXPECT_EQ(event.s.seq.lower, 0);
	EXPECT_EQ(event.s.seq.upper, 1000);
	EXPECT_EQ(event.s.filter, TIPC_SUB_SERVICE);
	EXPECT_EQ(event.s.timeout, FOREVER);
	EXPECT_STREQ(event.s.usr_handle, "atlas");
	EXPECT_OK(close(server));
	event = tipc_next_event(topology, SOON_MS);
	EXPECT_EQ(event.event, TIPC_WITHDRAWN);
	EXPECT_EQ(event.found_lower, 10);
	EXPECT_EQ(event.found_upper, 20);
	EXPECT_EQ(event.port.ref, name.addr.id.ref);
}

/* What is there already is told at once. */
CASE(already_there, .claim = "a subscription tells of names that are there already", .level = LINUX,
     .spec = "net/tipc/name_table.c tipc_nametbl_subscribe()", .needs = "tipc",
     .tags = "tipc topology")
{
	int server = tipc_bound(SOCK_RDM, 10, 20), topology = tipc_topology();
	struct sockaddr_tipc name = tipc_own_name(server);
	struct tipc_event event;

	EXPECT_OK(tipc_subscribe(topology, SERVICE, 15, 15, FOREVER, TIPC_SUB_SERVICE));
	event = tipc_next_event(topology, SOON_MS);
	EXPECT_EQ(event.event, TIPC_PUBLISHED);
	EXPECT_EQ(event.port.ref, name.addr.id.ref);
	/* The whole range of the socket. */
	EXPECT_EQ(event.found_lower, 10);
	EXPECT_EQ(event.found_upper, 20);
}

struct filter_row {
	struct variant variant;
	uint32_t filter;
	bool each;
};

static const struct filter_row filters[] = {
	{{"ports", NULL}, TIPC_SUB_PORTS, true},
	{{"service", NULL}, TIPC_SUB_SERVICE, false},
};

/*
 * Each socket, or the service.
 *
 * With `TIPC_SUB_PORTS` every socket that comes or goes is an event. With `TIPC_SUB_SERVICE`
 * only the first and the last: whether the service is there at all.
 */
CASE(filter,
     .claim = "TIPC_SUB_PORTS gives an event for each socket, TIPC_SUB_SERVICE for the first that "
	      "comes and the last that goes",
     .level = LINUX, .spec = "linux/tipc.h TIPC_SUB_PORTS, TIPC_SUB_SERVICE", .needs = "tipc",
     .tags = "tipc topology", .VARIANTS(filters))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	int topology = tipc_topology(), one, two;
	uint32_t second;

	EXPECT_OK(tipc_subscribe(topology, SERVICE, 5, 5, FOREVER, row->filter));
	one = tipc_bound(SOCK_RDM, 5, 5);
	EXPECT_EQ(tipc_next_event(topology, SOON_MS).event, TIPC_PUBLISHED);
	two = tipc_bound(SOCK_RDM, 5, 5);
	second = tipc_own_name(two).addr.id.ref;
	if (row->each) {
		struct tipc_event event = tipc_next_event(topology, SOON_MS);

		EXPECT_EQ(event.event, TIPC_PUBLISHED);
		EXPECT_EQ(event.port.ref, second);
	}
	EXPECT_OK(close(one));
	if (row->each)
		EXPECT_EQ(tipc_next_event(topology, SOON_MS).event, TIPC_WITHDRAWN);
	/* Events come in order: had there been others, they would come before this one. */
	EXPECT_OK(close(two));
	{
		struct tipc_event event = tipc_next_event(topology, SOON_MS);

		EXPECT_EQ(event.event, TIPC_WITHDRAWN);
		EXPECT_EQ(event.port.ref, second);
	}
	EXPECT_EQ(wait_for(topology, POLLIN, 0), 0);
}

/*
 * For a while only.
 *
 * A subscription ends after its timeout in milliseconds, with an event of its own. A program
 * that waits for a service learns so that it need not wait any longer.
 */
CASE(timeout,
     .claim = "a subscription with a timeout ends with TIPC_SUBSCR_TIMEOUT after it, and tells of "
	      "nothing after that",
     .level = LINUX, .spec = "linux/tipc.h TIPC_SUBSCR_TIMEOUT", .needs = "tipc",
     .tags = "tipc topology", .waits = true)
{
	int topology = tipc_topology(), marker;
	int64_t begin = clock_ms();
	struct tipc_event event;

	EXPECT_OK(tipc_subscribe(topology, SERVICE, 5, 6, 150, TIPC_SUB_PORTS));
	event = tipc_next_event(topology, SOON_MS);
	EXPECT_EQ(event.event, TIPC_SUBSCR_TIMEOUT);
	EXPECT_BETWEEN(clock_ms() - begin, 140, 150 + SOON_MS);
	EXPECT_EQ(event.s.timeout, 150);
	EXPECT_EQ(event.found_lower, 5);
	EXPECT_EQ(event.found_upper, 6);
	EXPECT_EQ(event.port.ref, 0);
	/* A later subscription is served, the one that has ended is not. */
	marker = tipc_bound(SOCK_RDM, 5, 5);
	EXPECT_GE(marker, 0);
	EXPECT_OK(tipc_subscribe(topology, SERVICE, 5, 7, FOREVER, TIPC_SUB_PORTS));
	event = tipc_next_event(topology, SOON_MS);
	EXPECT_EQ(event.event, TIPC_PUBLISHED);
	EXPECT_EQ(event.s.seq.upper, 7);
	EXPECT_EQ(wait_for(topology, POLLIN, 0), 0);
}

/*
 * No longer interested.
 *
 * The same subscription with `TIPC_SUB_CANCEL` added takes it back.
 */
CASE(cancel, .claim = "a subscription with TIPC_SUB_CANCEL added takes the same one back",
     .level = LINUX, .spec = "linux/tipc.h TIPC_SUB_CANCEL", .needs = "tipc",
     .tags = "tipc topology")
{
	int topology = tipc_topology(), first, second;
	struct tipc_event event;

	EXPECT_OK(tipc_subscribe(topology, SERVICE, 5, 5, FOREVER, TIPC_SUB_PORTS));
	EXPECT_OK(tipc_subscribe(topology, SERVICE, 6, 6, FOREVER, TIPC_SUB_PORTS));
	EXPECT_OK(
		tipc_subscribe(topology, SERVICE, 5, 5, FOREVER, TIPC_SUB_PORTS | TIPC_SUB_CANCEL));
	/* Subscriptions are served in order: the answer to this one comes after the others. */
	EXPECT_OK(tipc_subscribe(topology, TIPC_TOP_SRV, TIPC_TOP_SRV, TIPC_TOP_SRV, FOREVER,
				 TIPC_SUB_SERVICE));
	event = tipc_next_event(topology, SOON_MS);
	EXPECT_EQ(event.event, TIPC_PUBLISHED);
	EXPECT_EQ(event.s.seq.type, TIPC_TOP_SRV);
	first = tipc_bound(SOCK_RDM, 5, 5);
	second = tipc_bound(SOCK_RDM, 6, 6);
	EXPECT_NE(first, second);
	event = tipc_next_event(topology, SOON_MS);
	EXPECT_EQ(event.event, TIPC_PUBLISHED);
	EXPECT_EQ(event.found_lower, 6);
	EXPECT_EQ(wait_for(topology, POLLIN, 0), 0);
}

/* What is no subscription ends the connection. */
CASE(no_subscription,
     .claim = "the topology server closes a connection that sends it something else",
     .level = OBSERVED, .spec = "net/tipc/topsrv.c tipc_conn_rcv_from_sock()", .needs = "tipc",
     .tags = "tipc topology")
{
	int topology = tipc_topology(), other = tipc_topology();
	struct tipc_received got;

	EXPECT_EQ(send(topology, "hello", 5, 0), 5);
	got = tipc_receive(topology);
	EXPECT_EQ(got.size, 0);
	EXPECT_EQ(got.error, TIPC_CONN_SHUTDOWN);
	EXPECT_OK(tipc_subscribe(other, TIPC_TOP_SRV, TIPC_TOP_SRV, TIPC_TOP_SRV, FOREVER,
				 TIPC_SUB_SERVICE));
	EXPECT_EQ(tipc_next_event(other, SOON_MS).event, TIPC_PUBLISHED);
}
