/* SPDX-License-Identifier: MIT */
/* Digests with a key, and when a key may be set. */
#include <linux/keyctl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "suites/alg/alg_help.h"

#include "harness/case.h"

enum { LONGEST = 64, SHA256_SIZE = 32, LONG_KEY = 131 };

#define JEFE_SHA256 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
#define JEFE_TEXT   "what do ya want for nothing?"

struct answer_row {
	struct variant variant;
	const char *name;
	const char *key; /* the text itself, or NULL: */
	uint8_t key_byte;
	size_t key_size; /* of that byte */
	const char *text, *code;
};

static const struct answer_row answers[] = {
	{{"case_1_sha256", NULL},
	 "hmac(sha256)",
	 NULL,
	 0x0b,
	 20,
	 "Hi There",
	 "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
	{{"case_2_sha224", NULL},
	 "hmac(sha224)",
	 "Jefe",
	 0,
	 0,
	 JEFE_TEXT,
	 "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"},
	{{"case_2_sha256", NULL}, "hmac(sha256)", "Jefe", 0, 0, JEFE_TEXT, JEFE_SHA256},
	{{"case_2_sha384", NULL},
	 "hmac(sha384)",
	 "Jefe",
	 0,
	 0,
	 JEFE_TEXT,
	 "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ec"
	 "fab21649"},
	{{"case_2_sha512", NULL},
	 "hmac(sha512)",
	 "Jefe",
	 0,
	 0,
	 JEFE_TEXT,
	 "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65"
	 "f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
	{{"case_6_sha256", NULL},
	 "hmac(sha256)",
	 NULL,
	 0xaa,
	 LONG_KEY,
	 "Test Using Larger Than Block-Size Key - Hash Key First",
	 "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
};

/*
 * Who knows the key?
 *
 * A digest shows that a message was changed by accident. With a key in it nobody but its
 * owners can make the code that fits, and so it shows changes on purpose as well. The key is
 * an option of the socket that is bound.
 *
 * Try it: `printf 'Hi There' | openssl mac -digest SHA256 -macopt hexkey:0b0b... HMAC`
 */
CASE(known_answers, .claim = "HMAC with a key set by ALG_SET_KEY gives the codes of RFC 4231",
     .level = RFC, .spec = "RFC 4231 4; Documentation/crypto/userspace-if.rst", .needs = "alg_hmac",
     .tags = "alg hash key", .VARIANTS(answers))
{
	const struct answer_row *row = VARIANT(struct answer_row);
	uint8_t key[LONG_KEY], expected[LONGEST], code[LONGEST + 1];
	size_t size = alg_bytes(row->code, expected, sizeof(expected));
	size_t key_size = row->key != NULL ? strlen(row->key) : row->key_size;
	int operation;

	memset(key, row->key_byte, sizeof(key));
	if (row->key != NULL)
		memcpy(key, row->key, key_size);
	operation = alg_operation("hash", row->name, key, key_size);
	EXPECT_EQ(send(operation, row->text, strlen(row->text), 0), strlen(row->text));
	EXPECT_EQ(recv(operation, code, sizeof(code), 0), size);
	EXPECT_MEMEQ(code, expected, size);
}

/*
 * No key yet.
 *
 * accept() does not insist on a key, but the operation socket does: until there is one it
 * refuses data. The key may still be set then, on the socket that it is of.
 */
CASE(without_a_key,
     .claim = "an operation socket of a keyed algorithm without a key fails with ENOKEY, and works "
	      "once the key is set",
     .level = LINUX, .spec = "crypto/algif_hash.c hash_check_key()", .needs = "alg_hmac",
     .tags = "alg hash key errno")
{
	uint8_t expected[SHA256_SIZE], code[SHA256_SIZE];
	int fd = alg_bound("hash", "hmac(sha256)");
	int operation = EXPECT_OK(accept(fd, NULL, NULL));

	alg_bytes(JEFE_SHA256, expected, sizeof(expected));
	EXPECT_ERR(send(operation, JEFE_TEXT, strlen(JEFE_TEXT), 0), ENOKEY);
	EXPECT_ERR(recv(operation, code, sizeof(code), 0), ENOKEY);
	EXPECT_ERR(accept(operation, NULL, NULL), ENOKEY);
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "Jefe", 4));
	EXPECT_EQ(send(operation, JEFE_TEXT, strlen(JEFE_TEXT), 0), strlen(JEFE_TEXT));
	EXPECT_EQ(recv(operation, code, sizeof(code), 0), SHA256_SIZE);
	EXPECT_MEMEQ(code, expected, SHA256_SIZE);
}

/*
 * A key in use.
 *
 * The operation sockets share the key of the socket that they are of. While one of them is
 * open it cannot be changed under it. On the operation socket itself there are no options.
 */
CASE(key_in_use,
     .claim = "ALG_SET_KEY fails with EBUSY while an operation socket is open, and with EOPNOTSUPP "
	      "on that socket",
     .level = LINUX, .spec = "crypto/af_alg.c alg_setsockopt()", .needs = "alg_hmac",
     .tags = "alg hash key errno")
{
	uint8_t expected[SHA256_SIZE], code[SHA256_SIZE];
	int fd = alg_bound("hash", "hmac(sha256)"), operation;

	alg_bytes(JEFE_SHA256, expected, sizeof(expected));
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "another", 7));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(send(operation, JEFE_TEXT, strlen(JEFE_TEXT), MSG_MORE), strlen(JEFE_TEXT));
	EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "Jefe", 4), EBUSY);
	EXPECT_ERR(setsockopt(operation, SOL_ALG, ALG_SET_KEY, "Jefe", 4), EOPNOTSUPP);
	EXPECT_OK(close(operation));
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "Jefe", 4));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(send(operation, JEFE_TEXT, strlen(JEFE_TEXT), 0), strlen(JEFE_TEXT));
	EXPECT_EQ(recv(operation, code, sizeof(code), 0), SHA256_SIZE);
	EXPECT_MEMEQ(code, expected, SHA256_SIZE);
}

