/* SPDX-License-Identifier: MIT */
/* Near field communication: what is refused, and datagrams. */
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "suites/rare/nfc_link.h"

#include "harness/case.h"

enum { LINK_MS = 60000, UNKNOWN_PROTOCOL = 2, UNKNOWN_OPTION = 99 };

/* Connections and datagrams by LLCP, records to a target without it, and raw sockets of both. */
CASE(nfc_kinds,
     .claim = "NFC_SOCKPROTO_LLCP has SOCK_STREAM, SOCK_DGRAM and SOCK_RAW, NFC_SOCKPROTO_RAW has "
	      "SOCK_SEQPACKET: others fail with ESOCKTNOSUPPORT, other protocols with EINVAL",
     .level = ABI, .spec = "linux/net/nfc/af_nfc.c, llcp_sock.c, rawsock.c", .topology = "machine",
     .needs = "nfc", .tags = "nfc socket errno")
{
	int ends[2], fd;

	EXPECT_ERR(socket(AF_NFC, SOCK_SEQPACKET, NFC_SOCKPROTO_LLCP), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_RAW), ESOCKTNOSUPPORT);
	EXPECT_ERR(socket(AF_NFC, SOCK_STREAM, UNKNOWN_PROTOCOL), EINVAL);
	EXPECT_ERR(socketpair(AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_LLCP, ends), EOPNOTSUPP);
	fd = EXPECT_OK(socket(AF_NFC, SOCK_SEQPACKET, NFC_SOCKPROTO_RAW));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_NFC);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_SEQPACKET);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), NFC_SOCKPROTO_RAW);
	fd = EXPECT_OK(socket(AF_NFC, SOCK_RAW, NFC_SOCKPROTO_LLCP));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_RAW);
	fd = EXPECT_OK(socket(AF_NFC, SOCK_DGRAM, NFC_SOCKPROTO_LLCP));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_DGRAM);
	fd = EXPECT_OK(socket(AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_LLCP));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), NFC_SOCKPROTO_LLCP);
}

/*
 * A service is bound by its name alone.
 *
 * The address has a place for the number (`ssap`), and its comment says "to be bound to"; it is
 * not looked at.
 */
CASE(nfc_bind_errors,
     .claim = "bind() fails with EINVAL for another family or a destination, ENODEV without the "
	      "device, EADDRINUSE without a name or for one that is taken, EBADFD the second time; "
	      "listen() takes a bound stream (EBADFD)",
     .level = ABI, .spec = "linux/net/nfc/llcp_sock.c, llcp_sock_bind(), llcp_sock_listen()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc bind listen errno")
{
	const struct sockaddr_nfc_llcp good = nfc_service(TARGET, FREE_NAME);
	struct sockaddr_nfc_llcp wrong = good;
	int fd = nfc_stream(), other = nfc_stream();
	int datagrams = SETUP(socket(AF_NFC, SOCK_DGRAM, NFC_SOCKPROTO_LLCP));

	wrong.sa_family = AF_INET;
	EXPECT_ERR(bind(fd, NFC(wrong)), EINVAL);
	wrong = good;
	wrong.dsap = SAP_SNEP;
	EXPECT_ERR(bind(fd, NFC(wrong)), EINVAL);
	wrong = good;
	wrong.dev_idx = NO_DEVICE;
	EXPECT_ERR(bind(fd, NFC(wrong)), ENODEV);
	wrong = nfc_service(TARGET, NULL);
	wrong.ssap = SAP_SNEP;
	EXPECT_ERR(bind(fd, NFC(wrong)), EADDRINUSE);
	EXPECT_ERR(listen(fd, 1), EBADFD);
	EXPECT_ERR(accept(fd, NULL, NULL), EBADFD);
	EXPECT_OK(bind(fd, NFC(good)));
	EXPECT_ERR(bind(fd, NFC(good)), EBADFD);
	EXPECT_OK(listen(fd, 1));
	EXPECT_ERR(bind(other, NFC(good)), EADDRINUSE);
	wrong = nfc_service(TARGET, SNEP_NAME);
	EXPECT_OK(bind(datagrams, NFC(wrong)));
	EXPECT_ERR(listen(datagrams, 1), EBADFD);
	EXPECT_ERR(bind(other, NFC(wrong)), EADDRINUSE);
	wrong.dev_idx = INITIATOR;
	EXPECT_OK(bind(other, NFC(wrong)));
}

