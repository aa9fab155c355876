/* SPDX-License-Identifier: MIT */
/* Showing values of netlink by their tables: the fixed headers and the attributes. */
#include "harness/packet/netlink/internal.h"

static void show_attributes(const struct netlink_view *n, const struct netlink_set *set,
			    uint32_t offset, uint32_t length, unsigned int depth);

static bool there(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	return offset <= n->v->limit && length <= n->v->limit - offset;
}

static uint64_t number_at(const struct netlink_view *n, uint32_t offset, uint32_t size,
			  bool network)
{
	const uint8_t *b = n->p->bytes + offset;

	switch (size) {
	case 1:
		return b[0];
	case 2:
		return network ? packet_be16(b) : netlink_u16(n->l, b);
	case 4:
		return network ? packet_be32(b) : netlink_u32(n->l, b);
	default:
		return network ? packet_be64(b) : netlink_u64(n->l, b);
	}
}

void packet_netlink_put_bits(struct packet_out *out, uint32_t bits,
			     const struct netlink_name *names, const char *separator)
{
	const char *before = "";

	for (; names->name != NULL; names++) {
		if (names->number == 0 || (bits & names->number) != names->number)
			continue;
		packet_put(out, before);
		packet_put(out, names->name);
		bits &= ~names->number;
		before = separator;
	}
	if (bits != 0) {
		packet_put(out, before);
		packet_put(out, "0x");
		packet_put_hex(out, bits, 1);
	}
}

void packet_netlink_put_address(struct packet_out *out, const struct netlink_view *n,
				uint32_t offset, uint32_t length)
{
	const uint8_t *b = n->p->bytes + offset;
	/* AF_MPLS has labels of 4 bytes where others have addresses */
	bool labels = n->m->family == 28;

	if (length == 4 && !labels)
		packet_put_ipv4(out, b);
	else if (length == 16 && !labels)
		packet_put_ipv6(out, b);
	else
		packet_put_hex_bytes(out, b, length < 32 ? length : 32);
}

/* Link-layer addresses have at most 32 bytes (MAX_ADDR_LEN of the kernel). */
void packet_netlink_put_lladdr(struct packet_out *out, const struct packet *p, uint32_t offset,
			       uint32_t length)
{
	for (uint32_t i = 0; i < length && i < 32; i++) {
		if (i > 0)
			packet_put_char(out, ':');
		packet_put_hex(out, p->bytes[offset + i], 2);
	}
	if (length > 32)
		packet_put(out, "...");
}

void packet_netlink_put_string(struct packet_out *out, const struct packet *p, uint32_t offset,
			       uint32_t length)
{
	const uint8_t *b = p->bytes + offset;

	if (length > 0 && b[length - 1] == 0)
		length--;
	for (uint32_t i = 0; i < length && i < 100; i++) {
		if (b[i] >= 0x20 && b[i] < 0x7f && b[i] != '\\') {
			packet_put_char(out, (char)b[i]);
			continue;
		}
		packet_put(out, "\\x");
		packet_put_hex(out, b[i], 2);
	}
	if (length > 100)
		packet_put(out, "...");
}

/* The value as text, and as a number if it is one. */
static void put_value(const struct netlink_view *n, const struct netlink_info *info,
		      struct packet_out *out, uint32_t offset, uint32_t length, bool network)
{
	struct packet_field *f = &n->v->field;
	const char *name;

	if (info->size > 0 && length < info->size) {
		packet_put_hex_bytes(out, n->p->bytes + offset, length);
		return;
	}
	if (info->size > 0) {
		f->has_number = true;
		f->number = number_at(n, offset, info->size, network);
	}
	switch (info->how) {
	case NETLINK_NUMBER:
	case NETLINK_NETWORK:
		packet_put_number(out, f->number);
		name = packet_netlink_name_of(info->names, f->number);
		if (name != NULL) {
			packet_put(out, " (");
			packet_put(out, name);
			packet_put_char(out, ')');
		}
		break;
	case NETLINK_SIGNED:
		if (f->number >> 31 != 0) {
			packet_put_char(out, '-');
			packet_put_number(out, (uint32_t)(0 - f->number));
		} else {
			packet_put_number(out, f->number);
		}
		break;
	case NETLINK_HEX:
	case NETLINK_BITS:
		packet_put(out, "0x");
		packet_put_hex(out, f->number, 2u * info->size);
		if (info->how == NETLINK_BITS && f->number != 0) {
			packet_put(out, " (");
			packet_netlink_put_bits(out, (uint32_t)f->number, info->names, ", ");
			packet_put_char(out, ')');
		}
		break;
	case NETLINK_TEXT:
		packet_netlink_put_string(out, n->p, offset, length);
		break;
	case NETLINK_MAC:
		packet_netlink_put_lladdr(out, n->p, offset, length);
		break;
	case NETLINK_ADDRESS:
		packet_netlink_put_address(out, n, offset, length);
		break;
	case NETLINK_STRUCT:
	case NETLINK_NESTED:
	case NETLINK_SHOWN:
		break;
	default:
		packet_put_hex_bytes(out, n->p->bytes + offset, length < 32 ? length : 32);
		if (length > 32)
			packet_put(out, "...");
		break;
	}
}

