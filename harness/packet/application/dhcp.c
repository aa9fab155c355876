/* SPDX-License-Identifier: MIT */
/* BOOTP, RFC 951, and DHCP, RFC 2131. Options are in dhcp_options.c. */
#include "harness/packet/application/internal.h"

#include <string.h>

#define FIXED  236
#define COOKIE 0x63825363

/*
 * Whether the datagram may be BOOTP: it has room for all fixed fields, op is a request or a reply,
 * and hlen a length that chaddr has room for. Everything else that goes over these ports is data,
 * and so is what the capture ends in before that can be told.
 */
bool packet_is_dhcp(const struct decoder *d)
{
	const uint8_t *b = d->bytes + d->at;

	if (d->layer->length < 8 + FIXED || d->readable < d->at || d->readable - d->at < 3)
		return false;
	return (b[0] == 1 || b[0] == 2) && b[2] <= 16;
}

/* Keeps the values of the options that have a place in the struct. */
static void keep_option(struct packet_dhcp *dhcp, const struct packet_dhcp_option *o,
			const uint8_t *data)
{
	switch (o->code) {
	case PACKET_DHCP_OPTION_MESSAGE_TYPE:
		dhcp->message_type = data[0];
		break;
	case PACKET_DHCP_OPTION_OVERLOAD:
		dhcp->overload = data[0];
		break;
	case PACKET_DHCP_OPTION_REQUESTED_ADDRESS:
		memcpy(dhcp->requested_address, data, 4);
		break;
	case PACKET_DHCP_OPTION_SERVER_IDENTIFIER:
		memcpy(dhcp->server_identifier, data, 4);
		break;
	default:
		break;
	}
}

static void decode_options(struct decoder *d, struct packet_dhcp *dhcp)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_dhcp_option o;

	while (packet_dhcp_option_next(&walk, &o)) {
		if (o.ok)
			keep_option(dhcp, &o, d->bytes + o.data_offset);
		else
			packet_contradiction(d, "option %1 cannot have %2 bytes of data", o.code,
					     o.length, o.offset + 1, 1);
	}
	packet_walk_fault(d, &walk, "an option announces %1 bytes, there are %2 left for it");
}

/*
 *     0               8               16              24            32
 *    +---------------+---------------+---------------+---------------+
 *  0 | op            | htype         | hlen          | hops          |
 *    +---------------+---------------+---------------+---------------+
 *  4 | xid                                                           |
 *    +-------------------------------+-------------------------------+
 *  8 | secs                          |B| flags                       |
 *    +-------------------------------+-------------------------------+
 * 12 | ciaddr: the client's, when it has one                         |
 *    +---------------------------------------------------------------+
 * 16 | yiaddr: the one given to the client                           |
 *    +---------------------------------------------------------------+
 * 20 | siaddr: the server to go on with                              |
 *    +---------------------------------------------------------------+
 * 24 | giaddr: the relay agent                                       |
 *    +---------------------------------------------------------------+
 * 28 | chaddr (16 bytes)                                             |
 *    +---------------------------------------------------------------+
 * 44 | sname (64 bytes)                                              |
 *    +---------------------------------------------------------------+
 *108 | file (128 bytes)                                              |
 *    +---------------------------------------------------------------+
 *236 | magic cookie 99.130.83.99, then options                       |
 *    +---------------------------------------------------------------+
 *
 * RFC 2131 2. Without the cookie the rest is the vendor information of RFC 951, which has no form.
 */
void packet_decode_dhcp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_DHCP);
	struct packet_dhcp *dhcp;
	const uint8_t *h;

	if (l == NULL)
		return;
	dhcp = &l->dhcp;
	*dhcp = (struct packet_dhcp){0};
	h = packet_take(d, 44);
	dhcp->op = h[0];
	dhcp->htype = h[1];
	dhcp->hlen = h[2];
	dhcp->hops = h[3];
	dhcp->xid = packet_be32(h + 4);
	dhcp->secs = packet_be16(h + 8);
	dhcp->flags = packet_be16(h + 10);
	memcpy(dhcp->ciaddr, h + 12, 4);
	memcpy(dhcp->yiaddr, h + 16, 4);
	memcpy(dhcp->siaddr, h + 20, 4);
	memcpy(dhcp->giaddr, h + 24, 4);
	memcpy(dhcp->chaddr, h + 28, 16);
	packet_extend(d, l->length);
	if (!packet_have(d, l->offset, FIXED))
		return;
	dhcp->has_cookie = l->header_captured >= FIXED + 4 &&
			   packet_be32(d->bytes + l->offset + FIXED) == COOKIE;
	if (dhcp->has_cookie)
		decode_options(d, dhcp);
}

