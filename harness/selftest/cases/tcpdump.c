/* SPDX-License-Identifier: MIT */
/*
 * Traffic that tcpdump captures too, on the same link. The sandbox's files end with it, so
 * the case writes tcpdump's file to its output, in hexadecimal; harness/selftest/tcpdump.sh
 * compares. One datagram marks where to begin, one where to end.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness/case.h"

enum {
	FILE_ROOM = 8000, /* in hexadecimal it is what the output keeps */
	PATIENCE_MS = 10000,
	NO_PROGRAM = 127,
	MARK_PORT = 9,
	PAUSE_MS = 500,
};

static const char begin_mark[] = "here it begins", end_mark[] = "here it ends";
static const char file_name[] = "capture.pcap";

struct tcpdump {
	pid_t pid;
	int says; /* its standard error */
};

/* Packets of two processors at the same time may be in another order for each witness. */
static void stay_on_one_processor(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((unsigned int)SETUP(sched_getcpu()), &one);
	SETUP(sched_setaffinity(0, sizeof(one), &one));
}

/* The link of the host that the process is on. `direction` may be NULL. */
static struct tcpdump tcpdump_start(const char *link, const char *direction)
{
	const char *arguments[] = {"tcpdump",
				   "-n",
				   "-i",
				   link,
				   "-U",
				   "--immediate-mode",
				   "-s",
				   "2048",
				   "-Z",
				   "root",
				   "-w",
				   file_name,
				   direction != NULL ? "-Q" : NULL,
				   direction,
				   NULL};
	struct tcpdump t;
	char text[512] = "";
	size_t used = 0;
	int ends[2];

	SETUP(pipe(ends));
	t.pid = SETUP(fork());
	if (t.pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		execvp(arguments[0], (char **)arguments);
		_exit(errno == ENOENT ? NO_PROGRAM : 1);
	}
	close(ends[1]);
	t.says = ends[0];
	while (strstr(text, "listening on") == NULL) {
		struct pollfd event = {.fd = t.says, .events = POLLIN};
		ssize_t got = 0;

		if (poll(&event, 1, PATIENCE_MS) == 1)
			got = read(t.says, text + used, sizeof(text) - 1 - used);
		if (got <= 0) {
			if (wait_child(t.pid) == W_EXITCODE(NO_PROGRAM, 0))
				SKIP("tcpdump", "there is no program of that name");
			/* It gives up the groups of root, which user_namespaces(7) forbids. */
			if (strstr(text, "Couldn't change to") != NULL)
				SKIP("tcpdump", "it does not run in this user namespace: %s", text);
			printf("tcpdump: %s\n", text);
			SETUP(-1);
		}
		used += (size_t)got;
	}
	return t;
}

/* Reads the file. Returns its size, 0 when it is not there yet. */
static size_t read_file(unsigned char *bytes, size_t room)
{
	int fd = open(file_name, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, bytes, room);

	if (fd >= 0)
		close(fd);
	return got < 0 ? 0 : (size_t)got;
}

/* Waits until the end mark is in the file, stops it, and writes the file to the output. */
static void tcpdump_finish(struct tcpdump t)
{
	static unsigned char bytes[FILE_ROOM];
	static char text[2 * FILE_ROOM + 2];
	int64_t deadline = clock_ms() + PATIENCE_MS;
	size_t size = 0;

	do {
		if (size > 0)
			sleep_ms(2);
		size = read_file(bytes, sizeof(bytes));
	} while (memmem(bytes, size, end_mark, sizeof(end_mark)) == NULL && clock_ms() < deadline);
	SETUP(memmem(bytes, size, end_mark, sizeof(end_mark)) != NULL ? 0 : -1);
	kill(t.pid, SIGTERM);
	wait_child(t.pid);
	close(t.says);
	for (size_t i = 0; i < size; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	puts(text);
}

static void mark(const char *text, size_t size, const char *to)
{
	struct address where = address_of(to, MARK_PORT);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_EQ(sendto(fd, text, size, 0, ADDRESS(where)), size);
	close(fd);
}

/* A conversation with data in both directions and an end. */
static void talk(struct pair p)
{
	char text[8];

	EXPECT_EQ(send(p.client, "question", 8, 0), 8);
	EXPECT_EQ(recv(p.server, text, sizeof(text), MSG_WAITALL), 8);
	EXPECT_EQ(send(p.server, "answer", 6, 0), 6);
	EXPECT_EQ(recv(p.client, text, 6, MSG_WAITALL), 6);
	close(p.client);
	EXPECT_EQ(recv(p.server, text, 1, 0), 0);
	close(p.server);
}

/* A datagram of `size` bytes, each another. */
static void send_datagram(const char *to, size_t size)
{
	struct address where = address_of(to, 9000);
	int family = where.any.sa_family;
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));
	unsigned char data[4000];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)(i * 7);
	EXPECT_EQ(sendto(fd, data, size, 0, ADDRESS(where)), size);
	close(fd);
}

