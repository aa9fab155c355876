/* SPDX-License-Identifier: MIT */
/* atlas export: results for those who collect them from many. */
#include <stdlib.h>
#include <string.h>

#include "reports/commands.h"
#include "reports/export/kcidb.h"

static bool add_file(json_t *report, const char *path, const char *origin)
{
	struct run *run = atlas_read(path);
	bool good = run != NULL;

	if (good && run->header.deviation[0] != 0)
		good = atlas_wrong("export: %s: not the results of a platform: calls misbehaved on "
				   "purpose",
				   path) == 0;
	if (good && !kcidb_add(report, run, origin))
		good = atlas_wrong("export: %s: this run is there already", path) == 0;
	run_free(run);
	return good;
}

/* To standard output, or to a file that appears complete or not at all. */
static bool write_report(const json_t *report, const char *path)
{
	const size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION(15);
	char *temporary;
	FILE *out;
	bool good;

	if (path == NULL)
		return json_dumpf(report, stdout, flags) == 0 && putchar('\n') != EOF;
	if (asprintf(&temporary, "%s.part", path) < 0)
		return false;
	out = fopen(temporary, "we");
	good = out != NULL && json_dumpf(report, out, flags) == 0 && putc('\n', out) != EOF;
	if (out != NULL)
		good = fclose(out) == 0 && good;
	good = good && rename(temporary, path) == 0;
	if (!good) {
		atlas_wrong("export: %s: %m", path);
		remove(temporary);
	}
	free(temporary);
	return good;
}

int atlas_export(int argc, char **argv)
{
	const char *output = NULL, *origin = "sockatlas", *format = NULL;
	json_t *report = kcidb_new();
	size_t files = 0;
	bool good = true;

	for (int i = 1; i < argc; i++) {
		const char **value = strcmp(argv[i], "-o") == 0		? &output
				     : strcmp(argv[i], "--origin") == 0 ? &origin
				     : strcmp(argv[i], "--format") == 0 ? &format
									: NULL;

		if (value != NULL && i + 1 < argc) {
			*value = argv[++i];
			argv[i] = NULL; /* not a file */
		} else if (value != NULL || (argv[i][0] == '-' && argv[i][1] != 0)) {
			json_decref(report);
			return atlas_wrong("export: %s is unknown or without its value; try "
					   "`atlas --help`",
					   argv[i]);
		} else {
			files++;
			continue;
		}
		argv[i - 1] = NULL;
	}
	if (format == NULL || strcmp(format, "kcidb") != 0)
		good = atlas_wrong("export: --format kcidb is the only one") == 0;
	else if (!kcidb_origin_is_valid(origin))
		good = atlas_wrong("export: an origin is small letters, digits and \"_\"") == 0;
	else if (files == 0)
		good = atlas_wrong("export: takes results files; try `atlas --help`") == 0;
	for (int i = 1; good && i < argc; i++)
		good = argv[i] == NULL || add_file(report, argv[i], origin);
	good = good && write_report(report, output);
	json_decref(report);
	return good ? 0 : 2;
}
