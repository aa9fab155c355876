/* SPDX-License-Identifier: MIT */
#include "harness/capture/expect_packet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/kit.h"

enum { TEXT_SIZE = 512, VALUE_SIZE = 160 };

/* What a packet has where a field is wanted. */
struct found {
	const struct packet *packet;
	const struct packet_wanted *wanted;
	bool there, has_number;
	uint64_t number;
	char value[VALUE_SIZE];
};

static int look_for(void *context, const struct packet_field *f)
{
	struct found *found = context;
	const struct packet_wanted *w = found->wanted;

	if (found->packet->layer[f->layer].quoted || strcmp(f->protocol, w->protocol) != 0)
		return 0;
	if (w->name == NULL ? f->depth != 0
			    : f->depth == 0 || strcmp(f->name, w->name) != 0 ||
				      (f->value[0] == '\0' && !w->absent))
		return 0;
	found->there = true;
	found->has_number = f->has_number;
	found->number = f->number;
	snprintf(found->value, sizeof(found->value), "%s", f->value);
	return 1;
}

static bool holds(const struct packet *p, const struct packet_wanted *w, struct found *found)
{
	*found = (struct found){.packet = p, .wanted = w};
	packet_visit(p, look_for, found);
	if (w->absent || !found->there || w->name == NULL)
		return found->there != w->absent;
	if (w->text != NULL)
		return strcmp(found->value, w->text) == 0;
	return found->has_number && found->number == w->number;
}

/* Appends one more, behind a comma if it is not the first. */
static void append(char *text, size_t size, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s", used > 0 ? ", " : "", more);
}

static void append_wanted(char *text, size_t size, const struct packet_wanted *w)
{
	char one[VALUE_SIZE];

	if (w->name == NULL || w->absent)
		snprintf(one, sizeof(one), "%s%s%s%s", w->absent ? "no " : "", w->protocol,
			 w->name != NULL ? " " : "", w->name != NULL ? w->name : "");
	else if (w->text != NULL)
		snprintf(one, sizeof(one), "%s %s %s", w->protocol, w->name, w->text);
	else
		snprintf(one, sizeof(one), "%s %s %" PRIu64, w->protocol, w->name, w->number);
	append(text, size, one);
}

static void append_found(char *text, size_t size, const struct found *found)
{
	const struct packet_wanted *w = found->wanted;
	char one[2 * VALUE_SIZE];

	snprintf(one, sizeof(one), "%s%s%s%s%s%s", found->there ? "" : "no ", w->protocol,
		 w->name != NULL ? " " : "", w->name != NULL ? w->name : "",
		 w->name != NULL && found->value[0] != '\0' ? " " : "",
		 w->name != NULL ? found->value : "");
	append(text, size, one);
}

/* The packet that had most of what is wanted so far, and where it differs. */
struct nearest {
	size_t held;
	char expected[TEXT_SIZE], observed[TEXT_SIZE];
	char line[TEXT_SIZE];
};

static void keep_nearest(struct nearest *nearest, const struct packet *p,
			 const struct packet_wanted *wanted, size_t count, size_t held)
{
	struct found found;

	nearest->held = held;
	nearest->expected[0] = nearest->observed[0] = '\0';
	packet_line(p, nearest->line, sizeof(nearest->line));
	for (size_t i = 0; i < count; i++) {
		if (holds(p, &wanted[i], &found))
			continue;
		append_wanted(nearest->expected, sizeof(nearest->expected), &wanted[i]);
		append_found(nearest->observed, sizeof(nearest->observed), &found);
	}
}

/* Whether the packet has all that WHICH() says; without any, all that there is. */
static bool is_selected(const struct packet *p, const struct packet_wanted *wanted, size_t count,
			bool selecting)
{
	struct found found;

	for (size_t i = 0; i < count; i++) {
		if ((!selecting || wanted[i].selects) && !holds(p, &wanted[i], &found))
			return false;
	}
	return true;
}

static size_t count_held(const struct packet *p, const struct packet_wanted *wanted, size_t count)
{
	struct found found;
	size_t held = 0;

	for (size_t i = 0; i < count; i++)
		held += holds(p, &wanted[i], &found);
	return held;
}

static bool any_selects(const struct packet_wanted *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (wanted[i].selects)
			return true;
	}
	return false;
}

static void append_all(char *text, size_t size, const struct packet_wanted *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		append_wanted(text, size, &wanted[i]);
}

/* None was selected: says how near the nearest came. */
static void fail_without(struct expect_at at, const struct nearest *nearest, size_t seen,
			 const struct packet_wanted *wanted, size_t count)
{
	char expected[TEXT_SIZE] = "", observed[3 * TEXT_SIZE];

	append_all(expected, sizeof(expected), wanted, count);
	if (seen == 0)
		snprintf(observed, sizeof(observed), "no packet in %d ms", SOON_MS);
	else
		snprintf(observed, sizeof(observed),
			 "%s in the nearest of %zu packets in %d ms: %s", nearest->observed, seen,
			 SOON_MS, nearest->line);
	expect_described(at, false, expected, observed);
}

const struct packet *expect_packet(struct expect_at at, struct wire *wire,
				   const struct packet_wanted *wanted, size_t count)
{
	int64_t deadline = clock_ms() + SOON_MS;
	bool selecting = any_selects(wanted, count);
	struct nearest nearest = {.held = 0};
	char observed[3 * TEXT_SIZE];
	size_t held, seen = 0;

	for (;;) {
		int64_t left = deadline - clock_ms();
		const struct packet *p = wire_next(wire, left > 0 ? (int)left : 0);

		if (p == NULL) {
			fail_without(at, &nearest, seen, wanted, count);
			return NULL;
		}
		held = count_held(p, wanted, count);
		if (seen++ == 0 || held > nearest.held)
			keep_nearest(&nearest, p, wanted, count, held);
		if (!is_selected(p, wanted, count, selecting))
			continue;
		keep_nearest(&nearest, p, wanted, count, held);
		if (held == count) {
			append_all(nearest.expected, sizeof(nearest.expected), wanted, count);
			expect_described(at, true, nearest.expected, nearest.line);
			return p;
		}
		snprintf(observed, sizeof(observed), "%s in: %s", nearest.observed, nearest.line);
		expect_described(at, false, nearest.expected, observed);
		return NULL;
	}
}

const struct packet *require_packet(struct expect_at at, struct wire *wire,
				    const struct packet_wanted *wanted, size_t count)
{
	const struct packet *p = expect_packet(at, wire, wanted, count);

	/* A fatal check that fails does not come back. */
	if (p == NULL)
		abort();
	return p;
}
