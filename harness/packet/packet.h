/* SPDX-License-Identifier: MIT */
/*
 * libsockpacket: from the bytes of a packet to its fields.
 *
 *	struct packet p;
 *	char line[512];
 *
 *	packet_decode(&p, bytes, captured, original, PACKET_LINK_ETHERNET, 0);
 *	packet_line(&p, line, sizeof(line));
 *	const struct packet_tcp *tcp = packet_tcp(&p);
 *	if (tcp != NULL && tcp->flags & PACKET_TCP_SYN && tcp->has & PACKET_TCP_HAS_MSS)
 *		printf("MSS %u\n", tcp->maximum_segment_size);
 *
 * A packet is a list of layers, outermost first: Ethernet, IPv4, TCP, data. Each layer says where
 * its header starts and how long it is, and has a struct with every field of the header, under
 * the name its RFC gives it. Options and other lists are walked one at a time with packet_walk()
 * and a next function per protocol. An ICMP error quotes the packet it is about: the quoted
 * layers follow in the same list, marked `quoted`.
 *
 * Nothing is allocated, nothing global is changed, no byte is read that is not there; every
 * function may be called from any thread. A struct packet points to the bytes it was decoded
 * from: they have to outlive it, unchanged. It is some 2 KiB, and only what is used of it is
 *written.
 *
 * Decoding and printing are apart. All printing goes over packet_visit(), which calls back for
 * every field with its name, its value as text and as a number, and its byte range.
 *
 * This header needs nothing else of the project.
 */
#ifndef SOCKATLAS_PACKET_H
#define SOCKATLAS_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ decoding */

/* The link types that are known; the numbers are those of capture files (LINKTYPE_*). */
enum {
	PACKET_LINK_ETHERNET = 1,
	PACKET_LINK_RAW_DLT = 12, /* what libpcap calls PACKET_LINK_RAW after opening a file */
	PACKET_LINK_RAW = 101,	  /* an IPv4 or IPv6 header comes first */
	PACKET_LINK_LINUX_SLL = 113,
	PACKET_LINK_IPV4 = 228,
	PACKET_LINK_IPV6 = 229,
	PACKET_LINK_LINUX_SLL2 = 276,
};

/* How a decode ended. A higher value wins over a lower one. */
enum packet_outcome {
	PACKET_COMPLETE,  /* every byte had a place and no field contradicts another */
	PACKET_TRUNCATED, /* the capture ends inside the packet; what was there is decoded */
	PACKET_MALFORMED, /* a field contradicts another, see struct packet_problem */
};

/* Flags of packet_decode(). */
enum {
	PACKET_VERIFY_CHECKSUMS = 1,   /* verify now, into each layer's `checksum` */
	PACKET_CHECKSUM_OFFLOADED = 2, /* TCP's and UDP's checksum was left to the device */
};

enum packet_checksum {
	PACKET_CHECKSUM_NONE,	    /* this protocol has none */
	PACKET_CHECKSUM_UNVERIFIED, /* not looked at yet: ask packet_verify() */
	PACKET_CHECKSUM_GOOD,
	PACKET_CHECKSUM_BAD,
	PACKET_CHECKSUM_ABSENT,	 /* UDP with a checksum of 0: the sender made none */
	PACKET_CHECKSUM_UNKNOWN, /* truncated, a fragment, quoted in part, or offloaded */
};

enum packet_kind {
	PACKET_DATA,	/* bytes nobody here decodes: a payload, or an unknown protocol */
	PACKET_TRAILER, /* bytes of the frame behind the end of the packet: padding */
	PACKET_ETHERNET,
	PACKET_VLAN,
	PACKET_SLL,  /* Linux cooked capture, version 1 */
	PACKET_SLL2, /* and version 2 */
	PACKET_ARP,  /* and RARP */
	PACKET_IPV4,
	PACKET_IPV6,
	PACKET_HOP_BY_HOP, /* the four extension headers of IPv6 */
	PACKET_ROUTING,
	PACKET_FRAGMENT,
	PACKET_DESTINATION,
	PACKET_ICMP,
	PACKET_ICMPV6,
	PACKET_IGMP,
	PACKET_TCP,
	PACKET_UDP,
	PACKET_KINDS,
};

