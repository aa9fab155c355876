/* SPDX-License-Identifier: MIT */
#include "harness/calls/args.h"

#include "harness/calls/descriptors.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_message.h"
#include "harness/calls/show_resolver.h"

void arg_int(struct call *call, const char *name, int64_t value)
{
	if (call->record != NULL)
		text_int(calls_value(call, name), value);
}

void arg_unsigned(struct call *call, const char *name, uint64_t value)
{
	if (call->record != NULL)
		text_unsigned(calls_value(call, name), value);
}

void arg_hex(struct call *call, const char *name, uint64_t value)
{
	if (call->record != NULL)
		text_hex(calls_value(call, name), value);
}

void arg_pointer(struct call *call, const char *name, const void *value)
{
	if (call->record != NULL)
		text_pointer(calls_value(call, name), value);
}

void arg_name(struct call *call, const char *name, const char *value_name, int64_t value)
{
	if (call->record != NULL)
		text_name(calls_value(call, name), value_name, value);
}

void arg_flags(struct call *call, const char *name, const struct name_table *table, uint64_t value)
{
	if (call->record != NULL)
		show_flags(calls_value(call, name), table, value);
}

void arg_string(struct call *call, const char *name, const char *string)
{
	if (call->record != NULL)
		show_string(calls_value(call, name), string);
}

void arg_data(struct call *call, const char *name, const void *data, size_t length)
{
	if (call->record != NULL)
		show_data(calls_value(call, name), data, length);
}

void arg_sent(struct call *call, const char *name, int fd, const void *data, size_t length)
{
	struct descriptor of;

	if (call->record == NULL)
		return;
	of = descriptors_get(fd);
	show_socket_data(calls_value(call, name), &of, data, length);
}

void arg_received(struct call *call, const char *name, int fd, const void *data, size_t size,
		  ssize_t got)
{
	if (got >= 0)
		arg_sent(call, name, fd, data, (size_t)got < size ? (size_t)got : size);
}

void arg_address(struct call *call, const char *name, const void *address, socklen_t length)
{
	if (call->record != NULL)
		show_address(calls_value(call, name), address, length);
}

void arg_inet(struct call *call, const char *name, int family, const void *address)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	struct text *t;

	if (call->record == NULL)
		return;
	t = calls_value(call, name);
	if (family == AF_INET && memory_read(bytes, address, sizeof(struct in_addr)))
		show_inet(t, bytes);
	else if (family == AF_INET6 && memory_read(bytes, address, sizeof(struct in6_addr)))
		show_inet6(t, bytes);
	else
		text_pointer(t, address);
}

void arg_inaddr(struct call *call, const char *name, const void *address)
{
	struct in_addr known;
	struct text *t;

	if (call->record == NULL)
		return;
	t = calls_value(call, name);
	if (memory_read(&known, address, sizeof(known)))
		show_inaddr_network(t, known.s_addr);
	else
		text_pointer(t, address);
}

void arg_length_in(struct call *call, const char *name, const socklen_t *length, socklen_t *before)
{
	struct text *t;

	*before = 0;
	if (call->record == NULL)
		return;
	t = calls_value(call, name);
	if (!memory_read(before, length, sizeof(*before))) {
		text_pointer(t, length);
		return;
	}
	text_char(t, '[');
	text_int(t, (int)*before);
	text_char(t, ']');
}

void arg_length_out(struct call *call, const char *name, const socklen_t *length, socklen_t before)
{
	socklen_t after;
	struct text *t;

	if (call->record == NULL || !memory_read(&after, length, sizeof(after)) || after == before)
		return;
	t = calls_value(call, name);
	text_char(t, '[');
	text_int(t, (int)before);
	text_string(t, " => ");
	text_int(t, (int)after);
	text_char(t, ']');
}

void arg_address_out(struct call *call, const char *name, const void *address,
		     const char *length_name, const socklen_t *length, socklen_t before)
{
	socklen_t after;

	if (call->record == NULL || address == NULL || !memory_read(&after, length, sizeof(after)))
		return;
	/* The kernel gives the whole length, and stores no more than there was room for. */
	show_address(calls_value(call, name), address, after < before ? after : before);
	arg_length_out(call, length_name, length, before);
}
