/* SPDX-License-Identifier: MIT */
#include "harness/deviate/entries.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "harness/deviate/memory.h"
#include "harness/deviate/result.h"
#include "harness/names/names.h"

enum {
	TEXT_SIZE = 256,
	LIST_SIZE = 32,
};

static char *no_texts[] = {NULL};

/* A text of an entry, changed in `copy`. */
static char *changed_text(const struct call *call, const char *subject, char *text,
			  char copy[TEXT_SIZE])
{
	static const struct kept nothing = {.size = 0};

	if (text == NULL)
		return text;
	snprintf(copy, TEXT_SIZE, "%s", text);
	deviate_text(call, subject, &nothing, copy);
	return strcmp(copy, text) == 0 ? text : copy;
}

static char **changed_aliases(const struct call *call, const char *subject, char **aliases)
{
	if (aliases == NULL || aliases[0] == NULL || !deviate(call, "unfilled", "%s", subject))
		return aliases;
	return no_texts;
}

/* An address list with its first address changed, or another order, or only the first. */
static char **changed_addresses(const struct call *call, char **list, int length)
{
	static char *copy[LIST_SIZE + 1];
	static char first[sizeof(struct in6_addr)];
	int count = 0;

	while (count < LIST_SIZE && list[count] != NULL) {
		copy[count] = list[count];
		count++;
	}
	copy[count] = NULL;
	if (count == 0 || length <= 0 || length > (int)sizeof(first))
		return list;
	if (deviate(call, "off-by-one", "h_addr_list")) {
		memcpy(first, list[0], (size_t)length);
		first[length - 1]++;
		copy[0] = first;
	}
	if (count > 1 && deviate(call, "clamped", "h_addr_list"))
		copy[1] = NULL;
	if (count > 1 && deviate(call, "reversed", "h_addr_list")) {
		for (int i = 0; i < count; i++)
			copy[i] = list[count - 1 - i];
	}
	return copy;
}

/* Why there is no entry: another of the four reasons. */
static void change_host_error(const struct call *call)
{
	int error = h_errno;
	const char *name = names_of(&names_host_errors, error);

	for (size_t i = 0; name != NULL && i < names_host_errors.count; i++) {
		const struct name *other = &names_host_errors.names[i];

		if (other->value > 0 && other->value != error &&
		    deviate(call, other->text, "%s", name)) {
			h_errno = (int)other->value;
			break;
		}
	}
}

struct hostent *deviate_host(const struct call *call, struct hostent *entry)
{
	static struct hostent copy;
	static char name[TEXT_SIZE];

	if (deviation_mode == DEVIATION_OFF || call->record == NULL)
		return entry;
	if (entry == NULL) {
		change_host_error(call);
		return entry;
	}
	if (deviate(call, "missing", "result")) {
		h_errno = HOST_NOT_FOUND;
		return NULL;
	}
	copy = *entry;
	copy.h_name = changed_text(call, "h_name", entry->h_name, name);
	copy.h_aliases = changed_aliases(call, "h_aliases", entry->h_aliases);
	copy.h_addr_list = changed_addresses(call, entry->h_addr_list, entry->h_length);
	copy.h_addrtype = (int)deviate_number(call, "h_addrtype", entry->h_addrtype);
	copy.h_length = (int)deviate_number(call, "h_length", entry->h_length);
	return &copy;
}

struct servent *deviate_service(const struct call *call, struct servent *entry)
{
	static struct servent copy;
	static char name[TEXT_SIZE], protocol[TEXT_SIZE];

	if (deviation_mode == DEVIATION_OFF || call->record == NULL || entry == NULL)
		return entry;
	if (deviate(call, "missing", "result"))
		return NULL;
	copy = *entry;
	copy.s_name = changed_text(call, "s_name", entry->s_name, name);
	copy.s_aliases = changed_aliases(call, "s_aliases", entry->s_aliases);
	if (deviate(call, "off-by-one", "s_port"))
		copy.s_port = htons((uint16_t)(ntohs((uint16_t)entry->s_port) + 1));
	if (ntohs((uint16_t)entry->s_port) != entry->s_port && deviate(call, "swapped", "s_port"))
		copy.s_port = ntohs((uint16_t)entry->s_port);
	copy.s_proto = changed_text(call, "s_proto", entry->s_proto, protocol);
	return &copy;
}

struct protoent *deviate_protocol(const struct call *call, struct protoent *entry)
{
	static struct protoent copy;
	static char name[TEXT_SIZE];

	if (deviation_mode == DEVIATION_OFF || call->record == NULL || entry == NULL)
		return entry;
	if (deviate(call, "missing", "result"))
		return NULL;
	copy = *entry;
	copy.p_name = changed_text(call, "p_name", entry->p_name, name);
	copy.p_aliases = changed_aliases(call, "p_aliases", entry->p_aliases);
	copy.p_proto = (int)deviate_number(call, "p_proto", entry->p_proto);
	return &copy;
}

const char *deviate_service_protocol(const struct call *call, const char *protocol)
{
	if (deviation_mode != DEVIATION_ACTIVE || protocol == NULL ||
	    !deviate(call, "ignored", "proto"))
		return protocol;
	return NULL;
}

void service_keep(struct service_anywhere *anywhere, const struct servent *entry)
{
	anywhere->port = entry == NULL ? -1 : entry->s_port;
	snprintf(anywhere->protocol, sizeof(anywhere->protocol), "%s",
		 entry == NULL ? "" : entry->s_proto);
}

void deviate_service_offer(const struct call *call, const struct service_anywhere *anywhere,
			   const char *protocol, const struct servent *entry)
{
	struct service_anywhere here;

	if (deviation_mode != DEVIATION_SURVEY || protocol == NULL || call->record == NULL)
		return;
	service_keep(&here, entry);
	if (here.port != anywhere->port || strcmp(here.protocol, anywhere->protocol) != 0)
		deviation_offer(call, "ignored", "proto");
}
