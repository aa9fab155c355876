/* SPDX-License-Identifier: MIT */
/* Findings: what became of each deviation, who should have noticed, and what explains it. */
#include "reports/deviations/findings.h"

#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"
#include "reports/deviations/explained.h"
#include "reports/deviations/score.h"
#include "reports/deviations/write.h"
#include "reports/results/read.h"
#include "reports/selftest/support.h"

#define DEVIATIONS_HEADER "{\"type\":\"header\",\"format\":\"sockatlas-deviations\",\"version\":1"
#define WHOLE		  DEVIATIONS_HEADER ",\"selected\":3,\"available\":3,\"only\":null}\n"
#define TRIAL(id, verdict, noticed, acted)                                                         \
	"{\"id\":\"" id "\",\"verdict\":\"" verdict "\",\"noticed\":" noticed ",\"acted\":" acted  \
	"}"
#define DEVIATION(name, cases)                                                                     \
	"{\"type\":\"deviation\",\"name\":\"" name "\",\"cases\":[" cases "]}\n"
#define FOOTER(count)                                                                              \
	"{\"type\":\"footer\",\"deviations\":" count ",\"duration_us\":1,\"interrupted\":false}\n"

static struct run *deviations_of(const char *text)
{
	FILE *in = fmemopen((void *)(size_t)text, strlen(text), "r");
	struct run *run;

	if (in == NULL)
		return NULL;
	run = deviations_read_stream(in, "NAME", NULL, error, sizeof(error));
	fclose(in);
	return run;
}

static struct run *fixture(void)
{
	struct run *run =
		deviations_read("fixtures/results/deviations.jsonl", NULL, error, sizeof(error));

	if (run == NULL)
		printf("     %s\n", error);
	return run;
}

static const struct finding *find(const struct findings *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++) {
		if (strcmp(f->items[i].name, name) == 0)
			return &f->items[i];
	}
	printf("     not there: %s\n", name);
	return NULL;
}

SELFTEST(each_deviation_has_a_fate)
{
	static const struct {
		const char *name;
		enum fate fate;
		enum deviation_kind kind;
		const char *first;
	} rows[] = {
		{"bind:EADDRINUSE:EINVAL", FATE_NOTICED, KIND_ERROR_REPLACED,
		 "inet/tcp_bind/bind_to_a_port_in_use/v4"},
		{"bind:EADDRINUSE:success", FATE_NOTICED, KIND_ERROR_HIDDEN,
		 "inet/tcp_bind/bind_to_a_port_in_use/v4"},
		{"getsockname:AF_INET.sin_port:off-by-one", FATE_NOTICED, KIND_WRONG,
		 "inet/tcp_bind/bind_to_a_port_in_use/v4"},
		{"getsockname:addrlen:unfilled", FATE_SURVIVED, KIND_UNFILLED, NULL},
		{"listen:backlog:ignored", FATE_SETUP, KIND_CALL_IGNORED,
		 "inet/tcp_bind/bind_to_a_port_in_use/v4"},
		{"setsockopt:SO_RCVLOWAT:echoed", FATE_SURVIVED, KIND_OPTION_ECHOED, NULL},
		/* Another case failed while nothing went wrong in it: that is no notice. */
		{"setsockopt:SO_RCVLOWAT:ignored", FATE_NOTICED, KIND_OPTION_IGNORED,
		 "socket/options/so_rcvlowat"},
		{"setsockopt:SO_REUSEADDR:ignored", FATE_UNSTABLE, KIND_OPTION_IGNORED, NULL},
	};
	struct run *run = fixture();
	struct findings f;

	NEED(run != NULL);
	findings_collect(&f, &run, 1);
	CU_ASSERT_EQUAL(f.count, sizeof(rows) / sizeof(rows[0]));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct finding *d = find(&f, rows[i].name);
		const struct attempt *first;

		NEED(d != NULL);
		first = finding_noticer(d);
		CU_ASSERT_EQUAL(d->fate, rows[i].fate);
		CU_ASSERT_EQUAL(d->kind, rows[i].kind);
		CU_ASSERT_EQUAL(first == NULL, rows[i].first == NULL);
		if (first != NULL && rows[i].first != NULL)
			CU_ASSERT_STRING_EQUAL(first->trial->id, rows[i].first);
	}
	CU_ASSERT(!f.partial && !f.incomplete);
	CU_ASSERT_DOUBLE_EQUAL(findings_share(&f), 100.0 * 5 / 7, 1e-9);
	findings_free(&f);
	run_free(run);
}

