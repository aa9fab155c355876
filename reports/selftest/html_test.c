/* SPDX-License-Identifier: MIT */
/* The page: complete, and nothing in it but what we wrote. */
#include "reports/html/html.h"

#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/deviations/findings.h"
#include "reports/html/highlight.h"
#include "reports/html/ladder.h"
#include "reports/results/read.h"
#include "reports/selftest/support.h"

static bool has(const char *text, const char *part)
{
	bool found = strstr(text, part) != NULL;

	if (!found)
		printf("     not there: %s\n", part);
	return found;
}

SELFTEST(page_has_every_part)
{
	struct run *run = run_of_fixture("small.jsonl");
	char *page;

	if (run == NULL)
		return;
	page = page_of(run);
	CU_ASSERT(has(page, "<section id=\"summary\""));
	CU_ASSERT(has(page, "<section id=\"attention\""));
	CU_ASSERT(has(page, "<table id=\"table\">"));
	CU_ASSERT(has(page, "<section id=\"skips\">"));
	CU_ASSERT(has(page, "<section id=\"platforms\">"));
	CU_ASSERT(has(page, "<article id=\"inet/tcp_bind/bind_to_a_port_in_use\">"));
	CU_ASSERT(has(page,
		      "<section class=\"variant\" id=\"inet/tcp_bind/bind_to_a_port_in_use/v6\">"));
	CU_ASSERT(has(page, "href=\"#inet/tcp_bind/bind_to_a_port_in_use/v6\""));
	CU_ASSERT(has(page, "<code>sockatlas run inet/tcp_bind/bind_to_a_port_in_use/v6</code>"));
	CU_ASSERT(has(page, "a second <em>connection</em>"));
	CU_ASSERT(has(page, "<code>python3 -m http.server 8080</code>"));
	CU_ASSERT(has(page, "<i>addr</i>\xc2\xa0{AF_INET6, [::1]:0}"));
	CU_ASSERT(has(page, "127.0.0.1:40312 to 127.0.0.1:36777: </span>TCP SYN"));
	CU_ASSERT(has(page, "<span>host a</span><span>host b</span>"));
	CU_ASSERT(has(page, "Source Port <b>40312</b><i>9d 78</i>"));
	CU_ASSERT(has(page, "data-words=\"socket() AF_INET"));
	CU_ASSERT_EQUAL(occurrences(page, "<script>"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "</script>"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "http://") + occurrences(page, "https://"), 0);
	free(page);
	run_free(run);
}

SELFTEST(hostile_text_stays_text)
{
	struct run *run = run_of_fixture("hostile.jsonl");
	char *page;

	if (run == NULL)
		return;
	page = page_of(run);
	CU_ASSERT_EQUAL(occurrences(page, "<script"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "<img"), 0);
	CU_ASSERT_EQUAL(occurrences(page, "</style"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "</title"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "</textarea"), 0);
	CU_ASSERT_EQUAL(occurrences(page, "\"onmouseover="), 0);
	CU_ASSERT_EQUAL(occurrences(page, " onmouseover="), 0);
	CU_ASSERT_EQUAL(occurrences(page, "\x1b"), 0);
	CU_ASSERT_EQUAL(occurrences(page, "\xe2\x80\xae"), 0);
	CU_ASSERT(has(page, "&lt;script&gt;window.pwned=1"));
	free(page);
	run_free(run);
}

SELFTEST(ids_are_written_once)
{
	struct run *run = run_of_fixture("small.jsonl");
	struct strmap seen = {0};
	struct arena arena = {0};
	char *page;

	if (run == NULL)
		return;
	page = page_of(run);
	for (const char *p = strstr(page, " id=\""); p != NULL; p = strstr(p + 1, " id=\"")) {
		const char *id = arena_string(&arena, p + 5, strcspn(p + 5, "\""));

		if (!strmap_add(&seen, id, 0)) {
			printf("     twice: %s\n", id);
			CU_FAIL("an id is there twice");
		}
	}
	strmap_free(&seen);
	arena_free(&arena);
	free(page);
	run_free(run);
}

static char *lesson_of(const char *text)
{
	char *html = NULL;
	size_t length;
	FILE *out = open_memstream(&html, &length);

	if (out != NULL) {
		html_lesson(out, text);
		fclose(out);
	}
	return html;
}

