/* SPDX-License-Identifier: MIT */
/* The chunks of SCTP in words. What their bytes are stands in chunk.c. */
#include "harness/packet/sctp/internal.h"

const char *packet_name_sctp_chunk(uint8_t type)
{
	static const char *const names[] = {
		"DATA",	 "INIT",     "INIT ACK",	  "SACK",  "HEARTBEAT",	  "HEARTBEAT ACK",
		"ABORT", "SHUTDOWN", "SHUTDOWN ACK",	  "ERROR", "COOKIE ECHO", "COOKIE ACK",
		"ECNE",	 "CWR",	     "SHUTDOWN COMPLETE", "AUTH",  "NR-SACK",
	};

	if (type < sizeof(names) / sizeof(names[0]))
		return names[type];
	switch (type) {
	case PACKET_SCTP_I_DATA:
		return "I-DATA";
	case PACKET_SCTP_ASCONF_ACK:
		return "ASCONF-ACK";
	case PACKET_SCTP_RE_CONFIG:
		return "RE-CONFIG";
	case PACKET_SCTP_PAD:
		return "PAD";
	case PACKET_SCTP_FORWARD_TSN:
		return "FORWARD TSN";
	case PACKET_SCTP_ASCONF:
		return "ASCONF";
	case PACKET_SCTP_I_FORWARD_TSN:
		return "I-FORWARD-TSN";
	default:
		return NULL;
	}
}

/* IANA "Stream Control Transmission Protocol (SCTP) Parameters", the identifiers met most. */
static const char *payload_protocol_name(uint32_t identifier)
{
	static const char *const names[] = {
		"unspecified",	 "IUA",	 "M2UA", "M3UA", "SUA",	 "M2PA",  "V5UA",	    "H.248",
		"BICC/Q.2150.3", "TALI", "DUA",	 "ASAP", "ENRP", "H.323", "Q.IPC/Q.2150.3",
	};

	if (identifier < sizeof(names) / sizeof(names[0]))
		return names[identifier];
	switch (identifier) {
	case 18:
		return "S1AP";
	case 27:
		return "X2AP";
	case 38:
		return "ECHO";
	case 39:
		return "DISCARD";
	case 40:
		return "DAYTIME";
	case 41:
		return "CHARGEN";
	case 45:
		return "SSH";
	case 46:
		return "Diameter";
	case 47:
		return "Diameter over DTLS";
	case 50:
		return "WebRTC DCEP";
	case 51:
		return "WebRTC String";
	case 53:
		return "WebRTC Binary";
	case 56:
		return "WebRTC String Empty";
	case 57:
		return "WebRTC Binary Empty";
	case 60:
		return "NGAP";
	case 61:
		return "XnAP";
	case 62:
		return "F1AP";
	default:
		return NULL;
	}
}

/* RFC 9260 3.2 and 3.2.1: chunk types and parameter types alike. */
const char *packet_name_sctp_action(unsigned int bits)
{
	static const char *const actions[] = {
		"who does not know it stops here and discards the rest",
		"who does not know it stops here, discards the rest and reports it",
		"who does not know it skips it",
		"who does not know it skips it and reports it",
	};

	return actions[bits & 3];
}

const char *packet_name_sctp_hmac(uint16_t identifier)
{
	switch (identifier) {
	case 1:
		return "SHA-1";
	case 3:
		return "SHA-256";
	default:
		return NULL;
	}
}

static bool is_data(const struct packet_sctp_chunk *c)
{
	return c->type == PACKET_SCTP_DATA || c->type == PACKET_SCTP_I_DATA;
}

static void show_flags(struct packet_view *v, const struct packet_sctp_chunk *c)
{
	uint32_t at = c->offset + 1;

	packet_show_hex(v, "Chunk Flags", at, 1, c->flags, NULL);
	packet_show_in(v);
	if (is_data(c)) {
		packet_show_flag(v, "I: acknowledge at once", at, 1, 8, c->flags & 8);
		packet_show_flag(v, "U: unordered", at, 1, 4, c->flags & 4);
		packet_show_flag(v, "B: beginning of a message", at, 1, 2, c->flags & 2);
		packet_show_flag(v, "E: end of a message", at, 1, 1, c->flags & 1);
	} else if (c->type == PACKET_SCTP_ABORT || c->type == PACKET_SCTP_SHUTDOWN_COMPLETE) {
		packet_show_flag(v, "T: reflected Verification Tag", at, 1, 1, c->flags & 1);
	}
	packet_show_out(v);
}

/* The whole value, or as much of it as is there. */
static void show_value(struct packet_view *v, const char *name, const struct packet_sctp_chunk *c)
{
	uint32_t end = c->offset + c->captured;

	if (c->captured == c->length)
		packet_show_bytes(v, name, c->value_offset, c->value_length);
	else if (end > c->value_offset)
		packet_show_bytes(v, "Cut off here", c->value_offset, end - c->value_offset);
}

