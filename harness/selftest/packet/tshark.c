/* SPDX-License-Identifier: MIT */
/*
 * The main fields of packets as tshark reads them; which they are stands in tshark_*.c. One run of
 * tshark a link type, and another one where flags say what is in the packets.
 */
#include "harness/selftest/packet/tshark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct tshark_table *const __start_sockatlas_tsharks[];
extern const struct tshark_table *const __stop_sockatlas_tsharks[];
#define tables __start_sockatlas_tsharks

static size_t table_count(void)
{
	return (size_t)(__stop_sockatlas_tsharks - __start_sockatlas_tsharks);
}

struct ours {
	const struct packet *p;
	const struct tshark_field *field;
	bool found, elsewhere, has_number;
	uint64_t number;
	char value[600];
};

static int find_ours(void *context, const struct packet_field *f)
{
	struct ours *o = context;
	const char *name = o->field->name;
	const struct packet_layer *l = &o->p->layer[f->layer];

	/* a field of the protocol, not an option that is named like its value */
	if (strcmp(f->protocol, o->field->protocol) != 0 || strcmp(f->name, name) != 0 ||
	    f->value[0] == '\0')
		return 0;
	o->found = true;
	o->elsewhere = l->quoted || l->cut || l->first_fragment;
	o->has_number = f->has_number;
	o->number = f->number;
	snprintf(o->value, sizeof(o->value), "%s", f->value);
	return 1;
}

static bool agrees(const struct ours *o, const char *theirs)
{
	uint64_t number = strtoull(theirs, NULL, 0);

	switch (o->field->how) {
	case NUMBER:
		return o->has_number && o->number == number;
	case WORDS:
		return o->has_number && o->number * 4 == number;
	case EIGHTS:
		return o->has_number && o->number == number * 8;
	case TEXT:
		return strcmp(o->value, theirs) == 0;
	case CHECKSUM:
		if (strcmp(theirs, "1") == 0)
			return strstr(o->value, "(good") != NULL;
		if (strcmp(theirs, "0") == 0)
			return strstr(o->value, "(bad") != NULL;
		return strstr(o->value, "(good") == NULL || strcmp(theirs, "2") == 0;
	}
	return false;
}

/* The packets that one run of tshark reads. */
struct run {
	uint32_t link_type;
	unsigned int flags;
};

static bool has(const struct run *run, const struct tshark_packet *p)
{
	return p->link_type == run->link_type && (p->flags & TSHARK_FLAGS) == run->flags;
}

static bool applies(const struct tshark_table *t, const struct run *run)
{
	for (const uint32_t *l = t->link_types; *l != 0; l++) {
		if (*l == run->link_type)
			return t->flags == run->flags;
	}
	return false;
}

/* Whether the two say the same of a field, or have a reason not to. */
static bool agree(const struct tshark_table *t, const struct tshark_field *f,
		  const struct packet *p, const char *theirs, const struct ours *o)
{
	if (t->known_difference != NULL && t->known_difference(f, p))
		return true;
	if (theirs[0] == '\0')
		return !o->found || o->elsewhere || p->outcome != PACKET_COMPLETE ||
		       p->problem.text != NULL || p->too_deep ||
		       (t->only_ours != NULL && t->only_ours(f, p));
	if (!o->found)
		return p->outcome != PACKET_COMPLETE;
	return agrees(o, theirs);
}

/* One line of tshark: a value a field, with tabs between. */
static void compare(const struct run *run, const struct tshark_packet *packet, char *line,
		    struct tshark_counts *counts)
{
	struct packet p;

	packet_decode(&p, packet->bytes, packet->captured, packet->original, packet->link_type,
		      packet->flags);
	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < table_count(); i++) {
		const struct tshark_table *t = tables[i];

		for (size_t k = 0; applies(t, run) && k < t->count; k++) {
			struct ours o = {.p = &p, .field = &t->fields[k]};
			const char *theirs = strsep(&line, "\t");

			packet_visit(&p, find_ours, &o);
			if (theirs == NULL)
				theirs = "";
			counts->fields += o.found && theirs[0] != '\0';
			if (agree(t, &t->fields[k], &p, theirs, &o))
				continue;
			printf("     %s, %s: %s: tshark has %s, we have %s\n", packet->capture,
			       packet->about, t->fields[k].tshark, theirs,
			       o.found ? o.value : "nothing");
			counts->different++;
		}
	}
}

