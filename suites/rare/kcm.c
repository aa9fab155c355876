/* SPDX-License-Identifier: MIT */
/* Messages over TCP: the kernel connection multiplexor (KCM) and its parser in BPF. */
#include <linux/bpf.h>
#include <linux/kcm.h>
#include <linux/sockios.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness/case.h"

enum { LEVEL_KCM = 281, HEADER = 2 }; /* SOL_KCM; the length of what follows, big-endian */

/*
 * A program for the socket: the length of the message that begins here, which is the number in
 * the first two bytes and these two. Where less than two bytes are there, BPF_ABS ends with 0:
 * wait for more.
 */
static int parser(void)
{
	const struct bpf_insn code[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 6, .src_reg = 1},
		{.code = BPF_LD | BPF_ABS | BPF_H, .imm = 0},
		{.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 0, .imm = HEADER},
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr load;
	int fd;

	memset(&load, 0, sizeof(load));
	load.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	load.insns = (uintptr_t)code;
	load.insn_cnt = sizeof(code) / sizeof(code[0]);
	load.license = (uintptr_t) "GPL";
	fd = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof(load));
	if (fd < 0)
		SKIP("bpf", "BPF_PROG_LOAD of a socket filter: errno %d", errno);
	return fd;
}

static int attached(int tcp, int type)
{
	struct kcm_attach attach = {.fd = tcp, .bpf_fd = parser()};
	int fd = SETUP(socket(AF_KCM, type, KCMPROTO_CONNECTED));

	SETUP(ioctl(fd, SIOCKCMATTACH, &attach));
	return fd;
}

/*
 * TCP has no borders; here a program in the kernel finds them.
 *
 * Most protocols over TCP send messages that begin with their length. The receiver of this
 * case gets each whole with one recv(), although the sender's write() cut them elsewhere.
 */
CASE(kcm_receive,
     .claim = "recv() gives one message as the BPF program delimits it, however TCP carried it",
     .level = LINUX, .spec = "Documentation/networking/kcm.rst", .needs = "kcm",
     .tags = "kcm receive")
{
	struct pair pair = tcp_pair(AF_INET);
	int fd = attached(pair.server, SOCK_DGRAM);
	char got[32];

	EXPECT_EQ(send(pair.client, "\0", 1, 0), 1);
	EXPECT_EQ(send(pair.client, "\5he", 3, 0), 3);
	EXPECT_ERR(recv(fd, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(send(pair.client, "llo", 3, 0), 3);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), 0), HEADER + 5);
	EXPECT_MEMEQ(got, "\0\5hello", HEADER + 5);
	EXPECT_EQ(send(pair.client, "\0\1x", 3, 0), 3);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), 0), HEADER + 1);
	EXPECT_MEMEQ(got, "\0\1x", HEADER + 1);
}

/* Both ends: each has its multiplexor, and TCP is not seen. */
CASE(kcm_exchange,
     .claim = "two multiplexors over one TCP connection exchange messages in both directions",
     .level = LINUX, .spec = "Documentation/networking/kcm.rst", .needs = "kcm",
     .tags = "kcm send receive")
{
	struct pair pair = tcp_pair(AF_INET);
	int a = attached(pair.client, SOCK_DGRAM), b = attached(pair.server, SOCK_DGRAM);
	char got[32];

	EXPECT_EQ(send(a, "\0\5hello", 7, 0), 7);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), 0), 7);
	EXPECT_MEMEQ(got, "\0\5hello", 7);
	EXPECT_EQ(send(b, "\0\3yes", 5, 0), 5);
	EXPECT_EQ(wait_for(a, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(a, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "\0\3yes", 5);
}

/*
 * SOCK_SEQPACKET: the sender says where a message ends.
 *
 * Parts of it are sent one by one; nothing leaves before MSG_EOR.
 */
CASE(kcm_parts, .claim = "on SOCK_SEQPACKET what send() gives is one message until MSG_EOR",
     .level = LINUX,
     .spec = "Documentation/networking/kcm.rst; linux/net/kcm/kcmsock.c, kcm_sendmsg()",
     .needs = "kcm", .tags = "kcm send")
{
	struct pair pair = tcp_pair(AF_INET);
	int a = attached(pair.client, SOCK_SEQPACKET), b = attached(pair.server, SOCK_SEQPACKET);
	char got[32];

	EXPECT_EQ(send(a, "\0\6", 2, 0), 2);
	EXPECT_EQ(send(a, "abc", 3, 0), 3);
	EXPECT_ERR(recv(b, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(send(a, "def", 3, MSG_EOR), 3);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), 0), 8);
	EXPECT_MEMEQ(got, "\0\6abcdef", 8);
}

