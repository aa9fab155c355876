/* SPDX-License-Identifier: MIT */
/*
 * NETLINK_SOCK_DIAG: sockets of this machine alone, AF_UNIX (linux/unix_diag.h), AF_NETLINK
 * (linux/netlink_diag.h) and AF_PACKET (linux/packet_diag.h).
 */
#include "harness/packet/netlink/internal.h"

/* SOCK_*: the numbers of Linux, but for mips, where STREAM and DGRAM are the other way round */
static const struct netlink_name types[] = {
	{1, "STREAM"},	  {2, "DGRAM"},	  {3, "RAW"}, {4, "RDM"},
	{5, "SEQPACKET"}, {10, "PACKET"}, {0, NULL},
};

/* ---------------------------------------------------------------- AF_UNIX */

static const struct netlink_name unix_shows[] = {
	{0x01, "NAME"},	 {0x02, "VFS"},	    {0x04, "PEER"}, {0x08, "ICONS"},
	{0x10, "RQLEN"}, {0x20, "MEMINFO"}, {0x40, "UID"},  {0, NULL},
};
static const struct netlink_field unix_request[] = {
	{NETLINK_U8_OF("sdiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8("sdiag_protocol"), 1, 0},
	{NETLINK_BINARY("pad"), 2, 2},
	{NETLINK_F32("udiag_states", packet_netlink_socket_state_bits), 4, 0},
	{NETLINK_U32("udiag_ino"), 8, 0},
	{NETLINK_F32("udiag_show", unix_shows), 12, 0},
	{NETLINK_X32("udiag_cookie[0]"), 16, 0},
	{NETLINK_X32("udiag_cookie[1]"), 20, 0},
};
static const struct netlink_layout unix_diag_req = NETLINK_LAYOUT(unix_request, 24);
static const struct netlink_field unix_answer[] = {
	{NETLINK_U8_OF("udiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8_OF("udiag_type", types), 1, 0},
	{NETLINK_U8_OF("udiag_state", packet_netlink_socket_states), 2, 0},
	{NETLINK_BINARY("pad"), 3, 1},
	{NETLINK_U32("udiag_ino"), 4, 0},
	{NETLINK_X32("udiag_cookie[0]"), 8, 0},
	{NETLINK_X32("udiag_cookie[1]"), 12, 0},
};
static const struct netlink_layout unix_diag_msg = NETLINK_LAYOUT(unix_answer, 16);

static const struct netlink_field vfs_fields[] = {
	{NETLINK_U32("udiag_vfs_ino"), 0, 0},
	{NETLINK_X32("udiag_vfs_dev"), 4, 0},
};
static const struct netlink_layout vfs = NETLINK_LAYOUT(vfs_fields, 8);
static const struct netlink_field queue_fields[] = {
	{NETLINK_U32("udiag_rqueue"), 0, 0},
	{NETLINK_U32("udiag_wqueue"), 4, 0},
};
static const struct netlink_layout queues = NETLINK_LAYOUT(queue_fields, 8);

/* The inodes of connections that wait for accept(): 0 for one that is not accepted yet. */
static void show_connections(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	for (; length >= 4; offset += 4, length -= 4)
		packet_show_number(n->v, "Inode", offset, 4,
				   netlink_u32(n->l, n->p->bytes + offset), NULL);
	packet_show_bytes(n->v, "Not decodable", offset, length);
}

/* An abstract name starts with a NUL, and may have more of them. */
static const struct netlink_info unix_attributes[] = {
	[0] = NETLINK_STRING("UNIX_DIAG_NAME"),
	[1] = NETLINK_OF("UNIX_DIAG_VFS", &vfs),
	[2] = NETLINK_U32("UNIX_DIAG_PEER"),
	[3] = NETLINK_BY("UNIX_DIAG_ICONS", show_connections),
	[4] = NETLINK_OF("UNIX_DIAG_RQLEN", &queues),
	[5] = NETLINK_OF("UNIX_DIAG_MEMINFO", &packet_netlink_sk_meminfo),
	[6] = NETLINK_F8("UNIX_DIAG_SHUTDOWN", packet_netlink_shutdown_flags),
	[7] = NETLINK_U32("UNIX_DIAG_UID"),
};
static const struct netlink_set unix_set = NETLINK_SET(unix_attributes);

static void put_state(struct packet_out *out, const struct netlink_name *names, uint8_t number)
{
	const char *name = packet_netlink_name_of(names, number);

	packet_put_char(out, ' ');
	packet_put(out, name != NULL ? name : "?");
}

static void line_unix(struct packet_out *out, const struct netlink_view *n)
{
	packet_put(out, " AF_UNIX");
	if (n->kind.header != &unix_diag_msg)
		return;
	put_state(out, types, packet_netlink_header_u8(n, 1));
	put_state(out, packet_netlink_socket_states, packet_netlink_header_u8(n, 2));
	packet_netlink_put_text(out, n, " ", 0);
	packet_put_pair(out, "inode", packet_netlink_header_u32(n, 4));
}

/* ---------------------------------------------------------------- AF_PACKET */

static const struct netlink_name packet_shows[] = {
	{0x01, "INFO"},	   {0x02, "MCLIST"}, {0x04, "RING_CFG"}, {0x08, "FANOUT"},
	{0x10, "MEMINFO"}, {0x20, "FILTER"}, {0, NULL},
};
static const struct netlink_field packet_request[] = {
	{NETLINK_U8_OF("sdiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8("sdiag_protocol"), 1, 0},
	{NETLINK_BINARY("pad"), 2, 2},
	{NETLINK_U32("pdiag_ino"), 4, 0},
	{NETLINK_F32("pdiag_show", packet_shows), 8, 0},
	{NETLINK_X32("pdiag_cookie[0]"), 12, 0},
	{NETLINK_X32("pdiag_cookie[1]"), 16, 0},
};
static const struct netlink_layout packet_diag_req = NETLINK_LAYOUT(packet_request, 20);
/* pdiag_num is an EtherType, here in the order of the machine */
static const struct netlink_field packet_answer[] = {
	{NETLINK_U8_OF("pdiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8_OF("pdiag_type", types), 1, 0},
	{NETLINK_X16("pdiag_num"), 2, 0},
	{NETLINK_U32("pdiag_ino"), 4, 0},
	{NETLINK_X32("pdiag_cookie[0]"), 8, 0},
	{NETLINK_X32("pdiag_cookie[1]"), 12, 0},
};
static const struct netlink_layout packet_diag_msg = NETLINK_LAYOUT(packet_answer, 16);

static const struct netlink_name info_flags[] = {
	{0x01, "RUNNING"}, {0x02, "AUXDATA"}, {0x04, "ORIGDEV"},
	{0x08, "VNETHDR"}, {0x10, "LOSS"},    {0, NULL},
};
static const struct netlink_field info_fields[] = {
	{NETLINK_U32("pdi_index"), 0, 0},   {NETLINK_U32("pdi_version"), 4, 0},
	{NETLINK_U32("pdi_reserve"), 8, 0}, {NETLINK_U32("pdi_copy_thresh"), 12, 0},
	{NETLINK_U32("pdi_tstamp"), 16, 0}, {NETLINK_F32("pdi_flags", info_flags), 20, 0},
};
static const struct netlink_layout info = NETLINK_LAYOUT(info_fields, 24);
static const struct netlink_info packet_attributes[] = {
	[0] = NETLINK_OF("PACKET_DIAG_INFO", &info),
	[1] = NETLINK_BINARY("PACKET_DIAG_MCLIST"),
	[2] = NETLINK_BINARY("PACKET_DIAG_RX_RING"),
	[3] = NETLINK_BINARY("PACKET_DIAG_TX_RING"),
	[4] = NETLINK_X32("PACKET_DIAG_FANOUT"),
	[5] = NETLINK_U32("PACKET_DIAG_UID"),
	[6] = NETLINK_OF("PACKET_DIAG_MEMINFO", &packet_netlink_sk_meminfo),
	[7] = NETLINK_BINARY("PACKET_DIAG_FILTER"),
};
static const struct netlink_set packet_set = NETLINK_SET(packet_attributes);

static void line_packet(struct packet_out *out, const struct netlink_view *n)
{
	packet_put(out, " AF_PACKET");
	if (n->kind.header != &packet_diag_msg)
		return;
	put_state(out, types, packet_netlink_header_u8(n, 1));
	packet_put_pair(out, "inode", packet_netlink_header_u32(n, 4));
}

/* ---------------------------------------------------------------- AF_NETLINK */

static const struct netlink_name netlink_shows[] = {
	{0x01, "MEMINFO"}, {0x02, "GROUPS"}, {0x04, "RING_CFG"}, {0x08, "FLAGS"}, {0, NULL}};
static const struct netlink_field netlink_request[] = {
	{NETLINK_U8_OF("sdiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8("sdiag_protocol"), 1, 0},
	{NETLINK_BINARY("pad"), 2, 2},
	{NETLINK_U32("ndiag_ino"), 4, 0},
	{NETLINK_F32("ndiag_show", netlink_shows), 8, 0},
	{NETLINK_X32("ndiag_cookie[0]"), 12, 0},
	{NETLINK_X32("ndiag_cookie[1]"), 16, 0},
};
static const struct netlink_layout netlink_diag_req = NETLINK_LAYOUT(netlink_request, 20);
/* the last is that of a socket that nobody has tried to connect */
static const struct netlink_name netlink_states[] = {
	{0, "UNCONNECTED"}, {1, "CONNECTED"}, {7, "CLOSE"}, {0, NULL}};
static const struct netlink_field netlink_answer[] = {
	{NETLINK_U8_OF("ndiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8_OF("ndiag_type", types), 1, 0},
	{NETLINK_U8("ndiag_protocol"), 2, 0},
	{NETLINK_U8_OF("ndiag_state", netlink_states), 3, 0},
	{NETLINK_U32("ndiag_portid"), 4, 0},
	{NETLINK_U32("ndiag_dst_portid"), 8, 0},
	{NETLINK_U32("ndiag_dst_group"), 12, 0},
	{NETLINK_U32("ndiag_ino"), 16, 0},
	{NETLINK_X32("ndiag_cookie[0]"), 20, 0},
	{NETLINK_X32("ndiag_cookie[1]"), 24, 0},
};
static const struct netlink_layout netlink_diag_msg = NETLINK_LAYOUT(netlink_answer, 28);

static const struct netlink_name netlink_flags[] = {
	{0x01, "CB_RUNNING"},
	{0x02, "PKTINFO"},
	{0x04, "BROADCAST_ERROR"},
	{0x08, "NO_ENOBUFS"},
	{0x10, "LISTEN_ALL_NSID"},
	{0x20, "CAP_ACK"},
	{0, NULL},
};
static const struct netlink_info netlink_attributes[] = {
	[0] = NETLINK_OF("NETLINK_DIAG_MEMINFO", &packet_netlink_sk_meminfo),
	[1] = NETLINK_BINARY("NETLINK_DIAG_GROUPS"),
	[2] = NETLINK_BINARY("NETLINK_DIAG_RX_RING"),
	[3] = NETLINK_BINARY("NETLINK_DIAG_TX_RING"),
	[4] = NETLINK_F32("NETLINK_DIAG_FLAGS", netlink_flags),
};
static const struct netlink_set netlink_set = NETLINK_SET(netlink_attributes);

static void line_netlink(struct packet_out *out, const struct netlink_view *n)
{
	const char *name = packet_name_netlink(packet_netlink_header_u8(n, 2));

	packet_put(out, " AF_NETLINK");
	if (n->kind.header != &netlink_diag_msg)
		return;
	packet_put_char(out, ' ');
	packet_put(out, name != NULL ? name : "?");
	packet_put_pair(out, "portid", packet_netlink_header_u32(n, 4));
	packet_put_pair(out, "inode", packet_netlink_header_u32(n, 16));
}

void packet_netlink_describe_local_diag(struct netlink_kind *out, bool request, uint8_t family)
{
	switch (family) {
	case 1:
		out->header = request ? &unix_diag_req : &unix_diag_msg;
		out->set = request ? NULL : &unix_set;
		out->line = line_unix;
		break;
	case 17:
		out->header = request ? &packet_diag_req : &packet_diag_msg;
		out->set = request ? NULL : &packet_set;
		out->line = line_packet;
		break;
	default:
		out->header = request ? &netlink_diag_req : &netlink_diag_msg;
		out->set = request ? NULL : &netlink_set;
		out->line = line_netlink;
		break;
	}
}
