/* SPDX-License-Identifier: MIT */
/*
 * The option of Multipath TCP, RFC 8684 3; version 0 was RFC 6824.
 *
 *     0               8               16      20      24              32
 *    +---------------+---------------+-------+-------+---------------+
 *  0 | Kind (30)     | Length        |Subtype| flags, or version ...  |
 *    +---------------+---------------+-------+-----------------------+
 *
 *  0 MP_CAPABLE (3.1)   Version 4, flags 8, then: nothing (SYN of version 1), Sender's Key 64,
 *		         Receiver's Key 64, Data-Level Length 16, Checksum 16
 *  1 MP_JOIN (3.2)	  length 12 (SYN):     flags 4, Address ID 8, Receiver's Token 32, Random 32
 *		  	  length 16 (SYN,ACK): flags 4, Address ID 8, truncated HMAC 64, Random 32
 *		  	  length 24 (ACK):     reserved 12, HMAC 160
 *  2 DSS (3.3)		  flags 12, Data ACK 32/64, Data Sequence Number 32/64,
 *		  	  Subflow Sequence Number 32, Data-Level Length 16, Checksum 16
 *  3 ADD_ADDR (3.4.1)	  flags 4, Address ID 8, Address 32/128, Port 16, truncated HMAC 64
 *  4 REMOVE_ADDR (3.4.2) reserved 4, Address IDs 8 each
 *  5 MP_PRIO (3.3.8)	  flags 4 (and Address ID 8 in version 0)
 *  6 MP_FAIL (3.7)	  reserved 12, Data Sequence Number 64
 *  7 MP_FASTCLOSE (3.5)  reserved 12, Option Receiver's Key 64
 *  8 MP_TCPRST (3.6)	  flags 4, Reason 8
 */
#include "harness/packet/transport/internal.h"

#define DSS_DATA_ACK   0x01 /* A */
#define DSS_DATA_ACK_8 0x02 /* a */
#define DSS_MAPPING    0x04 /* M */
#define DSS_DSN_8      0x08 /* m */

static const char *subtype_name(uint8_t subtype)
{
	static const char *const names[] = {
		"MP_CAPABLE", "MP_JOIN", "DSS",		 "ADD_ADDR",  "REMOVE_ADDR",
		"MP_PRIO",    "MP_FAIL", "MP_FASTCLOSE", "MP_TCPRST",
	};

	return subtype < sizeof(names) / sizeof(names[0]) ? names[subtype] : "subtype";
}

static bool decode_capable(const uint8_t *b, uint8_t length, struct packet_mptcp *m)
{
	m->version = b[2] & 15;
	m->has_sender_key = length >= 12;
	m->has_receiver_key = length >= 20;
	m->has_mapping = length >= 22;
	m->has_checksum = length >= 24;
	/* only the third of a handshake has data; the SYN of version 1 has no key */
	if (length != 4 && length != 12 && length != 20 && length != 22 && length != 24)
		return false;
	m->flags = b[3];
	if (m->has_sender_key)
		m->sender_key = packet_be64(b + 4);
	if (m->has_receiver_key)
		m->receiver_key = packet_be64(b + 12);
	if (m->has_mapping)
		m->data_level_length = packet_be16(b + 20);
	if (m->has_checksum)
		m->checksum = packet_be16(b + 22);
	return true;
}

static bool decode_join(const uint8_t *b, uint32_t offset, uint8_t length, struct packet_mptcp *m)
{
	m->flags = b[2] & 15;
	switch (length) {
	case 12:
		m->has_address_id = m->has_token = m->has_random = true;
		m->address_id = b[3];
		m->receiver_token = packet_be32(b + 4);
		m->random = packet_be32(b + 8);
		return true;
	case 16:
		m->has_address_id = m->has_hmac = m->has_random = true;
		m->address_id = b[3];
		m->hmac_offset = offset + 4;
		m->hmac_length = 8;
		m->random = packet_be32(b + 12);
		return true;
	case 24:
		m->has_hmac = true;
		m->hmac_offset = offset + 4;
		m->hmac_length = 20;
		return true;
	default:
		return false;
	}
}

