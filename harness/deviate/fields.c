/* SPDX-License-Identifier: MIT */
#include "harness/deviate/fields.h"

#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <linux/vm_sockets.h>

#include "harness/names/names.h"

#define MEMBER(kind, type, member)                                                                 \
	{                                                                                          \
#member, kind, offsetof(struct type, member), sizeof(((struct type *)0)->member)   \
	}
#define NUMBER(type, member)  MEMBER(FIELD_NUMBER, type, member)
#define NETWORK(type, member) MEMBER(FIELD_NETWORK, type, member)
#define TEXT(type, member)    MEMBER(FIELD_TEXT, type, member)
#define FIELDS(name, ...)                                                                          \
	{                                                                                          \
		name, sizeof((const struct field[]){__VA_ARGS__}) / sizeof(struct field),          \
			(const struct field[])                                                     \
		{                                                                                  \
			__VA_ARGS__                                                                \
		}                                                                                  \
	}

/* The headers of a C library may lack the one, those of the kernel clash with the other. */
struct extended_error {
	uint32_t ee_errno;
	uint8_t ee_origin, ee_type, ee_code, ee_pad;
	uint32_t ee_info, ee_data;
};

/* include/uapi/linux/mptcp.h and tcp.h, which older headers lack: the beginnings. */
struct subflow_data {
	uint32_t size_subflow_data, num_subflows;
};
struct full_info {
	uint32_t size_tcpinfo_kernel, size_tcpinfo_user, size_sfinfo_kernel, size_sfinfo_user;
	uint32_t num_subflows;
};
struct zerocopy_receive {
	uint64_t address;
	uint32_t length, recv_skip_hint;
};

static const struct fields addresses[] = {
	FIELDS("AF_INET", NUMBER(sockaddr_in, sin_family), NETWORK(sockaddr_in, sin_port),
	       NETWORK(sockaddr_in, sin_addr)),
	FIELDS("AF_INET6", NUMBER(sockaddr_in6, sin6_family), NETWORK(sockaddr_in6, sin6_port),
	       NETWORK(sockaddr_in6, sin6_addr), NUMBER(sockaddr_in6, sin6_scope_id),
	       NETWORK(sockaddr_in6, sin6_flowinfo)),
	FIELDS("AF_UNIX", NUMBER(sockaddr_un, sun_family), TEXT(sockaddr_un, sun_path)),
	FIELDS("AF_NETLINK", NUMBER(sockaddr_nl, nl_family), NUMBER(sockaddr_nl, nl_pid),
	       NUMBER(sockaddr_nl, nl_groups)),
	FIELDS("AF_PACKET", NUMBER(sockaddr_ll, sll_family), NETWORK(sockaddr_ll, sll_protocol),
	       NUMBER(sockaddr_ll, sll_ifindex), NUMBER(sockaddr_ll, sll_hatype),
	       NUMBER(sockaddr_ll, sll_pkttype), NUMBER(sockaddr_ll, sll_halen),
	       {"sll_addr", FIELD_NETWORK, offsetof(struct sockaddr_ll, sll_addr), 6}),
	FIELDS("AF_VSOCK", NUMBER(sockaddr_vm, svm_family), NUMBER(sockaddr_vm, svm_cid),
	       NUMBER(sockaddr_vm, svm_port)),
};

