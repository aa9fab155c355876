/* SPDX-License-Identifier: MIT */
/* Structures of ip(7), ipv6(7) and tcp(7) inside option values and control messages. */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <linux/errqueue.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

bool known_address(struct text *t, const void *bytes, size_t length)
{
	show_address(t, bytes, (socklen_t)length);
	return true;
}

bool known_in_addr(struct text *t, const void *bytes, size_t length)
{
	if (length < sizeof(struct in_addr))
		return false;
	show_inet(t, bytes);
	return true;
}

bool known_in6_addr(struct text *t, const void *bytes, size_t length)
{
	if (length < sizeof(struct in6_addr))
		return false;
	show_inet6(t, bytes);
	return true;
}

/* struct ip_mreq is the first part of struct ip_mreqn, and the kernel takes both. */
bool known_ip_mreq(struct text *t, const void *bytes, size_t length)
{
	struct ip_mreqn value = {.imr_ifindex = 0};

	if (length < sizeof(struct ip_mreq))
		return known_in_addr(t, bytes, length);
	memcpy(&value, bytes, length < sizeof(value) ? sizeof(struct ip_mreq) : sizeof(value));
	text_string(t, "{imr_multiaddr=");
	show_inet(t, &value.imr_multiaddr);
	text_string(t, ", imr_address=");
	show_inet(t, &value.imr_address);
	if (length >= sizeof(value)) {
		text_string(t, ", imr_ifindex=");
		text_int(t, value.imr_ifindex);
	}
	text_char(t, '}');
	return true;
}

bool known_ip_mreq_source(struct text *t, const void *bytes, size_t length)
{
	struct ip_mreq_source value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{imr_multiaddr=");
	show_inet(t, &value.imr_multiaddr);
	text_string(t, ", imr_interface=");
	show_inet(t, &value.imr_interface);
	text_string(t, ", imr_sourceaddr=");
	show_inet(t, &value.imr_sourceaddr);
	text_char(t, '}');
	return true;
}

bool known_ipv6_mreq(struct text *t, const void *bytes, size_t length)
{
	struct ipv6_mreq value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{ipv6mr_multiaddr=");
	show_inet6(t, &value.ipv6mr_multiaddr);
	text_string(t, ", ipv6mr_interface=");
	text_unsigned(t, value.ipv6mr_interface);
	text_char(t, '}');
	return true;
}

/* An address in a structure of RFC 3678. */
bool known_group_address(struct text *t, const void *bytes, size_t length)
{
	sa_family_t family;

	if (length < sizeof(struct sockaddr_in6))
		return false;
	memcpy(&family, bytes, sizeof(family));
	show_address(t, bytes,
		     family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6));
	return true;
}

bool known_group_req(struct text *t, const void *bytes, size_t length)
{
	struct group_req value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{gr_interface=");
	text_unsigned(t, value.gr_interface);
	text_string(t, ", gr_group=");
	known_group_address(t, &value.gr_group, sizeof(value.gr_group));
	text_char(t, '}');
	return true;
}

bool known_group_source_req(struct text *t, const void *bytes, size_t length)
{
	struct group_source_req value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{gsr_interface=");
	text_unsigned(t, value.gsr_interface);
	text_string(t, ", gsr_group=");
	known_group_address(t, &value.gsr_group, sizeof(value.gsr_group));
	text_string(t, ", gsr_source=");
	known_group_address(t, &value.gsr_source, sizeof(value.gsr_source));
	text_char(t, '}');
	return true;
}

bool known_in_pktinfo(struct text *t, const void *bytes, size_t length)
{
	struct in_pktinfo value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{ipi_ifindex=");
	text_int(t, value.ipi_ifindex);
	text_string(t, ", ipi_spec_dst=");
	show_inet(t, &value.ipi_spec_dst);
	text_string(t, ", ipi_addr=");
	show_inet(t, &value.ipi_addr);
	text_char(t, '}');
	return true;
}

bool known_in6_pktinfo(struct text *t, const void *bytes, size_t length)
{
	struct in6_pktinfo value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{ipi6_addr=");
	show_inet6(t, &value.ipi6_addr);
	text_string(t, ", ipi6_ifindex=");
	text_unsigned(t, value.ipi6_ifindex);
	text_char(t, '}');
	return true;
}

bool known_ip6_mtuinfo(struct text *t, const void *bytes, size_t length)
{
	struct ip6_mtuinfo value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{ip6m_addr=");
	show_address(t, &value.ip6m_addr, sizeof(value.ip6m_addr));
	text_string(t, ", ip6m_mtu=");
	text_unsigned(t, value.ip6m_mtu);
	text_char(t, '}');
	return true;
}

/* ip(7), IP_RECVERR: the error, and who reported it. */
bool known_extended_error(struct text *t, const void *bytes, size_t length)
{
	struct sock_extended_err value;
	bool icmp;

	if (!TAKE(value, bytes, length))
		return false;
	icmp = value.ee_origin == SO_EE_ORIGIN_ICMP || value.ee_origin == SO_EE_ORIGIN_ICMP6;
	text_string(t, "{ee_errno=");
	text_name(t, names_errno((int)value.ee_errno), value.ee_errno);
	text_string(t, ", ee_origin=");
	text_name(t, names_of(&names_error_origins, value.ee_origin), value.ee_origin);
	text_string(t, ", ee_type=");
	text_unsigned(t, value.ee_type);
	text_string(t, ", ee_code=");
	if (value.ee_origin == SO_EE_ORIGIN_ZEROCOPY)
		show_flags(t, &names_error_codes_zerocopy, value.ee_code);
	else if (value.ee_origin == SO_EE_ORIGIN_TXTIME)
		text_name(t, names_of(&names_error_codes_txtime, value.ee_code), value.ee_code);
	else
		text_unsigned(t, value.ee_code);
	text_string(t, ", ee_info=");
	if (value.ee_origin == SO_EE_ORIGIN_TIMESTAMPING)
		text_name(t, names_of(&names_timestamp_kinds, value.ee_info), value.ee_info);
	else
		text_unsigned(t, value.ee_info);
	text_string(t, ", ee_data=");
	if (icmp && value.ee_data != 0)
		known_rfc4884(t, &value.ee_data, sizeof(value.ee_data));
	else
		text_unsigned(t, value.ee_data);
	if (length >= sizeof(value) + sizeof(struct sockaddr_in)) {
		text_string(t, ", offender=");
		show_address(t, (const char *)bytes + sizeof(value),
			     (socklen_t)(length - sizeof(value)));
	}
	text_char(t, '}');
	return true;
}

/* RFC 3542 7: the header that every type of routing header begins with. */
bool known_routing_header(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *byte = bytes;

	if (length < 4)
		return false;
	text_string(t, "{ip6r_nxt=");
	text_name(t, names_protocol(AF_INET6, byte[0]), byte[0]);
	text_string(t, ", ip6r_len=");
	text_unsigned(t, byte[1]);
	text_string(t, ", ip6r_type=");
	text_name(t, names_of(&names_ipv6_routing_types, byte[2]), byte[2]);
	text_string(t, ", ip6r_segleft=");
	text_unsigned(t, byte[3]);
	if (length > 4) {
		text_string(t, ", <");
		text_hex_bytes(t, byte + 4, length - 4 < 32 ? length - 4 : 32);
		text_string(t, length - 4 > 32 ? " ...>" : ">");
	}
	text_char(t, '}');
	return true;
}
