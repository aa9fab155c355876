/* SPDX-License-Identifier: MIT */
/* Making, changing and deleting interfaces. */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* What the kernel says of an interface now. */
static const struct nlmsghdr *ask(int fd, int index, struct netlink_answer *answer)
{
	struct ifinfomsg link = {.ifi_index = index};
	struct netlink_request r = REQUEST(RTM_GETLINK, 0, link);
	const struct nlmsghdr *h = netlink_get(fd, &r, answer);

	REQUIRE_TRUE(h != NULL);
	return h;
}

static unsigned int flags_of(int fd, int index)
{
	struct netlink_answer answer;

	return ((const struct ifinfomsg *)NLMSG_DATA(ask(fd, index, &answer)))->ifi_flags;
}

static uint32_t number_of(int fd, int index, uint16_t type)
{
	struct netlink_answer answer;

	return attribute_u32(ATTRIBUTE(ask(fd, index, &answer), struct ifinfomsg, type));
}

/*
 * An interface from nothing.
 *
 * `RTM_NEWLINK` with `NLM_F_CREATE` and the name of a kind makes an interface: here a bridge, which
 * is a switch made of software. The kernel chooses its index. `RTM_DELLINK` removes it, and
 * its name and index are unknown again.
 *
 * Try it: `ip link add br7 type bridge; ip -d link show br7; ip link del br7`.
 */
CASE(make_and_delete,
     .claim = "RTM_NEWLINK makes an interface of a kind, and RTM_DELLINK deletes it",
     .level = LINUX, .spec = "rtnetlink(7) RTM_NEWLINK, RTM_DELLINK; ip-link(8)",
     .needs = "netlink bridge", .tags = "netlink rtnetlink link")
{
	struct netlink_request r = request_link("br7", "bridge", NLM_F_CREATE | NLM_F_EXCL), del,
			       again;
	struct netlink_answer answer;
	struct ifinfomsg link = {0};
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &r), 0);
	link.ifi_index = (int)if_nametoindex("br7");
	REQUIRE_TRUE(link.ifi_index > 1);
	h = ask(fd, link.ifi_index, &answer);
	EXPECT_STREQ(attribute_text(ATTRIBUTE(h, struct ifinfomsg, IFLA_IFNAME)), "br7");
	EXPECT_STREQ(attribute_text(attribute_in(ATTRIBUTE(h, struct ifinfomsg, IFLA_LINKINFO),
						 IFLA_INFO_KIND)),
		     "bridge");
	EXPECT_EQ(((const struct ifinfomsg *)NLMSG_DATA(h))->ifi_flags & IFF_UP, 0);

	del = REQUEST(RTM_DELLINK, 0, link);
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_EQ(if_nametoindex("br7"), 0);
	again = REQUEST(RTM_DELLINK, 0, link);
	EXPECT_ERRNO(netlink_do(fd, &again), ENODEV);
}

struct new_row {
	struct variant variant;
	unsigned int flags;
	bool exists;
	int error;
};

static const struct new_row ways_to_make[] = {
	{{"create", NULL}, NLM_F_CREATE, false, 0},
	{{"create_again", NULL}, NLM_F_CREATE, true, 0},
	{{"create_exclusively", NULL}, NLM_F_CREATE | NLM_F_EXCL, false, 0},
	{{"create_exclusively_again", NULL}, NLM_F_CREATE | NLM_F_EXCL, true, EEXIST},
	{{"change_none", NULL}, 0, false, ENODEV},
	{{"change", NULL}, 0, true, 0},
	{{"replace", NULL}, NLM_F_REPLACE, true, EOPNOTSUPP},
};

/*
 * One message to make and to change.
 *
 * The flags say which: `NLM_F_CREATE` makes what is not there, `NLM_F_EXCL` insists that it was
 * not. Without them the message changes an interface, which must exist.
 */
CASE(make_or_change,
     .claim = "NLM_F_CREATE and NLM_F_EXCL decide whether RTM_NEWLINK makes, changes or fails",
     .level = RFC, .spec = "RFC 3549 2.3.2 (NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE); netlink(7)",
     .needs = "netlink bridge", .tags = "netlink rtnetlink link errno", .VARIANTS(ways_to_make))
{
	const struct new_row *row = VARIANT(struct new_row);
	struct netlink_request r = request_link("br7", "bridge", row->flags);
	int fd = netlink_open(NETLINK_ROUTE), index = 0;

	if (row->exists)
		index = link_make(fd, "br7", "bridge");
	request_add_u32(&r, IFLA_MTU, 1400);
	EXPECT_ERRNO(netlink_do(fd, &r), row->error);
	if (index == 0 && row->error == 0)
		index = (int)if_nametoindex("br7");
	if (index != 0)
		EXPECT_EQ(number_of(fd, index, IFLA_MTU), row->error == 0 ? 1400 : 1500);
	EXPECT_EQ(if_nametoindex("br7"), index);
}