struct option_row {
	struct variant variant;
	const char *name;
	int level, option;
	int error;
};

static const struct option_row options[] = {
	{{"key_of_a_plain_hash", NULL}, "sha256", SOL_ALG, ALG_SET_KEY, ENOSYS},
	{{"authsize_of_a_hash", NULL}, "hmac(sha256)", SOL_ALG, ALG_SET_AEAD_AUTHSIZE, ENOPROTOOPT},
	{{"entropy_of_a_hash", NULL}, "hmac(sha256)", SOL_ALG, ALG_SET_DRBG_ENTROPY, ENOPROTOOPT},
	{{"iv_as_an_option", NULL}, "hmac(sha256)", SOL_ALG, ALG_SET_IV, ENOPROTOOPT},
	{{"op_as_an_option", NULL}, "hmac(sha256)", SOL_ALG, ALG_SET_OP, ENOPROTOOPT},
	{{"assoclen_as_an_option", NULL},
	 "hmac(sha256)",
	 SOL_ALG,
	 ALG_SET_AEAD_ASSOCLEN,
	 ENOPROTOOPT},
	{{"another_level", NULL}, "hmac(sha256)", 6, ALG_SET_KEY, ENOPROTOOPT},
};

/*
 * Options and messages.
 *
 * What holds for all operations (the key, the size of a tag) is an option of the bound
 * socket. What is said of one (encrypt or decrypt, the initialisation vector) goes with
 * sendmsg(), under numbers of the same list. One is not the other.
 */
CASE(options_not_known,
     .claim = "options that the algorithm does not have fail with ENOPROTOOPT, a key for one "
	      "without a key with ENOSYS",
     .level = LINUX, .spec = "crypto/af_alg.c alg_setsockopt(); crypto/ahash.c",
     .needs = "alg_hmac", .tags = "alg hash option errno", .VARIANTS(options))
{
	const struct option_row *row = VARIANT(struct option_row);
	int fd = alg_bound("hash", row->name), keyed = alg_bound("hash", "hmac(sha256)");

	EXPECT_ERR(setsockopt(fd, row->level, row->option, "key!", 4), row->error);
	EXPECT_OK(setsockopt(keyed, SOL_ALG, ALG_SET_KEY, "key!", 4));
}

/*
 * A key from the keyring.
 *
 * Rather than show the key to each program, the kernel's keyring can hold it; the option then
 * takes the key's serial number. (Since Linux 6.2.)
 */
CASE(key_by_serial,
     .claim =
	     "ALG_SET_KEY_BY_KEY_SERIAL takes the key from the keyring; it fails with EINVAL for a "
	     "size that is not a serial number's and with ENOKEY for a number that no key has",
     .since = "6.2", .level = LINUX,
     .spec = "Documentation/crypto/userspace-if.rst Setsockopt interface; keyrings(7); "
	     "crypto/af_alg.c alg_setkey_by_key_serial()",
     .needs = "alg_hmac alg_key_serial", .tags = "alg hash key errno")
{
	uint8_t expected[SHA256_SIZE], code[SHA256_SIZE];
	int fd = alg_bound("hash", "hmac(sha256)"), operation, unknown = 0x7ffffff0;
	int serial = (int)SETUP(
		syscall(SYS_add_key, "user", "sockatlas", "Jefe", 4, KEY_SPEC_PROCESS_KEYRING));

	alg_bytes(JEFE_SHA256, expected, sizeof(expected));
	EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_KEY_BY_KEY_SERIAL, &serial, 2), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_KEY_BY_KEY_SERIAL, &unknown, sizeof(unknown)),
		   ENOKEY);
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY_BY_KEY_SERIAL, &serial, sizeof(serial)));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(send(operation, JEFE_TEXT, strlen(JEFE_TEXT), 0), strlen(JEFE_TEXT));
	EXPECT_EQ(recv(operation, code, sizeof(code), 0), SHA256_SIZE);
	EXPECT_MEMEQ(code, expected, SHA256_SIZE);
}
