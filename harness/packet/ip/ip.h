/* SPDX-License-Identifier: MIT */
/* IPv4 and IPv6, their options and extension headers. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_IP_H
#define SOCKATLAS_PACKET_IP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet;
struct packet_layer;
struct packet_walk;

/* IPv4, RFC 791. */
struct packet_ipv4 {
	uint8_t version;
	uint8_t ihl;		 /* in words of 4 bytes */
	uint8_t type_of_service; /* DSCP (6 bits, RFC 2474) and ECN (2 bits, RFC 3168) */
	uint8_t dscp;
	uint8_t ecn;
	uint16_t total_length;
	uint16_t identification;
	bool reserved_flag;
	bool dont_fragment;
	bool more_fragments;
	uint16_t fragment_offset; /* in bytes: the field times 8 */
	uint8_t time_to_live;
	uint8_t protocol;
	uint16_t header_checksum;
	uint8_t source[4];
	uint8_t destination[4];
	uint8_t options_length; /* in bytes; walk them with packet_ipv4_option_next() */
};

/* IPv6, RFC 8200. */
struct packet_ipv6 {
	uint8_t version;
	uint8_t traffic_class;
	uint8_t dscp;
	uint8_t ecn;
	uint32_t flow_label;
	uint16_t payload_length;
	uint8_t next_header;
	uint8_t hop_limit;
	uint8_t source[16];
	uint8_t destination[16];
	uint32_t jumbo_payload_length; /* from the Jumbo Payload option (RFC 2675), or 0 */
};

/* Hop-by-Hop Options and Destination Options headers, RFC 8200 4.3 and 4.6. */
struct packet_options_header {
	uint8_t next_header;
	uint8_t hdr_ext_len; /* in units of 8 bytes, not counting the first */
};

/* Routing header, RFC 8200 4.4; type 0 RFC 5095, 2 RFC 6275, 3 RFC 6554, 4 RFC 8754. */
struct packet_routing {
	uint8_t next_header;
	uint8_t hdr_ext_len;
	uint8_t routing_type;
	uint8_t segments_left;
	uint8_t addresses;	   /* whole 16-byte addresses it has (types 0, 2, 4) */
	uint32_t addresses_offset; /* of the first, from the packet's first byte */
	uint8_t last_entry, flags; /* type 4 (Segment Routing) */
	uint16_t tag;
	uint8_t cmpr_i, cmpr_e, pad; /* type 3 (RPL) */
	uint32_t reserved;	     /* type 3: 20 bits */
	uint8_t compressed;	     /* type 3: how many addresses; packet_rpl_address() */
};

/*
 * Address number `index` (from 0) of a type 3 Routing header, with the prefix that it leaves out:
 * those bytes are as in the Destination Address of the IPv6 header (RFC 6554 3). False when there
 * is none, or it was not captured.
 */
bool packet_rpl_address(const struct packet *p, const struct packet_layer *l, unsigned int index,
			uint8_t address[16]);

/* Types of the TLVs in a Segment Routing header, RFC 8754 2.1. */
enum {
	PACKET_SEGMENT_TLV_PAD1 = 0,
	PACKET_SEGMENT_TLV_PADN = 4,
	PACKET_SEGMENT_TLV_HMAC = 5,
};

struct packet_segment_tlv {
	uint8_t type;	/* the top bit: its value may change on the way */
	uint8_t length; /* of the value; Pad1 is the type alone */
	bool ok;
	uint32_t offset;
	uint32_t data_offset;
	bool destination_unverified; /* HMAC: the D bit */
	uint32_t key_id;	     /* HMAC */
};
bool packet_segment_tlv_next(struct packet_walk *walk, struct packet_segment_tlv *out);

/* Fragment header, RFC 8200 4.5. */
struct packet_fragment {
	uint8_t next_header;
	uint8_t reserved;
	uint16_t fragment_offset; /* in bytes */
	uint8_t res;
	bool more_fragments;
	uint32_t identification;
};

enum {
	PACKET_IPV4_OPTION_END = 0,
	PACKET_IPV4_OPTION_NOP = 1,
	PACKET_IPV4_OPTION_RECORD_ROUTE = 7,
	PACKET_IPV4_OPTION_MTU_PROBE = 11,
	PACKET_IPV4_OPTION_MTU_REPLY = 12,
	PACKET_IPV4_OPTION_QUICK_START = 25,
	PACKET_IPV4_OPTION_TIMESTAMP = 68,
	PACKET_IPV4_OPTION_TRACEROUTE = 82,
	PACKET_IPV4_OPTION_SECURITY = 130,
	PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE = 131,
	PACKET_IPV4_OPTION_EXTENDED_SECURITY = 133,
	PACKET_IPV4_OPTION_CIPSO = 134,
	PACKET_IPV4_OPTION_STREAM_ID = 136,
	PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE = 137,
	PACKET_IPV4_OPTION_ROUTER_ALERT = 148,
};

struct packet_ipv4_option {
	uint8_t type;	/* copied flag (1 bit), class (2), number (5) */
	uint8_t length; /* of the whole option, 1 for End of Option List and No Operation */
	bool ok;
	uint32_t offset;      /* of the option */
	uint32_t data_offset; /* of what follows type and length (and pointer, overflow and flag) */
	uint32_t data_length; /* in bytes */
	uint8_t pointer;      /* RR, LSRR, SSRR, TS: 1-based, of the next free place */
	uint8_t overflow, flag; /* TS */
	uint16_t value;		/* RA, SID; the MTU of MTU Probe and Reply */
};
bool packet_ipv4_option_next(struct packet_walk *walk, struct packet_ipv4_option *out);

enum {
	PACKET_IPV6_OPTION_PAD1 = 0x00,
	PACKET_IPV6_OPTION_PADN = 0x01,
	PACKET_IPV6_OPTION_TUNNEL_LIMIT = 0x04,
	PACKET_IPV6_OPTION_ROUTER_ALERT = 0x05,
	PACKET_IPV6_OPTION_CALIPSO = 0x07,
	PACKET_IPV6_OPTION_SMF_DPD = 0x08,
	PACKET_IPV6_OPTION_PDM = 0x0f,
	PACKET_IPV6_OPTION_IOAM = 0x11,
	PACKET_IPV6_OPTION_ALT_MARK = 0x12,
	PACKET_IPV6_OPTION_RPL_KEPT = 0x23,
	PACKET_IPV6_OPTION_QUICK_START = 0x26,
	PACKET_IPV6_OPTION_MTU = 0x30,
	PACKET_IPV6_OPTION_IOAM_CHANGES = 0x31,
	PACKET_IPV6_OPTION_RPL = 0x63,
	PACKET_IPV6_OPTION_MPL = 0x6d,
	PACKET_IPV6_OPTION_NONCE = 0x8b,
	PACKET_IPV6_OPTION_LINE_ID = 0x8c,
	PACKET_IPV6_OPTION_JUMBO = 0xc2,
	PACKET_IPV6_OPTION_HOME_ADDRESS = 0xc9,
	PACKET_IPV6_OPTION_DFF = 0xee,
};

struct packet_ipv6_option {
	uint8_t type;	/* action if unknown (2 bits), may change on the way (1), number (5) */
	uint8_t length; /* Opt Data Len: of the data alone */
	bool ok;
	uint32_t offset;
	uint32_t data_offset;
	uint32_t value; /* router alert, jumbo payload length, tunnel limit */
};
bool packet_ipv6_option_next(struct packet_walk *walk, struct packet_ipv6_option *out);

#ifdef __cplusplus
}
#endif

#endif
