/* SPDX-License-Identifier: MIT */
#include "suites/appletalk/appletalk_help.h"

#include <endian.h>
#include <net/route.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/kit.h"

struct sockaddr_at appletalk_address(uint16_t network, uint8_t node, uint8_t port)
{
	return (struct sockaddr_at){.sat_family = AF_APPLETALK,
				    .sat_port = port,
				    .sat_addr = {.s_net = htobe16(network), .s_node = node}};
}

struct ifreq appletalk_request(const char *interface, uint16_t network, uint8_t node,
			       uint16_t first, uint16_t last)
{
	struct sockaddr_at address = appletalk_address(network, node, 0);
	/* Phase 2 of AppleTalk: a cable has a range of networks, and not just one. */
	const struct atalk_netrange range = {
		.nr_phase = 2, .nr_firstnet = htobe16(first), .nr_lastnet = htobe16(last)};
	struct ifreq request = {.ifr_flags = 0};

	memcpy(address.sat_zero, &range, sizeof(range));
	strncpy(request.ifr_name, interface, sizeof(request.ifr_name) - 1);
	memcpy(&request.ifr_addr, &address, sizeof(address));
	return request;
}

/*
 * The address comes with a route to its network as a host, node 0, that no datagram for the
 * node takes; netatalk adds the second one as well.
 */
void appletalk_on_loopback_at(struct expect_at at)
{
	struct ifreq request = appletalk_request("lo", NETWORK, NODE, NETWORK, NETWORK);
	const struct sockaddr_at self = appletalk_address(NETWORK, NODE, 0);
	struct rtentry route = {.rt_flags = RTF_UP | RTF_HOST, .rt_dev = "lo"};
	int fd = (int)expect_success(at, socket(AF_APPLETALK, SOCK_DGRAM, 0));

	/* What an earlier case may have left on this machine. */
	expect_success(at, ioctl(fd, SIOCDIFADDR, &request));
	expect_success(at, ioctl(fd, SIOCSIFADDR, &request));
	memcpy(&route.rt_dst, &self, sizeof(self));
	memcpy(&route.rt_gateway, &self, sizeof(self));
	expect_success(at, ioctl(fd, SIOCADDRT, &route));
	close(fd);
}

int appletalk_bound_at(struct expect_at at, int type, uint8_t port)
{
	const struct sockaddr_at self = appletalk_address(NETWORK, NODE, port);
	int fd = (int)expect_success(at, socket(AF_APPLETALK, type, 0));

	expect_success(at, bind(fd, APPLETALK(self)));
	return fd;
}
