/* SPDX-License-Identifier: MIT */
/* Sessions of PPP over Ethernet, as a DSL line has them. */
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <net/if.h>
/* After the types that it needs. */
#include <linux/if_pppox.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "harness/case.h"

enum {
	SESSION = 5,
	HOST_A = 1,
	HOST_B = 2
}; /* the last byte of the hardware addresses of "pair" */

/* The structure is packed: of one given as a struct sockaddr, compilers warn. */
static void *unaligned(const struct sockaddr_pppox *address)
{
	return (void *)(uintptr_t)address;
}

#define PPPOX(address) unaligned(&(address)), sizeof(address)

static struct sockaddr_pppox session(uint8_t peer, uint16_t number)
{
	const uint8_t mac[ETH_ALEN] = {2, 0, 0, 0, 0, peer};
	struct sockaddr_pppox address = {.sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OE};

	address.sa_addr.pppoe.sid = htons(number);
	strcpy(address.sa_addr.pppoe.dev, "eth0");
	memcpy(address.sa_addr.pppoe.remote, mac, sizeof(mac));
	return address;
}

/*
 * Discovery finds the peer and a number for the session; then each frame has both.
 *
 * Usually pppd does the discovery, connects the socket, and hands it to the kernel's PPP.
 * Here the number is agreed, and no PPP is attached: what one end sends the other reads.
 */
CASE(pppoe_exchange,
     .claim = "two sockets connected to each other's hardware address with one session number "
	      "exchange frames of PPP",
     .level = RFC, .spec = "RFC 2516 section 6; linux/drivers/net/ppp/pppoe.c", .topology = "pair",
     .needs = "pppoe", .tags = "pppoe send receive")
{
	struct sockaddr_pppox to_b = session(HOST_B, SESSION), to_a = session(HOST_A, SESSION);
	int a = SETUP(host_socket("a", AF_PPPOX, SOCK_STREAM, PX_PROTO_OE));
	int b = SETUP(host_socket("b", AF_PPPOX, SOCK_STREAM, PX_PROTO_OE));
	char got[16];

	EXPECT_OK(connect(a, PPPOX(to_b)));
	EXPECT_OK(connect(b, PPPOX(to_a)));
	EXPECT_EQ(send(a, "\x80\x57hello", 7, 0), 7);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), 0), 7);
	EXPECT_MEMEQ(got, "\x80\x57hello", 7);
	EXPECT_EQ(send(b, "\x80\x57yes", 5, 0), 5);
	EXPECT_EQ(wait_for(a, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(a, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "\x80\x57yes", 5);
}

/* One session for a peer and a number; an address of no interface is none. */
CASE(pppoe_errors,
     .claim = "send() without a session fails with ENOTCONN; connect() with EALREADY for a session "
	      "of another socket, EBUSY on a connected socket, ENODEV without the interface",
     .level = ABI, .spec = "linux/drivers/net/ppp/pppoe.c, pppoe_connect()", .topology = "pair",
     .needs = "pppoe", .tags = "pppoe connect errno")
{
	struct sockaddr_pppox to = session(HOST_B, SESSION), nowhere = to;
	int owner = SETUP(socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_OE));
	int other = SETUP(socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_OE));

	strcpy(nowhere.sa_addr.pppoe.dev, "none0");
	EXPECT_ERR(send(owner, "\x80\x57", 2, 0), ENOTCONN);
	EXPECT_ERR(connect(owner, PPPOX(nowhere)), ENODEV);
	EXPECT_OK(connect(owner, PPPOX(to)));
	EXPECT_EQ(send(owner, "\x80\x57", 2, 0), 2);
	EXPECT_ERR(connect(owner, PPPOX(to)), EBUSY);
	EXPECT_ERR(connect(other, PPPOX(to)), EALREADY);
	to.sa_addr.pppoe.sid = htons(SESSION + 1);
	EXPECT_OK(connect(other, PPPOX(to)));
}
