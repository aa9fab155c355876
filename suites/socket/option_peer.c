/* SPDX-License-Identifier: MIT */
/* Who is at the other end of a Unix socket: pidfds, groups, labels; and what it may send. */
#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "suites/socket/control.h"

#include "harness/case.h"

/* The process that a pidfd refers to (proc(5) fdinfo); -1 when it is none. */
static int process_of(int pidfd)
{
	char path[64], line[128];
	int process = -1;
	FILE *info;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	info = fopen(path, "re");
	if (info == NULL)
		return -1;
	while (fgets(line, sizeof(line), info) != NULL) {
		if (sscanf(line, "Pid: %d", &process) == 1)
			break;
	}
	fclose(info);
	return process;
}

static int pidfd_of_peer(int fd)
{
	int pidfd = -1;
	socklen_t size = sizeof(pidfd);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &size) != 0)
		SKIP("SO_PEERPIDFD", "getsockopt() gives error %d: Linux before 6.5", errno);
	EXPECT_EQ(size, sizeof(pidfd));
	return pidfd;
}

static int connect_and_end(void *context)
{
	int fd = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	char byte;

	SETUP(connect(fd, ADDRESS(*(struct address *)context)));
	/* Until the other end says so. */
	return recv(fd, &byte, 1, 0) != 1;
}

/*
 * A process that cannot be mistaken for another.
 *
 * `SO_PEERCRED` gives a number, and numbers are used again: by the time that a service looks,
 * another process may have it. `SO_PEERPIDFD` (Linux 6.5) gives a descriptor of the process itself
 * that connected. It becomes readable when the process ends, and signals sent by it reach that
 * process or nobody.
 */
CASE(peer_process,
     .claim =
	     "SO_PEERPIDFD refers to the process that connected, and is readable when it has ended",
     .since = "6.5", .level = LINUX, .spec = "unix(7) SO_PEERPIDFD; Linux 6.5, commit 7b26952a91cf",
     .tags = "option unix pidfd")
{
	struct address where = address_unix("@peer");
	int listener = SETUP(socket(AF_UNIX, SOCK_STREAM, 0)), server, pidfd;
	pid_t child;

	SETUP(bind(listener, ADDRESS(where)));
	SETUP(listen(listener, 1));
	EXPECT_EQ(process_of(pidfd_of_peer(unix_pair(SOCK_STREAM).client)), getpid());
	child = start_child(connect_and_end, &where);
	server = SETUP(accept(listener, NULL, NULL));
	pidfd = pidfd_of_peer(server);
	EXPECT_EQ(process_of(pidfd), child);
	EXPECT_EQ(wait_for(pidfd, POLLIN, 0), 0);
	EXPECT_EQ(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0), 0);
	SETUP(send(server, "x", 1, 0));
	EXPECT_TRUE((wait_for(pidfd, POLLIN, SOON_MS) & POLLIN) != 0);
	EXPECT_EQ(wait_child(child), 0);
	EXPECT_ERR(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0), ESRCH);
}

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

static int send_as_child(void *context)
{
	return send(*(int *)context, "child", 5, 0) != 5;
}

/*
 * The sender of each message, not of the connection.
 *
 * A socket that was passed on, or inherited, is used by others than the one that made it.
 * `SO_PASSPIDFD` lets each message come with a pidfd of the process that sent it. The
 * receiver gets a new descriptor each time and must close it.
 */
CASE(sender_of_a_message,
     .claim = "with SO_PASSPIDFD each message comes with a pidfd of the process that sent it",
     .since = "6.5", .level = LINUX,
     .spec = "unix(7) SO_PASSPIDFD, SCM_PIDFD; Linux 6.5, commit 5e2ff6704a27",
     .tags = "option unix pidfd control", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	struct received r;
	int pidfd = -1;
	pid_t child;

	SETUP(send(p.client, "before", 6, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 6);
	EXPECT_EQ(control_count(&r), 0);
	if (set_int(p.server, SOL_SOCKET, SO_PASSPIDFD, 1) != 0)
		SKIP("SO_PASSPIDFD", "setsockopt() gives error %d: Linux before 6.5", errno);
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PASSPIDFD), 1);
	SETUP(send(p.client, "own", 3, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 3);
	EXPECT_EQ(control_count(&r), 1);
	REQUIRE_TRUE(control_find(&r, SOL_SOCKET, SCM_PIDFD, &pidfd, sizeof(pidfd)));
	EXPECT_EQ(process_of(pidfd), getpid());
	SETUP(close(pidfd));

	child = start_child(send_as_child, &p.client);
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	REQUIRE_TRUE(control_find(&r, SOL_SOCKET, SCM_PIDFD, &pidfd, sizeof(pidfd)));
	EXPECT_EQ(process_of(pidfd), child);
	EXPECT_EQ(wait_child(child), 0);

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PASSPIDFD, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 0);
}

