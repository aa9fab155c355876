/* SPDX-License-Identifier: MIT */
#include "harness/calls/show_resolver.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/wrap.h"

#include <endian.h>
#include <stddef.h>

void show_inaddr(struct text *t, uint32_t address)
{
	const char *name = names_of(&names_addresses, address);

	if (name != NULL)
		text_string(t, name);
	else
		text_hex(t, address);
}

void show_inaddr_network(struct text *t, in_addr_t address)
{
	text_string(t, "htonl(");
	show_inaddr(t, be32toh(address));
	text_char(t, ')');
}

/* The four members that hints and results share. */
static void show_kind(struct text *t, const struct addrinfo *info, bool flags)
{
	if (flags) {
		text_string(t, "ai_flags=");
		show_flags(t, &names_addrinfo_flags, (unsigned int)info->ai_flags);
		text_string(t, ", ");
	}
	text_string(t, "ai_family=");
	text_name(t, names_family(info->ai_family), info->ai_family);
	text_string(t, ", ai_socktype=");
	show_socket_type(t, info->ai_socktype);
	text_string(t, ", ai_protocol=");
	/* 0 is "any" here, and not the protocol IPPROTO_IP. */
	text_name(t, info->ai_protocol != 0 ? names_protocol(AF_INET, info->ai_protocol) : NULL,
		  info->ai_protocol);
}

void show_hints(struct text *t, const struct addrinfo *hints)
{
	struct addrinfo known;

	if (hints == NULL || !memory_read(&known, hints, sizeof(known))) {
		text_pointer(t, hints);
		return;
	}
	text_char(t, '{');
	show_kind(t, &known, true);
	text_char(t, '}');
}

void show_addrinfo_list(struct text *t, const struct addrinfo *list)
{
	struct addrinfo known;
	int shown = 0;

	text_char(t, '[');
	for (; list != NULL && memory_read(&known, list, sizeof(known)); list = known.ai_next) {
		if (shown > 0)
			text_string(t, ", ");
		if (shown++ == SHOW_ENTRIES) {
			text_string(t, "...");
			break;
		}
		text_char(t, '{');
		show_kind(t, &known, known.ai_flags != 0);
		text_string(t, ", ai_addr=");
		show_address(t, known.ai_addr, known.ai_addrlen);
		if (known.ai_canonname != NULL) {
			text_string(t, ", ai_canonname=");
			show_string(t, known.ai_canonname);
		}
		text_char(t, '}');
	}
	text_char(t, ']');
}

/* "["a", "b"]": an array of strings that NULL ends. */
static void show_aliases(struct text *t, char *const *aliases)
{
	char *alias;

	text_char(t, '[');
	for (int i = 0; aliases != NULL &&
			memory_read(&alias, memory_element(aliases, (size_t)i, sizeof(alias)),
				    sizeof(alias)) &&
			alias != NULL;
	     i++) {
		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_ENTRIES) {
			text_string(t, "...");
			break;
		}
		show_string(t, alias);
	}
	text_char(t, ']');
}

static void show_host_address(struct text *t, int family, const void *address)
{
	unsigned char bytes[16];

	if (family == AF_INET && memory_read(bytes, address, sizeof(struct in_addr)))
		show_inet(t, bytes);
	else if (family == AF_INET6 && memory_read(bytes, address, sizeof(struct in6_addr)))
		show_inet6(t, bytes);
	else
		text_pointer(t, address);
}

void show_hostent(struct text *t, const struct hostent *entry)
{
	struct hostent known;
	char *address;

	if (entry == NULL || !memory_read(&known, entry, sizeof(known))) {
		text_pointer(t, entry);
		return;
	}
	text_string(t, "{h_name=");
	show_string(t, known.h_name);
	text_string(t, ", h_aliases=");
	show_aliases(t, known.h_aliases);
	text_string(t, ", h_addrtype=");
	text_name(t, names_family(known.h_addrtype), known.h_addrtype);
	text_string(t, ", h_length=");
	text_int(t, known.h_length);
	text_string(t, ", h_addr_list=[");
	for (int i = 0;
	     memory_read(&address, memory_element(known.h_addr_list, (size_t)i, sizeof(address)),
			 sizeof(address)) &&
	     address != NULL;
	     i++) {
		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_ENTRIES) {
			text_string(t, "...");
			break;
		}
		show_host_address(t, known.h_addrtype, address);
	}
	text_string(t, "]}");
}

void show_servent(struct text *t, const struct servent *entry)
{
	struct servent known;

	if (entry == NULL || !memory_read(&known, entry, sizeof(known))) {
		text_pointer(t, entry);
		return;
	}
	text_string(t, "{s_name=");
	show_string(t, known.s_name);
	text_string(t, ", s_aliases=");
	show_aliases(t, known.s_aliases);
	text_string(t, ", s_port=htons(");
	text_unsigned(t, be16toh((uint16_t)known.s_port));
	text_string(t, "), s_proto=");
	show_string(t, known.s_proto);
	text_char(t, '}');
}

void show_protoent(struct text *t, const struct protoent *entry)
{
	struct protoent known;

	if (entry == NULL || !memory_read(&known, entry, sizeof(known))) {
		text_pointer(t, entry);
		return;
	}
	text_string(t, "{p_name=");
	show_string(t, known.p_name);
	text_string(t, ", p_aliases=");
	show_aliases(t, known.p_aliases);
	text_string(t, ", p_proto=");
	text_name(t, names_protocol(AF_INET, known.p_proto), known.p_proto);
	text_char(t, '}');
}

void show_name_index(struct text *t, const struct if_nameindex *list)
{
	struct if_nameindex known;

	if (list == NULL) {
		text_pointer(t, list);
		return;
	}
	text_char(t, '[');
	for (int i = 0;
	     memory_read(&known, memory_element(list, (size_t)i, sizeof(known)), sizeof(known)) &&
	     known.if_index != 0;
	     i++) {
		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_ENTRIES) {
			text_string(t, "...");
			break;
		}
		text_char(t, '{');
		text_unsigned(t, known.if_index);
		text_string(t, ", ");
		show_string(t, known.if_name);
		text_char(t, '}');
	}
	text_char(t, ']');
}
