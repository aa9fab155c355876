/* SPDX-License-Identifier: MIT */
/*
 * Types of IPv6 routing headers, of the C library (RFC 3542).
 */
#include "harness/names/table.h"

#include <netinet/in.h>

/* IANA has the numbers; the kernel's header has names of its own for them. */
static const struct name ipv6_routing_types_list[] = {
	NAME(IPV6_RTHDR_TYPE_0),
	NAME_AS(IPV6_SRCRT_TYPE_2, 2),
	NAME_AS(IPV6_SRCRT_TYPE_3, 3),
	NAME_AS(IPV6_SRCRT_TYPE_4, 4),
};
NAME_TABLE(names_ipv6_routing_types, "option-ipv6-value", ipv6_routing_types_list);

/* RFC 2292 had these; nothing takes them any longer. */
static const struct name ipv6_routing_headers_list[] = {
	NAME(IPV6_RTHDR_LOOSE),
	NAME(IPV6_RTHDR_STRICT),
};
NAME_TABLE(names_ipv6_routing_headers, "option-ipv6-value", ipv6_routing_headers_list);
