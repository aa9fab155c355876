/* SPDX-License-Identifier: MIT */
/* Chunks that only who knows a key can send (RFC 4895). */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

#define AUTH "net.sctp.auth_enable=1"

/* Gives a socket a shared key. Returns as setsockopt(). */
static int set_key(int fd, uint16_t number, const char *key)
{
	union {
		struct sctp_authkey head;
		char bytes[sizeof(struct sctp_authkey) + 32];
	} set = {.head = {.sca_keynumber = number, .sca_keylength = (uint16_t)strlen(key)}};

	memcpy(set.head.sca_key, key, strlen(key));
	return setsockopt(fd, IPPROTO_SCTP, SCTP_AUTH_KEY, &set,
			  (socklen_t)(sizeof(set.head) + strlen(key)));
}

/* SCTP_AUTH_ACTIVE_KEY, ..._DELETE_KEY or ..._DEACTIVATE_KEY. Returns as setsockopt(). */
static int key_option(int fd, int option, uint16_t number)
{
	struct sctp_authkeyid id = {.scact_keynumber = number};

	return setsockopt(fd, IPPROTO_SCTP, option, &id, sizeof(id));
}

static int require_chunk(int fd, uint8_t type)
{
	struct sctp_authchunk chunk = {.sauth_chunk = type};

	return setsockopt(fd, IPPROTO_SCTP, SCTP_AUTH_CHUNK, &chunk, sizeof(chunk));
}

/* Two ends that use key 1 from the beginning; the server wants DATA to be authenticated. */
static struct pair keyed(int family, const char *client, const char *server)
{
	struct pair p = sctp_ends(family);

	SETUP(require_chunk(p.listener, PACKET_SCTP_DATA));
	SETUP(set_key(p.client, 1, client));
	SETUP(set_key(p.listener, 1, server));
	SETUP(key_option(p.client, SCTP_AUTH_ACTIVE_KEY, 1));
	SETUP(key_option(p.listener, SCTP_AUTH_ACTIVE_KEY, 1));
	return p;
}

struct lists {
	struct sctp_authchunks head;
	uint8_t chunks[16];
};

static bool lists_chunk(int fd, int option, uint8_t type)
{
	struct lists lists = {.head = {.gauth_assoc_id = 0}};
	socklen_t length = sizeof(lists);

	EXPECT_OK(getsockopt(fd, IPPROTO_SCTP, option, &lists, &length));
	return memchr(lists.head.gauth_chunks, type, lists.head.gauth_number_of_chunks) != NULL;
}

/*
 * Signed chunks.
 *
 * Whoever can guess ports and tags of an association could slip in chunks of his own. Each end says
 * in the handshake which kinds of chunk it takes only with a signature; the sender then puts an
 * AUTH chunk in front, computed with a key that both know.
 */
CASE(chunks_are_authenticated,
     .claim = "after SCTP_AUTH_CHUNK of DATA the peer sends DATA behind an AUTH chunk with the "
	      "active key, and "
	      "both ends list the chunk type",
     .level = RFC, .spec = "RFC 4895 3, 4.1, 6.1; RFC 6458 8.1.13, 8.3", .needs = "sctp packet",
     .sysctls = AUTH, .tags = "sctp SCTP_AUTH_CHUNK SCTP_AUTH_KEY SCTP_AUTH_ACTIVE_KEY wire",
     .VARIANTS(families))
{
	struct pair p = keyed(VARIANT(struct family_row)->family, "secret", "secret");
	struct sctp_authkeyid active = {.scact_keynumber = 0};
	socklen_t length = sizeof(active);
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk auth, data;
	const struct packet *packet;

	sctp_join(&p);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT_ACK, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(sctp_has_parameter(packet, PACKET_SCTP_RANDOM));
	EXPECT_TRUE(sctp_has_parameter(packet, PACKET_SCTP_CHUNK_LIST));
	EXPECT_TRUE(sctp_has_parameter(packet, PACKET_SCTP_HMAC_ALGORITHMS));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_AUTH_ACTIVE_KEY, &active, &length));
	EXPECT_EQ(active.scact_keynumber, 1);
	SETUP(send(p.client, "signed", 6, 0));
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_AUTH, &auth);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(auth.shared_key, 1);
	EXPECT_EQ(packet_sctp(packet)->data_bytes, 6);
	EXPECT_SCTP_TEXT(p.server, "signed");
	/* In the other direction nobody asked for it. */
	SETUP(send(p.server, "plain", 5, 0));
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &data);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_NE(packet_sctp(packet)->first_chunk, PACKET_SCTP_AUTH);
	EXPECT_SCTP_TEXT(p.client, "plain");
	EXPECT_TRUE(lists_chunk(p.client, SCTP_PEER_AUTH_CHUNKS, PACKET_SCTP_DATA));
	EXPECT_TRUE(!lists_chunk(p.client, SCTP_LOCAL_AUTH_CHUNKS, PACKET_SCTP_DATA));
	EXPECT_TRUE(lists_chunk(p.server, SCTP_LOCAL_AUTH_CHUNKS, PACKET_SCTP_DATA));
}

