/* SPDX-License-Identifier: MIT */
/* The fields of DNS and DHCP as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"dns.length", "DNS", "Length", NUMBER},
	{"dns.id", "DNS", "ID", NUMBER},
	{"dns.flags", "DNS", "Flags", NUMBER},
	{"dns.flags.response", "DNS", "QR", NUMBER},
	{"dns.flags.opcode", "DNS", "OPCODE", NUMBER},
	{"dns.flags.authoritative", "DNS", "AA", NUMBER},
	{"dns.flags.conflict", "DNS", "C", NUMBER},
	{"dns.flags.truncated", "DNS", "TC", NUMBER},
	{"dns.flags.recdesired", "DNS", "RD", NUMBER},
	{"dns.flags.tentative", "DNS", "T", NUMBER},
	{"dns.flags.recavail", "DNS", "RA", NUMBER},
	{"dns.flags.authenticated", "DNS", "AD", NUMBER},
	{"dns.flags.checkdisable", "DNS", "CD", NUMBER},
	{"dns.flags.rcode", "DNS", "RCODE", NUMBER},
	{"dns.count.queries", "DNS", "QDCOUNT", NUMBER},
	{"dns.count.answers", "DNS", "ANCOUNT", NUMBER},
	{"dns.count.auth_rr", "DNS", "NSCOUNT", NUMBER},
	{"dns.count.add_rr", "DNS", "ARCOUNT", NUMBER},
	{"dns.count.zones", "DNS", "ZOCOUNT", NUMBER},
	{"dns.count.prerequisites", "DNS", "PRCOUNT", NUMBER},
	{"dns.count.updates", "DNS", "UPCOUNT", NUMBER},
	{"dns.qry.name", "DNS", "QNAME", TEXT},
	{"dns.qry.type", "DNS", "QTYPE", NUMBER},
	{"dns.qry.class", "DNS", "QCLASS", NUMBER},
	{"dns.qry.qu", "DNS", "QU: unicast response wanted", NUMBER},
	{"dns.resp.name", "DNS", "NAME", TEXT},
	{"dns.resp.type", "DNS", "TYPE", NUMBER},
	{"dns.resp.class", "DNS", "CLASS", NUMBER},
	{"dns.resp.cache_flush", "DNS", "Cache-flush", NUMBER},
	{"dns.resp.ttl", "DNS", "TTL", NUMBER},
	{"dns.resp.len", "DNS", "RDLENGTH", NUMBER},
	{"dns.a", "DNS", "ADDRESS", TEXT},
	{"dns.aaaa", "DNS", "ADDRESS", TEXT},
	{"dns.cname", "DNS", "CNAME", TEXT},
	{"dns.ns", "DNS", "NSDNAME", TEXT},
	{"dns.ptr.domain_name", "DNS", "PTRDNAME", TEXT},
	{"dns.mx.preference", "DNS", "PREFERENCE", NUMBER},
	{"dns.mx.mail_exchange", "DNS", "EXCHANGE", TEXT},
	{"dns.srv.priority", "DNS", "Priority", NUMBER},
	{"dns.srv.weight", "DNS", "Weight", NUMBER},
	{"dns.srv.port", "DNS", "Port", NUMBER},
	{"dns.srv.target", "DNS", "Target", TEXT},
	{"dns.soa.mname", "DNS", "MNAME", TEXT},
	{"dns.soa.rname", "DNS", "RNAME", TEXT},
	{"dns.soa.serial_number", "DNS", "SERIAL", NUMBER},
	{"dns.soa.minimum_ttl", "DNS", "MINIMUM", NUMBER},
	{"dns.rr.udp_payload_size", "DNS", "Requestor's UDP payload size", NUMBER},
	{"dns.resp.edns0_version", "DNS", "VERSION", NUMBER},
	{"dns.resp.z.do", "DNS", "DO", NUMBER},
	{"dns.opt.code", "DNS", "OPTION-CODE", NUMBER},
	{"dns.opt.len", "DNS", "OPTION-LENGTH", NUMBER},
	{"dhcp.type", "DHCP", "op", NUMBER},
	{"dhcp.hw.type", "DHCP", "htype", NUMBER},
	{"dhcp.hw.len", "DHCP", "hlen", NUMBER},
	{"dhcp.hops", "DHCP", "hops", NUMBER},
	{"dhcp.id", "DHCP", "xid", NUMBER},
	{"dhcp.secs", "DHCP", "secs", NUMBER},
	{"dhcp.flags", "DHCP", "flags", NUMBER},
	{"dhcp.flags.bc", "DHCP", "BROADCAST", NUMBER},
	{"dhcp.ip.client", "DHCP", "ciaddr", TEXT},
	{"dhcp.ip.your", "DHCP", "yiaddr", TEXT},
	{"dhcp.ip.server", "DHCP", "siaddr", TEXT},
	{"dhcp.ip.relay", "DHCP", "giaddr", TEXT},
	{"dhcp.hw.mac_addr", "DHCP", "chaddr", TEXT},
	{"dhcp.cookie", "DHCP", "Magic cookie", TEXT},
	{"dhcp.option.length", "DHCP", "Length", NUMBER},
	{"dhcp.option.type", "DHCP", "Code", NUMBER},
};

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool has(const struct packet *p, enum packet_kind kind)
{
	return packet_find(p, kind) != NULL || packet_find_quoted(p, kind) != NULL;
}

/* Whether a name in the message is the root, or has bytes that are escaped. */
static bool odd_name(const struct packet *p)
{
	const struct packet_layer *l = packet_find(p, PACKET_DNS);
	struct packet_dns_record r;
	struct packet_walk walk;
	char name[600];

	if (l == NULL)
		return false;
	walk = packet_walk(p, l);
	while (packet_dns_record_next(&walk, &r)) {
		packet_dns_name(p, l, r.offset, name, sizeof(name));
		if (strcmp(name, ".") == 0 || strchr(name, '\\') != NULL)
			return true;
	}
	return false;
}

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_dhcp *dhcp = packet_dhcp(p);

	const struct packet_dns *dns = packet_dns(p);

	/* it writes "<Root>", and other bytes as they are */
	if (strcmp(f->tshark, "dns.qry.name") == 0 || strcmp(f->tshark, "dns.resp.name") == 0)
		return !has(p, PACKET_DNS) || odd_name(p);
	/* it keeps this one's name in an Update, where it is ADCOUNT */
	if (strcmp(f->tshark, "dns.count.add_rr") == 0 && dns != NULL && dns->opcode == 5)
		return true;
	/* it takes anything at the ports for them, and guesses at others */
	if (starts(f->tshark, "dns."))
		return !has(p, PACKET_DNS);
	if (!has(p, PACKET_DHCP))
		return true;
	/* it shows options in file and sname behind the others, we where they stand */
	return starts(f->tshark, "dhcp.option.") && dhcp != NULL && dhcp->overload != 0;
}

static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	/* flags that count only in a response, it shows only there */
	static const char *const names[] = {"dns.flags.authoritative", "dns.flags.recavail",
					    "dns.flags.authenticated", "dns.flags.rcode",
					    /* one of the two, by the type */
					    "dns.a", "dns.aaaa",
					    /* it has other names for those of SRV and NAPTR */
					    "dns.resp.name", "dns.mx.preference"};

	(void)p;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(f->tshark, names[i]) == 0)
			return true;
	}
	return false;
}

static const uint32_t link_types[] = {101, 0};

TSHARK_TABLE(application) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	/* a segment alone, as it stands */
	.options = "-o dns.desegment_dns_messages:FALSE",
	.known_difference = known_difference,
	.only_ours = only_ours,
};
