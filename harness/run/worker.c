/* SPDX-License-Identifier: MIT */
#include "harness/run/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/capture/capture.h"
#include "harness/run/body.h"
#include "harness/sandbox/make.h"

enum { DRAIN_EVERY_MS = 20 };

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Capture is a witness: a case does not fail for the lack of it. */
static void host_made(const char *host)
{
	if (capture_start(host) != 0)
		outcome_current->capture_error = errno;
}

static void host_made_without_capture(const char *host)
{
	(void)host;
}

/* Reaps what ended; remembers how the case's own process ended. */
static void reap(struct outcome *o, pid_t worker)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == worker) {
			o->wait_status = status;
			o->reaped = true;
		}
	}
}

/*
 * Waits until the case says that it finished, ends without saying so, or has used
 * up its time. Packets are collected in between, so that the queue does not fill.
 */
static void watch(const struct worker_task *task, pid_t worker, int finished)
{
	struct outcome *o = task->outcome;
	int64_t deadline = now_ms() + task->timeout_ms;
	struct pollfd events[2] = {
		{.fd = finished, .events = POLLIN},
		{.fd = (int)syscall(SYS_pidfd_open, worker, 0), .events = POLLIN},
	};

	for (;;) {
		int64_t left = deadline - now_ms();
		int ready;

		if (left <= 0) {
			o->timed_out = true;
			o->end_monotonic_ns = outcome_now_ns() + o->epoch_monotonic_ns;
			return;
		}
		ready = poll(events, 2, left < DRAIN_EVERY_MS ? (int)left : DRAIN_EVERY_MS);
		if (ready > 0 && (events[0].revents & POLLIN) != 0)
			return;
		/* Without pidfds (Linux before 5.3) the pipe's end tells the same. */
		if (ready > 0) {
			while (!o->reaped) {
				reap(o, worker);
				if (!o->reaped && now_ms() > deadline)
					break;
			}
			return;
		}
		if (task->capture)
			capture_drain();
		if (task->until_failure && o->checks_failed > 0) {
			o->stage = STAGE_DONE;
			return;
		}
	}
}

static void keep_output(const struct worker_task *task)
{
	char text[16 * 1024];
	ssize_t length = pread(task->output, text, sizeof(text), 0);

	if (length > 0)
		task->outcome->output = outcome_text(text, (size_t)length);
}

/*
 * The case's own process ends before the others of the sandbox: what it has open is closed while
 * what it is open to is still there. Kernels get that wrong when both go at once (Linux 6.1.192: a
 * Bluetooth socket and the process that is its controller, list corruption in hci_chan_del()).
 */
static void end_worker(const struct outcome *o, pid_t worker)
{
	if (o->reaped)
		return;
	kill(worker, SIGKILL);
	while (waitpid(worker, NULL, 0) < 0 && errno == EINTR)
		;
}

static void run_case(const struct worker_task *task)
{
	const unsigned char began = task->token | WORKER_BEGAN;
	int finished[2];
	pid_t worker;

	if (write(task->done, &began, 1) < 0)
		_exit(1);
	if (pipe(finished) != 0 || (worker = fork()) < 0) {
		task->outcome->trouble = outcome_textf("start the case: %s", strerror(errno));
		return;
	}
	if (worker == 0) {
		close(finished[0]);
		body_run(task, finished[1]);
	}
	close(finished[1]);
	watch(task, worker, finished[0]);
	end_worker(task->outcome, worker);
	sandbox_end();
	if (task->capture)
		capture_finish();
	keep_output(task);
}

void worker_run(const struct worker_task *task)
{
	struct outcome *o = task->outcome;
	char trouble[1024] = "";
	struct timespec from, to;
	int built;

	outcome_current = o;
	o->stage = STAGE_SANDBOX;
	clock_gettime(CLOCK_MONOTONIC, &from);
	built = sandbox_build(
		topology_find(case_topology(task->item.test)), task->item.test->sysctls,
		task->capture ? host_made : host_made_without_capture, trouble, sizeof(trouble));
	if (built == SANDBOX_LACKS) {
		o->skip_need = outcome_textf("sysctl");
		o->skip_reason = outcome_textf("%s", trouble);
		o->skipped = true;
	} else if (built != 0) {
		o->trouble = outcome_textf("%s", trouble);
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	o->sandbox_ns = (uint64_t)(to.tv_sec - from.tv_sec) * 1000000000u +
			(uint64_t)(to.tv_nsec - from.tv_nsec);
	if (built == 0)
		run_case(task);
	/* The runner takes the outcome now; what follows is only the end of the namespaces. */
	if (write(task->done, &task->token, 1) < 0)
		_exit(1);
	_exit(0);
}
