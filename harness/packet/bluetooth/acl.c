/* SPDX-License-Identifier: MIT */
/*
 * HCI data packets: ACL, synchronous (SCO), and isochronous (ISO). Core specification Vol 4 Part E
 * 5.4.2, 5.4.3, 5.4.5. What H4 puts in front is one byte (Vol 4 Part A 2), the first of the layer.
 */
#include "harness/packet/bluetooth/internal.h"

/*
 *     0                              12  14  16                      32
 *    +-------------------------------+---+---+------------------------+
 *  0 | Connection_Handle (12 bits)   |PB |BC | Data_Total_Length      |
 *    +-------------------------------+---+---+------------------------+
 *
 * Two little-endian numbers: PB and BC are the upper bits of the first. PB 0 and 2 start an L2CAP
 * PDU, 1 goes on with it; 3 is a complete one, which only an AMP link had. An L2CAP PDU may go on
 * in as many packets as it needs: then its own length is larger than what is here.
 */
void packet_decode_hci_acl(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_HCI_ACL);
	struct packet_hci_acl *acl;
	uint32_t base;
	const uint8_t *h;

	if (l == NULL)
		return;
	acl = &l->hci_acl;
	acl->h4 = packet_is_h4(d);
	base = acl->h4;
	h = packet_take(d, base + 4) + base;
	acl->connection_handle = packet_le16(h) & 0x0fff;
	acl->packet_boundary = h[1] >> 4 & 3;
	acl->broadcast = h[1] >> 6;
	acl->data_total_length = packet_le16(h + 2);
	if (l->header_captured < l->header_length)
		return;
	packet_narrow(d, l->header_length + acl->data_total_length,
		      "Data_Total_Length makes it %1 bytes, only %2 are there",
		      l->offset + base + 2, 2);
	packet_advance(d);
	d->next = packet_decode_data;
	if (acl->packet_boundary != 1 && acl->data_total_length > 0)
		d->next = packet_decode_l2cap;
	if (acl->packet_boundary == 0 || acl->packet_boundary == 2)
		d->bound = PACKET_BOUND_OPEN;
}

static void show_hci_acl(struct packet_view *v, const struct packet_layer *l)
{
	static const char *const boundary[] = {"first, not automatically flushable", "continuing",
					       "first, automatically flushable", "complete"};
	static const char *const broadcast[] = {"point to point", "broadcast"};
	const struct packet_hci_acl *acl = &l->hci_acl;
	uint32_t at = l->offset + acl->h4;

	if (acl->h4)
		packet_show_h4(v, l, PACKET_H4_ACL);
	packet_show_bits(v, "Connection_Handle", at, 2, 0x0fff, acl->connection_handle, NULL);
	packet_show_bits(v, "Packet_Boundary_Flag", at, 2, 0x3000, acl->packet_boundary,
			 boundary[acl->packet_boundary]);
	packet_show_bits(v, "Broadcast_Flag", at, 2, 0xc000, acl->broadcast,
			 acl->broadcast < 2 ? broadcast[acl->broadcast] : NULL);
	packet_show_number(v, "Data_Total_Length", at + 2, 2, acl->data_total_length, NULL);
}

static void put_handle(struct packet_out *out, const char *name, uint16_t handle)
{
	packet_put(out, name);
	packet_put(out, " handle ");
	packet_put_number(out, handle);
}

static void line_hci_acl(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	const struct packet_hci_acl *acl = &l->hci_acl;

	(void)p;
	if (l->header_captured < l->header_length) {
		packet_put(out, "HCI ACL header cut");
		return;
	}
	put_handle(out, "HCI ACL", acl->connection_handle);
	if (acl->broadcast == 1)
		packet_put(out, " broadcast");
	if (acl->packet_boundary == 1)
		packet_put(out, " continuing");
	packet_put_length(out, acl->data_total_length);
}

const struct packet_protocol packet_protocol_hci_acl = {
	.name = "HCI ACL",
	.show = show_hci_acl,
	.line = line_hci_acl,
};

