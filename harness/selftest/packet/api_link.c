/* SPDX-License-Identifier: MIT */
/* Structs, walks and checksums of LLC, MPLS, GRE, AppleTalk and DECnet. */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <string.h>

static int decode(struct packet *p, const struct blob *b, uint32_t link_type)
{
	return packet_decode(p, b->bytes, b->length, b->length, link_type, PACKET_VERIFY_CHECKSUMS);
}

SELFTEST(packet_llc_and_snap)
{
	struct blob b = ethernet(10, hex("aa ab 02 05 00000c 2000 00"));
	const struct packet_llc *llc;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_ETHERNET), PACKET_COMPLETE);
	llc = packet_llc(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(llc);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_snap(&p));
	if (llc == NULL)
		return;
	CU_ASSERT_EQUAL(llc->format, PACKET_LLC_I);
	CU_ASSERT_EQUAL(llc->dsap, 0xaa);
	CU_ASSERT_EQUAL(llc->ssap, 0xab);
	CU_ASSERT(llc->response && llc->poll_final && !llc->group);
	CU_ASSERT_EQUAL(llc->control, 0x0205);
	CU_ASSERT_EQUAL(llc->send_sequence, 1);
	CU_ASSERT_EQUAL(llc->receive_sequence, 2);
	CU_ASSERT(memcmp(packet_snap(&p)->oui, "\x00\x00\x0c", 3) == 0);
	CU_ASSERT_EQUAL(packet_snap(&p)->protocol_id, 0x2000);
}

SELFTEST(packet_mpls_labels_are_layers)
{
	struct blob b = ethernet(0x8847, join(hex("000640fe 00c8153f"), ipv4(.protocol = 99)));
	const struct packet_layer *l;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_ETHERNET), PACKET_COMPLETE);
	CU_ASSERT_EQUAL(p.layers, 4);
	l = packet_find(&p, PACKET_MPLS);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	if (l == NULL)
		return;
	CU_ASSERT_EQUAL(l[0].mpls.label, 100);
	CU_ASSERT(!l[0].mpls.bottom_of_stack);
	CU_ASSERT_EQUAL(l[0].mpls.time_to_live, 254);
	CU_ASSERT_EQUAL(l[1].mpls.label, 3201);
	CU_ASSERT_EQUAL(l[1].mpls.traffic_class, 2);
	CU_ASSERT(l[1].mpls.bottom_of_stack);
	CU_ASSERT_EQUAL(l[2].kind, PACKET_IPV4);
}

SELFTEST(packet_gre_routes_are_walked)
{
	struct blob b =
		ipv4(.protocol = 47, .payload = hex("6800 9999 0000 0004 0000002a"
						    "0800 04 08 c0000203 c0000204 0000 00 00 ff"));
	static const uint8_t lengths[] = {8, 0};
	const struct packet_layer *l;
	struct packet_gre_route route;
	struct packet_walk walk;
	struct packet p;
	size_t n = 0;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_IPV4), PACKET_COMPLETE);
	l = packet_find(&p, PACKET_GRE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	if (l == NULL)
		return;
	CU_ASSERT_EQUAL(l->gre.key, 42);
	CU_ASSERT_EQUAL(l->gre.route_offset, 4);
	CU_ASSERT_EQUAL(l->header_length, 28);
	CU_ASSERT_EQUAL(l->checksum, PACKET_CHECKSUM_ABSENT);
	walk = packet_walk(&p, l);
	while (packet_gre_route_next(&walk, &route)) {
		CU_ASSERT_FATAL(n < sizeof(lengths));
		if (n == sizeof(lengths))
			return;
		CU_ASSERT_EQUAL(route.sre_length, lengths[n++]);
	}
	CU_ASSERT_EQUAL(n, sizeof(lengths));
	CU_ASSERT_EQUAL(walk.fault, 0);
}

SELFTEST(packet_gre_of_pptp)
{
	struct blob b =
		ipv4(.protocol = 47, .payload = hex("3081 880b 0001 0007 00000002 00000003 c0"));
	const struct packet_gre *gre;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_IPV4), PACKET_COMPLETE);
	gre = packet_gre(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(gre);
	if (gre == NULL)
		return;
	CU_ASSERT_EQUAL(gre->version, 1);
	CU_ASSERT_EQUAL(gre->payload_length, 1);
	CU_ASSERT_EQUAL(gre->call_id, 7);
	CU_ASSERT_EQUAL(gre->sequence_number, 2);
	CU_ASSERT_EQUAL(gre->acknowledgment_number, 3);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_GRE)->checksum, PACKET_CHECKSUM_NONE);
}

/* A cooked header and SNAP have DDP behind the EtherType; Ethernet itself has LLAP first. */
SELFTEST(packet_ddp_behind_the_ethertype)
{
	const char *ddp = "000d 0000 0001 0002 03 04 04 82 04";
	struct blob cooked = join(hex("0004 0001 0006 020000000001 0000 809b"), hex(ddp));
	struct blob llap = ethernet(0x809b, join(hex("03 04 02"), hex(ddp)));
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &cooked, PACKET_LINK_LINUX_SLL), PACKET_COMPLETE);
	CU_ASSERT_PTR_NULL(packet_llap(&p));
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_ddp(&p));
	CU_ASSERT(packet_ddp(&p)->extended);
	CU_ASSERT_EQUAL(packet_ddp(&p)->destination_network, 1);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_DDP)->checksum, PACKET_CHECKSUM_ABSENT);
	CU_ASSERT_EQUAL(decode(&p, &llap, PACKET_LINK_ETHERNET), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL(packet_llap(&p));
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_ddp(&p));
	CU_ASSERT_EQUAL(packet_ddp(&p)->source_node, 4);
}

/* A sum that comes to 0 is sent as all ones, as 0 says that there is none. */
SELFTEST(packet_ddp_checksum)
{
	struct blob zero = hex("02 03 02 000d ffff 0000 0000 00 00 00 00 00");
	struct blob one = hex("02 03 02 000d 0002 0000 0000 00 00 00 00 01");
	struct blob bad = hex("02 03 02 000d 0001 0000 0000 00 00 00 00 01");
	struct packet p;
	uint32_t expected = 0;

	decode(&p, &zero, PACKET_LINK_LTALK);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_DDP)->checksum, PACKET_CHECKSUM_GOOD);
	decode(&p, &one, PACKET_LINK_LTALK);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_DDP)->checksum, PACKET_CHECKSUM_GOOD);
	decode(&p, &bad, PACKET_LINK_LTALK);
	CU_ASSERT_EQUAL(packet_verify(&p, 1, &expected), PACKET_CHECKSUM_BAD);
	CU_ASSERT_EQUAL(expected, 2);
}

SELFTEST(packet_decnet_addresses)
{
	struct blob b = ethernet(0x6003, hex("0600 02 0308 0104 41"));
	const struct packet_decnet *decnet;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_ETHERNET), PACKET_COMPLETE);
	decnet = packet_decnet(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(decnet);
	if (decnet == NULL)
		return;
	CU_ASSERT_EQUAL(decnet->message, PACKET_DECNET_SHORT);
	CU_ASSERT_EQUAL(PACKET_DECNET_AREA(decnet->destination), 2);
	CU_ASSERT_EQUAL(PACKET_DECNET_NODE(decnet->destination), 3);
	CU_ASSERT_EQUAL(decnet->source, 0x0401);
	CU_ASSERT_EQUAL(decnet->visit_count, 1);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_DECNET)->checksum, PACKET_CHECKSUM_NONE);
}
