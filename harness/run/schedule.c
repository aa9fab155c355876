/* SPDX-License-Identifier: MIT */
#include "harness/run/schedule.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/known/judge.h"
#include "harness/probe/probe.h"
#include "harness/run/body.h"
#include "harness/kit.h"
#include "harness/run/turns.h"

enum {
	SLOTS = WORKER_BEGAN,
	WAITERS_PER_JOB = 16,
	GRACE_MS = 10000, /* beyond its deadline, for making and ending a sandbox */
	BACKSTOP_EVERY_MS = 500,
	LONG_RUN_US = 100000,
	ENDS_US = 30000000, /* a process that is to end may take so long */
	MOST_SOON_MS = 10000,
	KNOWN_SHARE = 4, /* of its time is waited in a case that is known to go wrong */
};

enum slot_state {
	SLOT_FREE,
	SLOT_RUNNING,
	SLOT_REPORTED, /* its result is known; its namespaces are still being taken down */
	SLOT_STUCK,    /* the kernel does not end its processes: nothing waits for them any more */
};

struct slot {
	enum slot_state state;
	pid_t pid;
	const struct run_item *item; /* of the schedule */
	struct outcome *outcome;
	int output;
	bool began; /* its sandbox is made, and the case's own code runs */
	int64_t start_us, deadline_us, reported_us;
};

static struct slot slots[SLOTS];
static struct outcome *outcomes;
static volatile sig_atomic_t stop_requested;
static int done_pipe[2];
static int64_t run_start_us;

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void schedule_stop(void)
{
	stop_requested = 1;
}

/* The first need of the list that is missing, with the reason; NULL when all are met. */
static const char *missing_in(const char *list, const char **reason)
{
	static char copy[256];

	snprintf(copy, sizeof(copy), "%s", list ? list : "");
	for (char *save = NULL, *need = strtok_r(copy, " ", &save); need != NULL;
	     need = strtok_r(NULL, " ", &save)) {
		const struct probe_result *r = probe_result(need);

		if (!r->ok) {
			*reason = r->reason;
			return need;
		}
	}
	return NULL;
}

static const char *missing_need(const struct schedule *s, const struct run_item *item,
				const char **reason)
{
	const char *need;

	if (s->mode == SANDBOX_NONE) {
		*reason = s->mode_reason;
		return "sandbox";
	}
	need = missing_in(topology_find(case_topology(item->test))->needs, reason);
	if (need == NULL)
		need = missing_in(item->test->needs, reason);
	if (need == NULL && item->variant != NULL)
		need = missing_in(item->variant->needs, reason);
	return need;
}

static void report(const struct schedule *s, struct run_footer *footer, struct run_result *result)
{
	footer->counts[result->verdict]++;
	if (result->duration_us + result->setup_us > footer->longest_us)
		footer->longest_us = result->duration_us + result->setup_us;
	s->result(result, s->context);
}

/*
 * What of a verdict was expected. A case that misbehaves on purpose says nothing about known
 * differences.
 */
static void judge_known(const struct schedule *s, struct run_result *result,
			struct known_judgement *judged)
{
	if (s->known == NULL || result->item->deviation != NULL)
		return;
	known_judge(judged, s->known, s->platform, result->item, result->outcome, result->verdict,
		    result->reason);
	if (judged->verdict == judged->was)
		return;
	result->verdict = judged->verdict;
	result->known = judged;
	result->reason = judged->text;
}

static void report_skip(const struct schedule *s, struct run_footer *footer,
			const struct run_item *item, const char *need, const char *reason)
{
	struct run_result result = {
		.index = (size_t)(item - s->items),
		.item = item,
		.verdict = VERDICT_SKIP,
		.reason = reason,
		.need = need,
		.signal_name = "",
		.start_us = now_us() - run_start_us,
	};
	struct known_judgement judged;

	judge_known(s, &result, &judged);
	if (result.verdict == VERDICT_SKIP && s->strict_needs)
		result.verdict = VERDICT_FAIL;
	report(s, footer, &result);
}

static void report_outcome(const struct schedule *s, struct run_footer *footer, struct slot *slot)
{
	const struct outcome *o = slot->outcome;
	char reason[512], signal_name[16];
	struct known_judgement judged;
	struct run_result result = {
		.index = (size_t)(slot->item - s->items),
		.item = slot->item,
		.outcome = o,
		.reason = reason,
		.signal_name = signal_name,
		.start_us = slot->start_us - run_start_us,
		.setup_us = (int64_t)(o->sandbox_ns / 1000),
	};

	result.verdict = verdict_of(slot->item->test, o, s->record_calls, reason, sizeof(reason),
				    signal_name);
	result.need = result.verdict == VERDICT_SKIP ? outcome_string(o, o->skip_need) : "";
	judge_known(s, &result, &judged);
	if (result.verdict == VERDICT_SKIP && s->strict_needs)
		result.verdict = VERDICT_FAIL;
	if (o->end_monotonic_ns > o->epoch_monotonic_ns && o->epoch_monotonic_ns > 0)
		result.duration_us =
			(int64_t)((o->end_monotonic_ns - o->epoch_monotonic_ns) / 1000);
	else if (o->stage >= STAGE_BODY)
		result.duration_us = now_us() - (int64_t)(o->epoch_monotonic_ns / 1000);
	report(s, footer, &result);
	slot->state = SLOT_REPORTED;
	slot->reported_us = now_us();
}

