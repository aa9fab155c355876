/* SPDX-License-Identifier: MIT */
/*
 * Structures that hold named constants: multicast source filters (RFC 3678), IPv6 flow
 * labels, ISO-TP options.
 */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

/* struct in6_flowlabel_req; <linux/in6.h> cannot be included with <netinet/in.h> everywhere. */
struct flow_label_request {
	struct in6_addr destination;
	uint32_t label; /* network byte order */
	uint8_t action, share;
	uint16_t flags, expires, linger;
	uint32_t padding;
};

enum {
	FILTER_SOURCES = 8, /* shown of a list */
};

/* "INCLUDE or EXCLUDE": the mode of a source filter. */
static void filter_mode(struct text *t, uint32_t mode)
{
	text_name(t, names_of(&names_multicast_filter_modes, mode), mode);
}

bool known_ip_msfilter(struct text *t, const void *bytes, size_t length)
{
	const char *at = bytes;
	struct ip_msfilter value;
	size_t fixed = offsetof(struct ip_msfilter, imsf_slist);

	if (length < fixed)
		return false;
	memcpy(&value, bytes, fixed);
	text_string(t, "{imsf_multiaddr=");
	show_inet(t, &value.imsf_multiaddr);
	text_string(t, ", imsf_interface=");
	show_inet(t, &value.imsf_interface);
	text_string(t, ", imsf_fmode=");
	filter_mode(t, value.imsf_fmode);
	text_string(t, ", imsf_slist=[");
	for (uint32_t i = 0; i < value.imsf_numsrc; i++) {
		size_t offset = fixed + i * sizeof(struct in_addr);

		if (i > 0)
			text_string(t, ", ");
		if (i == FILTER_SOURCES || offset + sizeof(struct in_addr) > length) {
			text_string(t, "...");
			break;
		}
		show_inet(t, at + offset);
	}
	text_string(t, "]}");
	return true;
}

bool known_group_filter(struct text *t, const void *bytes, size_t length)
{
	const char *at = bytes;
	struct group_filter value;
	size_t fixed = offsetof(struct group_filter, gf_slist);

	if (length < fixed)
		return false;
	memcpy(&value, bytes, fixed);
	text_string(t, "{gf_interface=");
	text_unsigned(t, value.gf_interface);
	text_string(t, ", gf_group=");
	known_group_address(t, &value.gf_group, sizeof(value.gf_group));
	text_string(t, ", gf_fmode=");
	filter_mode(t, value.gf_fmode);
	text_string(t, ", gf_slist=[");
	for (uint32_t i = 0; i < value.gf_numsrc; i++) {
		size_t offset = fixed + i * sizeof(struct sockaddr_storage);

		if (i > 0)
			text_string(t, ", ");
		if (i == FILTER_SOURCES || offset + sizeof(struct sockaddr_storage) > length) {
			text_string(t, "...");
			break;
		}
		known_group_address(t, at + offset, sizeof(struct sockaddr_storage));
	}
	text_string(t, "]}");
	return true;
}

bool known_flow_label(struct text *t, const void *bytes, size_t length)
{
	struct flow_label_request value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{flr_dst=");
	show_inet6(t, &value.destination);
	text_string(t, ", flr_label=");
	text_hex(t, be32toh(value.label));
	text_string(t, ", flr_action=");
	text_name(t, names_of(&names_ipv6_flowlabel_actions, value.action), value.action);
	text_string(t, ", flr_share=");
	text_name(t, names_of(&names_ipv6_flowlabel_shares, value.share), value.share);
	text_string(t, ", flr_flags=");
	show_flags(t, &names_ipv6_flowlabel_flags, value.flags);
	text_string(t, ", flr_expires=");
	text_unsigned(t, value.expires);
	text_string(t, ", flr_linger=");
	text_unsigned(t, value.linger);
	text_char(t, '}');
	return true;
}
