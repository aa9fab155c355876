/* SPDX-License-Identifier: MIT */
/* DCCP, RFC 4340. Its options are in dccp_options.c. */
#include "harness/packet/transport/internal.h"

static const char *const type_names[16] = {
	"Request",  "Response", "Data",	 "Ack",	 "DataAck",
	"CloseReq", "Close",	"Reset", "Sync", "SyncAck",
};

/* IANA "DCCP Reset Codes", RFC 4340 5.6. */
static const char *reset_code_name(uint8_t code)
{
	static const char *const names[] = {
		"Unspecified",	    "Closed",	    "Aborted",	       "No Connection",
		"Packet Error",	    "Option Error", "Mandatory Error", "Connection Refused",
		"Bad Service Code", "Too Busy",	    "Bad Init Cookie", "Aggression Penalty",
	};

	if (code >= 128)
		return "CCID-specific";
	return code < sizeof(names) / sizeof(names[0]) ? names[code] : NULL;
}

static bool may_be_short(uint8_t type)
{
	return type >= PACKET_DCCP_DATA && type <= PACKET_DCCP_DATAACK;
}

/*
 * The header a type has before its options; only with X do Reserved and the upper 24 bits of each
 * number exist. 0 for a reserved type, of which nobody knows.
 */
static uint32_t fixed_length(const struct packet_dccp *dccp)
{
	uint32_t length = dccp->extended ? 16 : 12;

	if (type_names[dccp->type] == NULL)
		return 0;
	if (dccp->has_acknowledgement)
		length += dccp->extended ? 8 : 4;
	/* a Service Code, or Reset Code and Data 1 to 3 */
	if (dccp->has_service_code || dccp->type == PACKET_DCCP_RESET)
		length += 4;
	return length;
}

static uint64_t be48(const uint8_t *b)
{
	return (uint64_t)packet_be16(b) << 32 | packet_be32(b + 2);
}

/* What stands behind the generic header, up to the options. */
static void decode_type(struct packet_dccp *dccp, const uint8_t *h)
{
	uint32_t at = dccp->extended ? 16 : 12;

	if (dccp->has_acknowledgement) {
		dccp->acknowledgement_number =
			dccp->extended ? be48(h + at + 2) : packet_be32(h + at) & 0xffffff;
		at += dccp->extended ? 8 : 4;
	}
	if (dccp->has_service_code)
		dccp->service_code = packet_be32(h + at);
	if (dccp->type == PACKET_DCCP_RESET) {
		dccp->reset_code = h[at];
		for (int i = 0; i < 3; i++)
			dccp->reset_data[i] = h[at + 1 + (uint32_t)i];
	}
}

static void decode_options(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_dccp_option option;

	while (packet_dccp_option_next(&walk, &option)) {
		if (!option.ok)
			packet_contradiction(d, "option %1 cannot be %2 bytes long", option.type,
					     option.length, option.offset + 1, 1);
	}
	packet_walk_fault(d, &walk, "an option announces %1 bytes, the header has %2 left for it");
}

/* RFC 4340 9.2: header and options always, and (CsCov - 1) words of the data. */
static void decode_coverage(struct decoder *d, struct packet_dccp *dccp, uint32_t header_length)
{
	const struct packet_layer *l = d->layer;
	uint32_t data = dccp->cscov > 0 ? (dccp->cscov - 1u) * 4 : dccp->payload_length;

	if (data <= dccp->payload_length)
		dccp->covered = header_length + data;
	else if (d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d, "CsCov covers %1 bytes of data, the packet has only %2",
				     data, dccp->payload_length, l->offset + 5, 1);
}

/*
 *     0               8       12      16                            32
 *    +-------------------------------+-------------------------------+
 *  0 | Source Port                   | Destination Port              |
 *    +---------------+-------+-------+-------------------------------+
 *  4 | Data Offset   | CCVal | CsCov | Checksum                      |
 *    +-----+-------+-+-------+-------+-------------------------------+
 *  8 | Res | Type  |1| Reserved      | Sequence Number (high 16)     |   X = 1
 *    +-----+-------+-+---------------+-------------------------------+
 * 12 | Sequence Number (low 32)                                      |
 *    +-------------------------------+-------------------------------+
 *    | Reserved                      | Acknowledgement Number (high) |   all but Request, Data
 *    +-------------------------------+-------------------------------+
 *    | Acknowledgement Number (low 32)                               |
 *    +---------------------------------------------------------------+
 *    | Service Code                                                  |   Request, Response
 *    +---------------+---------------+---------------+---------------+
 *    | Reset Code    | Data 1        | Data 2        | Data 3        |   Reset
 *    +---------------+---------------+---------------+---------------+
 *    | Options and Padding, up to Data Offset                        |
 *    +---------------------------------------------------------------+
 *
 *    +-----+-------+-+---------------+-------------------------------+
 *  8 | Res | Type  |0| Sequence Number (low 24)                      |   X = 0
 *    +-----+-------+-+---------------+-------------------------------+
 *    | Reserved      | Acknowledgement Number (low 24)               |   Ack, DataAck
 *    +---------------+-----------------------------------------------+
 *
 * RFC 4340 5.1 to 5.7. Data Offset counts words of 4 bytes. Only Data, Ack and DataAck may have
 * short sequence numbers (X = 0).
 */
