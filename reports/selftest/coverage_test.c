/* SPDX-License-Identifier: MIT */
/* What recorded calls show of the interface, and what they do not. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "harness/selftest/selftest.h"
#include "reports/coverage/words.h"
#include "reports/coverage/write.h"
#include "reports/selftest/support.h"

struct list {
	char text[256];
	size_t used;
};

static void append(void *context, const char *word)
{
	struct list *all = context;

	all->used +=
		(size_t)snprintf(all->text + all->used, sizeof(all->text) - all->used, "%s ", word);
}

SELFTEST(words_of_recorded_values)
{
	static const char *const cases[][2] = {
		{"AF_INET", "AF_INET "},
		{"SOCK_STREAM|SOCK_CLOEXEC|0x40", "SOCK_STREAM SOCK_CLOEXEC "},
		{"{AF_INET, 127.0.0.1:80}", "AF_INET 127.0.0.1 :80 "},
		{"{AF_INET6, [::1]:7, scope 0}", "AF_INET6 ::1 :7 scope "},
		{"{imr_multiaddr=224.0.0.1, imr_address=0.0.0.0}",
		 "imr_multiaddr 224.0.0.1 imr_address 0.0.0.0 "},
		{"[{\"SO_LINGER \\\" AF_UNIX\", 3}], MSG_OOB", "MSG_OOB "},
		{"\"cut off, AF_INET", ""},
		{"htons(ETH_P_ALL)", "htons ETH_P_ALL "},
		{"{s_port=htons(13), s_proto=\"tcp\"}", "s_port htons :13 s_proto "},
		{"htons(", "htons "},
		{"htons(123456)", "htons 123456 "},
		{"optlen=999, len=66000", "optlen len 66000 "},
		{"[128 => 16]", ""},
		{"1.2.3 1.2.3.4.5 300.1.1.1.1", ""},
		{"00:00:00:00:00:01", "00:00:00:00:00:01 "},
		{"fe80::1", "fe80::1 "},
		{"x.y", "x y "},
		{":", ": "},
		{"", ""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct list all = {0};

		words_of(cases[i][0], append, &all);
		CU_ASSERT_STRING_EQUAL(all.text, cases[i][1]);
	}
}

/* A folder with a catalogue; each file is written by put(), and removed by the end. */
static char folder[64];
static const char *const files[] = {"constants.tsv", "errors.tsv", "functions.tsv",
				    "shown.tsv",     "absent.tsv", "unprovoked.tsv",
				    "belongs.tsv",   "targets.tsv"};

static void put_bytes(const char *file, const char *bytes, size_t length)
{
	char path[256];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	out = fopen(path, "we");
	NEED(out != NULL);
	fwrite(bytes, 1, length, out);
	fclose(out);
}

static void put(const char *file, const char *text)
{
	put_bytes(file, text, strlen(text));
}

static void remove_all(void)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[256];

		snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
		unlink(path);
	}
	rmdir(folder);
}

