/* SPDX-License-Identifier: MIT */
#include "reports/coverage/sockets.h"

#include <stdlib.h>
#include <string.h>

/* What a page is about, in the words of the record; "" is any. */
static const struct {
	const char *page, *domain, *type, *protocols;
} kinds[] = {
	{"ip(7)", "AF_INET", "", ""},
	{"ipv6(7)", "AF_INET6", "", ""},
	{"tcp(7)", "AF_INET AF_INET6", "SOCK_STREAM", "IPPROTO_IP IPPROTO_TCP"},
	{"udp(7)", "AF_INET AF_INET6", "SOCK_DGRAM", "IPPROTO_IP IPPROTO_UDP"},
	{"raw(7)", "AF_INET", "SOCK_RAW", ""},
	{"unix(7)", "AF_UNIX", "", ""},
	{"packet(7)", "AF_PACKET", "", ""},
	{"vsock(7)", "AF_VSOCK", "", ""},
	{"ddp(7)", "AF_APPLETALK", "", ""},
};

enum { KINDS_OF_SOCKETS = sizeof(kinds) / sizeof(kinds[0]) };

static const char *argument(const struct call *call, const char *name)
{
	for (size_t i = 0; i < call->argument_count; i++) {
		if (strcmp(call->arguments[i].name, name) == 0)
			return call->arguments[i].value;
	}
	return "";
}

/* Whether the word with which `value` starts is one of `words`. */
static bool one_of(const char *value, const char *words)
{
	size_t length = strcspn(value, "|");

	if (words[0] == 0)
		return true;
	while (*words != 0) {
		size_t word = strcspn(words, " ");

		if (word == length && strncmp(words, value, length) == 0)
			return true;
		words += word + (words[word] != 0);
	}
	return false;
}

static bool makes_socket(const struct call *call)
{
	return strcmp(call->name, "socket") == 0 || strcmp(call->name, "socketpair") == 0;
}

/* The pages on what socket() or socketpair() makes, as bits. */
static unsigned int pages_of(const struct call *call)
{
	unsigned int pages = 0;

	for (size_t i = 0; i < KINDS_OF_SOCKETS; i++) {
		if (one_of(argument(call, "domain"), kinds[i].domain) &&
		    one_of(argument(call, "type"), kinds[i].type) &&
		    one_of(argument(call, "protocol"), kinds[i].protocols))
			pages |= 1U << i;
	}
	return pages;
}

/* Descriptors are inherited: what this process did not make, another one made before. */
static const char *descriptor_of(const struct call *call)
{
	static const char *const names[] = {"sockfd", "fd", "oldfd"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = argument(call, names[i]);

		if (value[0] != 0)
			return value;
	}
	return "";
}

static char *own_key(struct arena *arena, const struct call *call, const char *fd, size_t length)
{
	return arena_format(arena, "pid %lld: %.*s", (long long)call->pid, (int)length, fd);
}

static void set(struct sockets *s, const char *key, unsigned int pages)
{
	size_t i;

	if (!strmap_find(&s->map, key, &i)) {
		i = s->count++;
		s->pages = memory_grow(s->pages, &s->room, s->count, sizeof(*s->pages));
		strmap_add(&s->map, key, i);
	}
	s->pages[i] = pages;
}

/* The descriptor in the first `length` bytes of `fd` is now such a socket. */
static void add(struct sockets *s, const struct call *call, const char *fd, size_t length,
		unsigned int pages)
{
	set(s, own_key(&s->arena, call, fd, length), pages);
	set(s, arena_string(&s->arena, fd, length), pages);
}

static unsigned int find(const struct sockets *s, const struct call *call)
{
	struct arena arena = {0};
	const char *fd = descriptor_of(call);
	unsigned int pages = 0;
	size_t i;

	if (fd[0] != 0 && (strmap_find(&s->map, own_key(&arena, call, fd, strlen(fd)), &i) ||
			   strmap_find(&s->map, fd, &i)))
		pages = s->pages[i];
	arena_free(&arena);
	return pages;
}

void sockets_note(struct sockets *s, const struct call *call)
{
	static const char *const copiers[] = {"accept", "accept4", "dup", "dup2", "dup3"};
	const char *result = call->result;

	if (call->error[0] != 0 || !call->returned)
		return;
	if (strcmp(call->name, "socketpair") == 0)
		result = argument(call, "sv");
	if (makes_socket(call)) {
		for (result += strspn(result, "[, "); *result >= '0' && *result <= '9';
		     result += strspn(result, "], ")) {
			size_t length = strspn(result, "0123456789");

			add(s, call, result, length, pages_of(call));
			result += length;
		}
		return;
	}
	for (size_t i = 0; i < sizeof(copiers) / sizeof(copiers[0]); i++) {
		if (strcmp(call->name, copiers[i]) == 0)
			add(s, call, result, strlen(result), find(s, call));
	}
}

void sockets_pages(const struct sockets *s, const struct call *call,
		   void (*each)(void *context, const char *page), void *context)
{
	unsigned int pages = makes_socket(call) ? pages_of(call) : find(s, call);

	for (size_t i = 0; i < KINDS_OF_SOCKETS; i++) {
		if ((pages >> i & 1) != 0)
			each(context, kinds[i].page);
	}
}

void sockets_free(struct sockets *s)
{
	strmap_free(&s->map);
	arena_free(&s->arena);
	free(s->pages);
	*s = (struct sockets){0};
}
