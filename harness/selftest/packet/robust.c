/* SPDX-License-Identifier: MIT */
/*
 * What must hold for any bytes: the decoder survives them, and whatever it shows lies inside them.
 * Tried with every golden packet cut at every byte, and with every byte of it changed in turn. Each
 * is decoded from a block of just its size, so that the address sanitizer sees a byte too many.
 */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct watch {
	const struct packet *p;
	uint64_t fields;
	bool outside;	/* a field has bytes that were not captured */
	bool shapeless; /* no name, or a depth that leaves a level out */
	unsigned int depth;
};

static int watch_field(void *context, const struct packet_field *f)
{
	struct watch *w = context;

	w->fields++;
	if (f->offset > w->p->captured || f->length > w->p->captured - f->offset)
		w->outside = true;
	if (f->name == NULL || f->value == NULL || f->depth > w->depth + 1 ||
	    f->layer >= w->p->layers || (w->fields == 1 && f->depth != 0))
		w->shapeless = true;
	w->depth = f->depth;
	return 0;
}

/*
 * Whether every captured byte is in a layer. An ICMP extension stands behind the quote, the FCS of
 * RFCOMM behind its data.
 */
static bool covered(const struct packet *p)
{
	bool seen[GOLDEN_BYTES_MAX] = {false};

	for (unsigned int i = 0; i < p->layers; i++) {
		const struct packet_layer *l = &p->layer[i];
		uint32_t end = l->offset + l->header_captured;

		if ((l->kind == PACKET_ICMP && l->icmp.extension_offset != 0) ||
		    (l->kind == PACKET_ICMPV6 && l->icmpv6.extension_offset != 0) ||
		    l->kind == PACKET_RFCOMM)
			end = l->offset + l->length;
		for (uint32_t at = l->offset; at < end && at < p->captured; at++)
			seen[at] = true;
	}
	for (uint32_t at = 0; at < p->captured; at++) {
		if (!seen[at])
			return false;
	}
	return true;
}

/* Layers stand inside the packet, none reaches back before the one in front of it. */
static bool in_order(const struct packet *p)
{
	for (unsigned int i = 0; i < p->layers; i++) {
		const struct packet_layer *l = &p->layer[i];

		if (l->header_captured > l->header_length || l->offset > p->captured ||
		    l->header_captured > p->captured - l->offset)
			return false;
		if (i > 0 && l->offset < p->layer[i - 1].offset)
			return false;
	}
	return p->layers <= PACKET_LAYERS_MAX;
}

extern const struct walk_check *const __start_sockatlas_walks[];
extern const struct walk_check *const __stop_sockatlas_walks[];

/* Whether all that a walk over the layer's list gives out was captured. */
static bool walks_inside(const struct packet *p, const struct packet_layer *l)
{
	const struct walk_check *const *check = __start_sockatlas_walks;

	for (; check < __stop_sockatlas_walks; check++) {
		struct packet_walk walk = packet_walk(p, l);

		if ((*check)->kind != l->kind)
			continue;
		if (!(*check)->inside(p, &walk) || walk.next > walk.end)
			return false;
	}
	return true;
}

