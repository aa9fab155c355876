/* SPDX-License-Identifier: MIT */
/* Digests: data in pieces, and the state that a copy takes over. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/alg/alg_help.h"

#include "harness/case.h"

/* FIPS 180-4, examples of NIST for "abc" and for no data. */
#define SHA256_ABC   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SHA256_EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

enum { LONGEST = 64, SHA256_SIZE = 32 };

struct answer_row {
	struct variant variant;
	const char *name, *digest;
};

static const struct answer_row answers[] = {
	{{"md5", NULL}, "md5", "900150983cd24fb0d6963f7d28e17f72"},
	{{"sha1", NULL}, "sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"},
	{{"sha224", NULL}, "sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
	{{"sha256", NULL}, "sha256", SHA256_ABC},
	{{"sha384", NULL},
	 "sha384",
	 "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca1"
	 "34c825a7"},
	{{"sha512", NULL},
	 "sha512",
	 "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23"
	 "a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
};

/*
 * In goes a message, out comes its digest.
 *
 * Three steps: a socket bound to an algorithm, an operation socket by accept(), and then
 * send() the data and recv() the result. The digest of "abc" stands in the standards.
 *
 * Try it: `printf abc | sha256sum`
 */
CASE(known_answers, .claim = "the digest of \"abc\" is what the standard says", .level = RFC,
     .spec = "FIPS 180-4; RFC 1321 A.5; RFC 3174 7.3; Documentation/crypto/userspace-if.rst",
     .needs = "alg_hash", .tags = "alg hash", .VARIANTS(answers))
{
	const struct answer_row *row = VARIANT(struct answer_row);
	uint8_t expected[LONGEST], digest[LONGEST + 1];
	size_t size = alg_bytes(row->digest, expected, sizeof(expected));
	int operation = alg_operation("hash", row->name, NULL, 0);

	EXPECT_EQ(send(operation, "abc", 3, 0), 3);
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), size);
	EXPECT_MEMEQ(digest, expected, size);
}

/*
 * In pieces.
 *
 * `MSG_MORE` says that the message goes on; without it, a send() ends one and the next begins
 * another. recv() ends it too, whatever was said.
 */
CASE(pieces,
     .claim = "data sent with MSG_MORE are one message with what follows; without it send() begins "
	      "a new one",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst Message digest API",
     .needs = "alg_hash", .tags = "alg hash flag")
{
	uint8_t expected[SHA256_SIZE], digest[SHA256_SIZE];
	int operation = alg_operation("hash", "sha256", NULL, 0);

	alg_bytes(SHA256_ABC, expected, sizeof(expected));
	EXPECT_EQ(send(operation, "a", 1, MSG_MORE), 1);
	EXPECT_EQ(send(operation, "b", 1, MSG_MORE), 1);
	EXPECT_EQ(send(operation, "c", 1, 0), 1);
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);

	EXPECT_EQ(send(operation, "not this", 8, 0), 8);
	EXPECT_EQ(send(operation, "abc", 3, 0), 3);
	memset(digest, 0, sizeof(digest));
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);

	EXPECT_EQ(send(operation, "ab", 2, MSG_MORE), 2);
	EXPECT_EQ(send(operation, "c", 1, MSG_MORE), 1);
	memset(digest, 0, sizeof(digest));
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
}

/* More than one block and more than a page, gathered from several places. */
CASE(gathered,
     .claim = "a message of many blocks gathered by sendmsg() has the digest of the whole",
     .level = LINUX, .spec = "FIPS 180-4, example of a million letters a; sendmsg(2)",
     .needs = "alg_hash", .tags = "alg hash iovec")
{
	static char letters[50000];
	struct iovec parts[] = {{letters, sizeof(letters)}, {letters, sizeof(letters)}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
	uint8_t expected[SHA256_SIZE], digest[SHA256_SIZE];
	int operation = alg_operation("hash", "sha256", NULL, 0);

	alg_bytes("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", expected,
		  sizeof(expected));
	memset(letters, 'a', sizeof(letters));
	for (int i = 0; i < 10; i++)
		EXPECT_EQ(sendmsg(operation, &message, i < 9 ? MSG_MORE : 0), 100000);
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
}

/*
 * Nothing has a digest too.
 *
 * recv() on a fresh operation socket gives the digest of no data, and so does a second
 * recv(): the first one took the result along.
 */
CASE(no_data,
     .claim = "recv() without data gives the digest of the empty message, and so does a second "
	      "recv() after a result was taken",
     .level = OBSERVED, .spec = "FIPS 180-4; crypto/algif_hash.c hash_recvmsg()",
     .needs = "alg_hash", .tags = "alg hash")
{
	uint8_t empty[SHA256_SIZE], abc[SHA256_SIZE], digest[SHA256_SIZE];
	int operation = alg_operation("hash", "sha256", NULL, 0);

	alg_bytes(SHA256_EMPTY, empty, sizeof(empty));
	alg_bytes(SHA256_ABC, abc, sizeof(abc));
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, empty, SHA256_SIZE);
	EXPECT_EQ(send(operation, "abc", 3, 0), 3);
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, abc, SHA256_SIZE);
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, empty, SHA256_SIZE);
}

