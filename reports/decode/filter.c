/* SPDX-License-Identifier: MIT */
#include "reports/decode/filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINKTYPE_RAW = 101 };

bool filter_compile(struct bpf_program *program, const char *expression, uint32_t link_type,
		    char *error, size_t size)
{
	/* The compiler knows raw IP by its DLT_ number alone, which is another one. */
	int type = link_type == LINKTYPE_RAW ? DLT_RAW : (int)link_type;
	pcap_t *nothing = pcap_open_dead(type, FILTER_SNAP_LENGTH);
	bool good;

	if (nothing == NULL) {
		snprintf(error, size, "out of memory");
		return false;
	}
	good = pcap_compile(nothing, program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0;
	if (!good)
		snprintf(error, size, "%s", pcap_geterr(nothing));
	pcap_close(nothing);
	return good;
}

bool filter_selects(const struct bpf_program *program, const uint8_t *bytes, uint32_t captured,
		    uint32_t original)
{
	struct pcap_pkthdr header = {.caplen = captured, .len = original};

	return pcap_offline_filter(program, &header, bytes) != 0;
}

char *filter_join(int argc, char **argv, int first)
{
	size_t length = 1;
	char *joined, *end;

	for (int i = first; i < argc; i++)
		length += strlen(argv[i]) + 1;
	joined = first < argc ? malloc(length) : NULL;
	if (joined == NULL)
		return NULL;
	end = joined;
	for (int i = first; i < argc; i++) {
		end = stpcpy(end, argv[i]);
		*end++ = ' ';
	}
	end[-1] = '\0';
	return joined;
}