/* Frames that no protocol made: one with a VLAN tag, one of an experiment (IEEE 802 9.2.4). */
static void send_frames(const char *link)
{
	struct sockaddr_ll to = {.sll_family = AF_PACKET,
				 .sll_ifindex = (int)if_nametoindex(link),
				 .sll_halen = ETH_ALEN};
	unsigned char tagged[60] = {2, 0, 0, 0,	   0, 2,    2, 0,    0,
				    0, 0, 1, 0x81, 0, 0xa0, 5, 0x88, 0xb5};
	unsigned char plain[20] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xb5, 'x'};
	int fd = SETUP(socket(AF_PACKET, SOCK_RAW, 0));

	EXPECT_EQ(sendto(fd, tagged, sizeof(tagged), 0, (struct sockaddr *)&to, sizeof(to)), 60);
	EXPECT_EQ(sendto(fd, plain, sizeof(plain), 0, (struct sockaddr *)&to, sizeof(to)), 20);
	close(fd);
}

/* Everything on one link. */
CASE(loopback, .claim = "what is captured of loopback is what tcpdump captures", .level = ABI,
     .spec = "none", .needs = "ipv6 packet", .timeout_ms = 30000, .waits = true)
{
	struct tcpdump t = tcpdump_start("lo", NULL);

	stay_on_one_processor();
	mark(begin_mark, sizeof(begin_mark), "127.0.0.1");
	talk(tcp_pair(AF_INET));
	talk(tcp_pair(AF_INET6));
	send_datagram("127.0.0.1", 300);
	send_datagram("::1", 0);
	/* Longer than what is kept of a packet. */
	send_datagram("127.0.0.1", 2500);
	send_frames("lo");
	/* A time that is wrong by its unit is wrong by more than the test bears. */
	sleep_ms(PAUSE_MS);
	mark(end_mark, sizeof(end_mark), "127.0.0.1");
	tcpdump_finish(t);
}

struct link_row {
	struct variant variant;
	const char *host;
};

static const struct link_row links[] = {{{"a", NULL}, "a"}, {{"b", NULL}, "b"}};

/* Between two hosts; each end has what leaves there. */
CASE(between_hosts, .claim = "what is captured of a link is what tcpdump sees leaving",
     .level = ABI, .spec = "none", .topology = "pair", .needs = "ipv6 packet", .timeout_ms = 30000,
     .waits = true, .VARIANTS(links))
{
	const char *host = VARIANT(struct link_row)->host;
	const char *there = strcmp(host, "a") == 0 ? "192.0.2.2" : "192.0.2.1";
	struct tcpdump t;

	SETUP(host_enter(host));
	t = tcpdump_start("eth0", "out");
	stay_on_one_processor();
	mark(begin_mark, sizeof(begin_mark), there);
	talk(tcp_pair_between("a", "b", "192.0.2.2", 80));
	talk(tcp_pair_between("a", "b", "2001:db8::2", 80));
	send_datagram(there, 300);
	/* More than the link takes: fragments. */
	send_datagram(there, 2000);
	send_datagram(strcmp(host, "a") == 0 ? "2001:db8::2" : "2001:db8::1", 1600);
	send_frames("eth0");
	sleep_ms(PAUSE_MS);
	mark(end_mark, sizeof(end_mark), there);
	tcpdump_finish(t);
}
