/* SPDX-License-Identifier: MIT */
/* TIPC. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_TIPC_H
#define SOCKATLAS_PACKET_TIPC_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* The four importances of payload, and the protocols inside of TIPC. */
enum {
	PACKET_TIPC_LOW_IMPORTANCE = 0,
	PACKET_TIPC_MEDIUM_IMPORTANCE = 1,
	PACKET_TIPC_HIGH_IMPORTANCE = 2,
	PACKET_TIPC_CRITICAL_IMPORTANCE = 3,
	PACKET_TIPC_BCAST_PROTOCOL = 5,
	PACKET_TIPC_MSG_BUNDLER = 6,
	PACKET_TIPC_LINK_PROTOCOL = 7,
	PACKET_TIPC_CONN_MANAGER = 8,
	PACKET_TIPC_GROUP_PROTOCOL = 9,
	PACKET_TIPC_TUNNEL_PROTOCOL = 10, /* CHANGEOVER_PROTOCOL once */
	PACKET_TIPC_NAME_DISTRIBUTOR = 11,
	PACKET_TIPC_MSG_FRAGMENTER = 12,
	PACKET_TIPC_LINK_CONFIG = 13,
	PACKET_TIPC_MSG_CRYPTO = 14,
};

/* The types of payload. */
enum {
	PACKET_TIPC_CONN_MSG = 0,
	PACKET_TIPC_MCAST_MSG = 1,
	PACKET_TIPC_NAMED_MSG = 2,
	PACKET_TIPC_DIRECT_MSG = 3,
	PACKET_TIPC_GRP_MEMBER_EVT = 4,
	PACKET_TIPC_GRP_BCAST_MSG = 5,
	PACKET_TIPC_GRP_MCAST_MSG = 6,
	PACKET_TIPC_GRP_UCAST_MSG = 7,
};

/*
 * The header of a message: up to 15 words of 32 bits. Those that all messages have are members;
 * what words 1, 2 and 4 to 14 say depends on user and type, packet_visit() names it. A node is
 * 8 bits zone, 12 bits cluster, 12 bits node.
 */
struct packet_tipc {
	uint8_t version;     /* 2, or 7 when it is encrypted: then only `user` and what follows
				`encrypted` count */
	uint8_t user;	     /* PACKET_TIPC_LOW_IMPORTANCE and so on */
	uint8_t header_size; /* in bytes */
	uint8_t type;	     /* its meaning depends on the user */
	bool non_sequenced;
	bool destination_droppable; /* of LINK_PROTOCOL: a keep-alive */
	bool source_droppable;	    /* or: an acknowledgment is wanted */
	bool syn;
	uint32_t message_size; /* in bytes, with the header */
	uint8_t error_code;    /* of payload and CONN_MANAGER */
	uint16_t link_acknowledge;
	uint16_t link_sequence;
	uint32_t previous_node;
	uint32_t words[15]; /* the header's words; 0 where there are none, or none were captured */

	bool encrypted;
	bool destined; /* for a node that is known */
	uint8_t tx_key, rx_key;
	uint64_t encrypted_sequence;
};

/* What a NAME_DISTRIBUTOR message has after its header: 20 bytes each. */
struct packet_tipc_publication {
	uint32_t offset; /* from the packet's first byte */
	uint32_t type, lower, upper;
	uint32_t port, key;
};
bool packet_tipc_publication_next(struct packet_walk *walk, struct packet_tipc_publication *out);

/* One message in a MSG_BUNDLER message. They start at multiples of 4 bytes. */
struct packet_tipc_bundled {
	uint32_t offset;   /* from the packet's first byte */
	uint32_t captured; /* how many of its bytes are there */
	bool ok;	   /* false: its sizes lie, it is the last one */
	struct packet_tipc header;
};
bool packet_tipc_bundled_next(struct packet_walk *walk, struct packet_tipc_bundled *out);

#ifdef __cplusplus
}
#endif

#endif
