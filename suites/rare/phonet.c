/* SPDX-License-Identifier: MIT */
/* Phonet, which programs of Nokia's telephones spoke with the modem. */
#include <sys/socket.h>
/* After the types that it needs. */
#include <linux/phonet.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/case.h"

enum {
	LEVEL_PNPIPE = 275, /* SOL_PNPIPE */
	DEVICE = 0x10,
	FIRST_FREE = 0x40, /* objects below it are well known: net/phonet/socket.c */
	LAST_FREE = 0x7f,
};

/* The structure is packed: of one given as a struct sockaddr, compilers warn. */
static void *unaligned(const struct sockaddr_pn *address)
{
	return (void *)(uintptr_t)address;
}

#define PHONET(address) unaligned(&(address)), sizeof(address)

/* Gives loopback the number of a device: addresses are the upper six bits of a byte. */
static void device_on_loopback(void)
{
	struct {
		struct nlmsghdr header;
		struct ifaddrmsg message;
		struct rtattr attribute;
		unsigned char device[RTA_ALIGNTO];
	} request = {.header = {.nlmsg_len = sizeof(request),
				.nlmsg_type = RTM_NEWADDR,
				.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK},
		     .message = {.ifa_family = AF_PHONET, .ifa_index = if_nametoindex("lo")},
		     .attribute = {.rta_len = RTA_LENGTH(1), .rta_type = IFA_LOCAL},
		     .device = {DEVICE}};
	struct {
		struct nlmsghdr header;
		struct nlmsgerr error;
		char more[256];
	} answer;
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));

	SETUP(send(fd, &request, sizeof(request), 0));
	SETUP(recv(fd, &answer, sizeof(answer), 0));
	errno = -answer.error.error;
	SETUP(answer.error.error == 0 ? 0 : -1);
	SETUP(close(fd));
}

static int bound(struct sockaddr_pn *name)
{
	const struct sockaddr_pn any = {.spn_family = AF_PHONET};
	socklen_t length = sizeof(*name);
	int fd = SETUP(socket(AF_PHONET, SOCK_DGRAM, 0));

	SETUP(bind(fd, PHONET(any)));
	SETUP(getsockname(fd, unaligned(name), &length));
	EXPECT_EQ(length, sizeof(*name));
	EXPECT_EQ(name->spn_family, AF_PHONET);
	return fd;
}

/*
 * A device, and objects on it.
 *
 * Modem and application processor are devices, a socket is an object, and a resource says
 * what a message is about.
 */
CASE(phonet_exchange,
     .claim = "a datagram arrives whole, with device and object of its sender, and can be answered",
     .level = LINUX, .spec = "Documentation/networking/phonet.rst", .needs = "phonet",
     .tags = "phonet send receive")
{
	struct sockaddr_pn server_name, client_name, from = {.spn_family = AF_UNSPEC};
	socklen_t length = sizeof(from);
	char got[16];
	int server, client;

	device_on_loopback();
	server = bound(&server_name);
	client = bound(&client_name);
	EXPECT_BETWEEN(server_name.spn_obj, FIRST_FREE, LAST_FREE);
	EXPECT_NE(server_name.spn_obj, client_name.spn_obj);
	server_name.spn_dev = DEVICE;
	EXPECT_EQ(sendto(client, "hello", 5, 0, PHONET(server_name)), 5);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(server, got, sizeof(got), 0, unaligned(&from), &length), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.spn_family, AF_PHONET);
	EXPECT_EQ(from.spn_dev, DEVICE);
	EXPECT_EQ(from.spn_obj, client_name.spn_obj);
	EXPECT_EQ(sendto(server, "yes", 3, 0, PHONET(from)), 3);
	EXPECT_EQ(wait_for(client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(client, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "yes", 3);
}

/* SIOCPNGETOBJECT: the socket's whole name as another device would write it. */
CASE(phonet_object,
     .claim = "SIOCPNGETOBJECT gives the device in the upper and the object in the lower byte; "
	      "without a device it fails with EHOSTUNREACH",
     .level = LINUX, .spec = "Documentation/networking/phonet.rst; linux/net/phonet/socket.c",
     .needs = "phonet", .tags = "phonet ioctl errno")
{
	struct sockaddr_pn name;
	int fd = bound(&name), handle = DEVICE << 8;

	EXPECT_ERR(ioctl(fd, SIOCPNGETOBJECT, &handle), EHOSTUNREACH);
	device_on_loopback();
	handle = DEVICE << 8;
	EXPECT_OK(ioctl(fd, SIOCPNGETOBJECT, &handle));
	EXPECT_EQ(handle >> 8, DEVICE);
	EXPECT_EQ(handle & 0xff, name.spn_obj);
}

/* Addresses that are none, or another's; options that a datagram socket has not. */
CASE(phonet_errors,
     .claim = "bind() fails with EINVAL for a part of an address, EAFNOSUPPORT for another family, "
	      "EADDRNOTAVAIL for another's device, EADDRINUSE for an object that is taken",
     .level = ABI, .spec = "linux/net/phonet/socket.c, pn_socket_bind(), pn_sock_get_port()",
     .needs = "phonet", .tags = "phonet bind errno")
{
	struct sockaddr_pn taken, wrong;
	int owner, fd;

	device_on_loopback();
	owner = bound(&taken);
	fd = SETUP(socket(AF_PHONET, SOCK_DGRAM, 0));
	wrong = taken;
	EXPECT_ERR(bind(fd, unaligned(&wrong), sizeof(wrong) - 1), EINVAL);
	wrong.spn_family = AF_INET;
	EXPECT_ERR(bind(fd, PHONET(wrong)), EAFNOSUPPORT);
	wrong = taken;
	wrong.spn_dev = DEVICE + 4;
	EXPECT_ERR(bind(fd, PHONET(wrong)), EADDRNOTAVAIL);
	EXPECT_ERR(bind(fd, PHONET(taken)), EADDRINUSE);
	EXPECT_ERR(set_int(fd, LEVEL_PNPIPE, PNPIPE_ENCAP, PNPIPE_ENCAP_NONE), EOPNOTSUPP);
	SETUP(close(owner));
	EXPECT_OK(bind(fd, PHONET(taken)));
}
