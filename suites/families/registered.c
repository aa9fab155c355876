/* SPDX-License-Identifier: MIT */
/* Families that this kernel has or has not: one answer for all types of each. */
#include <errno.h>
#include <sys/socket.h>

#include "suites/families/kinds.h"

#include "harness/case.h"

#define PF_KEY_VERSION	 2 /* <linux/pfkeyv2.h> PF_KEY_V2 */
#define PPP_OVER_L2TP	 1 /* <linux/if_pppox.h> PX_PROTO_OL2TP */
#define RXRPC_OVER_IPV4	 2 /* AF_RXRPC takes the family that carries it */
#define DECNET_NSP	 2 /* <linux/dn.h> DNPROTO_NSP */
#define ISDN_BASE	 0 /* <linux/mISDNif.h> ISDN_P_BASE */
#define BLUETOOTH_L2CAP	 0 /* BTPROTO_L2CAP */
#define BLUETOOTH_RFCOMM 3 /* BTPROTO_RFCOMM */

struct family_kind {
	struct variant variant;
	int family, type, protocol; /* what the family's own documentation makes a socket with */
	int needs_more;		    /* an error that a family gives who has not the whole machine */
};

static const struct family_kind kinds[] = {
	{{"AF_UNIX", NULL}, AF_UNIX, SOCK_STREAM, 0, 0},
	{{"AF_INET", NULL}, AF_INET, SOCK_STREAM, 0, 0},
	{{"AF_INET6", NULL}, AF_INET6, SOCK_STREAM, 0, 0},
	{{"AF_NETLINK", NULL}, AF_NETLINK, SOCK_RAW, 0, 0},
	{{"AF_PACKET", NULL}, AF_PACKET, SOCK_DGRAM, 0, 0},
	{{"AF_VSOCK", NULL}, AF_VSOCK, SOCK_STREAM, 0, 0},
	{{"AF_XDP", NULL}, AF_XDP, SOCK_RAW, 0, 0},
	{{"AF_ALG", NULL}, AF_ALG, SOCK_SEQPACKET, 0, 0},
	{{"AF_APPLETALK", NULL}, AF_APPLETALK, SOCK_DGRAM, 0, 0},
	{{"AF_ATMPVC", NULL}, AF_ATMPVC, SOCK_DGRAM, 0, 0},
	{{"AF_ATMSVC", NULL}, AF_ATMSVC, SOCK_DGRAM, 0, 0},
	{{"AF_AX25", NULL}, AF_AX25, SOCK_SEQPACKET, 0, 0},
	{{"AF_BLUETOOTH", NULL}, AF_BLUETOOTH, SOCK_SEQPACKET, BLUETOOTH_L2CAP, EPROTONOSUPPORT},
	{{"AF_BLUETOOTH_stream", NULL},
	 AF_BLUETOOTH,
	 SOCK_STREAM,
	 BLUETOOTH_RFCOMM,
	 EPROTONOSUPPORT},
	{{"AF_CAIF", NULL}, AF_CAIF, SOCK_SEQPACKET, 0, EPERM},
	{{"AF_CAN", NULL}, AF_CAN, SOCK_RAW, 1, EPROTONOSUPPORT},
	{{"AF_DECnet", NULL}, AF_DECnet, SOCK_STREAM, DECNET_NSP, 0},
	{{"AF_IEEE802154", NULL}, AF_IEEE802154, SOCK_DGRAM, 0, 0},
	{{"AF_ISDN", NULL}, AF_ISDN, SOCK_RAW, ISDN_BASE, EPERM},
	{{"AF_IUCV", NULL}, AF_IUCV, SOCK_STREAM, 0, 0},
	{{"AF_KCM", NULL}, AF_KCM, SOCK_DGRAM, 0, 0},
	{{"AF_KEY", NULL}, AF_KEY, SOCK_RAW, PF_KEY_VERSION, 0},
	{{"AF_LLC", NULL}, AF_LLC, SOCK_DGRAM, 0, 0},
	{{"AF_MCTP", NULL}, AF_MCTP, SOCK_DGRAM, 0, 0},
	{{"AF_NETROM", NULL}, AF_NETROM, SOCK_SEQPACKET, 0, 0},
	{{"AF_NFC", NULL}, AF_NFC, SOCK_SEQPACKET, 0, 0},
	{{"AF_PHONET", NULL}, AF_PHONET, SOCK_DGRAM, 0, EPERM},
	/* Whatever is asked for, it calls itself a stream (net/l2tp/l2tp_ppp.c). */
	{{"AF_PPPOX", NULL}, AF_PPPOX, SOCK_STREAM, PPP_OVER_L2TP, EPROTONOSUPPORT},
	{{"AF_QIPCRTR", NULL}, AF_QIPCRTR, SOCK_DGRAM, 0, 0},
	{{"AF_RDS", NULL}, AF_RDS, SOCK_SEQPACKET, 0, 0},
	{{"AF_ROSE", NULL}, AF_ROSE, SOCK_SEQPACKET, 0, 0},
	{{"AF_RXRPC", NULL}, AF_RXRPC, SOCK_DGRAM, RXRPC_OVER_IPV4, 0},
	{{"AF_SMC", NULL}, AF_SMC, SOCK_STREAM, 0, 0},
	{{"AF_TIPC", NULL}, AF_TIPC, SOCK_RDM, 0, 0},
	{{"AF_X25", NULL}, AF_X25, SOCK_SEQPACKET, 0, 0},
};

