/* SPDX-License-Identifier: MIT */
/*
 * Which table a number is looked up in: protocols by family; options and control
 * messages by family and level.
 */
#include "harness/names/names.h"

#include "harness/names/bluetooth.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/*
 * Levels that a C library may not name. They are the kernel's (include/linux/socket.h)
 * and the same on all architectures.
 */
enum {
	LEVEL_IP = 0,
	LEVEL_TCP = 6,
	LEVEL_UDP = 17,
	LEVEL_IPV6 = 41,
	LEVEL_ICMPV6 = 58,
	LEVEL_CAN_RAW = 101,
	LEVEL_CAN_ISOTP = 106,
	LEVEL_CAN_J1939 = 107,
	LEVEL_SCTP = 132,
	LEVEL_UDPLITE = 136,
	LEVEL_RAW = 255,
	LEVEL_AX25 = 257,
	LEVEL_NETROM = 259,
	LEVEL_ROSE = 260,
	LEVEL_DECNET = 261,
	LEVEL_X25 = 262,
	LEVEL_PACKET = 263,
	LEVEL_ATM = 264,
	LEVEL_AAL = 265,
	LEVEL_LLC = 268,
	LEVEL_DCCP = 269,
	LEVEL_NETLINK = 270,
	LEVEL_TIPC = 271,
	LEVEL_CAIF = 278,
	LEVEL_NFC = 280,
	LEVEL_RXRPC = 272,
	LEVEL_PPPOL2TP = 273,
	LEVEL_BLUETOOTH = 274,
	LEVEL_RDS = 276,
	LEVEL_ALG = 279,
	LEVEL_KCM = 281,
	LEVEL_TLS = 282,
	LEVEL_XDP = 283,
	LEVEL_MPTCP = 284,
	LEVEL_SMC = 286,
};

/* What a level's options and control messages are called. */
struct level {
	int number;
	const struct name_table *options;
	const struct name_table *more_options; /* looked at when `options` does not have it */
	const struct name_table *control_messages;
};

static const struct level levels[] = {
	{SOL_SOCKET, &names_options_socket, NULL, &names_cmsgs_socket},
	{LEVEL_IP, &names_options_ip, NULL, &names_cmsgs_ip},
	{LEVEL_TCP, &names_options_tcp, &names_options_tcp_historical, &names_cmsgs_tcp},
	{LEVEL_UDP, &names_options_udp, NULL, &names_cmsgs_udp},
	{LEVEL_IPV6, &names_options_ipv6, NULL, &names_cmsgs_ipv6},
	{LEVEL_ICMPV6, &names_options_icmpv6, NULL, NULL},
	{LEVEL_RAW, &names_options_raw, NULL, NULL},
	{LEVEL_CAN_RAW, &names_options_can_raw, NULL, &names_cmsgs_can_raw},
	{LEVEL_CAN_ISOTP, &names_options_can_isotp, NULL, NULL},
	{LEVEL_CAN_J1939, &names_options_can_j1939, NULL, &names_cmsgs_can_j1939},
	{LEVEL_SCTP, &names_options_sctp, NULL, &names_cmsgs_sctp},
	/* UDP-Lite takes the options of UDP under its own level too. */
	{LEVEL_UDPLITE, &names_options_udplite, &names_options_udp, NULL},
	{LEVEL_AX25, &names_options_ax25, NULL, NULL},
	{LEVEL_NETROM, &names_options_netrom, NULL, NULL},
	{LEVEL_ROSE, &names_options_rose, NULL, NULL},
	{LEVEL_DECNET, &names_options_decnet, NULL, NULL},
	{LEVEL_X25, &names_options_x25, NULL, NULL},
	{LEVEL_PACKET, &names_options_packet, NULL, &names_cmsgs_packet},
	{LEVEL_ATM, &names_options_atm, NULL, NULL},
	{LEVEL_AAL, &names_options_atm, NULL, NULL},
	{LEVEL_LLC, &names_options_llc, NULL, NULL},
	{LEVEL_DCCP, &names_options_dccp, NULL, NULL},
	{LEVEL_NETLINK, &names_options_netlink, NULL, &names_cmsgs_netlink},
	{LEVEL_TIPC, &names_options_tipc, NULL, &names_cmsgs_tipc},
	{LEVEL_RXRPC, &names_options_rxrpc, NULL, &names_cmsgs_rxrpc},
	{LEVEL_PPPOL2TP, &names_options_pppol2tp, NULL, NULL},
	{LEVEL_BLUETOOTH, &names_options_bluetooth, NULL, &names_cmsgs_bluetooth},
	{LEVEL_CAIF, &names_options_caif, NULL, NULL},
	{LEVEL_NFC, &names_options_nfc, NULL, NULL},
	{LEVEL_RDS, &names_options_rds, NULL, &names_cmsgs_rds},
	{LEVEL_ALG, &names_options_alg, NULL, &names_options_alg},
	{LEVEL_KCM, &names_options_kcm, NULL, NULL},
	{LEVEL_TLS, &names_options_tls, NULL, &names_cmsgs_tls},
	{LEVEL_XDP, &names_options_xdp, NULL, NULL},
	{LEVEL_MPTCP, &names_options_mptcp, NULL, NULL},
	{LEVEL_SMC, &names_options_smc, NULL, NULL},
	{AF_VSOCK, &names_options_vsock, NULL, NULL},
};

