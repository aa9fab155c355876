/* SPDX-License-Identifier: MIT */
/* LLC, IEEE 802.2 (ISO/IEC 8802-2). */
#include "harness/packet/internal.h"

enum {
	SAP_IP = 0x06,
	SAP_X25 = 0x7e,
	SAP_SNAP = 0xaa,
	XID_BASIC_FORMAT = 0x81, /* 802.2 5.4.1.1.2 */
};

/* Without the lowest bit, which is I/G or C/R. */
static const char *sap_name(uint8_t sap)
{
	switch (sap & 0xfe) {
	case 0x00:
		return "Null";
	case 0x02:
		return "LLC management";
	case 0x04:
		return "SNA";
	case SAP_IP:
		return "IP";
	case 0x0e:
		return "PROWAY network management";
	case 0x42:
		return "STP";
	case 0x4e:
		return "EIA RS-511";
	case SAP_X25:
		return "X.25";
	case 0x80:
		return "XNS";
	case 0x8e:
		return "PROWAY active station list";
	case 0x98:
		return "ARP";
	case SAP_SNAP:
		return "SNAP";
	case 0xbc:
		return "VINES";
	case 0xe0:
		return "NetWare";
	case 0xf0:
		return "NetBIOS";
	case 0xf4:
		return "IBM network management";
	case 0xf8:
		return "remote program load";
	case 0xfe:
		return sap == 0xff ? "Global" : "ISO network layer";
	default:
		return NULL;
	}
}

static const char *unnumbered_name(uint8_t modifier)
{
	switch (modifier) {
	case PACKET_LLC_UI:
		return "UI";
	case PACKET_LLC_DISC:
		return "DISC";
	case PACKET_LLC_SABME:
		return "SABME";
	case PACKET_LLC_UA:
		return "UA";
	case PACKET_LLC_DM:
		return "DM";
	case PACKET_LLC_FRMR:
		return "FRMR";
	case PACKET_LLC_XID:
		return "XID";
	case PACKET_LLC_TEST:
		return "TEST";
	case PACKET_LLC_AC0:
		return "AC0";
	case PACKET_LLC_AC1:
		return "AC1";
	default:
		return NULL;
	}
}

static const char *supervisory_name(uint8_t function)
{
	static const char *const names[] = {"RR", "RNR", "REJ", NULL};

	return function < 4 ? names[function] : NULL;
}

/* Who the information field belongs to; only I and UI frames carry somebody's packet. */
static void next(struct decoder *d, const struct packet_llc *llc)
{
	uint8_t ssap = llc->ssap & 0xfe;

	d->next = packet_decode_data;
	if (llc->format == PACKET_LLC_S ||
	    (llc->format == PACKET_LLC_U && llc->modifier != PACKET_LLC_UI))
		return;
	if (llc->dsap == SAP_IP)
		d->next = packet_decode_ipv4;
	else if (llc->dsap == SAP_X25)
		d->next = packet_decode_x25;
	else if (llc->dsap == SAP_SNAP && ssap == SAP_SNAP)
		d->next = packet_decode_snap;
}

/*
 *     0               8               16              24
 *    +-------------+-+-------------+-+---------------+---------------+
 *  0 | DSAP      |I/G| SSAP      |C/R| Control                       |
 *    +-------------+-+-------------+-+---------------+---------------+
 *
 *                                    bit 7           0 7           0
 *                                   +-------------+-+-------------+-+
 *                       information | N(S)        |0| N(R)      |P/F|
 *                                   +-------+---+-+-+-------------+-+
 *                       supervisory | 0     |S S|0 1| N(R)      |P/F|
 *                                   +-----+-+---+---+-------------+-+
 *                        unnumbered | M   |P| M |1 1|
 *                                   +-----+-+---+---+
 *
 * IEEE 802.2 3.2 and 5.2. The basic format of XID's information (5.4.1.1.2) is a format identifier,
 * the types of service in 5 bits, and the receive window in the upper 7 bits of the third byte.
 */
void packet_decode_llc(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_LLC);
	struct packet_llc *llc;
	const uint8_t *h;

	if (l == NULL)
		return;
	llc = &l->llc;
	*llc = (struct packet_llc){0};
	h = packet_take(d, 3);
	llc->dsap = h[0];
	llc->ssap = h[1];
	llc->group = (h[0] & 1) != 0;
	llc->response = (h[1] & 1) != 0;
	llc->control = h[2];
	llc->control_length = 1;
	llc->format = PACKET_LLC_U;
	if (l->header_captured < 3)
		return;
	if ((h[2] & 3) == 3) {
		llc->modifier = h[2] & 0xef;
		llc->poll_final = (h[2] & 0x10) != 0;
	} else {
		h = packet_take(d, 4);
		llc->control = packet_be16(h + 2);
		llc->control_length = 2;
		llc->format = (h[2] & 1) == 0 ? PACKET_LLC_I : PACKET_LLC_S;
		if (llc->format == PACKET_LLC_I)
			llc->send_sequence = h[2] >> 1;
		else
			llc->supervisory = h[2] >> 2 & 3;
		llc->receive_sequence = h[3] >> 1;
		llc->poll_final = (h[3] & 1) != 0;
	}
	if (llc->format == PACKET_LLC_U && llc->modifier == PACKET_LLC_XID &&
	    d->readable >= l->offset + 4 && d->bytes[l->offset + 3] == XID_BASIC_FORMAT) {
		h = packet_take(d, 6);
		llc->has_xid = true;
		llc->xid_types = h[4] & 0x1f;
		llc->xid_window = h[5] >> 1;
	}
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	next(d, llc);
}