static bool put_small(void)
{
	snprintf(folder, sizeof(folder), "/tmp/atlas-selftest-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return false;
	put("constants.tsv", "# a remark\n\nname\tgroup\tvalue\tsources\n"
			     "AF_UNIX\tfamily\t1\tpython,uapi\nAF_LOCAL\tfamily\t1\tuapi\n"
			     "INADDR_LOOPBACK\taddress\t2130706433\tuapi\n"
			     "MSG_OOB\tmessage-flag\t1\tuapi\nA_AND_B\tboth\t\tuapi\n");
	put("errors.tsv", "call\terrno\tsources\nconnect\tECONNREFUSED\tposix\n"
			  "ip(7)\tEHOSTUNREACH\tman7\nip(7)\tEPERM\tman7\n"
			  "unix(7)\tEPIPE\tman7\n");
	put("functions.tsv", "function\tsources\nconnect\tseed1\npair\tpython\ntimeout\tpython\n");
	put("shown.tsv", "name\tshown\tbecause\nAF_LOCAL\tAF_UNIX\tthe same\n"
			 "INADDR_LOOPBACK\t127.0.0.1\tnumbers\nA_AND_B\tA B\tboth at once\n"
			 "pair\tsocket() connect()\tboth\n");
	return true;
}

#define CALL(name, args, result, error)                                                            \
	"{\"call\":\"" name "\",\"pid\":2,\"args\":[" args "],\"result\":\"" result                \
	"\",\"errno\":" error ",\"returned\":true}"
#define ARG(name, value) "[\"" name "\",\"" value "\"]"
#define RESULT(case, variant, calls)                                                               \
	"{\"type\":\"result\",\"id\":\"" case "/" variant                                          \
					      "\",\"case\":\"" case "\",\"variant\":\"" variant    \
								    "\",\"verdict\":\"pass\","     \
								    "\"calls\":[" calls "]}\n"
#define SOCKET(domain) ARG("domain", domain) "," ARG("type", "SOCK_DGRAM") "," ARG("protocol", "0")

static const char recorded[] = HEADER RESULT(
	"a/b/c", "v4",
	CALL("socket", SOCKET("AF_INET"), "3", "null") "," CALL(
		"connect", ARG("sockfd", "3") "," ARG("addr", "{AF_INET, 127.0.0.1:80}"), "-1",
		"\"ECONNREFUSED\"") "," CALL("getsockopt",
					     ARG("sockfd",
						 "3") "," ARG("optname",
							      "SO_ERROR") "," ARG("optval",
										  "[EHOSTUNREACH]"),
					     "0", "null"))
	RESULT("a/b/c", "unix",
	       CALL("socket", SOCKET("AF_UNIX"), "3", "null") "," CALL(
		       "send",
		       ARG("sockfd", "3") "," ARG("buf", "\\\"MSG_OOB\\\"") "," ARG("flags", "A|0"),
		       "-1", "\"EPIPE\""))
		RESULT("a/b/d", "x",
		       CALL("socketpair", SOCKET("AF_UNIX") "," ARG("sv", "[3, 4]"), "0", "null"));

/* The report of the runs against the small catalogue; the caller frees it. */
static char *report_all(const char *const *texts, size_t count, bool tsv, size_t *stale)
{
	struct run *runs[4];
	struct catalogue catalogue;
	struct measure measure;
	char *said = NULL;
	size_t length;
	FILE *out = open_memstream(&said, &length);

	*stale = 0;
	CU_ASSERT_FATAL(count <= sizeof(runs) / sizeof(runs[0]) && out != NULL);
	for (size_t i = 0; i < count; i++) {
		runs[i] = run_of(texts[i]);
		CU_ASSERT_PTR_NOT_NULL_FATAL(runs[i]);
	}
	CU_ASSERT_TRUE(catalogue_read(&catalogue, folder, error, sizeof(error)));
	measure_begin(&measure, &catalogue);
	measure_runs(&measure, runs, count);
	if (tsv)
		coverage_tsv(out, &measure);
	else
		coverage_text(out, &measure);
	*stale = coverage_stale(NULL, &measure);
	measure_end(&measure);
	catalogue_free(&catalogue);
	for (size_t i = 0; i < count; i++)
		run_free(runs[i]);
	fclose(out);
	return said;
}

static char *report(const char *text, bool tsv, size_t *stale)
{
	return report_all(&text, 1, tsv, stale);
}

SELFTEST(calls_show_constants_errors_and_functions)
{
	size_t stale;
	char *said;

	NEED(put_small());
	said = report(recorded, true, &stale);
	CU_ASSERT_STRING_EQUAL(said, "kind\tname\tgroup\tobserved\tcases\treason\tsources\n"
				     "constant\tAF_UNIX\tfamily\t2\t2\t\tpython,uapi\n"
				     "constant\tAF_LOCAL\tfamily\t2\t2\t\tuapi\n"
				     "constant\tINADDR_LOOPBACK\taddress\t1\t1\t\tuapi\n"
				     /* In a string, it is data. */
				     "constant\tMSG_OOB\tmessage-flag\t0\t0\t\tuapi\n"
				     /* A alone is not A and B. */
				     "constant\tA_AND_B\tboth\t0\t0\t\tuapi\n"
				     "error\tconnect:ECONNREFUSED\tconnect\t1\t1\t\tposix\n"
				     "error\tip(7):EHOSTUNREACH\tip(7)\t1\t1\t\tman7\n"
				     "error\tip(7):EPERM\tip(7)\t0\t0\t\tman7\n"
				     "error\tunix(7):EPIPE\tunix(7)\t1\t1\t\tman7\n"
				     "function\tconnect\t\t1\t1\t\tseed1\n"
				     "function\tpair\t\t1\t1\t\tpython\n"
				     "function\ttimeout\t\t0\t0\t\tpython\n");
	CU_ASSERT_EQUAL(stale, 0);
	free(said);
	said = report(recorded, false, &stale);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "6 calls of 3 results in 1 run\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "constants                       3        5    60.0%"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "    python                      1        1   100.0%"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "  ip(7)\n    EPERM\n"));
	CU_ASSERT_PTR_NULL(strstr(said, "stale"));
	free(said);
	remove_all();
}

SELFTEST(reasons_and_stale_entries)
{
	size_t stale;
	char *said;

	NEED(put_small());
	put("absent.tsv", "name\treason\tsource\nMSG_*\tnobody wants it\there\n"
			  "timeout\tno call\tthere\n");
	put("unprovoked.tsv", "call\terrno\treason\tsource\nip(7)\tEPERM\tnever\tthere\n");
	said = report(recorded, false, &stale);
	CU_ASSERT_EQUAL(stale, 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "  nobody wants it (here)\n    MSG_OOB\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "  never (there)\n    ip(7):EPERM\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "100.0%\n") != NULL ? said : NULL);
	free(said);
	put("absent.tsv", "name\treason\tsource\nAF_*\tnobody wants it\there\nAF_NO\tx\ty\n");
	said = report(recorded, false, &stale);
	CU_ASSERT_EQUAL(stale, 3);
	CU_ASSERT_PTR_NOT_NULL(
		strstr(said, "absent.tsv:2: AF_UNIX was observed 2 times, first by a/b/c\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "absent.tsv:3: AF_NO is not in the catalogue\n"));
	free(said);
	remove_all();
}

#define ANSWER(case, type, protocol, result, error)                                                \
	RESULT(case, "x",                                                                          \
	       CALL("socket",                                                                      \
		    ARG("domain", "AF_CAN") "," ARG("type", type) "," ARG("protocol", protocol),   \
		    result, error))

SELFTEST(what_a_platform_lacks_is_what_it_refused)
{
	/* Refused twice; once with fewer words. */
	static const char without[] =
		HEADER ANSWER("a/b/c", "SOCK_DGRAM|SOCK_CLOEXEC", "0", "-1", "\"EAFNOSUPPORT\"")
			ANSWER("a/b/d", "SOCK_RAW", "CAN_RAW", "-1", "\"EAFNOSUPPORT\"");
	/* A type that no platform has is refused everywhere. */
	static const char with[] =
		HEADER ANSWER("a/b/c", "SOCK_RDM", "0", "-1", "\"ESOCKTNOSUPPORT\"")
			ANSWER("a/b/d", "SOCK_RAW", "CAN_RAW", "3", "null");
	/* Who may not, learns nothing of whether it is there. */
	static const char forbidden[] =
		HEADER ANSWER("a/b/c", "SOCK_DGRAM", "0", "-1", "\"EAFNOSUPPORT\"")
			ANSWER("a/b/d", "SOCK_RAW", "CAN_RAW", "-1", "\"EPERM\"");
	/* Nor does who asks for nonsense. */
	static const char nonsense[] =
		HEADER ANSWER("a/b/c", "SOCK_RAW", "CAN_RAW", "-1", "\"EAFNOSUPPORT\"")
			ANSWER("a/b/d", "SOCK_RAW", "77", "-1", "\"EINVAL\"");
	static const char silent[] = HEADER;
	static const char *const lacking = "constant\tCAN_FLAG\toption\t0\t0\t"
					   "socket(AF_CAN, SOCK_RAW, CAN_RAW) gives EAFNOSUPPORT"
					   "\tpython\n";
	static const char *const unseen = "constant\tCAN_FLAG\toption\t0\t0\t\tpython\n";
	static const struct {
		const char *runs[2];
		size_t count;
		bool lacks;
	} rows[] = {
		{{without}, 1, true},
		{{without, without}, 2, true},
		{{with}, 1, false},
		{{without, with}, 2, false},
		{{with, without}, 2, false},
		{{forbidden}, 1, false},
		{{nonsense}, 1, true},
		{{silent}, 1, false},
		{{without, silent}, 2, false},
	};
	size_t stale;
	char *said;

	NEED(put_small());
	put("constants.tsv", "name\tgroup\tvalue\tsources\nCAN_FLAG\toption\t1\tpython\n"
			     "CAN_MASK\toption\t1\tpython\nAF_CAN\toption\t29\tpython\n"
			     "MSG_OOB\toption\t1\tuapi\n");
	put("shown.tsv", "name\tshown\tbecause\n");
	put("absent.tsv", "name\treason\tsource\nCAN_MASK\ta mask\there\n");
	put("belongs.tsv", "name\tof\tbecause\nCAN_*\tsocket() AF_CAN\tof that family\n");
	put("targets.tsv", "kind\tpart\tpercent\nconstant\tpython\t100\n"
			   "constant\toption\t51\nfunction\t\t0\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		said = report_all(rows[i].runs, rows[i].count, true, &stale);
		CU_ASSERT_PTR_NOT_NULL(strstr(said, rows[i].lacks ? lacking : unseen));
		/* A reason that holds on every platform comes first. */
		CU_ASSERT_PTR_NOT_NULL(strstr(said, "CAN_MASK\toption\t0\t0\ta mask\t"));
		CU_ASSERT_PTR_NOT_NULL(strstr(said, "MSG_OOB\toption\t0\t0\t\tuapi"));
		CU_ASSERT_EQUAL(stale, 0);
		free(said);
	}

	/* One of four was seen, one has a reason, one is lacking: half of what is there. */
	said = report(without, false, &stale);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "    option                      1        4    25.0%"
					    "        1        1    50.0%\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "  constants      python            100.0% of 100%\n"));
	CU_ASSERT_PTR_NOT_NULL(
		strstr(said, "  constants      option             50.0% of  51%, missed\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "  functions      all                 0.0% of   0%\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "\nnever observed\n  option\n    MSG_OOB\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(said,
				      "\nnot on this platform\n"
				      "  socket(AF_CAN, SOCK_RAW, CAN_RAW) gives EAFNOSUPPORT\n"
				      "    CAN_FLAG\n"));
	free(said);
	said = report(with, false, &stale);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "    CAN_FLAG MSG_OOB\n"));
	CU_ASSERT_PTR_NULL(strstr(said, "not on this platform"));
	free(said);
	remove_all();
}

