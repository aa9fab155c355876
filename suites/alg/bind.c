/* SPDX-License-Identifier: MIT */
/* An algorithm is the address of a socket of AF_ALG. */
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/alg/alg_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type, protocol, error;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM, 0, ESOCKTNOSUPPORT},
	{{"dgram", NULL}, SOCK_DGRAM, 0, ESOCKTNOSUPPORT},
	{{"raw", NULL}, SOCK_RAW, 0, ESOCKTNOSUPPORT},
	{{"protocol", NULL}, SOCK_SEQPACKET, 6, EPROTONOSUPPORT},
};

/*
 * Ciphers behind a socket.
 *
 * The kernel has hash functions and ciphers for its own use, some of them in hardware. A
 * socket of AF_ALG lends them to programs: no network is involved, but what goes in and what
 * comes out are messages, and so the calls fit. There is one kind of such sockets.
 *
 * Try it: `cat /proc/crypto` lists what there is.
 */
CASE(kinds,
     .claim = "socket(AF_ALG) fails with ESOCKTNOSUPPORT for types other than SOCK_SEQPACKET and "
	      "with EPROTONOSUPPORT for a protocol",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst; socket(2)", .needs = "alg",
     .tags = "alg errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);
	int fd;

	EXPECT_ERR(socket(AF_ALG, row->type, row->protocol), row->error);
	fd = EXPECT_OK(socket(AF_ALG, SOCK_SEQPACKET, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_ALG);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_SEQPACKET);
}

struct algorithm_row {
	struct variant variant;
	const char *type, *name;
};

static const struct algorithm_row unknowns[] = {
	{{"type", NULL}, "no such", "sha256"},
	{{"name", NULL}, "hash", "no such"},
	{{"other_type", NULL}, "skcipher", "sha256"},
	{{"empty_name", NULL}, "hash", ""},
};

/*
 * Two names.
 *
 * `salg_type` says what kind of algorithm it is (hash, skcipher, aead, rng) and `salg_name`
 * which one, in the kernel's own notation: "cbc(aes)" is the mode CBC around AES. What the
 * kernel does not have, or cannot load, does not exist.
 */
CASE(unknown_algorithm,
     .claim = "bind() to a type or a name that the kernel does not have fails with ENOENT",
     .level = LINUX, .spec = "Documentation/crypto/userspace-if.rst; crypto/af_alg.c alg_bind()",
     .needs = "alg_hash", .tags = "alg bind errno", .timeout_ms = 20000, .VARIANTS(unknowns))
{
	const struct algorithm_row *row = VARIANT(struct algorithm_row);
	struct sockaddr_alg wrong = alg_address(row->type, row->name);
	struct sockaddr_alg right = alg_address("hash", "sha256");
	int fd = SETUP(socket(AF_ALG, SOCK_SEQPACKET, 0));

	EXPECT_ERR(bind(fd, ALG(wrong)), ENOENT);
	EXPECT_OK(bind(fd, ALG(right)));
}

struct wrong_row {
	struct variant variant;
	socklen_t length;
	uint32_t feat, mask;
};

enum {
	WHOLE = sizeof(struct sockaddr_alg),
	NAME_AT = offsetof(struct sockaddr_alg, salg_name),
	KERN_DRIVER_ONLY = 0x1000, /* CRYPTO_ALG_KERN_DRIVER_ONLY of the kernel's linux/crypto.h */
};

static const struct wrong_row wrongs[] = {
	{{"no_room_for_a_name", NULL}, NAME_AT, 0, 0},
	{{"family_only", NULL}, sizeof(sa_family_t), 0, 0},
	{{"unknown_feature", NULL}, WHOLE, 1, 0},
	{{"unknown_mask", NULL}, WHOLE, 0, 1},
};

/* The address has to be whole, up to the first byte of the name, and ask for what exists. */
CASE(wrong_address,
     .claim = "bind() fails with EINVAL for an address without a name, and for features and masks "
	      "that are not known",
     .level = LINUX, .spec = "crypto/af_alg.c alg_bind()", .needs = "alg_hash",
     .tags = "alg bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_alg address = alg_address("hash", "sha256");
	int fd = SETUP(socket(AF_ALG, SOCK_SEQPACKET, 0));

	address.salg_feat = row->feat;
	address.salg_mask = row->mask;
	EXPECT_ERR(bind(fd, (const struct sockaddr *)&address, row->length), EINVAL);
	address.salg_feat = address.salg_mask = 0;
	EXPECT_OK(bind(fd, ALG(address)));
	/* The one bit that may be masked: not only drivers that are for the kernel. */
	address.salg_mask = KERN_DRIVER_ONLY;
	EXPECT_OK(bind(fd, ALG(address)));
}

static const struct algorithm_row longs[] = {
	{{"short", NULL}, "hash", "sha256"},
	{{"nested", NULL}, "hash", "hmac(sha256)"},
};