/*
 *     0                              12  14  16              24
 *    +-------------------------------+---+---+---------------+
 *  0 | Connection_Handle (12 bits)   |PSF| 0 | Data_Total_Len|
 *    +-------------------------------+---+---+---------------+
 *
 * Packet_Status_Flag says how well the data was received.
 */
void packet_decode_hci_sco(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_HCI_SCO);
	struct packet_hci_sco *sco;
	uint32_t base;
	const uint8_t *h;

	if (l == NULL)
		return;
	sco = &l->hci_sco;
	sco->h4 = packet_is_h4(d);
	base = sco->h4;
	h = packet_take(d, base + 3) + base;
	sco->connection_handle = packet_le16(h) & 0x0fff;
	sco->packet_status = h[1] >> 4 & 3;
	sco->data_total_length = h[2];
	if (l->header_captured < l->header_length)
		return;
	packet_narrow(d, l->header_length + sco->data_total_length,
		      "Data_Total_Length makes it %1 bytes, only %2 are there",
		      l->offset + base + 2, 1);
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_hci_sco(struct packet_view *v, const struct packet_layer *l)
{
	static const char *const status[] = {"correctly received", "possibly invalid",
					     "no data received", "partially lost"};
	const struct packet_hci_sco *sco = &l->hci_sco;
	uint32_t at = l->offset + sco->h4;

	if (sco->h4)
		packet_show_h4(v, l, PACKET_H4_SCO);
	packet_show_bits(v, "Connection_Handle", at, 2, 0x0fff, sco->connection_handle, NULL);
	packet_show_bits(v, "Packet_Status_Flag", at, 2, 0x3000, sco->packet_status,
			 status[sco->packet_status]);
	packet_show_number(v, "Data_Total_Length", at + 2, 1, sco->data_total_length, NULL);
}

static void line_hci_sco(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	(void)p;
	if (l->header_captured < l->header_length) {
		packet_put(out, "HCI SCO header cut");
		return;
	}
	put_handle(out, "HCI SCO", l->hci_sco.connection_handle);
	if (l->hci_sco.packet_status != 0)
		packet_put_pair(out, "status", l->hci_sco.packet_status);
	packet_put_length(out, l->hci_sco.data_total_length);
}

const struct packet_protocol packet_protocol_hci_sco = {
	.name = "HCI SCO",
	.show = show_hci_sco,
	.line = line_hci_sco,
};

/* The SDU's own header has its length: of a complete SDU it is that of what follows. */
static void check_sdu(struct decoder *d, uint32_t at)
{
	const struct packet_hci_iso *iso = &d->layer->hci_iso;
	uint32_t there = d->layer->length - d->layer->header_length;

	if (iso->packet_boundary == 2 && iso->packet_status == 0 && iso->sdu_length != there)
		packet_contradiction(d, "ISO_SDU_Length is %1, the complete SDU has %2 bytes",
				     iso->sdu_length, there, at, 2);
	else if (iso->sdu_length < there && iso->packet_status == 0)
		packet_contradiction(d, "ISO_SDU_Length is %1, its first fragment has %2 bytes",
				     iso->sdu_length, there, at, 2);
}

/*
 *     0                              12  14 15 16                30  32
 *    +-------------------------------+---+--+--+------------------+---+
 *  0 | Connection_Handle (12 bits)   |PB |TS|0 | Data_Total_Length| 0 |
 *    +-------------------------------+---+--+--+------------------+---+
 *  4 | Time_Stamp (only with TS)                                      |
 *    +-------------------------------+-----------------------+---+----+
 *  8 | Packet_Sequence_Number        | ISO_SDU_Length (12)   | 0 |PSF |
 *    +-------------------------------+-----------------------+---+----+
 *
 * PB 0 is the first fragment of an SDU, 1 a continuation, 2 a complete one, 3 the last fragment.
 * Only 0 and 2 have what stands behind the first 4 bytes.
 */
