/* SPDX-License-Identifier: MIT */
/* Values of Bluetooth's options: the structures of include/net/bluetooth of the kernel. */
#include "harness/calls/show_fields.h"

#include "harness/calls/show.h"
#include "harness/names/bluetooth.h"

#include <stdint.h>
#include <string.h>

struct security {
	uint8_t level, key_size;
};

struct voice {
	uint16_t setting;
};

/* struct hci_ufilter */
struct hci_filter {
	uint32_t type_mask, event_mask[2];
	uint16_t opcode;
};

struct l2cap_options {
	uint16_t omtu, imtu, flush_to;
	uint8_t mode, fcs, max_tx;
	uint16_t txwin_size;
};

/* Of L2CAP_CONNINFO, SCO_CONNINFO and RFCOMM_CONNINFO. */
struct connection {
	uint16_t hci_handle;
	uint8_t dev_class[3];
};

static bool event_bits(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	text_char(t, '[');
	text_hex(t, field_value(at, 4));
	text_string(t, ", ");
	text_hex(t, field_value(at + 4, length - 4));
	text_char(t, ']');
	return true;
}

static bool device_class(struct text *t, const void *bytes, size_t length)
{
	show_hardware(t, bytes, length);
	return true;
}

SHOW_STRUCTURE(known_bluetooth_security, FIELD_NAME(security, level, names_bt_security),
	       FIELD(security, key_size));
SHOW_STRUCTURE(known_bluetooth_voice, FIELD_NAME(voice, setting, names_bt_voice));
SHOW_STRUCTURE(known_hci_filter, FIELD_FLAG(hci_filter, type_mask, names_hci_packet_bits),
	       FIELD_AS(hci_filter, event_mask, event_bits), FIELD_BITS(hci_filter, opcode));
SHOW_STRUCTURE(known_l2cap_options, FIELD(l2cap_options, omtu), FIELD(l2cap_options, imtu),
	       FIELD(l2cap_options, flush_to), FIELD_NAME(l2cap_options, mode, names_l2cap_modes),
	       FIELD(l2cap_options, fcs), FIELD(l2cap_options, max_tx),
	       FIELD(l2cap_options, txwin_size));
SHOW_STRUCTURE(known_bluetooth_connection, FIELD(connection, hci_handle),
	       FIELD_AS(connection, dev_class, device_class));

bool known_bluetooth_mtu(struct text *t, const void *bytes, size_t length)
{
	if (length < sizeof(uint16_t))
		return false;
	text_char(t, '[');
	text_unsigned(t, field_value(bytes, sizeof(uint16_t)));
	text_char(t, ']');
	return true;
}

/* struct bt_iso_qos: a group and a stream come first. */
bool known_iso_qos(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *value = bytes;

	if (length < 2)
		return false;
	text_string(t, "{cig=");
	text_name(t, value[0] == BT_ISO_QOS_CIG_UNSET ? "BT_ISO_QOS_CIG_UNSET" : NULL, value[0]);
	text_string(t, ", cis=");
	text_name(t, value[1] == BT_ISO_QOS_CIS_UNSET ? "BT_ISO_QOS_CIS_UNSET" : NULL, value[1]);
	text_string(t, ", <");
	text_hex_bytes(t, value + 2, length - 2 < 30 ? length - 2 : 30);
	text_string(t, ">}");
	return true;
}