/* Decodes and prints in every way; false with a line about what does not hold. */
static bool holds(const uint8_t *bytes, size_t captured, size_t original, const struct golden *g,
		  const char *about)
{
	static char shown[200000];
	struct packet p;
	struct watch w = {.p = &p};
	int outcome = packet_decode(&p, bytes, captured, original, g->link_type,
				    g->flags | PACKET_VERIFY_CHECKSUMS);
	const char *fault = NULL;
	bool inside = true;

	for (unsigned int i = 0; i < p.layers; i++)
		inside &= walks_inside(&p, &p.layer[i]);
	packet_visit(&p, watch_field, &w);
	if (outcome != p.outcome || outcome < PACKET_COMPLETE || outcome > PACKET_MALFORMED)
		fault = "the outcome is none";
	else if (outcome == PACKET_COMPLETE && captured < original)
		fault = "complete, though cut";
	else if (outcome != PACKET_COMPLETE && p.problem.text == NULL)
		fault = "no word about the problem";
	else if (!inside)
		fault = "a list goes on outside the packet";
	else if (w.outside)
		fault = "a field lies outside the packet";
	else if (w.shapeless)
		fault = "a field without a name, or at the wrong depth";
	else if (!in_order(&p))
		fault = "layers out of order, or outside the packet";
	else if (outcome == PACKET_COMPLETE && !p.too_deep && !covered(&p))
		fault = "complete, but some bytes have no place";
	else if (packet_line(&p, shown, sizeof(shown)) >= sizeof(shown) ||
		 packet_text(&p, shown, sizeof(shown)) >= sizeof(shown) ||
		 packet_json(&p, 0, shown, sizeof(shown)) >= sizeof(shown))
		fault = "a text without end";
	if (fault == NULL)
		return true;
	packet_line(&p, shown, sizeof(shown));
	printf("     %s, %zu of %zu bytes: %s: %s\n", about, captured, original, fault, shown);
	return false;
}

SELFTEST(packet_cut_at_every_byte)
{
	unsigned int failures = 0;

	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			const struct golden_packet *golden = &g->packet[i];

			for (size_t n = 0; n <= golden->blob.length; n++) {
				uint8_t *bytes = golden_copy(golden->blob.bytes, n);

				/* cut by the capture, and a packet that was that short */
				failures += !holds(bytes, n, golden->blob.length, g, golden->about);
				failures += !holds(bytes, n, n, g, golden->about);
				free(bytes);
				/* long payloads say nothing new */
				if (n > 300 && n + 300 < golden->blob.length)
					n += 97;
			}
		}
	}
	CU_ASSERT_EQUAL(failures, 0);
}

/* Every byte of every golden packet, with a few values that lengths and types are sensitive to. */
SELFTEST(packet_with_every_byte_changed)
{
	static const uint8_t changes[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
	unsigned int failures = 0;

	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			const struct golden_packet *golden = &g->packet[i];
			size_t n = golden->captured;
			uint8_t *bytes = golden_copy(golden->blob.bytes, n);

			for (size_t at = 0; at < n && at < 250; at++) {
				uint8_t kept = bytes[at];

				for (size_t k = 0; k < sizeof(changes) + 8; k++) {
					bytes[at] =
						k < sizeof(changes)
							? changes[k]
							: (uint8_t)(kept ^
								    1u << (k - sizeof(changes)));
					failures += !holds(bytes, n, golden->blob.length, g,
							   golden->about);
				}
				bytes[at] = kept;
			}
			free(bytes);
		}
	}
	CU_ASSERT_EQUAL(failures, 0);
}

/* Bytes without any plan, behind each link type; the same ones every time. */
SELFTEST(packet_of_random_bytes)
{
	static const uint32_t link_types[] = {1,   3,	101, 113, 114, 187, 201, 202, 207,
					      227, 228, 229, 253, 254, 271, 276, 147};
	static const size_t kinds = sizeof(link_types) / sizeof(link_types[0]);
	static struct golden g;
	uint32_t state = 1;
	unsigned int failures = 0;

	for (int round = 0; round < 60000; round++) {
		size_t n = (size_t)round % 120;
		uint8_t random[120] = {0}, *bytes;

		for (size_t i = 0; i < n; i++) {
			state = state * 1664525 + 1013904223;
			random[i] = (uint8_t)(state >> 24);
		}
		/* an IP header that gets past the first check, most of the time */
		if (n > 40 && round % 4 != 0)
			random[0] = round % 8 < 4 ? 0x45 : 0x60;
		g.link_type = link_types[(size_t)round % kinds];
		g.flags = round / (int)kinds % 2 != 0 ? PACKET_CAN_ISOTP : PACKET_CAN_J1939;
		bytes = golden_copy(random, n);
		failures += !holds(bytes, n, n + (size_t)(round % 3), &g, "random bytes");
		free(bytes);
	}
	CU_ASSERT_EQUAL(failures, 0);
}
