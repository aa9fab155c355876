/* SPDX-License-Identifier: MIT */
/* Kinds of LLC sockets and their addresses. */
#include <linux/capability.h>
#include <unistd.h>

#include "suites/llc/llc_help.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int type, error;
};

static const struct kind_row kinds[] = {
	{{"dgram", NULL}, SOCK_DGRAM, 0},
	{{"stream", NULL}, SOCK_STREAM, 0},
	{{"raw", NULL}, SOCK_RAW, ESOCKTNOSUPPORT},
	{{"seqpacket", NULL}, SOCK_SEQPACKET, ESOCKTNOSUPPORT},
	{{"rdm", NULL}, SOCK_RDM, ESOCKTNOSUPPORT},
};

/*
 * Between Ethernet and everything else: logical link control.
 *
 * IEEE 802.2 puts a header of its own behind that of Ethernet, Token Ring and the like, with
 * a byte for the sender's program and one for the receiver's. Type 1 sends a frame and
 * forgets it (SOCK_DGRAM); type 2 makes connections, right above the hardware and without IP
 * (SOCK_STREAM).
 */
CASE(kinds_of_sockets,
     .claim = "AF_LLC has SOCK_DGRAM and SOCK_STREAM; other types fail with ESOCKTNOSUPPORT",
     .level = ABI, .spec = "linux/net/llc/af_llc.c; IEEE 802.2 (ISO/IEC 8802-2)",
     .topology = "machine", .needs = "llc", .tags = "llc socket errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);

	if (row->error == 0) {
		int fd = EXPECT_OK(socket(AF_LLC, row->type, 0));

		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_LLC);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), row->type);
		return;
	}
	EXPECT_ERR(socket(AF_LLC, row->type, 0), row->error);
	EXPECT_OK(socket(AF_LLC, SOCK_DGRAM, 0));
}

/* It speaks to the hardware, and anybody's frames may come. */
CASE(takes_privilege, .claim = "socket(AF_LLC) fails with EPERM without CAP_NET_RAW", .level = ABI,
     .spec = "linux/net/llc/af_llc.c, llc_ui_create(); capabilities(7)", .topology = "machine",
     .needs = "llc", .tags = "llc socket privilege errno")
{
	EXPECT_OK(socket(AF_LLC, SOCK_DGRAM, 0));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_LLC, SOCK_DGRAM, 0), EPERM);
}

/*
 * The hardware address chooses the interface.
 *
 * A SAP of 0 asks for a free one: 0xc0, 0xc2, ..., always even, as the lowest bit would say
 * that a group is meant.
 */
CASE(bound_to_an_interface,
     .claim = "bind() takes the hardware address of an interface and gives a free even SAP for 0",
     .level = ABI, .spec = "linux/net/llc/af_llc.c, llc_ui_bind(); IEEE 802.2, 3.3.1.1",
     .topology = "machine_link", .needs = "llc", .tags = "llc bind")
{
	const struct sockaddr_llc any = llc_address(ETH_A, 0);
	struct sockaddr_llc name = {.sllc_family = AF_UNSPEC};
	socklen_t length = sizeof(name);
	int fd = SETUP(socket(AF_LLC, SOCK_DGRAM, 0));

	EXPECT_OK(bind(fd, LLC(any)));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.sllc_family, AF_LLC);
	EXPECT_EQ(name.sllc_arphrd, ARPHRD_ETHER);
	EXPECT_MEMEQ(name.sllc_mac, any.sllc_mac, sizeof(any.sllc_mac));
	EXPECT_GE(name.sllc_sap, 0xc0);
	EXPECT_EQ(name.sllc_sap & 1, 0);
}

struct wrong_row {
	struct variant variant;
	uint8_t interface;
	sa_family_t family;
	socklen_t shorter;
	int error;
};

static const struct wrong_row wrongs[] = {
	{{"no_interface", NULL}, NO_INTERFACE, AF_LLC, 0, ENODEV},
	{{"other_family", NULL}, ETH_A, AF_INET, 0, EAFNOSUPPORT},
	{{"short", NULL}, ETH_A, AF_LLC, 1, EINVAL},
};

