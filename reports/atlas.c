/* SPDX-License-Identifier: MIT */
/* atlas: makes readable what sockatlas wrote. See atlas(1). */
#include <stdio.h>
#include <string.h>

#include "reports/commands.h"

#ifndef SOCKATLAS_VERSION
#define SOCKATLAS_VERSION "0.1.0"
#endif
#ifndef SOCKATLAS_REVISION
#define SOCKATLAS_REVISION "unknown"
#endif

static const char help[] =
	"usage: atlas report RESULTS.jsonl... [--deviations DEVIATIONS.jsonl] -o FOLDER\n"
	"                                                 write the HTML atlas, JUnit and KTAP\n"
	"       atlas compare A.jsonl B.jsonl... [--format text|tsv]   print what differs\n"
	"       atlas summary RESULTS.jsonl [--format text|counts|tsv]   print how a run ended\n"
	"       atlas coverage RESULTS.jsonl... [--catalogue FOLDER] [--format text|tsv]\n"
	"                                                 print what of the interface was seen\n"
	"       atlas deviations DEVIATIONS.jsonl... [--explained FILE.tsv] [--minimum PERCENT]\n"
	"                                                 print what no case noticed\n"
	"       atlas merge SHARD.jsonl... -o FILE        join the shards of one run\n"
	"       atlas export --format kcidb RESULTS.jsonl... [--origin NAME] [-o FILE]\n"
	"                                                 write what KernelCI collects\n"
	"       atlas decode ...                          print decoded packets\n"
	"       atlas sniff ...                           print packets as they come\n"
	"       atlas --help | --version\n"
	"\n"
	"RESULTS.jsonl is what `sockatlas run` wrote; \"-\" is standard input.\n"
	"DEVIATIONS.jsonl is what `sockatlas deviations` wrote.\n"
	"Exit status: 0 done (compare: nothing differs), 1 something differs (coverage: an entry\n"
	"is stale; deviations: something went unnoticed), 2 an error.\n";

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{"report", atlas_report},     {"compare", atlas_compare},	{"summary", atlas_summary},
	{"coverage", atlas_coverage}, {"deviations", atlas_deviations}, {"decode", atlas_decode},
	{"sniff", atlas_sniff},	      {"merge", atlas_merge_command},	{"export", atlas_export},
};

/* What was printed has been written, or it is an error: a full disk must not look like success. */
static int finish(int status)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		return atlas_wrong("standard output cannot be written: %m");
	return status;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return atlas_wrong("no command; try `atlas --help`");
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		fputs(help, stdout);
		return finish(0);
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("atlas " SOCKATLAS_VERSION " (" SOCKATLAS_REVISION ")");
		return finish(0);
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return finish(commands[i].run(argc - 1, argv + 1));
	}
	return atlas_wrong("there is no command %s; try `atlas --help`", argv[1]);
}
