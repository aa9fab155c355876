/* SPDX-License-Identifier: MIT */
/* Netlink, RFC 3549 2.3: the messages of a datagram. What is in them stands in the other files. */
#include "harness/packet/netlink/internal.h"

const char *packet_name_netlink(uint16_t protocol)
{
	/* linux/netlink.h */
	static const char *const names[] = {
		"ROUTE",	  "UNUSED",    "USERSOCK",  "FIREWALL",	     "SOCK_DIAG",
		"NFLOG",	  "XFRM",      "SELINUX",   "ISCSI",	     "AUDIT",
		"FIB_LOOKUP",	  "CONNECTOR", "NETFILTER", "IP6_FW",	     "DNRTMSG",
		"KOBJECT_UEVENT", "GENERIC",   NULL,	    "SCSITRANSPORT", "ECRYPTFS",
		"RDMA",		  "CRYPTO",    "SMC",
	};

	return protocol < sizeof(names) / sizeof(names[0]) ? names[protocol] : NULL;
}

void packet_netlink_describe(struct netlink_kind *out, const struct packet_layer *l, uint16_t type,
			     uint16_t flags, uint8_t first)
{
	*out = (struct netlink_kind){0};
	if (type < 16) {
		packet_netlink_describe_control(out, type);
		return;
	}
	switch (l->netlink.protocol) {
	case PACKET_NETLINK_ROUTE:
		packet_netlink_describe_route(out, type);
		break;
	case PACKET_NETLINK_SOCK_DIAG:
		packet_netlink_describe_sock_diag(out, type, flags, first);
		break;
	case PACKET_NETLINK_AUDIT:
		packet_netlink_describe_audit(out, type);
		break;
	case PACKET_NETLINK_NETFILTER:
		packet_netlink_describe_netfilter(out, type);
		break;
	case PACKET_NETLINK_GENERIC:
		packet_netlink_describe_generic(out, type);
		break;
	default:
		break;
	}
}

/*
 * How long a message is whose nlmsg_len is `length`, with `left` bytes to the datagram's end. The
 * kernel's audit records leave the 16 bytes of their header out of nlmsg_len, because the first
 * daemons took that for right (kernel/audit.c, kauditd_send_multicast_skb()). Such a record is
 * alone in its datagram, which is how it is told from one with a right length.
 */
static uint32_t message_length(const struct packet_layer *l, uint32_t length, uint32_t left)
{
	if (l->netlink.protocol == PACKET_NETLINK_AUDIT && left >= 16 && length == left - 16)
		return left;
	return length;
}

static void fill_message(const struct packet_walk *walk, struct packet_netlink_message *out)
{
	const struct packet_layer *l = walk->layer;
	const uint8_t *b = walk->packet->bytes + walk->next;
	struct netlink_kind kind;
	uint32_t header = 0;

	if (out->captured > 16)
		out->family = b[16];
	packet_netlink_describe(&kind, l, out->nlmsg_type, out->nlmsg_flags, out->family);
	if (out->nlmsg_type == 2 || out->nlmsg_type == 3) {
		uint32_t at = packet_netlink_error_attributes(l, b, out->captured, out->length);

		out->header_length = (at != 0 ? at : out->length) - 16;
		out->attribute_offset = at != 0 ? out->offset + at : 0;
		return;
	}
	if (kind.header != NULL)
		header = netlink_align(kind.header->size);
	out->header_length = header < out->length - 16 ? header : out->length - 16;
	if (kind.has_attributes && out->length > 16 + header)
		out->attribute_offset = out->offset + 16 + header;
}

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | nlmsg_len                                                     |
 *    +-------------------------------+-------------------------------+
 *  4 | nlmsg_type                    | nlmsg_flags                   |
 *    +-------------------------------+-------------------------------+
 *  8 | nlmsg_seq                                                     |
 *    +---------------------------------------------------------------+
 * 12 | nlmsg_pid                                                     |
 *    +---------------------------------------------------------------+
 *
 * RFC 3549 2.3.2, linux/netlink.h. All in the byte order of the machine. nlmsg_len counts the
 * header too; the next message starts at a multiple of 4 bytes from this one.
 */
bool packet_netlink_message_next(struct packet_walk *walk, struct packet_netlink_message *out)
{
	const struct packet_layer *l = walk->layer;
	uint32_t left = walk->end - walk->next, there = walk->captured - walk->next;
	const uint8_t *b;

	if (walk->next >= walk->end)
		return false;
	if (walk->next >= walk->captured || there < 16) {
		walk->fault = left < 16 ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_netlink_message){
		.offset = walk->next,
		.nlmsg_len = netlink_u32(l, b),
		.nlmsg_type = netlink_u16(l, b + 4),
		.nlmsg_flags = netlink_u16(l, b + 6),
		.nlmsg_seq = netlink_u32(l, b + 8),
		.nlmsg_pid = netlink_u32(l, b + 12),
	};
	out->length = message_length(l, out->nlmsg_len, left);
	if (out->length < 16 || out->length > left) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	out->captured = out->length < there ? out->length : there;
	fill_message(walk, out);
	walk->next += netlink_align(out->length) < left ? netlink_align(out->length) : left;
	return true;
}

