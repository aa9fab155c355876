/* SPDX-License-Identifier: MIT */
/* Ciphers with one key for both directions: what goes with sendmsg(), blocks, waiting. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/alg/alg_help.h"

#include "harness/case.h"

/* NIST SP 800-38A, appendix F: the same four blocks in each mode. */
#define KEY_128 "2b7e151628aed2a6abf7158809cf4f3c"
#define KEY_256 "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
#define PLAIN                                                                                      \
	"6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"                         \
	"30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"
#define IV_CBC "000102030405060708090a0b0c0d0e0f"
#define IV_CTR "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"
#define CBC_128                                                                                    \
	"7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"                         \
	"73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7"
#define CTR_128                                                                                    \
	"874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"                         \
	"5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee"

enum { BLOCK = 16, SIZE = 4 * BLOCK };

struct mode_row {
	struct variant variant;
	const char *name, *key, *iv, *cipher;
};

static const struct mode_row modes[] = {
	{{"ecb_128", NULL},
	 "ecb(aes)",
	 KEY_128,
	 NULL,
	 "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
	 "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4"},
	{{"cbc_128", NULL}, "cbc(aes)", KEY_128, IV_CBC, CBC_128},
	{{"cbc_256", NULL},
	 "cbc(aes)",
	 KEY_256,
	 IV_CBC,
	 "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
	 "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"},
	{{"ctr_128", NULL}, "ctr(aes)", KEY_128, IV_CTR, CTR_128},
};

/* The settings of one operation; `iv` has to outlive them. */
static struct alg_settings settings(uint32_t op, const uint8_t *iv, size_t iv_size)
{
	return (struct alg_settings){.with_op = true,
				     .op = op,
				     .iv = iv_size > 0 ? iv : NULL,
				     .iv_size = (uint32_t)iv_size};
}

static int operation_of(const char *name, const char *key)
{
	uint8_t bytes[32];
	size_t size = alg_bytes(key, bytes, sizeof(bytes));

	return alg_operation("skcipher", name, bytes, size);
}

/*
 * Encrypt and decrypt.
 *
 * The data are what sendmsg() sends; beside them, as control messages, go the direction
 * (ALG_SET_OP) and the initialisation vector (ALG_SET_IV), which makes equal texts differ.
 * recv() gives the result. Python's socket module has a method for just this call:
 * sendmsg_afalg(data, op=..., iv=..., assoclen=...).
 *
 * Try it: `openssl enc -aes-128-cbc -K 2b7e15... -iv 000102... -nopad`
 */
CASE(known_answers,
     .claim = "sendmsg() with ALG_SET_OP and ALG_SET_IV encrypts and decrypts the examples of the "
	      "standard",
     .level = RFC,
     .spec = "NIST SP 800-38A F.1.1, F.2.1, F.2.5, F.5.1; Documentation/crypto/userspace-if.rst; "
	     "CPython, Doc/library/socket.rst socket.sendmsg_afalg()",
     .needs = "alg_skcipher", .tags = "alg skcipher control", .VARIANTS(modes))
{
	const struct mode_row *row = VARIANT(struct mode_row);
	uint8_t plain[SIZE], expected[SIZE], result[SIZE] = {0}, iv[BLOCK];
	size_t iv_size = row->iv != NULL ? alg_bytes(row->iv, iv, sizeof(iv)) : 0;
	int operation = operation_of(row->name, row->key);

	alg_bytes(PLAIN, plain, sizeof(plain));
	alg_bytes(row->cipher, expected, sizeof(expected));
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, iv_size), plain, SIZE, 0), SIZE);
	EXPECT_EQ(recv(operation, result, SIZE, 0), SIZE);
	EXPECT_MEMEQ(result, expected, SIZE);
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_DECRYPT, iv, iv_size), expected, SIZE, 0),
		  SIZE);
	EXPECT_EQ(recv(operation, result, SIZE, 0), SIZE);
	EXPECT_MEMEQ(result, plain, SIZE);
}

/*
 * A stream in pieces.
 *
 * With MSG_MORE the kernel keeps the data together: one direction and one vector, said with
 * the first piece, go for all, and the vector runs on by itself. Whole blocks may be taken
 * out meanwhile.
 */
