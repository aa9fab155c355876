/* SPDX-License-Identifier: MIT */
/*
 * Questions and resource records of DNS, RFC 1035 4.1.2 and 4.1.3.
 *
 *     0                               16                            32
 *    +---------------------------------------------------------------+
 *    | NAME (a length of its own, see packet_dns_name_at.c)                    |
 *    +-------------------------------+-------------------------------+
 *    | TYPE                          | CLASS                         |
 *    +-------------------------------+-------------------------------+   a question ends here
 *    | TTL                                                           |
 *    +-------------------------------+-------------------------------+
 *    | RDLENGTH                      | RDATA ...
 *    +-------------------------------+----------------
 *
 * In Multicast DNS the top bit of the class is apart: of a question it asks for a unicast response
 * (RFC 6762 5.4), of a record it replaces what was cached (10.2). An OPT record (RFC 6891 6.1.2)
 * has the UDP payload size for a class, and more of the RCODE, a version and flags for a TTL.
 */
#include "harness/packet/application/internal.h"

#define TYPE_OPT 41

const char *packet_dns_type_name(uint16_t type)
{
	static const struct {
		uint16_t type;
		const char *name;
	} types[] = {
		{1, "A"},	    {2, "NS"},	     {5, "CNAME"},	 {6, "SOA"},
		{12, "PTR"},	    {13, "HINFO"},   {15, "MX"},	 {16, "TXT"},
		{17, "RP"},	    {18, "AFSDB"},   {24, "SIG"},	 {25, "KEY"},
		{28, "AAAA"},	    {29, "LOC"},     {33, "SRV"},	 {35, "NAPTR"},
		{37, "CERT"},	    {39, "DNAME"},   {41, "OPT"},	 {42, "APL"},
		{43, "DS"},	    {44, "SSHFP"},   {45, "IPSECKEY"},	 {46, "RRSIG"},
		{47, "NSEC"},	    {48, "DNSKEY"},  {49, "DHCID"},	 {50, "NSEC3"},
		{51, "NSEC3PARAM"}, {52, "TLSA"},    {53, "SMIMEA"},	 {55, "HIP"},
		{59, "CDS"},	    {60, "CDNSKEY"}, {61, "OPENPGPKEY"}, {62, "CSYNC"},
		{63, "ZONEMD"},	    {64, "SVCB"},    {65, "HTTPS"},	 {99, "SPF"},
		{249, "TKEY"},	    {250, "TSIG"},   {251, "IXFR"},	 {252, "AXFR"},
		{255, "*"},	    {256, "URI"},    {257, "CAA"},
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].type == type)
			return types[i].name;
	}
	return NULL;
}

static const char *class_name(uint16_t rr_class)
{
	switch (rr_class) {
	case 1:
		return "IN";
	case 3:
		return "CH";
	case 4:
		return "HS";
	case 254:
		return "NONE";
	case 255:
		return "*";
	default:
		return NULL;
	}
}

/* In which section the next record is, when `left` are still to come. */
static uint8_t section_of(const struct packet_dns *dns, uint32_t left)
{
	if (left > (uint32_t)dns->answer_count + dns->authority_count + dns->additional_count)
		return PACKET_DNS_QUESTION;
	if (left > (uint32_t)dns->authority_count + dns->additional_count)
		return PACKET_DNS_ANSWER;
	return left > dns->additional_count ? PACKET_DNS_AUTHORITY : PACKET_DNS_ADDITIONAL;
}

/* Whether the fields behind the name are there. */
static bool have_fields(const struct packet_walk *walk, uint32_t at, uint32_t length,
			struct dns_fault *fault)
{
	if (at <= walk->captured && length <= walk->captured - at)
		return true;
	*fault = (struct dns_fault){PACKET_TRUNCATED, NULL, 0, 0, 0, 0};
	if (length > walk->end - at)
		*fault = (struct dns_fault){
			PACKET_MALFORMED, "a record needs %1 bytes behind its name, %2 are left",
			length,		  walk->end - at,
			walk->next,	  1};
	return false;
}

