/* SPDX-License-Identifier: MIT */
/* The control field that LAPB and AX.25 share. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_HDLC_H
#define SOCKATLAS_PACKET_HDLC_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Frames: what is left of the control field without N(R), N(S) and P/F. */
enum {
	PACKET_HDLC_I = 0x00,
	PACKET_HDLC_RR = 0x01,
	PACKET_HDLC_UI = 0x03,
	PACKET_HDLC_RNR = 0x05,
	PACKET_HDLC_REJ = 0x09,
	PACKET_HDLC_SREJ = 0x0d,
	PACKET_HDLC_DM = 0x0f,
	PACKET_HDLC_SABM = 0x2f,
	PACKET_HDLC_DISC = 0x43,
	PACKET_HDLC_UA = 0x63,
	PACKET_HDLC_SABME = 0x6f,
	PACKET_HDLC_FRMR = 0x87,
	PACKET_HDLC_XID = 0xaf,
	PACKET_HDLC_TEST = 0xe3,
};

struct packet_hdlc {
	uint8_t control;  /* its first byte */
	uint8_t frame;	  /* PACKET_HDLC_*, or another number of a U frame */
	bool extended;	  /* the control field has 2 bytes, sequence numbers are modulo 128 */
	bool poll_final;  /* P of a command, F of a response */
	uint8_t receive;  /* N(R) of I and S frames */
	uint8_t send;	  /* N(S) of I frames */
	bool is_command;  /* as far as the address says; neither, when it does not */
	bool is_response; /* say */
};

/* Why a frame was rejected: the information field of FRMR. */
struct packet_frmr {
	uint8_t length;		   /* in bytes: 3, 5 for modulo 128, 0: there is none */
	uint16_t rejected_control; /* its first byte is the high one when there are two */
	uint8_t receive_state;	   /* V(R) */
	uint8_t send_state;	   /* V(S) */
	bool was_response;
	bool w; /* control field undefined or not implemented */
	bool x; /* information field not permitted, or a length that cannot be */
	bool y; /* information field too long */
	bool z; /* N(R) invalid */
};

#ifdef __cplusplus
}
#endif

#endif
