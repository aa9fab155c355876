/* SPDX-License-Identifier: MIT */
/*
 * What a case did, in time order: calls on the left at their time, packets as arrows
 * between hosts on the right. A packet opens to its fields.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"
#include "reports/html/ladder.h"

enum {
	EVENTS_MOST = 1500, /* shown of one result */
	TREES_MOST = 200,   /* packets of one result that can be opened */
	VALUE_MOST = 100,   /* bytes shown of an argument */
	LATE_NS = 1000000,  /* a call that takes longer gets a line of its own for its return */
};

enum event_kind { PACKET, CALL, RETURN };

struct event {
	enum event_kind kind;
	uint64_t time_ns;
	size_t index; /* of the call or frame */
};

struct timeline {
	FILE *out;
	const struct result *r;
	const struct test_case *c;
	struct ladder ladder;
	struct event *events;
	size_t count;
	bool many_pids, many_tids;
	size_t trees;
	enum detail detail;
};

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->time_ns != y->time_ns)
		return x->time_ns < y->time_ns ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* A call that blocked while others went on: its return is an event of its own. */
static bool returns_late(const struct result *r, size_t index)
{
	const struct call *c = &r->calls[index];

	return c->returned && c->duration_ns > LATE_NS && index + 1 < r->call_count &&
	       r->calls[index + 1].start_ns - c->start_ns < c->duration_ns;
}

static void collect(struct timeline *t)
{
	const struct result *r = t->r;

	t->events = memory_get(2 * r->call_count + r->frame_count, sizeof(*t->events));
	for (size_t i = 0; i < r->call_count; i++) {
		const struct call *c = &r->calls[i];

		t->events[t->count++] = (struct event){CALL, c->start_ns, i};
		if (returns_late(r, i))
			t->events[t->count++] =
				(struct event){RETURN, c->start_ns + c->duration_ns, i};
		t->many_pids = t->many_pids || c->pid != r->calls[0].pid;
		t->many_tids = t->many_tids || c->tid != r->calls[0].tid;
	}
	for (size_t i = 0; i < r->frame_count; i++) {
		if (!t->ladder.arrows[i].copy)
			t->events[t->count++] = (struct event){PACKET, r->frames[i].time_ns, i};
	}
	if (t->count > 1)
		qsort(t->events, t->count, sizeof(*t->events), by_time);
}

static void put_time(FILE *out, uint64_t ns)
{
	fprintf(out, "<time>%.3f</time>", (double)ns / 1e6);
}

/* Who made the call, when there is more than one who could have. */
static void put_who(struct timeline *t, const struct call *c)
{
	if (t->many_pids)
		fprintf(t->out, "<small>process %" PRId64 "</small> ", c->pid);
	else if (t->many_tids)
		fprintf(t->out, "<small>thread %" PRId64 "</small> ", c->tid);
}

static void put_result(struct timeline *t, const struct call *c, bool late)
{
	FILE *out = t->out;

	if (c->deviated)
		fputs(" <small class=\"bad\">made to misbehave:</small>", out);
	if (!c->returned) {
		fputs(" <b class=\"bad\">did not return</b>", out);
		return;
	}
	html_wrap_cut(out, c->error[0] != 0 ? " = <b class=\"err\">" : " = <b>", c->result, 80, "");
	html_wrap(out, c->error[0] != 0 ? " " : "", c->error, "</b>");
	if (c->duration_ns >= LATE_NS && !late) {
		fputs(" <small>after ", out);
		html_duration(out, (int64_t)(c->duration_ns / 1000));
		fputs("</small>", out);
	}
}

static void put_line(struct timeline *t, const struct call *c)
{
	if (c->line == 0)
		return;
	if (c->file[0] != 0 && strcmp(c->file, t->c->file) != 0)
		html_wrap(t->out, " <small>", c->file, ":");
	else
		fputs(" <small>line ", t->out);
	fprintf(t->out, "%" PRId64 "</small>", c->line);
}

