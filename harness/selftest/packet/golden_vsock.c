/* SPDX-License-Identifier: MIT */
/* Golden packets: vsock as vsockmon captures it. */
#include "harness/selftest/packet/golden.h"

#define ENDS   "0200000000000000 0300000000000000 00040000 39300000"
#define LENGTH "2c00"

/* The monitor's operation, and virtio's fields from Length to Flags. */
static struct blob virtio(const char *op, const char *fields, struct blob payload)
{
	return join(join(join(hex(ENDS), hex(op)), hex("0200" LENGTH "0000" ENDS)),
		    join(join(hex(fields), hex("00000400 0a000000")), payload));
}

GOLDEN(vsock)
{
	g->link_type = 271;
	golden_add(g, "request", virtio("0100", "00000000 0100 0100 00000000", hex("")));
	golden_add(g, "response", virtio("0100", "00000000 0100 0200 00000000", hex("")));
	golden_add(g, "rst", virtio("0200", "00000000 0100 0300 00000000", hex("")));
	golden_add(g, "shutdown of both directions",
		   virtio("0200", "00000000 0100 0400 03000000", hex("")));
	golden_add(g, "shutdown of sending",
		   virtio("0200", "00000000 0100 0400 02000000", hex("")));
	golden_add(g, "rw, 5 bytes of a stream",
		   virtio("0400", "05000000 0100 0500 00000000", text("hello")));
	golden_add(g, "rw, seqpacket, end of message and record",
		   virtio("0400", "02000000 0200 0500 03000000", text("hi")));
	golden_add(g, "credit update", virtio("0300", "00000000 0100 0600 00000000", hex("")));
	golden_add(g, "credit request", virtio("0300", "00000000 0100 0700 00000000", hex("")));
	golden_add(g, "virtio operation 0", virtio("0000", "00000000 0100 0000 00000000", hex("")));
	golden_add(g, "virtio operation and type nobody knows",
		   virtio("0000", "00000000 0900 0900 00000000", hex("")));
	golden_add(g, "Length larger than the payload",
		   virtio("0400", "06000000 0100 0500 00000000", text("hello")));
	golden_add(g, "Length smaller than the payload",
		   virtio("0400", "04000000 0100 0500 00000000", text("hello")));
	golden_add(g, "Length 0xffffffff",
		   virtio("0400", "ffffffff 0100 0500 00000000", text("hello")));
	golden_add(g, "another operation than virtio's",
		   virtio("0300", "05000000 0100 0500 00000000", text("hello")));
	golden_add(g, "another source CID than virtio's",
		   poke(virtio("0100", "00000000 0100 0100 00000000", hex("")), 0, "04"));
	golden_add(g, "another destination CID than virtio's",
		   poke(virtio("0100", "00000000 0100 0100 00000000", hex("")), 12, "01"));
	golden_add(g, "another source port than virtio's",
		   poke(virtio("0100", "00000000 0100 0100 00000000", hex("")), 16, "01"));
	golden_add(g, "another destination port than virtio's",
		   poke(virtio("0100", "00000000 0100 0100 00000000", hex("")), 20, "01"));
	golden_add(g, "transport header of 43 bytes",
		   poke(virtio("0100", "00000000 0100 0100 00000000", hex("")), 28, "2b"));
	golden_add(
		g, "transport header of 48 bytes: 4 that nobody knows",
		poke(virtio("0400", "01000000 0100 0500 00000000", hex("aabbccdd 41")), 28, "30"));
	golden_add(g, "transport header longer than the packet",
		   poke(virtio("0100", "00000000 0100 0100 00000000", hex("")), 28, "2d"));
	golden_add(g, "no transport header: hypervisor to local, payload",
		   hex("0000000000000000 0100000000000000 00040000 39300000 0400 0100 0000 0000"
		       "6869"));
	golden_add(g, "no transport header: any, the largest numbers",
		   hex("ffffffff00000000 ffffffffffffff7f ffffffff ffffffff 0200 0100 0000 0000"));
	golden_add(g, "a transport nobody knows, with a header of 2 bytes",
		   hex(ENDS "0300 0700 0200 0000 1234"));
	golden_add(g, "an operation nobody knows, transport unknown",
		   hex(ENDS "0900 0000 0000 0102"));
	golden_add(g, "31 bytes", hex(ENDS "0100 0100 0000 00"));
	golden_add_cut(g, "cut in virtio's header",
		       virtio("0100", "00000000 0100 0100 00000000", hex("")), 50);
	golden_add_cut(g, "cut in the payload",
		       virtio("0400", "05000000 0100 0500 00000000", text("hello")), 78);
}