/*
 * The wrong key.
 *
 * Nothing tells the sender: what it sends is not believed, and never acknowledged.
 */
CASE(wrong_key, .claim = "DATA signed with another key is discarded without an answer",
     .level = RFC, .spec = "RFC 4895 6.3", .needs = "sctp", .sysctls = AUTH, .waits = true,
     .timeout_ms = 20000, .tags = "sctp SCTP_AUTH_KEY", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair wrong = keyed(family, "secret", "Secret"), right = keyed(family, "key", "key");

	sctp_join(&wrong);
	sctp_join(&right);
	SETUP(send(wrong.client, "x", 1, 0));
	EXPECT_EQ(wait_for(wrong.server, POLLIN, 200), 0);
	EXPECT_EQ(sctp_status_of(wrong.client, 0).sstat_unackdata, 1);
	SETUP(send(right.client, "x", 1, 0));
	EXPECT_SCTP_TEXT(right.server, "x");
}

struct hmac_row {
	struct variant variant;
	int family;
	uint16_t first, second;
};

static const struct hmac_row hmacs[] = {
	{{"sha256_v4", NULL}, AF_INET, SCTP_AUTH_HMAC_ID_SHA256, SCTP_AUTH_HMAC_ID_SHA1},
	{{"sha256_v6", NULL}, AF_INET6, SCTP_AUTH_HMAC_ID_SHA256, SCTP_AUTH_HMAC_ID_SHA1},
	{{"sha1_v4", NULL}, AF_INET, SCTP_AUTH_HMAC_ID_SHA1, SCTP_AUTH_HMAC_ID_SHA256},
	{{"sha1_v6", NULL}, AF_INET6, SCTP_AUTH_HMAC_ID_SHA1, SCTP_AUTH_HMAC_ID_SHA256},
};

/*
 * Which signature.
 *
 * The receiver lists the algorithms that it understands, best first, and the sender takes the first
 * that it knows. SHA-1 must be among them.
 */
CASE(algorithms,
     .claim = "the peer signs with the first algorithm that SCTP_HMAC_IDENT lists; a list without "
	      "SHA-1 is "
	      "EINVAL",
     .level = RFC, .spec = "RFC 4895 3.3, 6.1; RFC 6458 8.1.14", .needs = "sctp packet",
     .sysctls = AUTH, .tags = "sctp SCTP_HMAC_IDENT wire errno", .VARIANTS(hmacs))
{
	const struct hmac_row *row = VARIANT(struct hmac_row);
	struct pair p = keyed(row->family, "secret", "secret");
	struct {
		uint32_t count;
		uint16_t identifiers[4];
	} list = {2, {row->first, row->second}}, read = {0}, only = {1, {SCTP_AUTH_HMAC_ID_SHA256}},
	  unknown = {2, {SCTP_AUTH_HMAC_ID_SHA1, 77}};
	socklen_t length = sizeof(read);
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk auth;

	EXPECT_OK(setsockopt(p.listener, IPPROTO_SCTP, SCTP_HMAC_IDENT, &list, 8));
	EXPECT_OK(getsockopt(p.listener, IPPROTO_SCTP, SCTP_HMAC_IDENT, &read, &length));
	EXPECT_EQ(read.count, 2);
	EXPECT_EQ(read.identifiers[0], row->first);
	EXPECT_EQ(read.identifiers[1], row->second);
	EXPECT_ERR(setsockopt(p.client, IPPROTO_SCTP, SCTP_HMAC_IDENT, &only, 8), EINVAL);
	EXPECT_ERR(setsockopt(p.client, IPPROTO_SCTP, SCTP_HMAC_IDENT, &unknown, 8), EOPNOTSUPP,
		   EINVAL);
	sctp_join(&p);
	SETUP(send(p.client, "x", 1, 0));
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_AUTH, &auth) != NULL);
	EXPECT_EQ(auth.hmac_identifier, row->first);
	EXPECT_EQ(auth.value_length, row->first == SCTP_AUTH_HMAC_ID_SHA1 ? 20 : 32);
	EXPECT_SCTP_TEXT(p.server, "x");
}

