/* SPDX-License-Identifier: MIT */
/* Who is at the other end: SO_PEERCRED, SO_PASSCRED, SCM_CREDENTIALS. */
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/unix/unix_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

static const struct type_row connected_types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/* The credentials of the peer, as SO_PEERCRED gives them. */
static struct ucred peer_of(int fd)
{
	struct ucred who = {.pid = -1};
	socklen_t size = sizeof(who);

	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size));
	return who;
}

static int connect_and_wait(void *context)
{
	struct address name = address_unix("/tmp/server");
	int fd = socket(AF_UNIX, *(int *)context, 0);
	char byte;

	/* Until the case has looked. */
	return connect(fd, ADDRESS(name)) == 0 && recv(fd, &byte, 1, 0) == 1 ? 0 : 1;
}

/*
 * The kernel vouches for the other end.
 *
 * `SO_PEERCRED` gives the process, user and group of whoever called connect(), as
 * they were then. Nothing that the peer sends can change it: a server that runs as
 * root knows who asks, without passwords. D-Bus, PostgreSQL (`peer`) and Docker
 * rely on it.
 *
 * The process id is the weak part: the process may have ended and its number may
 * be another's now. User and group stay true.
 */
CASE(peercred_tells_who_connected,
     .claim = "SO_PEERCRED on the accepted socket gives the pid, uid and gid of the process that "
	      "connected",
     .level = LINUX, .spec = "unix(7): SO_PEERCRED", .tags = "unix SO_PEERCRED process",
     .VARIANTS(connected_types))
{
	int type = VARIANT(struct type_row)->type, server;
	int listener = SETUP(unix_listener(type, "/tmp/server"));
	pid_t client = start_child(connect_and_wait, &type);
	struct ucred who;

	server = SETUP(accept(listener, NULL, NULL));
	who = peer_of(server);
	EXPECT_EQ(who.pid, client);
	EXPECT_EQ(who.uid, geteuid());
	EXPECT_EQ(who.gid, getegid());

	SETUP(send(server, "x", 1, 0));
	EXPECT_EQ(wait_child(client), 0);
	/* It tells about the time of connect(), so it outlives the process. */
	EXPECT_EQ(peer_of(server).pid, client);
}

static int listen_in_child(void *context)
{
	struct pair *p = context;
	char byte;

	return listen(p->listener, 8) == 0 && send(p->server, "x", 1, 0) == 1 &&
			       recv(p->server, &byte, 1, 0) == 1
		       ? 0
		       : 1;
}

/*
 * The client learns who listens.
 *
 * Not who accepted, and not who made the socket: the credentials of the listener
 * are taken when listen() is called. Of a socket that systemd made for a service
 * the client sees systemd, not the service.
 */
