/* SPDX-License-Identifier: MIT */
/* CAIF, which spoke with the modems of ST-Ericsson: what is there without such a modem. */
#include <linux/caif/caif_socket.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

#ifndef SOL_CAIF
#define SOL_CAIF 278 /* linux/include/linux/socket.h */
#endif

enum { PROTOCOLS = CAIFPROTO_DEBUG + 1 };

/* Channels to a modem: commands, datagrams, video, files, utilities, debugging. */
CASE(caif_socket,
     .claim = "sockets of each protocol of CAIF are SOCK_SEQPACKET or SOCK_STREAM; another type is "
	      "refused with ESOCKTNOSUPPORT, another protocol with EPROTONOSUPPORT, who is not "
	      "privileged with EPERM",
     .level = ABI, .spec = "linux/net/caif/caif_socket.c, caif_create()", .needs = "caif",
     .tags = "caif socket errno")
{
	for (int protocol = 0; protocol < PROTOCOLS; protocol++) {
		int fd = EXPECT_OK(socket(AF_CAIF, SOCK_SEQPACKET, protocol));

		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), protocol);
		EXPECT_OK(socket(AF_CAIF, SOCK_STREAM, protocol));
	}
	EXPECT_ERR(socket(AF_CAIF, SOCK_DGRAM, CAIFPROTO_AT), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_CAIF, SOCK_SEQPACKET, PROTOCOLS), EPROTONOSUPPORT);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	SETUP(sandbox_drop_capability(CAP_SYS_ADMIN));
	EXPECT_ERR(socket(AF_CAIF, SOCK_SEQPACKET, CAIFPROTO_AT), EPERM);
}

/* They can be set and not be read; parameters are of the utility protocol only. */
CASE(caif_options,
     .claim =
	     "CAIFSO_LINK_SELECT takes an int on every socket, CAIFSO_REQ_PARAM up to 256 bytes on "
	     "one of CAIFPROTO_UTIL; what is wrong fails with EINVAL or ENOPROTOOPT",
     .level = LINUX, .spec = "linux/caif/caif_socket.h; linux/net/caif/caif_socket.c, setsockopt()",
     .needs = "caif", .tags = "caif options errno")
{
	static const char parameter[257] = {1};
	int fd = SETUP(socket(AF_CAIF, SOCK_SEQPACKET, CAIFPROTO_AT));
	int util = SETUP(socket(AF_CAIF, SOCK_SEQPACKET, CAIFPROTO_UTIL));

	EXPECT_OK(set_int(fd, SOL_CAIF, CAIFSO_LINK_SELECT, CAIF_LINK_LOW_LATENCY));
	EXPECT_ERR(setsockopt(fd, SOL_CAIF, CAIFSO_LINK_SELECT, parameter, 3), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_CAIF + 1, CAIFSO_LINK_SELECT, CAIF_LINK_LOW_LATENCY),
		   ENOPROTOOPT);
	EXPECT_OK(setsockopt(util, SOL_CAIF, CAIFSO_REQ_PARAM, parameter, 256));
	EXPECT_ERR(setsockopt(util, SOL_CAIF, CAIFSO_REQ_PARAM, parameter, 257), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_CAIF, CAIFSO_REQ_PARAM, parameter, 256), ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, SOL_CAIF, CAIFSO_RSP_PARAM, 1), ENOPROTOOPT);
}

/*
 * Without a modem.
 *
 * The modem is at an interface of its own kind (a serial line, USB, shared memory), and Linux has
 * none that two programs could be the ends of. connect() asks for a channel on such an
 * interface; there is none, and nothing can be sent.
 */
CASE(caif_without_a_link,
     .claim = "without an interface to a modem connect() fails, with ENODEV, and so does send()",
     .level = OBSERVED,
     .spec = "linux/net/caif/cfcnfg.c, caif_connect_client(); net/caif/caif_socket.c",
     .needs = "caif", .tags = "caif connect send errno")
{
	struct sockaddr_caif modem = {.family = AF_CAIF};
	int fd = SETUP(socket(AF_CAIF, SOCK_SEQPACKET, CAIFPROTO_AT));

	modem.u.at.type = CAIF_ATTYPE_PLAIN;
	EXPECT_ERR(send(fd, "AT", 2, 0), EPIPE);
	modem.family = AF_INET;
	EXPECT_ERR(connect(fd, (void *)&modem, sizeof(modem)), EAFNOSUPPORT);
	modem.family = AF_CAIF;
	EXPECT_ERR(connect(fd, (void *)&modem, sizeof(modem)), ENODEV);
}
