/* SPDX-License-Identifier: MIT */
/* Each attempt does the smallest thing that a case with this need relies on. */
#include "harness/probe/attempts.h"

#include <errno.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
/* After the types that it needs. */
#include <linux/vm_sockets.h>

#include "harness/sandbox/make.h"
#include "harness/sandbox/sandbox.h"

static bool attempt_ipv6(char *reason, size_t size)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int fd = ATTEMPT_SOCKET(AF_INET6, SOCK_DGRAM, 0);
	bool ok;

	if (fd < 0)
		return false;
	ok = bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ||
	     attempt_refused(reason, size, "bind to ::1");
	close(fd);
	return ok;
}

static bool attempt_raw(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_INET, SOCK_RAW, IPPROTO_ICMP));
}

static bool attempt_packet(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_PACKET, SOCK_RAW, 0));
}

static bool attempt_netlink(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_NETLINK, SOCK_RAW, 0));
}

static bool attempt_genetlink(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC));
}

static bool attempt_uevent(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT));
}

static bool attempt_udplite(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE));
}

static bool attempt_srv6(char *reason, size_t size)
{
	/* RFC 8754 2: Hdr Ext Len 2, Routing Type 4, no segment left, one segment. */
	static const unsigned char header[24] = {0, 2, 4, 0};
	int fd = ATTEMPT_SOCKET(AF_INET6, SOCK_DGRAM, 0);
	bool ok;

	if (fd < 0)
		return false;
	ok = setsockopt(fd, IPPROTO_IPV6, IPV6_RTHDR, header, sizeof(header)) == 0 ||
	     attempt_refused(reason, size, "setsockopt(IPV6_RTHDR) with a header of type 4");
	if (ok && sandbox_sysctl("net.ipv6.conf.all.seg6_enabled", "1") != 0)
		ok = attempt_refused(reason, size, "net.ipv6.conf.all.seg6_enabled=1");
	close(fd);
	return ok;
}

static bool attempt_mptcp(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
}

static bool attempt_veth(char *reason, size_t size)
{
	static const char command[] = "link add probe0 type veth peer name probe1\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}

static bool attempt_bridge(char *reason, size_t size)
{
	static const char command[] = "link add probe0 type bridge\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}

static bool attempt_macvlan(char *reason, size_t size)
{
	static const char command[] = "link add probe0 type veth peer name probe1\n"
				      "link add link probe0 name probe2 type macvlan mode bridge\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}

static bool attempt_rules(char *reason, size_t size)
{
	static const char command[] = "rule add fwmark 7 table 7\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}

static bool attempt_xdp(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_XDP, SOCK_RAW, 0));
}

static bool attempt_vsock(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_VSOCK, SOCK_STREAM, 0));
}

static bool attempt_vsock_local(char *reason, size_t size)
{
	struct sockaddr_vm address = {.svm_family = AF_VSOCK,
				      .svm_cid = 1, /* VMADDR_CID_LOCAL */
				      .svm_port = VMADDR_PORT_ANY};
	int fd = ATTEMPT_SOCKET(AF_VSOCK, SOCK_STREAM, 0);
	bool ok;

	if (fd < 0)
		return false;
	ok = bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ||
	     attempt_refused(reason, size, "bind to VMADDR_CID_LOCAL");
	close(fd);
	return ok;
}

static bool attempt_iproute2(char *reason, size_t size)
{
	if (sandbox_ip_program() != NULL)
		return true;
	snprintf(reason, size, "no program named ip in PATH, /usr/sbin or /sbin");
	return false;
}

static bool attempt_fastopen(char *reason, size_t size)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), queue = 5;
	bool ok;

	if (sandbox_sysctl("net.ipv4.tcp_fastopen", "3") != 0) {
		close(fd);
		return attempt_refused(reason, size, "net.ipv4.tcp_fastopen=3");
	}
	ok = setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof(queue)) == 0 ||
	     attempt_refused(reason, size, "setsockopt(TCP_FASTOPEN)");
	close(fd);
	return ok;
}

static bool attempt_reuseport(char *reason, size_t size)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), one = 1;
	bool ok = setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one)) == 0 ||
		  attempt_refused(reason, size, "setsockopt(SO_REUSEPORT)");

	close(fd);
	return ok;
}

bool attempt_own_machine(char *reason, size_t size)
{
	if (sandbox_enter_machine() == 0)
		return true;
	if (errno != EPERM)
		return attempt_refused(reason, size, "setns to the machine's own network");
	snprintf(reason, size,
		 "only with --own-machine, in a guest that is thrown away afterwards");
	return false;
}

