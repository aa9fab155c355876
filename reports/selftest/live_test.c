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

/* What a run has at least, so that the tests are about something: a fifth of what it usually has.
 */
enum {
	PACKETS_LEAST = 700,
	FIELDS_LEAST = 20000,
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
		problem = "the run has no results";
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
#define ANY_PROTOCOL "families/protocols/raw_socket_of_any_number"

static struct tshark_packet *packets_of(const struct run *run, size_t *count)
{
	struct tshark_packet *all = calloc(packet_count(run) + 1, sizeof(*all));

	*count = 0;
	for (size_t i = 0; i < run->result_count && all != NULL; i++) {
		const struct result *r = &run->results[i];

		/* Text below any protocol number: IPv6 extension headers in IPv4 and the like,
		 * which only one of the two makes something of. */
		if (strncmp(r->id, ANY_PROTOCOL, strlen(ANY_PROTOCOL)) == 0)
			continue;
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

/* A packet that is not in order on purpose. */
struct meant {
	const char *of;	     /* how the result's id begins */
	const char *trouble; /* as trouble_of() says it; NULL: whatever it is */
};

static const struct meant meant[] = {
	/* One byte instead of a message: raw(7) sockets take anything, and fill in no checksum. */
	{"inet/raw_privilege/raw_needs_cap_net_raw/icmp", "the checksum of ICMP is bad"},
	/* Frames of a type that is for experiments, with any data, and headers that are cut. */
	{"packet/", NULL},
	{"inet/raw_errors/", NULL},
	{"inet/send_queue/full_queue_for_frames", NULL},
	{"xdp/", NULL},
	/* The same bytes below every protocol number, which are no packet of most. */
	{"families/protocols/", NULL},
};

static bool is_meant(const char *id, const char *trouble)
{
	for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++) {
		if (strncmp(id, meant[i].of, strlen(meant[i].of)) == 0 &&
		    (meant[i].trouble == NULL || strcmp(trouble, meant[i].trouble) == 0))
			return true;
	}
	return false;
}

/* Behind which data may stand: what hands them to an application, or to one who puts them together.
 */
static bool carries_data(const struct packet_layer *l)
{
	switch (l->kind) {
	case PACKET_TCP:
	case PACKET_UDP:
	case PACKET_UDPLITE:
	case PACKET_ICMP:
	case PACKET_ICMPV6:
		return true;
	case PACKET_IPV4:
		return l->ipv4.fragment_offset != 0;
	case PACKET_FRAGMENT:
		return l->fragment.fragment_offset != 0;
	default:
		return false;
	}
}

/*
 * A layer that an ICMP error quotes is not judged: the kernel quotes the packet that it has in
 * hand, in which the checksum of TCP or UDP may be left to a device, and that of an IPv4 header
 * whose Record Route it has filled in is still the one that came.
 */
static const char *trouble_of_layer(const struct packet *p, unsigned int i)
{
	static char text[200];
	const struct packet_layer *l = &p->layer[i];

	if (l->quoted)
		return NULL;
	if (l->checksum == PACKET_CHECKSUM_BAD) {
		snprintf(text, sizeof(text), "the checksum of %s is bad",
			 packet_kind_name(l->kind));
		return text;
	}
	if (l->kind == PACKET_DATA && (i == 0 || !carries_data(&p->layer[i - 1]))) {
		snprintf(text, sizeof(text), "unknown data behind %s",
			 i == 0 ? "nothing" : packet_kind_name(p->layer[i - 1].kind));
		return text;
	}
	return NULL;
}

/* What is not in order; NULL when all is. Valid until the next call. */
static const char *trouble_of(const struct packet *p)
{
	static char text[200];
	const char *trouble = NULL;

	if (p->too_deep)
		return "it has too many layers";
	/* Only a part of long packets is kept. */
	if (p->outcome == PACKET_TRUNCATED && p->captured < p->original)
		return NULL;
	if (p->outcome != PACKET_COMPLETE || p->problem.text != NULL) {
		packet_problem_text(p, text, sizeof(text));
		return text;
	}
	for (unsigned int i = 0; i < p->layers && trouble == NULL; i++)
		trouble = trouble_of_layer(p, i);
	return trouble;
}

/* False with a line about what does not hold. */
static bool in_order(const struct result *r, const struct frame *f)
{
	uint32_t link_type = r->links[f->link].link_type;
	unsigned int flags = PACKET_VERIFY_CHECKSUMS |
			     (f->checksum_pending ? (unsigned int)PACKET_CHECKSUM_OFFLOADED : 0);
	const char *fault =
		packet_fault_of(f->bytes, f->captured, f->original, link_type, flags, HOLDS_ALL);
	char line[512];
	struct packet p;

	packet_decode(&p, f->bytes, f->captured, f->original, link_type, flags);
	if (fault == NULL) {
		fault = trouble_of(&p);
		if (fault == NULL || is_meant(r->id, fault))
			return true;
	}
	packet_line(&p, line, sizeof(line));
	printf("     %s: %s: %s\n", r->id, fault, line);
	return false;
}

SELFTEST(live_packets_are_in_order)
{
	const char *reason;
	struct run *run = live_run(&reason);
	unsigned int failures = 0;

	if (run == NULL)
		SELFTEST_SKIP(reason);
	for (size_t i = 0; i < run->result_count; i++) {
		for (size_t k = 0; k < run->results[i].frame_count; k++)
			failures += !in_order(&run->results[i], &run->results[i].frames[k]);
	}
	CU_ASSERT_EQUAL(failures, 0);
	CU_ASSERT(packet_count(run) >= PACKETS_LEAST);
}
