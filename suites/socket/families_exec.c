/* SPDX-License-Identifier: MIT */
#include "suites/socket/families_exec.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/calls/record.h"
#include "harness/expect.h"
#include "harness/kit.h"

enum { NO_PROGRAM = 127 }; /* what a shell's status says too */

struct program program_start(void)
{
	struct program program = {.pid = -1};
	int ends[2], status;
	bool echoed;
	char byte;

	/* The lesson is what happens to the case's descriptors, not to these. */
	calls_pause();
	SETUP(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
	program.pid = SETUP(fork());
	if (program.pid == 0) {
		dup2(ends[1], STDIN_FILENO);
		dup2(ends[1], STDOUT_FILENO);
		execlp("cat", "cat", (char *)NULL);
		_exit(errno == ENOENT || errno == EACCES ? NO_PROGRAM : 1);
	}
	close(ends[1]);
	program.input = ends[0];
	/* Only the program sends back what it is sent: then exec() has happened. */
	echoed = send(program.input, "x", 1, MSG_NOSIGNAL) == 1 &&
		 wait_for_here(program.input, POLLIN, SOON_MS) != 0 &&
		 recv(program.input, &byte, 1, 0) == 1;
	if (!echoed) {
		status = wait_child(program.pid);
		if (WIFEXITED(status) && WEXITSTATUS(status) == NO_PROGRAM)
			SKIP("exec", "there is no program named cat that can be executed");
	}
	SETUP(echoed ? 0 : -1);
	calls_resume();
	return program;
}

void program_stop(struct program program)
{
	calls_pause();
	close(program.input);
	wait_child(program.pid);
	calls_resume();
}
