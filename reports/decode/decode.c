/* SPDX-License-Identifier: MIT */
/* atlas decode FILE: what is in a capture file, packet by packet. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reports/commands.h"
#include "reports/decode/capture.h"
#include "reports/decode/options.h"
#include "reports/decode/show.h"
#include "reports/decode/sink.h"
#include "reports/decode/totals.h"

struct decoding {
	const struct decode_options *options;
	struct capture *capture;
	uint32_t link_type;
	struct sink sink;
	bool live; /* a terminal: somebody waits for each packet */
	uint64_t count;
	struct totals totals;
};

/* What capture_next() ended with. */
static int all_packets(struct decoding *d)
{
	const struct decode_options *o = d->options;
	struct shown shown = {.look = &o->look};
	struct capture_packet captured;
	struct packet p;
	int got = 0;

	shown.packet = &p;
	while ((o->count == 0 || d->count < (uint64_t)o->count) &&
	       (got = capture_next(d->capture, &captured)) == 1) {
		show_decode(&p, captured.bytes, captured.captured, captured.original, d->link_type,
			    o->look.flags);
		if (o->look.format == FORMAT_JSON)
			shown.before = d->count == 0 ? "\n" : ",\n";
		shown.number = captured.number;
		shown.time_us = captured.time_us;
		d->count++;
		if (o->summary)
			totals_add(&d->totals, &p);
		if (!sink_add(&d->sink, show_packet, &shown) || (d->live && !sink_flush(&d->sink)))
			break;
	}
	return got;
}

static int decode(struct decoding *d)
{
	bool json = d->options->look.format == FORMAT_JSON;
	char error[1024];
	int got;

	if (json)
		sink_put(&d->sink, "[");
	got = all_packets(d);
	if (d->options->summary) {
		if (json)
			sink_put(&d->sink, d->count == 0 ? "\n" : ",\n");
		sink_add(&d->sink, json ? totals_json : totals_text, &d->totals);
	}
	if (json)
		sink_put(&d->sink, "\n]\n");
	if (!sink_flush(&d->sink)) {
		fprintf(stderr, "atlas decode: standard output: %s\n", strerror(d->sink.error));
		return 2;
	}
	if (got < 0) {
		capture_fault(d->capture, error, sizeof(error));
		fprintf(stderr, "atlas decode: %s: %s\n", d->options->file, error);
		return 2;
	}
	return 0;
}

static int open_and_decode(const struct decode_options *o)
{
	struct decoding d = {.options = o, .live = isatty(STDOUT_FILENO) != 0};
	char error[1024] = "";
	int status = 2;

	d.capture = capture_open(o->file, error, sizeof(error));
	if (d.capture == NULL) {
		fprintf(stderr, "atlas decode: %s\n", error);
		return 2;
	}
	d.link_type = o->link_type >= 0 ? (uint32_t)o->link_type : capture_linktype(d.capture);
	if (!packet_link_type_known(d.link_type))
		fprintf(stderr,
			"atlas decode: %s: link type %u is not known, packets are shown as "
			"data\n",
			o->file, d.link_type);
	if (o->filter != NULL &&
	    !capture_filter(d.capture, o->filter, d.link_type, error, sizeof(error)))
		fprintf(stderr, "atlas decode: filter \"%s\": %s\n", o->filter, error);
	else if (!sink_open(&d.sink, STDOUT_FILENO))
		fprintf(stderr, "atlas decode: %s\n", strerror(ENOMEM));
	else
		status = decode(&d);
	sink_free(&d.sink);
	capture_close(d.capture);
	return status;
}

/*
 * The command; argv[0] is "decode". Returns the exit status: 0, or 2 with a line on stderr for
 * wrong usage, a file that cannot be read (what came before the fault has been printed), or
 * output that cannot be written.
 */
int atlas_decode(int argc, char **argv)
{
	struct decode_options options;
	int status = decode_options(argc, argv, &options);

	if (status < 0)
		status = open_and_decode(&options);
	free(options.filter);
	return status;
}
