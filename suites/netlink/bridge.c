/* SPDX-License-Identifier: MIT */
/* AF_BRIDGE: ports and forwarding tables of a switch, in rtnetlink's messages. */
#include <netinet/in.h>

#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* A bridge br7 with one port, left; the cable's other end is right. */
struct network {
	int fd, bridge, port;
};

static void put_into(int fd, int port, int bridge)
{
	struct ifinfomsg link = {.ifi_index = port};
	struct netlink_request r = REQUEST(RTM_NEWLINK, 0, link);

	request_add_u32(&r, IFLA_MASTER, (uint32_t)bridge);
	REQUIRE_EQ(netlink_do(fd, &r), 0);
}

static struct network network(void)
{
	struct network n = {.fd = netlink_open(NETLINK_ROUTE)};

	n.bridge = link_make(n.fd, "br7", "bridge");
	n.port = link_make_veth(n.fd, "left", "right");
	put_into(n.fd, n.port, n.bridge);
	return n;
}

/* What a dump said of the ports. */
struct ports {
	int bridges, ports, index;
	uint32_t master;
	bool has_state;
};

static void note_port(const struct nlmsghdr *h, void *context)
{
	const struct ifinfomsg *link = NLMSG_DATA(h);
	struct ports *ports = context;

	EXPECT_EQ(link->ifi_family, AF_BRIDGE);
	if (strcmp(attribute_text(ATTRIBUTE(h, struct ifinfomsg, IFLA_IFNAME)), "br7") == 0) {
		ports->bridges++;
		return;
	}
	ports->ports++;
	ports->index = link->ifi_index;
	ports->master = attribute_u32(ATTRIBUTE(h, struct ifinfomsg, IFLA_MASTER));
	ports->has_state = attribute_in(ATTRIBUTE(h, struct ifinfomsg, IFLA_PROTINFO),
					IFLA_BRPORT_STATE) != NULL;
}

/*
 * The ports of a switch.
 *
 * `IFLA_MASTER` puts an interface into a bridge, and 0 takes it out. A dump of links with
 * `AF_BRIDGE` lists bridges and their ports only, with what a port has that other interfaces have
 * not: the state of the spanning tree, costs, flags.
 *
 * Try it: `bridge -d link`.
 */
CASE(ports,
     .claim = "an RTM_GETLINK dump with AF_BRIDGE lists a bridge's ports from IFLA_MASTER on until "
	      "it is 0",
     .level = LINUX, .spec = "rtnetlink(7) IFLA_MASTER; bridge(8) link",
     .needs = "netlink bridge veth", .tags = "netlink rtnetlink bridge dump")
{
	struct network n = network();
	struct ifinfomsg header = {.ifi_family = AF_BRIDGE}, port = {.ifi_index = n.port};
	struct netlink_request list = REQUEST(RTM_GETLINK, NLM_F_DUMP, header);
	struct netlink_request out = REQUEST(RTM_NEWLINK, 0, port);
	struct ports ports = {0};

	EXPECT_EQ(netlink_dump(n.fd, &list, note_port, &ports), 1);
	EXPECT_EQ(ports.bridges, 0);
	EXPECT_EQ(ports.ports, 1);
	EXPECT_EQ(ports.index, n.port);
	EXPECT_EQ(ports.master, n.bridge);
	EXPECT_TRUE(ports.has_state);
	request_add_u32(&out, IFLA_MASTER, 0);
	EXPECT_ERRNO(netlink_do(n.fd, &out), 0);
	ports = (struct ports){0};
	list.header.nlmsg_seq++;
	EXPECT_GE(netlink_dump(n.fd, &list, note_port, &ports), 0);
	EXPECT_EQ(ports.ports, 0);
}

struct master_row {
	struct variant variant;
	const char *port, *master;
	int error;
};

static const struct master_row masters[] = {
	{{"loopback", NULL}, "lo", "br7", EINVAL},
	{{"bridge_in_bridge", NULL}, "br8", "br7", ELOOP},
	{{"no_master", NULL}, "left", "left", EOPNOTSUPP},
};