/*
 * A receiver that wants no descriptors.
 *
 * Whoever sends descriptors fills the receiver's table, and may send one that hangs when it is
 * closed. Since Linux 6.16 a receiver can say no with `SO_PASSRIGHTS` 0, and then it is the
 * sender that gets the error.
 */
CASE(no_descriptors,
     .claim = "with SO_PASSRIGHTS 0 at the receiver, sending descriptors to it fails with EPERM",
     .since = "6.16", .level = ABI, .spec = "Linux 6.16, commit 77cbe1a6d873",
     .tags = "option unix rights errno", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	int descriptor, got = -1, value = -1;
	struct pair other = unix_pair(SOCK_STREAM);
	socklen_t size = sizeof(value);
	struct received r;

	descriptor = other.client;
	if (getsockopt(p.server, SOL_SOCKET, SO_PASSRIGHTS, &value, &size) != 0)
		SKIP("SO_PASSRIGHTS", "getsockopt() gives error %d: Linux before 6.16", errno);
	EXPECT_EQ(value, 1);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PASSRIGHTS, 0));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PASSRIGHTS), 0);
	EXPECT_ERR(send_control(p.client, NULL, "no", SCM_RIGHTS, &descriptor, sizeof(descriptor)),
		   EPERM);
	EXPECT_ERR(receive_all(p.server, &r, MSG_DONTWAIT), EAGAIN);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PASSRIGHTS, 1));
	EXPECT_EQ(send_control(p.client, NULL, "yes", SCM_RIGHTS, &descriptor, sizeof(descriptor)),
		  3);
	EXPECT_EQ(receive_all(p.server, &r, 0), 3);
	EXPECT_TRUE(control_find(&r, SOL_SOCKET, SCM_RIGHTS, &got, sizeof(got)));
	/* It is a descriptor of what was sent. */
	EXPECT_EQ(send(got, "via", 3, 0), 3);
	EXPECT_EQ(recv(other.server, r.data, sizeof(r.data), 0), 3);
	EXPECT_ERR(recv(p.client, r.data, sizeof(r.data), MSG_DONTWAIT), EAGAIN);
}

/*
 * The peer's groups.
 *
 * `SO_PEERCRED` has one group; `SO_PEERGROUPS` all the others that the process had when it
 * connected. What it does later changes nothing. When the buffer is too small, `ERANGE` comes
 * with the length that is needed.
 */
CASE(peer_groups,
     .claim = "SO_PEERGROUPS gives the supplementary groups that the peer had when it connected",
     .level = LINUX, .spec = "unix(7) SO_PEERGROUPS; Linux 4.13, commit 28b5ba2aa0f5",
     .tags = "option unix errno")
{
	gid_t wanted[] = {11, 22, 33}, mine[64], got[64];
	socklen_t size = sizeof(got);
	struct pair p;
	int count;

	/* An ordinary user's namespace may forbid it (user_namespaces(7)): then those that are. */
	if (setgroups(3, wanted) != 0)
		OBSERVE("setgroups", "error %d", errno);
	count = SETUP(getgroups(64, mine));
	p = unix_pair(SOCK_STREAM);
	setgroups(1, wanted);
	memset(got, 0xff, sizeof(got));
	EXPECT_OK(getsockopt(p.server, SOL_SOCKET, SO_PEERGROUPS, got, &size));
	EXPECT_EQ(size, (socklen_t)count * sizeof(gid_t));
	EXPECT_MEMEQ(got, mine, size);
	if (count > 0) {
		size = (socklen_t)sizeof(gid_t) * (socklen_t)(count - 1);
		EXPECT_ERR(getsockopt(p.server, SOL_SOCKET, SO_PEERGROUPS, got, &size), ERANGE);
		EXPECT_EQ(size, (socklen_t)count * sizeof(gid_t));
	}
	/* Who is not connected has no peer. */
	size = sizeof(got);
	EXPECT_ERR(getsockopt(SETUP(socket(AF_UNIX, SOCK_STREAM, 0)), SOL_SOCKET, SO_PEERGROUPS,
			      got, &size),
		   ENODATA);
}