struct name_row {
	struct variant variant;
	const char *name, *kind;
	int error;
};

static const struct name_row bad_names[] = {
	{{"taken", NULL}, "lo", "bridge", EEXIST},
	{{"too_long", NULL}, "a-name-of-16-byt", "bridge", ERANGE},
	{{"slash", NULL}, "a/b", "bridge", EINVAL},
	{{"dot_dot", NULL}, "..", "bridge", EINVAL},
	{{"space", NULL}, "a b", "bridge", EINVAL},
	{{"unknown_kind", NULL}, "new0", "no-such-kind", EOPNOTSUPP},
};

/*
 * Names that cannot be.
 *
 * An interface's name has 1 to 15 bytes, and is a file name in `/proc` and `/sys`: hence no
 * slash, no space, no "..". A kind that this kernel does not have gives `EOPNOTSUPP`.
 */
CASE(names_that_cannot_be,
     .claim = "RTM_NEWLINK refuses names that are taken, too long or no file names", .level = ABI,
     .spec = "net/core/dev.c dev_valid_name(); net/core/rtnetlink.c ifla_policy; rtnetlink(7)",
     .needs = "netlink bridge", .tags = "netlink rtnetlink link errno", .VARIANTS(bad_names))
{
	const struct name_row *row = VARIANT(struct name_row);
	struct netlink_request r = request_link(row->name, row->kind, NLM_F_CREATE | NLM_F_EXCL);
	struct netlink_request good = request_link("fifteen-bytes-15", "bridge", NLM_F_CREATE);
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &r), row->error);
	good = request_link("fifteen-bytes-5", "bridge", NLM_F_CREATE | NLM_F_EXCL);
	EXPECT_ERRNO(netlink_do(fd, &good), 0);
	EXPECT_GT(if_nametoindex("fifteen-bytes-5"), 1);
}

/*
 * On and off.
 *
 * `ifi_flags` holds the new state and `ifi_change` the bits that are meant; others stay. With
 * only the flag and no `ifi_change`, all flags are meant (an older way).
 */
CASE(up_and_down, .claim = "RTM_NEWLINK with IFF_UP in ifi_change turns an interface on and off",
     .level = LINUX, .spec = "rtnetlink(7) struct ifinfomsg; netdevice(7) IFF_UP",
     .needs = "netlink bridge", .tags = "netlink rtnetlink link")
{
	int fd = netlink_open(NETLINK_ROUTE), index = link_make(fd, "br7", "bridge");
	struct netlink_request up = request_up(index, true), down = request_up(index, false);
	struct ifinfomsg nothing = {.ifi_index = index, .ifi_change = IFF_PROMISC};
	struct netlink_request other = REQUEST(RTM_NEWLINK, 0, nothing);

	EXPECT_EQ(flags_of(fd, index) & IFF_UP, 0);
	EXPECT_ERRNO(netlink_do(fd, &up), 0);
	EXPECT_EQ(flags_of(fd, index) & IFF_UP, IFF_UP);
	/* IFF_UP is not set in these flags, and not in what they change either. */
	EXPECT_ERRNO(netlink_do(fd, &other), 0);
	EXPECT_EQ(flags_of(fd, index) & IFF_UP, IFF_UP);
	EXPECT_ERRNO(netlink_do(fd, &down), 0);
	EXPECT_EQ(flags_of(fd, index) & IFF_UP, 0);
}

/*
 * Another name.
 *
 * `RTM_NEWLINK` or `RTM_SETLINK` with an index and a name renames: the index stays, which is why
 * programs keep the index. Since Linux 6.2 an interface that is up can be renamed too; here
 * it is down.
 */
CASE(rename, .claim = "RTM_SETLINK gives an interface another name, under which it keeps its index",
     .level = LINUX, .spec = "rtnetlink(7); ip-link(8) name", .needs = "netlink bridge",
     .tags = "netlink rtnetlink link")
{
	int fd = netlink_open(NETLINK_ROUTE), index = link_make(fd, "br7", "bridge");
	struct ifinfomsg link = {.ifi_index = index};
	struct netlink_request r = REQUEST(RTM_SETLINK, 0, link), taken = r;
	char name[IF_NAMESIZE] = "";

	request_add_text(&taken, IFLA_IFNAME, "lo");
	EXPECT_ERRNO(netlink_do(fd, &taken), EEXIST);
	request_add_text(&r, IFLA_IFNAME, "br8");
	EXPECT_ERRNO(netlink_do(fd, &r), 0);
	EXPECT_EQ(if_nametoindex("br7"), 0);
	EXPECT_EQ(if_nametoindex("br8"), index);
	EXPECT_STREQ(if_indextoname((unsigned int)index, name), "br8");
}

struct value_row {
	struct variant variant;
	uint16_t attribute;
	uint32_t good, bad;
	int error;
};