/*
 * A new key while it runs.
 *
 * Keys have numbers: both ends get the next one, then the sender starts to use it. The old one is
 * deactivated, and can be freed when nothing sent with it is under way any more; notifications tell
 * when a new key is used first and when an old one is free.
 */
CASE(change_of_keys,
     .claim = "SCTP_AUTH_ACTIVE_KEY changes the key of AUTH chunks; SCTP_AUTHENTICATION_EVENT "
	      "tells SCTP_AUTH_NEWKEY "
	      "to the receiver, and SCTP_AUTH_FREE_KEY after SCTP_AUTH_DEACTIVATE_KEY",
     .level = RFC, .spec = "RFC 6458 6.1.8, 8.3.1 to 8.3.4; RFC 4895 6.1", .needs = "sctp packet",
     .sysctls = AUTH, .tags = "sctp SCTP_AUTH_DEACTIVATE_KEY SCTP_AUTHENTICATION_EVENT wire",
     .VARIANTS(families))
{
	struct pair p = keyed(VARIANT(struct family_row)->family, "secret", "secret");
	const struct sctp_authkey_event *event;
	struct packet_sctp_chunk auth;
	struct sctp_received got;
	struct wire *wire;

	SETUP(sctp_subscribe(p.listener, SCTP_AUTHENTICATION_EVENT));
	SETUP(sctp_subscribe(p.client, SCTP_AUTHENTICATION_EVENT));
	sctp_join(&p);
	EXPECT_OK(set_key(p.server, 2, "other"));
	EXPECT_OK(set_key(p.client, 2, "other"));
	EXPECT_OK(key_option(p.client, SCTP_AUTH_ACTIVE_KEY, 2));
	wire = wire_open("a");
	SETUP(send(p.client, "x", 1, 0));
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_AUTH, &auth) != NULL);
	EXPECT_EQ(auth.shared_key, 2);
	got = sctp_notified(p.server, SCTP_AUTHENTICATION_EVENT);
	event = SCTP_NOTE(got, sctp_authkey_event);
	EXPECT_EQ(event->auth_indication, SCTP_AUTH_NEWKEY);
	EXPECT_EQ(event->auth_keynumber, 2);
	EXPECT_EQ(event->auth_length, sizeof(*event));
	EXPECT_NE(event->auth_assoc_id, 0);
	EXPECT_ERR(key_option(p.client, SCTP_AUTH_DEACTIVATE_KEY, 2), EINVAL);
	EXPECT_OK(key_option(p.client, SCTP_AUTH_DEACTIVATE_KEY, 1));
	got = sctp_notified(p.client, SCTP_AUTHENTICATION_EVENT);
	event = SCTP_NOTE(got, sctp_authkey_event);
	EXPECT_EQ(event->auth_indication, SCTP_AUTH_FREE_KEY);
	EXPECT_EQ(event->auth_keynumber, 1);
	EXPECT_ERR(key_option(p.client, SCTP_AUTH_ACTIVE_KEY, 1), EINVAL);
	EXPECT_OK(key_option(p.client, SCTP_AUTH_DELETE_KEY, 1));
	EXPECT_ERR(key_option(p.client, SCTP_AUTH_DELETE_KEY, 1), EINVAL);
	EXPECT_ERR(key_option(p.client, SCTP_AUTH_DELETE_KEY, 2), EINVAL);
}

/*
 * This message with that key.
 *
 * SCTP_AUTHINFO names the key for one message, whatever the active one is.
 */
