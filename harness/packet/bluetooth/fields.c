/* SPDX-License-Identifier: MIT */
/* Showing the fields that the tables of Bluetooth describe. */
#include "harness/packet/bluetooth/internal.h"

const char *const packet_bluetooth_roles[] = {"central", "peripheral", NULL};
const char *const packet_bluetooth_address_types[] = {"public", "random", "public identity",
						      "random identity", NULL};
const char *const packet_bluetooth_switch[] = {"disabled", "enabled", NULL};

uint32_t packet_bluetooth_size(const struct bluetooth_field *fields, bool *open)
{
	uint32_t size = 0;

	*open = false;
	for (; fields->name != NULL; fields++) {
		size += fields->size;
		*open |= fields->size == 0;
	}
	return size;
}

static uint64_t little_endian(const uint8_t *b, unsigned int size)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < size && i < 8; i++)
		value |= (uint64_t)b[i] << 8 * i;
	return value;
}

static const char *name_in(const char *const *names, uint64_t value)
{
	for (uint64_t i = 0; names[i] != NULL; i++) {
		if (i == value)
			return names[i];
	}
	return NULL;
}

/* Microseconds as "22.5 ms" or "1.28 s". */
static void put_time(struct packet_out *out, uint64_t microseconds)
{
	uint64_t unit = microseconds >= 1000000 ? 1000000 : 1000, rest = microseconds % unit;

	packet_put_number(out, microseconds / unit);
	if (rest > 0)
		packet_put_char(out, '.');
	while (rest > 0) {
		uint64_t digit = 10 * rest / unit;

		packet_put_number(out, digit);
		rest = 10 * rest - digit * unit;
	}
	packet_put(out, unit == 1000 ? " ms" : " s");
}

static void show_time(struct packet_view *v, const struct bluetooth_field *f, uint32_t at,
		      uint64_t value, uint32_t unit)
{
	struct packet_out *out = packet_value(v);

	packet_put_number(out, value);
	packet_put(out, " (");
	put_time(out, value * unit);
	packet_put_char(out, ')');
	v->field.has_number = true;
	v->field.number = value;
	packet_show(v, f->name, at, f->size);
}

/* A signed number of one byte: signal levels are no others. */
static void show_signed(struct packet_view *v, const struct bluetooth_field *f, uint32_t at,
			uint64_t value)
{
	struct packet_out *out = packet_value(v);

	if (value >= 0x80)
		packet_put_char(out, '-');
	packet_put_number(out, value >= 0x80 ? 0x100 - value : value);
	packet_show(v, f->name, at, f->size);
}

void packet_show_bd_addr(struct packet_view *v, const char *name, uint32_t offset)
{
	uint8_t address[6];

	v->shown = false;
	if (offset > v->limit || v->limit - offset < 6)
		return;
	packet_bd_addr(address, v->p->bytes + offset);
	packet_put_mac(packet_value(v), address);
	packet_show(v, name, offset, 6);
}

void packet_put_bluetooth_text(struct packet_out *out, const uint8_t *bytes, uint32_t length)
{
	for (uint32_t i = 0; i < length && bytes[i] != 0; i++) {
		uint8_t c = bytes[i];

		packet_put_char(out, (char)(c >= 0x20 && c < 0x7f ? c : '.'));
	}
}

void packet_show_bluetooth_text(struct packet_view *v, const char *name, uint32_t offset,
				uint32_t length)
{
	v->shown = false;
	if (length == 0 || offset > v->limit || length > v->limit - offset)
		return;
	packet_put_bluetooth_text(packet_value(v), v->p->bytes + offset, length);
	packet_show(v, name, offset, length);
}

static void show_value(struct packet_view *v, const struct bluetooth_field *f, uint32_t at)
{
	uint64_t value = little_endian(v->p->bytes + at, f->size);

	switch (f->how) {
	case BLUETOOTH_HEX:
		packet_show_hex(v, f->name, at, f->size, value, NULL);
		break;
	case BLUETOOTH_NAMED:
		packet_show_number(v, f->name, at, f->size, value, name_in(f->names, value));
		break;
	case BLUETOOTH_SIGNED:
		show_signed(v, f, at, value);
		break;
	case BLUETOOTH_STATUS:
		packet_show_hex(v, f->name, at, f->size, value,
				packet_name_bluetooth_error((uint8_t)value));
		break;
	case BLUETOOTH_PENDING:
		packet_show_hex(v, f->name, at, f->size, value,
				value == 0 ? "pending"
					   : packet_name_bluetooth_error((uint8_t)value));
		break;
	case BLUETOOTH_OPCODE:
		packet_show_hex(v, f->name, at, f->size, value,
				packet_name_hci_opcode((uint16_t)value));
		break;
	case BLUETOOTH_PSM:
		packet_show_hex(v, f->name, at, f->size, value, packet_name_psm((uint32_t)value));
		break;
	case BLUETOOTH_SLOTS:
		show_time(v, f, at, value, 625);
		break;
	case BLUETOOTH_INTERVAL:
		show_time(v, f, at, value, 1250);
		break;
	case BLUETOOTH_TIMEOUT:
		show_time(v, f, at, value, 10000);
		break;
	case BLUETOOTH_INQUIRY:
		show_time(v, f, at, value, 1280000);
		break;
	case BLUETOOTH_MICROSECONDS:
		packet_show_unit(v, f->name, at, f->size, value, "us");
		break;
	default:
		packet_show_number(v, f->name, at, f->size, value, NULL);
		break;
	}
}

void packet_show_bluetooth(struct packet_view *v, const struct bluetooth_field *fields, uint32_t at,
			   uint32_t end, const char *rest)
{
	for (; fields != NULL && fields->name != NULL; fields++) {
		uint32_t size = fields->size != 0 ? fields->size : end - at;

		if (size > end - at)
			break;
		if (fields->how == BLUETOOTH_ADDRESS)
			packet_show_bd_addr(v, fields->name, at);
		else if (fields->how == BLUETOOTH_BYTES)
			packet_show_bytes(v, fields->name, at, size);
		else if (fields->how == BLUETOOTH_TEXT)
			packet_show_bluetooth_text(v, fields->name, at, size);
		else if (at <= v->limit && size <= v->limit - at)
			show_value(v, fields, at);
		at += size;
	}
	if (at < end)
		packet_show_bytes(v, rest, at, end - at);
}

void packet_show_h4(struct packet_view *v, const struct packet_layer *l, uint8_t type)
{
	static const char *const names[] = {NULL,    "command", "ACL data", "synchronous data",
					    "event", "ISO data"};

	packet_show_hex(v, "HCI packet indicator", l->offset, 1, type,
			type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL);
}
