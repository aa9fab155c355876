/* SPDX-License-Identifier: MIT */
/*
 * The outcome of one case variant, in memory that the case's processes and the
 * runner share.
 *
 * A case may crash, call _exit(), or be killed at its deadline. What it had seen
 * by then must not be lost, so nothing is buffered in the case: each check and
 * each call is complete in this memory before the next one starts. A case may
 * also fork or start threads; places are therefore handed out with atomic
 * additions and never moved.
 *
 * Pointers to constant strings (names, files) stay valid in the runner because a
 * case is a fork of the runner and never executes another program. Everything
 * else is an offset into `text`.
 */
#ifndef SOCKATLAS_OUTCOME_H
#define SOCKATLAS_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

enum {
	OUTCOME_MAX_CHECKS = 1024,
	OUTCOME_MAX_CALLS = 4096,
	OUTCOME_MAX_OBSERVATIONS = 64,
	OUTCOME_MAX_OFFERS = 1024,
	OUTCOME_MAX_LINKS = 16,
	OUTCOME_TEXT_BYTES = 768 * 1024,
	OUTCOME_CAPTURE_BYTES = 256 * 1024,
};

/* How far a case came. The order is that of a case's life. */
enum outcome_stage {
	STAGE_NEW,     /* nothing has happened yet */
	STAGE_SANDBOX, /* namespaces exist; links, files and addresses are being made */
	STAGE_BODY,    /* the case's own code is running */
	STAGE_DONE,    /* the case's own code returned, or a fatal check ended it */
};

/* An offset into outcome.text of a NUL-terminated string; 0 is "none". */
typedef uint32_t text_ref;

/* One assertion. `text` is what was claimed, the two values are shown when it fails. */
struct check_record {
	bool ok;
	bool setup; /* a step that prepares the case: its failure is an error, not a fail */
	const char *file;
	int line;
	text_ref text;
	text_ref expected;
	text_ref observed;
};

/*
 * One recorded call.
 *
 * `in` and `out` refer to argument lists: name NUL value NUL name NUL value NUL
 * ... NUL (an empty name ends the list). `in` is written before the call is made,
 * so that a call that never returns is seen with its arguments; `out` holds what
 * the kernel filled in, and replaces an argument of the same name.
 */
struct call_record {
	const char *name; /* "bind"; NULL while the place is being filled */
	const char *file; /* of the case's own line that led to the call; may be NULL */
	int line;
	int pid, tid;	   /* as seen inside the sandbox */
	uint64_t start_ns; /* since outcome.epoch_monotonic_ns */
	uint64_t duration_ns;
	text_ref in, out;
	text_ref result; /* what it returned, as text: "3", "0", "-1", "0x7f...", "\"lo\"" */
	int error;	 /* errno when the call failed, else 0 */
	bool returned;
	bool deviated; /* it went wrong on purpose (harness/deviate) */
};

struct observation_record {
	const char *file;
	int line;
	text_ref name, value;
};

/* One link (interface of a host) on which packets were seen. */
struct link_record {
	char host[16];
	char link[16];
	uint32_t link_type; /* a LINKTYPE_ value of pcap: 1 is Ethernet */
	uint32_t kept;	    /* packets in its capture */
	uint32_t left_out;  /* packets seen but not kept, for lack of room */
};

/* One captured packet; its bytes follow, padded to a multiple of 8. */
struct packet_record {
	uint64_t time_ns;	     /* since outcome.epoch_realtime_ns */
	uint32_t captured, original; /* bytes kept, bytes on the link */
	uint16_t link;		     /* index into outcome.links */
	uint8_t checksum_pending;    /* the sender left the checksum to the device */
	uint8_t reserved[5];
};

struct outcome {
	uint64_t epoch_monotonic_ns; /* when the case's own code started */
	uint64_t epoch_realtime_ns;
	uint64_t end_monotonic_ns;
	uint64_t sandbox_ns;	 /* time taken to make the sandbox */
	volatile uint32_t stage; /* enum outcome_stage */
	int32_t worker_pid;	 /* the case's own process, as seen inside the sandbox */
	int32_t wait_status;	 /* of the worker, as wait(2) gives it; valid when reaped */
	bool reaped;
	bool timed_out;
	bool skipped; /* a case found a need missing */
	text_ref skip_need, skip_reason;
	text_ref trouble; /* why the harness could not run the case; makes the verdict error */
	text_ref output;  /* what the case wrote to standard output and error */

	uint32_t checks_used, checks_failed, setup_failed;
	uint32_t calls_used;
	uint32_t observations_used;
	uint32_t links_used;
	uint32_t capture_used;	/* bytes of outcome.capture */
	uint32_t text_used;	/* from text[1] on: offset 0 means "none" */
	int32_t capture_error;	/* errno of a host whose packets could not be captured, or 0 */
	uint32_t capture_drops; /* packets that the kernel dropped before they were read */
	uint32_t offers_used;	/* deviations that the case has room for, in a survey */
	uint32_t deviated;	/* how often the active deviation acted */

	struct check_record checks[OUTCOME_MAX_CHECKS];
	struct observation_record observations[OUTCOME_MAX_OBSERVATIONS];
	struct link_record links[OUTCOME_MAX_LINKS];
	text_ref offers[OUTCOME_MAX_OFFERS]; /* names */
	struct call_record calls[OUTCOME_MAX_CALLS];
	char text[OUTCOME_TEXT_BYTES];
	uint8_t capture[OUTCOME_CAPTURE_BYTES];
} __attribute__((aligned(65536))); /* whole pages of any size, for outcome_reset() */

/* The outcome of the case that this process runs; NULL outside a case. */
extern struct outcome *outcome_current;

/*
 * Allocates an array of outcomes in shared memory, as new. One mapping for all: a
 * fork copies every mapping of its parent. NULL with errno when there is no memory.
 */
struct outcome *outcome_array(size_t count);

/* One outcome, for tests. */
struct outcome *outcome_new(void);

/* Makes `o` as new. Nobody else may use it any more. */
void outcome_reset(struct outcome *o);

/*
 * Copies `length` bytes and a NUL into the outcome's text.
 * Returns its reference, or 0 when there is no room or no current outcome.
 */
text_ref outcome_text(const char *bytes, size_t length);

/* The same for a format; what does not fit into 4096 bytes is cut. */
text_ref outcome_textf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The string of a reference; "" for 0 or a reference outside the text. */
const char *outcome_string(const struct outcome *o, text_ref ref);

/* A fresh place for a call, or NULL when all are taken (it is then counted as left out). */
struct call_record *outcome_call(void);

/*
 * Records one check. The strings are copied. When all places are taken it is counted as left out,
 * but for the first that fails: it takes the last place, since a verdict is to be explained.
 */
void outcome_check(bool ok, bool setup, const char *file, int line, const char *text,
		   const char *expected, const char *observed);

/* Records one observed value. */
void outcome_observe(const char *file, int line, const char *name, const char *value);

/* Records that the deviation `name` could be made to happen here; once for each name. */
void outcome_offer(const char *name);

/* Nanoseconds of CLOCK_MONOTONIC since the case's own code started. */
uint64_t outcome_now_ns(void);

#endif