SELFTEST(the_case_about_it_should_notice)
{
	struct run *run = fixture();
	struct findings f;
	const struct finding *d;

	NEED(run != NULL);
	findings_collect(&f, &run, 1);
	d = find(&f, "setsockopt:SO_RCVLOWAT:echoed");
	NEED(d != NULL && d->count == 2);
	CU_ASSERT_STRING_EQUAL(finding_candidate(d)->trial->id, "socket/options/so_rcvlowat");
	CU_ASSERT_STRING_EQUAL(finding_candidate(d)->info->claim,
			       "SO_RCVLOWAT changes what the peer sees");
	findings_free(&f);
	run_free(run);
}

SELFTEST(files_are_put_together)
{
	struct run *runs[2] = {
		deviations_of(WHOLE DEVIATION("recv:MSG_PEEK:dropped",
					      TRIAL("a/b/c", "pass", "false", "true")) FOOTER("1")),
		deviations_of(WHOLE DEVIATION("recv:MSG_PEEK:dropped",
					      TRIAL("a/b/c", "fail", "true", "true"))
				      DEVIATION("send:MSG_OOB:dropped",
						TRIAL("a/b/d", "not run", "false", "false"))
					      FOOTER("2")),
	};
	struct findings f;

	NEED(runs[0] != NULL && runs[1] != NULL);
	findings_collect(&f, runs, 2);
	CU_ASSERT_EQUAL(f.count, 2);
	CU_ASSERT_EQUAL(f.items[0].fate, FATE_NOTICED);
	CU_ASSERT_EQUAL(f.items[0].count, 1);
	CU_ASSERT_EQUAL(f.items[1].fate, FATE_UNSTABLE);
	CU_ASSERT_EQUAL(findings_share(&f), 100);
	findings_free(&f);
	run_free(runs[0]);
	run_free(runs[1]);
}

SELFTEST(selections_and_ends_are_known)
{
	static const struct {
		const char *text;
		bool partial, incomplete;
	} rows[] = {
		{WHOLE FOOTER("0"), false, false},
		{WHOLE, false, true},
		{WHOLE "{\"type\":\"footer\",\"interrupted\":true}\n", false, true},
		{DEVIATIONS_HEADER ",\"selected\":2,\"available\":3}\n" FOOTER("0"), true, false},
		{DEVIATIONS_HEADER ",\"selected\":3,\"available\":3,\"only\":\"b*\"}\n" FOOTER("0"),
		 true, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct run *run = deviations_of(rows[i].text);
		struct findings f;

		NEED(run != NULL);
		findings_collect(&f, &run, 1);
		CU_ASSERT_EQUAL(f.partial, rows[i].partial);
		CU_ASSERT_EQUAL(f.incomplete, rows[i].incomplete);
		findings_free(&f);
		run_free(run);
	}
}

SELFTEST(broken_deviations_are_said)
{
	static const char *const rows[][2] = {
		{"", "NAME: the file is empty: no header"},
		{HEADER, "NAME:1: \"format\" is not \"sockatlas-deviations\""},
		{WHOLE "{\"type\":\"result\"}\n",
		 "NAME:2: \"type\" is none of header, source, case, deviation, footer"},
		{WHOLE DEVIATION("bind:EBADF", ""), "NAME:2: \"name\" is not CALL:SUBJECT:HOW"},
		{WHOLE DEVIATION("bind::x", ""), "NAME:2: \"name\" is not CALL:SUBJECT:HOW"},
		{WHOLE DEVIATION("a:b:c:d", ""), "NAME:2: \"name\" is not CALL:SUBJECT:HOW"},
		{WHOLE DEVIATION("a b:c:d", ""), "NAME:2: \"name\" is not CALL:SUBJECT:HOW"},
		{WHOLE DEVIATION("a:b:c", ""), "NAME:2: \"cases\" is missing or empty"},
		{WHOLE DEVIATION("a:b:c", "1"), "NAME:2: \"cases\"[0] is not an object"},
		{WHOLE DEVIATION("a:b:c", TRIAL("a", "pass", "false", "true")),
		 "NAME:2: \"cases\"[0]: \"id\" is not an id: \"folder/file/name\""},
		{WHOLE DEVIATION("a:b:c", TRIAL("a/b/c", "good", "false", "true")),
		 "NAME:2: \"cases\"[0]: \"verdict\" is no verdict, nor \"not run\""},
		{WHOLE DEVIATION("a:b:c", TRIAL("a/b/c", "pass", "0", "true")),
		 "NAME:2: \"cases\"[0]: \"noticed\" is neither true nor false"},
		{WHOLE FOOTER("1"), "NAME:2: the footer counts 1 deviations, but there are 0"},
	};
	struct run *run;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		run = deviations_of(rows[i][0]);
		CU_ASSERT_PTR_NULL(run);
		CU_ASSERT_STRING_EQUAL(error, rows[i][1]);
		if (strcmp(error, rows[i][1]) != 0)
			printf("     said %s\n", error);
	}
}

