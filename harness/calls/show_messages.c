/* SPDX-License-Identifier: MIT */
/* Arrays of messages, of sendmmsg() and recvmmsg(). */
#include "harness/calls/memory.h"
#include "harness/calls/show_message.h"

/* Starts element `i`; false when the rest is not shown. */
static bool element(struct text *t, const struct mmsghdr *messages, unsigned int i,
		    struct mmsghdr *one)
{
	if (i > 0)
		text_string(t, ", ");
	if (i < SHOW_MESSAGES &&
	    memory_read(one, memory_element(messages, i, sizeof(*one)), sizeof(*one)))
		return true;
	text_string(t, "...");
	return false;
}

/* "{" message ", len=3}" */
static void length_of(struct text *t, const struct mmsghdr *one)
{
	text_string(t, ", len=");
	text_unsigned(t, one->msg_len);
	text_char(t, '}');
}

/* "[", or the pointer and false when not even the first element can be read. */
static bool start(struct text *t, const struct mmsghdr *messages, unsigned int count)
{
	struct mmsghdr first;

	if (messages == NULL || (count > 0 && !memory_read(&first, messages, sizeof(first)))) {
		text_pointer(t, messages);
		return false;
	}
	text_char(t, '[');
	return true;
}

void show_messages_sent(struct text *t, const struct descriptor *of, const struct mmsghdr *messages,
			unsigned int count, bool lengths)
{
	struct mmsghdr one;

	if (!start(t, messages, count))
		return;
	for (unsigned int i = 0; i < count && element(t, messages, i, &one); i++) {
		if (lengths)
			text_char(t, '{');
		show_message_sent(t, of, &one.msg_hdr);
		if (lengths)
			length_of(t, &one);
	}
	text_char(t, ']');
}

void show_messages_room(struct text *t, const struct mmsghdr *messages, unsigned int count,
			struct messages_room *room)
{
	struct mmsghdr one;

	if (!start(t, messages, count))
		return;
	for (unsigned int i = 0; i < count && element(t, messages, i, &one); i++)
		show_message_room(t, &one.msg_hdr, &room->of[i]);
	text_char(t, ']');
}

void show_messages_received(struct text *t, const struct descriptor *of,
			    const struct mmsghdr *messages, unsigned int count,
			    const struct messages_room *room)
{
	struct mmsghdr one;

	if (!start(t, messages, count))
		return;
	for (unsigned int i = 0; i < count && element(t, messages, i, &one); i++) {
		text_char(t, '{');
		show_message_received(t, of, &one.msg_hdr, one.msg_len, &room->of[i]);
		length_of(t, &one);
	}
	text_char(t, ']');
}