SELFTEST(what_a_platform_lacks_may_be_a_probe)
{
	static const char probed[] =
		"{\"type\":\"header\",\"format\":\"sockatlas-results\",\"version\":1,\"probes\":["
		"{\"name\":\"can\",\"ok\":%s,\"reason\":\"%s\",\"what\":\"a CAN interface\"}]}\n";
	char text[sizeof(probed) + 32];
	size_t stale;
	char *said;

	NEED(put_small());
	put("belongs.tsv", "name\tof\tbecause\nMSG_OOB\tneeds can\tsent there\n");
	snprintf(text, sizeof(text), probed, "false", "ENODEV");
	said = report(text, true, &stale);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "MSG_OOB\tmessage-flag\t0\t0\t"
					    "not so: a CAN interface: ENODEV\tuapi\n"));
	free(said);
	snprintf(text, sizeof(text), probed, "true", "");
	said = report(text, true, &stale);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "MSG_OOB\tmessage-flag\t0\t0\t\tuapi\n"));
	free(said);
	remove_all();
}

/* Whether the catalogue in the folder is refused with this line behind the folder's name. */
static bool refused(const char *line)
{
	struct catalogue catalogue;
	bool same = !catalogue_read(&catalogue, folder, error, sizeof(error)) &&
		    strncmp(error, folder, strlen(folder)) == 0 &&
		    strcmp(error + strlen(folder), line) == 0;

	if (!same)
		printf("     said %s\n", error);
	catalogue_free(&catalogue);
	return same;
}