/* The family is refused, whatever one asks of it; and the very same calls work elsewhere. */
static void expect_refused(int family, int protocol)
{
	int ends[2];
	char byte = 0;

	for (int i = 0; i < EVERY_TYPE; i++) {
		EXPECT_ERR(socket(family, every_type[i], 0), EAFNOSUPPORT);
		EXPECT_ERR(socket(family, every_type[i] | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol),
			   EAFNOSUPPORT);
		EXPECT_ERR(socketpair(family, every_type[i], protocol, ends), EAFNOSUPPORT);
	}
	EXPECT_OK(socket(AF_UNIX, SOCK_DGRAM, 0));
	EXPECT_OK(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends));
	EXPECT_EQ(send(ends[0], "x", 1, 0), 1);
	EXPECT_EQ(recv(ends[1], &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_EQ(byte, 'x');
}

/*
 * A family is a module of the kernel, and each kernel has its own choice of them.
 *
 * `AF_X25` in a header says only that the number means X.25. Whether there is X.25 is for
 * the kernel to say: socket() looks the number up in a table, lets the module be loaded
 * if there is one, and says `EAFNOSUPPORT` if there is still nobody. The answer is the same
 * for every type and protocol, because nobody is there to look at them; a family that *is*
 * there complains of the type (`ESOCKTNOSUPPORT`) or the protocol (`EPROTONOSUPPORT`) instead.
 * Many rare families live in the machine's first network only, and say `EAFNOSUPPORT` in any
 * other, such as a container's.
 *
 * So a program finds out by trying, and by nothing else. The case tries each family with what
 * its documentation makes a socket with: the result is that kind of socket, or the refusal
 * of the whole family, and nothing in between.
 *
 * Try it: `python3 -c "import socket; socket.socket(socket.AF_X25, socket.SOCK_SEQPACKET)"`,
 * and `ls /lib/modules/$(uname -r)/kernel/net`.
 */
CASE(a_family_is_there_or_not,
     .claim = "socket() makes a socket of the family asked for, or fails with EAFNOSUPPORT for "
	      "every type of it",
     .level = LINUX, .spec = "socket(2) EAFNOSUPPORT; address_families(7)",
     .tags = "socket family errno", .VARIANTS(kinds))
{
	const struct family_kind *row = VARIANT(struct family_kind);
	int fd = socket(row->family, row->type, row->protocol);
	int error = fd < 0 ? errno : 0;

	OBSERVE("this kernel", "%s", fd >= 0 ? "has it" : "refuses it");
	if (error == EAFNOSUPPORT) {
		expect_refused(row->family, row->protocol);
	} else if (error != 0 && error == row->needs_more) {
		/* It is there, but for a capability in the first user namespace, or without its
		 * protocol's own module. */
		OBSERVE("refused with", "%s", error == EPERM ? "EPERM" : "EPROTONOSUPPORT");
	} else {
		EXPECT_ERRNO(error, 0);
		REQUIRE_TRUE(fd >= 0);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), row->family);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), row->type);
		EXPECT_ERR(socket(row->family, NO_TYPE, row->protocol), EINVAL);
	}
}

