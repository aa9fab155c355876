/* SPDX-License-Identifier: MIT */
/* Addresses of the families that only Linux has: link layers, the kernel, clusters. */
#include "harness/calls/show_address.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_xdp.h>
#include <linux/netlink.h>
#include <linux/tipc.h>
#include <netpacket/packet.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/vm_sockets.h>

static void field(struct text *t, const char *name, int64_t value)
{
	text_string(t, name);
	text_int(t, value);
}

static void hex_field(struct text *t, const char *name, uint64_t value)
{
	text_string(t, name);
	text_hex(t, value);
}

static bool show_netlink(struct text *t, const void *address, size_t length)
{
	struct sockaddr_nl nl;

	if (length < sizeof(nl))
		return false;
	memcpy(&nl, address, sizeof(nl));
	text_string(t, "pid ");
	text_unsigned(t, nl.nl_pid);
	hex_field(t, ", groups ", nl.nl_groups);
	return true;
}

static bool show_packet(struct text *t, const void *address, size_t length)
{
	struct sockaddr_ll ll = {0};
	size_t hardware;

	if (length < offsetof(struct sockaddr_ll, sll_addr))
		return false;
	memcpy(&ll, address, length < sizeof(ll) ? length : sizeof(ll));
	show_protocol(t, AF_PACKET, ll.sll_protocol);
	field(t, ", ifindex ", ll.sll_ifindex);
	field(t, ", hatype ", ll.sll_hatype);
	text_string(t, ", ");
	text_name(t, names_of(&names_packet_types, ll.sll_pkttype), ll.sll_pkttype);
	hardware = ll.sll_halen < sizeof(ll.sll_addr) ? ll.sll_halen : sizeof(ll.sll_addr);
	if (hardware > 0 && offsetof(struct sockaddr_ll, sll_addr) + hardware <= length) {
		text_string(t, ", ");
		show_hardware(t, ll.sll_addr, hardware);
	}
	return true;
}

static bool show_vsock(struct text *t, const void *address, size_t length)
{
	struct sockaddr_vm vm;
	const char *port;

	if (length < sizeof(vm))
		return false;
	memcpy(&vm, address, sizeof(vm));
	text_string(t, "cid ");
	text_name(t, names_of(&names_vsock_cids, vm.svm_cid), vm.svm_cid);
	port = names_of(&names_vsock_ports, vm.svm_port);
	text_string(t, ", port ");
	text_name(t, port, vm.svm_port);
#ifdef VMADDR_FLAG_TO_HOST
	if (vm.svm_flags != 0) {
		text_string(t, ", ");
		show_flags(t, &names_vsock_flags, vm.svm_flags);
	}
#endif
	return true;
}

/* A number by its name, or in hexadecimal. */
static void text_named_hex(struct text *t, const struct name_table *names, uint64_t value)
{
	const char *name = names_of(names, (int64_t)value);

	if (name != NULL)
		text_string(t, name);
	else
		text_hex(t, value);
}

static bool show_can(struct text *t, const void *address, size_t length)
{
	struct sockaddr_can can = {0};

	if (length < offsetof(struct sockaddr_can, can_addr))
		return false;
	memcpy(&can, address, length < sizeof(can) ? length : sizeof(can));
	field(t, "ifindex ", can.can_ifindex);
	/*
	 * ISO-TP and J1939 share the rest. The part of J1939 is longer, and never all zeros beyond
	 * that of ISO-TP: "no group" and "no address" are other numbers.
	 */
	if (length >= offsetof(struct sockaddr_can, can_addr) + sizeof(can.can_addr.j1939) &&
	    (can.can_addr.j1939.pgn != 0 || can.can_addr.j1939.addr != 0)) {
		hex_field(t, ", name ", can.can_addr.j1939.name);
		text_string(t, ", pgn ");
		text_named_hex(t, &names_j1939_groups, can.can_addr.j1939.pgn);
		text_string(t, ", addr ");
		text_named_hex(t, &names_j1939_addresses, can.can_addr.j1939.addr);
	} else if (length >= offsetof(struct sockaddr_can, can_addr) + sizeof(can.can_addr.tp) &&
		   (can.can_addr.tp.rx_id != 0 || can.can_addr.tp.tx_id != 0)) {
		hex_field(t, ", rx_id ", can.can_addr.tp.rx_id);
		hex_field(t, ", tx_id ", can.can_addr.tp.tx_id);
	}
	return true;
}

static bool show_alg(struct text *t, const void *address, size_t length)
{
	struct sockaddr_alg alg = {0};

	if (length < sizeof(alg))
		return false;
	memcpy(&alg, address, sizeof(alg));
	text_char(t, '"');
	text_escaped(t, alg.salg_type, strnlen((char *)alg.salg_type, sizeof(alg.salg_type)));
	text_string(t, "\", \"");
	text_escaped(t, alg.salg_name, strnlen((char *)alg.salg_name, sizeof(alg.salg_name)));
	text_char(t, '"');
	return true;
}

static bool show_xdp(struct text *t, const void *address, size_t length)
{
	struct sockaddr_xdp xdp;

	if (length < sizeof(xdp))
		return false;
	memcpy(&xdp, address, sizeof(xdp));
	show_flags(t, &names_xdp_bind_flags, xdp.sxdp_flags);
	field(t, ", ifindex ", xdp.sxdp_ifindex);
	field(t, ", queue ", xdp.sxdp_queue_id);
	field(t, ", shared umem ", (int)xdp.sxdp_shared_umem_fd);
	return true;
}

static bool show_tipc(struct text *t, const void *address, size_t length)
{
	struct sockaddr_tipc tipc;

	if (length < sizeof(tipc))
		return false;
	memcpy(&tipc, address, sizeof(tipc));
	text_name(t, names_of(&names_tipc_address_types, tipc.addrtype), tipc.addrtype);
	text_string(t, ", ");
	text_name(t, names_of(&names_tipc_scopes, tipc.scope), tipc.scope);
	switch (tipc.addrtype) {
	case TIPC_ADDR_NAMESEQ:
		text_string(t, ", type ");
		text_name(t, names_of(&names_tipc_services, tipc.addr.nameseq.type),
			  tipc.addr.nameseq.type);
		field(t, ", lower ", tipc.addr.nameseq.lower);
		field(t, ", upper ", tipc.addr.nameseq.upper);
		break;
	case TIPC_ADDR_NAME:
		text_string(t, ", type ");
		text_name(t, names_of(&names_tipc_services, tipc.addr.name.name.type),
			  tipc.addr.name.name.type);
		field(t, ", instance ", tipc.addr.name.name.instance);
		break;
	default:
		field(t, ", ref ", tipc.addr.id.ref);
		hex_field(t, ", node ", tipc.addr.id.node);
		break;
	}
	return true;
}

bool show_address_linux(struct text *t, int family, const void *address, size_t length)
{
	switch (family) {
	case AF_NETLINK:
		return show_netlink(t, address, length);
	case AF_PACKET:
		return show_packet(t, address, length);
	case AF_VSOCK:
		return show_vsock(t, address, length);
	case AF_CAN:
		return show_can(t, address, length);
	case AF_ALG:
		return show_alg(t, address, length);
	case AF_XDP:
		return show_xdp(t, address, length);
	case AF_TIPC:
		return show_tipc(t, address, length);
	default:
		return false;
	}
}
