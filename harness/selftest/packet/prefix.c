/* SPDX-License-Identifier: MIT */
/*
 * A capture that cuts a packet takes fields away; it never changes one. Every field that is shown
 * of a golden packet cut at any byte is there in the whole packet too, at the same place, with the
 * same number; and every header field of the whole packet that ends before the cut is still shown.
 */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <stdio.h>
#include <string.h>

#define FIELDS_MAX 4096

struct seen {
	const struct packet *p;
	size_t count;
	struct {
		char name[48];
		const char *protocol;
		uint64_t number;
		bool always; /* it is no part of an option, which has to be there whole, and of a
				protocol that is not guessed from its first bytes */
		uint32_t offset, length, mask;
	} field[FIELDS_MAX];
};

/*
 * Protocols that no field in front announces: what is there tells, and where too little is there
 * it is data.
 */
static bool is_guessed(uint8_t kind)
{
	return kind == PACKET_DNS || kind == PACKET_DHCP || kind == PACKET_RFCOMM;
}

static int see(void *context, const struct packet_field *f)
{
	struct seen *s = context;
	const struct packet_layer *l = &s->p->layer[f->layer];

	if (s->count == FIELDS_MAX)
		return 1;
	snprintf(s->field[s->count].name, sizeof(s->field[0].name), "%s", f->name);
	s->field[s->count].protocol = f->protocol;
	s->field[s->count].number = f->has_number ? f->number : 0;
	s->field[s->count].always = f->depth <= 1 && !l->quoted && !is_guessed(l->kind);
	s->field[s->count].offset = f->offset;
	s->field[s->count].length = f->length;
	s->field[s->count].mask = f->mask;
	s->count++;
	return 0;
}

/* Fields that go to the end of what is there, and so grow with it. */
static bool grows(const struct seen *s, size_t i)
{
	const char *name = s->field[i].name;

	return strcmp(name, s->field[i].protocol) == 0 || strcmp(name, "Data") == 0 ||
	       strcmp(name, "Padding") == 0 || strcmp(name, "Extension") == 0 ||
	       strcmp(name, "Cut off here") == 0 || strcmp(name, "Not decodable") == 0;
}

static bool has(const struct seen *in, const struct seen *of, size_t i)
{
	for (size_t k = 0; k < in->count; k++) {
		if (in->field[k].offset == of->field[i].offset &&
		    in->field[k].length == of->field[i].length &&
		    in->field[k].mask == of->field[i].mask &&
		    in->field[k].number == of->field[i].number &&
		    strcmp(in->field[k].name, of->field[i].name) == 0)
			return true;
	}
	return false;
}

static unsigned int compare_cut(const struct golden *g, size_t index, const struct seen *whole,
				size_t cut)
{
	const struct golden_packet *golden = &g->packet[index];
	static struct seen part;
	struct packet p;
	unsigned int different = 0;

	packet_decode(&p, golden->blob.bytes, cut, golden->blob.length, g->link_type, g->flags);
	part.count = 0;
	part.p = &p;
	packet_visit(&p, see, &part);
	for (size_t i = 0; i < part.count; i++) {
		if (grows(&part, i) || has(whole, &part, i))
			continue;
		printf("     %s, cut at %zu: %s at %u is not so in the whole packet\n",
		       golden->about, cut, part.field[i].name, part.field[i].offset);
		different++;
	}
	for (size_t i = 0; i < whole->count; i++) {
		if (!whole->field[i].always || grows(whole, i) ||
		    whole->field[i].offset + whole->field[i].length > cut || has(&part, whole, i))
			continue;
		printf("     %s, cut at %zu: %s at %u is gone\n", golden->about, cut,
		       whole->field[i].name, whole->field[i].offset);
		different++;
	}
	return different;
}

SELFTEST(packet_cut_changes_no_field)
{
	static struct seen whole;
	unsigned int different = 0;

	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			const struct golden_packet *golden = &g->packet[i];
			size_t length = golden->blob.length;
			struct packet p;

			packet_decode(&p, golden->blob.bytes, length, length, g->link_type,
				      g->flags);
			whole.count = 0;
			whole.p = &p;
			packet_visit(&p, see, &whole);
			for (size_t cut = 0; cut < length && cut < 200; cut++)
				different += compare_cut(g, i, &whole, cut);
		}
	}
	CU_ASSERT_EQUAL(different, 0);
}
