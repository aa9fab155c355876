/* SPDX-License-Identifier: MIT */
/* Writes the golden packets as inputs of the packet fuzzer: seeds DIRECTORY. */
#include "harness/fuzz/packet.h"

#include <stdio.h>

#include "harness/selftest/packet/golden.h"

static int selector(uint32_t link_type)
{
	for (int i = 0; i < FUZZ_LINK_TYPES; i++) {
		if (fuzz_link_types[i] == link_type)
			return i;
	}
	return -1;
}

static int write_seed(const char *directory, const struct golden_capture *capture,
		      const struct golden *g, size_t index)
{
	const struct golden_packet *p = &g->packet[index];
	size_t missing = p->blob.length - p->captured;
	int link = selector(g->link_type);
	char path[4096];
	FILE *f;

	if (link < 0) {
		fprintf(stderr, "seeds: link type %u is not in packet.h\n", g->link_type);
		return -1;
	}
	snprintf(path, sizeof(path), "%s/%s-%zu", directory, capture->name, index);
	f = fopen(path, "wb");
	if (f == NULL)
		return -1;
	fputc(link, f);
	/* each way of printing in turn */
	fputc((int)(g->flags | 0x10u << index % 3), f);
	fputc(missing < 255 ? (int)missing : 255, f);
	fwrite(p->blob.bytes, 1, p->captured, f);
	return fclose(f);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: seeds DIRECTORY\n", stderr);
		return 2;
	}
	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			if (write_seed(argv[1], golden_captures[c], g, i) != 0) {
				fprintf(stderr, "seeds: %s: cannot write\n", argv[1]);
				return 2;
			}
		}
	}
	return 0;
}
