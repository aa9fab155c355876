/* SPDX-License-Identifier: MIT */
/* Keys for IPsec: PF_KEY, by which key managers and the kernel tell each other. */
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "suites/rare/pfkey_messages.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

#define HOST_A "192.0.2.1"
#define HOST_B "192.0.2.2"

enum {
	SPI_THERE = 0x1001,
	SPI_BACK = 0x1002,
	NO_SUCH_SPI = 0x1fff,
	SPI_LEAST = 0x2000, /* the range to choose from */
	SPI_MOST = 0x200f,
	SEQUENCE = 7,
	PORT = 9000,
};

/*
 * One says it, all hear it.
 *
 * A security association is what two hosts share to protect packets of one direction: an SPI
 * that names it in each packet, algorithms, keys. Whoever manages keys tells the kernel, and
 * the kernel tells all who listen, so that several managers (IKE, Mobile IP, an administrator
 * with setkey) know of each other.
 */
CASE(pfkey_exchange,
     .claim = "what one socket adds every socket of PF_KEY of that network is told, with the "
	      "sequence number and the process of the request",
     .level = RFC, .spec = "RFC 2367 3.1.3 SADB_ADD; 1.2", .topology = "pair", .needs = "pfkey",
     .tags = "pfkey send receive")
{
	int manager = key_socket("a"), listener = key_socket("a"), elsewhere = key_socket("b");
	const struct key_message add =
		key_association(SADB_ADD, HOST_A, HOST_B, SPI_THERE, SEQUENCE);
	const int hear[] = {manager, listener};

	EXPECT_EQ(key_send(manager, &add), add.size);
	for (int i = 0; i < 2; i++) {
		const struct key_message told = key_receive(hear[i]);
		const struct sadb_sa *association = key_find(&told, SADB_EXT_SA);

		EXPECT_EQ(told.head.sadb_msg_type, SADB_ADD);
		EXPECT_ERRNO(told.head.sadb_msg_errno, 0);
		EXPECT_EQ(told.head.sadb_msg_satype, SADB_SATYPE_ESP);
		EXPECT_EQ(told.head.sadb_msg_seq, SEQUENCE);
		EXPECT_EQ(told.head.sadb_msg_pid, KEY_PROCESS);
		REQUIRE_TRUE(association != NULL);
		EXPECT_EQ(ntohl(association->sadb_sa_spi), SPI_THERE);
		EXPECT_EQ(association->sadb_sa_encrypt, SADB_X_EALG_AESCBC);
	}
	/* Another network has other associations. */
	EXPECT_EQ(wait_for(elsewhere, POLLIN, 0), 0);
}

/*
 * Where Linux parts with the RFC.
 *
 * RFC 2367 leaves the keys out of what all are told of SADB_ADD, and tells all of SADB_GETSPI;
 * Linux tells everybody the keys, and SADB_GETSPI the asker alone. So every program that may
 * open such a socket hears all keys of its network; that takes CAP_NET_ADMIN.
 */
CASE(pfkey_told,
     .claim = "Linux tells all sockets of PF_KEY the keys that SADB_ADD brings, which RFC 2367 "
	      "leaves out, and the answer of SADB_GETSPI the asker alone, which the RFC tells all",
     .level = OBSERVED,
     .spec = "RFC 2367 3.1.1, 3.1.3; linux/net/key/af_key.c, key_notify_sa(), pfkey_getspi()",
     .needs = "pfkey", .tags = "pfkey receive")
{
	int fd = key_socket("a"), listener = key_socket("a");
	const struct key_message add =
		key_association(SADB_ADD, HOST_A, HOST_B, SPI_THERE, SEQUENCE);
	struct key_message want = key_message(SADB_GETSPI, SADB_SATYPE_ESP, SEQUENCE), told;
	const struct sadb_key *key;

	EXPECT_EQ(key_send(fd, &add), add.size);
	EXPECT_EQ(key_receive(fd).head.sadb_msg_type, SADB_ADD);
	told = key_receive(listener);
	EXPECT_EQ(told.head.sadb_msg_type, SADB_ADD);
	key = key_find(&told, SADB_EXT_KEY_ENCRYPT);
	OBSERVE("the listener is told the key", "%s", key == NULL ? "no" : "yes");
	REQUIRE_TRUE(key != NULL);
	EXPECT_MEMEQ(key + 1, "eeeeeeeeeeeeeeee", KEY_BYTES);

	key_add_address(&want, SADB_EXT_ADDRESS_SRC, HOST_B);
	key_add_address(&want, SADB_EXT_ADDRESS_DST, HOST_A);
	key_add_range(&want, SPI_LEAST, SPI_MOST);
	EXPECT_EQ(key_send(fd, &want), want.size);
	EXPECT_EQ(key_receive(fd).head.sadb_msg_type, SADB_GETSPI);
	EXPECT_EQ(wait_for(listener, POLLIN, 0), 0);
}