/* What cannot be a port, and what can have none. */
CASE(no_ports,
     .claim =
	     "loopback and bridges cannot be ports of a bridge, and other interfaces have no ports",
     .level = ABI,
     .spec = "net/bridge/br_if.c br_add_if(); net/core/rtnetlink.c do_set_master(); bridge(8)",
     .needs = "netlink bridge veth", .tags = "netlink rtnetlink bridge errno", .VARIANTS(masters))
{
	const struct master_row *row = VARIANT(struct master_row);
	int fd = netlink_open(NETLINK_ROUTE);
	struct ifinfomsg link = {0};
	struct netlink_request r;

	link_make(fd, "br7", "bridge");
	link_make(fd, "br8", "bridge");
	link_make_veth(fd, "left", "right");
	link.ifi_index = (int)if_nametoindex(row->port);
	r = REQUEST(RTM_NEWLINK, 0, link);
	request_add_u32(&r, IFLA_MASTER, if_nametoindex(row->master));
	EXPECT_ERRNO(netlink_do(fd, &r), row->error);
	put_into(fd, (int)if_nametoindex("right"), (int)if_nametoindex("br7"));
}

static const char hardware[6] = "\x02\x00\x00\x00\x00\x77";

/* An entry of the forwarding database. */
static struct netlink_request entry(uint16_t type, unsigned int flags, int port)
{
	struct ndmsg header = {
		.ndm_family = AF_BRIDGE,
		.ndm_ifindex = port,
		.ndm_state = NUD_NOARP,
		.ndm_flags = NTF_MASTER,
	};
	struct netlink_request r = REQUEST(type, flags, header);

	request_add(&r, NDA_LLADDR, hardware, sizeof(hardware));
	return r;
}

struct entries {
	int ours, port;
	uint32_t master;
	uint16_t state;
};

/* A bridge that keeps VLANs apart has the entry once more for each of the port's VLANs. */
static void note_entry(const struct nlmsghdr *h, void *context)
{
	const struct ndmsg *m = NLMSG_DATA(h);
	const void *address = attribute_data(ATTRIBUTE(h, struct ndmsg, NDA_LLADDR), 6);
	struct entries *entries = context;

	EXPECT_EQ(m->ndm_family, AF_BRIDGE);
	if (address == NULL || memcmp(address, hardware, 6) != 0 ||
	    ATTRIBUTE(h, struct ndmsg, NDA_VLAN) != NULL)
		return;
	entries->ours++;
	entries->port = m->ndm_ifindex;
	entries->state = m->ndm_state;
	entries->master = attribute_u32(ATTRIBUTE(h, struct ndmsg, NDA_MASTER));
}

/*
 * Which address is behind which port?
 *
 * A switch learns from the packets that come in, and remembers in its forwarding database. In
 * rtnetlink these entries are neighbours of family `AF_BRIDGE`; a program can add some that are
 * never forgotten.
 *
 * Try it: `bridge fdb`.
 */
CASE(forwarding_database,
     .claim = "RTM_NEWNEIGH with AF_BRIDGE adds an entry to the bridge's table, RTM_DELNEIGH "
	      "removes it",
     .level = LINUX, .spec = "rtnetlink(7) RTM_NEWNEIGH; bridge(8) fdb",
     .needs = "netlink bridge veth", .tags = "netlink rtnetlink bridge dump errno")
{
	struct network n = network();
	struct ndmsg header = {.ndm_family = AF_BRIDGE};
	struct netlink_request list = REQUEST(RTM_GETNEIGH, NLM_F_DUMP, header);
	struct netlink_request add = entry(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, n.port);
	struct netlink_request again = entry(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, n.port);
	struct netlink_request change = entry(RTM_NEWNEIGH, 0, n.port);
	struct netlink_request del = entry(RTM_DELNEIGH, 0, n.port);
	struct netlink_request gone = entry(RTM_DELNEIGH, 0, n.port);
	struct entries entries = {0};

	EXPECT_ERRNO(netlink_do(n.fd, &change), ENOENT);
	EXPECT_ERRNO(netlink_do(n.fd, &add), 0);
	EXPECT_ERRNO(netlink_do(n.fd, &again), EEXIST);
	EXPECT_GT(netlink_dump(n.fd, &list, note_entry, &entries), 0);
	EXPECT_EQ(entries.ours, 1);
	EXPECT_EQ(entries.port, n.port);
	EXPECT_EQ(entries.master, n.bridge);
	EXPECT_EQ(entries.state, NUD_NOARP);
	EXPECT_ERRNO(netlink_do(n.fd, &del), 0);
	EXPECT_ERRNO(netlink_do(n.fd, &gone), ENOENT);
	entries.ours = 0;
	list.header.nlmsg_seq++;
	EXPECT_GT(netlink_dump(n.fd, &list, note_entry, &entries), 0);
	EXPECT_EQ(entries.ours, 0);
}

