/* SPDX-License-Identifier: MIT */
/* The recorder itself: what is recorded and what is not, in which thread, at which line. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include "harness/calls/record.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/calls/here.h"

SELFTEST(call_has_arguments_result_and_line)
{
	const struct call_record *record;
	int line, fd;

	recording_start();
	line = __LINE__ + 1;
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
	record = last_call("socket");
	CU_ASSERT_PTR_NOT_NULL(record);
	if (record == NULL)
		return;
	CU_ASSERT_EQUAL(recorded(), 1);
	CU_ASSERT_EQUAL(record->line, line);
	CU_ASSERT_STRING_EQUAL(record->file, __FILE__);
	CU_ASSERT_TRUE(record->returned);
	CU_ASSERT_EQUAL(record->pid, getpid());
	CU_ASSERT_EQUAL(record->tid, gettid());
	CU_ASSERT(same(argument("socket", "domain"), "AF_INET"));
	CU_ASSERT(same(argument("socket", "type"), "SOCK_STREAM|SOCK_CLOEXEC"));
	CU_ASSERT(same(argument("socket", "protocol"), "IPPROTO_TCP"));
	CU_ASSERT_EQUAL(atoi(result_of("socket")), fd);
	close(fd);
	CU_ASSERT(same(argument("close", "fd"), result_of("socket")));
	CU_ASSERT(same(result_of("close"), "0"));
	recording_stop();
}

SELFTEST(errno_is_that_of_the_call)
{
	recording_start();
	errno = ENOTTY;
	close(socket(AF_INET, SOCK_DGRAM, 0));
	CU_ASSERT_EQUAL(errno, ENOTTY); /* success leaves it alone */
	CU_ASSERT_EQUAL(listen(-1, SOMAXCONN), -1);
	CU_ASSERT_EQUAL(errno, EBADF);
	CU_ASSERT_EQUAL(last_call("listen")->error, EBADF);
	CU_ASSERT(same(argument("listen", "backlog"), "SOMAXCONN"));
	CU_ASSERT(same(result_of("listen"), "-1"));
	recording_stop();
}

SELFTEST(pausing_nests)
{
	recording_start();
	calls_pause();
	calls_pause();
	calls_resume();
	listen(-1, 0);
	CU_ASSERT_EQUAL(recorded(), 0);
	calls_resume();
	listen(-1, 0);
	CU_ASSERT_EQUAL(recorded(), 1);
	recording_stop();
}

SELFTEST(files_are_not_recorded_but_sockets_and_bad_descriptors_are)
{
	int file, pair[2];
	char byte = 'x';

	recording_start();
	file = open("/dev/null", O_RDWR | O_CLOEXEC);
	CU_ASSERT_EQUAL(write(file, &byte, 1), 1);
	CU_ASSERT_EQUAL(read(file, &byte, 1), 0);
	CU_ASSERT_EQUAL(fcntl(file, F_GETFL) & O_ACCMODE, O_RDWR);
	close(file);
	CU_ASSERT_EQUAL(recorded(), 0);
	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	CU_ASSERT_EQUAL(write(pair[0], "ab", 2), 2);
	CU_ASSERT(same(argument("write", "buf"), "\"ab\""));
	CU_ASSERT_EQUAL(read(pair[1], &byte, 1), 1);
	CU_ASSERT(same(argument("read", "buf"), "\"a\""));
	close(pair[0]);
	close(pair[1]);
	CU_ASSERT_EQUAL(recorded(), 5);
	/* A number that was a socket and is a file now. */
	file = open("/dev/null", O_RDWR | O_CLOEXEC);
	CU_ASSERT_EQUAL(file, pair[0]);
	CU_ASSERT_EQUAL(write(file, &byte, 1), 1);
	close(file);
	CU_ASSERT_EQUAL(recorded(), 5);
	CU_ASSERT_EQUAL(close(-1), -1);
	CU_ASSERT_EQUAL(recorded(), 6);
	recording_stop();
}

SELFTEST(socket_made_unseen_is_recognised)
{
	int pair[2], fd;

	calls_pause();
	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	calls_resume();
	fd = fcntl(pair[0], F_DUPFD_CLOEXEC, 900);
	recording_start();
	CU_ASSERT_EQUAL(write(fd, "ab", 2), 2);
	CU_ASSERT_EQUAL(recorded(), 1);
	close(fd);
	close(pair[0]);
	close(pair[1]);
	CU_ASSERT_EQUAL(recorded(), 4);
	recording_stop();
}

static int interrupting[2];

static void handler(int number)
{
	(void)number;
	send(interrupting[1], "x", 1, 0);
}