/* Writes a file of explanations, reads it, and removes it again. */
static bool explain(struct explained *e, const char *text)
{
	char path[] = "/tmp/atlas-explained-XXXXXX";
	int fd = mkstemp(path);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
	bool good;

	if (out == NULL)
		return false;
	fputs(text, out);
	fclose(out);
	good = explained_read(e, path, error, sizeof(error));
	remove(path);
	/* What differs from call to call is not compared. */
	if (!good && strncmp(error, path, strlen(path)) == 0)
		memmove(error, error + strlen(path), strlen(error + strlen(path)) + 1);
	return good;
}

SELFTEST(malformed_explanations_are_said)
{
	static const char *const rows[][2] = {
		{"# a comment\n\nbind:EBADF:success because\n",
		 ":3: no tab between a deviation and its reason"},
		{"a:b:c\tone\tneed\tmore\n", ":1: more than three columns"},
		{"a:b:c\tone\t\n", ":1: the third column is one need"},
		{"a:b:c\tone\ttwo needs\n", ":1: the third column is one need"},
		{"\tone\n", ":1: no deviation before the tab"},
		{"a:b c\tone\n", ":1: a deviation has no spaces: CALL:SUBJECT:HOW"},
		{"a:b:c\t \n", ":1: no reason behind the tab"},
		{"a:b:c\tone\na:b:c\ttwo", ":2: the deviation is explained twice"},
	};
	struct explained e;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT_FALSE(explain(&e, rows[i][0]));
		CU_ASSERT_STRING_EQUAL(error, rows[i][1]);
		explained_free(&e);
	}
	CU_ASSERT_FALSE(explained_read(&e, "/nonexistent", error, sizeof(error)));
	CU_ASSERT_STRING_EQUAL(error, "/nonexistent: No such file or directory");
	CU_ASSERT(explain(&e, "# nothing\n"));
	CU_ASSERT_EQUAL(e.count, 0);
	explained_free(&e);
}

SELFTEST(explanations_without_need_are_stale)
{
	static const char lines[] = "getsockname:addrlen:*\tkept\n"
				    "setsockopt:SO_RCVLOWAT:*\tkept, one of two survived\n"
				    "setsockopt:SO_REUSEADDR:ignored\tkept, it did not happen\n"
				    "bind:EADDRINUSE:success\tstale, it is noticed\n"
				    "bind:EADDRINUSE:*\tstale, all are noticed\n"
				    "recv:*\tstale, there is none\n"
				    "splice:*\tstale, and what it needs is there\tipv6\n"
				    "select:*\tkept, what it needs is not there\tvsock\n";
	static const bool stale[2][8] = {
		{false, false, false, true, true, true, true, false},
		/* Of a selection only what is surely noticed. */
		{false, false, false, true, false, false, false, false},
	};
	struct run *run = fixture();
	struct explained e;
	struct findings f;

	NEED(run != NULL);
	for (int partial = 0; partial < 2; partial++) {
		NEED(explain(&e, lines));
		run->header.available = run->header.selected + partial;
		findings_collect(&f, &run, 1);
		explained_apply(&e, &f);
		for (size_t i = 0; i < e.count; i++)
			CU_ASSERT_EQUAL(e.items[i].stale, stale[partial][i]);
		CU_ASSERT_EQUAL(e.stale, partial ? 1 : 4);
		CU_ASSERT_PTR_EQUAL(find(&f, "getsockname:addrlen:unfilled")->why, &e.items[0]);
		CU_ASSERT_PTR_NULL(find(&f, "bind:EADDRINUSE:success")->why);
		findings_free(&f);
		explained_free(&e);
	}
	run_free(run);
}