SELFTEST(lessons_become_paragraphs)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"One\nline.\n\nTwo.", "<p>One\nline.</p>\n<p>Two.</p>\n"},
		{"`a<b` and *so*", "<p><code>a&lt;b</code> and <em>so</em></p>\n"},
		{"2 * 3 * 4, a*b*c, **x**, ` `", "<p>2 * 3 * 4, a*b*c, **x**, ` `</p>\n"},
		{"an `open one", "<p>an `open one</p>\n"},
		{"Either:\n- one\n  more\n- two",
		 "<p>Either:\n</p>\n<ul><li>one\n  more<li>two</ul>\n"},
		{"  a -- b\n  |", "<pre>  a -- b\n  |</pre>\n"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *html = lesson_of(cases[i][0]);

		CU_ASSERT_STRING_EQUAL(html, cases[i][1]);
		if (strcmp(html, cases[i][1]) != 0)
			printf("     got %s\n", html);
		free(html);
	}
}

static char *highlighted(struct highlight *state, const char *line)
{
	char *html = NULL;
	size_t length;
	FILE *out = open_memstream(&html, &length);

	if (out != NULL) {
		highlight_line(out, state, line, strlen(line));
		fclose(out);
	}
	return html;
}

SELFTEST(source_is_highlighted)
{
	static const char *const lines[][2] = {
		{"int x = SO_LINGER;", "<i class=\"k\">int</i> x = <i class=\"m\">SO_LINGER</i>;"},
		{"s(\"a\\\"<b>\", 'c', 0x7f)",
		 "s(<i class=\"s\">&quot;a\\&quot;&lt;b&gt;&quot;</i>, "
		 "<i class=\"s\">&#39;c&#39;</i>, <i class=\"n\">0x7f</i>)"},
		{"a /* b", "a <i class=\"c\">/* b</i>"},
		{"int */ c;", "<i class=\"c\">int */</i> c;"},
		{"#define X 1", "<i class=\"p\">#define X 1</i>"},
		{"x // y", "x <i class=\"c\">// y</i>"},
		{"/*/ x */ y", "<i class=\"c\">/*/ x */</i> y"},
		{"\"open", "<i class=\"s\">&quot;open</i>"},
	};
	struct highlight state = {0};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char *html = highlighted(&state, lines[i][0]);

		CU_ASSERT_STRING_EQUAL(html, lines[i][1]);
		free(html);
	}
}

SELFTEST(arrows_know_their_ends)
{
	struct run *run = run_of_fixture("small.jsonl");
	const struct result *lo, *pair, *icmp;
	struct ladder ladder;

	if (run == NULL)
		return;
	lo = run_result(run, "inet/tcp_life/handshake_and_close/v6");
	pair = run_result(run, "inet/tcp_life/handshake_and_close_over_a_link/v4");
	icmp = run_result(run, "inet/udp_errors/send_to_a_closed_port");
	NEED(lo != NULL && pair != NULL && icmp != NULL);
	ladder_find(&ladder, lo);
	CU_ASSERT(ladder.ends);
	CU_ASSERT_EQUAL(ladder.lane_count, 2);
	CU_ASSERT_STRING_EQUAL(ladder.lanes[0], "[::1]:51822");
	CU_ASSERT(ladder.arrows[0].from == 0 && ladder.arrows[0].to == 1U << 1);
	CU_ASSERT(ladder.arrows[1].from == 1 && ladder.arrows[1].to == 1U << 0);
	ladder_free(&ladder);
	ladder_find(&ladder, pair);
	CU_ASSERT_FALSE(ladder.ends);
	CU_ASSERT_STRING_EQUAL(ladder.lanes[1], "b");
	CU_ASSERT(ladder.arrows[0].from == 0 &&
		  ladder.arrows[0].to == 1U << 1); /* ARP, broadcast */
	CU_ASSERT(ladder.arrows[1].from == 1 && ladder.arrows[1].to == 1U << 0);
	ladder_free(&ladder);
	ladder_find(&ladder, icmp);
	CU_ASSERT_STRING_EQUAL(ladder.lanes[1], "127.0.0.1:9");
	CU_ASSERT(ladder.arrows[1].from == 1 && ladder.arrows[1].to == 1U << 0);
	ladder_free(&ladder);
	run_free(run);
}

