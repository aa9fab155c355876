/* SPDX-License-Identifier: MIT */
/* What the kernel's ciphers behind AF_ALG can do. */
#include "harness/probe/attempts.h"

#include <errno.h>
#include <linux/if_alg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LEVEL_ALG = 279 }; /* SOL_ALG */

/* A socket of AF_ALG bound to an algorithm; -1 with the reason. */
static int bound(const char *type, const char *name, char *reason, size_t size)
{
	struct sockaddr_alg address = {.salg_family = AF_ALG};
	int fd = ATTEMPT_SOCKET(AF_ALG, SOCK_SEQPACKET, 0);
	char call[96];

	if (fd < 0)
		return -1;
	memcpy(address.salg_type, type, strlen(type));
	memcpy(address.salg_name, name, strlen(name));
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	snprintf(call, sizeof(call), "bind to %s, %s", type, name);
	attempt_refused(reason, size, call);
	close(fd);
	return -1;
}

static bool can_bind(const char *type, const char *name, char *reason, size_t size)
{
	return attempt_done(bound(type, name, reason, size));
}

bool attempt_alg(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_ALG, SOCK_SEQPACKET, 0));
}

bool attempt_alg_hash(char *reason, size_t size)
{
	return can_bind("hash", "sha256", reason, size);
}

bool attempt_alg_hmac(char *reason, size_t size)
{
	return can_bind("hash", "hmac(sha256)", reason, size);
}

bool attempt_alg_skcipher(char *reason, size_t size)
{
	return can_bind("skcipher", "cbc(aes)", reason, size);
}

bool attempt_alg_aead(char *reason, size_t size)
{
	return can_bind("aead", "gcm(aes)", reason, size);
}

bool attempt_alg_rng(char *reason, size_t size)
{
	return can_bind("rng", "stdrng", reason, size);
}

bool attempt_alg_key_serial(char *reason, size_t size)
{
	int fd = bound("hash", "hmac(sha256)", reason, size), serial = 0x7ffffff0;
	bool ok;

	if (fd < 0)
		return false;
	/* The key is not there; ENOPROTOOPT says that the option is not. */
	ok = setsockopt(fd, LEVEL_ALG, 7 /* ALG_SET_KEY_BY_KEY_SERIAL */, &serial,
			sizeof(serial)) == 0 ||
	     errno != ENOPROTOOPT ||
	     attempt_refused(reason, size, "setsockopt(ALG_SET_KEY_BY_KEY_SERIAL)");
	close(fd);
	return ok;
}

bool attempt_alg_drbg_entropy(char *reason, size_t size)
{
	int fd = bound("rng", "drbg_nopr_sha256", reason, size);
	bool ok;

	if (fd < 0)
		return false;
	/* EACCES tells that the option is there. */
	ok = setsockopt(fd, LEVEL_ALG, ALG_SET_DRBG_ENTROPY, "entropy", 7) == 0 ||
	     errno == EACCES || attempt_refused(reason, size, "setsockopt(ALG_SET_DRBG_ENTROPY)");
	close(fd);
	return ok;
}