/*
 * What can be attached.
 *
 * A TCP connection with a program; once only. What is detached is a stream again.
 */
CASE(kcm_attach,
     .claim =
	     "SIOCKCMATTACH fails with EOPNOTSUPP for a UDP socket or a listener, EALREADY for one "
	     "that is attached; SIOCKCMUNATTACH gives the stream back, and fails with ENOENT twice",
     .level = ABI, .spec = "linux/net/kcm/kcmsock.c, kcm_attach()", .needs = "kcm",
     .tags = "kcm ioctl errno")
{
	struct pair pair = tcp_pair(AF_INET), udp = udp_pair(AF_INET);
	struct kcm_attach attach = {.fd = udp.client, .bpf_fd = parser()};
	struct kcm_unattach detach = {.fd = pair.server};
	int fd = SETUP(socket(AF_KCM, SOCK_DGRAM, KCMPROTO_CONNECTED));
	struct address any;
	char got[8];

	EXPECT_ERR(ioctl(fd, SIOCKCMATTACH, &attach), EOPNOTSUPP);
	attach.fd = tcp_listener(AF_INET, &any);
	EXPECT_ERR(ioctl(fd, SIOCKCMATTACH, &attach), EOPNOTSUPP);
	EXPECT_ERR(ioctl(fd, SIOCKCMUNATTACH, &detach), ENOENT);
	attach.fd = pair.server;
	EXPECT_OK(ioctl(fd, SIOCKCMATTACH, &attach));
	EXPECT_ERR(ioctl(fd, SIOCKCMATTACH, &attach), EALREADY);
	EXPECT_OK(ioctl(fd, SIOCKCMUNATTACH, &detach));
	EXPECT_EQ(send(pair.client, "free", 4, 0), 4);
	EXPECT_EQ(read_exactly(pair.server, got, 4), 4);
	EXPECT_MEMEQ(got, "free", 4);
	EXPECT_ERR(ioctl(fd, SIOCKCMUNATTACH, &detach), ENOENT);
}

/*
 * More sockets for one multiplexor.
 *
 * A clone shares the connections; a message goes to one of the sockets, to any that does not
 * set KCM_RECV_DISABLE.
 */
CASE(kcm_clone,
     .claim = "SIOCKCMCLONE gives a second socket, which gets the messages while the first has "
	      "KCM_RECV_DISABLE",
     .level = LINUX, .spec = "Documentation/networking/kcm.rst, Cloning KCM sockets",
     .needs = "kcm", .tags = "kcm ioctl options")
{
	struct pair pair = tcp_pair(AF_INET);
	int first = attached(pair.server, SOCK_DGRAM);
	struct kcm_clone clone = {.fd = -1};
	char got[8];

	EXPECT_OK(ioctl(first, SIOCKCMCLONE, &clone));
	REQUIRE_TRUE(clone.fd >= 0);
	EXPECT_EQ(get_int(first, LEVEL_KCM, KCM_RECV_DISABLE), 0);
	EXPECT_OK(set_int(first, LEVEL_KCM, KCM_RECV_DISABLE, 1));
	EXPECT_EQ(get_int(first, LEVEL_KCM, KCM_RECV_DISABLE), 1);
	EXPECT_EQ(send(pair.client, "\0\1x", 3, 0), 3);
	EXPECT_EQ(wait_for(clone.fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(clone.fd, got, sizeof(got), 0), 3);
	EXPECT_ERR(recv(first, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/* Its types are those with borders. */
CASE(kcm_types,
     .claim = "SOCK_STREAM is refused with ESOCKTNOSUPPORT, another protocol with EPROTONOSUPPORT",
     .level = ABI, .spec = "linux/net/kcm/kcmsock.c, kcm_create()", .needs = "kcm",
     .tags = "kcm socket errno")
{
	EXPECT_ERR(socket(AF_KCM, SOCK_STREAM, KCMPROTO_CONNECTED), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_KCM, SOCK_DGRAM, KCMPROTO_CONNECTED + 1), EPROTONOSUPPORT);
	EXPECT_OK(socket(AF_KCM, SOCK_DGRAM, KCMPROTO_CONNECTED));
	EXPECT_OK(socket(AF_KCM, SOCK_SEQPACKET, KCMPROTO_CONNECTED));
}
