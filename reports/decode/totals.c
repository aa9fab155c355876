/* SPDX-License-Identifier: MIT */
#include "reports/decode/totals.h"

void totals_add(struct totals *totals, const struct packet *p)
{
	bool bad = false;

	totals->packets++;
	totals->captured_bytes += p->captured;
	totals->original_bytes += p->original;
	totals->outcomes[p->outcome]++;
	for (unsigned int i = 0; i < p->layers; i++) {
		const struct packet_layer *l = &p->layer[i];

		if (l->quoted)
			continue;
		bad = bad || l->checksum == PACKET_CHECKSUM_BAD;
		if (packet_find(p, l->kind) == l)
			totals->kinds[l->kind]++;
	}
	totals->bad_checksums += bad;
}

static void put_row(struct packet_out *out, const char *name, uint64_t number)
{
	size_t width = 24, length = strlen(name);

	packet_put(out, "  ");
	packet_put(out, name);
	for (; length < width; length++)
		packet_put_char(out, ' ');
	packet_put_char(out, ' ');
	packet_put_number(out, number);
	packet_put_char(out, '\n');
}

void totals_text(struct packet_out *out, const void *totals)
{
	const struct totals *t = totals;

	packet_put(out, "summary\n");
	put_row(out, "packets", t->packets);
	put_row(out, "bytes on the wire", t->original_bytes);
	put_row(out, "bytes captured", t->captured_bytes);
	for (unsigned int i = 0; i <= PACKET_MALFORMED; i++)
		put_row(out, packet_outcome_name((enum packet_outcome)i), t->outcomes[i]);
	put_row(out, "with a bad checksum", t->bad_checksums);
	packet_put(out, "packets with\n");
	for (unsigned int i = 0; i < PACKET_KINDS; i++) {
		if (t->kinds[i] > 0)
			put_row(out, packet_kind_name((enum packet_kind)i), t->kinds[i]);
	}
}

static void put_member(struct packet_out *out, const char *name, uint64_t number,
		       const char **before)
{
	packet_put(out, *before);
	*before = ", ";
	packet_put_char(out, '"');
	packet_put(out, name);
	packet_put(out, "\": ");
	packet_put_number(out, number);
}

void totals_json(struct packet_out *out, const void *totals)
{
	const struct totals *t = totals;
	const char *before = "{\"summary\": {";

	put_member(out, "packets", t->packets, &before);
	put_member(out, "original", t->original_bytes, &before);
	put_member(out, "captured", t->captured_bytes, &before);
	for (unsigned int i = 0; i <= PACKET_MALFORMED; i++)
		put_member(out, packet_outcome_name((enum packet_outcome)i), t->outcomes[i],
			   &before);
	put_member(out, "bad_checksum", t->bad_checksums, &before);
	before = ", \"protocols\": {";
	for (unsigned int i = 0; i < PACKET_KINDS; i++) {
		if (t->kinds[i] > 0)
			put_member(out, packet_kind_name((enum packet_kind)i), t->kinds[i],
				   &before);
	}
	packet_put(out, t->packets > 0 ? "}}}" : ", \"protocols\": {}}}");
}