/*
 * A capture does not say what byte order its machine had. Messages start with their length: the
 * order in which the first one has at least the 16 bytes of a header and fits into the datagram is
 * that of the machine. When it does so in both (the datagram has 64 KiB or more then), or in
 * neither, it is the order in which the number is smaller, and little-endian if both are the same.
 */
static bool is_big_endian(const struct decoder *d, uint32_t at)
{
	uint32_t left = d->end - at, little, big;
	bool little_fits, big_fits;

	if (at > d->readable || d->readable - at < 4)
		return false;
	little = packet_le32(d->bytes + at);
	big = packet_be32(d->bytes + at);
	little_fits = little >= 16 && little <= left;
	big_fits = big >= 16 && big <= left;
	return little_fits != big_fits ? big_fits : big < little;
}

/* NETLINK_* of the cooked header in front. */
static uint16_t protocol_of(const struct decoder *d)
{
	unsigned int index = packet_index(d->p, d->layer);
	const struct packet_layer *before = index > 0 ? d->layer - 1 : NULL;

	if (before != NULL && (before->kind == PACKET_SLL || before->kind == PACKET_SLL2))
		return before->sll.protocol;
	return PACKET_NETLINK_ROUTE;
}

static void decode_message(struct decoder *d, const struct packet_netlink_message *m)
{
	struct netlink_kind kind;
	uint32_t payload = m->length - 16;

	packet_netlink_describe(&kind, d->layer, m->nlmsg_type, m->nlmsg_flags, m->family);
	if (m->nlmsg_type == 2 || m->nlmsg_type == 3)
		packet_netlink_decode_error(d, m);
	if (kind.header != NULL && payload < kind.header->size &&
	    (payload == 0 || !kind.may_be_short))
		packet_contradiction(d,
				     "nlmsg_len is %1, with the header of this message it is at "
				     "least %2",
				     m->nlmsg_len, 16u + kind.header->size, m->offset, 4);
	if (m->attribute_offset != 0 && !kind.guessed)
		packet_netlink_decode_attributes(d, kind.set, m->attribute_offset,
						 m->offset + m->length);
}

static void decode_fault(struct decoder *d, const struct packet_walk *walk)
{
	uint32_t left = walk->end - walk->next, length;

	if (walk->fault != PACKET_MALFORMED)
		return;
	if (left < 16) {
		packet_contradiction(d, "a message has at least 16 bytes, %1 are left", left, 0,
				     walk->next, left);
		return;
	}
	length = netlink_u32(d->layer, d->bytes + walk->next);
	if (length < 16)
		packet_contradiction(d, "nlmsg_len is %1, less than the 16 bytes of the header",
				     length, 0, walk->next, 4);
	else
		packet_contradiction(d, "nlmsg_len is %1, only %2 bytes are left", length, left,
				     walk->next, 4);
}

/* The kernel's events are strings without struct nlmsghdr (lib/kobject_uevent.c). */
void packet_decode_netlink(struct decoder *d)
{
	struct packet_layer *l;
	struct packet_netlink *n;
	struct packet_netlink_message m;
	struct packet_walk walk;
	const uint8_t *h;
	uint32_t length = d->end - d->at;

	d->next = NULL;
	if (d->at >= d->end)
		return;
	l = packet_open(d, PACKET_NETLINK);
	if (l == NULL)
		return;
	n = &l->netlink;
	*n = (struct packet_netlink){.protocol = protocol_of(d)};
	if (n->protocol == PACKET_NETLINK_KOBJECT_UEVENT) {
		n->text = true;
		packet_extend(d, length);
		return;
	}
	n->big_endian = is_big_endian(d, d->at);
	h = packet_take(d, 16);
	n->nlmsg_len = netlink_u32(l, h);
	n->nlmsg_type = netlink_u16(l, h + 4);
	n->nlmsg_flags = netlink_u16(l, h + 6);
	n->nlmsg_seq = netlink_u32(l, h + 8);
	n->nlmsg_pid = netlink_u32(l, h + 12);
	packet_extend(d, length);
	walk = packet_walk(d->p, l);
	while (packet_netlink_message_next(&walk, &m)) {
		n->messages++;
		decode_message(d, &m);
	}
	decode_fault(d, &walk);
}

