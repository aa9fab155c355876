/* SPDX-License-Identifier: MIT */
#include "harness/run/options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/deviate/deviate.h"
#include "harness/names/names.h"
#include "harness/results/version.h"

const char options_usage[] =
	"usage: sockatlas run  [options] [CASE...]   run cases, write results (JSON Lines)\n"
	"       sockatlas list [options] [CASE...]   the cases and their claims\n"
	"       sockatlas show [options] CASE...     lessons and sources\n"
	"       sockatlas deviations [options] [CASE...]   whether cases notice calls that "
	"misbehave\n"
	"       sockatlas known [--known FILE]       differences that are expected, and where\n"
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
	"      --timeout-scale F   multiply every deadline (auto: as slow as this is)\n"
	"      --own-machine       cases may use this machine's own network: in a guest only\n"
	"      --platform NAME     a label for reports\n"
	"      --shard I/N         only part I of N of the cases (atlas merge joins them)\n"
	"      --durations FILE    results by which the shards are made equally long\n"
	"      --known FILE        more known differences (also of known)\n"
	"      --no-known          no difference is known: what goes wrong is a failure\n"
	"      --no-capture        do not capture packets\n"
	"      --no-calls          do not record calls\n"
	"      --deviate NAME      make calls misbehave: CALL:SUBJECT:HOW (also of show)\n"
	"of deviations:\n"
	"      --only GLOB         these deviations ('bind:*'); --list names them only\n"
	"      --sample N          N cases for each, and others only while none notices\n"
	"      --version, --help\n"
	"Exit status: 0 all passed, skipped or known; 1 something failed; 2 error or wrong "
	"usage.\n";

int options_complain(const char *format, ...)
{
	va_list arguments;

	fputs("sockatlas: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return OPTIONS_WRONG;
}

static bool add(const char *list[SELECT_MAX], size_t *count, const char *value)
{
	if (*count == SELECT_MAX) {
		options_complain("more than %d of one option", SELECT_MAX);
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
		options_complain("--%s wants a number from 1 to %ld, not \"%s\"", option, most,
				 text);
		return false;
	}
	*count = (unsigned int)value;
	return true;
}

static bool parse_scale(const char *text, double *scale)
{
	char *end;

	if (strcmp(text, "auto") == 0) {
		*scale = OPTIONS_SCALE_AUTO;
		return true;
	}
	*scale = strtod(text, &end);
	if (*text == '\0' || *end != '\0' || !(*scale >= 0.1 && *scale <= 1000)) {
		options_complain(
			"--timeout-scale wants auto or a number from 0.1 to 1000, not \"%s\"",
			text);
		return false;
	}
	return true;
}

static bool add_constant(struct selection *s, const char *name)
{
	if (!names_lookup(name, NULL)) {
		options_complain("no constant of the socket interface is named \"%s\" here", name);
		return false;
	}
	return add(s->constants, &s->constant_count, name);
}

static bool add_deviation(const char *name, struct options *o)
{
	if (!deviation_is_name(name)) {
		options_complain(
			"--deviate wants CALL:SUBJECT:HOW, such as bind:EADDRINUSE:success, not "
			"\"%s\" (sockatlas deviations --list CASE names those of a case)",
			name);
		return false;
	}
	o->deviation = name;
	return true;
}

static bool add_known(const char *path, struct options *o)
{
	if (o->known_count == OPTIONS_MAX_KNOWN) {
		options_complain("more than %d of one option", OPTIONS_MAX_KNOWN);
		return false;
	}
	o->known[o->known_count++] = path;
	return true;
}

int options_parse(int argc, char **argv, struct options *o)
{
	enum {
		STRICT = 256,
		DEVIATE,
		ONLY,
		SAMPLE,
		LIST,
		REPEAT,
		SCALE,
		OWN_MACHINE,
		SHARD,
		DURATIONS,
		KNOWN,
		NO_KNOWN,
		PLATFORM,
		NO_CAPTURE,
		NO_CALLS,
		HELP,
		VERSION
	};
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
		{"own-machine", no_argument, NULL, OWN_MACHINE},
		{"platform", required_argument, NULL, PLATFORM},
		{"shard", required_argument, NULL, SHARD},
		{"durations", required_argument, NULL, DURATIONS},
		{"known", required_argument, NULL, KNOWN},
		{"no-known", no_argument, NULL, NO_KNOWN},
		{"no-capture", no_argument, NULL, NO_CAPTURE},
		{"no-calls", no_argument, NULL, NO_CALLS},
		{"only", required_argument, NULL, ONLY},
		{"sample", required_argument, NULL, SAMPLE},
		{"list", no_argument, NULL, LIST},
		{"deviate", required_argument, NULL, DEVIATE},
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
		case OWN_MACHINE:
			o->own_machine = true;
			break;
		case PLATFORM:
			o->platform = optarg;
			break;
		case SHARD:
			good = shard_parse(optarg, &o->shard);
			if (!good)
				options_complain("--shard wants I/N, such as 1/4, not \"%s\"",
						 optarg);
			break;
		case DURATIONS:
			o->durations = optarg;
			break;
		case KNOWN:
			good = add_known(optarg, o);
			break;
		case NO_KNOWN:
			o->no_known = true;
			break;
		case NO_CAPTURE:
			o->no_capture = true;
			break;
		case NO_CALLS:
			o->no_calls = true;
			break;
		case SAMPLE:
			good = parse_count("sample", optarg, 100000, &o->sample);
			break;
		case ONLY:
			o->only = optarg;
			break;
		case LIST:
			o->list_only = true;
			break;
		case DEVIATE:
			good = add_deviation(optarg, o);
			break;
		case HELP:
			fputs(options_usage, stdout);
			return 0;
		case VERSION:
			printf("sockatlas %s (%s)\n", SOCKATLAS_VERSION, SOCKATLAS_REVISION);
			return 0;
		default:
			return OPTIONS_WRONG;
		}
	}
	for (; good && optind < argc; optind++)
		good = add(s->patterns, &s->pattern_count, argv[optind]);
	return good ? -1 : OPTIONS_WRONG;
}