/*
 * What the kernel holds, keys included, for who asks.
 *
 * SADB_GET answers the asker alone. SADB_DUMP gives all, a message each; the number of those
 * that follow stands in the last place that one would look, the sequence number, so that 0 is
 * the end.
 */
CASE(pfkey_get,
     .claim = "SADB_GET gives an association with its keys to the asker alone; SADB_DUMP all of "
	      "them, with sequence number 0 in the last; after SADB_DELETE there is ESRCH",
     .level = RFC, .spec = "RFC 2367 3.1.4, 3.1.5, 3.1.10", .needs = "pfkey",
     .tags = "pfkey send receive errno")
{
	int fd = key_socket("a"), other = key_socket("a");
	const struct key_message get = key_name_of(SADB_GET, HOST_A, HOST_B, SPI_THERE, SEQUENCE);
	const struct key_message delete =
		key_name_of(SADB_DELETE, HOST_A, HOST_B, SPI_THERE, SEQUENCE);
	const struct key_message dump = key_message(SADB_DUMP, SADB_SATYPE_ESP, SEQUENCE);
	const uint32_t names[] = {SPI_THERE, SPI_BACK};
	struct key_message answer;
	const struct sadb_key *key;
	uint32_t seen = 0;

	for (int i = 0; i < 2; i++) {
		const struct key_message add =
			key_association(SADB_ADD, HOST_A, HOST_B, names[i], SEQUENCE);

		EXPECT_EQ(key_send(fd, &add), add.size);
		EXPECT_ERRNO(key_receive(fd).head.sadb_msg_errno, 0);
		EXPECT_ERRNO(key_receive(other).head.sadb_msg_errno, 0);
	}
	EXPECT_EQ(key_send(fd, &get), get.size);
	answer = key_receive(fd);
	EXPECT_ERRNO(answer.head.sadb_msg_errno, 0);
	EXPECT_EQ(answer.head.sadb_msg_seq, SEQUENCE);
	key = key_find(&answer, SADB_EXT_KEY_ENCRYPT);
	REQUIRE_TRUE(key != NULL);
	EXPECT_EQ(key->sadb_key_bits, KEY_BYTES * 8);
	EXPECT_MEMEQ(key + 1, "eeeeeeeeeeeeeeee", KEY_BYTES);
	EXPECT_EQ(wait_for(other, POLLIN, 0), 0);

	EXPECT_EQ(key_send(fd, &dump), dump.size);
	for (int left = 1; left >= 0; left--) {
		const struct sadb_sa *association;

		answer = key_receive(fd);
		EXPECT_EQ(answer.head.sadb_msg_type, SADB_DUMP);
		EXPECT_EQ(answer.head.sadb_msg_seq == 0, left == 0);
		association = key_find(&answer, SADB_EXT_SA);
		REQUIRE_TRUE(association != NULL);
		seen += ntohl(association->sadb_sa_spi);
	}
	EXPECT_EQ(seen, SPI_THERE + SPI_BACK);

	EXPECT_EQ(key_send(fd, &delete), delete.size);
	EXPECT_EQ(key_receive(fd).head.sadb_msg_type, SADB_DELETE);
	EXPECT_EQ(key_receive(other).head.sadb_msg_type, SADB_DELETE);
	EXPECT_EQ(key_send(fd, &get), get.size);
	EXPECT_ERRNO(key_receive(fd).head.sadb_msg_errno, ESRCH);
}

