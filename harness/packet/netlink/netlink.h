/* SPDX-License-Identifier: MIT */
/* Netlink messages and attributes. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_NETLINK_H
#define SOCKATLAS_PACKET_NETLINK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet;
struct packet_layer;
struct packet_walk;

/* The netlink families that are decoded further than their headers: NETLINK_*. */
enum {
	PACKET_NETLINK_ROUTE = 0,
	PACKET_NETLINK_SOCK_DIAG = 4,
	PACKET_NETLINK_AUDIT = 9,
	PACKET_NETLINK_NETFILTER = 12,
	PACKET_NETLINK_KOBJECT_UEVENT = 15,
	PACKET_NETLINK_GENERIC = 16,
};

/* The layer: all messages of a datagram. The members nlmsg_* are those of the first one. */
struct packet_netlink {
	uint16_t protocol; /* NETLINK_*, from the cooked header in front */
	bool big_endian;   /* the byte order of the machine that captured */
	bool text;	   /* NETLINK_KOBJECT_UEVENT: strings, and no message */
	uint16_t nlmsg_type;
	uint16_t nlmsg_flags;
	uint32_t nlmsg_len; /* bytes, header included */
	uint32_t nlmsg_seq;
	uint32_t nlmsg_pid; /* port id: of the sender or, from the kernel, often of the receiver */
	uint32_t messages;  /* how many there are, as far as the capture goes */
};

/* One message: struct nlmsghdr, then a header of the message type's own, then attributes. */
struct packet_netlink_message {
	uint32_t offset; /* of the message, from the packet's first byte */
	uint32_t length; /* all of it without padding, in bytes; nlmsg_len but for some of audit */
	uint32_t captured; /* how many of those are there, at least 16 */
	uint32_t nlmsg_len;
	uint16_t nlmsg_type;
	uint16_t nlmsg_flags;
	uint32_t nlmsg_seq;
	uint32_t nlmsg_pid;
	uint32_t header_length;	   /* of the header behind struct nlmsghdr, in bytes */
	uint32_t attribute_offset; /* of the first attribute; 0: this message has none */
	uint8_t family;		   /* the first byte behind struct nlmsghdr: AF_* in most; else 0 */
};

/* One attribute, struct nlattr. */
struct packet_netlink_attribute {
	uint32_t offset;      /* of the attribute, from the packet's first byte */
	uint32_t length;      /* nla_len: bytes, with the 4 of its header and without padding */
	uint32_t data_offset; /* of the value */
	uint32_t data_length; /* bytes */
	uint16_t type;	      /* nla_type without the two flags */
	bool nested;	      /* NLA_F_NESTED: the value is attributes */
	bool net_byteorder;   /* NLA_F_NET_BYTEORDER: the value is big-endian */
};

/* The messages of a layer. */
bool packet_netlink_message_next(struct packet_walk *walk, struct packet_netlink_message *out);

/* Starts a walk over the attributes of a message. */
struct packet_walk packet_netlink_attributes(const struct packet *p,
					     const struct packet_layer *layer,
					     const struct packet_netlink_message *message);
/* Starts a walk over the attributes in the value of one. */
struct packet_walk packet_netlink_nested(const struct packet *p, const struct packet_layer *layer,
					 const struct packet_netlink_attribute *attribute);
bool packet_netlink_attribute_next(struct packet_walk *walk, struct packet_netlink_attribute *out);

#ifdef __cplusplus
}
#endif

#endif
