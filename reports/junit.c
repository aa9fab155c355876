/* SPDX-License-Identifier: MIT */
/*
 * JUnit XML, in the dialect that CI systems read: a test suite for each file of each
 * run, a test case for each variant. A known difference counts as skipped, as it does
 * in the exit status; one that is fixed is a failure until its entry is removed.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/commands.h"

static void attribute(FILE *out, const char *name, const char *value)
{
	fprintf(out, " %s=\"", name);
	escape_xml_attribute(out, value);
	putc('"', out);
}

/* name="inet/tcp_bind", and what misbehaved on purpose, so that nobody misses it. */
static void put_name(FILE *out, const char *name, const char *deviation)
{
	fputs(" name=\"", out);
	escape_xml_attribute(out, name);
	if (deviation[0] != 0) {
		fputs(" (deviation ", out);
		escape_xml_attribute(out, deviation);
		putc(')', out);
	}
	putc('"', out);
}

static void seconds(FILE *out, const char *name, int64_t us)
{
	fprintf(out, " %s=\"%" PRId64 ".%06" PRId64 "\"", name, us / 1000000, us % 1000000);
}

enum class { GOOD, SKIPPED, FAILURE, ERROR };

static enum class class_of(enum verdict v) {
	switch (v){
		case VERDICT_PASS : return GOOD;
		case VERDICT_SKIP : case VERDICT_KNOWN : return SKIPPED;
		case VERDICT_FAIL : case VERDICT_FIXED : return FAILURE;
		default : return ERROR;
	}
}

struct counts {
	size_t tests, failures, errors, skipped;
	int64_t us;
};

static void count(struct counts *c, const struct result *r)
{
	enum class class = class_of(r->verdict);

	c->tests++;
	c->failures += class == FAILURE;
	c->errors += class == ERROR;
	c->skipped += class == SKIPPED;
	if (r->duration_us < INT64_MAX / 4 && c->us < INT64_MAX / 4)
		c->us += r->duration_us;
}

static void put_counts(FILE *out, const struct counts *c)
{
	fprintf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"", c->tests,
		c->failures, c->errors, c->skipped);
	seconds(out, "time", c->us);
}

static const struct check *first_failed(const struct result *r)
{
	for (size_t i = 0; i < r->check_count; i++) {
		if (!r->checks[i].ok)
			return &r->checks[i];
	}
	return NULL;
}

/* message="TEXT: expected X, observed Y", or the reason. */
static void put_message(FILE *out, const struct result *r)
{
	const struct check *c = first_failed(r);

	fputs(" message=\"", out);
	if (r->signal[0] != 0) {
		escape_xml_attribute(out, r->signal);
		if (r->reason[0] != 0 || c != NULL)
			fputs(": ", out);
	}
	escape_xml_attribute(out, r->reason);
	if (c != NULL) {
		if (r->reason[0] != 0)
			fputs(": ", out);
		escape_xml_attribute(out, c->text);
		fputs(": expected ", out);
		escape_xml_attribute(out, c->expected);
		fputs(", observed ", out);
		escape_xml_attribute(out, c->observed);
	}
	putc('"', out);
}

static void put_failure(FILE *out, const char *element, const struct run *run,
			const struct result *r, const struct test_case *c)
{
	char *again = run_command(run, r->id);

	fprintf(out, "<%s", element);
	attribute(out, "type", verdict_word(r->verdict));
	put_message(out, r);
	fputs(">", out);
	escape_xml(out, c->claim);
	putc('\n', out);
	for (size_t i = 0; i < r->check_count; i++) {
		const struct check *k = &r->checks[i];

		if (k->ok)
			continue;
		escape_xml(out, k->file);
		fprintf(out, ":%" PRId64 ": ", k->line);
		escape_xml(out, k->text);
		fputs("\n  expected ", out);
		escape_xml(out, k->expected);
		fputs("\n  observed ", out);
		escape_xml(out, k->observed);
		putc('\n', out);
	}
	fputs("run it again: ", out);
	escape_xml(out, again);
	fprintf(out, "</%s>", element);
	free(again);
}

