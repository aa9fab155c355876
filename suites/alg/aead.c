/* SPDX-License-Identifier: MIT */
/* Ciphers that also prove that nothing was changed: text, data beside it, and a tag. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/alg/alg_help.h"

#include "harness/case.h"

/* McGrew and Viega, The Galois/Counter Mode of Operation (submitted to NIST), test case 4. */
#define GCM_KEY	  "feffe9928665731c6d6a8f9467308308"
#define GCM_IV	  "cafebabefacedbaddecaf888"
#define GCM_ASIDE "feedfacedeadbeeffeedfacedeadbeefabaddad2"
#define GCM_PLAIN                                                                                  \
	"d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"                         \
	"1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
#define GCM_CIPHER                                                                                 \
	"42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"                         \
	"21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
#define GCM_TAG "5bc94fbc3221a5db94fae95ae7121a47"

enum { KEY_SIZE = 16, IV_SIZE = 12, ASIDE = 20, TEXT = 60, TAG = 16, ROOM = ASIDE + TEXT + TAG };

struct example {
	uint8_t key[KEY_SIZE], iv[IV_SIZE];
	uint8_t plain[ASIDE + TEXT]; /* beside data, text */
	uint8_t sealed[ROOM];	     /* beside data, cipher text, tag */
};

static struct example example(void)
{
	struct example e;

	alg_bytes(GCM_KEY, e.key, KEY_SIZE);
	alg_bytes(GCM_IV, e.iv, IV_SIZE);
	alg_bytes(GCM_ASIDE GCM_PLAIN, e.plain, sizeof(e.plain));
	alg_bytes(GCM_ASIDE GCM_CIPHER GCM_TAG, e.sealed, sizeof(e.sealed));
	return e;
}

static int operation_of(const struct example *e, socklen_t tag)
{
	int fd = alg_bound("aead", "gcm(aes)");

	SETUP(setsockopt(fd, SOL_ALG, ALG_SET_KEY, e->key, KEY_SIZE));
	/* The size is the length of the value; there is no value. */
	SETUP(setsockopt(fd, SOL_ALG, ALG_SET_AEAD_AUTHSIZE, NULL, tag));
	return SETUP(accept(fd, NULL, NULL));
}

static struct alg_settings settings(const struct example *e, uint32_t op)
{
	return (struct alg_settings){.with_op = true,
				     .op = op,
				     .iv = e->iv,
				     .iv_size = IV_SIZE,
				     .with_assoclen = true,
				     .assoclen = ASIDE};
}

struct tag_row {
	struct variant variant;
	socklen_t tag;
};

static const struct tag_row tags[] = {
	{{"16_bytes", NULL}, 16},
	{{"12_bytes", NULL}, 12},
	{{"4_bytes", NULL}, 4},
};

/*
 * Sealed.
 *
 * A header has to be readable on the way and yet not be changed; a text shall not be readable
 * at all. The cipher takes both: so many bytes in front as ALG_SET_AEAD_ASSOCLEN says are
 * only protected, the rest is encrypted too, and a tag comes behind that proves both. How
 * long it is, ALG_SET_AEAD_AUTHSIZE says, by the length of an option without a value.
 */
CASE(known_answer,
     .claim =
	     "GCM gives the cipher text and the tag of the standard's example behind the data that "
	     "are not encrypted, and takes them back",
     .level = RFC,
     .spec = "McGrew, Viega, GCM, test case 4; NIST SP 800-38D; "
	     "Documentation/crypto/userspace-if.rst AEAD cipher API",
     .needs = "alg_aead", .tags = "alg aead control", .VARIANTS(tags))
{
	socklen_t tag = VARIANT(struct tag_row)->tag;
	struct example e = example();
	uint8_t result[ROOM + 1] = {0};
	int operation = operation_of(&e, tag);

	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_ENCRYPT), e.plain, ASIDE + TEXT, 0),
		  ASIDE + TEXT);
	EXPECT_EQ(recv(operation, result, ASIDE + TEXT + tag, 0), ASIDE + TEXT + tag);
	EXPECT_MEMEQ(result + ASIDE, e.sealed + ASIDE, TEXT + tag);
	EXPECT_EQ(
		alg_send(operation, settings(&e, ALG_OP_DECRYPT), e.sealed, ASIDE + TEXT + tag, 0),
		ASIDE + TEXT + tag);
	EXPECT_EQ(recv(operation, result, ASIDE + TEXT, 0), ASIDE + TEXT);
	EXPECT_MEMEQ(result + ASIDE, e.plain + ASIDE, TEXT);
}