SELFTEST(signal_handler_within_a_call_is_recorded)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, before;
	char byte;

	sigaction(SIGALRM, &action, &before);
	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, interrupting), 0);
	recording_start();
	alarm(1);
	/* Blocks until the handler sends. */
	CU_ASSERT_EQUAL(recv(interrupting[0], &byte, 1, 0), 1);
	CU_ASSERT_EQUAL(recorded(), 2);
	CU_ASSERT_PTR_NOT_NULL_FATAL(last_call("send"));
	CU_ASSERT(same(argument("send", "buf"), "\"x\""));
	CU_ASSERT(same(argument("recv", "buf"), "\"x\""));
	recording_stop();
	sigaction(SIGALRM, &before, NULL);
	close(interrupting[0]);
	close(interrupting[1]);
}

enum {
	THREADS = 4,
	CALLS_A_THREAD = 200,
};

static void *make_calls(void *unused)
{
	for (int i = 0; i < CALLS_A_THREAD; i++)
		listen(-1, i);
	return unused;
}

SELFTEST(threads_record_side_by_side)
{
	pthread_t threads[THREADS];
	int others = 0;

	recording_start();
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, make_calls, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	CU_ASSERT_EQUAL(recorded(), THREADS * CALLS_A_THREAD);
	for (int i = 0; i < THREADS * CALLS_A_THREAD; i++) {
		const struct call_record *record = &outcome_current->calls[i];

		CU_ASSERT_TRUE(record->returned);
		CU_ASSERT_EQUAL(record->pid, getpid());
		others += record->tid != getpid();
	}
	CU_ASSERT_EQUAL(others, THREADS * CALLS_A_THREAD);
	recording_stop();
}

SELFTEST(child_records_under_its_own_number)
{
	pid_t child;

	recording_start();
	listen(-1, 0);
	child = fork();
	if (child == 0) {
		close(socket(AF_INET, SOCK_DGRAM, 0));
		_exit(0);
	}
	waitpid(child, NULL, 0);
	CU_ASSERT_EQUAL(recorded(), 3);
	CU_ASSERT_EQUAL(last_call("listen")->pid, getpid());
	CU_ASSERT_EQUAL(last_call("socket")->pid, child);
	CU_ASSERT_EQUAL(last_call("socket")->tid, child);
	recording_stop();
}

SELFTEST(call_that_never_returns_is_seen)
{
	pid_t child;

	recording_start();
	child = fork();
	if (child == 0) {
		int pair[2];
		char byte;

		socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
		recv(pair[0], &byte, 1, MSG_PEEK);
		_exit(0);
	}
	while (last_call("recv") == NULL)
		usleep(1000);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	CU_ASSERT_FALSE(last_call("recv")->returned);
	CU_ASSERT(same(argument("recv", "flags"), "MSG_PEEK"));
	recording_stop();
}

SELFTEST(more_calls_than_there_is_room_for_are_counted)
{
	recording_start();
	for (int i = 0; i < OUTCOME_MAX_CALLS + 100; i++)
		CU_ASSERT_EQUAL(listen(-1, i), -1);
	CU_ASSERT_EQUAL(recorded(), OUTCOME_MAX_CALLS + 100);
	CU_ASSERT_EQUAL(errno, EBADF);
	recording_stop();
}

SELFTEST(calls_of_the_c_library_are_its_own)
{
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;

	recording_start();
	CU_ASSERT_EQUAL(getaddrinfo("127.0.0.1", "80", &hints, &list), 0);
	freeaddrinfo(list);
	CU_ASSERT_EQUAL(if_nametoindex("no such interface"), 0);
	CU_ASSERT_EQUAL(recorded(), 3);
	recording_stop();
}

SELFTEST(many_long_arguments_do_not_overflow)
{
	struct msghdr message = {0};
	struct iovec vector[32];
	static char data[4096];
	int pair[2];

	memset(data, 1, sizeof(data)); /* each byte becomes four of text */
	for (size_t i = 0; i < 32; i++)
		vector[i] = (struct iovec){.iov_base = data, .iov_len = 48};
	message.msg_iov = vector;
	message.msg_iovlen = 32;
	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	recording_start();
	CU_ASSERT_EQUAL(sendmsg(pair[0], &message, MSG_NOSIGNAL), (ssize_t)32 * 48);
	CU_ASSERT(same(argument("sendmsg", "flags"), "MSG_NOSIGNAL"));
	CU_ASSERT_TRUE(strlen(argument("sendmsg", "msg")) < 1500);
	recording_stop();
	close(pair[0]);
	close(pair[1]);
}
