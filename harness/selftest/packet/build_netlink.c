/* SPDX-License-Identifier: MIT */
#include "harness/selftest/packet/netlink.h"

#include <stdarg.h>

static bool big;

void netlink_order(bool big_endian)
{
	big = big_endian;
}

static void put(struct blob *b, uint64_t number, unsigned int size, bool network)
{
	struct blob bytes = {.length = size};

	for (unsigned int i = 0; i < size; i++)
		bytes.bytes[network ? size - 1 - i : i] = (uint8_t)(number >> 8 * i);
	*b = join(*b, bytes);
}

struct blob pack(const char *format, ...)
{
	struct blob b = {.length = 0};
	va_list arguments;

	va_start(arguments, format);
	for (; *format != '\0'; format++) {
		switch (*format) {
		case 'b':
			put(&b, va_arg(arguments, unsigned int), 1, big);
			break;
		case 'h':
			put(&b, va_arg(arguments, unsigned int), 2, big);
			break;
		case 'H':
			put(&b, va_arg(arguments, unsigned int), 2, true);
			break;
		case 'w':
			put(&b, va_arg(arguments, unsigned int), 4, big);
			break;
		case 'q':
			put(&b, va_arg(arguments, uint64_t), 8, big);
			break;
		case 's':
			b = join(join(b, text(va_arg(arguments, const char *))), fill(0, 1));
			break;
		case 'x':
			b = join(b, hex(va_arg(arguments, const char *)));
			break;
		default:
			break;
		}
	}
	va_end(arguments);
	return b;
}

struct blob all_of(const struct blob *parts, size_t count)
{
	struct blob b = {.length = 0};

	for (size_t i = 0; i < count; i++)
		b = join(b, parts[i]);
	return b;
}

struct blob attribute(unsigned int type, struct blob value)
{
	struct blob b = join(pack("hh", (unsigned int)value.length + 4, type), value);

	return join(b, fill(0, (4 - b.length % 4) % 4));
}

struct blob message(unsigned int type, unsigned int flags, struct blob body)
{
	/* bit 0: NLM_F_REQUEST */
	return join(pack("whhww", (unsigned int)body.length + 16, type, flags, 1,
			 (flags & 1) != 0 ? 0 : 100),
		    body);
}

struct blob cooked(unsigned int protocol, struct blob messages)
{
	return all(pack("xH", "0004 0338 0000 0000000000000000", protocol), messages);
}

struct blob datagram(unsigned int protocol, unsigned int type, unsigned int flags, struct blob body)
{
	return cooked(protocol, message(type, flags, body));
}
