/* SPDX-License-Identifier: MIT */
/* A packet as a line and as a tree. */
#include "harness/packet/internal.h"

static void put_problem(struct packet_out *out, const struct packet *p)
{
	const struct packet_problem *problem = &p->problem;

	if (problem->text == NULL)
		return;
	for (const char *s = problem->text; *s != '\0'; s++) {
		if (s[0] == '%' && (s[1] == '1' || s[1] == '2')) {
			packet_put_number(out, *++s == '1' ? problem->value1 : problem->value2);
			continue;
		}
		packet_put_char(out, *s);
	}
}

/* With where it is: "IPv4: Total Length is 10, less than ..., at byte 16". */
static void put_problem_place(struct packet_out *out, const struct packet *p)
{
	const struct packet_problem *problem = &p->problem;

	if (p->outcome != PACKET_TRUNCATED && p->layers > 0) {
		if (p->layer[problem->layer].quoted)
			packet_put(out, "quoted ");
		packet_put(out, packet_protocols[p->layer[problem->layer].kind]->name);
		packet_put(out, ": ");
	}
	put_problem(out, p);
	if (p->outcome != PACKET_TRUNCATED) {
		packet_put(out, ", at byte ");
		packet_put_number(out, problem->offset);
	}
}

size_t packet_problem_text(const struct packet *p, char *buffer, size_t size)
{
	struct packet_out out = {buffer, size, 0};

	if (p->problem.text != NULL)
		put_problem_place(&out, p);
	return packet_put_end(&out);
}

/* The layers in words, one after another; what an ICMP error quotes stands in brackets. */
size_t packet_line(const struct packet *p, char *buffer, size_t size)
{
	struct packet_out out = {buffer, size, 0};
	bool quote = false;

	for (unsigned int i = 0; i < p->layers; i++) {
		const struct packet_layer *l = &p->layer[i];
		size_t before;

		if (quote && !l->quoted) {
			packet_put_char(&out, ']');
			quote = false;
		} else if (!quote && l->quoted) {
			packet_put(&out, " about [");
			quote = true;
		}
		before = out.length;
		if (before > 0 && !(l->quoted && p->layer[i - 1].quoted != l->quoted))
			packet_put_char(&out, ' ');
		packet_protocols[l->kind]->line(&out, p, l);
		/* a layer that has nothing to say leaves no trace */
		if (out.length == before + 1 && out.length > 1)
			out.length = before;
		/* A quote may be of a segment that the device was still to put the checksum in. */
		if (l->checksum == PACKET_CHECKSUM_BAD && !l->quoted)
			packet_put(&out, " (bad checksum)");
	}
	if (quote)
		packet_put_char(&out, ']');
	if (p->too_deep)
		packet_put(&out, " (deeper layers are not decoded)");
	if (p->outcome != PACKET_COMPLETE || p->problem.text != NULL) {
		packet_put(&out, " [");
		if (p->outcome != PACKET_COMPLETE) {
			packet_put(&out, packet_outcome_name(p->outcome));
			packet_put(&out, ": ");
		}
		put_problem_place(&out, p);
		packet_put_char(&out, ']');
	}
	return packet_put_end(&out);
}

static int text_field(void *context, const struct packet_field *f)
{
	struct packet_out *out = context;

	for (unsigned int i = 0; i < f->depth; i++)
		packet_put(out, "  ");
	packet_put_char(out, '[');
	packet_put_number(out, f->offset);
	if (f->length > 1) {
		packet_put_char(out, '-');
		packet_put_number(out, f->offset + f->length - 1);
	}
	packet_put(out, "] ");
	packet_put(out, f->name);
	if (f->value[0] != '\0') {
		packet_put(out, ": ");
		packet_put(out, f->value);
	}
	if (f->contradicts)
		packet_put(out, "  <-- contradicts");
	packet_put_char(out, '\n');
	return 0;
}

size_t packet_text(const struct packet *p, char *buffer, size_t size)
{
	struct packet_out out = {buffer, size, 0};

	packet_visit(p, text_field, &out);
	if (p->problem.text != NULL || p->outcome != PACKET_COMPLETE) {
		packet_put(&out, p->outcome == PACKET_COMPLETE ? "note"
							       : packet_outcome_name(p->outcome));
		packet_put(&out, ": ");
		put_problem_place(&out, p);
		packet_put_char(&out, '\n');
	}
	return packet_put_end(&out);
}