/* All packets of one run as one capture. */
static void write_all(FILE *f, const struct run *run, const struct tshark_packet *packets,
		      size_t count)
{
	const uint32_t header[] = {0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, run->link_type};
	uint32_t second = 0;

	fwrite(header, sizeof(header), 1, f);
	for (size_t i = 0; i < count; i++) {
		const struct tshark_packet *p = &packets[i];
		const uint32_t record[] = {second, 0, p->captured, p->original};

		if (!has(run, p))
			continue;
		second++;
		fwrite(record, sizeof(record), 1, f);
		fwrite(p->bytes, 1, p->captured, f);
	}
}

static FILE *run_tshark(const char *capture, const struct run *run)
{
	static char command[65536];
	size_t n = (size_t)snprintf(
		command, sizeof(command),
		"tshark -n -r %s -o ip.defragment:FALSE -o ipv6.defragment:FALSE "
		"-o tcp.desegment_tcp_streams:FALSE "
		"-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE "
		"-o udp.check_checksum:TRUE -o tcp.relative_sequence_numbers:FALSE "
		"-T fields -E occurrence=f",
		capture);

	for (size_t i = 0; i < table_count(); i++) {
		const struct tshark_table *t = tables[i];

		if (!applies(t, run))
			continue;
		if (t->options != NULL)
			n += (size_t)snprintf(command + n, sizeof(command) - n, " %s", t->options);
		for (size_t k = 0; k < t->count; k++)
			n += (size_t)snprintf(command + n, sizeof(command) - n, " -e %s",
					      t->fields[k].tshark);
	}
	snprintf(command + n, sizeof(command) - n, " 2>/dev/null");
	return popen(command, "r");
}

/* False when tshark refuses. */
static bool compare_run(const struct run *run, const struct tshark_packet *packets, size_t count,
			struct tshark_counts *counts)
{
	char path[] = "/tmp/sockatlas-tshark-XXXXXX", *line = NULL;
	int fd = mkstemp(path);
	FILE *f = fd >= 0 ? fdopen(fd, "wb") : NULL;
	size_t size = 0, wanted = 0, lines = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	write_all(f, run, packets, count);
	fclose(f);
	f = run_tshark(path, run);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	for (size_t i = 0; i < count; i++) {
		if (!has(run, &packets[i]))
			continue;
		wanted++;
		if (getline(&line, &size, f) < 0)
			continue;
		lines++;
		compare(run, &packets[i], line, counts);
	}
	free(line);
	pclose(f);
	unlink(path);
	/* a version that does not know one of the fields says nothing at all */
	if (lines == 0)
		return false;
	CU_ASSERT_EQUAL(lines, wanted);
	counts->packets += lines;
	return true;
}

/* The runs that packets need, each once; returns how many. */
static size_t collect_runs(const struct tshark_packet *packets, size_t count, struct run *runs,
			   size_t size)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		struct run run = {packets[i].link_type, packets[i].flags & TSHARK_FLAGS};
		bool known = false;
		size_t k = 0;

		for (size_t t = 0; t < table_count(); t++)
			known |= applies(tables[t], &run);
		while (k < found && !has(&runs[k], &packets[i]))
			k++;
		if (known && k == found && found < size)
			runs[found++] = run;
	}
	return found;
}

bool tshark_is_there(void)
{
	return system("tshark --version >/dev/null 2>&1") == 0;
}

bool tshark_compare(const struct tshark_packet *packets, size_t count, struct tshark_counts *counts)
{
	struct run runs[64];
	size_t found = collect_runs(packets, count, runs, sizeof(runs) / sizeof(runs[0]));

	*counts = (struct tshark_counts){0};
	for (size_t i = 0; i < found; i++)
		if (!compare_run(&runs[i], packets, count, counts))
			return false;
	return true;
}
