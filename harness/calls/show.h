/* SPDX-License-Identifier: MIT */
/*
 * What arguments look like: each function writes one value to a text. Pointers may
 * be anything, and lengths may lie: memory is read by memory.h only, and a pointer
 * that cannot be read is shown as a number.
 *
 * The form is that of C where there is one, and is read by programs too: every
 * constant appears by its name, alone between characters that no name has.
 */
#ifndef SOCKATLAS_CALLS_SHOW_H
#define SOCKATLAS_CALLS_SHOW_H

#include "harness/calls/text.h"
#include "harness/names/names.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum {
	SHOW_DATA_BYTES = 48, /* of data; the rest is counted only */
};

/* "A|B|0x40", "0". */
void show_flags(struct text *t, const struct name_table *table, uint64_t value);

/* "SOCK_STREAM|SOCK_CLOEXEC". */
void show_socket_type(struct text *t, int type);

/* "IPPROTO_TCP"; "htons(ETH_P_ALL)" for AF_PACKET, which takes network byte order. */
void show_protocol(struct text *t, int family, int protocol);

/* "\"lo\"", for a NUL-terminated string. */
void show_string(struct text *t, const char *string);

/* "\"GET /\"", or "\"...\"... (1000 bytes)" when it was cut. */
void show_data(struct text *t, const void *data, size_t length);

/* The same for bytes that are known to be there. */
void show_known_data(struct text *t, const void *data, size_t shown, size_t length);

/*
 * What a CAN socket of this protocol sends or receives: "{CAN_MTU, can_id=0x123, len=1, data=<2a>}"
 * of CAN_RAW, "{opcode=CAN_BCM_TX_SETUP, ...}" of CAN_BCM. False, with nothing written, when it is
 * no frame or message of it.
 */
bool show_can_data(struct text *t, int protocol, const void *data, size_t length);

/*
 * A struct tipc_subscr or tipc_event, as the topology server of TIPC takes and sends them. False,
 * with nothing written, for anything else.
 */
bool show_tipc_topology(struct text *t, const void *data, size_t length);

/* A message of PF_KEY. False, with nothing written, when it is none. */
bool show_key_message(struct text *t, const void *data, size_t length);

/* "{AF_INET, 127.0.0.1:80}". */
void show_address(struct text *t, const void *address, socklen_t length);

/* 4 or 16 bytes that are known to be there: "127.0.0.1", "::1". */
void show_inet(struct text *t, const void *address);
void show_inet6(struct text *t, const void *address);

/* "02:00:00:00:00:01". */
void show_hardware(struct text *t, const uint8_t *bytes, size_t length);

/* "{1.5 s}"-like: "{tv_sec=1, tv_usec=500000}", from memory; the kinds differ between calls. */
void show_timeval(struct text *t, const void *timeval);
void show_timespec(struct text *t, const void *timespec);

/*
 * The value of an option of a socket of `family`, as its level and number say.
 * `reading` when it comes from getsockopt().
 */
void show_option(struct text *t, int family, int level, int option, bool reading, const void *value,
		 socklen_t length);

#endif
