/* SPDX-License-Identifier: MIT */
/* DECnet's routing messages in words, see decnet.c. Fields have the names of the specification. */
#include "harness/packet/decnet/internal.h"

static const char *message_name(uint8_t message)
{
	static const char *const names[] = {
		[PACKET_DECNET_UNKNOWN] = NULL,
		[PACKET_DECNET_SHORT] = "short data",
		[PACKET_DECNET_LONG] = "long data",
		[PACKET_DECNET_INITIALIZATION] = "initialization",
		[PACKET_DECNET_VERIFICATION] = "verification",
		[PACKET_DECNET_HELLO] = "hello and test",
		[PACKET_DECNET_LEVEL_1_ROUTING] = "level 1 routing",
		[PACKET_DECNET_LEVEL_2_ROUTING] = "level 2 routing",
		[PACKET_DECNET_ROUTER_HELLO] = "Ethernet router hello",
		[PACKET_DECNET_ENDNODE_HELLO] = "Ethernet endnode hello",
	};

	return message < sizeof(names) / sizeof(names[0]) ? names[message] : NULL;
}

static const char *node_type(uint8_t information)
{
	static const char *const names[] = {NULL, "level 2 router", "level 1 router", "endnode"};

	return names[information & 3];
}

static void put_address(struct packet_out *out, uint16_t address)
{
	packet_put_number(out, PACKET_DECNET_AREA(address));
	packet_put_char(out, '.');
	packet_put_number(out, PACKET_DECNET_NODE(address));
}

static void show_address(struct packet_view *v, const char *name, uint32_t at, uint16_t address)
{
	struct packet_out *out = packet_value(v);

	packet_put_number(out, address);
	packet_put(out, " (");
	put_address(out, address);
	packet_put_char(out, ')');
	v->field.has_number = true;
	v->field.number = address;
	packet_show(v, name, at, 2);
}

/* An Ethernet address: AA-00-04-00, DECnet's own, and the node address. */
static void show_id(struct packet_view *v, const char *name, uint32_t at, const uint8_t id[6])
{
	packet_show_mac(v, name, at);
	packet_show_in(v);
	if (packet_be32(id) == 0xaa000400)
		show_address(v, "Node address", at + 4, packet_le16(id + 4));
	packet_show_out(v);
}

static void show_flags(struct packet_view *v, const struct packet_decnet *n)
{
	uint32_t at = n->flags_offset;
	bool control = (n->flags & PACKET_DECNET_CONTROL) != 0;

	packet_show_hex(v, "Flags", at, 1, n->flags, message_name(n->message));
	packet_show_in(v);
	packet_show_flag(v, "V: version", at, 1, PACKET_DECNET_FUTURE,
			 (n->flags & PACKET_DECNET_FUTURE) != 0);
	if (control) {
		packet_show_bits(v, "Type", at, 1, 0x0e, n->flags >> 1 & 7, NULL);
		packet_show_flag(v, "Control", at, 1, PACKET_DECNET_CONTROL, true);
	} else {
		packet_show_flag(v, "I/E: intra-Ethernet", at, 1, PACKET_DECNET_INTRA_ETHERNET,
				 (n->flags & PACKET_DECNET_INTRA_ETHERNET) != 0);
		packet_show_flag(v, "RTS: return to sender", at, 1, PACKET_DECNET_RETURN,
				 (n->flags & PACKET_DECNET_RETURN) != 0);
		packet_show_flag(v, "RQR: return to sender request", at, 1,
				 PACKET_DECNET_RETURN_REQUEST,
				 (n->flags & PACKET_DECNET_RETURN_REQUEST) != 0);
		packet_show_bits(v, "Format", at, 1, PACKET_DECNET_FORMAT,
				 n->flags & PACKET_DECNET_FORMAT, NULL);
	}
	packet_show_out(v);
}

/* Bytes without a member of their own in the struct; not shown when they were not captured. */
static void show_byte(struct packet_view *v, const char *name, uint32_t at)
{
	if (at < v->limit)
		packet_show_number(v, name, at, 1, v->p->bytes[at], NULL);
}

