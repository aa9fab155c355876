/* SPDX-License-Identifier: MIT */
/*
 * The wrappers and the functions behind them. For each symbol of wrapped.list the
 * linker turns a reference to NAME into one to __wrap_NAME, which is wrap_NAME()
 * here, and __real_NAME, here real_NAME(), into one to the C library's NAME.
 *
 * Every wrapper has the same shape:
 *
 *     calls_begin(&call, "bind");
 *     arg_...(&call, ...);                            the arguments
 *     REAL_CALL(call, result, bind, fd, address, length);
 *     arg_...(&call, ...);                            what the kernel filled in
 *     return END_INT(call, result);
 *
 * Between them stand the questions of harness/deviate: what may go wrong with the call
 * before it is made, and with what it returned.
 */
#ifndef SOCKATLAS_CALLS_WRAP_H
#define SOCKATLAS_CALLS_WRAP_H

#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

#include "harness/deviate/result.h"

/* Under optimisation these may be macros; here the functions are meant. */
#undef htons
#undef htonl
#undef ntohs
#undef ntohl

#if defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

/*
 * The C library's function. A sanitizer puts a function of its own in front of it,
 * which reports a bad pointer and ends the program before the kernel can say EFAULT;
 * there the C library is asked for its own.
 */
#if SANITIZED
#define REAL(name)                                                                                 \
	__extension__({                                                                            \
		static void *function;                                                             \
		if (function == NULL)                                                              \
			function = calls_unsanitized(#name);                                       \
		(__typeof__(&real_##name))function;                                                \
	})
/* The function of that name in the C library; ends the program when there is none. */
void *calls_unsanitized(const char *name);
#else
#define REAL(name) real_##name
#endif

#define REAL_CALL(call, result, name, ...)                                                         \
	do {                                                                                       \
		calls_enter(&(call));                                                              \
		(result) = REAL(name)(__VA_ARGS__);                                                \
		calls_return(&(call));                                                             \
	} while (0)

/* REAL_CALL(), or, when a deviation says so, no call at all and 0 for its result. */
#define REAL_CALL_UNLESS(instead, call, result, name, ...)                                         \
	do {                                                                                       \
		bool left_out = (instead);                                                         \
		calls_enter(&(call));                                                              \
		(result) = left_out ? 0 : REAL(name)(__VA_ARGS__);                                 \
		calls_return(&(call));                                                             \
	} while (0)

/* Ends the record of a call that gives -1 and errno for an error. Gives what the case is to see. */
#define END_INT(call, result)                                                                      \
	((result) = (__typeof__(result))deviate_error(&(call), result),                            \
	 calls_end_int(&(call), result), (result))

/* The same for a function that returns nothing. */
#define REAL_CALL_VOID(call, name, ...)                                                            \
	do {                                                                                       \
		calls_enter(&(call));                                                              \
		REAL(name)(__VA_ARGS__);                                                           \
		calls_return(&(call));                                                             \
	} while (0)

/* Declares both; the names that the linker makes are reserved in C, hence the symbols by hand. */
#define WRAPPED(type, name, ...)                                                                   \
	type real_##name(__VA_ARGS__) __asm__("__real_" #name);                                    \
	type wrap_##name(__VA_ARGS__) __asm__("__wrap_" #name)

WRAPPED(int, socket, int domain, int type, int protocol);
WRAPPED(int, socketpair, int domain, int type, int protocol, int *pair);
WRAPPED(int, bind, int fd, const struct sockaddr *address, socklen_t length);
WRAPPED(int, listen, int fd, int backlog);
WRAPPED(int, accept, int fd, struct sockaddr *address, socklen_t *length);
WRAPPED(int, accept4, int fd, struct sockaddr *address, socklen_t *length, int flags);
WRAPPED(int, connect, int fd, const struct sockaddr *address, socklen_t length);
WRAPPED(int, shutdown, int fd, int how);
WRAPPED(int, getsockname, int fd, struct sockaddr *address, socklen_t *length);
WRAPPED(int, getpeername, int fd, struct sockaddr *address, socklen_t *length);
WRAPPED(int, sockatmark, int fd);
WRAPPED(int, getsockopt, int fd, int level, int option, void *value, socklen_t *length);
WRAPPED(int, setsockopt, int fd, int level, int option, const void *value, socklen_t length);

WRAPPED(int, close, int fd);
WRAPPED(int, dup, int fd);
WRAPPED(int, dup2, int fd, int copy);
WRAPPED(int, dup3, int fd, int copy, int flags);
WRAPPED(int, ioctl, int fd, unsigned long request, ...);
WRAPPED(int, fcntl, int fd, int command, ...);
WRAPPED(int, fcntl64, int fd, int command, ...);

WRAPPED(ssize_t, send, int fd, const void *data, size_t length, int flags);
WRAPPED(ssize_t, sendto, int fd, const void *data, size_t length, int flags,
	const struct sockaddr *address, socklen_t address_length);
WRAPPED(ssize_t, sendmsg, int fd, const struct msghdr *message, int flags);
WRAPPED(int, sendmmsg, int fd, struct mmsghdr *messages, unsigned int count, int flags);
WRAPPED(ssize_t, recv, int fd, void *data, size_t length, int flags);
WRAPPED(ssize_t, recvfrom, int fd, void *data, size_t length, int flags, struct sockaddr *address,
	socklen_t *address_length);
WRAPPED(ssize_t, recvmsg, int fd, struct msghdr *message, int flags);
WRAPPED(int, recvmmsg, int fd, struct mmsghdr *messages, unsigned int count, int flags,
	struct timespec *timeout);
WRAPPED(ssize_t, read, int fd, void *data, size_t length);
WRAPPED(ssize_t, write, int fd, const void *data, size_t length);
WRAPPED(ssize_t, readv, int fd, const struct iovec *vector, int count);
WRAPPED(ssize_t, writev, int fd, const struct iovec *vector, int count);
WRAPPED(ssize_t, sendfile, int out, int in, off_t *offset, size_t count);
WRAPPED(ssize_t, sendfile64, int out, int in, int64_t *offset, size_t count);
WRAPPED(ssize_t, splice, int in, int64_t *in_offset, int out, int64_t *out_offset, size_t length,
	unsigned int flags);
WRAPPED(void *, mmap, void *address, size_t length, int protection, int flags, int fd,
	off_t offset);

WRAPPED(int, poll, struct pollfd *fds, nfds_t count, int timeout);
WRAPPED(int, ppoll, struct pollfd *fds, nfds_t count, const struct timespec *timeout,
	const sigset_t *mask);
WRAPPED(int, select, int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
	struct timeval *timeout);
WRAPPED(int, pselect, int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
	const struct timespec *timeout, const sigset_t *mask);
WRAPPED(int, epoll_create, int size);
WRAPPED(int, epoll_create1, int flags);
WRAPPED(int, epoll_ctl, int epoll, int operation, int fd, struct epoll_event *event);
WRAPPED(int, epoll_wait, int epoll, struct epoll_event *events, int count, int timeout);
WRAPPED(int, epoll_pwait, int epoll, struct epoll_event *events, int count, int timeout,
	const sigset_t *mask);

WRAPPED(int, getaddrinfo, const char *node, const char *service, const struct addrinfo *hints,
	struct addrinfo **list);
WRAPPED(void, freeaddrinfo, struct addrinfo *list);
WRAPPED(const char *, gai_strerror, int error);
WRAPPED(int, getnameinfo, const struct sockaddr *address, socklen_t length, char *host,
	socklen_t host_size, char *service, socklen_t service_size, int flags);
WRAPPED(struct hostent *, gethostbyname, const char *name);
WRAPPED(struct hostent *, gethostbyname2, const char *name, int family);
WRAPPED(struct hostent *, gethostbyaddr, const void *address, socklen_t length, int family);
WRAPPED(struct servent *, getservbyname, const char *name, const char *protocol);
WRAPPED(struct servent *, getservbyport, int port, const char *protocol);
WRAPPED(struct protoent *, getprotobyname, const char *name);
WRAPPED(struct protoent *, getprotobynumber, int number);
WRAPPED(int, gethostname, char *name, size_t size);
WRAPPED(int, sethostname, const char *name, size_t length);

WRAPPED(int, inet_aton, const char *text, struct in_addr *address);
WRAPPED(in_addr_t, inet_addr, const char *text);
WRAPPED(char *, inet_ntoa, struct in_addr address);
WRAPPED(const char *, inet_ntop, int family, const void *address, char *text, socklen_t size);
WRAPPED(int, inet_pton, int family, const char *text, void *address);
WRAPPED(in_addr_t, inet_network, const char *text);
WRAPPED(struct in_addr, inet_makeaddr, in_addr_t network, in_addr_t host);
WRAPPED(in_addr_t, inet_lnaof, struct in_addr address);
WRAPPED(in_addr_t, inet_netof, struct in_addr address);
WRAPPED(uint16_t, htons, uint16_t value);
WRAPPED(uint32_t, htonl, uint32_t value);
WRAPPED(uint16_t, ntohs, uint16_t value);
WRAPPED(uint32_t, ntohl, uint32_t value);

WRAPPED(unsigned int, if_nametoindex, const char *name);
WRAPPED(char *, if_indextoname, unsigned int index, char *name);
WRAPPED(struct if_nameindex *, if_nameindex, void);
WRAPPED(void, if_freenameindex, struct if_nameindex *list);

#endif
