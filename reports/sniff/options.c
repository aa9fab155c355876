/* SPDX-License-Identifier: MIT */
#include "reports/sniff/options.h"

#include <getopt.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "reports/decode/filter.h"

static const char usage_text[] =
	"usage: atlas sniff --raw tcp|udp|icmp [options] [FILTER...]\n"
	"       atlas sniff --interface NAME [options] [FILTER...]\n"
	"Prints packets as they come; needs CAP_NET_RAW (see sockatlas enter --help).\n"
	"FILTER is an expression of pcap-filter(7), like: tcp port 80.\n"
	"  --raw PROTOCOL    what a raw IPv4 socket of this protocol receives\n"
	"  --interface NAME  what crosses a network interface; any: all of them\n"
	"  --format FORMAT   line (the default with --interface), tree (with --raw), or json: an\n"
	"                    object a line\n"
	"  --hex             the bytes of the packet, and which layer they belong to\n"
	"  --color WHEN      colours with --hex: auto (the default), always or never\n"
	"  --can isotp|j1939 what CAN frames carry, which they do not say themselves\n"
	"  --count N         end after N packets\n"
	"  --seconds N       end after N seconds\n"
	"  --log FILE        append what is printed to FILE as well\n"
	"  --write FILE      write the packets to a new pcap file as well\n"
	"Ends on SIGINT and SIGTERM, with status 0 and a count on standard error.\n";

enum { SECONDS_MOST = 1000000 };

static bool raw_protocol(struct sniff_options *o)
{
	static const struct {
		const char *name;
		int protocol;
	} protocols[] = {{"tcp", IPPROTO_TCP}, {"udp", IPPROTO_UDP}, {"icmp", IPPROTO_ICMP}};

	for (unsigned int i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		if (strcmp(o->raw, protocols[i].name) == 0) {
			o->protocol = protocols[i].protocol;
			return true;
		}
	}
	fprintf(stderr, "atlas sniff: --raw %s: must be tcp, udp or icmp\n", o->raw);
	return false;
}

static bool one_option(int option, struct sniff_options *o, const char *value)
{
	switch (option) {
	case 'r':
		o->raw = value;
		return raw_protocol(o);
	case 'i':
		o->interface = value;
		return true;
	case 'f':
		return look_format("sniff", value, &o->look);
	case 'x':
		o->look.hex = true;
		return true;
	case 'c':
		return look_color("sniff", value, &o->look);
	case 'a':
		return look_can("sniff", value, &o->look);
	case 'n':
		return look_number("sniff", "count", value, 1, LLONG_MAX, &o->count);
	case 's':
		return look_number("sniff", "seconds", value, 1, SECONDS_MOST, &o->seconds);
	case 'l':
		o->log = value;
		return true;
	default:
		o->write = value;
		return true;
	}
}

int sniff_options(int argc, char **argv, struct sniff_options *o)
{
	static const struct option options[] = {
		{"raw", required_argument, NULL, 'r'},
		{"interface", required_argument, NULL, 'i'},
		{"format", required_argument, NULL, 'f'},
		{"hex", no_argument, NULL, 'x'},
		{"color", required_argument, NULL, 'c'},
		{"can", required_argument, NULL, 'a'},
		{"count", required_argument, NULL, 'n'},
		{"seconds", required_argument, NULL, 's'},
		{"log", required_argument, NULL, 'l'},
		{"write", required_argument, NULL, 'w'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	bool format_given = false;
	int option;

	*o = (struct sniff_options){.protocol = 0};
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
				"atlas sniff: %s: unknown option, or one without its value\n",
				argv[optind - 1]);
			return 2;
		}
		if (!one_option(option, o, optarg))
			return 2;
		format_given = format_given || option == 'f';
	}
	if ((o->raw == NULL) == (o->interface == NULL)) {
		fputs("atlas sniff: one of --raw and --interface is needed; see atlas sniff "
		      "--help\n",
		      stderr);
		return 2;
	}
	if (!format_given && o->raw != NULL)
		o->look.format = FORMAT_TREE;
	o->filter = filter_join(argc, argv, optind);
	return -1;
}
