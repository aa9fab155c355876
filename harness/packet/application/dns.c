/* SPDX-License-Identifier: MIT */
/*
 * DNS, RFC 1035: the header of a message, and what counts as one. Records are in dns_record.c,
 * their data in dns_data.c, names in packet_dns_name_at.c.
 */
#include "harness/packet/application/internal.h"

#define HEADER 12

/* IANA "DNS OpCodes". */
static const char *opcode_name(uint8_t opcode)
{
	static const char *const names[16] = {"Query",	"IQuery", "Status", NULL,
					      "Notify", "Update", "DSO"};

	return names[opcode & 15];
}

/* IANA "DNS RCODEs", the first 16. */
static const char *rcode_name(uint8_t rcode)
{
	static const char *const names[16] = {
		"NoError",  "FormErr", "ServFail", "NXDomain", "NotImp",  "Refused",
		"YXDomain", "YXRRSet", "NXRRSet",  "NotAuth",  "NotZone", "DSOTYPENI",
	};

	return names[rcode & 15];
}

/*
 * Whether the message of `length` bytes at `at` may be DNS: a well-known port is a hint and no
 * promise, and what is not DNS is not malformed DNS. The opcode has to be one that has a meaning,
 * and so many questions (at least 5 bytes each) and records (at least 11) have to fit. Random
 * bytes hardly ever pass, and nothing that is DNS fails but for counts that lie grossly. A header
 * that was not captured whole cannot be told from anything else: that is data.
 */
static bool is_message(const struct decoder *d, uint32_t at, uint32_t length)
{
	const uint8_t *h = d->bytes + at;
	uint64_t least;

	if (length < HEADER || at > d->readable || d->readable - at < HEADER)
		return false;
	least = 5u * packet_be16(h + 4) +
		11u * ((uint32_t)packet_be16(h + 6) + packet_be16(h + 8) + packet_be16(h + 10));
	return opcode_name(h[2] >> 3 & 15) != NULL && least <= length - HEADER;
}

bool packet_is_dns(const struct decoder *d)
{
	/* in a quote or a first fragment there is less than the datagram's length says */
	return d->layer->length > 8 && is_message(d, d->at, d->layer->length - 8);
}

/*
 * TCP has no messages: a segment may start anywhere in one. Only one that starts with a length
 * prefix and all of the message that it announces is taken for DNS; the rest of a larger message
 * is data.
 */
bool packet_is_dns_over_tcp(const struct decoder *d)
{
	uint32_t length;

	if (d->bound != PACKET_BOUND_LENGTH || d->at > d->readable || d->readable - d->at < 2)
		return false;
	length = packet_be16(d->bytes + d->at);
	return length <= d->end - d->at - 2 && is_message(d, d->at + 2, length);
}

static uint8_t flavour_of(uint16_t source, uint16_t destination)
{
	if (source == 5353 || destination == 5353)
		return PACKET_DNS_MULTICAST;
	return source == 5355 || destination == 5355 ? PACKET_DNS_LLMNR : PACKET_DNS_UNICAST;
}

static void decode_header(struct packet_dns *dns, const uint8_t *h)
{
	dns->id = packet_be16(h);
	dns->flags = packet_be16(h + 2);
	dns->response = (h[2] & 0x80) != 0;
	dns->opcode = h[2] >> 3 & 15;
	dns->authoritative_answer = (h[2] & 0x04) != 0;
	dns->truncated = (h[2] & 0x02) != 0;
	dns->recursion_desired = (h[2] & 0x01) != 0;
	dns->recursion_available = (h[3] & 0x80) != 0;
	dns->authentic_data = (h[3] & 0x20) != 0;
	dns->checking_disabled = (h[3] & 0x10) != 0;
	dns->response_code = h[3] & 15;
	dns->question_count = packet_be16(h + 4);
	dns->answer_count = packet_be16(h + 6);
	dns->authority_count = packet_be16(h + 8);
	dns->additional_count = packet_be16(h + 10);
}

static void decode_records(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_dns_record r;
	struct dns_fault fault = {0};

	while (packet_dns_record_step(&walk, &r, &fault)) {
		if (!r.ok)
			packet_contradiction(
				d, "RDLENGTH is %1, the data of a record of type %2 does not fit",
				r.rdlength, r.type, r.rdata_offset - 2, 2);
	}
	if (walk.fault == PACKET_MALFORMED &&
	    (d->bound == PACKET_BOUND_LENGTH || walk.end < d->end))
		packet_contradiction(d, fault.text, fault.value1, fault.value2, fault.offset,
				     fault.length);
}

/*
 *     0                               16                            32
 *    +-------------------------------+
 *    | Length                        |                     over TCP only
 *    +-------------------------------+-------------------------------+
 *  0 | ID                            |Q|OPCODE |A|T|R|R| |A|C| RCODE |
 *    |                               |R|       |A|C|D|A|Z|D|D|       |
 *    +-------------------------------+-------------------------------+
 *  4 | QDCOUNT                       | ANCOUNT                       |
 *    +-------------------------------+-------------------------------+
 *  8 | NSCOUNT                       | ARCOUNT                       |
 *    +-------------------------------+-------------------------------+
 * 12 | QDCOUNT questions, then ANCOUNT, NSCOUNT and ARCOUNT records  |
 *    +---------------------------------------------------------------+
 *
 * RFC 1035 4.1; the length prefix 4.2.2. Whoever calls this has seen that the header is there. The
 * message is the whole datagram: bytes behind its last record are shown, and are no fault.
 */
