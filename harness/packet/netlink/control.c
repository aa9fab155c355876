/* SPDX-License-Identifier: MIT */
/* The messages that all netlink families have: types below 16, and the flags of the header. */
#include "harness/packet/netlink/internal.h"

enum {
	NLMSG_ERROR = 2,
	NLMSG_DONE = 3,
	NLM_F_CAPPED = 0x100,
	NLM_F_ACK_TLVS = 0x200,
};

/* linux/netlink.h: what the lower byte says in any message ... */
static const struct netlink_name any_flags[] = {
	{0x01, "REQUEST"},   {0x02, "MULTI"},	      {0x04, "ACK"}, {0x08, "ECHO"},
	{0x10, "DUMP_INTR"}, {0x20, "DUMP_FILTERED"}, {0, NULL},
};
/* ... and the upper one by what is asked for: DUMP is ROOT and MATCH together. */
static const struct netlink_name get_flags[] = {
	{0x300, "DUMP"}, {0x100, "ROOT"}, {0x200, "MATCH"}, {0x400, "ATOMIC"}, {0, NULL},
};
static const struct netlink_name new_flags[] = {
	{0x100, "REPLACE"}, {0x200, "EXCL"}, {0x400, "CREATE"}, {0x800, "APPEND"}, {0, NULL},
};
static const struct netlink_name delete_flags[] = {
	{0x100, "NONREC"},
	{0x200, "BULK"},
	{0, NULL},
};
static const struct netlink_name ack_flags[] = {
	{NLM_F_CAPPED, "CAPPED"},
	{NLM_F_ACK_TLVS, "ACK_TLVS"},
	{0, NULL},
};
static const struct netlink_name no_flags[] = {{0, NULL}};

static const struct netlink_name *upper_flags(uint16_t type, uint8_t verb)
{
	if (type < 16)
		return type == NLMSG_ERROR || type == NLMSG_DONE ? ack_flags : no_flags;
	switch (verb) {
	case NETLINK_NEW:
		return new_flags;
	case NETLINK_DELETE:
		return delete_flags;
	case NETLINK_GET:
		return get_flags;
	default:
		return no_flags;
	}
}

static void put_flags(struct packet_out *out, uint16_t flags, uint16_t type, uint8_t verb,
		      const char *separator)
{
	if ((flags & 0xff) != 0)
		packet_netlink_put_bits(out, flags & 0xff, any_flags, separator);
	if ((flags & 0xff) != 0 && flags >> 8 != 0)
		packet_put(out, separator);
	if (flags >> 8 != 0)
		packet_netlink_put_bits(out, flags & 0xff00, upper_flags(type, verb), separator);
}

void packet_netlink_put_flags(struct packet_out *out, uint16_t flags, uint16_t type, uint8_t verb)
{
	if (flags == 0)
		return;
	packet_put_char(out, ' ');
	put_flags(out, flags, type, verb, "|");
}

void packet_netlink_show_flags(struct packet_view *v, uint32_t offset, uint16_t flags,
			       uint16_t type, uint8_t verb)
{
	struct packet_out *out = packet_value(v);

	packet_put(out, "0x");
	packet_put_hex(out, flags, 4);
	if (flags != 0) {
		packet_put(out, " (");
		put_flags(out, flags, type, verb, ", ");
		packet_put_char(out, ')');
	}
	v->field.has_number = true;
	v->field.number = flags;
	packet_show(v, "nlmsg_flags", offset, 2);
}

/* linux/netlink.h, NL_POLICY_TYPE_ATTR_*: what the kernel would have taken. */
static const struct netlink_name policy_types[] = {
	{0, "INVALID"},	    {1, "FLAG"},    {2, "U8"},
	{3, "U16"},	    {4, "U32"},	    {5, "U64"},
	{6, "S8"},	    {7, "S16"},	    {8, "S32"},
	{9, "S64"},	    {10, "BINARY"}, {11, "STRING"},
	{12, "NUL_STRING"}, {13, "NESTED"}, {14, "NESTED_ARRAY"},
	{15, "BITFIELD32"}, {16, "SINT"},   {17, "UINT"},
	{0, NULL},
};

