/* SPDX-License-Identifier: MIT */
/* TCP_MD5SIG: segments with a signature, for peers that share a secret (BGP routers). */
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

#ifndef TCP_MD5SIG_EXT
#define TCP_MD5SIG_EXT 32
#endif

enum { SYN = PACKET_TCP_SYN, ACK = PACKET_TCP_ACK };

/* Sets the key for a peer's address; an empty one deletes. Returns what setsockopt() does. */
#define set_key(fd, option, peer, prefix, text)                                                    \
	(CALLS_HERE, set_key_here(fd, option, peer, prefix, text))
static int set_key_here(int fd, int option, const struct address *peer, int prefix,
			const char *text)
{
	struct tcp_md5sig key = {.tcpm_keylen = (uint16_t)strlen(text)};

	memcpy(&key.tcpm_addr, &peer->storage, peer->length);
	if (option == TCP_MD5SIG_EXT) {
		key.tcpm_flags = TCP_MD5SIG_FLAG_PREFIX;
		key.tcpm_prefixlen = (uint8_t)prefix;
	}
	memcpy(key.tcpm_key, text, strlen(text));
	return setsockopt(fd, IPPROTO_TCP, option, &key, sizeof(key));
}

/* The first key of the case: skips where the kernel has no signatures. */
#define first_key(fd, option, peer, prefix, text)                                                  \
	do {                                                                                       \
		if (set_key(fd, option, peer, prefix, text) != 0) {                                \
			EXPECT_ERRNO(errno, ENOPROTOOPT);                                          \
			SKIP("tcp_md5sig", "setsockopt(TCP_MD5SIG) fails: not in this kernel");    \
		}                                                                                  \
	} while (0)

struct key_row {
	struct variant variant;
	int family;
	int option;
	int prefix;
	const char *client; /* key */
};

static const struct key_row same[] = {
	{{"v4", NULL}, AF_INET, TCP_MD5SIG, 0, "secret"},
	{{"v6", "ipv6"}, AF_INET6, TCP_MD5SIG, 0, "secret"},
	{{"prefix_v4", NULL}, AF_INET, TCP_MD5SIG_EXT, 8, "secret"},
	{{"prefix_v6", "ipv6"}, AF_INET6, TCP_MD5SIG_EXT, 128, "secret"},
};

/*
 * Each segment is signed.
 *
 * Both sides set the same secret for the other's address (`TCP_MD5SIG_EXT`: for a range of
 * addresses), before the connection. Then each segment, from the SYN on, carries an MD5 of
 * itself and the secret as option 19. A forger who does not know it can neither inject data
 * nor reset the connection, on which a router's whole table depends. The port does not count.
 */