/* The flags say what there is; the length has to agree, with and without the checksum. */
static bool decode_dss(const uint8_t *b, uint8_t length, struct packet_mptcp *m)
{
	unsigned int at = 4, need = 4;

	if (length < 4)
		return false;
	m->flags = b[3] & 31;
	if (m->flags & DSS_DATA_ACK)
		m->data_ack_length = m->flags & DSS_DATA_ACK_8 ? 8 : 4;
	if (m->flags & DSS_MAPPING)
		m->dsn_length = m->flags & DSS_DSN_8 ? 8 : 4;
	need += m->data_ack_length;
	if (m->dsn_length > 0)
		need += m->dsn_length + 6u;
	if (length != need && (m->dsn_length == 0 || length != need + 2))
		return false;
	m->has_data_ack = m->data_ack_length > 0;
	m->has_mapping = m->dsn_length > 0;
	m->has_checksum = length == need + 2;
	if (m->has_data_ack) {
		m->data_ack = m->data_ack_length == 8 ? packet_be64(b + at) : packet_be32(b + at);
		at += m->data_ack_length;
	}
	if (m->has_mapping) {
		m->data_sequence_number =
			m->dsn_length == 8 ? packet_be64(b + at) : packet_be32(b + at);
		at += m->dsn_length;
		m->subflow_sequence_number = packet_be32(b + at);
		m->data_level_length = packet_be16(b + at + 4);
		at += 6;
	}
	if (m->has_checksum)
		m->checksum = packet_be16(b + at);
	return true;
}

/*
 * Version 1 has the E flag, and a HMAC when it is not set; version 0 has IPVer (4 or 6) there, and
 * no HMAC. 8, 10, 16, 18 bytes with an IPv4 address, 20, 22, 28, 30 with an IPv6 address.
 */
static bool decode_add_addr(const uint8_t *b, uint32_t offset, uint8_t length,
			    struct packet_mptcp *m)
{
	unsigned int rest, at;

	m->flags = b[2] & 15;
	if (length >= 20)
		m->address_length = 16;
	else if (length >= 8)
		m->address_length = 4;
	else
		return false;
	rest = length - 4u - m->address_length;
	if (rest != 0 && rest != 2 && rest != 8 && rest != 10)
		return false;
	m->has_address_id = true;
	m->address_id = b[3];
	m->address_offset = offset + 4;
	at = 4u + m->address_length;
	m->has_port = rest == 2 || rest == 10;
	if (m->has_port) {
		m->port = packet_be16(b + at);
		at += 2;
	}
	m->has_hmac = rest >= 8;
	if (m->has_hmac) {
		m->hmac_offset = offset + at;
		m->hmac_length = 8;
	}
	return true;
}

bool packet_mptcp_option(const uint8_t *option, uint32_t offset, uint8_t length,
			 struct packet_mptcp *out)
{
	const uint8_t *b = option;

	*out = (struct packet_mptcp){0};
	if (length < 3)
		return false;
	out->subtype = b[2] >> 4;
	switch (out->subtype) {
	case PACKET_MPTCP_CAPABLE:
		return decode_capable(b, length, out);
	case PACKET_MPTCP_JOIN:
		return decode_join(b, offset, length, out);
	case PACKET_MPTCP_DSS:
		return decode_dss(b, length, out);
	case PACKET_MPTCP_ADD_ADDR:
		return decode_add_addr(b, offset, length, out);
	case PACKET_MPTCP_REMOVE_ADDR:
		out->ids = (uint8_t)(length - 3);
		out->ids_offset = offset + 3;
		return length >= 4;
	case PACKET_MPTCP_PRIO:
		out->flags = b[2] & 15;
		out->has_address_id = length == 4;
		out->address_id = length == 4 ? b[3] : 0;
		return length == 3 || length == 4;
	case PACKET_MPTCP_FAIL:
		out->data_sequence_number = length == 12 ? packet_be64(b + 4) : 0;
		out->dsn_length = 8;
		return length == 12;
	case PACKET_MPTCP_FASTCLOSE:
		out->has_receiver_key = length == 12;
		out->receiver_key = length == 12 ? packet_be64(b + 4) : 0;
		return length == 12;
	case PACKET_MPTCP_TCPRST:
		out->flags = b[2] & 15;
		out->reason = length == 4 ? b[3] : 0;
		return length == 4;
	default:
		return true;
	}
}