static void show_long(struct packet_view *v, const struct packet_decnet *n, uint32_t at)
{
	show_byte(v, "D-AREA", at + 1);
	show_byte(v, "D-SUBAREA", at + 2);
	show_id(v, "D-ID", at + 3, n->destination_id);
	show_byte(v, "S-AREA", at + 9);
	show_byte(v, "S-SUBAREA", at + 10);
	show_id(v, "S-ID", at + 11, n->source_id);
	show_byte(v, "NL2", at + 17);
	packet_show_number(v, "VISIT-CT", at + 18, 1, n->visit_count, NULL);
	show_byte(v, "S-CLASS", at + 19);
	show_byte(v, "PT", at + 20);
}

static void show_version(struct packet_view *v, const struct packet_decnet *n, uint32_t at)
{
	struct packet_out *out = packet_value(v);

	packet_put_number(out, n->version[0]);
	packet_put_char(out, '.');
	packet_put_number(out, n->version[1]);
	packet_put_char(out, '.');
	packet_put_number(out, n->version[2]);
	packet_show(v, "TIVER", at, 3);
}

static void show_information(struct packet_view *v, const char *name, uint32_t at, uint8_t value,
			     bool ethernet)
{
	packet_show_hex(v, name, at, 1, value, NULL);
	packet_show_in(v);
	packet_show_bits(v, "NTYPE", at, 1, 0x03, value & 3, node_type(value));
	packet_show_flag(v, "verification required", at, 1, 0x04, (value & 0x04) != 0);
	if (ethernet) {
		packet_show_flag(v, "rejected", at, 1, 0x08, (value & 0x08) != 0);
		packet_show_flag(v, "verification failed", at, 1, 0x10, (value & 0x10) != 0);
		packet_show_flag(v, "no multicast traffic accepted", at, 1, 0x20,
				 (value & 0x20) != 0);
	}
	packet_show_flag(v, "blocking requested", at, 1, ethernet ? 0x40 : 0x08,
			 (value & (ethernet ? 0x40 : 0x08)) != 0);
	packet_show_out(v);
}

static void show_hello(struct packet_view *v, const struct packet_decnet *n, uint32_t at)
{
	show_version(v, n, at + 1);
	show_id(v, "ID", at + 4, n->source_id);
	show_information(v, "IINFO", at + 10, n->information, true);
	packet_show_number(v, "BLKSIZE", at + 11, 2, n->block_size, NULL);
	at += 13;
	if (n->message == PACKET_DECNET_ROUTER_HELLO) {
		packet_show_number(v, "PRIORITY", at, 1, n->priority, NULL);
		show_byte(v, "AREA", at + 1);
		at += 2;
	} else {
		show_byte(v, "AREA", at);
		packet_show_bytes(v, "SEED", at + 1, 8);
		show_id(v, "NEIGHBOR", at + 9, n->neighbor);
		at += 15;
	}
	packet_show_unit(v, "TIMER", at, 2, n->timer, "s");
	show_byte(v, "MPD", at + 2);
}

static void show_initialization(struct packet_view *v, const struct packet_decnet *n, uint32_t at)
{
	show_address(v, "SRCNODE", at + 1, n->source);
	show_information(v, "TIINFO", at + 3, n->information, false);
	packet_show_number(v, "BLKSIZE", at + 4, 2, n->block_size, NULL);
	show_version(v, n, at + 6);
	packet_show_unit(v, "TIMER", at + 9, 2, n->timer, "s");
}

/* The field that ends a message, with its count in front. */
static void show_image(struct packet_view *v, const struct packet_decnet *n)
{
	const char *name = "RESERVED";

	if (n->list_offset == 0)
		return;
	if (n->message == PACKET_DECNET_VERIFICATION)
		name = "FCNVAL";
	else if (n->message == PACKET_DECNET_ROUTER_HELLO)
		name = "E-LIST";
	else if (n->message != PACKET_DECNET_INITIALIZATION)
		name = "TEST DATA";
	show_byte(v, "Count", n->list_offset - 1);
	packet_show_bytes(v, name, n->list_offset, n->list_length);
}

