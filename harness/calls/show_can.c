/* SPDX-License-Identifier: MIT */
/* CAN (Documentation/networking/can.rst): identifiers, frames, and messages of its protocols. */
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_known.h"

#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/isotp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

/* "CAN_EFF_FLAG|0x123": an identifier with its flags; a mask by its name. */
static void can_id(struct text *t, uint32_t id)
{
	uint32_t flags = id & (CAN_EFF_FLAG | CAN_RTR_FLAG | CAN_ERR_FLAG);
	uint32_t rest = id & ~flags;

	if (flags != 0) {
		show_flags(t, &names_can_id_flags, flags);
		text_char(t, '|');
	}
	if (names_of(&names_can_masks, rest) != NULL)
		text_string(t, names_of(&names_can_masks, rest));
	else
		text_hex(t, rest);
}

bool known_can_filters(struct text *t, const void *bytes, size_t length)
{
	struct can_filter value;

	text_char(t, '[');
	for (size_t at = 0; at + sizeof(value) <= length && !t->cut; at += sizeof(value)) {
		memcpy(&value, (const char *)bytes + at, sizeof(value));
		if (at > 0)
			text_string(t, ", ");
		text_string(t, "{can_id=");
		can_id(t, value.can_id);
		text_string(t, ", can_mask=");
		can_id(t, value.can_mask);
		text_char(t, '}');
	}
	text_char(t, ']');
	return true;
}

/* A mask of error classes: CAN_ERR_MASK is all of them. */
bool known_can_errors(struct text *t, const void *bytes, size_t length)
{
	uint32_t value;

	if (!TAKE(value, bytes, length))
		return false;
	text_char(t, '[');
	if (value == CAN_ERR_MASK)
		text_string(t, "CAN_ERR_MASK");
	else
		text_hex(t, value);
	text_char(t, ']');
	return true;
}

bool known_isotp_flow(struct text *t, const void *bytes, size_t length)
{
	struct can_isotp_fc_options value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{bs=");
	text_unsigned(t, value.bs);
	text_string(t, ", stmin=");
	text_unsigned(t, value.stmin);
	text_string(t, ", wftmax=");
	text_unsigned(t, value.wftmax);
	text_char(t, '}');
	return true;
}

bool known_isotp_link(struct text *t, const void *bytes, size_t length)
{
	struct can_isotp_ll_options value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{mtu=");
	text_name(t, names_of(&names_can_sizes, value.mtu), value.mtu);
	text_string(t, ", tx_dl=");
	text_unsigned(t, value.tx_dl);
	text_string(t, ", tx_flags=");
	show_flags(t, &names_can_fd_flags, value.tx_flags);
	text_char(t, '}');
	return true;
}

/* struct can_frame or canfd_frame; they differ in their size and in what `flags` means. */
static void frame(struct text *t, const void *bytes, size_t size)
{
	struct canfd_frame value = {0};
	size_t room = size - offsetof(struct canfd_frame, data);

	memcpy(&value, bytes, size);
	text_char(t, '{');
	text_name(t, names_of(&names_can_sizes, (int64_t)size), (int64_t)size);
	text_string(t, ", can_id=");
	can_id(t, value.can_id);
	text_string(t, ", len=");
	text_name(t, value.len == CANFD_MAX_DLEN ? "CANFD_MAX_DLEN" : NULL, value.len);
	if (size == CANFD_MTU) {
		text_string(t, ", flags=");
		show_flags(t, &names_can_fd_flags, value.flags);
	}
	text_string(t, ", data=<");
	text_hex_bytes(t, value.data, value.len < room ? value.len : room);
	text_string(t, ">}");
}

/* struct bcm_msg_head and its frames. */
static void broadcast_manager(struct text *t, const char *bytes, size_t length)
{
	struct bcm_msg_head head;
	size_t size;

	memcpy(&head, bytes, sizeof(head));
	size = (head.flags & CAN_FD_FRAME) != 0 ? CANFD_MTU : CAN_MTU;
	text_string(t, "{opcode=");
	text_name(t, names_of(&names_can_bcm_operations, head.opcode), head.opcode);
	text_string(t, ", flags=");
	show_flags(t, &names_can_bcm_flags, head.flags);
	text_string(t, ", count=");
	text_unsigned(t, head.count);
	text_string(t, ", can_id=");
	can_id(t, head.can_id);
	text_string(t, ", frames=[");
	for (size_t at = sizeof(head); at + size <= length && !t->cut; at += size) {
		if (at > sizeof(head))
			text_string(t, ", ");
		frame(t, bytes + at, size);
	}
	text_string(t, "]}");
}

bool show_can_data(struct text *t, int protocol, const void *data, size_t length)
{
	union {
		char bytes[sizeof(struct bcm_msg_head) + 4 * sizeof(struct canfd_frame)];
		struct bcm_msg_head alignment;
	} known;
	size_t size = length < sizeof(known.bytes) ? length : sizeof(known.bytes);

	if (data == NULL || !memory_read(known.bytes, data, size))
		return false;
	if (protocol == CAN_RAW && (length == CAN_MTU || length == CANFD_MTU))
		frame(t, known.bytes, length);
	else if (protocol == CAN_BCM && length >= sizeof(struct bcm_msg_head))
		broadcast_manager(t, known.bytes, size);
	else
		return false;
	return true;
}
