/* SPDX-License-Identifier: MIT */
/*
 * The golden packets: how they are made, and where they are kept.
 *
 * Every capture of fixtures/packets/ is made by the functions of golden_*.c: they put
 * packets together field by field, with a second implementation of lengths and checksums, so that
 * what is expected of the decoder does not come from the decoder. NAME.json beside NAME.pcap is
 * the expected decoding, with a line about what each packet is there for.
 *
 * To add a packet: add it to its function, run `SOCKATLAS_GOLDEN=write build/selftest
 * packet_golden`, read the difference of the JSON file against the specification, and keep it only
 * if it is right.
 */
#ifndef SOCKATLAS_SELFTEST_PACKET_GOLDEN_H
#define SOCKATLAS_SELFTEST_PACKET_GOLDEN_H

#include "harness/packet/packet.h"
#include "harness/selftest/selftest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GOLDEN_BYTES_MAX   4096
#define GOLDEN_PACKETS_MAX 64

/* Bytes that grow at the end; a value, so that packets are built inside out. */
struct blob {
	size_t length;
	uint8_t bytes[GOLDEN_BYTES_MAX];
};

struct golden_packet {
	const char *about;
	struct blob blob;
	size_t captured; /* bytes that the capture kept */
};

struct golden {
	uint32_t link_type;
	unsigned int flags; /* for packet_decode() */
	size_t count;
	struct golden_packet packet[GOLDEN_PACKETS_MAX];
};

struct golden_capture {
	const char *name;
	void (*make)(struct golden *out);
};

/*
 * GOLDEN(name) { golden_add(g, ...); ... }: one capture, fixtures/packets/NAME.pcap and .json,
 * found by the linker section.
 */
#define GOLDEN(capture)                                                                            \
	static void golden_##capture(struct golden *g);                                            \
	static const struct golden_capture golden_capture_##capture = {#capture,                   \
								       golden_##capture};          \
	static const struct golden_capture *const golden_pointer_##capture SELFTEST_NO_REDZONE     \
		__attribute__((used, section("sockatlas_goldens"))) = &golden_capture_##capture;   \
	static void golden_##capture(struct golden *g)

extern const struct golden_capture *const __start_sockatlas_goldens[];
extern const struct golden_capture *const __stop_sockatlas_goldens[];
#define golden_captures __start_sockatlas_goldens

static inline size_t golden_capture_count(void)
{
	return (size_t)(__stop_sockatlas_goldens - __start_sockatlas_goldens);
}

/* Makes all packets of a capture, in memory of its own until the next call. */
const struct golden *golden_make(const struct golden_capture *capture);

/* One packet more, whole or with only `captured` bytes kept. */
void golden_add(struct golden *g, const char *about, struct blob packet);
void golden_add_cut(struct golden *g, const char *about, struct blob packet, size_t captured);

/* "02 00:00..." as bytes; spaces and colons are passed over. */
struct blob hex(const char *digits);
struct blob text(const char *string);
/* `count` times the byte. */
struct blob fill(uint8_t byte, size_t count);
struct blob join(struct blob first, struct blob second);
/* Some bytes replaced, everything else left as it is. */
struct blob poke(struct blob blob, size_t offset, const char *bytes);

/* The frame around a packet: from 02:00:00:00:00:01 to ...:02. */
struct blob ethernet(unsigned int type, struct blob payload);

/* Members that are 0 are filled in rightly; ZERO is a 0 that is meant. */
#define ZERO (-1)

struct ipv4_parts {
	struct blob payload;
	int protocol;
	const char *options; /* in hexadecimal, padded with zeros to 4 bytes */
	int version, ihl, tos, total_length, id, flags_and_offset, ttl, checksum;
	const char *source, *destination; /* in hexadecimal: 192.0.2.1 and 192.0.2.2 */
};
struct blob ipv4_of(struct ipv4_parts parts);
#define ipv4(...) ipv4_of((struct ipv4_parts){__VA_ARGS__})

struct ipv6_parts {
	struct blob payload;
	int next_header;
	int version, traffic_class, flow_label, payload_length, hop_limit;
	const char *source, *destination; /* 2001:db8::1 and 2001:db8::2 */
};
struct blob ipv6_of(struct ipv6_parts parts);
#define ipv6(...) ipv6_of((struct ipv6_parts){__VA_ARGS__})

/* Transport over IPv4, or IPv6 when `ipv6` is set; between the same addresses. */
struct udp_parts {
	struct blob payload;
	bool ipv6;
	int source, destination, length, checksum;
	const char *from, *to;
};
struct blob udp_of(struct udp_parts parts);
#define udp(...) udp_of((struct udp_parts){__VA_ARGS__})

struct tcp_parts {
	struct blob payload;
	bool ipv6;
	const char *options;
	int source, destination, data_offset, flags, window, checksum, urgent;
	uint32_t sequence, acknowledgment;
	const char *from, *to;
};
struct blob tcp_of(struct tcp_parts parts);
#define tcp(...) tcp_of((struct tcp_parts){__VA_ARGS__})

/*
 * A right checksum at `field` of a transport header between the usual addresses, over its first
 * `covered` bytes and a pseudo-header with the length of all of it.
 */
struct blob with_checksum(struct blob b, size_t field, size_t covered, int protocol, bool ipv6);

/* Type, code, a right checksum, and the rest of the message. */
struct blob icmp(int type, int code, struct blob rest);
struct blob icmpv6(int type, int code, struct blob rest, const char *source,
		   const char *destination);
/* As icmp(), for IGMP: type, max resp code. */
struct blob igmp(int type, int code, struct blob rest);

/* Whole frames of the usual kind. */
struct blob frame_udp4(const char *ip_options, const char *payload);
struct blob frame_tcp4(int flags, const char *options);

/*
 * WALK_INSIDE(kind) { while (packet_..._next(walk, &item)) ...; return ...; }: whether all that a
 * walk over the list of a layer of that kind gives out is inside the captured bytes of `p`. Asked
 * of every packet that the robustness tests make.
 */
struct walk_check {
	enum packet_kind kind;
	bool (*inside)(const struct packet *p, struct packet_walk *walk);
};
#define WALK_INSIDE(KIND)                                                                          \
	static bool walk_inside_##KIND(const struct packet *p, struct packet_walk *walk);          \
	static const struct walk_check walk_check_##KIND = {KIND, walk_inside_##KIND};             \
	static const struct walk_check *const walk_pointer_##KIND SELFTEST_NO_REDZONE              \
		__attribute__((used, section("sockatlas_walks"))) = &walk_check_##KIND;            \
	static bool walk_inside_##KIND(const struct packet *p, struct packet_walk *walk)

/* A copy in a block of just that size, to be freed; ends the program without memory. */
uint8_t *golden_copy(const uint8_t *bytes, size_t length);

#endif