static void show_data(struct packet_view *v, const struct packet_sctp_chunk *c)
{
	uint32_t at = c->offset;
	const char *protocol = payload_protocol_name(c->payload_protocol);

	packet_show_number(v, "TSN", at + 4, 4, c->tsn, NULL);
	packet_show_number(v, "Stream Identifier", at + 8, 2, c->stream_identifier, NULL);
	if (c->type == PACKET_SCTP_DATA) {
		packet_show_number(v, "Stream Sequence Number", at + 10, 2, c->stream_sequence,
				   c->flags & PACKET_SCTP_DATA_UNORDERED ? "ignored" : NULL);
		packet_show_number(v, "Payload Protocol Identifier", at + 12, 4,
				   c->payload_protocol, protocol);
	} else {
		packet_show_bytes(v, "Reserved", at + 10, 2);
		packet_show_number(v, "Message Identifier", at + 12, 4, c->message_identifier,
				   NULL);
		if (c->flags & PACKET_SCTP_DATA_BEGINNING)
			packet_show_number(v, "Payload Protocol Identifier", at + 16, 4,
					   c->payload_protocol, protocol);
		else
			packet_show_number(v, "Fragment Sequence Number", at + 16, 4,
					   c->fragment_sequence, NULL);
	}
	show_value(v, "User Data", c);
}

static const char *not_zero(uint32_t number)
{
	return number == 0 ? "must not be 0" : NULL;
}

static void show_init(struct packet_view *v, const struct packet_sctp_chunk *c)
{
	uint32_t at = c->offset;

	packet_show_hex(v, "Initiate Tag", at + 4, 4, c->initiate_tag, not_zero(c->initiate_tag));
	packet_show_number(v, "a_rwnd", at + 8, 4, c->a_rwnd, "bytes");
	packet_show_number(v, "Number of Outbound Streams", at + 12, 2, c->outbound_streams,
			   not_zero(c->outbound_streams));
	packet_show_number(v, "Number of Inbound Streams", at + 14, 2, c->inbound_streams,
			   not_zero(c->inbound_streams));
	packet_show_number(v, "Initial TSN", at + 16, 4, c->tsn, NULL);
}

/* Blocks say their start and end as distances from the Cumulative TSN Ack. */
static uint32_t show_blocks(struct packet_view *v, const char *name,
			    const struct packet_sctp_chunk *c, uint32_t at, uint32_t count)
{
	uint32_t end = c->offset + c->captured;

	for (; count > 0 && at + 4 <= end && at + 4 <= v->limit; count--, at += 4) {
		uint32_t first = packet_be16(v->p->bytes + at);
		uint32_t last = packet_be16(v->p->bytes + at + 2);
		struct packet_out *out = packet_value(v);

		packet_put(out, "TSN ");
		packet_put_number(out, (uint32_t)(c->tsn + first));
		packet_put(out, " to ");
		packet_put_number(out, (uint32_t)(c->tsn + last));
		packet_show(v, name, at, 4);
		packet_show_in(v);
		packet_show_number(v, "Start", at, 2, first, NULL);
		packet_show_number(v, "End", at + 2, 2, last, NULL);
		packet_show_out(v);
	}
	return at;
}

static void show_sack(struct packet_view *v, const struct packet_sctp_chunk *c)
{
	uint32_t at = c->offset, end = c->offset + c->length;

	packet_show_number(v, "Cumulative TSN Ack", at + 4, 4, c->tsn, NULL);
	packet_show_number(v, "a_rwnd", at + 8, 4, c->a_rwnd, "bytes");
	packet_show_number(v, "Number of Gap Ack Blocks", at + 12, 2, c->gap_ack_blocks, NULL);
	if (c->type == PACKET_SCTP_NR_SACK) {
		packet_show_number(v, "Number of NR Gap Ack Blocks", at + 14, 2,
				   c->nr_gap_ack_blocks, NULL);
		packet_show_number(v, "Number of Duplicate TSNs", at + 16, 2, c->duplicate_tsns,
				   NULL);
		packet_show_bytes(v, "Reserved", at + 18, 2);
	} else {
		packet_show_number(v, "Number of Duplicate TSNs", at + 14, 2, c->duplicate_tsns,
				   NULL);
	}
	at = show_blocks(v, "Gap Ack Block", c, c->value_offset, c->gap_ack_blocks);
	at = show_blocks(v, "NR Gap Ack Block", c, at, c->nr_gap_ack_blocks);
	for (uint32_t i = 0; i < c->duplicate_tsns && at + 4 <= end && at + 4 <= v->limit;
	     i++, at += 4)
		packet_show_number(v, "Duplicate TSN", at, 4, packet_be32(v->p->bytes + at), NULL);
	if (at < end)
		packet_show_bytes(v, "Not announced by the counts", at, end - at);
}

