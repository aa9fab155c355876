/* SPDX-License-Identifier: MIT */
/* AX.25, X.25 and vsock through their structs and walks. */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden_radio.h"

#include <string.h>

SELFTEST(packet_ax25_struct_and_repeaters)
{
	struct blob b = join(join(call("N0BBB", 0xe0), call("N0AAA", 0x62)),
			     join(join(call("RELAY", 0xe4), call("RELAY", 0x67)), hex("3f")));
	struct packet_ax25_repeater repeater;
	const struct packet_ax25 *ax25;
	struct packet_walk walk;
	struct packet p;

	CU_ASSERT_EQUAL(packet_decode(&p, b.bytes, b.length, b.length, PACKET_LINK_AX25, 0),
			PACKET_COMPLETE);
	ax25 = packet_ax25(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(ax25);
	if (ax25 == NULL)
		return;
	CU_ASSERT_STRING_EQUAL(ax25->source.callsign, "N0AAA");
	CU_ASSERT_EQUAL(ax25->source.ssid, 1);
	CU_ASSERT_EQUAL(ax25->repeaters, 2);
	CU_ASSERT_EQUAL(ax25->hdlc.frame, PACKET_HDLC_SABM);
	CU_ASSERT(ax25->hdlc.is_command && ax25->hdlc.poll_final && !ax25->has_pid);
	walk = packet_walk(&p, packet_find(&p, PACKET_AX25));
	CU_ASSERT(packet_ax25_repeater_next(&walk, &repeater));
	CU_ASSERT(repeater.address.command_or_repeated && repeater.address.ssid == 2);
	CU_ASSERT(packet_ax25_repeater_next(&walk, &repeater));
	CU_ASSERT(!repeater.address.command_or_repeated && repeater.address.extension);
	CU_ASSERT(!packet_ax25_repeater_next(&walk, &repeater));
	CU_ASSERT_EQUAL(walk.fault, 0);
}

SELFTEST(packet_ax25_xid_is_walked)
{
	struct blob b = ax25_frame("bf", hex("82 80 0007 06 02 0800 08 01 07"));
	struct packet_ax25_xid xid;
	struct packet_walk walk;
	struct packet p;

	packet_decode(&p, b.bytes, b.length, b.length, PACKET_LINK_AX25, 0);
	walk = packet_ax25_xid_walk(&p, packet_find(&p, PACKET_AX25));
	CU_ASSERT(packet_ax25_xid_next(&walk, &xid));
	CU_ASSERT_EQUAL(xid.identifier, PACKET_AX25_XID_I_FIELD_RECEIVE);
	CU_ASSERT_EQUAL(xid.value, 2048);
	CU_ASSERT(packet_ax25_xid_next(&walk, &xid));
	CU_ASSERT_EQUAL(xid.value, 7);
	CU_ASSERT(!packet_ax25_xid_next(&walk, &xid));
}

SELFTEST(packet_x25_struct_and_facilities)
{
	static const uint8_t codes[] = {0x42, 0x00, 0xc9};
	struct blob b = hex("00 03 00 1fff 0b 53 01230123 0a 42 07 08 00 0f c9 03 04 0123 cc");
	struct packet_x25_facility f;
	const struct packet_x25 *x;
	struct packet_walk walk;
	struct packet p;
	size_t n = 0;

	CU_ASSERT_EQUAL(
		packet_decode(&p, b.bytes, b.length, b.length, PACKET_LINK_LAPB_WITH_DIR, 0),
		PACKET_COMPLETE);
	x = packet_x25(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	if (x == NULL)
		return;
	CU_ASSERT_EQUAL(x->channel, 4095);
	CU_ASSERT_EQUAL(x->modulo, 8);
	CU_ASSERT_EQUAL(x->type, PACKET_X25_CALL_REQUEST);
	CU_ASSERT_STRING_EQUAL(x->called, "012");
	CU_ASSERT_STRING_EQUAL(x->calling, "30123");
	CU_ASSERT_EQUAL(x->user_data_length, 1);
	CU_ASSERT_EQUAL(b.bytes[x->user_data_offset], 0xcc);
	walk = packet_walk(&p, packet_find(&p, PACKET_X25));
	while (packet_x25_facility_next(&walk, &f)) {
		CU_ASSERT_FATAL(n < sizeof(codes));
		if (n == sizeof(codes))
			return;
		CU_ASSERT_EQUAL(f.code, codes[n++]);
		CU_ASSERT(f.ok);
	}
	CU_ASSERT_EQUAL(n, sizeof(codes));
	CU_ASSERT_EQUAL(walk.fault, 0);
}

/* A packet of the interface starts with 0 to 3, one of X.25 cannot: LAPB never has the byte. */
SELFTEST(packet_x25_interface_byte)
{
	struct blob b = hex("00 03 00 00 1001 21");
	struct packet p;

	CU_ASSERT_EQUAL(
		packet_decode(&p, b.bytes, b.length, b.length, PACKET_LINK_LAPB_WITH_DIR, 0),
		PACKET_MALFORMED);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_x25(&p));
	CU_ASSERT(!packet_x25(&p)->has_interface);
	b = ethernet(0x0805, hex("00 1001 21"));
	CU_ASSERT_EQUAL(packet_decode(&p, b.bytes, b.length, b.length, PACKET_LINK_ETHERNET, 0),
			PACKET_COMPLETE);
	CU_ASSERT(packet_x25(&p)->has_interface && packet_x25(&p)->channel == 1);
}

SELFTEST(packet_vsock_struct)
{
	struct blob b =
		hex("0200000000000000 0300000001000000 00040000 39300000 0400 0200 2c00 0000"
		    "0200000000000000 0300000001000000 00040000 39300000"
		    "02000000 0200 0500 01000000 00000400 0a000000 6869");
	const struct packet_vsock *vsock;
	const uint8_t *payload;
	struct packet p;
	size_t length;

	CU_ASSERT_EQUAL(packet_decode(&p, b.bytes, b.length, b.length, PACKET_LINK_VSOCK, 0),
			PACKET_COMPLETE);
	vsock = packet_vsock(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(vsock);
	if (vsock == NULL)
		return;
	CU_ASSERT_EQUAL(vsock->source_cid, PACKET_VSOCK_CID_HOST);
	CU_ASSERT_EQUAL(vsock->destination_cid, 0x100000003u);
	CU_ASSERT_EQUAL(vsock->op, PACKET_VSOCK_OP_PAYLOAD);
	CU_ASSERT(vsock->has_virtio);
	CU_ASSERT_EQUAL(vsock->virtio.buffer_allocation, 262144);
	payload = packet_payload(&p, &length);
	CU_ASSERT_EQUAL(length, 2);
	CU_ASSERT(payload != NULL && memcmp(payload, "hi", 2) == 0);
}
