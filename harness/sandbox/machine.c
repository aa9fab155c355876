/* SPDX-License-Identifier: MIT */
#include "harness/sandbox/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/sandbox/descriptors.h"
#include "harness/sandbox/make.h"

enum { MOST_LINKS = 256 };

static int network = -1; /* a descriptor of the machine's network namespace */

static unsigned int links[MOST_LINKS];
static size_t link_count;

int sandbox_own_machine(void)
{
	network = descriptor_hide(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	return network < 0 ? -1 : 0;
}

static bool was_there(unsigned int link)
{
	for (size_t i = 0; i < link_count; i++) {
		if (links[i] == link)
			return true;
	}
	return false;
}

int sandbox_enter_machine(void)
{
	struct if_nameindex *all;

	if (network < 0) {
		errno = EPERM;
		return -1;
	}
	if (setns(network, CLONE_NEWNET) != 0)
		return -1;
	all = if_nameindex();
	if (all == NULL)
		return -1;
	for (size_t i = 0; all[i].if_index != 0 && link_count < MOST_LINKS; i++)
		links[link_count++] = all[i].if_index;
	if_freenameindex(all);
	return 0;
}

/* rtnetlink(7). The answer is waited for: a device is gone when it comes. */
static void delete_link(int netlink, unsigned int link)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg link;
	} request = {
		.header = {.nlmsg_len = sizeof(request),
			   .nlmsg_type = RTM_DELLINK,
			   .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
		.link = {.ifi_family = AF_UNSPEC, .ifi_index = (int)link},
	};
	char answer[1024];

	if (send(netlink, &request, sizeof(request), 0) == (ssize_t)sizeof(request))
		(void)!recv(netlink, answer, sizeof(answer), 0);
}

void machine_restore(void)
{
	struct if_nameindex *all;
	int netlink;

	if (link_count == 0 || setns(network, CLONE_NEWNET) != 0)
		return;
	netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	all = netlink < 0 ? NULL : if_nameindex();
	for (size_t i = 0; all != NULL && all[i].if_index != 0; i++) {
		if (!was_there(all[i].if_index))
			delete_link(netlink, all[i].if_index);
	}
	if_freenameindex(all);
	close(netlink);
}
