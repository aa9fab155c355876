/* SPDX-License-Identifier: MIT */
/* The first and the last line: what ran where, and how it ended. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/probe/probe.h"
#include "harness/results/json.h"
#include "harness/results/version.h"
#include "harness/results/writer.h"

static const char *sanitizers(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return "address,undefined";
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return "address,undefined";
#else
	return "";
#endif
#else
	return "";
#endif
}

static void write_platform(struct json *j, const struct run_header *header)
{
	const struct platform *p = header->platform;

	json_open(j, "platform", '{');
	json_put_string(j, "name", p->name);
	json_put_string(j, "kernel", p->kernel);
	json_put_string(j, "sysname", p->uname.sysname);
	json_put_string(j, "kernel_release", p->uname.release);
	json_put_string(j, "kernel_version", p->uname.version);
	json_put_string(j, "machine", p->uname.machine);
	json_put_string(j, "libc", p->libc);
	json_put_integer(j, "page_size", sysconf(_SC_PAGESIZE));
	json_put_string(j, "byte_order", p->byte_order);
	json_put_integer(j, "pointer_bits", p->pointer_bits);
	json_put_integer(j, "cpus", sysconf(_SC_NPROCESSORS_ONLN));
	json_put_string(j, "user", header->user);
	json_put_integer(j, "uid", header->uid);
	json_put_string(j, "namespaces", sandbox_mode_name(header->mode));
	json_put_string(j, "namespaces_reason", header->mode_reason);
	json_close(j, '}');
}

static void write_probes(struct json *j, enum sandbox_mode mode)
{
	json_open(j, "probes", '[');
	for (size_t i = 0; probe_at(i) != NULL; i++) {
		const struct probe_result *r;

		if (mode == SANDBOX_NONE)
			break;
		r = probe_result(probe_at(i)->name);
		json_open(j, NULL, '{');
		json_put_string(j, "name", r->probe->name);
		json_put_bool(j, "ok", r->ok);
		json_put_string(j, "reason", r->reason);
		json_put_string(j, "what", r->probe->what);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_shard(struct json *j, const struct shard *shard)
{
	char digest[17];

	snprintf(digest, sizeof(digest), "%016llx", (unsigned long long)shard->digest);
	json_open(j, "shard", '{');
	json_put_integer(j, "index", shard->index);
	json_put_integer(j, "count", shard->count);
	json_put_integer(j, "of", (int64_t)shard->of);
	json_put_string(j, "digest", digest);
	json_close(j, '}');
}

void results_header(FILE *file, const struct run_header *header)
{
	struct json j = {file, false};
	char started[32];
	time_t now = time(NULL);
	struct tm utc;

	strftime(started, sizeof(started), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
	json_open(&j, NULL, '{');
	json_put_string(&j, "type", "header");
	json_put_string(&j, "format", header->format ? header->format : "sockatlas-results");
	json_put_integer(&j, "version", 1);
	json_open(&j, "sockatlas", '{');
	json_put_string(&j, "version", SOCKATLAS_VERSION);
	json_put_string(&j, "revision", SOCKATLAS_REVISION);
	json_put_string(&j, "build", SOCKATLAS_BUILD);
	json_put_string(&j, "sanitizers", sanitizers());
	json_close(&j, '}');
	write_platform(&j, header);
	json_put_string(&j, "started", started);
	if (header->deviation != NULL)
		json_put_string(&j, "deviation", header->deviation);
	else
		json_put_null(&j, "deviation");
	json_put_integer(&j, "jobs", header->jobs);
	json_put_integer(&j, "timeout_percent", header->timeout_percent);
	json_put_integer(&j, "selected", header->selected);
	if (header->shard->count > 0)
		write_shard(&j, header->shard);
	if (header->available != 0) {
		json_put_integer(&j, "available", header->available);
		if (header->only != NULL)
			json_put_string(&j, "only", header->only);
		else
			json_put_null(&j, "only");
	}
	write_probes(&j, header->mode);
	json_close(&j, '}');
	putc('\n', file);
	/* A case is a fork of this process: what is still in the buffer it could write again. */
	fflush(file);
}

void results_footer(FILE *file, const struct run_footer *footer)
{
	struct json j = {file, false};
	unsigned int total = 0;

	for (int i = 0; i < VERDICT_COUNT; i++)
		total += footer->counts[i];
	json_open(&j, NULL, '{');
	json_put_string(&j, "type", "footer");
	json_put_integer(&j, "results", total);
	for (int i = 0; i < VERDICT_COUNT; i++)
		json_put_integer(&j, verdict_name((enum verdict)i), footer->counts[i]);
	json_put_integer(&j, "duration_us", footer->duration_us);
	json_put_integer(&j, "cpu_us", footer->cpu_us);
	json_put_integer(&j, "longest_us", footer->longest_us);
	json_put_integer(&j, "peak_rss_kib", footer->peak_rss_kib);
	json_put_integer(&j, "exit_status", footer->exit_status);
	json_put_bool(&j, "interrupted", footer->interrupted);
	json_close(&j, '}');
	putc('\n', file);
}