/*
 * A digest in a short buffer.
 *
 * The result is a message: a buffer that is too short gets its beginning, `MSG_TRUNC` says
 * so, and the rest is gone.
 */
CASE(short_buffer, .claim = "a buffer shorter than the digest gets its beginning and MSG_TRUNC",
     .level = LINUX,
     .spec = "Documentation/crypto/userspace-if.rst Message digest API; recvmsg(2) MSG_TRUNC",
     .needs = "alg_hash", .tags = "alg hash flag")
{
	uint8_t expected[SHA256_SIZE], digest[SHA256_SIZE] = {0};
	struct iovec part = {digest, 20};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	int operation = alg_operation("hash", "sha256", NULL, 0);

	alg_bytes(SHA256_ABC, expected, sizeof(expected));
	EXPECT_EQ(send(operation, "abc", 3, 0), 3);
	EXPECT_EQ(recvmsg(operation, &message, 0), 20);
	EXPECT_EQ(message.msg_flags, MSG_TRUNC);
	EXPECT_MEMEQ(digest, expected, 20);
	EXPECT_EQ(digest[20], 0);

	EXPECT_EQ(send(operation, "abc", 3, 0), 3);
	part.iov_len = sizeof(digest);
	EXPECT_EQ(recvmsg(operation, &message, 0), SHA256_SIZE);
	EXPECT_EQ(message.msg_flags, 0);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
}

/*
 * A copy of the state.
 *
 * accept() on an operation socket makes a second one that has already seen the same data.
 * Both go on from there by themselves: two messages with a common beginning cost that
 * beginning once.
 */
CASE(copied_state,
     .claim = "accept() on an operation socket gives another that has seen the same data; each "
	      "goes on by itself",
     .level = LINUX, .spec = "crypto/algif_hash.c hash_accept()", .needs = "alg_hash",
     .tags = "alg hash accept")
{
	uint8_t abc[SHA256_SIZE], empty[SHA256_SIZE], abd[SHA256_SIZE], digest[SHA256_SIZE];
	int operation = alg_operation("hash", "sha256", NULL, 0), copy, fresh;

	alg_bytes(SHA256_ABC, abc, sizeof(abc));
	alg_bytes(SHA256_EMPTY, empty, sizeof(empty));
	alg_bytes("a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9", abd,
		  sizeof(abd));
	EXPECT_EQ(send(operation, "ab", 2, MSG_MORE), 2);
	copy = EXPECT_OK(accept(operation, NULL, NULL));
	EXPECT_EQ(send(operation, "c", 1, 0), 1);
	EXPECT_EQ(send(copy, "d", 1, 0), 1);
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, abc, SHA256_SIZE);
	EXPECT_EQ(recv(copy, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, abd, SHA256_SIZE);
	/* Of a message that is over there is nothing to copy. */
	fresh = EXPECT_OK(accept(operation, NULL, NULL));
	EXPECT_EQ(recv(fresh, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, empty, SHA256_SIZE);
}

/* Two operation sockets of one algorithm do not see each other's data. */
CASE(two_operations,
     .claim = "each accept() gives an operation socket of its own, which lives on when the socket "
	      "that it is of is closed",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst General remarks",
     .needs = "alg_hash", .tags = "alg hash accept")
{
	uint8_t expected[SHA256_SIZE], digest[SHA256_SIZE];
	int fd = alg_bound("hash", "sha256");
	int one = EXPECT_OK(accept(fd, NULL, NULL)), two = EXPECT_OK(accept(fd, NULL, NULL));

	alg_bytes(SHA256_ABC, expected, sizeof(expected));
	EXPECT_OK(close(fd));
	EXPECT_EQ(send(one, "ab", 2, MSG_MORE), 2);
	EXPECT_EQ(send(two, "abc", 3, 0), 3);
	EXPECT_EQ(send(one, "c", 1, 0), 1);
	EXPECT_EQ(recv(two, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
	memset(digest, 0, sizeof(digest));
	EXPECT_EQ(recv(one, digest, sizeof(digest), 0), SHA256_SIZE);
	EXPECT_MEMEQ(digest, expected, SHA256_SIZE);
}
