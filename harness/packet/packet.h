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
 * What is decoded, from the outside in:
 *   Ethernet, VLAN tags, LLC, SNAP, MPLS, Linux cooked (both versions), ARP, RARP
 *   IPv4, IPv6 and its extension headers, ICMP, ICMPv6 with Neighbor Discovery and MLD, IGMP;
 *   AH, ESP, GRE, IP in IP
 *   TCP with MPTCP, UDP, UDP-Lite, DCCP, SCTP (also over UDP), RDS over TCP
 *   DNS, mDNS, LLMNR, BOOTP, DHCP
 *   TIPC over Ethernet and UDP, vsock
 *   netlink: rtnetlink, generic netlink, sock_diag, netfilter, audit
 *   CAN, CAN FD, CAN XL, and in them ISO-TP or J1939
 *   Bluetooth: H4, the Linux monitor, HCI commands, events, ACL, SCO and ISO data, L2CAP, RFCOMM
 *   KISS, AX.25, NET/ROM, ROSE, LAPB, X.25, LocalTalk, AARP, DDP, DECnet
 *
 * Nothing is allocated, nothing global is changed, no byte is read that is not there; every
 * function may be called from any thread. A struct packet points to the bytes it was decoded
 * from: they have to outlive it, unchanged. It is some 2 KiB, and only what is used of it is
 * written.
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

struct packet;
struct packet_layer;

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

/*
 * Every list has a struct for one of its items and a next function, packet_..._next(walk, out), in
 * the header of its protocol. It returns true and fills *out, or false at the end of the list,
 * which is also where a length field lies or the capture ends: `fault` tells. In an item, `offset`
 * is of its first byte and `data_offset` of its data, both from the packet's first byte; lengths
 * are in bytes. `ok` is false for an item whose length is not one that its kind may have: then
 * only kind, length and offsets are filled. packet_walk() starts a walk over the list of a layer;
 * for lists in an item of a list, the header that has them says what starts it.
 */

/* A struct for every header, and the options and lists in them. */
#include "link/link.h"
#include "ip/ip.h"
#include "ip/icmp.h"
#include "ip/tunnel.h"
#include "transport/transport.h"
#include "transport/udplite.h"
#include "transport/dccp.h"
#include "sctp/sctp.h"
#include "rds/rds.h"
#include "tipc/tipc.h"
#include "vsock/vsock.h"
#include "application/dns.h"
#include "application/dhcp.h"
#include "can/can.h"
#include "bluetooth/bluetooth.h"
#include "netlink/netlink.h"
#include "ax25/ax25.h"
#include "x25/x25.h"
#include "appletalk/appletalk.h"
#include "decnet/decnet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ decoding */