struct tamper_row {
	struct variant variant;
	size_t at; /* the byte that is changed */
};

static const struct tamper_row tampers[] = {
	{{"data_aside", NULL}, 0},
	{{"text", NULL}, ASIDE},
	{{"tag", NULL}, ASIDE + TEXT},
	{{"last_byte", NULL}, ROOM - 1},
};

/*
 * One bit.
 *
 * Whatever was changed, in the text or beside it, the tag does not fit any more. The error is
 * EBADMSG, and the program must not use what it has got.
 */
CASE(tampered, .claim = "recv() fails with EBADMSG when anything of a sealed message was changed",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst AEAD cipher API",
     .needs = "alg_aead", .tags = "alg aead errno", .VARIANTS(tampers))
{
	size_t at = VARIANT(struct tamper_row)->at;
	struct example e = example();
	uint8_t result[ROOM] = {0};
	int operation = operation_of(&e, TAG);

	e.sealed[at] ^= 1;
	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_DECRYPT), e.sealed, ROOM, 0), ROOM);
	EXPECT_ERR(recv(operation, result, ASIDE + TEXT, 0), EBADMSG);
	e.sealed[at] ^= 1;
	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_DECRYPT), e.sealed, ROOM, 0), ROOM);
	EXPECT_EQ(recv(operation, result, ASIDE + TEXT, 0), ASIDE + TEXT);
	EXPECT_MEMEQ(result + ASIDE, e.plain + ASIDE, TEXT);
}

/* In pieces: header and text need not lie in one place. */
CASE(pieces,
     .claim = "data beside the text and the text can be sent by themselves with MSG_MORE; the tag "
	      "is over both",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst AEAD cipher API",
     .needs = "alg_aead", .tags = "alg aead flag")
{
	struct example e = example();
	uint8_t result[ROOM] = {0};
	int operation = operation_of(&e, TAG);

	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_ENCRYPT), e.plain, ASIDE, MSG_MORE),
		  ASIDE);
	EXPECT_EQ(send(operation, e.plain + ASIDE, 1, MSG_MORE), 1);
	EXPECT_EQ(send(operation, e.plain + ASIDE + 1, TEXT - 1, 0), TEXT - 1);
	EXPECT_EQ(recv(operation, result, ROOM, 0), ROOM);
	EXPECT_MEMEQ(result + ASIDE, e.sealed + ASIDE, TEXT + TAG);
}

/* The data that are only protected come out again, where the text is behind them. */
CASE(data_aside_come_out,
     .claim = "recv() gives the data that are not encrypted in front of the rest", .level = LINUX,
     .spec = "Documentation/crypto/userspace-if.rst AEAD cipher API, memory layout",
     .needs = "alg_aead", .tags = "alg aead")
{
	struct example e = example();
	uint8_t result[ROOM] = {0};
	int operation = operation_of(&e, TAG);

	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_ENCRYPT), e.plain, ASIDE + TEXT, 0),
		  ASIDE + TEXT);
	EXPECT_EQ(recv(operation, result, ROOM, 0), ROOM);
	EXPECT_MEMEQ(result, e.plain, ASIDE);
}

struct size_row {
	struct variant variant;
	socklen_t size;
	int error;
};

