/* SPDX-License-Identifier: MIT */
/*
 * The main fields of every golden packet as tshark reads them; which they are stands in
 * tshark_*.c. One run of tshark a link type, and
 * another one where flags say what is in it; skipped when tshark is not there.
 */
#include "harness/selftest/packet/tshark.h"
#include "harness/selftest/packet/golden.h"

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

/* The captures that one run of tshark reads. */
struct run {
	uint32_t link_type;
	unsigned int flags;
};

static bool has(const struct run *run, const struct golden *g)
{
	return g->link_type == run->link_type && (g->flags & TSHARK_FLAGS) == run->flags;
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

/* One line of tshark: a value a field, with tabs between. Returns how many fields disagree. */
static unsigned int compare(const struct run *run, const struct golden *g, size_t index, char *line,
			    const char *capture)
{
	const struct golden_packet *golden = &g->packet[index];
	unsigned int different = 0;
	struct packet p;

	packet_decode(&p, golden->blob.bytes, golden->captured, golden->blob.length, g->link_type,
		      g->flags);
	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < table_count(); i++) {
		const struct tshark_table *t = tables[i];

		for (size_t k = 0; applies(t, run) && k < t->count; k++) {
			struct ours o = {.p = &p, .field = &t->fields[k]};
			const char *theirs = strsep(&line, "\t");

			packet_visit(&p, find_ours, &o);
			if (theirs == NULL)
				theirs = "";
			if (agree(t, &t->fields[k], &p, theirs, &o))
				continue;
			printf("     %s, %s: %s: tshark has %s, we have %s\n", capture,
			       golden->about, t->fields[k].tshark, theirs,
			       o.found ? o.value : "nothing");
			different++;
		}
	}
	return different;
}

/* All packets of one run as one capture; returns how many. */
static size_t write_all(FILE *f, const struct run *run)
{
	const uint32_t header[] = {0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, run->link_type};
	size_t count = 0;

	fwrite(header, sizeof(header), 1, f);
	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count && has(run, g); i++) {
			const struct golden_packet *p = &g->packet[i];
			const uint32_t record[] = {(uint32_t)count++, 0, (uint32_t)p->captured,
						   (uint32_t)p->blob.length};

			fwrite(record, sizeof(record), 1, f);
			fwrite(p->blob.bytes, 1, p->captured, f);
		}
	}
	return count;
}

static FILE *run_tshark(const char *capture, const struct run *run)
{
	static char command[65536];
	size_t n = (size_t)snprintf(
		command, sizeof(command),
		"tshark -n -r %s -o ip.defragment:FALSE -o ipv6.defragment:FALSE "
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
static bool compare_run(const struct run *run)
{
	char path[] = "/tmp/sockatlas-tshark-XXXXXX", *line = NULL;
	int fd = mkstemp(path);
	FILE *f = fd >= 0 ? fdopen(fd, "wb") : NULL;
	size_t count, size = 0, lines = 0;
	unsigned int different = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	count = write_all(f, run);
	fclose(f);
	f = run_tshark(path, run);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count && has(run, g); i++) {
			if (getline(&line, &size, f) < 0)
				break;
			lines++;
			different += compare(run, g, i, line, golden_captures[c]->name);
		}
	}
	free(line);
	pclose(f);
	unlink(path);
	/* a version that does not know one of the fields says nothing at all */
	if (lines == 0)
		return false;
	CU_ASSERT_EQUAL(lines, count);
	CU_ASSERT_EQUAL(different, 0);
	return true;
}

/* The runs of all tables, each once; returns how many. */
static size_t collect_runs(struct run *runs, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < table_count(); i++) {
		for (const uint32_t *l = tables[i]->link_types; *l != 0; l++) {
			size_t k = 0;

			while (k < count &&
			       (runs[k].link_type != *l || runs[k].flags != tables[i]->flags))
				k++;
			if (k == count && count < size)
				runs[count++] = (struct run){*l, tables[i]->flags};
		}
	}
	return count;
}

SELFTEST(packet_fields_as_tshark_reads_them)
{
	struct run runs[64];
	size_t count;

	if (system("tshark --version >/dev/null 2>&1") != 0)
		SELFTEST_SKIP("tshark is not installed");
	count = collect_runs(runs, sizeof(runs) / sizeof(runs[0]));
	for (size_t i = 0; i < count; i++)
		if (!compare_run(&runs[i]))
			SELFTEST_SKIP("this tshark does not know all fields; 4.0 does");
}
