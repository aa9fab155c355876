/* SPDX-License-Identifier: MIT */
/*
 * Bluetooth addresses. Each protocol has its own, and all have one family; they are
 * told apart by their lengths (<net/bluetooth/hci.h>, l2cap.h, sco.h, rfcomm.h).
 */
#include "harness/calls/show_address.h"

#include "harness/calls/show.h"

#include <string.h>

enum {
	HCI_LENGTH = 6,	    /* family, device, channel */
	SCO_LENGTH = 8,	    /* family, address */
	RFCOMM_LENGTH = 10, /* family, address, channel, padding */
	L2CAP_LENGTH = 14,  /* family, psm, address, cid, address type, padding */
	ADDRESS_BYTES = 6,
};

static uint16_t little16(const uint8_t *bytes)
{
	return (uint16_t)(bytes[0] | bytes[1] << 8);
}

/* A device address is stored with its last byte first. */
static void show_device(struct text *t, const uint8_t *bytes)
{
	uint8_t turned[ADDRESS_BYTES];
	int64_t value = 0;
	const char *name;

	for (int i = 0; i < ADDRESS_BYTES; i++) {
		turned[i] = bytes[ADDRESS_BYTES - 1 - i];
		value = value << 8 | turned[i];
	}
	name = names_of(&names_bt_addresses, value);
	if (name != NULL)
		text_string(t, name);
	else
		show_hardware(t, turned, sizeof(turned));
}

bool show_address_bluetooth(struct text *t, const void *address, size_t length)
{
	const uint8_t *bytes = address;
	uint16_t device, channel;

	switch (length) {
	case HCI_LENGTH:
		memcpy(&device, bytes + 2, sizeof(device));
		memcpy(&channel, bytes + 4, sizeof(channel));
		text_string(t, "device ");
		text_name(t, names_of(&names_hci_devices, device), device);
		text_string(t, ", channel ");
		text_name(t, names_of(&names_hci_channels, channel), channel);
		return true;
	case SCO_LENGTH:
		show_device(t, bytes + 2);
		return true;
	case RFCOMM_LENGTH:
		show_device(t, bytes + 2);
		text_string(t, ", channel ");
		text_unsigned(t, bytes[8]);
		return true;
	case L2CAP_LENGTH:
		show_device(t, bytes + 4);
		text_string(t, ", psm ");
		text_unsigned(t, little16(bytes + 2));
		text_string(t, ", cid ");
		text_unsigned(t, little16(bytes + 10));
		text_string(t, ", ");
		text_name(t, names_of(&names_bt_address_types, bytes[12]), bytes[12]);
		return true;
	default:
		return false;
	}
}