/* Everything but the name; false with a fault. */
static bool decode_record(struct packet_walk *walk, struct packet_dns_record *r, uint32_t at,
			  struct dns_fault *fault)
{
	const struct packet_dns *dns = &walk->layer->dns;
	bool question = r->section == PACKET_DNS_QUESTION;
	const uint8_t *b = walk->packet->bytes + at;
	struct dns_bounds bounds;
	bool top;

	if (!have_fields(walk, at, question ? 4 : 10, fault))
		return false;
	r->type = packet_be16(b);
	r->rr_class = packet_be16(b + 2);
	top = dns->flavour == PACKET_DNS_MULTICAST && r->type != TYPE_OPT && r->rr_class & 0x8000;
	if (top)
		r->rr_class &= 0x7fff;
	r->unicast_response = top && question;
	r->cache_flush = top && !question;
	if (question) {
		walk->next = at + 4;
		return true;
	}
	r->ttl = packet_be32(b + 4);
	r->rdlength = packet_be16(b + 8);
	r->rdata_offset = at + 10;
	if (r->rdlength > walk->end - r->rdata_offset) {
		*fault = (struct dns_fault){
			PACKET_MALFORMED, "RDLENGTH is %1, the message has %2 bytes left",
			r->rdlength,	  walk->end - r->rdata_offset,
			at + 8,		  2};
		return false;
	}
	if (r->rdlength > walk->captured - r->rdata_offset) {
		fault->outcome = PACKET_TRUNCATED;
		return false;
	}
	bounds = packet_dns_bounds(walk->packet, walk->layer);
	/* an Update may say nothing of a type but its number (RFC 2136 2.4, 2.5) */
	r->ok = (dns->opcode == 5 && r->rdlength == 0) || packet_dns_data_ok(&bounds, r);
	walk->next = r->rdata_offset + r->rdlength;
	return true;
}

bool packet_dns_record_step(struct packet_walk *walk, struct packet_dns_record *out,
			    struct dns_fault *fault)
{
	const struct packet_layer *l = walk->layer;
	struct dns_bounds bounds;
	uint8_t section;

