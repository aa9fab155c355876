/* SPDX-License-Identifier: MIT */
/*
 * The constants of Bluetooth sockets. The kernel does not export its
 * <net/bluetooth/bluetooth.h>, and the header of the BlueZ library is not everywhere,
 * so that their numbers are here; they are the same on all architectures.
 * Each is left alone when that header came first.
 */
#ifndef SOCKATLAS_NAMES_BLUETOOTH_H
#define SOCKATLAS_NAMES_BLUETOOTH_H

#include <sys/ioctl.h>

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

#ifndef HCI_DEV_NONE
#define HCI_DEV_NONE 0xffff
#endif
#ifndef HCI_CHANNEL_RAW
#define HCI_CHANNEL_RAW	    0
#define HCI_CHANNEL_USER    1
#define HCI_CHANNEL_MONITOR 2
#define HCI_CHANNEL_CONTROL 3
#endif
#ifndef HCI_CHANNEL_LOGGING
#define HCI_CHANNEL_LOGGING 4
#endif
#ifndef HCI_CMSG_DIR
#define HCI_CMSG_DIR	1
#define HCI_CMSG_TSTAMP 2
#endif
#ifndef HCI_COMMAND_PKT
#define HCI_COMMAND_PKT 1
#define HCI_ACLDATA_PKT 2
#define HCI_SCODATA_PKT 3
#define HCI_EVENT_PKT	4
#endif
#ifndef HCI_LM_ACCEPT
#define HCI_LM_ACCEPT 0x8000
#endif
#ifndef L2CAP_LM_MASTER
#define L2CAP_LM_MASTER	  0x01
#define L2CAP_LM_AUTH	  0x02
#define L2CAP_LM_ENCRYPT  0x04
#define L2CAP_LM_TRUSTED  0x08
#define L2CAP_LM_RELIABLE 0x10
#define L2CAP_LM_SECURE	  0x20
#endif
#ifndef L2CAP_LM_FIPS
#define L2CAP_LM_FIPS 0x40
#endif
#ifndef L2CAP_MODE_BASIC
#define L2CAP_MODE_BASIC     0
#define L2CAP_MODE_ERTM	     3
#define L2CAP_MODE_STREAMING 4
#endif
#ifndef RFCOMM_LM_MASTER
#define RFCOMM_LM_MASTER   0x01
#define RFCOMM_LM_AUTH	   0x02
#define RFCOMM_LM_ENCRYPT  0x04
#define RFCOMM_LM_TRUSTED  0x08
#define RFCOMM_LM_RELIABLE 0x10
#define RFCOMM_LM_SECURE   0x20
#endif
#ifndef RFCOMM_LM_FIPS
#define RFCOMM_LM_FIPS 0x40
#endif
#ifndef SCAN_INQUIRY
#define SCAN_DISABLED 0
#define SCAN_INQUIRY  1
#define SCAN_PAGE     2
#endif

/* Requests of ioctl(): include/net/bluetooth/hci_sock.h, rfcomm.h; bnep.h, cmtp.h, hidp.h. */
#ifndef HCIDEVUP
#define HCIDEVUP       _IOW('H', 201, int)
#define HCIDEVDOWN     _IOW('H', 202, int)
#define HCIDEVRESET    _IOW('H', 203, int)
#define HCIDEVRESTAT   _IOW('H', 204, int)
#define HCIGETDEVLIST  _IOR('H', 210, int)
#define HCIGETDEVINFO  _IOR('H', 211, int)
#define HCIGETCONNLIST _IOR('H', 212, int)
#define HCIGETCONNINFO _IOR('H', 213, int)
#define HCIGETAUTHINFO _IOR('H', 215, int)
#define HCISETRAW      _IOW('H', 220, int)
#define HCISETSCAN     _IOW('H', 221, int)
#define HCISETAUTH     _IOW('H', 222, int)
#define HCISETENCRYPT  _IOW('H', 223, int)
#define HCISETPTYPE    _IOW('H', 224, int)
#define HCISETLINKPOL  _IOW('H', 225, int)
#define HCISETLINKMODE _IOW('H', 226, int)
#define HCISETACLMTU   _IOW('H', 227, int)
#define HCISETSCOMTU   _IOW('H', 228, int)
#define HCIBLOCKADDR   _IOW('H', 230, int)
#define HCIUNBLOCKADDR _IOW('H', 231, int)
#define HCIINQUIRY     _IOR('H', 240, int)
#endif
#ifndef RFCOMMCREATEDEV
#define RFCOMMCREATEDEV	 _IOW('R', 200, int)
#define RFCOMMRELEASEDEV _IOW('R', 201, int)
#define RFCOMMGETDEVLIST _IOR('R', 210, int)
#define RFCOMMGETDEVINFO _IOR('R', 211, int)
#endif
#ifndef BNEPCONNADD
#define BNEPCONNADD	_IOW('B', 200, int)
#define BNEPCONNDEL	_IOW('B', 201, int)
#define BNEPGETCONNLIST _IOR('B', 210, int)
#define BNEPGETCONNINFO _IOR('B', 211, int)
#define BNEPGETSUPPFEAT _IOR('B', 212, int)
#endif
#ifndef CMTPCONNADD
#define CMTPCONNADD	_IOW('C', 200, int)
#define CMTPCONNDEL	_IOW('C', 201, int)
#define CMTPGETCONNLIST _IOR('C', 210, int)
#define CMTPGETCONNINFO _IOR('C', 211, int)
#endif
#ifndef HIDPCONNADD
#define HIDPCONNADD	_IOW('H', 200, int)
#define HIDPCONNDEL	_IOW('H', 201, int)
#define HIDPGETCONNLIST _IOR('H', 210, int)
#define HIDPGETCONNINFO _IOR('H', 211, int)
#endif

#endif
