/* SPDX-License-Identifier: MIT */
/*
 * What the cases put on the wire in a real run: every packet of it is decoded as tshark decodes
 * it, and none is malformed, cut or unknown but those that a case means to be so.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/packet/packet.h"
#include "harness/selftest/packet/holds.h"
#include "harness/selftest/packet/tshark.h"
#include "reports/results/read.h"
#include "reports/selftest/support.h"

/* What a run has at least, so that these tests are about something: a tenth of the usual. */
enum {
	PACKETS_LEAST = 700,
	FIELDS_LEAST = 20000,
	OTHER_SETS_LEAST = 10,
};

/* Runs all suites once, for all tests of this file. NULL with the reason when that cannot be. */
static struct run *live_run(const char **reason)
{
	static struct run *run;
	static const char *problem;
	char path[] = "/tmp/sockatlas-live-XXXXXX", command[512], said[1024];
	const char *build = getenv("BUILD");
	int fd;

	*reason = problem;
	if (run != NULL || problem != NULL)
		return run;
	snprintf(command, sizeof(command), "%s/sockatlas", build != NULL ? build : "build");
	if (access(command, X_OK) != 0)
		return *reason = problem = "sockatlas is not built", NULL;
	fd = mkstemp(path);
	if (fd < 0)
		return *reason = problem = "no place in /tmp", NULL;
	close(fd);
	/* Whether a case fails on this kernel is not what is asked here. */
	snprintf(command, sizeof(command), "%s/sockatlas run -q -o %s >/dev/null 2>&1",
		 build != NULL ? build : "build", path);
	if (system(command) == -1)
		problem = "sockatlas cannot be started";
	run = results_read(path, NULL, said, sizeof(said));
	unlink(path);
	if (run == NULL)
		printf("     %s\n", said), problem = "the run has no results";
	return *reason = problem, run;
}

static size_t packet_count(const struct run *run)
{
	size_t count = 0;

	for (size_t i = 0; i < run->result_count; i++)
		count += run->results[i].frame_count;
	return count;
}

/* The packets of a run, as the results file has them; the caller frees the array. */
static struct tshark_packet *packets_of(const struct run *run, size_t *count)
{
	struct tshark_packet *all = calloc(packet_count(run) + 1, sizeof(*all));

	*count = 0;
	for (size_t i = 0; i < run->result_count && all != NULL; i++) {
		const struct result *r = &run->results[i];

		for (size_t k = 0; k < r->frame_count; k++) {
			const struct frame *f = &r->frames[k];

			/*
			 * A checksum that was left to the device is wrong in the bytes; tshark is
			 * not told, and neither are we.
			 */
			all[(*count)++] = (struct tshark_packet){
				.link_type = r->links[f->link].link_type,
				.flags = PACKET_VERIFY_CHECKSUMS,
				.bytes = f->bytes,
				.captured = f->captured,
				.original = f->original,
				.capture = r->id,
				.about = r->links[f->link].host,
			};
		}
	}
	return all;
}

SELFTEST(live_packets_as_tshark_reads_them)
{
	const char *reason;
	struct run *run = live_run(&reason);
	struct tshark_packet *all;
	struct tshark_counts counts;
	size_t count;
	bool knows_all;

	if (run == NULL)
		SELFTEST_SKIP(reason);
	if (!tshark_is_there())
		SELFTEST_SKIP("tshark is not installed");
	all = packets_of(run, &count);
	NEED(all != NULL);
	knows_all = tshark_compare(all, count, &counts);
	free(all);
	if (!knows_all)
		SELFTEST_SKIP("this tshark does not know all fields; 4.0 does");
	printf("     %zu packets, %zu fields\n", counts.packets, counts.fields);
	CU_ASSERT_EQUAL(counts.different, 0);
	CU_ASSERT_EQUAL(counts.packets, count);
	CU_ASSERT(counts.packets >= PACKETS_LEAST);
	CU_ASSERT(counts.fields >= FIELDS_LEAST);
}
