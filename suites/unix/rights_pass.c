/* SPDX-License-Identifier: MIT */
/* SCM_RIGHTS: open files travel through a socket. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suites/socket/families_exec.h"
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

/*
 * What is passed is the open file, not a copy of it.
 *
 * The receiver gets a new descriptor, probably of another number, for the *same*
 * open file description: one offset, one set of status flags, as after dup(). So
 * when the receiver reads, the sender's position moves.
 *
 * The message itself carries at least one byte of data: on a stream a descriptor
 * has to hang on something. The case builds its control message by hand, once, as
 * cmsg(3) shows it; the others use a helper.
 */
CASE(a_passed_file_shares_its_offset,
     .claim = "A descriptor received by SCM_RIGHTS shares the file offset of the one that was sent",
     .level = POSIX, .spec = "POSIX.1-2024 sendmsg(), <sys/socket.h>: SCM_RIGHTS; unix(7)",
     .tags = "unix SCM_RIGHTS sendmsg recvmsg", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	int file = SETUP(open("/tmp/letters", O_RDWR | O_CREAT, 0600)), received = -1;
	union {
		struct cmsghdr aligned;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	char text[4] = "";
	struct iovec data = {(char[]){'x'}, 1};
	struct msghdr message = {.msg_iov = &data,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control.bytes)};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	SETUP(write(file, "abcdef", 6));
	SETUP(lseek(file, 0, SEEK_SET));
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &file, sizeof(int));
	EXPECT_EQ(sendmsg(p.client, &message, 0), 1);

	memset(&control, 0, sizeof(control));
	EXPECT_EQ(recvmsg(p.server, &message, 0), 1);
	header = CMSG_FIRSTHDR(&message);
	REQUIRE_TRUE(header != NULL && header->cmsg_type == SCM_RIGHTS);
	memcpy(&received, CMSG_DATA(header), sizeof(int));
	EXPECT_NE(received, file);

	/* Read three letters through the new descriptor: the old one goes on behind them. */
	EXPECT_EQ(read(received, text, 3), 3);
	EXPECT_STREQ(text, "abc");
	EXPECT_EQ(read(file, text, 3), 3);
	EXPECT_STREQ(text, "def");
}

static int open_and_send(void *context)
{
	int fd = open("/tmp/secret", O_RDONLY);

	return fd >= 0 && send_descriptors(*(int *)context, "x", &fd, 1) == 1 ? 0 : 1;
}

/*
 * The right to a file travels, the need for permission does not.
 *
 * A child process opens a file and sends the descriptor; then the file is made
 * inaccessible and removed, and the child ends. The parent reads it all the same:
 * permissions are looked at by open(), once. So a privileged helper can open what
 * others may not, and hand out exactly that.
 */
CASE(a_file_travels_between_processes,
     .claim = "A file opened by another process can be read after that has ended and the file is "
	      "removed",
     .level = POSIX, .spec = "POSIX.1-2024 <sys/socket.h>: SCM_RIGHTS; unix(7)",
     .tags = "unix SCM_RIGHTS process", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	int file = SETUP(open("/tmp/secret", O_WRONLY | O_CREAT, 0600));
	struct message m;
	char text[8] = "";

	SETUP(write(file, "secret", 6));
	SETUP(close(file));
	EXPECT_EQ(wait_child(start_child(open_and_send, &p.client)), 0);
	SETUP(unlink("/tmp/secret"));

	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	REQUIRE_EQ(m.descriptor_count, 1);
	EXPECT_EQ(read(m.descriptors[0], text, sizeof(text)), 6);
	EXPECT_STREQ(text, "secret");
}

/*
 * Descriptors arrive in the order in which they were sent.
 *
 * Their numbers are new, the lowest that are free; only the order tells which is
 * which. A protocol says "first the input, then the output", never numbers.
 */
