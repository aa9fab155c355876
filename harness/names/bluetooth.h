/* SPDX-License-Identifier: MIT */
/*
 * The constants of Bluetooth sockets. The kernel does not export its
 * <net/bluetooth/bluetooth.h>, and the header of the BlueZ library is not everywhere,
 * so that their numbers are here; they are the same on all architectures.
 * Each is left alone when that header came first.
 */
#ifndef SOCKATLAS_NAMES_BLUETOOTH_H
#define SOCKATLAS_NAMES_BLUETOOTH_H

#ifndef SOL_HCI
#define SOL_HCI 0
#endif
#ifndef SOL_L2CAP
#define SOL_L2CAP 6
#endif
#ifndef SOL_SCO
#define SOL_SCO 17
#endif
#ifndef SOL_RFCOMM
#define SOL_RFCOMM 18
#endif
#ifndef BTPROTO_L2CAP
#define BTPROTO_L2CAP 0
#endif
#ifndef BTPROTO_HCI
#define BTPROTO_HCI 1
#endif
#ifndef BTPROTO_SCO
#define BTPROTO_SCO 2
#endif
#ifndef BTPROTO_RFCOMM
#define BTPROTO_RFCOMM 3
#endif
#ifndef BTPROTO_BNEP
#define BTPROTO_BNEP 4
#endif
#ifndef BTPROTO_CMTP
#define BTPROTO_CMTP 5
#endif
#ifndef BTPROTO_HIDP
#define BTPROTO_HIDP 6
#endif
#ifndef BTPROTO_AVDTP
#define BTPROTO_AVDTP 7
#endif
#ifndef BTPROTO_ISO
#define BTPROTO_ISO 8
#endif
#ifndef BDADDR_BREDR
#define BDADDR_BREDR 0
#endif
#ifndef BDADDR_LE_PUBLIC
#define BDADDR_LE_PUBLIC 1
#endif
#ifndef BDADDR_LE_RANDOM
#define BDADDR_LE_RANDOM 2
#endif
#ifndef BT_BOUND
#define BT_BOUND 3
#endif
#ifndef BT_CHANNEL_POLICY
#define BT_CHANNEL_POLICY 10
#endif
#ifndef BT_CHANNEL_POLICY_AMP_PREFERRED
#define BT_CHANNEL_POLICY_AMP_PREFERRED 2
#endif
#ifndef BT_CHANNEL_POLICY_BREDR_ONLY
#define BT_CHANNEL_POLICY_BREDR_ONLY 0
#endif
#ifndef BT_CHANNEL_POLICY_BREDR_PREFERRED
#define BT_CHANNEL_POLICY_BREDR_PREFERRED 1
#endif
#ifndef BT_CLOSED
#define BT_CLOSED 9
#endif
#ifndef BT_CODEC
#define BT_CODEC 19
#endif
#ifndef BT_CONFIG
#define BT_CONFIG 7
#endif
#ifndef BT_CONNECT
#define BT_CONNECT 5
#endif
#ifndef BT_CONNECT2
#define BT_CONNECT2 6
#endif
#ifndef BT_CONNECTED
#define BT_CONNECTED 1
#endif
#ifndef BT_DEFER_SETUP
#define BT_DEFER_SETUP 7
#endif
#ifndef BT_DISCONN
#define BT_DISCONN 8
#endif
#ifndef BT_FLUSHABLE
#define BT_FLUSHABLE 8
#endif
#ifndef BT_FLUSHABLE_OFF
#define BT_FLUSHABLE_OFF 0
#endif
#ifndef BT_FLUSHABLE_ON
#define BT_FLUSHABLE_ON 1
#endif
#ifndef BT_ISO_BASE
#define BT_ISO_BASE 20
#endif
#ifndef BT_ISO_QOS
#define BT_ISO_QOS 17
#endif
#ifndef BT_ISO_QOS_CIG_UNSET
#define BT_ISO_QOS_CIG_UNSET 255
#endif
#ifndef BT_ISO_QOS_CIS_UNSET
#define BT_ISO_QOS_CIS_UNSET 255
#endif
#ifndef BT_LISTEN
#define BT_LISTEN 4
#endif
#ifndef BT_MODE
#define BT_MODE 15
#endif
#ifndef BT_MODE_BASIC
#define BT_MODE_BASIC 0
#endif
#ifndef BT_MODE_ERTM
#define BT_MODE_ERTM 1
#endif
#ifndef BT_MODE_EXT_FLOWCTL
#define BT_MODE_EXT_FLOWCTL 4
#endif
#ifndef BT_MODE_LE_FLOWCTL
#define BT_MODE_LE_FLOWCTL 3
#endif
#ifndef BT_MODE_STREAMING
#define BT_MODE_STREAMING 2
#endif
#ifndef BT_OPEN
#define BT_OPEN 2
#endif
#ifndef BT_PHY
#define BT_PHY 14
#endif
#ifndef BT_PHY_BR_1M_1SLOT
#define BT_PHY_BR_1M_1SLOT 1
#endif
#ifndef BT_PHY_BR_1M_3SLOT
#define BT_PHY_BR_1M_3SLOT 2
#endif
#ifndef BT_PHY_BR_1M_5SLOT
#define BT_PHY_BR_1M_5SLOT 4
#endif
#ifndef BT_PHY_EDR_2M_1SLOT
#define BT_PHY_EDR_2M_1SLOT 8
#endif
#ifndef BT_PHY_EDR_2M_3SLOT
#define BT_PHY_EDR_2M_3SLOT 16
#endif
#ifndef BT_PHY_EDR_2M_5SLOT
#define BT_PHY_EDR_2M_5SLOT 32
#endif
#ifndef BT_PHY_EDR_3M_1SLOT
#define BT_PHY_EDR_3M_1SLOT 64
#endif
#ifndef BT_PHY_EDR_3M_3SLOT
#define BT_PHY_EDR_3M_3SLOT 128
#endif
#ifndef BT_PHY_EDR_3M_5SLOT
#define BT_PHY_EDR_3M_5SLOT 256
#endif
#ifndef BT_PHY_LE_1M_RX
#define BT_PHY_LE_1M_RX 1024
#endif
#ifndef BT_PHY_LE_1M_TX
#define BT_PHY_LE_1M_TX 512
#endif
#ifndef BT_PHY_LE_2M_RX
#define BT_PHY_LE_2M_RX 4096
#endif
#ifndef BT_PHY_LE_2M_TX
#define BT_PHY_LE_2M_TX 2048
#endif
#ifndef BT_PHY_LE_CODED_RX
#define BT_PHY_LE_CODED_RX 16384
#endif
#ifndef BT_PHY_LE_CODED_TX
#define BT_PHY_LE_CODED_TX 8192
#endif
#ifndef BT_PKT_STATUS
#define BT_PKT_STATUS 16
#endif
#ifndef BT_POWER
#define BT_POWER 9
#endif
#ifndef BT_POWER_FORCE_ACTIVE_OFF
#define BT_POWER_FORCE_ACTIVE_OFF 0
#endif
#ifndef BT_POWER_FORCE_ACTIVE_ON
#define BT_POWER_FORCE_ACTIVE_ON 1
#endif
#ifndef BT_RCVMTU
#define BT_RCVMTU 13
#endif
#ifndef BT_SCM_PKT_STATUS
#define BT_SCM_PKT_STATUS 3
#endif
#ifndef BT_SECURITY
#define BT_SECURITY 4
#endif
#ifndef BT_SECURITY_FIPS
#define BT_SECURITY_FIPS 4
#endif
#ifndef BT_SECURITY_HIGH
#define BT_SECURITY_HIGH 3
#endif
#ifndef BT_SECURITY_LOW
#define BT_SECURITY_LOW 1
#endif
#ifndef BT_SECURITY_MEDIUM
#define BT_SECURITY_MEDIUM 2
#endif
#ifndef BT_SECURITY_SDP
#define BT_SECURITY_SDP 0
#endif
#ifndef BT_SNDMTU
#define BT_SNDMTU 12
#endif
#ifndef BT_VOICE
#define BT_VOICE 11
#endif
#ifndef BT_VOICE_CVSD_16BIT
#define BT_VOICE_CVSD_16BIT 96
#endif
#ifndef BT_VOICE_TRANSPARENT
#define BT_VOICE_TRANSPARENT 3
#endif
#ifndef HCI_DATA_DIR
#define HCI_DATA_DIR 1
#endif
#ifndef HCI_FILTER
#define HCI_FILTER 2
#endif
#ifndef HCI_TIME_STAMP
#define HCI_TIME_STAMP 3
#endif
#ifndef L2CAP_LM
#define L2CAP_LM 3
#endif
#ifndef L2CAP_OPTIONS
#define L2CAP_OPTIONS 1
#endif
#ifndef RFCOMM_LM
#define RFCOMM_LM 3
#endif
#ifndef SCO_OPTIONS
#define SCO_OPTIONS 1
#endif
#ifndef SCO_CONNINFO
#define SCO_CONNINFO 2
#endif
#ifndef L2CAP_CONNINFO
#define L2CAP_CONNINFO 2
#endif
#ifndef RFCOMM_CONNINFO
#define RFCOMM_CONNINFO 2
#endif

#endif
