/* SPDX-License-Identifier: MIT */
/*
 * The golden packets decode as fixtures/packets/ expects; see golden.h for how they are
 * made and what to do when an expectation has to change.
 */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <jansson.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIRECTORY "fixtures/packets/"

static bool writing(void)
{
	const char *mode = getenv("SOCKATLAS_GOLDEN");

	return mode != NULL && strcmp(mode, "write") == 0;
}

static void path_of(const char *name, const char *suffix, char *path, size_t size)
{
	snprintf(path, size, "%s%s.%s", DIRECTORY, name, suffix);
}

/* Classic pcap, little-endian on any machine, a second between packets. */
static void put_word(FILE *f, uint32_t word, int bytes)
{
	for (int i = 0; i < bytes; i++)
		fputc((int)(word >> 8 * i & 0xff), f);
}

static bool write_capture(const struct golden *g, const char *path)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL)
		return false;
	put_word(f, 0xa1b2c3d4, 4);
	put_word(f, 2, 2);
	put_word(f, 4, 2);
	put_word(f, 0, 4);
	put_word(f, 0, 4);
	put_word(f, 262144, 4);
	put_word(f, g->link_type, 4);
	for (size_t i = 0; i < g->count; i++) {
		const struct golden_packet *p = &g->packet[i];

		put_word(f, (uint32_t)i, 4);
		put_word(f, 0, 4);
		put_word(f, (uint32_t)p->captured, 4);
		put_word(f, (uint32_t)p->blob.length, 4);
		fwrite(p->blob.bytes, 1, p->captured, f);
	}
	return fclose(f) == 0;
}

/* The decoding of one packet as a text of its own; to be freed. */
static char *decoding_of(const struct golden *g, size_t index)
{
	const struct golden_packet *golden = &g->packet[index];
	/* of just the right size, for the address sanitizer */
	uint8_t *bytes = golden_copy(golden->blob.bytes, golden->captured);
	struct packet p;
	size_t length;
	char *json;

	packet_decode(&p, bytes, golden->captured, golden->blob.length, g->link_type, g->flags);
	length = packet_json(&p, PACKET_JSON_PRETTY, NULL, 0);
	json = malloc(length + 1);
	if (json != NULL)
		packet_json(&p, PACKET_JSON_PRETTY, json, length + 1);
	free(bytes);
	return json;
}

static bool write_expectation(const struct golden *g, const char *name, const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		return false;
	fprintf(f, "{\"capture\": \"%s.pcap\", \"link_type\": %u, \"flags\": %u, \"packets\": [\n",
		name, g->link_type, g->flags);
	for (size_t i = 0; i < g->count; i++) {
		char *json = decoding_of(g, i);

		fprintf(f, "{\"about\": \"%s\",\n%s%s\n", g->packet[i].about,
			json != NULL ? json + 1 : "", i + 1 < g->count ? "," : "");
		free(json);
	}
	fprintf(f, "]}\n");
	return fclose(f) == 0;
}

/* Prints where two JSON values part; returns whether they are the same. */
static bool same(const json_t *expected, const json_t *found, const char *where)
{
	char path[512];
	json_t *value;

	if (json_is_object(expected) && json_is_object(found)) {
		const char *key;

		json_object_foreach((json_t *)expected, key, value)
		{
			snprintf(path, sizeof(path), "%s.%s", where, key);
			if (strcmp(key, "about") != 0 &&
			    !same(value, json_object_get(found, key), path))
				return false;
		}
		return true;
	}
	if (json_is_array(expected) && json_is_array(found)) {
		size_t i;

		json_array_foreach(expected, i, value)
		{
			snprintf(path, sizeof(path), "%s[%zu]", where, i);
			if (!same(value, json_array_get(found, i), path))
				return false;
		}
	}
	if (found != NULL && json_equal(expected, found))
		return true;
	printf("     %s: expected ", where);
	json_dumpf(expected, stdout, JSON_ENCODE_ANY | JSON_COMPACT);
	printf(", found ");
	if (found != NULL)
		json_dumpf(found, stdout, JSON_ENCODE_ANY | JSON_COMPACT);
	printf("\n");
	return false;
}

static void compare_packet(const struct golden *g, size_t index, const json_t *expected,
			   const char *name)
{
	char where[128];
	char *decoding = decoding_of(g, index);
	json_error_t error;
	json_t *found =
		decoding != NULL ? json_loads(decoding, JSON_REJECT_DUPLICATES, &error) : NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(found);
	snprintf(where, sizeof(where), "%s.json packet %zu", name, index + 1);
	CU_ASSERT(same(expected, found, where));
	/* as many members, so that there is none that is not expected ("about" is) */
	CU_ASSERT_EQUAL(json_object_size(expected), json_object_size(found) + 1);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(expected, "about")),
			       g->packet[index].about);
	json_decref(found);
	free(decoding);
}

static void compare_capture(const struct golden_capture *capture)
{
	const struct golden *g = golden_make(capture);
	char path[256];
	json_error_t error;
	json_t *root, *packets;

	path_of(capture->name, "json", path, sizeof(path));
	if (writing() && !write_expectation(g, capture->name, path))
		CU_FAIL_FATAL("cannot write an expectation");
	root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL)
		printf("     %s:%d: %s\n", path, error.line, error.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(root);
	packets = json_object_get(root, "packets");
	CU_ASSERT_EQUAL(json_array_size(packets), g->count);
	for (size_t i = 0; i < g->count && i < json_array_size(packets); i++)
		compare_packet(g, i, json_array_get(packets, i), capture->name);
	json_decref(root);
}

/* Each golden packet's lines, trees and fields are those of its JSON file. */
SELFTEST(packet_golden_decodings)
{
	for (size_t i = 0; i < golden_capture_count(); i++)
		compare_capture(golden_captures[i]);
}

static void compare_file(const struct golden_capture *capture)
{
	const struct golden *g = golden_make(capture);
	char path[256], error[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr *header;
	const u_char *bytes;
	size_t count = 0;
	pcap_t *file;

	path_of(capture->name, "pcap", path, sizeof(path));
	if (writing() && !write_capture(g, path))
		CU_FAIL_FATAL("cannot write a capture");
	file = pcap_open_offline(path, error);
	if (file == NULL)
		printf("     %s\n", error);
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	while (pcap_next_ex(file, &header, &bytes) == 1 && count < g->count) {
		const struct golden_packet *p = &g->packet[count++];

		CU_ASSERT_EQUAL(header->caplen, p->captured);
		CU_ASSERT_EQUAL(header->len, p->blob.length);
		if (header->caplen == p->captured)
			CU_ASSERT(memcmp(bytes, p->blob.bytes, p->captured) == 0);
	}
	CU_ASSERT_EQUAL(count, g->count);
	CU_ASSERT(pcap_next_ex(file, &header, &bytes) == PCAP_ERROR_BREAK);
	pcap_close(file);
}

/* The captures hold what this project's own code puts together, byte for byte. */
SELFTEST(packet_golden_captures)
{
	for (size_t i = 0; i < golden_capture_count(); i++)
		compare_file(golden_captures[i]);
}
