/* SPDX-License-Identifier: MIT */
/* TCP_ULP: TLS in the kernel, and records that are no data. */
#include <linux/tls.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

#ifndef SOL_TLS
#define SOL_TLS 282
#endif

enum {
	ALERT = 21, /* RFC 5246 6.2.1: the type of a record */
	DATA = 23,
	RECORD_HEADER = 5,
	NONCE = 8,
	TAG = 16,
};

/*
 * Makes one end encrypt what it sends (TLS_TX) or decrypt what it receives (TLS_RX). The keys
 * come from a handshake otherwise, which is no affair of the kernel's; here they are made up.
 */
static int use_key(int fd, int direction)
{
	struct tls12_crypto_info_aes_gcm_128 info = {
		.info = {.version = TLS_1_2_VERSION, .cipher_type = TLS_CIPHER_AES_GCM_128},
		.iv = "initvec",
		.key = "sixteen bytes ..",
		.salt = "sal",
	};

	return setsockopt(fd, SOL_TLS, direction, &info, sizeof(info));
}

/* A connection whose client encrypts and whose server decrypts. */
static struct pair encrypted_pair(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(setsockopt(p.client, SOL_TCP, TCP_ULP, "tls", sizeof("tls")));
	SETUP(setsockopt(p.server, SOL_TCP, TCP_ULP, "tls", sizeof("tls")));
	SETUP(use_key(p.client, TLS_TX));
	SETUP(use_key(p.server, TLS_RX));
	return p;
}

/*
 * Encryption below send().
 *
 * TLS is two things: a handshake, which is complicated and belongs in a library, and records,
 * which are not. Once keys are agreed on, a socket with the upper-layer protocol "tls" makes the
 * records itself. The program uses plain send(), sendfile() too; on the wire is a record: a
 * header of 5 bytes with type, version and length, then the nonce, what nobody can read, and a
 * tag.
 */
CASE(records,
     .claim =
	     "with TCP_ULP \"tls\" and keys, what send() takes is on the wire as a TLS record, and "
	     "recv() gives it back",
     .level = LINUX, .spec = "Documentation/networking/tls.rst; RFC 5246 6.2; RFC 5288 3",
     .needs = "tls", .tags = "tcp tls option wire")
{
	struct wire *wire = wire_open("a");
	struct pair p = encrypted_pair();
	const struct packet *packet;
	const uint8_t *record;
	char text[16] = "";
	size_t size = 0;

	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) != NULL);
	record = packet_payload(packet, &size);
	REQUIRE_TRUE(record != NULL);
	REQUIRE_EQ(size, RECORD_HEADER + NONCE + 5 + TAG);
	EXPECT_EQ(record[0], DATA);
	EXPECT_EQ(record[1] << 8 | record[2], TLS_1_2_VERSION);
	EXPECT_EQ(record[3] << 8 | record[4], NONCE + 5 + TAG);
	EXPECT_TRUE(memmem(record, size, "hello", 5) == NULL);
	EXPECT_EQ(read_exactly(p.server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
}

/*
 * Not everything in a TLS connection is data.
 *
 * A record has a type: data, or an alert ("I am closing"), or another handshake. The kernel
 * leaves these to the program, and must not mix them with the data. Their type is ancillary
 * data; a call that has no room for it must not take the record, and fails with `EIO`. The record
 * waits for a recvmsg() that has.
 */
CASE(record_that_is_no_data,
     .claim = "recv(), recvfrom() and recvmsg() without room for a record's type fail with EIO for "
	      "one that is no data",
     .level = LINUX,
     .spec = "Documentation/networking/tls.rst, Receiving TLS control messages; POSIX.1-2024 "
	     "recv() "
	     "EIO",
     .needs = "tls", .tags = "tcp tls control errno")
{
	struct pair p = encrypted_pair();
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(1)] = "";
	char text[16] = "\1"; /* a warning: close_notify */
	struct iovec part = {text, 2};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *type = CMSG_FIRSTHDR(&message);

	*type = (struct cmsghdr){
		.cmsg_level = SOL_TLS, .cmsg_type = TLS_SET_RECORD_TYPE, .cmsg_len = CMSG_LEN(1)};
	*CMSG_DATA(type) = ALERT;
	EXPECT_EQ(sendmsg(p.client, &message, 0), 2);
	REQUIRE_EQ(wait_for(p.server, POLLIN, SOON_MS) & POLLIN, POLLIN);

	EXPECT_ERR(recv(p.server, text, sizeof(text), 0), EIO);
	EXPECT_ERR(recvfrom(p.server, text, sizeof(text), 0, NULL, NULL), EIO);
	message.msg_control = NULL;
	message.msg_controllen = 0;
	EXPECT_ERR(recvmsg(p.server, &message, 0), EIO);

	memset(control, 0, sizeof(control));
	memset(text, 0xff, sizeof(text));
	message.msg_control = control;
	message.msg_controllen = sizeof(control);
	EXPECT_EQ(recvmsg(p.server, &message, 0), 2);
	EXPECT_MEMEQ(text, "\1", 2);
	REQUIRE_TRUE((type = CMSG_FIRSTHDR(&message)) != NULL);
	EXPECT_EQ(type->cmsg_level, SOL_TLS);
	EXPECT_EQ(type->cmsg_type, TLS_GET_RECORD_TYPE);
	EXPECT_EQ(*CMSG_DATA(type), ALERT);

	/* Data come as ever. */
	EXPECT_EQ(send(p.client, "more", 4, 0), 4);
	EXPECT_EQ(read_exactly(p.server, text, 4), 4);
	EXPECT_MEMEQ(text, "more", 4);
}
