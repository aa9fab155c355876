/* SPDX-License-Identifier: MIT */
/* Golden packets of vsock, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(vsock);

static const struct golden_row golden[] = {
	GOLDEN_ROW(vsock),
};

/*
 * A socket between a virtual machine and its host needs neither checksums nor retransmission, but
 * it still needs flow control.
 *
 * Each packet says how much room the sender has in all and how many bytes it has read so far; the
 * peer may have sent at most the sum of the two. A credit update is a packet that says only
 * that. The capture repeats the ends of the connection in front of the transport's header, so that
 * a reader need not know the transport, and all of it is little-endian, whatever the machine is.
 *
 * Try it: `atlas decode --format tree fixtures/packets/vsock.pcap`.
 */
CASE(golden_vsock_packets, .claim = "vsockmon captures decode to what their headers say",
     .level = LINUX, .spec = "linux/vsockmon.h, virtio 1.2 5.10.6", .tags = "decoding",
     .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
