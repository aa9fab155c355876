/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <getopt.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "harness/probe/probe.h"
#include "harness/results/file.h"
#include "harness/results/version.h"
#include "harness/results/writer.h"
#include "harness/run/catalogue.h"
#include "harness/run/enter.h"
#include "harness/run/schedule.h"
#include "harness/run/select.h"
#include "harness/run/terminal.h"

enum { EXIT_USAGE = 2 };

struct options {
	struct selection selection;
	const char *output; /* a file; NULL: standard output */
	const char *platform;
	const char *format;
	unsigned int jobs, repeat;
	double timeout_scale;
	bool strict_needs, quiet, verbose, no_capture, no_calls;
};

static const char usage[] =
	"usage: sockatlas run  [options] [CASE...]   run cases, write results (JSON Lines)\n"
	"       sockatlas list [options] [CASE...]   the cases and their claims\n"
	"       sockatlas show [options] CASE...     lessons and sources\n"
	"       sockatlas probe                      what this platform can do\n"
	"       sockatlas enter [options] [COMMAND]  a command or a shell in a sandbox\n"
	"\n"
	"CASE is an id, the beginning of one (inet, inet/tcp_bind), or a glob ('*/v6').\n"
	"  -t, --tag TAG           cases with this tag\n"
	"  -l, --level LEVEL       POSIX, RFC, LINUX, ABI or OBSERVED\n"
	"  -c, --covers CONSTANT   cases whose source mentions it (SO_REUSEADDR, EPIPE, ...)\n"
	"  -x, --exclude CASE      leave these out\n"
	"  -f, --format FORMAT     of list: text or tsv\n"
	"of run:\n"
	"  -o, --output FILE       results, written whole or not at all (default: standard "
	"output)\n"
	"  -j, --jobs N            cases at once (default: two a processor)\n"
	"  -v, --verbose           each case's calls and packets on standard error\n"
	"  -q, --quiet             only failures and the summary\n"
	"      --strict-needs      a missing need is a failure, not a skip\n"
	"      --repeat N          run each N times, to find what does not always pass\n"
	"      --timeout-scale F   multiply every deadline (slow platforms)\n"
	"      --platform NAME     a label for reports\n"
	"      --no-capture        do not capture packets\n"
	"      --no-calls          do not record calls\n"
	"      --version, --help\n"
	"Exit status: 0 all passed or skipped; 1 something failed; 2 error or wrong usage.\n";

static int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int complain(const char *format, ...)
{
	va_list arguments;

	fputs("sockatlas: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return EXIT_USAGE;
}

static bool add(const char *list[SELECT_MAX], size_t *count, const char *value)
{
	if (*count == SELECT_MAX) {
		complain("more than %d of one option", SELECT_MAX);
		return false;
	}
	list[(*count)++] = value;
	return true;
}

static bool parse_count(const char *option, const char *text, long most, unsigned int *count)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (*text == '\0' || *end != '\0' || value < 1 || value > most) {
		complain("--%s wants a number from 1 to %ld, not \"%s\"", option, most, text);
		return false;
	}
	*count = (unsigned int)value;
	return true;
}

static bool parse_scale(const char *text, double *scale)
{
	char *end;

	*scale = strtod(text, &end);
	if (*text == '\0' || *end != '\0' || !(*scale >= 0.1 && *scale <= 1000)) {
		complain("--timeout-scale wants a number from 0.1 to 1000, not \"%s\"", text);
		return false;
	}
	return true;
}

static bool add_constant(struct selection *s, const char *name)
{
	if (!names_lookup(name, NULL)) {
		complain("no constant of the socket interface is named \"%s\" here", name);
		return false;
	}
	return add(s->constants, &s->constant_count, name);
}

