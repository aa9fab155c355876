/* SPDX-License-Identifier: MIT */
/* DDP, AppleTalk's datagrams: Inside AppleTalk (second edition), chapter 4. */
#include "harness/packet/internal.h"

enum {
	SHORT_HEADER = 5,
	EXTENDED_HEADER = 13,
	LLAP_SHORT = 1,
};

/* Inside AppleTalk, appendix C. */
static const char *type_name(uint8_t type)
{
	static const char *const names[] = {
		NULL, "RTMP", "NBP", "ATP", "AEP", "RTMP request", "ZIP", "ADSP",
	};

	if (type == 22)
		return "IP";
	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

/* The statically assigned ones. */
static const char *socket_name(uint8_t socket)
{
	switch (socket) {
	case 1:
		return "RTMP";
	case 2:
		return "names information";
	case 4:
		return "echoer";
	case 6:
		return "zone information";
	default:
		return NULL;
	}
}

/* Only LLAP has a type for the short header; its node IDs are those of the datagram. */
static bool is_short(const struct packet *p, const struct packet_layer *l)
{
	return packet_index(p, l) > 0 && l[-1].kind == PACKET_LLAP && l[-1].llap.type == LLAP_SHORT;
}

static void take_extended(struct decoder *d, struct packet_ddp *ddp)
{
	const uint8_t *h = packet_take(d, EXTENDED_HEADER);

	ddp->extended = true;
	ddp->hop_count = h[0] >> 2 & 15;
	ddp->length = packet_be16(h) & 0x3ff;
	ddp->checksum = packet_be16(h + 2);
	ddp->destination_network = packet_be16(h + 4);
	ddp->source_network = packet_be16(h + 6);
	ddp->destination_node = h[8];
	ddp->source_node = h[9];
	ddp->destination_socket = h[10];
	ddp->source_socket = h[11];
	ddp->type = h[12];
}

static void take_short(struct decoder *d, struct packet_ddp *ddp, const struct packet_llap *llap)
{
	const uint8_t *h = packet_take(d, SHORT_HEADER);

	ddp->length = packet_be16(h) & 0x3ff;
	ddp->destination_node = llap->destination;
	ddp->source_node = llap->source;
	ddp->destination_socket = h[2];
	ddp->source_socket = h[3];
	ddp->type = h[4];
}

/*
 *     0   2       6                   16
 *    +---+-------+-------------------+-------------------------------+
 *  0 | 0 | Hops  | Length            | Checksum                      |
 *    +---+-------+-------------------+-------------------------------+
 *  4 | Destination network           | Source network                |
 *    +---------------+---------------+---------------+---------------+
 *  8 | Dest. node    | Source node   | Dest. socket  | Source socket |
 *    +---------------+---------------+---------------+---------------+
 * 12 | Type          |
 *    +---------------+
 *
 * The extended header. The short one, in LLAP alone, has no Hops, Checksum, networks and nodes:
 *
 *    +-----------+-------------------+---------------+---------------+---------------+
 *  0 | 0         | Length            | Dest. socket  | Source socket | Type          |
 *    +-----------+-------------------+---------------+---------------+---------------+
 *
 * Behind Ethernet's own type comes LLAP's header first: that is EtherTalk of AppleTalk's phase 1
 * (Apple, "EtherTalk Packet Formats", 1987). Phase 2 has SNAP instead, and no LLAP.
 */
void packet_decode_ddp(struct decoder *d)
{
	const struct packet_layer *before = d->layer;
	struct packet_layer *l;
	struct packet_ddp *ddp;

	if (before->kind == PACKET_ETHERNET || before->kind == PACKET_VLAN) {
		packet_decode_llap(d);
		return;
	}
	l = packet_open(d, PACKET_DDP);
	if (l == NULL)
		return;
	ddp = &l->ddp;
	*ddp = (struct packet_ddp){0};
	if (is_short(d->p, l)) {
		take_short(d, ddp, &l[-1].llap);
	} else {
		take_extended(d, ddp);
		l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	}
	if (l->header_captured < 2)
		return;
	if (ddp->length < l->header_length) {
		packet_contradiction(d, "Length is %1, less than the %2 bytes of the header",
				     ddp->length, l->header_length, l->offset, 2);
		l->cut = true;
		packet_give_up(d);
		return;
	}
	packet_narrow(d, ddp->length, "Length is %1, only %2 bytes are there", l->offset, 2);
	ddp->payload_length = (uint16_t)(ddp->length - l->header_length);
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static const char *node_name(uint8_t node)
{
	return node == 255 ? "broadcast" : NULL;
}

static void show_ddp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_ddp *ddp = &l->ddp;
	uint32_t at = l->offset;

	if (ddp->extended)
		packet_show_bits(v, "Hop count", at, 1, 0x3c, ddp->hop_count, NULL);
	packet_show_bits(v, "Datagram length", at, 2, 0x03ff, ddp->length, NULL);
	at += 2;
	if (ddp->extended) {
		packet_show_checksum(v, "Checksum", at, ddp->checksum);
		packet_show_number(v, "Destination network", at + 2, 2, ddp->destination_network,
				   NULL);
		packet_show_number(v, "Source network", at + 4, 2, ddp->source_network, NULL);
		packet_show_number(v, "Destination node ID", at + 6, 1, ddp->destination_node,
				   node_name(ddp->destination_node));
		packet_show_number(v, "Source node ID", at + 7, 1, ddp->source_node, NULL);
		at += 8;
	}
	packet_show_number(v, "Destination socket", at, 1, ddp->destination_socket,
			   socket_name(ddp->destination_socket));
	packet_show_number(v, "Source socket", at + 1, 1, ddp->source_socket,
			   socket_name(ddp->source_socket));
	packet_show_number(v, "DDP type", at + 2, 1, ddp->type, type_name(ddp->type));
}

static void put_address(struct packet_out *out, const struct packet_ddp *ddp, uint16_t network,
			uint8_t node, uint8_t socket)
{
	if (ddp->extended) {
		packet_put_number(out, network);
		packet_put_char(out, '.');
		packet_put_number(out, node);
		packet_put_char(out, ':');
	}
	packet_put_number(out, socket);
}

/* The nodes of a short header are in LLAP's part of the line. */
static void line_ddp(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_ddp *ddp = &l->ddp;
	const char *name = type_name(ddp->type);

	(void)p;
	packet_put(out, "DDP ");
	if (l->header_captured < l->header_length) {
		packet_put(out, "header cut");
		return;
	}
	packet_put(out, ddp->extended ? "" : "sockets ");
	put_address(out, ddp, ddp->source_network, ddp->source_node, ddp->source_socket);
	packet_put(out, " > ");
	put_address(out, ddp, ddp->destination_network, ddp->destination_node,
		    ddp->destination_socket);
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "type ");
		packet_put_number(out, ddp->type);
	}
	packet_put_length(out, ddp->payload_length);
}

/*
 * Of the bytes behind the checksum: each is added to 16 bits without carry, and the sum rotated
 * left by one. A sum of 0 is sent as 0xffff, as 0 says that there is none. What is in front of
 * it, the hop count, changes on the way.
 */
static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	uint32_t end = l->offset + l->length;
	uint16_t sum = 0;

	if (!l->ddp.extended)
		return PACKET_CHECKSUM_NONE;
	if (l->header_captured < l->header_length || l->cut || end > p->captured)
		return PACKET_CHECKSUM_UNKNOWN;
	if (l->ddp.checksum == 0)
		return PACKET_CHECKSUM_ABSENT;
	for (uint32_t at = l->offset + 4; at < end; at++) {
		sum = (uint16_t)(sum + p->bytes[at]);
		sum = (uint16_t)((unsigned int)sum << 1 | sum >> 15);
	}
	if (sum == 0)
		sum = 0xffff;
	if (expected != NULL)
		*expected = sum;
	return sum == l->ddp.checksum ? PACKET_CHECKSUM_GOOD : PACKET_CHECKSUM_BAD;
}

const struct packet_protocol packet_protocol_ddp = {
	.name = "DDP",
	.show = show_ddp,
	.line = line_ddp,
	.verify = verify,
};