static struct slot *free_slot(void)
{
	for (int i = 0; i < SLOTS; i++) {
		struct slot *slot = &slots[i];

		if (slot->state != SLOT_FREE)
			continue;
		if (slot->outcome == NULL) {
			slot->output = memfd_create("case output", MFD_CLOEXEC);
			if (slot->output < 0)
				return NULL;
			slot->outcome = &outcomes[i];
		}
		return slot;
	}
	return NULL;
}

/*
 * A case that waits does so once its sandbox is made, which is work as for any other. One that
 * misbehaves on purpose mostly waits, for what does not come: one that has run for a while does
 * not keep others from starting.
 */
static bool waits(const struct slot *slot)
{
	const struct outcome *o = slot->outcome;

	return (slot->item->test->waits && slot->began) ||
	       (slot->item->deviation != NULL && o->stage == STAGE_BODY &&
		now_us() - (int64_t)(o->epoch_monotonic_ns / 1000) > LONG_RUN_US);
}

static void count_slots(unsigned int *working, unsigned int *waiting)
{
	*working = *waiting = 0;
	for (int i = 0; i < SLOTS; i++) {
		if (slots[i].state == SLOT_RUNNING)
			++*(waits(&slots[i]) ? waiting : working);
	}
}

/* The patience of a case on a machine that is so many times slower. */
static int soon_ms_of(double scale)
{
	double scaled = USUAL_SOON_MS * scale;

	return scaled < MOST_SOON_MS ? (int)scaled : MOST_SOON_MS;
}

/* The verdicts that are expected of a case that is known to go wrong here; else 0. */
static unsigned int expected(const struct schedule *s, const struct run_item *item)
{
	return s->known != NULL && item->deviation == NULL ? known_expects(s->known, item) : 0;
}

/* Returns false when the system cannot start another process now. */
static bool start(const struct schedule *s, struct slot *slot, const struct run_item *item)
{
	unsigned int known = expected(s, item);
	int timeout_ms = (int)(case_timeout_ms(item->test) * s->timeout_scale);
	int soon_ms = soon_ms_of(s->timeout_scale);
	struct worker_task task = {
		.item = *item,
		.outcome = slot->outcome,
		.output = slot->output,
		.done = done_pipe[1],
		.token = (unsigned char)(slot - slots),
		.timeout_ms = (known & 1u << VERDICT_TIMEOUT) != 0 ? timeout_ms / KNOWN_SHARE
								   : timeout_ms,
		.soon_ms = known != 0 ? soon_ms / KNOWN_SHARE : soon_ms,
		.capture = s->capture,
		.record_calls = s->record_calls,
		.survey = s->survey,
		.until_failure = s->until_failure,
	};

	if (ftruncate(slot->output, 0) != 0)
		return false;
	slot->item = item;
	slot->began = false;
	slot->start_us = now_us();
	slot->deadline_us = slot->start_us + ((int64_t)task.timeout_ms + GRACE_MS) * 1000;
	slot->pid = sandbox_clone();
	if (slot->pid < 0)
		return false;
	if (slot->pid == 0)
		worker_run(&task);
	slot->state = SLOT_RUNNING;
	return true;
}

/* Results first: a process that has ended may have said so just before. */
static void take_results(const struct schedule *s, struct run_footer *footer)
{
	unsigned char tokens[2 * SLOTS];
	ssize_t got = read(done_pipe[0], tokens, sizeof(tokens));

	for (ssize_t i = 0; i < got; i++) {
		struct slot *slot = &slots[tokens[i] & ~WORKER_BEGAN];

		if (slot->state != SLOT_RUNNING)
			continue;
		if ((tokens[i] & WORKER_BEGAN) != 0)
			slot->began = true;
		else
			report_outcome(s, footer, slot);
	}
}

static void reap(const struct schedule *s, struct run_footer *footer)
{
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
		take_results(s, footer);
		for (int i = 0; i < SLOTS; i++) {
			struct slot *slot = &slots[i];

			if (slot->pid != pid || slot->state == SLOT_FREE)
				continue;
			if (slot->state == SLOT_RUNNING && !stop_requested)
				report_outcome(s, footer, slot);
			if (slot->state != SLOT_STUCK)
				turn_leave(case_exclusive(slot->item->test));
			outcome_reset(slot->outcome);
			slot->state = SLOT_FREE;
		}
	}
}

