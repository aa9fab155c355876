/* SPDX-License-Identifier: MIT */
/* NETLINK_SOCK_DIAG: what the kernel tells of TCP and UDP sockets (sock_diag(7)). */
#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* A request about all sockets of a protocol that are in these states. */
static struct inet_diag_req_v2 about(int family, int protocol, unsigned int states)
{
	return (struct inet_diag_req_v2){
		.sdiag_family = (uint8_t)family,
		.sdiag_protocol = (uint8_t)protocol,
		.idiag_states = states,
		.id.idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE},
	};
}

enum { ALL_STATES = 0xfff };

/* What was said of the socket with this local port. */
struct found {
	uint16_t port; /* network byte order */
	int count;
	struct inet_diag_msg message;
};

static void find_port(const struct nlmsghdr *h, void *context)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);
	struct found *found = context;

	EXPECT_EQ(h->nlmsg_type, SOCK_DIAG_BY_FAMILY);
	if (m->id.idiag_sport != found->port)
		return;
	found->count++;
	found->message = *m;
}

static uint32_t inode_of(int fd)
{
	struct stat status;

	SETUP(fstat(fd, &status));
	return (uint32_t)status.st_ino;
}

struct listen_row {
	struct variant variant;
	int family;
};

static const struct listen_row both[] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6"}, AF_INET6},
};

/*
 * Which sockets are there?
 *
 * `SOCK_DIAG_BY_FAMILY` with `NLM_F_DUMP` lists sockets of one family and protocol: their
 * addresses, state, queues, user, and the number that `/proc/PID/fd` shows in `socket:[...]`, by
 * which a list of sockets becomes a list of programs. Of a listening socket the receive queue is
 * how many connections wait for accept(), and the send queue how many may.
 *
 * Try it: `ss -ltne`.
 */
CASE(a_listening_socket,
     .claim = "the list of listening TCP sockets has ours, with address, queue, inode and user",
     .level = LINUX, .spec = "sock_diag(7) IPv4 and IPv6 sockets", .needs = "inet_diag",
     .tags = "netlink diag tcp", .VARIANTS(both))
{
	int family = VARIANT(struct listen_row)->family;
	struct inet_diag_req_v2 header = about(family, IPPROTO_TCP, 1u << TCP_LISTEN);
	struct netlink_request r = REQUEST(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, header);
	struct address where, to;
	int listener = bound_socket(family, SOCK_STREAM, &where);
	int client = SETUP(socket(family, SOCK_STREAM, 0)), fd = netlink_open(NETLINK_SOCK_DIAG);
	struct found found = {.port = where.v4.sin_port};

	SETUP(listen(listener, 5));
	to = where;
	SETUP(connect(client, ADDRESS(to)));
	/* The kernel listens, too: RDS over TCP in every network (rds_tcp_listen_init()). */
	EXPECT_GE(netlink_dump(fd, &r, find_port, &found), 1);
	REQUIRE_EQ(found.count, 1);
	EXPECT_EQ(found.message.idiag_family, family);
	EXPECT_EQ(found.message.idiag_state, TCP_LISTEN);
	EXPECT_EQ(found.message.id.idiag_dport, 0);
	if (family == AF_INET)
		EXPECT_EQ(ntohl(found.message.id.idiag_src[0]), INADDR_LOOPBACK);
	else
		EXPECT_MEMEQ(found.message.id.idiag_src, &in6addr_loopback, 16);
	EXPECT_EQ(found.message.idiag_rqueue, 1);
	EXPECT_EQ(found.message.idiag_wqueue, 5);
	EXPECT_EQ(found.message.idiag_inode, inode_of(listener));
	EXPECT_EQ(found.message.idiag_uid, getuid());
}

struct state_row {
	struct variant variant;
	unsigned int states;
	int listening, connected;
};

static const struct state_row states[] = {
	{{"listen", NULL}, 1u << TCP_LISTEN, 1, 0},
	{{"established", NULL}, 1u << TCP_ESTABLISHED, 0, 2},
	{{"both", NULL}, 1u << TCP_LISTEN | 1u << TCP_ESTABLISHED, 1, 2},
	{{"syn_sent", NULL}, 1u << TCP_SYN_SENT, 0, 0},
	{{"all", NULL}, ALL_STATES, 1, 2},
};

