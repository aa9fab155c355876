/* SPDX-License-Identifier: MIT */
/* Header, source, case and footer lines. */
#include "reports/results/parse.h"

#include <string.h>

enum { FORMAT_VERSION = 1 };

enum level parse_level(struct reading *r, const json_t *object)
{
	const char *name = member_string(r, object, "level", false);

	for (enum level l = LEVEL_NONE; l < LEVELS; l++) {
		if (strcmp(name, level_word(l)) == 0)
			return l;
	}
	reading_fail(r, "\"level\" is none of POSIX, RFC, LINUX, ABI, OBSERVED");
	return LEVEL_NONE;
}

bool id_is_valid(const char *id)
{
	bool slash = false;

	for (const unsigned char *p = (const unsigned char *)id; *p != 0; p++) {
		if (*p <= ' ' || *p == 0x7f)
			return false;
		if (*p == '/') {
			if (p == (const unsigned char *)id || p[-1] == '/' || p[1] == 0)
				return false;
			slash = true;
		}
	}
	return slash;
}

static void parse_probe(struct reading *r, const json_t *object, void *into)
{
	struct probe *p = into;

	p->name = member_string(r, object, "name", true);
	p->ok = member_bool(r, object, "ok", false);
	p->reason = member_string(r, object, "reason", false);
	p->what = member_string(r, object, "what", false);
}

static void parse_platform(struct reading *r, const json_t *object, struct platform *p)
{
	p->name = member_string(r, object, "name", false);
	p->kernel = member_string(r, object, "kernel", false);
	p->sysname = member_string(r, object, "sysname", false);
	p->kernel_release = member_string(r, object, "kernel_release", false);
	p->kernel_version = member_string(r, object, "kernel_version", false);
	p->machine = member_string(r, object, "machine", false);
	p->libc = member_string(r, object, "libc", false);
	p->page_size = member_count(r, object, "page_size");
	p->byte_order = member_string(r, object, "byte_order", false);
	p->pointer_bits = member_count(r, object, "pointer_bits");
	p->cpus = member_count(r, object, "cpus");
	p->user = member_string(r, object, "user", false);
	p->uid = member_count(r, object, "uid");
	p->namespaces = member_string(r, object, "namespaces", false);
	p->namespaces_reason = member_string(r, object, "namespaces_reason", false);
}

void parse_header(struct reading *r, const json_t *line)
{
	struct header *h = &r->run->header;
	const char *format = member_string(r, line, "format", true);
	int64_t version = member_count(r, line, "version");
	const json_t *program = member_object(r, line, "sockatlas");

	if (r->run->has_header) {
		reading_fail(r, "a second header");
		return;
	}
	if (strcmp(format, r->format) != 0)
		reading_fail(r, "\"format\" is not \"%s\"", r->format);
	if (version != FORMAT_VERSION)
		reading_fail(r, "version %lld of the format; this program reads version %d",
			     (long long)version, FORMAT_VERSION);
	r->run->has_header = true;
	h->version = member_string(r, program, "version", false);
	h->revision = member_string(r, program, "revision", false);
	h->build = member_string(r, program, "build", false);
	h->sanitizers = member_string(r, program, "sanitizers", false);
	parse_platform(r, member_object(r, line, "platform"), &h->platform);
	h->started = member_string(r, line, "started", false);
	h->deviation = member_string(r, line, "deviation", false);
	h->jobs = member_count(r, line, "jobs");
	h->selected = member_count(r, line, "selected");
	h->available = member_count(r, line, "available");
	h->only = member_string(r, line, "only", false);
	h->probes =
		member_objects(r, line, "probes", sizeof(*h->probes), &h->probe_count, parse_probe);
}

void parse_source(struct reading *r, const json_t *line)
{
	struct run *run = r->run;
	struct source s = {.file = member_string(r, line, "file", true),
			   .text = member_string(r, line, "text", false)};

	if (r->problem[0] != 0)
		return;
	if (!strmap_add(&run->source_map, s.file, run->source_count)) {
		reading_fail(r, "the source file %.100s appears twice", s.file);
		return;
	}
	run->sources =
		memory_grow(run->sources, &run->source_room, run->source_count + 1, sizeof(s));
	run->sources[run->source_count++] = s;
}

void parse_case(struct reading *r, const json_t *line)
{
	struct run *run = r->run;
	struct test_case c = {
		.id = member_string(r, line, "case", true),
		.file = member_string(r, line, "file", false),
		.claim = member_string(r, line, "claim", false),
		.lesson = member_string(r, line, "lesson", false),
		.level = parse_level(r, line),
		.spec = member_string(r, line, "spec", false),
		.topology = member_string(r, line, "topology", false),
		.tags = member_strings(r, line, "tags"),
		.needs = member_strings(r, line, "needs"),
		.variants = member_strings(r, line, "variants"),
		.first_line = member_count(r, line, "first_line"),
		.last_line = member_count(r, line, "last_line"),
		.since = member_string(r, line, "since", false),
		.removed = member_string(r, line, "removed", false),
		.timeout_ms = member_count(r, line, "timeout_ms"),
		.waits = member_bool(r, line, "waits", false),
	};

	if (r->problem[0] == 0 && !id_is_valid(c.id))
		reading_fail(r, "\"case\" is not an id: \"folder/file/name\"");
	if (r->problem[0] != 0)
		return;
	if (!strmap_add(&run->case_map, c.id, run->case_count)) {
		reading_fail(r, "the case %.100s appears twice", c.id);
		return;
	}
	run->cases = memory_grow(run->cases, &run->case_room, run->case_count + 1, sizeof(c));
	run->cases[run->case_count++] = c;
}

static void compare_counts(struct reading *r, int64_t said, size_t there, const char *what)
{
	if (r->problem[0] == 0 && (size_t)said != there)
		reading_fail(r, "the footer counts %lld %s, but there are %zu", (long long)said,
			     what, there);
}

void parse_footer(struct reading *r, const json_t *line)
{
	struct footer *f = &r->run->footer;

	if (r->run->has_footer)
		reading_fail(r, "a second footer");
	r->run->has_footer = true;
	for (enum verdict v = VERDICT_PASS; v < VERDICTS; v++)
		f->verdicts[v] = member_count(r, line, verdict_word(v));
	f->duration_us = member_count(r, line, "duration_us");
	f->cpu_us = member_count(r, line, "cpu_us");
	f->longest_us = member_count(r, line, "longest_us");
	f->peak_rss_kib = member_count(r, line, "peak_rss_kib");
	f->exit_status = member_count(r, line, "exit_status");
	f->interrupted = member_bool(r, line, "interrupted", false);
	if (strcmp(r->format, FORMAT_DEVIATIONS) == 0)
		compare_counts(r, member_count(r, line, "deviations"), r->run->deviation_count,
			       "deviations");
	else
		compare_counts(r, f->results = member_count(r, line, "results"),
			       r->run->result_count, "results");
}
