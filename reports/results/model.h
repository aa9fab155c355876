/* SPDX-License-Identifier: MIT */
/*
 * A run as its results file tells it. Everything is owned by the run and lives
 * until run_free(); no string is NULL unless its comment says so, and every string
 * is valid UTF-8 without a NUL inside. Nothing else about them is promised: they
 * come from outside, see reports/base/escape.h.
 */
#ifndef ATLAS_RESULTS_MODEL_H
#define ATLAS_RESULTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reports/base/memory.h"
#include "reports/base/strmap.h"

enum verdict {
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_SKIP,
	VERDICT_KNOWN,
	VERDICT_FIXED,
	VERDICT_ERROR,
	VERDICT_TIMEOUT,
	VERDICT_CRASH,
	VERDICTS,
};

/* "pass", "fail", and so on. */
const char *verdict_word(enum verdict verdict);

/* Whether a run with this verdict in it ends with exit status 0: pass, skip and known. */
bool verdict_is_good(enum verdict verdict);

enum level {
	LEVEL_NONE, /* the file does not say */
	LEVEL_POSIX,
	LEVEL_RFC,
	LEVEL_LINUX,
	LEVEL_ABI,
	LEVEL_OBSERVED,
	LEVELS,
};

/* "POSIX", "RFC", and so on; "" for LEVEL_NONE. */
const char *level_word(enum level level);

struct strings {
	const char **items;
	size_t count;
};

struct probe {
	const char *name;
	bool ok;
	const char *reason; /* why not; "" when ok */
	const char *what;   /* what was tried, in words */
};

struct platform {
	const char *kernel; /* what answers the calls: "Linux", "gVisor"; "" is not said */
	const char *name, *sysname, *kernel_release, *kernel_version, *machine, *libc;
	const char *byte_order, *user, *namespaces, *namespaces_reason;
	int64_t page_size, pointer_bits, cpus, uid;
};

struct header {
	const char *version, *revision, *build, *sanitizers; /* of sockatlas */
	struct platform platform;
	const char *started;   /* UTC, "2026-01-31T15:50:00Z" */
	const char *deviation; /* "" for none */
	int64_t jobs, selected;
	/* Of a deviations file: how many could be selected, and which deviations ("": all). */
	int64_t available;
	const char *only;
	struct probe *probes;
	size_t probe_count;
};

struct source {
	const char *file;
	const char *text;
};

struct test_case {
	const char *id, *file, *claim, *lesson, *spec, *topology;
	enum level level;
	struct strings tags, needs, variants;
	int64_t first_line, last_line; /* 0: not known */
	int64_t timeout_ms;
	bool waits;
	const char *since, *removed; /* versions of Linux; "" for none */
};

struct check {
	bool ok, setup;
	const char *file, *text, *expected, *observed;
	int64_t line;
};

struct observation {
	const char *file, *name, *value;
	int64_t line;
};

struct argument {
	const char *name, *value;
};

struct call {
	const char *name, *file;
	int64_t line, pid, tid;
	struct argument *arguments;
	size_t argument_count;
	const char *result;		/* "" when the call did not return */
	const char *error;		/* errno's name; "" when it did not fail */
	uint64_t start_ns, duration_ns; /* start: since the case's code began */
	bool returned;
	bool deviated; /* it was made to misbehave */
};

/* One captured packet. */
struct frame {
	uint64_t time_ns;	     /* since the case's code began */
	uint32_t link;		     /* index into the result's links */
	uint32_t captured, original; /* bytes */
	const uint8_t *bytes;
	bool checksum_pending; /* its transport checksum was left to the device */
};

/* One interface of a host on which packets were captured. */
struct link {
	const char *host, *name;
	uint32_t link_type;
	int64_t kept, left_out;
	const char *trouble; /* why its capture cannot be read to the end; "" when it can */
};

/* A difference that was expected. "" is not said. */
struct known {
	const char *verdict; /* what it would have been without */
	const char *reason, *why, *source, *entry;
};

struct result {
	const char *id, *case_id, *variant;
	enum level level;
	enum verdict verdict;
	const char *reason, *need, *signal;
	const char *since, *removed; /* of the case and its row; "" for none */
	struct known known;	     /* of known and fixed */
	int64_t start_us, setup_us, duration_us;
	struct check *checks;
	size_t check_count;
	struct observation *observations;
	size_t observation_count;
	struct call *calls;
	size_t call_count;
	struct link *links;
	size_t link_count;
	struct frame *frames; /* of all links, by time */
	size_t frame_count;
	int64_t checks_left_out, calls_left_out, packets_dropped;
	const char *output;
	size_t case_index; /* into the run's cases */
	size_t line;	   /* of the results file */
};

/* One deviation in one case; see harness/deviate/deviate.h. */
struct trial {
	const char *id;
	enum verdict verdict;
	bool run;	  /* false: the proof was interrupted before */
	bool acted;	  /* the call was made, and went wrong */
	bool noticed;	  /* the case did not pass */
	const char *file; /* of the check that noticed; "" for none */
	int64_t line;
	const char *text; /* of that check, or why the case did not pass */
};

struct deviation {
	const char *name;		  /* "recv:MSG_PEEK:dropped" */
	const char *call, *subject, *how; /* its parts */
	struct trial *trials;
	size_t trial_count;
};

struct footer {
	int64_t results;
	int64_t verdicts[VERDICTS];
	int64_t duration_us, cpu_us, longest_us, peak_rss_kib, exit_status;
	bool interrupted;
};

struct run {
	const char *path;
	struct header header;
	struct source *sources;
	size_t source_count, source_room;
	struct test_case *cases;
	size_t case_count, case_room;
	struct result *results;
	size_t result_count, result_room;
	struct deviation *deviations; /* of a deviations file, which has no results */
	size_t deviation_count, deviation_room;
	struct footer footer;
	bool has_header, has_footer;
	bool cut;		    /* the last line was cut, and left out */
	int64_t verdicts[VERDICTS]; /* counted from the results */
	int64_t duration_us; /* of the run: the footer's, or else the end of its last result */
	struct strmap source_map, case_map, result_map, deviation_map;
	struct arena arena;
};

/* The text of a source file of the run, or NULL. */
const char *run_source(const struct run *run, const char *file);

/* The case with this id, or NULL. */
const struct test_case *run_case(const struct run *run, const char *id);

/* The case that an id of a case or of a variant belongs to, or NULL. */
const struct test_case *run_case_of(const struct run *run, const char *id);

/* The result with this id, or NULL. */
const struct result *run_result(const struct run *run, const char *id);

/*
 * The command that makes this result again, for a shell. `run` may be NULL: one that nothing
 * is known of. The caller frees it.
 */
char *run_command(const struct run *run, const char *id);

/* Frees the run; NULL is allowed. */
void run_free(struct run *run);

#endif
