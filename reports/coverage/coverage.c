/* SPDX-License-Identifier: MIT */
/* atlas coverage: which constants, errors and functions the recorded calls of runs show. */
#include <stdlib.h>
#include <string.h>

#include "reports/commands.h"
#include "reports/coverage/write.h"

enum format { FORMAT_TEXT, FORMAT_TSV };

struct options {
	const char *folder; /* of the catalogue; NULL: the program's own */
	enum format format;
	const char **paths;
	size_t path_count;
};

/* Returns 0, or 2 after saying what is wrong. */
static int read_options(struct options *o, int argc, char **argv)
{
	bool options = true;

	for (int i = 1; i < argc; i++) {
		const char *word;

		if (!options || argv[i][0] != '-' || argv[i][1] == 0) {
			o->paths[o->path_count++] = argv[i];
		} else if (strcmp(argv[i], "--") == 0) {
			options = false;
		} else if ((word = atlas_value("--catalogue", argc, argv, &i)) != NULL) {
			if (word[0] == 0)
				return atlas_wrong("coverage: --catalogue needs a folder");
			o->folder = word;
		} else if ((word = atlas_value("--format", argc, argv, &i)) != NULL) {
			if (strcmp(word, "text") != 0 && strcmp(word, "tsv") != 0)
				return atlas_wrong("coverage: --format is text or tsv");
			o->format = strcmp(word, "tsv") == 0 ? FORMAT_TSV : FORMAT_TEXT;
		} else {
			return atlas_wrong("coverage: no option %s; try `atlas --help`", argv[i]);
		}
	}
	if (o->path_count == 0)
		return atlas_wrong("coverage: takes results files; try `atlas --help`");
	return 0;
}

/* Writes what the runs show. Returns the exit status. */
static int measure(const struct options *o, const struct catalogue *catalogue,
		   struct run *const *runs)
{
	struct measure m;
	size_t stale;

	measure_begin(&m, catalogue);
	measure_runs(&m, runs, o->path_count);
	if (o->format == FORMAT_TSV) {
		coverage_tsv(stdout, &m);
		stale = coverage_stale(stderr, &m);
	} else {
		coverage_text(stdout, &m);
		stale = coverage_stale(NULL, &m);
	}
	measure_end(&m);
	return stale != 0;
}

/* The run, or NULL after saying why not. */
static struct run *read_run(const char *path)
{
	struct run *run = atlas_read(path);

	/* Errors and values were made up there, and say nothing about the platform. */
	if (run != NULL && run->header.deviation[0] != 0) {
		atlas_wrong("%s: calls of this run were made to misbehave (%s)", path,
			    run->header.deviation);
		run_free(run);
		run = NULL;
	}
	return run;
}

static int read_and_measure(const struct options *o)
{
	struct run **runs = memory_get(o->path_count, sizeof(*runs));
	struct catalogue catalogue = {0};
	char error[1024];
	size_t count = 0;
	int status = 2;

	if (!catalogue_read(&catalogue, o->folder, error, sizeof(error))) {
		atlas_wrong("%s", error);
	} else {
		while (count < o->path_count && (runs[count] = read_run(o->paths[count])) != NULL)
			count++;
		if (count == o->path_count)
			status = measure(o, &catalogue, runs);
	}
	for (size_t i = 0; i < count; i++)
		run_free(runs[i]);
	catalogue_free(&catalogue);
	free(runs);
	return status;
}

int atlas_coverage(int argc, char **argv)
{
	struct options o = {0};
	int status;

	o.paths = memory_get((size_t)argc, sizeof(*o.paths));
	status = read_options(&o, argc, argv);
	if (status == 0)
		status = read_and_measure(&o);
	free(o.paths);
	return status;
}
