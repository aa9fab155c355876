/* SPDX-License-Identifier: MIT */
/* DCCP and its options. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_DCCP_H
#define SOCKATLAS_PACKET_DCCP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* Packet types, RFC 4340 5.1; 10 to 15 are reserved. */
enum {
	PACKET_DCCP_REQUEST = 0,
	PACKET_DCCP_RESPONSE = 1,
	PACKET_DCCP_DATA = 2,
	PACKET_DCCP_ACK = 3,
	PACKET_DCCP_DATAACK = 4,
	PACKET_DCCP_CLOSEREQ = 5,
	PACKET_DCCP_CLOSE = 6,
	PACKET_DCCP_RESET = 7,
	PACKET_DCCP_SYNC = 8,
	PACKET_DCCP_SYNCACK = 9,
};

/* DCCP, RFC 4340 5. */
struct packet_dccp {
	uint16_t source_port;
	uint16_t destination_port;
	uint8_t data_offset; /* of the data, in words of 4 bytes */
	uint8_t ccval;	     /* 4 bits, for the sender's CCID */
	uint8_t cscov;	     /* 4 bits: 0 all, N header and options and (N - 1) * 4 bytes of data */
	uint16_t checksum;
	uint8_t res;	  /* 3 bits */
	uint8_t type;	  /* 4 bits: PACKET_DCCP_REQUEST and so on */
	bool extended;	  /* X: sequence numbers have 48 bits, else their lower 24 */
	uint8_t reserved; /* with X */
	bool has_acknowledgement, has_service_code;
	uint64_t sequence_number;
	uint64_t acknowledgement_number;
	uint32_t service_code;	 /* Request and Response */
	uint8_t reset_code;	 /* Reset */
	uint8_t reset_data[3];	 /* Data 1 to 3 of a Reset */
	uint16_t options_offset; /* from the header's first byte */
	uint16_t options_length; /* in bytes; walk them with packet_dccp_option_next() */
	uint32_t covered;	 /* bytes the checksum is over, 0 if that cannot be told */
	uint32_t payload_length; /* bytes of data on the wire, whether captured or not */
};

/* RFC 4340 5.8; Loss Event Rate and its like are options of CCID 3, RFC 4342 8. */
enum {
	PACKET_DCCP_OPTION_PADDING = 0,
	PACKET_DCCP_OPTION_MANDATORY = 1,
	PACKET_DCCP_OPTION_SLOW_RECEIVER = 2,
	PACKET_DCCP_OPTION_CHANGE_L = 32,
	PACKET_DCCP_OPTION_CONFIRM_L = 33,
	PACKET_DCCP_OPTION_CHANGE_R = 34,
	PACKET_DCCP_OPTION_CONFIRM_R = 35,
	PACKET_DCCP_OPTION_INIT_COOKIE = 36,
	PACKET_DCCP_OPTION_NDP_COUNT = 37,
	PACKET_DCCP_OPTION_ACK_VECTOR_0 = 38,
	PACKET_DCCP_OPTION_ACK_VECTOR_1 = 39,
	PACKET_DCCP_OPTION_DATA_DROPPED = 40,
	PACKET_DCCP_OPTION_TIMESTAMP = 41,
	PACKET_DCCP_OPTION_TIMESTAMP_ECHO = 42,
	PACKET_DCCP_OPTION_ELAPSED_TIME = 43,
	PACKET_DCCP_OPTION_DATA_CHECKSUM = 44,
	PACKET_DCCP_OPTION_LOSS_EVENT_RATE = 192,
	PACKET_DCCP_OPTION_LOSS_INTERVALS = 193,
	PACKET_DCCP_OPTION_RECEIVE_RATE = 194,
};

struct packet_dccp_option {
	uint8_t type;
	uint8_t length; /* of the whole option; types 0 to 31 are that byte alone */
	bool ok;
	bool has_elapsed_time; /* Timestamp Echo with an elapsed time */
	uint8_t feature;       /* Change and Confirm: the Feature Number; the data are values */
	uint8_t data_length;   /* in bytes, behind type, length and feature */
	uint32_t offset;
	uint32_t data_offset;
	uint64_t number;       /* what the data says, of options that are one number */
	uint32_t elapsed_time; /* in units of 10 microseconds */
};
bool packet_dccp_option_next(struct packet_walk *walk, struct packet_dccp_option *out);

#ifdef __cplusplus
}
#endif

#endif
