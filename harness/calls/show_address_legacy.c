/* SPDX-License-Identifier: MIT */
/* Addresses of older networks (AppleTalk, LLC, DECnet, amateur radio, X.25, ATM) and of modems. */
#include "harness/calls/show_address.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <linux/atalk.h>
#include <linux/atm.h>
#include <linux/ax25.h>
#include <linux/llc.h>
#include <linux/mctp.h>
#include <linux/phonet.h>
#include <linux/qrtr.h>
#include <linux/rose.h>
#include <linux/x25.h>
#include <string.h>
#include <sys/socket.h>

/* Of Linux 5.15; newer than many headers. */
#ifndef AF_MCTP
#define AF_MCTP 45
#endif

enum {
	CALL_LETTERS = 6, /* of a callsign of AX.25; a byte with the station's number follows */
	ROSE_DIGIT_BYTES = 5,
};

static void field(struct text *t, const char *name, uint64_t value)
{
	text_string(t, name);
	text_unsigned(t, value);
}

/* "100.2:200": network, node and port, as netatalk's programs write them. */
static bool show_appletalk(struct text *t, const void *address, size_t length)
{
	struct sockaddr_at at;

	if (length < offsetof(struct sockaddr_at, sat_zero))
		return false;
	memcpy(&at, address, offsetof(struct sockaddr_at, sat_zero));
	text_unsigned(t, be16toh(at.sat_addr.s_net));
	field(t, ".", at.sat_addr.s_node);
	field(t, ":", at.sat_port);
	return true;
}

static bool show_llc(struct text *t, const void *address, size_t length)
{
	struct sockaddr_llc llc;

	if (length < sizeof(llc))
		return false;
	memcpy(&llc, address, sizeof(llc));
	field(t, "arphrd ", llc.sllc_arphrd);
	text_string(t, ", sap ");
	text_hex(t, llc.sllc_sap);
	text_string(t, ", ");
	show_hardware(t, llc.sllc_mac, sizeof(llc.sllc_mac));
	if (llc.sllc_test != 0)
		text_string(t, ", test");
	if (llc.sllc_xid != 0)
		text_string(t, ", xid");
	if (llc.sllc_ua != 0)
		text_string(t, ", ua");
	return true;
}

/* AX.25 2.2, 3.12.2: letters are shifted by a bit, and the last byte has the number. */
static void show_callsign(struct text *t, const ax25_address *call)
{
	const unsigned char *bytes = (const unsigned char *)call->ax25_call;
	unsigned int number = bytes[CALL_LETTERS] >> 1 & 15;

	for (int i = 0; i < CALL_LETTERS && bytes[i] >> 1 != ' ' && bytes[i] >> 1 != 0; i++) {
		char letter = (char)(bytes[i] >> 1);

		text_escaped(t, &letter, 1);
	}
	if (number != 0)
		field(t, "-", number);
}

static bool show_ax25(struct text *t, const void *address, size_t length)
{
	struct full_sockaddr_ax25 ax25 = {0};

	if (length < sizeof(ax25.fsa_ax25))
		return false;
	memcpy(&ax25, address, length < sizeof(ax25) ? length : sizeof(ax25));
	show_callsign(t, &ax25.fsa_ax25.sax25_call);
	for (int i = 0; i < ax25.fsa_ax25.sax25_ndigis && i < AX25_MAX_DIGIS; i++) {
		if (offsetof(struct full_sockaddr_ax25, fsa_digipeater) +
			    (size_t)(i + 1) * sizeof(ax25_address) >
		    length)
			break;
		text_string(t, i == 0 ? " via " : ", ");
		show_callsign(t, &ax25.fsa_digipeater[i]);
	}
	return true;
}

/* Ten digits of X.121, two a byte. */
static bool show_rose(struct text *t, const void *address, size_t length)
{
	struct sockaddr_rose rose;

	if (length < sizeof(rose))
		return false;
	memcpy(&rose, address, sizeof(rose));
	for (int i = 0; i < ROSE_DIGIT_BYTES; i++) {
		text_unsigned(t, (unsigned char)rose.srose_addr.rose_addr[i] >> 4);
		text_unsigned(t, (unsigned char)rose.srose_addr.rose_addr[i] & 15);
	}
	text_string(t, ", ");
	show_callsign(t, &rose.srose_call);
	if (rose.srose_ndigis > 0) {
		text_string(t, " via ");
		show_callsign(t, &rose.srose_digi);
	}
	return true;
}