static const struct netlink_info policy[] = {
	[1] = NETLINK_U32_OF("NL_POLICY_TYPE_ATTR_TYPE", policy_types),
	[2] = NETLINK_X64("NL_POLICY_TYPE_ATTR_MIN_VALUE_S"),
	[3] = NETLINK_X64("NL_POLICY_TYPE_ATTR_MAX_VALUE_S"),
	[4] = NETLINK_U64("NL_POLICY_TYPE_ATTR_MIN_VALUE_U"),
	[5] = NETLINK_U64("NL_POLICY_TYPE_ATTR_MAX_VALUE_U"),
	[6] = NETLINK_U32("NL_POLICY_TYPE_ATTR_MIN_LENGTH"),
	[7] = NETLINK_U32("NL_POLICY_TYPE_ATTR_MAX_LENGTH"),
	[8] = NETLINK_U32("NL_POLICY_TYPE_ATTR_POLICY_IDX"),
	[9] = NETLINK_U32("NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE"),
	[10] = NETLINK_X32("NL_POLICY_TYPE_ATTR_BITFIELD32_MASK"),
	[11] = NETLINK_BINARY("NL_POLICY_TYPE_ATTR_PAD"),
	[12] = NETLINK_X64("NL_POLICY_TYPE_ATTR_MASK"),
};
const struct netlink_set packet_netlink_policy_set = NETLINK_SET(policy);

/* NLMSGERR_ATTR_*: the extended acknowledgement. */
static const struct netlink_info error_attributes[] = {
	[1] = NETLINK_STRING("NLMSGERR_ATTR_MSG"),
	[2] = NETLINK_U32("NLMSGERR_ATTR_OFFS"),
	[3] = NETLINK_BINARY("NLMSGERR_ATTR_COOKIE"),
	[4] = NETLINK_IN("NLMSGERR_ATTR_POLICY", &packet_netlink_policy_set),
	[5] = NETLINK_U32("NLMSGERR_ATTR_MISS_TYPE"),
	[6] = NETLINK_U32("NLMSGERR_ATTR_MISS_NEST"),
};
static const struct netlink_set error_set = NETLINK_SET(error_attributes);

/*
 *    +---------------------------------------------------------------+
 * 16 | error: 0 or the error number, negative                        |
 *    +---------------------------------------------------------------+
 * 20 | NLMSG_ERROR alone: the request's struct nlmsghdr (16 bytes),  |
 *    | and what was behind it, unless NLM_F_CAPPED is set            |
 *    +---------------------------------------------------------------+
 *    | with NLM_F_ACK_TLVS: attributes                               |
 *    +---------------------------------------------------------------+
 *
 * RFC 3549 2.3.2.2; Documentation/userspace-api/netlink/intro.rst. A success quotes the header
 * alone, which kernels from 4.3 on mark as NLM_F_CAPPED, older ones do not.
 */
static uint32_t quote_length(const struct packet_layer *l, const uint8_t *message,
			     uint32_t captured)
{
	if (netlink_u16(l, message + 4) == NLMSG_DONE)
		return 0;
	if (captured < 24 || netlink_u16(l, message + 6) & NLM_F_CAPPED ||
	    netlink_u32(l, message + 16) == 0)
		return 16;
	return netlink_u32(l, message + 20);
}

uint32_t packet_netlink_error_attributes(const struct packet_layer *l, const uint8_t *message,
					 uint32_t captured, uint32_t length)
{
	uint32_t quote = quote_length(l, message, captured);

	if (!(netlink_u16(l, message + 6) & NLM_F_ACK_TLVS) || length <= 20 ||
	    quote >= length - 20 || netlink_align(quote) >= length - 20)
		return 0;
	return 20 + netlink_align(quote);
}

void packet_netlink_decode_error(struct decoder *d, const struct packet_netlink_message *m)
{
	const uint8_t *b = d->bytes + m->offset;
	uint32_t quote = quote_length(d->layer, b, m->captured);
	uint32_t room = m->length < 20 ? 0 : m->length - 20;

	if (m->nlmsg_type != NLMSG_ERROR || m->length < 36 || m->captured < 24)
		return;
	if (quote < 16)
		packet_contradiction(d, "the quoted nlmsg_len is %1, less than its own 16 bytes",
				     quote, 0, m->offset + 20, 4);
	else if (quote > room)
		packet_contradiction(d, "the quoted nlmsg_len is %1, only %2 bytes are quoted",
				     quote, room, m->offset + 20, 4);
}

static void put_error(struct packet_out *out, uint32_t error)
{
	uint32_t number = 0 - error;
	const char *name = packet_netlink_errno_name(number);

	if (error == 0) {
		packet_put(out, "0");
		return;
	}
	/* a dump may end with how many there were */
	if (error >> 31 == 0) {
		packet_put_number(out, error);
		return;
	}
	packet_put_char(out, '-');
	packet_put_number(out, number);
	if (name != NULL) {
		packet_put(out, " (");
		packet_put(out, name);
		packet_put_char(out, ')');
	}
}

static void show_error_number(const struct netlink_view *n, uint32_t offset)
{
	uint32_t error;

	if (offset > n->v->limit || n->v->limit - offset < 4)
		return;
	error = netlink_u32(n->l, n->p->bytes + offset);
	put_error(packet_value(n->v), error);
	n->v->field.has_number = true;
	n->v->field.number = error;
	packet_show(n->v, "error", offset, 4);
}

