/* SPDX-License-Identifier: MIT */
/* What is known of a case before it runs; suites get this through harness/case.h. */
#ifndef SOCKATLAS_DECLARATION_H
#define SOCKATLAS_DECLARATION_H

#include <stdbool.h>
#include <stddef.h>

/* Who requires the claim. */
enum case_level {
	LEVEL_UNSET,
	POSIX,	  /* POSIX.1-2024 */
	RFC,	  /* an RFC */
	LINUX,	  /* a Linux manual page or the kernel's documentation */
	ABI,	  /* undocumented, but depended upon */
	OBSERVED, /* nobody: the case records what it saw, for comparison */
};

/* The first member of a row of variants. */
struct variant {
	const char *name;	     /* its part of the id: "v6" */
	const char *needs;	     /* what this row needs beyond the case's needs, or NULL */
	const char *since, *removed; /* the row's own part of the kernel's history, or NULL */
};

struct test_case {
	const char *name;
	const char *file;
	int line;
	void (*body)(void);
	const char *source, *source_end; /* the text of the suite's file */

	/* Set by the suite. */
	const char *claim; /* one sentence that can be true or false */
	enum case_level level;
	const char *spec;     /* where that is written */
	const char *topology; /* a file of fixtures/topologies; "lo" when unset */
	const char *needs;    /* names of harness/probe, separated by spaces */
	const char *tags;     /* words separated by spaces */
	const char *sysctls;  /* "net.ipv4.ip_forward=1 ...", set on every host before the case */
	int timeout_ms;	      /* of one variant; 5000 when unset */
	bool waits;	      /* lets time pass on purpose: runs beside others at no cost */
	/*
	 * What the case uses that the kernel has once a machine and not once a network ("vsock",
	 * "bluetooth"): of the cases that name the same, one runs at a time.
	 */
	const char *exclusive;
	/*
	 * Of which versions of Linux the claim is true: from `since` on, and until before `removed`
	 * ("5.15", "6.16"; NULL: as far back, or ahead, as anybody runs this). The case is run on
	 * every kernel: on one that is out of range it has to go wrong, and is then known; a pass
	 * is fixed.
	 */
	const char *since, *removed;
	/*
	 * Only computes (decodes packets, say): a case must otherwise make a recorded call, or it
	 * has shown nothing of this platform. One that makes a call nevertheless is an error.
	 */
	bool computes;

	const void *rows; /* set by VARIANTS() */
	size_t row_size, row_count;
};

/* .VARIANTS(table): one run for each row; the row's first member is a struct variant. */
#define VARIANTS(table)                                                                            \
	rows = (table), .row_size = sizeof((table)[0]),                                            \
	.row_count = sizeof(table) / sizeof((table)[0])

/* The row that this run is for: const struct family_row *row = VARIANT(struct family_row); */
#define VARIANT(type) ((const type *)case_row())
const void *case_row(void);

#endif
