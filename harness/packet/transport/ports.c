/* SPDX-License-Identifier: MIT */
/*
 * What a port number says of the payload: IANA "Service Name and Transport Protocol Port Number
 * Registry". It is a hint and no promise, so most of these look at the payload first. The
 * destination's port comes first: it is the one that was chosen for its service.
 */
#include "harness/packet/transport/internal.h"

static packet_decoder of_udp(const struct decoder *d, uint16_t port)
{
	switch (port) {
	case 53:   /* DNS */
	case 5353: /* Multicast DNS */
	case 5355: /* LLMNR */
		return packet_is_dns(d) ? packet_decode_dns : NULL;
	case 67: /* BOOTP and DHCP: the server */
	case 68: /* and the client */
		return packet_is_dhcp(d) ? packet_decode_dhcp : NULL;
	case 6118: /* TIPC over UDP */
		return packet_decode_tipc;
	case 9899: /* SCTP over UDP, RFC 6951 */
		return packet_decode_sctp;
	default:
		return NULL;
	}
}

static packet_decoder of_tcp(const struct decoder *d, uint16_t port)
{
	switch (port) {
	case 53: /* DNS */
		return packet_is_dns_over_tcp(d) ? packet_decode_dns : NULL;
	case 16385: /* RDS over TCP */
		return packet_decode_rds;
	default:
		return NULL;
	}
}

static void next(struct decoder *d, packet_decoder destination, packet_decoder source)
{
	d->next = destination;
	if (d->next == NULL)
		d->next = source;
	/* no payload is none of any protocol */
	if (d->next == NULL || d->at >= d->end)
		d->next = packet_decode_data;
}

void packet_next_udp_port(struct decoder *d, uint16_t source, uint16_t destination)
{
	next(d, of_udp(d, destination), of_udp(d, source));
}

void packet_next_tcp_port(struct decoder *d, uint16_t source, uint16_t destination)
{
	next(d, of_tcp(d, destination), of_tcp(d, source));
}
