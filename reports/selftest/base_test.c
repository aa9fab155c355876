/* SPDX-License-Identifier: MIT */
/* The small parts that the reports stand on. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/selftest/selftest.h"
#include "reports/base/base64.h"
#include "reports/base/memory.h"
#include "reports/base/output.h"
#include "reports/base/sha256.h"
#include "reports/base/strmap.h"
#include "reports/selftest/support.h"

/* RFC 4648 10 */
SELFTEST(base64_of_rfc4648)
{
	static const char *const vectors[][2] = {
		{"", ""},
		{"f", "Zg=="},
		{"fo", "Zm8="},
		{"foo", "Zm9v"},
		{"foob", "Zm9vYg=="},
		{"fooba", "Zm9vYmE="},
		{"foobar", "Zm9vYmFy"},
	};

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		uint8_t bytes[16];
		char text[16];
		size_t count;

		base64_encode((const uint8_t *)vectors[i][0], strlen(vectors[i][0]), text);
		CU_ASSERT_STRING_EQUAL(text, vectors[i][1]);
		CU_ASSERT(base64_decode(text, strlen(text), bytes, &count));
		CU_ASSERT_EQUAL(count, strlen(vectors[i][0]));
		CU_ASSERT_EQUAL(memcmp(bytes, vectors[i][0], count), 0);
	}
}

SELFTEST(base64_that_is_none)
{
	static const char *const wrong[] = {"A",	"AB",	 "ABC",	 "A===", "====",  "AB=C",
					    "AA==AAAA", "AB\nC", "AB==", "A*==", "ABC=\n"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		uint8_t bytes[16];
		size_t count;

		CU_ASSERT_FALSE(base64_decode(wrong[i], strlen(wrong[i]), bytes, &count));
	}
}

static bool digest_is(const char *text, size_t repeat, const char *expected)
{
	size_t length = strlen(text);
	char *all = memory_get(length * repeat + 1, 1), hex[65] = "";
	uint8_t digest[32];
	char *to = all;

	for (size_t i = 0; i < repeat; i++)
		to = stpcpy(to, text);
	sha256(all, length * repeat, digest);
	for (size_t i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	free(all);
	return strcmp(hex, expected) == 0;
}

/* The examples of FIPS 180-4, and the lengths around a block's end. */
SELFTEST(sha256_of_fips180)
{
	CU_ASSERT(digest_is("abc", 1,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	CU_ASSERT(digest_is("", 1,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
	CU_ASSERT(digest_is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
			    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
	CU_ASSERT(digest_is("a", 1000000,
			    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
	CU_ASSERT(digest_is("a", 55,
			    "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"));
	CU_ASSERT(digest_is("a", 64,
			    "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"));
}

SELFTEST(strmap_keeps_the_first)
{
	struct strmap map = {0};
	struct arena arena = {0};
	size_t value = 0;

	CU_ASSERT_FALSE(strmap_find(&map, "x", &value));
	for (size_t i = 0; i < 5000; i++)
		CU_ASSERT(strmap_add(&map, arena_format(&arena, "key %zu", i), i));
	CU_ASSERT_FALSE(strmap_add(&map, "key 17", 99));
	CU_ASSERT(strmap_find(&map, "key 17", &value));
	CU_ASSERT_EQUAL(value, 17);
	CU_ASSERT_FALSE(strmap_find(&map, "key 5000", NULL));
	strmap_free(&map);
	arena_free(&arena);
}

/* A folder of its own for a test; the caller removes it with remove_folder(). */
static bool make_folder(char path[64])
{
	snprintf(path, 64, "/tmp/atlas-selftest-XXXXXX");
	return mkdtemp(path) != NULL;
}

static size_t remove_folder(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	size_t files = 0;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		unlinkat(dirfd(folder), entry->d_name, 0);
		files++;
	}
	if (folder != NULL)
		closedir(folder);
	rmdir(path);
	return files;
}

SELFTEST(outputs_appear_together)
{
	char folder[64], path[128];
	struct output out;
	FILE *first;
	char *text;
	size_t length;

	NEED(make_folder(folder));
	NEED(output_begin(&out, folder));
	first = output_file(&out, "first");
	NEED(first != NULL);
	NEED(output_file(&out, "second") != NULL);
	fputs("complete", first);
	snprintf(path, sizeof(path), "%s/first", folder);
	CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0);
	CU_ASSERT(output_commit(&out));
	text = file_text(path, &length);
	NEED(text != NULL);
	CU_ASSERT_STRING_EQUAL(text, "complete");
	free(text);
	CU_ASSERT_EQUAL(remove_folder(folder), 2);
}

SELFTEST(abandoned_outputs_leave_nothing)
{
	char folder[64];
	struct output out;

	NEED(make_folder(folder));
	NEED(output_begin(&out, folder));
	CU_ASSERT_PTR_NOT_NULL(output_file(&out, "first"));
	CU_ASSERT_PTR_NULL(output_file(&out, "no/such/folder"));
	CU_ASSERT_NOT_EQUAL(out.error[0], 0);
	CU_ASSERT_FALSE(output_commit(&out));
	CU_ASSERT_EQUAL(remove_folder(folder), 0);
}

/* A limit on a file's size stands for the full disk: write() fails in the middle. In a child, as it
 * lasts. */
SELFTEST(what_cannot_be_written_is_not_there)
{
	char folder[64];
	int status;
	pid_t child;

	NEED(make_folder(folder));
	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct rlimit limit = {10000, 10000};
		struct output out;
		bool good = output_begin(&out, folder);
		FILE *one = good ? output_file(&out, "one") : NULL;
		FILE *two = good ? output_file(&out, "two") : NULL;

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		if (one == NULL || two == NULL)
			_exit(2);
		fputs("small", one);
		for (int i = 0; i < 100000; i++)
			fputs("large", two);
		good = output_commit(&out);
		_exit(good || strstr(out.error, "two: File too large") == NULL);
	}
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	CU_ASSERT_EQUAL(status, 0);
	CU_ASSERT_EQUAL(remove_folder(folder), 0);
}
