/* SPDX-License-Identifier: MIT */
/* Near field communication (NFC): two devices that touch, and sockets between them (LLCP). */
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "suites/rare/nfc_link.h"

#include "harness/case.h"

enum { LINK_MS = 60000 };

static struct sockaddr_nfc_llcp name_of(int fd)
{
	struct sockaddr_nfc_llcp name;
	socklen_t length = sizeof(name);

	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	return name;
}

static void expect_data(int fd, const char *data, ssize_t size)
{
	char got[512];

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), MSG_DONTWAIT), size);
	EXPECT_MEMEQ(got, data, size);
}

/*
 * Held against each other.
 *
 * Two telephones that touch are a network of two, over a few centimetres. One of them, the
 * initiator, asks, and the other, the target, answers; LLCP hides that from programs, and has
 * connections and datagrams. A service has a name, by which it is found.
 */
CASE(nfc_exchange,
     .claim = "a connection to the name of a service on the other device carries data both ways",
     .level = LINUX, .spec = "linux/Documentation/networking/nfc.rst; NFC Forum LLCP 1.1, 5.6",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc connect send receive",
     .timeout_ms = LINK_MS)
{
	struct sockaddr_nfc_llcp to = nfc_reach(FREE_NAME);
	int listener, client = nfc_stream(), server;

	listener = nfc_listening(FREE_NAME);
	EXPECT_ERR(send(client, "early", 5, 0), ENODEV);
	EXPECT_OK(connect(client, NFC(to)));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	server = EXPECT_OK(accept(listener, NULL, NULL));
	EXPECT_EQ(send(client, "hello", 5, 0), 5);
	expect_data(server, "hello", 5);
	EXPECT_EQ(send(server, "yes", 3, 0), 3);
	expect_data(client, "yes", 3);
}

/*
 * Numbers behind the names.
 *
 * Each end of a connection is a service access point (SAP), a number of 6 bits: below 16 those
 * that the specification gives, from 16 those of services that have a name, and from 32 those of
 * clients.
 */
