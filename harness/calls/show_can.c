/* SPDX-License-Identifier: MIT */
/* CAN (Documentation/networking/can.rst): identifiers, frames, and messages of its protocols. */
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_known.h"

#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef CAN_ISOTP_FRAME_TXTIME_ZERO
#define CAN_ISOTP_FRAME_TXTIME_ZERO 0xffffffffU /* of 5.18 */
#endif

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
	if ((flags & CAN_ERR_FLAG) != 0 && rest != 0 && rest != CAN_ERR_MASK)
		show_flags(t, &names_can_error_classes, rest);
	else if (names_of(&names_can_masks, rest) != NULL)
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
		show_flags(t, &names_can_error_classes, value);
	text_char(t, ']');
	return true;
}

/* A number, by the name of the default when it is that. */
#define DEFAULT(t, value, constant) text_name(t, (value) == (constant) ? #constant : NULL, value)

/* struct can_raw_vcid_options, of 6.9. */
bool known_can_vcid(struct text *t, const void *bytes, size_t length)
{
	uint8_t value[4];

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{flags=");
	show_flags(t, &names_can_vcid_flags, value[0]);
	text_string(t, ", tx_vcid=");
	text_hex(t, value[1]);
	text_string(t, ", rx_vcid=");
	text_hex(t, value[2]);
	text_string(t, ", rx_vcid_mask=");
	text_hex(t, value[3]);
	text_char(t, '}');
	return true;
}

bool known_j1939_filters(struct text *t, const void *bytes, size_t length)
{
	struct j1939_filter value;

	text_char(t, '[');
	for (size_t at = 0; at + sizeof(value) <= length && !t->cut; at += sizeof(value)) {
		memcpy(&value, (const char *)bytes + at, sizeof(value));
		text_string(t, at > 0 ? ", {name=" : "{name=");
		text_hex(t, value.name);
		text_string(t, ", name_mask=");
		text_hex(t, value.name_mask);
		text_string(t, ", pgn=");
		text_hex(t, value.pgn);
		text_string(t, ", pgn_mask=");
		if (value.pgn_mask == J1939_PGN_MAX)
			text_string(t, "J1939_PGN_MAX");
		else
			text_hex(t, value.pgn_mask);
		text_string(t, ", addr=");
		text_hex(t, value.addr);
		text_string(t, ", addr_mask=");
		text_hex(t, value.addr_mask);
		text_char(t, '}');
	}
	text_char(t, ']');
	return true;
}

bool known_isotp_options(struct text *t, const void *bytes, size_t length)
{
	struct can_isotp_options value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{flags=");
	if (value.flags == CAN_ISOTP_DEFAULT_FLAGS)
		text_string(t, "CAN_ISOTP_DEFAULT_FLAGS");
	else
		show_flags(t, &names_can_isotp_flags, value.flags);
	text_string(t, ", frame_txtime=");
	if (value.frame_txtime == CAN_ISOTP_FRAME_TXTIME_ZERO)
		text_string(t, "CAN_ISOTP_FRAME_TXTIME_ZERO");
	else
		DEFAULT(t, value.frame_txtime, CAN_ISOTP_DEFAULT_FRAME_TXTIME);
	text_string(t, ", ext_address=");
	DEFAULT(t, value.ext_address, CAN_ISOTP_DEFAULT_EXT_ADDRESS);
	text_string(t, ", txpad_content=");
	DEFAULT(t, value.txpad_content, CAN_ISOTP_DEFAULT_PAD_CONTENT);
	text_string(t, ", rxpad_content=");
	DEFAULT(t, value.rxpad_content, CAN_ISOTP_DEFAULT_PAD_CONTENT);
	text_string(t, ", rx_ext_address=");
	DEFAULT(t, value.rx_ext_address, CAN_ISOTP_DEFAULT_EXT_ADDRESS);
	text_char(t, '}');
	return true;
}

bool known_isotp_flow(struct text *t, const void *bytes, size_t length)
{
	struct can_isotp_fc_options value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{bs=");
	DEFAULT(t, value.bs, CAN_ISOTP_DEFAULT_RECV_BS);
	text_string(t, ", stmin=");
	DEFAULT(t, value.stmin, CAN_ISOTP_DEFAULT_RECV_STMIN);
	text_string(t, ", wftmax=");
	DEFAULT(t, value.wftmax, CAN_ISOTP_DEFAULT_RECV_WFTMAX);
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
	DEFAULT(t, value.tx_dl, CAN_ISOTP_DEFAULT_LL_TX_DL);
	text_string(t, ", tx_flags=");
	if (value.tx_flags == CAN_ISOTP_DEFAULT_LL_TX_FLAGS)
		text_string(t, "CAN_ISOTP_DEFAULT_LL_TX_FLAGS");
	else
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

/* struct canxl_frame, of 6.2: as long as its data. */
enum { XL_FLAGS_AT = 4, XL_MARK = 0x80, XL_HEADER = 12, XL_MOST = 2048 };

static void xl_frame(struct text *t, const char *bytes, size_t size)
{
	struct {
		uint32_t prio;
		uint8_t flags, sdt;
		uint16_t len;
		uint32_t af;
	} head;

	memcpy(&head, bytes, sizeof(head));
	text_string(t, "{prio=");
	text_hex(t, head.prio);
	text_string(t, ", flags=");
	show_flags(t, &names_can_xl_flags, head.flags);
	text_string(t, ", sdt=");
	text_hex(t, head.sdt);
	text_string(t, ", len=");
	text_unsigned(t, head.len);
	text_string(t, ", af=");
	text_hex(t, head.af);
	text_string(t, ", data=<");
	text_hex_bytes(t, bytes + XL_HEADER, size - XL_HEADER);
	text_string(t, ">}");
}

static void interval(struct text *t, const char *name, struct bcm_timeval value)
{
	if (value.tv_sec == 0 && value.tv_usec == 0)
		return;
	text_string(t, name);
	text_int(t, value.tv_sec);
	text_string(t, " s ");
	text_int(t, value.tv_usec);
	text_string(t, " us");
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
	interval(t, ", ival1=", head.ival1);
	interval(t, ", ival2=", head.ival2);
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
	else if (protocol == CAN_RAW && length >= XL_HEADER && length <= XL_HEADER + XL_MOST &&
		 (known.bytes[XL_FLAGS_AT] & XL_MARK) != 0)
		xl_frame(t, known.bytes, size);
	else if (protocol == CAN_BCM && length >= sizeof(struct bcm_msg_head))
		broadcast_manager(t, known.bytes, size);
	else
		return false;
	return true;
}
