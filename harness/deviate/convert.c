/* SPDX-License-Identifier: MIT */
#include "harness/deviate/convert.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

in_addr_t deviate_inaddr(const struct call *call, in_addr_t result, enum inaddr_order order)
{
	in_addr_t swapped = __builtin_bswap32(result);

	if (deviation_mode == DEVIATION_OFF)
		return result;
	if (result == INADDR_NONE)
		return deviate(call, "success", "INADDR_NONE") ? 0 : result;
	if (deviate(call, "INADDR_NONE", "result"))
		return INADDR_NONE;
	if (deviate(call, "off-by-one", "result"))
		return order == INADDR_HOST ? result + 1 : htonl(ntohl(result) + 1);
	if (swapped != result && deviate(call, "swapped", "result"))
		return swapped;
	return result;
}

/* The bytes of each number of an address, four or two, the other way round. */
static bool swap(unsigned char *bytes, size_t size, size_t number)
{
	bool changes = false;

	for (size_t at = 0; at < size; at += number) {
		for (size_t i = 0; i < number / 2; i++) {
			unsigned char *a = &bytes[at + i], *b = &bytes[at + number - 1 - i];
			unsigned char byte = *a;

			changes = changes || *a != *b;
			*a = *b;
			*b = byte;
		}
	}
	return changes;
}

void deviate_inet(const struct call *call, const char *subject, const struct kept *before,
		  int family, void *address)
{
	static const struct field fields[] = {
		{"s_addr", FIELD_NETWORK, 0, sizeof(struct in_addr)},
		{"s6_addr", FIELD_NETWORK, 0, sizeof(struct in6_addr)},
	};
	bool v6 = family == AF_INET6;
	const struct fields field = {"inet", 1, &fields[v6]};
	size_t size = v6 ? sizeof(struct in6_addr) : sizeof(struct in_addr);
	unsigned char swapped[sizeof(struct in6_addr)];

	if (deviation_mode == DEVIATION_OFF || call->record == NULL)
		return;
	deviate_bytes(call, subject, before, address, size, &field);
	memcpy(swapped, address, size);
	if (swap(swapped, size, v6 ? sizeof(uint16_t) : sizeof(uint32_t)) &&
	    deviate(call, "swapped", "%s.%s", subject, field.list[0].name))
		memcpy(address, swapped, size);
}

/* The text with all eight numbers. Returns its length. */
static int uncompressed(const char *text, char *to, size_t size)
{
	struct in6_addr address;
	int length = 0;

	if (inet_pton(AF_INET6, text, &address) != 1)
		return 0;
	for (int i = 0; i < 16; i += 2)
		length += snprintf(to + length, size - (size_t)length, "%s%x", i > 0 ? ":" : "",
				   address.s6_addr[i] << 8 | address.s6_addr[i + 1]);
	return length;
}

void deviate_inet_text(const struct call *call, const struct kept *before, int family, char *text,
		       size_t size)
{
	char full[INET6_ADDRSTRLEN];
	size_t at;
	int length;

	if (deviation_mode == DEVIATION_OFF || call->record == NULL)
		return;
	if (family == AF_INET6) {
		at = strcspn(text, "abcdef");
		if (text[at] != '\0' && deviate(call, "uppercase", "dst")) {
			for (; text[at] != '\0'; at++)
				text[at] = (char)toupper((unsigned char)text[at]);
		}
		length = strstr(text, "::") == NULL ? 0 : uncompressed(text, full, sizeof(full));
		if (length > 0 && (size_t)length < size && deviate(call, "uncompressed", "dst"))
			memcpy(text, full, (size_t)length + 1);
	}
	deviate_text(call, "dst", before, text);
}

uint32_t deviate_order(const struct call *call, uint32_t result, uint32_t value)
{
	return result != value && deviate(call, "unconverted", "result") ? value : result;
}
