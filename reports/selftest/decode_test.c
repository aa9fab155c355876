/* SPDX-License-Identifier: MIT */
/* The text and the buffer of atlas decode; what the command does is in decode.sh. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/selftest/selftest.h"
#include "reports/decode/dump.h"
#include "reports/decode/sink.h"

static const char *text_of(struct packet_out *out)
{
	out->buffer[out->length] = '\0';
	return out->buffer;
}

static bool seconds_are(int64_t microseconds, const char *expected)
{
	char buffer[64];
	struct packet_out out = {buffer, sizeof(buffer), 0};

	out_seconds(&out, microseconds);
	return strcmp(text_of(&out), expected) == 0;
}

SELFTEST(seconds_have_six_decimals)
{
	CU_ASSERT(seconds_are(0, "0.000000"));
	CU_ASSERT(seconds_are(36, "0.000036"));
	CU_ASSERT(seconds_are(-36, "-0.000036"));
	CU_ASSERT(seconds_are(1000001, "1.000001"));
	CU_ASSERT(seconds_are(-1500000, "-1.500000"));
	CU_ASSERT(seconds_are(INT64_MAX, "9223372036854.775807"));
	CU_ASSERT(seconds_are(INT64_MIN, "-9223372036854.775808"));
}

SELFTEST(text_without_room_is_counted)
{
	char buffer[4] = "xyz";
	struct packet_out out = {buffer, 2, 0};

	packet_put(&out, "abc");
	packet_put_char(&out, 'd');
	packet_put_hex(&out, 0xa5, 2);
	CU_ASSERT_EQUAL(out.length, 6);
	CU_ASSERT_EQUAL(out_room(&out), 0);
	CU_ASSERT_PTR_NULL(out_next(&out));
	CU_ASSERT_STRING_EQUAL(buffer, "abz");
}

static void put_many(struct packet_out *out, const void *count)
{
	for (size_t i = *(const size_t *)count; i > 0; i--)
		packet_put_char(out, 'x');
}

/* Texts as large as the buffer and larger ones come out whole. */
SELFTEST(a_sink_grows_for_a_large_text)
{
	static const size_t sizes[] = {10, (size_t)256 * 1024 - 1, (size_t)256 * 1024, 1000000, 0,
				       7};
	char path[] = "/tmp/atlas-selftest-XXXXXX";
	int fd = mkstemp(path);
	struct sink sink;
	off_t all = 0;

	CU_ASSERT_FATAL(fd >= 0 && unlink(path) == 0 && sink_open(&sink, fd));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		CU_ASSERT(sink_add(&sink, put_many, &sizes[i]));
		all += (off_t)sizes[i];
	}
	CU_ASSERT(sink_flush(&sink));
	CU_ASSERT_EQUAL(lseek(fd, 0, SEEK_CUR), all);
	sink_free(&sink);
	close(fd);
}

SELFTEST(a_sink_keeps_its_error)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct sink sink;

	if (fd < 0)
		SELFTEST_SKIP("/dev/full is missing");
	CU_ASSERT_FATAL(sink_open(&sink, fd));
	CU_ASSERT(sink_put(&sink, "text"));
	CU_ASSERT_FALSE(sink_flush(&sink));
	CU_ASSERT_EQUAL(sink.error, ENOSPC);
	CU_ASSERT_FALSE(sink_put(&sink, "text"));
	sink_free(&sink);
	close(fd);
}

/* Offsets from 64 KiB on have five digits and take the space of a blank. */
SELFTEST(a_dump_of_a_large_packet_stays_in_line)
{
	static uint8_t bytes[0x10000 + 3];
	static char buffer[1024 * 1024];
	struct packet_out out = {buffer, sizeof(buffer), 0};
	struct packet p;

	packet_decode(&p, bytes, sizeof(bytes), sizeof(bytes), 9999, 0);
	dump_packet(&out, &p, false);
	CU_ASSERT_FATAL(out.length < sizeof(buffer));
	CU_ASSERT_PTR_NOT_NULL(strstr(text_of(&out), "\n  fff0  00 00"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer, "\n  10000 00 00 00"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer, "...\n        a-------\n"));
}
