/* SPDX-License-Identifier: MIT */
/* What ioctl() of a Bluetooth socket is given, and what it fills in. */
#include "harness/calls/show_ioctl.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/names/bluetooth.h"

#include <stdint.h>
#include <string.h>

enum { MOST = 8, ADDRESS = 6 };

/* include/net/bluetooth/hci_sock.h and rfcomm.h. */
struct device_request {
	uint16_t id;
	uint32_t value;
};

struct device_info {
	uint16_t id;
	char name[8];
	uint8_t address[ADDRESS];
	uint32_t flags;
};

struct connection {
	uint16_t handle;
	uint8_t address[ADDRESS], type, out;
	uint16_t state;
	uint32_t link_mode;
};

struct terminal {
	int16_t id;
	uint32_t flags;
	uint16_t state;
	uint8_t from[ADDRESS], to[ADDRESS], channel;
};

/* Stored with its last byte first. */
static void show_device(struct text *t, const uint8_t *address)
{
	uint8_t turned[ADDRESS];

	for (int i = 0; i < ADDRESS; i++)
		turned[i] = address[ADDRESS - 1 - i];
	show_hardware(t, turned, sizeof(turned));
}

static void show_connection(struct text *t, const struct connection *c)
{
	text_string(t, "{handle=");
	text_unsigned(t, c->handle);
	text_string(t, ", ");
	show_device(t, c->address);
	text_string(t, ", type=");
	text_unsigned(t, c->type);
	text_string(t, ", out=");
	text_unsigned(t, c->out);
	text_string(t, ", state=");
	text_name(t, names_of(&names_bt_states, c->state), c->state);
	text_char(t, '}');
}

static void show_terminal(struct text *t, const struct terminal *r)
{
	text_string(t, "{id=");
	text_int(t, r->id);
	text_string(t, ", state=");
	text_name(t, names_of(&names_bt_states, r->state), r->state);
	text_string(t, ", ");
	show_device(t, r->from);
	text_string(t, ", ");
	show_device(t, r->to);
	text_string(t, ", channel=");
	text_unsigned(t, r->channel);
	text_char(t, '}');
}

/* A count, and entries of `size` bytes from `offset` on. */
static bool show_list(struct text *t, const void *pointer, size_t count_at, size_t offset,
		      size_t size, void (*show)(struct text *t, const void *entry), bool filled)
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
		show(t, entry);
	}
	text_string(t, filled ? "]}" : "}");
	return true;
}

static void list_device(struct text *t, const void *entry)
{
	const struct device_request *r = entry;

	text_string(t, "{dev_id=");
	text_unsigned(t, r->id);
	text_string(t, ", dev_opt=");
	text_hex(t, r->value);
	text_char(t, '}');
}

static void list_connection(struct text *t, const void *entry)
{
	show_connection(t, entry);
}

static void list_terminal(struct text *t, const void *entry)
{
	show_terminal(t, entry);
}

static bool show_info(struct text *t, const void *pointer, bool filled)
{
	struct device_info info;

	if (!memory_read(&info, pointer, sizeof(info)))
		return false;
	text_string(t, "{dev_id=");
	text_unsigned(t, info.id);
	if (filled) {
		text_string(t, ", name=\"");
		text_escaped(t, info.name, strnlen(info.name, sizeof(info.name)));
		text_string(t, "\", ");
		show_device(t, info.address);
		text_string(t, ", flags=");
		text_hex(t, info.flags);
	}
	text_char(t, '}');
	return true;
}

static bool show_connection_of(struct text *t, const void *pointer, bool filled)
{
	struct {
		uint8_t address[ADDRESS], type;
		struct connection connection;
	} request;

	if (!memory_read(&request, pointer, sizeof(request)))
		return false;
	if (filled) {
		show_connection(t, &request.connection);
		return true;
	}
	text_char(t, '{');
	show_device(t, request.address);
	text_string(t, ", type=");
	text_unsigned(t, request.type);
	text_char(t, '}');
	return true;
}

static bool show_terminal_at(struct text *t, const void *pointer)
{
	struct terminal terminal;

	if (!memory_read(&terminal, pointer, sizeof(terminal)))
		return false;
	show_terminal(t, &terminal);
	return true;
}

bool show_ioctl_bluetooth(struct text *t, int protocol, unsigned long request, const void *argument,
			  bool filled)
{
	struct device_request one;

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
		if (!memory_read(&one, argument, sizeof(one)))
			return false;
		list_device(t, &one);
		return true;
	case HCIGETDEVLIST:
		return show_list(t, argument, 0, 4, sizeof(struct device_request), list_device,
				 filled);
	case HCIGETDEVINFO:
		return show_info(t, argument, filled);
	case HCIGETCONNLIST:
		return show_list(t, argument, 2, 4, sizeof(struct connection), list_connection,
				 filled);
	case HCIGETCONNINFO:
		return show_connection_of(t, argument, filled);
	case RFCOMMGETDEVLIST:
		return show_list(t, argument, 0, 4, sizeof(struct terminal), list_terminal, filled);
	case RFCOMMGETDEVINFO:
		return filled && show_terminal_at(t, argument);
	default:
		return false;
	}
}