/* Returns -1 to go on, or the exit status to leave with. */
static int parse_options(int argc, char **argv, struct options *o)
{
	enum { STRICT = 256, REPEAT, SCALE, PLATFORM, NO_CAPTURE, NO_CALLS, HELP, VERSION };
	static const struct option longs[] = {
		{"tag", required_argument, NULL, 't'},
		{"level", required_argument, NULL, 'l'},
		{"covers", required_argument, NULL, 'c'},
		{"exclude", required_argument, NULL, 'x'},
		{"format", required_argument, NULL, 'f'},
		{"output", required_argument, NULL, 'o'},
		{"jobs", required_argument, NULL, 'j'},
		{"verbose", no_argument, NULL, 'v'},
		{"quiet", no_argument, NULL, 'q'},
		{"strict-needs", no_argument, NULL, STRICT},
		{"repeat", required_argument, NULL, REPEAT},
		{"timeout-scale", required_argument, NULL, SCALE},
		{"platform", required_argument, NULL, PLATFORM},
		{"no-capture", no_argument, NULL, NO_CAPTURE},
		{"no-calls", no_argument, NULL, NO_CALLS},
		{"help", no_argument, NULL, HELP},
		{"version", no_argument, NULL, VERSION},
		{NULL, 0, NULL, 0},
	};
	struct selection *s = &o->selection;
	bool good = true;
	int c;

	while (good && (c = getopt_long(argc, argv, "t:l:c:x:f:o:j:vq", longs, NULL)) != -1) {
		switch (c) {
		case 't':
			good = add(s->tags, &s->tag_count, optarg);
			break;
		case 'l':
			good = add(s->levels, &s->level_count, optarg);
			break;
		case 'c':
			good = add_constant(s, optarg);
			break;
		case 'x':
			good = add(s->excluded, &s->excluded_count, optarg);
			break;
		case 'f':
			o->format = optarg;
			break;
		case 'o':
			o->output = strcmp(optarg, "-") == 0 ? NULL : optarg;
			break;
		case 'j':
			good = parse_count("jobs", optarg, 64, &o->jobs);
			break;
		case 'v':
			o->verbose = true;
			break;
		case 'q':
			o->quiet = true;
			break;
		case STRICT:
			o->strict_needs = true;
			break;
		case REPEAT:
			good = parse_count("repeat", optarg, 100000, &o->repeat);
			break;
		case SCALE:
			good = parse_scale(optarg, &o->timeout_scale);
			break;
		case PLATFORM:
			o->platform = optarg;
			break;
		case NO_CAPTURE:
			o->no_capture = true;
			break;
		case NO_CALLS:
			o->no_calls = true;
			break;
		case HELP:
			fputs(usage, stdout);
			return 0;
		case VERSION:
			printf("sockatlas %s (%s)\n", SOCKATLAS_VERSION, SOCKATLAS_REVISION);
			return 0;
		default:
			return EXIT_USAGE;
		}
	}
	for (; good && optind < argc; optind++)
		good = add(s->patterns, &s->pattern_count, argv[optind]);
	return good ? -1 : EXIT_USAGE;
}

static void keep_result(const struct run_result *result, void *context)
{
	struct results_file *file = context;

	terminal_result(result);
	if (file != NULL && !results_file_add(file, result))
		schedule_stop();
}

/*
 * The user's name from /etc/passwd, "" when it is not there. Not by getpwuid(), which
 * may load libraries that a static program's target does not have.
 */
static void user_name(uid_t uid, char *name, size_t size)
{
	FILE *file = fopen("/etc/passwd", "re");
	const struct passwd *entry;

	name[0] = '\0';
	while (file != NULL && name[0] == '\0' && (entry = fgetpwent(file)) != NULL) {
		if (entry->pw_uid == uid)
			snprintf(name, size, "%s", entry->pw_name);
	}
	if (file != NULL)
		fclose(file);
}

static bool items_need_ip(const struct run_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (topology_find(case_topology(items[i].test))->needs_ip)
			return true;
	}
	return false;
}

/* Each item `times` times, round by round. Frees `items`. NULL when there is no memory. */
static struct run_item *repeat_items(struct run_item *items, size_t *count, unsigned int times)
{
	struct run_item *all;
	size_t one_round = *count;

	if (times == 1)
		return items;
	all = calloc(one_round * times, sizeof(*all));
	for (unsigned int i = 0; all != NULL && i < times; i++)
		memcpy(all + i * one_round, items, one_round * sizeof(*all));
	free(items);
	*count = one_round * times;
	return all;
}

