/* SPDX-License-Identifier: MIT */
/* Messages of PF_KEY (RFC 2367 2.3): a header, and extensions with a length and a type each. */
#include "harness/calls/memory.h"
#include "harness/calls/show.h"

#include <endian.h>
#include <errno.h>
#include <linux/pfkeyv2.h>
#include <netinet/in.h>
#include <string.h>

enum { UNIT = 8, MOST = 512 };

/* What an extension holds, of those that are short to say. */
static void content(struct text *t, uint16_t type, const uint8_t *bytes, size_t length)
{
	if (type == SADB_EXT_SA && length >= sizeof(struct sadb_sa)) {
		struct sadb_sa sa;

		memcpy(&sa, bytes, sizeof(sa));
		text_string(t, ", spi=");
		text_hex(t, be32toh(sa.sadb_sa_spi));
	} else if ((type == SADB_EXT_ADDRESS_SRC || type == SADB_EXT_ADDRESS_DST) &&
		   length > sizeof(struct sadb_address)) {
		text_string(t, ", ");
		show_address(t, bytes + sizeof(struct sadb_address),
			     (socklen_t)(length - sizeof(struct sadb_address)));
	}
}

bool show_key_message(struct text *t, const void *data, size_t length)
{
	_Alignas(8) uint8_t bytes[MOST];
	size_t size = length < sizeof(bytes) ? length : sizeof(bytes);
	struct sadb_msg head;

	if (length < sizeof(head) || !memory_read(bytes, data, size))
		return false;
	memcpy(&head, bytes, sizeof(head));
	if (names_of(&names_key_messages, head.sadb_msg_type) == NULL)
		return false;
	text_char(t, '{');
	text_name(t, names_of(&names_key_messages, head.sadb_msg_type), head.sadb_msg_type);
	text_string(t, ", ");
	text_name(t, names_of(&names_key_kinds, head.sadb_msg_satype), head.sadb_msg_satype);
	if (head.sadb_msg_errno != 0) {
		text_string(t, ", errno=");
		text_name(t, names_errno(head.sadb_msg_errno), head.sadb_msg_errno);
	}
	text_string(t, ", seq=");
	text_unsigned(t, head.sadb_msg_seq);
	text_string(t, ", pid=");
	text_unsigned(t, head.sadb_msg_pid);
	for (size_t at = sizeof(head); at + sizeof(struct sadb_ext) <= length && !t->cut;) {
		struct sadb_ext extension;
		size_t whole;

		if (at + sizeof(extension) > size) {
			text_string(t, ", ...");
			break;
		}
		memcpy(&extension, bytes + at, sizeof(extension));
		whole = (size_t)extension.sadb_ext_len * UNIT;
		if (whole == 0)
			break;
		text_string(t, ", {");
		text_name(t, names_of(&names_key_extensions, extension.sadb_ext_type),
			  extension.sadb_ext_type);
		content(t, extension.sadb_ext_type, bytes + at,
			whole < size - at ? whole : size - at);
		text_char(t, '}');
		at += whole;
	}
	text_char(t, '}');
	return true;
}
