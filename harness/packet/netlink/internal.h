/* SPDX-License-Identifier: MIT */
/*
 * What the files of netlink share; not installed.
 *
 * Everything behind struct nlmsghdr is tables: a message type has a layout (its fixed header) and
 * a set (its attributes), an attribute has a value of some kind, which may be a layout or a set
 * again. Tables are indexed by the attribute's number, so that looking one up takes no search.
 */
#ifndef SOCKATLAS_PACKET_NETLINK_INTERNAL_H
#define SOCKATLAS_PACKET_NETLINK_INTERNAL_H

#include "harness/packet/internal.h"

struct netlink_set;
struct netlink_layout;
struct netlink_view;

/* What a value is. Numbers are in the byte order of the message, if nothing else is said. */
enum netlink_how {
	NETLINK_BYTES,
	NETLINK_NUMBER,	 /* of 1, 2, 4 or 8 bytes */
	NETLINK_SIGNED,	 /* of 4 bytes */
	NETLINK_HEX,	 /* a number better read in hexadecimal: a mark, a cookie */
	NETLINK_BITS,	 /* flags, named by `names` */
	NETLINK_NETWORK, /* a number in network order: ports */
	NETLINK_TEXT,	 /* with or without a NUL at the end */
	NETLINK_MAC,	 /* a link-layer address, of 6 bytes or others */
	NETLINK_ADDRESS, /* IPv4 or IPv6 by length; other lengths are shown as bytes */
	NETLINK_STRUCT,	 /* `layout` */
	NETLINK_NESTED,	 /* attributes: `set` */
	NETLINK_SHOWN,	 /* by `show` */
};

/* A number (or, for NETLINK_BITS, a mask) in words. A list of them ends with a NULL. */
struct netlink_name {
	uint32_t number;
	const char *name;
};

struct netlink_info {
	const char *name; /* NULL: a number that is not known */
	uint8_t how;	  /* enum netlink_how */
	uint8_t size;	  /* of a number, in bytes */
	const struct netlink_name *names;
	const struct netlink_layout *layout;
	const struct netlink_set *set;
	/* The parts of a NETLINK_SHOWN, and what contradicts in it (may be NULL). */
	void (*show)(const struct netlink_view *n, uint32_t offset, uint32_t length);
	void (*decode)(struct decoder *d, uint32_t offset, uint32_t length);
};

#define NETLINK_U8(n)                                                                              \
	{                                                                                          \
		.name = n, .how = NETLINK_NUMBER, .size = 1                                        \
	}
#define NETLINK_U16(n)                                                                             \
	{                                                                                          \
		.name = n, .how = NETLINK_NUMBER, .size = 2                                        \
	}
#define NETLINK_U32(n)                                                                             \
	{                                                                                          \
		.name = n, .how = NETLINK_NUMBER, .size = 4                                        \
	}
#define NETLINK_U64(n)                                                                             \
	{                                                                                          \
		.name = n, .how = NETLINK_NUMBER, .size = 8                                        \
	}
#define NETLINK_S32(n)                                                                             \
	{                                                                                          \
		.name = n, .how = NETLINK_SIGNED, .size = 4                                        \
	}
#define NETLINK_X8(n)                                                                              \
	{                                                                                          \
		.name = n, .how = NETLINK_HEX, .size = 1                                           \
	}
#define NETLINK_X16(n)                                                                             \
	{                                                                                          \
		.name = n, .how = NETLINK_HEX, .size = 2                                           \
	}
#define NETLINK_X32(n)                                                                             \
	{                                                                                          \
		.name = n, .how = NETLINK_HEX, .size = 4                                           \
	}
#define NETLINK_X64(n)                                                                             \
	{                                                                                          \
		.name = n, .how = NETLINK_HEX, .size = 8                                           \
	}
#define NETLINK_BE16(n)                                                                            \
	{                                                                                          \
		.name = n, .how = NETLINK_NETWORK, .size = 2                                       \
	}