static const char *op_name(uint8_t op)
{
	return op == 1 ? "BOOTREQUEST" : op == 2 ? "BOOTREPLY" : NULL;
}

/* A name that ends with a zero byte, or the options that took its place. */
static void show_text_or_options(struct packet_view *v, const char *name, uint32_t offset,
				 uint32_t length, bool options)
{
	const uint8_t *bytes = v->p->bytes + offset;
	uint32_t used = 0;

	if (offset + length > v->limit)
		return;
	if (options) {
		packet_show_text(v, name, offset, length, "options");
		packet_show_in(v);
		packet_show_dhcp_options(v, v->layer, offset, offset + length);
		packet_show_out(v);
		return;
	}
	while (used < length && bytes[used] != 0)
		used++;
	packet_put_text(packet_value(v), bytes, used);
	packet_show(v, name, offset, length);
}

static void show_dhcp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_dhcp *dhcp = &l->dhcp;
	uint32_t at = l->offset, end = at + l->header_length;

	packet_show_number(v, "op", at, 1, dhcp->op, op_name(dhcp->op));
	packet_show_number(v, "htype", at + 1, 1, dhcp->htype, packet_name_arphrd(dhcp->htype));
	packet_show_number(v, "hlen", at + 2, 1, dhcp->hlen, NULL);
	packet_show_number(v, "hops", at + 3, 1, dhcp->hops, NULL);
	packet_show_hex(v, "xid", at + 4, 4, dhcp->xid, NULL);
	packet_show_unit(v, "secs", at + 8, 2, dhcp->secs, "s");
	packet_show_hex(v, "flags", at + 10, 2, dhcp->flags, NULL);
	packet_show_in(v);
	packet_show_flag(v, "BROADCAST", at + 10, 1, 0x80, (dhcp->flags & 0x8000) != 0);
	packet_show_out(v);
	packet_show_ipv4(v, "ciaddr", at + 12);
	packet_show_ipv4(v, "yiaddr", at + 16);
	packet_show_ipv4(v, "siaddr", at + 20);
	packet_show_ipv4(v, "giaddr", at + 24);
	if (dhcp->htype == 1 && dhcp->hlen == 6)
		packet_show_mac(v, "chaddr", at + 28);
	else
		packet_show_bytes(v, "chaddr", at + 28, dhcp->hlen);
	packet_show_bytes(v, "chaddr padding", at + 28 + dhcp->hlen, 16u - dhcp->hlen);
	show_text_or_options(v, "sname", at + 44, 64, (dhcp->overload & 2) != 0);
	show_text_or_options(v, "file", at + 108, 128, (dhcp->overload & 1) != 0);
	if (!dhcp->has_cookie) {
		uint32_t there = v->limit < end ? v->limit : end;

		if (there > at + FIXED)
			packet_show_bytes(v, "vend", at + FIXED, there - at - FIXED);
		return;
	}
	packet_show_ipv4(v, "Magic cookie", at + FIXED);
	packet_show_dhcp_options(v, l, at + FIXED + 4, end);
}

static bool any(const uint8_t address[4])
{
	return (address[0] | address[1] | address[2] | address[3]) != 0;
}

static void line_address(struct packet_out *out, const char *name, const uint8_t address[4])
{
	if (!any(address))
		return;
	packet_put(out, name);
	packet_put_ipv4(out, address);
}

static void line_dhcp(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_dhcp *dhcp = &l->dhcp;
	const char *type = packet_dhcp_message_name(dhcp->message_type), *op = op_name(dhcp->op);

	(void)p;
	if (l->header_captured < 44) {
		packet_put(out, "DHCP header cut");
		return;
	}
	packet_put(out, dhcp->message_type != 0 ? "DHCP " : "BOOTP ");
	if (dhcp->message_type != 0 && type != NULL)
		packet_put(out, type);
	else
		packet_put(out, op != NULL ? op : "?");
	packet_put(out, " xid=0x");
	packet_put_hex(out, dhcp->xid, 8);
	if (dhcp->htype == 1 && dhcp->hlen == 6) {
		packet_put(out, " client ");
		packet_put_mac(out, dhcp->chaddr);
	}
	line_address(out, " has ", dhcp->ciaddr);
	line_address(out, " wants ", dhcp->requested_address);
	line_address(out, " gets ", dhcp->yiaddr);
	line_address(out, " server ", dhcp->server_identifier);
	line_address(out, " relay ", dhcp->giaddr);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	if (l->dhcp.has_cookie)
		walk->next = l->offset + FIXED + 4;
}

const struct packet_protocol packet_protocol_dhcp = {
	.name = "DHCP",
	.show = show_dhcp,
	.line = line_dhcp,
	.walk = walk,
};
