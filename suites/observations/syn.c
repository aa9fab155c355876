/* SPDX-License-Identifier: MIT */
/* What a SYN and its answer offer, and in which order. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/capture/wire.h"
#include "harness/case.h"

static const char *option_name(const struct packet_tcp_option *o)
{
	static const char *const names[] = {"end",  "nop", "mss", "wscale",    "sackok",
					    "sack", "6",   "7",	  "timestamps"};

	return o->kind < sizeof(names) / sizeof(names[0]) ? names[o->kind] : "other";
}

static void observe_segment(const struct packet *packet, const char *which)
{
	const struct packet_tcp *tcp = packet_tcp(packet);
	struct packet_walk walk = packet_walk(packet, packet_find(packet, PACKET_TCP));
	struct packet_tcp_option option;
	char order[128] = "", name[48];

	while (packet_tcp_option_next(&walk, &option)) {
		size_t length = strlen(order);

		snprintf(order + length, sizeof(order) - length, "%s%s", length != 0 ? " " : "",
			 option_name(&option));
	}
	snprintf(name, sizeof(name), "%s: options", which);
	OBSERVE(name, "%s", order);
	snprintf(name, sizeof(name), "%s: window", which);
	OBSERVE(name, "%u", tcp->window);
	snprintf(name, sizeof(name), "%s: window scale", which);
	OBSERVE(name, "%u", tcp->window_scale);
	snprintf(name, sizeof(name), "%s: MSS", which);
	OBSERVE(name, "%u", tcp->maximum_segment_size);
}

/*
 * A SYN is a fingerprint.
 *
 * The standards say what each option means and leave open which are sent, in which order,
 * and with which values. Each system chose once and stayed with it: one SYN tells nmap or p0f
 * what sent it. Only that both sides send the one option that all must know, the largest
 * segment, is checked.
 */
CASE(of_a_handshake, .claim = "a SYN and its SYN-ACK both carry a maximum segment size",
     .level = OBSERVED, .spec = "RFC 9293 3.7.1 (SHLD-5)", .topology = "pair",
     .tags = "tcp option wire", .VARIANTS(families))
{
	const bool v6 = VARIANT(struct family_row)->family == AF_INET6;
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	tcp_pair_between("a", "b", v6 ? "2001:db8::2" : "192.0.2.2", 7);
	packet = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(packet_tcp(packet)->has & PACKET_TCP_HAS_MSS);
	observe_segment(packet, "SYN");
	packet = wire_next_tcp(wire, PACKET_TCP_SYN | PACKET_TCP_ACK,
			       PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(packet_tcp(packet)->has & PACKET_TCP_HAS_MSS);
	observe_segment(packet, "SYN-ACK");
}