static void put_case(FILE *out, const struct run *run, const struct result *r,
		     const struct test_case *c)
{
	size_t length = group_length(c->id);
	char *group = strndup(c->id, length);

	fputs("<testcase", out);
	attribute(out, "classname", group != NULL ? group : "");
	attribute(out, "name", r->id + length + 1);
	if (c->file[0] != 0)
		attribute(out, "file", c->file);
	if (c->first_line != 0)
		fprintf(out, " line=\"%" PRId64 "\"", c->first_line);
	seconds(out, "time", r->duration_us);
	fputs(">", out);
	free(group);
	switch (class_of(r->verdict)) {
	case SKIPPED:
		fputs("<skipped message=\"", out);
		if (r->verdict == VERDICT_KNOWN)
			fputs("known difference: ", out);
		if (r->need[0] != 0) {
			escape_xml_attribute(out, r->need);
			fputs(": ", out);
		}
		escape_xml_attribute(out, r->reason);
		fputs("\"/>", out);
		break;
	case FAILURE:
		put_failure(out, "failure", run, r, c);
		break;
	case ERROR:
		put_failure(out, "error", run, r, c);
		break;
	default:
		break;
	}
	if (r->output[0] != 0) {
		fputs("<system-out>", out);
		escape_xml(out, r->output);
		fputs("</system-out>", out);
	}
	fputs("</testcase>\n", out);
}

static void property(FILE *out, const char *name, const char *value)
{
	fputs("<property", out);
	attribute(out, "name", name);
	attribute(out, "value", value);
	fputs("/>", out);
}

/* The cases [first, last) are those of one file. */
static void put_suite(FILE *out, const struct atlas *a, size_t run, size_t first, size_t last)
{
	const char *id = a->cases[first].id;
	const struct header *h = &a->runs[run]->header;
	char *name = strndup(id, group_length(id));
	struct counts counts = {0};

	for (size_t i = first; i < last; i++) {
		for (size_t v = 0; v < a->cases[i].count; v++) {
			if (a->cases[i].variants[v].results[run] != NULL)
				count(&counts, a->cases[i].variants[v].results[run]);
		}
	}
	if (counts.tests != 0) {
		fputs("<testsuite", out);
		put_name(out, name != NULL ? name : id, h->deviation);
		put_counts(out, &counts);
		/* A time without a zone is what the schema of Jenkins takes. */
		if (h->started[0] != 0) {
			size_t length = strlen(h->started);
			char *zoneless = strndup(
				h->started, h->started[length - 1] == 'Z' ? length - 1 : length);

			attribute(out, "timestamp", zoneless != NULL ? zoneless : h->started);
			free(zoneless);
		}
		attribute(out, "hostname", a->labels[run]);
		fputs(">\n<properties>", out);
		property(out, "kernel", h->platform.kernel_release);
		property(out, "machine", h->platform.machine);
		property(out, "libc", h->platform.libc);
		property(out, "sockatlas", h->version);
		if (h->deviation[0] != 0)
			property(out, "deviation", h->deviation);
		fputs("</properties>\n", out);
		for (size_t i = first; i < last; i++) {
			for (size_t v = 0; v < a->cases[i].count; v++) {
				const struct result *r = a->cases[i].variants[v].results[run];

				if (r != NULL)
					put_case(out, a->runs[run], r, a->cases[i].info);
			}
		}
		fputs("</testsuite>\n", out);
	}
	free(name);
}

void junit_write(FILE *out, const struct atlas *a)
{
	struct counts counts = {0};

	for (size_t i = 0; i < a->run_count; i++) {
		for (size_t k = 0; k < a->runs[i]->result_count; k++)
			count(&counts, &a->runs[i]->results[k]);
	}
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", out);
	put_name(out, "sockatlas", a->run_count == 1 ? a->runs[0]->header.deviation : "");
	put_counts(out, &counts);
	fputs(">\n", out);
	for (size_t run = 0; run < a->run_count; run++) {
		size_t first = 0;

		for (size_t i = 1; i <= a->case_count; i++) {
			if (i < a->case_count && group_is_same(a->cases[first].id, a->cases[i].id))
				continue;
			put_suite(out, a, run, first, i);
			first = i;
		}
	}
	fputs("</testsuites>\n", out);
}
