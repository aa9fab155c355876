/* SPDX-License-Identifier: MIT */
#include "reports/export/kcidb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "reports/base/memory.h"
#include "reports/base/sha256.h"

enum { EXCERPT_MOST = 16384, ID_MOST = 160 };

struct export
{
	json_t *report;
	const struct run *run;
	const char *origin;
	char checkout[ID_MOST], build[ID_MOST], key[65]; /* key: of the run */
};

bool kcidb_origin_is_valid(const char *origin)
{
	return origin[0] != 0 && strlen(origin) < 64 &&
	       origin[strspn(origin, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

json_t *kcidb_new(void)
{
	return json_pack("{s:{s:i,s:i},s:[],s:[],s:[],s:[],s:[]}", "version", "major", 5, "minor",
			 3, "checkouts", "builds", "tests", "issues", "incidents");
}

/* The hexadecimal digest of some texts, each with its end, so that none runs into the next. */
static void digest_of(char hex[65], const char *const *texts, size_t count)
{
	uint8_t digest[32];
	char *all = NULL;
	size_t length;
	FILE *out = open_memstream(&all, &length);

	hex[0] = 0;
	if (out == NULL)
		return;
	for (size_t i = 0; i < count; i++)
		fwrite(texts[i], 1, strlen(texts[i]) + 1, out);
	fclose(out);
	sha256(all, length, digest);
	free(all);
	for (size_t i = 0; i < sizeof(digest); i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
}

static void put_id(char id[ID_MOST], const char *origin, const char *const *texts, size_t count)
{
	char hex[65];

	digest_of(hex, texts, count);
	snprintf(id, ID_MOST, "%s:%s", origin, hex);
}

static bool has_id(const json_t *objects, const char *id)
{
	for (size_t i = 0; i < json_array_size(objects); i++) {
		const char *other =
			json_string_value(json_object_get(json_array_get(objects, i), "id"));

		if (other != NULL && strcmp(other, id) == 0)
			return true;
	}
	return false;
}

static void add(const struct export *e, const char *list, json_t *object)
{
	json_array_append_new(json_object_get(e->report, list), object);
}

/* Members that say nothing are left out: to the schema that is "data is missing". */
static void set_text(json_t *object, const char *name, const char *text)
{
	if (text[0] != 0)
		json_object_set_new(object, name, json_string(text));
}

static json_t *seconds(int64_t us)
{
	return us % 1000000 == 0 ? json_integer(us / 1000000) : json_real((double)us / 1e6);
}

/* The run's start (UTC, by the second) and what passed since then, as RFC 3339 wants it. */
static void set_time(json_t *object, const char *started, int64_t us)
{
	struct tm tm = {0};
	const char *end = strptime(started, "%Y-%m-%dT%H:%M:%SZ", &tm);
	char text[64], day[32];
	time_t at;

	if (end == NULL || *end != 0 || us < 0)
		return;
	at = timegm(&tm) + us / 1000000;
	if (gmtime_r(&at, &tm) == NULL || strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return;
	snprintf(text, sizeof(text), "%s.%06d+00:00", day, (int)(us % 1000000));
	json_object_set_new(object, "start_time", json_string(text));
}

/* "inet/tcp_bind/name/variant" as "sockatlas.inet.tcp_bind.name.variant". */
static json_t *path_of(const char *id)
{
	size_t length = strlen(id);
	char *path = memory_get(length + sizeof("sockatlas."), 1), *p;
	json_t *value;

	p = stpcpy(path, "sockatlas.");
	for (const char *c = id; *c != 0; c++, p++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			     (*c >= '0' && *c <= '9') || *c == '-' || *c == '_';

		*p = *c;
		if (*c == '/')
			*p = '.';
		else if (!plain)
			*p = '_';
	}
	value = json_string(path);
	free(path);
	return value;
}

/*
 * What the schema's words mean decides: FAIL says that the code is faulty, ERROR that nobody
 * knows because the test did not complete, DONE that it completed without judging.
 */
static const char *status_of(const struct result *r)
{
	switch (r->verdict) {
	case VERDICT_PASS:
		return r->level == LEVEL_OBSERVED && r->observation_count != 0 ? "DONE" : "PASS";
	case VERDICT_FIXED:
		return "PASS";
	case VERDICT_FAIL:
	case VERDICT_KNOWN:
		return "FAIL";
	case VERDICT_SKIP:
		return "SKIP";
	default:
		return "ERROR";
	}
}

/* What went wrong, as far as there is room; NULL when nothing did. */
static json_t *excerpt_of(const struct result *r)
{
	char *text = NULL;
	size_t length, end;
	FILE *out = open_memstream(&text, &length);
	json_t *value;

	if (out == NULL)
		return NULL;
	if (r->signal[0] != 0)
		fprintf(out, "%s\n", r->signal);
	if (r->reason[0] != 0)
		fprintf(out, "%s%s%s\n", r->need, r->need[0] != 0 ? ": " : "", r->reason);
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *c = &r->checks[i];

		if (!c->ok)
			fprintf(out, "%s:%lld: %s: expected %s, observed %s\n", c->file,
				(long long)c->line, c->text, c->expected, c->observed);
	}
	fputs(r->output, out);
	fclose(out);
	/* A character that does not fit is left out whole. */
	for (end = length; end > EXCERPT_MOST || (end < length && (text[end] & 0xc0) == 0x80);)
		end--;
	value = end != 0 ? json_stringn(text, end) : NULL;
	free(text);
	return value;
}

/* The one observation, if it is a number and nothing else. */
static void set_number(json_t *test, const struct result *r)
{
	const char *text;
	char *end;
	long long value;

	if (r->observation_count != 1 || r->verdict == VERDICT_SKIP)
		return;
	text = r->observations[0].value;
	value = strtoll(text, &end, 10);
	if (end == text || *end != 0 || strlen(text) > 18)
		return;
	json_object_set_new(test, "number", json_pack("{s:I}", "value", (json_int_t)value));
}

static json_t *misc_of(const struct result *r)
{
	json_t *misc = json_object(), *observations;

	set_text(misc, "id", r->id);
	set_text(misc, "verdict", verdict_word(r->verdict));
	set_text(misc, "level", level_word(r->level));
	set_text(misc, "reason", r->reason);
	set_text(misc, "need", r->need);
	set_text(misc, "signal", r->signal);
	if (r->observation_count == 0)
		return misc;
	observations = json_object();
	for (size_t i = 0; i < r->observation_count; i++)
		json_object_set_new(observations, r->observations[i].name,
				    json_string(r->observations[i].value));
	json_object_set_new(misc, "observations", observations);
	return misc;
}

/* The difference that was expected, and whether this run shows it. */
static void add_incident(const struct export *e, const struct result *r, const char *test)
{
	const char *what = r->known.reason[0] != 0 ? r->known.reason : r->reason;
	const char *const parts[] = {"issue", r->id, what};
	char issue[ID_MOST], incident[ID_MOST];

	put_id(issue, e->origin, parts, 3);
	put_id(incident, e->origin, (const char *const[]){"incident", issue, test}, 3);
	if (!has_id(json_object_get(e->report, "issues"), issue)) {
		json_t *object = json_pack("{s:s,s:i,s:s,s:{s:b,s:b,s:b}}", "id", issue, "version",
					   1, "origin", e->origin, "culprit", "code", 1, "tool", 0,
					   "harness", 0);
		json_t *misc = json_object();

		set_text(object, "comment", what);
		set_text(misc, "why", r->known.why);
		set_text(misc, "source", r->known.source);
		json_object_set_new(object, "misc", misc);
		add(e, "issues", object);
	}
	add(e, "incidents",
	    json_pack("{s:s,s:s,s:s,s:i,s:s,s:b}", "id", incident, "origin", e->origin, "issue_id",
		      issue, "issue_version", 1, "test_id", test, "present",
		      r->verdict == VERDICT_KNOWN));
}

static json_t *new_test(const struct export *e, const char *id, const char *status)
{
	const struct platform *p = &e->run->header.platform;
	json_t *test = json_pack("{s:s,s:s,s:s,s:s}", "build_id", e->build, "id", id, "origin",
				 e->origin, "status", status);
	json_t *environment = json_object(), *misc = json_object();

	set_text(environment, "comment", p->name);
	set_text(misc, "libc", p->libc);
	set_text(misc, "namespaces", p->namespaces);
	json_object_set_new(environment, "misc", misc);
	json_object_set_new(test, "environment", environment);
	return test;
}

static void add_test(const struct export *e, const struct result *r)
{
	const struct test_case *c = &e->run->cases[r->case_index];
	char id[ID_MOST];
	json_t *test, *excerpt = excerpt_of(r);

	put_id(id, e->origin, (const char *const[]){"test", e->key, r->id}, 3);
	test = new_test(e, id, status_of(r));
	json_object_set_new(test, "path", path_of(r->id));
	set_text(test, "comment", c->claim);
	if (excerpt != NULL)
		json_object_set_new(test, "log_excerpt", excerpt);
	set_number(test, r);
	set_time(test, e->run->header.started, r->start_us);
	json_object_set_new(test, "duration", seconds(r->duration_us));
	json_object_set_new(test, "misc", misc_of(r));
	add(e, "tests", test);
	if (r->verdict == VERDICT_KNOWN || r->verdict == VERDICT_FIXED)
		add_incident(e, r, id);
}

/* Of what has no result nothing is known, not even its name: the run did not get so far. */
static void add_missing(const struct export *e)
{
	int64_t missing = e->run->header.selected - (int64_t)e->run->result_count;
	char id[ID_MOST], text[96];
	json_t *test;

	if (missing <= 0)
		return;
	put_id(id, e->origin, (const char *const[]){"missing", e->key}, 2);
	snprintf(text, sizeof(text), "the run did not come to its end: %lld results are missing",
		 (long long)missing);
	test = new_test(e, id, "MISS");
	json_object_set_new(test, "path", json_string("sockatlas"));
	json_object_set_new(test, "comment", json_string(text));
	set_time(test, e->run->header.started, 0);
	add(e, "tests", test);
}

/* The schema knows an architecture by small letters, digits and "_". */
static void set_architecture(json_t *build, const char *machine)
{
	if (machine[strspn(machine, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0)
		set_text(build, "architecture", machine);
}

/* The kernel that answered: it was not checked out here, and its commit is not known. */
static void add_kernel(const struct export *e)
{
	const struct platform *p = &e->run->header.platform;
	json_t *object;

	if (!has_id(json_object_get(e->report, "checkouts"), e->checkout)) {
		object = json_pack("{s:s,s:s,s:b}", "id", e->checkout, "origin", e->origin, "valid",
				   1);
		set_text(object, "comment", p->kernel_release);
		add(e, "checkouts", object);
	}
	if (has_id(json_object_get(e->report, "builds"), e->build))
		return;
	object = json_pack("{s:s,s:s,s:s,s:s}", "checkout_id", e->checkout, "id", e->build,
			   "origin", e->origin, "status", "PASS");
	set_text(object, "comment", p->kernel_version);
	set_architecture(object, p->machine);
	add(e, "builds", object);
}

bool kcidb_add(json_t *report, const struct run *run, const char *origin)
{
	const struct header *h = &run->header;
	const struct platform *p = &h->platform;
	struct export e = {.report = report, .run = run, .origin = origin};
	const char *const of_run[] = {h->started,	 h->revision,	    p->name,	p->kernel,
				      p->kernel_release, p->kernel_version, p->machine, p->libc};

	put_id(e.checkout, origin,
	       (const char *const[]){"checkout", p->kernel, p->sysname, p->kernel_release}, 4);
	put_id(e.build, origin,
	       (const char *const[]){"build", e.checkout, p->kernel_version, p->machine}, 4);
	digest_of(e.key, of_run, sizeof(of_run) / sizeof(of_run[0]));
	if (run->result_count != 0) {
		char id[ID_MOST];

		put_id(id, origin, (const char *const[]){"test", e.key, run->results[0].id}, 3);
		if (has_id(json_object_get(report, "tests"), id))
			return false;
	}
	add_kernel(&e);
	for (size_t i = 0; i < run->result_count; i++)
		add_test(&e, &run->results[i]);
	add_missing(&e);
	return true;
}