void packet_decode_dns(struct decoder *d)
{
	const struct packet_layer *before = d->layer;
	struct packet_layer *l = packet_open(d, PACKET_DNS);
	struct packet_dns *dns;
	uint32_t prefix;
	const uint8_t *h;

	if (l == NULL)
		return;
	dns = &l->dns;
	*dns = (struct packet_dns){0};
	dns->over_tcp = before->kind != PACKET_UDP;
	if (!dns->over_tcp)
		dns->flavour = flavour_of(before->udp.source_port, before->udp.destination_port);
	prefix = dns->over_tcp ? 2 : 0;
	h = packet_take(d, prefix + HEADER);
	if (dns->over_tcp) {
		dns->length = packet_be16(h);
		l->length = 2u + dns->length;
	}
	decode_header(dns, h + prefix);
	packet_extend(d, l->length);
	decode_records(d);
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	/* the next message of the stream may follow, or its beginning */
	d->next =
		dns->over_tcp && packet_is_dns_over_tcp(d) ? packet_decode_dns : packet_decode_data;
}

/* LLMNR has its own: C in place of AA, T of RD, and no more (RFC 4795 2.1.1). */
static void show_flags(struct packet_view *v, const struct packet_dns *dns, uint32_t at)
{
	bool llmnr = dns->flavour == PACKET_DNS_LLMNR;

	packet_show_hex(v, "Flags", at, 2, dns->flags, NULL);
	packet_show_in(v);
	packet_show_bits(v, "QR", at, 1, 0x80, dns->response, dns->response ? "response" : "query");
	packet_show_bits(v, "OPCODE", at, 1, 0x78, dns->opcode, opcode_name(dns->opcode));
	packet_show_flag(v, llmnr ? "C" : "AA", at, 1, 0x04, dns->authoritative_answer);
	packet_show_flag(v, "TC", at, 1, 0x02, dns->truncated);
	packet_show_flag(v, llmnr ? "T" : "RD", at, 1, 0x01, dns->recursion_desired);
	if (llmnr) {
		packet_show_bits(v, "Z", at + 1, 1, 0xf0, dns->flags >> 4 & 15, NULL);
	} else {
		packet_show_flag(v, "RA", at + 1, 1, 0x80, dns->recursion_available);
		packet_show_flag(v, "Z", at + 1, 1, 0x40, (dns->flags & 0x40) != 0);
		packet_show_flag(v, "AD", at + 1, 1, 0x20, dns->authentic_data);
		packet_show_flag(v, "CD", at + 1, 1, 0x10, dns->checking_disabled);
	}
	packet_show_bits(v, "RCODE", at + 1, 1, 0x0f, dns->response_code,
			 rcode_name(dns->response_code));
	packet_show_out(v);
}

static void show_dns(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_dns *dns = &l->dns;
	uint32_t at = l->offset;
	bool update = dns->opcode == 5;

	if (dns->over_tcp) {
		packet_show_number(v, "Length", at, 2, dns->length, NULL);
		at += 2;
	}
	packet_show_hex(v, "ID", at, 2, dns->id, NULL);
	show_flags(v, dns, at + 2);
	packet_show_number(v, update ? "ZOCOUNT" : "QDCOUNT", at + 4, 2, dns->question_count, NULL);
	packet_show_number(v, update ? "PRCOUNT" : "ANCOUNT", at + 6, 2, dns->answer_count, NULL);
	packet_show_number(v, update ? "UPCOUNT" : "NSCOUNT", at + 8, 2, dns->authority_count,
			   NULL);
	packet_show_number(v, update ? "ADCOUNT" : "ARCOUNT", at + 10, 2, dns->additional_count,
			   NULL);
	packet_show_dns_records(v, l);
}

static void line_dns(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	static const char *const names[] = {"DNS", "mDNS", "LLMNR"};
	const struct packet_dns *dns = &l->dns;
	const char *opcode = opcode_name(dns->opcode), *rcode = rcode_name(dns->response_code);

	packet_put(out, names[dns->flavour]);
	if (dns->opcode != 0) {
		packet_put_char(out, ' ');
		packet_put(out, opcode != NULL ? opcode : "?");
	}
	packet_put(out, dns->response ? " response" : " query");
	packet_put_pair(out, "id", dns->id);
	if (dns->response && rcode != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, rcode);
	} else if (dns->response) {
		packet_put_pair(out, "rcode", dns->response_code);
	}
	if (dns->truncated)
		packet_put(out, " TC");
	packet_line_dns_records(out, p, l);
	if (dns->authority_count > 0)
		packet_put_pair(out, dns->opcode == 5 ? "updates" : "authority",
				dns->authority_count);
	if (dns->additional_count > 0)
		packet_put_pair(out, "additional", dns->additional_count);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	const struct packet_dns *dns = &l->dns;

	walk->next = l->offset + HEADER + (dns->over_tcp ? 2u : 0u);
	walk->left = (uint32_t)dns->question_count + dns->answer_count + dns->authority_count +
		     dns->additional_count;
}

const struct packet_protocol packet_protocol_dns = {
	.name = "DNS",
	.show = show_dns,
	.line = line_dns,
	.walk = walk,
};
