const /* SPDX-License-Identifier: MIT */
/* Findings for a terminal: the tables first, then what has to be looked at. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/deviations/score.h"
#include "reports/deviations/write.h"

	enum { OTHERS_NAMED = 3 };

static void line(FILE *out, const char *before, const char *text, const char *after)
{
	fputs(before, out);
	escape_line(out, text);
	fputs(after, out);
}

static void put_row(FILE *out, const struct score *s, int width)
{
	char percent[16];
	size_t survived = s->happened - s->noticed;

	score_percent(percent, 100.0 * (double)s->noticed / (double)s->happened);
	fprintf(out, "  %-*s %8zu %8zu %6s %%", width, s->name, s->happened, s->noticed, percent);
	if (survived != 0)
		fprintf(out, " %8zu", survived);
	putc('\n', out);
}

/* Those with survivors; with `all` the others too, else their number. */
static void put_table(FILE *out, const char *title, struct scores s, bool all)
{
	struct score rest = {"", 0, 0};
	char name[40];
	size_t left = 0;
	int width = 20;

	fprintf(out, "\n  %-*s %8s %8s %8s %8s\n", width, title, "tried", "noticed", "share",
		"survived");
	for (size_t i = 0; i < s.count; i++) {
		if (all || s.items[i].noticed < s.items[i].happened) {
			put_row(out, &s.items[i], width);
			continue;
		}
		left++;
		rest.happened += s.items[i].happened;
		rest.noticed += s.items[i].noticed;
	}
	snprintf(name, sizeof(name), "%zu %scall%s", left, left == s.count ? "" : "other ",
		 left == 1 ? "" : "s");
	rest.name = name;
	if (left != 0)
		put_row(out, &rest, width);
	free(s.items);
}

/* Whether all that is said of two survivors is the same. */
static bool is_alike(const struct finding *f, const struct finding *g)
{
	if (f->fate != g->fate || f->why != g->why || f->count != g->count)
		return false;
	for (size_t i = 0; i < f->count; i++) {
		if (strcmp(f->attempts[i].trial->id, g->attempts[i].trial->id) != 0)
			return false;
	}
	return strcmp(finding_candidate(f)->trial->id, finding_candidate(g)->trial->id) == 0;
}

static void put_survivor(FILE *out, const struct finding *f)
{
	const struct attempt *best = finding_candidate(f);
	size_t others = 0;

	line(out, "    should notice  ", best->trial->id, "\n");
	if (best->info != NULL && best->info->claim[0] != 0)
		line(out, "                   ", best->info->claim, "\n");
	for (size_t i = 0; i < f->count; i++) {
		if (&f->attempts[i] == best || others++ >= OTHERS_NAMED)
			continue;
		line(out, others == 1 ? "    also tried in  " : ", ", f->attempts[i].trial->id, "");
	}
	if (others > OTHERS_NAMED)
		fprintf(out, " and %zu more", others - OTHERS_NAMED);
	if (others != 0)
		putc('\n', out);
	if (f->why != NULL)
		line(out, "    explained      ", f->why->text, "\n");
}

static void put_survivors(FILE *out, const struct findings *f, bool explained)
{
	const struct finding *last = NULL;

	for (size_t i = 0; i < f->count; i++) {
		const struct finding *d = &f->items[i];

		if (d->fate != FATE_SURVIVED || (d->why != NULL) != explained)
			continue;
		if (last == NULL)
			fputs(explained ? "\nNo case noticed, and the reason is known:\n"
					: "\nNo case noticed (sockatlas show CASE --deviate NAME "
					  "shows one):\n",
			      out);
		else if (!is_alike(last, d))
			put_survivor(out, last);
		if (last == NULL || !is_alike(last, d))
			putc('\n', out);
		line(out, "  ", d->name, "\n");
		last = d;
	}
	if (last != NULL)
		put_survivor(out, last);
}

