/* SPDX-License-Identifier: MIT */
#include "reports/html/ladder.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/memory.h"

void frame_decode(struct packet *p, const struct link *link, const struct frame *frame)
{
	unsigned int flags = PACKET_VERIFY_CHECKSUMS;

	if (frame->checksum_pending)
		flags |= PACKET_CHECKSUM_OFFLOADED;
	packet_decode(p, frame->bytes, frame->captured, frame->original, link->link_type, flags);
}

/* The lane of this name, made when there is room; -1 when there is none. */
static int lane(struct ladder *l, const char *name)
{
	char cut[sizeof(l->lanes[0])];

	snprintf(cut, sizeof(cut), "%s", name);
	for (size_t i = 0; i < l->lane_count; i++) {
		if (strcmp(l->lanes[i], cut) == 0)
			return (int)i;
	}
	if (l->lane_count == LADDER_LANES)
		return -1;
	memcpy(l->lanes[l->lane_count], cut, sizeof(cut));
	return (int)l->lane_count++;
}

/* "192.0.2.1:80", "[::1]:80", or the address alone; `second` asks for the destination. */
static bool end_name(const struct packet *p, bool quoted, bool second, char *name, size_t size)
{
	const struct packet_layer *(*find)(const struct packet *, enum packet_kind) =
		quoted ? packet_find_quoted : packet_find;
	const struct packet_layer *v4 = find(p, PACKET_IPV4), *v6 = find(p, PACKET_IPV6);
	const struct packet_layer *tcp = find(p, PACKET_TCP), *udp = find(p, PACKET_UDP);
	char address[INET6_ADDRSTRLEN] = "";
	int port = -1;

	if (v4 != NULL)
		inet_ntop(AF_INET, second ? v4->ipv4.destination : v4->ipv4.source, address,
			  sizeof(address));
	else if (v6 != NULL)
		inet_ntop(AF_INET6, second ? v6->ipv6.destination : v6->ipv6.source, address,
			  sizeof(address));
	else
		return false;
	if (tcp != NULL)
		port = second ? tcp->tcp.destination_port : tcp->tcp.source_port;
	else if (udp != NULL)
		port = second ? udp->udp.destination_port : udp->udp.source_port;
	if (port < 0)
		snprintf(name, size, "%s", address);
	else
		snprintf(name, size, v6 != NULL && v4 == NULL ? "[%s]:%d" : "%s:%d", address, port);
	return true;
}

/* Lanes for the ends of one host. False when there are too many, or packets without ends. */
static bool find_ends(struct ladder *l, const struct result *r)
{
	for (size_t i = 0; i < r->frame_count; i++) {
		const struct frame *f = &r->frames[i];
		char from[80], to[80];
		int sender, receiver;
		struct packet p;
		bool quoted;

		frame_decode(&p, &r->links[f->link], f);
		/* An ICMP error comes from the end that its packet was for. */
		quoted = packet_find_quoted(&p, PACKET_IPV4) != NULL ||
			 packet_find_quoted(&p, PACKET_IPV6) != NULL;
		if (!end_name(&p, quoted, quoted, from, sizeof(from)) ||
		    !end_name(&p, quoted, !quoted, to, sizeof(to)))
			return false;
		sender = lane(l, from);
		receiver = lane(l, to);
		if (sender < 0 || receiver < 0)
			return false;
		l->arrows[i] = (struct arrow){.from = sender, .to = 1U << receiver};
	}
	l->ends = true;
	return true;
}

static bool is_loopback(const struct link *link)
{
	return strcmp(link->name, "lo") == 0;
}

/*
 * Who is on which wire. A frame shows that the interface it left by and the interface
 * its address belongs to are on one wire, or on wires that a bridge makes one.
 */
struct wires {
	const struct result *r;
	struct {
		uint8_t address[6];
		uint32_t link; /* the interface it belongs to */
	} known[64];
	size_t known_count;
	uint32_t *wire; /* wire[link]: another link of the same wire, or itself */
};

static uint32_t wire_of(const struct wires *w, uint32_t link)
{
	while (w->wire[link] != link)
		link = w->wire[link];
	return link;
}

/* The interface an address belongs to; -1 when it was never seen to send. */
static int64_t owner_of(const struct wires *w, const uint8_t *address)
{
	for (size_t i = 0; i < w->known_count; i++) {
		if (memcmp(w->known[i].address, address, 6) == 0)
			return w->known[i].link;
	}
	return -1;
}

static size_t links_of_host(const struct result *r, uint32_t link)
{
	size_t count = 0;

	for (size_t i = 0; i < r->link_count; i++)
		count += strcmp(r->links[i].host, r->links[link].host) == 0;
	return count;
}

/* Notes who sent from an address: of a host and a bridge that sent it on, the host, with fewer
 * links. */