struct never_row {
	struct variant variant;
	int family;
};

static const struct never_row never[] = {
	{{"AF_UNSPEC", NULL}, AF_UNSPEC},     /* no family: in addresses, "none" or "any" */
	{{"AF_BRIDGE", NULL}, AF_BRIDGE},     /* of netlink messages about bridges */
	{{"AF_IB", NULL}, AF_IB},	      /* of addresses, for InfiniBand's connections */
	{{"AF_MPLS", NULL}, AF_MPLS},	      /* of routes; labels have no sockets */
	{{"AF_NETBEUI", NULL}, AF_NETBEUI},   /* reserved for a project that stayed outside */
	{{"AF_SECURITY", NULL}, AF_SECURITY}, /* reserved for callbacks, never used */
	{{"AF_ASH", NULL}, AF_ASH},	      /* reserved for Ash, never merged */
	{{"AF_SNA", NULL}, AF_SNA},	      /* Linux-SNA, never merged */
};

/*
 * Some numbers were given out and no family came; some are not for sockets at all.
 *
 * The same list of numbers serves addresses, routes and netlink messages. `AF_MPLS` is the
 * family of a route whose destination is a label, `AF_BRIDGE` that of a netlink message about
 * a bridge; no packet of theirs ever reaches a socket of their own. Other numbers were
 * reserved in the 1990s for work that was never merged: Ash, SNA, NetBEUI. Numbers are
 * cheap and never given to somebody else, so that an old program meets a clear refusal, not
 * a strange family.
 */
CASE(a_number_without_sockets,
     .claim = "socket() fails with EAFNOSUPPORT for the family numbers that Linux never had "
	      "sockets for",
     .level = ABI, .spec = "linux/include/linux/socket.h; no sock_register() of these in linux/net",
     .tags = "socket family errno history", .VARIANTS(never))
{
	expect_refused(VARIANT(struct never_row)->family, 0);
}

struct gone_row {
	struct variant variant;
	int family;
	const char *out_since; /* the first Linux without it */
	const char *was;
};

static const struct gone_row gone[] = {
	{{"AF_WANPIPE", NULL}, AF_WANPIPE, "2.6.21", "cards of Sangoma for leased lines"},
	{{"AF_ECONET", NULL}, AF_ECONET, "3.5", "Acorn's network of schools"},
	{{"AF_IRDA", NULL}, AF_IRDA, "4.17", "infrared; in drivers/staging since 4.14"},
	{{"AF_IPX", NULL}, AF_IPX, "4.18", "Novell NetWare; in drivers/staging since 4.16"},
};

/*
 * Networks die, and their families with them; their numbers stay.
 *
 * Novell's IPX was in every office before the Internet Protocol was; infrared ports in every
 * telephone before Bluetooth. When nobody maintains a family any longer it is only a way to
 * attack the kernel, so it goes: first to the staging tree, then out (IrDA with Linux 4.17,
 * IPX with 4.18, both of 2018; Econet with 3.5; DECnet, in another case of this file because
 * kernels before 6.1 may still have it). The constant remains in the headers, and so programs
 * that mention it still compile. They get `EAFNOSUPPORT`, as on a kernel that was only
 * configured without: a program need not know which.
 *
 * It goes on: a kernel of 7.2 knows AppleTalk, amateur radio and CAIF no longer, which one of 6.12
 * has. Those are in the first case of this file, with everything that a kernel may lack.
 *
 * Try it: `git -C linux log --oneline --diff-filter=D -- net/ipx drivers/staging/ipx`.
 */
CASE(a_family_that_was_removed,
     .claim = "socket() fails with EAFNOSUPPORT for the families that Linux 4.19 no longer had, "
	      "whatever their type and protocol, as socket(AF_UNIX) succeeds",
     .level = LINUX, .spec = "address_families(7); linux/drivers/staging history, 4.17 and 4.18",
     .tags = "socket family errno history", .VARIANTS(gone))
{
	const struct gone_row *row = VARIANT(struct gone_row);

	OBSERVE("was", "%s", row->was);
	OBSERVE("out of Linux since", "%s", row->out_since);
	expect_refused(row->family, 0);
}
