/* SPDX-License-Identifier: MIT */
/* SCTP, its chunks, parameters and error causes. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_SCTP_H
#define SOCKATLAS_PACKET_SCTP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* The common header of RFC 9260 3.1. The layer is the whole packet, all of its chunks. */
struct packet_sctp {
	uint16_t source_port;
	uint16_t destination_port;
	uint32_t verification_tag;
	uint32_t checksum;   /* the four bytes as they stand; the CRC's lowest byte comes first */
	uint16_t chunks;     /* how many there are, those that were cut included */
	uint8_t first_chunk; /* type of the first one, when there is any */
	bool has_init;	     /* one of them is an INIT */
	bool has_cookie_echo;
	bool open;	     /* a quote or a first fragment: its last chunk may go on elsewhere */
	uint32_t data_bytes; /* of user data in all DATA and I-DATA chunks */
};

enum {
	PACKET_SCTP_DATA = 0,
	PACKET_SCTP_INIT = 1,
	PACKET_SCTP_INIT_ACK = 2,
	PACKET_SCTP_SACK = 3,
	PACKET_SCTP_HEARTBEAT = 4,
	PACKET_SCTP_HEARTBEAT_ACK = 5,
	PACKET_SCTP_ABORT = 6,
	PACKET_SCTP_SHUTDOWN = 7,
	PACKET_SCTP_SHUTDOWN_ACK = 8,
	PACKET_SCTP_ERROR = 9,
	PACKET_SCTP_COOKIE_ECHO = 10,
	PACKET_SCTP_COOKIE_ACK = 11,
	PACKET_SCTP_ECNE = 12,
	PACKET_SCTP_CWR = 13,
	PACKET_SCTP_SHUTDOWN_COMPLETE = 14,
	PACKET_SCTP_AUTH = 15,
	PACKET_SCTP_NR_SACK = 16,
	PACKET_SCTP_I_DATA = 64,
	PACKET_SCTP_ASCONF_ACK = 128,
	PACKET_SCTP_RE_CONFIG = 130,
	PACKET_SCTP_PAD = 132,
	PACKET_SCTP_FORWARD_TSN = 192,
	PACKET_SCTP_ASCONF = 193,
	PACKET_SCTP_I_FORWARD_TSN = 194,
};

/* Flags of DATA and I-DATA (RFC 9260 3.3.1), and the one of ABORT and SHUTDOWN COMPLETE. */
enum {
	PACKET_SCTP_DATA_END = 1,
	PACKET_SCTP_DATA_BEGINNING = 2,
	PACKET_SCTP_DATA_UNORDERED = 4,
	PACKET_SCTP_DATA_IMMEDIATE = 8,
	PACKET_SCTP_TAG_REFLECTED = 1,
};

/* What stands behind a chunk's fixed fields, or in a parameter or cause. */
enum packet_sctp_list {
	PACKET_SCTP_NO_LIST,
	PACKET_SCTP_PARAMETERS, /* for packet_sctp_parameter_next() */
	PACKET_SCTP_CAUSES,	/* for packet_sctp_cause_next() */
};

/*
 * One chunk; which members count depends on its type. Of a chunk that was cut, the fields that
 * were not captured are 0. `ok` is false when its length is not one that its type may have, is
 * less than 4, or more than there is: then only type, flags, length and offsets are filled.
 */
struct packet_sctp_chunk {
	uint8_t type;
	uint8_t flags;
	uint16_t length; /* in bytes, with its header of 4, without padding */
	bool ok;
	uint8_t list;	       /* enum packet_sctp_list of what is at `value_offset` */
	uint8_t padding;       /* bytes behind it; fewer than up to a multiple of 4: some lack */
	uint8_t fixed;	       /* bytes of header and fixed fields */
	uint32_t offset;       /* of the chunk, from the packet's first byte */
	uint32_t captured;     /* how many of `length` bytes are there */
	uint32_t value_offset; /* behind the fixed fields: user data, parameters, blocks, ... */
	uint32_t value_length; /* by the chunk's length */
	/*
	 * TSN of DATA and I-DATA, Initial TSN, Cumulative TSN Ack of SACK, NR-SACK and SHUTDOWN,
	 * New Cumulative TSN of FORWARD TSN and I-FORWARD-TSN, Lowest TSN Number of ECNE and CWR.
	 */
	uint32_t tsn;
	uint32_t initiate_tag;	     /* INIT, INIT ACK */
	uint32_t a_rwnd;	     /* INIT, INIT ACK, SACK, NR-SACK: bytes */
	uint16_t outbound_streams;   /* INIT, INIT ACK */
	uint16_t inbound_streams;    /* INIT, INIT ACK */
	uint16_t stream_identifier;  /* DATA, I-DATA */
	uint16_t stream_sequence;    /* DATA */
	uint32_t message_identifier; /* I-DATA */
	uint32_t fragment_sequence;  /* I-DATA that begins no message */
	uint32_t payload_protocol;   /* DATA, I-DATA that begins a message */
	uint16_t gap_ack_blocks;     /* SACK, NR-SACK: at `value_offset`, 4 bytes each */
	uint16_t nr_gap_ack_blocks;  /* NR-SACK: behind those */
	uint16_t duplicate_tsns;     /* SACK, NR-SACK: behind those, 4 bytes each */
	uint16_t shared_key;	     /* AUTH */
	uint16_t hmac_identifier;    /* AUTH */
	uint32_t sequence_number;    /* ASCONF, ASCONF-ACK */
};