static const struct value_row values[] = {
	{{"mtu", NULL}, IFLA_MTU, 1400, 20, EINVAL},
	{{"queue_length", NULL}, IFLA_TXQLEN, 77, 0, 0},
	{{"group", NULL}, IFLA_GROUP, 5, 0, 0},
};

/*
 * Numbers of an interface.
 *
 * What an attribute says in an answer it says in a request as well. A value that the device
 * cannot take is refused: a virtual Ethernet with an MTU of 20 could not carry an IP header.
 */
CASE(numbers,
     .claim = "RTM_NEWLINK sets MTU, queue length and group, and refuses an MTU that is too small",
     .level = LINUX,
     .spec = "rtnetlink(7) IFLA_MTU, IFLA_TXQLEN; ip-link(8) mtu, txqueuelen, group",
     .needs = "netlink veth", .tags = "netlink rtnetlink link errno", .VARIANTS(values))
{
	const struct value_row *row = VARIANT(struct value_row);
	int fd = netlink_open(NETLINK_ROUTE), index = link_make_veth(fd, "left", "right");
	struct ifinfomsg link = {.ifi_index = index};
	struct netlink_request good = REQUEST(RTM_NEWLINK, 0, link),
			       bad = REQUEST(RTM_NEWLINK, 0, link);

	request_add_u32(&good, row->attribute, row->good);
	request_add_u32(&bad, row->attribute, row->bad);
	EXPECT_ERRNO(netlink_do(fd, &good), 0);
	EXPECT_EQ(number_of(fd, index, row->attribute), row->good);
	EXPECT_ERRNO(netlink_do(fd, &bad), row->error);
	EXPECT_EQ(number_of(fd, index, row->attribute), row->error != 0 ? row->good : row->bad);
}

/* The link's state changes a moment later: waits until it runs, or does not, at most SOON_MS. */
static unsigned int settled_flags_of(int fd, int link, bool runs)
{
	int64_t end = clock_ms() + SOON_MS;

	while (clock_ms() < end && ((flags_of(fd, link) & IFF_RUNNING) != 0) != runs)
		wait_for(fd, POLLIN, 10);
	return flags_of(fd, link);
}

/*
 * Two ends of one cable.
 *
 * A pair of virtual Ethernet interfaces is made in one message and goes in one: deleting an
 * end deletes the other. Each names its peer in `IFLA_LINK`. One is running only when both
 * are on, as with a real cable.
 */
CASE(both_ends,
     .claim = "a veth pair is made and deleted together, and is running when both ends are up",
     .level = LINUX, .spec = "veth(4); rtnetlink(7); netdevice(7) IFF_RUNNING",
     .needs = "netlink veth", .tags = "netlink rtnetlink link")
{
	int fd = netlink_open(NETLINK_ROUTE), left = link_make_veth(fd, "left", "right");
	int right = (int)if_nametoindex("right");
	struct netlink_request left_up = request_up(left, true), right_up = request_up(right, true);
	struct ifinfomsg link = {.ifi_index = right};
	struct netlink_request del = REQUEST(RTM_DELLINK, 0, link);

	REQUIRE_TRUE(left > 1 && right > 1 && left != right);
	EXPECT_EQ(number_of(fd, left, IFLA_LINK), right);
	EXPECT_EQ(number_of(fd, right, IFLA_LINK), left);
	EXPECT_ERRNO(netlink_do(fd, &left_up), 0);
	EXPECT_EQ(settled_flags_of(fd, left, false) & (IFF_UP | IFF_RUNNING), IFF_UP);
	EXPECT_ERRNO(netlink_do(fd, &right_up), 0);
	EXPECT_EQ(settled_flags_of(fd, left, true) & (IFF_UP | IFF_RUNNING), IFF_UP | IFF_RUNNING);
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_EQ(if_nametoindex("left"), 0);
	EXPECT_EQ(if_nametoindex("right"), 0);
}

/* Every host has a loopback interface; it cannot be deleted. */
CASE(loopback_stays, .claim = "RTM_DELLINK of the loopback interface fails with EOPNOTSUPP",
     .level = ABI, .spec = "net/core/rtnetlink.c rtnl_delete_link(); rtnetlink(7) RTM_DELLINK",
     .needs = "netlink bridge", .tags = "netlink rtnetlink link errno")
{
	int fd = netlink_open(NETLINK_ROUTE);
	struct ifinfomsg lo = {.ifi_index = 1},
			 bridge = {.ifi_index = link_make(fd, "br7", "bridge")};
	struct netlink_request del = REQUEST(RTM_DELLINK, 0, lo),
			       other = REQUEST(RTM_DELLINK, 0, bridge);

	EXPECT_ERRNO(netlink_do(fd, &del), EOPNOTSUPP);
	EXPECT_EQ(if_nametoindex("lo"), 1);
	EXPECT_ERRNO(netlink_do(fd, &other), 0);
}
