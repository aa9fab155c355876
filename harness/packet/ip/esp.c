/* SPDX-License-Identifier: MIT */
/* Encapsulating Security Payload, RFC 4303: two fields in the open, the rest is encrypted. */
#include "harness/packet/ip/internal.h"

/*
 *     0                                                             32
 *    +---------------------------------------------------------------+
 *  0 | Security Parameters Index (SPI)                               |
 *    +---------------------------------------------------------------+
 *  4 | Sequence Number                                               |
 *    +---------------------------------------------------------------+
 *  8 | Payload Data (often starts with an initialization vector)     |
 *    +               +-----------------------------------------------+
 *    |               | Padding (0 to 255 bytes)                      |
 *    +---------------+---------------+---------------+---------------+
 *    | Padding                       | Pad Length    | Next Header   |
 *    +-------------------------------+---------------+---------------+
 *    | Integrity Check Value                                         |
 *    +---------------------------------------------------------------+
 *
 * RFC 4303 2. Where the vector ends and the Integrity Check Value starts is known only to those
 * who share the key, and Pad Length and Next Header are encrypted: all of it is data.
 */
void packet_decode_esp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_ESP);
	struct packet_esp *esp;
	const uint8_t *h;

	if (l == NULL)
		return;
	esp = &l->esp;
	h = packet_take(d, 8);
	esp->spi = packet_be32(h);
	esp->sequence_number = packet_be32(h + 4);
	esp->payload_length = l->length > 8 ? l->length - 8 : 0;
	if (l->header_captured < 8)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_esp(struct packet_view *v, const struct packet_layer *l)
{
	packet_show_hex(v, "Security Parameters Index", l->offset, 4, l->esp.spi, NULL);
	packet_show_number(v, "Sequence Number", l->offset + 4, 4, l->esp.sequence_number, NULL);
}

static void line_esp(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)p;
	packet_put(out, "ESP");
	if (l->header_captured < 8) {
		packet_put(out, " header cut");
		return;
	}
	packet_put(out, " spi=0x");
	packet_put_hex(out, l->esp.spi, 8);
	packet_put_pair(out, "seq", l->esp.sequence_number);
	packet_put_length(out, l->esp.payload_length);
}

const struct packet_protocol packet_protocol_esp = {
	.name = "ESP",
	.show = show_esp,
	.line = line_esp,
};
