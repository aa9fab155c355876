/* SPDX-License-Identifier: MIT */
/* Random numbers of a generator that a program seeds. */
#include <linux/capability.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/alg/alg_help.h"

#include "harness/case.h"

enum { SIZE = 32, MOST = 128 };

/*
 * Nothing in, numbers out.
 *
 * The key of a generator is its seed; an empty one lets the kernel choose it, and it has to be
 * set, for a generator without a seed gives nothing. What comes out is up to 128 bytes a call.
 */
CASE(numbers,
     .claim = "after ALG_SET_KEY of length 0 recv() gives other bytes each time, at most 128",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst Random number generator API",
     .needs = "alg_rng", .tags = "alg rng")
{
	uint8_t one[SIZE] = {0}, two[SIZE] = {0}, many[2 * MOST], zeros[SIZE] = {0};
	int operation, fd = alg_bound("rng", "stdrng");

	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "", 0));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(recv(operation, one, SIZE, 0), SIZE);
	EXPECT_EQ(recv(operation, two, SIZE, 0), SIZE);
	EXPECT_TRUE(memcmp(one, two, SIZE) != 0);
	EXPECT_TRUE(memcmp(one, zeros, SIZE) != 0);
	EXPECT_TRUE(memcmp(two, zeros, SIZE) != 0);
	EXPECT_EQ(recv(operation, many, sizeof(many), 0), MOST);
	EXPECT_EQ(recv(operation, many, 0, 0), 0);
	EXPECT_EQ(recv(operation, many, 1, 0), 1);
}

/* A generator takes no data, and has nothing to copy. */
CASE(no_data_in,
     .claim = "send() and accept() fail with EOPNOTSUPP on an operation socket of a generator",
     .level = OBSERVED, .spec = "crypto/algif_rng.c algif_rng_ops", .needs = "alg_rng",
     .tags = "alg rng errno")
{
	uint8_t bytes[SIZE];
	int operation, fd = alg_bound("rng", "stdrng");

	SETUP(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "", 0));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_ERR(send(operation, "x", 1, 0), EOPNOTSUPP);
	EXPECT_ERR(accept(operation, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(setsockopt(operation, SOL_ALG, ALG_SET_KEY, "", 0), EOPNOTSUPP);
	EXPECT_EQ(recv(operation, bytes, SIZE, 0), SIZE);
}

/*
 * Entropy for tests.
 *
 * A generator is tested by known answers: the same entropy has to give the same numbers.
 * ALG_SET_DRBG_ENTROPY lets an administrator give it, once, before the seed; no one may want
 * that for numbers that are to be used. Kernels are built without it, as a rule.
 */
CASE(same_entropy,
     .claim =
	     "two generators with the same ALG_SET_DRBG_ENTROPY give the same numbers; it is taken "
	     "once only",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst Random number generator API",
     .needs = "alg_drbg_entropy", .tags = "alg rng option")
{
	static const uint8_t entropy[48] = {1, 2, 3, 4, 5, 6, 7, 8};
	uint8_t numbers[2][SIZE] = {{0}, {1}};

	for (int i = 0; i < 2; i++) {
		int operation, fd = alg_bound("rng", "drbg_nopr_sha256");

		if (setsockopt(fd, SOL_ALG, ALG_SET_DRBG_ENTROPY, entropy, sizeof(entropy)) != 0 &&
		    errno == EACCES)
			SKIP("CAP_SYS_ADMIN", "of the machine: ALG_SET_DRBG_ENTROPY gives EACCES");
		EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_DRBG_ENTROPY, entropy, sizeof(entropy)),
			   EINVAL);
		EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "", 0));
		operation = EXPECT_OK(accept(fd, NULL, NULL));
		EXPECT_EQ(recv(operation, numbers[i], SIZE, 0), SIZE);
	}
	EXPECT_MEMEQ(numbers[0], numbers[1], SIZE);
}

/* Kernels with or without it: ordinary programs do not get at the entropy. */
CASE(entropy_for_the_privileged,
     .claim = "ALG_SET_DRBG_ENTROPY fails with EACCES without CAP_SYS_ADMIN, or with ENOPROTOOPT "
	      "where the kernel was built without it",
     .level = LINUX, .spec = "crypto/algif_rng.c rng_setentropy(); CONFIG_CRYPTO_USER_API_RNG_CAVP",
     .needs = "alg_rng", .tags = "alg rng option privilege errno")
{
	uint8_t bytes[SIZE];
	int operation, fd = alg_bound("rng", "stdrng");

	SETUP(sandbox_drop_capability(CAP_SYS_ADMIN));
	EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_DRBG_ENTROPY, "entropy", 7), EACCES,
		   ENOPROTOOPT);
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "", 0));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(recv(operation, bytes, SIZE, 0), SIZE);
}
