/* SPDX-License-Identifier: MIT */
#include "harness/deviate/resolver.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "harness/deviate/memory.h"
#include "harness/names/names.h"

enum {
	MEMBERS = 3,
	ADDRESS_BYTES = 128,
};

/* One way to misread the hints. */
struct misread {
	const char *subject, *how;
	struct addrinfo hints;
};

/* The ways are numbered: the flags, then the members. False when the hints have no such thing. */
static bool misread_hints(struct misread *m, const struct addrinfo *hints, size_t number)
{
	static const char *const names[MEMBERS] = {"ai_family", "ai_socktype", "ai_protocol"};
	int *members[MEMBERS] = {&m->hints.ai_family, &m->hints.ai_socktype, &m->hints.ai_protocol};
	int flag;

	m->hints = *hints;
	if (number >= names_addrinfo_flags.count) {
		number -= names_addrinfo_flags.count;
		m->subject = names[number];
		m->how = "ignored";
		if (*members[number] == 0)
			return false;
		*members[number] = 0;
		return true;
	}
	flag = (int)names_addrinfo_flags.names[number].value;
	m->subject = names_addrinfo_flags.names[number].text;
	m->how = "dropped";
	m->hints.ai_flags &= ~flag;
	return (hints->ai_flags & flag) != 0;
}

static size_t ways(void)
{
	return names_addrinfo_flags.count + MEMBERS;
}

const struct addrinfo *deviate_hints(const struct call *call, const struct addrinfo *hints,
				     struct addrinfo *copy)
{
	struct misread m;

	if (deviation_mode != DEVIATION_ACTIVE || call->record == NULL || hints == NULL)
		return hints;
	for (size_t i = 0; i < ways(); i++) {
		if (misread_hints(&m, hints, i) && deviate(call, m.how, "%s", m.subject)) {
			*copy = m.hints;
			return copy;
		}
	}
	return hints;
}

/* Whether the node is found without a query: nothing, an address, or a name of /etc/hosts. */
static bool is_local(const char *node, const struct addrinfo *hints)
{
	struct in_addr address;

	return node == NULL || (hints->ai_flags & AI_NUMERICHOST) != 0 || strchr(node, ':') ||
	       inet_aton(node, &address) != 0 || strcmp(node, "localhost") == 0;
}

static bool same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_list(const struct addrinfo *a, const struct addrinfo *b)
{
	for (; a != NULL && b != NULL; a = a->ai_next, b = b->ai_next) {
		if (a->ai_family != b->ai_family || a->ai_socktype != b->ai_socktype ||
		    a->ai_protocol != b->ai_protocol || a->ai_addrlen != b->ai_addrlen ||
		    memcmp(a->ai_addr, b->ai_addr, a->ai_addrlen) != 0 ||
		    !same_text(a->ai_canonname, b->ai_canonname))
			return false;
	}
	return a == b;
}

static bool changes_answer(const struct lookup_question *question, const struct misread *m,
			   int result, const struct addrinfo *list)
{
	struct addrinfo *other = NULL;
	int code = getaddrinfo(question->node, question->service, &m->hints, &other);
	bool changes = code != result || (code == 0 && !same_list(other, list));

	if (code == 0)
		freeaddrinfo(other);
	return changes;
}

/* The same for what only a name server could tell. */
static bool may_change_answer(const struct lookup_question *question, const struct misread *m)
{
	int flag = question->hints->ai_flags & ~m->hints.ai_flags;

	if ((flag & (AI_V4MAPPED | AI_ALL)) != 0)
		return question->hints->ai_family == AF_INET6;
	return (flag & (AI_PASSIVE | AI_NUMERICSERV)) == 0;
}

void deviate_hints_offer(const struct call *call, const struct lookup_question *question,
			 int result, const struct addrinfo *list)
{
	struct misread m;

	if (deviation_mode != DEVIATION_SURVEY || call->record == NULL || question->hints == NULL)
		return;
	for (size_t i = 0; i < ways(); i++) {
		if (!misread_hints(&m, question->hints, i))
			continue;
		if (is_local(question->node, &m.hints) ? changes_answer(question, &m, result, list)
						       : may_change_answer(question, &m))
			deviation_offer(call, m.how, m.subject);
	}
}

/* An entry that is there twice. The C library must not see it in freeaddrinfo(). */
static struct addrinfo duplicate;

static struct addrinfo *reverse(struct addrinfo *list)
{
	struct addrinfo *first = list, *next = list->ai_next;

