/* SPDX-License-Identifier: MIT */
/*
 * The fields that tshark and this library both have, a table a family of protocols; see tshark.c.
 */
#ifndef SOCKATLAS_SELFTEST_PACKET_TSHARK_H
#define SOCKATLAS_SELFTEST_PACKET_TSHARK_H

#include "harness/packet/packet.h"
#include "harness/selftest/selftest.h"

/* What tshark shows of a field, in terms of ours. */
enum tshark_how {
	NUMBER,
	WORDS,	  /* tshark counts bytes, our field words of 4 */
	EIGHTS,	  /* tshark counts units of 8, we bytes */
	TEXT,	  /* the same text */
	CHECKSUM, /* 1 good, 0 bad, others: cannot be told */
};

/*
 * Of a field that stands in a packet more than once the first one is compared. Where a packet is
 * broken on purpose the two may stop at different places, so a field has to agree only if both
 * have it; in a whole packet both must have it.
 */
struct tshark_field {
	const char *tshark;
	const char *protocol; /* ours, as packet_visit() names both */
	const char *name;
	enum tshark_how how;
};

/* Flags of packet_decode() that tshark is told about with options. */
#define TSHARK_FLAGS ((unsigned int)PACKET_CAN_ISOTP | (unsigned int)PACKET_CAN_J1939)

struct tshark_table {
	const uint32_t *link_types; /* ends with 0; on all golden packets of these link types */
	unsigned int flags;	    /* that have these flags of TSHARK_FLAGS: a run of its own */
	const struct tshark_field *fields;
	size_t count;
	const char *options; /* more of them for tshark, or NULL */
	/*
	 * Where tshark has another idea of the specification, or shows something else than the
	 * field: each with its reason in a comment. May be NULL.
	 */
	bool (*known_difference)(const struct tshark_field *f, const struct packet *p);
	/*
	 * What tshark shows only of one kind of message, while we have the name in several, or of
	 * messages whose type it does not know: fine when only we have it. May be NULL.
	 */
	bool (*only_ours)(const struct tshark_field *f, const struct packet *p);
};

/* TSHARK_TABLE(name) = {...}; found by the linker section. */
#define TSHARK_TABLE(table)                                                                        \
	static const struct tshark_table tshark_##table;                                           \
	static const struct tshark_table *const tshark_pointer_##table SELFTEST_NO_REDZONE         \
		__attribute__((used, section("sockatlas_tsharks"))) = &tshark_##table;             \
	static const struct tshark_table tshark_##table

/* One packet that both decode. */
struct tshark_packet {
	uint32_t link_type;
	unsigned int flags; /* of packet_decode() */
	const uint8_t *bytes;
	uint32_t captured, original;
	const char *capture, *about; /* where it is from, for messages */
};

struct tshark_counts {
	size_t packets;	  /* that both decoded */
	size_t fields;	  /* that both found in them */
	size_t different; /* fields; each was printed */
};

bool tshark_is_there(void);

/*
 * Has tshark decode the packets of all link types that tables are for, and compares. False when
 * this tshark does not know one of the fields.
 */
bool tshark_compare(const struct tshark_packet *packets, size_t count,
		    struct tshark_counts *counts);

#endif
