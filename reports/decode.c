/* SPDX-License-Identifier: MIT */
/*
 * atlas decode FILE: what is in a capture file (pcap or pcapng, read by libpcap), packet by packet,
 * as a line each, as a tree of fields, or as JSON. Memory does not grow with the file.
 */
#include "harness/packet/packet.h"

#include <errno.h>
#include <getopt.h>
#include <pcap/pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int atlas_decode(int argc, char **argv);

enum format { FORMAT_LINE, FORMAT_TREE, FORMAT_JSON };

struct decoding {
	enum format format;
	uint32_t link_type;
	uint64_t number; /* of packets so far */
	struct timeval first;
	char *buffer; /* of one packet's text; grows to the largest one */
	size_t size;
};

static const char usage_text[] =
	"usage: atlas decode [--format line|tree|json] [--link-type N] FILE\n"
	"FILE is a pcap or pcapng file, or - for standard input.\n"
	"  --format line   one line a packet (the default)\n"
	"  --format tree   every field, with the bytes it is in\n"
	"  --format json   an array with an object a packet, with every field and its bytes\n"
	"  --link-type N   read the packets as this link type (LINKTYPE_*), whatever the file "
	"says\n";

static size_t render(const struct packet *p, enum format format, char *buffer, size_t size)
{
	switch (format) {
	case FORMAT_TREE:
		return packet_text(p, buffer, size);
	case FORMAT_JSON:
		return packet_json(p, 0, buffer, size);
	case FORMAT_LINE:
		break;
	}
	return packet_line(p, buffer, size);
}

/* Digits of a number, at least `width`, into the end of a buffer; returns where they start. */
static char *digits(char *end, uint64_t number, int width)
{
	do {
		*--end = (char)('0' + number % 10);
		number /= 10;
	} while (number != 0 || --width > 0);
	return end;
}

/* Seconds since the first packet, with six decimals; negative when a capture is not in order. */
static void put_time(const struct decoding *d, const struct timeval *time)
{
	int64_t us = (int64_t)(time->tv_sec - d->first.tv_sec) * 1000000 +
		     (time->tv_usec - d->first.tv_usec);
	uint64_t size = us < 0 ? (uint64_t)-us : (uint64_t)us;
	char text[48], *end = text + sizeof(text), *start;

	start = digits(end, size % 1000000, 6);
	*--start = '.';
	start = digits(start, size / 1000000, 1);
	if (us < 0)
		*--start = '-';
	fwrite(start, 1, (size_t)(end - start), stdout);
}

static void put_number(uint64_t number)
{
	char text[24], *end = text + sizeof(text), *start = digits(end, number, 1);

	fwrite(start, 1, (size_t)(end - start), stdout);
}

/* Returns 0, or -1 without memory. */
static int one_packet(struct decoding *d, const struct pcap_pkthdr *header, const u_char *bytes)
{
	struct packet p;
	size_t length;

	if (d->number++ == 0)
		d->first = header->ts;
	packet_decode(&p, bytes, header->caplen, header->len, d->link_type,
		      PACKET_VERIFY_CHECKSUMS);
	length = render(&p, d->format, d->buffer, d->size);
	if (length >= d->size) {
		char *larger = realloc(d->buffer, length + 1);

		if (larger == NULL)
			return -1;
		d->buffer = larger;
		d->size = length + 1;
		length = render(&p, d->format, d->buffer, d->size);
	}
	switch (d->format) {
	case FORMAT_LINE:
		put_number(d->number);
		fputc(' ', stdout);
		put_time(d, &header->ts);
		fputc(' ', stdout);
		fwrite(d->buffer, 1, length, stdout);
		fputc('\n', stdout);
		break;
	case FORMAT_TREE:
		fputs("packet ", stdout);
		put_number(d->number);
		fputs(", ", stdout);
		put_time(d, &header->ts);
		fputs(" s, ", stdout);
		put_number(p.captured);
		fputs(" of ", stdout);
		put_number(p.original);
		fputs(" bytes\n", stdout);
		fwrite(d->buffer, 1, length, stdout);
		break;
	case FORMAT_JSON:
		fputs(d->number == 1 ? "\n{\"number\": " : ",\n{\"number\": ", stdout);
		put_number(d->number);
		fputs(", \"time\": ", stdout);
		put_time(d, &header->ts);
		fputs(", ", stdout);
		fwrite(d->buffer + 1, 1, length - 1, stdout); /* without its { */
		break;
	}
	return 0;
}

