/* SPDX-License-Identifier: MIT */
/*
 * Calls that misbehave on request: the proof that a case checks something.
 *
 * A deviation is one way in which one call may go wrong: an option that is accepted
 * and ignored, a flag dropped, an error replaced, an address not filled in. Its name
 * is CALL:SUBJECT:HOW ("setsockopt:SO_REUSEADDR:ignored", "bind:EADDRINUSE:success").
 *
 * There is no list of them. A wrapper of harness/calls asks deviate() at each place
 * where the call could go wrong, and only when that would change what the case sees.
 * In a survey the question is written down: what was asked is what can be deviated. With
 * a deviation active, the answer to its name is yes, and the wrapper does it. So the
 * place that makes a deviation is the one that offers it.
 *
 * It is off unless `sockatlas run --deviate`, `deviations` or `show --deviate` turned
 * it on in the case's process; then the results say so.
 */
#ifndef SOCKATLAS_DEVIATE_H
#define SOCKATLAS_DEVIATE_H

#include <stdbool.h>

#include "harness/calls/record.h"

enum deviation_mode {
	DEVIATION_OFF,
	DEVIATION_SURVEY, /* write down what could be deviated */
	DEVIATION_ACTIVE, /* make one of them happen */
};

/* Of this process; set once, before the case's body. */
extern enum deviation_mode deviation_mode;

enum { DEVIATION_NAME_SIZE = 128 };

/* Whether `name` has the form CALL:SUBJECT:HOW, of printable characters without spaces. */
bool deviation_is_name(const char *name);

/* `name` stays the caller's, and must last as long as the process. */
void deviation_activate(const char *name);
void deviation_survey(void);

/*
 * Whether the call is to go wrong in this way now. `how` is a word, the subject a
 * format: deviate(&call, "dropped", "%s", "MSG_PEEK"). False for calls that are not recorded,
 * and whenever no deviation is active; then it costs one comparison.
 */
#define deviate(call, ...)                                                                         \
	(deviation_mode != DEVIATION_OFF && (call)->record != NULL &&                              \
	 deviation_asked(call, __VA_ARGS__))
bool deviation_asked(const struct call *call, const char *how, const char *subject, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The same in two steps, for what has to be done before the call and yet is only worth
 * offering after it went well: deviation_wanted() never offers, deviation_offer() only
 * does in a survey.
 */
bool deviation_wanted(const struct call *call, const char *how, const char *subject);
void deviation_offer(const struct call *call, const char *how, const char *subject);

/* Notes that the deviation acted, where deviation_wanted() said yes and the caller did it. */
void deviation_acted(const struct call *call);

#endif
