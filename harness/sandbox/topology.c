/* SPDX-License-Identifier: MIT */
#include "harness/sandbox/topology.h"

#include <stdio.h>
#include <string.h>

#include "harness/embed.h"

EMBED(topology_lo, "fixtures/topologies/lo.batch");
EMBED(topology_pair, "fixtures/topologies/pair.batch");
EMBED(topology_routed, "fixtures/topologies/routed.batch");
EMBED(topology_ways, "fixtures/topologies/ways.batch");
EMBED(topology_can, "fixtures/topologies/can.batch");
EMBED(topology_canpair, "fixtures/topologies/canpair.batch");
EMBED(topology_lan, "fixtures/topologies/lan.batch");
EMBED(topology_macvlan, "fixtures/topologies/macvlan.batch");
EMBED(topology_machine, "fixtures/topologies/machine.batch");
EMBED(topology_machine_link, "fixtures/topologies/machine_link.batch");

static struct topology topologies[] = {
	{.name = "lo", .text = topology_lo},
	{.name = "pair", .text = topology_pair},
	{.name = "routed", .text = topology_routed},
	{.name = "ways", .text = topology_ways},
	{.name = "can", .text = topology_can},
	{.name = "canpair", .text = topology_canpair},
	{.name = "lan", .text = topology_lan},
	{.name = "macvlan", .text = topology_macvlan},
	{.name = "machine", .text = topology_machine},
	{.name = "machine_link", .text = topology_machine_link},
};

static size_t line_length(const char *line)
{
	return strcspn(line, "\n");
}

static const char *next_line(const char *line)
{
	line += line_length(line);
	return *line == '\n' ? line + 1 : line;
}

static bool is_line(const char *line, const char *text)
{
	return line_length(line) == strlen(text) && strncmp(line, text, strlen(text)) == 0;
}

/* The rest of a "#: WORD rest" line, or NULL. */
static const char *directive(const char *line, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(line, "#: ", 3) != 0 || strncmp(line + 3, word, length) != 0 ||
	    line[3 + length] != ' ')
		return NULL;
	return line + 4 + length;
}

static void parse(struct topology *t)
{
	struct topology_host *host = NULL;

	for (const char *line = t->text; *line != '\0'; line = next_line(line)) {
		const char *name = directive(line, "host"), *needs = directive(line, "needs");

		if (needs != NULL)
			snprintf(t->needs, sizeof(t->needs), "%.*s", (int)line_length(needs),
				 needs);
		t->machine = t->machine || is_line(line, "#: machine");
		if (name != NULL && t->host_count < TOPOLOGY_MAX_HOSTS) {
			host = &t->hosts[t->host_count++];
			snprintf(host->name, sizeof(host->name), "%.*s", (int)line_length(name),
				 name);
			host->commands = next_line(line);
			host->length = 0;
		} else if (host != NULL) {
			host->length = (size_t)(next_line(line) - host->commands);
			if (line[0] != '#' && line[0] != '\n')
				host->has_commands = t->needs_ip = true;
		}
	}
}

const struct topology *topology_at(size_t index)
{
	struct topology *t;

	if (index >= sizeof(topologies) / sizeof(topologies[0]))
		return NULL;
	t = &topologies[index];
	if (t->host_count == 0)
		parse(t);
	return t;
}

const struct topology *topology_find(const char *name)
{
	for (size_t i = 0; topology_at(i) != NULL; i++) {
		if (strcmp(topology_at(i)->name, name) == 0)
			return topology_at(i);
	}
	return NULL;
}

int topology_each_sysctl(const struct topology_host *host,
			 int (*apply)(const char *name, const char *value, void *context),
			 void *context)
{
	const char *end = host->commands + host->length;

	for (const char *line = host->commands; line < end; line = next_line(line)) {
		const char *rest = directive(line, "sysctl");
		char name[128], value[128];
		int result;

		if (rest == NULL || sscanf(rest, "%127[^=\n]=%127[^\n]", name, value) != 2)
			continue;
		result = apply(name, value, context);
		if (result != 0)
			return result;
	}
	return 0;
}
