/* SPDX-License-Identifier: MIT */
/*
 * Sockets of AF_ALG: one that is bound to an algorithm, and operation sockets that accept()
 * makes of it. Bytes of test vectors.
 */
#ifndef SUITES_ALG_ALG_HELP_H
#define SUITES_ALG_ALG_HELP_H

#include <linux/if_alg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

#ifndef SOL_ALG
#define SOL_ALG 279
#endif
#ifndef ALG_SET_KEY_BY_KEY_SERIAL
#define ALG_SET_KEY_BY_KEY_SERIAL 7 /* since Linux 6.2 */
#endif

/* Type and name are cut where the structure ends. */
struct sockaddr_alg alg_address(const char *type, const char *name);
#define ALG(address) (const struct sockaddr *)&(address), sizeof(address)

/* A socket bound to the algorithm. Ends the case as skipped when the kernel does not have it. */
#define alg_bound(type, name)                                                                      \
	(CALLS_HERE, alg_bound_at(EXPECT_SETUP_AT("alg_bound(" #type ", " #name ")"), type, name))
int alg_bound_at(struct expect_at at, const char *type, const char *name);

/* As alg_bound(), with a key of `key_size` bytes (0: none is set), and the operation socket. */
#define alg_operation(type, name, key, key_size)                                                   \
	(CALLS_HERE, alg_operation_at(EXPECT_SETUP_AT("alg_operation(" #type ", " #name ")"),      \
				      type, name, key, key_size))
int alg_operation_at(struct expect_at at, const char *type, const char *name, const void *key,
		     size_t key_size);

/* What sendmsg() tells an operation socket besides data; what is 0 or NULL is left out. */
struct alg_settings {
	bool with_op;
	uint32_t op; /* ALG_OP_ENCRYPT, ALG_OP_DECRYPT */
	const uint8_t *iv;
	uint32_t iv_size;
	uint32_t iv_claimed; /* ivlen as it is said to be; that of iv_size when 0 */
	bool with_assoclen;
	uint32_t assoclen;
};

#define alg_send(fd, settings, data, size, flags)                                                  \
	(CALLS_HERE, alg_send_here(fd, settings, data, size, flags))
/* Returns what sendmsg() does. */
ssize_t alg_send_here(int fd, struct alg_settings settings, const void *data, size_t size,
		      int flags);

/* The bytes of a hexadecimal text; blanks are passed over. Returns how many there are. */
size_t alg_bytes(const char *hexadecimal, uint8_t *bytes, size_t room);

#endif