/* The page of a run with what a deviations file says; the caller frees it. */
static char *page_with(const char *results, const char *deviations)
{
	struct run *run = run_of_fixture(results);
	struct run *proof = deviations_read(deviations, NULL, error, sizeof(error));
	struct findings findings;
	struct atlas atlas;
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (run != NULL && proof != NULL && out != NULL) {
		findings_collect(&findings, &proof, 1);
		atlas_merge(&atlas, &run, 1);
		atlas.findings = &findings;
		html_page(out, &atlas);
		atlas_free(&atlas);
		findings_free(&findings);
	}
	if (out != NULL)
		fclose(out);
	run_free(run);
	run_free(proof);
	return text;
}

SELFTEST(page_tells_what_is_noticed)
{
	char *page = page_with("small.jsonl", "fixtures/results/deviations.jsonl");

	NEED(page != NULL);
	CU_ASSERT(has(page, "<b>71.4\xc2\xa0%</b></a> of 7 ways"));
	CU_ASSERT(has(page, "<section id=\"deviations\">"));
	CU_ASSERT(has(page, "<a href=\"#deviations\">Deviations</a>"));
	CU_ASSERT(has(page, "<details id=\"unnoticed\"><summary><b class=\"bad\">2</b>"));
	CU_ASSERT(has(page, "<details id=\"about-EADDRINUSE\"><summary><code>EADDRINUSE</code> "
			    "<small>2 of 2</small>"));
	CU_ASSERT(has(page, "<details id=\"about-SO_RCVLOWAT\">"));
	CU_ASSERT(has(page, "<small class=\"bad\">1 of 2</small>"));
	CU_ASSERT(has(page, "this case notices <b>4 of 5</b> ways"));
	CU_ASSERT(has(page, "<small>line </small><small>36</small> "
			    "<code>bind(b, taken.sa, taken.length)</code><td><code>bind() "
			    "EADDRINUSE</code> \xe2\x86\x92 EINVAL, success\n"));
	CU_ASSERT_EQUAL(occurrences(page, "class=\"tried\""), 3);
	CU_ASSERT_EQUAL(occurrences(page, "1 more were offered"), 1);
	free(page);
}

SELFTEST(page_without_deviations_has_none)
{
	struct run *run = run_of_fixture("small.jsonl");
	char *page;

	if (run == NULL)
		return;
	page = page_of(run);
	CU_ASSERT_EQUAL(occurrences(page, "id=\"deviations\""), 0);
	CU_ASSERT_EQUAL(occurrences(page, "class=\"tried\""), 0);
	CU_ASSERT_EQUAL(occurrences(page, "class=\"deviated\""), 0);
	free(page);
	run_free(run);
}

SELFTEST(hostile_deviations_stay_text)
{
	char *page = page_with("hostile.jsonl", "fixtures/results/hostile-deviations.jsonl");

	NEED(page != NULL);
	CU_ASSERT_EQUAL(occurrences(page, "<script"), 1);
	CU_ASSERT_EQUAL(occurrences(page, "<img"), 0);
	CU_ASSERT_EQUAL(occurrences(page, "\"onmouseover="), 0);
	CU_ASSERT_EQUAL(occurrences(page, "\x1b"), 0);
	CU_ASSERT_EQUAL(occurrences(page, "\xe2\x80\xae"), 0);
	CU_ASSERT(has(page, "&lt;img/src=x/onerror=window.pwned=1&gt;"));
	free(page);
}

SELFTEST(page_of_a_deviated_run_says_so)
{
	struct run *run = run_of_fixture("deviated.jsonl");
	char *page;

	if (run == NULL)
		return;
	page = page_of(run);
	CU_ASSERT(has(page, "<p class=\"deviated\" role=\"note\"><b>Not the results of a platform:"
			    "</b> calls were made to misbehave on purpose, as "
			    "<code>bind:EADDRINUSE:success</code> says.</p>"));
	CU_ASSERT(has(page, ", bind:EADDRINUSE:success</title>"));
	CU_ASSERT_EQUAL(occurrences(page, "made to misbehave:</small> = <b>0</b>"), 2);
	free(page);
	run_free(run);
}
