/* SPDX-License-Identifier: MIT */
/* L2CAP, Core specification Vol 3 Part A. Signalling is in signalling.c. */
#include "harness/packet/bluetooth/internal.h"

enum {
	CID_SIGNALLING = 1,
	CID_CONNECTIONLESS = 2,
	CID_ATT = 4,
	CID_LE_SIGNALLING = 5,
	CID_SMP = 6,
	CID_BR_EDR_SMP = 7,
	CID_DYNAMIC = 0x40,
};

static const char *channel_name(uint16_t cid)
{
	static const char *const names[] = {"null",	   "signalling", "connectionless",
					    "AMP manager", "ATT",	 "LE signalling",
					    "SMP",	   "BR/EDR SMP"};

	if (cid < sizeof(names) / sizeof(names[0]))
		return names[cid];
	if (cid == 0x3f)
		return "AMP test manager";
	return cid >= CID_DYNAMIC ? "dynamic" : NULL;
}

const char *packet_name_psm(uint32_t psm)
{
	static const char *const names[] = {
		[0x01] = "SDP",
		[0x03] = "RFCOMM",
		[0x05] = "TCS-BIN",
		[0x07] = "TCS-BIN-CORDLESS",
		[0x0f] = "BNEP",
		[0x11] = "HID Control",
		[0x13] = "HID Interrupt",
		[0x15] = "UPnP",
		[0x17] = "AVCTP",
		[0x19] = "AVDTP",
		[0x1b] = "AVCTP Browsing",
		[0x1d] = "UDI C-Plane",
		[0x1f] = "ATT",
		[0x21] = "3DSP",
		[0x23] = "IPSP",
		[0x25] = "OTS",
		[0x27] = "EATT",
	};

	return psm < sizeof(names) / sizeof(names[0]) ? names[psm] : NULL;
}

/* What comes behind the basic header of the PDU, which is `total` bytes with it. */
static void decode_payload(struct decoder *d, struct packet_l2cap *l2cap, uint32_t total)
{
	struct packet_layer *l = d->layer;
	uint32_t at = l->offset + 4;

	if (l2cap->signalling) {
		packet_extend(d, total);
		packet_decode_l2cap_commands(d);
		return;
	}
	if (l2cap->connectionless) {
		const uint8_t *h;

		if (l2cap->length < 2) {
			packet_contradiction(d, "Length is %1, the PSM has 2 bytes", l2cap->length,
					     0, l->offset, 2);
			packet_give_up(d);
			return;
		}
		h = packet_take(d, 6);
		l2cap->psm = packet_le16(h + 4);
		l2cap->payload_length = (uint16_t)(l2cap->length - 2);
		if (l->header_captured < 6)
			return;
	}
	packet_advance(d);
	d->next = packet_decode_data;
	/*
	 * Nothing in the frame says which protocol a dynamic channel carries: that was said when
	 * it was opened, in the PSM of a Connection Request.
	 */
	if (l2cap->channel_id >= CID_DYNAMIC && at <= d->readable &&
	    l2cap->length <= d->readable - at && packet_is_rfcomm(d->bytes + at, l2cap->length))
		d->next = packet_decode_rfcomm;
}

/*
 *     0                               16                             32
 *    +-------------------------------+--------------------------------+
 *  0 | Length (of what follows CID)  | Channel ID                     |
 *    +-------------------------------+--------------------------------+
 *  4 | PSM (only on channel 2)       | Information Payload            |
 *    +-------------------------------+--------------------------------+
 *
 * Little-endian; Vol 3 Part A 3.1 and 3.2. Of a PDU that goes on in further ACL packets only the
 * start is here, so Length may be larger than what there is. It cannot be less: a new PDU needs a
 * new start fragment.
 */
void packet_decode_l2cap(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_L2CAP);
	struct packet_l2cap *l2cap;
	const uint8_t *h;
	uint32_t total, there;

	if (l == NULL)
		return;
	l2cap = &l->l2cap;
	*l2cap = (struct packet_l2cap){0};
	h = packet_take(d, 4);
	l2cap->length = packet_le16(h);
	l2cap->channel_id = packet_le16(h + 2);
	if (l->header_captured < 4)
		return;
	l2cap->signalling =
		l2cap->channel_id == CID_SIGNALLING || l2cap->channel_id == CID_LE_SIGNALLING;
	l2cap->connectionless = l2cap->channel_id == CID_CONNECTIONLESS;
	l2cap->payload_length = l2cap->length;
	total = 4u + l2cap->length;
	there = d->end - l->offset;
	if (total < there)
		packet_contradiction(d, "Length is %1, the ACL packet has %2 bytes for it",
				     l2cap->length, there - 4, l->offset, 2);
	if (total > there)
		l->first_fragment = d->first_fragment = true;
	packet_narrow(d, total, "Length makes it %1 bytes, the ACL packet has %2", l->offset, 2);
	decode_payload(d, l2cap, total);
}