void packet_decode_hci_iso(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_HCI_ISO);
	struct packet_hci_iso *iso;
	uint32_t base, more;
	const uint8_t *h;

	if (l == NULL)
		return;
	iso = &l->hci_iso;
	*iso = (struct packet_hci_iso){.h4 = packet_is_h4(d)};
	base = iso->h4;
	h = packet_take(d, base + 4) + base;
	iso->connection_handle = packet_le16(h) & 0x0fff;
	iso->packet_boundary = h[1] >> 4 & 3;
	iso->time_stamp_flag = (h[1] & 0x40) != 0;
	iso->data_total_length = packet_le16(h + 2) & 0x3fff;
	if (l->header_captured < l->header_length)
		return;
	packet_narrow(d, l->header_length + iso->data_total_length,
		      "Data_Total_Length makes it %1 bytes, only %2 are there",
		      l->offset + base + 2, 2);
	if (iso->packet_boundary == 1 || iso->packet_boundary == 3) {
		if (iso->time_stamp_flag)
			packet_contradiction(d,
					     "TS_Flag is set in a fragment that is not the first",
					     0, 0, l->offset + base, 2);
		packet_advance(d);
		d->next = packet_decode_data;
		return;
	}
	more = iso->time_stamp_flag ? 8 : 4;
	if (iso->data_total_length < more) {
		packet_contradiction(d, "Data_Total_Length is %1, the header of the SDU has %2",
				     iso->data_total_length, more, l->offset + base + 2, 2);
		packet_give_up(d);
		return;
	}
	iso->has_sdu_header = true;
	h = packet_take(d, base + 4 + more) + base + 4;
	if (iso->time_stamp_flag) {
		iso->time_stamp = packet_le32(h);
		h += 4;
	}
	iso->sequence_number = packet_le16(h);
	iso->sdu_length = packet_le16(h + 2) & 0x0fff;
	iso->packet_status = h[3] >> 6;
	if (l->header_captured < l->header_length)
		return;
	check_sdu(d, l->offset + l->header_length - 2);
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_hci_iso(struct packet_view *v, const struct packet_layer *l)
{
	static const char *const boundary[] = {"first fragment", "continuation fragment",
					       "complete", "last fragment"};
	static const char *const status[] = {"valid", "possibly invalid", "partly lost", NULL};
	const struct packet_hci_iso *iso = &l->hci_iso;
	uint32_t at = l->offset + iso->h4;

	if (iso->h4)
		packet_show_h4(v, l, PACKET_H4_ISO);
	packet_show_bits(v, "Connection_Handle", at, 2, 0x0fff, iso->connection_handle, NULL);
	packet_show_bits(v, "PB_Flag", at, 2, 0x3000, iso->packet_boundary,
			 boundary[iso->packet_boundary]);
	packet_show_flag(v, "TS_Flag", at, 2, 0x4000, iso->time_stamp_flag);
	packet_show_bits(v, "Data_Total_Length", at + 2, 2, 0x3fff, iso->data_total_length, NULL);
	if (!iso->has_sdu_header)
		return;
	at += 4;
	if (iso->time_stamp_flag) {
		packet_show_unit(v, "Time_Stamp", at, 4, iso->time_stamp, "us");
		at += 4;
	}
	packet_show_number(v, "Packet_Sequence_Number", at, 2, iso->sequence_number, NULL);
	packet_show_bits(v, "ISO_SDU_Length", at + 2, 2, 0x0fff, iso->sdu_length, NULL);
	packet_show_bits(v, "Packet_Status_Flag", at + 2, 2, 0xc000, iso->packet_status,
			 status[iso->packet_status]);
}

static void line_hci_iso(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	static const char *const boundary[] = {" first fragment", " continuation", "",
					       " last fragment"};
	const struct packet_hci_iso *iso = &l->hci_iso;

	(void)p;
	if (l->header_captured < l->header_length) {
		packet_put(out, "HCI ISO header cut");
		return;
	}
	put_handle(out, "HCI ISO", iso->connection_handle);
	packet_put(out, boundary[iso->packet_boundary]);
	if (iso->has_sdu_header) {
		packet_put_pair(out, "seq", iso->sequence_number);
		packet_put_pair(out, "sdu", iso->sdu_length);
	}
	packet_put_length(out, l->length > l->header_length ? l->length - l->header_length : 0);
}

const struct packet_protocol packet_protocol_hci_iso = {
	.name = "HCI ISO",
	.show = show_hci_iso,
	.line = line_hci_iso,
};
