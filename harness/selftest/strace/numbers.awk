# SPDX-License-Identifier: MIT
#
# Numbers that the record names and strace does not: values of options and arguments, newer options, levels
# and control messages. The numbers are those of the header named, whatever the record's own tables say.

function numbers_of(text, i, n, words) {
	n = split(text, words, " ")
	for (i = 1; i < n; i += 2)
		number[words[i]] = words[i + 1]
}

# Names in the order of their numbers, or of their bits; "-" stands for none.
function numbers_from(first, prefix, text, i, n, words) {
	n = split(text, words, " ")
	for (i = 1; i <= n; i++)
		number[prefix words[i]] = first + i - 1
}

function bits_from(prefix, text, i, n, words) {
	n = split(text, words, " ")
	for (i = 1; i <= n; i++)
		number[prefix words[i]] = 2 ^ (i - 1) ""
}

BEGIN {
	# Where an option's value or socketpair()'s protocol is one of them: sys/socket.h, netinet/in.h
	numbers_of("SOCK_STREAM 1 SOCK_DGRAM 2 SOCK_RAW 3 SOCK_SEQPACKET 5 SOCK_PACKET 10 " \
		"IPPROTO_IP 0 IPPROTO_ICMP 1 IPPROTO_TCP 6 " \
		"IPPROTO_UDP 17 IPPROTO_DCCP 33 IPPROTO_IPV6 41 IPPROTO_ICMPV6 58 IPPROTO_SCTP 132 " \
		"IPPROTO_IGMP 2 IPPROTO_IPIP 4 IPPROTO_EGP 8 IPPROTO_PUP 12 IPPROTO_IDP 22 IPPROTO_TP 29 IPPROTO_ROUTING 43 " \
		"IPPROTO_FRAGMENT 44 IPPROTO_RSVP 46 IPPROTO_GRE 47 IPPROTO_ESP 50 IPPROTO_AH 51 IPPROTO_NONE 59 IPPROTO_DSTOPTS 60 " \
		"IPPROTO_MTP 92 IPPROTO_BEETPH 94 IPPROTO_ENCAP 98 IPPROTO_PIM 103 IPPROTO_COMP 108 IPPROTO_L2TP 115 " \
		"IPPROTO_MH 135 IPPROTO_MPLS 137 IPPROTO_ETHERNET 143 IPPROTO_AGGFRAG 144 IPPROTO_SMC 256 " \
		"IPPROTO_UDPLITE 136 IPPROTO_RAW 255 IPPROTO_MPTCP 262 ICMPV6_FILTER 1")
	# asm-generic/errno-base.h, asm-generic/errno.h
	numbers_from(1, "", "EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK " \
		"EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS " \
		"EMLINK EPIPE EDOM ERANGE")
	numbers_from(95, "", "EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH")
	# bits/socket.h
	numbers_from(0, "AF_", "UNSPEC UNIX INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet NETBEUI SECURITY " \
		"KEY NETLINK PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV " \
		"RXRPC ISDN PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP")
	# bits/in.h
	numbers_from(0, "IP_PMTUDISC_", "DONT WANT DO PROBE INTERFACE OMIT")
	numbers_from(0, "IPV6_PMTUDISC_", "DONT WANT DO PROBE INTERFACE OMIT")
	# linux/rtnetlink.h
	numbers_from(0, "RTNLGRP_", "NONE LINK NOTIFY NEIGH TC IPV4_IFADDR IPV4_MROUTE IPV4_ROUTE IPV4_RULE IPV6_IFADDR " \
		"IPV6_MROUTE IPV6_ROUTE IPV6_IFINFO DECnet_IFADDR NOP2 DECnet_ROUTE DECnet_RULE NOP4 IPV6_PREFIX " \
		"IPV6_RULE ND_USEROPT PHONET_IFADDR PHONET_ROUTE DCB IPV4_NETCONF IPV6_NETCONF MDB MPLS_ROUTE NSID " \
		"MPLS_NETCONF IPV4_MROUTE_R IPV6_MROUTE_R NEXTHOP BRVLAN MCTP_IFADDR TUNNEL STATS IPV4_MCADDR " \
		"IPV6_MCADDR IPV6_ACADDR")
	# linux/netlink.h: protocols
	numbers_from(0, "NETLINK_", "ROUTE UNUSED USERSOCK FIREWALL SOCK_DIAG NFLOG XFRM SELINUX ISCSI AUDIT FIB_LOOKUP " \
		"CONNECTOR NETFILTER IP6_FW DNRTMSG KOBJECT_UEVENT GENERIC DM SCSITRANSPORT ECRYPTFS RDMA CRYPTO SMC")
	# linux/net_tstamp.h
	bits_from("SOF_TIMESTAMPING_", "TX_HARDWARE TX_SOFTWARE RX_HARDWARE RX_SOFTWARE SOFTWARE SYS_HARDWARE " \
		"RAW_HARDWARE OPT_ID TX_SCHED TX_ACK OPT_CMSG OPT_TSONLY OPT_STATS OPT_PKTINFO OPT_TX_SWHW BIND_PHC " \
		"OPT_ID_TCP OPT_RX_FILTER TX_COMPLETION")
	# linux/if_packet.h
	numbers_of("TPACKET_V1 0 TPACKET_V2 1 TPACKET_V3 2 PACKET_IGNORE_OUTGOING 23 PACKET_VNET_HDR_SZ 24")
	# linux/if_xdp.h: offsets of mmap()
	numbers_of("XDP_PGOFF_RX_RING 0 XDP_PGOFF_TX_RING 2147483648 XDP_UMEM_PGOFF_FILL_RING 4294967296 " \
		"XDP_UMEM_PGOFF_COMPLETION_RING 6442450944")
	# linux/tcp.h
	numbers_of("TCP_REPAIR_OFF 0 TCP_REPAIR_ON 1 TCP_REPAIR_OFF_NO_WP -1 TCP_NO_QUEUE 0 TCP_RECV_QUEUE 1 TCP_SEND_QUEUE 2 TCP_QUEUES_NR 3")
	# linux/mptcp.h, linux/socket.h
	numbers_of("SOL_CAN_ISOTP 106 SOL_CAN_J1939 107 SOL_MPTCP 284 SOL_MCTP 285 SOL_SMC 286 SOL_VSOCK 287 " \
		"MPTCP_INFO 1 MPTCP_TCPINFO 2 MPTCP_SUBFLOW_ADDRS 3 MPTCP_FULL_INFO 4")
	# asm-generic/socket.h
	numbers_of("SO_PASSPIDFD 76 SO_PEERPIDFD 77 SO_DEVMEM_LINEAR 78 SO_DEVMEM_DMABUF 79 SO_DEVMEM_DONTNEED 80 SO_RCVPRIORITY 82 SO_PASSRIGHTS 83 SO_INQ 84 " \
		"SOCK_SNDBUF_LOCK 1 SOCK_RCVBUF_LOCK 2")
	# linux/in.h
	numbers_of("IP_LOCAL_PORT_RANGE 51 IP_PROTOCOL 52")
	# linux/in6.h, linux/udp.h, linux/can.h, linux/can/j1939.h
	numbers_of("IPV6_PREFER_SRC_TMP 1 IPV6_PREFER_SRC_PUBLIC 2 IPV6_PREFER_SRC_COA 4 IPV6_PREFER_SRC_CGA 8 " \
		"IPV6_PREFER_SRC_PUBTMP_DEFAULT 256 IPV6_PREFER_SRC_HOME 1024 IPV6_PREFER_SRC_NONCGA 2048 " \
		"UDP_ENCAP_ESPINUDP_NON_IKE 1 UDP_ENCAP_ESPINUDP 2 UDP_ENCAP_L2TPINUDP 3 UDP_ENCAP_GTP0 4 UDP_ENCAP_GTP1U 5 UDP_ENCAP_RXRPC 6 " \
		"UDPLITE_SEND_CSCOV 10 UDPLITE_RECV_CSCOV 11 CAN_RAW 1 SO_J1939_PROMISC 2 CAN_ISOTP_RECV_FC 2")
	# net/bluetooth/bluetooth.h of the kernel
	numbers_from(0, "BTPROTO_", "L2CAP HCI SCO RFCOMM BNEP CMTP HIDP AVDTP ISO")
	# Only strace names these: linux/phonet.h, linux/kcm.h, linux/isdnif.h,
	# linux/nfc.h, linux/irda.h, linux/if_pppol2tp.h, linux/socket.h
	numbers_of("PN_PROTO_TRANSPORT 0 KCMPROTO_CONNECTED 0 ISDN_P_BASE 0 NFC_LLCP_REMOTE_MIU 2 SMCPROTO_SMC 0 NFC_SOCKPROTO_RAW 0 CAIFPROTO_AT 0 IRLMP_IAS_SET 2 PNPIPE_IFINDEX 2 PPPOL2TP_SO_RECVSEQ 2 SOCK_TXREHASH_DISABLED 0 " \
		"SOCK_TXREHASH_ENABLED 1 SOCK_TXREHASH_DEFAULT 255")
	# Only records name these: linux/atm.h, linux/dn.h
	numbers_of("ATM_AAL0 13 ATM_AAL1 1 ATM_AAL2 2 ATM_AAL34 3 ATM_AAL5 5 DNPROTO_NSP 2")
	# linux/vm_sockets.h
	numbers_of("SO_VM_SOCKETS_CONNECT_TIMEOUT 6 SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD 6 SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW 8")

	# A control message has the number of the option that asks for it (socket(7)), which is
	# the name that strace takes.
	control_name["SOL_SOCKET SO_TIMESTAMP_OLD"] = "SCM_TIMESTAMP"
	control_name["SOL_SOCKET SO_TIMESTAMPNS_OLD"] = "SCM_TIMESTAMPNS"
	control_name["SOL_SOCKET SO_TIMESTAMPING_OLD"] = "SCM_TIMESTAMPING"
	# asm-generic/socket.h, linux/tcp.h, linux/in6.h, linux/netlink.h, linux/if_packet.h
	control_name["SOL_SOCKET 0x4"] = "SCM_PIDFD"
	control_name["SOL_SOCKET 0xc"] = "SO_PRIORITY"
	control_name["SOL_SOCKET 0x24"] = "SO_MARK"
	control_name["SOL_SOCKET SO_TXTIME"] = "SCM_TXTIME"
	control_name["SOL_SOCKET 0x51"] = "SCM_TS_OPT_ID"
	control_name["SOL_SOCKET 0x54"] = "SO_INQ"
	control_name["SOL_SOCKET 0x28"] = "SO_RXQ_OVFL"
	control_name["SOL_TCP 0x24"] = "TCP_CM_INQ"
	control_name["SOL_IPV6 0x36"] = "IPV6_HOPOPTS"
	control_name["SOL_IPV6 0x37"] = "IPV6_RTHDRDSTOPTS"
	control_name["SOL_IPV6 0x39"] = "IPV6_RTHDR"
	control_name["SOL_IPV6 0x3b"] = "IPV6_DSTOPTS"
	control_name["SOL_IPV6 0x3d"] = "IPV6_PATHMTU"
	control_name["SOL_IPV6 0x4a"] = "IPV6_ORIGDSTADDR"
	control_name["SOL_UDP 0x68"] = "UDP_GRO"
	control_name["SOL_IPV6 0x2"] = "IPV6_2292PKTINFO"
	control_name["SOL_IPV6 0x3"] = "IPV6_2292HOPOPTS"
	control_name["SOL_IPV6 0x4"] = "IPV6_2292DSTOPTS"
	control_name["SOL_IPV6 0x5"] = "IPV6_2292RTHDR"
	control_name["SOL_IPV6 0x8"] = "IPV6_2292HOPLIMIT"
	control_name["SOL_IPV6 0xb"] = "IPV6_FLOWINFO"
	control_name["SOL_IPV6 0x32"] = "IPV6_PKTINFO"
	control_name["SOL_IPV6 0x34"] = "IPV6_HOPLIMIT"
	control_name["SOL_IPV6 0x43"] = "IPV6_TCLASS"
	control_name["SOL_IPV6 0x19"] = "IPV6_RECVERR"
	control_name["SOL_PACKET 0x8"] = "PACKET_AUXDATA"
	control_name["SOL_NETLINK 0x3"] = "NETLINK_PKTINFO"
	control_name["SOL_NETLINK 0x8"] = "NETLINK_LISTEN_ALL_NSID"
	control_name["SOL_PACKET 0x10"] = "PACKET_TX_TIMESTAMP"
}