/* Ethernet II (RFC 894) or IEEE 802.3, told apart by the type or length field. */
struct packet_ethernet {
	uint8_t destination[6];
	uint8_t source[6];
	uint16_t type_or_length;
	bool is_802_3; /* type_or_length is a length (up to 1500) */
};

/* IEEE 802.1Q (type 0x8100) or 802.1ad (0x88a8) tag: the four bytes after the addresses. */
struct packet_vlan {
	uint16_t tag_protocol_id; /* the type that announced the tag */
	uint8_t priority;	  /* PCP */
	bool drop_eligible;	  /* DEI */
	uint16_t vlan_id;	  /* VID */
	uint16_t type_or_length;
	bool is_802_3;
};

/* Linux cooked capture, version 1 (16 bytes) and 2 (20 bytes). */
struct packet_sll {
	uint16_t packet_type; /* 0 to us, 1 broadcast, 2 multicast, 3 for others, 4 by us */
	uint16_t arphrd_type;
	uint16_t address_length;
	uint8_t address[8];
	uint16_t protocol;
	uint32_t interface_index; /* version 2 only */
};

/* ARP (RFC 826) and RARP (RFC 903). */
struct packet_arp {
	uint16_t hardware_type;
	uint16_t protocol_type;
	uint8_t hardware_length;
	uint8_t protocol_length;
	uint16_t opcode;
	bool ethernet_ipv4; /* lengths 6 and 4: the four addresses below are filled in */
	uint8_t sender_hardware[6];
	uint8_t sender_protocol[4];
	uint8_t target_hardware[6];
	uint8_t target_protocol[4];
};

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
};

/* Fragment header, RFC 8200 4.5. */
struct packet_fragment {
	uint8_t next_header;
	uint8_t reserved;
	uint16_t fragment_offset; /* in bytes */
	uint8_t res;
	bool more_fragments;
	uint32_t identification;
};

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

struct packet_layer {
	uint8_t kind;	     /* enum packet_kind */
	uint8_t checksum;    /* enum packet_checksum */
	bool quoted;	     /* inside the packet that an ICMP error quotes */
	bool cut;	     /* fewer bytes are there than its header or length field announces */
	bool first_fragment; /* its data goes on in other fragments */
	uint8_t ip;	     /* index of the IP layer it is in, or PACKET_LAYERS_MAX */
	uint32_t offset;     /* of its first byte, from the packet's first byte */
	uint32_t header_length;	  /* bytes, options included; all of it for data */
	uint32_t header_captured; /* how many of those are there; fields behind them are 0 */
	uint32_t length;	  /* header and all that is in it, by its own length field */
	union {
		struct packet_ethernet ethernet;
		struct packet_vlan vlan;
		struct packet_sll sll;
		struct packet_arp arp;
		struct packet_ipv4 ipv4;
		struct packet_ipv6 ipv6;
		struct packet_options_header options;
		struct packet_routing routing;
		struct packet_fragment fragment;
		struct packet_icmp icmp;
		struct packet_icmpv6 icmpv6;
		struct packet_igmp igmp;
		struct packet_tcp tcp;
		struct packet_udp udp;
	};
};

/*
 * The first contradiction found, or where the capture cut the packet.
 * packet_problem_text() puts it in words.
 */
struct packet_problem {
	const char *text; /* with %1 and %2 for the values below, or NULL: nothing to say */
	uint32_t value1, value2;
	uint32_t offset; /* of the field that contradicts, or of the first missing byte */
	uint32_t length; /* of that field */
	uint8_t layer;	 /* index of the layer it was found in */
};

#define PACKET_LAYERS_MAX 16

struct packet {
	const uint8_t *bytes;
	uint32_t captured; /* bytes that are there */
	uint32_t original; /* bytes the packet had on the wire */
	uint32_t link_type;
	uint32_t flags;	 /* of packet_decode() */
	uint8_t outcome; /* enum packet_outcome */
	uint8_t layers;	 /* how many of `layer` are filled */
	bool too_deep;	 /* it has more layers than fit: the last one is data */
	struct packet_problem problem;
	struct packet_layer layer[PACKET_LAYERS_MAX];
};