#define NETLINK_U8_OF(n, w)                                                                        \
	{                                                                                          \
		.name = n, .how = NETLINK_NUMBER, .size = 1, .names = w                            \
	}
#define NETLINK_U16_OF(n, w)                                                                       \
	{                                                                                          \
		.name = n, .how = NETLINK_NUMBER, .size = 2, .names = w                            \
	}
#define NETLINK_U32_OF(n, w)                                                                       \
	{                                                                                          \
		.name = n, .how = NETLINK_NUMBER, .size = 4, .names = w                            \
	}
#define NETLINK_F8(n, w)                                                                           \
	{                                                                                          \
		.name = n, .how = NETLINK_BITS, .size = 1, .names = w                              \
	}
#define NETLINK_F16(n, w)                                                                          \
	{                                                                                          \
		.name = n, .how = NETLINK_BITS, .size = 2, .names = w                              \
	}
#define NETLINK_F32(n, w)                                                                          \
	{                                                                                          \
		.name = n, .how = NETLINK_BITS, .size = 4, .names = w                              \
	}
#define NETLINK_STRING(n)                                                                          \
	{                                                                                          \
		.name = n, .how = NETLINK_TEXT                                                     \
	}
#define NETLINK_BINARY(n)                                                                          \
	{                                                                                          \
		.name = n, .how = NETLINK_BYTES                                                    \
	}
#define NETLINK_LLADDR(n)                                                                          \
	{                                                                                          \
		.name = n, .how = NETLINK_MAC                                                      \
	}
#define NETLINK_IP(n)                                                                              \
	{                                                                                          \
		.name = n, .how = NETLINK_ADDRESS                                                  \
	}
#define NETLINK_IN(n, s)                                                                           \
	{                                                                                          \
		.name = n, .how = NETLINK_NESTED, .set = s                                         \
	}
#define NETLINK_OF(n, l)                                                                           \
	{                                                                                          \
		.name = n, .how = NETLINK_STRUCT, .layout = l                                      \
	}
#define NETLINK_BY(n, f)                                                                           \
	{                                                                                          \
		.name = n, .how = NETLINK_SHOWN, .show = f                                         \
	}

/* A struct: its members in order, at the offsets where C puts them. */
struct netlink_field {
	struct netlink_info info;
	uint16_t offset;
	uint16_t length; /* 0: `size` of the info */
};

struct netlink_layout {
	const struct netlink_field *fields;
	uint8_t count;
	uint16_t size; /* bytes */
};

/* Attributes by their number; or, with `item`, a list in which the number only counts. */
struct netlink_set {
	const struct netlink_info *infos;
	uint16_t count;
	const struct netlink_info *item;
};

#define NETLINK_COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NETLINK_LAYOUT(array, end)                                                                 \
	{                                                                                          \
		.fields = array, .count = NETLINK_COUNT(array), .size = end                        \
	}
#define NETLINK_SET(array)                                                                         \
	{                                                                                          \
		.infos = array, .count = NETLINK_COUNT(array)                                      \
	}

/* What the upper flags of nlmsg_flags mean depends on what is asked for. */
enum netlink_verb {
	NETLINK_OTHER,
	NETLINK_NEW,
	NETLINK_DELETE,
	NETLINK_GET,
};

/* What there is of a message type behind struct nlmsghdr. */
struct netlink_kind {
	const char *name; /* NULL: not known */
	uint8_t verb;	  /* enum netlink_verb */
	/*
	 * The header may be shorter: dumps ask with no more than the family byte (struct rtgenmsg),
	 * and the kernel takes that.
	 */
	bool may_be_short;
	bool has_attributes;
	bool guessed; /* what is behind the header looks like attributes, but need not be any */
	const struct netlink_layout *header;
	const struct netlink_set *set;
	/* Shows the payload instead of `header` and `set`. */
	void (*show)(const struct netlink_view *n, uint32_t offset, uint32_t length);
	void (*line)(struct packet_out *out, const struct netlink_view *n);
};

