/* SPDX-License-Identifier: MIT */
/* Error messages, which CAN drivers of Linux put together: linux/can/error.h. */
#include "harness/packet/can/internal.h"

#include <string.h>

struct bit {
	uint32_t mask;
	const char *name;	/* of the field */
	const char *short_name; /* in a line */
};

static const struct bit classes[] = {
	{PACKET_CAN_ERR_TX_TIMEOUT, "TX timeout", "tx timeout"},
	{PACKET_CAN_ERR_LOSTARB, "Lost arbitration", "lost arbitration"},
	{PACKET_CAN_ERR_CRTL, "Controller problems", "controller"},
	{PACKET_CAN_ERR_PROT, "Protocol violations", "protocol"},
	{PACKET_CAN_ERR_TRX, "Transceiver status", "transceiver"},
	{PACKET_CAN_ERR_ACK, "No ACK on transmission", "no ack"},
	{PACKET_CAN_ERR_BUSOFF, "Bus off", "bus off"},
	{PACKET_CAN_ERR_BUSERROR, "Bus error", "bus error"},
	{PACKET_CAN_ERR_RESTARTED, "Controller restarted", "restarted"},
	{PACKET_CAN_ERR_CNT, "Error counters", "counters"},
};

static const struct bit controller[] = {
	{0x01, "RX buffer overflow", "rx overflow"},
	{0x02, "TX buffer overflow", "tx overflow"},
	{0x04, "Warning level for RX errors", "rx warning"},
	{0x08, "Warning level for TX errors", "tx warning"},
	{0x10, "Error passive RX", "rx passive"},
	{0x20, "Error passive TX", "tx passive"},
	{0x40, "Error active again", "active"},
};