/* The address of nobody's hardware, of another family, or a part of one. */
CASE(wrong_addresses,
     .claim = "bind() fails with ENODEV for a hardware address of no interface, EAFNOSUPPORT for "
	      "another family, EINVAL for another length",
     .level = ABI, .spec = "linux/net/llc/af_llc.c, llc_ui_bind()", .topology = "machine_link",
     .needs = "llc", .tags = "llc bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_llc wrong = llc_address(row->interface, SAP_A);
	const struct sockaddr_llc good = llc_address(ETH_A, SAP_A);
	int fd = SETUP(socket(AF_LLC, SOCK_DGRAM, 0));

	wrong.sllc_family = row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, sizeof(wrong) - row->shorter), row->error);
	EXPECT_OK(bind(fd, LLC(good)));
	EXPECT_ERR(bind(fd, LLC(good)), EINVAL);
}

/* A SAP of an interface has one owner; the same SAP on another interface is another one. */
CASE(sap_in_use,
     .claim = "bind() to a SAP that another socket has on the interface fails with EADDRINUSE",
     .level = ABI, .spec = "linux/net/llc/af_llc.c, llc_ui_bind()", .topology = "machine_link",
     .needs = "llc", .tags = "llc bind errno")
{
	const struct sockaddr_llc taken = llc_address(ETH_A, SAP_A);
	const struct sockaddr_llc beside = llc_address(ETH_B, SAP_A);
	int owner = llc_bound(SOCK_STREAM, ETH_A, SAP_A);
	int other = SETUP(socket(AF_LLC, SOCK_STREAM, 0));

	EXPECT_ERR(bind(other, LLC(taken)), EADDRINUSE);
	EXPECT_OK(bind(other, LLC(beside)));
	SETUP(close(owner));
	EXPECT_OK(bind(SETUP(socket(AF_LLC, SOCK_STREAM, 0)), LLC(taken)));
}

struct option_row {
	struct variant variant;
	int option, good, bad;
};

static const struct option_row options[] = {
	{{"retry", NULL}, LLC_OPT_RETRY, LLC_OPT_MAX_RETRY, LLC_OPT_MAX_RETRY + 1},
	{{"size", NULL}, LLC_OPT_SIZE, LLC_OPT_MAX_SIZE, LLC_OPT_MAX_SIZE + 1},
	{{"ack_timer", NULL},
	 LLC_OPT_ACK_TMR_EXP,
	 LLC_OPT_MAX_ACK_TMR_EXP,
	 LLC_OPT_MAX_ACK_TMR_EXP + 1},
	{{"poll_timer", NULL}, LLC_OPT_P_TMR_EXP, LLC_OPT_MAX_P_TMR_EXP, LLC_OPT_MAX_P_TMR_EXP + 1},
	{{"reject_timer", NULL},
	 LLC_OPT_REJ_TMR_EXP,
	 LLC_OPT_MAX_REJ_TMR_EXP,
	 LLC_OPT_MAX_REJ_TMR_EXP + 1},
	{{"busy_timer", NULL},
	 LLC_OPT_BUSY_TMR_EXP,
	 LLC_OPT_MAX_BUSY_TMR_EXP,
	 LLC_OPT_MAX_BUSY_TMR_EXP + 1},
	{{"transmit_window", NULL}, LLC_OPT_TX_WIN, LLC_OPT_MAX_WIN, LLC_OPT_MAX_WIN + 1},
	{{"receive_window", NULL}, LLC_OPT_RX_WIN, LLC_OPT_MAX_WIN, LLC_OPT_MAX_WIN + 1},
};

/*
 * Numbers of the standard, with its limits.
 *
 * Windows count frames, modulo 128, timers seconds. What two of them do is shown in
 * connections; here, that each is bounded.
 */
CASE(limits_of_options,
     .claim = "an option of SOL_LLC is kept up to its limit; above it setsockopt() fails with "
	      "EINVAL and leaves it",
     .level = ABI, .spec = "<linux/llc.h>; linux/net/llc/af_llc.c, llc_ui_setsockopt()",
     .topology = "machine", .needs = "llc", .tags = "llc options errno", .VARIANTS(options))
{
	const struct option_row *row = VARIANT(struct option_row);
	int fd = SETUP(socket(AF_LLC, SOCK_STREAM, 0)), value = 0;
	socklen_t length = sizeof(value);

	EXPECT_OK(set_int(fd, SOL_LLC, row->option, row->good));
	EXPECT_ERR(set_int(fd, SOL_LLC, row->option, row->bad), EINVAL);
	EXPECT_OK(getsockopt(fd, SOL_LLC, row->option, &value, &length));
	EXPECT_EQ(length, sizeof(value));
	EXPECT_EQ(value, row->good);
	EXPECT_ERR(setsockopt(fd, SOL_LLC, row->option, &value, 1), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_LLC, LLC_OPT_MAX, 1), ENOPROTOOPT);
}