CASE(descriptors_keep_their_order,
     .claim = "Three descriptors in one message arrive in their order, as new descriptors of the "
	      "same files",
     .level = LINUX, .spec = "unix(7): SCM_RIGHTS, an integer array; cmsg(3)",
     .tags = "unix SCM_RIGHTS")
{
	static const char *const paths[] = {"/tmp/a", "/tmp/b", "/tmp/c"};
	struct pair p = unix_pair(SOCK_STREAM);
	struct stat sent, received;
	struct message m;
	int files[3];

	for (int i = 0; i < 3; i++)
		files[i] = SETUP(open(paths[i], O_RDWR | O_CREAT, 0600));
	EXPECT_EQ(send_descriptors(p.client, "x", files, 3), 1);
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	REQUIRE_EQ(m.descriptor_count, 3);
	for (int i = 0; i < 3; i++) {
		EXPECT_OK(fstat(files[i], &sent));
		EXPECT_OK(fstat(m.descriptors[i], &received));
		EXPECT_NE(m.descriptors[i], files[i]);
		EXPECT_EQ(received.st_ino, sent.st_ino);
	}
}

/*
 * A socket can be sent through itself.
 *
 * The kernel only counts references. What the receiver gets is the other end of
 * its own connection: it can now write to itself, and the connection stays open
 * when the sender has gone.
 */
CASE(a_socket_can_be_sent_through_itself,
     .claim = "A socket passed over itself arrives as a descriptor of the sender's end",
     .level = ABI, .spec = "unix(7): SCM_RIGHTS", .tags = "unix SCM_RIGHTS", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	struct message m;
	char text[8] = "";

	EXPECT_EQ(send_descriptors(p.client, "x", &p.client, 1), 1);
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	REQUIRE_EQ(m.descriptor_count, 1);
	SETUP(close(p.client));

	EXPECT_EQ(send(m.descriptors[0], "echo", 4, 0), 4);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 4);
	EXPECT_STREQ(text, "echo");
}

static int accept_one(void *context)
{
	struct message m;
	char byte;
	int fd;

	if (receive_message(*(int *)context, &m, 0) != 1 || m.descriptor_count != 1)
		return 1;
	fd = accept(m.descriptors[0], NULL, NULL);
	return recv(fd, &byte, 1, 0) == 1 && send(fd, &byte, 1, 0) == 1 ? 0 : 2;
}

/*
 * A listener can change hands while clients wait.
 *
 * The queue belongs to the socket, and the socket travels as it is. So a server is
 * replaced without refusing anybody: the old process passes its listener to the
 * new one, and a client that connected before is served after.
 */
CASE(a_listener_can_change_hands,
     .claim = "A process that is passed a listener accepts the connection that already waited",
     .level = ABI, .spec = "unix(7): SCM_RIGHTS, open file description",
     .tags = "unix SCM_RIGHTS accept")
{
	struct address name = address_unix("/tmp/server");
	int listener = SETUP(unix_listener(SOCK_STREAM, "/tmp/server"));
	int client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	struct pair p = unix_pair(SOCK_SEQPACKET);
	pid_t successor;
	char byte = 0;

	SETUP(connect(client, ADDRESS(name)));
	SETUP(send(client, "?", 1, 0));
	EXPECT_EQ(send_descriptors(p.client, "x", &listener, 1), 1);
	SETUP(close(listener));

	successor = start_child(accept_one, &p.server);
	EXPECT_EQ(recv(client, &byte, 1, 0), 1);
	EXPECT_EQ(byte, '?');
	EXPECT_EQ(wait_child(successor), 0);
}

struct cloexec_row {
	struct variant variant;
	int flags;
	bool survives;
};

static const struct cloexec_row exec_rows[] = {
	{{"without", NULL}, 0, true},
	{{"MSG_CMSG_CLOEXEC", NULL}, MSG_CMSG_CLOEXEC, false},
};

/*
 * `MSG_CMSG_CLOEXEC` keeps a received descriptor from other programs.
 *
 * A descriptor arrives open across exec(), whatever it was at the sender's: the
 * close-on-exec mark belongs to the descriptor, and this is a new one. Setting it
 * by fcntl() afterwards is too late if another thread forks between the two calls.
 * The flag of recvmsg() sets it at birth.
 *
 * The case holds the received end of a connection alone, runs a program, and lets
 * go of it: the other end tells whether the program still holds it.
 */
