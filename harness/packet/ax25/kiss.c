/* SPDX-License-Identifier: MIT */
/*
 * KISS, the protocol between host and TNC (Chepponis and Karn, 1987).
 *
 *     7               4 3           0
 *    +-----------------+-------------+-----------------------
 *  0 | port            | command     | frame, or a parameter
 *    +-----------------+-------------+-----------------------
 *
 * Link type 202 (LINKTYPE_AX25_KISS) starts with this byte; it is what libpcap captures from
 * Linux's AX.25 devices, which have it in front of every frame. Link type 3 (LINKTYPE_AX25) does
 * not: there the frame's first address comes first.
 */
#include "harness/packet/ax25/internal.h"

enum {
	DATA = 0,
	TX_DELAY = 1,
	FULL_DUPLEX = 5,
	ACKNOWLEDGE = 12, /* data with a number that comes back once it was sent (G8BPQ) */
};

static const char *command_name(const struct packet_kiss *kiss)
{
	static const char *const names[16] = {
		[0] = "data",	[1] = "TXDELAY",    [2] = "P",		 [3] = "SlotTime",
		[4] = "TXtail", [5] = "FullDuplex", [6] = "SetHardware", [12] = "data with number",
		[14] = "poll",
	};

	if (kiss->command == 15 && kiss->port == 15)
		return "return";
	return names[kiss->command];
}

void packet_decode_kiss(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_KISS);
	struct packet_kiss *kiss;
	const uint8_t *h;
	uint32_t length = 0;

	if (l == NULL)
		return;
	kiss = &l->kiss;
	h = packet_take(d, 1);
	*kiss = (struct packet_kiss){.port = h[0] >> 4, .command = h[0] & 15};
	if (l->header_captured < 1)
		return;
	if (kiss->command >= TX_DELAY && kiss->command <= FULL_DUPLEX)
		length = 1;
	else if (kiss->command == ACKNOWLEDGE)
		length = 2;
	if (length > 0) {
		if (!packet_extend(d, 1 + length))
			return;
		h = d->bytes + l->offset + 1;
		kiss->has_parameter = true;
		kiss->parameter = length == 1 ? h[0] : packet_be16(h);
	}
	packet_advance(d);
	d->next = packet_decode_data;
	if (kiss->command == DATA || kiss->command == ACKNOWLEDGE)
		d->next = packet_decode_ax25;
}

static void show_kiss(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_kiss *kiss = &l->kiss;
	uint32_t at = l->offset + 1;

	packet_show_bits(v, "Port", l->offset, 1, 0xf0, kiss->port, NULL);
	packet_show_bits(v, "Command", l->offset, 1, 0x0f, kiss->command, command_name(kiss));
	if (!kiss->has_parameter)
		return;
	switch (kiss->command) {
	case ACKNOWLEDGE:
		packet_show_number(v, "Frame number", at, 2, kiss->parameter, NULL);
		break;
	case 2:
		packet_show_number(v, "P", at, 1, kiss->parameter, "of 256, less 1");
		break;
	case FULL_DUPLEX:
		packet_show_number(v, "FullDuplex", at, 1, kiss->parameter,
				   kiss->parameter != 0 ? "full duplex" : "half duplex");
		break;
	default: /* in units of 10 ms */
		packet_show_number(v, command_name(kiss), at, 1, kiss->parameter, "* 10 ms");
		break;
	}
}

static void line_kiss(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_kiss *kiss = &l->kiss;
	const char *name = command_name(kiss);

	(void)p;
	packet_put(out, "KISS ");
	if (l->header_captured < l->header_length) {
		packet_put(out, "header cut");
		return;
	}
	packet_put(out, "port ");
	packet_put_number(out, kiss->port);
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "command ");
		packet_put_number(out, kiss->command);
	}
	if (kiss->has_parameter) {
		packet_put_char(out, ' ');
		packet_put_number(out, kiss->parameter);
	}
}

const struct packet_protocol packet_protocol_kiss = {
	.name = "KISS",
	.show = show_kiss,
	.line = line_kiss,
};
