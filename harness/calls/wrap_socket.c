/* SPDX-License-Identifier: MIT */
/* Making sockets, and connecting them. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show.h"
#include "harness/calls/show_known.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/ignored.h"
#include "harness/deviate/memory.h"

static void arg_kind(struct call *call, int domain, int type, int protocol)
{
	if (call->record == NULL)
		return;
	arg_name(call, "domain", names_family(domain), domain);
	show_socket_type(calls_value(call, "type"), type);
	show_protocol(calls_value(call, "protocol"), domain, protocol);
}

int wrap_socket(int domain, int type, int protocol)
{
	struct call call;
	int result, passed;

	calls_begin(&call, "socket");
	arg_kind(&call, domain, type, protocol);
	passed = deviate_flags_in(&call, &names_type_flags, type);
	REAL_CALL(call, result, socket, domain, passed, protocol);
	if (result >= 0)
		descriptors_socket(result, domain, type, protocol);
	return END_INT(call, result);
}

int wrap_socketpair(int domain, int type, int protocol, int *pair)
{
	struct call call;
	int result, passed;
	int fds[2];
	struct kept before;

	calls_begin(&call, "socketpair");
	arg_kind(&call, domain, type, protocol);
	arg_pointer(&call, "sv", pair);
	passed = deviate_flags_in(&call, &names_type_flags, type);
	keep(&before, pair, sizeof(fds));
	REAL_CALL(call, result, socketpair, domain, passed, protocol, pair);
	if (result == 0) {
		fds[0] = pair[0];
		fds[1] = pair[1];
		descriptors_socket(fds[0], domain, type, protocol);
		descriptors_socket(fds[1], domain, type, protocol);
		deviate_bytes(&call, "sv", &before, pair, sizeof(fds), NULL);
		if (call.record != NULL)
			known_ints(calls_value(&call, "sv"), fds, sizeof(fds));
	}
	return END_INT(call, result);
}

int wrap_bind(int fd, const struct sockaddr *address, socklen_t length)
{
	struct call call;
	int result;

	calls_begin(&call, "bind");
	arg_int(&call, "sockfd", fd);
	arg_address(&call, "addr", address, length);
	arg_int(&call, "addrlen", (int)length);
	REAL_CALL_UNLESS(deviate_bind_instead(&call, fd, address, length), call, result, bind, fd,
			 address, length);
	if (result == 0)
		deviation_offer(&call, "ignored", names_family(address->sa_family));
	return END_INT(call, result);
}

int wrap_connect(int fd, const struct sockaddr *address, socklen_t length)
{
	struct call call;
	int result;

	calls_begin(&call, "connect");
	arg_int(&call, "sockfd", fd);
	arg_address(&call, "addr", address, length);
	arg_int(&call, "addrlen", (int)length);
	REAL_CALL_UNLESS(deviate_connect_instead(&call, fd), call, result, connect, fd, address,
			 length);
	if (result == 0)
		deviation_offer(&call, "ignored", ignored_connect(fd));
	return END_INT(call, result);
}

int wrap_listen(int fd, int backlog)
{
	struct call call;
	int result;

	calls_begin(&call, "listen");
	arg_int(&call, "sockfd", fd);
	arg_name(&call, "backlog", names_of(&names_limits, backlog), backlog);
	REAL_CALL_UNLESS(deviate_call_instead(&call, fd, "backlog"), call, result, listen, fd,
			 backlog);
	if (result == 0)
		deviation_offer(&call, "ignored", "backlog");
	return END_INT(call, result);
}

int wrap_accept(int fd, struct sockaddr *address, socklen_t *length)
{
	struct call call;
	struct kept before;
	socklen_t room;
	int result;

	calls_begin(&call, "accept");
	arg_int(&call, "sockfd", fd);
	arg_pointer(&call, "addr", address);
	arg_length_in(&call, "addrlen", length, &room);
	keep(&before, address, address == NULL ? 0 : room);
	REAL_CALL(call, result, accept, fd, address, length);
	if (result >= 0) {
		descriptors_copy(fd, result);
		deviate_address(&call, &before, address, room, length);
		arg_address_out(&call, "addr", address, "addrlen", length, room);
	}
	return END_INT(call, result);
}

int wrap_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	struct call call;
	struct kept before;
	socklen_t room;
	int result;

	calls_begin(&call, "accept4");
	arg_int(&call, "sockfd", fd);
	arg_pointer(&call, "addr", address);
	arg_length_in(&call, "addrlen", length, &room);
	arg_flags(&call, "flags", &names_type_flags, (unsigned int)flags);
	keep(&before, address, address == NULL ? 0 : room);
	flags = deviate_flags_in(&call, &names_type_flags, flags);
	REAL_CALL(call, result, accept4, fd, address, length, flags);
	if (result >= 0) {
		descriptors_copy(fd, result);
		deviate_address(&call, &before, address, room, length);
		arg_address_out(&call, "addr", address, "addrlen", length, room);
	}
	return END_INT(call, result);
}

int wrap_shutdown(int fd, int how)
{
	struct call call;
	int result;

	calls_begin(&call, "shutdown");
	arg_int(&call, "sockfd", fd);
	arg_name(&call, "how", names_shutdown_how(how), how);
	REAL_CALL_UNLESS(deviate_shutdown_instead(&call, fd, names_shutdown_how(how)), call, result,
			 shutdown, fd, how);
	if (result == 0)
		deviation_offer(&call, "ignored", names_shutdown_how(how));
	return END_INT(call, result);
}

int wrap_getsockname(int fd, struct sockaddr *address, socklen_t *length)
{
	struct call call;
	struct kept before;
	socklen_t room;
	int result;

	calls_begin(&call, "getsockname");
	arg_int(&call, "sockfd", fd);
	arg_pointer(&call, "addr", address);
	arg_length_in(&call, "addrlen", length, &room);
	keep(&before, address, address == NULL ? 0 : room);
	REAL_CALL(call, result, getsockname, fd, address, length);
	if (result == 0)
		deviate_address(&call, &before, address, room, length);
	arg_address_out(&call, "addr", address, "addrlen", length, room);
	return END_INT(call, result);
}

int wrap_getpeername(int fd, struct sockaddr *address, socklen_t *length)
{
	struct call call;
	struct kept before;
	socklen_t room;
	int result;

	calls_begin(&call, "getpeername");
	arg_int(&call, "sockfd", fd);
	arg_pointer(&call, "addr", address);
	arg_length_in(&call, "addrlen", length, &room);
	keep(&before, address, address == NULL ? 0 : room);
	REAL_CALL(call, result, getpeername, fd, address, length);
	if (result == 0)
		deviate_address(&call, &before, address, room, length);
	arg_address_out(&call, "addr", address, "addrlen", length, room);
	return END_INT(call, result);
}

int wrap_sockatmark(int fd)
{
	struct call call;
	int result;

	calls_begin(&call, "sockatmark");
	arg_int(&call, "sockfd", fd);
	REAL_CALL(call, result, sockatmark, fd);
	if (result >= 0)
		result = deviate_truth(&call, "result", result);
	return END_INT(call, result);
}
