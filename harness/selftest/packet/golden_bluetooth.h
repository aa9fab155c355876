/* SPDX-License-Identifier: MIT */
/* What the golden packets of Bluetooth are put together with: lengths are filled in here. */
#ifndef SOCKATLAS_SELFTEST_PACKET_GOLDEN_BLUETOOTH_H
#define SOCKATLAS_SELFTEST_PACKET_GOLDEN_BLUETOOTH_H

#include "harness/selftest/packet/golden.h"

static inline struct blob le16(unsigned int value)
{
	struct blob b = {.length = 2};

	b.bytes[0] = (uint8_t)value;
	b.bytes[1] = (uint8_t)(value >> 8);
	return b;
}

/* With the type byte of H4. */
static inline struct blob hci_command(unsigned int opcode, struct blob parameters)
{
	return join(join(fill(1, 1), le16(opcode)),
		    join(fill((uint8_t)parameters.length, 1), parameters));
}

static inline struct blob hci_event(unsigned int code, struct blob parameters)
{
	return join(join(fill(4, 1), fill((uint8_t)code, 1)),
		    join(fill((uint8_t)parameters.length, 1), parameters));
}

/* `handle` with the flags in its upper four bits. */
static inline struct blob hci_acl(unsigned int handle, struct blob data)
{
	return join(join(fill(2, 1), le16(handle)), join(le16((unsigned int)data.length), data));
}

static inline struct blob l2cap(unsigned int cid, struct blob payload)
{
	return join(join(le16((unsigned int)payload.length), le16(cid)), payload);
}

/* A command of a signalling channel. */
static inline struct blob signal_of(unsigned int code, unsigned int identifier, struct blob data)
{
	return join(join(fill((uint8_t)code, 1), fill((uint8_t)identifier, 1)),
		    join(le16((unsigned int)data.length), data));
}

/* A whole packet with one command on the channel of BR/EDR, on that of LE. */
static inline struct blob signal_frame(unsigned int code, const char *data)
{
	return hci_acl(0x2001, l2cap(1, signal_of(code, 1, hex(data))));
}

static inline struct blob le_signal_frame(unsigned int code, const char *data)
{
	return hci_acl(0x0001, l2cap(5, signal_of(code, 2, hex(data))));
}

#endif
