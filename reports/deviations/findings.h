/* SPDX-License-Identifier: MIT */
/*
 * What the deviations files of one or more runs say together: for each way in which a
 * call can go wrong, whether some case noticed. A run in which the call did not go
 * wrong (acted is false) never happened.
 */
#ifndef ATLAS_DEVIATIONS_FINDINGS_H
#define ATLAS_DEVIATIONS_FINDINGS_H

#include "reports/results/model.h"

enum fate {
	FATE_NOTICED,  /* by a check, or because the case did not come to its end */
	FATE_SETUP,    /* by steps that prepare a case alone: no check looks at it */
	FATE_SURVIVED, /* it happened, and no case noticed */
	FATE_UNSTABLE, /* it was offered, and never happened */
	FATES,
};

enum deviation_kind {
	KIND_OPTION_IGNORED,
	KIND_OPTION_ECHOED,
	KIND_CALL_IGNORED,
	KIND_FLAG_DROPPED,
	KIND_FLAG_UNREPORTED,
	KIND_CONTROL_LOST, /* a control message, sent or received */
	KIND_DATA_CUT,
	KIND_ERROR_HIDDEN,
	KIND_ERROR_REPLACED,
	KIND_UNFILLED,
	KIND_WRONG,
	KIND_CLAMPED,
	KIND_OTHER,
	KINDS,
};

/* A case that a deviation was tried in. */
struct attempt {
	const struct trial *trial;
	const struct run *run;
	const struct test_case *info; /* NULL when the file does not tell of the case */
};

struct finding {
	const char *name, *call, *subject, *how;
	enum deviation_kind kind;
	enum fate fate;
	struct attempt *attempts; /* those in which it happened, by id */
	size_t count;
	size_t noticed;		  /* of these */
	const struct reason *why; /* of a survivor, by explained_apply(); or NULL */
};

struct findings {
	struct finding *items; /* by name */
	struct run *const *sources;
	size_t source_count;
	size_t count;
	size_t fates[FATES];
	bool partial;	 /* the files cover only cases or deviations that were selected */
	bool incomplete; /* a file has no end, or its run was interrupted */
	int64_t duration_us;
	size_t runs; /* of cases, in all */
	struct arena arena;
};

/* Puts together what the runs say; they must outlive the findings. Free with findings_free(). */
void findings_collect(struct findings *f, struct run *const *runs, size_t count);
void findings_free(struct findings *f);

/* How much was noticed of what happened, in per cent; 100 when nothing did. */
double findings_share(const struct findings *f);

/* Whether a probe of that name found it on one of the platforms, or none was asked for it. */
bool findings_platform_has(const struct findings *f, const char *need);

/* The first attempt that noticed, by a check if there is one; NULL when none did. */
const struct attempt *finding_noticer(const struct finding *f);

/*
 * Of a survivor's attempts the one that is the most about it: whose claim, name, tags or
 * source name what went wrong.
 */
const struct attempt *finding_candidate(const struct finding *f);

enum deviation_kind deviation_kind_of(const char *call, const char *subject, const char *how);

/* "option ignored", "error replaced", and so on. */
const char *deviation_kind_word(enum deviation_kind kind);

#endif
