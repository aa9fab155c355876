/* SPDX-License-Identifier: MIT */
/*
 * Expects a packet on a host's links by its decoded fields. Fields have the names that
 * `atlas decode --format tree` prints.
 *
 *     struct wire *wire = wire_open("b");
 *     ... calls ...
 *     EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", 9000),
 *		     FIELD("IPv4", "Time to Live", 5), NO_LAYER("Destination Options"));
 *
 * The first packet that has all that WHICH() says is the one that is looked at; others are
 * passed over. What else is listed must then be so in it. Without any WHICH() the first packet
 * that has everything will do. The deadline is SOON_MS.
 *
 * A failure says which field of which packet differs: of the one that is looked at, or, when
 * none came, of the nearest, which is the one that had most of the fields.
 */
#ifndef SOCKATLAS_EXPECT_PACKET_H
#define SOCKATLAS_EXPECT_PACKET_H

#include <stdint.h>

#include "harness/capture/wire.h"
#include "harness/expect.h"

struct packet_wanted {
	const char *protocol; /* a layer's name: "TCP"; quoted layers do not count */
	const char *name;     /* of its first field of this name; NULL: the layer itself */
	const char *text;     /* the field's value as text, or NULL: */
	uint64_t number;      /* as a number */
	bool selects;	      /* WHICH() */
	bool absent;	      /* there must be no such field or layer */
};

/* The value is a number. */
#define WHICH(protocol, name, number)                                                              \
	((struct packet_wanted){protocol, name, NULL, (uint64_t)(number), true, false})
#define FIELD(protocol, name, number)                                                              \
	((struct packet_wanted){protocol, name, NULL, (uint64_t)(number), false, false})
/* The value is shown as this text: "192.0.2.1". */
#define WHICH_TEXT(protocol, name, text)                                                           \
	((struct packet_wanted){protocol, name, text, 0, true, false})
#define FIELD_TEXT(protocol, name, text)                                                           \
	((struct packet_wanted){protocol, name, text, 0, false, false})
#define NO_FIELD(protocol, name) ((struct packet_wanted){protocol, name, NULL, 0, false, true})
/* The packet has such a layer, or not. */
#define WHICH_LAYER(protocol) ((struct packet_wanted){protocol, NULL, NULL, 0, true, false})
#define LAYER(protocol)	      ((struct packet_wanted){protocol, NULL, NULL, 0, false, false})
#define NO_LAYER(protocol)    ((struct packet_wanted){protocol, NULL, NULL, 0, false, true})

/* The packet, valid until the next look at this wire; NULL when the expectation failed. */
#define EXPECT_PACKET(wire, ...)                                                                   \
	expect_packet(EXPECT_AT("packet: " #__VA_ARGS__, false), wire,                             \
		      (const struct packet_wanted[]){__VA_ARGS__},                                 \
		      sizeof((const struct packet_wanted[]){__VA_ARGS__}) /                        \
			      sizeof(struct packet_wanted))
#define REQUIRE_PACKET(wire, ...)                                                                  \
	require_packet(EXPECT_AT("packet: " #__VA_ARGS__, true), wire,                             \
		       (const struct packet_wanted[]){__VA_ARGS__},                                \
		       sizeof((const struct packet_wanted[]){__VA_ARGS__}) /                       \
			       sizeof(struct packet_wanted))

const struct packet *expect_packet(struct expect_at at, struct wire *wire,
				   const struct packet_wanted *wanted, size_t count);
const struct packet *require_packet(struct expect_at at, struct wire *wire,
				    const struct packet_wanted *wanted, size_t count)
	__attribute__((returns_nonnull));

#endif