static int run(const char *program, const struct options *o)
{
	char reason[256] = "", user[64];
	unsigned int uid = geteuid();
	struct results_file *file = NULL;
	struct run_footer footer;
	struct run_item *items;
	enum sandbox_mode mode;
	size_t count;
	int status;
	bool to_terminal = o->output == NULL && isatty(STDOUT_FILENO);

	items = select_items(&o->selection, &count);
	if (items != NULL)
		items = repeat_items(items, &count, o->repeat);
	if (items == NULL)
		return EXIT_USAGE;
	if (items_need_ip(items, count) && sandbox_ip_program() == NULL) {
		free(items);
		return complain("iproute2 is missing: no program named ip in PATH, /usr/sbin or "
				"/sbin (cases of topology lo run without: --exclude the others)");
	}
	user_name(uid, user, sizeof(user));
	/* Opened first: the sandbox's /tmp hides the user's. A terminal wants text, not JSON. */
	if (!to_terminal && (file = results_file_open(o->output)) == NULL) {
		free(items);
		return EXIT_USAGE;
	}
	mode = sandbox_prepare(reason, sizeof(reason));
	if (mode == SANDBOX_NONE)
		complain("this platform gives no namespaces to run in (%s); every case is skipped",
			 reason);
	if (file != NULL)
		results_header(results_file_stream(file),
			       &(struct run_header){o->platform, mode, reason, uid, user, o->jobs,
						    (unsigned int)count});
	terminal_start(&(struct terminal){program, (unsigned int)count, o->quiet,
					  o->verbose || (to_terminal && count == 1)});
	footer = schedule_run(&(struct schedule){
		.items = items,
		.count = count,
		.jobs = o->jobs,
		.timeout_scale = o->timeout_scale,
		.strict_needs = o->strict_needs,
		.capture = !o->no_capture,
		.record_calls = !o->no_calls,
		.mode = mode,
		.mode_reason = reason,
		.result = keep_result,
		.context = file,
	});
	footer.exit_status = footer.interrupted ? EXIT_USAGE : verdict_exit_status(footer.counts);
	status = footer.exit_status;
	terminal_summary(&footer);
	if (file != NULL && !results_file_close(file, &footer))
		status = EXIT_USAGE;
	free(items);
	return status;
}

static int probe(void)
{
	char reason[256] = "";
	enum sandbox_mode mode = sandbox_prepare(reason, sizeof(reason));

	printf("%-10s %-4s %s\n", "sandbox", mode == SANDBOX_NONE ? "no" : "yes",
	       mode == SANDBOX_NONE ? reason : sandbox_mode_name(mode));
	for (size_t i = 0; mode != SANDBOX_NONE && probe_at(i) != NULL; i++) {
		const struct probe_result *r = probe_result(probe_at(i)->name);

		printf("%-10s %-4s %s\n", r->probe->name, r->ok ? "yes" : "no",
		       r->ok ? r->probe->what : r->reason);
	}
	return mode == SANDBOX_NONE ? EXIT_USAGE : 0;
}

int main(int argc, char **argv)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct options options = {
		.platform = "",
		.format = "text",
		.jobs = processors > 0 && processors <= 32 ? 2 * (unsigned int)processors : 8,
		.repeat = 1,
		.timeout_scale = 1,
	};
	const char *command = argc > 1 ? argv[1] : "";
	int status;

	if (strcmp(command, "--help") == 0 || strcmp(command, "help") == 0)
		return fputs(usage, stdout) < 0;
	if (strcmp(command, "--version") == 0)
		return printf("sockatlas %s (%s)\n", SOCKATLAS_VERSION, SOCKATLAS_REVISION) < 0;
	if (strcmp(command, "enter") == 0)
		return enter_main(argc - 1, argv + 1);
	if (strcmp(command, "run") != 0 && strcmp(command, "list") != 0 &&
	    strcmp(command, "show") != 0 && strcmp(command, "probe") != 0)
		return complain("\"%s\" is not a command: run, list, show, probe or enter "
				"(--help tells more)",
				command);
	status = parse_options(argc - 1, argv + 1, &options);
	if (status >= 0)
		return status;
	if (strcmp(command, "run") == 0)
		return run(argv[0], &options);
	if (strcmp(command, "list") == 0)
		return catalogue_list(&options.selection, options.format);
	if (strcmp(command, "show") == 0)
		return catalogue_show(&options.selection);
	return probe();
}
