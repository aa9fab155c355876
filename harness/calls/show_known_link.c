/* SPDX-License-Identifier: MIT */
/* Structures of packet(7), netlink(7) and packet filters. */
#include "harness/calls/show_known.h"

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

bool known_packet_statistics(struct text *t, const void *bytes, size_t length)
{
	struct tpacket_stats value;

	if (!TAKE(value, bytes, length))
		return false;
	field(t, "{tp_packets=", value.tp_packets);
	field(t, ", tp_drops=", value.tp_drops);
	if (length >= sizeof(struct tpacket_stats_v3)) {
		struct tpacket_stats_v3 longer;

		memcpy(&longer, bytes, sizeof(longer));
		field(t, ", tp_freeze_q_cnt=", longer.tp_freeze_q_cnt);
	}
	text_char(t, '}');
	return true;
}

bool known_packet_rollover(struct text *t, const void *bytes, size_t length)
{
	struct tpacket_rollover_stats value;

	if (!TAKE(value, bytes, length))
		return false;
	field(t, "{tp_all=", value.tp_all);
	field(t, ", tp_huge=", value.tp_huge);
	field(t, ", tp_failed=", value.tp_failed);
	text_char(t, '}');
	return true;
}

bool known_packet_ring(struct text *t, const void *bytes, size_t length)
{
	struct tpacket_req value;

	if (!TAKE(value, bytes, length))
		return false;
	field(t, "{tp_block_size=", value.tp_block_size);
	field(t, ", tp_block_nr=", value.tp_block_nr);
	field(t, ", tp_frame_size=", value.tp_frame_size);
	field(t, ", tp_frame_nr=", value.tp_frame_nr);
	if (length >= sizeof(struct tpacket_req3)) {
		struct tpacket_req3 longer;

		memcpy(&longer, bytes, sizeof(longer));
		field(t, ", tp_retire_blk_tov=", longer.tp_retire_blk_tov);
		field(t, ", tp_sizeof_priv=", longer.tp_sizeof_priv);
		text_string(t, ", tp_feature_req_word=");
		text_hex(t, longer.tp_feature_req_word);
	}
	text_char(t, '}');
	return true;
}

bool known_auxdata(struct text *t, const void *bytes, size_t length)
{
	struct tpacket_auxdata value;

	if (!TAKE(value, bytes, length))
		return false;
	text_string(t, "{tp_status=");
	show_flags(t, &names_packet_status, value.tp_status);
	field(t, ", tp_len=", value.tp_len);
	field(t, ", tp_snaplen=", value.tp_snaplen);
	field(t, ", tp_mac=", value.tp_mac);
	field(t, ", tp_net=", value.tp_net);
	field(t, ", tp_vlan_tci=", value.tp_vlan_tci);
	text_string(t, ", tp_vlan_tpid=");
	text_name(t, value.tp_vlan_tpid ? names_protocol(AF_PACKET, value.tp_vlan_tpid) : NULL,
		  value.tp_vlan_tpid);
	text_char(t, '}');
	return true;
}

bool known_netlink_pktinfo(struct text *t, const void *bytes, size_t length)
{
	struct nl_pktinfo value;

	if (!TAKE(value, bytes, length))
		return false;
	field(t, "{group=", value.group);
	text_char(t, '}');
	return true;
}

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
	struct sock_filter value;

	text_char(t, '[');
	for (size_t at = 0; at + sizeof(value) <= length && !t->cut; at += sizeof(value)) {
		memcpy(&value, (const char *)bytes + at, sizeof(value));
		if (at > 0)
			text_string(t, ", ");
		text_string(t, "{code=");
		text_hex(t, value.code);
		field(t, ", jt=", value.jt);
		field(t, ", jf=", value.jf);
		text_string(t, ", k=");
		text_hex(t, value.k);
		text_char(t, '}');
	}
	text_char(t, ']');
	return true;
}