/* The address says which device, and which target of those that it found. */
CASE(nfc_connect_errors,
     .claim =
	     "connect() fails with EINVAL for a part of an address, another family or no service, "
	     "ENODEV without the device, ENOLINK without a link or to another target, EISCONN when "
	     "connected",
     .level = ABI, .spec = "linux/net/nfc/llcp_sock.c, llcp_sock_connect()", .topology = "machine",
     .needs = "nfc_devices", .tags = "nfc connect errno", .timeout_ms = LINK_MS)
{
	struct nfc_manager m = nfc_manage();
	struct sockaddr_nfc_llcp good = nfc_service(INITIATOR, FREE_NAME), wrong = good;
	int fd = nfc_stream();

	wrong.sa_family = AF_INET;
	EXPECT_ERR(connect(fd, NFC(wrong)), EINVAL);
	EXPECT_ERR(connect(fd, (struct sockaddr *)&good, sizeof(good) - 1), EINVAL);
	wrong = nfc_service(INITIATOR, NULL);
	EXPECT_ERR(connect(fd, NFC(wrong)), EINVAL);
	wrong = good;
	wrong.dev_idx = NO_DEVICE;
	EXPECT_ERR(connect(fd, NFC(wrong)), ENODEV);
	nfc_link_down(&m);
	EXPECT_ERR(connect(fd, NFC(good)), ENOLINK);
	good.target_idx = nfc_link_up(&m);
	nfc_listening(FREE_NAME);
	wrong = good;
	wrong.target_idx++;
	EXPECT_ERR(connect(fd, NFC(wrong)), ENOLINK);
	EXPECT_OK(connect(fd, NFC(good)));
	EXPECT_ERR(connect(fd, NFC(good)), EISCONN);
}

/* Parameters are for the message that makes the connection: later is too late. */
CASE(nfc_option_errors,
     .claim = "setsockopt(NFC_LLCP_RW) and (NFC_LLCP_MIUX) fail with EINVAL for more than 15 and "
	      "2047, and of a bound socket; NFC_LLCP_REMOTE_* cannot be set (ENOPROTOOPT); "
	      "getsockopt() fails with ENODEV before bind()",
     .level = ABI,
     .spec = "linux/net/nfc/llcp_sock.c, nfc_llcp_setsockopt(), nfc_llcp_getsockopt()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc options errno")
{
	const struct sockaddr_nfc_llcp address = nfc_service(TARGET, FREE_NAME);
	int fd = nfc_stream(), value = 0;
	socklen_t length = sizeof(value);

	EXPECT_ERR(getsockopt(fd, SOL_NFC, NFC_LLCP_RW, &value, &length), ENODEV);
	EXPECT_ERR(set_int(fd, SOL_NFC, NFC_LLCP_RW, RW_MOST + 1), EINVAL);
	EXPECT_OK(set_int(fd, SOL_NFC, NFC_LLCP_RW, RW_MOST - 1));
	EXPECT_ERR(set_int(fd, SOL_NFC, NFC_LLCP_MIUX, MIUX_MOST + 1), EINVAL);
	EXPECT_OK(set_int(fd, SOL_NFC, NFC_LLCP_MIUX, MIUX_MOST - 1));
	EXPECT_ERR(set_int(fd, SOL_NFC, NFC_LLCP_REMOTE_RW, 1), ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, SOL_NFC, NFC_LLCP_REMOTE_MIU, 1), ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, SOL_NFC, NFC_LLCP_REMOTE_LTO, 1), ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, SOL_IP, NFC_LLCP_RW, 1), ENOPROTOOPT);
	SETUP(bind(fd, NFC(address)));
	EXPECT_EQ(get_int(fd, SOL_NFC, NFC_LLCP_RW), RW_MOST - 1);
	EXPECT_EQ(get_int(fd, SOL_NFC, NFC_LLCP_MIUX), MIUX_MOST - 1);
	EXPECT_ERR(set_int(fd, SOL_NFC, NFC_LLCP_RW, 1), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_NFC, NFC_LLCP_MIUX, 1), EINVAL);
	EXPECT_EQ(get_int(fd, SOL_NFC, NFC_LLCP_RW), RW_MOST - 1);
	EXPECT_ERR(getsockopt(fd, SOL_NFC, UNKNOWN_OPTION, &value, &length), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_IP, NFC_LLCP_RW, &value, &length), ENOPROTOOPT);
}

