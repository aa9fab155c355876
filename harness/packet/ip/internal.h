/* SPDX-License-Identifier: MIT */
/* What the files of IP and of what comes with it share; not installed. */
#ifndef SOCKATLAS_PACKET_IP_INTERNAL_H
#define SOCKATLAS_PACKET_IP_INTERNAL_H

#include "harness/packet/internal.h"

/* Types of ICMP. */
enum {
	ICMP_ECHO_REPLY = 0,
	ICMP_DESTINATION_UNREACHABLE = 3,
	ICMP_SOURCE_QUENCH = 4,
	ICMP_REDIRECT = 5,
	ICMP_ECHO_REQUEST = 8,
	ICMP_ROUTER_ADVERTISEMENT = 9,
	ICMP_ROUTER_SOLICITATION = 10,
	ICMP_TIME_EXCEEDED = 11,
	ICMP_PARAMETER_PROBLEM = 12,
	ICMP_TIMESTAMP = 13,
	ICMP_TIMESTAMP_REPLY = 14,
	ICMP_INFORMATION_REQUEST = 15,
	ICMP_INFORMATION_REPLY = 16,
	ICMP_ADDRESS_MASK_REQUEST = 17,
	ICMP_ADDRESS_MASK_REPLY = 18,
	ICMP_EXTENDED_ECHO_REQUEST = 42,
	ICMP_EXTENDED_ECHO_REPLY = 43,
};

/* Types of ICMPv6. */
enum {
	ICMPV6_DESTINATION_UNREACHABLE = 1,
	ICMPV6_PACKET_TOO_BIG = 2,
	ICMPV6_TIME_EXCEEDED = 3,
	ICMPV6_PARAMETER_PROBLEM = 4,
	ICMPV6_ECHO_REQUEST = 128,
	ICMPV6_ECHO_REPLY = 129,
	ICMPV6_MLD_QUERY = 130,
	ICMPV6_MLD_REPORT = 131,
	ICMPV6_MLD_DONE = 132,
	ICMPV6_ROUTER_SOLICITATION = 133,
	ICMPV6_ROUTER_ADVERTISEMENT = 134,
	ICMPV6_NEIGHBOR_SOLICITATION = 135,
	ICMPV6_NEIGHBOR_ADVERTISEMENT = 136,
	ICMPV6_REDIRECT = 137,
	ICMPV6_MLD2_REPORT = 143,
	ICMPV6_EXTENDED_ECHO_REQUEST = 160,
	ICMPV6_EXTENDED_ECHO_REPLY = 161,
};

/* Types and codes in words, or NULL. */
const char *packet_name_icmp_type(uint8_t type);
const char *packet_name_icmp_code(uint8_t type, uint8_t code);
const char *packet_name_icmpv6_type(const struct packet_icmpv6 *icmp);
const char *packet_name_icmpv6_code(uint8_t type, uint8_t code);
/* "time exceeded, hop limit"; a name may be NULL. */
void packet_line_icmp_message(struct packet_out *out, const char *type_name, uint8_t type,
			      const char *code_name, uint8_t code);
/* Query of extended echo, RFC 8335: the state of its reply. */
const char *packet_name_probe_state(uint8_t state);

/* How long the fixed part of a message is. */
uint32_t packet_icmpv6_fixed_length(uint8_t type);
void packet_show_icmpv6(struct packet_view *v, const struct packet_layer *l);
void packet_line_icmpv6(struct packet_out *out, const struct packet *p,
			const struct packet_layer *l);

void packet_decode_icmp_extension(struct decoder *d, uint32_t offset, uint32_t end);
void packet_decode_nd_options(struct decoder *d);
void packet_decode_group_records(struct decoder *d);
void packet_decode_ipv6_options(struct decoder *d);
/*
 * An IPv6 extension header that starts with Next Header and Hdr Ext Len, in the layer that is open;
 * false when it is not all there.
 */
bool packet_open_extension(struct decoder *d, uint8_t *next_header, uint8_t *hdr_ext_len);

void packet_show_icmp_extension(struct packet_view *v, const struct packet_layer *l,
				uint32_t offset, uint32_t end);
void packet_show_ipv4_options(struct packet_view *v, const struct packet_layer *l);
void packet_line_ipv4_options(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l);
/* The 6 bytes of a Quick-Start option behind its length, in IPv4 and IPv6. */
void packet_show_quick_start(struct packet_view *v, uint32_t at);
void packet_show_ipv6_options(struct packet_view *v, const struct packet_layer *l);
void packet_line_ipv6_options(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l);
void packet_show_nd_options(struct packet_view *v, const struct packet_layer *l);
void packet_show_group_records(struct packet_view *v, const struct packet_layer *l);

/* An IP layer's protocol or next header in words, when no decoder follows that has any. */
void packet_line_unknown_protocol(struct packet_out *out, const struct packet *p,
				  const struct packet_layer *l, uint8_t protocol);
/* "192.0.2.1:80 > ..." for an IPv4 or IPv6 layer, with ports if there are any. */
void packet_line_ends(struct packet_out *out, const struct packet *p,
		      const struct packet_layer *ip);

#endif
