/* SPDX-License-Identifier: MIT */
/* The packets of a result line: base64 of one pcap file for each link. */
#include <stdlib.h>

#include "reports/base/base64.h"
#include "reports/results/parse.h"
#include "reports/results/pcap.h"

/* What member_objects() fills for one link, before all frames are put together. */
struct capture {
	struct link link;
	struct pcap_walk walk;
	size_t frames;
	const json_t *pending;
};

static void parse_capture(struct reading *r, const json_t *object, void *into)
{
	struct capture *c = into;
	const json_t *pcap = json_object_get(object, "pcap");
	struct pcap_packet packet;
	struct pcap_walk walk;
	size_t length, count;
	uint8_t *bytes;

	c->link.host = member_string(r, object, "host", false);
	c->link.name = member_string(r, object, "link", false);
	c->link.link_type = (uint32_t)(member_count(r, object, "linktype") & 0xffffffff);
	c->link.kept = member_count(r, object, "kept");
	c->link.left_out = member_count(r, object, "left_out");
	c->link.trouble = "";
	c->pending = member_array(r, object, "checksum_pending");
	if (pcap == NULL)
		return;
	if (!json_is_string(pcap)) {
		reading_fail(r, "\"pcap\" is not a string");
		return;
	}
	length = json_string_length(pcap);
	if (length == 0)
		return;
	bytes = arena_get(&r->run->arena, base64_room(length), 1);
	if (!base64_decode(json_string_value(pcap), length, bytes, &count)) {
		reading_fail(r, "\"pcap\" is not base64");
		return;
	}
	if (!pcap_walk_begin(&c->walk, bytes, count)) {
		reading_fail(r, "\"pcap\" cannot be read: %s", c->walk.trouble);
		return;
	}
	c->link.link_type = c->walk.link_type;
	walk = c->walk;
	while (pcap_walk_next(&walk, &packet))
		c->frames++;
	if (walk.trouble != NULL)
		c->link.trouble = walk.trouble;
}

static bool is_pending(const json_t *pending, size_t index)
{
	for (size_t i = 0; i < json_array_size(pending); i++) {
		const json_t *n = json_array_get(pending, i);

		if (json_is_integer(n) && json_integer_value(n) >= 0 &&
		    (size_t)json_integer_value(n) == index)
			return true;
	}
	return false;
}

/* By time; packets of one time stay in the order of the links. */
static int by_time(const void *a, const void *b)
{
	const struct frame *x = a, *y = b;

	if (x->time_ns != y->time_ns)
		return x->time_ns < y->time_ns ? -1 : 1;
	if (x->link != y->link)
		return x->link < y->link ? -1 : 1;
	return x->bytes < y->bytes ? -1 : x->bytes > y->bytes;
}

void parse_packets(struct reading *r, const json_t *line, struct result *res)
{
	struct arena *arena = &r->run->arena;
	size_t total = 0;
	struct capture *captures = member_objects(r, line, "packets", sizeof(*captures),
						  &res->link_count, parse_capture);

	if (r->problem[0] != 0 || res->link_count == 0)
		return;
	for (size_t i = 0; i < res->link_count; i++)
		total += captures[i].frames;
	res->links = arena_get(arena, res->link_count, sizeof(*res->links));
	res->frames = arena_get(arena, total, sizeof(*res->frames));
	for (size_t i = 0; i < res->link_count; i++) {
		struct pcap_packet p;

		res->links[i] = captures[i].link;
		for (size_t k = 0; k < captures[i].frames && pcap_walk_next(&captures[i].walk, &p);
		     k++)
			res->frames[res->frame_count++] = (struct frame){
				.time_ns = p.time_ns,
				.link = (uint32_t)i,
				.captured = p.captured,
				.original = p.original < p.captured ? p.captured : p.original,
				.bytes = p.bytes,
				.checksum_pending = is_pending(captures[i].pending, k),
			};
	}
	if (res->frame_count > 1)
		qsort(res->frames, res->frame_count, sizeof(*res->frames), by_time);
}
