/* SPDX-License-Identifier: MIT */
/* RDS over TCP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_RDS_H
#define SOCKATLAS_PACKET_RDS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

enum {
	PACKET_RDS_CONG_BITMAP = 0x01, /* the payload is the map of congested ports */
	PACKET_RDS_ACK_REQUIRED = 0x02,
	PACKET_RDS_RETRANSMITTED = 0x04,
	PACKET_RDS_HB_PING = 0x08, /* this one and the next only in Oracle's kernels */
	PACKET_RDS_HB_PONG = 0x10,
	PACKET_RDS_EXTHDR_EXTENSION = 0x20,
};

/* struct rds_header of Linux, net/rds/rds.h: 48 bytes in front of each message. */
struct packet_rds {
	uint64_t sequence;
	uint64_t ack;
	uint32_t message_length; /* h_len: bytes behind the header */
	uint16_t source_port;	 /* of RDS, not of TCP; 0 in a pong */
	uint16_t destination_port;
	uint8_t flags;	/* PACKET_RDS_CONG_BITMAP and so on */
	uint8_t credit; /* of InfiniBand only */
	uint16_t checksum;
	uint32_t payload_length; /* how much of the message is in this segment */
};

enum {
	PACKET_RDS_EXTHDR_NONE = 0,
	PACKET_RDS_EXTHDR_VERSION = 1,
	PACKET_RDS_EXTHDR_RDMA = 2,
	PACKET_RDS_EXTHDR_RDMA_DEST = 3,
	PACKET_RDS_EXTHDR_RDMA_BYTES = 4,
	PACKET_RDS_EXTHDR_NPATHS = 5,
	PACKET_RDS_EXTHDR_GEN_NUM = 6,
	PACKET_RDS_EXTHDR_CAP_BITS = 7,
	PACKET_RDS_EXTHDR_SPORT_IDX = 8,
	PACKET_RDS_EXTHDR_CSUM = 9,
};

/* One extension header: a type, and data whose length the type implies. */
struct packet_rds_extension {
	uint8_t type;
	uint8_t data_length;
	uint32_t offset; /* from the packet's first byte */
	uint32_t data_offset;
	uint32_t value;	 /* the first number of the data: of 1, 2 or 4 bytes */
	uint32_t second; /* RDMA_DEST: the offset; RDMA_BYTES, CSUM: the flags */
};

/*
 * The extension headers. The list ends at type 0, at a type that is not known, whose length nobody
 * can tell, or with the 16 bytes there are for it.
 */
bool packet_rds_extension_next(struct packet_walk *walk, struct packet_rds_extension *out);

#ifdef __cplusplus
}
#endif

#endif
