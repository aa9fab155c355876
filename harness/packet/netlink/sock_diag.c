/* SPDX-License-Identifier: MIT */
/*
 * NETLINK_SOCK_DIAG (sock_diag(7)): the Internet families (linux/inet_diag.h). Requests and
 * answers have the same type, SOCK_DIAG_BY_FAMILY: what asks has NLM_F_REQUEST set.
 */
#include "harness/packet/netlink/internal.h"

enum {
	SOCK_DIAG_BY_FAMILY = 20,
	NLM_F_REQUEST = 1,
};

/* TCP's states, which the other protocols use too (net/tcp_states.h); in requests as bits */
const struct netlink_name packet_netlink_socket_states[] = {
	{1, "ESTABLISHED"}, {2, "SYN_SENT"},  {3, "SYN_RECV"}, {4, "FIN_WAIT1"},
	{5, "FIN_WAIT2"},   {6, "TIME_WAIT"}, {7, "CLOSE"},    {8, "CLOSE_WAIT"},
	{9, "LAST_ACK"},    {10, "LISTEN"},   {11, "CLOSING"}, {12, "NEW_SYN_RECV"},
	{0, NULL},
};
const struct netlink_name packet_netlink_socket_state_bits[] = {
	{1 << 1, "ESTABLISHED"},
	{1 << 2, "SYN_SENT"},
	{1 << 3, "SYN_RECV"},
	{1 << 4, "FIN_WAIT1"},
	{1 << 5, "FIN_WAIT2"},
	{1 << 6, "TIME_WAIT"},
	{1 << 7, "CLOSE"},
	{1 << 8, "CLOSE_WAIT"},
	{1 << 9, "LAST_ACK"},
	{1 << 10, "LISTEN"},
	{1 << 11, "CLOSING"},
	{1 << 12, "NEW_SYN_RECV"},
	{0, NULL},
};
static const struct netlink_name timers[] = {
	{0, "none"},	  {1, "retransmit"},	    {2, "keepalive"},
	{3, "TIME_WAIT"}, {4, "zero window probe"}, {0, NULL},
};
/* bit INET_DIAG_x - 1 of idiag_ext: which attributes are asked for */
static const struct netlink_name extensions[] = {
	{0x01, "MEMINFO"}, {0x02, "INFO"},	{0x04, "VEGASINFO"}, {0x08, "CONG"}, {0x10, "TOS"},
	{0x20, "TCLASS"},  {0x40, "SKMEMINFO"}, {0x80, "SHUTDOWN"},  {0, NULL},
};
const struct netlink_name packet_netlink_shutdown_flags[] = {
	{1, "RCV_SHUTDOWN"}, {2, "SEND_SHUTDOWN"}, {0, NULL}};

/* IPv4 addresses stand in the first 4 of the 16 bytes; the family is the message's first byte. */
static void show_address(const struct netlink_view *n, const char *name, uint32_t offset)
{
	if (n->m->family == 2) {
		packet_show_ipv4(n->v, name, offset);
		packet_show_bytes(n->v, "Unused", offset + 4, 12);
	} else {
		packet_show_ipv6(n->v, name, offset);
	}
}

/*
 *     0                               16                            32
 *    +-------------------------------+-------------------------------+
 *  0 | idiag_sport                   | idiag_dport                   |
 *    +-------------------------------+-------------------------------+
 *  4 | idiag_src (16 bytes)                                          |
 *    +---------------------------------------------------------------+
 * 20 | idiag_dst (16 bytes)                                          |
 *    +---------------------------------------------------------------+
 * 36 | idiag_if                                                      |
 *    +---------------------------------------------------------------+
 * 40 | idiag_cookie (8 bytes; all ones: any)                         |
 *    +---------------------------------------------------------------+
 *
 * struct inet_diag_sockid: ports and addresses in network order, the rest in that of the machine.
 */
static void show_sockid(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	static const struct netlink_field ports[] = {
		{NETLINK_BE16("idiag_sport"), 0, 0},
		{NETLINK_BE16("idiag_dport"), 2, 0},
	};
	static const struct netlink_layout head = NETLINK_LAYOUT(ports, 4);
	static const struct netlink_field rest[] = {
		{NETLINK_U32("idiag_if"), 0, 0},
		{NETLINK_X32("idiag_cookie[0]"), 4, 0},
		{NETLINK_X32("idiag_cookie[1]"), 8, 0},
	};
	static const struct netlink_layout tail = NETLINK_LAYOUT(rest, 12);

	(void)length;
	packet_netlink_show_layout(n, &head, offset, 4);
	show_address(n, "idiag_src", offset + 4);
	show_address(n, "idiag_dst", offset + 20);
	packet_netlink_show_layout(n, &tail, offset + 36, 12);
}