static void count_states(const struct nlmsghdr *h, void *context)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);

	if (m->idiag_state < 16)
		((int *)context)[m->idiag_state]++;
}

/* `idiag_states` has a bit for each state: only sockets in one of them are listed. */
CASE(by_state, .claim = "idiag_states selects which sockets are listed", .level = LINUX,
     .spec = "sock_diag(7) idiag_states", .needs = "inet_diag", .tags = "netlink diag tcp",
     .VARIANTS(states))
{
	const struct state_row *row = VARIANT(struct state_row);
	struct inet_diag_req_v2 header = about(AF_INET, IPPROTO_TCP, row->states);
	struct netlink_request r = REQUEST(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, header);
	int fd = netlink_open(NETLINK_SOCK_DIAG), count[16] = {0};

	tcp_pair(AF_INET);
	EXPECT_EQ(netlink_dump(fd, &r, count_states, count), row->listening + row->connected);
	EXPECT_EQ(count[TCP_LISTEN], row->listening);
	EXPECT_EQ(count[TCP_ESTABLISHED], row->connected);
}

/* The two ends of a connection, as one of them. */
static struct inet_diag_sockid id_of(const struct pair *p)
{
	struct inet_diag_sockid id = {
		.idiag_sport = p->client_address.v4.sin_port,
		.idiag_dport = p->server_address.v4.sin_port,
		.idiag_src = {p->client_address.v4.sin_addr.s_addr},
		.idiag_dst = {p->server_address.v4.sin_addr.s_addr},
		.idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE},
	};

	return id;
}

/*
 * One socket.
 *
 * Without `NLM_F_DUMP` both addresses and ports name a connection. With `idiag_ext` more is told
 * than fits the header: `INET_DIAG_INFO` is the struct of `TCP_INFO`, `INET_DIAG_CONG` the name of
 * the congestion control.
 *
 * Try it: `ss -ti`.
 */
CASE(one_connection,
     .claim = "a request with both addresses gives that connection, its TCP_INFO and congestion "
	      "control",
     .level = LINUX, .spec = "sock_diag(7) idiag_ext, INET_DIAG_INFO, INET_DIAG_CONG",
     .needs = "inet_diag", .tags = "netlink diag tcp")
{
	struct pair p = tcp_pair(AF_INET);
	struct inet_diag_req_v2 header = about(AF_INET, IPPROTO_TCP, ALL_STATES);
	struct netlink_request r;
	struct netlink_answer answer;
	const struct inet_diag_msg *m;
	const struct nlmsghdr *h;
	const struct tcp_info *info;
	char name[16] = "";
	socklen_t length = sizeof(name);
	int fd = netlink_open(NETLINK_SOCK_DIAG);

	SETUP(send(p.server, "hello", 5, 0));
	SETUP(wait_for(p.client, POLLIN, SOON_MS));
	SETUP(getsockopt(p.client, IPPROTO_TCP, TCP_CONGESTION, name, &length));
	header.id = id_of(&p);
	header.idiag_ext = 1u << (INET_DIAG_INFO - 1) | 1u << (INET_DIAG_CONG - 1);
	r = REQUEST(SOCK_DIAG_BY_FAMILY, 0, header);
	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, SOCK_DIAG_BY_FAMILY);
	m = NLMSG_DATA(h);
	EXPECT_EQ(m->idiag_state, TCP_ESTABLISHED);
	EXPECT_EQ(m->idiag_inode, inode_of(p.client));
	EXPECT_EQ(m->idiag_rqueue, 5);
	info = attribute_data(ATTRIBUTE(h, struct inet_diag_msg, INET_DIAG_INFO),
			      offsetof(struct tcp_info, tcpi_rto));
	REQUIRE_TRUE(info != NULL);
	EXPECT_EQ(info->tcpi_state, TCP_ESTABLISHED);
	EXPECT_STREQ(attribute_text(ATTRIBUTE(h, struct inet_diag_msg, INET_DIAG_CONG)), name);
}

/*
 * The same one as before?
 *
 * Addresses and ports can be used again. The cookie cannot: it is `SO_COOKIE`, different for each
 * socket since the machine started. A request with a cookie is about that socket or fails with
 * `ESTALE`.
 */
