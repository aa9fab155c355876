/* SPDX-License-Identifier: MIT */
#include "reports/decode/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>

#include "reports/decode/filter.h"

static const char usage_text[] =
	"usage: atlas decode [options] FILE [FILTER...]\n"
	"FILE is a pcap or pcapng file, or - for standard input; FILTER is an expression of\n"
	"pcap-filter(7), like: tcp port 80.\n"
	"  --format line     one line a packet (the default)\n"
	"  --format tree     every field, with the bytes it is in\n"
	"  --format json     an array with an object a packet, with every field and its bytes\n"
	"  --hex             the bytes of the packet, and which layer they belong to\n"
	"  --color WHEN      colours with --hex: auto (the default), always or never\n"
	"  --count N         end after N packets\n"
	"  --summary         at the end, how many packets of which kind\n"
	"  --can isotp|j1939 what CAN frames carry, which they do not say themselves\n"
	"  --link-type N     read the packets as this link type (LINKTYPE_*), whatever the file "
	"says\n";

static bool one_option(int option, struct decode_options *o, const char *value)
{
	switch (option) {
	case 'f':
		return look_format("decode", value, &o->look);
	case 'x':
		o->look.hex = true;
		return true;
	case 'c':
		return look_color("decode", value, &o->look);
	case 'n':
		return look_number("decode", "count", value, 1, LLONG_MAX, &o->count);
	case 's':
		o->summary = true;
		return true;
	case 'a':
		return look_can("decode", value, &o->look);
	default:
		return look_number("decode", "link-type", value, 0, 65535, &o->link_type);
	}
}

int decode_options(int argc, char **argv, struct decode_options *o)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{"hex", no_argument, NULL, 'x'},
		{"color", required_argument, NULL, 'c'},
		{"count", required_argument, NULL, 'n'},
		{"summary", no_argument, NULL, 's'},
		{"can", required_argument, NULL, 'a'},
		{"link-type", required_argument, NULL, 'l'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	int option;

	*o = (struct decode_options){.link_type = -1};
	o->look.color = look_color_by_default();
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(usage_text, stdout);
			return 0;
		}
		if (option == '?') {
			fprintf(stderr,
				"atlas decode: %s: unknown option, or one without its value\n",
				argv[optind - 1]);
			return 2;
		}
		if (!one_option(option, o, optarg))
			return 2;
	}
	if (optind >= argc) {
		fputs("atlas decode: one FILE is needed; see atlas decode --help\n", stderr);
		return 2;
	}
	o->file = argv[optind];
	o->filter = filter_join(argc, argv, optind + 1);
	return -1;
}