/* Learning is heard of by the group of neighbours, with family AF_BRIDGE. */
CASE(entries_are_heard_of,
     .claim = "RTNLGRP_NEIGH hears of entries of a bridge's table, with AF_BRIDGE", .level = ABI,
     .spec = "net/bridge/br_fdb.c fdb_notify(); bridge(8) monitor", .needs = "netlink bridge veth",
     .tags = "netlink rtnetlink bridge multicast")
{
	struct network n = network();
	struct netlink_request add = entry(RTM_NEWNEIGH, NLM_F_CREATE, n.port);
	int listener = netlink_listener(RTNLGRP_NEIGH);
	struct entries entries = {0};
	struct netlink_answer answer;

	EXPECT_ERRNO(netlink_do(n.fd, &add), 0);
	for (int i = 0; i < 32 && entries.ours == 0 && netlink_receive(listener, &answer) > 0;
	     i++) {
		if (((const struct ndmsg *)NLMSG_DATA(answer_first(&answer)))->ndm_family ==
		    AF_BRIDGE)
			note_entry(answer_first(&answer), &entries);
	}
	EXPECT_EQ(entries.ours, 1);
	EXPECT_EQ(entries.port, n.port);
}

static void count_vlans(const struct nlmsghdr *h, void *context)
{
	const struct nlattr *all = ATTRIBUTE(h, struct ifinfomsg, IFLA_AF_SPEC);
	const struct bridge_vlan_info *vlan =
		attribute_data(attribute_in(all, IFLA_BRIDGE_VLAN_INFO), sizeof(*vlan));

	if (((const struct ifinfomsg *)NLMSG_DATA(h))->ifi_index == ((int *)context)[0] &&
	    vlan != NULL)
		((int *)context)[1] = vlan->vid;
}

/*
 * Several networks on one switch.
 *
 * A bridge can keep VLANs apart: each port is a member of some. `RTM_SETLINK` with `AF_BRIDGE`
 * changes that, and a dump shows it when `IFLA_EXT_MASK` asks for it. A new port is in VLAN 1.
 *
 * Try it: `bridge vlan`.
 */
CASE(vlans,
     .claim = "RTM_DELLINK and RTM_SETLINK with AF_BRIDGE take a port out of a VLAN and put it "
	      "into another",
     .level = LINUX, .spec = "bridge(8) vlan; linux/if_bridge.h IFLA_BRIDGE_VLAN_INFO",
     .needs = "netlink bridge veth bridge_vlan", .tags = "netlink rtnetlink bridge vlan")
{
	struct network n = network();
	struct ifinfomsg header = {.ifi_family = AF_BRIDGE},
			 port = {.ifi_family = AF_BRIDGE, .ifi_index = n.port};
	struct bridge_vlan_info first = {.vid = 1}, other = {.vid = 77};
	struct netlink_request list = REQUEST(RTM_GETLINK, NLM_F_DUMP, header);
	struct netlink_request out = REQUEST(RTM_DELLINK, 0, port),
			       in = REQUEST(RTM_SETLINK, 0, port);
	int found[2] = {n.port, 0};
	size_t nest;

	request_add_u32(&list, IFLA_EXT_MASK, RTEXT_FILTER_BRVLAN);
	EXPECT_GT(netlink_dump(n.fd, &list, count_vlans, found), 0);
	EXPECT_EQ(found[1], 1);
	nest = request_nest(&out, IFLA_AF_SPEC);
	request_add(&out, IFLA_BRIDGE_VLAN_INFO, &first, sizeof(first));
	request_end(&out, nest);
	EXPECT_ERRNO(netlink_do(n.fd, &out), 0);
	nest = request_nest(&in, IFLA_AF_SPEC);
	request_add(&in, IFLA_BRIDGE_VLAN_INFO, &other, sizeof(other));
	request_end(&in, nest);
	EXPECT_ERRNO(netlink_do(n.fd, &in), 0);
	list.header.nlmsg_seq++;
	EXPECT_GT(netlink_dump(n.fd, &list, count_vlans, found), 0);
	EXPECT_EQ(found[1], 77);
}
