/* SPDX-License-Identifier: MIT */
#include "harness/calls/show_fields.h"

#include "harness/calls/show.h"

#include <string.h>

uint64_t field_value(const void *bytes, size_t size)
{
	uint64_t longer;
	uint32_t wide;
	uint16_t half;

	switch (size) {
	case sizeof(longer):
		memcpy(&longer, bytes, sizeof(longer));
		return longer;
	case sizeof(wide):
		memcpy(&wide, bytes, sizeof(wide));
		return wide;
	case sizeof(half):
		memcpy(&half, bytes, sizeof(half));
		return half;
	default:
		return *(const uint8_t *)bytes;
	}
}

static int64_t signed_value(const void *bytes, size_t size)
{
	unsigned int unused = 64 - 8 * (unsigned int)size;

	return (int64_t)(field_value(bytes, size) << unused) >> unused;
}

static void show_field(struct text *t, const char *at, const struct field *field)
{
	if (field->form == FIELD_SHOWN) {
		field->show(t, at, field->size);
		return;
	}
	switch (field->form) {
	case FIELD_FLAGS:
		show_flags(t, field->names, field_value(at, field->size));
		break;
	case FIELD_NAMED:
		text_name(t, names_of(field->names, (int64_t)field_value(at, field->size)),
			  (int64_t)field_value(at, field->size));
		break;
	case FIELD_HEX:
		text_hex(t, field_value(at, field->size));
		break;
	case FIELD_SIGNED:
		text_int(t, signed_value(at, field->size));
		break;
	default:
		text_unsigned(t, field_value(at, field->size));
	}
}

bool show_fields(struct text *t, const void *bytes, size_t length, const struct field *list,
		 size_t count)
{
	if (length < list[0].offset + list[0].size)
		return false;
	for (size_t i = 0; i < count && list[i].offset + list[i].size <= length; i++) {
		text_string(t, i == 0 ? "{" : ", ");
		text_string(t, list[i].name);
		show_field(t, (const char *)bytes + list[i].offset, &list[i]);
	}
	text_char(t, '}');
	return true;
}

void show_fields_each(struct text *t, const void *bytes, size_t length, size_t stride,
		      const struct field *list, size_t count)
{
	text_char(t, '[');
	for (size_t at = 0; at + stride <= length && !t->cut; at += stride) {
		if (at > 0)
			text_string(t, ", ");
		show_fields(t, (const char *)bytes + at, stride, list, count);
	}
	text_char(t, ']');
}
