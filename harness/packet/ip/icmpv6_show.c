/* SPDX-License-Identifier: MIT */
/* The fields of ICMPv6, and its line; what they are is in icmpv6.c. */
#include "harness/packet/ip/internal.h"

static void show_router_advertisement(struct packet_view *v, const struct packet_icmpv6 *icmp,
				      uint32_t at)
{
	static const char *const preferences[] = {"medium", "high", "reserved", "low"};

	packet_show_number(v, "Cur Hop Limit", at + 4, 1, icmp->cur_hop_limit, NULL);
	packet_show_flag(v, "M: managed address configuration", at + 5, 1, 0x80, icmp->managed);
	packet_show_flag(v, "O: other configuration", at + 5, 1, 0x40, icmp->other);
	packet_show_flag(v, "H: home agent", at + 5, 1, 0x20, icmp->home_agent);
	packet_show_bits(v, "Prf", at + 5, 1, 0x18, icmp->default_router_preference,
			 preferences[icmp->default_router_preference & 3]);
	packet_show_flag(v, "P: proxy", at + 5, 1, 0x04, icmp->proxy);
	packet_show_unit(v, "Router Lifetime", at + 6, 2, icmp->router_lifetime, "s");
	packet_show_unit(v, "Reachable Time", at + 8, 4, icmp->reachable_time, "ms");
	packet_show_unit(v, "Retrans Timer", at + 12, 4, icmp->retrans_timer, "ms");
}

static void show_mld(struct packet_view *v, const struct packet_icmpv6 *icmp, uint32_t at)
{
	packet_show_number(v, icmp->mldv2 ? "Maximum Response Code" : "Maximum Response Delay",
			   at + 4, 2, icmp->maximum_response_delay, NULL);
	packet_show_ipv6(v, "Multicast Address", at + 8);
	if (!icmp->mldv2)
		return;
	packet_show_flag(v, "S: suppress router-side processing", at + 24, 1, 0x08,
			 icmp->suppress_router_processing);
	packet_show_bits(v, "QRV", at + 24, 1, 0x07, icmp->robustness_variable, NULL);
	packet_show_number(v, "QQIC", at + 25, 1, icmp->querier_query_interval_code, NULL);
	packet_show_number(v, "Number of Sources", at + 26, 2, icmp->number_of_sources, NULL);
	for (uint32_t i = 0; i < icmp->number_of_sources && at + 44 + 16 * i <= v->limit; i++)
		packet_show_ipv6(v, "Source Address", at + 28 + 16 * i);
}

static void show_echo(struct packet_view *v, const struct packet_icmpv6 *icmp, uint32_t at)
{
	bool extended = icmp->type >= ICMPV6_EXTENDED_ECHO_REQUEST;

	packet_show_number(v, "Identifier", at + 4, 2, icmp->identifier, NULL);
	packet_show_number(v, "Sequence Number", at + 6, extended ? 1 : 2, icmp->sequence_number,
			   NULL);
	if (!extended)
		return;
	if (icmp->type == ICMPV6_EXTENDED_ECHO_REQUEST) {
		packet_show_flag(v, "L: local", at + 7, 1, 0x01, icmp->local);
		return;
	}
	packet_show_bits(v, "State", at + 7, 1, 0xe0, icmp->state,
			 packet_name_probe_state(icmp->state));
	packet_show_flag(v, "A: active", at + 7, 1, 0x04, icmp->active);
	packet_show_flag(v, "4: runs IPv4", at + 7, 1, 0x02, icmp->has_ipv4);
	packet_show_flag(v, "6: runs IPv6", at + 7, 1, 0x01, icmp->has_ipv6);
}

