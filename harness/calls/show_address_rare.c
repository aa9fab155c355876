/* SPDX-License-Identifier: MIT */
/* Addresses of families that few programs know: calls, sessions, small radios, modems. */
#include "harness/calls/show_address.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
/* After the types that they need. */
#include <linux/if_pppox.h>
#include <linux/nfc.h>
#include <linux/rxrpc.h>
#include <string.h>
#include <sys/socket.h>

static void field(struct text *t, const char *name, uint64_t value)
{
	text_string(t, name);
	text_unsigned(t, value);
}

static bool show_rxrpc(struct text *t, const void *address, size_t length)
{
	struct sockaddr_rxrpc rxrpc;
	size_t transport;

	if (length < offsetof(struct sockaddr_rxrpc, transport))
		return false;
	memset(&rxrpc, 0, sizeof(rxrpc));
	memcpy(&rxrpc, address, length < sizeof(rxrpc) ? length : sizeof(rxrpc));
	transport = length - offsetof(struct sockaddr_rxrpc, transport);
	if (transport > rxrpc.transport_len)
		transport = rxrpc.transport_len;
	if (transport > sizeof(rxrpc.transport))
		transport = sizeof(rxrpc.transport);
	field(t, "service ", rxrpc.srx_service);
	text_string(t, ", ");
	text_name(t, names_type(rxrpc.transport_type), rxrpc.transport_type);
	text_string(t, ", ");
	show_address(t, &rxrpc.transport, (socklen_t)transport);
	return true;
}

/* "tunnel 1 > 2, session 10 > 20": the own number and the peer's. */
static void session(struct text *t, int fd, uint64_t tunnel, uint64_t peer_tunnel, uint64_t number,
		    uint64_t peer_number)
{
	text_string(t, "fd ");
	text_int(t, fd);
	field(t, ", tunnel ", tunnel);
	field(t, " > ", peer_tunnel);
	field(t, ", session ", number);
	field(t, " > ", peer_number);
}

/* The form of a session of L2TP is told by its length alone. */
#define SESSION(type)                                                                              \
	do {                                                                                       \
		type l2tp;                                                                         \
		if (length != sizeof(l2tp))                                                        \
			break;                                                                     \
		memcpy(&l2tp, address, sizeof(l2tp));                                              \
		session(t, l2tp.pppol2tp.fd, l2tp.pppol2tp.s_tunnel, l2tp.pppol2tp.d_tunnel,       \
			l2tp.pppol2tp.s_session, l2tp.pppol2tp.d_session);                         \
	} while (0)

static bool show_pppox(struct text *t, const void *address, size_t length)
{
	struct sockaddr_pppox pppox = {0};
	const size_t head = offsetof(struct sockaddr_pppox, sa_addr);

	if (length < head)
		return false;
	memcpy(&pppox, address, length < sizeof(pppox) ? length : sizeof(pppox));
	show_protocol(t, AF_PPPOX, (int)pppox.sa_protocol);
	if (pppox.sa_protocol == PX_PROTO_OL2TP) {
		text_string(t, ", ");
		SESSION(struct sockaddr_pppol2tp);
		SESSION(struct sockaddr_pppol2tpin6);
		SESSION(struct sockaddr_pppol2tpv3);
		SESSION(struct sockaddr_pppol2tpv3in6);
	} else if (pppox.sa_protocol == PX_PROTO_OE && length >= sizeof(pppox)) {
		field(t, ", session ", be16toh(pppox.sa_addr.pppoe.sid));
		text_string(t, ", ");
		show_hardware(t, pppox.sa_addr.pppoe.remote, sizeof(pppox.sa_addr.pppoe.remote));
		text_string(t, ", \"");
		text_escaped(t, pppox.sa_addr.pppoe.dev,
			     strnlen(pppox.sa_addr.pppoe.dev, sizeof(pppox.sa_addr.pppoe.dev)));
		text_char(t, '"');
	}
	return true;
}

/* linux/include/net/af_ieee802154.h, which no program has. */
struct ieee802154 {
	sa_family_t family;
	int type;
	uint16_t network;
	union {
		uint8_t hardware[8];
		uint16_t number;
	};
};
enum { TYPE_SHORT = 2, TYPE_LONG = 3 };

static bool show_ieee802154(struct text *t, const void *address, size_t length)
{
	struct ieee802154 radio = {0};

	if (length < offsetof(struct ieee802154, hardware) + sizeof(radio.number))
		return false;
	memcpy(&radio, address, length < sizeof(radio) ? length : sizeof(radio));
	text_string(t, "network ");
	text_hex(t, radio.network);
	text_string(t, ", ");
	if (radio.type == TYPE_SHORT)
		text_hex(t, radio.number);
	else if (radio.type == TYPE_LONG)
		show_hardware(t, radio.hardware, sizeof(radio.hardware));
	else
		field(t, "type ", (uint64_t)radio.type);
	return true;
}

static bool show_nfc(struct text *t, const void *address, size_t length)
{
	struct sockaddr_nfc_llcp llcp = {0};
	size_t name;

	if (length < sizeof(struct sockaddr_nfc))
		return false;
	memcpy(&llcp, address, length < sizeof(llcp) ? length : sizeof(llcp));
	field(t, "device ", llcp.dev_idx);
	field(t, ", target ", llcp.target_idx);
	field(t, ", protocol ", llcp.nfc_protocol);
	if (length < sizeof(llcp))
		return true;
	field(t, ", dsap ", llcp.dsap);
	field(t, ", ssap ", llcp.ssap);
	name = llcp.service_name_len < sizeof(llcp.service_name) ? llcp.service_name_len
								 : sizeof(llcp.service_name);
	text_string(t, ", \"");
	text_escaped(t, llcp.service_name, name);
	text_char(t, '"');
	return true;
}

bool show_address_rare(struct text *t, int family, const void *address, size_t length)
{
	switch (family) {
	case AF_RXRPC:
		return show_rxrpc(t, address, length);
	case AF_PPPOX:
		return show_pppox(t, address, length);
	case AF_IEEE802154:
		return show_ieee802154(t, address, length);
	case AF_NFC:
		return show_nfc(t, address, length);
	default:
		return false;
	}
}
