/* SPDX-License-Identifier: MIT */
#include "suites/inet/ip_wire.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/kit.h"

static bool is_udp_to(const struct packet *packet, const void *context)
{
	const struct packet_udp *udp = packet_udp(packet);

	return udp != NULL && udp->destination_port == *(const uint16_t *)context;
}

const struct packet *wire_next_udp(struct wire *wire, uint16_t port)
{
	return wire_next_wanted(wire, is_udp_to, &port, SOON_MS);
}

struct icmp_wanted {
	int family;
	unsigned int type, code;
};

static bool is_icmp(const struct packet *packet, const void *context)
{
	const struct icmp_wanted *w = context;
	const struct packet_icmp *icmp = packet_icmp(packet);
	const struct packet_icmpv6 *icmpv6 = packet_icmpv6(packet);

	if (w->family == AF_INET)
		return icmp != NULL && icmp->type == w->type && icmp->code == w->code;
	return icmpv6 != NULL && icmpv6->type == w->type && icmpv6->code == w->code;
}

const struct packet *wire_next_icmp(struct wire *wire, int family, unsigned int type,
				    unsigned int code)
{
	struct icmp_wanted wanted = {family, type, code};

	return wire_next_wanted(wire, is_icmp, &wanted, SOON_MS);
}

static bool is_of_kind(const struct packet *packet, const void *context)
{
	return packet_find(packet, *(const enum packet_kind *)context) != NULL;
}

const struct packet *wire_next_kind(struct wire *wire, enum packet_kind kind)
{
	return wire_next_wanted(wire, is_of_kind, &kind, SOON_MS);
}

unsigned int packet_hops(const struct packet *packet)
{
	const struct packet_ipv4 *v4 = packet_ipv4(packet);
	const struct packet_ipv6 *v6 = packet_ipv6(packet);

	return v4 != NULL ? v4->time_to_live : v6 != NULL ? v6->hop_limit : 0;
}

unsigned int packet_class(const struct packet *packet)
{
	const struct packet_ipv4 *v4 = packet_ipv4(packet);
	const struct packet_ipv6 *v6 = packet_ipv6(packet);

	return v4 != NULL ? v4->type_of_service : v6 != NULL ? v6->traffic_class : 0;
}

/* How many features the kernel knows, by SIOCETHTOOL; -1 with errno. */
static int count_features(int fd, struct ifreq *request)
{
	union {
		struct ethtool_sset_info info;
		__u32 room[sizeof(struct ethtool_sset_info) / sizeof(__u32) + 1];
	} set = {.info = {.cmd = ETHTOOL_GSSET_INFO, .sset_mask = 1ull << ETH_SS_FEATURES}};

	request->ifr_data = (void *)&set;
	if (ioctl(fd, SIOCETHTOOL, request) != 0)
		return -1;
	return (int)set.info.data[0];
}

/* The number of a feature, or how many there are if the kernel does not know it. */
static int find_feature(int fd, struct ifreq *request, const char *name, int count)
{
	struct ethtool_gstrings *names =
		calloc(1, sizeof(*names) + (size_t)count * ETH_GSTRING_LEN);
	int at = -1;

	if (names == NULL)
		return -1;
	names->cmd = ETHTOOL_GSTRINGS;
	names->string_set = ETH_SS_FEATURES;
	names->len = (__u32)count;
	request->ifr_data = (void *)names;
	if (ioctl(fd, SIOCETHTOOL, request) == 0) {
		for (at = 0; at < count; at++) {
			if (strncmp((const char *)names->data + (size_t)at * ETH_GSTRING_LEN, name,
				    ETH_GSTRING_LEN) == 0)
				break;
		}
	}
	free(names);
	return at;
}

static int turn_off(int fd, struct ifreq *request, int feature)
{
	__u32 size = (__u32)feature / 32 + 1;
	struct ethtool_sfeatures *set = calloc(1, sizeof(*set) + size * sizeof(set->features[0]));
	int result;

	if (set == NULL)
		return -1;
	set->cmd = ETHTOOL_SFEATURES;
	set->size = size;
	set->features[feature / 32].valid = 1u << feature % 32;
	request->ifr_data = (void *)set;
	/* A kernel tells by a positive result that it could not do as it was asked. */
	result = ioctl(fd, SIOCETHTOOL, request) < 0 ? -1 : 0;
	free(set);
	return result;
}

int plain_datagrams_here(const char *interface)
{
	struct ifreq request = {.ifr_data = NULL};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), count, feature, result = -1;

	if (fd < 0)
		return -1;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", interface);
	count = count_features(fd, &request);
	feature = count < 0 ? -1 : find_feature(fd, &request, "tx-udp-segmentation", count);
	/* One that the kernel does not know is not on. */
	if (feature >= 0)
		result = feature == count ? 0 : turn_off(fd, &request, feature);
	close(fd);
	return result;
}