/*
 * A name as long as it is.
 *
 * Names nest and so grow: the 64 bytes of `salg_name` are room, no bound. The name may end
 * with the address, and what lies behind its NUL does not count. (Longer ones than 64 bytes
 * since Linux 4.12.)
 */
CASE(name_as_long_as_it_is,
     .claim = "the name of an algorithm may end with the address, and the address may be longer "
	      "than struct sockaddr_alg",
     .level = LINUX, .spec = "linux/if_alg.h struct sockaddr_alg_new", .needs = "alg_hash",
     .tags = "alg bind", .VARIANTS(longs))
{
	const struct algorithm_row *row = VARIANT(struct algorithm_row);
	struct {
		struct sockaddr_alg address;
		char more[32];
	} longer = {.address = alg_address(row->type, row->name)};
	int fd = SETUP(socket(AF_ALG, SOCK_SEQPACKET, 0));
	socklen_t cut = NAME_AT + (socklen_t)strlen(row->name);

	/* The last byte counts as the NUL: without room for it a letter is lost. */
	EXPECT_ERR(bind(fd, (struct sockaddr *)&longer, cut), ENOENT);
	EXPECT_OK(bind(fd, (struct sockaddr *)&longer, cut + 1));
	EXPECT_OK(bind(fd, (struct sockaddr *)&longer, sizeof(longer)));
}

/*
 * Another algorithm.
 *
 * A socket can be bound again, as long as no operation socket of it is open: those use what
 * it was bound to. A program that is busy with SHA-256 cannot find itself with SHA-1.
 */
CASE(bound_again,
     .claim = "a second bind() replaces the algorithm; with an operation socket open it fails with "
	      "EBUSY",
     .level = LINUX, .spec = "crypto/af_alg.c alg_bind()", .needs = "alg_hash",
     .tags = "alg bind errno")
{
	struct sockaddr_alg sha512 = alg_address("hash", "sha512");
	struct sockaddr_alg sha256 = alg_address("hash", "sha256");
	int fd = alg_bound("hash", "sha512"), operation;
	uint8_t digest[64];

	EXPECT_OK(bind(fd, ALG(sha256)));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), 32);
	EXPECT_ERR(bind(fd, ALG(sha512)), EBUSY);
	EXPECT_OK(close(operation));
	EXPECT_OK(bind(fd, ALG(sha512)));
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(recv(operation, digest, sizeof(digest), 0), 64);
}

/*
 * No network.
 *
 * The socket that is bound to an algorithm takes bind(), setsockopt() and accept(); data go
 * through the operation sockets only, and nothing here has a peer.
 */
CASE(calls_without_meaning,
     .claim = "connect(), listen(), getsockname(), send() and recv() fail with EOPNOTSUPP on a "
	      "socket that is bound to an algorithm",
     .level = LINUX, .spec = "crypto/af_alg.c alg_proto_ops", .needs = "alg_hash",
     .tags = "alg errno")
{
	struct sockaddr_alg address = alg_address("hash", "sha256");
	struct sockaddr_alg name;
	socklen_t length = sizeof(name);
	int fd = alg_bound("hash", "sha256"), operation, value = 0;
	int both[2];
	char byte[32];

	EXPECT_ERR(connect(fd, ALG(address)), EOPNOTSUPP);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(getsockname(fd, (struct sockaddr *)&name, &length), EOPNOTSUPP);
	EXPECT_ERR(getpeername(fd, (struct sockaddr *)&name, &length), EOPNOTSUPP);
	EXPECT_ERR(shutdown(fd, SHUT_WR), EOPNOTSUPP);
	EXPECT_ERR(send(fd, "x", 1, 0), EOPNOTSUPP);
	EXPECT_ERR(recv(fd, byte, sizeof(byte), 0), EOPNOTSUPP);
	length = sizeof(value);
	EXPECT_ERR(getsockopt(fd, SOL_ALG, ALG_SET_KEY, &value, &length), EOPNOTSUPP);
	EXPECT_ERR(socketpair(AF_ALG, SOCK_SEQPACKET, 0, both), EOPNOTSUPP);
	operation = EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_EQ(send(operation, "x", 1, 0), 1);
	EXPECT_EQ(recv(operation, byte, sizeof(byte), 0), 32);
}

/* Before bind() there is no algorithm to operate with. */
CASE(not_bound, .claim = "without bind() accept() fails with EINVAL, and options with ENOPROTOOPT",
     .level = LINUX, .spec = "crypto/af_alg.c af_alg_accept(), alg_setsockopt()",
     .needs = "alg_hash", .tags = "alg accept errno")
{
	struct sockaddr_alg hmac = alg_address("hash", "hmac(sha256)");
	int fd = SETUP(socket(AF_ALG, SOCK_SEQPACKET, 0));

	EXPECT_ERR(accept(fd, NULL, NULL), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "key", 3), ENOPROTOOPT);
	SETUP(bind(fd, ALG(hmac)));
	EXPECT_OK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, "key", 3));
	EXPECT_OK(accept(fd, NULL, NULL));
}