CASE(pieces,
     .claim =
	     "pieces sent with MSG_MORE are one stream under the vector of the first; whole blocks "
	     "can be received before the last",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst Symmetric cipher API",
     .needs = "alg_skcipher", .tags = "alg skcipher flag", .VARIANTS(modes))
{
	const struct mode_row *row = VARIANT(struct mode_row);
	uint8_t plain[SIZE], expected[SIZE], result[SIZE] = {0}, iv[BLOCK];
	size_t iv_size = row->iv != NULL ? alg_bytes(row->iv, iv, sizeof(iv)) : 0;
	int operation = operation_of(row->name, row->key);

	alg_bytes(PLAIN, plain, sizeof(plain));
	alg_bytes(row->cipher, expected, sizeof(expected));
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, iv_size), plain, 20, MSG_MORE),
		  20);
	EXPECT_EQ(recv(operation, result, BLOCK, 0), BLOCK);
	EXPECT_MEMEQ(result, expected, BLOCK);
	EXPECT_EQ(send(operation, plain + 20, SIZE - 20, 0), SIZE - 20);
	EXPECT_EQ(recv(operation, result + BLOCK, SIZE - BLOCK, 0), SIZE - BLOCK);
	EXPECT_MEMEQ(result, expected, SIZE);
}

/*
 * Nothing to take.
 *
 * Without data recv() waits; so does poll(). Unlike a digest, an empty text has no result.
 */
CASE(nothing_yet,
     .claim = "recv() with MSG_DONTWAIT fails with EAGAIN before there is a whole piece; poll() "
	      "says when there is",
     .level = LINUX, .spec = "crypto/af_alg.c af_alg_wait_for_data(), af_alg_poll()",
     .needs = "alg_skcipher", .tags = "alg skcipher poll errno")
{
	uint8_t plain[SIZE], expected[SIZE], result[SIZE], iv[BLOCK];
	int operation = operation_of("cbc(aes)", KEY_128);

	alg_bytes(PLAIN, plain, sizeof(plain));
	alg_bytes(CBC_128, expected, sizeof(expected));
	alg_bytes(IV_CBC, iv, sizeof(iv));
	EXPECT_ERR(recv(operation, result, SIZE, MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(wait_for(operation, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), NULL, 0, MSG_MORE), 0);
	EXPECT_EQ(wait_for(operation, POLLIN, 0), 0);
	EXPECT_ERR(recv(operation, result, SIZE, MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(send(operation, plain, BLOCK, 0), BLOCK);
	EXPECT_EQ(wait_for(operation, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(operation, result, SIZE, MSG_DONTWAIT), BLOCK);
	EXPECT_MEMEQ(result, expected, BLOCK);
}

struct wrong_row {
	struct variant variant;
	uint32_t op, iv_size, iv_claimed;
};

static const struct wrong_row wrongs[] = {
	{{"unknown_operation", NULL}, 77, BLOCK, 0},
	{{"vector_too_short", NULL}, ALG_OP_ENCRYPT, BLOCK - 1, 0},
	{{"vector_too_long", NULL}, ALG_OP_ENCRYPT, BLOCK + 1, 0},
	{{"vector_longer_than_its_message", NULL}, ALG_OP_ENCRYPT, BLOCK, 1000},
};

/* What is said of an operation has to be right before anything is taken. */
CASE(wrong_settings,
     .claim = "sendmsg() fails with EINVAL for an operation that is none and for a vector of the "
	      "wrong size",
     .level = LINUX, .spec = "crypto/af_alg.c af_alg_cmsg_send(), af_alg_sendmsg()",
     .needs = "alg_skcipher", .tags = "alg skcipher control errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	uint8_t plain[SIZE], expected[SIZE], result[SIZE], iv[2 * BLOCK] = {0};
	int operation = operation_of("cbc(aes)", KEY_128);
	struct alg_settings wrong = settings(row->op, iv, row->iv_size);

	wrong.iv_claimed = row->iv_claimed;
	alg_bytes(PLAIN, plain, sizeof(plain));
	alg_bytes(CBC_128, expected, sizeof(expected));
	alg_bytes(IV_CBC, iv, BLOCK);
	EXPECT_ERR(alg_send(operation, wrong, plain, SIZE, 0), EINVAL);
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, SIZE, 0), SIZE);
	EXPECT_EQ(recv(operation, result, SIZE, 0), SIZE);
	EXPECT_MEMEQ(result, expected, SIZE);
}

struct control_row {
	struct variant variant;
	int level, type, error;
};

static const struct control_row controls[] = {
	{{"key", NULL}, SOL_ALG, ALG_SET_KEY, EINVAL},
	{{"authsize", NULL}, SOL_ALG, ALG_SET_AEAD_AUTHSIZE, EINVAL},
	{{"another_level", NULL}, SOL_SOCKET, ALG_SET_KEY, 0},
};

/* What is an option is no control message; what is meant for others is passed over. */
CASE(wrong_control,
     .claim = "a control message of SOL_ALG that is none fails with EINVAL; those of other levels "
	      "are passed over",
     .level = OBSERVED, .spec = "crypto/af_alg.c af_alg_cmsg_send()", .needs = "alg_skcipher",
     .tags = "alg skcipher control errno", .VARIANTS(controls))
{
	const struct control_row *row = VARIANT(struct control_row);
	union {
		uint8_t bytes[CMSG_SPACE(sizeof(uint32_t))];
		struct cmsghdr header;
	} control = {.header = {.cmsg_len = CMSG_LEN(sizeof(uint32_t)),
				.cmsg_level = row->level,
				.cmsg_type = row->type}};
	uint8_t plain[SIZE] = {0}, result[SIZE];
	struct iovec part = {plain, SIZE};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};
	int operation = operation_of("ecb(aes)", KEY_128);

	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, NULL, 0), plain, 0, MSG_MORE), 0);
	if (row->error != 0)
		EXPECT_ERR(sendmsg(operation, &message, 0), row->error);
	else
		EXPECT_EQ(sendmsg(operation, &message, 0), SIZE);
	if (row->error != 0)
		EXPECT_EQ(send(operation, plain, SIZE, 0), SIZE);
	EXPECT_EQ(recv(operation, result, SIZE, 0), SIZE);
}