static void show_capable(struct packet_view *v, const struct packet_mptcp *m, uint32_t at)
{
	packet_show_bits(v, "Version", at + 2, 1, 0x0f, m->version, NULL);
	packet_show_hex(v, "Flags", at + 3, 1, m->flags, NULL);
	packet_show_in(v);
	packet_show_flag(v, "A: checksum required", at + 3, 1, 0x80, (m->flags & 0x80) != 0);
	packet_show_flag(v, "B: extensibility", at + 3, 1, 0x40, (m->flags & 0x40) != 0);
	packet_show_flag(v, "C: no more subflows to this address", at + 3, 1, 0x20,
			 (m->flags & 0x20) != 0);
	packet_show_flag(v, "H: HMAC-SHA256", at + 3, 1, 0x01, (m->flags & 0x01) != 0);
	packet_show_out(v);
	if (m->has_sender_key)
		packet_show_hex(v, "Option Sender's Key", at + 4, 8, m->sender_key, NULL);
	if (m->has_receiver_key)
		packet_show_hex(v, "Option Receiver's Key", at + 12, 8, m->receiver_key, NULL);
	if (m->has_mapping)
		packet_show_number(v, "Data-Level Length", at + 20, 2, m->data_level_length, NULL);
	if (m->has_checksum)
		packet_show_hex(v, "Checksum", at + 22, 2, m->checksum, NULL);
}

static void show_join(struct packet_view *v, const struct packet_mptcp *m, uint32_t at)
{
	if (m->has_address_id) {
		packet_show_flag(v, "B: backup", at + 2, 1, 0x01, (m->flags & 1) != 0);
		packet_show_number(v, "Address ID", at + 3, 1, m->address_id, NULL);
	}
	if (m->has_token)
		packet_show_hex(v, "Receiver's Token", at + 4, 4, m->receiver_token, NULL);
	if (m->has_hmac)
		packet_show_bytes(v, "Sender's HMAC", m->hmac_offset, m->hmac_length);
	if (m->has_random)
		packet_show_hex(v, "Sender's Random Number", at + (m->has_hmac ? 12 : 8), 4,
				m->random, NULL);
}

static void show_dss(struct packet_view *v, const struct packet_mptcp *m, uint32_t at)
{
	packet_show_flag(v, "F: DATA_FIN", at + 3, 1, 0x10, (m->flags & 0x10) != 0);
	packet_show_flag(v, "m: Data Sequence Number of 8 bytes", at + 3, 1, 0x08,
			 (m->flags & DSS_DSN_8) != 0);
	packet_show_flag(v, "M: mapping present", at + 3, 1, 0x04, (m->flags & DSS_MAPPING) != 0);
	packet_show_flag(v, "a: Data ACK of 8 bytes", at + 3, 1, 0x02,
			 (m->flags & DSS_DATA_ACK_8) != 0);
	packet_show_flag(v, "A: Data ACK present", at + 3, 1, 0x01, (m->flags & DSS_DATA_ACK) != 0);
	at += 4;
	if (m->has_data_ack)
		packet_show_number(v, "Data ACK", at, m->data_ack_length, m->data_ack, NULL);
	at += m->data_ack_length;
	if (m->has_mapping) {
		packet_show_number(v, "Data Sequence Number", at, m->dsn_length,
				   m->data_sequence_number, NULL);
		at += m->dsn_length;
		packet_show_number(v, "Subflow Sequence Number", at, 4, m->subflow_sequence_number,
				   NULL);
		packet_show_number(v, "Data-Level Length", at + 4, 2, m->data_level_length, NULL);
		at += 6;
	}
	if (m->has_checksum)
		packet_show_hex(v, "Checksum", at, 2, m->checksum, NULL);
}

static void show_add_addr(struct packet_view *v, const struct packet_mptcp *m, uint32_t at)
{
	if (m->flags > 1)
		packet_show_bits(v, "IPVer", at + 2, 1, 0x0f, m->flags, "version 0");
	else
		packet_show_flag(v, "E: echo", at + 2, 1, 0x01, (m->flags & 1) != 0);
	packet_show_number(v, "Address ID", at + 3, 1, m->address_id, NULL);
	if (m->address_length == 16)
		packet_show_ipv6(v, "Address", m->address_offset);
	else
		packet_show_ipv4(v, "Address", m->address_offset);
	if (m->has_port)
		packet_show_number(v, "Port", m->address_offset + m->address_length, 2, m->port,
				   NULL);
	if (m->has_hmac)
		packet_show_bytes(v, "Truncated HMAC", m->hmac_offset, m->hmac_length);
}

/* IANA "MPTCP MP_TCPRST Reason Codes". */
static const char *reason_name(uint8_t reason)
{
	static const char *const names[] = {
		"unspecified",
		"MPTCP-specific error",
		"lack of resources",
		"administratively prohibited",
		"too much outstanding data",
		"unacceptable performance",
		"middlebox interference",
	};

	return reason < sizeof(names) / sizeof(names[0]) ? names[reason] : NULL;
}

