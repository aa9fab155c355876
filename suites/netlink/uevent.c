/* SPDX-License-Identifier: MIT */
/* NETLINK_KOBJECT_UEVENT: what udev hears. */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* The value of "KEY=" in the strings of an event; NULL when there is none. */
static const char *value_of(const char *event, size_t length, const char *key)
{
	size_t of_key = strlen(key);

	for (const char *at = event; at < event + length; at += strlen(at) + 1) {
		if (strncmp(at, key, of_key) == 0)
			return at + of_key;
	}
	return NULL;
}

/* The next event of a path, in a buffer of 4096 bytes; others are passed over. Its length, or -1.
 */
static ssize_t next_event(int fd, const char *what, char *event)
{
	for (int i = 0; i < 64; i++) {
		struct sockaddr_nl from = {.nl_pid = 1};
		socklen_t length = sizeof(from);
		ssize_t got = recvfrom(fd, event, 4095, 0, (struct sockaddr *)&from, &length);

		if (got < 0)
			return -1;
		event[got] = '\0';
		EXPECT_EQ(length, sizeof(from));
		EXPECT_EQ(from.nl_pid, 0);
		EXPECT_EQ(from.nl_groups, 1);
		if (strcmp(event, what) == 0)
			return got;
	}
	return -1;
}

/*
 * Something has come, something has gone.
 *
 * The kernel tells about devices in strings, without the header of netlink: "add@" and the path
 * below `/sys`, then "KEY=value" each with a NUL. udev listens in group 1 and makes the files in
 * `/dev`. Events of network interfaces are heard in their own network namespace only.
 *
 * Try it: `udevadm monitor --kernel`.
 */
CASE(an_interface_comes_and_goes,
     .claim = "making and deleting an interface sends \"add@...\" and \"remove@...\" to group 1",
     .level = LINUX,
     .spec = "netlink(7) NETLINK_KOBJECT_UEVENT; Documentation/ABI/testing/sysfs-uevent",
     .needs = "netlink uevent bridge", .tags = "netlink uevent")
{
	struct sockaddr_nl name = {.nl_family = AF_NETLINK, .nl_groups = 1};
	int fd = netlink_open(NETLINK_KOBJECT_UEVENT), route = netlink_open(NETLINK_ROUTE);
	struct ifinfomsg link = {0};
	struct netlink_request del;
	char event[4096], index[12];
	ssize_t length;

	EXPECT_OK(bind(fd, (struct sockaddr *)&name, sizeof(name)));
	link.ifi_index = link_make(route, "br7", "bridge");
	length = next_event(fd, "add@/devices/virtual/net/br7", event);
	REQUIRE_TRUE(length > 0);
	snprintf(index, sizeof(index), "%d", link.ifi_index);
	EXPECT_STREQ(value_of(event, (size_t)length, "ACTION="), "add");
	EXPECT_STREQ(value_of(event, (size_t)length, "DEVPATH="), "/devices/virtual/net/br7");
	EXPECT_STREQ(value_of(event, (size_t)length, "SUBSYSTEM="), "net");
	EXPECT_STREQ(value_of(event, (size_t)length, "INTERFACE="), "br7");
	EXPECT_STREQ(value_of(event, (size_t)length, "IFINDEX="), index);
	EXPECT_TRUE(value_of(event, (size_t)length, "SEQNUM=") != NULL);

	del = REQUEST(RTM_DELLINK, 0, link);
	EXPECT_ERRNO(netlink_do(route, &del), 0);
	length = next_event(fd, "remove@/devices/virtual/net/br7", event);
	REQUIRE_TRUE(length > 0);
	EXPECT_STREQ(value_of(event, (size_t)length, "ACTION="), "remove");
}

/* Without the group, nothing comes. */
CASE(only_for_members, .claim = "a socket that is not in group 1 hears no events", .level = LINUX,
     .spec = "netlink(7) NETLINK_KOBJECT_UEVENT", .needs = "netlink uevent bridge",
     .tags = "netlink uevent")
{
	struct sockaddr_nl name = {.nl_family = AF_NETLINK},
			   member = {.nl_family = AF_NETLINK, .nl_groups = 1};
	int deaf = netlink_open(NETLINK_KOBJECT_UEVENT), fd = netlink_open(NETLINK_KOBJECT_UEVENT);
	char event[4096];

	SETUP(bind(deaf, (struct sockaddr *)&name, sizeof(name)));
	SETUP(bind(fd, (struct sockaddr *)&member, sizeof(member)));
	link_make(netlink_open(NETLINK_ROUTE), "br7", "bridge");
	EXPECT_GT(next_event(fd, "add@/devices/virtual/net/br7", event), 0);
	EXPECT_TRUE(netlink_is_silent(deaf));
}
