/* SPDX-License-Identifier: MIT */
/* Values of Bluetooth's options: the structures of include/net/bluetooth of the kernel. */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"
#include "harness/names/bluetooth.h"

#include <stdint.h>
#include <string.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

bool known_bluetooth_security(struct text *t, const void *bytes, size_t length)
{
	struct {
		uint8_t level, key_size;
	} value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{level=");
	text_name(t, names_of(&names_bt_security, value.level), value.level);
	text_string(t, ", key_size=");
	text_unsigned(t, value.key_size);
	text_char(t, '}');
	return true;
}

bool known_bluetooth_voice(struct text *t, const void *bytes, size_t length)
{
	uint16_t value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{setting=");
	text_name(t, names_of(&names_bt_voice, value), value);
	text_char(t, '}');
	return true;
}

/* struct hci_ufilter: bits of packets' types, bits of events, an opcode. */
bool known_hci_filter(struct text *t, const void *bytes, size_t length)
{
	struct {
		uint32_t types, events[2];
		uint16_t opcode;
	} value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{type_mask=");
	show_flags(t, &names_hci_packet_bits, value.types);
	text_string(t, ", event_mask=[");
	text_hex(t, value.events[0]);
	text_string(t, ", ");
	text_hex(t, value.events[1]);
	text_string(t, "], opcode=");
	text_hex(t, value.opcode);
	text_char(t, '}');
	return true;
}

bool known_l2cap_options(struct text *t, const void *bytes, size_t length)
{
	struct {
		uint16_t omtu, imtu, flush_to;
		uint8_t mode, fcs, max_tx;
		uint16_t txwin_size;
	} value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{omtu=");
	text_unsigned(t, value.omtu);
	text_string(t, ", imtu=");
	text_unsigned(t, value.imtu);
	text_string(t, ", flush_to=");
	text_unsigned(t, value.flush_to);
	text_string(t, ", mode=");
	text_name(t, names_of(&names_l2cap_modes, value.mode), value.mode);
	text_string(t, ", fcs=");
	text_unsigned(t, value.fcs);
	text_string(t, ", max_tx=");
	text_unsigned(t, value.max_tx);
	text_string(t, ", txwin_size=");
	text_unsigned(t, value.txwin_size);
	text_char(t, '}');
	return true;
}

/* Of L2CAP_CONNINFO, SCO_CONNINFO and RFCOMM_CONNINFO. */
bool known_bluetooth_connection(struct text *t, const void *bytes, size_t length)
{
	struct {
		uint16_t handle;
		uint8_t class[3];
	} value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{hci_handle=");
	text_unsigned(t, value.handle);
	text_string(t, ", dev_class=");
	show_hardware(t, value.class, sizeof(value.class));
	text_char(t, '}');
	return true;
}

bool known_bluetooth_mtu(struct text *t, const void *bytes, size_t length)
{
	uint16_t value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "[");
	text_unsigned(t, value);
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