/*
 * The label of a security module.
 *
 * Where SELinux, Smack or AppArmor is at work, each process has a label, and a service can ask
 * for that of its peer. Where none is, there is nothing to give: `ENOPROTOOPT`.
 */
CASE(peer_label,
     .claim = "SO_PEERSEC gives the peer's label, which is this process's own for a socketpair()",
     .level = LINUX, .spec = "unix(7) SO_PEERSEC", .tags = "option unix errno")
{
	struct pair p = unix_pair(SOCK_STREAM);
	char label[512] = "", own[512] = "", tiny[1];
	socklen_t size = sizeof(label), small = 0;
	FILE *current;

	if (getsockopt(p.server, SOL_SOCKET, SO_PEERSEC, label, &size) != 0) {
		EXPECT_ERRNO(errno, ENOPROTOOPT);
		SKIP("security module", "getsockopt(SO_PEERSEC) gives ENOPROTOOPT");
	}
	current = fopen("/proc/self/attr/current", "re");
	REQUIRE_TRUE(current != NULL);
	EXPECT_TRUE(fgets(own, sizeof(own), current) != NULL);
	fclose(current);
	own[strcspn(own, "\n")] = '\0';
	label[size < sizeof(label) ? size : sizeof(label) - 1] = '\0';
	EXPECT_STREQ(label, own);
	EXPECT_ERR(getsockopt(p.server, SOL_SOCKET, SO_PEERSEC, tiny, &small), ERANGE);
	EXPECT_EQ(small, size);
}

/*
 * The label of each message's sender: `SO_PASSSEC`.
 *
 * The message then comes with it as `SCM_SECURITY`, where a security module is at work; elsewhere
 * the option is taken, and nothing comes.
 */
CASE(label_of_a_message,
     .claim =
	     "with SO_PASSSEC a message comes with its sender's label or, where no security module "
	     "gives one, with nothing; without it never with one",
     .level = LINUX, .spec = "unix(7) SO_PASSSEC", .tags = "option unix control", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	struct received r;

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 0);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PASSSEC, 1));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PASSSEC), 1);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	/* AppArmor has a label for the peer, and none for each message. */
	OBSERVE("label of a message", "%s",
		control_has(&r, SOL_SOCKET, SCM_SECURITY) ? "yes" : "no");
	EXPECT_EQ(control_count(&r), control_has(&r, SOL_SOCKET, SCM_SECURITY));
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PASSSEC, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 0);
}

static const struct type_row other_types[] = {
	{{"udp", NULL}, SOCK_DGRAM},
	{{"tcp", NULL}, SOCK_STREAM},
};

/*
 * All this is for processes of one machine.
 */
CASE(not_over_the_network,
     .claim = "SO_PEERPIDFD and SO_PEERGROUPS fail with ENODATA for TCP and UDP, though connected",
     .level = ABI, .spec = "Linux, net/core/sock.c (sk_getsockopt)", .tags = "option tcp udp errno",
     .VARIANTS(other_types))
{
	struct pair p = VARIANT(struct type_row)->type == SOCK_DGRAM ? udp_pair(AF_INET)
								     : tcp_pair(AF_INET);
	struct pair local = unix_pair(SOCK_STREAM);
	int value[64];
	socklen_t size = sizeof(value);

	EXPECT_ERR(getsockopt(p.server, SOL_SOCKET, SO_PEERGROUPS, value, &size), ENODATA);
	pidfd_of_peer(local.server);
	size = sizeof(int);
	EXPECT_ERR(getsockopt(p.server, SOL_SOCKET, SO_PEERPIDFD, value, &size), ENODATA);
	size = sizeof(value);
	EXPECT_OK(getsockopt(local.server, SOL_SOCKET, SO_PEERGROUPS, value, &size));
}
