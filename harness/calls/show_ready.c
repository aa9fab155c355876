/* SPDX-License-Identifier: MIT */
#include "harness/calls/show_ready.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"

#include <string.h>

enum {
	SIGNALS = 64,
};

void show_pollfds(struct text *t, const struct pollfd *fds, nfds_t count, bool results)
{
	struct pollfd one;

	if (fds == NULL || (count > 0 && !memory_read(&one, fds, sizeof(one)))) {
		text_pointer(t, fds);
		return;
	}
	text_char(t, '[');
	for (nfds_t i = 0; i < count; i++) {
		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_READY ||
		    !memory_read(&one, memory_element(fds, i, sizeof(one)), sizeof(one))) {
			text_string(t, "...");
			break;
		}
		text_string(t, "{fd=");
		text_int(t, one.fd);
		text_string(t, ", events=");
		show_flags(t, &names_poll_events, (unsigned short)one.events);
		if (results) {
			text_string(t, ", revents=");
			show_flags(t, &names_poll_events, (unsigned short)one.revents);
		}
		text_char(t, '}');
	}
	text_char(t, ']');
}

void show_fd_set(struct text *t, int count, const fd_set *set)
{
	fd_set known;
	size_t bytes;
	bool first = true;

	if (count < 0)
		count = 0;
	if (count > FD_SETSIZE)
		count = FD_SETSIZE;
	/* The kernel reads whole words, and no more than `count` needs. */
	bytes = ((size_t)count + sizeof(long) * 8 - 1) / (sizeof(long) * 8) * sizeof(long);
	if (set == NULL || !memory_read(&known, set, bytes)) {
		text_pointer(t, set);
		return;
	}
	text_char(t, '[');
	for (int fd = 0; fd < count; fd++) {
		if (!FD_ISSET(fd, &known))
			continue;
		if (!first)
			text_string(t, ", ");
		first = false;
		text_int(t, fd);
	}
	text_char(t, ']');
}

/* The number in `data`, of which most programs set the part that is an int only. */
static void show_epoll_data(struct text *t, uint64_t data)
{
	epoll_data_t only_fd = {.u64 = data}, zero = {.u64 = 0};

	zero.fd = only_fd.fd;
	if (zero.u64 == data)
		text_int(t, only_fd.fd);
	else
		text_unsigned(t, data);
}

void show_epoll_event(struct text *t, const struct epoll_event *event)
{
	struct epoll_event one;

	if (event == NULL || !memory_read(&one, event, sizeof(one))) {
		text_pointer(t, event);
		return;
	}
	text_string(t, "{events=");
	show_flags(t, &names_epoll_events, one.events);
	text_string(t, ", data=");
	show_epoll_data(t, one.data.u64);
	text_char(t, '}');
}

void show_epoll_events(struct text *t, const struct epoll_event *events, int count)
{
	text_char(t, '[');
	for (int i = 0; i < count; i++) {
		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_READY) {
			text_string(t, "...");
			break;
		}
		show_epoll_event(t, memory_element(events, (size_t)i, sizeof(*events)));
	}
	text_char(t, ']');
}

void show_signal_set(struct text *t, const sigset_t *set)
{
	sigset_t known;
	bool first = true;

	/* Of the C library's type the kernel reads only the signals there are. */
	memset(&known, 0, sizeof(known));
	if (set == NULL || !memory_read(&known, set, SIGNALS / 8)) {
		text_pointer(t, set);
		return;
	}
	text_char(t, '[');
	for (int signal = 1; signal <= SIGNALS; signal++) {
		if (sigismember(&known, signal) != 1)
			continue;
		if (!first)
			text_string(t, ", ");
		first = false;
		text_name(t, names_signal(signal), signal);
	}
	text_char(t, ']');
}
