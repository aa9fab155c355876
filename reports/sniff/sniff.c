/* SPDX-License-Identifier: MIT */
/* atlas sniff: packets as they come, to a terminal, a log and a capture file. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "reports/commands.h"
#include "reports/decode/show.h"
#include "reports/decode/sink.h"
#include "reports/sniff/options.h"
#include "reports/sniff/tap.h"
#include "reports/sniff/writer.h"

static volatile sig_atomic_t signalled;

struct sniffing {
	const struct sniff_options *options;
	struct tap tap;
	struct sink out, log;
	struct look plain; /* of the log: without colours */
	int capture;	   /* descriptor of --write, or -1 */
	uint64_t count;
	int64_t first_us;
	int64_t deadline_ms; /* of --seconds, or 0 */
	int64_t stop_ns;     /* the time of day after which packets do not count; 0: none yet */
};

static void note_signal(int number)
{
	(void)number;
	signalled = 1;
}

/* A second signal of a kind ends the program at once. */
static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = note_signal, .sa_flags = (int)SA_RESETHAND};

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static int64_t in_ns(const struct timespec *time)
{
	return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

static int64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return in_ns(&now);
}

static int64_t monotonic_ms(void)
{
	return clock_ns(CLOCK_MONOTONIC) / 1000000;
}

static int trouble(const char *what, int error)
{
	fprintf(stderr, "atlas sniff: %s: %s\n", what, strerror(error));
	return 2;
}

static void render(struct packet_out *text, const void *context)
{
	const struct shown *shown = context;

	show_packet(text, shown);
	if (shown->look->format == FORMAT_JSON)
		packet_put_char(text, '\n');
}

/* The log comes first: standard output may be a pipe whose reader has gone. */
static int print(struct sniffing *s, const struct tap_packet *packet)
{
	const struct sniff_options *o = s->options;
	/* As microseconds, like those of a file that is read with libpcap. */
	int64_t at_us = (int64_t)packet->at.tv_sec * 1000000 + packet->at.tv_nsec / 1000;
	struct shown shown = {.look = &o->look};
	struct packet p;

	if (s->count++ == 0)
		s->first_us = at_us;
	show_decode(&p, packet->bytes, packet->captured, packet->original, s->tap.link_type,
		    packet->flags | o->look.flags);
	shown.packet = &p;
	shown.number = s->count;
	shown.time_us = at_us - s->first_us;
	if (s->capture >= 0 && !writer_add(s->capture, packet))
		return trouble(o->write, errno);
	if (o->log != NULL) {
		shown.look = &s->plain;
		if (!sink_add(&s->log, render, &shown) || !sink_flush(&s->log))
			return trouble(o->log, s->log.error);
		shown.look = &o->look;
	}
	if (!sink_add(&s->out, render, &shown) || !sink_flush(&s->out))
		return trouble("standard output", s->out.error);
	return 0;
}

/* Waits for a packet, a signal or the end of the time. */
static void wait_for_packet(const struct sniffing *s)
{
	struct pollfd event = {.fd = s->tap.fd, .events = POLLIN};
	struct timespec left, *timeout = NULL;
	sigset_t both, before;

	if (s->deadline_ms != 0) {
		int64_t ms = s->deadline_ms - monotonic_ms();

		left.tv_sec = ms > 0 ? ms / 1000 : 0;
		left.tv_nsec = ms > 0 ? ms % 1000 * 1000000 : 0;
		timeout = &left;
	}
	/* Blocked until ppoll(2) waits: a signal in between would not wake it up. */
	sigemptyset(&both);
	sigaddset(&both, SIGINT);
	sigaddset(&both, SIGTERM);
	sigprocmask(SIG_BLOCK, &both, &before);
	if (!signalled)
		ppoll(&event, 1, timeout, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Once it is to end: what was in the queue by then is still printed. */
static void look_for_the_end(struct sniffing *s)
{
	bool late = s->deadline_ms != 0 && monotonic_ms() >= s->deadline_ms;

	if (s->stop_ns == 0 && (signalled || late))
		s->stop_ns = clock_ns(CLOCK_REALTIME);
}

static int all_packets(struct sniffing *s)
{
	const struct sniff_options *o = s->options;
	struct tap_packet packet;
	int status = 0;

	while (status == 0 && (o->count == 0 || s->count < (uint64_t)o->count)) {
		int got;

		look_for_the_end(s);
		got = tap_next(&s->tap, &packet);
		if (got == TAP_FAILED)
			return trouble(o->interface != NULL ? o->interface : "the raw socket",
				       errno);
		if (got == TAP_NOTHING) {
			if (s->stop_ns != 0)
				break;
			wait_for_packet(s);
			continue;
		}
		if (s->stop_ns != 0 && in_ns(&packet.at) > s->stop_ns)
			break;
		if (got == TAP_PACKET)
			status = print(s, &packet);
	}
	return status;
}

static bool open_tap(struct sniffing *s)
{
	const struct sniff_options *o = s->options;
	char error[1024];
	bool good = o->raw != NULL
			    ? tap_open_raw(&s->tap, o->protocol, o->filter, error, sizeof(error))
			    : tap_open_interface(&s->tap, o->interface, o->filter, error,
						 sizeof(error));

	if (!good)
		fprintf(stderr, "atlas sniff: %s\n", error);
	return good;
}

static int open_files(struct sniffing *s)
{
	const struct sniff_options *o = s->options;
	int fd;

	if (o->log != NULL) {
		fd = open(o->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
		if (fd < 0)
			return trouble(o->log, errno);
		if (!sink_open(&s->log, fd)) {
			close(fd);
			return trouble(o->log, ENOMEM);
		}
	}
	if (o->write != NULL && (s->capture = writer_open(o->write, s->tap.link_type)) < 0)
		return trouble(o->write, errno);
	return sink_open(&s->out, STDOUT_FILENO) ? 0 : trouble("memory", ENOMEM);
}

/* A write that the system kept back may fail as late as here: close(2). */
static int close_files(struct sniffing *s, int status)
{
	const struct sniff_options *o = s->options;

	if (s->log.fd >= 0 && close(s->log.fd) != 0 && status == 0)
		status = trouble(o->log, errno);
	if (s->capture >= 0 && close(s->capture) != 0 && status == 0)
		status = trouble(o->write, errno);
	sink_free(&s->log);
	sink_free(&s->out);
	return status;
}

static int sniff(const struct sniff_options *o)
{
	struct sniffing s = {.options = o, .log.fd = -1, .capture = -1, .plain = o->look};
	int status;

	s.plain.color = false;
	if (!open_tap(&s))
		return 2;
	status = open_files(&s);
	if (status == 0) {
		catch_signals();
		fprintf(stderr, "listening %s %s, link type %u\n", o->raw != NULL ? "for" : "on",
			o->raw != NULL ? o->raw : o->interface, s.tap.link_type);
		if (o->seconds != 0)
			s.deadline_ms = monotonic_ms() + 1000 * o->seconds;
		status = all_packets(&s);
		fprintf(stderr, "%llu packet%s, %llu dropped by the kernel\n",
			(unsigned long long)s.count, s.count == 1 ? "" : "s",
			(unsigned long long)tap_dropped(&s.tap));
	}
	status = close_files(&s, status);
	tap_close(&s.tap);
	return status;
}

/* The command; argv[0] is "sniff". Returns the exit status: 0, or 2 with a line on stderr. */
int atlas_sniff(int argc, char **argv)
{
	struct sniff_options options;
	int status = sniff_options(argc, argv, &options);

	if (status < 0)
		status = sniff(&options);
	free(options.filter);
	return status;
}