struct key_row {
	struct variant variant;
	socklen_t size;
	int error;
};

static const struct key_row keys[] = {
	{{"0", NULL}, 0, EINVAL},   {{"15", NULL}, 15, EINVAL}, {{"17", NULL}, 17, EINVAL},
	{{"33", NULL}, 33, EINVAL}, {{"16", NULL}, 16, 0},	{{"24", NULL}, 24, 0},
	{{"32", NULL}, 32, 0},
};

/*
 * A key that does not fit.
 *
 * AES has keys of 128, 192 and 256 bits. Another size is no key, and the socket stays without
 * one.
 */
CASE(key_sizes,
     .claim = "ALG_SET_KEY takes 16, 24 and 32 bytes for AES and fails with EINVAL for others; "
	      "without a key sendmsg() fails with ENOKEY",
     .level = LINUX, .spec = "FIPS 197; crypto/algif_skcipher.c skcipher_check_key()",
     .needs = "alg_skcipher", .tags = "alg skcipher key errno", .VARIANTS(keys))
{
	const struct key_row *row = VARIANT(struct key_row);
	uint8_t key[40] = {0}, plain[BLOCK] = {0}, iv[BLOCK] = {0}, result[BLOCK];
	int fd = alg_bound("skcipher", "cbc(aes)");
	int operation = EXPECT_OK(accept(fd, NULL, NULL));

	if (row->error != 0) {
		EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_KEY, key, row->size), row->error);
		EXPECT_ERR(
			alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, BLOCK, 0),
			ENOKEY);
		EXPECT_ERR(recv(operation, result, BLOCK, MSG_DONTWAIT), ENOKEY);
		EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, key, 16));
	} else {
		EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, key, row->size));
	}
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, BLOCK, 0), BLOCK);
	EXPECT_EQ(recv(operation, result, BLOCK, 0), BLOCK);
}

struct length_row {
	struct variant variant;
	const char *name;
	int error;
};

static const struct length_row lengths[] = {
	{{"cbc", NULL}, "cbc(aes)", EINVAL},
	{{"ctr", NULL}, "ctr(aes)", 0},
};

/*
 * Whole blocks.
 *
 * CBC works on blocks: a text that is not a number of them cannot be encrypted, and the
 * program has to pad it. CTR makes a stream of key bytes, and any length will do.
 */
