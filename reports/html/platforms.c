/* SPDX-License-Identifier: MIT */
/* What each run ran on, and what that platform can do. */
#include <inttypes.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"

static void put_fact(FILE *out, const char *name, const char *value)
{
	if (value[0] == 0)
		return;
	fprintf(out, "<tr><th scope=\"row\">%s", name);
	html_wrap_cut(out, "<td>", value, 500, "\n");
}

static void put_number(FILE *out, const char *name, int64_t value, const char *unit)
{
	if (value != 0)
		fprintf(out, "<tr><th scope=\"row\">%s<td>%" PRId64 "%s\n", name, value, unit);
}

static void put_facts(FILE *out, const struct run *run)
{
	const struct platform *p = &run->header.platform;

	fputs("<table class=\"facts\"><tbody>\n", out);
	put_fact(out, "System", p->sysname);
	put_fact(out, "Kernel", p->kernel_release);
	put_fact(out, "Kernel version", p->kernel_version);
	put_fact(out, "Machine", p->machine);
	put_fact(out, "C library", p->libc);
	put_number(out, "Page size", p->page_size, " bytes");
	put_fact(out, "Byte order", p->byte_order);
	put_number(out, "Pointer", p->pointer_bits, " bits");
	put_number(out, "Processors", p->cpus, "");
	put_fact(out, "User", p->user);
	put_fact(out, "Namespaces", p->namespaces);
	put_fact(out, "because", p->namespaces_reason);
	put_fact(out, "sockatlas", run->header.version);
	put_fact(out, "Revision", run->header.revision);
	put_fact(out, "Build", run->header.build);
	put_fact(out, "Sanitizers", run->header.sanitizers);
	put_fact(out, "Started", run->header.started);
	put_fact(out, "Deviation", run->header.deviation);
	put_number(out, "Jobs", run->header.jobs, "");
	if (run->has_footer) {
		put_number(out, "Processor time", run->footer.cpu_us / 1000, " ms");
		put_number(out, "Longest case", run->footer.longest_us / 1000, " ms");
		put_number(out, "Runner's memory", run->footer.peak_rss_kib, " KiB at most");
	}
	put_fact(out, "Results file", run->path);
	fputs("</tbody></table>\n", out);
}

static void put_probes(FILE *out, const struct run *run)
{
	if (run->header.probe_count == 0)
		return;
	fputs("<table class=\"probes\"><caption>What it can do, found by doing it</caption>"
	      "<thead><tr><th>Need<th>Here<th>What was tried<th>Why not</thead><tbody>\n",
	      out);
	for (size_t i = 0; i < run->header.probe_count; i++) {
		const struct probe *p = &run->header.probes[i];

		html_wrap(out, "<tr><td><code>", p->name, "</code>");
		fprintf(out, "<td><span class=\"v %s\">%s</span>", p->ok ? "pass" : "skip",
			p->ok ? "\xe2\x9c\x93\xc2\xa0yes" : "\xe2\x88\x92\xc2\xa0no");
		html_wrap(out, "<td>", p->what, "");
		html_wrap(out, "<td>", p->reason, "\n");
	}
	fputs("</tbody></table>\n", out);
}

void html_platforms(struct html *h)
{
	FILE *out = h->out;

	fputs("<section id=\"platforms\"><h2>Platforms</h2>\n", out);
	for (size_t i = 0; i < h->atlas->run_count; i++) {
		fprintf(out, "<details%s>", h->atlas->run_count == 1 ? " open" : "");
		html_wrap(out, "<summary>", h->atlas->labels[i],
			  "</summary>\n<div class=\"cols\">");
		put_facts(out, h->atlas->runs[i]);
		put_probes(out, h->atlas->runs[i]);
		fputs("</div></details>\n", out);
	}
	fputs("</section>\n", out);
}