	/* a layer of another kind has no such records */
	if (l->kind != PACKET_DNS || walk->left == 0 || walk->fault != 0)
		return false;
	bounds = packet_dns_bounds(walk->packet, l);
	section = section_of(&l->dns, walk->left);
	*out = (struct packet_dns_record){.section = section, .ok = true, .offset = walk->next};
	if (walk->next >= walk->end) {
		*fault = (struct dns_fault){PACKET_MALFORMED,
					    "the message ends, %1 more records are announced",
					    walk->left,
					    0,
					    bounds.start + 4u + 2u * section,
					    2};
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	out->name_length = (uint16_t)packet_dns_name_at(&bounds, walk->next, NULL, fault);
	if (out->name_length == 0 ||
	    !decode_record(walk, out, walk->next + out->name_length, fault)) {
		walk->fault = fault->outcome;
		return false;
	}
	walk->left--;
	return true;
}

bool packet_dns_record_next(struct packet_walk *walk, struct packet_dns_record *out)
{
	struct dns_fault fault = {0};

	return packet_dns_record_step(walk, out, &fault);
}

static void put_name(struct packet_out *out, const struct dns_bounds *b,
		     const struct packet_dns_record *r)
{
	struct dns_fault fault = {0};

	packet_dns_name_at(b, r->offset, out, &fault);
}

static void put_type(struct packet_out *out, uint16_t type)
{
	const char *name = packet_dns_type_name(type);

	if (name != NULL) {
		packet_put(out, name);
		return;
	}
	packet_put(out, "TYPE"); /* RFC 3597 5 */
	packet_put_number(out, type);
}

static void show_class(struct packet_view *v, const struct packet_dns_record *r, uint32_t at)
{
	bool question = r->section == PACKET_DNS_QUESTION;

	if (r->type == TYPE_OPT && !question) {
		packet_show_number(v, "Requestor's UDP payload size", at, 2, r->rr_class, NULL);
		return;
	}
	if (v->layer->dns.flavour != PACKET_DNS_MULTICAST) {
		packet_show_number(v, question ? "QCLASS" : "CLASS", at, 2, r->rr_class,
				   class_name(r->rr_class));
		return;
	}
	packet_show_flag(v, question ? "QU: unicast response wanted" : "Cache-flush", at, 1, 0x80,
			 r->unicast_response || r->cache_flush);
	packet_show_bits(v, question ? "QCLASS" : "CLASS", at, 2, 0x7fff, r->rr_class,
			 class_name(r->rr_class));
}

/* RFC 6891 6.1.3. */
static void show_ttl(struct packet_view *v, const struct packet_dns_record *r, uint32_t at)
{
	if (r->type != TYPE_OPT) {
		packet_show_unit(v, "TTL", at, 4, r->ttl, "s");
		return;
	}
	packet_show_number(v, "EXTENDED-RCODE", at, 1, r->ttl >> 24, NULL);
	packet_show_number(v, "VERSION", at + 1, 1, r->ttl >> 16 & 0xff, NULL);
	packet_show_flag(v, "DO", at + 2, 1, 0x80, (r->ttl & 0x8000) != 0);
	packet_show_bits(v, "Z", at + 2, 2, 0x7fff, r->ttl & 0x7fff, NULL);
}

static void show_record(struct packet_view *v, const struct dns_bounds *b,
			const struct packet_dns_record *r)
{
	static const char *const names[] = {"Question", "Answer", "Authority", "Additional"};
	static const char *const update[] = {"Zone", "Prerequisite", "Update", "Additional"};
	bool question = r->section == PACKET_DNS_QUESTION;
	const struct packet_dns *dns = &v->layer->dns;
	uint32_t at = r->offset + r->name_length;
	uint32_t end = question ? at + 4 : r->rdata_offset + r->rdlength;

	put_type(packet_value(v), r->type);
	packet_put_char(&v->value, ' ');
	put_name(&v->value, b, r);
	packet_show(v, dns->opcode == 5 ? update[r->section] : names[r->section], r->offset,
		    end - r->offset);
	packet_show_in(v);
	put_name(packet_value(v), b, r);
	packet_show(v, question ? "QNAME" : "NAME", r->offset, r->name_length);
	packet_show_number(v, question ? "QTYPE" : "TYPE", at, 2, r->type,
			   packet_dns_type_name(r->type));
	show_class(v, r, at + 2);
	if (!question) {
		show_ttl(v, r, at + 4);
		packet_show_number(v, "RDLENGTH", at + 8, 2, r->rdlength, NULL);
		packet_dns_show_data(v, b, r);
	}
	packet_show_out(v);
}

void packet_show_dns_records(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct dns_bounds b = packet_dns_bounds(v->p, l);
	struct packet_dns_record r;

	while (packet_dns_record_next(&walk, &r))
		show_record(v, &b, &r);
	packet_show_rest(v, &walk);
	/* behind the last record: DNS Stateful Operations have more there (RFC 8490 5.4) */
	if (walk.fault == 0 && walk.next < walk.captured)
		packet_show_bytes(v, "Data", walk.next, walk.captured - walk.next);
}

/* The question, and the first few answers. */
void packet_line_dns_records(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct dns_bounds b = packet_dns_bounds(p, l);
	const char *separator = l->dns.opcode == 5 ? " prerequisites [" : " answers [";
	unsigned int shown = 0;
	struct packet_dns_record r;

	while (packet_dns_record_next(&walk, &r)) {
		if (r.section > PACKET_DNS_ANSWER || shown == 8)
			break;
		shown++;
		if (r.section == PACKET_DNS_ANSWER)
			packet_put(out, separator);
		else
			packet_put_char(out, ' ');
		put_type(out, r.type);
		packet_put_char(out, ' ');
		if (r.section == PACKET_DNS_QUESTION) {
			put_name(out, &b, &r);
			continue;
		}
		separator = ", ";
		put_name(out, &b, &r);
		packet_dns_line_data(out, &b, &r);
	}
	if (separator[0] == ',')
		packet_put(out, shown == 8 ? ", ...]" : "]");
}
