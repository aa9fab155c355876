/* SPDX-License-Identifier: MIT */
/* atlas deviations: whether the cases notice calls that misbehave. */
#include <stdlib.h>
#include <string.h>

#include "reports/commands.h"
#include "reports/deviations/write.h"

enum { FILES_MOST = 32 };

struct request {
	char *paths[FILES_MOST];
	size_t count;
	const char *explained; /* "" for none */
	double minimum;
	bool tsv;
};

static int judge(const struct findings *f, const struct explained *e, double minimum)
{
	/* As for what is printed: shares are not exact in binary. */
	if (findings_share(f) + 1e-9 < minimum || e->stale > 0)
		return 1;
	for (size_t i = 0; i < f->count; i++) {
		if (f->items[i].fate == FATE_SURVIVED && f->items[i].why == NULL)
			return 1;
	}
	return 0;
}

static int write_findings(const struct request *q, struct run **runs, struct explained *e)
{
	struct findings f;
	int status;

	findings_collect(&f, runs, q->count);
	explained_apply(e, &f);
	if (q->tsv)
		deviations_tsv(stdout, &f);
	else
		deviations_text(stdout, &f, e, q->explained, q->minimum);
	status = judge(&f, e, q->minimum);
	if (f.incomplete)
		status = atlas_wrong("the deviations were not all tried: nothing can be said of "
				     "the rest");
	else if (f.count == f.fates[FATE_UNSTABLE])
		status = atlas_wrong("no deviation happened");
	findings_free(&f);
	return status;
}

static int deviations(const struct request *q)
{
	struct run *runs[FILES_MOST] = {NULL};
	struct explained e = {0};
	char error[1024];
	int status = 0;

	if (q->explained[0] != 0 && !explained_read(&e, q->explained, error, sizeof(error)))
		status = atlas_wrong("%s", error);
	for (size_t i = 0; i < q->count && status == 0; i++) {
		runs[i] = atlas_read_deviations(q->paths[i]);
		if (runs[i] == NULL)
			status = 2;
	}
	if (status == 0)
		status = write_findings(q, runs, &e);
	for (size_t i = 0; i < q->count; i++)
		run_free(runs[i]);
	explained_free(&e);
	return status;
}

/* Whether the option at argv[*i] is `name`; its value is behind "=" or the next word, else "". */
static bool has_value(const char *name, int argc, char **argv, int *i, const char **value)
{
	size_t length = strlen(name);
	const char *option = argv[*i];

	if (strncmp(option, name, length) != 0 || (option[length] != 0 && option[length] != '='))
		return false;
	*value = "";
	if (option[length] == '=')
		*value = option + length + 1;
	else if (*i + 1 < argc)
		*value = argv[++*i];
	return true;
}

static bool parse_minimum(const char *text, double *minimum)
{
	char *end;

	*minimum = strtod(text, &end);
	return *text != 0 && *end == 0 && *minimum >= 0 && *minimum <= 100;
}

static int parse_option(struct request *q, int argc, char **argv, int *i)
{
	const char *value;

	if (has_value("--explained", argc, argv, i, &value)) {
		if (value[0] == 0)
			return atlas_wrong("deviations: --explained takes a file");
		q->explained = value;
	} else if (has_value("--minimum", argc, argv, i, &value)) {
		if (!parse_minimum(value, &q->minimum))
			return atlas_wrong("deviations: --minimum takes per cent, from 0 to 100");
	} else if (has_value("--format", argc, argv, i, &value)) {
		q->tsv = strcmp(value, "tsv") == 0;
		if (!q->tsv && strcmp(value, "text") != 0)
			return atlas_wrong("deviations: --format is text or tsv");
	} else {
		return atlas_wrong("deviations: no option %s; try `atlas --help`", argv[*i]);
	}
	return 0;
}

int atlas_deviations(int argc, char **argv)
{
	struct request q = {.explained = "", .minimum = 95};
	bool options = true;

	for (int i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
		} else if (options && argv[i][0] == '-' && argv[i][1] != 0) {
			if (parse_option(&q, argc, argv, &i) != 0)
				return 2;
		} else if (q.count == FILES_MOST) {
			return atlas_wrong("deviations: more than %d files", FILES_MOST);
		} else {
			q.paths[q.count++] = argv[i];
		}
	}
	if (q.count == 0)
		return atlas_wrong("deviations: no deviations file; try `atlas --help`");
	return deviations(&q);
}