/*
 * Decodes a packet. `captured` bytes are at `bytes`; the packet had `original` bytes on the wire
 * (less than `captured` counts as `captured`). `link_type` says what comes first; with one that
 * is not known the packet is one layer of data. `flags`: PACKET_VERIFY_CHECKSUMS,
 * PACKET_CHECKSUM_OFFLOADED, or 0. Keeps a pointer to `bytes`. Returns *out's outcome (enum
 * packet_outcome).
 */
int packet_decode(struct packet *out, const uint8_t *bytes, size_t captured, size_t original,
		  uint32_t link_type, unsigned int flags);

/* Whether packet_decode() knows what comes first in packets of this link type. */
bool packet_link_type_known(uint32_t link_type);

/* ------------------------------------------------------------------ asking */

/* The first layer of this kind that is not quoted by an ICMP error, or NULL. */
const struct packet_layer *packet_find(const struct packet *p, enum packet_kind kind);
/* The first one that is quoted by an ICMP error, or NULL. */
const struct packet_layer *packet_find_quoted(const struct packet *p, enum packet_kind kind);

/* The header of the first layer of a kind that is not quoted, or NULL. */
const struct packet_ethernet *packet_ethernet(const struct packet *p);
const struct packet_vlan *packet_vlan(const struct packet *p);
const struct packet_arp *packet_arp(const struct packet *p);
const struct packet_ipv4 *packet_ipv4(const struct packet *p);
const struct packet_ipv6 *packet_ipv6(const struct packet *p);
const struct packet_icmp *packet_icmp(const struct packet *p);
const struct packet_icmpv6 *packet_icmpv6(const struct packet *p);
const struct packet_igmp *packet_igmp(const struct packet *p);
const struct packet_tcp *packet_tcp(const struct packet *p);
const struct packet_udp *packet_udp(const struct packet *p);

/*
 * The bytes of data behind the innermost header that is not quoted. Returns where they start (NULL
 * if there are none) and stores how many are there in *captured.
 */
const uint8_t *packet_payload(const struct packet *p, size_t *captured);

/*
 * Verifies the checksum of the layer with this index, whether packet_decode() was asked to or
 * not. Stores in *expected (may be NULL) what the field should hold when the answer is good or bad.
 */
enum packet_checksum packet_verify(const struct packet *p, unsigned int layer, uint16_t *expected);

/*
 * One's complement sum as of RFC 1071: `sum` is what went before (0 at first), bytes are taken in
 * pairs, an odd last byte is the high half of a pair. packet_checksum_finish() folds and inverts
 * it. For cases that build packets by hand.
 */
uint64_t packet_checksum_add(uint64_t sum, const uint8_t *bytes, size_t length);
uint16_t packet_checksum_finish(uint64_t sum);

/* ------------------------------------------------------------------ walking lists */

/* A walk over the options (or records, sources, addresses) of one layer. */
struct packet_walk {
	const struct packet *packet;
	const struct packet_layer *layer;
	uint32_t next;	   /* offset of the next one, from the packet's first byte */
	uint32_t end;	   /* of the list, by the length fields */
	uint32_t captured; /* end of the bytes that are there, at most `end` */
	uint32_t left;	   /* how many there are still to come, for lists with a count */
	uint8_t fault;	   /* why it ended early: PACKET_TRUNCATED, PACKET_MALFORMED, or 0 */
};

/* Starts one. The layer is one of the packet's; a kind without a list gives an empty walk. */
struct packet_walk packet_walk(const struct packet *p, const struct packet_layer *layer);

/*
 * The next functions return true and fill *out, or false at the end of the list, which is also
 * where a length field lies or the capture ends (the packet's outcome tells). `ok` is false for
 * an option whose length is not one its kind may have: then only kind, length and offsets are
 * filled.
 */

enum {
	PACKET_IPV4_OPTION_END = 0,
	PACKET_IPV4_OPTION_NOP = 1,
	PACKET_IPV4_OPTION_RECORD_ROUTE = 7,
	PACKET_IPV4_OPTION_TIMESTAMP = 68,
	PACKET_IPV4_OPTION_SECURITY = 130,
	PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE = 131,
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
	uint16_t value;		/* RA, SID */
};
bool packet_ipv4_option_next(struct packet_walk *walk, struct packet_ipv4_option *out);