static bool show_x25(struct text *t, const void *address, size_t length)
{
	struct sockaddr_x25 x25;

	if (length < sizeof(x25))
		return false;
	memcpy(&x25, address, sizeof(x25));
	text_char(t, '"');
	text_escaped(t, x25.sx25_addr.x25_addr,
		     strnlen(x25.sx25_addr.x25_addr, sizeof(x25.sx25_addr.x25_addr)));
	text_char(t, '"');
	return true;
}

/* "0.5.42": interface, virtual path and virtual channel. */
static bool show_atm_pvc(struct text *t, const void *address, size_t length)
{
	struct sockaddr_atmpvc pvc;

	if (length < sizeof(pvc))
		return false;
	memcpy(&pvc, address, sizeof(pvc));
	text_int(t, pvc.sap_addr.itf);
	text_char(t, '.');
	text_int(t, pvc.sap_addr.vpi);
	text_char(t, '.');
	text_int(t, pvc.sap_addr.vci);
	return true;
}

/* "1.2, object 17", or "TASK": area and node, and what is there by number or name. */
static bool show_decnet(struct text *t, const void *address, size_t length)
{
	enum { NODE_BITS = 10, NODE_MASK = (1 << NODE_BITS) - 1, NAME = 16 };
	struct { /* of linux/dn.h, which went with the family */
		uint16_t family;
		uint8_t flags, object;
		uint16_t name_length;
		char name[NAME];
		uint16_t node_length, node;
	} decnet;
	unsigned int node, size;

	if (length < sizeof(decnet))
		return false;
	memcpy(&decnet, address, sizeof(decnet));
	node = le16toh(decnet.node);
	size = le16toh(decnet.name_length);
	field(t, "", node >> NODE_BITS);
	field(t, ".", node & NODE_MASK);
	if (decnet.object != 0)
		field(t, ", object ", decnet.object);
	if (size > 0) {
		text_string(t, ", \"");
		text_escaped(t, decnet.name, size < NAME ? size : NAME);
		text_char(t, '"');
	}
	if (decnet.flags != 0) {
		text_string(t, ", flags ");
		text_hex(t, decnet.flags);
	}
	return true;
}

static bool show_phonet(struct text *t, const void *address, size_t length)
{
	struct sockaddr_pn pn;

	if (length < offsetof(struct sockaddr_pn, spn_zero))
		return false;
	memcpy(&pn, address, offsetof(struct sockaddr_pn, spn_zero));
	text_string(t, "device ");
	text_hex(t, pn.spn_dev);
	text_string(t, ", object ");
	text_hex(t, pn.spn_obj);
	text_string(t, ", resource ");
	text_hex(t, pn.spn_resource);
	return true;
}

static bool show_qrtr(struct text *t, const void *address, size_t length)
{
	struct sockaddr_qrtr qrtr;

	if (length < sizeof(qrtr))
		return false;
	memcpy(&qrtr, address, sizeof(qrtr));
	field(t, "node ", qrtr.sq_node);
	if (qrtr.sq_port == QRTR_PORT_CTRL)
		text_string(t, ", port QRTR_PORT_CTRL");
	else
		field(t, ", port ", qrtr.sq_port);
	return true;
}

static bool show_mctp(struct text *t, const void *address, size_t length)
{
	struct sockaddr_mctp mctp;

	if (length < sizeof(mctp))
		return false;
	memcpy(&mctp, address, sizeof(mctp));
	field(t, "network ", mctp.smctp_network);
	field(t, ", endpoint ", mctp.smctp_addr.s_addr);
	field(t, ", type ", mctp.smctp_type);
	text_string(t, ", tag ");
	text_hex(t, mctp.smctp_tag);
	return true;
}

bool show_address_legacy(struct text *t, int family, const void *address, size_t length)
{
	switch (family) {
	case AF_APPLETALK:
		return show_appletalk(t, address, length);
	case AF_LLC:
		return show_llc(t, address, length);
	case AF_AX25:
	case AF_NETROM:
		return show_ax25(t, address, length);
	case AF_ROSE:
		return show_rose(t, address, length);
	case AF_X25:
		return show_x25(t, address, length);
	case AF_DECnet:
		return show_decnet(t, address, length);
	case AF_ATMPVC:
		return show_atm_pvc(t, address, length);
	case AF_PHONET:
		return show_phonet(t, address, length);
	case AF_QIPCRTR:
		return show_qrtr(t, address, length);
	case AF_MCTP:
		return show_mctp(t, address, length);
	default:
		return false;
	}
}