/* struct inet_diag_req_v2 */
static const struct netlink_field request_fields[] = {
	{NETLINK_U8_OF("sdiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8_OF("sdiag_protocol", packet_netlink_ip_protocols), 1, 0},
	{NETLINK_F8("idiag_ext", extensions), 2, 0},
	{NETLINK_BINARY("pad"), 3, 1},
	{NETLINK_F32("idiag_states", packet_netlink_socket_state_bits), 4, 0},
	{NETLINK_BY("id", show_sockid), 8, 48},
};
static const struct netlink_layout inet_diag_req_v2 = NETLINK_LAYOUT(request_fields, 56);

/* Filters are a program of their own (INET_DIAG_BC_*), which is not taken apart. */
static const struct netlink_info request_attributes[] = {
	[1] = NETLINK_BINARY("INET_DIAG_REQ_BYTECODE"),
	[2] = NETLINK_IN("INET_DIAG_REQ_SK_BPF_STORAGES", &packet_netlink_no_set),
	[3] = NETLINK_U32_OF("INET_DIAG_REQ_PROTOCOL", packet_netlink_ip_protocols),
};
static const struct netlink_set request_set = NETLINK_SET(request_attributes);

/* struct inet_diag_msg */
static const struct netlink_field answer_fields[] = {
	{NETLINK_U8_OF("idiag_family", packet_netlink_families), 0, 0},
	{NETLINK_U8_OF("idiag_state", packet_netlink_socket_states), 1, 0},
	{NETLINK_U8_OF("idiag_timer", timers), 2, 0},
	{NETLINK_U8("idiag_retrans"), 3, 0},
	{NETLINK_BY("id", show_sockid), 4, 48},
	{NETLINK_U32("idiag_expires"), 52, 0},
	{NETLINK_U32("idiag_rqueue"), 56, 0},
	{NETLINK_U32("idiag_wqueue"), 60, 0},
	{NETLINK_U32("idiag_uid"), 64, 0},
	{NETLINK_U32("idiag_inode"), 68, 0},
};
static const struct netlink_layout inet_diag_msg = NETLINK_LAYOUT(answer_fields, 72);

static const struct netlink_field memory_fields[] = {
	{NETLINK_U32("idiag_rmem"), 0, 0},
	{NETLINK_U32("idiag_wmem"), 4, 0},
	{NETLINK_U32("idiag_fmem"), 8, 0},
	{NETLINK_U32("idiag_tmem"), 12, 0},
};
static const struct netlink_layout inet_diag_meminfo = NETLINK_LAYOUT(memory_fields, 16);

/* An array that grew: older kernels send fewer. */
static const struct netlink_field socket_memory_fields[] = {
	{NETLINK_U32("SK_MEMINFO_RMEM_ALLOC"), 0, 0},
	{NETLINK_U32("SK_MEMINFO_RCVBUF"), 4, 0},
	{NETLINK_U32("SK_MEMINFO_WMEM_ALLOC"), 8, 0},
	{NETLINK_U32("SK_MEMINFO_SNDBUF"), 12, 0},
	{NETLINK_U32("SK_MEMINFO_FWD_ALLOC"), 16, 0},
	{NETLINK_U32("SK_MEMINFO_WMEM_QUEUED"), 20, 0},
	{NETLINK_U32("SK_MEMINFO_OPTMEM"), 24, 0},
	{NETLINK_U32("SK_MEMINFO_BACKLOG"), 28, 0},
	{NETLINK_U32("SK_MEMINFO_DROPS"), 32, 0},
};
const struct netlink_layout packet_netlink_sk_meminfo = NETLINK_LAYOUT(socket_memory_fields, 36);

static const struct netlink_info upper_attributes[] = {
	[1] = NETLINK_STRING("INET_ULP_INFO_NAME"),
	[2] = NETLINK_IN("INET_ULP_INFO_TLS", &packet_netlink_no_set),
	[3] = NETLINK_IN("INET_ULP_INFO_MPTCP", &packet_netlink_no_set),
};
static const struct netlink_set upper_set = NETLINK_SET(upper_attributes);

static const struct netlink_info attributes[] = {
	[1] = NETLINK_OF("INET_DIAG_MEMINFO", &inet_diag_meminfo),
	[2] = NETLINK_BINARY("INET_DIAG_INFO"),
	[3] = NETLINK_BINARY("INET_DIAG_VEGASINFO"),
	[4] = NETLINK_STRING("INET_DIAG_CONG"),
	[5] = NETLINK_X8("INET_DIAG_TOS"),
	[6] = NETLINK_X8("INET_DIAG_TCLASS"),
	[7] = NETLINK_OF("INET_DIAG_SKMEMINFO", &packet_netlink_sk_meminfo),
	[8] = NETLINK_F8("INET_DIAG_SHUTDOWN", packet_netlink_shutdown_flags),
	[9] = NETLINK_BINARY("INET_DIAG_DCTCPINFO"),
	[10] = NETLINK_U8_OF("INET_DIAG_PROTOCOL", packet_netlink_ip_protocols),
	[11] = NETLINK_U8("INET_DIAG_SKV6ONLY"),
	[12] = NETLINK_BINARY("INET_DIAG_LOCALS"),
	[13] = NETLINK_BINARY("INET_DIAG_PEERS"),
	[14] = NETLINK_BINARY("INET_DIAG_PAD"),
	[15] = NETLINK_X32("INET_DIAG_MARK"),
	[16] = NETLINK_BINARY("INET_DIAG_BBRINFO"),
	[17] = NETLINK_X32("INET_DIAG_CLASS_ID"),
	[18] = NETLINK_BINARY("INET_DIAG_MD5SIG"),
	[19] = NETLINK_IN("INET_DIAG_ULP_INFO", &upper_set),
	[20] = NETLINK_IN("INET_DIAG_SK_BPF_STORAGES", &packet_netlink_no_set),
	[21] = NETLINK_U64("INET_DIAG_CGROUP_ID"),
	[22] = NETLINK_BINARY("INET_DIAG_SOCKOPT"),
};
static const struct netlink_set answer_set = NETLINK_SET(attributes);

static void put_end(struct packet_out *out, const struct netlink_view *n, uint32_t address,
		    uint32_t port)
{
	bool ipv6 = n->m->family == 10;

	if (ipv6)
		packet_put_char(out, '[');
	packet_netlink_put_address(out, n, address, ipv6 ? 16 : 4);
	if (ipv6)
		packet_put_char(out, ']');
	packet_put_char(out, ':');
	packet_put_number(out, packet_be16(n->p->bytes + port));
}

static void line_inet(struct packet_out *out, const struct netlink_view *n)
{
	bool request = (n->m->nlmsg_flags & NLM_F_REQUEST) != 0;
	uint32_t id = n->m->offset + 16 + (request ? 8 : 4);
	const char *name = packet_netlink_name_of(request ? packet_netlink_ip_protocols
							  : packet_netlink_socket_states,
						  packet_netlink_header_u8(n, 1));

	if (n->m->header_length < 56 || n->m->captured < 16 + 56)
		return;
	packet_put_char(out, ' ');
	packet_put(out, name != NULL ? name : "?");
	packet_put_char(out, ' ');
	put_end(out, n, id + 4, id);
	packet_put(out, " > ");
	put_end(out, n, id + 20, id + 2);
	if (!request)
		packet_put_pair(out, "inode", packet_netlink_header_u32(n, 68));
}

static void describe_inet(struct netlink_kind *out, bool request)
{
	out->header = request ? &inet_diag_req_v2 : &inet_diag_msg;
	out->set = request ? &request_set : &answer_set;
	out->line = line_inet;
}

void packet_netlink_describe_sock_diag(struct netlink_kind *out, uint16_t type, uint16_t flags,
				       uint8_t family)
{
	bool request = (flags & NLM_F_REQUEST) != 0;

	/* the older requests, before there were other families than TCP's and DCCP's */
	if (type == 18 || type == 19)
		out->name = type == 18 ? "TCPDIAG_GETSOCK" : "DCCPDIAG_GETSOCK";
	if (type == SOCK_DIAG_BY_FAMILY)
		out->name = "SOCK_DIAG_BY_FAMILY";
	if (type == 21)
		out->name = "SOCK_DESTROY";
	out->verb = type == 21 ? NETLINK_DELETE : NETLINK_GET;
	/* their request is struct inet_diag_req; the answer is the same */
	if (type < SOCK_DIAG_BY_FAMILY && request)
		return;
	out->has_attributes = true;
	switch (family) {
	case 2:
	case 10:
		describe_inet(out, request);
		break;
	case 1:
	case 16:
	case 17:
		packet_netlink_describe_local_diag(out, request, family);
		break;
	default:
		out->has_attributes = false;
		break;
	}
}
