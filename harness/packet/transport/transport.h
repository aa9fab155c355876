/* SPDX-License-Identifier: MIT */
/* TCP with its options and MPTCP, UDP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_TRANSPORT_H
#define SOCKATLAS_PACKET_TRANSPORT_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* The control bits of TCP, RFC 9293 3.1; AE of RFC 9768 was NS of RFC 3540. */
enum {
	PACKET_TCP_FIN = 0x001,
	PACKET_TCP_SYN = 0x002,
	PACKET_TCP_RST = 0x004,
	PACKET_TCP_PSH = 0x008,
	PACKET_TCP_ACK = 0x010,
	PACKET_TCP_URG = 0x020,
	PACKET_TCP_ECE = 0x040,
	PACKET_TCP_CWR = 0x080,
	PACKET_TCP_AE = 0x100,
};

/* Which options a segment has: the bits of packet_tcp.has. */
enum {
	PACKET_TCP_HAS_MSS = 1 << 0,
	PACKET_TCP_HAS_WINDOW_SCALE = 1 << 1,
	PACKET_TCP_HAS_SACK_PERMITTED = 1 << 2,
	PACKET_TCP_HAS_SACK = 1 << 3,
	PACKET_TCP_HAS_TIMESTAMPS = 1 << 4,
	PACKET_TCP_HAS_USER_TIMEOUT = 1 << 5,
	PACKET_TCP_HAS_FAST_OPEN = 1 << 6,
	PACKET_TCP_HAS_MD5 = 1 << 7,
	PACKET_TCP_HAS_AO = 1 << 8,
	PACKET_TCP_HAS_MPTCP = 1 << 9,
	PACKET_TCP_HAS_OTHER = 1 << 10,
};

struct packet_tcp_sack_block {
	uint32_t left_edge;
	uint32_t right_edge;
};

/* TCP, RFC 9293, with the values of the common options; packet_tcp_option_next() walks all. */
struct packet_tcp {
	uint16_t source_port;
	uint16_t destination_port;
	uint32_t sequence_number;
	uint32_t acknowledgment_number;
	uint8_t data_offset; /* in words of 4 bytes */
	uint8_t reserved;    /* 3 bits */
	uint16_t flags;	     /* PACKET_TCP_FIN and so on */
	uint16_t window;     /* as it stands, not scaled */
	uint16_t checksum;
	uint16_t urgent_pointer;
	uint8_t options_length; /* in bytes */
	uint8_t sack_blocks;
	uint16_t has; /* PACKET_TCP_HAS_MSS and so on: which members below count */
	uint16_t maximum_segment_size;
	uint8_t window_scale;	   /* shift count */
	uint8_t fast_open_length;  /* of the cookie: 0 is a request for one */
	uint32_t fast_open_offset; /* from the packet's first byte */
	uint32_t timestamp_value, timestamp_echo_reply;
	uint16_t user_timeout;	 /* with the granularity bit on top, see struct packet_tcp_option */
	uint16_t mptcp_subtypes; /* bit N: MPTCP subtype N */
	struct packet_tcp_sack_block sack[4];
	uint32_t payload_length; /* bytes of data on the wire, whether captured or not */
};

/* UDP, RFC 768. */
struct packet_udp {
	uint16_t source_port;
	uint16_t destination_port;
	uint16_t length; /* header and data; 0 in an IPv6 jumbogram */
	uint16_t checksum;
	uint32_t payload_length;
};

enum {
	PACKET_TCP_OPTION_END = 0,
	PACKET_TCP_OPTION_NOP = 1,
	PACKET_TCP_OPTION_MSS = 2,
	PACKET_TCP_OPTION_WINDOW_SCALE = 3,
	PACKET_TCP_OPTION_SACK_PERMITTED = 4,
	PACKET_TCP_OPTION_SACK = 5,
	PACKET_TCP_OPTION_TIMESTAMPS = 8,
	PACKET_TCP_OPTION_MD5 = 19,
	PACKET_TCP_OPTION_USER_TIMEOUT = 28,
	PACKET_TCP_OPTION_AO = 29,
	PACKET_TCP_OPTION_MPTCP = 30,
	PACKET_TCP_OPTION_FAST_OPEN = 34,
	PACKET_TCP_OPTION_ACCECN0 = 172,
	PACKET_TCP_OPTION_ACCECN1 = 174,
	PACKET_TCP_OPTION_EXPERIMENT1 = 253,
	PACKET_TCP_OPTION_EXPERIMENT2 = 254,
};

enum {
	PACKET_MPTCP_CAPABLE = 0,
	PACKET_MPTCP_JOIN = 1,
	PACKET_MPTCP_DSS = 2,
	PACKET_MPTCP_ADD_ADDR = 3,
	PACKET_MPTCP_REMOVE_ADDR = 4,
	PACKET_MPTCP_PRIO = 5,
	PACKET_MPTCP_FAIL = 6,
	PACKET_MPTCP_FASTCLOSE = 7,
	PACKET_MPTCP_TCPRST = 8,
};

/* MPTCP, RFC 8684 3. Which members count depends on subtype and length: see the has_ ones. */
struct packet_mptcp {
	uint8_t subtype;
	uint8_t version;    /* MP_CAPABLE; IPVer of an ADD_ADDR of version 0 */
	uint8_t flags;	    /* the flag bits of the subtype, as they stand */
	uint8_t address_id; /* MP_JOIN, ADD_ADDR, MP_PRIO of version 0 */
	uint8_t reason;	    /* MP_TCPRST */
	bool has_sender_key, has_receiver_key, has_token, has_random, has_hmac;
	bool has_data_ack, has_mapping, has_checksum, has_address_id, has_port;
	uint8_t data_ack_length, dsn_length; /* 4 or 8 bytes */
	uint8_t address_length;		     /* 4 or 16 */
	uint8_t hmac_length;
	uint8_t ids; /* REMOVE_ADDR: how many address ids, at `ids_offset` */
	uint16_t data_level_length, checksum, port;
	uint32_t receiver_token, random, subflow_sequence_number;
	uint64_t sender_key, receiver_key, data_ack, data_sequence_number;
	uint32_t address_offset, hmac_offset, ids_offset;
};

struct packet_tcp_option {
	uint8_t kind;
	uint8_t length; /* of the whole option, 1 for End of Option List and No-Operation */
	bool ok;
	bool fast_open; /* kind 34, or 253/254 with ExID 0xf989: the cookie is the data */
	uint32_t offset;
	uint32_t data_offset; /* behind kind, length (and ExID, KeyID, RNextKeyID) */
	uint8_t data_length;
	uint8_t shift_count;	       /* window scale */
	uint8_t blocks;		       /* SACK: that many of `sack` */
	uint8_t key_id, r_next_key_id; /* AO */
	bool minutes;		       /* user timeout: granularity bit, else seconds */
	uint16_t user_timeout;	       /* 15 bits */
	uint16_t maximum_segment_size;
	uint16_t exid; /* 253 and 254, RFC 6994 */
	uint32_t timestamp_value, timestamp_echo_reply;
	struct packet_tcp_sack_block sack[4];
	struct packet_mptcp mptcp; /* filled for kind 30 only */
};
bool packet_tcp_option_next(struct packet_walk *walk, struct packet_tcp_option *out);

#ifdef __cplusplus
}
#endif

#endif
