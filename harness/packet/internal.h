/* SPDX-License-Identifier: MIT */
/*
 * What the files of libsockpacket share; not installed.
 *
 * The way of a packet: packet_decode() makes a struct decoder, which is a window on the bytes, and
 * calls one protocol's decoder after another. Each one
 *   - opens its layer with packet_open(),
 *   - gets its fixed header from packet_take(), and asks packet_have() before any other byte,
 *   - narrows the window to what its own length field says with packet_narrow(),
 *   - moves on with packet_advance() and names the next decoder in `next`.
 * packet_have() is the one place where "not enough bytes" is told apart: the capture was cut, a
 * length field lies, or the rest was never meant to be there (a quote, a fragment).
 */
#ifndef SOCKATLAS_PACKET_INTERNAL_H
#define SOCKATLAS_PACKET_INTERNAL_H

#include "harness/packet/packet.h"

/* ------------------------------------------------------------------ reading */

static inline uint16_t packet_be16(const uint8_t *b)
{
	return (uint16_t)((unsigned int)b[0] << 8 | b[1]);
}

static inline uint32_t packet_be32(const uint8_t *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static inline uint64_t packet_be64(const uint8_t *b)
{
	return (uint64_t)packet_be32(b) << 32 | packet_be32(b + 4);
}

static inline uint16_t packet_le16(const uint8_t *b)
{
	return (uint16_t)((unsigned int)b[1] << 8 | b[0]);
}

static inline uint32_t packet_le32(const uint8_t *b)
{
	return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static inline uint32_t packet_le24(const uint8_t *b)
{
	return (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static inline uint64_t packet_le64(const uint8_t *b)
{
	return (uint64_t)packet_le32(b + 4) << 32 | packet_le32(b);
}

/* What ends the window: whether a header that does not fit into it is somebody's lie. */
enum packet_bound {
	PACKET_BOUND_LENGTH, /* the frame, or a length field: what does not fit contradicts it */
	PACKET_BOUND_OPEN,   /* a quote or a first fragment: the rest is elsewhere */
};

#define PACKET_TAILS_MAX 8
#define PACKET_SCRATCH	 64

struct decoder;
typedef void (*packet_decoder)(struct decoder *d);

struct decoder {
	struct packet *p;
	struct packet_layer *layer; /* the one that is being decoded */
	const uint8_t *bytes;
	uint32_t at;	     /* where the next header starts */
	uint32_t end;	     /* of the window, by frame and length fields */
	uint32_t readable;   /* the smaller of `end` and what was captured */
	packet_decoder next; /* NULL: nothing more to decode */
	uint8_t bound;	     /* enum packet_bound of `end` */
	uint8_t ip;	     /* index of the IP layer, or PACKET_LAYERS_MAX */
	uint8_t tails;
	bool quoted;
	bool first_fragment;
	bool jumbo; /* IPv6 Payload Length was 0 and Hop-by-Hop comes next */
	struct {
		uint32_t from, to;
		bool quoted;
	} tail[PACKET_TAILS_MAX];	 /* what windows left over, outermost first */
	uint8_t scratch[PACKET_SCRATCH]; /* a short header, filled up with zeros */
};

/* Opens the next layer at d->at; NULL (and no next decoder) when there are too many. */
struct packet_layer *packet_open(struct decoder *d, enum packet_kind kind);

/*
 * A header of `length` (at most PACKET_SCRATCH) bytes at d->at, and sets the layer's lengths to
 * it. Never NULL: missing bytes read as 0, the layer is marked `cut` and its header_captured says
 * how many bytes are real.
 */
const uint8_t *packet_take(struct decoder *d, uint32_t length);

/* The header turned out to be `length` bytes long. False when it is not all there. */
bool packet_extend(struct decoder *d, uint32_t length);

/* The header goes on for `length` bytes: copies them, what is not there as 0; false if any is. */
bool packet_extend_into(struct decoder *d, uint8_t *out, uint32_t length);

/*
 * Whether `length` bytes at `offset` can be read. If not, marks the layer `cut`, and when they are
 * behind an end that a length field or the frame sets, notes the contradiction.
 */
bool packet_have(struct decoder *d, uint32_t offset, uint32_t length);

/*
 * The layer says that it and all in it are `length` bytes from its start. Narrows the window;
 * a length that the window does not have is a contradiction at the field (offset, size).
 * The announced length is kept in the layer.
 */
void packet_narrow(struct decoder *d, uint32_t length, const char *name, uint32_t field,
		   uint32_t size);

/* Sets the end of the window itself. */
void packet_set_end(struct decoder *d, uint32_t end, enum packet_bound bound);

/* An ICMP error quotes what the window has from `offset` to `end`: goes on there with `next`. */
void packet_quote(struct decoder *d, uint32_t offset, uint32_t end, packet_decoder next);

/* The next header follows this layer's. */
void packet_advance(struct decoder *d);

/* A header that contradicts itself cannot say what follows it: that is data. */
void packet_give_up(struct decoder *d);

/*
 * Notes a contradiction at a field; the first one is kept. `text` is a literal with %1 and %2 for
 * the values. One in a quoted packet does not make the packet that quotes it malformed: it may
 * well be why the error was sent.
 */
void packet_contradiction(struct decoder *d, const char *text, uint32_t value1, uint32_t value2,
			  uint32_t offset, uint32_t length);

/*
 * A list ended early: notes it, if it was no fault of the capture. %1 is the byte behind the
 * item's first (its length in most lists), %2 how many bytes the list has left.
 */
void packet_walk_fault(struct decoder *d, const struct packet_walk *walk, const char *text);

/* packet_walk(), in place: a decoder starts one for every packet with options. */
void packet_walk_begin(struct packet_walk *walk, const struct packet *p,
		       const struct packet_layer *l);

/* Whether there is one more item, of which at least the first byte was captured. */
static inline bool packet_walk_more(struct packet_walk *walk)
{
	if (walk->next >= walk->end)
		return false;
	if (walk->next < walk->captured)
		return true;
	walk->fault = PACKET_TRUNCATED;
	return false;
}

/*
 * The size of the next item, whose second byte has its length: `extra` bytes and as many times
 * `unit`, at least `least`. 0 when the list or the capture does not have all of it.
 */
__attribute__((always_inline)) static inline uint32_t
packet_walk_size(struct packet_walk *walk, uint32_t extra, uint32_t unit, uint32_t least)
{
	uint32_t left = walk->end - walk->next, there = walk->captured - walk->next, size = least;

	if (there >= 2)
		size = extra + walk->packet->bytes[walk->next + 1] * unit;
	if (left < least || size < least || size > left)
		walk->fault = PACKET_MALFORMED;
	else if (there < 2 || size > there)
		walk->fault = PACKET_TRUNCATED;
	else
		return size;
	return 0;
}

/* Which decoder an EtherType or an IP protocol number calls for. */
void packet_next_ethertype(struct decoder *d, uint16_t type);
void packet_next_ip_protocol(struct decoder *d, uint8_t protocol);

/* Whether what follows the layer looks like it; see dns.c and dhcp.c. */
bool packet_is_dns(const struct decoder *d);
bool packet_is_dns_over_tcp(const struct decoder *d);
bool packet_is_dhcp(const struct decoder *d);

/* An IPv4 or an IPv6 header, by its version. */
void packet_decode_raw_ip(struct decoder *d);
/* LAPB behind EtherType 0x6000, as Linux's lapbether sends it. */
void packet_decode_lapbether(struct decoder *d);

/* ------------------------------------------------------------------ layers */

static inline unsigned int packet_index(const struct packet *p, const struct packet_layer *l)
{
	return (unsigned int)(l - p->layer);
}

/* Whether a header that is decoded comes behind this layer: no data, padding or nothing. */
static inline bool packet_header_behind(const struct packet *p, const struct packet_layer *l)
{
	return packet_index(p, l) + 1u < p->layers && l[1].kind != PACKET_DATA &&
	       l[1].kind != PACKET_TRAILER;
}

/* How many bytes of data come right behind this layer. */
static inline uint32_t packet_data_behind(const struct packet *p, const struct packet_layer *l)
{
	bool data = packet_index(p, l) + 1u < p->layers && l[1].kind == PACKET_DATA;

	return data ? l[1].header_length : 0;
}

/* ------------------------------------------------------------------ text */

#include "harness/packet/put.h"

/* ------------------------------------------------------------------ names, or NULL */

const char *packet_name_ethertype(uint16_t type);
const char *packet_name_ip_protocol(uint8_t protocol);
const char *packet_name_arphrd(uint16_t type);
const char *packet_name_dscp(uint8_t dscp);
const char *packet_name_ecn(uint8_t ecn);
/* NETLINK_*, without the NETLINK_ */
const char *packet_name_netlink(uint16_t protocol);

/* ------------------------------------------------------------------ showing fields */

struct packet_view {
	const struct packet *p;
	const struct packet_layer *layer;
	packet_visitor visitor;
	void *context;
	int stopped;	  /* what the visitor returned */
	uint32_t limit;	  /* fields that end behind it were not captured: not shown */
	uint32_t parents; /* for each level of parts: whether the whole was shown */
	bool shown;	  /* whether the last field was */
	struct packet_field field;
	struct packet_out value; /* the text of the value, in `text` */
	char text[512];
};

/* Each shows one field; offsets count from the packet's first byte. `meaning` may be NULL. */
void packet_show_number(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
			uint64_t number, const char *meaning);
void packet_show_hex(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		     uint64_t number, const char *meaning);
/* A part of the bytes: the bits of `mask`. */
void packet_show_bits(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      uint32_t mask, uint64_t number, const char *meaning);
void packet_show_flag(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      uint32_t mask, bool set);
void packet_show_mac(struct packet_view *v, const char *name, uint32_t offset);
void packet_show_ipv4(struct packet_view *v, const char *name, uint32_t offset);
void packet_show_ipv6(struct packet_view *v, const char *name, uint32_t offset);
/* The first bytes in hexadecimal; nothing for an empty range. */
void packet_show_bytes(struct packet_view *v, const char *name, uint32_t offset, uint32_t length);
void packet_show_text(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      const char *text);
/* What a walk left over when it ended early: nothing when it did not. */
void packet_show_rest(struct packet_view *v, const struct packet_walk *walk);
/* With a number of a unit: "1800 s". */
void packet_show_unit(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      uint64_t number, const char *unit);
/* A checksum field of 2 bytes, verified. */
void packet_show_checksum(struct packet_view *v, const char *name, uint32_t offset,
			  uint16_t checksum);

/*
 * A value in several pieces: packet_value() empties v->value and returns it for the packet_put
 * functions; packet_show() then shows it.
 */
struct packet_out *packet_value(struct packet_view *v);
void packet_show(struct packet_view *v, const char *name, uint32_t offset, uint32_t length);
/* What is shown between these two are parts of the field before. */
void packet_show_in(struct packet_view *v);
void packet_show_out(struct packet_view *v);

/* What there is of a protocol besides its decoder. Members may be NULL but for the first three. */
struct packet_protocol {
	const char *name;
	/* Shows the fields of a layer, in the order of the bytes. */
	void (*show)(struct packet_view *v, const struct packet_layer *layer);
	/* Writes what the layer has to say in a line; nothing, if that is nothing. */
	void (*line)(struct packet_out *out, const struct packet *p,
		     const struct packet_layer *layer);
	/* As packet_verify(). The decoder sets the layer's checksum to PACKET_CHECKSUM_UNVERIFIED.
	 */
	enum packet_checksum (*verify)(const struct packet *p, const struct packet_layer *layer,
				       uint32_t *expected);
	/* Sets where the list of packet_walk() starts, and `left` and `end` where they differ. */
	void (*walk)(struct packet_walk *walk, const struct packet_layer *layer);
};
extern const struct packet_protocol *const packet_protocols[PACKET_KINDS];

#define PACKET_PROTOCOL(name)                                                                      \
	void packet_decode_##name(struct decoder *d);                                              \
	extern const struct packet_protocol packet_protocol_##name

PACKET_PROTOCOL(data);
extern const struct packet_protocol packet_protocol_trailer;
PACKET_PROTOCOL(ethernet);
PACKET_PROTOCOL(vlan);
PACKET_PROTOCOL(sll);
PACKET_PROTOCOL(sll2);
PACKET_PROTOCOL(arp);
PACKET_PROTOCOL(ipv4);
PACKET_PROTOCOL(ipv6);
PACKET_PROTOCOL(hop_by_hop);
PACKET_PROTOCOL(routing);
PACKET_PROTOCOL(fragment);
PACKET_PROTOCOL(destination);
PACKET_PROTOCOL(icmp);
PACKET_PROTOCOL(icmpv6);
PACKET_PROTOCOL(igmp);
PACKET_PROTOCOL(tcp);
PACKET_PROTOCOL(udp);
PACKET_PROTOCOL(llc);
PACKET_PROTOCOL(snap);
PACKET_PROTOCOL(mpls);
PACKET_PROTOCOL(gre);
PACKET_PROTOCOL(ah);
PACKET_PROTOCOL(esp);
PACKET_PROTOCOL(udplite);
PACKET_PROTOCOL(dccp);
PACKET_PROTOCOL(sctp);
PACKET_PROTOCOL(rds);
PACKET_PROTOCOL(tipc);
PACKET_PROTOCOL(dns);
PACKET_PROTOCOL(dhcp);
PACKET_PROTOCOL(can);
PACKET_PROTOCOL(canxl);
PACKET_PROTOCOL(isotp);
PACKET_PROTOCOL(j1939);
PACKET_PROTOCOL(hci_phdr);
PACKET_PROTOCOL(hci_monitor);
PACKET_PROTOCOL(hci);
PACKET_PROTOCOL(hci_acl);
PACKET_PROTOCOL(hci_sco);
PACKET_PROTOCOL(hci_iso);
PACKET_PROTOCOL(l2cap);
PACKET_PROTOCOL(rfcomm);
PACKET_PROTOCOL(netlink);
PACKET_PROTOCOL(vsock);
PACKET_PROTOCOL(kiss);
PACKET_PROTOCOL(ax25);
PACKET_PROTOCOL(netrom);
PACKET_PROTOCOL(rose);
PACKET_PROTOCOL(lapb);
PACKET_PROTOCOL(x25);
PACKET_PROTOCOL(llap);
PACKET_PROTOCOL(ddp);
PACKET_PROTOCOL(aarp);
PACKET_PROTOCOL(decnet);

/* ------------------------------------------------------------------ checksums */

/* An Internet checksum (RFC 1071) over a layer. */
struct packet_sum {
	uint32_t field;		 /* where it stands, from the layer's first byte */
	uint32_t length;	 /* how many bytes are summed, from the layer's first byte */
	uint8_t pseudo_protocol; /* the IP protocol in the pseudo-header; 0: there is none */
	uint32_t pseudo_length;	 /* the length in it */
	bool never_zero;	 /* a sum of 0 is sent as all ones */
};

/* Good or bad with *expected (may be NULL) filled in, or unknown when bytes are missing. */
enum packet_checksum packet_verify_sum(const struct packet *p, const struct packet_layer *l,
				       const struct packet_sum *sum, uint32_t *expected);

/* Whether all of the IP packet that the layer is in was sent here: no fragment, no cut. */
bool packet_is_whole(const struct packet *p, const struct packet_layer *l);

/*
 * Whether a layer without a length of its own, whose pseudo-header has one, goes to the end of its
 * IP packet, so that it is known. Unlike packet_is_whole() the capture may have cut it: a checksum
 * over a part of it can be verified all the same.
 */
bool packet_has_its_length(const struct packet *p, const struct packet_layer *l);

/* Whether the device was to fill in the layer's checksum. */
static inline bool packet_is_offloaded(const struct packet *p, const struct packet_layer *l)
{
	return p->flags & PACKET_CHECKSUM_OFFLOADED && !l->quoted;
}

/* ------------------------------------------------------------------ X.25 and AX.25 */

/* The control field of LAPB and AX.25: x25/hdlc.c. */
const char *packet_name_hdlc(uint8_t frame);
bool packet_decode_hdlc(struct decoder *d, struct packet_hdlc *out);
bool packet_decode_frmr(struct decoder *d, struct packet_frmr *out);
void packet_show_hdlc(struct packet_view *v, const struct packet_hdlc *h, uint32_t at);
void packet_show_frmr(struct packet_view *v, const struct packet_frmr *f, uint32_t at);
void packet_line_hdlc(struct packet_out *out, const struct packet_hdlc *h);
void packet_line_frmr(struct packet_out *out, const struct packet_frmr *f);

/* The packet layer of X.25, which ROSE has too; `x` is a member of the open layer. */
void packet_decode_plp(struct decoder *d, struct packet_x25 *x);
/* Of a facility that it knows it shows the parameter. `marker` is that of the last marker. */
typedef bool (*packet_facility_shower)(struct packet_view *v, const struct packet_x25_facility *f,
				       uint8_t marker);
void packet_show_plp(struct packet_view *v, const struct packet_layer *l,
		     const struct packet_x25 *x, packet_facility_shower own);
void packet_line_plp(struct packet_out *out, const struct packet_layer *l,
		     const struct packet_x25 *x);
void packet_walk_plp(struct packet_walk *walk, const struct packet_x25 *x);

#endif
