/* SPDX-License-Identifier: MIT */
#include "suites/rare/pfkey_messages.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "harness/kit.h"
#include "harness/sandbox/sandbox.h"

enum { ALL_OF_IPV4 = 32, BITS = 8, ANY_PROTOCOL = IPSEC_PROTO_ANY };

static void append(struct key_message *message, const void *bytes, size_t size)
{
	memcpy(message->bytes + message->size, bytes, size);
	message->size += size;
	message->head.sadb_msg_len = (uint16_t)(message->size / KEY_UNIT);
}

struct key_message key_message(uint8_t type, uint8_t kind, uint32_t sequence)
{
	struct key_message message = {.size = sizeof(message.head)};

	message.head = (struct sadb_msg){.sadb_msg_version = PF_KEY_V2,
					 .sadb_msg_type = type,
					 .sadb_msg_satype = kind,
					 .sadb_msg_len = sizeof(message.head) / KEY_UNIT,
					 .sadb_msg_seq = sequence,
					 .sadb_msg_pid = KEY_PROCESS};
	return message;
}

void key_add_association(struct key_message *message, uint32_t spi)
{
	const struct sadb_sa association = {.sadb_sa_len = sizeof(association) / KEY_UNIT,
					    .sadb_sa_exttype = SADB_EXT_SA,
					    .sadb_sa_spi = htonl(spi),
					    .sadb_sa_state = SADB_SASTATE_MATURE,
					    .sadb_sa_auth = SADB_AALG_MD5HMAC,
					    .sadb_sa_encrypt = SADB_X_EALG_AESCBC};

	append(message, &association, sizeof(association));
}

void key_add_address(struct key_message *message, uint16_t extension, const char *text)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	const struct sadb_address head = {.sadb_address_len =
						  (sizeof(head) + sizeof(address)) / KEY_UNIT,
					  .sadb_address_exttype = extension,
					  .sadb_address_proto = ANY_PROTOCOL,
					  .sadb_address_prefixlen = ALL_OF_IPV4};

	inet_pton(AF_INET, text, &address.sin_addr);
	append(message, &head, sizeof(head));
	append(message, &address, sizeof(address));
}

void key_add_key(struct key_message *message, uint16_t extension, uint8_t byte)
{
	uint8_t key[KEY_BYTES];
	const struct sadb_key head = {.sadb_key_len = (sizeof(head) + sizeof(key)) / KEY_UNIT,
				      .sadb_key_exttype = extension,
				      .sadb_key_bits = sizeof(key) * BITS};

	memset(key, byte, sizeof(key));
	append(message, &head, sizeof(head));
	append(message, key, sizeof(key));
}

void key_add_range(struct key_message *message, uint32_t least, uint32_t most)
{
	const struct sadb_spirange range = {.sadb_spirange_len = sizeof(range) / KEY_UNIT,
					    .sadb_spirange_exttype = SADB_EXT_SPIRANGE,
					    .sadb_spirange_min = least,
					    .sadb_spirange_max = most};

	append(message, &range, sizeof(range));
}

void key_add_policy(struct key_message *message, uint8_t direction)
{
	const struct sadb_x_ipsecrequest request = {
		.sadb_x_ipsecrequest_len = sizeof(request), /* in bytes, alone of all */
		.sadb_x_ipsecrequest_proto = IPPROTO_ESP,
		.sadb_x_ipsecrequest_mode = IPSEC_MODE_TRANSPORT,
		.sadb_x_ipsecrequest_level = IPSEC_LEVEL_REQUIRE};
	const struct sadb_x_policy policy = {.sadb_x_policy_len =
						     (sizeof(policy) + sizeof(request)) / KEY_UNIT,
					     .sadb_x_policy_exttype = SADB_X_EXT_POLICY,
					     .sadb_x_policy_type = IPSEC_POLICY_IPSEC,
					     .sadb_x_policy_dir = direction};

	append(message, &policy, sizeof(policy));
	append(message, &request, sizeof(request));
}

struct key_message key_name_of(uint8_t type, const char *from, const char *to, uint32_t spi,
			       uint32_t sequence)
{
	struct key_message message = key_message(type, SADB_SATYPE_ESP, sequence);

	key_add_association(&message, spi);
	key_add_address(&message, SADB_EXT_ADDRESS_SRC, from);
	key_add_address(&message, SADB_EXT_ADDRESS_DST, to);
	return message;
}

struct key_message key_association(uint8_t type, const char *from, const char *to, uint32_t spi,
				   uint32_t sequence)
{
	struct key_message message = key_name_of(type, from, to, spi, sequence);

	key_add_key(&message, SADB_EXT_KEY_AUTH, 'a');
	key_add_key(&message, SADB_EXT_KEY_ENCRYPT, 'e');
	return message;
}

int key_socket_at(struct expect_at at, const char *host)
{
	return (int)expect_success(at, host_socket(host, AF_KEY, SOCK_RAW, PF_KEY_V2));
}

ssize_t key_send_here(int fd, const struct key_message *message)
{
	return send(fd, message->bytes, message->size, 0);
}

struct key_message key_receive_here(int fd)
{
	struct key_message message = {.size = 0};
	ssize_t size;

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	size = recv(fd, message.bytes, sizeof(message.bytes), MSG_DONTWAIT);
	EXPECT_GE(size, sizeof(message.head));
	if (size < (ssize_t)sizeof(message.head))
		return message;
	message.size = (size_t)size;
	EXPECT_EQ(message.head.sadb_msg_version, PF_KEY_V2);
	EXPECT_EQ(message.head.sadb_msg_len * KEY_UNIT, size);
	return message;
}

const void *key_find(const struct key_message *message, uint16_t extension)
{
	size_t at = sizeof(message->head);

	while (at + sizeof(struct sadb_ext) <= message->size) {
		struct sadb_ext head;
		size_t length;

		memcpy(&head, message->bytes + at, sizeof(head));
		length = (size_t)head.sadb_ext_len * KEY_UNIT;
		if (length == 0 || length > message->size - at)
			break;
		if (head.sadb_ext_type == extension)
			return message->bytes + at;
		at += length;
	}
	EXPECT_EQ(at, message->size);
	return NULL;
}