void packet_show_decnet(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_decnet *n = &l->decnet;
	uint32_t at = n->flags_offset;

	packet_show_number(v, "Length", l->offset, 2, n->length, NULL);
	/* its third byte is no flags */
	if (l->header_captured >= 3 && at != l->offset + 2) {
		packet_show_bits(v, "Padding length", l->offset + 2, 1, 0x7f, n->padding, "bytes");
		packet_show_bytes(v, "Padding", l->offset + 3,
				  n->padding > 0 ? n->padding - 1u : 0);
	}
	if (at == 0)
		return;
	show_flags(v, n);
	switch (n->message) {
	case PACKET_DECNET_SHORT:
		show_address(v, "DSTNODE", at + 1, n->destination);
		show_address(v, "SRCNODE", at + 3, n->source);
		packet_show_bits(v, "VISITS", at + 5, 1, 0x3f, n->visit_count, NULL);
		break;
	case PACKET_DECNET_LONG:
		show_long(v, n, at);
		break;
	case PACKET_DECNET_INITIALIZATION:
		show_initialization(v, n, at);
		show_image(v, n);
		break;
	case PACKET_DECNET_VERIFICATION:
	case PACKET_DECNET_HELLO:
		show_address(v, "SRCNODE", at + 1, n->source);
		show_image(v, n);
		break;
	case PACKET_DECNET_LEVEL_1_ROUTING:
	case PACKET_DECNET_LEVEL_2_ROUTING:
		show_address(v, "SRCNODE", at + 1, n->source);
		show_byte(v, "RES", at + 3);
		if (n->list_offset == 0)
			break;
		packet_show_bytes(v, "Segments", n->list_offset, n->list_length);
		packet_show_checksum(v, "CHECKSUM", n->list_offset + n->list_length, n->checksum);
		break;
	case PACKET_DECNET_ROUTER_HELLO:
	case PACKET_DECNET_ENDNODE_HELLO:
		show_hello(v, n, at);
		show_image(v, n);
		break;
	default:
		break;
	}
}

static void line_data(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_decnet *n = &l->decnet;

	put_address(out, n->source);
	packet_put(out, " > ");
	put_address(out, n->destination);
	packet_put(out, n->message == PACKET_DECNET_LONG ? " long" : " short");
	packet_put_pair(out, "visits", n->visit_count);
	if (n->flags & PACKET_DECNET_RETURN)
		packet_put(out, " returning");
	packet_put_length(out, packet_data_behind(p, l));
}

void packet_line_decnet(struct packet_out *out, const struct packet *p,
			const struct packet_layer *l)
{
	const struct packet_decnet *n = &l->decnet;
	const char *name = message_name(n->message);

	packet_put(out, "DECnet ");
	if (l->header_captured < l->header_length || n->flags_offset == 0) {
		packet_put(out, l->header_captured < l->header_length ? "header cut"
								      : "without a message");
		return;
	}
	if (n->message == PACKET_DECNET_SHORT || n->message == PACKET_DECNET_LONG) {
		line_data(out, p, l);
		return;
	}
	if (name == NULL) {
		packet_put(out, n->flags & PACKET_DECNET_FUTURE ? "of a later version, flags 0x"
								: "flags 0x");
		packet_put_hex(out, n->flags, 2);
		return;
	}
	packet_put(out, name);
	packet_put(out, " from ");
	put_address(out, n->source);
	if (n->message == PACKET_DECNET_LEVEL_1_ROUTING ||
	    n->message == PACKET_DECNET_LEVEL_2_ROUTING)
		return;
	if (n->information != 0 && node_type(n->information) != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, node_type(n->information));
	}
	if (n->block_size != 0)
		packet_put_pair(out, "blksize", n->block_size);
	if (n->timer != 0)
		packet_put_pair(out, "timer", n->timer);
}
