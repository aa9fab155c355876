/* SPDX-License-Identifier: MIT */
/* ICMP, ICMPv6 with neighbor discovery and MLD, IGMP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_ICMP_H
#define SOCKATLAS_PACKET_ICMP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* ICMP, RFC 792 and others. Which members mean something depends on `type`. */
struct packet_icmp {
	uint8_t type;
	uint8_t code;
	uint16_t checksum;
	uint32_t rest;	     /* the second word as it stands */
	uint16_t identifier; /* echo, timestamp, information, address mask, extended echo */
	uint16_t sequence_number;
	uint16_t next_hop_mtu; /* destination unreachable, fragmentation needed (RFC 1191) */
	uint8_t length;	       /* of the quoted packet in words of 4 (RFC 4884), or 0 */
	uint8_t pointer;       /* parameter problem */
	uint8_t gateway[4];    /* redirect */
	uint32_t originate_timestamp, receive_timestamp, transmit_timestamp;
	uint8_t num_addrs, addr_entry_size; /* router advertisement (RFC 1256) */
	uint16_t lifetime;
	uint32_t address_mask;
	uint8_t local; /* extended echo request (RFC 8335): L bit */
	uint8_t state; /* extended echo reply: state, and the A, 4, 6 bits below */
	bool active, has_ipv4, has_ipv6;
	uint32_t quote_length;	   /* bytes of the quoted packet, 0 if the message has none */
	uint32_t extension_offset; /* of the extension structure (RFC 4884), or 0 */
};

/* ICMPv6, RFC 4443; ND RFC 4861; MLD RFC 2710 and 3810; extended echo RFC 8335. */
struct packet_icmpv6 {
	uint8_t type;
	uint8_t code;
	uint16_t checksum;
	uint32_t rest;	     /* the second word as it stands */
	uint16_t identifier; /* echo */
	uint16_t sequence_number;
	uint32_t mtu;	       /* packet too big */
	uint32_t pointer;      /* parameter problem */
	uint8_t length;	       /* of the quoted packet in words of 8 (RFC 4884), or 0 */
	uint8_t cur_hop_limit; /* router advertisement */
	bool managed, other, home_agent, proxy;
	uint8_t default_router_preference;	/* RFC 4191: 0 medium, 1 high, 3 low */
	uint16_t router_lifetime;		/* seconds */
	uint32_t reachable_time, retrans_timer; /* milliseconds */
	bool router, solicited, override;	/* neighbor advertisement */
	uint8_t target[16];			/* NS, NA, redirect; the multicast address of MLD */
	uint8_t destination[16];		/* redirect */
	uint16_t maximum_response_delay;	/* MLD: ms; MLDv2: the code as it stands */
	bool mldv2; /* a query of 28 bytes or more, or a version 2 report */
	bool suppress_router_processing;
	uint8_t robustness_variable, querier_query_interval_code;
	uint16_t number_of_sources; /* MLDv2 query */
	uint16_t number_of_records; /* MLDv2 report */
	uint8_t local, state;	    /* extended echo */
	bool active, has_ipv4, has_ipv6;
	uint32_t options_offset; /* of ND options, or of MLDv2 sources or records, or 0 */
	uint32_t quote_length;	 /* bytes of the quoted packet, 0 if the message has none */
	uint32_t extension_offset;
};

/* IGMP: v1 RFC 1112, v2 RFC 2236, v3 RFC 9776. */
struct packet_igmp {
	uint8_t type;
	uint8_t version;       /* 1, 2 or 3, told by type and length */
	uint8_t max_resp_code; /* in tenths of a second below 128 */
	uint16_t checksum;
	uint8_t group_address[4];
	bool suppress_router_processing; /* v3 query */
	uint8_t robustness_variable, querier_query_interval_code;
	uint16_t number_of_sources;
	uint16_t number_of_records; /* v3 report */
	uint32_t list_offset;	    /* of the sources (query) or records (report), or 0 */
};

enum {
	PACKET_ND_SOURCE_LINK_LAYER = 1,
	PACKET_ND_TARGET_LINK_LAYER = 2,
	PACKET_ND_PREFIX_INFORMATION = 3,
	PACKET_ND_REDIRECTED_HEADER = 4,
	PACKET_ND_MTU = 5,
	PACKET_ND_NONCE = 14,
	PACKET_ND_ROUTE_INFORMATION = 24,
	PACKET_ND_RDNSS = 25,
	PACKET_ND_DNSSL = 31,
	PACKET_ND_CAPTIVE_PORTAL = 37,
	PACKET_ND_PREF64 = 38,
};

struct packet_nd_option {
	uint8_t type;
	uint8_t length; /* in units of 8 bytes, the whole option */
	bool ok;
	uint32_t offset;
	uint32_t data_offset; /* behind the fixed fields of its type */
	uint32_t data_length;
	uint8_t prefix_length;	  /* prefix information, route information */
	bool on_link, autonomous; /* prefix information */
	uint8_t preference;	  /* route information */
	uint32_t valid_lifetime;  /* prefix information; the lifetime of the others; seconds */
	uint32_t preferred_lifetime;
	uint32_t mtu;
};
bool packet_nd_option_next(struct packet_walk *walk, struct packet_nd_option *out);

/* A group record of an IGMPv3 or MLDv2 report, RFC 9776 4.2, RFC 3810 5.2. */
struct packet_group_record {
	uint8_t record_type;
	uint8_t aux_data_len; /* in words of 4 bytes */
	uint16_t number_of_sources;
	uint32_t offset;
	uint32_t multicast_address_offset;
	uint32_t sources_offset;
	uint8_t address_length; /* 4 or 16 */
	uint32_t length;	/* of the whole record */
};
bool packet_group_record_next(struct packet_walk *walk, struct packet_group_record *out);

#ifdef __cplusplus
}
#endif

#endif
