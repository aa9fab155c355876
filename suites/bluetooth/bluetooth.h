/* SPDX-License-Identifier: MIT */
/*
 * Addresses, structures and requests of Bluetooth sockets. The kernel keeps them to itself, in
 * include/net/bluetooth of its source: bluetooth.h, hci_sock.h, l2cap.h, rfcomm.h, sco.h.
 * A library outside of it (BlueZ) has headers of its own, which a machine may lack.
 */
#ifndef SOCKATLAS_SUITES_BLUETOOTH_BLUETOOTH_H
#define SOCKATLAS_SUITES_BLUETOOTH_BLUETOOTH_H

#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "harness/names/bluetooth.h"

/* ---------------------------------------------------------------- addresses */

struct sockaddr_hci {
	sa_family_t hci_family;
	uint16_t hci_dev, hci_channel;
};

struct sockaddr_l2 {
	sa_family_t l2_family;
	uint16_t l2_psm; /* little-endian, as l2_cid */
	uint8_t l2_bdaddr[6];
	uint16_t l2_cid;
	uint8_t l2_bdaddr_type;
};

struct sockaddr_rc {
	sa_family_t rc_family;
	uint8_t rc_bdaddr[6];
	uint8_t rc_channel;
};

struct sockaddr_sco {
	sa_family_t sco_family;
	uint8_t sco_bdaddr[6];
};

/* ------------------------------------------------------------------- values */

struct bt_security {
	uint8_t level, key_size;
};

struct bt_power {
	uint8_t force_active;
};

struct bt_voice {
	uint16_t setting;
};

struct bt_codec {
	uint8_t id;
	uint16_t cid, vid;
	uint8_t data_path, num_caps;
} __attribute__((packed));

struct bt_codecs {
	uint8_t num_codecs;
	struct bt_codec codecs[8];
} __attribute__((packed));

struct hci_ufilter {
	uint32_t type_mask, event_mask[2];
	uint16_t opcode;
};

struct l2cap_options {
	uint16_t omtu, imtu, flush_to;
	uint8_t mode, fcs, max_tx;
	uint16_t txwin_size;
};

/* Of L2CAP_CONNINFO, SCO_CONNINFO and RFCOMM_CONNINFO. */
struct bt_conninfo {
	uint16_t hci_handle;
	uint8_t dev_class[3];
};

struct sco_options {
	uint16_t mtu;
};

/* ------------------------------------------------------------------ requests */

struct hci_dev_req {
	uint16_t dev_id;
	uint32_t dev_opt;
};

struct hci_dev_list {
	uint16_t dev_num;
	struct hci_dev_req dev_req[16];
};

struct hci_dev_info {
	uint16_t dev_id;
	char name[8];
	uint8_t bdaddr[6];
	uint32_t flags;
	uint8_t type, features[8];
	uint32_t pkt_type, link_policy, link_mode;
	uint16_t acl_mtu, acl_pkts, sco_mtu, sco_pkts;
	struct {
		uint32_t err_rx, err_tx, cmd_tx, evt_rx, acl_tx, acl_rx, sco_tx, sco_rx, byte_rx,
			byte_tx;
	} stat;
};

struct hci_conn_info {
	uint16_t handle;
	uint8_t bdaddr[6], type, out;
	uint16_t state;
	uint32_t link_mode;
};

struct hci_conn_list {
	uint16_t dev_id, conn_num;
	struct hci_conn_info conn_info[8];
};

struct hci_conn_info_req {
	uint8_t bdaddr[6], type;
	struct hci_conn_info conn_info;
};

struct hci_auth_info_req {
	uint8_t bdaddr[6], type;
};

struct hci_inquiry {
	uint16_t dev_id, flags;
	uint8_t lap[3], length, num_rsp, padding;
	struct {
		uint8_t bdaddr[6], pscan_rep_mode, pscan_period_mode, pscan_mode, dev_class[3];
		uint16_t clock_offset;
	} __attribute__((packed)) found[8];
};

struct rfcomm_dev_req {
	int16_t dev_id;
	uint32_t flags;
	uint8_t src[6], dst[6], channel;
};

struct rfcomm_dev_info {
	int16_t id;
	uint32_t flags;
	uint16_t state;
	uint8_t src[6], dst[6], channel;
};

struct rfcomm_dev_list {
	uint16_t dev_num;
	struct rfcomm_dev_info dev_info[4];
};

#endif