static void show_l2cap(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_l2cap *l2cap = &l->l2cap;

	packet_show_number(v, "Length", l->offset, 2, l2cap->length, NULL);
	packet_show_hex(v, "Channel ID", l->offset + 2, 2, l2cap->channel_id,
			channel_name(l2cap->channel_id));
	if (l2cap->connectionless && l->header_length >= 6)
		packet_show_hex(v, "PSM", l->offset + 4, 2, l2cap->psm,
				packet_name_psm(l2cap->psm));
	if (l2cap->signalling)
		packet_show_l2cap_commands(v, l);
}

/* Attribute opcodes, Vol 3 Part F 3.4. */
static const char *att_name(uint8_t opcode)
{
	static const char *const names[] = {
		[0x01] = "Error Response",
		[0x02] = "Exchange MTU Request",
		[0x03] = "Exchange MTU Response",
		[0x04] = "Find Information Request",
		[0x05] = "Find Information Response",
		[0x06] = "Find By Type Value Request",
		[0x07] = "Find By Type Value Response",
		[0x08] = "Read By Type Request",
		[0x09] = "Read By Type Response",
		[0x0a] = "Read Request",
		[0x0b] = "Read Response",
		[0x0c] = "Read Blob Request",
		[0x0d] = "Read Blob Response",
		[0x0e] = "Read Multiple Request",
		[0x0f] = "Read Multiple Response",
		[0x10] = "Read By Group Type Request",
		[0x11] = "Read By Group Type Response",
		[0x12] = "Write Request",
		[0x13] = "Write Response",
		[0x16] = "Prepare Write Request",
		[0x17] = "Prepare Write Response",
		[0x18] = "Execute Write Request",
		[0x19] = "Execute Write Response",
		[0x1b] = "Handle Value Notification",
		[0x1d] = "Handle Value Indication",
		[0x1e] = "Handle Value Confirmation",
		[0x20] = "Read Multiple Variable Request",
		[0x21] = "Read Multiple Variable Response",
		[0x23] = "Multiple Handle Value Notification",
		[0x52] = "Write Command",
		[0xd2] = "Signed Write Command",
	};

	return opcode < sizeof(names) / sizeof(names[0]) ? names[opcode] : NULL;
}

/* Codes of the security manager, Vol 3 Part H 3.3. */
static const char *smp_name(uint8_t code)
{
	static const char *const names[] = {
		NULL,
		"Pairing Request",
		"Pairing Response",
		"Pairing Confirm",
		"Pairing Random",
		"Pairing Failed",
		"Encryption Information",
		"Central Identification",
		"Identity Information",
		"Identity Address Information",
		"Signing Information",
		"Security Request",
		"Pairing Public Key",
		"Pairing DHKey Check",
		"Pairing Keypress Notification",
	};

	return code < sizeof(names) / sizeof(names[0]) ? names[code] : NULL;
}

static void line_l2cap(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_l2cap *l2cap = &l->l2cap;
	const char *name = channel_name(l2cap->channel_id);

	packet_put(out, "L2CAP");
	if (l->header_captured < 4) {
		packet_put(out, " header cut");
		return;
	}
	if (name != NULL && l2cap->channel_id < CID_DYNAMIC) {
		packet_put_char(out, ' ');
		packet_put(out, name);
	} else {
		packet_put(out, " cid 0x");
		packet_put_hex(out, l2cap->channel_id, 4);
	}
	if (l2cap->signalling) {
		packet_line_l2cap_commands(out, p, l);
		return;
	}
	if (l2cap->connectionless && l->header_captured >= 6) {
		packet_put(out, " psm 0x");
		packet_put_hex(out, l2cap->psm, 4);
	}
	if (packet_index(p, l) + 1u < p->layers && l[1].header_captured > 0) {
		uint8_t first = p->bytes[l[1].offset];
		const char *what = l2cap->channel_id == CID_ATT ? att_name(first) : NULL;

		if (l2cap->channel_id == CID_SMP || l2cap->channel_id == CID_BR_EDR_SMP)
			what = smp_name(first);
		if (what != NULL) {
			packet_put_char(out, ' ');
			packet_put(out, what);
		}
	}
	if (l->first_fragment)
		packet_put(out, " (more follow)");
	packet_put_length(out, l2cap->payload_length);
}

const struct packet_protocol packet_protocol_l2cap = {
	.name = "L2CAP",
	.show = show_l2cap,
	.line = line_l2cap,
	.walk = packet_walk_l2cap_commands,
};
