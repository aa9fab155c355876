/* SPDX-License-Identifier: MIT */
/*
 * What many cases need before they come to their point: addresses, connected pairs
 * of sockets, waiting with a deadline, child processes.
 *
 * The calls that these functions make are recorded like a case's own, at the
 * case's line. A failure is an error of the case's setup and ends the case.
 */
#ifndef SOCKATLAS_KIT_H
#define SOCKATLAS_KIT_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#include "harness/calls/site.h"
#include "harness/declaration.h"
#include "harness/expect.h"

/* ---------------------------------------------------------------- addresses */

/* A socket address of any family with its length. */
struct address {
	socklen_t length;
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
		struct sockaddr_un un;
		struct sockaddr_storage storage;
	};
};

/* The two arguments that bind(), connect() and sendto() take: bind(fd, ADDRESS(a)). */
#define ADDRESS(address) &(address).any, (address).length

/* The unspecified address (INADDR_ANY or ::) with a port in host byte order. */
struct address address_any(int family, uint16_t port);
/* 127.0.0.1 or ::1. */
struct address address_loopback(int family, uint16_t port);
/* A numeric address: ("192.0.2.1", 80), ("2001:db8::1", 80). Any other text gives AF_UNSPEC. */
struct address address_of(const char *text, uint16_t port);
/* AF_UNIX: a path, or an abstract name when it starts with "@" (unix(7)). Cut at 107 bytes. */
struct address address_unix(const char *path);
/* An empty one with room for any family, to be filled by getsockname(), accept() or recvfrom(). */
struct address address_empty(void);

/* The port in host byte order; 0 for other families. */
uint16_t address_port(const struct address *address);
/* Whether both are the same address and port; scope ids and flow labels count. */
bool address_equal(const struct address *a, const struct address *b);
/* "127.0.0.1:80", "[::1]:80", a path: in a buffer that lasts until the 4th call after it. */
const char *address_text(const struct address *address);

/* ------------------------------------------------------------------ sockets */

struct pair {
	int client, server; /* connected to each other */
	int listener;	    /* that accept()ed `server`; -1 when there is none */
	struct address client_address, server_address;
};

/* A socket bound to a free port of loopback; its address goes to `where`. */
#define bound_socket(family, type, where)                                                          \
	(CALLS_HERE, bound_socket_at(EXPECT_SETUP_AT("bound_socket(" #family ", " #type ")"),      \
				     family, type, where))
/* A TCP socket that listens on a free port of loopback. */
#define tcp_listener(family, where)                                                                \
	(CALLS_HERE, tcp_listener_at(EXPECT_SETUP_AT("tcp_listener(" #family ")"), family, where))
/* A connected pair of TCP sockets over loopback. */
#define tcp_pair(family) (CALLS_HERE, tcp_pair_at(EXPECT_SETUP_AT("tcp_pair(" #family ")"), family))
/* Two UDP sockets on loopback, each connected to the other. */
#define udp_pair(family) (CALLS_HERE, udp_pair_at(EXPECT_SETUP_AT("udp_pair(" #family ")"), family))
/* socketpair(AF_UNIX, type). */
#define unix_pair(type) (CALLS_HERE, unix_pair_at(EXPECT_SETUP_AT("unix_pair(" #type ")"), type))
/*
 * A connected pair of TCP sockets between two hosts of the topology, the server on
 * `port` of the address `to` of host `to_host`.
 */
#define tcp_pair_between(from_host, to_host, to, port)                                             \
	(CALLS_HERE,                                                                               \
	 tcp_pair_between_at(EXPECT_SETUP_AT("tcp_pair_between(" #from_host ", " #to_host ")"),    \
			     from_host, to_host, to, port))

int bound_socket_at(struct expect_at at, int family, int type, struct address *where);
int tcp_listener_at(struct expect_at at, int family, struct address *where);
struct pair tcp_pair_at(struct expect_at at, int family);
struct pair udp_pair_at(struct expect_at at, int family);
struct pair unix_pair_at(struct expect_at at, int type);
struct pair tcp_pair_between_at(struct expect_at at, const char *from_host, const char *to_host,
				const char *to, uint16_t port);

/* The commonest variants, IPv4 and IPv6: .VARIANTS(families), VARIANT(struct family_row)->family.
 */
struct family_row {
	struct variant variant;
	int family;
};
extern const struct family_row families[2];

/*
 * A kind of socket as a value, for rows of variants: {{"tcp4", NULL}, pair_tcp4}. The
 * connected pair of a row's kind: make_pair(row->make).
 */
struct pair pair_tcp4(void);
struct pair pair_tcp6(void);
struct pair pair_udp4(void);
struct pair pair_udp6(void);
struct pair pair_unix_stream(void);
struct pair pair_unix_dgram(void);
struct pair pair_unix_seqpacket(void);
#define make_pair(kind) (CALLS_HERE, (kind)())

/* setsockopt() and getsockopt() of an int, the most frequent kind. */
#define set_int(fd, level, option, value) (CALLS_HERE, set_int_here(fd, level, option, value))
#define get_int(fd, level, option)                                                                 \
	(CALLS_HERE,                                                                               \
	 get_int_at(EXPECT_SETUP_AT("getsockopt(" #level ", " #option ")"), fd, level, option))
/* Returns what setsockopt() does. */
int set_int_here(int fd, int level, int option, int value);
/* Returns the value. */
int get_int_at(struct expect_at at, int fd, int level, int option);

/* ------------------------------------------------------------------ waiting */

/* "At once", with patience for a slow machine: longer where the deadlines of cases are. */
#define SOON_MS kit_soon_ms
extern int kit_soon_ms;
enum { USUAL_SOON_MS = 2000 };

/*
 * Waits until one of `events` (POLLIN, ...) happens to `fd`, at most `milliseconds`.
 * Returns what happened, as poll() does in revents; 0 when the time ran out.
 */
#define wait_for(fd, events, milliseconds) (CALLS_HERE, wait_for_here(fd, events, milliseconds))
short wait_for_here(int fd, short events, int milliseconds);

/* Reads exactly `size` bytes, waiting SOON_MS for each part. Returns how many came before the end.
 */
#define read_exactly(fd, buffer, size) (CALLS_HERE, read_exactly_here(fd, buffer, size))
ssize_t read_exactly_here(int fd, void *buffer, size_t size);

/* Reads the state of TCP_INFO (TCP_ESTABLISHED, ...); -1 when the socket has none. */
#define tcp_state(fd) (CALLS_HERE, tcp_state_here(fd))
int tcp_state_here(int fd);
/* Waits until a TCP socket is in this state. False when SOON_MS passed. */
#define wait_for_tcp_state(fd, state) (CALLS_HERE, wait_for_tcp_state_here(fd, state))
bool wait_for_tcp_state_here(int fd, int state);

/* CLOCK_MONOTONIC in milliseconds, for what must take (or must not take) time. */
int64_t clock_ms(void);
/* Lets time pass on purpose: only in a case that says .waits = true. */
void sleep_ms(int milliseconds);

/* ---------------------------------------------------------------- processes */

/*
 * Runs `body(context)` in a child process, whose calls and checks count for the
 * case; the child ends with the status that body returns.
 */
#define start_child(body, context)                                                                 \
	(CALLS_HERE, start_child_at(EXPECT_SETUP_AT("start_child(" #body ")"), body, context))
pid_t start_child_at(struct expect_at at, int (*body)(void *context), void *context);
/* Waits for it, at most SOON_MS. Returns its wait status (WEXITSTATUS ...), -1 when it goes on. */
int wait_child(pid_t child);

#endif
