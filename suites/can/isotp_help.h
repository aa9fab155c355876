/* SPDX-License-Identifier: MIT */
/* Sockets of ISO-TP (ISO 15765-2): two identifiers, one for each direction. */
#ifndef SUITES_CAN_ISOTP_HELP_H
#define SUITES_CAN_ISOTP_HELP_H

#include <linux/can.h>
#include <linux/can/isotp.h>

#include "suites/can/can_help.h"

/* Newer than some headers: 6.0 (CF_BROADCAST) and 6.2 (DYN_FC_PARMS). */
#ifndef CAN_ISOTP_SF_BROADCAST
#define CAN_ISOTP_SF_BROADCAST 0x0800
#endif
#ifndef CAN_ISOTP_CF_BROADCAST
#define CAN_ISOTP_CF_BROADCAST 0x1000
#endif
#ifndef CAN_ISOTP_FRAME_TXTIME_ZERO
#define CAN_ISOTP_FRAME_TXTIME_ZERO 0xffffffffU /* of 5.18 */
#endif

/* The identifiers: a tester's requests, and the answers. */
enum { REQUEST = 0x7e0, ANSWER = 0x7e8 };

struct sockaddr_can isotp_address(int ifindex, canid_t rx_id, canid_t tx_id);

/* A CAN_ISOTP socket that is not bound yet. */
#define isotp_new() (CALLS_HERE, isotp_new_at(EXPECT_SETUP_AT("isotp_new()")))
int isotp_new_at(struct expect_at at);

/* Binds one to vcan0. */
#define isotp_bind(fd, rx_id, tx_id)                                                               \
	(CALLS_HERE, isotp_bind_at(EXPECT_SETUP_AT("isotp_bind(" #fd ")"), fd, rx_id, tx_id))
void isotp_bind_at(struct expect_at at, int fd, canid_t rx_id, canid_t tx_id);

/* Sets the flags of CAN_ISOTP_OPTS, and the rest to what there was. */
#define isotp_flags(fd, flags)                                                                     \
	(CALLS_HERE, isotp_flags_at(EXPECT_SETUP_AT("isotp_flags(" #fd ", " #flags ")"), fd, flags))
void isotp_flags_at(struct expect_at at, int fd, uint32_t flags);

/* The next frame has this identifier and exactly these bytes. */
#define EXPECT_BYTES(fd, id, ...)                                                                  \
	(CALLS_HERE, expect_bytes_here(fd, id, (const uint8_t[]){__VA_ARGS__},                     \
				       sizeof((const uint8_t[]){__VA_ARGS__})))
void expect_bytes_here(int fd, canid_t id, const uint8_t *bytes, size_t size);

/* Sends a frame with these bytes, for setup. */
#define put_bytes(fd, id, ...)                                                                     \
	(CALLS_HERE,                                                                               \
	 put_bytes_at(EXPECT_SETUP_AT("put_bytes(" #fd ", " #id ")"), fd, id,                      \
		      (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})))
void put_bytes_at(struct expect_at at, int fd, canid_t id, const uint8_t *bytes, size_t size);

/* The next message of an ISO-TP socket is this text. */
#define EXPECT_TEXT(fd, text) (CALLS_HERE, expect_text_here(fd, text))
void expect_text_here(int fd, const char *text);

#endif
