/* SPDX-License-Identifier: MIT */
/* CAN frames of SocketCAN, ISO-TP and J1939. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_CAN_H
#define SOCKATLAS_PACKET_CAN_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* Bits of fd_flags. */
enum {
	PACKET_CAN_BRS = 0x01, /* the payload came at the second bit rate */
	PACKET_CAN_ESI = 0x02, /* its sender is error passive */
	PACKET_CAN_FDF = 0x04, /* this is a CAN FD frame; older software leaves it 0 */
};

/* The classes of an error message, in its identifier: CAN_ERR_* of linux/can/error.h. */
enum {
	PACKET_CAN_ERR_TX_TIMEOUT = 0x001,
	PACKET_CAN_ERR_LOSTARB = 0x002, /* error_data[0]: in which bit */
	PACKET_CAN_ERR_CRTL = 0x004,	/* [1]: what troubles the controller, bits */
	PACKET_CAN_ERR_PROT = 0x008,	/* [2]: which violation, bits; [3]: where in the frame */
	PACKET_CAN_ERR_TRX = 0x010,	/* [4]: CANH in the low, CANL in the high nibble */
	PACKET_CAN_ERR_ACK = 0x020,
	PACKET_CAN_ERR_BUSOFF = 0x040,
	PACKET_CAN_ERR_BUSERROR = 0x080,
	PACKET_CAN_ERR_RESTARTED = 0x100,
	PACKET_CAN_ERR_CNT = 0x200, /* [6]: TX error counter, [7]: RX error counter */
};

/* A classical CAN or CAN FD frame: struct can_frame or canfd_frame of linux/can.h. */
struct packet_can {
	uint32_t id_and_flags; /* the whole field: EFF 0x80000000, RTR 0x40000000, ERR 0x20000000 */
	uint32_t identifier;   /* 11 bits, or 29 if extended; the classes of an error message */
	bool extended;
	bool remote; /* asks for data: has none, whatever payload_length says */
	bool error;  /* made by the driver, never on the bus */
	bool fd;
	bool little_endian;	/* the byte order of the first field, see packet_decode_can() */
	uint8_t payload_length; /* bytes: up to 8, FD up to 64; of a remote frame those asked for */
	uint8_t fd_flags;	/* 0 in classical frames */
	uint8_t len8_dlc;	/* classical: the DLC of 8 bytes, if it was 9..15; else 0 */
	uint8_t dlc;		/* data length code, as on the bus */
	uint8_t error_data[8];	/* of an error message, else 0 */
};

/* Bits of the flags of a CAN XL frame. */
enum {
	PACKET_CANXL_SEC = 0x01, /* simple extended content */
	PACKET_CANXL_RRS = 0x02, /* remote request substitution */
	PACKET_CANXL_XLF = 0x80, /* tells CAN XL from the other two */
};

/* A CAN XL frame: struct canxl_frame of linux/can.h. */
struct packet_canxl {
	uint32_t priority_and_vcid; /* the whole field */
	uint16_t priority;	    /* for arbitration, 11 bits */
	uint8_t vcid;		    /* virtual CAN network; 0: none */
	uint8_t flags;
	uint8_t sdu_type;	 /* what the payload is, CiA 611-1 */
	uint16_t payload_length; /* bytes, 1..2048 */
	uint32_t acceptance_field;
};

/* The types of a protocol data unit, ISO 15765-2; N_PCI_SF and so on of linux/net/can/isotp.c. */
enum {
	PACKET_ISOTP_SINGLE,
	PACKET_ISOTP_FIRST,
	PACKET_ISOTP_CONSECUTIVE,
	PACKET_ISOTP_FLOW_CONTROL,
};

/* The protocol control information (N_PCI) of ISO 15765-2. */
struct packet_isotp {
	uint8_t type;	 /* above, or 4..15: reserved */
	bool escape;	 /* the length has a field of its own */
	uint32_t length; /* bytes of the message: SF_DL of a single, FF_DL of a first frame */
	uint8_t sequence_number; /* of a consecutive frame, 0..15 */
	uint8_t flow_status;	 /* of flow control: 0 continue, 1 wait, 2 overflow */
	uint8_t block_size;	 /* how many frames until the next flow control; 0: all */
	uint8_t st_min;		 /* time between frames: 0..127 ms, 0xf1..0xf9 100 us each */
};

/* The Parameter Group Numbers whose payload is decoded, SAE J1939-21 and -81. */
enum {
	PACKET_J1939_ETP_DT = 0xc700,
	PACKET_J1939_ETP_CM = 0xc800,
	PACKET_J1939_ACKNOWLEDGMENT = 0xe800,
	PACKET_J1939_REQUEST = 0xea00,
	PACKET_J1939_TP_DT = 0xeb00,
	PACKET_J1939_TP_CM = 0xec00,
	PACKET_J1939_ADDRESS_CLAIMED = 0xee00,
};

/* Control bytes of the transport protocol, TP.CM and ETP.CM. */
enum {
	PACKET_J1939_RTS = 16,
	PACKET_J1939_CTS = 17,
	PACKET_J1939_END_OF_MESSAGE = 19,
	PACKET_J1939_ETP_RTS = 20,
	PACKET_J1939_ETP_CTS = 21,
	PACKET_J1939_ETP_DPO = 22, /* data packet offset */
	PACKET_J1939_ETP_END_OF_MESSAGE = 23,
	PACKET_J1939_BAM = 32, /* to all, without an answer */
	PACKET_J1939_ABORT = 255,
};

/* What the identifier of the CAN frame says, and the payload of the groups above. */
struct packet_j1939 {
	uint32_t pgn; /* Parameter Group Number, 18 bits */
	uint8_t priority;
	bool extended_data_page;
	bool data_page;
	uint8_t pdu_format;
	uint8_t pdu_specific;
	uint8_t source_address;
	uint8_t destination_address; /* 255: all */
	uint8_t control_byte;	     /* of Acknowledgment, TP.CM, ETP.CM */
	uint8_t group_function;	     /* of Acknowledgment */
	uint8_t address_acknowledged;
	uint8_t sequence_number;    /* of TP.DT, ETP.DT: 1..255 */
	uint8_t number_of_packets;  /* of the message; of a CTS, those that may come now */
	uint8_t maximum_of_packets; /* of an RTS: at most so many a CTS; 255: any */
	uint8_t abort_reason;
	uint32_t message_size; /* bytes */
	uint32_t packet;       /* CTS: the next packet's number; DPO: packets before number 1 */
	uint32_t about_pgn;    /* the group asked for, acknowledged or transported */
	uint64_t name;	       /* of Address Claimed: NAME, 64 bits */
};

#ifdef __cplusplus
}
#endif

#endif