static void put_setup(FILE *out, const struct findings *f)
{
	if (f->fates[FATE_SETUP] == 0)
		return;
	fputs("\nNoticed only by a setup step, so no check looks at it:\n", out);
	for (size_t i = 0; i < f->count; i++) {
		const struct attempt *a = finding_noticer(&f->items[i]);

		if (f->items[i].fate != FATE_SETUP)
			continue;
		line(out, "  ", f->items[i].name, "  ");
		escape_line(out, a->trial->id);
		if (a->trial->file[0] != 0) {
			line(out, " (", a->trial->file, "");
			fprintf(out, ":%" PRId64 ")", a->trial->line);
		}
		putc('\n', out);
	}
}

static void put_unstable(FILE *out, const struct findings *f)
{
	if (f->fates[FATE_UNSTABLE] == 0)
		return;
	fputs("\nUnstable, not counted: offered by a call that was not made again:\n", out);
	for (size_t i = 0; i < f->count; i++) {
		if (f->items[i].fate == FATE_UNSTABLE)
			line(out, "  ", f->items[i].name, "\n");
	}
}

static void put_stale(FILE *out, const struct explained *e, const char *path)
{
	if (e->stale == 0)
		return;
	fputs("\nExplained without need; remove these lines:\n", out);
	for (size_t i = 0; i < e->count; i++) {
		if (!e->items[i].stale)
			continue;
		line(out, "  ", path, "");
		fprintf(out, ":%zu: ", e->items[i].line);
		line(out, "", e->items[i].glob,
		     e->items[i].matched != 0 ? " is noticed\n" : " matches no deviation\n");
	}
}

static void put_total(FILE *out, const struct findings *f, const struct explained *e,
		      double minimum)
{
	size_t happened = f->count - f->fates[FATE_UNSTABLE], reasons = 0;
	char percent[16];

	for (size_t i = 0; i < f->count; i++)
		reasons += f->items[i].why != NULL;
	score_percent(percent, findings_share(f));
	fprintf(out, "\n%zu of %zu deviations noticed: %s %%, at least %g %% wanted",
		happened - f->fates[FATE_SURVIVED], happened, percent, minimum);
	fprintf(out, "; %zu survived, %zu of them explained\n", f->fates[FATE_SURVIVED], reasons);
	if (f->fates[FATE_SETUP] + f->fates[FATE_UNSTABLE] + e->stale == 0)
		return;
	fprintf(out,
		"%zu noticed only by a setup step, %zu unstable, %zu explained without "
		"need\n",
		f->fates[FATE_SETUP], f->fates[FATE_UNSTABLE], e->stale);
}

void deviations_text(FILE *out, const struct findings *f, const struct explained *e,
		     const char *path, double minimum)
{
	fprintf(out, "%zu runs in %" PRId64 ".%" PRId64 " s%s\n", f->runs, f->duration_us / 1000000,
		f->duration_us / 100000 % 10, f->partial ? ", of a selection" : "");
	put_table(out, "kind", scores_by(f, score_kind), true);
	put_table(out, "call", scores_by(f, score_call), false);
	put_unstable(out, f);
	put_setup(out, f);
	put_survivors(out, f, true);
	put_survivors(out, f, false);
	put_stale(out, e, path);
	put_total(out, f, e, minimum);
}

static void field(FILE *out, const char *text, char after)
{
	escape_tsv(out, text);
	putc(after, out);
}

void deviations_tsv(FILE *out, const struct findings *f)
{
	static const char *const words[FATES] = {
		[FATE_NOTICED] = "yes",
		[FATE_SETUP] = "setup",
		[FATE_SURVIVED] = "no",
		[FATE_UNSTABLE] = "unstable",
	};

	fputs("deviation\tkind\tnoticed\tran\tnoticed by\tfirst\texplanation\n", out);
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *d = &f->items[i];
		const struct attempt *first = finding_noticer(d);

		field(out, d->name, '\t');
		field(out, deviation_kind_word(d->kind), '\t');
		fprintf(out, "%s\t%zu\t%zu\t", words[d->fate], d->count, d->noticed);
		field(out, first != NULL ? first->trial->id : "", '\t');
		field(out, d->why != NULL ? d->why->text : "", '\n');
	}
}
