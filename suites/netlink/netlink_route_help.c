/* SPDX-License-Identifier: MIT */
/* Requests of NETLINK_ROUTE that many cases make (rtnetlink(7)). */
#include "suites/netlink/netlink_help.h"

#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <string.h>

struct netlink_request request_link(const char *name, const char *kind, unsigned int flags)
{
	struct ifinfomsg link = {.ifi_family = AF_UNSPEC};
	struct netlink_request r = REQUEST(RTM_NEWLINK, flags, link);
	size_t info;

	request_add_text(&r, IFLA_IFNAME, name);
	info = request_nest(&r, IFLA_LINKINFO);
	request_add_text(&r, IFLA_INFO_KIND, kind);
	request_end(&r, info);
	return r;
}

int link_make_here(int fd, const char *name, const char *kind)
{
	struct netlink_request r = request_link(name, kind, NLM_F_CREATE | NLM_F_EXCL);

	errno = netlink_do_here(fd, &r, NLM_F_ACK);
	SETUP(errno == 0 ? 0 : -1);
	return (int)if_nametoindex(name);
}

int link_make_veth_here(int fd, const char *name, const char *peer)
{
	struct ifinfomsg link = {.ifi_family = AF_UNSPEC};
	struct netlink_request r = REQUEST(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, link);
	size_t info, data, other;

	request_add_text(&r, IFLA_IFNAME, name);
	info = request_nest(&r, IFLA_LINKINFO);
	request_add_text(&r, IFLA_INFO_KIND, "veth");
	data = request_nest(&r, IFLA_INFO_DATA);
	/* The value starts with a struct ifinfomsg, before its own attributes. */
	other = r.header.nlmsg_len;
	request_add(&r, VETH_INFO_PEER, &link, sizeof(link));
	request_add_text(&r, IFLA_IFNAME, peer);
	request_end(&r, other);
	request_end(&r, data);
	request_end(&r, info);
	errno = netlink_do_here(fd, &r, NLM_F_ACK);
	SETUP(errno == 0 ? 0 : -1);
	return (int)if_nametoindex(name);
}

struct netlink_request request_up(int index, bool up)
{
	struct ifinfomsg link = {
		.ifi_index = index, .ifi_flags = up ? IFF_UP : 0, .ifi_change = IFF_UP};

	return REQUEST(RTM_NEWLINK, 0, link);
}

struct netlink_request request_address(uint16_t type, unsigned int flags, int index,
				       const char *text, int prefix)
{
	struct address a = address_of(text, 0);
	struct ifaddrmsg address = {
		.ifa_family = (uint8_t)a.any.sa_family,
		.ifa_prefixlen = (uint8_t)prefix,
		.ifa_index = (unsigned int)index,
	};
	struct netlink_request r = REQUEST(type, flags, address);

	if (a.any.sa_family == AF_INET6) {
		/* Otherwise it cannot be used before nobody else has claimed it (RFC 4862 5.4). */
		((struct ifaddrmsg *)NLMSG_DATA(&r.header))->ifa_flags = IFA_F_NODAD;
		request_add(&r, IFA_LOCAL, &a.v6.sin6_addr, sizeof(a.v6.sin6_addr));
		return r;
	}
	request_add(&r, IFA_LOCAL, &a.v4.sin_addr, sizeof(a.v4.sin_addr));
	request_add(&r, IFA_ADDRESS, &a.v4.sin_addr, sizeof(a.v4.sin_addr));
	return r;
}

struct netlink_request request_route(uint16_t type, unsigned int flags, int index, const char *text,
				     int prefix, uint32_t priority)
{
	struct address a = address_of(text, 0);
	struct rtmsg route = {
		.rtm_family = (uint8_t)a.any.sa_family,
		.rtm_dst_len = (uint8_t)prefix,
		.rtm_table = RT_TABLE_MAIN,
		.rtm_protocol = RTPROT_STATIC,
		.rtm_scope = RT_SCOPE_LINK,
		.rtm_type = RTN_UNICAST,
	};
	struct netlink_request r = REQUEST(type, flags, route);

	if (a.any.sa_family == AF_INET6)
		request_add(&r, RTA_DST, &a.v6.sin6_addr, sizeof(a.v6.sin6_addr));
	else
		request_add(&r, RTA_DST, &a.v4.sin_addr, sizeof(a.v4.sin_addr));
	request_add_u32(&r, RTA_OIF, (uint32_t)index);
	if (priority != 0)
		request_add_u32(&r, RTA_PRIORITY, priority);
	return r;
}