static void note_sender(struct wires *w, const uint8_t *address, uint32_t link)
{
	for (size_t i = 0; i < w->known_count; i++) {
		if (memcmp(w->known[i].address, address, 6) != 0)
			continue;
		if (links_of_host(w->r, link) < links_of_host(w->r, w->known[i].link))
			w->known[i].link = link;
		return;
	}
	if (w->known_count == sizeof(w->known) / sizeof(w->known[0]))
		return;
	memcpy(w->known[w->known_count].address, address, 6);
	w->known[w->known_count++].link = link;
}

static bool is_ethernet(const struct result *r, const struct frame *f)
{
	return r->links[f->link].link_type == PACKET_LINK_ETHERNET && f->captured >= 14 &&
	       !is_loopback(&r->links[f->link]);
}

static void join(struct wires *w, uint32_t link, const uint8_t *address)
{
	int64_t owner = owner_of(w, address);

	if (owner >= 0)
		w->wire[wire_of(w, link)] = wire_of(w, (uint32_t)owner);
}

static void find_wires(struct wires *w)
{
	const struct result *r = w->r;

	for (uint32_t i = 0; i < r->link_count; i++)
		w->wire[i] = i;
	for (size_t i = 0; i < r->frame_count; i++) {
		if (is_ethernet(r, &r->frames[i]))
			note_sender(w, r->frames[i].bytes + 6, r->frames[i].link);
	}
	for (size_t i = 0; i < r->frame_count; i++) {
		const struct frame *f = &r->frames[i];

		if (!is_ethernet(r, f))
			continue;
		join(w, f->link, f->bytes + 6);
		if ((f->bytes[0] & 1) == 0)
			join(w, f->link, f->bytes);
	}
}

/* The lanes of the other hosts on the wire, as bits. */
static unsigned int lanes_on_wire(struct ladder *l, const struct wires *w, uint32_t link)
{
	unsigned int lanes = 0;

	for (uint32_t i = 0; i < w->r->link_count; i++) {
		int other = lane(l, w->r->links[i].host);

		if (other >= 0 && wire_of(w, i) == wire_of(w, link))
			lanes |= 1U << other;
	}
	return lanes & ~(1U << lane(l, w->r->links[link].host));
}

/* Where a frame goes when its address does not tell: to the only other host there can be. */
static unsigned int other_lanes(struct ladder *l, int from)
{
	if (l->lane_count == 1)
		lane(l, "the other end");
	return l->lane_count == 2 ? 1U << !from : 0;
}

static void find_arrow(struct ladder *l, const struct wires *w, const struct frame *f,
		       struct arrow *a)
{
	const struct result *r = w->r;
	int64_t owner;

	if (is_loopback(&r->links[f->link])) {
		a->to = 1U << a->from;
		return;
	}
	if (!is_ethernet(r, f)) {
		a->to = other_lanes(l, a->from);
		return;
	}
	owner = owner_of(w, f->bytes + 6);
	a->copy = owner >= 0 && strcmp(r->links[owner].host, r->links[f->link].host) != 0;
	owner = owner_of(w, f->bytes);
	if ((f->bytes[0] & 1) != 0) {
		a->to = lanes_on_wire(l, w, f->link);
		a->to_all = true;
	} else if (owner >= 0 && lane(l, r->links[owner].host) >= 0) {
		a->to = 1U << lane(l, r->links[owner].host);
	}
	if (a->to == 0)
		a->to = other_lanes(l, a->from);
}

static void find_hosts(struct ladder *l, const struct result *r)
{
	struct wires w = {.r = r};

	w.wire = memory_get(r->link_count, sizeof(*w.wire));
	find_wires(&w);
	for (size_t i = 0; i < r->frame_count; i++) {
		int host = lane(l, r->links[r->frames[i].link].host);

		l->arrows[i] = (struct arrow){.from = host < 0 ? LADDER_LANES - 1 : host};
	}
	for (size_t i = 0; i < r->frame_count; i++)
		find_arrow(l, &w, &r->frames[i], &l->arrows[i]);
	free(w.wire);
}

void ladder_find(struct ladder *ladder, const struct result *r)
{
	bool one_host = true;

	memset(ladder, 0, sizeof(*ladder));
	ladder->arrows = memory_get(r->frame_count, sizeof(*ladder->arrows));
	for (size_t i = 0; i < r->frame_count; i++)
		one_host = one_host && is_loopback(&r->links[r->frames[i].link]) &&
			   strcmp(r->links[r->frames[i].link].host,
				  r->links[r->frames[0].link].host) == 0;
	if (one_host && r->frame_count != 0 && find_ends(ladder, r))
		return;
	ladder->lane_count = 0;
	find_hosts(ladder, r);
}

void ladder_free(struct ladder *ladder)
{
	free(ladder->arrows);
}
