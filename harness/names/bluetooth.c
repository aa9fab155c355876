/* SPDX-License-Identifier: MIT */
/*
 * Protocols, levels, options and values of Bluetooth sockets.
 */
#include "harness/names/table.h"

#include "harness/names/bluetooth.h"

static const struct name protocols_bluetooth_list[] = {
	NAME(BTPROTO_L2CAP),  NAME(BTPROTO_HCI),   NAME(BTPROTO_SCO),
	NAME(BTPROTO_RFCOMM), NAME(BTPROTO_BNEP),  NAME(BTPROTO_CMTP),
	NAME(BTPROTO_HIDP),   NAME(BTPROTO_AVDTP), NAME(BTPROTO_ISO),
};
NAME_TABLE(names_protocols_bluetooth, "protocol", protocols_bluetooth_list);

static const struct name levels_bluetooth_list[] = {
	NAME(SOL_HCI),
	NAME(SOL_L2CAP),
	NAME(SOL_SCO),
	NAME(SOL_RFCOMM),
};
NAME_TABLE(names_levels_bluetooth, "level", levels_bluetooth_list);

static const struct name options_bluetooth_list[] = {
	NAME(BT_SECURITY), NAME(BT_DEFER_SETUP),    NAME(BT_FLUSHABLE),
	NAME(BT_POWER),	   NAME(BT_CHANNEL_POLICY), NAME(BT_VOICE),
	NAME(BT_SNDMTU),   NAME(BT_RCVMTU),	    NAME(BT_PHY),
	NAME(BT_MODE),	   NAME(BT_PKT_STATUS),	    NAME(BT_ISO_QOS),
	NAME(BT_CODEC),	   NAME(BT_ISO_BASE),
};
NAME_TABLE(names_options_bluetooth, "option-bluetooth", options_bluetooth_list);

static const struct name cmsgs_bluetooth_list[] = {
	NAME(BT_SCM_PKT_STATUS),
};
NAME_TABLE(names_cmsgs_bluetooth, "option-bluetooth", cmsgs_bluetooth_list);

static const struct name options_hci_list[] = {
	NAME(HCI_DATA_DIR),
	NAME(HCI_FILTER),
	NAME(HCI_TIME_STAMP),
};
NAME_TABLE(names_options_hci, "option-bluetooth", options_hci_list);

static const struct name options_l2cap_list[] = {
	NAME(L2CAP_OPTIONS),
	NAME(L2CAP_CONNINFO),
	NAME(L2CAP_LM),
};
NAME_TABLE(names_options_l2cap, "option-bluetooth", options_l2cap_list);

static const struct name options_sco_list[] = {
	NAME(SCO_OPTIONS),
	NAME(SCO_CONNINFO),
};
NAME_TABLE(names_options_sco, "option-bluetooth", options_sco_list);

static const struct name options_rfcomm_list[] = {
	NAME(RFCOMM_CONNINFO),
	NAME(RFCOMM_LM),
};
NAME_TABLE(names_options_rfcomm, "option-bluetooth", options_rfcomm_list);

static const struct name bt_security_list[] = {
	NAME(BT_SECURITY_SDP),	NAME(BT_SECURITY_LOW),	NAME(BT_SECURITY_MEDIUM),
	NAME(BT_SECURITY_HIGH), NAME(BT_SECURITY_FIPS),
};
NAME_TABLE(names_bt_security, "option-bluetooth", bt_security_list);

static const struct name bt_channel_policy_list[] = {
	NAME(BT_CHANNEL_POLICY_BREDR_ONLY),
	NAME(BT_CHANNEL_POLICY_BREDR_PREFERRED),
	NAME(BT_CHANNEL_POLICY_AMP_PREFERRED),
};
NAME_TABLE(names_bt_channel_policy, "option-bluetooth", bt_channel_policy_list);

static const struct name bt_mode_list[] = {
	NAME(BT_MODE_BASIC),	  NAME(BT_MODE_ERTM),	     NAME(BT_MODE_STREAMING),
	NAME(BT_MODE_LE_FLOWCTL), NAME(BT_MODE_EXT_FLOWCTL),
};
NAME_TABLE(names_bt_mode, "option-bluetooth", bt_mode_list);

