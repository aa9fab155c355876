/* SPDX-License-Identifier: MIT */
/* Every golden packet as tshark reads it; see tshark.c. Skipped when tshark is not there. */
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/packet/tshark.h"

#include <stdlib.h>

/* All golden packets; the caller frees the bytes of each, and the array. */
static struct tshark_packet *collect(size_t *count)
{
	struct tshark_packet *all;
	size_t total = 0;

	for (size_t c = 0; c < golden_capture_count(); c++)
		total += golden_make(golden_captures[c])->count;
	all = calloc(total + 1, sizeof(*all));
	*count = 0;
	for (size_t c = 0; c < golden_capture_count() && all != NULL; c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			const struct golden_packet *p = &g->packet[i];

			all[(*count)++] = (struct tshark_packet){
				.link_type = g->link_type,
				.flags = g->flags,
				.bytes = golden_copy(p->blob.bytes, p->captured),
				.captured = (uint32_t)p->captured,
				.original = (uint32_t)p->blob.length,
				.capture = golden_captures[c]->name,
				.about = p->about,
			};
		}
	}
	return all;
}

SELFTEST(packet_fields_as_tshark_reads_them)
{
	struct tshark_counts counts;
	struct tshark_packet *all;
	size_t count;
	bool knows_all;

	if (!tshark_is_there())
		SELFTEST_SKIP("tshark is not installed");
	all = collect(&count);
	if (all == NULL)
		SELFTEST_SKIP("no memory");
	knows_all = tshark_compare(all, count, &counts);
	for (size_t i = 0; i < count; i++)
		free((void *)all[i].bytes);
	free(all);
	if (!knows_all)
		SELFTEST_SKIP("this tshark does not know all fields; 4.0 does");
	CU_ASSERT_EQUAL(counts.different, 0);
	/* most of them: some link types are ours alone */
	CU_ASSERT(counts.packets > count / 2);
	CU_ASSERT(counts.fields > count);
}
