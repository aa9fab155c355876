/* SPDX-License-Identifier: MIT */
/* Netlink attributes: walking over them, and what contradicts in them. */
#include "harness/packet/netlink/internal.h"

const struct netlink_set packet_netlink_no_set = {.infos = NULL, .count = 0};

struct packet_walk packet_netlink_walk(const struct packet *p, const struct packet_layer *l,
				       uint32_t offset, uint32_t length)
{
	uint32_t there = l->offset + l->header_captured;
	struct packet_walk walk = {.packet = p, .layer = l, .next = offset, .end = offset + length};

	walk.captured = walk.end < there ? walk.end : there;
	return walk;
}

struct packet_walk packet_netlink_attributes(const struct packet *p,
					     const struct packet_layer *layer,
					     const struct packet_netlink_message *message)
{
	uint32_t end = message->offset + message->length;

	if (message->attribute_offset == 0)
		return packet_netlink_walk(p, layer, end, 0);
	return packet_netlink_walk(p, layer, message->attribute_offset,
				   end - message->attribute_offset);
}

struct packet_walk packet_netlink_nested(const struct packet *p, const struct packet_layer *layer,
					 const struct packet_netlink_attribute *attribute)
{
	return packet_netlink_walk(p, layer, attribute->data_offset, attribute->data_length);
}

/*
 *     0                               16  17  18                    32
 *    +-------------------------------+---+---+-----------------------+
 *  0 | nla_len                       | N | O | nla_type              |
 *    +-------------------------------+---+---+-----------------------+
 *  4 | value (nla_len - 4 bytes), filled up to a multiple of 4       |
 *    +---------------------------------------------------------------+
 *
 * linux/netlink.h, struct nlattr (struct rtattr is the same), in the byte order of the machine. N
 * (NLA_F_NESTED, 0x8000): the value is attributes, though many that are do not say so. O
 * (NLA_F_NET_BYTEORDER, 0x4000): the value is big-endian. nla_len leaves the padding out.
 */
bool packet_netlink_attribute_next(struct packet_walk *walk, struct packet_netlink_attribute *out)
{
	const struct packet_layer *l = walk->layer;
	uint32_t left = walk->end - walk->next, length, step;
	const uint8_t *b;
	uint16_t type;

	if (walk->next >= walk->end)
		return false;
	if (left < 4 || walk->next >= walk->captured || walk->captured - walk->next < 4) {
		walk->fault = left < 4 ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	length = netlink_u16(l, b);
	type = netlink_u16(l, b + 2);
	if (length < 4 || length > left) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (length > walk->captured - walk->next) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	*out = (struct packet_netlink_attribute){
		.offset = walk->next,
		.length = length,
		.data_offset = walk->next + 4,
		.data_length = length - 4,
		.type = type & 0x3fff,
		.nested = (type & 0x8000) != 0,
		.net_byteorder = (type & 0x4000) != 0,
	};
	step = netlink_align(length);
	walk->next += step < left ? step : left;
	return true;
}

static void decode_fault(struct decoder *d, const struct packet_walk *walk)
{
	uint32_t left = walk->end - walk->next, length;

	if (walk->fault != PACKET_MALFORMED)
		return;
	if (left < 4) {
		packet_contradiction(d, "an attribute has at least 4 bytes, %1 are left", left, 0,
				     walk->next, left);
		return;
	}
	length = netlink_u16(d->layer, d->bytes + walk->next);
	if (length < 4)
		packet_contradiction(d, "nla_len is %1, less than the 4 bytes of its own header",
				     length, 0, walk->next, 2);
	else
		packet_contradiction(d, "nla_len is %1, only %2 bytes are left for the attribute",
				     length, left, walk->next, 2);
}

static void decode_attributes(struct decoder *d, const struct netlink_set *set, uint32_t offset,
			      uint32_t end, unsigned int depth)
{
	struct packet_walk walk = packet_netlink_walk(d->p, d->layer, offset, end - offset);
	struct packet_netlink_attribute a;

	while (packet_netlink_attribute_next(&walk, &a)) {
		const struct netlink_info *info = packet_netlink_info_of(set, a.type);
		const struct netlink_set *nested = packet_netlink_nested_set(info, &a);

		/* an empty one is how some requests ask for the value */
		if (info->size > 0 && a.data_length > 0 && a.data_length < info->size)
			packet_contradiction(d, "nla_len is %1, the value alone has %2 bytes",
					     a.length, info->size, a.offset, 2);
		if (info->decode != NULL)
			info->decode(d, a.data_offset, a.data_length);
		if (nested != NULL && depth + 1 < NETLINK_DEPTH_MAX)
			decode_attributes(d, nested, a.data_offset, a.data_offset + a.data_length,
					  depth + 1);
	}
	decode_fault(d, &walk);
}

void packet_netlink_decode_attributes(struct decoder *d, const struct netlink_set *set,
				      uint32_t offset, uint32_t end)
{
	decode_attributes(d, set != NULL ? set : &packet_netlink_no_set, offset, end, 0);
}

const struct netlink_info *packet_netlink_info_of(const struct netlink_set *set, uint16_t type)
{
	static const struct netlink_info unknown = {0};

	if (set->item != NULL)
		return set->item;
	if (type < set->count && set->infos[type].name != NULL)
		return &set->infos[type];
	return &unknown;
}

const struct netlink_set *packet_netlink_nested_set(const struct netlink_info *info,
						    const struct packet_netlink_attribute *a)
{
	if (info->how == NETLINK_NESTED)
		return info->set;
	return a->nested && info->how == NETLINK_BYTES ? &packet_netlink_no_set : NULL;
}

bool packet_netlink_find(const struct netlink_view *n, uint16_t type,
			 struct packet_netlink_attribute *a)
{
	struct packet_walk walk = packet_netlink_attributes(n->p, n->l, n->m);

	while (packet_netlink_attribute_next(&walk, a)) {
		if (a->type == type)
			return true;
	}
	return false;
}