/*
 * Datagrams, and whose number is whose.
 *
 * recvfrom() gives the access point that a datagram was for as `dsap`, and the one that it is of as
 * `ssap`. sendto() takes an address just so, that of the datagram which it answers: it goes to
 * `ssap`, against the comment in the header, and says that it is of `dsap`. Nothing compares that
 * with what the socket is bound to.
 */
CASE(nfc_datagrams,
     .claim = "sendto() goes to the access point `ssap` of the other device, as one of `dsap`; the "
	      "datagram arrives whole, and the address that recvfrom() gives is that of an answer",
     .level = ABI,
     .spec = "NFC Forum LLCP 1.1, 4.3.2; linux/net/nfc/llcp_sock.c, llcp_sock_sendmsg(), "
	     "llcp_sock_recvmsg(); llcp_commands.c, nfc_llcp_send_ui_frame()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc send receive errno",
     .timeout_ms = LINK_MS)
{
	struct nfc_manager m = nfc_manage();
	const struct sockaddr_nfc_llcp own = nfc_service(INITIATOR, OBEX_NAME),
				       service = nfc_service(TARGET, SNEP_NAME);
	struct sockaddr_nfc_llcp to = nfc_service(INITIATOR, NULL), from;
	int a = SETUP(socket(AF_NFC, SOCK_DGRAM, NFC_SOCKPROTO_LLCP));
	int b = SETUP(socket(AF_NFC, SOCK_DGRAM, NFC_SOCKPROTO_LLCP));
	socklen_t length = sizeof(from);
	char got[16] = "";

	nfc_link_up(&m);
	to.ssap = SAP_SNEP;
	to.dsap = SAP_OBEX;
	EXPECT_ERR(sendto(a, "early", 5, 0, NFC(to)), ENODEV);
	SETUP(bind(a, NFC(own)));
	SETUP(bind(b, NFC(service)));
	EXPECT_ERR(send(a, "hello", 5, 0), EINVAL);
	EXPECT_EQ(sendto(a, "hello", 5, 0, NFC(to)), 5);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	memset(&from, 0xa5, sizeof(from));
	EXPECT_EQ(recvfrom(b, got, sizeof(got), MSG_DONTWAIT, (void *)&from, &length), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.sa_family, AF_NFC);
	EXPECT_EQ(from.nfc_protocol, NFC_PROTO_NFC_DEP);
	EXPECT_EQ(from.dsap, SAP_SNEP);
	EXPECT_EQ(from.ssap, SAP_OBEX);
	EXPECT_EQ(sendto(b, "yes", 3, 0, NFC(from)), 3);
	EXPECT_EQ(wait_for(a, POLLIN, SOON_MS), POLLIN);
	length = sizeof(from);
	memset(&from, 0xa5, sizeof(from));
	EXPECT_EQ(recvfrom(a, got, sizeof(got), MSG_DONTWAIT, (void *)&from, &length), 3);
	EXPECT_MEMEQ(got, "yes", 3);
	EXPECT_EQ(from.dsap, SAP_OBEX);
	EXPECT_EQ(from.ssap, SAP_SNEP);
	EXPECT_ERR(recvfrom(a, got, sizeof(got), MSG_DONTWAIT, (void *)&from, &length), EAGAIN);
}
