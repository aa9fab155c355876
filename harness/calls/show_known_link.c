/* SPDX-License-Identifier: MIT */
/* Structures of packet(7), netlink(7) and packet filters. */
#include "harness/calls/show_fields.h"

#include "harness/calls/show.h"

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

enum {
	/* PACKET_FANOUT: group in the low half, mode in one byte, flags in the other. */
	FANOUT_MODE_SHIFT = 16,
	FANOUT_MODE_MASK = 0x0f,
};

static void field(struct text *t, const char *name, uint64_t value)
{
	text_string(t, name);
	text_unsigned(t, value);
}

bool known_packet_mreq(struct text *t, const void *bytes, size_t length)
{
	struct packet_mreq value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{mr_ifindex=");
	text_int(t, value.mr_ifindex);
	text_string(t, ", mr_type=");
	text_name(t, names_of(&names_packet_membership_types, value.mr_type), value.mr_type);
	text_string(t, ", mr_address=");
	show_hardware(t, value.mr_address,
		      value.mr_alen < sizeof(value.mr_address) ? value.mr_alen
							       : sizeof(value.mr_address));
	text_char(t, '}');
	return true;
}

bool known_packet_fanout(struct text *t, const void *bytes, size_t length)
{
	uint32_t value, mode, flags;

	if (!TAKE(value, bytes, length))
		return false;
	mode = value >> FANOUT_MODE_SHIFT & FANOUT_MODE_MASK;
	flags = value >> FANOUT_MODE_SHIFT & ~(uint32_t)FANOUT_MODE_MASK;
	field(t, "{group=", value & UINT16_MAX);
	text_string(t, ", mode=");
	text_name(t, names_of(&names_packet_fanout_modes, mode), mode);
	text_string(t, ", flags=");
	show_flags(t, &names_packet_fanout_flags, flags);
	text_char(t, '}');
	return true;
}

SHOW_STRUCTURE(known_packet_statistics, FIELD(tpacket_stats_v3, tp_packets),
	       FIELD(tpacket_stats_v3, tp_drops), FIELD(tpacket_stats_v3, tp_freeze_q_cnt));
SHOW_STRUCTURE(known_packet_rollover, FIELD(tpacket_rollover_stats, tp_all),
	       FIELD(tpacket_rollover_stats, tp_huge), FIELD(tpacket_rollover_stats, tp_failed));
SHOW_STRUCTURE(known_packet_ring, FIELD(tpacket_req3, tp_block_size),
	       FIELD(tpacket_req3, tp_block_nr), FIELD(tpacket_req3, tp_frame_size),
	       FIELD(tpacket_req3, tp_frame_nr), FIELD(tpacket_req3, tp_retire_blk_tov),
	       FIELD(tpacket_req3, tp_sizeof_priv), FIELD_BITS(tpacket_req3, tp_feature_req_word));

static bool vlan_protocol(struct text *t, const void *bytes, size_t length)
{
	int value = (int)field_value(bytes, length);

	text_name(t, value != 0 ? names_protocol(AF_PACKET, value) : NULL, value);
	return true;
}

SHOW_STRUCTURE(known_auxdata, FIELD_FLAG(tpacket_auxdata, tp_status, names_packet_status),
	       FIELD(tpacket_auxdata, tp_len), FIELD(tpacket_auxdata, tp_snaplen),
	       FIELD(tpacket_auxdata, tp_mac), FIELD(tpacket_auxdata, tp_net),
	       FIELD(tpacket_auxdata, tp_vlan_tci),
	       FIELD_AS(tpacket_auxdata, tp_vlan_tpid, vlan_protocol));
SHOW_STRUCTURE(known_netlink_pktinfo, FIELD(nl_pktinfo, group));

bool known_sock_fprog(struct text *t, const void *bytes, size_t length)
{
	struct sock_fprog value;

	if (!TAKE(value, bytes, length))
		return false;
	field(t, "{len=", value.len);
	text_string(t, ", filter=");
	text_pointer(t, value.filter);
	text_char(t, '}');
	return true;
}

/* A program of classic BPF: the instructions themselves. */
bool known_sock_filters(struct text *t, const void *bytes, size_t length)
{
	static const struct field list[] = {
		FIELD_BITS(sock_filter, code),
		FIELD(sock_filter, jt),
		FIELD(sock_filter, jf),
		FIELD_BITS(sock_filter, k),
	};

	show_fields_each(t, bytes, length, sizeof(struct sock_filter), FIELDS(list));
	return true;
}
