/* SPDX-License-Identifier: MIT */
/* Names whose context is one table. */
#include "harness/names/names.h"

#include <sys/socket.h>

const char *names_family(int family)
{
	return names_of(&names_families, family);
}

const char *names_type(int type)
{
	return names_of(&names_types, type);
}

const char *names_errno(int error)
{
	return names_of(&names_errnos, error);
}

const char *names_signal(int signal)
{
	return names_of(&names_signals, signal);
}

const char *names_shutdown_how(int how)
{
	return names_of(&names_shutdown, how);
}

const char *names_addrinfo_error(int error)
{
	return names_of(&names_addrinfo_errors, error);
}

const char *names_ioctl(int family, unsigned long request)
{
	const char *name = NULL;

	/* SIOCUNIXFILE is SIOCPROTOPRIVATE: what it means is up to the family. */
	if (family == AF_UNIX)
		name = names_of(&names_ioctls_unix, (int64_t)request);
	if (family == AF_X25)
		name = names_of(&names_ioctls_x25, (int64_t)request);
	if (family == AF_BLUETOOTH)
		name = names_ioctl_bluetooth(0, request);
	return name != NULL ? name : names_of(&names_ioctls, (int64_t)request);
}