	list->ai_next = NULL;
	while (next != NULL) {
		struct addrinfo *rest = next->ai_next;

		next->ai_next = list;
		list = next;
		next = rest;
	}
	/* The name is the first entry's, whichever that is. */
	if (list != first) {
		list->ai_canonname = first->ai_canonname;
		first->ai_canonname = NULL;
	}
	return list;
}

static void deviate_entry(const struct call *call, struct addrinfo *entry)
{
	static const struct field members[] = {
		{"ai_family", FIELD_NUMBER, offsetof(struct addrinfo, ai_family), sizeof(int)},
		{"ai_socktype", FIELD_NUMBER, offsetof(struct addrinfo, ai_socktype), sizeof(int)},
		{"ai_protocol", FIELD_NUMBER, offsetof(struct addrinfo, ai_protocol), sizeof(int)},
		{"ai_addrlen", FIELD_NUMBER, offsetof(struct addrinfo, ai_addrlen),
		 sizeof(socklen_t)},
	};
	static const struct fields fields = {"addrinfo", MEMBERS + 1, members};
	const char *name = names_family(entry->ai_family);
	int family = entry->ai_family;
	socklen_t length = entry->ai_addrlen;
	struct kept same;

	keep(&same, entry, sizeof(*entry));
	deviate_bytes(call, "res", &same, entry, sizeof(*entry), &fields);
	if (entry->ai_addr == NULL || name == NULL || length > ADDRESS_BYTES)
		return;
	keep(&same, entry->ai_addr, length);
	deviate_bytes(call, name, &same, entry->ai_addr, length, fields_of_address(family));
}

struct addrinfo *deviate_list(const struct call *call, struct addrinfo *list)
{
	struct kept nothing = {.size = 0};

	if (deviation_mode == DEVIATION_OFF || call->record == NULL || list == NULL)
		return list;
	for (struct addrinfo *entry = list; entry != NULL; entry = entry->ai_next)
		deviate_entry(call, entry);
	if (list->ai_canonname != NULL) {
		deviate_text(call, "ai_canonname", &nothing, list->ai_canonname);
		if (deviate(call, "unfilled", "ai_canonname"))
			list->ai_canonname = NULL;
	}
	if (list->ai_next != NULL && deviate(call, "clamped", "res")) {
		freeaddrinfo(list->ai_next);
		list->ai_next = NULL;
	}
	if (list->ai_next != NULL && deviate(call, "reversed", "res"))
		list = reverse(list);
	if (deviate(call, "duplicated", "res")) {
		duplicate = *list;
		list->ai_next = &duplicate;
	}
	return list;
}

void deviate_list_free(struct addrinfo *list)
{
	for (; deviation_mode == DEVIATION_ACTIVE && list != NULL; list = list->ai_next) {
		if (list->ai_next == &duplicate)
			list->ai_next = duplicate.ai_next;
	}
}

/* Whether getnameinfo() gives something else without `flag`. */
static bool flag_matters(const struct name_question *q, int flag, int result)
{
	char service[NI_MAXSERV] = "";
	socklen_t service_size =
		q->service_size < sizeof(service) ? q->service_size : sizeof(service);
	int code, flags = q->flags & ~flag;
	bool services = (flag & (NI_NUMERICSERV | NI_DGRAM)) != 0;

	/* Without these, a name server is asked for what is not known yet. */
	if (flag == NI_NAMEREQD)
		return result == EAI_NONAME;
	if (flag == NI_NUMERICHOST)
		return q->host != NULL && (q->flags & NI_NAMEREQD) == 0;
	if (!services)
		return q->host != NULL && (q->flags & NI_NUMERICHOST) == 0;
	if (q->service == NULL)
		return false;
	code = getnameinfo(q->address, q->length, NULL, 0, service, service_size, flags);
	return code != 0 || result != 0 || strcmp(service, q->service) != 0;
}

void deviate_nameinfo_offer(const struct call *call, const struct name_question *question,
			    int result)
{
	if (deviation_mode != DEVIATION_SURVEY || call->record == NULL)
		return;
	for (size_t i = 0; i < names_nameinfo_flags.count; i++) {
		int flag = (int)names_nameinfo_flags.names[i].value;

		if ((question->flags & flag) != 0 && flag_matters(question, flag, result))
			deviation_offer(call, "dropped", names_nameinfo_flags.names[i].text);
	}
}
