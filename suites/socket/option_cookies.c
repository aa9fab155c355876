/* SPDX-License-Identifier: MIT */
/* Numbers by which tools tell sockets, networks and queues apart; how much memory a socket has. */
#include <linux/capability.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suites/socket/control.h"

#include "harness/case.h"

/* One that has no number is an error of the setup. */
static uint64_t number_of(int fd, int option)
{
	uint64_t number = 0;
	socklen_t size = sizeof(number);

	SETUP(getsockopt(fd, SOL_SOCKET, option, &number, &size));
	EXPECT_EQ(size, sizeof(number));
	return number;
}

/*
 * Every socket has a number that no other one ever has.
 *
 * A descriptor is known in one process only, and used again. The cookie is made when somebody
 * first asks, stays with the socket whatever descriptors lead to it, and is not given again
 * while the machine runs: `ss -e` shows it as `sk:`, and a BPF program sees the same number.
 *
 * Try it: `ss -te | grep sk:`.
 */
CASE(socket_cookie,
     .claim = "SO_COOKIE is the same for all descriptors of a socket, and no other socket's",
     .level = ABI, .spec = "Linux 4.12, commit 5daab9db7b65; sock_diag(7) udiag_cookie",
     .tags = "option", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	int one = SETUP(socket(family, SOCK_STREAM, 0)),
	    two = SETUP(socket(family, SOCK_STREAM, 0));
	uint64_t first = number_of(one, SO_COOKIE), second = number_of(two, SO_COOKIE), third;
	int copy = SETUP(dup(one));
	uint32_t small = 0;
	socklen_t size = sizeof(small);

	EXPECT_NE(first, 0);
	EXPECT_NE(first, second);
	EXPECT_EQ(number_of(one, SO_COOKIE), first);
	EXPECT_EQ(number_of(two, SO_COOKIE), second);
	SETUP(close(one));
	EXPECT_EQ(number_of(copy, SO_COOKIE), first);
	SETUP(close(copy));
	third = number_of(SETUP(socket(family, SOCK_STREAM, 0)), SO_COOKIE);
	EXPECT_NE(third, first);
	EXPECT_NE(third, second);

	/* Half of it is of no use; it can only be read. */
	EXPECT_ERR(getsockopt(two, SOL_SOCKET, SO_COOKIE, &small, &size), EINVAL);
	EXPECT_ERR(setsockopt(two, SOL_SOCKET, SO_COOKIE, &first, sizeof(first)), ENOPROTOOPT);
	EXPECT_EQ(number_of(two, SO_COOKIE), second);
}

/* What sock_diag(7) answers about the socket at `where`, in the parts of the cookie. */
static bool cookie_in_tables(const struct address *where, uint64_t *cookie)
{
	struct {
		struct nlmsghdr head;
		struct inet_diag_req_v2 body;
	} ask = {.head = {.nlmsg_len = sizeof(ask),
			  .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			  .nlmsg_flags = NLM_F_REQUEST},
		 .body = {.sdiag_family = AF_INET,
			  .sdiag_protocol = IPPROTO_TCP,
			  .idiag_states = ~0u,
			  .id = {.idiag_sport = where->v4.sin_port,
				 .idiag_src = {where->v4.sin_addr.s_addr},
				 .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}}};
	union {
		struct nlmsghdr head;
		char bytes[4096];
	} answer;
	const struct inet_diag_msg *body = NLMSG_DATA(&answer.head);
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
	bool found = fd >= 0 && send(fd, &ask, sizeof(ask), 0) == (ssize_t)sizeof(ask) &&
		     recv(fd, &answer, sizeof(answer), 0) >= (ssize_t)NLMSG_LENGTH(sizeof(*body)) &&
		     answer.head.nlmsg_type == SOCK_DIAG_BY_FAMILY;

	if (found)
		*cookie = body->id.idiag_cookie[0] | (uint64_t)body->id.idiag_cookie[1] << 32;
	return found;
}

/*
 * `ss` shows the same number.
 *
 * The kernel lists its sockets by netlink, and the cookie stands there beside the addresses: so a
 * program finds its own socket among all.
 */
CASE(cookie_in_the_tables,
     .claim = "the cookie that sock_diag shows for a listener is the one of its SO_COOKIE",
     .level = LINUX, .spec = "sock_diag(7) idiag_cookie; Linux 4.12, commit 5daab9db7b65",
     .needs = "netlink", .tags = "option netlink")
{
	struct address one, two;
	int first = tcp_listener(AF_INET, &one), second = tcp_listener(AF_INET, &two);
	uint64_t shown = 0;

	if (!cookie_in_tables(&one, &shown))
		SKIP("sock_diag", "no answer about a listener of TCP");
	EXPECT_EQ(number_of(first, SO_COOKIE), shown);
	EXPECT_TRUE(cookie_in_tables(&two, &shown));
	EXPECT_EQ(number_of(second, SO_COOKIE), shown);
}

