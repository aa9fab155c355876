/* SPDX-License-Identifier: MIT */
/* A case as text, for a terminal: the small sister of the atlas's ladder. */
#include "harness/run/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "harness/names/names.h"
#include "harness/packet/packet.h"

struct event {
	uint64_t at_ns;
	const struct call_record *call; /* or, when NULL, */
	const struct packet_record *packet;
};

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	return (x->at_ns > y->at_ns) - (x->at_ns < y->at_ns);
}

static const char *skip_string(const char *p)
{
	return p + strlen(p) + 1;
}

static bool named_in(const char *list, const char *name)
{
	for (const char *p = list; *p != '\0'; p = skip_string(skip_string(p))) {
		if (strcmp(p, name) == 0)
			return true;
	}
	return false;
}

static void write_list(FILE *file, const char *list, const char *except, const char **separator)
{
	for (const char *p = list; *p != '\0'; p = skip_string(skip_string(p))) {
		if (named_in(except, p))
			continue;
		fprintf(file, "%s%s=%s", *separator, p, skip_string(p));
		*separator = ", ";
	}
}

void timeline_call(FILE *file, const struct outcome *o, const struct call_record *c)
{
	const char *error = c->error != 0 ? names_errno(c->error) : NULL, *separator = "";

	fprintf(file, "%s(", c->name);
	write_list(file, outcome_string(o, c->in), outcome_string(o, c->out), &separator);
	write_list(file, outcome_string(o, c->out), "", &separator);
	fprintf(file, ") = %s%s%s", c->returned ? outcome_string(o, c->result) : "(did not return)",
		error ? " " : "", error ? error : "");
}

static void write_place(FILE *file, const struct call_record *c)
{
	if (c->file != NULL)
		fprintf(file, "   [%s:%d]",
			strrchr(c->file, '/') ? strrchr(c->file, '/') + 1 : c->file, c->line);
	fputs(c->deviated ? "   deviates\n" : "\n", file);
}

static void write_packet(FILE *file, const struct outcome *o, const struct packet_record *r)
{
	const struct link_record *link = &o->links[r->link];
	struct packet packet;
	char line[512];

	packet_decode(&packet, (const uint8_t *)(r + 1), r->captured, r->original, link->link_type,
		      r->checksum_pending ? PACKET_CHECKSUM_OFFLOADED : 0);
	packet_line(&packet, line, sizeof(line));
	fprintf(file, "    ~ %s %s: %s\n", link->host, link->link, line);
}

static size_t collect(const struct outcome *o, struct event *events, size_t room)
{
	size_t count = 0;
	uint32_t at = 0;

	for (uint32_t i = 0; i < o->calls_used && i < OUTCOME_MAX_CALLS && count < room; i++) {
		if (o->calls[i].name != NULL)
			events[count++] = (struct event){o->calls[i].start_ns, &o->calls[i], NULL};
	}
	while (at + sizeof(struct packet_record) <= o->capture_used && count < room) {
		const struct packet_record *r = (const struct packet_record *)(o->capture + at);

		if (r->captured > OUTCOME_CAPTURE_BYTES - at - sizeof(*r) ||
		    r->link >= OUTCOME_MAX_LINKS)
			break;
		events[count++] = (struct event){r->time_ns, NULL, r};
		at = (at + (uint32_t)sizeof(*r) + r->captured + 7) & ~7u;
	}
	return count;
}

void timeline_write(FILE *file, const struct outcome *o)
{
	size_t room = OUTCOME_MAX_CALLS + OUTCOME_CAPTURE_BYTES / sizeof(struct packet_record);
	struct event *events = calloc(room, sizeof(*events));
	size_t count;

	if (events == NULL)
		return;
	count = collect(o, events, room);
	qsort(events, count, sizeof(*events), by_time);
	for (size_t i = 0; i < count; i++) {
		fprintf(file, "%10.1f us  ", (double)events[i].at_ns / 1000.0);
		if (events[i].call != NULL) {
			timeline_call(file, o, events[i].call);
			write_place(file, events[i].call);
		} else {
			write_packet(file, o, events[i].packet);
		}
	}
	free(events);
	if (o->output != 0)
		fprintf(file, "  output: %s\n", outcome_string(o, o->output));
}
