/* SPDX-License-Identifier: MIT */
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "harness/kit.h"
#include "harness/sandbox/sandbox.h"

/* Ends the case unless the call succeeded. */
static int need(struct expect_at at, int result)
{
	expect_success(at, result);
	return result;
}

static void local_address(struct expect_at at, int fd, struct address *where)
{
	*where = address_empty();
	need(at, getsockname(fd, &where->any, &where->length));
}

int bound_socket_at(struct expect_at at, int family, int type, struct address *where)
{
	int fd = need(at, socket(family, type, 0));

	*where = address_loopback(family, 0);
	need(at, bind(fd, ADDRESS(*where)));
	local_address(at, fd, where);
	return fd;
}

int tcp_listener_at(struct expect_at at, int family, struct address *where)
{
	int fd = bound_socket_at(at, family, SOCK_STREAM, where);

	need(at, listen(fd, 16));
	return fd;
}

/* Connects to a listener and accepts; a connection over loopback is there at once. */
static void join(struct expect_at at, struct pair *p)
{
	need(at, connect(p->client, ADDRESS(p->server_address)));
	p->server = need(at, accept(p->listener, NULL, NULL));
	local_address(at, p->client, &p->client_address);
}

struct pair tcp_pair_at(struct expect_at at, int family)
{
	struct pair p;

	p.listener = tcp_listener_at(at, family, &p.server_address);
	p.client = need(at, socket(family, SOCK_STREAM, 0));
	join(at, &p);
	return p;
}

struct pair tcp_pair_between_at(struct expect_at at, const char *from_host, const char *to_host,
				const char *to, uint16_t port)
{
	struct pair p = {.server_address = address_of(to, port)};
	int family = p.server_address.any.sa_family;

	p.listener = need(at, host_socket(to_host, family, SOCK_STREAM, 0));
	need(at, bind(p.listener, ADDRESS(p.server_address)));
	need(at, listen(p.listener, 16));
	p.client = need(at, host_socket(from_host, family, SOCK_STREAM, 0));
	join(at, &p);
	return p;
}

struct pair udp_pair_at(struct expect_at at, int family)
{
	struct pair p = {.listener = -1};

	p.client = bound_socket_at(at, family, SOCK_DGRAM, &p.client_address);
	p.server = bound_socket_at(at, family, SOCK_DGRAM, &p.server_address);
	need(at, connect(p.client, ADDRESS(p.server_address)));
	need(at, connect(p.server, ADDRESS(p.client_address)));
	return p;
}

struct pair unix_pair_at(struct expect_at at, int type)
{
	struct pair p = {.listener = -1};
	int ends[2];

	need(at, socketpair(AF_UNIX, type, 0, ends));
	p.client = ends[0];
	p.server = ends[1];
	return p;
}

int set_int_here(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value));
}

int get_int_at(struct expect_at at, int fd, int level, int option)
{
	int value = 0;
	socklen_t size = sizeof(value);

	need(at, getsockopt(fd, level, option, &value, &size));
	return value;
}

int tcp_state_here(int fd)
{
	struct tcp_info info;
	socklen_t size = sizeof(info);

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
		return -1;
	return info.tcpi_state;
}