static int all_packets(struct decoding *d, pcap_t *capture, const char *name)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	int got;

	if (d->format == FORMAT_JSON)
		fputc('[', stdout);
	while ((got = pcap_next_ex(capture, &header, &bytes)) == 1) {
		if (one_packet(d, header, bytes) != 0) {
			fprintf(stderr, "atlas decode: %s: packet %llu: out of memory\n", name,
				(unsigned long long)d->number);
			return 2;
		}
		if (ferror(stdout))
			break;
	}
	if (d->format == FORMAT_JSON)
		fputs("\n]\n", stdout);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "atlas decode: standard output: %s\n", strerror(errno));
		return 2;
	}
	if (got == PCAP_ERROR) {
		fprintf(stderr, "atlas decode: %s: after packet %llu: %s\n", name,
			(unsigned long long)d->number, pcap_geterr(capture));
		return 2;
	}
	return 0;
}

static int parse_format(const char *word, enum format *format)
{
	static const char *const words[] = {"line", "tree", "json"};

	for (unsigned int i = 0; i < 3; i++) {
		if (strcmp(word, words[i]) == 0) {
			*format = (enum format)i;
			return 0;
		}
	}
	fprintf(stderr, "atlas decode: --format %s: must be line, tree or json\n", word);
	return 2;
}

static int parse_link_type(const char *word, long *link_type)
{
	char *end;

	errno = 0;
	*link_type = strtol(word, &end, 10);
	if (errno == 0 && end != word && *end == '\0' && *link_type >= 0 && *link_type <= 65535)
		return 0;
	fprintf(stderr, "atlas decode: --link-type %s: must be a number from 0 to 65535\n", word);
	return 2;
}

/*
 * The command; argv[0] is "decode". Returns the exit status: 0, or 2 with a line on stderr for
 * wrong usage, a file that cannot be read (what came before the fault has been printed), or
 * output that cannot be written.
 */
int atlas_decode(int argc, char **argv)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{"link-type", required_argument, NULL, 'l'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	struct decoding d = {.format = FORMAT_LINE};
	char error[PCAP_ERRBUF_SIZE] = "";
	long link_type = -1;
	const char *name;
	pcap_t *capture;
	int option, status;

	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			status = parse_format(optarg, &d.format);
			break;
		case 'l':
			status = parse_link_type(optarg, &link_type);
			break;
		case 'h':
			fputs(usage_text, stdout);
			return 0;
		default:
			fprintf(stderr,
				"atlas decode: %s: unknown option, or one without its value\n",
				argv[optind - 1]);
			status = 2;
			break;
		}
		if (status != 0)
			return status;
	}
	if (optind + 1 != argc) {
		fputs("atlas decode: one FILE is needed; see atlas decode --help\n", stderr);
		return 2;
	}
	name = argv[optind];
	capture = pcap_open_offline(name, error);
	if (capture == NULL) {
		/* libpcap names the file in some messages and not in others */
		if (strncmp(error, name, strlen(name)) == 0)
			fprintf(stderr, "atlas decode: %s\n", error);
		else
			fprintf(stderr, "atlas decode: %s: %s\n", name, error);
		return 2;
	}
	d.link_type = link_type >= 0 ? (uint32_t)link_type : (uint32_t)pcap_datalink(capture);
	if (!packet_link_type_known(d.link_type))
		fprintf(stderr,
			"atlas decode: %s: link type %u is not known, packets are shown as "
			"data\n",
			name, d.link_type);
	status = all_packets(&d, capture, name);
	pcap_close(capture);
	free(d.buffer);
	return status;
}
