/* SPDX-License-Identifier: MIT */
/* Golden packets: the extensions of SCTP. */
#include "harness/selftest/packet/golden_sctp.h"

#define SHA1   "000102030405060708090a0b0c0d0e0f 10111213"
#define SHA256 "000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f"

static const struct {
	const char *about;
	unsigned int type, flags;
	const char *value;
} rows[] = {
	{"AUTH with SHA-1", 15, 0, "0001 0001" SHA1},
	{"AUTH with SHA-256", 15, 0, "0000 0003" SHA256},
	{"AUTH with an unknown algorithm", 15, 0, "0000 0007 01020304"},
	{"AUTH with SHA-1 of 32 bytes", 15, 0, "0001 0001" SHA256},
	{"AUTH of 6 bytes", 15, 0, "0001"},
	{"ASCONF: Add IP Address, Set Primary Address over IPv6", 193, 0,
	 "00000001 0005 0008 c0000201 c001 0010 00000001 0005 0008 c0000203 "
	 "c004 001c 00000002 0006 0014 20010db8000000000000000000000001"},
	{"ASCONF: Delete IP Address", 193, 0,
	 "00000002 0005 0008 c0000201 c002 0010 00000003 0005 0008 c0000203"},
	{"ASCONF: the address in an Add IP Address does not fit", 193, 0,
	 "00000002 0005 0008 c0000201 c001 0010 00000003 0005 0009 c0000203"},
	{"ASCONF: Add IP Address of 6 bytes", 193, 0, "00000002 c001 0006 0000 0000"},
	{"ASCONF of 4 bytes", 193, 0, ""},
	{"ASCONF-ACK without anything", 128, 0, "00000001"},
	{"ASCONF-ACK: Success Indication and Error Cause Indication", 128, 0,
	 "00000001 c005 0008 00000001 "
	 "c003 001c 00000002 00a0 0014 c002 0010 00000002 0005 0008 c0000201"},
	{"ASCONF-ACK: the cause in an Error Cause Indication does not fit", 128, 0,
	 "00000001 c003 000c 00000002 00a0 0005"},
	{"ASCONF-ACK: Success Indication of 12 bytes", 128, 0,
	 "00000001 c005 000c 00000001 00000000"},
	{"RE-CONFIG: Outgoing SSN Reset Request of 2 streams", 130, 0,
	 "000d 0014 00000001 00000002 000003e8 0001 0002"},
	{"RE-CONFIG: Outgoing SSN Reset Request of all streams", 130, 0,
	 "000d 0010 00000001 00000002 000003e8"},
	{"RE-CONFIG: Incoming SSN Reset Request of 1 stream", 130, 0,
	 "000e 000a 00000001 0001 0000"},
	{"RE-CONFIG: SSN/TSN Reset Request", 130, 0, "000f 0008 00000001"},
	{"RE-CONFIG: Re-configuration Response", 130, 0, "0010 000c 00000001 00000001"},
	{"RE-CONFIG: Re-configuration Response with both TSNs", 130, 0,
	 "0010 0014 00000001 00000001 000003e8 000007d0"},
	{"RE-CONFIG: Re-configuration Response with one TSN", 130, 0,
	 "0010 0010 00000001 00000001 000003e8"},
	{"RE-CONFIG: Add Outgoing Streams Request, and Incoming", 130, 0,
	 "0011 000c 00000001 0004 0000 0012 000c 00000002 0008 0000"},
	{"RE-CONFIG: Add Outgoing Streams Request of 8 bytes", 130, 0, "0011 0008 00000001"},
	{"RE-CONFIG: Outgoing SSN Reset Request of 12 bytes", 130, 0,
	 "000d 000c 00000001 00000002"},
	{"FORWARD TSN without streams", 192, 0, "000003e8"},
	{"FORWARD TSN with 2 streams", 192, 0, "000003e8 0001 0002 0003 0004"},
	{"FORWARD TSN of 10 bytes", 192, 0, "000003e8 0001"},
	{"I-DATA, a whole message", 64, 3, "000003e8 0001 0000 00000007 00000033 68656c6c6f"},
	{"I-DATA, the second part of a message", 64, 0,
	 "000003e9 0001 0000 00000007 00000001 68656c6c6f"},
	{"I-DATA, unordered, the last part", 64, 5,
	 "000003ea 0001 0000 00000007 00000002 68656c6c6f"},
	{"I-DATA of 16 bytes", 64, 3, "000003e8 0001 0000 00000007"},
	{"I-FORWARD-TSN with 2 streams, one unordered", 194, 0,
	 "000003e8 0001 0000 00000002 0001 0001 00000003"},
	{"I-FORWARD-TSN of 12 bytes", 194, 0, "000003e8 0001 0000"},
	{"PAD", 132, 0, "00000000 00000000"},
	{"PAD of 4 bytes", 132, 0, ""},
	{"NR-SACK with one of each", 16, 0,
	 "000003e8 0000ffff 0001 0001 0001 0000 0002 0003 0005 0006 000003e7"},
	{"NR-SACK that counts one block too many", 16, 0,
	 "000003e8 0000ffff 0001 0001 0000 0000 0002 0003"},
};

GOLDEN(sctp_extensions)
{
	g->link_type = 101;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		golden_add(g, rows[i].about,
			   sctp(TAG, chunk(rows[i].type, rows[i].flags, hex(rows[i].value))));
	golden_add(g, "a bundle: AUTH, then the ASCONF that it signs",
		   sctp(TAG, join(chunk(15, 0, hex("0000 0001" SHA1)),
				  chunk(193, 0, hex("00000001 0005 0008 c0000201")))));
}
