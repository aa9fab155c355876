/* SPDX-License-Identifier: MIT */
#include "harness/deviate/memory.h"

#include <stdio.h>
#include <string.h>

#include "harness/calls/memory.h"
#include "harness/names/names.h"

void keep_bytes(struct kept *kept, const void *memory, size_t size)
{
	if (memory != NULL)
		kept->size =
			memory_read_some(kept->bytes, memory,
					 size < sizeof(kept->bytes) ? size : sizeof(kept->bytes));
}

static void add_one(unsigned char *bytes, size_t size)
{
	uint16_t two;
	uint32_t four;
	uint64_t eight;

	switch (size) {
	case sizeof(two):
		memcpy(&two, bytes, size);
		two++;
		memcpy(bytes, &two, size);
		break;
	case sizeof(four):
		memcpy(&four, bytes, size);
		four++;
		memcpy(bytes, &four, size);
		break;
	case sizeof(eight):
		memcpy(&eight, bytes, size);
		eight++;
		memcpy(bytes, &eight, size);
		break;
	default:
		bytes[0]++;
		break;
	}
}

/* The next of the printable characters of its kind, so that a name stays one. */
static void alter(unsigned char *character)
{
	*character = *character == 'z' || *character == '9' ? *character - 1 : *character + 1;
}

static void alter_field(unsigned char *bytes, size_t size, enum field_kind kind)
{
	size_t length = 0;

	switch (kind) {
	case FIELD_NUMBER:
		add_one(bytes, size);
		break;
	case FIELD_NETWORK:
		bytes[size - 1]++;
		break;
	case FIELD_TEXT:
		/* An abstract name begins with a NUL (unix(7)). */
		if (size > 0 && bytes[0] == '\0')
			length = 1;
		while (length < size && bytes[length] != '\0')
			length++;
		if (length > 0)
			alter(&bytes[length - 1]);
		break;
	}
}

static bool has_text(const unsigned char *bytes, size_t size)
{
	return size > 1 || (size == 1 && bytes[0] != '\0');
}

static void restore(const struct kept *before, void *memory, size_t size)
{
	memcpy(memory, before->bytes, size < before->size ? size : before->size);
}

static bool changed(const struct kept *before, const void *memory, size_t size)
{
	return memcmp(memory, before->bytes, size < before->size ? size : before->size) != 0;
}

static bool is_number(size_t size)
{
	return size == 1 || size == 2 || size == 4 || size == 8;
}

void deviate_bytes(const struct call *call, const char *subject, const struct kept *before,
		   void *memory, size_t size, const struct fields *fields)
{
	unsigned char *bytes = memory;

	if (deviation_mode == DEVIATION_OFF || size == 0 || before->size == 0)
		return;
	if (size > before->size)
		size = before->size;
	if (changed(before, memory, size) && deviate(call, "unfilled", "%s", subject))
		restore(before, memory, size);
	for (size_t i = 0; fields != NULL && i < fields->count; i++) {
		const struct field *field = &fields->list[i];
		size_t left = field->offset < size ? size - field->offset : 0;

		if (field->kind == FIELD_TEXT ? !has_text(bytes + field->offset, left)
					      : left < field->size)
			continue;
		if (deviate(call, "off-by-one", "%s.%s", subject, field->name))
			alter_field(bytes + field->offset, left < field->size ? left : field->size,
				    field->kind);
	}
	if (fields != NULL)
		return;
	if (is_number(size)) {
		if (deviate(call, "off-by-one", "%s", subject))
			add_one(bytes, size);
	} else if (deviate(call, "altered", "%s", subject)) {
		bytes[0]++;
	}
}

void deviate_text(const struct call *call, const char *subject, const struct kept *before,
		  char *text)
{
	size_t length;

	if (deviation_mode == DEVIATION_OFF || text == NULL)
		return;
	length = strlen(text);
	if (before->size > 0 && changed(before, text, length + 1) &&
	    deviate(call, "unfilled", "%s", subject))
		restore(before, text, length + 1);
	if (length > 0 && deviate(call, "altered", "%s", subject))
		alter((unsigned char *)text);
	if (length > 1 && deviate(call, "cut", "%s", subject))
		text[length - 1] = '\0';
}

void deviate_length(const struct call *call, const char *subject, socklen_t room, socklen_t *length)
{
	if (deviation_mode == DEVIATION_OFF || length == NULL)
		return;
	if (*length > room && deviate(call, "clamped", "%s", subject))
		*length = room;
	if (*length != room && deviate(call, "unfilled", "%s", subject))
		*length = room;
	if (*length > 0 && deviate(call, "off-by-one", "%s", subject))
		(*length)--;
}

void deviate_address(const struct call *call, const struct kept *before, void *address,
		     socklen_t room, socklen_t *length)
{
	const char *name;
	sa_family_t family;
	size_t size;

	if (deviation_mode == DEVIATION_OFF || address == NULL || length == NULL)
		return;
	size = *length < room ? *length : room;
	if (size >= sizeof(family)) {
		memcpy(&family, address, sizeof(family));
		name = names_family(family);
		if (name != NULL)
			deviate_bytes(call, name, before, address, size, fields_of_address(family));
	}
	deviate_length(call, "addrlen", room, length);
}
