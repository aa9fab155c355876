/* SPDX-License-Identifier: MIT */
/*
 * Names of DNS, RFC 1035 3.1 and 4.1.4.
 *
 *     0 1 2          8
 *    +---+-----------+--------------------+---+
 *    |0 0| length    | label ...          | 0 |
 *    +---+-----------+--------------------+---+
 *    |1 1| offset, from the message's first   |
 *    |   | byte (14 bits)                     |
 *    +---+------------------------------------+
 *
 * A name is labels of up to 63 bytes and an empty one at the end, at most 255 bytes in all. A
 * pointer in place of a label says that the name goes on elsewhere. The standard wants it to point
 * to a prior occurrence; here each has to point before the labels that led to it, so that no two
 * can point to each other. The number of pointers is bounded too.
 */
#include "harness/packet/application/internal.h"

#define NAME_MAX_BYTES 255
#define POINTERS_MAX   127 /* as many as a name may have labels */
#define TEXT_MAX       440

static void put_escaped(struct packet_out *out, uint8_t c, char special)
{
	if (c == '\\' || c == (uint8_t)special) {
		packet_put_char(out, '\\');
		packet_put_char(out, (char)c);
	} else if (c > 0x20 && c < 0x7f) {
		packet_put_char(out, (char)c);
	} else {
		packet_put_char(out, '\\');
		packet_put_char(out, (char)('0' + c / 100));
		packet_put_char(out, (char)('0' + c / 10 % 10));
		packet_put_char(out, (char)('0' + c % 10));
	}
}

void packet_put_escaped(struct packet_out *out, const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == ' ')
			packet_put_char(out, ' ');
		else
			put_escaped(out, bytes[i], '"');
	}
}

void packet_put_text(struct packet_out *out, const uint8_t *bytes, size_t length)
{
	packet_put_escaped(out, bytes, length < 100 ? length : 100);
	if (length > 100)
		packet_put(out, "...");
}

struct dns_bounds packet_dns_bounds(const struct packet *p, const struct packet_layer *l)
{
	struct dns_bounds b = {.bytes = p->bytes, .start = l->offset + (l->dns.over_tcp ? 2u : 0u)};

	b.end = l->offset + l->header_length;
	b.captured = l->offset + l->header_captured;
	return b;
}

static uint32_t fail(struct dns_fault *fault, const char *text, uint32_t value1, uint32_t value2,
		     uint32_t offset, uint32_t length)
{
	*fault = (struct dns_fault){PACKET_MALFORMED, text, value1, value2, offset, length};
	return 0;
}

/* Whether there are `length` bytes at `at`; a fault if not. */
static bool have(const struct dns_bounds *b, uint32_t at, uint32_t length, uint32_t name,
		 struct dns_fault *fault)
{
	if (at <= b->captured && length <= b->captured - at)
		return true;
	if (at > b->end || length > b->end - at)
		fail(fault, "the message ends inside a name", 0, 0, name, 1);
	else
		fault->outcome = PACKET_TRUNCATED;
	return false;
}

static void put_label(struct packet_out *out, size_t start, const uint8_t *label, uint8_t length)
{
	/* once it is too long the rest is left out, wherever the label ends */
	if (out->length - start >= TEXT_MAX)
		return;
	if (out->length > start)
		packet_put_char(out, '.');
	for (uint8_t i = 0; i < length && out->length - start < TEXT_MAX; i++)
		put_escaped(out, label[i], '.');
	if (out->length - start >= TEXT_MAX)
		packet_put(out, "...");
}

uint32_t packet_dns_name_at(const struct dns_bounds *b, uint32_t at, struct packet_out *out,
			    struct dns_fault *fault)
{
	size_t start = out != NULL ? out->length : 0;
	uint32_t name = at, run = at, length = 0, bytes = 1, pointers = 0;

	for (;;) {
		uint8_t first;

		if (!have(b, at, 1, name, fault))
			return 0;
		first = b->bytes[at];
		if (first >= 0xc0) {
			uint32_t target;

			if (!have(b, at, 2, name, fault))
				return 0;
			target = packet_be16(b->bytes + at) & 0x3fff;
			if (length == 0)
				length = at + 2 - name;
			if (target < 12)
				return fail(fault, "a name points to byte %1, into the header",
					    target, 0, at, 2);
			if (b->start + target >= run)
				return fail(fault, "a name points to byte %1, not back", target, 0,
					    at, 2);
			if (++pointers > POINTERS_MAX)
				return fail(fault, "a name has more than %1 pointers", POINTERS_MAX,
					    0, at, 2);
			at = run = b->start + target;
			continue;
		}
		if (first >= 0x40)
			return fail(fault,
				    "a label starts with %1, which is no length and no pointer",
				    first, 0, at, 1);
		if (first == 0)
			break;
		bytes += first + 1u;
		if (bytes > NAME_MAX_BYTES)
			return fail(fault, "a name has more than %1 bytes", NAME_MAX_BYTES, 0, name,
				    1);
		if (!have(b, at + 1, first, name, fault))
			return 0;
		if (out != NULL)
			put_label(out, start, b->bytes + at + 1, first);
		at += 1u + first;
	}
	if (out != NULL && bytes == 1)
		packet_put_char(out, '.');
	return length != 0 ? length : at + 1 - name;
}

size_t packet_dns_name(const struct packet *p, const struct packet_layer *l, uint32_t offset,
		       char *buffer, size_t size)
{
	struct packet_out out = {buffer, size, 0};
	struct dns_bounds b = packet_dns_bounds(p, l);
	struct dns_fault fault = {0};

	if (packet_dns_name_at(&b, offset, &out, &fault) == 0)
		packet_put(&out, "...");
	return packet_put_end(&out);
}