static const struct name bt_phy_list[] = {
	NAME(BT_PHY_BR_1M_1SLOT),  NAME(BT_PHY_BR_1M_3SLOT),  NAME(BT_PHY_BR_1M_5SLOT),
	NAME(BT_PHY_EDR_2M_1SLOT), NAME(BT_PHY_EDR_2M_3SLOT), NAME(BT_PHY_EDR_2M_5SLOT),
	NAME(BT_PHY_EDR_3M_1SLOT), NAME(BT_PHY_EDR_3M_3SLOT), NAME(BT_PHY_EDR_3M_5SLOT),
	NAME(BT_PHY_LE_1M_RX),	   NAME(BT_PHY_LE_1M_TX),     NAME(BT_PHY_LE_2M_RX),
	NAME(BT_PHY_LE_2M_TX),	   NAME(BT_PHY_LE_CODED_RX),  NAME(BT_PHY_LE_CODED_TX),
};
NAME_TABLE(names_bt_phy, "option-bluetooth", bt_phy_list);

static const struct name bt_flushable_list[] = {
	NAME(BT_FLUSHABLE_OFF),
	NAME(BT_FLUSHABLE_ON),
};
NAME_TABLE(names_bt_flushable, "option-bluetooth", bt_flushable_list);

static const struct name bt_power_list[] = {
	NAME(BT_POWER_FORCE_ACTIVE_OFF),
	NAME(BT_POWER_FORCE_ACTIVE_ON),
};
NAME_TABLE(names_bt_power, "option-bluetooth", bt_power_list);

static const struct name bt_voice_list[] = {
	NAME(BT_VOICE_TRANSPARENT),
	NAME(BT_VOICE_CVSD_16BIT),
};
NAME_TABLE(names_bt_voice, "option-bluetooth", bt_voice_list);

static const struct name bt_states_list[] = {
	NAME(BT_CONNECTED), NAME(BT_OPEN),   NAME(BT_BOUND),   NAME(BT_LISTEN), NAME(BT_CONNECT),
	NAME(BT_CONNECT2),  NAME(BT_CONFIG), NAME(BT_DISCONN), NAME(BT_CLOSED),
};
NAME_TABLE(names_bt_states, "option-bluetooth", bt_states_list);

static const struct name bt_address_types_list[] = {
	NAME(BDADDR_BREDR),
	NAME(BDADDR_LE_PUBLIC),
	NAME(BDADDR_LE_RANDOM),
};
NAME_TABLE(names_bt_address_types, "option-bluetooth", bt_address_types_list);

static const struct name bt_iso_list[] = {
	NAME(BT_ISO_QOS_CIG_UNSET),
	NAME(BT_ISO_QOS_CIS_UNSET),
};
NAME_TABLE(names_bt_iso, "option-bluetooth", bt_iso_list);

/* Addresses of devices, as they are written: the byte that is stored last comes first. */
static const struct name bt_addresses_list[] = {
	NAME_AS(BDADDR_ANY, 0),
	NAME_AS(BDADDR_ALL, 0xffffffffffff),
	NAME_AS(BDADDR_LOCAL, 0xffffff000000),
};
NAME_TABLE(names_bt_addresses, "option-bluetooth", bt_addresses_list);

static const struct name cmsgs_hci_list[] = {
	NAME(HCI_CMSG_DIR),
	NAME(HCI_CMSG_TSTAMP),
};
NAME_TABLE(names_cmsgs_hci, "option-bluetooth", cmsgs_hci_list);

static const struct name hci_channels_list[] = {
	NAME(HCI_CHANNEL_RAW),	   NAME(HCI_CHANNEL_USER),    NAME(HCI_CHANNEL_MONITOR),
	NAME(HCI_CHANNEL_CONTROL), NAME(HCI_CHANNEL_LOGGING),
};
NAME_TABLE(names_hci_channels, "option-bluetooth", hci_channels_list);