enum {
	PACKET_IPV6_OPTION_PAD1 = 0x00,
	PACKET_IPV6_OPTION_PADN = 0x01,
	PACKET_IPV6_OPTION_TUNNEL_LIMIT = 0x04,
	PACKET_IPV6_OPTION_ROUTER_ALERT = 0x05,
	PACKET_IPV6_OPTION_CALIPSO = 0x07,
	PACKET_IPV6_OPTION_MTU = 0x30,
	PACKET_IPV6_OPTION_RPL = 0x63,
	PACKET_IPV6_OPTION_JUMBO = 0xc2,
	PACKET_IPV6_OPTION_HOME_ADDRESS = 0xc9,
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

/* ------------------------------------------------------------------ printing */

/*
 * The printing functions work as snprintf() does: they return the length that the whole text has,
 * without the final NUL, and write at most `size` bytes, the last of which is always NUL.
 * `buffer` may be NULL when `size` is 0. Bytes of a packet are never copied as they are: what is
 * not printable ASCII is written as an escape.
 */

/*
 * One line without a newline:
 * "IPv4 192.0.2.1:40000 > 192.0.2.2:80 TCP SYN seq=1000 win=65535 options [mss 1460] len 0".
 */
size_t packet_line(const struct packet *p, char *buffer, size_t size);

/* The tree: a line a field, indented by depth, with its byte range: "[14-15] Total Length: 44". */
size_t packet_text(const struct packet *p, char *buffer, size_t size);

/*
 * One JSON object: {"line", "outcome", "problem", "captured", "original", "layers": [{"protocol",
 * "offset", "length", "fields": [{"name", "value", "number", "offset", "length", "fields"}]}]}.
 * On one line, or with PACKET_JSON_PRETTY a line a field.
 */
enum {
	PACKET_JSON_PRETTY = 1,
};
size_t packet_json(const struct packet *p, unsigned int flags, char *buffer, size_t size);

/* The problem in words: "Total Length is 10, less than the header's 20 bytes", or "". */
size_t packet_problem_text(const struct packet *p, char *buffer, size_t size);

/* "complete", "truncated", "malformed". */
const char *packet_outcome_name(enum packet_outcome outcome);
/* "good", "bad", "absent", "unknown", "unverified" or "none". */
const char *packet_checksum_name(enum packet_checksum checksum);
/* "Ethernet", "IPv4", "TCP" and so on. */
const char *packet_kind_name(enum packet_kind kind);

/* ------------------------------------------------------------------ visiting */

/* One field of a packet, as packet_visit() shows it. The texts are valid only during the call. */
struct packet_field {
	unsigned int depth;   /* 0 a layer, 1 its fields, 2 parts of a field, ... */
	unsigned int layer;   /* index of the layer */
	const char *protocol; /* "TCP" */
	const char *name;     /* "Sequence Number"; of a layer: its protocol's name */
	const char *value;    /* "1000", "6 (TCP)", "SYN, ACK"; of a layer: a summary, may be "" */
	bool has_number;
	uint64_t number; /* the value as a number, if it is one */
	uint32_t offset; /* from the packet's first byte; the range is always captured */
	uint32_t length;
	uint32_t mask;	  /* which bits of those bytes, when it is not all of them; else 0 */
	bool contradicts; /* the packet's problem is this field */
};

/* Called for each field; anything but 0 ends the visit. */
typedef int (*packet_visitor)(void *context, const struct packet_field *field);

/*
 * Calls back for each layer and each field of it that was captured whole, in the order of the
 * bytes. Returns 0, or what the visitor returned.
 */
int packet_visit(const struct packet *p, packet_visitor visitor, void *context);

/*
 * The number of the first field with this name that has one, in layers of this protocol:
 * packet_field_number(&p, "TCP", "Window", &number). Returns false when there is none.
 */
bool packet_field_number(const struct packet *p, const char *protocol, const char *name,
			 uint64_t *number);

#ifdef __cplusplus
}
#endif

#endif
