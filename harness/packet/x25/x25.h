/* SPDX-License-Identifier: MIT */
/* LAPB and X.25. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_X25_H
#define SOCKATLAS_PACKET_X25_H

#include <stdbool.h>
#include <stdint.h>

#include "hdlc.h"

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* The link layer, X.25 2: behind a direction (link type 207), or a length (EtherType 0x6000). */
struct packet_lapb {
	bool has_direction;
	uint8_t direction; /* 0: received, from DCE to DTE; others: sent, from DTE to DCE */
	bool has_length;
	uint16_t length;      /* of the LAPB frame, in bytes */
	uint8_t address;      /* 3 (A) and 1 (B), of multilink operation 15 (C) and 7 (D) */
	uint32_t hdlc_offset; /* of the control field, from the packet's first byte; 0: not reached
			       */
	struct packet_hdlc hdlc;
	struct packet_frmr frmr;
};

/* Packets of the packet layer: the type identifier, of those with P(R) and P(S) without these. */
enum {
	PACKET_X25_DATA = 0x00,
	PACKET_X25_RR = 0x01,
	PACKET_X25_RNR = 0x05,
	PACKET_X25_REJ = 0x09,
	PACKET_X25_CALL_REQUEST = 0x0b,	 /* from the DCE: incoming call */
	PACKET_X25_CALL_ACCEPTED = 0x0f, /* call connected */
	PACKET_X25_CLEAR_REQUEST = 0x13, /* clear indication */
	PACKET_X25_CLEAR_CONFIRMATION = 0x17,
	PACKET_X25_RESET_REQUEST = 0x1b, /* reset indication */
	PACKET_X25_RESET_CONFIRMATION = 0x1f,
	PACKET_X25_INTERRUPT = 0x23,
	PACKET_X25_INTERRUPT_CONFIRMATION = 0x27,
	PACKET_X25_DIAGNOSTIC = 0xf1,
	PACKET_X25_REGISTRATION_REQUEST = 0xf3,
	PACKET_X25_REGISTRATION_CONFIRMATION = 0xf7,
	PACKET_X25_RESTART_REQUEST = 0xfb, /* restart indication */
	PACKET_X25_RESTART_CONFIRMATION = 0xff,
};

/* What Linux puts in front of a packet between packet layer and device (linux/if_x25.h). */
enum {
	PACKET_X25_INTERFACE_DATA = 0,
	PACKET_X25_INTERFACE_CONNECT = 1,
	PACKET_X25_INTERFACE_DISCONNECT = 2,
	PACKET_X25_INTERFACE_PARAMETERS = 3,
};

/* A packet of the packet layer, X.25 5. Offsets count from the packet's first byte; 0: none. */
struct packet_x25 {
	bool has_interface;
	uint8_t interface_type;		   /* PACKET_X25_INTERFACE_* */
	uint8_t general_format_identifier; /* 4 bits */
	bool qualifier;			   /* Q of data */
	bool address_format;	 /* A of call set-up and clearing: addresses with type and plan */
	bool delivery;		 /* D: delivery confirmation */
	uint8_t modulo;		 /* 8, 128, or 0: neither */
	uint16_t channel;	 /* logical channel group and number, 12 bits */
	uint8_t type_identifier; /* the byte as it stands */
	uint8_t type;		 /* PACKET_X25_*, or the type identifier of another one */
	uint8_t receive;	 /* P(R) of data, RR, RNR, REJ */
	uint8_t send;		 /* P(S) of data */
	bool more;		 /* M of data */
	bool has_cause, has_diagnostic;
	uint8_t cause;
	uint8_t diagnostic;
	uint8_t called_length;	/* in semi-octets; of a registration: the DCE's address */
	uint8_t calling_length; /* in semi-octets; of a registration: the DTE's address */
	char called[16];	/* the digits (at most 15), without type and plan */
	char calling[16];
	uint8_t facilities_length;  /* in bytes, as does */
	uint16_t user_data_length;  /* call, interrupt or clear user data, diagnostic explanation */
	uint32_t addresses_offset;  /* of the first digit; the lengths stand in front of it */
	uint32_t facilities_offset; /* of the first; walk them with packet_x25_facility_next() */
	uint32_t user_data_offset;
};

/* Codes of facilities that have names here; others are walked too. */
enum {
	PACKET_X25_FACILITY_MARKER = 0x00, /* facilities of another origin follow */
	PACKET_X25_FACILITY_REVERSE = 0x01,
	PACKET_X25_FACILITY_THROUGHPUT = 0x02,
	PACKET_X25_FACILITY_PACKET_SIZE = 0x42,
	PACKET_X25_FACILITY_WINDOW_SIZE = 0x43,
	PACKET_X25_FACILITY_CALLED_ADDRESS = 0xc9,
	PACKET_X25_FACILITY_CALLING_ADDRESS = 0xcb,
};

struct packet_x25_facility {
	uint8_t code; /* class (2 bits): 1, 2, 3 bytes of parameter, or a length byte */
	bool ok; /* the parameter has a length that X.25 allows; says nothing behind another marker
		    than 0x0f */
	uint16_t length;      /* of all of it, in bytes */
	uint32_t offset;      /* of the code */
	uint32_t data_offset; /* of the parameter */
	uint32_t data_length; /* in bytes */
};
/* Of calls, clearing and registrations, and of ROSE, which has the same list. */
bool packet_x25_facility_next(struct packet_walk *walk, struct packet_x25_facility *out);

#ifdef __cplusplus
}
#endif

#endif