SELFTEST(a_wrong_catalogue_is_refused)
{
	NEED(put_small());
	put("absent.tsv", "name\treason\nx\ty\n");
	CU_ASSERT(refused("/absent.tsv:1: the heading is not that of this table"));
	put("absent.tsv", "name\treason\tsource\nx\ty\n");
	CU_ASSERT(refused("/absent.tsv:2: not 3 fields with tabs between them"));
	put("absent.tsv", "name\treason\tsource\n\n\ty\tz\n");
	CU_ASSERT(refused("/absent.tsv:3: the first field is empty"));
	put("absent.tsv", "name\treason\tsource\nx\t\tz\n");
	CU_ASSERT(refused("/absent.tsv:2: an entry needs a reason and a source"));
	put("absent.tsv", "");
	CU_ASSERT(refused("/absent.tsv: has no heading"));
	put_bytes("absent.tsv", "name\0", 5);
	CU_ASSERT(refused("/absent.tsv: Invalid or incomplete multibyte or wide character"));
	put("absent.tsv", "name\treason\tsource\n");
	put("shown.tsv", "name\tshown\tbecause\nAF_NO\tAF_UNIX\tx\n");
	CU_ASSERT(refused("/shown.tsv:2: AF_NO is not in the catalogue"));
	put("shown.tsv", "name\tshown\tbecause\nAF_UNIX\t \tx\n");
	CU_ASSERT(refused("/shown.tsv:2: shown as nothing"));
	put("shown.tsv", "name\tshown\tbecause\n");
	put("belongs.tsv", "name\tof\tbecause\nSO_NO*\tsocket() AF_UNIX\tx\n");
	CU_ASSERT(refused("/belongs.tsv:2: SO_NO* is not in the catalogue"));
	put("belongs.tsv", "name\tof\tbecause\nAF_*\tAF_UNIX socket()\tx\n");
	CU_ASSERT(refused("/belongs.tsv:2: neither a call with words nor a probe"));
	put("belongs.tsv", "name\tof\tbecause\nAF_*\tsocket()\tx\n");
	CU_ASSERT(refused("/belongs.tsv:2: neither a call with words nor a probe"));
	put("belongs.tsv", "name\tof\tbecause\n");
	put("targets.tsv", "kind\tpart\tpercent\nflag\tx\t1\n");
	CU_ASSERT(refused("/targets.tsv:2: flag is no kind of name"));
	put("targets.tsv", "kind\tpart\tpercent\nerror\t\t101\n");
	CU_ASSERT(refused("/targets.tsv:2: 101 is not a number from 0 to 100"));
	put("targets.tsv", "kind\tpart\tpercent\n");
	put("functions.tsv", "function\tsources\nconnect\ta\nconnect\tb\n");
	CU_ASSERT(refused("/functions.tsv:3: connect is there twice"));
	remove_all();
	CU_ASSERT(refused("/constants.tsv: No such file or directory"));
}

/* Whether some shape of the name is not the name itself. */
static bool has_shape(const struct catalogue *c, size_t name)
{
	for (size_t i = 0; i < c->shape_count; i++) {
		if (c->shapes[i].name == name &&
		    strcmp(c->shapes[i].words[0], c->names[name].text) != 0)
			return true;
	}
	return false;
}

SELFTEST(the_recorder_can_show_each_constant)
{
	struct catalogue c;
	size_t constants = 0;

	CU_ASSERT_TRUE_FATAL(catalogue_read(&c, NULL, error, sizeof(error)));
	for (size_t i = 0; i < c.name_count; i++) {
		const struct catalogue_name *n = &c.names[i];

		if (n->kind != KIND_CONSTANT)
			continue;
		constants++;
		if (names_lookup(n->text, NULL) || has_shape(&c, i) || n->excuse != 0)
			continue;
		CU_FAIL("no record can show this name");
		printf("     %s\n", n->text);
	}
	CU_ASSERT_TRUE(constants > 1200);
	for (size_t i = 0; i < c.excuse_count; i++)
		CU_ASSERT_NOT_EQUAL(c.excuses[i].matches, 0);
	catalogue_free(&c);
}