/* The link types that are known; the numbers are those of capture files (LINKTYPE_*). */
enum {
	PACKET_LINK_ETHERNET = 1,
	PACKET_LINK_AX25 = 3,
	PACKET_LINK_RAW_DLT = 12, /* what libpcap calls PACKET_LINK_RAW after opening a file */
	PACKET_LINK_RAW = 101,	  /* an IPv4 or IPv6 header comes first */
	PACKET_LINK_LINUX_SLL = 113,
	PACKET_LINK_LTALK = 114,
	PACKET_LINK_BLUETOOTH_HCI_H4 = 187,
	PACKET_LINK_BLUETOOTH_HCI_H4_WITH_PHDR = 201,
	PACKET_LINK_AX25_KISS = 202,
	PACKET_LINK_LAPB_WITH_DIR = 207,
	PACKET_LINK_CAN_SOCKETCAN = 227,
	PACKET_LINK_IPV4 = 228,
	PACKET_LINK_IPV6 = 229,
	PACKET_LINK_NETLINK = 253,
	PACKET_LINK_BLUETOOTH_LINUX_MONITOR = 254,
	PACKET_LINK_VSOCK = 271,
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
	/* What the payload of CAN frames is, which no frame says: at most one of the two. */
	PACKET_CAN_ISOTP = 4,
	PACKET_CAN_J1939 = 8,
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
	PACKET_LLC, /* IEEE 802.2 behind an 802.3 header */
	PACKET_SNAP,
	PACKET_MPLS, /* one label of the stack */
	PACKET_GRE,
	PACKET_AH,
	PACKET_ESP,
	PACKET_UDPLITE,
	PACKET_DCCP,
	PACKET_SCTP,
	PACKET_RDS,
	PACKET_TIPC,
	PACKET_DNS,  /* DNS, mDNS */
	PACKET_DHCP, /* BOOTP and DHCP */
	PACKET_CAN,  /* CAN and CAN FD */
	PACKET_CANXL,
	PACKET_ISOTP,
	PACKET_J1939,
	PACKET_HCI_PHDR,    /* the direction in front of an H4 packet */
	PACKET_HCI_MONITOR, /* what the Linux monitor's channel says in front of a packet */
	PACKET_HCI,	    /* a command or an event */
	PACKET_HCI_ACL,
	PACKET_HCI_SCO,
	PACKET_HCI_ISO,
	PACKET_L2CAP,
	PACKET_RFCOMM,
	PACKET_NETLINK, /* all messages of a datagram */
	PACKET_VSOCK,
	PACKET_KISS, /* the byte in front of an AX.25 frame */
	PACKET_AX25,
	PACKET_NETROM,
	PACKET_ROSE,
	PACKET_LAPB,
	PACKET_X25,  /* the packet layer (PLP) */
	PACKET_LLAP, /* LocalTalk */
	PACKET_DDP,
	PACKET_AARP,
	PACKET_DECNET,
	PACKET_KINDS,
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
		struct packet_llc llc;
		struct packet_snap snap;
		struct packet_mpls mpls;
		struct packet_gre gre;
		struct packet_ah ah;
		struct packet_esp esp;
		struct packet_udplite udplite;
		struct packet_dccp dccp;
		struct packet_sctp sctp;
		struct packet_rds rds;
		struct packet_tipc tipc;
		struct packet_dns dns;
		struct packet_dhcp dhcp;
		struct packet_can can;
		struct packet_canxl canxl;
		struct packet_isotp isotp;
		struct packet_j1939 j1939;
		struct packet_hci_phdr hci_phdr;
		struct packet_hci_monitor hci_monitor;
		struct packet_hci hci;
		struct packet_hci_acl hci_acl;
		struct packet_hci_sco hci_sco;
		struct packet_hci_iso hci_iso;
		struct packet_l2cap l2cap;
		struct packet_rfcomm rfcomm;
		struct packet_netlink netlink;
		struct packet_vsock vsock;
		struct packet_kiss kiss;
		struct packet_ax25 ax25;
		struct packet_netrom netrom;
		struct packet_rose rose;
		struct packet_lapb lapb;
		struct packet_x25 x25;
		struct packet_llap llap;
		struct packet_ddp ddp;
		struct packet_aarp aarp;
		struct packet_decnet decnet;
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
const struct packet_llc *packet_llc(const struct packet *p);
const struct packet_snap *packet_snap(const struct packet *p);
const struct packet_mpls *packet_mpls(const struct packet *p);
const struct packet_gre *packet_gre(const struct packet *p);
const struct packet_ah *packet_ah(const struct packet *p);
const struct packet_esp *packet_esp(const struct packet *p);
const struct packet_udplite *packet_udplite(const struct packet *p);
const struct packet_dccp *packet_dccp(const struct packet *p);
const struct packet_sctp *packet_sctp(const struct packet *p);
const struct packet_rds *packet_rds(const struct packet *p);
const struct packet_tipc *packet_tipc(const struct packet *p);
const struct packet_dns *packet_dns(const struct packet *p);
const struct packet_dhcp *packet_dhcp(const struct packet *p);
const struct packet_can *packet_can(const struct packet *p);
const struct packet_canxl *packet_canxl(const struct packet *p);
const struct packet_isotp *packet_isotp(const struct packet *p);
const struct packet_j1939 *packet_j1939(const struct packet *p);
const struct packet_hci_phdr *packet_hci_phdr(const struct packet *p);
const struct packet_hci_monitor *packet_hci_monitor(const struct packet *p);
const struct packet_hci *packet_hci(const struct packet *p);
const struct packet_hci_acl *packet_hci_acl(const struct packet *p);
const struct packet_hci_sco *packet_hci_sco(const struct packet *p);
const struct packet_hci_iso *packet_hci_iso(const struct packet *p);
const struct packet_l2cap *packet_l2cap(const struct packet *p);
const struct packet_rfcomm *packet_rfcomm(const struct packet *p);
const struct packet_netlink *packet_netlink(const struct packet *p);
const struct packet_vsock *packet_vsock(const struct packet *p);
const struct packet_kiss *packet_kiss(const struct packet *p);
const struct packet_ax25 *packet_ax25(const struct packet *p);
const struct packet_netrom *packet_netrom(const struct packet *p);
const struct packet_rose *packet_rose(const struct packet *p);
const struct packet_lapb *packet_lapb(const struct packet *p);
const struct packet_x25 *packet_x25(const struct packet *p);
const struct packet_llap *packet_llap(const struct packet *p);
const struct packet_ddp *packet_ddp(const struct packet *p);
const struct packet_aarp *packet_aarp(const struct packet *p);
const struct packet_decnet *packet_decnet(const struct packet *p);

/*
 * The bytes of data behind the innermost header that is not quoted, which is the transport's: what
 * an application sent, also where it is decoded further (DNS, DHCP). Returns where they start (NULL
 * if there are none) and stores how many are there in *captured.
 */
const uint8_t *packet_payload(const struct packet *p, size_t *captured);

/*
 * Verifies the checksum of the layer with this index, whether packet_decode() was asked to or
 * not. Stores in *expected (may be NULL) what the field should hold when the answer is good or bad.
 */
enum packet_checksum packet_verify(const struct packet *p, unsigned int layer, uint32_t *expected);

/*
 * One's complement sum as of RFC 1071: `sum` is what went before (0 at first), bytes are taken in
 * pairs, an odd last byte is the high half of a pair. packet_checksum_finish() folds and inverts
 * it. For cases that build packets by hand.
 */
uint64_t packet_checksum_add(uint64_t sum, const uint8_t *bytes, size_t length);
uint16_t packet_checksum_finish(uint64_t sum);

/* ------------------------------------------------------------------ walking lists */

/* Starts one, see above. The layer is one of the packet's; a kind without a list: an empty walk. */
struct packet_walk packet_walk(const struct packet *p, const struct packet_layer *layer);

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
