/* SPDX-License-Identifier: MIT */
/* What the files of the transport protocols share; not installed. */
#ifndef SOCKATLAS_PACKET_TRANSPORT_INTERNAL_H
#define SOCKATLAS_PACKET_TRANSPORT_INTERNAL_H

#include "harness/packet/internal.h"

/*
 * Which decoder the ports call for. A well-known port is a hint and no promise: each of these
 * protocols looks at the bytes first, and what it does not take is data.
 */
void packet_next_udp_port(struct decoder *d, uint16_t source, uint16_t destination);
void packet_next_tcp_port(struct decoder *d, uint16_t source, uint16_t destination);

/*
 * Whether the options are No-Operation twice and Timestamps, as nearly every segment of a
 * connection has them (RFC 7323 appendix A): worth a short way.
 */
bool packet_tcp_only_timestamps(const struct packet *p, const struct packet_layer *l);
void packet_show_tcp_options(struct packet_view *v, const struct packet_layer *l);
void packet_line_tcp_options(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l);

void packet_show_dccp_options(struct packet_view *v, const struct packet_layer *l);
void packet_line_dccp_options(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l);

/* MPTCP: an option of `length` bytes, at `offset`. False when that is no length of its subtype. */
bool packet_mptcp_option(const uint8_t *option, uint32_t offset, uint8_t length,
			 struct packet_mptcp *out);
void packet_show_mptcp(struct packet_view *v, const struct packet_tcp_option *option);
void packet_line_mptcp(struct packet_out *out, const struct packet *p,
		       const struct packet_tcp_option *option);

#endif