/*
 * A number that is free.
 *
 * The receiver of packets chooses the SPI, for it has to find the association by it. SADB_GETSPI
 * reserves one: an association without keys (larval), which SADB_UPDATE completes.
 */
CASE(pfkey_getspi,
     .claim = "SADB_GETSPI gives an SPI within the range that is asked for, and SADB_UPDATE makes "
	      "the association whole",
     .level = RFC, .spec = "RFC 2367 3.1.1, 3.1.2", .needs = "pfkey", .tags = "pfkey send receive")
{
	int fd = key_socket("a");
	struct key_message want = key_message(SADB_GETSPI, SADB_SATYPE_ESP, SEQUENCE), answer;
	struct key_message whole;
	const struct sadb_sa *association;
	uint32_t spi;

	key_add_address(&want, SADB_EXT_ADDRESS_SRC, HOST_B);
	key_add_address(&want, SADB_EXT_ADDRESS_DST, HOST_A);
	key_add_range(&want, SPI_LEAST, SPI_MOST);
	EXPECT_EQ(key_send(fd, &want), want.size);
	answer = key_receive(fd);
	EXPECT_EQ(answer.head.sadb_msg_type, SADB_GETSPI);
	EXPECT_ERRNO(answer.head.sadb_msg_errno, 0);
	EXPECT_EQ(answer.head.sadb_msg_seq, SEQUENCE);
	association = key_find(&answer, SADB_EXT_SA);
	REQUIRE_TRUE(association != NULL);
	spi = ntohl(association->sadb_sa_spi);
	EXPECT_BETWEEN(spi, SPI_LEAST, SPI_MOST);
	EXPECT_EQ(association->sadb_sa_state, SADB_SASTATE_LARVAL);

	whole = key_association(SADB_UPDATE, HOST_B, HOST_A, spi, SEQUENCE);
	EXPECT_EQ(key_send(fd, &whole), whole.size);
	answer = key_receive(fd);
	EXPECT_EQ(answer.head.sadb_msg_type, SADB_UPDATE);
	EXPECT_ERRNO(answer.head.sadb_msg_errno, 0);
	association = key_find(&answer, SADB_EXT_SA);
	REQUIRE_TRUE(association != NULL);
	EXPECT_EQ(ntohl(association->sadb_sa_spi), spi);
	EXPECT_EQ(association->sadb_sa_state, SADB_SASTATE_MATURE);
}

/* Adds the association of the direction, and takes what the kernel says of it. */
static void add(int fd, const char *from, const char *to, uint32_t spi)
{
	const struct key_message message = key_association(SADB_ADD, from, to, spi, SEQUENCE);
	struct key_message told;

	EXPECT_EQ(key_send(fd, &message), message.size);
	told = key_receive(fd);
	EXPECT_EQ(told.head.sadb_msg_type, SADB_ADD);
	EXPECT_ERRNO(told.head.sadb_msg_errno, 0);
}

static void require_protection(int fd, uint8_t direction, const char *from, const char *to)
{
	struct key_message policy = key_message(SADB_X_SPDADD, SADB_SATYPE_UNSPEC, SEQUENCE), told;

	key_add_address(&policy, SADB_EXT_ADDRESS_SRC, from);
	key_add_address(&policy, SADB_EXT_ADDRESS_DST, to);
	key_add_policy(&policy, direction);
	EXPECT_EQ(key_send(fd, &policy), policy.size);
	told = key_receive(fd);
	EXPECT_EQ(told.head.sadb_msg_type, SADB_X_SPDADD);
	EXPECT_ERRNO(told.head.sadb_msg_errno, 0);
}

/*
 * A key, when it is needed.
 *
 * A policy says which packets must be protected; it has no keys. When the first such packet
 * leaves, the kernel asks whoever registered for that kind of association: SADB_ACQUIRE. The
 * manager speaks with its like on the other host (IKE), and adds what they agreed. The
 * application that sent the packet knows nothing of all this.
 */
