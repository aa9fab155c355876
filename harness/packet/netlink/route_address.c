/* SPDX-License-Identifier: MIT */
/* NETLINK_ROUTE: addresses, struct ifaddrmsg and IFA_* (linux/if_addr.h). */
#include "harness/packet/netlink/internal.h"

/* The lower 8 are in ifa_flags too, which IFA_FLAGS replaces. */
static const struct netlink_name flags[] = {
	{0x01, "SECONDARY"},
	{0x02, "NODAD"},
	{0x04, "OPTIMISTIC"},
	{0x08, "DADFAILED"},
	{0x10, "HOMEADDRESS"},
	{0x20, "DEPRECATED"},
	{0x40, "TENTATIVE"},
	{0x80, "PERMANENT"},
	{0x100, "MANAGETEMPADDR"},
	{0x200, "NOPREFIXROUTE"},
	{0x400, "MCAUTOJOIN"},
	{0x800, "STABLE_PRIVACY"},
	{0, NULL},
};

/*
 *     0               8               16              24            32
 *    +---------------+---------------+---------------+---------------+
 *  0 | ifa_family    | ifa_prefixlen | ifa_flags     | ifa_scope     |
 *    +---------------+---------------+---------------+---------------+
 *  4 | ifa_index                                                     |
 *    +---------------------------------------------------------------+
 */
static const struct netlink_field fields[] = {
	{NETLINK_U8_OF("ifa_family", packet_netlink_families), 0, 0},
	{NETLINK_U8("ifa_prefixlen"), 1, 0},
	{NETLINK_F8("ifa_flags", flags), 2, 0},
	{NETLINK_U8_OF("ifa_scope", packet_netlink_scopes), 3, 0},
	{NETLINK_U32("ifa_index"), 4, 0},
};
const struct netlink_layout packet_netlink_ifaddrmsg = NETLINK_LAYOUT(fields, 8);

/* struct ifa_cacheinfo: lifetimes in seconds, times in hundredths of them */
static const struct netlink_name lifetimes[] = {{0xffffffff, "forever"}, {0, NULL}};
static const struct netlink_field cache_fields[] = {
	{NETLINK_U32_OF("ifa_prefered", lifetimes), 0, 0},
	{NETLINK_U32_OF("ifa_valid", lifetimes), 4, 0},
	{NETLINK_U32("cstamp"), 8, 0},
	{NETLINK_U32("tstamp"), 12, 0},
};
static const struct netlink_layout cache = NETLINK_LAYOUT(cache_fields, 16);

/* IFAPROT_*: who made the address */
static const struct netlink_name protocols[] = {
	{0, "UNSPEC"}, {1, "KERNEL_LO"}, {2, "KERNEL_RA"}, {3, "KERNEL_LL"}, {0, NULL}};

/* On point-to-point links IFA_ADDRESS is the other end, and IFA_LOCAL this one. */
static const struct netlink_info attributes[] = {
	[1] = NETLINK_IP("IFA_ADDRESS"),
	[2] = NETLINK_IP("IFA_LOCAL"),
	[3] = NETLINK_STRING("IFA_LABEL"),
	[4] = NETLINK_IP("IFA_BROADCAST"),
	[5] = NETLINK_IP("IFA_ANYCAST"),
	[6] = NETLINK_OF("IFA_CACHEINFO", &cache),
	[7] = NETLINK_IP("IFA_MULTICAST"),
	[8] = NETLINK_F32("IFA_FLAGS", flags),
	[9] = NETLINK_U32("IFA_RT_PRIORITY"),
	[10] = NETLINK_S32("IFA_TARGET_NETNSID"),
	[11] = NETLINK_U8_OF("IFA_PROTO", protocols),
};
const struct netlink_set packet_netlink_address_set = NETLINK_SET(attributes);

void packet_netlink_line_address(struct packet_out *out, const struct netlink_view *n)
{
	struct packet_netlink_attribute a;

	if (packet_netlink_find(n, 2, &a) || packet_netlink_find(n, 1, &a)) {
		packet_put_char(out, ' ');
		packet_netlink_put_address(out, n, a.data_offset, a.data_length);
		packet_put_char(out, '/');
		packet_put_number(out, packet_netlink_header_u8(n, 1));
	}
	if (packet_netlink_header_u32(n, 4) != 0)
		packet_put_pair(out, "index", packet_netlink_header_u32(n, 4));
	packet_netlink_put_text(out, n, " ", 3);
}
