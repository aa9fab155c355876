/* SPDX-License-Identifier: MIT */
/*
 * Netlink messages in the record. The decoders of harness/packet know the messages
 * and their attributes; this puts the fields that they show into one line.
 */
#include "harness/calls/show_netlink.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/packet/packet.h"

#include <linux/netlink.h>
#include <string.h>

enum {
	COOKED_BYTES = 16,	/* what a capture of netlink has in front (LINKTYPE_NETLINK) */
	READ_BYTES = 2048,	/* of the data; a message of a link has about as many */
	ONE_MESSAGE_TEXT = 480, /* characters */
	ALL_TEXT = 1200,
};

/* A line that is being written. Depths are those of the decoder's fields. */
struct line {
	struct text *t;
	int protocol;
	unsigned int messages;
	unsigned int depth;	/* of the last field written */
	unsigned int left_out;	/* fields deeper than this are not shown; 0: all are */
	const char *start;	/* of this message */
	const char *line_start; /* of the first one */
	unsigned int type;
	bool full;	     /* of this message, no more is shown */
	bool is_nameless;    /* of this message, the decoder does not know the type */
	unsigned int lift;   /* how much higher its fields stand than those of a whole message */
	unsigned int length; /* nlmsg_len */
};

/* What only repeats what is shown, or says how it is stored. */
static bool is_storage(const char *name)
{
	static const char *const names[] = {"nlmsg_len", "nla_len", "nla_type", "Padding"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return strstr(name, "_pad") != NULL;
}

/* Attributes with many parts that say little of a socket. */
static bool is_long(const char *name)
{
	static const char *const names[] = {"IFLA_STATS", "IFLA_STATS64", "IFLA_AF_SPEC",
					    "IFLA_MAP"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

/* Writes "AF_INET" of "2 (AF_INET)": the name of a number, if all that is in brackets is one. */
static void show_value(struct text *t, const char *value)
{
	const char *open = strchr(value, '(');
	size_t length =
		open != NULL ? strspn(open + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") : 0;

	if (length > 0 && strcmp(open + 1 + length, ")") == 0)
		text_bytes(t, open + 1, length);
	else
		text_string(t, value);
}

/* The upper flags depend on what the message does: of rtnetlink, two bits of the type say it. */
static const struct name_table *flags_of(const struct line *line)
{
	if (line->type < NLMSG_MIN_TYPE)
		return &names_netlink_flags_ack;
	if (line->protocol == NETLINK_ROUTE && (line->type & 3) == 0)
		return &names_netlink_flags_new;
	if (line->protocol == NETLINK_ROUTE && (line->type & 3) == 1)
		return &names_netlink_flags_delete;
	return &names_netlink_flags_get;
}

static void close_to(struct line *line, unsigned int depth)
{
	for (; line->depth > depth; line->depth--)
		text_char(line->t, '}');
}

/* In front of the message, unless the decoder has named it: the name of its type, or the number. */
static void show_type(struct line *line, const struct packet_field *field)
{
	const char *name = NULL;

	line->type = (unsigned int)field->number;
	if (line->is_nameless && line->protocol == NETLINK_XFRM)
		name = names_of(&names_xfrm_types, line->type);
	if (line->is_nameless && name != NULL)
		text_string(line->t, name);
	else if (line->is_nameless)
		show_value(line->t, field->value);
	line->is_nameless = false;
	if (line->lift > 0) {
		text_string(line->t, ", len=");
		text_unsigned(line->t, line->length);
	}
}

static void start_message(struct line *line, const char *name, unsigned int lift)
{
	close_to(line, 2);
	if (line->messages++ > 0)
		text_string(line->t, "}, ");
	text_char(line->t, '{');
	text_string(line->t, name);
	line->is_nameless = name[0] == '\0';
	line->start = line->t->at;
	line->depth = 2;
	line->left_out = 0;
	line->full = false;
	line->lift = lift;
}

static void write_field(struct line *line, const struct packet_field *field)
{
	if (strcmp(field->name, "nlmsg_flags") == 0) {
		show_flags(line->t, flags_of(line), field->number);
		return;
	}
	text_string(line->t,
		    strncmp(field->name, "nlmsg_", 6) == 0 ? field->name + 6 : field->name);
	if (field->value[0] != '\0') {
		text_char(line->t, '=');
		show_value(line->t, field->value);
	}
}

/*
 * Whether a message starts with this field. One that is cut is not shown as a whole by the decoder:
 * its fields take its place, one level higher, and its length says how long it was.
 */
static bool starts_message(const struct packet_field *field)
{
	return field->depth == 1 &&
	       (strcmp(field->name, "Message") == 0 || strcmp(field->name, "nlmsg_len") == 0);
}

static int show_field(void *context, const struct packet_field *field)
{
	struct line *line = context;
	unsigned int depth = field->depth;

	if (strcmp(field->protocol, "Netlink") != 0 || depth == 0)
		return 0;
	if (starts_message(field)) {
		bool is_cut = strcmp(field->name, "nlmsg_len") == 0;

		if (line->messages > 0 && line->t->at - line->line_start > ALL_TEXT)
			return 1;
		start_message(line, is_cut ? "" : field->value, is_cut);
		line->length = (unsigned int)field->number;
		return 0;
	}
	depth += line->lift;
	if (line->messages == 0 || line->full || depth == 1)
		return 0;
	if (strcmp(field->name, "nlmsg_type") == 0 && depth == 2) {
		show_type(line, field);
		return 0;
	}
	/* Of a request that an error quotes. */
	if (strcmp(field->name, "nlmsg_type") == 0)
		line->type = (unsigned int)field->number;
	if (is_storage(field->name) || (line->left_out != 0 && depth > line->left_out))
		return 0;
	line->left_out = is_long(field->name) ? depth : 0;
	if (depth > line->depth) {
		text_string(line->t, " {");
		line->depth = depth;
	} else {
		close_to(line, depth);
		text_string(line->t, ", ");
	}
	if (line->t->at - line->start > ONE_MESSAGE_TEXT) {
		text_string(line->t, "...");
		line->full = true;
		return 0;
	}
	write_field(line, field);
	return 0;
}

bool show_netlink_messages(struct text *t, int protocol, const void *data, size_t length)
{
	uint8_t bytes[COOKED_BYTES + READ_BYTES] = {
		[3] = 824 & 0xff, [2] = 824 >> 8, [15] = (uint8_t)protocol};
	size_t shown = length < READ_BYTES ? length : READ_BYTES;
	struct line line = {.t = t, .protocol = protocol, .line_start = t->at};
	struct packet packet;
	struct nlmsghdr first;

	/* These two carry whatever their users like, and strings. */
	if (protocol == NETLINK_USERSOCK || protocol == NETLINK_KOBJECT_UEVENT)
		return false;
	if (length < NLMSG_HDRLEN || !memory_read(bytes + COOKED_BYTES, data, shown))
		return false;
	memcpy(&first, bytes + COOKED_BYTES, sizeof(first));
	packet_decode(&packet, bytes, COOKED_BYTES + shown,
		      COOKED_BYTES + (first.nlmsg_len > length ? first.nlmsg_len : length),
		      PACKET_LINK_NETLINK, 0);
	if (packet_netlink(&packet) == NULL || packet_netlink(&packet)->messages == 0)
		return false;
	text_char(t, '[');
	packet_visit(&packet, show_field, &line);
	close_to(&line, 2);
	text_char(t, '}');
	if (line.messages < packet_netlink(&packet)->messages || shown < length)
		text_string(t, ", ...");
	text_char(t, ']');
	if (shown < length) {
		text_string(t, " (");
		text_unsigned(t, length);
		text_string(t, " bytes)");
	}
	return true;
}

bool show_netlink_group(struct text *t, const struct descriptor *of, int level, int option,
			const void *value, size_t length)
{
	const char *name;
	int group;

	if (of->family != AF_NETLINK || of->protocol != NETLINK_ROUTE || level != SOL_NETLINK ||
	    (option != NETLINK_ADD_MEMBERSHIP && option != NETLINK_DROP_MEMBERSHIP) ||
	    length < sizeof(group) || !memory_read(&group, value, sizeof(group)))
		return false;
	name = names_of(&names_rtnetlink_groups, group);
	if (name == NULL)
		return false;
	text_char(t, '[');
	text_string(t, name);
	text_char(t, ']');
	return true;
}
