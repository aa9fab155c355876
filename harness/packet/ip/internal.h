/* SPDX-License-Identifier: MIT */
/* What the files of IP and of what comes with it share; not installed. */
#ifndef SOCKATLAS_PACKET_IP_INTERNAL_H
#define SOCKATLAS_PACKET_IP_INTERNAL_H

#include "harness/packet/internal.h"

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
/* Query of extended echo, RFC 8335: the state of its reply. */
const char *packet_name_probe_state(uint8_t state);
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