CASE(by_cookie,
     .claim = "a request with SO_COOKIE's number finds the socket, with another one gives ENOENT",
     .level = ABI,
     .spec = "net/ipv4/inet_diag.c inet_diag_find_one_icsk(); sock_diag(7) idiag_cookie; socket(7) "
	     "SO_COOKIE",
     .needs = "inet_diag", .tags = "netlink diag tcp errno")
{
	struct pair p = tcp_pair(AF_INET);
	struct inet_diag_req_v2 header = about(AF_INET, IPPROTO_TCP, ALL_STATES);
	struct netlink_request r;
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_SOCK_DIAG);
	uint64_t cookie = 0;
	socklen_t length = sizeof(cookie);

	SETUP(getsockopt(p.client, SOL_SOCKET, SO_COOKIE, &cookie, &length));
	header.id = id_of(&p);
	header.id.idiag_cookie[0] = (uint32_t)cookie;
	header.id.idiag_cookie[1] = (uint32_t)(cookie >> 32);
	r = REQUEST(SOCK_DIAG_BY_FAMILY, 0, header);
	EXPECT_TRUE(netlink_get(fd, &r, &answer) != NULL);
	header.id.idiag_cookie[0] += 100000;
	r = REQUEST(SOCK_DIAG_BY_FAMILY, 0, header);
	EXPECT_ERRNO(netlink_error(fd, &r), ENOENT);
}

struct missing_row {
	struct variant variant;
	int family, protocol, error;
};

static const struct missing_row missing[] = {
	{{"tcp", NULL}, AF_INET, IPPROTO_TCP, ENOENT},
	{{"udp", "udp_diag"}, AF_INET, IPPROTO_UDP, ENOENT},
	{{"unknown_protocol", NULL}, AF_INET, 254, ENOENT},
	{{"unknown_family", NULL}, AF_APPLETALK, IPPROTO_TCP, ENOENT},
	{{"impossible_family", NULL}, 255, IPPROTO_TCP, EINVAL},
};

/* Nobody has these ports; and nobody tells of protocols that are not there. */
CASE(not_there,
     .claim = "a request about a socket, protocol or family that is not there gives ENOENT",
     .level = ABI,
     .spec = "net/core/sock_diag.c __sock_diag_cmd(); net/ipv4/inet_diag.c; sock_diag(7)",
     .needs = "inet_diag", .tags = "netlink diag errno", .VARIANTS(missing))
{
	const struct missing_row *row = VARIANT(struct missing_row);
	struct pair p = tcp_pair(AF_INET);
	struct inet_diag_req_v2 header = about(row->family, row->protocol, ALL_STATES);
	struct netlink_request r, good;
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_SOCK_DIAG);

	header.id.idiag_sport = header.id.idiag_dport = htons(9);
	r = REQUEST(SOCK_DIAG_BY_FAMILY, 0, header);
	EXPECT_ERRNO(netlink_error(fd, &r), row->error);
	header = about(AF_INET, IPPROTO_TCP, ALL_STATES);
	header.id = id_of(&p);
	good = REQUEST(SOCK_DIAG_BY_FAMILY, 0, header);
	EXPECT_TRUE(netlink_get(fd, &good, &answer) != NULL);
}

/* UDP has no connections; a bound socket is in the state that TCP calls closed. */
CASE(udp_sockets,
     .claim = "the list of UDP sockets has ours, with its port, inode and waiting bytes",
     .level = LINUX, .spec = "sock_diag(7) IPv4 and IPv6 sockets", .needs = "udp_diag",
     .tags = "netlink diag udp")
{
	struct inet_diag_req_v2 header = about(AF_INET, IPPROTO_UDP, ALL_STATES);
	struct netlink_request r = REQUEST(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, header);
	struct address where;
	int udp = bound_socket(AF_INET, SOCK_DGRAM, &where), fd = netlink_open(NETLINK_SOCK_DIAG);
	struct found found = {.port = where.v4.sin_port};

	EXPECT_EQ(netlink_dump(fd, &r, find_port, &found), 1);
	REQUIRE_EQ(found.count, 1);
	EXPECT_EQ(found.message.idiag_state, TCP_CLOSE);
	EXPECT_EQ(found.message.idiag_inode, inode_of(udp));
	EXPECT_EQ(found.message.idiag_rqueue, 0);
}