static void show_forward(struct packet_view *v, const struct packet_sctp_chunk *c)
{
	bool interleaved = c->type == PACKET_SCTP_I_FORWARD_TSN;
	uint32_t size = interleaved ? 8 : 4, end = c->offset + c->captured;

	packet_show_number(v, "New Cumulative TSN", c->offset + 4, 4, c->tsn, NULL);
	for (uint32_t at = c->value_offset; at + size <= end && at + size <= v->limit; at += size) {
		const uint8_t *b = v->p->bytes + at;

		packet_show_number(v, interleaved ? "Stream Identifier" : "Stream", at, 2,
				   packet_be16(b), NULL);
		if (interleaved) {
			packet_show_flag(v, "U: unordered", at + 2, 2, 1, b[3] & 1);
			packet_show_number(v, "Message Identifier", at + 4, 4, packet_be32(b + 4),
					   NULL);
		} else {
			packet_show_number(v, "Stream Sequence", at + 2, 2, packet_be16(b + 2),
					   NULL);
		}
	}
}

static void show_body(struct packet_view *v, const struct packet_sctp_chunk *c)
{
	uint32_t at = c->offset + 4;

	switch (c->type) {
	case PACKET_SCTP_DATA:
	case PACKET_SCTP_I_DATA:
		show_data(v, c);
		break;
	case PACKET_SCTP_INIT:
	case PACKET_SCTP_INIT_ACK:
		show_init(v, c);
		break;
	case PACKET_SCTP_SACK:
	case PACKET_SCTP_NR_SACK:
		show_sack(v, c);
		break;
	case PACKET_SCTP_SHUTDOWN:
		packet_show_number(v, "Cumulative TSN Ack", at, 4, c->tsn, NULL);
		break;
	case PACKET_SCTP_ECNE:
	case PACKET_SCTP_CWR:
		packet_show_number(v, "Lowest TSN Number", at, 4, c->tsn, NULL);
		break;
	case PACKET_SCTP_COOKIE_ECHO:
		show_value(v, "Cookie", c);
		break;
	case PACKET_SCTP_AUTH:
		packet_show_number(v, "Shared Key Identifier", at, 2, c->shared_key, NULL);
		packet_show_number(v, "HMAC Identifier", at + 2, 2, c->hmac_identifier,
				   packet_name_sctp_hmac(c->hmac_identifier));
		show_value(v, "HMAC", c);
		break;
	case PACKET_SCTP_ASCONF:
	case PACKET_SCTP_ASCONF_ACK:
		packet_show_number(v, "Sequence Number", at, 4, c->sequence_number, NULL);
		break;
	case PACKET_SCTP_FORWARD_TSN:
	case PACKET_SCTP_I_FORWARD_TSN:
		show_forward(v, c);
		break;
	case PACKET_SCTP_PAD:
		show_value(v, "Padding Data", c);
		break;
	default:
		if (c->list == PACKET_SCTP_NO_LIST)
			show_value(v, "Chunk Value", c);
		break;
	}
}

/* INIT, INIT ACK and SHUTDOWN COMPLETE travel alone (RFC 9260 3): no field lies where they don't.
 */
static bool is_bundled(const struct packet_view *v, const struct packet_sctp_chunk *c)
{
	return v->layer->sctp.chunks > 1 &&
	       (c->type == PACKET_SCTP_INIT || c->type == PACKET_SCTP_INIT_ACK ||
		c->type == PACKET_SCTP_SHUTDOWN_COMPLETE);
}

void packet_show_sctp_chunk(struct packet_view *v, struct packet_walk *walk,
			    const struct packet_sctp_chunk *c)
{
	const char *name = packet_name_sctp_chunk(c->type);
	uint32_t at = c->offset;

	packet_show_text(v, name != NULL ? name : "Unknown chunk", at,
			 c->length < 4 || c->length > walk->end - at ? walk->end - at
								     : c->length + c->padding,
			 !c->ok		    ? "length not possible for this chunk"
			 : is_bundled(v, c) ? "may not be bundled with other chunks"
					    : "");
	packet_show_in(v);
	packet_show_number(v, "Chunk Type", at, 1, c->type, name);
	if (name == NULL) {
		packet_show_in(v);
		packet_show_bits(v, "Action", at, 1, 0xc0, c->type >> 6,
				 packet_name_sctp_action(c->type >> 6));
		packet_show_out(v);
	}
	show_flags(v, c);
	packet_show_number(v, "Chunk Length", at + 2, 2, c->length, NULL);
	if (!c->ok) {
		packet_show_bytes(v, "Not decodable", at + 4,
				  c->captured > 4 ? c->captured - 4 : 0);
	} else {
		show_body(v, c);
		if (c->list != PACKET_SCTP_NO_LIST) {
			struct packet_walk list = packet_sctp_chunk_list(walk, c);

			packet_show_sctp_list(v, &list, (enum packet_sctp_list)c->list, 0);
		}
	}
	packet_show_bytes(v, "Padding", at + c->length, c->padding);
	packet_show_out(v);
}