CASE(pfkey_acquire,
     .claim = "a packet that a policy wants protected makes the kernel ask the registered sockets "
	      "(SADB_ACQUIRE); with the associations of both hosts it arrives, and is ESP on the "
	      "wire",
     .level = RFC, .spec = "RFC 2367 3.1.6, 3.1.7, 1.4; RFC 4303", .topology = "pair",
     .needs = "pfkey", .tags = "pfkey send receive wire", .timeout_ms = 10000)
{
	int a = key_socket("a"), b = key_socket("b"), unregistered = key_socket("a");
	const struct key_message subscribe = key_message(SADB_REGISTER, SADB_SATYPE_ESP, SEQUENCE);
	struct address to = address_of(HOST_B, PORT);
	int client = SETUP(host_socket("a", AF_INET, SOCK_DGRAM, 0));
	int server = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("b");
	struct key_message told;
	char got[16];

	SETUP(bind(server, ADDRESS(to)));
	EXPECT_EQ(key_send(a, &subscribe), subscribe.size);
	told = key_receive(a);
	EXPECT_EQ(told.head.sadb_msg_type, SADB_REGISTER);
	EXPECT_TRUE(key_find(&told, SADB_EXT_SUPPORTED_AUTH) != NULL);
	EXPECT_TRUE(key_find(&told, SADB_EXT_SUPPORTED_ENCRYPT) != NULL);
	EXPECT_EQ(sendto(client, "open", 4, 0, ADDRESS(to)), 4);
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT), NO_LAYER("ESP"));
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 4);

	require_protection(a, IPSEC_DIR_OUTBOUND, HOST_A, HOST_B);
	EXPECT_EQ(key_receive(unregistered).head.sadb_msg_type, SADB_X_SPDADD);
	/* The packet itself waits for nothing: it is dropped, and that is no error here. */
	EXPECT_EQ(sendto(client, "lost", 4, MSG_DONTWAIT, ADDRESS(to)), 4);
	told = key_receive(a);
	EXPECT_EQ(told.head.sadb_msg_type, SADB_ACQUIRE);
	EXPECT_EQ(told.head.sadb_msg_satype, SADB_SATYPE_ESP);
	EXPECT_NE(told.head.sadb_msg_seq, 0);
	EXPECT_TRUE(key_find(&told, SADB_EXT_PROPOSAL) != NULL);
	EXPECT_EQ(wait_for(unregistered, POLLIN, 0), 0);

	require_protection(b, IPSEC_DIR_INBOUND, HOST_A, HOST_B);
	add(b, HOST_A, HOST_B, SPI_THERE);
	add(a, HOST_A, HOST_B, SPI_THERE);
	EXPECT_EQ(sendto(client, "secret", 6, MSG_DONTWAIT, ADDRESS(to)), 6);
	EXPECT_PACKET(wire, WHICH_LAYER("ESP"),
		      FIELD("ESP", "Security Parameters Index", SPI_THERE), NO_LAYER("UDP"));
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 6);
	EXPECT_MEMEQ(got, "secret", 6);
}

/* SADB_X_PROMISC: to see what the others ask. */
CASE(pfkey_promiscuous,
     .claim = "a socket that sent SADB_X_PROMISC receives also the requests of others, and no "
	      "longer after it sent the same with 0",
     .level = RFC, .spec = "RFC 2367 3.1.11", .needs = "pfkey", .tags = "pfkey send receive")
{
	int curious = key_socket("a"), fd = key_socket("a");
	const struct key_message on = key_message(SADB_X_PROMISC, 1, SEQUENCE);
	const struct key_message off = key_message(SADB_X_PROMISC, 0, SEQUENCE);
	const struct key_message get = key_name_of(SADB_GET, HOST_A, HOST_B, NO_SUCH_SPI, SEQUENCE);
	struct key_message seen;

	EXPECT_EQ(key_send(fd, &get), get.size);
	EXPECT_ERRNO(key_receive(fd).head.sadb_msg_errno, ESRCH);
	EXPECT_EQ(wait_for(curious, POLLIN, 0), 0);

	EXPECT_EQ(key_send(curious, &on), on.size);
	while (wait_for(curious, POLLIN, 0) != 0)
		EXPECT_EQ(key_receive(curious).head.sadb_msg_type, SADB_X_PROMISC);
	EXPECT_EQ(key_receive(fd).head.sadb_msg_type, SADB_X_PROMISC);
	EXPECT_EQ(key_send(fd, &get), get.size);
	seen = key_receive(curious);
	EXPECT_EQ(seen.size, get.size);
	EXPECT_MEMEQ(seen.bytes, get.bytes, get.size);
	EXPECT_ERRNO(key_receive(fd).head.sadb_msg_errno, ESRCH);

	while (wait_for(curious, POLLIN, 0) != 0)
		key_receive(curious);
	EXPECT_EQ(key_send(curious, &off), off.size);
	while (wait_for(curious, POLLIN, 0) != 0)
		EXPECT_EQ(key_receive(curious).head.sadb_msg_type, SADB_X_PROMISC);
	EXPECT_EQ(key_receive(fd).head.sadb_msg_type, SADB_X_PROMISC);
	EXPECT_EQ(key_send(fd, &get), get.size);
	EXPECT_ERRNO(key_receive(fd).head.sadb_msg_errno, ESRCH);
	EXPECT_EQ(wait_for(curious, POLLIN, 0), 0);
}

