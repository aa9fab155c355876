/* SPDX-License-Identifier: MIT */
#include "harness/sandbox/settle.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_addr.h>
#include <linux/ipv6_route.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 1000, STEP_NS = 500000 }; /* steps of half a millisecond */

/*
 * Asks netlink for the link, which does the same since Linux 6.8 (rtnl_getlink(),
 * linkwatch_sync_dev()). An answer is not needed.
 */
static void ask_netlink(unsigned int index)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg link;
	} request = {{.nlmsg_len = sizeof(request),
		      .nlmsg_type = RTM_GETLINK,
		      .nlmsg_flags = NLM_F_REQUEST},
		     {.ifi_index = (int)index}};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd >= 0 && send(fd, &request, sizeof(request), 0) < 0)
		errno = 0;
	close(fd);
}

/*
 * The kernel tells IPv6 and bridges of a link's carrier from a work queue, up to a
 * second later (net/core/link_watch.c). Asking ethtool for the link's state makes it
 * do so now (ethtool_op_get_link()). qemu-user does not pass that on: ENOSYS.
 */
static void announce_carriers(void)
{
	struct if_nameindex *links = if_nameindex();
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	for (struct if_nameindex *link = links; link != NULL && link->if_index != 0; link++) {
		struct ethtool_value question = {.cmd = ETHTOOL_GLINK};
		struct ifreq request = {.ifr_data = (char *)&question};

		snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", link->if_name);
		/* A device without ethtool has no carrier to wait for. */
		if (ioctl(fd, SIOCETHTOOL, &request) != 0 && errno == ENOSYS)
			ask_netlink(link->if_index);
	}
	if_freenameindex(links);
	close(fd);
}

/*
 * Whether /proc/net/ipv6_route has routes to so many own addresses. Linux lists at least those that
 * refuse; gVisor lists none, ever.
 */
static bool has_own_routes(int addresses)
{
	FILE *file = fopen("/proc/self/net/ipv6_route", "re");
	unsigned int length, flags;
	int all = 0, own = 0;

	if (file == NULL)
		return true;
	/* to, length, from, length, gateway, metric, references, uses, flags, name */
	while (fscanf(file, "%*s %x %*s %*x %*s %*x %*x %*x %x %*s", &length, &flags) == 2) {
		all++;
		own += length == 128 && (flags & RTF_LOCAL) != 0;
	}
	fclose(file);
	return all == 0 || own >= addresses;
}

/*
 * Even without duplicate address detection an IPv6 address is tentative until a
 * work queue has joined its solicited-node group (RFC 4861 7.2.1): before that,
 * nobody can resolve it. The same work adds the route to it, and a moment later
 * (net/ipv6/addrconf.c, addrconf_dad_completed()).
 */
static bool addresses_unsettled(void)
{
	FILE *file = fopen("/proc/self/net/if_inet6", "re");
	unsigned int flags;
	bool tentative = false;
	int count = 0;

	if (file == NULL)
		return false;
	/* address, index, prefix length, scope, flags, name: all in hexadecimal */
	while (fscanf(file, "%*s %*x %*x %*x %x %*s", &flags) == 1) {
		tentative = tentative || (flags & IFA_F_TENTATIVE) != 0;
		count++;
	}
	fclose(file);
	return tentative || !has_own_routes(count);
}

void settle_host(void)
{
	struct timespec step = {0, STEP_NS};

	announce_carriers();
	for (int i = 0; i < PATIENCE && addresses_unsettled(); i++)
		nanosleep(&step, NULL);
}
