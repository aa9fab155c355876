/* SPDX-License-Identifier: MIT */
/* AppleTalk: LLAP, DDP, AARP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_APPLETALK_H
#define SOCKATLAS_PACKET_APPLETALK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* LocalTalk's link header (Inside AppleTalk, chapter 1): 3 bytes. */
struct packet_llap {
	uint8_t destination; /* node ID, 255 broadcast */
	uint8_t source;
	uint8_t type; /* 1 DDP with the short header, 2 with the long one, from 128 control */
};

/* DDP (Inside AppleTalk, chapter 4): 5 bytes, or 13 with the extended (long) header. */
struct packet_ddp {
	bool extended;
	uint8_t hop_count;	      /* extended only */
	uint16_t length;	      /* bytes of header and data */
	uint16_t checksum;	      /* extended only; 0: none */
	uint16_t destination_network; /* extended only */
	uint16_t source_network;      /* extended only */
	uint8_t destination_node;     /* that of LLAP without the extended header */
	uint8_t source_node;
	uint8_t destination_socket;
	uint8_t source_socket;
	uint8_t type;
	uint16_t payload_length; /* bytes, by the length field */
};

/* AARP (Inside AppleTalk, chapter 2): 8 bytes and the addresses. */
struct packet_aarp {
	uint16_t hardware_type;
	uint16_t protocol_type;
	uint8_t hardware_length;
	uint8_t protocol_length;
	uint16_t function;	 /* 1 request, 2 response, 3 probe */
	bool ethernet_appletalk; /* lengths 6 and 4: the members below are filled in */
	uint8_t source_hardware[6];
	uint16_t source_network;
	uint8_t source_node;
	uint8_t destination_hardware[6];
	uint16_t destination_network;
	uint8_t destination_node;
};

#ifdef __cplusplus
}
#endif

#endif
