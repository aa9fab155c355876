/* SPDX-License-Identifier: MIT */
/* What ioctl() of a Bluetooth socket is given, and what it fills in. */
#include "harness/calls/show_ioctl.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_fields.h"
#include "harness/names/bluetooth.h"

#include <stdint.h>
#include <string.h>

enum { MOST = 8, ADDRESS = 6 };

/* include/net/bluetooth/hci_sock.h and rfcomm.h. */
struct device_request {
	uint16_t dev_id;
	uint32_t dev_opt;
};

struct device_info {
	uint16_t dev_id;
	char name[8];
	uint8_t bdaddr[ADDRESS];
	uint32_t flags;
};

struct connection {
	uint16_t handle;
	uint8_t bdaddr[ADDRESS], type, out;
	uint16_t state;
	uint32_t link_mode;
};

struct connection_request {
	uint8_t bdaddr[ADDRESS], type;
	struct connection conn_info;
};

struct terminal {
	int16_t id;
	uint32_t flags;
	uint16_t state;
	uint8_t src[ADDRESS], dst[ADDRESS], channel;
};

/* Stored with its last byte first. */
static bool address(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *stored = bytes;
	uint8_t turned[ADDRESS];

	for (size_t i = 0; i < length; i++)
		turned[i] = stored[length - 1 - i];
	show_hardware(t, turned, length);
	return true;
}

static SHOW_STRUCTURE(device_request, FIELD(device_request, dev_id),
		      FIELD_BITS(device_request, dev_opt));
static SHOW_STRUCTURE(device_info, FIELD(device_info, dev_id),
		      FIELD_AS(device_info, name, known_name),
		      FIELD_AS(device_info, bdaddr, address), FIELD_BITS(device_info, flags));
static SHOW_STRUCTURE(connection, FIELD(connection, handle), FIELD_AS(connection, bdaddr, address),
		      FIELD(connection, type), FIELD(connection, out),
		      FIELD_NAME(connection, state, names_bt_states));
static SHOW_STRUCTURE(connection_request, FIELD_AS(connection_request, bdaddr, address),
		      FIELD(connection_request, type));
static SHOW_STRUCTURE(terminal, FIELD_INT(terminal, id),
		      FIELD_NAME(terminal, state, names_bt_states),
		      FIELD_AS(terminal, src, address), FIELD_AS(terminal, dst, address),
		      FIELD(terminal, channel));

/* A count, and entries of `size` bytes from `offset` on. */
static bool show_list(struct text *t, const void *pointer, size_t count_at, size_t offset,
		      size_t size, show_known *show, bool filled)
{
	_Alignas(uint64_t) char entry[64];
	uint16_t count;

	if (!memory_read(&count, (const char *)pointer + count_at, sizeof(count)))
		return false;
	text_char(t, '{');
	text_unsigned(t, count);
	if (filled)
		text_string(t, ", [");
	for (size_t i = 0; filled && i < count && i < MOST; i++) {
		if (i > 0)
			text_string(t, ", ");
		if (!memory_read(entry, (const char *)pointer + offset + i * size, size))
			break;
		show(t, entry, size);
	}
	text_string(t, filled ? "]}" : "}");
	return true;
}

/* One structure of `size` bytes. */
static bool show_one(struct text *t, const void *pointer, size_t size, show_known *show)
{
	_Alignas(uint64_t) char one[64];

	return memory_read(one, pointer, size) && show(t, one, size);
}

bool show_ioctl_bluetooth(struct text *t, int protocol, unsigned long request, const void *argument,
			  bool filled)
{
	if (protocol == BTPROTO_HIDP)
		return false;
	switch (request) {
	case HCIDEVUP:
	case HCIDEVDOWN:
	case HCIDEVRESET:
	case HCIDEVRESTAT:
	case HCISETRAW: /* no pointer, but a number */
		text_int(t, (int)(intptr_t)argument);
		return true;
	case HCISETSCAN:
	case HCISETAUTH:
	case HCISETENCRYPT:
	case HCISETPTYPE:
	case HCISETLINKPOL:
	case HCISETLINKMODE:
	case HCISETACLMTU:
	case HCISETSCOMTU:
		return show_one(t, argument, sizeof(struct device_request), device_request);
	case HCIGETDEVLIST:
		return show_list(t, argument, 0, 4, sizeof(struct device_request), device_request,
				 filled);
	case HCIGETDEVINFO:
		return show_one(t, argument, filled ? sizeof(struct device_info) : sizeof(uint16_t),
				device_info);
	case HCIGETCONNLIST:
		return show_list(t, argument, 2, 4, sizeof(struct connection), connection, filled);
	case HCIGETCONNINFO:
		return filled ? show_one(t,
					 (const char *)argument +
						 offsetof(struct connection_request, conn_info),
					 sizeof(struct connection), connection)
			      : show_one(t, argument,
					 offsetof(struct connection_request, conn_info),
					 connection_request);
	case RFCOMMGETDEVLIST:
		return show_list(t, argument, 0, 4, sizeof(struct terminal), terminal, filled);
	case RFCOMMGETDEVINFO:
		return filled && show_one(t, argument, sizeof(struct terminal), terminal);
	default:
		return false;
	}
}