CASE(a_received_descriptor_and_exec,
     .claim = "A program that is executed keeps a received descriptor, unless MSG_CMSG_CLOEXEC "
	      "was given",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg(): MSG_CMSG_CLOEXEC; recv(2)",
     .tags = "unix SCM_RIGHTS MSG_CMSG_CLOEXEC exec", .VARIANTS(exec_rows))
{
	const struct cloexec_row *row = VARIANT(struct cloexec_row);
	struct pair p = unix_pair(SOCK_STREAM), passed = unix_pair(SOCK_STREAM);
	struct program program;
	struct message m;

	SETUP(send_descriptors(p.client, "x", &passed.client, 1));
	SETUP(close(passed.client));
	EXPECT_EQ(receive_message(p.server, &m, row->flags), 1);
	REQUIRE_EQ(m.descriptor_count, 1);

	program = program_start();
	SETUP(close(m.descriptors[0]));
	EXPECT_EQ((wait_for(passed.server, POLLIN, 0) & POLLHUP) == 0, row->survives);
	program_stop(program);
	EXPECT_TRUE((wait_for(passed.server, POLLIN, SOON_MS) & POLLHUP) != 0);
}

/*
 * `msg_flags` repeats the wish.
 *
 * Besides what happened to the message, Linux reports there that `MSG_CMSG_CLOEXEC` was
 * given. A kernel that is too old to know the flag ignores it and leaves it out, so a
 * library can tell whether it still has to call fcntl().
 */
CASE(close_on_exec_is_reported,
     .claim = "msg_flags has MSG_CMSG_CLOEXEC exactly when recvmsg() was given it", .level = LINUX,
     .spec = "recv(2), msg_flags: MSG_CMSG_CLOEXEC", .tags = "unix SCM_RIGHTS MSG_CMSG_CLOEXEC",
     .VARIANTS(exec_rows))
{
	const struct cloexec_row *row = VARIANT(struct cloexec_row);
	struct pair p = unix_pair(SOCK_STREAM);
	struct message m;

	SETUP(send_descriptors(p.client, "x", &p.client, 1));
	EXPECT_EQ(receive_message(p.server, &m, row->flags), 1);
	EXPECT_EQ(m.descriptor_count, 1);
	EXPECT_EQ(m.flags, row->flags);
}

/*
 * Descriptors are a barrier in the stream.
 *
 * They belong to the bytes that they were sent with. A recvmsg() may take earlier
 * bytes along, but ends with those that carry the descriptors, however large the
 * buffer is: so the receiver knows what they are for. This is the example of the
 * manual: four bytes, one byte with a descriptor, four bytes.
 */
CASE(descriptors_are_a_barrier,
     .claim = "recvmsg() does not read past the bytes that descriptors were sent with",
     .level = LINUX, .spec = "unix(7), Ancillary messages", .tags = "unix stream SCM_RIGHTS")
{
	struct pair p = unix_pair(SOCK_STREAM);
	struct message m;

	SETUP(send(p.client, "1234", 4, 0));
	SETUP(send_descriptors(p.client, "5", &p.client, 1));
	SETUP(send(p.client, "6789", 4, 0));

	EXPECT_EQ(receive_message(p.server, &m, 0), 5);
	EXPECT_EQ(m.descriptor_count, 1);
	EXPECT_EQ(receive_message(p.server, &m, 0), 4);
	EXPECT_EQ(m.descriptor_count, 0);
}

/*
 * Peeking at a message opens its files, each time.
 *
 * `MSG_PEEK` leaves the message where it is and gives descriptors for what it
 * carries, new ones at each look. A program that peeks and then reads has twice as
 * many as were sent, and must close them all.
 */
CASE(peeking_opens_descriptors,
     .claim = "MSG_PEEK gives a descriptor, and the recvmsg() after it another one of the same "
	      "file",
     .level = ABI, .spec = "unix(7): SCM_RIGHTS; recv(2): MSG_PEEK",
     .tags = "unix SCM_RIGHTS MSG_PEEK", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	struct message first, second;
	struct stat a, b;

	SETUP(send_descriptors(p.client, "x", &p.client, 1));
	EXPECT_EQ(receive_message(p.server, &first, MSG_PEEK), 1);
	EXPECT_EQ(receive_message(p.server, &second, 0), 1);
	REQUIRE_TRUE(first.descriptor_count == 1 && second.descriptor_count == 1);
	EXPECT_NE(first.descriptors[0], second.descriptors[0]);
	EXPECT_OK(fstat(first.descriptors[0], &a));
	EXPECT_OK(fstat(second.descriptors[0], &b));
	EXPECT_EQ(a.st_ino, b.st_ino);
}
