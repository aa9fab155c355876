/* SPDX-License-Identifier: MIT */
#include "reports/decode/dump.h"

enum {
	ROW = 16,
	NO_LAYER = PACKET_LAYERS_MAX,
};

#define INDENT	  "  "
#define WRONG	  "\033[1;37;41m"
#define NO_OFFSET "        " /* as wide as INDENT, an offset and its two spaces */

const char *dump_color(unsigned int layer)
{
	/* Red is for what is wrong. */
	static const char *const colors[] = {"\033[36m", "\033[33m", "\033[32m",
					     "\033[35m", "\033[34m", "\033[96m"};

	return colors[layer % (sizeof(colors) / sizeof(colors[0]))];
}

/*
 * The layer that a byte is in: the innermost that has it, as a length field that is too small can
 * make headers overlap.
 */
static unsigned int layer_at(const struct packet *p, uint32_t offset)
{
	unsigned int found = NO_LAYER;

	for (unsigned int i = 0; i < p->layers; i++) {
		const struct packet_layer *l = &p->layer[i];

		if (offset >= l->offset && offset - l->offset < l->header_captured)
			found = i;
	}
	return found;
}

static bool contradicts(const struct packet *p, uint32_t offset)
{
	const struct packet_problem *problem = &p->problem;

	return problem->text != NULL && p->outcome != PACKET_TRUNCATED &&
	       offset >= problem->offset && offset - problem->offset < problem->length;
}

struct row {
	const struct packet *p;
	uint32_t start;
	unsigned int count;
	uint8_t layer[ROW];
	bool wrong[ROW];
};

/* Four digits, or five of the largest packets that capture files have. */
static void put_offset(struct packet_out *out, uint32_t offset)
{
	packet_put(out, INDENT);
	packet_put_hex(out, offset, 4);
	packet_put(out, offset >= 0x10000 ? " " : "  ");
}

/* Changes to the colour of a byte, or (i == count) to none. */
static void put_color(struct packet_out *out, const struct row *r, unsigned int i)
{
	bool same = i > 0 && i < r->count && r->layer[i] == r->layer[i - 1] &&
		    r->wrong[i] == r->wrong[i - 1];

	if (same)
		return;
	if (i > 0 && (r->wrong[i - 1] || r->layer[i - 1] != NO_LAYER))
		packet_put(out, DUMP_COLOR_END);
	if (i < r->count && r->wrong[i])
		packet_put(out, WRONG);
	else if (i < r->count && r->layer[i] != NO_LAYER)
		packet_put(out, dump_color(r->layer[i]));
}

static void put_row(struct packet_out *out, const struct row *r, bool color)
{
	const uint8_t *bytes = r->p->bytes + r->start;

	put_offset(out, r->start);
	for (unsigned int i = 0; i < r->count; i++) {
		if (color)
			put_color(out, r, i);
		packet_put_hex(out, bytes[i], 2);
		packet_put(out, i == ROW / 2 - 1 ? "  " : " ");
	}
	if (color)
		put_color(out, r, r->count);
	for (unsigned int i = r->count; i < ROW; i++)
		packet_put(out, i == ROW / 2 - 1 ? "    " : "   ");
	packet_put_char(out, ' ');
	for (unsigned int i = 0; i < r->count; i++) {
		if (color)
			put_color(out, r, i);
		packet_put_char(out, bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char)bytes[i] : '.');
	}
	if (color)
		put_color(out, r, r->count);
	packet_put_char(out, '\n');
}

/* Whether a byte continues what the one before it is marked as. */
static bool goes_on(const struct row *r, unsigned int i)
{
	return i > 0 && i < r->count && r->layer[i] == r->layer[i - 1] && !r->wrong[i] &&
	       !r->wrong[i - 1];
}

/* The line under a row. */
static void put_marks(struct packet_out *out, const struct row *r)
{
	char marks[ROW * 3 + 1];
	size_t used = 0;

	for (unsigned int i = 0; i < r->count; i++) {
		bool inside = goes_on(r, i);
		char line = r->layer[i] == NO_LAYER ? ' ' : '-';

		if (i > 0)
			marks[used++] = inside ? line : ' ';
		if (i == ROW / 2)
			marks[used++] = inside ? line : ' ';
		marks[used] = inside || line == ' ' ? line : (char)('a' + r->layer[i]);
		marks[used + 1] = line;
		if (r->wrong[i])
			marks[used] = marks[used + 1] = '^';
		used += 2;
	}
	while (used > 0 && marks[used - 1] == ' ')
		used--;
	if (used == 0)
		return;
	packet_put(out, NO_OFFSET);
	packet_put_bytes(out, marks, used);
	packet_put_char(out, '\n');
}

static void put_legend(struct packet_out *out, const struct packet *p, bool color)
{
	packet_put(out, " ");
	for (unsigned int i = 0; i < p->layers; i++) {
		packet_put_char(out, ' ');
		if (color) {
			packet_put(out, dump_color(i));
		} else {
			packet_put_char(out, (char)('a' + i));
			packet_put_char(out, ' ');
		}
		if (p->layer[i].quoted)
			packet_put(out, "quoted ");
		packet_put(out, packet_kind_name(p->layer[i].kind));
		if (color)
			packet_put(out, DUMP_COLOR_END);
		packet_put(out, i + 1 < p->layers ? " " : "");
	}
	if (p->problem.text != NULL && p->outcome != PACKET_TRUNCATED && p->problem.length > 0)
		packet_put(out,
			   color ? "  " WRONG "contradicts" DUMP_COLOR_END : "  ^^ contradicts");
	packet_put_char(out, '\n');
}

void dump_packet(struct packet_out *out, const struct packet *p, bool color)
{
	struct row r = {.p = p};

	if (p->captured == 0)
		return;
	put_legend(out, p, color);
	for (r.start = 0; r.start < p->captured; r.start += ROW) {
		uint32_t left = p->captured - r.start;

		r.count = left < ROW ? left : ROW;
		for (unsigned int i = 0; i < r.count; i++) {
			r.layer[i] = (uint8_t)layer_at(p, r.start + i);
			r.wrong[i] = contradicts(p, r.start + i);
		}
		put_row(out, &r, color);
		if (!color)
			put_marks(out, &r);
	}
}