static void show_field(const struct netlink_view *n, const struct netlink_field *f, uint32_t offset,
		       uint32_t length)
{
	if (length == 0 || !there(n, offset, length))
		return;
	put_value(n, &f->info, packet_value(n->v), offset, length, f->info.how == NETLINK_NETWORK);
	packet_show(n->v, f->info.name, offset, length);
	if (f->info.how != NETLINK_SHOWN)
		return;
	packet_show_in(n->v);
	f->info.show(n, offset, length);
	packet_show_out(n->v);
}

/* Members that a shorter struct of an older kernel lacks are left out. */
void packet_netlink_show_layout(const struct netlink_view *n, const struct netlink_layout *layout,
				uint32_t offset, uint32_t length)
{
	for (uint32_t i = 0; i < layout->count; i++) {
		const struct netlink_field *f = &layout->fields[i];
		uint32_t size = f->length != 0 ? f->length : f->info.size;

		if (f->offset + size <= length)
			show_field(n, f, offset + f->offset, size);
	}
	if (length > layout->size)
		packet_show_bytes(n->v, "More", offset + layout->size, length - layout->size);
}

static void show_type(const struct netlink_view *n, const struct packet_netlink_attribute *a)
{
	/* which of the two bytes has the flags, and its place in the mask */
	uint32_t high = a->offset + (n->l->netlink.big_endian ? 2 : 3);
	uint32_t mask = n->l->netlink.big_endian ? 0x3fff : 0xff3f;

	packet_show_number(n->v, "nla_len", a->offset, 2, a->length, NULL);
	if (!a->nested && !a->net_byteorder) {
		packet_show_number(n->v, "nla_type", a->offset + 2, 2, a->type, NULL);
		return;
	}
	packet_show_bits(n->v, "nla_type", a->offset + 2, 2, mask, a->type, NULL);
	packet_show_flag(n->v, "NLA_F_NESTED", high, 1, 0x80, a->nested);
	packet_show_flag(n->v, "NLA_F_NET_BYTEORDER", high, 1, 0x40, a->net_byteorder);
}

static void show_attribute(const struct netlink_view *n, const struct netlink_set *set,
			   const struct packet_netlink_attribute *a, unsigned int depth)
{
	const struct netlink_info *info = packet_netlink_info_of(set, a->type);
	const struct netlink_set *nested = packet_netlink_nested_set(info, a);
	struct packet_out *out = packet_value(n->v);

	if (nested == NULL)
		put_value(n, info, out, a->data_offset, a->data_length,
			  a->net_byteorder || info->how == NETLINK_NETWORK);
	packet_show(n->v, info->name != NULL ? info->name : "Attribute", a->offset, a->length);
	packet_show_in(n->v);
	show_type(n, a);
	if (nested != NULL && depth + 1 == NETLINK_DEPTH_MAX)
		packet_show_bytes(n->v, "Too deep", a->data_offset, a->data_length);
	else if (nested != NULL)
		show_attributes(n, nested, a->data_offset, a->data_length, depth + 1);
	else if (info->how == NETLINK_STRUCT)
		packet_netlink_show_layout(n, info->layout, a->data_offset, a->data_length);
	else if (info->how == NETLINK_SHOWN)
		info->show(n, a->data_offset, a->data_length);
	packet_show_out(n->v);
}

static void show_attributes(const struct netlink_view *n, const struct netlink_set *set,
			    uint32_t offset, uint32_t length, unsigned int depth)
{
	struct packet_walk walk = packet_netlink_walk(n->p, n->l, offset, length);
	struct packet_netlink_attribute a;

	while (packet_netlink_attribute_next(&walk, &a))
		show_attribute(n, set, &a, depth);
	packet_show_rest(n->v, &walk);
	if (walk.fault != PACKET_MALFORMED || walk.end - walk.next < 4)
		return;
	packet_show_in(n->v);
	packet_show_number(n->v, "nla_len", walk.next, 2,
			   netlink_u16(n->l, n->p->bytes + walk.next), NULL);
	packet_show_out(n->v);
}

void packet_netlink_show_attributes(const struct netlink_view *n, const struct netlink_set *set,
				    uint32_t offset, uint32_t length)
{
	show_attributes(n, set != NULL ? set : &packet_netlink_no_set, offset, length, 0);
}

/* Whether what may be attributes looks like them, to the last byte. */
static bool looks_like_attributes(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	struct packet_walk walk = packet_netlink_walk(n->p, n->l, offset, length);
	struct packet_netlink_attribute a;

	while (packet_netlink_attribute_next(&walk, &a))
		;
	return walk.fault == 0;
}

void packet_netlink_show_payload(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	const struct netlink_kind *kind = &n->kind;
	uint32_t header = 0;

	if (kind->show != NULL) {
		kind->show(n, offset, length);
		return;
	}
	if (kind->header != NULL) {
		header = netlink_align(kind->header->size);
		/* asked with the family alone: what follows is padding */
		if (length < kind->header->size && kind->may_be_short) {
			packet_netlink_show_layout(n, kind->header, offset,
						   length < 1 ? length : 1);
			if (length > 1)
				packet_show_bytes(n->v, "Padding", offset + 1, length - 1);
			return;
		}
		packet_netlink_show_layout(n, kind->header, offset,
					   length < kind->header->size ? length
								       : kind->header->size);
	}
	if (length <= header)
		return;
	if (kind->has_attributes &&
	    (!kind->guessed || looks_like_attributes(n, offset + header, length - header)))
		packet_netlink_show_attributes(n, kind->set, offset + header, length - header);
	else
		packet_show_bytes(n->v, "Data", offset + header, length - header);
}