const struct probe probe_attempts[] = {
	{"ipv6", "an IPv6 socket can be bound to ::1", attempt_ipv6},
	{"raw", "a raw ICMP socket can be opened", attempt_raw},
	{"packet", "a packet socket can be opened", attempt_packet},
	{"netlink", "a routing netlink socket can be opened", attempt_netlink},
	{"genetlink", "a generic netlink socket can be opened", attempt_genetlink},
	{"uevent", "a socket for events of kernel objects can be opened", attempt_uevent},
	{"inet_diag", "the kernel lists TCP sockets over netlink", attempt_inet_diag},
	{"udp_diag", "the kernel lists UDP sockets over netlink", attempt_udp_diag},
	{"unix_diag", "the kernel lists Unix sockets over netlink", attempt_unix_diag},
	{"netlink_diag", "the kernel lists netlink sockets over netlink", attempt_netlink_diag},
	{"packet_diag", "the kernel lists packet sockets over netlink", attempt_packet_diag},
	{"sock_destroy", "an administrator can close sockets of others", attempt_sock_destroy},
	{"genl_policy", "generic netlink tells what its families take", attempt_genl_policy},
	{"bridge_vlan", "a bridge can keep VLANs apart", attempt_bridge_vlan},
	{"qdisc", "the kernel lists queueing disciplines over netlink", attempt_qdisc},
	{"neighbour_get", "netlink can be asked about a single neighbour", attempt_neighbour_get},
	{"netlink_strict", "netlink can be told to check requests for lists",
	 attempt_netlink_strict},
	{"udplite", "a UDP-Lite socket can be opened", attempt_udplite},
	{"srv6", "a segment routing header can be set for a socket", attempt_srv6},
	{"mptcp", "a Multipath TCP socket can be opened", attempt_mptcp},
	{"sctp", "an SCTP socket can listen", attempt_sctp},
	{"sctp_encapsulation", "SCTP can be sent inside UDP", attempt_sctp_encapsulation},
	{"sctp_fair", "SCTP can share between streams by bytes", attempt_sctp_fair},
	{"sctp_probe_interval", "SCTP can probe the path MTU with packets of its own",
	 attempt_sctp_probe_interval},
	{"xdp", "an express data path (XDP) socket can be opened", attempt_xdp},
	{"vsock", "a socket between machines (vsock) can be opened", attempt_vsock},
	{"vsock_local", "vsock has a loopback", attempt_vsock_local},
	{"alg", "a socket for the ciphers of the kernel can be opened", attempt_alg},
	{"alg_hash", "the kernel lends SHA-256", attempt_alg_hash},
	{"alg_hmac", "the kernel lends HMAC with SHA-256", attempt_alg_hmac},
	{"alg_skcipher", "the kernel lends AES-CBC", attempt_alg_skcipher},
	{"alg_aead", "the kernel lends AES-GCM", attempt_alg_aead},
	{"alg_rng", "the kernel lends a generator of random numbers", attempt_alg_rng},
	{"alg_key_serial", "a cipher takes its key from the keyring", attempt_alg_key_serial},
	{"alg_drbg_entropy", "a random number generator takes entropy for tests",
	 attempt_alg_drbg_entropy},
	{"can_raw", "a CAN socket for frames can be opened", attempt_can_raw},
	{"can_bcm", "a socket of the CAN broadcast manager can be opened", attempt_can_bcm},
	{"can_isotp", "an ISO-TP socket can be opened", attempt_can_isotp},
	{"can_j1939", "a J1939 socket can be opened", attempt_can_j1939},
	{"can_xl", "CAN sockets know CAN XL", attempt_can_xl},
	{"can_vcid", "CAN sockets know the virtual networks of CAN XL", attempt_can_vcid},
	{"vcan", "ip can make a virtual CAN bus", attempt_vcan},
	{"vxcan", "ip can make a CAN bus between two hosts", attempt_vxcan},
	{"tipc", "a socket of TIPC can be opened", attempt_tipc},
	{"tipc_node", "a node of TIPC can be given a number", attempt_tipc_node},
	{"rds", "a socket of RDS can be bound", attempt_rds},
	{"rds_tcp", "TCP carries RDS", attempt_rds_tcp},
	{"iproute2", "iproute2's ip program is there", attempt_iproute2},
	{"veth", "ip can make a pair of virtual Ethernet interfaces", attempt_veth},
	{"bridge", "ip can make a bridge", attempt_bridge},
	{"macvlan", "ip can give an interface a second hardware address (macvlan)",
	 attempt_macvlan},
	{"rules", "ip can make a rule for marked packets", attempt_rules},
	{"nlmon", "ip can make an interface that shows netlink messages", attempt_nlmon},
	{"etf", "a queue can send packets at their time (etf)", attempt_etf},
	{"tls", "a TCP socket can encrypt (TLS)", attempt_tls},
	{"idn", "getaddrinfo() takes names with letters beyond ASCII", attempt_idn},
	{"fastopen", "TCP Fast Open can be turned on", attempt_fastopen},
	{"own_machine", "cases may use this machine's own network", attempt_own_machine},
	{"appletalk", "an AppleTalk socket can be opened", attempt_appletalk},
	{"llc", "a socket of logical link control (LLC2) can be opened", attempt_llc},
	{"ax25", "a socket of amateur packet radio (AX.25) can be opened", attempt_ax25},
	{"ax25_kiss", "a terminal can be a radio that speaks KISS", attempt_ax25_kiss},
	{"ax25_accept", "an AX.25 connection that comes in can be taken", attempt_ax25_accept},
	{"netrom", "a socket of NET/ROM can be opened", attempt_netrom},
	{"ieee802154", "radios of IEEE 802.15.4 can be had, and sockets of theirs",
	 attempt_ieee802154},
	{"rose", "a socket of ROSE can be opened", attempt_rose},
	{"atm", "a socket of a permanent ATM channel can be opened", attempt_atm},
	{"atm_switched", "a socket of a switched ATM channel can be opened", attempt_atm_switched},
	{"atm_device", "a program can be an ATM device", attempt_atm_device},
	{"decnet", "a socket of DECnet can be opened", attempt_decnet},
	{"x25", "a socket of X.25 can be opened", attempt_x25},
	{"x25_line", "a program can be a line of X.25", attempt_x25_line},
	{"kcm", "a connection multiplexor (KCM) can be opened", attempt_kcm},
	{"pfkey", "a socket for the keys of IPsec (PF_KEY version 2) can be opened", attempt_pfkey},
	{"l2tp", "a socket of PPP over L2TP can be opened", attempt_l2tp},
	{"l2tp_ip", "a socket of L2TP over IP can be opened", attempt_l2tp_ip},
	{"caif", "a socket to the modems of CAIF can be opened", attempt_caif},
	{"phonet", "a Phonet socket can be opened", attempt_phonet},
	{"rxrpc", "a socket for remote procedure calls (RxRPC) can be opened", attempt_rxrpc},
	{"pppoe", "a socket of PPP over Ethernet can be opened", attempt_pppoe},
	{"qrtr", "a socket of the IPC router (QRTR) can be opened", attempt_qrtr},
	{"nfc", "a socket of near field communication (NFC) can be opened", attempt_nfc},
	{"nfc_devices", "two NFC devices touch", attempt_nfc_devices},
	{"smc", "a socket of shared memory communications (SMC) can be opened", attempt_smc},
	{"smc_protocol", "SMC is a protocol of IPv4", attempt_smc_protocol},
	{"smc_ulp", "a TCP socket can be turned to SMC", attempt_smc_ulp},
	{"smc_limit_hs", "an SMC listener can limit handshakes", attempt_smc_limit_hs},
	{"smc_diag", "the kernel lists SMC sockets over netlink", attempt_smc_diag},
	{"smc_without_device", "SMC on this machine is TCP", attempt_smc_without_device},
	{"bluetooth", "a Bluetooth socket for controllers can be opened", attempt_bluetooth},
	{"vhci", "a program can be a Bluetooth controller", attempt_vhci},
	{"bluetooth_l2cap", "a Bluetooth L2CAP socket can be opened", attempt_bluetooth_l2cap},
	{"bluetooth_rfcomm", "a Bluetooth RFCOMM socket can be opened", attempt_bluetooth_rfcomm},
	{"bluetooth_sco", "a Bluetooth SCO socket can be opened", attempt_bluetooth_sco},
	{"bluetooth_bnep", "a Bluetooth BNEP socket can be opened", attempt_bluetooth_bnep},
	{"bluetooth_cmtp", "a Bluetooth CMTP socket can be opened", attempt_bluetooth_cmtp},
	{"bluetooth_iso", "a Bluetooth ISO socket can be opened", attempt_bluetooth_iso},
	{"bluetooth_hidp", "a Bluetooth HIDP socket can be opened", attempt_bluetooth_hidp},
	{"bluetooth_link_loss", "a Bluetooth socket may outlive its connection",
	 attempt_bluetooth_link_loss},
	{"reuseport", "SO_REUSEPORT can be set", attempt_reuseport},
};
const size_t probe_attempts_count = sizeof(probe_attempts) / sizeof(probe_attempts[0]);