CASE(key_of_a_message,
     .claim = "a control message SCTP_AUTHINFO chooses the key by which a message is signed",
     .level = RFC, .spec = "RFC 6458 5.3.8", .needs = "sctp packet", .sysctls = AUTH,
     .tags = "sctp SCTP_AUTHINFO wire", .VARIANTS(families))
{
	struct pair p = keyed(VARIANT(struct family_row)->family, "secret", "secret");
	struct sctp_authinfo info = {.auth_keynumber = 7}, unknown = {.auth_keynumber = 99};
	struct packet_sctp_chunk auth;
	struct wire *wire;

	SETUP(set_key(p.client, 7, "seven"));
	SETUP(set_key(p.listener, 7, "seven"));
	sctp_join(&p);
	SETUP(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, 1));
	wire = wire_open("a");
	EXPECT_EQ(sctp_send_with(p.client, NULL, "x", 1, SCTP_AUTHINFO, &info, sizeof(info)), 1);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_AUTH, &auth) != NULL);
	EXPECT_EQ(auth.shared_key, 7);
	EXPECT_SCTP_TEXT(p.server, "x");
	EXPECT_ERR(sctp_send_with(p.client, NULL, "x", 1, SCTP_AUTHINFO, &unknown, sizeof(unknown)),
		   EINVAL);
	SETUP(send(p.client, "y", 1, 0));
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_AUTH, &auth) != NULL);
	EXPECT_EQ(auth.shared_key, 1);
}

/* A peer that cannot sign. */
CASE(peer_without,
     .claim = "when the peer does not know AUTH, SCTP_AUTHENTICATION_EVENT tells SCTP_AUTH_NO_AUTH "
	      "and data goes "
	      "unsigned",
     .level = RFC, .spec = "RFC 6458 6.1.8 SCTP_AUTH_NO_AUTH, 8.1.28", .needs = "sctp packet",
     .sysctls = AUTH, .tags = "sctp SCTP_AUTH_SUPPORTED SCTP_AUTH_NO_AUTH wire",
     .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	const struct sctp_authkey_event *event;
	struct sctp_received got;
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	EXPECT_EQ(sctp_get_value(p.client, SCTP_AUTH_SUPPORTED), 1);
	EXPECT_OK(sctp_set_value(p.client, SCTP_AUTH_SUPPORTED, 0));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_AUTH_SUPPORTED), 0);
	EXPECT_ERR(set_key(p.client, 1, "secret"), EACCES);
	EXPECT_OK(set_key(p.listener, 1, "secret"));
	SETUP(sctp_subscribe(p.listener, SCTP_AUTHENTICATION_EVENT));
	sctp_join(&p);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(!sctp_has_parameter(packet, PACKET_SCTP_RANDOM));
	got = sctp_notified(p.server, SCTP_AUTHENTICATION_EVENT);
	event = SCTP_NOTE(got, sctp_authkey_event);
	EXPECT_EQ(event->auth_indication, SCTP_AUTH_NO_AUTH);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_SCTP_TEXT(p.server, "x");
}

struct forbidden_row {
	struct variant variant;
	uint8_t type;
};

static const struct forbidden_row forbiddens[] = {
	{{"init", NULL}, PACKET_SCTP_INIT},
	{{"init_ack", NULL}, PACKET_SCTP_INIT_ACK},
	{{"shutdown_complete", NULL}, PACKET_SCTP_SHUTDOWN_COMPLETE},
	{{"auth", NULL}, PACKET_SCTP_AUTH},
};

/* What comes before there is a key, or is the signature itself, cannot be signed. */
CASE(never_authenticated,
     .claim = "SCTP_AUTH_CHUNK of INIT, INIT ACK, SHUTDOWN COMPLETE and AUTH fails with EINVAL",
     .level = RFC, .spec = "RFC 4895 3.2; RFC 6458 8.3.2", .needs = "sctp", .sysctls = AUTH,
     .tags = "sctp SCTP_AUTH_CHUNK errno", .VARIANTS(forbiddens))
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP));

	EXPECT_ERR(require_chunk(fd, VARIANT(struct forbidden_row)->type), EINVAL);
	EXPECT_OK(require_chunk(fd, PACKET_SCTP_SACK));
}
