/* SPDX-License-Identifier: MIT */
/*
 * Messages of PF_KEY version 2 (RFC 2367): a header and extensions, all of it in units of eight
 * bytes. The addresses are those of the topology "pair".
 */
#ifndef SUITES_RARE_PFKEY_MESSAGES_H
#define SUITES_RARE_PFKEY_MESSAGES_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
/* After the types that they need. */
#include <linux/types.h>
#include <linux/ipsec.h>
#include <linux/pfkeyv2.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

enum {
	KEY_BYTES = 16,	    /* of AES-128 and of HMAC-MD5 */
	KEY_UNIT = 8,	    /* lengths of messages and extensions count these */
	KEY_ROOM = 4096,    /* a message with the list of all algorithms */
	KEY_PROCESS = 4711, /* what these cases give as sadb_msg_pid */
};

struct key_message {
	size_t size;
	union {
		struct sadb_msg head;
		uint8_t bytes[KEY_ROOM];
	};
};

/* A message of this type for associations of this kind (SADB_SATYPE_ESP) without extensions. */
struct key_message key_message(uint8_t type, uint8_t kind, uint32_t sequence);

/* Each adds an extension. */
void key_add_association(struct key_message *message, uint32_t spi);
/* SADB_EXT_ADDRESS_SRC and _DST: of IPv4, every port and protocol. */
void key_add_address(struct key_message *message, uint16_t extension, const char *text);
/* SADB_EXT_KEY_AUTH and _ENCRYPT: KEY_BYTES bytes of this value. */
void key_add_key(struct key_message *message, uint16_t extension, uint8_t byte);
void key_add_range(struct key_message *message, uint32_t least, uint32_t most);
/* What goes this way (IPSEC_DIR_OUTBOUND) needs ESP in transport mode. */
void key_add_policy(struct key_message *message, uint8_t direction);

/* An association from one host to the other, whole: ESP, AES-CBC with HMAC-MD5. */
struct key_message key_association(uint8_t type, const char *from, const char *to, uint32_t spi,
				   uint32_t sequence);
/* The same without keys: what SADB_GET and SADB_DELETE name it by. */
struct key_message key_name_of(uint8_t type, const char *from, const char *to, uint32_t spi,
			       uint32_t sequence);

/* A socket of PF_KEY on a host. */
#define key_socket(host) (CALLS_HERE, key_socket_at(EXPECT_SETUP_AT("key_socket(" #host ")"), host))
int key_socket_at(struct expect_at at, const char *host);

/* Sends it; the number of bytes, as send() says. */
#define key_send(fd, message) (CALLS_HERE, key_send_here(fd, message))
ssize_t key_send_here(int fd, const struct key_message *message);

/* The next message; size 0 when none came. Its length is that of its header. */
#define key_receive(fd) (CALLS_HERE, key_receive_here(fd))
struct key_message key_receive_here(int fd);

/* The first extension of this type; NULL when there is none. Malformed is a failed expectation. */
const void *key_find(const struct key_message *message, uint16_t extension);

#endif