void packet_decode_dccp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_DCCP);
	struct packet_dccp *dccp;
	const uint8_t *h;
	uint32_t fixed, header_length;

	if (l == NULL)
		return;
	dccp = &l->dccp;
	*dccp = (struct packet_dccp){0};
	h = packet_take(d, 12);
	dccp->source_port = packet_be16(h);
	dccp->destination_port = packet_be16(h + 2);
	dccp->data_offset = h[4];
	dccp->ccval = h[5] >> 4;
	dccp->cscov = h[5] & 15;
	dccp->checksum = packet_be16(h + 6);
	dccp->res = h[8] >> 5;
	dccp->type = h[8] >> 1 & 15;
	dccp->extended = h[8] & 1;
	dccp->has_acknowledgement = dccp->type != PACKET_DCCP_REQUEST &&
				    dccp->type != PACKET_DCCP_DATA &&
				    type_names[dccp->type] != NULL;
	dccp->has_service_code =
		dccp->type == PACKET_DCCP_REQUEST || dccp->type == PACKET_DCCP_RESPONSE;
	dccp->sequence_number = packet_be32(h + 8) & 0xffffff;
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < 9)
		return;
	if (!dccp->extended && type_names[dccp->type] != NULL && !may_be_short(dccp->type)) {
		packet_contradiction(d, "X is 0, which a packet of type %1 may not have",
				     dccp->type, 0, l->offset + 8, 1);
		dccp->has_acknowledgement = false;
		dccp->has_service_code = false;
		packet_give_up(d);
		return;
	}
	fixed = fixed_length(dccp);
	h = packet_take(d, fixed != 0 ? fixed : dccp->extended ? 16 : 12);
	if (dccp->extended) {
		dccp->reserved = h[9];
		dccp->sequence_number = be48(h + 10);
	}
	if (fixed != 0)
		decode_type(dccp, h);
	header_length = dccp->data_offset * 4u;
	if (header_length < l->header_length) {
		packet_contradiction(
			d,
			"Data Offset is %1 words of 4 bytes, a header of this type has "
			"at least %2 bytes",
			dccp->data_offset, l->header_length, l->offset + 4, 1);
		packet_give_up(d);
		return;
	}
	if (header_length > l->length && d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d,
				     "Data Offset makes a header of %1 bytes, the packet has only "
				     "%2",
				     header_length, l->length, l->offset + 4, 1);
	dccp->options_offset = (uint16_t)l->header_length;
	if (fixed != 0)
		dccp->options_length = (uint16_t)(header_length - l->header_length);
	packet_extend(d, header_length);
	if (dccp->options_length > 0 && l->header_captured > dccp->options_offset)
		decode_options(d);
	if (l->length >= header_length) {
		dccp->payload_length = l->length - header_length;
		decode_coverage(d, dccp, header_length);
	}
	if (l->header_captured < header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

/* A Service Code is often four letters (RFC 4340 8.1.2: "SC:name"). */
static void show_service_code(struct packet_view *v, uint32_t offset, uint32_t code)
{
	char text[8] = "SC:";
	bool letters = true;

	for (unsigned int i = 0; i < 4; i++) {
		char c = (char)(code >> (24 - 8 * i) & 0xff);

		letters = letters && c > 0x20 && c < 0x7f;
		text[3 + i] = c;
	}
	text[7] = '\0';
	packet_show_number(v, "Service Code", offset, 4, code, letters ? text : NULL);
}

static void show_dccp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_dccp *dccp = &l->dccp;
	uint32_t at = l->offset, length = dccp->extended ? 6 : 3;

	packet_show_number(v, "Source Port", at, 2, dccp->source_port, NULL);
	packet_show_number(v, "Destination Port", at + 2, 2, dccp->destination_port, NULL);
	packet_show_number(v, "Data Offset", at + 4, 1, dccp->data_offset, NULL);
	packet_show_bits(v, "CCVal", at + 5, 1, 0xf0, dccp->ccval, NULL);
	packet_show_bits(v, "CsCov", at + 5, 1, 0x0f, dccp->cscov,
			 dccp->cscov == 0   ? "the whole packet"
			 : dccp->cscov == 1 ? "no data"
					    : NULL);
	packet_show_checksum(v, "Checksum", at + 6, dccp->checksum);
	packet_show_bits(v, "Res", at + 8, 1, 0xe0, dccp->res, NULL);
	packet_show_bits(v, "Type", at + 8, 1, 0x1e, dccp->type,
			 type_names[dccp->type] != NULL ? type_names[dccp->type] : "reserved");
	packet_show_flag(v, "X: extended sequence numbers", at + 8, 1, 0x01, dccp->extended);
	if (!dccp->extended && type_names[dccp->type] != NULL && !may_be_short(dccp->type))
		return;
	if (dccp->extended)
		packet_show_number(v, "Reserved", at + 9, 1, dccp->reserved, NULL);
	at += dccp->extended ? 10 : 9;
	packet_show_number(v, "Sequence Number", at, length, dccp->sequence_number, NULL);
	at += length;
	if (dccp->has_acknowledgement) {
		at += dccp->extended ? 2 : 1;
		packet_show_number(v, "Acknowledgement Number", at, length,
				   dccp->acknowledgement_number, NULL);
		at += length;
	}
	if (dccp->has_service_code)
		show_service_code(v, at, dccp->service_code);
	if (dccp->type == PACKET_DCCP_RESET) {
		packet_show_number(v, "Reset Code", at, 1, dccp->reset_code,
				   reset_code_name(dccp->reset_code));
		packet_show_number(v, "Data 1", at + 1, 1, dccp->reset_data[0], NULL);
		packet_show_number(v, "Data 2", at + 2, 1, dccp->reset_data[1], NULL);
		packet_show_number(v, "Data 3", at + 3, 1, dccp->reset_data[2], NULL);
	}
	if (dccp->options_length > 0) {
		packet_show_number(v, "Options", l->offset + dccp->options_offset,
				   dccp->options_length, dccp->options_length, "bytes");
		packet_show_in(v);
		packet_show_dccp_options(v, l);
		packet_show_out(v);
	} else if (dccp->options_offset != 0 && type_names[dccp->type] == NULL) {
		packet_show_bytes(v, "Unknown", l->offset + dccp->options_offset,
				  l->header_length - dccp->options_offset);
	}
}

