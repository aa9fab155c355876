/* SPDX-License-Identifier: MIT */
#include "harness/selftest/packet/holds.h"

#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"

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
	uint32_t up_to = 0;

	for (unsigned int i = 0; i < p->layers; i++) {
		const struct packet_layer *l = &p->layer[i];
		uint32_t end = l->offset + l->header_captured;

		if ((l->kind == PACKET_ICMP && l->icmp.extension_offset != 0) ||
		    (l->kind == PACKET_ICMPV6 && l->icmpv6.extension_offset != 0) ||
		    l->kind == PACKET_RFCOMM)
			end = l->offset + l->length;
		if (l->offset > up_to)
			return false;
		if (end > up_to)
			up_to = end;
	}
	return up_to >= p->captured;
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

const char *packet_fault_of(const uint8_t *bytes, size_t captured, size_t original,
			    uint32_t link_type, unsigned int flags, unsigned int ways)
{
	static char shown[1 << 20];
	struct packet p;
	struct watch w = {.p = &p};
	int outcome = packet_decode(&p, bytes, captured, original, link_type,
				    flags | PACKET_VERIFY_CHECKSUMS);
	bool inside = true;

	for (unsigned int i = 0; i < p.layers; i++)
		inside &= walks_inside(&p, &p.layer[i]);
	packet_visit(&p, watch_field, &w);
	if (outcome != p.outcome || outcome < PACKET_COMPLETE || outcome > PACKET_MALFORMED)
		return "the outcome is none";
	if (outcome == PACKET_COMPLETE && captured < original)
		return "complete, though cut";
	if (outcome != PACKET_COMPLETE && p.problem.text == NULL)
		return "no word about the problem";
	if (!inside)
		return "a list goes on outside the packet";
	if (w.outside)
		return "a field lies outside the packet";
	if (w.shapeless)
		return "a field without a name, or at the wrong depth";
	if (!in_order(&p))
		return "layers out of order, or outside the packet";
	if (outcome == PACKET_COMPLETE && !p.too_deep && !covered(&p))
		return "complete, but some bytes have no place";
	if ((ways & HOLDS_LINE && packet_line(&p, shown, sizeof(shown)) >= sizeof(shown)) ||
	    (ways & HOLDS_TEXT && packet_text(&p, shown, sizeof(shown)) >= sizeof(shown)) ||
	    (ways & HOLDS_JSON && packet_json(&p, 0, shown, sizeof(shown)) >= sizeof(shown)))
		return "a text without end";
	return NULL;
}