static const struct size_row sizes[] = {
	{{"3", NULL}, 3, EINVAL}, {{"17", NULL}, 17, EINVAL}, {{"11", NULL}, 11, EINVAL},
	{{"13", NULL}, 13, 0},	  {{"8", NULL}, 8, 0},
};

/* GCM has tags of 16, 15, 14, 13, 12, 8 and 4 bytes. */
CASE(tag_sizes,
     .claim = "ALG_SET_AEAD_AUTHSIZE takes the sizes that the mode has and fails with EINVAL for "
	      "others",
     .level = LINUX, .spec = "NIST SP 800-38D 5.2.1.2; crypto/gcm.c", .needs = "alg_aead",
     .tags = "alg aead option errno", .VARIANTS(sizes))
{
	const struct size_row *row = VARIANT(struct size_row);
	struct example e = example();
	uint8_t result[ROOM] = {0};
	int fd = alg_bound("aead", "gcm(aes)"), operation;
	socklen_t tag = row->error != 0 ? TAG : row->size;

	SETUP(setsockopt(fd, SOL_ALG, ALG_SET_KEY, e.key, KEY_SIZE));
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_AEAD_AUTHSIZE, NULL, TAG));
	if (row->error != 0)
		EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_AEAD_AUTHSIZE, NULL, row->size),
			   row->error);
	else
		EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_AEAD_AUTHSIZE, NULL, row->size));
	operation = SETUP(accept(fd, NULL, NULL));
	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_ENCRYPT), e.plain, ASIDE + TEXT, 0),
		  ASIDE + TEXT);
	EXPECT_EQ(recv(operation, result, ASIDE + TEXT + tag, 0), ASIDE + TEXT + tag);
	EXPECT_MEMEQ(result + ASIDE, e.sealed + ASIDE, TEXT + tag);
}

/* Without anything that could be a tag, nothing is computed. */
CASE(too_little, .claim = "recv() fails with EINVAL when there is less to decrypt than a tag",
     .level = LINUX, .spec = "crypto/algif_aead.c", .needs = "alg_aead", .tags = "alg aead errno")
{
	struct example e = example();
	uint8_t result[ROOM] = {0};
	int operation = operation_of(&e, TAG);

	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_DECRYPT), e.sealed, ASIDE + TAG - 1, 0),
		  ASIDE + TAG - 1);
	EXPECT_ERR(recv(operation, result, ROOM, 0), EINVAL);
	operation = operation_of(&e, TAG);
	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_ENCRYPT), e.plain, ASIDE + TEXT, 0),
		  ASIDE + TEXT);
	EXPECT_EQ(recv(operation, result, ROOM, 0), ROOM);
}

/* As with other ciphers: first a key. */
CASE(without_a_key,
     .claim = "sendmsg() and recv() fail with ENOKEY without a key, and work when it was set later",
     .level = LINUX, .spec = "crypto/algif_aead.c aead_check_key()", .needs = "alg_aead",
     .tags = "alg aead key errno")
{
	struct example e = example();
	uint8_t result[ROOM] = {0};
	int fd = alg_bound("aead", "gcm(aes)");
	int operation = EXPECT_OK(accept(fd, NULL, NULL));

	EXPECT_ERR(alg_send(operation, settings(&e, ALG_OP_ENCRYPT), e.plain, ASIDE + TEXT, 0),
		   ENOKEY);
	EXPECT_ERR(recv(operation, result, ROOM, MSG_DONTWAIT), ENOKEY);
	EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_KEY, e.key, KEY_SIZE - 1), EINVAL);
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, e.key, KEY_SIZE));
	EXPECT_EQ(alg_send(operation, settings(&e, ALG_OP_ENCRYPT), e.plain, ASIDE + TEXT, 0),
		  ASIDE + TEXT);
	EXPECT_EQ(recv(operation, result, ROOM, 0), ROOM);
	EXPECT_MEMEQ(result + ASIDE, e.sealed + ASIDE, TEXT + TAG);
}
