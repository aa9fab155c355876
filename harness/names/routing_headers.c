/* SPDX-License-Identifier: MIT */
/*
 * Types of IPv6 routing headers, of the C library (RFC 3542).
 */
#include "harness/names/table.h"

#include <netinet/in.h>

static const struct name ipv6_routing_headers_list[] = {
	NAME(IPV6_RTHDR_LOOSE),
	NAME(IPV6_RTHDR_STRICT),
	NAME(IPV6_RTHDR_TYPE_0),
};
NAME_TABLE(names_ipv6_routing_headers, "option-ipv6-value", ipv6_routing_headers_list);