static void put_call(struct timeline *t, const struct call *c, bool late)
{
	FILE *out = t->out;

	fprintf(out, "<li class=\"ev%s\">", c->error[0] != 0 || !c->returned ? " x" : "");
	put_time(out, c->start_ns);
	fputs("<code>", out);
	put_who(t, c);
	html_wrap(out, "<em>", c->name, "</em>(");
	for (size_t i = 0; i < c->argument_count; i++) {
		html_wrap(out, i == 0 ? "<i>" : ", <i>", c->arguments[i].name, "</i>\xc2\xa0");
		html_wrap_cut(out, "", c->arguments[i].value, VALUE_MOST, "");
	}
	putc(')', out);
	if (late)
		fputs(" <small>waits</small>", out);
	else
		put_result(t, c, false);
	put_line(t, c);
	fputs("</code><span></span>\n", out);
}

static void put_return(struct timeline *t, const struct call *c)
{
	fprintf(t->out, "<li class=\"ev%s\">", c->error[0] != 0 ? " x" : "");
	put_time(t->out, c->start_ns + c->duration_ns);
	fputs("<code>", t->out);
	put_who(t, c);
	html_wrap(t->out, "<small>returns</small> <em>", c->name, "</em>()");
	put_result(t, c, true);
	put_line(t, c);
	fputs("</code><span></span>\n", t->out);
}

/* Takes " options [...]" out of a packet's line: the opened packet has them. */
static void drop_options(char *line)
{
	char *from = strstr(line, " options [");
	char *to = from == NULL ? NULL : strchr(from, ']');

	if (to != NULL)
		memmove(from, to + 1, strlen(to + 1) + 1);
}

/* The line of a packet without its addresses when the arrow shows them. */
static const char *packet_label(char *line, bool ends)
{
	const char *sign = strstr(line, " > ");
	const char *behind;

	drop_options(line);
	if (!ends || sign == NULL || strncmp(line, "IPv", 3) != 0)
		return line;
	behind = strchr(sign + 3, ' ');
	return behind == NULL ? line : behind + 1;
}

static void put_arrow(FILE *out, int from, int to)
{
	fprintf(out, "<s class=\"f%d t%d %s\"></s>", from, to,
		from == to  ? "o"
		: from < to ? "r"
			    : "l");
}

/* An arrow to each receiver; a short one into the open when none is known. */
static void put_arrows(struct timeline *t, const struct arrow *a)
{
	for (int i = 0; i < (int)t->ladder.lane_count; i++) {
		if ((a->to >> i & 1) != 0)
			put_arrow(t->out, a->from, i);
	}
	if (a->to == 0)
		fprintf(t->out, "<s class=\"f%d t%d u\"></s>", a->from, a->from);
}

/* "a to b: ", for those who do not see the arrow. */
static void put_ends(struct timeline *t, const struct arrow *a)
{
	int to = 0;

	html_wrap(t->out, "<span class=vh>", t->ladder.lanes[a->from], " to ");
	while (to < LADDER_LANES - 1 && (a->to >> to & 1) == 0)
		to++;
	if (a->to_all || (a->to >> to & 1) == 0)
		fputs("all on its link", t->out);
	else
		escape_html(t->out, t->ladder.lanes[to]);
	fputs(": </span>", t->out);
}

static void put_packet(struct timeline *t, size_t index)
{
	const struct frame *f = &t->r->frames[index];
	const struct link *link = &t->r->links[f->link];
	const struct arrow *a = &t->ladder.arrows[index];
	bool open = t->trees++ < TREES_MOST;
	FILE *out = t->out;
	struct packet p;
	char line[512];

	frame_decode(&p, link, f);
	packet_line(&p, line, sizeof(line));
	fputs(open ? "<li><details class=pk><summary class=ev>" : "<li class=ev>", out);
	put_time(out, f->time_ns);
	fputs("<code></code><span><b>", out);
	put_ends(t, a);
	html_wrap(out, "", packet_label(line, t->ladder.ends), "</b>");
	put_arrows(t, a);
	fputs("</span>", out);
	if (open) {
		fputs("</summary>", out);
		html_packet(out, link, f, t->detail);
		fputs("</details>", out);
	}
	putc('\n', out);
}