/* A message that is shown, or put into a line. `v` is NULL in a line. */
struct netlink_view {
	struct packet_view *v;
	const struct packet *p;
	const struct packet_layer *l;
	const struct packet_netlink_message *m;
	struct netlink_kind kind;
	bool quoted; /* inside an NLMSG_ERROR */
};

/* Attributes in attributes: deeper ones are bytes. The kernel's own limit for checking is 10. */
#define NETLINK_DEPTH_MAX 8

static inline uint32_t netlink_align(uint32_t length)
{
	return (length + 3u) & ~3u;
}

static inline uint16_t netlink_u16(const struct packet_layer *l, const uint8_t *b)
{
	return l->netlink.big_endian ? packet_be16(b) : packet_le16(b);
}

static inline uint32_t netlink_u32(const struct packet_layer *l, const uint8_t *b)
{
	return l->netlink.big_endian ? packet_be32(b) : packet_le32(b);
}

static inline uint64_t netlink_u64(const struct packet_layer *l, const uint8_t *b)
{
	return l->netlink.big_endian ? packet_be64(b) : packet_le64(b);
}

/* What is known of the message type. */
void packet_netlink_describe(struct netlink_kind *out, const struct packet_layer *l, uint16_t type,
			     uint16_t flags, uint8_t first);
void packet_netlink_describe_route(struct netlink_kind *out, uint16_t type);
void packet_netlink_describe_sock_diag(struct netlink_kind *out, uint16_t type, uint16_t flags,
				       uint8_t family);
void packet_netlink_describe_local_diag(struct netlink_kind *out, bool request, uint8_t family);
void packet_netlink_describe_generic(struct netlink_kind *out, uint16_t type);
void packet_netlink_describe_netfilter(struct netlink_kind *out, uint16_t type);
void packet_netlink_describe_audit(struct netlink_kind *out, uint16_t type);

/* The types below 16 are the same in all families: NLMSG_ERROR, ... */
void packet_netlink_describe_control(struct netlink_kind *out, uint16_t type);
void packet_netlink_decode_error(struct decoder *d, const struct packet_netlink_message *m);
/* Where the extended acknowledgement's attributes start, from the message's first byte; or 0. */
uint32_t packet_netlink_error_attributes(const struct packet_layer *l, const uint8_t *message,
					 uint32_t captured, uint32_t length);

/* What is behind struct nlmsghdr. */
void packet_netlink_show_payload(const struct netlink_view *n, uint32_t offset, uint32_t length);
void packet_netlink_line_payload(struct packet_out *out, const struct netlink_view *n);
void packet_netlink_show_flags(struct packet_view *v, uint32_t offset, uint16_t flags,
			       uint16_t type, uint8_t verb);
void packet_netlink_put_flags(struct packet_out *out, uint16_t flags, uint16_t type, uint8_t verb);

/* The members of a struct, or attributes. */
void packet_netlink_show_layout(const struct netlink_view *n, const struct netlink_layout *layout,
				uint32_t offset, uint32_t length);
void packet_netlink_show_attributes(const struct netlink_view *n, const struct netlink_set *set,
				    uint32_t offset, uint32_t length);
/* Contradictions in attributes from `offset` to `end`. */
void packet_netlink_decode_attributes(struct decoder *d, const struct netlink_set *set,
				      uint32_t offset, uint32_t end);
const struct netlink_info *packet_netlink_info_of(const struct netlink_set *set, uint16_t type);
/* What the attributes in this one are, or NULL when its value is none. */
const struct netlink_set *packet_netlink_nested_set(const struct netlink_info *info,
						    const struct packet_netlink_attribute *a);
