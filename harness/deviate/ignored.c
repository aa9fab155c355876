/* SPDX-License-Identifier: MIT */
#include "harness/deviate/ignored.h"

#include <sys/un.h>
#include <unistd.h>

#include "harness/calls/memory.h"
#include "harness/deviate/twin.h"
#include "harness/names/names.h"

static bool leave_out(const struct call *call)
{
	deviation_acted(call);
	return true;
}

bool deviate_bind_instead(const struct call *call, int fd, const struct sockaddr *address,
			  socklen_t length)
{
	sa_family_t family;
	int other, result;

	if (deviation_mode != DEVIATION_ACTIVE || call->record == NULL || length < sizeof(family) ||
	    !memory_read(&family, &address->sa_family, sizeof(family)) ||
	    names_family(family) == NULL ||
	    !deviation_wanted(call, "ignored", names_family(family)))
		return false;
	/* An XDP socket takes memory and rings before it can be bound. */
	if (family == AF_XDP)
		return leave_out(call);
	other = twin_socket(fd);
	result = bind(other, address, length);
	if (other >= 0)
		close(other);
	if (result != 0)
		return false;
	if (family == AF_UNIX && length > sizeof(family) && address->sa_data[0] != '\0') {
		struct sockaddr_un path = {0};

		__builtin_memcpy(&path, address, length < sizeof(path) ? length : sizeof(path) - 1);
		unlink(path.sun_path);
	}
	return leave_out(call);
}

bool deviate_shutdown_instead(const struct call *call, int fd, const char *how)
{
	struct sockaddr_storage peer;
	socklen_t size = sizeof(peer);

	return how != NULL && deviation_wanted(call, "ignored", how) &&
	       getpeername(fd, (struct sockaddr *)&peer, &size) == 0 && leave_out(call);
}

bool deviate_call_instead(const struct call *call, int fd, const char *subject)
{
	int type;
	socklen_t size = sizeof(type);

	return deviation_wanted(call, "ignored", subject) &&
	       getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && leave_out(call);
}

const char *ignored_connect(int fd)
{
	int type;
	socklen_t size = sizeof(type);

	if (deviation_mode == DEVIATION_OFF ||
	    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0)
		return NULL;
	return type == SOCK_STREAM || type == SOCK_SEQPACKET ? NULL : names_type(type);
}

bool deviate_connect_instead(const struct call *call, int fd)
{
	const char *subject = ignored_connect(fd);

	return subject != NULL && deviation_wanted(call, "ignored", subject) && leave_out(call);
}
