/* SPDX-License-Identifier: MIT */
/*
 * Notes the source line of every call that a suite makes, so that the record of a
 * call says where in the lesson it stands. A suite includes this last, through
 * case.h: a header that declares one of these functions afterwards would not compile.
 *
 * Only `name(...)` is changed. A function's address (&bind) and members of structures
 * called by pointer without parentheses after the name are not. htons() and its like
 * are left alone, because they stand in initialisers; a call of theirs has the line
 * of the call before it.
 */
#ifndef SOCKATLAS_CALLS_HERE_H
#define SOCKATLAS_CALLS_HERE_H

#include "harness/calls/site.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* sockets */
#define socket(...)	 (CALLS_HERE, socket(__VA_ARGS__))
#define socketpair(...)	 (CALLS_HERE, socketpair(__VA_ARGS__))
#define bind(...)	 (CALLS_HERE, bind(__VA_ARGS__))
#define listen(...)	 (CALLS_HERE, listen(__VA_ARGS__))
#define accept(...)	 (CALLS_HERE, accept(__VA_ARGS__))
#define accept4(...)	 (CALLS_HERE, accept4(__VA_ARGS__))
#define connect(...)	 (CALLS_HERE, connect(__VA_ARGS__))
#define shutdown(...)	 (CALLS_HERE, shutdown(__VA_ARGS__))
#define getsockname(...) (CALLS_HERE, getsockname(__VA_ARGS__))
#define getpeername(...) (CALLS_HERE, getpeername(__VA_ARGS__))
#define sockatmark(...)	 (CALLS_HERE, sockatmark(__VA_ARGS__))
#define getsockopt(...)	 (CALLS_HERE, getsockopt(__VA_ARGS__))
#define setsockopt(...)	 (CALLS_HERE, setsockopt(__VA_ARGS__))

/* descriptors */
#define close(...) (CALLS_HERE, close(__VA_ARGS__))
#define dup(...)   (CALLS_HERE, dup(__VA_ARGS__))
#define dup2(...)  (CALLS_HERE, dup2(__VA_ARGS__))
#define dup3(...)  (CALLS_HERE, dup3(__VA_ARGS__))
#define ioctl(...) (CALLS_HERE, ioctl(__VA_ARGS__))
#define fcntl(...) (CALLS_HERE, fcntl(__VA_ARGS__))

/* data */
#define send(...)     (CALLS_HERE, send(__VA_ARGS__))
#define sendto(...)   (CALLS_HERE, sendto(__VA_ARGS__))
#define sendmsg(...)  (CALLS_HERE, sendmsg(__VA_ARGS__))
#define sendmmsg(...) (CALLS_HERE, sendmmsg(__VA_ARGS__))
#define recv(...)     (CALLS_HERE, recv(__VA_ARGS__))
#define recvfrom(...) (CALLS_HERE, recvfrom(__VA_ARGS__))
#define recvmsg(...)  (CALLS_HERE, recvmsg(__VA_ARGS__))
#define recvmmsg(...) (CALLS_HERE, recvmmsg(__VA_ARGS__))
#define read(...)     (CALLS_HERE, read(__VA_ARGS__))
#define write(...)    (CALLS_HERE, write(__VA_ARGS__))
#define readv(...)    (CALLS_HERE, readv(__VA_ARGS__))
#define writev(...)   (CALLS_HERE, writev(__VA_ARGS__))
#define sendfile(...) (CALLS_HERE, sendfile(__VA_ARGS__))
#define splice(...)   (CALLS_HERE, splice(__VA_ARGS__))
#define mmap(...)     (CALLS_HERE, mmap(__VA_ARGS__))

/* readiness */
#define poll(...)	   (CALLS_HERE, poll(__VA_ARGS__))
#define ppoll(...)	   (CALLS_HERE, ppoll(__VA_ARGS__))
#define select(...)	   (CALLS_HERE, select(__VA_ARGS__))
#define pselect(...)	   (CALLS_HERE, pselect(__VA_ARGS__))
#define epoll_create(...)  (CALLS_HERE, epoll_create(__VA_ARGS__))
#define epoll_create1(...) (CALLS_HERE, epoll_create1(__VA_ARGS__))
#define epoll_ctl(...)	   (CALLS_HERE, epoll_ctl(__VA_ARGS__))
#define epoll_wait(...)	   (CALLS_HERE, epoll_wait(__VA_ARGS__))
#define epoll_pwait(...)   (CALLS_HERE, epoll_pwait(__VA_ARGS__))

/* names and addresses */
#define getaddrinfo(...)      (CALLS_HERE, getaddrinfo(__VA_ARGS__))
#define freeaddrinfo(...)     (CALLS_HERE, freeaddrinfo(__VA_ARGS__))
#define gai_strerror(...)     (CALLS_HERE, gai_strerror(__VA_ARGS__))
#define getnameinfo(...)      (CALLS_HERE, getnameinfo(__VA_ARGS__))
#define gethostbyname(...)    (CALLS_HERE, gethostbyname(__VA_ARGS__))
#define gethostbyname2(...)   (CALLS_HERE, gethostbyname2(__VA_ARGS__))
#define gethostbyaddr(...)    (CALLS_HERE, gethostbyaddr(__VA_ARGS__))
#define getservbyname(...)    (CALLS_HERE, getservbyname(__VA_ARGS__))
#define getservbyport(...)    (CALLS_HERE, getservbyport(__VA_ARGS__))
#define getprotobyname(...)   (CALLS_HERE, getprotobyname(__VA_ARGS__))
#define getprotobynumber(...) (CALLS_HERE, getprotobynumber(__VA_ARGS__))
#define gethostname(...)      (CALLS_HERE, gethostname(__VA_ARGS__))
#define sethostname(...)      (CALLS_HERE, sethostname(__VA_ARGS__))

/* conversion */
#define inet_aton(...)	   (CALLS_HERE, inet_aton(__VA_ARGS__))
#define inet_addr(...)	   (CALLS_HERE, inet_addr(__VA_ARGS__))
#define inet_ntoa(...)	   (CALLS_HERE, inet_ntoa(__VA_ARGS__))
#define inet_ntop(...)	   (CALLS_HERE, inet_ntop(__VA_ARGS__))
#define inet_pton(...)	   (CALLS_HERE, inet_pton(__VA_ARGS__))
#define inet_network(...)  (CALLS_HERE, inet_network(__VA_ARGS__))
#define inet_makeaddr(...) (CALLS_HERE, inet_makeaddr(__VA_ARGS__))
#define inet_lnaof(...)	   (CALLS_HERE, inet_lnaof(__VA_ARGS__))
#define inet_netof(...)	   (CALLS_HERE, inet_netof(__VA_ARGS__))

/* interfaces */
#define if_nametoindex(...)   (CALLS_HERE, if_nametoindex(__VA_ARGS__))
#define if_indextoname(...)   (CALLS_HERE, if_indextoname(__VA_ARGS__))
#define if_nameindex(...)     (CALLS_HERE, if_nameindex(__VA_ARGS__))
#define if_freenameindex(...) (CALLS_HERE, if_freenameindex(__VA_ARGS__))

#endif
