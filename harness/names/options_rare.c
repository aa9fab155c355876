/* SPDX-License-Identifier: MIT */
/*
 * Families that few programs know: their protocols, options, control messages, and what
 * messages of PF_KEY hold.
 */
#include "harness/names/table.h"

#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
/* After the types that it needs. */
#include <linux/if_pppox.h>
#include <linux/caif/caif_socket.h>
#include <linux/nfc.h>
#include <linux/pfkeyv2.h>
#include <linux/rxrpc.h>
#include <sys/socket.h>

static const struct name cmsgs_rxrpc[] = {
	NAME(RXRPC_USER_CALL_ID),
	NAME(RXRPC_ABORT),
	NAME(RXRPC_ACK),
	NAME(RXRPC_NET_ERROR),
	NAME(RXRPC_BUSY),
	NAME(RXRPC_LOCAL_ERROR),
	NAME_AS(RXRPC_NEW_CALL, 8),
	NAME_AS(RXRPC_EXCLUSIVE_CALL, 10),
	NAME_AS(RXRPC_UPGRADE_SERVICE, 11),
	NAME_AS(RXRPC_TX_LENGTH, 12),
	NAME_AS(RXRPC_SET_CALL_TIMEOUT, 13),
	NAME_AS(RXRPC_CHARGE_ACCEPT, 14), /* newer than some headers */
};
NAME_TABLE(names_cmsgs_rxrpc, "option-rxrpc", cmsgs_rxrpc);

static const struct name protocols_pppox[] = {
	NAME(PX_PROTO_OE),
	NAME(PX_PROTO_OL2TP),
	NAME(PX_PROTO_PPTP),
};
NAME_TABLE(names_protocols_pppox, "protocol", protocols_pppox);

static const struct name protocols_caif[] = {
	NAME(CAIFPROTO_AT),   NAME(CAIFPROTO_DATAGRAM), NAME(CAIFPROTO_DATAGRAM_LOOP),
	NAME(CAIFPROTO_UTIL), NAME(CAIFPROTO_RFM),	NAME(CAIFPROTO_DEBUG),
};
NAME_TABLE(names_protocols_caif, "protocol", protocols_caif);

static const struct name options_caif[] = {
	NAME(CAIFSO_LINK_SELECT),
	NAME(CAIFSO_REQ_PARAM),
	NAME(CAIFSO_RSP_PARAM),
};
NAME_TABLE(names_options_caif, "option-caif", options_caif);

static const struct name caif_links[] = {
	NAME(CAIF_LINK_HIGH_BANDW),
	NAME(CAIF_LINK_LOW_LATENCY),
};
NAME_TABLE(names_caif_links, "option-caif", caif_links);

static const struct name protocols_nfc[] = {
	NAME(NFC_SOCKPROTO_RAW),
	NAME(NFC_SOCKPROTO_LLCP),
};
NAME_TABLE(names_protocols_nfc, "protocol", protocols_nfc);

static const struct name options_nfc[] = {
	NAME(NFC_LLCP_RW),	   NAME(NFC_LLCP_MIUX),	     NAME(NFC_LLCP_REMOTE_MIU),
	NAME(NFC_LLCP_REMOTE_LTO), NAME(NFC_LLCP_REMOTE_RW),
};
NAME_TABLE(names_options_nfc, "option-nfc", options_nfc);

/* Of linux/include/net/af_ieee802154.h, which no program has. */
static const struct name options_ieee802154[] = {
	NAME_AS(WPAN_WANTACK, 0),
	NAME_AS(WPAN_SECURITY, 1),
	NAME_AS(WPAN_SECURITY_LEVEL, 2),
	NAME_AS(WPAN_WANTLQI, 3),
};
NAME_TABLE(names_options_ieee802154, "option-ieee802154", options_ieee802154);

/* The number is that of IP's level. */
static const struct name levels_ieee802154[] = {
	NAME_AS(SOL_IEEE802154, 0),
};
NAME_TABLE(names_levels_ieee802154, "level", levels_ieee802154);

static const struct name wpan_security[] = {
	NAME_AS(WPAN_SECURITY_DEFAULT, 0),
	NAME_AS(WPAN_SECURITY_OFF, 1),
	NAME_AS(WPAN_SECURITY_ON, 2),
};
NAME_TABLE(names_wpan_security, "option-ieee802154", wpan_security);

static const struct name protocols_key[] = {
	NAME(PF_KEY_V2),
};
NAME_TABLE(names_protocols_key, "protocol", protocols_key);

static const struct name key_messages[] = {
	NAME(SADB_GETSPI),	 NAME(SADB_UPDATE),	  NAME(SADB_ADD),
	NAME(SADB_DELETE),	 NAME(SADB_GET),	  NAME(SADB_ACQUIRE),
	NAME(SADB_REGISTER),	 NAME(SADB_EXPIRE),	  NAME(SADB_FLUSH),
	NAME(SADB_DUMP),	 NAME(SADB_X_PROMISC),	  NAME(SADB_X_PCHANGE),
	NAME(SADB_X_SPDUPDATE),	 NAME(SADB_X_SPDADD),	  NAME(SADB_X_SPDDELETE),
	NAME(SADB_X_SPDGET),	 NAME(SADB_X_SPDACQUIRE), NAME(SADB_X_SPDDUMP),
	NAME(SADB_X_SPDFLUSH),	 NAME(SADB_X_SPDSETIDX),  NAME(SADB_X_SPDEXPIRE),
	NAME(SADB_X_SPDDELETE2), NAME(SADB_X_MIGRATE),
};
NAME_TABLE(names_key_messages, "option-pfkey", key_messages);

static const struct name key_kinds[] = {
	NAME(SADB_SATYPE_UNSPEC), NAME(SADB_SATYPE_AH),	      NAME(SADB_SATYPE_ESP),
	NAME(SADB_SATYPE_RSVP),	  NAME(SADB_SATYPE_OSPFV2),   NAME(SADB_SATYPE_RIPV2),
	NAME(SADB_SATYPE_MIP),	  NAME(SADB_X_SATYPE_IPCOMP),
};
NAME_TABLE(names_key_kinds, "option-pfkey", key_kinds);

static const struct name key_extensions[] = {
	NAME(SADB_EXT_SA),
	NAME(SADB_EXT_LIFETIME_CURRENT),
	NAME(SADB_EXT_LIFETIME_HARD),
	NAME(SADB_EXT_LIFETIME_SOFT),
	NAME(SADB_EXT_ADDRESS_SRC),
	NAME(SADB_EXT_ADDRESS_DST),
	NAME(SADB_EXT_ADDRESS_PROXY),
	NAME(SADB_EXT_KEY_AUTH),
	NAME(SADB_EXT_KEY_ENCRYPT),
	NAME(SADB_EXT_IDENTITY_SRC),
	NAME(SADB_EXT_IDENTITY_DST),
	NAME(SADB_EXT_SENSITIVITY),
	NAME(SADB_EXT_PROPOSAL),
	NAME(SADB_EXT_SUPPORTED_AUTH),
	NAME(SADB_EXT_SUPPORTED_ENCRYPT),
	NAME(SADB_EXT_SPIRANGE),
	NAME(SADB_X_EXT_POLICY),
	NAME(SADB_X_EXT_SA2),
};
NAME_TABLE(names_key_extensions, "option-pfkey", key_extensions);
