/* SPDX-License-Identifier: MIT */
/*
 * Pairs that implementations have confused, or that a reader of a manual page could:
 * the same kind of fault one step earlier, later, or at another layer.
 */
#include "harness/deviate/neighbours.h"

#include <errno.h>
#include <netdb.h>
#include <stddef.h>

struct neighbours {
	int error, instead[NEIGHBOURS];
};

static const struct neighbours errnos[] = {
	{EACCES, {EPERM, EINVAL}},
	{EADDRINUSE, {EADDRNOTAVAIL, EINVAL, EACCES}},
	{EADDRNOTAVAIL, {EADDRINUSE, EINVAL, EAFNOSUPPORT}},
	{EAFNOSUPPORT, {EPROTONOSUPPORT, EINVAL, ESOCKTNOSUPPORT}},
	{EAGAIN, {EINPROGRESS, EINTR, ENOBUFS}},
	{EALREADY, {EINPROGRESS, EISCONN, EAGAIN}},
	{EBADF, {ENOTSOCK, EINVAL}},
	{ECONNABORTED, {ECONNRESET, EAGAIN}},
	{ECONNREFUSED, {ECONNRESET, ETIMEDOUT, EHOSTUNREACH}},
	{ECONNRESET, {EPIPE, ECONNABORTED, ENOTCONN}},
	{EDESTADDRREQ, {ENOTCONN, EINVAL}},
	{EDOM, {EINVAL, ERANGE}},
	{EEXIST, {EADDRINUSE, EINVAL}},
	{EFAULT, {EINVAL}},
	{EHOSTUNREACH, {ENETUNREACH, ECONNREFUSED, ETIMEDOUT}},
	{EINPROGRESS, {EAGAIN, EALREADY}},
	{EINTR, {EAGAIN, EIO}},
	{EINVAL, {EOPNOTSUPP, EFAULT, ENOPROTOOPT}},
	{EISCONN, {EALREADY, EINVAL, ENOTCONN}},
	{EMFILE, {ENFILE, ENOMEM}},
	{EMSGSIZE, {EINVAL, ENOBUFS}},
	{ENAMETOOLONG, {EINVAL, ENOENT}},
	{ENETDOWN, {ENETUNREACH, ENXIO}},
	{ENETUNREACH, {EHOSTUNREACH, EADDRNOTAVAIL}},
	{ENFILE, {EMFILE, ENOMEM}},
	{ENOBUFS, {ENOMEM, EAGAIN}},
	{ENODEV, {ENXIO, EINVAL, ENOENT}},
	{ENOENT, {ECONNREFUSED, EINVAL, ENOTDIR}},
	{ENOMEM, {ENOBUFS, EAGAIN}},
	{ENOPROTOOPT, {EOPNOTSUPP, EINVAL}},
	{ENOSPC, {ENOMEM, EINVAL}},
	{ENOTCONN, {EINVAL, EPIPE, EDESTADDRREQ}},
	{ENOTDIR, {ENOENT, EINVAL}},
	{ENOTSOCK, {EBADF, EOPNOTSUPP}},
	{ENOTTY, {EINVAL, EOPNOTSUPP}},
	{ENXIO, {ENODEV, ENOENT}},
	{EOPNOTSUPP, {EINVAL, ENOTSOCK, EPROTONOSUPPORT}},
	{EPERM, {EACCES, EINVAL}},
	{EPIPE, {ECONNRESET, ENOTCONN}},
	{EPROTONOSUPPORT, {EAFNOSUPPORT, ESOCKTNOSUPPORT, EINVAL}},
	{EPROTOTYPE, {EPROTONOSUPPORT, ECONNREFUSED}},
	{EROFS, {EACCES}},
	{ESOCKTNOSUPPORT, {EPROTONOSUPPORT, EINVAL, EAFNOSUPPORT}},
	{ETIMEDOUT, {ECONNREFUSED, EHOSTUNREACH, EAGAIN}},
	{ETOOMANYREFS, {EMFILE, EAGAIN}},
};

static const struct neighbours any_errno = {0, {EINVAL, EIO}};

static const struct neighbours codes[] = {
	{EAI_ADDRFAMILY, {EAI_FAMILY, EAI_NONAME}}, {EAI_AGAIN, {EAI_FAIL, EAI_NONAME}},
	{EAI_BADFLAGS, {EAI_FAMILY, EAI_FAIL}},	    {EAI_FAIL, {EAI_AGAIN, EAI_NONAME}},
	{EAI_FAMILY, {EAI_SOCKTYPE, EAI_NONAME}},   {EAI_MEMORY, {EAI_FAIL, EAI_SYSTEM}},
	{EAI_NODATA, {EAI_NONAME, EAI_FAIL}},	    {EAI_NONAME, {EAI_NODATA, EAI_AGAIN}},
	{EAI_OVERFLOW, {EAI_NONAME, EAI_MEMORY}},   {EAI_SERVICE, {EAI_NONAME, EAI_SOCKTYPE}},
	{EAI_SOCKTYPE, {EAI_SERVICE, EAI_FAMILY}},  {EAI_SYSTEM, {EAI_FAIL, EAI_AGAIN}},
};

static const struct neighbours any_code = {0, {EAI_FAIL}};

static const int *find(const struct neighbours *table, size_t count, int error,
		       const struct neighbours *any)
{
	for (size_t i = 0; i < count; i++) {
		if (table[i].error == error)
			return table[i].instead;
	}
	return any->instead;
}

const int *neighbours_of_errno(int error)
{
	return find(errnos, sizeof(errnos) / sizeof(errnos[0]), error, &any_errno);
}

const int *neighbours_of_addrinfo_error(int code)
{
	return find(codes, sizeof(codes) / sizeof(codes[0]), code, &any_code);
}