/* Packets sent while the sandbox was made have time 0; they are put aside. Returns how many. */
static size_t put_early(struct timeline *t)
{
	size_t count = 0;

	while (count < t->count && t->events[count].kind == PACKET && t->events[count].time_ns == 0)
		count++;
	if (count == 0)
		return 0;
	fputs("<li><details class=\"early\"><summary>", t->out);
	html_count(t->out, count, "packet");
	fprintf(t->out, " while the sandbox was made</summary><ol class=\"lad n%zu\">\n",
		t->ladder.lane_count);
	for (size_t i = 0; i < count && i < EVENTS_MOST; i++)
		put_packet(t, t->events[i].index);
	fputs("</ol></details>\n", t->out);
	return count;
}

static void put_heading(struct timeline *t)
{
	FILE *out = t->out;

	fprintf(out, "<ol class=\"lad n%zu\">", t->ladder.lane_count);
	fputs("<li class=\"ev lh\"><span>ms</span><span>calls</span><span>", out);
	for (size_t i = 0; i < t->ladder.lane_count; i++)
		html_wrap(out,
			  t->ladder.ends || strcmp(t->ladder.lanes[i], "the other end") == 0
				  ? "<span>"
				  : "<span>host ",
			  t->ladder.lanes[i], "</span>");
	fputs("</span>\n", out);
}

/* What is missing from the timeline, so that nobody takes it for complete. */
static void put_missing(struct timeline *t)
{
	const struct result *r = t->r;
	FILE *out = t->out;

	if (t->count > EVENTS_MOST)
		fprintf(out, "<p><small>%zu more events are not shown.</small></p>\n",
			t->count - EVENTS_MOST);
	if (r->calls_left_out != 0)
		fprintf(out,
			"<p><small>%" PRId64 " more calls were made, but not kept.</small></p>\n",
			r->calls_left_out);
	if (r->packets_dropped != 0)
		fprintf(out,
			"<p><small>%" PRId64 " packets were lost before they could be read."
			"</small></p>\n",
			r->packets_dropped);
	for (size_t i = 0; i < r->link_count; i++) {
		const struct link *l = &r->links[i];

		if (l->left_out == 0 && l->trouble[0] == 0)
			continue;
		html_wrap(out, "<p><small>Host ", l->host, ", link ");
		html_wrap(out, "", l->name, ": ");
		if (l->left_out != 0)
			fprintf(out, "%" PRId64 " more packets were seen, but not kept. ",
				l->left_out);
		if (l->trouble[0] != 0)
			fprintf(out, "The capture cannot be read to its end: %s.", l->trouble);
		fputs("</small></p>\n", out);
	}
}

static void put_summary(struct timeline *t)
{
	size_t packets = 0;

	for (size_t i = 0; i < t->r->frame_count; i++)
		packets += !t->ladder.arrows[i].copy;
	fputs("<details class=\"time\" open><summary>", t->out);
	html_count(t->out, t->r->call_count, "call");
	if (packets != 0) {
		fputs(", ", t->out);
		html_count(t->out, packets, "packet");
	}
	fputs("</summary>\n", t->out);
}

void html_timeline(struct html *h, const struct result *r, const struct test_case *c)
{
	FILE *out = h->out;
	struct timeline t = {.out = out, .r = r, .c = c, .detail = h->detail};

	if (r->call_count == 0 && r->frame_count == 0)
		return;
	ladder_find(&t.ladder, r);
	collect(&t);
	put_summary(&t);
	put_heading(&t);
	for (size_t i = put_early(&t); i < t.count && i < EVENTS_MOST; i++) {
		const struct event *e = &t.events[i];

		if (e->kind == CALL)
			put_call(&t, &r->calls[e->index], returns_late(r, e->index));
		else if (e->kind == RETURN)
			put_return(&t, &r->calls[e->index]);
		else
			put_packet(&t, e->index);
	}
	fputs("</ol>\n", out);
	put_missing(&t);
	fputs("</details>\n", out);
	free(t.events);
	ladder_free(&t.ladder);
}