/*
 * The network has a number, too.
 *
 * A host here is a network namespace, as a container has one. Sockets of one namespace have
 * the same `SO_NETNS_COOKIE`, whatever their family, and those of another have another: a program
 * that was handed a socket can tell whether it leads into its own network.
 */
CASE(network_cookie,
     .claim = "SO_NETNS_COOKIE is equal for sockets of one host and different between hosts",
     .since = "5.14", .level = ABI, .spec = "Linux 5.14, commit e8b9eab99232", .topology = "pair",
     .tags = "option namespace")
{
	int here = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int local = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	int there = SETUP(host_socket("b", AF_INET, SOCK_STREAM, 0));
	uint64_t number = 0;
	socklen_t size = sizeof(number);

	if (getsockopt(here, SOL_SOCKET, SO_NETNS_COOKIE, &number, &size) != 0)
		SKIP("SO_NETNS_COOKIE", "getsockopt() gives error %d: Linux before 5.14", errno);
	EXPECT_EQ(size, sizeof(number));
	EXPECT_NE(number, 0);
	EXPECT_EQ(number_of(local, SO_NETNS_COOKIE), number);
	EXPECT_NE(number_of(there, SO_NETNS_COOKIE), number);
	/* A number of the network, not of the process that asks. */
	SETUP(host_enter("b"));
	EXPECT_EQ(number_of(here, SO_NETNS_COOKIE), number);
	EXPECT_EQ(number_of(SETUP(socket(AF_INET6, SOCK_DGRAM, 0)), SO_NETNS_COOKIE),
		  number_of(there, SO_NETNS_COOKIE));
}

/*
 * The network itself, as a descriptor.
 *
 * A socket stays in the network that it was made in. `SIOCGSKNS` opens that network: the
 * descriptor is the same thing as `/proc/PID/ns/net`, and setns() takes it. So a program that was
 * handed a socket can go where the socket is; for that it needs `CAP_NET_ADMIN` there.
 */
CASE(network_of_a_socket,
     .claim = "SIOCGSKNS opens the network namespace of the socket, whichever the caller is in",
     .level = LINUX,
     .spec = "ioctl_nsfs(2); include/uapi/linux/sockios.h; Linux 4.9, commit c62cce2caee5",
     .topology = "pair", .tags = "ioctl namespace")
{
	int near = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	int far = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	struct stat here, there, near_network, far_network;
	int network;

	SETUP(stat("/proc/thread-self/ns/net", &here));
	network = EXPECT_OK(ioctl(near, SIOCGSKNS));
	SETUP(fstat(network, &near_network));
	EXPECT_EQ(near_network.st_ino, here.st_ino);

	network = EXPECT_OK(ioctl(far, SIOCGSKNS));
	SETUP(fstat(network, &far_network));
	EXPECT_NE(far_network.st_ino, here.st_ino);
	SETUP(host_enter("b"));
	SETUP(stat("/proc/thread-self/ns/net", &there));
	EXPECT_EQ(far_network.st_ino, there.st_ino);

	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(far, SIOCGSKNS), EPERM);
}

static void memory_of(int fd, uint32_t info[SK_MEMINFO_VARS])
{
	socklen_t size = SK_MEMINFO_VARS * sizeof(info[0]);

	memset(info, 0xff, size);
	SETUP(getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info, &size));
	EXPECT_EQ(size, SK_MEMINFO_VARS * sizeof(info[0]));
}

/*
 * `SO_MEMINFO`: what a socket occupies.
 *
 * The numbers are those of `ss -m`, for the program itself: how much waits for reading, how
 * much of it there may be, and how many packets were thrown away because it was full. The
 * memory counts, not the data: a byte takes a packet's structures with it.
 */
CASE(meminfo,
     .claim = "SO_MEMINFO counts the memory of waiting data, its limits, and packets that were "
	      "dropped",
     .level = ABI, .spec = "net/core/sock.c sk_get_meminfo(); ss(8) skmem",
     .tags = "option udp buffer")
{
	struct pair p = udp_pair(AF_INET);
	uint32_t before[SK_MEMINFO_VARS], full[SK_MEMINFO_VARS], after[SK_MEMINFO_VARS];
	char kilobyte[1024] = {0};
	int received = 0;

	SETUP(set_int(p.server, SOL_SOCKET, SO_RCVBUF, 8192));
	SETUP(set_int(p.server, SOL_SOCKET, SO_SNDBUF, 16384));
	memory_of(p.server, before);
	EXPECT_EQ(before[SK_MEMINFO_RMEM_ALLOC], 0);
	EXPECT_EQ(before[SK_MEMINFO_RCVBUF], get_int(p.server, SOL_SOCKET, SO_RCVBUF));
	EXPECT_EQ(before[SK_MEMINFO_SNDBUF], get_int(p.server, SOL_SOCKET, SO_SNDBUF));
	EXPECT_EQ(before[SK_MEMINFO_WMEM_ALLOC], 0);
	EXPECT_EQ(before[SK_MEMINFO_DROPS], 0);

	for (int i = 0; i < 32; i++)
		SETUP(send(p.client, kilobyte, sizeof(kilobyte), 0));
	memory_of(p.server, full);
	while (recv(p.server, kilobyte, sizeof(kilobyte), MSG_DONTWAIT) > 0)
		received++;
	EXPECT_BETWEEN(received, 1, 31);
	EXPECT_GE(full[SK_MEMINFO_RMEM_ALLOC], received * 1024);
	EXPECT_EQ(full[SK_MEMINFO_DROPS], 32 - received);
	memory_of(p.server, after);
	EXPECT_LT(after[SK_MEMINFO_RMEM_ALLOC], full[SK_MEMINFO_RMEM_ALLOC]);
	EXPECT_EQ(after[SK_MEMINFO_DROPS], 32 - received);
}

