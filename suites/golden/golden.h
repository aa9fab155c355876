/* SPDX-License-Identifier: MIT */
/*
 * What the golden packet cases share: a capture of fixtures/packets/ and the expected decoding
 * beside it, both part of the program, so that a target needs no files.
 */
#ifndef SOCKATLAS_SUITES_GOLDEN_H
#define SOCKATLAS_SUITES_GOLDEN_H

#include "harness/embed.h"

#include "harness/case.h"

/* GOLDEN(name); embeds fixtures/packets/NAME.pcap and NAME.json for GOLDEN_ROW(name). */
#define GOLDEN(name)                                                                               \
	EMBED(name##_pcap, "fixtures/packets/" #name ".pcap");                                     \
	EMBED(name##_json, "fixtures/packets/" #name ".json")

struct golden_row {
	struct variant variant;
	const char *capture, *capture_end;
	const char *expected;
};

#define GOLDEN_ROW(name)                                                                           \
	{                                                                                          \
		{#name, NULL}, name##_pcap, name##_pcap_end, name##_json                           \
	}

/* Expects every packet of the row's capture to decode to what its JSON file says. */
void golden_expect(const struct golden_row *row);

#endif