static void show_header(struct packet_view *v, const struct packet_layer *l, uint32_t at,
			const struct netlink_kind *kind)
{
	const uint8_t *b = v->p->bytes + at;
	uint16_t type = netlink_u16(l, b + 4);

	packet_show_number(v, "nlmsg_len", at, 4, netlink_u32(l, b), NULL);
	packet_show_number(v, "nlmsg_type", at + 4, 2, type, kind->name);
	packet_netlink_show_flags(v, at + 6, netlink_u16(l, b + 6), type, kind->verb);
	packet_show_number(v, "nlmsg_seq", at + 8, 4, netlink_u32(l, b + 8), NULL);
	packet_show_number(v, "nlmsg_pid", at + 12, 4, netlink_u32(l, b + 12), NULL);
}

static void show_message(struct packet_view *v, const struct packet_layer *l,
			 const struct packet_netlink_message *m)
{
	struct netlink_view n = {.v = v, .p = v->p, .l = l, .m = m};
	uint32_t end = m->offset + m->length, next = m->offset + netlink_align(m->length);

	packet_netlink_describe(&n.kind, l, m->nlmsg_type, m->nlmsg_flags, m->family);
	packet_show_text(v, "Message", m->offset, m->length,
			 n.kind.name != NULL ? n.kind.name : "");
	packet_show_in(v);
	show_header(v, l, m->offset, &n.kind);
	packet_netlink_show_payload(&n, m->offset + 16, m->length - 16);
	packet_show_out(v);
	if (next > l->offset + l->header_length)
		next = l->offset + l->header_length;
	packet_show_bytes(v, "Padding", end, next - end);
}

/* Strings one after another, each with a NUL at its end. */
static void show_strings(struct packet_view *v, const struct packet_layer *l)
{
	uint32_t at = l->offset, end = l->offset + l->header_captured;

	while (at < end) {
		uint32_t length = 0;

		while (at + length < end && v->p->bytes[at + length] != 0)
			length++;
		/* the end may be where the capture ends */
		if (at + length == end && l->cut) {
			packet_show_bytes(v, "Cut off here", at, length);
			return;
		}
		packet_netlink_put_string(packet_value(v), v->p, at, length);
		packet_show(v, at == l->offset ? "Event" : "Variable", at,
			    length + (at + length < end));
		at += length + 1;
	}
}

static void show_netlink(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_netlink_message m;

	if (l->netlink.text) {
		show_strings(v, l);
		return;
	}
	while (packet_netlink_message_next(&walk, &m))
		show_message(v, l, &m);
	packet_show_rest(v, &walk);
	/* the header of a message whose length lies */
	if (walk.fault == PACKET_MALFORMED && walk.end - walk.next >= 16) {
		const struct netlink_kind kind = {0};

		packet_show_in(v);
		show_header(v, l, walk.next, &kind);
		packet_show_out(v);
	}
}

static void line_header(struct packet_out *out, const struct packet_layer *l,
			const struct netlink_kind *kind)
{
	if (kind->name != NULL) {
		packet_put(out, kind->name);
	} else {
		packet_put(out, "type ");
		packet_put_number(out, l->netlink.nlmsg_type);
	}
	packet_netlink_put_flags(out, l->netlink.nlmsg_flags, l->netlink.nlmsg_type, kind->verb);
	packet_put_pair(out, "seq", l->netlink.nlmsg_seq);
	packet_put_pair(out, "pid", l->netlink.nlmsg_pid);
}

static void line_strings(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	uint32_t length = 0;

	packet_put_char(out, ' ');
	while (length < l->header_captured && p->bytes[l->offset + length] != 0)
		length++;
	packet_netlink_put_string(out, p, l->offset, length);
	packet_put_length(out, l->header_length);
}

static void line_netlink(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	const char *name = packet_name_netlink(l->netlink.protocol);
	struct packet_walk walk = packet_walk(p, l);
	struct packet_netlink_message m;
	struct netlink_view n = {.p = p, .l = l, .m = &m};

	packet_put(out, "netlink ");
	if (name != NULL)
		packet_put(out, name);
	else
		packet_put_number(out, l->netlink.protocol);
	if (l->netlink.text) {
		line_strings(out, p, l);
		return;
	}
	packet_put_char(out, ' ');
	if (l->header_captured < 16) {
		packet_put(out, "header cut");
		return;
	}
	if (!packet_netlink_message_next(&walk, &m)) {
		line_header(out, l, &n.kind);
		return;
	}
	packet_netlink_describe(&n.kind, l, m.nlmsg_type, m.nlmsg_flags, m.family);
	line_header(out, l, &n.kind);
	packet_netlink_line_payload(out, &n);
	if (l->netlink.messages > 1) {
		packet_put(out, ", ");
		packet_put_number(out, l->netlink.messages);
		packet_put(out, " messages");
	}
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->netlink.text ? 0 : l->offset;
}

const struct packet_protocol packet_protocol_netlink = {
	.name = "Netlink",
	.show = show_netlink,
	.line = line_netlink,
	.walk = walk,
};