/* The chunks of a layer. One whose length lies comes too, `ok` false, and is the last one. */
bool packet_sctp_chunk_next(struct packet_walk *walk, struct packet_sctp_chunk *out);

enum {
	PACKET_SCTP_HEARTBEAT_INFO = 1,
	PACKET_SCTP_IPV4_ADDRESS = 5,
	PACKET_SCTP_IPV6_ADDRESS = 6,
	PACKET_SCTP_STATE_COOKIE = 7,
	PACKET_SCTP_UNRECOGNIZED_PARAMETER = 8,
	PACKET_SCTP_COOKIE_PRESERVATIVE = 9,
	PACKET_SCTP_HOST_NAME_ADDRESS = 11,
	PACKET_SCTP_SUPPORTED_ADDRESS_TYPES = 12,
	PACKET_SCTP_OUTGOING_SSN_RESET = 13,
	PACKET_SCTP_INCOMING_SSN_RESET = 14,
	PACKET_SCTP_SSN_TSN_RESET = 15,
	PACKET_SCTP_RE_CONFIG_RESPONSE = 16,
	PACKET_SCTP_ADD_OUTGOING_STREAMS = 17,
	PACKET_SCTP_ADD_INCOMING_STREAMS = 18,
	PACKET_SCTP_ECN_CAPABLE = 0x8000,
	PACKET_SCTP_ZERO_CHECKSUM_ACCEPTABLE = 0x8001,
	PACKET_SCTP_RANDOM = 0x8002,
	PACKET_SCTP_CHUNK_LIST = 0x8003,
	PACKET_SCTP_HMAC_ALGORITHMS = 0x8004,
	PACKET_SCTP_PADDING = 0x8005,
	PACKET_SCTP_SUPPORTED_EXTENSIONS = 0x8008,
	PACKET_SCTP_FORWARD_TSN_SUPPORTED = 0xc000,
	PACKET_SCTP_ADD_IP_ADDRESS = 0xc001,
	PACKET_SCTP_DELETE_IP_ADDRESS = 0xc002,
	PACKET_SCTP_ERROR_CAUSE_INDICATION = 0xc003,
	PACKET_SCTP_SET_PRIMARY_ADDRESS = 0xc004,
	PACKET_SCTP_SUCCESS_INDICATION = 0xc005,
	PACKET_SCTP_ADAPTATION_LAYER = 0xc006,
};

enum {
	PACKET_SCTP_INVALID_STREAM = 1,
	PACKET_SCTP_MISSING_PARAMETER = 2,
	PACKET_SCTP_STALE_COOKIE = 3,
	PACKET_SCTP_OUT_OF_RESOURCE = 4,
	PACKET_SCTP_UNRESOLVABLE_ADDRESS = 5,
	PACKET_SCTP_UNRECOGNIZED_CHUNK = 6,
	PACKET_SCTP_INVALID_PARAMETER = 7,
	PACKET_SCTP_UNRECOGNIZED_PARAMETERS = 8,
	PACKET_SCTP_NO_USER_DATA = 9,
	PACKET_SCTP_COOKIE_WHILE_SHUTTING_DOWN = 10,
	PACKET_SCTP_RESTART_NEW_ADDRESSES = 11,
	PACKET_SCTP_USER_ABORT = 12,
	PACKET_SCTP_PROTOCOL_VIOLATION = 13,
	PACKET_SCTP_DELETE_LAST_ADDRESS = 0xa0,
	PACKET_SCTP_RESOURCE_SHORTAGE = 0xa1,
	PACKET_SCTP_DELETE_SOURCE_ADDRESS = 0xa2,
	PACKET_SCTP_ILLEGAL_ASCONF_ACK = 0xa3,
	PACKET_SCTP_NO_AUTHORIZATION = 0xa4,
	PACKET_SCTP_UNSUPPORTED_HMAC = 0x105,
};

/* A parameter or an error cause: both are a type, a length and a value (RFC 9260 3.2.1). */
struct packet_sctp_parameter {
	uint16_t type;	       /* or the cause code */
	uint16_t length;       /* in bytes, with its header of 4, without padding */
	bool ok;	       /* as of a chunk */
	uint8_t list;	       /* enum packet_sctp_list of what is at `list_offset` */
	uint8_t padding;       /* bytes behind it; of the last one they are the chunk's */
	uint32_t offset;       /* from the packet's first byte */
	uint32_t captured;     /* how many of `length` bytes are there */
	uint32_t value_offset; /* behind type and length */
	uint32_t value_length; /* by its length */
	uint32_t list_offset;  /* parameters or causes inside, up to its end */
};

/*
 * Starts a walk over the parameters or causes of a chunk, or over those inside of a parameter or a
 * cause; empty when its `list` is PACKET_SCTP_NO_LIST. `walk` is the one that gave the chunk or
 * parameter.
 */
struct packet_walk packet_sctp_chunk_list(const struct packet_walk *walk,
					  const struct packet_sctp_chunk *chunk);
struct packet_walk packet_sctp_inner_list(const struct packet_walk *walk,
					  const struct packet_sctp_parameter *outer);
bool packet_sctp_parameter_next(struct packet_walk *walk, struct packet_sctp_parameter *out);
bool packet_sctp_cause_next(struct packet_walk *walk, struct packet_sctp_parameter *out);

#ifdef __cplusplus
}
#endif

#endif
