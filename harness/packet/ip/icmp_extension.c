/* SPDX-License-Identifier: MIT */
/*
 * The extension structure that an ICMP or ICMPv6 message can have behind the packet it quotes,
 * RFC 4884 7: a header and objects.
 *
 *     0       4                       16                            32
 *    +-------+-----------------------+-------------------------------+
 *  0 |Version| Reserved              | Checksum                      |
 *    +-------+-----------------------+-------------------------------+
 *
 *    +-------------------------------+---------------+---------------+
 *  0 | Length                        | Class-Num     | C-Type        |
 *    +-------------------------------+---------------+---------------+
 *  4 | Object payload (Length - 4 bytes)                             |
 *    +---------------------------------------------------------------+
 *
 * Objects: 1 MPLS label stack (RFC 4950), 2 interface information (RFC 5837), 3 interface
 * identification (RFC 8335).
 */
#include "harness/packet/ip/internal.h"

void packet_decode_icmp_extension(struct decoder *d, uint32_t offset, uint32_t end)
{
	uint32_t at = offset + 4, readable = end < d->p->captured ? end : d->p->captured;

	if (!packet_have(d, offset, 4))
		return;
	while (at + 4 <= readable) {
		uint16_t length = packet_be16(d->bytes + at);

		if (length < 4 || length > end - at) {
			if (d->bound == PACKET_BOUND_LENGTH)
				packet_contradiction(d,
						     "an extension object announces %1 bytes, "
						     "%2 are left",
						     length, end - at, at, 2);
			return;
		}
		at += length;
	}
	if (at < end && at + 4 > end && d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d, "%1 bytes are left over behind the extension objects",
				     end - at, 0, offset, 4);
}

static const char *class_name(uint8_t class_num)
{
	static const char *const names[] = {NULL, "MPLS Label Stack", "Interface Information",
					    "Interface Identification"};

	return class_num < 4 ? names[class_num] : NULL;
}

/* The checksum covers the whole structure; 0 says that there is none (RFC 4884 7). */
static const char *checksum_state(const struct packet *p, uint32_t offset, uint32_t end)
{
	if (end > p->captured)
		return "unknown";
	if (packet_be16(p->bytes + offset + 2) == 0)
		return "absent";
	return packet_checksum_finish(packet_checksum_add(0, p->bytes + offset, end - offset)) == 0
		       ? "good"
		       : "bad";
}

static void show_labels(struct packet_view *v, uint32_t at, uint32_t end)
{
	for (; at + 4 <= end; at += 4) {
		uint32_t entry = packet_be32(v->p->bytes + at);

		packet_show_bits(v, "Label", at, 4, 0xfffff000, entry >> 12, NULL);
		packet_show_bits(v, "TC", at, 4, 0x0e00, entry >> 9 & 7, NULL);
		packet_show_flag(v, "S: bottom of stack", at, 4, 0x0100, (entry & 0x100) != 0);
		packet_show_bits(v, "TTL", at, 4, 0xff, entry & 0xff, NULL);
	}
}

void packet_show_icmp_extension(struct packet_view *v, const struct packet_layer *l,
				uint32_t offset, uint32_t end)
{
	const uint8_t *bytes = v->p->bytes;
	uint32_t at = offset + 4, limit = v->limit;

	(void)l;
	/* it is behind the quote, and so not among the header's own bytes */
	v->limit = end < v->p->captured ? end : v->p->captured;
	if (v->limit < 4 || offset > v->limit - 4) {
		v->limit = limit;
		return;
	}
	packet_show_text(v, "Extension", offset, (end < v->limit ? end : v->limit) - offset, "");
	packet_show_in(v);
	packet_show_bits(v, "Version", offset, 1, 0xf0, bytes[offset] >> 4, NULL);
	packet_show_hex(v, "Checksum", offset + 2, 2, packet_be16(bytes + offset + 2),
			checksum_state(v->p, offset, end));
	while (at + 4 <= v->limit) {
		uint16_t length = packet_be16(bytes + at);
		uint8_t class_num = bytes[at + 2];
		const char *name = class_name(class_num);

		if (length < 4 || length > v->limit - at)
			break;
		packet_show_text(v, name != NULL ? name : "Object", at, length, "");
		packet_show_in(v);
		packet_show_number(v, "Length", at, 2, length, NULL);
		packet_show_number(v, "Class-Num", at + 2, 1, class_num, name);
		packet_show_number(v, "C-Type", at + 3, 1, bytes[at + 3], NULL);
		if (class_num == 1)
			show_labels(v, at + 4, at + length);
		else
			packet_show_bytes(v, "Object payload", at + 4, length - 4u);
		packet_show_out(v);
		at += length;
	}
	packet_show_out(v);
	v->limit = limit;
}
