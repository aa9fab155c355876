/* SPDX-License-Identifier: MIT */
/* Control messages (cmsg(3)): a level, a type, and data that they say the form of. */
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_known.h"
#include "harness/calls/show_message.h"

#include <string.h>

enum {
	HEX_BYTES = 32,
};

static const struct {
	const char *type;
	show_known *show;
} kinds[] = {
	{"SCM_RIGHTS", known_ints},
	{"SCM_CREDENTIALS", known_credentials},
	{"SCM_SECURITY", known_name},
	{"SCM_TIMESTAMP", known_timeval},
	{"SCM_TIMESTAMPNS", known_timespec},
	{"SCM_TIMESTAMPING", known_timespecs},
	{"SO_TIMESTAMP_NEW", known_timeval},
	{"SO_TIMESTAMPNS_NEW", known_timespec},
	{"SO_TIMESTAMPING_NEW", known_timespecs},
	{"SCM_TS_OPT_ID", known_unsigned},
	{"SO_PRIORITY", known_unsigned},
	{"SCM_TXTIME", known_long},
	{"SCM_TIMESTAMPING_PKTINFO", known_timestamp_packet},
	{"SO_RXQ_OVFL", known_unsigned},
	{"SO_MARK", known_hex},
	{"IP_PKTINFO", known_in_pktinfo},
	{"IP_RECVERR", known_extended_error},
	{"IP_ORIGDSTADDR", known_address},
	{"IPV6_PKTINFO", known_in6_pktinfo},
	{"IPV6_RECVERR", known_extended_error},
	{"IPV6_ORIGDSTADDR", known_address},
	{"IPV6_PATHMTU", known_ip6_mtuinfo},
	{"IPV6_NEXTHOP", known_address},
	{"IPV6_RTHDR", known_routing_header},
	{"PACKET_AUXDATA", known_auxdata},
	{"PACKET_TX_TIMESTAMP", known_extended_error},
	{"NETLINK_PKTINFO", known_netlink_pktinfo},
	{"ALG_SET_IV", known_alg_iv},
	{"RDS_CMSG_RXPATH_LATENCY", known_rds_latency},
	{"RDS_CMSG_ZCOPY_COMPLETION", known_rds_cookies},
	{"RDS_CMSG_CONG_UPDATE", known_rds_ports},
	{"RXRPC_USER_CALL_ID", known_long},
	{"TIPC_ERRINFO", known_tipc_error},
	{"TIPC_DESTNAME", known_tipc_destination},
	{"SCTP_INIT", known_sctp_initmsg},
	{"SCTP_SNDRCV", known_sctp_sndrcv},
	{"SCTP_SNDINFO", known_sctp_sndinfo},
	{"SCTP_RCVINFO", known_sctp_rcvinfo},
	{"SCTP_NXTINFO", known_sctp_nxtinfo},
	{"SCTP_PRINFO", known_sctp_prinfo},
	{"HCI_CMSG_TSTAMP", known_timeval},
	{"SCTP_DSTADDRV4", known_in_addr},
	{"SCTP_DSTADDRV6", known_in6_addr},
};

/* A number as the kernel sends it: IP_TOS is one byte, UDP_SEGMENT two, the others four. */
static bool show_number(struct text *t, const char *type, const void *data, size_t length)
{
	uint16_t small;
	int value;

	switch (length) {
	case sizeof(uint8_t):
		return known_byte(t, data, length);
	case sizeof(small):
		memcpy(&small, data, sizeof(small));
		text_unsigned(t, small);
		return true;
	case sizeof(value):
		memcpy(&value, data, sizeof(value));
		if (type != NULL && strcmp(type, "ALG_SET_OP") == 0)
			text_name(t, names_of(&names_alg_operations, value), value);
		else
			text_int(t, value);
		return true;
	default:
		return false;
	}
}

void show_control_data(struct text *t, int family, int level, int type, const void *data,
		       size_t length)
{
	const char *name = names_control_message(family, level, type);

	for (size_t i = 0; name != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].type, name) == 0 && kinds[i].show(t, data, length))
			return;
	}
	if (show_number(t, name, data, length))
		return;
	text_char(t, '<');
	text_hex_bytes(t, data, length < HEX_BYTES ? length : HEX_BYTES);
	text_string(t, length > HEX_BYTES ? " ...>" : ">");
}

void show_control(struct text *t, int family, const void *control, size_t length)
{
	union {
		char bytes[SHOW_CONTROL_BYTES];
		struct cmsghdr alignment;
	} known;
	size_t size = length < sizeof(known.bytes) ? length : sizeof(known.bytes);
	size_t at = 0;

	if (control == NULL || !memory_read(known.bytes, control, size)) {
		text_pointer(t, control);
		return;
	}
	text_char(t, '[');
	while (size - at >= sizeof(struct cmsghdr) && !t->cut) {
		struct cmsghdr head;
		size_t whole, data;

		memcpy(&head, known.bytes + at, sizeof(head));
		whole = (size_t)head.cmsg_len;
		if (at > 0)
			text_string(t, ", ");
		text_char(t, '{');
		text_name(t, names_level(family, head.cmsg_level), head.cmsg_level);
		text_string(t, ", ");
		text_name(t, names_control_message(family, head.cmsg_level, head.cmsg_type),
			  head.cmsg_type);
		if (whole < CMSG_LEN(0) || whole > size - at) {
			/* A length that is wrong on purpose, or by a case's mistake. */
			text_string(t, ", cmsg_len=");
			text_unsigned(t, whole);
			text_char(t, '}');
			at = size;
			break;
		}
		data = whole - CMSG_LEN(0);
		if (data > 0) {
			text_string(t, ", ");
			show_control_data(t, family, head.cmsg_level, head.cmsg_type,
					  known.bytes + at + CMSG_LEN(0), data);
		}
		text_char(t, '}');
		if (CMSG_SPACE(data) >= size - at) {
			at = size;
			break;
		}
		at += CMSG_SPACE(data);
	}
	if (at < length && size < length)
		text_string(t, ", ...");
	text_char(t, ']');
}
