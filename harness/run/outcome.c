/* SPDX-License-Identifier: MIT */
#include "harness/run/outcome.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { KEPT_BYTES = 128 * 1024 }; /* an outcome that used more gives its pages back */

struct outcome *outcome_current;

struct outcome *outcome_array(size_t count)
{
	struct outcome *o = mmap(NULL, count * sizeof(*o), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return o == MAP_FAILED ? NULL : o;
}

struct outcome *outcome_new(void)
{
	return outcome_array(1);
}

static size_t at_most(size_t used, size_t limit)
{
	return used < limit ? used : limit;
}

void outcome_reset(struct outcome *o)
{
	size_t checks = at_most(o->checks_used, OUTCOME_MAX_CHECKS);
	size_t calls = at_most(o->calls_used, OUTCOME_MAX_CALLS);
	size_t text = at_most(1 + (size_t)o->text_used, OUTCOME_TEXT_BYTES);
	size_t capture = at_most(o->capture_used, OUTCOME_CAPTURE_BYTES);

	/* MADV_REMOVE frees the pages of shared memory. qemu-user says that it did and does
	 * nothing. */
	if (calls * sizeof(o->calls[0]) + text + capture > KEPT_BYTES &&
	    madvise(o, sizeof(*o), MADV_REMOVE) == 0 && o->text_used == 0 && o->calls_used == 0 &&
	    o->capture_used == 0)
		return;
	/* For a small one it is dearer than writing zeros to what was used. */
	memset(o->checks, 0, checks * sizeof(o->checks[0]));
	memset(o->calls, 0, calls * sizeof(o->calls[0]));
	memset(o->text, 0, text);
	memset(o->capture, 0, capture);
	memset(o->observations, 0,
	       at_most(o->observations_used, OUTCOME_MAX_OBSERVATIONS) *
		       sizeof(o->observations[0]));
	memset(o->links, 0, at_most(o->links_used, OUTCOME_MAX_LINKS) * sizeof(o->links[0]));
	memset(o->offers, 0, at_most(o->offers_used, OUTCOME_MAX_OFFERS) * sizeof(o->offers[0]));
	memset(o, 0, offsetof(struct outcome, checks));
}

text_ref outcome_text(const char *bytes, size_t length)
{
	struct outcome *o = outcome_current;
	uint32_t at;

	if (o == NULL || bytes == NULL || length >= OUTCOME_TEXT_BYTES)
		return 0;
	at = 1 + __atomic_fetch_add(&o->text_used, (uint32_t)length + 1, __ATOMIC_RELAXED);
	if (at + length + 1 > OUTCOME_TEXT_BYTES) {
		/* Give the place back, so that a shorter text may still fit. */
		__atomic_fetch_sub(&o->text_used, (uint32_t)length + 1, __ATOMIC_RELAXED);
		return 0;
	}
	memcpy(o->text + at, bytes, length);
	o->text[at + length] = '\0';
	return at;
}

text_ref outcome_textf(const char *format, ...)
{
	char buffer[4096];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(buffer, sizeof(buffer), format, arguments);
	va_end(arguments);
	if (length < 0)
		return 0;
	if ((size_t)length >= sizeof(buffer))
		length = sizeof(buffer) - 1;
	return outcome_text(buffer, (size_t)length);
}

const char *outcome_string(const struct outcome *o, text_ref ref)
{
	return ref != 0 && ref < OUTCOME_TEXT_BYTES ? o->text + ref : "";
}

struct call_record *outcome_call(void)
{
	struct outcome *o = outcome_current;
	uint32_t at;

	if (o == NULL)
		return NULL;
	at = __atomic_fetch_add(&o->calls_used, 1, __ATOMIC_RELAXED);
	return at < OUTCOME_MAX_CALLS ? &o->calls[at] : NULL;
}

void outcome_check(bool ok, bool setup, const char *file, int line, const char *text,
		   const char *expected, const char *observed)
{
	struct outcome *o = outcome_current;
	struct check_record *c;
	bool first = false;
	uint32_t at;

	/* A preparation that worked says nothing about the claim. */
	if (o == NULL || (setup && ok))
		return;
	if (!ok)
		first = __atomic_fetch_add(setup ? &o->setup_failed : &o->checks_failed, 1,
					   __ATOMIC_RELAXED) == 0;
	at = __atomic_fetch_add(&o->checks_used, 1, __ATOMIC_RELAXED);
	if (at >= OUTCOME_MAX_CHECKS && !first)
		return;
	c = &o->checks[at < OUTCOME_MAX_CHECKS ? at : OUTCOME_MAX_CHECKS - 1];
	c->setup = setup;
	c->line = line;
	c->text = outcome_text(text, strlen(text));
	c->expected = outcome_text(expected, strlen(expected));
	c->observed = outcome_text(observed, strlen(observed));
	c->ok = ok;
	__atomic_store_n(&c->file, file, __ATOMIC_RELEASE);
}

void outcome_observe(const char *file, int line, const char *name, const char *value)
{
	struct outcome *o = outcome_current;
	struct observation_record *r;
	uint32_t at;

	if (o == NULL)
		return;
	at = __atomic_fetch_add(&o->observations_used, 1, __ATOMIC_RELAXED);
	if (at >= OUTCOME_MAX_OBSERVATIONS)
		return;
	r = &o->observations[at];
	r->file = file;
	r->line = line;
	r->name = outcome_text(name, strlen(name));
	r->value = outcome_text(value, strlen(value));
}

void outcome_offer(const char *name)
{
	struct outcome *o = outcome_current;
	uint32_t used, at;

	if (o == NULL)
		return;
	used = (uint32_t)at_most(o->offers_used, OUTCOME_MAX_OFFERS);
	for (uint32_t i = 0; i < used; i++) {
		if (strcmp(outcome_string(o, o->offers[i]), name) == 0)
			return;
	}
	at = __atomic_fetch_add(&o->offers_used, 1, __ATOMIC_RELAXED);
	if (at < OUTCOME_MAX_OFFERS)
		o->offers[at] = outcome_text(name, strlen(name));
}

uint64_t outcome_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec -
	       (outcome_current ? outcome_current->epoch_monotonic_ns : 0);
}