static const struct name hci_devices_list[] = {
	NAME(HCI_DEV_NONE),
};
NAME_TABLE(names_hci_devices, "option-bluetooth", hci_devices_list);

/* As bits of hci_ufilter.type_mask. */
static const struct name hci_packet_bits_list[] = {
	NAME_AS(1 << HCI_COMMAND_PKT, 1 << HCI_COMMAND_PKT),
	NAME_AS(1 << HCI_ACLDATA_PKT, 1 << HCI_ACLDATA_PKT),
	NAME_AS(1 << HCI_SCODATA_PKT, 1 << HCI_SCODATA_PKT),
	NAME_AS(1 << HCI_EVENT_PKT, 1 << HCI_EVENT_PKT),
};
NAME_TABLE(names_hci_packet_bits, "option-bluetooth", hci_packet_bits_list);

static const struct name l2cap_modes_list[] = {
	NAME(L2CAP_MODE_BASIC),
	NAME(L2CAP_MODE_ERTM),
	NAME(L2CAP_MODE_STREAMING),
};
NAME_TABLE(names_l2cap_modes, "option-bluetooth", l2cap_modes_list);

/* RFCOMM_LM has the same bits. */
static const struct name bt_link_modes_list[] = {
	NAME(L2CAP_LM_MASTER),	NAME(L2CAP_LM_AUTH),	 NAME(L2CAP_LM_ENCRYPT),
	NAME(L2CAP_LM_TRUSTED), NAME(L2CAP_LM_RELIABLE), NAME(L2CAP_LM_SECURE),
	NAME(L2CAP_LM_FIPS),
};
NAME_TABLE(names_bt_link_modes, "option-bluetooth", bt_link_modes_list);

static const struct name ioctls_bluetooth_list[] = {
	NAME(HCIDEVUP),		NAME(HCIDEVDOWN),	NAME(HCIDEVRESET),
	NAME(HCIDEVRESTAT),	NAME(HCIGETDEVLIST),	NAME(HCIGETDEVINFO),
	NAME(HCIGETCONNLIST),	NAME(HCIGETCONNINFO),	NAME(HCIGETAUTHINFO),
	NAME(HCISETRAW),	NAME(HCISETSCAN),	NAME(HCISETAUTH),
	NAME(HCISETENCRYPT),	NAME(HCISETPTYPE),	NAME(HCISETLINKPOL),
	NAME(HCISETLINKMODE),	NAME(HCISETACLMTU),	NAME(HCISETSCOMTU),
	NAME(HCIBLOCKADDR),	NAME(HCIUNBLOCKADDR),	NAME(HCIINQUIRY),
	NAME(RFCOMMCREATEDEV),	NAME(RFCOMMRELEASEDEV), NAME(RFCOMMGETDEVLIST),
	NAME(RFCOMMGETDEVINFO), NAME(BNEPCONNADD),	NAME(BNEPCONNDEL),
	NAME(BNEPGETCONNLIST),	NAME(BNEPGETCONNINFO),	NAME(BNEPGETSUPPFEAT),
	NAME(CMTPCONNADD),	NAME(CMTPCONNDEL),	NAME(CMTPGETCONNLIST),
	NAME(CMTPGETCONNINFO),
};
NAME_TABLE(names_ioctls_bluetooth, "ioctl", ioctls_bluetooth_list);

/* Their numbers are those of requests of BTPROTO_HCI. */
static const struct name ioctls_hidp_list[] = {
	NAME(HIDPCONNADD),
	NAME(HIDPCONNDEL),
	NAME(HIDPGETCONNLIST),
	NAME(HIDPGETCONNINFO),
};
NAME_TABLE(names_ioctls_hidp, "ioctl", ioctls_hidp_list);

const char *names_ioctl_bluetooth(int protocol, unsigned long request)
{
	const char *name = NULL;

	if (protocol == BTPROTO_HIDP)
		name = names_of(&names_ioctls_hidp, (int64_t)request);
	return name != NULL ? name : names_of(&names_ioctls_bluetooth, (int64_t)request);
}