CASE(peercred_tells_who_listened,
     .claim = "SO_PEERCRED on the client gives the process that called listen(), not the one that "
	      "accepts",
     .level = ABI, .spec = "unix(7): SO_PEERCRED", .tags = "unix SO_PEERCRED listen process",
     .VARIANTS(connected_types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/server");
	struct pair p = unix_pair(SOCK_STREAM);
	int client = SETUP(socket(AF_UNIX, type, 0));
	char byte;
	pid_t child;

	p.listener = SETUP(unix_bound(type, "/tmp/server"));
	child = start_child(listen_in_child, &p);
	SETUP(recv(p.client, &byte, 1, 0));
	SETUP(connect(client, ADDRESS(name)));
	SETUP(accept(p.listener, NULL, NULL));
	EXPECT_EQ(peer_of(client).pid, child);

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(wait_child(child), 0);
}

/*
 * Both ends of a socketpair() have one creator.
 *
 * The credentials are those of the process that made the pair, also when an end
 * has been inherited by a child: who uses it is another question, and each message
 * can answer it, by `SCM_CREDENTIALS`.
 */
CASE(peercred_of_a_pair,
     .claim = "SO_PEERCRED on an end of a socketpair() gives the process that called it",
     .level = LINUX, .spec = "unix(7): SO_PEERCRED", .tags = "unix SO_PEERCRED socketpair",
     .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	struct ucred who = peer_of(p.client);

	EXPECT_EQ(who.pid, getpid());
	EXPECT_EQ(who.uid, geteuid());
	EXPECT_EQ(who.gid, getegid());
	EXPECT_EQ(peer_of(p.server).pid, getpid());
}

static int send_a_byte(void *context)
{
	return send(*(int *)context, "x", 1, 0) == 1 ? 0 : 1;
}

/*
 * Each message can say who sent it.
 *
 * With `SO_PASSCRED` set on the receiver the kernel adds the sender's credentials
 * to every message, whether the sender knows it or not. They are the sending
 * process's, not the creator's: here a child writes into the parent's socket.
 * That is how a log daemon knows which process a line came from, even when that
 * has ended before the line is read.
 */
CASE(passcred_tells_who_sent,
     .claim = "With SO_PASSCRED recvmsg() gives the credentials of the sending process, without "
	      "it none",
     .level = LINUX, .spec = "unix(7): SO_PASSCRED, SCM_CREDENTIALS",
     .tags = "unix SO_PASSCRED SCM_CREDENTIALS process", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	struct message m;
	pid_t child;

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	EXPECT_TRUE(!m.has_credentials);

	SETUP(set_int(p.server, SOL_SOCKET, SO_PASSCRED, 1));
	child = start_child(send_a_byte, &p.client);
	SETUP(wait_child(child));
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	REQUIRE_TRUE(m.has_credentials);
	EXPECT_EQ(m.credentials.pid, child);
	EXPECT_EQ(m.credentials.uid, getuid());
	EXPECT_EQ(m.credentials.gid, getgid());
}

/*
 * Bytes of different senders are not mixed.
 *
 * On a stream with `SO_PASSCRED` one recvmsg() could otherwise return bytes of two
 * processes under one name. It stops where the sender changes.
 */
CASE(bytes_of_different_senders_are_not_mixed,
     .claim = "With SO_PASSCRED recvmsg() on a stream ends where the sending process changes",
     .level = ABI, .spec = "unix(7): SO_PASSCRED; the kernel's net/unix/af_unix.c",
     .tags = "unix SO_PASSCRED stream process")
{
	struct pair p = unix_pair(SOCK_STREAM);
	struct message m;
	pid_t child;

	SETUP(set_int(p.server, SOL_SOCKET, SO_PASSCRED, 1));
	SETUP(send(p.client, "own", 3, 0));
	child = start_child(send_a_byte, &p.client);
	SETUP(wait_child(child));
	SETUP(send(p.client, "own", 3, 0));

	EXPECT_EQ(receive_message(p.server, &m, 0), 3);
	EXPECT_EQ(m.credentials.pid, getpid());
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	EXPECT_EQ(m.credentials.pid, child);
	EXPECT_EQ(receive_message(p.server, &m, 0), 3);
	EXPECT_EQ(m.credentials.pid, getpid());
}

/* ------------------------------------------------------------------------- forging */

struct forged_row {
	struct variant variant;
	pid_t pid; /* added to the true ones */
	uid_t uid;
	gid_t gid;
	int capability; /* that allows it */
};

/* Process 1 of the sandbox is not the case; user and group 1 are nobody's here. */
static const struct forged_row forged[] = {
	{{"pid", NULL}, 1, 0, 0, CAP_SYS_ADMIN},
	{{"uid", NULL}, 0, 1, 0, CAP_SETUID},
	{{"gid", NULL}, 0, 0, 1, CAP_SETGID},
};

/*
 * A user namespace may know no other user or group than the own one. A kernel without user
 * namespaces has no map, and knows all.
 */
static bool is_mapped(const char *map_path, unsigned int id)
{
	FILE *map = fopen(map_path, "re");
	unsigned int inside, outside, count;
	bool found = map == NULL;

	while (map != NULL && fscanf(map, "%u %u %u", &inside, &outside, &count) == 3)
		found = found || (id >= inside && id - inside < count);
	if (map != NULL)
		fclose(map);
	return found;
}

/*
 * Nobody can sign with another's name.
 *
 * A sender may write the credentials himself, to choose between his real and his
 * effective user for instance. The kernel compares each with what he may be: for
 * another process id he needs `CAP_SYS_ADMIN`, for another user `CAP_SETUID`, for
 * another group `CAP_SETGID`; else it is `EPERM`, and nothing is sent.
 *
 * The same message passes while the case still has the capability, and the true
 * credentials pass without.
 */
CASE(credentials_cannot_be_forged,
     .claim = "sendmsg() with another's credentials fails with EPERM without the capability for it",
     .level = LINUX, .spec = "unix(7): SCM_CREDENTIALS; ERRORS: EPERM",
     .tags = "unix SCM_CREDENTIALS errno", .VARIANTS(forged))
{
	const struct forged_row *row = VARIANT(struct forged_row);
	const struct ucred self = {getpid(), getuid(), getgid()};
	struct ucred forgery = {row->pid != 0 ? row->pid : self.pid, self.uid + row->uid,
				self.gid + row->gid};
	struct pair p = unix_pair(SOCK_DGRAM);
	struct message m;

	if (!is_mapped("/proc/self/uid_map", forgery.uid) ||
	    !is_mapped("/proc/self/gid_map", forgery.gid))
		SKIP("a second user", "this user namespace maps only the own user and group");
	SETUP(set_int(p.server, SOL_SOCKET, SO_PASSCRED, 1));

	EXPECT_EQ(send_credentials(p.client, "x", &forgery), 1);
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	EXPECT_MEMEQ(&m.credentials, &forgery, sizeof(forgery));

	SETUP(sandbox_drop_capability(row->capability));
	EXPECT_ERR(send_credentials(p.client, "x", &forgery), EPERM);
	EXPECT_EQ(send_credentials(p.client, "x", &self), 1);
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	EXPECT_MEMEQ(&m.credentials, &self, sizeof(self));
}

static int do_nothing(void *context)
{
	return context != NULL;
}

/*
 * Not even the privileged can sign for the dead.
 *
 * A process id that nobody has is `ESRCH`: the kernel keeps a reference to the
 * process, not a number.
 */
CASE(credentials_need_a_living_process,
     .claim = "sendmsg() with the pid of a process that has ended fails with ESRCH", .level = LINUX,
     .spec = "unix(7) ERRORS: ESRCH", .tags = "unix SCM_CREDENTIALS errno")
{
	struct pair p = unix_pair(SOCK_DGRAM);
	struct ucred who = {.uid = getuid(), .gid = getgid()};

	who.pid = start_child(do_nothing, NULL);
	SETUP(wait_child(who.pid));
	EXPECT_ERR(send_credentials(p.client, "x", &who), ESRCH);
	who.pid = getpid();
	EXPECT_EQ(send_credentials(p.client, "x", &who), 1);
}