struct cpu_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct cpu_row transports[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"udp4", NULL}, pair_udp4},
	{{"udp6", "ipv6"}, pair_udp6},
};

/*
 * On which processor did the last packet arrive?
 *
 * A server with a thread for each processor hands a connection to the thread of the processor
 * on which its packets come in, so that they need not wander from one cache to another.
 * Over loopback a packet arrives where it was sent, so here the case moves itself from one
 * processor to the next and the answer follows.
 */
CASE(incoming_cpu,
     .claim = "SO_INCOMING_CPU tells the processor that handled the last packet of a socket",
     .level = LINUX, .spec = "socket(7) SO_INCOMING_CPU", .tags = "option tcp udp",
     .VARIANTS(transports))
{
	struct pair p = make_pair(VARIANT(struct cpu_row)->make);
	cpu_set_t allowed, one;
	char byte;

	SETUP(sched_getaffinity(0, sizeof(allowed), &allowed));
	for (int cpu = 0, tried = 0; cpu < CPU_SETSIZE && tried < 4; cpu++) {
		if (!CPU_ISSET(cpu, &allowed))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		SETUP(sched_setaffinity(0, sizeof(one), &one));
		EXPECT_EQ(send(p.client, "x", 1, 0), 1);
		EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
		EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_INCOMING_CPU), cpu);
		SETUP(recv(p.server, &byte, 1, 0));
		tried++;
	}
}

static int sharing_socket(struct address *where, int cpu)
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0));

	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEPORT, 1));
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_INCOMING_CPU, cpu));
	SETUP(bind(fd, ADDRESS(*where)));
	SETUP(getsockname(fd, &where->any, &where->length));
	return fd;
}

static int waiting_at(int fd)
{
	int count = 0;
	char byte;

	while (recv(fd, &byte, 1, 0) == 1)
		count++;
	return count;
}

/*
 * Set, it is a wish: packets of this processor to me.
 *
 * In a group of sockets that share a port (`SO_REUSEPORT`) the kernel chooses by a hash of the
 * addresses. A member with `SO_INCOMING_CPU` is preferred for packets that arrive on that
 * processor. Kernels from 4.6 to 6.0 took the setting and chose by the hash all the same; Linux
 * 6.2 mended it, and stable updates brought that to 6.1.
 */
CASE(incoming_cpu_chooses,
     .claim = "of sockets that share a port the one whose SO_INCOMING_CPU is the packet's gets it",
     .since = "6.1", .level = LINUX,
     .spec = "socket(7) SO_INCOMING_CPU; Linux 6.2, commit b261eda84ec1", .needs = "reuseport",
     .tags = "option udp")
{
	struct address where = address_loopback(AF_INET, 0);
	int here, elsewhere, cpu = SETUP(sched_getcpu());
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	SETUP(sched_setaffinity(0, sizeof(one), &one));
	elsewhere = sharing_socket(&where, cpu + 1);
	here = sharing_socket(&where, cpu);
	for (int i = 0; i < 16; i++)
		SETUP(sendto(SETUP(socket(AF_INET, SOCK_DGRAM, 0)), "x", 1, 0, ADDRESS(where)));
	EXPECT_EQ(waiting_at(here), 16);
	EXPECT_EQ(waiting_at(elsewhere), 0);

	EXPECT_OK(set_int(here, SOL_SOCKET, SO_INCOMING_CPU, cpu + 1));
	EXPECT_OK(set_int(elsewhere, SOL_SOCKET, SO_INCOMING_CPU, cpu));
	for (int i = 0; i < 16; i++)
		SETUP(sendto(SETUP(socket(AF_INET, SOCK_DGRAM, 0)), "x", 1, 0, ADDRESS(where)));
	EXPECT_EQ(waiting_at(here), 0);
	EXPECT_EQ(waiting_at(elsewhere), 16);
}