static void line_dccp(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_dccp *dccp = &l->dccp;

	packet_put(out, "DCCP");
	if (l->header_captured >= 9) {
		packet_put_char(out, ' ');
		if (type_names[dccp->type] != NULL) {
			packet_put(out, type_names[dccp->type]);
		} else {
			packet_put(out, "type ");
			packet_put_number(out, dccp->type);
		}
	}
	if (l->header_captured < l->header_length) {
		packet_put(out, " header cut");
		return;
	}
	packet_put_pair(out, "seq", dccp->sequence_number);
	if (dccp->has_acknowledgement)
		packet_put_pair(out, "ack", dccp->acknowledgement_number);
	if (dccp->has_service_code)
		packet_put_pair(out, "service", dccp->service_code);
	if (dccp->type == PACKET_DCCP_RESET) {
		const char *name = reset_code_name(dccp->reset_code);

		packet_put(out, " code ");
		packet_put_number(out, dccp->reset_code);
		if (name != NULL) {
			packet_put_char(out, ' ');
			packet_put(out, name);
		}
	}
	if (dccp->cscov != 0)
		packet_put_pair(out, "cscov", dccp->cscov);
	if (dccp->options_length > 0)
		packet_line_dccp_options(out, p, l);
	packet_put_length(out, dccp->payload_length);
}

static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 6,
				       .length = l->dccp.covered,
				       .pseudo_protocol = 33,
				       .pseudo_length = l->length};

	if (!packet_has_its_length(p, l) || packet_is_offloaded(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	return packet_verify_sum(p, l, &sum, expected);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	if (l->dccp.options_length > 0)
		walk->next = l->offset + l->dccp.options_offset;
}

const struct packet_protocol packet_protocol_dccp = {
	.name = "DCCP",
	.show = show_dccp,
	.line = line_dccp,
	.verify = verify,
	.walk = walk,
};
