/* SPDX-License-Identifier: MIT */
/* DHCP messages, one level deep. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_DHCP_H
#define SOCKATLAS_PACKET_DHCP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

/* The values of option 53, RFC 2132 9.6 and later. */
enum {
	PACKET_DHCP_DISCOVER = 1,
	PACKET_DHCP_OFFER = 2,
	PACKET_DHCP_REQUEST = 3,
	PACKET_DHCP_DECLINE = 4,
	PACKET_DHCP_ACK = 5,
	PACKET_DHCP_NAK = 6,
	PACKET_DHCP_RELEASE = 7,
	PACKET_DHCP_INFORM = 8,
};

/* BOOTP (RFC 951) and DHCP (RFC 2131 2); sname and file are read from the packet. */
struct packet_dhcp {
	uint8_t op;    /* 1 BOOTREQUEST, 2 BOOTREPLY */
	uint8_t htype; /* as in ARP */
	uint8_t hlen;  /* bytes of chaddr that count, at most 16 */
	uint8_t hops;
	uint32_t xid;
	uint16_t secs;
	uint16_t flags; /* the top bit: answer by broadcast */
	uint8_t ciaddr[4];
	uint8_t yiaddr[4];
	uint8_t siaddr[4];
	uint8_t giaddr[4];
	uint8_t chaddr[16];
	bool has_cookie;	      /* 99.130.83.99 at byte 236: options follow (RFC 2131 3) */
	uint8_t message_type;	      /* of option 53: PACKET_DHCP_DISCOVER and so on; 0: BOOTP */
	uint8_t overload;	      /* of option 52: 1 file, 2 sname, 3 both hold options too */
	uint8_t requested_address[4]; /* of option 50, or 0.0.0.0 */
	uint8_t server_identifier[4]; /* of option 54, or 0.0.0.0 */
};

enum {
	PACKET_DHCP_OPTION_PAD = 0,
	PACKET_DHCP_OPTION_REQUESTED_ADDRESS = 50,
	PACKET_DHCP_OPTION_OVERLOAD = 52,
	PACKET_DHCP_OPTION_MESSAGE_TYPE = 53,
	PACKET_DHCP_OPTION_SERVER_IDENTIFIER = 54,
	PACKET_DHCP_OPTION_END = 255,
};

/*
 * One option, RFC 2132 2. The walk goes through the options field, then through file and sname
 * when option 52 says that they hold more (RFC 2131 4.1). Pad is left out, End is not.
 */
struct packet_dhcp_option {
	uint8_t code;
	uint8_t length; /* of the data; End has none and no length byte */
	bool ok;
	uint32_t offset;
	uint32_t data_offset;
};
bool packet_dhcp_option_next(struct packet_walk *walk, struct packet_dhcp_option *out);

#ifdef __cplusplus
}
#endif

#endif