/* The request as the kernel got it; it may well be wrong, and is no reason to find fault with. */
static void show_quote(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	const uint8_t *b = n->p->bytes + offset;
	struct packet_netlink_message m = {.offset = offset, .length = length};
	struct netlink_view quoted = {.v = n->v, .p = n->p, .l = n->l, .m = &m, .quoted = true};

	if (offset > n->v->limit || n->v->limit - offset < 16)
		return;
	m.nlmsg_len = netlink_u32(n->l, b);
	m.nlmsg_type = netlink_u16(n->l, b + 4);
	m.nlmsg_flags = netlink_u16(n->l, b + 6);
	m.captured = n->v->limit - offset < length ? n->v->limit - offset : length;
	m.family = m.captured > 16 ? b[16] : 0;
	packet_netlink_describe(&quoted.kind, n->l, m.nlmsg_type, m.nlmsg_flags, m.family);
	packet_show_text(n->v, "Request", offset, length,
			 quoted.kind.name != NULL ? quoted.kind.name : "");
	packet_show_in(n->v);
	packet_show_number(n->v, "nlmsg_len", offset, 4, m.nlmsg_len, NULL);
	packet_show_number(n->v, "nlmsg_type", offset + 4, 2, m.nlmsg_type, quoted.kind.name);
	packet_netlink_show_flags(n->v, offset + 6, m.nlmsg_flags, m.nlmsg_type, quoted.kind.verb);
	packet_show_number(n->v, "nlmsg_seq", offset + 8, 4, netlink_u32(n->l, b + 8), NULL);
	packet_show_number(n->v, "nlmsg_pid", offset + 12, 4, netlink_u32(n->l, b + 12), NULL);
	/* none about an error, so that there is an end to it */
	if (m.nlmsg_type >= 16 && length > 16)
		packet_netlink_show_payload(&quoted, offset + 16, length - 16);
	else
		packet_show_bytes(n->v, "Data", offset + 16, length - 16);
	packet_show_out(n->v);
}

static void show_error(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	const uint8_t *message = n->p->bytes + n->m->offset;
	uint32_t quote = quote_length(n->l, message, n->m->captured), at = 4;
	uint32_t attributes = n->m->attribute_offset;

	if (length < 4) {
		packet_show_bytes(n->v, "Data", offset, length);
		return;
	}
	show_error_number(n, offset);
	if (quote > length - 4 || (quote > 0 && quote < 16))
		quote = length - 4 < 16 ? 0 : 16;
	if (quote > 0) {
		show_quote(n, offset + 4, quote);
		at += quote;
	}
	if (attributes != 0) {
		packet_netlink_show_attributes(n, &error_set, attributes,
					       offset + length - attributes);
		return;
	}
	packet_show_bytes(n->v, "Data", offset + at, length - at);
}

static void line_error(struct packet_out *out, const struct netlink_view *n)
{
	const uint8_t *b = n->p->bytes + n->m->offset;
	struct netlink_kind quoted;
	uint32_t error;

	if (n->m->captured < 20)
		return;
	error = netlink_u32(n->l, b + 16);
	if (n->m->nlmsg_type == NLMSG_ERROR || error != 0) {
		packet_put(out, error == 0 ? " success" : " error ");
		if (error != 0)
			put_error(out, error);
	}
	if (n->m->nlmsg_type == NLMSG_ERROR && n->m->captured >= 36) {
		packet_netlink_describe(&quoted, n->l, netlink_u16(n->l, b + 24), 0,
					n->m->captured > 36 ? b[36] : 0);
		if (quoted.name != NULL) {
			packet_put(out, " about ");
			packet_put(out, quoted.name);
		}
	}
	packet_netlink_put_text(out, n, ": ", 1);
}

static const struct netlink_field error_fields[] = {{NETLINK_S32("error"), 0, 0}};
static const struct netlink_layout error = NETLINK_LAYOUT(error_fields, 20);

void packet_netlink_describe_control(struct netlink_kind *out, uint16_t type)
{
	static const char *const names[] = {NULL, "NLMSG_NOOP", "NLMSG_ERROR", "NLMSG_DONE",
					    "NLMSG_OVERRUN"};

	if (type >= sizeof(names) / sizeof(names[0]))
		return;
	out->name = names[type];
	if (type != NLMSG_ERROR && type != NLMSG_DONE)
		return;
	/* the end of a dump need not have an error number: audit's has none */
	out->header = type == NLMSG_ERROR ? &error : NULL;
	out->has_attributes = true;
	out->set = &error_set;
	out->show = show_error;
	out->line = line_error;
}
