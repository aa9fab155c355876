/* SPDX-License-Identifier: MIT */
/*
 * How the wrappers of harness/calls write a call into the current outcome.
 *
 * A wrapper is `__wrap_NAME`, put in front of the C library's function by the
 * linker (-Wl,--wrap=NAME). It asks calls_begin() for a call, adds the arguments,
 * makes the real call, adds what came back, and ends it. Calls made while a
 * wrapped function runs (a static C library's getaddrinfo() calls socket()) and
 * calls of the harness itself are not recorded.
 */
#ifndef SOCKATLAS_CALLS_RECORD_H
#define SOCKATLAS_CALLS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/calls/text.h"
#include "harness/run/outcome.h"

/* A call that is being recorded; lives on the wrapper's stack. */
struct call {
	struct call_record *record; /* NULL: not recorded, every function below does nothing */
	uint64_t start_ns;
	size_t used;
	const char *name;
	int saved_errno;      /* what errno is put back to */
	struct text value;    /* the argument that is being written; see calls_value() */
	char nowhere[8];      /* where an argument is written that finds no room */
	char arguments[3072]; /* name NUL value NUL ... */
};

/* Starts a call of the constant name `name`. */
void calls_begin(struct call *call, const char *name);

/* Adds one argument; before calls_enter() an input, afterwards an output. */
void calls_arg(struct call *call, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* All inputs are added: stores them and starts the clock. The next statement is the real call. */
void calls_enter(struct call *call);

/* The real call has returned: stops the clock. Must be the next thing after it; keeps errno. */
void calls_return(struct call *call);

/* Stores the outputs and the result; `error` is the errno of a failed call, else 0. Keeps errno. */
void calls_end(struct call *call, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Starts the next argument and returns where its value is to be written; the
 * value is complete when the next function of this file is called. Only for a
 * call that is recorded.
 */
struct text *calls_value(struct call *call, const char *name);

/* calls_end() of a call that returns a number and -1, with errno, when it fails. Keeps errno. */
void calls_end_int(struct call *call, int64_t result);

/* calls_end() of a call that returns nothing. */
void calls_end_void(struct call *call);

/* Starts the text of a result that is neither; calls_end_text() stores it and ends the call. */
struct text *calls_result(struct call *call);
void calls_end_text(struct call *call, int error);

/* Whether a call made now by this thread would be recorded. */
bool calls_recording(void);

/*
 * Recording is off until the worker turns it on around a case's own code. The
 * harness turns it off around its own calls in between; the two calls nest.
 */
void calls_pause(void);
void calls_resume(void);

/* Whether recording was ever on in this process. */
bool calls_started(void);

#endif