static const struct fields values[] = {
	FIELDS("SO_LINGER", NUMBER(linger, l_onoff), NUMBER(linger, l_linger)),
	FIELDS("SO_RCVTIMEO", NUMBER(timeval, tv_sec), NUMBER(timeval, tv_usec)),
	FIELDS("SO_SNDTIMEO", NUMBER(timeval, tv_sec), NUMBER(timeval, tv_usec)),
	FIELDS("SO_PEERCRED", NUMBER(ucred, pid), NUMBER(ucred, uid), NUMBER(ucred, gid)),
	FIELDS("SCM_CREDENTIALS", NUMBER(ucred, pid), NUMBER(ucred, uid), NUMBER(ucred, gid)),
	FIELDS("SCM_TIMESTAMP", NUMBER(timeval, tv_sec)),
	FIELDS("SCM_TIMESTAMPNS", NUMBER(timespec, tv_sec)),
	FIELDS("IP_PKTINFO", NUMBER(in_pktinfo, ipi_ifindex), NETWORK(in_pktinfo, ipi_spec_dst),
	       NETWORK(in_pktinfo, ipi_addr)),
	FIELDS("IPV6_PKTINFO", NETWORK(in6_pktinfo, ipi6_addr), NUMBER(in6_pktinfo, ipi6_ifindex)),
	FIELDS("IP_ORIGDSTADDR", NETWORK(sockaddr_in, sin_port), NETWORK(sockaddr_in, sin_addr)),
	FIELDS("IPV6_ORIGDSTADDR", NETWORK(sockaddr_in6, sin6_port),
	       NETWORK(sockaddr_in6, sin6_addr)),
	FIELDS("IP_RECVERR", NUMBER(extended_error, ee_errno), NUMBER(extended_error, ee_origin),
	       NUMBER(extended_error, ee_type), NUMBER(extended_error, ee_code),
	       NUMBER(extended_error, ee_info), NUMBER(extended_error, ee_data)),
	FIELDS("IPV6_RECVERR", NUMBER(extended_error, ee_errno), NUMBER(extended_error, ee_origin),
	       NUMBER(extended_error, ee_type), NUMBER(extended_error, ee_code),
	       NUMBER(extended_error, ee_info), NUMBER(extended_error, ee_data)),
	FIELDS("IPV6_PATHMTU", NUMBER(ip6_mtuinfo, ip6m_mtu)),
	FIELDS("TCP_INFO", NUMBER(tcp_info, tcpi_state), NUMBER(tcp_info, tcpi_options),
	       NUMBER(tcp_info, tcpi_rto), NUMBER(tcp_info, tcpi_snd_mss),
	       NUMBER(tcp_info, tcpi_rcv_mss), NUMBER(tcp_info, tcpi_unacked),
	       NUMBER(tcp_info, tcpi_sacked), NUMBER(tcp_info, tcpi_lost),
	       NUMBER(tcp_info, tcpi_retrans), NUMBER(tcp_info, tcpi_pmtu),
	       NUMBER(tcp_info, tcpi_advmss)),
	FIELDS("PACKET_STATISTICS", NUMBER(tpacket_stats, tp_packets),
	       NUMBER(tpacket_stats, tp_drops)),
	FIELDS("PACKET_AUXDATA", NUMBER(tpacket_auxdata, tp_status),
	       NUMBER(tpacket_auxdata, tp_len), NUMBER(tpacket_auxdata, tp_snaplen),
	       NUMBER(tpacket_auxdata, tp_mac), NUMBER(tpacket_auxdata, tp_net),
	       NUMBER(tpacket_auxdata, tp_vlan_tci), NUMBER(tpacket_auxdata, tp_vlan_tpid)),
	FIELDS("IP_MSFILTER", NUMBER(ip_msfilter, imsf_fmode), NUMBER(ip_msfilter, imsf_numsrc),
	       NETWORK(ip_msfilter, imsf_slist)),
	FIELDS("MCAST_MSFILTER", NUMBER(group_filter, gf_fmode), NUMBER(group_filter, gf_numsrc)),
	FIELDS("MPTCP_TCPINFO", NUMBER(subflow_data, num_subflows)),
	FIELDS("MPTCP_SUBFLOW_ADDRS", NUMBER(subflow_data, num_subflows)),
	FIELDS("MPTCP_FULL_INFO", NUMBER(full_info, num_subflows)),
	FIELDS("TCP_ZEROCOPY_RECEIVE", NUMBER(zerocopy_receive, length),
	       NUMBER(zerocopy_receive, recv_skip_hint)),
	FIELDS("NETLINK_PKTINFO", NUMBER(nl_pktinfo, group)),
};

static const struct fields *find(const struct fields *table, size_t count, const char *type)
{
	for (size_t i = 0; type != NULL && i < count; i++) {
		if (strcmp(table[i].type, type) == 0)
			return &table[i];
	}
	return NULL;
}

const struct fields *fields_of_address(int family)
{
	return find(addresses, sizeof(addresses) / sizeof(addresses[0]), names_family(family));
}

const struct fields *fields_of_value(const char *name)
{
	return find(values, sizeof(values) / sizeof(values[0]), name);
}