CASE(whole_blocks,
     .claim = "recv() fails with EINVAL when a text for CBC is not a multiple of the block; CTR "
	      "takes any length",
     .level = LINUX, .spec = "NIST SP 800-38A 5.2; crypto/algif_skcipher.c",
     .needs = "alg_skcipher", .tags = "alg skcipher errno", .VARIANTS(lengths))
{
	const struct length_row *row = VARIANT(struct length_row);
	uint8_t plain[SIZE], expected[SIZE], result[SIZE], iv[BLOCK];
	int operation = operation_of(row->name, KEY_128), fresh;

	alg_bytes(PLAIN, plain, sizeof(plain));
	alg_bytes(row->error != 0 ? CBC_128 : CTR_128, expected, sizeof(expected));
	alg_bytes(row->error != 0 ? IV_CBC : IV_CTR, iv, sizeof(iv));
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, 20, 0), 20);
	if (row->error != 0) {
		EXPECT_ERR(recv(operation, result, 20, 0), row->error);
	} else {
		EXPECT_EQ(recv(operation, result, 20, 0), 20);
		EXPECT_MEMEQ(result, expected, 20);
	}
	fresh = operation_of(row->name, KEY_128);
	EXPECT_EQ(alg_send(fresh, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, 2 * BLOCK, 0),
		  2 * BLOCK);
	EXPECT_EQ(recv(fresh, result, 2 * BLOCK, 0), 2 * BLOCK);
	EXPECT_MEMEQ(result, expected, 2 * BLOCK);
}

/*
 * No more room than that.
 *
 * recv() fills its buffer: having given all of one result it waits for the next to put it
 * behind. A program asks for as much as will come, or does not wait.
 */
CASE(room_for_more,
     .claim = "recv() with room for more than the result gives the result when it does not wait",
     .level = OBSERVED, .spec = "crypto/algif_skcipher.c skcipher_recvmsg()",
     .needs = "alg_skcipher", .tags = "alg skcipher flag")
{
	uint8_t plain[SIZE], expected[SIZE], result[SIZE + BLOCK] = {0}, iv[BLOCK];
	int operation = operation_of("ctr(aes)", KEY_128);

	alg_bytes(PLAIN, plain, sizeof(plain));
	alg_bytes(CTR_128, expected, sizeof(expected));
	alg_bytes(IV_CTR, iv, sizeof(iv));
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, SIZE, 0), SIZE);
	EXPECT_EQ(recv(operation, result, sizeof(result), MSG_DONTWAIT), SIZE);
	EXPECT_MEMEQ(result, expected, SIZE);
	EXPECT_ERR(recv(operation, result, sizeof(result), MSG_DONTWAIT), EAGAIN);
}

/*
 * One thing after the other.
 *
 * A new direction or vector begins a new operation. While results of the last one wait to be
 * received that is refused.
 */
CASE(unread_result,
     .claim = "sendmsg() without MSG_MORE before a result was received is followed by EINVAL for "
	      "the next one",
     .level = OBSERVED, .spec = "crypto/af_alg.c af_alg_sendmsg()", .needs = "alg_skcipher",
     .tags = "alg skcipher errno")
{
	uint8_t plain[SIZE], expected[SIZE], result[SIZE], iv[BLOCK];
	int operation = operation_of("cbc(aes)", KEY_128);

	alg_bytes(PLAIN, plain, sizeof(plain));
	alg_bytes(CBC_128, expected, sizeof(expected));
	alg_bytes(IV_CBC, iv, sizeof(iv));
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, SIZE, 0), SIZE);
	EXPECT_ERR(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, SIZE, 0),
		   EINVAL);
	EXPECT_EQ(recv(operation, result, SIZE, 0), SIZE);
	EXPECT_MEMEQ(result, expected, SIZE);
	EXPECT_EQ(alg_send(operation, settings(ALG_OP_ENCRYPT, iv, BLOCK), plain, SIZE, 0), SIZE);
	EXPECT_EQ(recv(operation, result, SIZE, 0), SIZE);
	EXPECT_MEMEQ(result, expected, SIZE);
}

/* The operation socket is the end: there is no state of a stream to copy. */
CASE(no_copy, .claim = "accept() on an operation socket of a cipher fails with EOPNOTSUPP",
     .level = OBSERVED, .spec = "crypto/algif_skcipher.c algif_skcipher_ops",
     .needs = "alg_skcipher", .tags = "alg skcipher accept errno")
{
	uint8_t key[BLOCK] = {0};
	int fd = alg_bound("skcipher", "cbc(aes)"), operation;

	SETUP(setsockopt(fd, SOL_ALG, ALG_SET_KEY, key, sizeof(key)));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_ERR(accept(operation, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(setsockopt(operation, SOL_ALG, ALG_SET_KEY, key, sizeof(key)), EOPNOTSUPP);
	EXPECT_OK(accept(fd, NULL, NULL));
}