# The number of a name or a number, or of several joined by "|"; "" if one of them is not known.
# Those below 0 are what the kernel makes of their 32 bits.
function number_of(s, list, n, i, one, sum) {
	gsub(/[][]/, "", s)
	n = split(s, list, "|")
	sum = 0
	for (i = 1; i <= n; i++) {
		one = list[i]
		if (one in number)
			one = number[one]
		if (one ~ /^0x[0-9a-f]+$/)
			one = hexadecimal(substr(one, 3))
		if (one !~ /^-?[0-9]+$/)
			return ""
		sum += one < 0 ? one + 4294967296 : one
	}
	return n == 0 ? "" : sprintf("%.0f", sum)
}

function hexadecimal(s, i, sum) {
	sum = 0
	for (i = 1; i <= length(s); i++)
		sum = sum * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return sprintf("%.0f", sum)
}

# The four or eight bytes of "[1]", "1", "bytes 01000000" or "192.0.2.1" as a number; "" for anything else.
function integer(s, i, sum, list) {
	sum = 0
	if (s ~ /^\[-?[0-9]+\]$/)
		s = substr(s, 2, length(s) - 2)
	if (s ~ /^-?[0-9]+$/)
		return s < 0 ? s + 4294967296 : s + 0
	if (s ~ /^bytes ([0-9a-f][0-9a-f])+$/) {
		s = substr(s, 7)
		for (i = length(s) - 1; i > 0; i -= 2)
			sum = sum * 256 + value_of[substr(s, i, 2)]
		return sum
	}
	if (split(s, list, ".") == 4)
		return ((list[4] * 256 + list[3]) * 256 + list[2]) * 256 + list[1]
	return ""
}