static void show_reset(struct packet_view *v, const struct packet_mptcp *m, uint32_t at)
{
	packet_show_flag(v, "U", at + 2, 1, 0x08, (m->flags & 8) != 0);
	packet_show_flag(v, "V", at + 2, 1, 0x04, (m->flags & 4) != 0);
	packet_show_flag(v, "W", at + 2, 1, 0x02, (m->flags & 2) != 0);
	packet_show_flag(v, "T: transient", at + 2, 1, 0x01, (m->flags & 1) != 0);
	packet_show_number(v, "Reason", at + 3, 1, m->reason, reason_name(m->reason));
}

void packet_show_mptcp(struct packet_view *v, const struct packet_tcp_option *o)
{
	const struct packet_mptcp *m = &o->mptcp;
	uint32_t at = o->offset;

	packet_show_bits(v, "Subtype", at + 2, 1, 0xf0, m->subtype, subtype_name(m->subtype));
	switch (m->subtype) {
	case PACKET_MPTCP_CAPABLE:
		show_capable(v, m, at);
		break;
	case PACKET_MPTCP_JOIN:
		show_join(v, m, at);
		break;
	case PACKET_MPTCP_DSS:
		show_dss(v, m, at);
		break;
	case PACKET_MPTCP_ADD_ADDR:
		show_add_addr(v, m, at);
		break;
	case PACKET_MPTCP_REMOVE_ADDR:
		for (unsigned int i = 0; i < m->ids; i++)
			packet_show_number(v, "Address ID", m->ids_offset + i, 1,
					   v->p->bytes[m->ids_offset + i], NULL);
		break;
	case PACKET_MPTCP_PRIO:
		packet_show_flag(v, "B: backup", at + 2, 1, 0x01, (m->flags & 1) != 0);
		if (m->has_address_id)
			packet_show_number(v, "Address ID", at + 3, 1, m->address_id, NULL);
		break;
	case PACKET_MPTCP_FAIL:
		packet_show_number(v, "Data Sequence Number", at + 4, 8, m->data_sequence_number,
				   NULL);
		break;
	case PACKET_MPTCP_FASTCLOSE:
		packet_show_hex(v, "Option Receiver's Key", at + 4, 8, m->receiver_key, NULL);
		break;
	case PACKET_MPTCP_TCPRST:
		show_reset(v, m, at);
		break;
	default:
		packet_show_bytes(v, "Data", at + 3, o->length - 3u);
		break;
	}
}

void packet_line_mptcp(struct packet_out *out, const struct packet *p,
		       const struct packet_tcp_option *o)
{
	const struct packet_mptcp *m = &o->mptcp;

	packet_put(out, "mptcp ");
	packet_put(out, subtype_name(m->subtype));
	if (m->subtype > PACKET_MPTCP_TCPRST) {
		packet_put_char(out, ' ');
		packet_put_number(out, m->subtype);
	}
	switch (m->subtype) {
	case PACKET_MPTCP_CAPABLE:
		packet_put(out, " v");
		packet_put_number(out, m->version);
		break;
	case PACKET_MPTCP_JOIN:
		if (m->has_address_id)
			packet_put_pair(out, "id", m->address_id);
		break;
	case PACKET_MPTCP_DSS:
		if (m->has_data_ack)
			packet_put_pair(out, "ack", m->data_ack);
		if (m->has_mapping) {
			packet_put_pair(out, "dsn", m->data_sequence_number);
			packet_put_pair(out, "ssn", m->subflow_sequence_number);
			packet_put_pair(out, "len", m->data_level_length);
		}
		if (m->flags & 0x10)
			packet_put(out, " fin");
		break;
	case PACKET_MPTCP_ADD_ADDR:
		packet_put_pair(out, "id", m->address_id);
		packet_put_char(out, ' ');
		if (m->address_length == 16)
			packet_put_ipv6(out, p->bytes + m->address_offset);
		else
			packet_put_ipv4(out, p->bytes + m->address_offset);
		break;
	case PACKET_MPTCP_REMOVE_ADDR:
		for (unsigned int i = 0; i < m->ids; i++)
			packet_put_pair(out, "id", p->bytes[m->ids_offset + i]);
		break;
	case PACKET_MPTCP_TCPRST:
		packet_put_pair(out, "reason", m->reason);
		break;
	default:
		break;
	}
}
