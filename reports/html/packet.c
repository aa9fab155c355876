/* SPDX-License-Identifier: MIT */
/* A decoded packet: the tree of its fields, each with its bytes, beside all of its bytes. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/html.h"
#include "reports/html/ladder.h"

enum {
	DUMP_MOST = 256, /* bytes shown of a packet */
	FIELD_MOST = 8,	 /* bytes shown beside a field */
	FIELDS_MOST = 300,
};

struct tree {
	FILE *out;
	const struct frame *frame;
	enum detail detail;
	size_t fields;
};

/*
 * Fields that say nothing which their parent does not: a bit that is not set, the kind and
 * the length of an option whose name and bytes are shown.
 */
static bool is_plain(const struct packet_field *f)
{
	if (f->depth < 2 || f->contradicts)
		return false;
	return (f->mask != 0 && f->has_number && f->number == 0) ||
	       (f->depth > 2 && (strcmp(f->name, "Kind") == 0 || strcmp(f->name, "Length") == 0));
}

static int put_field(void *context, const struct packet_field *f)
{
	struct tree *t = context;
	FILE *out = t->out;

	if (is_plain(f) || (t->detail == DETAIL_LAYERS && f->depth != 0 && !f->contradicts))
		return 0;
	if (t->fields++ == FIELDS_MOST) {
		fputs("<li>and more fields", out);
		return 1;
	}
	fprintf(out, "<li data-b=%" PRIu32 "+%" PRIu32, f->offset, f->length);
	if (f->contradicts)
		fprintf(out, " class=\"d%u bad\"", f->depth > 4 ? 4 : f->depth);
	else if (f->depth != 1)
		fprintf(out, " class=d%u", f->depth > 4 ? 4 : f->depth);
	html_wrap(out, ">", f->name, "");
	if (f->value[0] != 0)
		html_wrap_cut(out, " <b>", f->value, 200, "</b>");
	if (t->detail != DETAIL_FULL || f->depth == 0 || f->length == 0 || f->depth > 2)
		return 0;
	fputs("<i>", out);
	for (uint32_t i = 0; i < f->length && i < FIELD_MOST; i++)
		fprintf(out, i == 0 ? "%02x" : " %02x", t->frame->bytes[f->offset + i]);
	fputs(f->length > FIELD_MOST ? "\xe2\x80\xa6</i>" : "</i>", out);
	return 0;
}

/* "0000  00 01 02 ...  text": the script finds a byte by counting pairs of digits. */
static void put_dump(FILE *out, const struct frame *f)
{
	uint32_t most = f->captured < DUMP_MOST ? f->captured : DUMP_MOST;

	fputs("<pre class=\"hex\">", out);
	for (uint32_t line = 0; line < most; line += 16) {
		char text[17] = "";

		fprintf(out, "%04" PRIx32 " ", line);
		for (uint32_t i = line; i < line + 16; i++) {
			if (i >= most) {
				fputs("   ", out);
				continue;
			}
			fprintf(out, " %02x", f->bytes[i]);
			text[i - line] = (char)(isprint(f->bytes[i]) ? f->bytes[i] : '.');
		}
		html_wrap(out, "  ", text, "\n");
	}
	fputs("</pre>", out);
	if (most < f->original)
		fprintf(out, "<p><small>%" PRIu32 " of %" PRIu32 " bytes are shown.</small>", most,
			f->original);
}

void html_packet(FILE *out, const struct link *link, const struct frame *frame, enum detail detail)
{
	struct tree tree = {.out = out, .frame = frame, .detail = detail};
	char text[512];
	struct packet p;

	frame_decode(&p, link, frame);
	html_wrap(out, "<p>Left host ", link->host, " ");
	html_wrap(out, "by link ", link->name, "");
	fprintf(out, ", %" PRIu32 " bytes", frame->original);
	if (packet_problem_text(&p, text, sizeof(text)) != 0)
		html_wrap(out, ". <b class=\"bad\">", text, "</b>");
	if (frame->checksum_pending)
		fputs(". Its checksum was left to the device, so it does not fit yet", out);
	fprintf(out, ".\n<div class=\"pb%s\"><ul>", detail == DETAIL_FULL ? "" : " at");
	packet_visit(&p, put_field, &tree);
	fputs("</ul><div>", out);
	put_dump(out, frame);
	fputs("</div></div>", out);
}
