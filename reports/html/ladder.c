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
		struct packet p;
		bool quoted;

		frame_decode(&p, &r->links[f->link], f);
		/* An ICMP error comes from the end that its packet was for. */
		quoted = packet_find_quoted(&p, PACKET_IPV4) != NULL ||
			 packet_find_quoted(&p, PACKET_IPV6) != NULL;
		if (!end_name(&p, quoted, quoted, from, sizeof(from)) ||
		    !end_name(&p, quoted, !quoted, to, sizeof(to)))
			return false;
		l->arrows[i].from = lane(l, from);
		l->arrows[i].to = lane(l, to);
		if (l->arrows[i].from < 0 || l->arrows[i].to < 0)
			return false;
	}
	l->ends = true;
	return true;
}

static bool is_loopback(const struct link *link)
{
	return strcmp(link->name, "lo") == 0;
}

/* Hardware addresses, and the lane that was first seen to send from each. */
struct senders {
	struct {
		uint8_t address[6];
		int lane;
	} known[64];
	size_t count;
};

static int sender_lane(const struct senders *s, const uint8_t *address)
{
	for (size_t i = 0; i < s->count; i++) {
		if (memcmp(s->known[i].address, address, 6) == 0)
			return s->known[i].lane;
	}
	return -1;
}

static bool is_ethernet(const struct result *r, const struct frame *f)
{
	return r->links[f->link].link_type == PACKET_LINK_ETHERNET && f->captured >= 14;
}

/* A host without a packet of its own still needs a place for the arrows to it. */
static int other_lane(struct ladder *l, int from)
{
	if (l->lane_count == 1)
		return lane(l, "the other end");
	return l->lane_count == 2 ? !from : from;
}

static void find_hosts(struct ladder *l, const struct result *r)
{
	struct senders senders = {.count = 0};

	for (size_t i = 0; i < r->frame_count; i++) {
		const struct frame *f = &r->frames[i];
		int host = lane(l, r->links[f->link].host);

		l->arrows[i] = (struct arrow){.from = host < 0 ? 0 : host, .to = -1};
		if (is_ethernet(r, f) && !is_loopback(&r->links[f->link]) &&
		    sender_lane(&senders, f->bytes + 6) < 0 && senders.count < 64) {
			memcpy(senders.known[senders.count].address, f->bytes + 6, 6);
			senders.known[senders.count++].lane = l->arrows[i].from;
		}
	}
	for (size_t i = 0; i < r->frame_count; i++) {
		const struct frame *f = &r->frames[i];
		struct arrow *a = &l->arrows[i];

		a->to = a->from;
		if (is_loopback(&r->links[f->link]))
			continue;
		if (!is_ethernet(r, f)) {
			a->to = other_lane(l, a->from);
			continue;
		}
		a->copy = sender_lane(&senders, f->bytes + 6) != a->from;
		a->to_all = (f->bytes[0] & 1) != 0 && l->lane_count > 2;
		a->to = (f->bytes[0] & 1) != 0 ? -1 : sender_lane(&senders, f->bytes);
		if (a->to < 0 || a->to == a->from)
			a->to = other_lane(l, a->from);
		if (a->to < 0)
			a->to = a->from;
	}
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
