/* SPDX-License-Identifier: MIT */
#include "harness/calls/record.h"

#include "harness/calls/site.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
	/* One value may not take all the room, so that the arguments after it are seen too. */
	VALUE_BYTES = 1400,
	/* Room that a name, its NUL and the end of the list always find. */
	NAME_BYTES = 32,
	ROOM_BYTES = 2 * NAME_BYTES,
};

_Thread_local struct call_site calls_site;

/* Set by the first calls_resume(): threads that a case starts record as well. */
static volatile bool recording;

/* How often this thread has paused recording more than it has resumed it. */
static _Thread_local int paused;

/* Recorded calls of this thread that have begun and not ended. */
static _Thread_local int depth;

/* The thread that `own_pid` was asked for; a child of fork() is another thread. */
static _Thread_local pid_t own_tid, own_pid;

void calls_pause(void)
{
	paused++;
}

void calls_resume(void)
{
	if (paused > 0)
		paused--;
	else
		recording = true;
}

bool calls_started(void)
{
	return recording;
}

/*
 * A call within a call is the C library's own (its getaddrinfo() calls socket()),
 * and not recorded. A signal handler of the case that interrupts a call also
 * makes calls within it; those carry a line that no call has used yet.
 */
bool calls_recording(void)
{
	if (!recording || paused > 0 || outcome_current == NULL)
		return false;
	return depth == 0 || (calls_site.file != NULL && !calls_site.used);
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void calls_begin(struct call *call, const char *name)
{
	struct call_record *record;
	pid_t tid;

	call->record = NULL;
	if (!calls_recording())
		return;
	calls_site.used = true;
	record = outcome_call();
	if (record == NULL)
		return;
	depth++;
	call->saved_errno = errno;
	call->name = name;
	call->used = 0;
	call->value.start = NULL;
	call->record = record;
	tid = (pid_t)syscall(SYS_gettid);
	if (tid != own_tid) {
		own_tid = tid;
		own_pid = getpid();
	}
	record->pid = own_pid;
	record->tid = tid;
	record->file = calls_site.file;
	record->line = calls_site.line;
}

static void finish_value(struct call *call)
{
	if (call->value.start != NULL) {
		call->used = (size_t)(call->value.start - call->arguments) +
			     text_finish(&call->value) + 1;
		call->value.start = NULL;
	}
}

struct text *calls_value(struct call *call, const char *name)
{
	size_t room, length = strlen(name);

	finish_value(call);
	/* A last, shorter value may use what VALUE_BYTES left of the buffer. */
	if (call->used + length + ROOM_BYTES > sizeof(call->arguments)) {
		text_begin(&call->value, call->nowhere, sizeof(call->nowhere));
		call->value.start = NULL;
		return &call->value;
	}
	memcpy(call->arguments + call->used, name, length + 1);
	call->used += length + 1;
	room = sizeof(call->arguments) - call->used - NAME_BYTES;
	text_begin(&call->value, call->arguments + call->used,
		   room < VALUE_BYTES ? room : VALUE_BYTES);
	return &call->value;
}

void calls_arg(struct call *call, const char *name, const char *format, ...)
{
	char buffer[VALUE_BYTES];
	va_list arguments;
	int length;

	if (call->record == NULL)
		return;
	va_start(arguments, format);
	length = vsnprintf(buffer, sizeof(buffer), format, arguments);
	va_end(arguments);
	if (length >= 0)
		text_string(calls_value(call, name), buffer);
}

/* Stores the arguments written so far, and starts an empty list. */
static text_ref store_arguments(struct call *call)
{
	text_ref list = 0;

	finish_value(call);
	if (call->used > 0) {
		/* The NUL that outcome_text() adds is the empty name that ends the list. */
		list = outcome_text(call->arguments, call->used);
		call->used = 0;
	}
	return list;
}

void calls_enter(struct call *call)
{
	struct call_record *record = call->record;

	if (record == NULL)
		return;
	record->in = store_arguments(call);
	__atomic_store_n(&record->name, call->name, __ATOMIC_RELEASE);
	errno = call->saved_errno;
	call->start_ns = now_ns();
	record->start_ns = call->start_ns - outcome_current->epoch_monotonic_ns;
}

void calls_return(struct call *call)
{
	if (call->record == NULL)
		return;
	call->saved_errno = errno;
	call->record->duration_ns = now_ns() - call->start_ns;
}

/* The result is stored; the record is complete. */
static void end(struct call *call, int error)
{
	call->record->error = error;
	__atomic_store_n(&call->record->returned, true, __ATOMIC_RELEASE);
	depth--;
	errno = call->saved_errno;
}

struct text *calls_result(struct call *call)
{
	call->record->out = store_arguments(call);
	text_begin(&call->value, call->arguments, sizeof(call->arguments));
	return &call->value;
}

void calls_end_text(struct call *call, int error)
{
	size_t length = text_finish(&call->value);

	call->value.start = NULL;
	call->record->result = outcome_text(call->arguments, length);
	end(call, error);
}

void calls_end(struct call *call, int error, const char *format, ...)
{
	char buffer[VALUE_BYTES];
	va_list arguments;

	if (call->record == NULL)
		return;
	va_start(arguments, format);
	(void)vsnprintf(buffer, sizeof(buffer), format, arguments);
	va_end(arguments);
	text_string(calls_result(call), buffer);
	calls_end_text(call, error);
}

void calls_end_int(struct call *call, int64_t result)
{
	if (call->record == NULL)
		return;
	text_int(calls_result(call), result);
	calls_end_text(call, result == -1 ? call->saved_errno : 0);
}

void calls_end_void(struct call *call)
{
	if (call->record == NULL)
		return;
	call->record->out = store_arguments(call);
	end(call, 0);
}
