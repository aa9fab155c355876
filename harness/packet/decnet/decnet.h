/* SPDX-License-Identifier: MIT */
/* DECnet routing headers. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_DECNET_H
#define SOCKATLAS_PACKET_DECNET_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a routing message is; told by its flags. */
enum packet_decnet_message {
	PACKET_DECNET_UNKNOWN, /* a later version, or a format that is not known: not decoded */
	PACKET_DECNET_SHORT,   /* data, without Ethernet addresses */
	PACKET_DECNET_LONG,    /* data, as it is on Ethernet */
	PACKET_DECNET_INITIALIZATION,
	PACKET_DECNET_VERIFICATION,
	PACKET_DECNET_HELLO, /* Hello and Test */
	PACKET_DECNET_LEVEL_1_ROUTING,
	PACKET_DECNET_LEVEL_2_ROUTING,
	PACKET_DECNET_ROUTER_HELLO,  /* Ethernet Router Hello */
	PACKET_DECNET_ENDNODE_HELLO, /* Ethernet Endnode Hello */
};

/* Bits of the flags. */
enum {
	PACKET_DECNET_CONTROL = 0x01,
	PACKET_DECNET_FORMAT = 0x07,	     /* of data: 2 short, 6 long */
	PACKET_DECNET_RETURN_REQUEST = 0x08, /* RQR: if it cannot be delivered */
	PACKET_DECNET_RETURN = 0x10,	     /* RTS: it is on its way back */
	PACKET_DECNET_INTRA_ETHERNET = 0x20, /* long data: the sender is on this Ethernet */
	PACKET_DECNET_FUTURE = 0x40,	     /* of a later version */
	PACKET_DECNET_PADDED = 0x80,	     /* it is no flags: the other bits count padding */
};

/* Node addresses are area * 1024 + node. */
#define PACKET_DECNET_AREA(address) ((address) >> 10)
#define PACKET_DECNET_NODE(address) ((address)&0x3ff)

/*
 * A message of the DNA Phase IV Routing layer on Ethernet: a length, padding that may be there,
 * and the message. Members are 0 in messages that do not have them.
 */
struct packet_decnet {
	uint16_t length;	   /* bytes behind the length field */
	uint8_t padding;	   /* bytes in front of the message, their count included */
	uint8_t message;	   /* enum packet_decnet_message */
	uint8_t flags;		   /* first byte of the message */
	uint32_t flags_offset;	   /* where it is in the packet */
	uint16_t destination;	   /* data: node address */
	uint16_t source;	   /* all: of the sender */
	uint8_t destination_id[6]; /* long data: its Ethernet address */
	uint8_t source_id[6];	   /* long data, Ethernet hellos: that of the sender */
	uint8_t visit_count;	   /* data: nodes it went through */
	uint8_t version[3];	   /* initialization, Ethernet hellos: version, ECO, user ECO */
	uint8_t information;	   /* same: TIINFO or IINFO */
	uint16_t block_size;	   /* same: bytes */
	uint16_t timer;		   /* same: seconds */
	uint8_t priority;	   /* router hello */
	uint8_t neighbor[6];	   /* endnode hello: its router, or 0 */
	uint16_t checksum;	   /* routing messages */
	uint32_t list_offset;	   /* segments, router list, test data, ...; 0: there is none */
	uint16_t list_length;	   /* bytes */
};

#ifdef __cplusplus
}
#endif

#endif