static const struct bit violations[] = {
	{0x01, "Single bit error", "bit"},
	{0x02, "Frame format error", "form"},
	{0x04, "Bit stuffing error", "stuff"},
	{0x08, "Unable to send dominant bit", "bit0"},
	{0x10, "Unable to send recessive bit", "bit1"},
	{0x20, "Bus overload", "overload"},
	{0x40, "Active error announcement", "active"},
	{0x80, "On transmission", "tx"},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *location_name(uint8_t location)
{
	static const char *const names[] = {
		[0x00] = "unspecified",		 [0x02] = "ID bits 28 to 21",
		[0x03] = "start of frame",	 [0x04] = "substitute RTR",
		[0x05] = "identifier extension", [0x06] = "ID bits 20 to 18",
		[0x07] = "ID bits 17 to 13",	 [0x08] = "CRC sequence",
		[0x09] = "reserved bit 0",	 [0x0a] = "data section",
		[0x0b] = "data length code",	 [0x0c] = "RTR",
		[0x0d] = "reserved bit 1",	 [0x0e] = "ID bits 4 to 0",
		[0x0f] = "ID bits 12 to 5",	 [0x12] = "intermission",
		[0x18] = "CRC delimiter",	 [0x19] = "ACK slot",
		[0x1a] = "end of frame",	 [0x1b] = "ACK delimiter",
	};

	return location < COUNT(names) ? names[location] : NULL;
}

/* The state of one of the two wires. */
static const char *wire_name(uint8_t state)
{
	static const char *const names[] = {
		"unspecified",	NULL,		NULL,
		NULL,		"no wire",	"short to battery",
		"short to VCC", "short to GND", "short to CANH",
	};

	return state < COUNT(names) ? names[state] : NULL;
}

/*
 *        0       1       2       3       4       5       6       7
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *  8 | Lost  | Contr-| Violation     | Trans-| Reser-| Error counter |
 *    | in bit| oller | type  | where | ceiver| ved   | TX    | RX    |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *
 * The payload of an error message; the bits of the identifier say which of it means something.
 */
void packet_decode_can_error(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	const uint8_t *h = packet_take(d, 16);

	memcpy(l->can.error_data, h + 8, 8);
	if (l->header_captured < 16)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_bits(struct packet_view *v, const struct bit *bits, size_t count, uint32_t at,
		      uint32_t length, uint32_t value)
{
	for (size_t i = 0; i < count; i++)
		packet_show_flag(v, bits[i].name, at, length, bits[i].mask,
				 (value & bits[i].mask) != 0);
}

void packet_show_can_error_classes(struct packet_view *v, const struct packet_layer *l)
{
	show_bits(v, classes, COUNT(classes), l->offset, 4, l->can.identifier);
}

/* A byte of bits: each of them, where the class says that the byte means something. */
static void show_byte(struct packet_view *v, const char *name, const struct bit *bits, size_t count,
		      uint32_t at, uint8_t value, bool means)
{
	packet_show_hex(v, name, at, 1, value, NULL);
	if (!means)
		return;
	packet_show_in(v);
	show_bits(v, bits, count, at, 1, value);
	packet_show_out(v);
}

void packet_show_can_error(struct packet_view *v, const struct packet_layer *l)
{
	const uint8_t *data = l->can.error_data;
	uint32_t is = l->can.identifier, at = l->offset + 8;

	if (l->header_length < 16)
		return;
	packet_show_number(v, "Arbitration lost in bit", at, 1, data[0],
			   is & PACKET_CAN_ERR_LOSTARB && data[0] == 0 ? "unspecified" : NULL);
	show_byte(v, "Controller status", controller, COUNT(controller), at + 1, data[1],
		  (is & PACKET_CAN_ERR_CRTL) != 0);
	show_byte(v, "Protocol violation type", violations, COUNT(violations), at + 2, data[2],
		  (is & PACKET_CAN_ERR_PROT) != 0);
	packet_show_hex(v, "Protocol violation location", at + 3, 1, data[3],
			is & PACKET_CAN_ERR_PROT ? location_name(data[3]) : NULL);
	packet_show_hex(v, "Transceiver", at + 4, 1, data[4], NULL);
	if (is & PACKET_CAN_ERR_TRX) {
		packet_show_in(v);
		packet_show_bits(v, "CANL", at + 4, 1, 0xf0, data[4] >> 4, wire_name(data[4] >> 4));
		packet_show_bits(v, "CANH", at + 4, 1, 0x0f, data[4] & 15,
				 (data[4] & 15) < 8 ? wire_name(data[4] & 15) : NULL);
		packet_show_out(v);
	}
	packet_show_bytes(v, "Reserved", at + 5, 1);
	packet_show_number(v, "TX error counter", at + 6, 1, data[6], NULL);
	packet_show_number(v, "RX error counter", at + 7, 1, data[7], NULL);
}

/* " (one, two)": the bits that are set; nothing for none. */
static void put_bits(struct packet_out *out, const struct bit *bits, size_t count, uint32_t value)
{
	const char *between = " (";

	for (size_t i = 0; i < count; i++) {
		if (!(value & bits[i].mask))
			continue;
		packet_put(out, between);
		packet_put(out, bits[i].short_name);
		between = ", ";
	}
	if (between[0] == ',')
		packet_put_char(out, ')');
}

static void put_violation(struct packet_out *out, const uint8_t *data)
{
	const char *where = location_name(data[3]);

	put_bits(out, violations, COUNT(violations), data[2]);
	if (data[3] == 0)
		return;
	packet_put(out, " at ");
	packet_put(out, where != NULL ? where : "an unknown place");
}

static void put_transceiver(struct packet_out *out, uint8_t state)
{
	const char *canh = state & 8 ? NULL : wire_name(state & 15), *canl = wire_name(state >> 4);

	packet_put(out, " (CANH ");
	packet_put(out, canh != NULL ? canh : "?");
	packet_put(out, ", CANL ");
	packet_put(out, canl != NULL ? canl : "?");
	packet_put_char(out, ')');
}

void packet_line_can_error(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l)
{
	const uint8_t *data = l->can.error_data;
	const char *between = " ";

	(void)p;
	packet_put(out, "error message:");
	for (size_t i = 0; i < COUNT(classes); i++) {
		if (!(l->can.identifier & classes[i].mask))
			continue;
		packet_put(out, between);
		packet_put(out, classes[i].short_name);
		between = ", ";
		if (l->header_captured < 16)
			continue;
		if (classes[i].mask == PACKET_CAN_ERR_LOSTARB && data[0] != 0)
			packet_put_pair(out, "bit", data[0]);
		else if (classes[i].mask == PACKET_CAN_ERR_CRTL)
			put_bits(out, controller, COUNT(controller), data[1]);
		else if (classes[i].mask == PACKET_CAN_ERR_PROT)
			put_violation(out, data);
		else if (classes[i].mask == PACKET_CAN_ERR_TRX)
			put_transceiver(out, data[4]);
		else if (classes[i].mask == PACKET_CAN_ERR_CNT) {
			packet_put_pair(out, "tx", data[6]);
			packet_put_pair(out, "rx", data[7]);
		}
	}
	if (between[0] == ' ')
		packet_put(out, " no class");
}
