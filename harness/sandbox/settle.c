/* SPDX-License-Identifier: MIT */
#include "harness/sandbox/settle.h"

#include <linux/ethtool.h>
#include <linux/if_addr.h>
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
 * The kernel tells IPv6 and bridges of a link's carrier from a work queue, up to a
 * second later (net/core/link_watch.c). Asking ethtool for the link's state makes it
 * do so now (ethtool_op_get_link()).
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
		if (ioctl(fd, SIOCETHTOOL, &request) != 0)
			continue;
	}
	if_freenameindex(links);
	close(fd);
}

/*
 * Even without duplicate address detection an IPv6 address is tentative until a
 * work queue has joined its solicited-node group (RFC 4861 7.2.1): before that,
 * nobody can resolve it.
 */
static bool addresses_tentative(void)
{
	FILE *file = fopen("/proc/self/net/if_inet6", "re");
	unsigned int flags;
	bool tentative = false;

	if (file == NULL)
		return false;
	/* address, index, prefix length, scope, flags, name: all in hexadecimal */
	while (fscanf(file, "%*s %*x %*x %*x %x %*s", &flags) == 1)
		tentative = tentative || (flags & IFA_F_TENTATIVE) != 0;
	fclose(file);
	return tentative;
}

void settle_host(void)
{
	struct timespec step = {0, STEP_NS};

	announce_carriers();
	for (int i = 0; i < PATIENCE && addresses_tentative(); i++)
		nanosleep(&step, NULL);
}
