/* SPDX-License-Identifier: MIT */
#include "harness/calls/show_message.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_known.h"
#include "harness/calls/show_netlink.h"

#include <netinet/in.h>
#include <stdint.h>

enum {
	MSG_NOTIFICATION_SCTP = 0x8000, /* <linux/sctp.h>, beside which few headers fit */
	NOTIFICATION_BYTES = 512,
};

/* Separates the members of "{a, b, c}". */
static void comma(struct text *t, bool *first)
{
	if (!*first)
		text_string(t, ", ");
	*first = false;
}

void show_socket_data(struct text *t, const struct descriptor *of, const void *data, size_t length)
{
	if (of->family == AF_NETLINK && show_netlink_messages(t, of->protocol, data, length))
		return;
	if (of->family == AF_TIPC && of->type == SOCK_SEQPACKET &&
	    show_tipc_topology(t, data, length))
		return;
	if (of->family == AF_KEY && show_key_message(t, data, length))
		return;
	if (of->family == AF_CAN && show_can_data(t, of->protocol, data, length))
		return;
	show_data(t, data, length);
}

void show_vector(struct text *t, const struct descriptor *of, const struct iovec *vector,
		 size_t count, size_t data)
{
	struct iovec one;

	if (count > 0 && !memory_read(&one, vector, sizeof(one))) {
		text_pointer(t, vector);
		return;
	}
	text_char(t, '[');
	for (size_t i = 0; i < count && data > 0; i++) {
		size_t part;

		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_VECTORS ||
		    !memory_read(&one, memory_element(vector, i, sizeof(one)), sizeof(one))) {
			text_string(t, "...");
			break;
		}
		part = one.iov_len < data ? one.iov_len : data;
		text_char(t, '{');
		show_socket_data(t, of, one.iov_base, part);
		text_string(t, ", ");
		text_unsigned(t, one.iov_len);
		text_char(t, '}');
		if (data != SIZE_MAX)
			data -= part;
	}
	text_char(t, ']');
}

void show_vector_room(struct text *t, const struct iovec *vector, size_t count)
{
	struct iovec one;

	if (count > 0 && !memory_read(&one, vector, sizeof(one))) {
		text_pointer(t, vector);
		return;
	}
	text_char(t, '[');
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_VECTORS ||
		    !memory_read(&one, memory_element(vector, i, sizeof(one)), sizeof(one))) {
			text_string(t, "...");
			break;
		}
		text_char(t, '{');
		text_pointer(t, one.iov_base);
		text_string(t, ", ");
		text_unsigned(t, one.iov_len);
		text_char(t, '}');
	}
	text_char(t, ']');
}

/* What SCTP gives instead of data: "[{{sac_type=..., ...}, 20}]". */
static bool notification(struct text *t, const struct descriptor *of, const struct msghdr *m,
			 size_t data)
{
	char bytes[NOTIFICATION_BYTES];
	struct iovec one;

	if (of->protocol != IPPROTO_SCTP || (m->msg_flags & MSG_NOTIFICATION_SCTP) == 0 ||
	    m->msg_iovlen != 1 || data > sizeof(bytes) ||
	    !memory_read(&one, m->msg_iov, sizeof(one)) ||
	    !memory_read(bytes, one.iov_base, data < one.iov_len ? data : one.iov_len))
		return false;
	text_string(t, "[{");
	if (!known_sctp_notification(t, bytes, data < one.iov_len ? data : one.iov_len))
		show_data(t, bytes, data < one.iov_len ? data : one.iov_len);
	text_string(t, ", ");
	text_unsigned(t, one.iov_len);
	text_string(t, "}]");
	return true;
}

/* MSG_NOTIFICATION has the number of MSG_MORE, which no message that is received has. */
static void received_flags(struct text *t, const struct descriptor *of, unsigned int flags)
{
	unsigned int told = of->protocol == IPPROTO_SCTP ? flags & MSG_NOTIFICATION_SCTP : 0;

	if (flags != told || told == 0)
		show_flags(t, &names_message_flags, flags & ~told);
	if (flags != told && told != 0)
		text_char(t, '|');
	if (told != 0)
		text_string(t, "MSG_NOTIFICATION");
}

/* A message that can be read; `name_room` is how much of the name may be shown. */
static void message_fields(struct text *t, const struct descriptor *of, const struct msghdr *m,
			   size_t data, socklen_t name_room, bool received)
{
	bool first = true;

	text_char(t, '{');
	if (m->msg_name != NULL || m->msg_namelen != 0) {
		comma(t, &first);
		text_string(t, "name=");
		show_address(t, m->msg_name,
			     m->msg_namelen < name_room ? m->msg_namelen : name_room);
		if (m->msg_namelen > name_room) {
			text_string(t, ", namelen=");
			text_unsigned(t, m->msg_namelen);
		}
	}
	comma(t, &first);
	text_string(t, "iov=");
	if (!received || !notification(t, of, m, data))
		show_vector(t, of, m->msg_iov, (size_t)m->msg_iovlen, data);
	if (m->msg_control != NULL || m->msg_controllen != 0) {
		comma(t, &first);
		text_string(t, "control=");
		show_control(t, of->family, m->msg_control, (size_t)m->msg_controllen);
	}
	/* sendmsg() does not look at msg_flags. */
	if (received) {
		comma(t, &first);
		text_string(t, "flags=");
		received_flags(t, of, (unsigned int)m->msg_flags);
	}
	text_char(t, '}');
}

void show_message_sent(struct text *t, const struct descriptor *of, const struct msghdr *message)
{
	struct msghdr m;

	if (message == NULL || !memory_read(&m, message, sizeof(m)))
		text_pointer(t, message);
	else
		message_fields(t, of, &m, SIZE_MAX, m.msg_namelen, false);
}

void show_message_room(struct text *t, const struct msghdr *message, struct message_room *room)
{
	struct msghdr m;
	bool first = true;

	room->name = 0;
	if (message == NULL || !memory_read(&m, message, sizeof(m))) {
		text_pointer(t, message);
		return;
	}
	if (m.msg_name != NULL)
		room->name = m.msg_namelen;
	text_char(t, '{');
	if (m.msg_name != NULL || m.msg_namelen != 0) {
		comma(t, &first);
		text_string(t, "name=");
		text_pointer(t, m.msg_name);
		text_string(t, ", namelen=");
		text_int(t, (int)m.msg_namelen);
	}
	comma(t, &first);
	text_string(t, "iov=");
	show_vector_room(t, m.msg_iov, (size_t)m.msg_iovlen);
	if (m.msg_control != NULL || m.msg_controllen != 0) {
		comma(t, &first);
		text_string(t, "control=");
		text_pointer(t, m.msg_control);
		text_string(t, ", controllen=");
		text_unsigned(t, (uint64_t)m.msg_controllen);
	}
	text_char(t, '}');
}

void show_message_received(struct text *t, const struct descriptor *of,
			   const struct msghdr *message, size_t got,
			   const struct message_room *room)
{
	struct msghdr m;

	if (memory_read(&m, message, sizeof(m)))
		message_fields(t, of, &m, got, room->name, true);
	else
		text_pointer(t, message);
}