/* Levels whose numbers Bluetooth shares with IP protocols. */
static const struct level bluetooth_levels[] = {
	{SOL_HCI, &names_options_hci, NULL, &names_cmsgs_hci},
	{SOL_L2CAP, &names_options_l2cap, NULL, NULL},
	{SOL_SCO, &names_options_sco, NULL, NULL},
	{SOL_RFCOMM, &names_options_rfcomm, NULL, NULL},
};

/* The level of IEEE 802.15.4 has the number of IP's. */
static const struct level ieee802154_level = {0, &names_options_ieee802154, NULL,
					      &names_options_ieee802154};

static const struct level *find_level(int family, int number)
{
	if (family == AF_IEEE802154 && number == ieee802154_level.number)
		return &ieee802154_level;
	if (family == AF_BLUETOOTH) {
		for (size_t i = 0; i < sizeof(bluetooth_levels) / sizeof(bluetooth_levels[0]);
		     i++) {
			if (bluetooth_levels[i].number == number)
				return &bluetooth_levels[i];
		}
	}
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (levels[i].number == number)
			return &levels[i];
	}
	return NULL;
}

const char *names_protocol(int family, int protocol)
{
	switch (family) {
	case AF_INET:
	case AF_INET6:
		return names_of(&names_protocols_inet, protocol);
	case AF_NETLINK:
		return names_of(&names_protocols_netlink, protocol);
	case AF_CAN:
		return names_of(&names_protocols_can, protocol);
	case AF_BLUETOOTH:
		return names_of(&names_protocols_bluetooth, protocol);
	case AF_PACKET:
		return names_of(&names_protocols_ethernet, protocol);
	case AF_PPPOX:
		return names_of(&names_protocols_pppox, protocol);
	case AF_CAIF:
		return names_of(&names_protocols_caif, protocol);
	case AF_NFC:
		return names_of(&names_protocols_nfc, protocol);
	case AF_ATMPVC:
	case AF_ATMSVC:
		return names_of(&names_protocols_atm, protocol);
	case AF_DECnet:
		return names_of(&names_protocols_decnet, protocol);
	case AF_KEY:
		return names_of(&names_protocols_key, protocol);
	/* The family that carries it. */
	case AF_RXRPC:
		return names_of(&names_families, protocol);
	default:
		return NULL;
	}
}

const char *names_level(int family, int level)
{
	const char *name = NULL;

	if (family == AF_BLUETOOTH)
		name = names_of(&names_levels_bluetooth, level);
	else if (family == AF_IEEE802154)
		name = names_of(&names_levels_ieee802154, level);
	if (name == NULL)
		name = names_of(&names_levels, level);
	/* The options of AF_VSOCK stand under the number of the family. */
	if (name == NULL && level == AF_VSOCK)
		name = "AF_VSOCK";
	if (name == NULL && level >= 0 && level < 256)
		name = names_of(&names_protocols_inet, level);
	return name;
}

const char *names_option(int family, int level, int option, bool reading)
{
	const struct level *found = find_level(family, level);
	const char *name = NULL;

	if (found == NULL)
		return NULL;
	if (reading && level == SOL_SOCKET)
		name = names_of(&names_options_socket_read, option);
	if (name == NULL)
		name = names_of(found->options, option);
	if (name == NULL && found->more_options != NULL)
		name = names_of(found->more_options, option);
	return name;
}

const char *names_control_message(int family, int level, int type)
{
	const struct level *found = find_level(family, level);

	if (found == NULL || found->control_messages == NULL)
		return NULL;
	return names_of(found->control_messages, type);
}
