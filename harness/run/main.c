/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/known/load.h"
#include "harness/probe/probe.h"
#include "harness/results/file.h"
#include "harness/results/version.h"
#include "harness/results/writer.h"
#include "harness/run/catalogue.h"
#include "harness/run/contrast.h"
#include "harness/run/enter.h"
#include "harness/run/options.h"
#include "harness/run/proof.h"
#include "harness/run/schedule.h"
#include "harness/run/select.h"
#include "harness/run/speed.h"
#include "harness/run/terminal.h"

static const char deviations_format[] = "sockatlas-deviations";

/* How often calls went wrong on purpose. */
static unsigned int deviated;

static void keep_result(const struct run_result *result, void *context)
{
	struct results_file *file = context;

	if (result->outcome != NULL)
		deviated += result->outcome->deviated;
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

/* How many variants of cases this program has. */
static unsigned int count_all(void)
{
	const struct selection everything = {.tag_count = 0};
	size_t count;

	free(select_items(&everything, &count));
	return (unsigned int)count;
}

/* What a command that runs cases starts from. */
struct ready {
	struct run_item *items;
	size_t count;
	struct results_file *file; /* NULL: nothing is written */
	enum sandbox_mode mode;
	char reason[256];
	struct platform platform;
	double timeout_scale;
	struct known known;
	struct shard shard;
};

/* As sandbox_prepare(). The machine's own network takes the privilege to enter it. */
static enum sandbox_mode prepare(const struct options *o, char *reason, size_t size)
{
	enum sandbox_mode mode;

	if (o->own_machine && sandbox_own_machine() != 0) {
		snprintf(reason, size, "its network cannot be opened: %s", strerror(errno));
		return SANDBOX_NONE;
	}
	mode = sandbox_prepare(reason, size);
	if (o->own_machine && mode == SANDBOX_USER) {
		snprintf(reason, size, "only root has it");
		return SANDBOX_NONE;
	}
	return mode;
}

static void free_ready(struct ready *r)
{
	free(r->items);
	known_free(&r->known);
}

/* False, with a line on standard error, when nothing can be run. */
static bool get_ready(const struct options *o, const char *format, struct ready *r)
{
	char user[64];
	unsigned int uid = geteuid();

	r->platform = platform_here(o->platform);
	if (!o->no_known && !known_load(&r->known, o->known, o->known_count, &r->platform))
		return false;
	r->items = select_items(&o->selection, &r->count);
	r->shard = o->shard;
	if (r->items != NULL && o->shard.count > 0 &&
	    !shard_take(&r->shard, r->items, &r->count, o->durations)) {
		free_ready(r);
		return false;
	}
	if (r->items != NULL)
		r->items = repeat_items(r->items, &r->count, o->repeat);
	if (r->items == NULL) {
		free_ready(r);
		return false;
	}
	for (size_t i = 0; i < r->count; i++)
		r->items[i].deviation = o->deviation;
	if (items_need_ip(r->items, r->count) && sandbox_ip_program() == NULL) {
		options_complain("iproute2 is missing: no program named ip in PATH, /usr/sbin or "
				 "/sbin (cases of topology lo run without: --exclude the others)");
		free_ready(r);
		return false;
	}
	user_name(uid, user, sizeof(user));
	/* Opened first: the sandbox's /tmp hides the user's. A terminal wants text, not JSON. */
	if (format != NULL && (r->file = results_file_open(o->output)) == NULL) {
		free_ready(r);
		return false;
	}
	r->mode = prepare(o, r->reason, sizeof(r->reason));
	if (r->mode == SANDBOX_NONE && o->own_machine) {
		options_complain("--own-machine: %s", r->reason);
		free_ready(r);
		return false;
	}
	if (r->mode == SANDBOX_NONE)
		options_complain("this platform gives no namespaces to run in (%s); every case is "
				 "skipped",
				 r->reason);
	r->timeout_scale =
		o->timeout_scale == OPTIONS_SCALE_AUTO ? speed_factor(r->mode) : o->timeout_scale;
	if (r->file != NULL)
		results_header(results_file_stream(r->file),
			       &(struct run_header){
				       &r->platform, r->mode, r->reason, uid, user, o->jobs,
				       (unsigned int)r->count, format, o->deviation,
				       format == deviations_format ? count_all() : 0, o->only,
				       &r->shard, (unsigned int)(r->timeout_scale * 100 + 0.5)});
	return true;
}

static struct schedule schedule_of(const struct options *o, const struct ready *r)
{
	return (struct schedule){
		.items = r->items,
		.count = r->count,
		.jobs = o->jobs,
		.timeout_scale = r->timeout_scale,
		.strict_needs = o->strict_needs,
		.capture = !o->no_capture,
		.record_calls = !o->no_calls,
		.known = &r->known,
		.platform = &r->platform,
		.mode = r->mode,
		.mode_reason = r->reason,
	};
}

static int run(const char *program, const struct options *o)
{
	bool to_terminal = o->output == NULL && isatty(STDOUT_FILENO);
	struct ready ready = {.file = NULL};
	struct schedule schedule;
	struct run_footer footer;
	int status;

	if (o->shard.count > 0 && o->repeat != 1)
		return options_complain("--shard and --repeat do not go together");
	if (o->durations != NULL && o->shard.count == 0)
		return options_complain("--durations is for --shard");
	if (o->deviation != NULL && o->no_calls)
		return options_complain("--deviate needs the calls that --no-calls leaves out");
	if (!get_ready(o, to_terminal ? NULL : "sockatlas-results", &ready))
		return OPTIONS_WRONG;
	terminal_start(&(struct terminal){program, (unsigned int)ready.count, o->quiet,
					  o->verbose || (to_terminal && ready.count == 1)});
	schedule = schedule_of(o, &ready);
	schedule.result = keep_result;
	schedule.context = ready.file;
	footer = schedule_run(&schedule);
	footer.exit_status =
		footer.interrupted ? OPTIONS_WRONG : verdict_exit_status(footer.counts);
	terminal_summary(&footer);
	/* A name that nothing answers to would look like a suite that notices nothing. */
	if (o->deviation != NULL && deviated == 0 && !footer.interrupted)
		footer.exit_status =
			options_complain("no call of these cases goes wrong as %s says "
					 "(deviations --list names what can)",
					 o->deviation);
	status = footer.exit_status;
	if (ready.file != NULL && !results_file_close(ready.file, &footer))
		status = OPTIONS_WRONG;
	free_ready(&ready);
	return status;
}

static int deviations(const struct options *o)
{
	struct ready ready = {.file = NULL};
	struct proof proof;
	int status;

	if (o->no_calls || o->deviation != NULL || o->repeat != 1 || o->shard.count > 0)
		return options_complain(
			"--no-calls, --deviate, --repeat and --shard are not for deviations");
	if (!get_ready(o, o->list_only ? NULL : deviations_format, &ready))
		return OPTIONS_WRONG;
	proof = (struct proof){
		.schedule = schedule_of(o, &ready),
		.only = o->only,
		.sample = o->sample,
		.list = o->list_only,
		.quiet = o->quiet,
		.out = ready.file != NULL ? results_file_stream(ready.file) : stdout,
	};
	status = proof_run(&proof);
	if (ready.file != NULL && !results_file_close(ready.file, NULL))
		status = OPTIONS_WRONG;
	free_ready(&ready);
	return status;
}

/* The lessons; with a deviation, what one would look like on a platform that misbehaves. */
static int show(const struct options *o)
{
	struct ready ready = {.file = NULL};
	struct schedule schedule;
	int status;

	if (o->deviation == NULL)
		return catalogue_show(&o->selection);
	if (o->selection.pattern_count == 0)
		return options_complain("show wants a case");
	if (!get_ready(o, NULL, &ready))
		return OPTIONS_WRONG;
	schedule = schedule_of(o, &ready);
	status = contrast_print(&schedule);
	free_ready(&ready);
	return status;
}

/* The differences that are known, wherever. */
static int print_known(const struct options *o)
{
	struct platform platform = platform_here(o->platform);
	struct known known;
	int status;

	if (!known_load(&known, o->known, o->known_count, &platform))
		return OPTIONS_WRONG;
	status = known_print(&known);
	known_free(&known);
	return status;
}

static int probe(const struct options *o)
{
	char reason[256] = "";
	enum sandbox_mode mode = prepare(o, reason, sizeof(reason));

	printf("%-14s %-4s %s\n", "sandbox", mode == SANDBOX_NONE ? "no" : "yes",
	       mode == SANDBOX_NONE ? reason : sandbox_mode_name(mode));
	for (size_t i = 0; mode != SANDBOX_NONE && probe_at(i) != NULL; i++) {
		const struct probe_result *r = probe_result(probe_at(i)->name);

		printf("%-14s %-4s %s\n", r->probe->name, r->ok ? "yes" : "no",
		       r->ok ? r->probe->what : r->reason);
	}
	return mode == SANDBOX_NONE ? OPTIONS_WRONG : 0;
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
		return fputs(options_usage, stdout) < 0;
	if (strcmp(command, "--version") == 0)
		return printf("sockatlas %s (%s)\n", SOCKATLAS_VERSION, SOCKATLAS_REVISION) < 0;
	if (strcmp(command, "enter") == 0)
		return enter_main(argc - 1, argv + 1);
	if (strcmp(command, "run") != 0 && strcmp(command, "list") != 0 &&
	    strcmp(command, "show") != 0 && strcmp(command, "probe") != 0 &&
	    strcmp(command, "deviations") != 0 && strcmp(command, "known") != 0)
		return options_complain(
			"\"%s\" is not a command: run, list, show, deviations, known, probe or "
			"enter (--help tells more)",
			command);
	status = options_parse(argc - 1, argv + 1, &options);
	if (status >= 0)
		return status;
	if (strcmp(command, "run") == 0)
		return run(argv[0], &options);
	if (strcmp(command, "deviations") == 0)
		return deviations(&options);
	if (strcmp(command, "list") == 0)
		return catalogue_list(&options.selection, options.format);
	if (strcmp(command, "known") == 0)
		return print_known(&options);
	if (strcmp(command, "show") == 0)
		return show(&options);
	return probe(&options);
}