/* A walk over attributes that start at `offset`. */
struct packet_walk packet_netlink_walk(const struct packet *p, const struct packet_layer *l,
				       uint32_t offset, uint32_t length);

/* For lines: the attribute of this type, if all of it is there. */
bool packet_netlink_find(const struct netlink_view *n, uint16_t type,
			 struct packet_netlink_attribute *a);
/* A member of the fixed header, or 0 when it was not captured. */
uint8_t packet_netlink_header_u8(const struct netlink_view *n, uint32_t offset);
uint16_t packet_netlink_header_u16(const struct netlink_view *n, uint32_t offset);
uint32_t packet_netlink_header_u32(const struct netlink_view *n, uint32_t offset);
/* " name=number", if there is such an attribute of 4 bytes. */
void packet_netlink_put_u32(struct packet_out *out, const struct netlink_view *n, const char *name,
			    uint16_t type);
/* What is before it, and the attribute's text, if there is one. */
void packet_netlink_put_text(struct packet_out *out, const struct netlink_view *n,
			     const char *before, uint16_t type);
/* As NETLINK_ADDRESS. */
void packet_netlink_put_address(struct packet_out *out, const struct netlink_view *n,
				uint32_t offset, uint32_t length);
/* As NETLINK_MAC. */
void packet_netlink_put_lladdr(struct packet_out *out, const struct packet *p, uint32_t offset,
			       uint32_t length);
/* A string of the packet, without the NUL at its end; what is not printable as \xNN. */
void packet_netlink_put_string(struct packet_out *out, const struct packet *p, uint32_t offset,
			       uint32_t length);
/* The names of the bits that are set, then what is left in hexadecimal; "" for 0. */
void packet_netlink_put_bits(struct packet_out *out, uint32_t bits,
			     const struct netlink_name *names, const char *separator);

/* A number in words, or NULL. */
const char *packet_netlink_name_of(const struct netlink_name *names, uint64_t number);
const char *packet_netlink_errno_name(uint32_t number);

/* Names that several files need. */
extern const struct netlink_name packet_netlink_families[];
extern const struct netlink_name packet_netlink_scopes[];
extern const struct netlink_name packet_netlink_route_protocols[];
extern const struct netlink_name packet_netlink_tables[];
extern const struct netlink_name packet_netlink_nexthop_flags[];
extern const struct netlink_name packet_netlink_interface_flags[];
extern const struct netlink_name packet_netlink_ip_protocols[];
extern const struct netlink_name packet_netlink_socket_states[];
extern const struct netlink_name packet_netlink_socket_state_bits[];
extern const struct netlink_name packet_netlink_shutdown_flags[];

/* Attributes that are not described; what the kernel takes (NL_POLICY_TYPE_ATTR_*). */
extern const struct netlink_set packet_netlink_no_set, packet_netlink_policy_set;
extern const struct netlink_layout packet_netlink_sk_meminfo;
/* The message types of rtnetlink. */
extern const struct netlink_layout packet_netlink_ifinfomsg, packet_netlink_ifaddrmsg,
	packet_netlink_rtmsg, packet_netlink_ndmsg, packet_netlink_fib_rule_hdr,
	packet_netlink_nhmsg;
extern const struct netlink_set packet_netlink_link_set, packet_netlink_address_set,
	packet_netlink_route_set, packet_netlink_neighbour_set, packet_netlink_rule_set,
	packet_netlink_nexthop_set;
void packet_netlink_line_link(struct packet_out *out, const struct netlink_view *n);
void packet_netlink_line_address(struct packet_out *out, const struct netlink_view *n);
void packet_netlink_line_route(struct packet_out *out, const struct netlink_view *n);
void packet_netlink_line_neighbour(struct packet_out *out, const struct netlink_view *n);
void packet_netlink_line_rule(struct packet_out *out, const struct netlink_view *n);
void packet_netlink_line_nexthop(struct packet_out *out, const struct netlink_view *n);

#endif