/*
 * Two kinds of failure.
 *
 * What is no message at all send() refuses. A message that asks for something impossible is
 * sent, and its answer has the error in sadb_msg_errno.
 */
CASE(pfkey_errors,
     .claim = "send() fails with EMSGSIZE for a wrong length, EINVAL for another version or an "
	      "unknown type, EOPNOTSUPP for MSG_OOB; the error of a good message is in its answer",
     .level = ABI, .spec = "RFC 2367 2.3, 3.1; linux/net/key/af_key.c, pfkey_get_base_msg()",
     .needs = "pfkey", .tags = "pfkey send errno")
{
	int fd = key_socket("a");
	struct key_message message = key_message(SADB_FLUSH, SADB_SATYPE_ESP, SEQUENCE);
	struct key_message twice = key_association(SADB_ADD, HOST_A, HOST_B, SPI_THERE, SEQUENCE);

	EXPECT_ERR(send(fd, message.bytes, message.size - 1, 0), EMSGSIZE);
	EXPECT_ERR(send(fd, message.bytes, message.size + KEY_UNIT, 0), EMSGSIZE);
	EXPECT_ERR(send(fd, message.bytes, message.size, MSG_OOB), EOPNOTSUPP);
	message.head.sadb_msg_version = PF_KEY_V2 - 1;
	EXPECT_ERR(key_send(fd, &message), EINVAL);
	message.head.sadb_msg_version = PF_KEY_V2;
	message.head.sadb_msg_type = SADB_MAX + 1;
	EXPECT_ERR(key_send(fd, &message), EINVAL);
	message.head.sadb_msg_type = SADB_FLUSH;
	EXPECT_EQ(key_send(fd, &message), message.size);
	EXPECT_EQ(key_receive(fd).head.sadb_msg_type, SADB_FLUSH);

	add(fd, HOST_A, HOST_B, SPI_THERE);
	EXPECT_EQ(key_send(fd, &twice), twice.size);
	EXPECT_ERRNO(key_receive(fd).head.sadb_msg_errno, EEXIST);
}

/* A raw socket of one protocol, with neither names nor connections. */
CASE(pfkey_socket,
     .claim = "another type is refused with ESOCKTNOSUPPORT, another version with EPROTONOSUPPORT; "
	      "bind(), connect() and listen() with EOPNOTSUPP; who is not privileged gets EPERM",
     .level = RFC, .spec = "RFC 2367 1.3, 2; linux/net/key/af_key.c, pfkey_create()",
     .needs = "pfkey", .tags = "pfkey socket errno")
{
	const struct sockaddr name = {.sa_family = AF_KEY};
	int fd = EXPECT_OK(socket(AF_KEY, SOCK_RAW, PF_KEY_V2));

	EXPECT_ERR(socket(AF_KEY, SOCK_DGRAM, PF_KEY_V2), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_KEY, SOCK_RAW, PF_KEY_V2 - 1), EPROTONOSUPPORT);
	EXPECT_ERR(bind(fd, &name, sizeof(name)), EOPNOTSUPP);
	EXPECT_ERR(connect(fd, &name, sizeof(name)), EOPNOTSUPP);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(socket(AF_KEY, SOCK_RAW, PF_KEY_V2), EPERM);
}