CASE(same_key,
     .claim =
	     "With the same TCP_MD5SIG key on both sides each segment has option 19, and without a "
	     "key none",
     .level = RFC, .spec = "RFC 2385 2.0, 3.0; tcp(7) TCP_MD5SIG", .tags = "tcp md5 wire",
     .VARIANTS(same))
{
	const struct key_row *row = VARIANT(struct key_row);
	struct wire *wire = wire_open("a");
	struct address at, plain_at, peer = address_loopback(row->family, 0);
	int listener = tcp_listener(row->family, &at), server;
	int client = SETUP(socket(row->family, SOCK_STREAM, 0));
	int plain = SETUP(socket(row->family, SOCK_STREAM, 0));
	const struct packet *packet;
	char text[5];

	first_key(listener, row->option, &peer, row->prefix, "secret");
	EXPECT_OK(set_key(client, row->option, &peer, row->prefix, row->client));
	REQUIRE_OK(connect(client, ADDRESS(at)));
	server = SETUP(accept(listener, NULL, NULL));
	SETUP(send(client, "hello", 5, 0));
	EXPECT_EQ(read_exactly(server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
	for (int i = 0; i < 4; i++) {
		REQUIRE_TRUE((packet = wire_next_tcp(wire, 0, 0)) != NULL);
		EXPECT_EQ(packet_tcp(packet)->has & PACKET_TCP_HAS_MD5, PACKET_TCP_HAS_MD5);
	}

	tcp_listener(row->family, &plain_at);
	SETUP(connect(plain, ADDRESS(plain_at)));
	do {
		REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	} while (packet_tcp(packet)->destination_port != address_port(&plain_at));
	EXPECT_EQ(packet_tcp(packet)->has & PACKET_TCP_HAS_MD5, 0);
}

static const struct key_row others[] = {
	{{"wrong_v4", NULL}, AF_INET, TCP_MD5SIG, 0, "Secret"},
	{{"wrong_v6", "ipv6"}, AF_INET6, TCP_MD5SIG, 0, "Secret"},
	{{"none_v4", NULL}, AF_INET, TCP_MD5SIG, 0, NULL},
	{{"none_v6", "ipv6"}, AF_INET6, TCP_MD5SIG, 0, NULL},
};

/*
 * A wrong signature is silence.
 *
 * To a segment with a wrong signature, or none, RFC 2385 wants no answer at all: an answer
 * would help the attacker. So a typing error in a secret looks like a dead peer, and connect()
 * waits for nothing. With the right key the SYN's next copy is answered.
 */
CASE(wrong_key,
     .claim = "A SYN signed with another key or none gets no answer, and is answered once the key "
	      "is right",
     .level = RFC, .spec = "RFC 2385 2.0 (silently dropped)", .tags = "tcp md5 wire", .waits = true,
     .VARIANTS(others))
{
	const struct key_row *row = VARIANT(struct key_row);
	struct address at, peer = address_loopback(row->family, 0);
	int listener = tcp_listener(row->family, &at);
	int client = SETUP(nonblocking_socket(row->family));
	struct wire *wire = wire_open("a");

	first_key(listener, row->option, &peer, 0, "secret");
	if (row->client != NULL)
		SETUP(set_key(client, row->option, &peer, 0, row->client));
	EXPECT_ERR(connect(client, ADDRESS(at)), EINPROGRESS);
	REQUIRE_TRUE(wire_next_tcp(wire, SYN, SYN | ACK) != NULL);
	EXPECT_TRUE(wire_is_silent(wire, 100));
	EXPECT_EQ(tcp_state(client), TCP_SYN_SENT);

	if (row->client != NULL)
		SETUP(set_key(listener, row->option, &peer, 0, row->client));
	else
		SETUP(set_key(listener, row->option, &peer, 0, ""));
	EXPECT_EQ(wait_for(client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(client, SOL_SOCKET, SO_ERROR), 0);
}

/*
 * A key is for an address, and has a length.
 *
 * An empty key deletes: `ENOENT` if there is none for that address. More than 80 bytes, an
 * address of another family, or a structure cut short are refused with `EINVAL`. A key is
 * never given back: getsockopt() fails with `ENOPROTOOPT`.
 */
CASE(keys_refused,
     .claim = "Deleting a key that is not there fails with ENOENT, a key of 81 bytes with EINVAL, "
	      "and "
	      "reading one with ENOPROTOOPT",
     .level = LINUX, .spec = "tcp(7) TCP_MD5SIG; Linux tcp_v4_parse_md5_keys()",
     .tags = "tcp md5 errors", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address peer = address_loopback(family, 0);
	int fd = SETUP(socket(family, SOCK_STREAM, 0));
	struct tcp_md5sig key = {.tcpm_keylen = TCP_MD5SIG_MAXKEYLEN + 1};
	socklen_t size = sizeof(key);

	first_key(fd, TCP_MD5SIG, &peer, 0, "secret");
	EXPECT_OK(set_key(fd, TCP_MD5SIG, &peer, 0, ""));
	EXPECT_ERR(set_key(fd, TCP_MD5SIG, &peer, 0, ""), ENOENT);
	memcpy(&key.tcpm_addr, &peer.storage, peer.length);
	EXPECT_ERR(setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key)), EINVAL);
	key.tcpm_keylen = TCP_MD5SIG_MAXKEYLEN;
	EXPECT_ERR(setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key) - 1), EINVAL);
	EXPECT_OK(setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key)));
	EXPECT_ERR(getsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, &size), ENOPROTOOPT);
	key.tcpm_addr.ss_family = AF_UNIX;
	EXPECT_ERR(setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key)), EINVAL);
}
