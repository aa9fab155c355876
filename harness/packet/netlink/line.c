/* SPDX-License-Identifier: MIT */
/* What the lines of netlink messages are put together from. */
#include "harness/packet/netlink/internal.h"

static const uint8_t *header_at(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	/* behind the end of the fixed header are attributes */
	if (offset + length > n->m->header_length || 16 + offset + length > n->m->captured)
		return NULL;
	return n->p->bytes + n->m->offset + 16 + offset;
}

uint8_t packet_netlink_header_u8(const struct netlink_view *n, uint32_t offset)
{
	const uint8_t *b = header_at(n, offset, 1);

	return b != NULL ? b[0] : 0;
}

uint16_t packet_netlink_header_u16(const struct netlink_view *n, uint32_t offset)
{
	const uint8_t *b = header_at(n, offset, 2);

	return b != NULL ? netlink_u16(n->l, b) : 0;
}

uint32_t packet_netlink_header_u32(const struct netlink_view *n, uint32_t offset)
{
	const uint8_t *b = header_at(n, offset, 4);

	return b != NULL ? netlink_u32(n->l, b) : 0;
}

void packet_netlink_put_u32(struct packet_out *out, const struct netlink_view *n, const char *name,
			    uint16_t type)
{
	struct packet_netlink_attribute a;

	if (packet_netlink_find(n, type, &a) && a.data_length >= 4)
		packet_put_pair(out, name, netlink_u32(n->l, n->p->bytes + a.data_offset));
}

void packet_netlink_put_text(struct packet_out *out, const struct netlink_view *n,
			     const char *before, uint16_t type)
{
	struct packet_netlink_attribute a;

	if (!packet_netlink_find(n, type, &a) || a.data_length == 0)
		return;
	packet_put(out, before);
	packet_netlink_put_string(out, n->p, a.data_offset, a.data_length);
}

void packet_netlink_line_payload(struct packet_out *out, const struct netlink_view *n)
{
	if (n->kind.line != NULL)
		n->kind.line(out, n);
	else if (n->m->length > 16 && n->kind.header == NULL)
		packet_put_length(out, n->m->length - 16);
}