SELFTEST(shares_are_not_rounded_up)
{
	static const struct {
		double share;
		const char *text;
	} rows[] = {{100, "100.0"}, {99.99, "99.9"}, {94.96, "94.9"},
		    {95, "95.0"},   {0, "0.0"},	     {100.0 * 29 / 50, "58.0"}};
	char text[16];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		score_percent(text, rows[i].share);
		CU_ASSERT_STRING_EQUAL(text, rows[i].text);
	}
}

SELFTEST(deviations_are_rows_of_tsv)
{
	struct run *run = fixture();
	struct explained e;
	struct findings f;
	char *text = NULL;
	size_t length;
	FILE *out;

	NEED(run != NULL);
	NEED(explained_read(&e, "fixtures/results/explained.tsv", error, sizeof(error)));
	findings_collect(&f, &run, 1);
	explained_apply(&e, &f);
	out = open_memstream(&text, &length);
	NEED(out != NULL);
	deviations_tsv(out, &f);
	fclose(out);
	CU_ASSERT_EQUAL(occurrences(text, "\n"), 9);
	CU_ASSERT_PTR_NOT_NULL(
		strstr(text, "deviation\tkind\tnoticed\tran\tnoticed by\tfirst\texplanation\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nbind:EADDRINUSE:success\terror hidden\tyes\t2\t1\t"
					    "inet/tcp_bind/bind_to_a_port_in_use/v4\t\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text,
				      "\nsetsockopt:SO_RCVLOWAT:echoed\toption echoed\tno\t2\t0\t\t"
				      "nothing that a peer sees depends on it here\n"));
	CU_ASSERT_PTR_NOT_NULL(
		strstr(text, "\nlisten:backlog:ignored\tcall ignored\tsetup\t1\t1\t"));
	CU_ASSERT_PTR_NOT_NULL(
		strstr(text, "\nsetsockopt:SO_REUSEADDR:ignored\toption ignored\tunstable\t0\t0"));
	free(text);
	findings_free(&f);
	explained_free(&e);
	run_free(run);
}

SELFTEST(kinds_tell_what_went_wrong)
{
	static const struct {
		const char *call, *subject, *how;
		enum deviation_kind kind;
	} rows[] = {
		{"setsockopt", "SO_LINGER", "ignored", KIND_OPTION_IGNORED},
		{"bind", "AF_INET", "ignored", KIND_CALL_IGNORED},
		{"recv", "MSG_PEEK", "dropped", KIND_FLAG_DROPPED},
		{"recvmsg", "MSG_TRUNC", "unreported", KIND_FLAG_UNREPORTED},
		{"sendmsg", "SCM_RIGHTS", "dropped", KIND_CONTROL_LOST},
		{"recvmsg", "IP_TTL", "unreported", KIND_CONTROL_LOST},
		{"send", "buf", "cut", KIND_DATA_CUT},
		{"gethostname", "name", "cut", KIND_WRONG},
		{"getaddrinfo", "EAI_FAIL", "EAI_AGAIN", KIND_ERROR_REPLACED},
		{"recv", "EAGAIN", "success", KIND_ERROR_HIDDEN},
		{"accept", "addrlen", "clamped", KIND_CLAMPED},
		{"recv", "buf", "in-another-way", KIND_OTHER},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(deviation_kind_of(rows[i].call, rows[i].subject, rows[i].how),
				rows[i].kind);
	for (int kind = 0; kind < KINDS; kind++)
		CU_ASSERT(deviation_kind_word((enum deviation_kind)kind)[0] != '\0');
}
