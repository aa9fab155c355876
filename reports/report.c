/* SPDX-License-Identifier: MIT */
/* atlas report: all reports of one or more runs, complete or not at all. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "reports/base/output.h"
#include "reports/commands.h"
#include "reports/deviations/findings.h"
#include "reports/html/html.h"

/* Whether the file is FOLDER/NAME already, by whatever path. */
static bool is_there(const char *path, const char *folder, const char *name)
{
	struct stat here, there;
	char *target;
	bool same;

	if (asprintf(&target, "%s/%s", folder, name) < 0)
		return false;
	same = stat(path, &here) == 0 && stat(target, &there) == 0 && here.st_dev == there.st_dev &&
	       here.st_ino == there.st_ino;
	free(target);
	return same;
}

static bool copy(struct output *out, const char *path, const char *name)
{
	char bytes[65536];
	size_t length;
	FILE *in = fopen(path, "re"), *to;
	bool good;

	if (in == NULL) {
		snprintf(out->error, sizeof(out->error), "%s: %s", path, strerror(errno));
		return false;
	}
	to = output_file(out, name);
	while (to != NULL && (length = fread(bytes, 1, sizeof(bytes), in)) > 0) {
		if (fwrite(bytes, 1, length, to) != length)
			break;
	}
	good = to != NULL && !ferror(in);
	if (to != NULL && ferror(in))
		snprintf(out->error, sizeof(out->error), "%s: %s", path, strerror(errno));
	fclose(in);
	return good;
}

/* results.jsonl, or results-1.jsonl and so on when there are several. */
static bool copy_results(struct output *out, char **paths, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char name[40] = "results.jsonl";

		if (count > 1)
			snprintf(name, sizeof(name), "results-%zu.jsonl", i + 1);
		if (paths[i] == NULL || strcmp(paths[i], "-") == 0 ||
		    is_there(paths[i], out->folder, name))
			continue;
		if (!copy(out, paths[i], name))
			return false;
	}
	return true;
}

static bool write_one(struct output *out, const char *name, const struct atlas *atlas,
		      void (*write)(FILE *, const struct atlas *))
{
	FILE *stream = output_file(out, name);

	if (stream == NULL)
		return false;
	write(stream, atlas);
	return true;
}

static int write_all(const struct atlas *atlas, char **paths, const char *folder)
{
	struct output out;

	if (!output_begin(&out, folder))
		return atlas_wrong("%s", out.error);
	if (!write_one(&out, "index.html", atlas, html_page) ||
	    !write_one(&out, "junit.xml", atlas, junit_write) ||
	    !write_one(&out, "ktap.txt", atlas, ktap_write) ||
	    !copy_results(&out, paths, atlas->run_count)) {
		output_abandon(&out);
		return atlas_wrong("%s", out.error);
	}
	return output_commit(&out) ? 0 : atlas_wrong("%s", out.error);
}

static int report(char **paths, size_t count, const char *deviations, const char *folder)
{
	struct run *runs[RUNS_MOST] = {NULL}, *proof = NULL;
	struct findings findings = {0};
	struct atlas atlas;
	int status = 0;

	for (size_t i = 0; i < count && status == 0; i++) {
		runs[i] = atlas_read(paths[i]);
		if (runs[i] == NULL)
			status = 2;
	}
	if (status == 0 && deviations != NULL) {
		proof = atlas_read_deviations(deviations);
		status = proof == NULL ? 2 : 0;
	}
	if (status == 0) {
		atlas_merge(&atlas, runs, count);
		if (proof != NULL) {
			findings_collect(&findings, &proof, 1);
			atlas.findings = &findings;
		}
		status = write_all(&atlas, paths, folder);
		findings_free(&findings);
		atlas_free(&atlas);
	}
	for (size_t i = 0; i < count; i++)
		run_free(runs[i]);
	run_free(proof);
	return status;
}

int atlas_report(int argc, char **argv)
{
	const char *folder = NULL, *deviations = NULL;
	char *paths[RUNS_MOST] = {NULL};
	bool options = true;
	size_t count = 0;

	for (int i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
		} else if (options && strcmp(argv[i], "-o") == 0) {
			if (folder != NULL || i + 1 == argc)
				return atlas_wrong("report: -o takes one folder");
			folder = argv[++i];
		} else if (options && strcmp(argv[i], "--deviations") == 0) {
			if (deviations != NULL || i + 1 == argc)
				return atlas_wrong("report: --deviations takes one file");
			deviations = argv[++i];
		} else if (options && argv[i][0] == '-' && argv[i][1] != 0) {
			return atlas_wrong("report: no option %s; try `atlas --help`", argv[i]);
		} else if (count == RUNS_MOST) {
			return atlas_wrong("report: more than %d results files", RUNS_MOST);
		} else {
			paths[count++] = argv[i];
		}
	}
	if (count == 0)
		return atlas_wrong("report: no results file; try `atlas --help`");
	if (folder == NULL)
		return atlas_wrong("report: no folder to write to: -o FOLDER");
	return report(paths, count, deviations, folder);
}
