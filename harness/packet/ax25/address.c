/* SPDX-License-Identifier: MIT */
/*
 * The addresses of AX.25, which NET/ROM and ROSE took over: AX.25 2.2 3.12.
 *
 *     7   6   5   4   3   2   1   0
 *    +---------------------------+---+
 *  0 | character 1 of 6          | 0 |    ASCII, shifted left by a bit: bit 0 of a byte is
 *    +---------------------------+---+    HDLC's extension bit, set in the last byte of all
 *    | ...                       | 0 |    addresses
 *    +---+-------+---------------+---+
 *  6 |C/H| res.  | SSID          | E |    Reserved bits are 1 where nobody uses them
 *    +---+-------+---------------+---+
 *
 * C of destination and source tells commands from responses, H of a repeater that the frame went
 * through it.
 */
#include "harness/packet/ax25/internal.h"

void packet_ax25_text(const uint8_t *b, unsigned int length, char out[7])
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < length; i++) {
		out[i] = (char)(b[i] >= ' ' && b[i] < 0x7f ? b[i] : '?');
		if (b[i] != ' ')
			n = i + 1;
	}
	out[n] = '\0';
}

void packet_ax25_address(const uint8_t *b, struct packet_ax25_address *out)
{
	uint8_t text[6];

	for (unsigned int i = 0; i < 6; i++)
		text[i] = b[i] >> 1;
	packet_ax25_text(text, 6, out->callsign);
	out->command_or_repeated = (b[6] & 0x80) != 0;
	out->reserved = b[6] >> 5 & 3;
	out->ssid = b[6] >> 1 & 15;
	out->extension = (b[6] & 1) != 0;
}

/* "N0CALL-7", without the SSID when it is 0. */
void packet_put_ax25(struct packet_out *out, const struct packet_ax25_address *a)
{
	packet_put(out, a->callsign);
	if (a->ssid == 0)
		return;
	packet_put_char(out, '-');
	packet_put_number(out, a->ssid);
}

void packet_show_ax25(struct packet_view *v, const char *name, uint32_t offset,
		      const struct packet_ax25_address *a, const char *bit)
{
	packet_put_ax25(packet_value(v), a);
	packet_show(v, name, offset, 7);
	packet_show_in(v);
	packet_show_text(v, "Callsign", offset, 6, a->callsign);
	packet_show_flag(v, bit, offset + 6, 1, 0x80, a->command_or_repeated);
	packet_show_bits(v, "Reserved", offset + 6, 1, 0x60, a->reserved, NULL);
	packet_show_bits(v, "SSID", offset + 6, 1, 0x1e, a->ssid, NULL);
	packet_show_flag(v, "Extension bit", offset + 6, 1, 0x01, a->extension);
	packet_show_out(v);
}
