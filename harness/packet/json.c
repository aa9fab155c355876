/* SPDX-License-Identifier: MIT */
/*
 * A packet as JSON, from what packet_visit() shows. A field is written in one piece into a place
 * that is known to be large enough, so that there is no question of room for each character.
 */
#include "harness/packet/internal.h"

#include <string.h>

struct json {
	struct packet_out out;
	bool pretty;
	int depth; /* of the object that is open; -1: none yet */
};

/*
 * More than a field can need: a value of less than 512 bytes of which each may become an escape of
 * six, a name, five numbers, and the ends of the objects before.
 */
#define FIELD_MAX 4096

/* For each byte whether it stands for itself in a string. */
static const bool plain[256] = {
	[' ' ... '!'] = true,
	['#' ... '['] = true,
	[']' ... '~'] = true,
};

static char *put_text(char *at, const char *text, size_t length)
{
	memcpy(at, text, length);
	return at + length;
}
#define PUT(at, literal) put_text(at, literal, sizeof(literal) - 1)

/* A string in quotes; all values are ASCII, bytes of the packet were escaped in them. */
static char *put_string(char *at, const char *text)
{
	*at++ = '"';
	for (const unsigned char *s = (const unsigned char *)text;; s++) {
		if (plain[*s]) {
			*at++ = (char)*s;
		} else if (*s == '\0') {
			break;
		} else if (*s == '"' || *s == '\\') {
			*at++ = '\\';
			*at++ = (char)*s;
		} else {
			at = PUT(at, "\\u00");
			*at++ = "0123456789abcdef"[*s >> 4];
			*at++ = "0123456789abcdef"[*s & 15];
		}
	}
	*at++ = '"';
	return at;
}

/* Into room for 20 digits, which any number has at most. */
static char *put_digits(char *at, uint64_t number)
{
	struct packet_out out = {at, 20, 0};

	packet_put_number(&out, number);
	return at + out.length;
}

/* Where `needed` bytes can be written: into the text if it has the room, else `aside`. */
static char *room(struct json *j, char *aside, size_t needed)
{
	if (j->out.length < j->out.size && j->out.size - j->out.length >= needed)
		return j->out.buffer + j->out.length;
	return aside;
}

static void wrote(struct json *j, const char *start, const char *end, const char *aside)
{
	if (start == aside)
		packet_put_bytes(&j->out, start, (size_t)(end - start));
	else
		j->out.length += (size_t)(end - start);
}

static char *new_line(const struct json *j, char *at)
{
	if (!j->pretty)
		return at;
	*at++ = '\n';
	for (int i = 0; i <= j->depth; i++)
		*at++ = '\t';
	return at;
}

static int json_field(void *context, const struct packet_field *f)
{
	struct json *j = context;
	char aside[FIELD_MAX], *start = room(j, aside, sizeof(aside)), *at = start;

	if ((int)f->depth > j->depth) {
		at = j->depth < 0 ? PUT(at, ", \"layers\": [") : PUT(at, ", \"fields\": [");
		j->depth++;
	} else {
		*at++ = '}';
		for (; j->depth > (int)f->depth; j->depth--)
			at = PUT(at, "]}");
		*at++ = ',';
	}
	at = new_line(j, at);
	at = f->depth == 0 ? PUT(at, "{\"protocol\": ") : PUT(at, "{\"name\": ");
	/* names are words of this library */
	*at++ = '"';
	at = put_text(at, f->name, strlen(f->name));
	*at++ = '"';
	if (f->value[0] != '\0') {
		at = PUT(at, ", \"value\": ");
		at = put_string(at, f->value);
	}
	if (f->has_number) {
		at = PUT(at, ", \"number\": ");
		at = put_digits(at, f->number);
	}
	at = PUT(at, ", \"offset\": ");
	at = put_digits(at, f->offset);
	at = PUT(at, ", \"length\": ");
	at = put_digits(at, f->length);
	if (f->mask != 0) {
		at = PUT(at, ", \"mask\": ");
		at = put_digits(at, f->mask);
	}
	if (f->contradicts)
		at = PUT(at, ", \"contradicts\": true");
	wrote(j, start, at, aside);
	return 0;
}

static void put_number_member(struct packet_out *out, const char *name, uint64_t number)
{
	packet_put(out, ", \"");
	packet_put(out, name);
	packet_put(out, "\": ");
	packet_put_number(out, number);
}

/* The members that are no fields; their texts have a length that is not known before. */
static void put_head(struct json *j, const struct packet *p)
{
	char text[1024], quoted[6 * sizeof(text) + 2];

	packet_put(&j->out, "{\"line\": ");
	packet_line(p, text, sizeof(text));
	packet_put_bytes(&j->out, quoted, (size_t)(put_string(quoted, text) - quoted));
	packet_put(&j->out, ", \"outcome\": \"");
	packet_put(&j->out, packet_outcome_name(p->outcome));
	packet_put(&j->out, "\", \"problem\": ");
	packet_problem_text(p, text, sizeof(text));
	packet_put_bytes(&j->out, quoted, (size_t)(put_string(quoted, text) - quoted));
	put_number_member(&j->out, "captured", p->captured);
	put_number_member(&j->out, "original", p->original);
}

size_t packet_json(const struct packet *p, unsigned int flags, char *buffer, size_t size)
{
	struct json j = {{buffer, size, 0}, flags & PACKET_JSON_PRETTY, -1};

	put_head(&j, p);
	packet_visit(p, json_field, &j);
	if (j.depth < 0)
		packet_put(&j.out, ", \"layers\": [");
	else
		packet_put_char(&j.out, '}');
	for (; j.depth > 0; j.depth--)
		packet_put(&j.out, "]}");
	packet_put(&j.out, "]}");
	return packet_put_end(&j.out);
}