void packet_show_icmpv6(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_icmpv6 *icmp = &l->icmpv6;
	uint32_t at = l->offset;

	packet_show_number(v, "Type", at, 1, icmp->type, packet_name_icmpv6_type(icmp));
	packet_show_number(v, "Code", at + 1, 1, icmp->code,
			   packet_name_icmpv6_code(icmp->type, icmp->code));
	packet_show_checksum(v, "Checksum", at + 2, icmp->checksum);
	switch (icmp->type) {
	case ICMPV6_DESTINATION_UNREACHABLE:
	case ICMPV6_TIME_EXCEEDED:
		packet_show_number(v, "Length", at + 4, 1, icmp->length, NULL);
		break;
	case ICMPV6_PACKET_TOO_BIG:
		packet_show_number(v, "MTU", at + 4, 4, icmp->mtu, NULL);
		break;
	case ICMPV6_PARAMETER_PROBLEM:
		packet_show_number(v, "Pointer", at + 4, 4, icmp->pointer, NULL);
		break;
	case ICMPV6_ECHO_REQUEST:
	case ICMPV6_ECHO_REPLY:
	case ICMPV6_EXTENDED_ECHO_REQUEST:
	case ICMPV6_EXTENDED_ECHO_REPLY:
		show_echo(v, icmp, at);
		break;
	case ICMPV6_MLD_QUERY:
	case ICMPV6_MLD_REPORT:
	case ICMPV6_MLD_DONE:
		show_mld(v, icmp, at);
		break;
	case ICMPV6_ROUTER_ADVERTISEMENT:
		show_router_advertisement(v, icmp, at);
		break;
	case ICMPV6_NEIGHBOR_ADVERTISEMENT:
		packet_show_flag(v, "R: router", at + 4, 1, 0x80, icmp->router);
		packet_show_flag(v, "S: solicited", at + 4, 1, 0x40, icmp->solicited);
		packet_show_flag(v, "O: override", at + 4, 1, 0x20, icmp->override);
		packet_show_ipv6(v, "Target Address", at + 8);
		break;
	case ICMPV6_NEIGHBOR_SOLICITATION:
	case ICMPV6_REDIRECT:
		packet_show_ipv6(v, "Target Address", at + 8);
		if (icmp->type == ICMPV6_REDIRECT)
			packet_show_ipv6(v, "Destination Address", at + 24);
		break;
	case ICMPV6_MLD2_REPORT:
		packet_show_number(v, "Nr of Mcast Address Records", at + 6, 2,
				   icmp->number_of_records, NULL);
		packet_show_group_records(v, l);
		break;
	case ICMPV6_ROUTER_SOLICITATION:
		break;
	default:
		packet_show_bytes(v, "Rest", at + 4, 4);
		break;
	}
	if (icmp->type >= ICMPV6_ROUTER_SOLICITATION && icmp->type <= ICMPV6_REDIRECT)
		packet_show_nd_options(v, l);
	if (icmp->extension_offset != 0)
		packet_show_icmp_extension(v, l, icmp->extension_offset, l->offset + l->length);
}

void packet_line_icmpv6(struct packet_out *out, const struct packet *p,
			const struct packet_layer *l)
{
	const struct packet_icmpv6 *icmp = &l->icmpv6;

	(void)p;
	packet_put(out, "ICMPv6 ");
	if (l->header_captured < 2) {
		packet_put(out, "header cut");
		return;
	}
	packet_line_icmp_message(out, packet_name_icmpv6_type(icmp), icmp->type,
				 packet_name_icmpv6_code(icmp->type, icmp->code), icmp->code);
	if (l->header_captured < packet_icmpv6_fixed_length(icmp->type)) {
		packet_put(out, " header cut");
		return;
	}
	switch (icmp->type) {
	case ICMPV6_PACKET_TOO_BIG:
		packet_put_pair(out, "mtu", icmp->mtu);
		break;
	case ICMPV6_PARAMETER_PROBLEM:
		packet_put_pair(out, "pointer", icmp->pointer);
		break;
	case ICMPV6_ECHO_REQUEST:
	case ICMPV6_ECHO_REPLY:
		packet_put_pair(out, "id", icmp->identifier);
		packet_put_pair(out, "seq", icmp->sequence_number);
		packet_put_length(out, l->length - 8);
		break;
	case ICMPV6_EXTENDED_ECHO_REQUEST:
	case ICMPV6_EXTENDED_ECHO_REPLY:
		packet_put_pair(out, "id", icmp->identifier);
		packet_put_pair(out, "seq", icmp->sequence_number);
		break;
	case ICMPV6_NEIGHBOR_SOLICITATION:
		packet_put(out, ", who has ");
		packet_put_ipv6(out, icmp->target);
		break;
	case ICMPV6_NEIGHBOR_ADVERTISEMENT:
		packet_put(out, ", ");
		packet_put_ipv6(out, icmp->target);
		packet_put(out, icmp->router ? " is a router" : " is here");
		packet_put(out, icmp->solicited ? ", solicited" : "");
		packet_put(out, icmp->override ? ", override" : "");
		break;
	case ICMPV6_REDIRECT:
		packet_put(out, ", ");
		packet_put_ipv6(out, icmp->destination);
		packet_put(out, " by ");
		packet_put_ipv6(out, icmp->target);
		break;
	case ICMPV6_ROUTER_ADVERTISEMENT:
		packet_put_pair(out, "hop-limit", icmp->cur_hop_limit);
		packet_put_pair(out, "lifetime", icmp->router_lifetime);
		break;
	case ICMPV6_MLD_QUERY:
	case ICMPV6_MLD_REPORT:
	case ICMPV6_MLD_DONE:
		packet_put_char(out, ' ');
		packet_put_ipv6(out, icmp->target);
		break;
	case ICMPV6_MLD2_REPORT:
		packet_put_pair(out, "records", icmp->number_of_records);
		break;
	default:
		break;
	}
}