static void show_control(struct packet_view *v, const struct packet_llc *llc, uint32_t at)
{
	const char *name = "I";

	if (llc->format == PACKET_LLC_S)
		name = supervisory_name(llc->supervisory);
	else if (llc->format == PACKET_LLC_U)
		name = unnumbered_name(llc->modifier);
	packet_show_hex(v, "Control", at, llc->control_length, llc->control, name);
	packet_show_in(v);
	switch (llc->format) {
	case PACKET_LLC_I:
		packet_show_bits(v, "N(S)", at, 1, 0xfe, llc->send_sequence, NULL);
		break;
	case PACKET_LLC_S:
		packet_show_bits(v, "S", at, 1, 0x0c, llc->supervisory, name);
		break;
	default:
		packet_show_bits(v, "M", at, 1, 0xec, (llc->modifier & 0xecu) >> 2, name);
		packet_show_flag(v, "P/F", at, 1, 0x10, llc->poll_final);
		break;
	}
	if (llc->control_length == 2) {
		packet_show_bits(v, "N(R)", at + 1, 1, 0xfe, llc->receive_sequence, NULL);
		packet_show_flag(v, "P/F", at + 1, 1, 0x01, llc->poll_final);
	}
	packet_show_out(v);
}

/* The classes of LLC, 802.2 4.2, by the types of operation: 1 connectionless, 2 connections, 3
 * acknowledged. */
static const char *xid_class(uint8_t types)
{
	static const char *const names[] = {NULL,     "class I",   "type 2",	    "class II",
					    "type 3", "class III", "types 2 and 3", "class IV"};

	return types < 8 ? names[types] : NULL;
}

static void show_llc(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_llc *llc = &l->llc;
	uint32_t at = l->offset;

	packet_show_hex(v, "DSAP", at, 1, llc->dsap, sap_name(llc->dsap));
	packet_show_in(v);
	packet_show_flag(v, "I/G: group", at, 1, 0x01, llc->group);
	packet_show_out(v);
	packet_show_hex(v, "SSAP", at + 1, 1, llc->ssap, sap_name(llc->ssap & 0xfe));
	packet_show_in(v);
	packet_show_flag(v, "C/R: response", at + 1, 1, 0x01, llc->response);
	packet_show_out(v);
	if (l->header_captured < 3)
		return;
	show_control(v, llc, at + 2);
	if (!llc->has_xid)
		return;
	packet_show_hex(v, "XID format identifier", at + 3, 1, XID_BASIC_FORMAT, "basic");
	packet_show_bits(v, "LLC types", at + 4, 1, 0x1f, llc->xid_types,
			 xid_class(llc->xid_types));
	packet_show_bits(v, "Receive window size", at + 5, 1, 0xfe, llc->xid_window, NULL);
}

static void put_sap(struct packet_out *out, uint8_t sap)
{
	const char *name = sap_name(sap);

	if (name != NULL) {
		packet_put(out, name);
		return;
	}
	packet_put(out, "0x");
	packet_put_hex(out, sap, 2);
}

static void line_control(struct packet_out *out, const struct packet_llc *llc)
{
	const char *name = "I";

	if (llc->format == PACKET_LLC_S)
		name = supervisory_name(llc->supervisory);
	else if (llc->format == PACKET_LLC_U)
		name = unnumbered_name(llc->modifier);
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "control 0x");
		packet_put_hex(out, llc->control, 2u * llc->control_length);
	}
	if (llc->format == PACKET_LLC_I)
		packet_put_pair(out, "N(S)", llc->send_sequence);
	if (llc->format != PACKET_LLC_U)
		packet_put_pair(out, "N(R)", llc->receive_sequence);
	if (llc->response)
		packet_put(out, " response");
	if (llc->poll_final)
		packet_put(out, llc->response ? " final" : " poll");
	if (llc->has_xid) {
		packet_put_pair(out, "types", llc->xid_types);
		packet_put_pair(out, "window", llc->xid_window);
	}
}

static void line_llc(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_llc *llc = &l->llc;

	/* SNAP says what there is to say */
	if (packet_index(p, l) + 1u < p->layers && l[1].kind == PACKET_SNAP &&
	    llc->format == PACKET_LLC_U)
		return;
	packet_put(out, "LLC ");
	if (l->header_captured < l->header_length) {
		packet_put(out, "header cut");
		return;
	}
	put_sap(out, llc->ssap & 0xfe);
	if (llc->dsap != (llc->ssap & 0xfe)) {
		packet_put(out, " > ");
		put_sap(out, llc->dsap);
		if (llc->group && llc->dsap != 0xff)
			packet_put(out, " group");
	}
	line_control(out, llc);
	if (!packet_header_behind(p, l))
		packet_put_length(out, packet_data_behind(p, l));
}

const struct packet_protocol packet_protocol_llc = {
	.name = "LLC",
	.show = show_llc,
	.line = line_llc,
};
