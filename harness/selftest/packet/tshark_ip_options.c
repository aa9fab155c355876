/* SPDX-License-Identifier: MIT */
/* The options of IPv4 and IPv6 and the Routing headers as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"ip.opt.mtu", "IPv4", "MTU", NUMBER},
	{"ip.opt.id_number", "IPv4", "ID Number", NUMBER},
	{"ip.opt.ohc", "IPv4", "Outbound Hop Count", NUMBER},
	{"ip.opt.rhc", "IPv4", "Return Hop Count", NUMBER},
	{"ip.opt.originator", "IPv4", "Originator IP Address", TEXT},
	{"ip.opt.sec_cl", "IPv4", "Classification Level", NUMBER},
	{"ip.opt.ext_sec_add_sec_info_format_code", "IPv4", "Additional Security Info Format Code",
	 NUMBER},
	{"ip.opt.qs_func", "IPv4", "Func", NUMBER},
	{"ip.opt.qs_ttl", "IPv4", "QS TTL", NUMBER},
	{"ip.opt.qs_nonce", "IPv4", "QS Nonce", NUMBER},
	{"ip.opt.ptr", "IPv4", "Pointer", NUMBER},
	{"ip.opt.overflow", "IPv4", "Overflow", NUMBER},
	{"ip.opt.flag", "IPv4", "Flag", NUMBER},
	{"ip.opt.sid", "IPv4", "Stream ID", NUMBER},
	{"ipv6.opt.pmtu.min", "Hop-by-Hop Options", "Min-PMTU", NUMBER},
	{"ipv6.opt.pmtu.rtn", "Hop-by-Hop Options", "Rtn-PMTU", NUMBER},
	{"ipv6.opt.calipso.doi", "Hop-by-Hop Options", "Domain of Interpretation", NUMBER},
	{"ipv6.opt.calipso.cmpt.length", "Hop-by-Hop Options", "Cmpt Length", NUMBER},
	{"ipv6.opt.calipso.sens_level", "Hop-by-Hop Options", "Sens Level", NUMBER},
	{"ipv6.opt.calipso.checksum", "Hop-by-Hop Options", "Checksum", NUMBER},
	{"ipv6.opt.pdm.scale_dtlr", "Destination Options", "ScaleDTLR", NUMBER},
	{"ipv6.opt.pdm.scale_dtls", "Destination Options", "ScaleDTLS", NUMBER},
	{"ipv6.opt.pdm.psn_this_pkt", "Destination Options", "PSNTP", NUMBER},
	{"ipv6.opt.pdm.psn_last_recv", "Destination Options", "PSNLR", NUMBER},
	{"ipv6.opt.pdm.delta_last_recv", "Destination Options", "DELTATLR", NUMBER},
	{"ipv6.opt.pdm.delta_last_sent", "Destination Options", "DELTATLS", NUMBER},
	{"ipv6.opt.qs_func", "Hop-by-Hop Options", "Func", NUMBER},
	{"ipv6.opt.qs_ttl", "Hop-by-Hop Options", "QS TTL", NUMBER},
	{"ipv6.opt.qs_nonce", "Hop-by-Hop Options", "QS Nonce", NUMBER},
	{"ipv6.opt.ioam.opt_type", "Hop-by-Hop Options", "IOAM Option-Type", NUMBER},
	{"ipv6.opt.rpl.flag.o", "Hop-by-Hop Options", "O: down", NUMBER},
	{"ipv6.opt.rpl.flag.r", "Hop-by-Hop Options", "R: rank error", NUMBER},
	{"ipv6.opt.rpl.flag.f", "Hop-by-Hop Options", "F: forwarding error", NUMBER},
	{"ipv6.opt.rpl.instance_id", "Hop-by-Hop Options", "RPLInstanceID", NUMBER},
	{"ipv6.opt.rpl.sender_rank", "Hop-by-Hop Options", "SenderRank", NUMBER},
	{"ipv6.routing.rpl.cmprI", "Routing", "CmprI", NUMBER},
	{"ipv6.routing.rpl.cmprE", "Routing", "CmprE", NUMBER},
	{"ipv6.routing.rpl.pad", "Routing", "Pad", NUMBER},
	{"ipv6.routing.rpl.full_address", "Routing", "Address", TEXT},
	{"ipv6.routing.srh.last_entry", "Routing", "Last Entry", NUMBER},
	{"ipv6.routing.srh.flags", "Routing", "Flags", NUMBER},
	{"ipv6.routing.srh.tag", "Routing", "Tag", NUMBER},
	{"ipv6.routing.srh.addr", "Routing", "Segment", TEXT},
};

static bool has_option(const struct packet *p, uint8_t type)
{
	const struct packet_layer *l = packet_find(p, PACKET_HOP_BY_HOP);
	struct packet_ipv6_option o;
	struct packet_walk walk;

	if (l == NULL)
		return false;
	walk = packet_walk(p, l);
	while (packet_ipv6_option_next(&walk, &o)) {
		if (o.type == type)
			return true;
	}
	return false;
}

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	/* it knows RPL only by its older number, and of IOAM only the one that may change */
	if (strncmp(f->tshark, "ipv6.opt.rpl.", 13) == 0)
		return has_option(p, PACKET_IPV6_OPTION_RPL_KEPT);
	if (strncmp(f->tshark, "ipv6.opt.ioam.", 14) == 0)
		return has_option(p, PACKET_IPV6_OPTION_IOAM);
	return false;
}

/* Addresses of the other types have another name there. */
static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	(void)p;
	return strcmp(f->tshark, "ipv6.routing.rpl.full_address") == 0;
}

static const uint32_t link_types[] = {1, 0};

TSHARK_TABLE(ip_options) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.known_difference = known_difference,
	.only_ours = only_ours,
};
