/* SPDX-License-Identifier: MIT */
/* Data that a cipher takes from where they are: pages of memory and of files. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "suites/alg/alg_help.h"

#include "harness/case.h"

enum { SHA256_SIZE = 32, BLOCK = 16 };

static void abc_digest(uint8_t *digest)
{
	alg_bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest,
		  SHA256_SIZE);
}

/* The digest of a million letters a: FIPS 180-4's example. */
static void letters_digest(uint8_t *digest)
{
	alg_bytes("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", digest,
		  SHA256_SIZE);
}

/*
 * Without a copy.
 *
 * vmsplice() puts pages of the program into a pipe as they are, and splice() passes them on
 * to the operation socket: the cipher reads the program's own memory. The documentation calls
 * it the zero-copy interface.
 */
CASE(from_memory,
     .claim = "data put into a pipe by vmsplice() and spliced to an operation socket are "
	      "digested",
     .level = LINUX,
     .spec = "Documentation/crypto/userspace-if.rst Zero-copy interface; vmsplice(2)",
     .needs = "alg_hash", .tags = "alg hash splice")
{
	uint8_t expected[SHA256_SIZE], digest[SHA256_SIZE] = {0};
	char text[] = "abc";
	struct iovec part = {text, 3};
	int operation = alg_operation("hash", "sha256", NULL, 0), ends[2];

	abc_digest(expected);
	SETUP(pipe2(ends, O_CLOEXEC));
	SETUP(vmsplice(ends[1], &part, 1, SPLICE_F_GIFT));
	EXPECT_EQ(splice(ends[0], NULL, operation, NULL, 3, 0), 3);
	EXPECT_EQ(recv(operation, digest, SHA256_SIZE, 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
}

/* `SPLICE_F_MORE` is for splice() what MSG_MORE is for send(). */
CASE(more, .claim = "SPLICE_F_MORE says that the message goes on", .level = LINUX,
     .spec = "splice(2) SPLICE_F_MORE; Documentation/crypto/userspace-if.rst", .needs = "alg_hash",
     .tags = "alg hash splice flag")
{
	uint8_t expected[SHA256_SIZE], digest[SHA256_SIZE] = {0};
	int operation = alg_operation("hash", "sha256", NULL, 0), ends[2];

	abc_digest(expected);
	SETUP(pipe2(ends, O_CLOEXEC));
	SETUP(write(ends[1], "ab", 2));
	EXPECT_EQ(splice(ends[0], NULL, operation, NULL, 2, SPLICE_F_MORE), 2);
	SETUP(write(ends[1], "c", 1));
	EXPECT_EQ(splice(ends[0], NULL, operation, NULL, 1, 0), 1);
	EXPECT_EQ(recv(operation, digest, SHA256_SIZE, 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
}

/* A file's digest in one call, and not one byte of it in the program. */
CASE(from_a_file, .claim = "sendfile() to an operation socket digests a file", .level = LINUX,
     .spec = "sendfile(2); Documentation/crypto/userspace-if.rst Zero-copy interface",
     .needs = "alg_hash", .tags = "alg hash sendfile")
{
	uint8_t expected[SHA256_SIZE], digest[SHA256_SIZE] = {0};
	static char letters[100000];
	int operation = alg_operation("hash", "sha256", NULL, 0);
	int file = SETUP(memfd_create("letters", MFD_CLOEXEC));
	size_t sent = 0;

	letters_digest(expected);
	memset(letters, 'a', sizeof(letters));
	for (int i = 0; i < 10; i++)
		SETUP(write(file, letters, sizeof(letters)));
	SETUP(lseek(file, 0, SEEK_SET));
	while (sent < 10 * sizeof(letters)) {
		ssize_t now =
			REQUIRE_OK(sendfile(operation, file, NULL, 10 * sizeof(letters) - sent));

		REQUIRE_TRUE(now > 0);
		sent += (size_t)now;
	}
	EXPECT_EQ(recv(operation, digest, SHA256_SIZE, 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
}

/* A cipher: the settings by sendmsg(), the text by splice(). */
CASE(a_cipher,
     .claim = "a text spliced to an operation socket is encrypted with what sendmsg() set",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst Zero-copy interface",
     .needs = "alg_skcipher", .tags = "alg skcipher splice")
{
	uint8_t key[BLOCK], plain[BLOCK], expected[BLOCK], result[BLOCK] = {0};
	struct alg_settings settings = {.with_op = true, .op = ALG_OP_ENCRYPT};
	int operation, ends[2];

	/* NIST SP 800-38A F.1.1 */
	alg_bytes("2b7e151628aed2a6abf7158809cf4f3c", key, BLOCK);
	alg_bytes("6bc1bee22e409f96e93d7e117393172a", plain, BLOCK);
	alg_bytes("3ad77bb40d7a3660a89ecaf32466ef97", expected, BLOCK);
	operation = alg_operation("skcipher", "ecb(aes)", key, BLOCK);
	SETUP(pipe2(ends, O_CLOEXEC));
	EXPECT_EQ(alg_send(operation, settings, NULL, 0, MSG_MORE), 0);
	SETUP(write(ends[1], plain, BLOCK));
	EXPECT_EQ(splice(ends[0], NULL, operation, NULL, BLOCK, 0), BLOCK);
	EXPECT_EQ(recv(operation, result, BLOCK, 0), BLOCK);
	EXPECT_MEMEQ(result, expected, BLOCK);
}