/*
 * A kernel may never end a process, killed or not. What is seen of its case is told, late, and then
 * its turn is given back.
 */
static void give_up_ends(const struct schedule *s, struct run_footer *footer)
{
	int64_t now = now_us();

	for (int i = 0; i < SLOTS; i++) {
		struct slot *slot = &slots[i];

		if (slot->state == SLOT_RUNNING && now - slot->deadline_us > ENDS_US) {
			report_outcome(s, footer, slot);
		} else if (slot->state == SLOT_REPORTED && now - slot->reported_us > ENDS_US) {
			turn_leave(case_exclusive(slot->item->test));
			slot->state = SLOT_STUCK;
		}
	}
}

static void kill_slots(bool all)
{
	int64_t now = now_us();

	for (int i = 0; i < SLOTS; i++) {
		if (slots[i].state == SLOT_RUNNING && (all || now > slots[i].deadline_us))
			kill(slots[i].pid, SIGKILL);
	}
}

enum started {
	STARTED_NONE,
	STARTED_SOME,
	TURN_AWAITED, /* nothing was started, but something can be once another case has ended */
};

/*
 * Starts what there is room for, waiting cases first: the longest wait should not
 * begin last.
 */
static enum started start_some(const struct schedule *s, struct run_footer *footer, bool *started,
			       size_t first[2])
{
	unsigned int working, waiting;
	enum started any = STARTED_NONE;

	count_slots(&working, &waiting);
	for (int pass = 0; pass < 2; pass++) {
		bool waiters = pass == 0;

		for (size_t i = first[pass]; i < s->count && !stop_requested; i++) {
			const struct run_item *item = &s->items[i];
			const char *reason = NULL, *need;
			struct slot *slot;

			if (started[i] || item->test->waits != waiters) {
				/* What lies before need not be looked at again. */
				first[pass] += i == first[pass];
				continue;
			}
			if (working >= s->jobs || (waiters && waiting >= s->jobs * WAITERS_PER_JOB))
				break;
			need = missing_need(s, item, &reason);
			if (need != NULL) {
				started[i] = true;
				any = STARTED_SOME;
				report_skip(s, footer, item, need, reason);
				continue;
			}
			slot = free_slot();
			if (slot == NULL)
				return any;
			if (!turn_take(case_exclusive(item->test))) {
				if (any == STARTED_NONE)
					any = TURN_AWAITED;
				continue;
			}
			if (!start(s, slot, item)) {
				turn_leave(case_exclusive(item->test));
				return any;
			}
			started[i] = true;
			any = STARTED_SOME;
			working++;
		}
	}
	return any;
}

static int watch_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void take_signals(int fd, struct run_footer *footer)
{
	struct signalfd_siginfo info;

	while (read(fd, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo != SIGCHLD) {
			footer->interrupted = true;
			schedule_stop();
		}
	}
}

static bool any_slot(enum slot_state state)
{
	for (int i = 0; i < SLOTS; i++) {
		if (slots[i].state == state)
			return true;
	}
	return false;
}

static int64_t used_us(int who)
{
	struct rusage usage;

	getrusage(who, &usage);
	return (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
	       usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

struct run_footer schedule_run(const struct schedule *s)
{
	struct run_footer footer = {.exit_status = 0};
	size_t first[2] = {0, 0};
	bool *started = calloc(s->count + 1, sizeof(*started));
	int signals = watch_signals();
	struct pollfd events[2] = {{.events = POLLIN}, {.fd = signals, .events = POLLIN}};
	struct rusage usage;

	run_start_us = now_us();
	if (outcomes == NULL)
		outcomes = outcome_array(SLOTS);
	if (started == NULL || outcomes == NULL || body_prepare() != 0 || signals < 0 ||
	    pipe2(done_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
		perror("sockatlas");
		footer.interrupted = true;
		free(started);
		return footer;
	}
	events[0].fd = done_pipe[0];
	for (;;) {
		enum started progress = start_some(s, &footer, started, first);

		if (!any_slot(SLOT_RUNNING) && !any_slot(SLOT_REPORTED) &&
		    (stop_requested || progress == STARTED_NONE))
			break;
		poll(events, 2, s->until_failure ? LONG_RUN_US / 1000 : BACKSTOP_EVERY_MS);
		take_signals(signals, &footer);
		kill_slots(stop_requested);
		take_results(s, &footer);
		reap(s, &footer);
		give_up_ends(s, &footer);
	}
	for (size_t i = 0; i < s->count; i++)
		footer.interrupted = footer.interrupted || !started[i];
	free(started);
	close(signals);
	close(done_pipe[0]);
	close(done_pipe[1]);
	footer.duration_us = now_us() - run_start_us;
	footer.cpu_us = used_us(RUSAGE_SELF) + used_us(RUSAGE_CHILDREN);
	getrusage(RUSAGE_SELF, &usage);
	footer.peak_rss_kib = usage.ru_maxrss;
	return footer;
}
