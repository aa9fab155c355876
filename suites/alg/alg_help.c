/* SPDX-License-Identifier: MIT */
#include "suites/alg/alg_help.h"

#include <stdio.h>
#include <string.h>

#include "harness/kit.h"
#include "harness/names/names.h"

struct sockaddr_alg alg_address(const char *type, const char *name)
{
	struct sockaddr_alg address = {.salg_family = AF_ALG};

	memcpy(address.salg_type, type, strnlen(type, sizeof(address.salg_type) - 1));
	memcpy(address.salg_name, name, strnlen(name, sizeof(address.salg_name) - 1));
	return address;
}

int alg_bound_at(struct expect_at at, const char *type, const char *name)
{
	struct sockaddr_alg address = alg_address(type, name);
	int fd = (int)expect_success(at, socket(AF_ALG, SOCK_SEQPACKET, 0));
	int result;

	errno = 0;
	result = bind(fd, ALG(address));
	if (result != 0 && errno == ENOENT)
		SKIP(name, "bind() of AF_ALG, type %s: ENOENT", type);
	expect_success(at, result);
	return fd;
}

int alg_operation_at(struct expect_at at, const char *type, const char *name, const void *key,
		     size_t key_size)
{
	int fd = alg_bound_at(at, type, name);

	if (key_size > 0)
		expect_success(at, setsockopt(fd, SOL_ALG, ALG_SET_KEY, key, (socklen_t)key_size));
	return (int)expect_success(at, accept(fd, NULL, NULL));
}

/* Adds a control message behind `*used` bytes; returns where its data goes. */
static uint8_t *control(uint8_t *buffer, size_t *used, int type, size_t size)
{
	struct cmsghdr *header = (struct cmsghdr *)(void *)(buffer + *used);

	header->cmsg_level = SOL_ALG;
	header->cmsg_type = type;
	header->cmsg_len = CMSG_LEN(size);
	*used += CMSG_SPACE(size);
	return CMSG_DATA(header);
}

ssize_t alg_send_here(int fd, struct alg_settings settings, const void *data, size_t size,
		      int flags)
{
	_Alignas(struct cmsghdr) uint8_t controls[256] = {0};
	struct iovec part = {(void *)(uintptr_t)data, size};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	uint32_t iv_size = settings.iv_claimed != 0 ? settings.iv_claimed : settings.iv_size;
	size_t used = 0;

	if (settings.with_op)
		memcpy(control(controls, &used, ALG_SET_OP, sizeof(settings.op)), &settings.op,
		       sizeof(settings.op));
	if (settings.iv != NULL) {
		/* struct af_alg_iv: a length, and that many bytes. */
		uint8_t *to =
			control(controls, &used, ALG_SET_IV, sizeof(iv_size) + settings.iv_size);

		memcpy(to, &iv_size, sizeof(iv_size));
		memcpy(to + sizeof(iv_size), settings.iv, settings.iv_size);
	}
	if (settings.with_assoclen)
		memcpy(control(controls, &used, ALG_SET_AEAD_ASSOCLEN, sizeof(settings.assoclen)),
		       &settings.assoclen, sizeof(settings.assoclen));
	if (used > 0) {
		message.msg_control = controls;
		message.msg_controllen = used;
	}
	return sendmsg(fd, &message, flags);
}

size_t alg_bytes(const char *hexadecimal, uint8_t *bytes, size_t room)
{
	size_t count = 0;
	unsigned int byte;
	int taken;

	while (count < room && sscanf(hexadecimal, " %2x%n", &byte, &taken) == 1) {
		bytes[count++] = (uint8_t)byte;
		hexadecimal += taken;
	}
	return count;
}