CASE(nfc_names,
     .claim = "a client gets an access point from 32, a named service one from 16; both ends tell "
	      "both, and getpeername() tells what getsockname() does",
     .level = ABI,
     .spec = "NFC Forum LLCP 1.1, 4.2.2; linux/net/nfc/llcp_sock.c, llcp_sock_getname()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc connect accept name",
     .timeout_ms = LINK_MS)
{
	struct sockaddr_nfc_llcp to = nfc_reach(FREE_NAME), name, peer;
	socklen_t length = sizeof(peer);
	int listener, client = nfc_stream(), server;

	EXPECT_ERR(getsockname(client, (struct sockaddr *)&peer, &length), EBADFD);
	listener = nfc_listening(FREE_NAME);
	SETUP(connect(client, NFC(to)));
	length = sizeof(peer);
	memset(&peer, 0xa5, sizeof(peer));
	server = EXPECT_OK(accept(listener, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	name = name_of(server);
	EXPECT_MEMEQ(&peer, &name, sizeof(name));
	EXPECT_EQ(name.sa_family, AF_NFC);
	EXPECT_EQ(name.dev_idx, TARGET);
	EXPECT_EQ(name.nfc_protocol, NFC_PROTO_NFC_DEP);
	EXPECT_EQ(name.ssap, FIRST_NAMED);
	EXPECT_EQ(name.dsap, FIRST_FREE);
	name = name_of(client);
	EXPECT_EQ(name.sa_family, AF_NFC);
	EXPECT_EQ(name.dev_idx, INITIATOR);
	EXPECT_EQ(name.nfc_protocol, NFC_PROTO_NFC_DEP);
	EXPECT_EQ(name.ssap, FIRST_FREE);
	EXPECT_EQ(name.dsap, FIRST_NAMED);
	EXPECT_EQ(name.service_name_len, strlen(FREE_NAME));
	EXPECT_STREQ(name.service_name, FREE_NAME);
	length = sizeof(peer);
	memset(&peer, 0xa5, sizeof(peer));
	EXPECT_OK(getpeername(client, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_MEMEQ(&peer, &name, sizeof(name));
}

struct known_row {
	struct variant variant;
	const char *name;
	int sap;
};

static const struct known_row known[] = {
	{{"ip", NULL}, "urn:nfc:sn:ip", SAP_IP},
	{{"obex", NULL}, OBEX_NAME, SAP_OBEX},
	{{"snep", NULL}, SNEP_NAME, SAP_SNEP},
};

/* Services that the specification knows are reached without asking for their name. */
CASE(nfc_known_services,
     .claim = "a socket that is bound to a well-known name has that service's access point, to "
	      "which connect() can go by its number",
     .level = ABI,
     .spec = "NFC Forum assigned numbers, LLCP SAPs; linux/net/nfc/llcp_core.c, nfc_llcp_wks_sap()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc bind connect name",
     .timeout_ms = LINK_MS, .VARIANTS(known))
{
	const struct known_row *row = VARIANT(struct known_row);
	struct sockaddr_nfc_llcp to = nfc_reach(NULL);
	int listener, client = nfc_stream(), server;

	to.dsap = (uint8_t)row->sap;
	listener = nfc_listening(row->name);
	EXPECT_EQ(name_of(listener).ssap, row->sap);
	REQUIRE_OK(connect(client, NFC(to)));
	EXPECT_EQ(name_of(client).dsap, row->sap);
	server = EXPECT_OK(accept(listener, NULL, NULL));
	EXPECT_EQ(send(client, row->name, 4, 0), 4);
	expect_data(server, row->name, 4);
}

/*
 * How much at once.
 *
 * Each end says in the messages that make the connection how many bytes it takes in a part (128
 * and what NFC_LLCP_MIUX adds), and how many parts it takes without having answered (NFC_LLCP_RW).
 */
CASE(nfc_parts,
     .claim =
	     "NFC_LLCP_MIUX and NFC_LLCP_RW of one end are what the other's NFC_LLCP_REMOTE_MIU "
	     "and NFC_LLCP_REMOTE_RW tell; data is sent in parts of that size, each for one recv()",
     .level = ABI, .spec = "NFC Forum LLCP 1.1, 4.5; linux/net/nfc/llcp_sock.c, llcp_commands.c",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc options send receive",
     .timeout_ms = LINK_MS)
{
	enum { MORE = 100, WINDOW = 4, SIZE = 300 };
	struct sockaddr_nfc_llcp to = nfc_reach(FREE_NAME);
	const struct sockaddr_nfc_llcp service = nfc_service(TARGET, FREE_NAME);
	int listener = nfc_stream(), client = nfc_stream(), server;
	char data[SIZE];

	for (int i = 0; i < SIZE; i++)
		data[i] = (char)i;
	EXPECT_OK(set_int(listener, SOL_NFC, NFC_LLCP_RW, WINDOW));
	EXPECT_OK(set_int(client, SOL_NFC, NFC_LLCP_MIUX, MORE));
	SETUP(bind(listener, NFC(service)));
	SETUP(listen(listener, 1));
	SETUP(connect(client, NFC(to)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(get_int(client, SOL_NFC, NFC_LLCP_REMOTE_RW), WINDOW);
	EXPECT_EQ(get_int(client, SOL_NFC, NFC_LLCP_REMOTE_MIU), MIU + MIUX_MOST);
	EXPECT_EQ(get_int(server, SOL_NFC, NFC_LLCP_REMOTE_RW), RW_MOST);
	EXPECT_EQ(get_int(server, SOL_NFC, NFC_LLCP_REMOTE_MIU), MIU + MORE);
	EXPECT_EQ(get_int(client, SOL_NFC, NFC_LLCP_MIUX), MORE);
	EXPECT_EQ(get_int(client, SOL_NFC, NFC_LLCP_RW), RW_MOST);
	EXPECT_EQ(get_int(server, SOL_NFC, NFC_LLCP_MIUX), MIUX_MOST);
	EXPECT_EQ(get_int(server, SOL_NFC, NFC_LLCP_RW), WINDOW);
	EXPECT_EQ(get_int(client, SOL_NFC, NFC_LLCP_REMOTE_LTO), LTO_OWN);
	EXPECT_EQ(send(server, data, SIZE, 0), SIZE);
	expect_data(client, data, MIU + MORE);
	expect_data(client, data + MIU + MORE, SIZE - MIU - MORE);
	EXPECT_EQ(send(client, data, SIZE, 0), SIZE);
	expect_data(server, data, SIZE);
}

/* What does not fit into the buffer stays for the next recv(), as of a stream. */
CASE(nfc_rest,
     .claim = "recv() of fewer bytes than a part has leaves the rest for the next one; MSG_PEEK "
	      "leaves all",
     .level = ABI, .spec = "linux/net/nfc/llcp_sock.c, llcp_sock_recvmsg()", .topology = "machine",
     .needs = "nfc_devices", .tags = "nfc receive", .timeout_ms = LINK_MS)
{
	struct sockaddr_nfc_llcp to = nfc_reach(FREE_NAME);
	int listener, client = nfc_stream(), server;
	char got[8];

	listener = nfc_listening(FREE_NAME);
	SETUP(connect(client, NFC(to)));
	server = SETUP(accept(listener, NULL, NULL));
	SETUP(send(client, "abcdef", 6, 0));
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(server, got, 4, MSG_PEEK), 4);
	EXPECT_MEMEQ(got, "abcd", 4);
	EXPECT_EQ(recv(server, got, 4, 0), 4);
	EXPECT_MEMEQ(got, "abcd", 4);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 2);
	EXPECT_MEMEQ(got, "ef", 2);
	EXPECT_ERR(recv(server, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_ERR(recv(server, got, sizeof(got), MSG_OOB), EOPNOTSUPP);
	EXPECT_ERR(send(client, "x", 1, MSG_OOB), EOPNOTSUPP);
}

/* The end of a connection is a message of its own, which waits its turn as all do. */
CASE(nfc_close,
     .claim = "when one end is closed, the other's poll() says POLLHUP, recv() returns 0 and "
	      "send() fails",
     .level = ABI, .spec = "linux/net/nfc/llcp_core.c, nfc_llcp_recv_disc()", .topology = "machine",
     .needs = "nfc_devices", .tags = "nfc close poll errno", .timeout_ms = LINK_MS)
{
	struct sockaddr_nfc_llcp to = nfc_reach(FREE_NAME);
	int listener, client = nfc_stream(), server;
	char byte;

	listener = nfc_listening(FREE_NAME);
	SETUP(connect(client, NFC(to)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(wait_for(server, POLLIN | POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERR(recv(server, &byte, 1, MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(send(server, "x", 1, 0), 1);
	expect_data(client, "x", 1);
	EXPECT_OK(close(client));
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLHUP);
	EXPECT_EQ(recv(server, &byte, 1, MSG_DONTWAIT), 0);
	EXPECT_ERR(send(server, "x", 1, 0), ENOTCONN);
}

/* Nobody is there, or nobody has time: the other device says so, and it is one error here. */
CASE(nfc_refused,
     .claim = "connect() fails with ENXIO when no socket listens for the name, and works when one "
	      "does",
     .level = ABI, .spec = "linux/net/nfc/llcp_core.c, nfc_llcp_recv_dm()", .topology = "machine",
     .needs = "nfc_devices", .tags = "nfc connect errno", .timeout_ms = LINK_MS)
{
	struct sockaddr_nfc_llcp to = nfc_reach(FREE_NAME);
	int client = nfc_stream(), other = nfc_stream();

	EXPECT_ERR(connect(client, NFC(to)), ENXIO);
	nfc_listening(FREE_NAME);
	EXPECT_OK(connect(other, NFC(to)));
}
