/* SPDX-License-Identifier: MIT */
/* What can be asked of a packet that is decoded: a layer, the payload, a walk over a list. */
#include "harness/packet/internal.h"

static const struct packet_layer *find(const struct packet *p, enum packet_kind kind, bool quoted)
{
	for (unsigned int i = 0; i < p->layers; i++) {
		if (p->layer[i].kind == kind && p->layer[i].quoted == quoted)
			return &p->layer[i];
	}
	return NULL;
}

const struct packet_layer *packet_find(const struct packet *p, enum packet_kind kind)
{
	return find(p, kind, false);
}

const struct packet_layer *packet_find_quoted(const struct packet *p, enum packet_kind kind)
{
	return find(p, kind, true);
}

#define ACCESSOR(name, kind)                                                                       \
	const struct packet_##name *packet_##name(const struct packet *p)                          \
	{                                                                                          \
		const struct packet_layer *l = find(p, kind, false);                               \
                                                                                                   \
		return l != NULL ? &l->name : NULL;                                                \
	}

ACCESSOR(ethernet, PACKET_ETHERNET)
ACCESSOR(vlan, PACKET_VLAN)
ACCESSOR(arp, PACKET_ARP)
ACCESSOR(ipv4, PACKET_IPV4)
ACCESSOR(ipv6, PACKET_IPV6)
ACCESSOR(icmp, PACKET_ICMP)
ACCESSOR(icmpv6, PACKET_ICMPV6)
ACCESSOR(igmp, PACKET_IGMP)
ACCESSOR(tcp, PACKET_TCP)
ACCESSOR(udp, PACKET_UDP)
ACCESSOR(llc, PACKET_LLC)
ACCESSOR(snap, PACKET_SNAP)
ACCESSOR(mpls, PACKET_MPLS)
ACCESSOR(gre, PACKET_GRE)
ACCESSOR(ah, PACKET_AH)
ACCESSOR(esp, PACKET_ESP)
ACCESSOR(udplite, PACKET_UDPLITE)
ACCESSOR(dccp, PACKET_DCCP)
ACCESSOR(sctp, PACKET_SCTP)
ACCESSOR(rds, PACKET_RDS)
ACCESSOR(tipc, PACKET_TIPC)
ACCESSOR(dns, PACKET_DNS)
ACCESSOR(dhcp, PACKET_DHCP)
ACCESSOR(can, PACKET_CAN)
ACCESSOR(canxl, PACKET_CANXL)
ACCESSOR(isotp, PACKET_ISOTP)
ACCESSOR(j1939, PACKET_J1939)
ACCESSOR(hci_phdr, PACKET_HCI_PHDR)
ACCESSOR(hci_monitor, PACKET_HCI_MONITOR)
ACCESSOR(hci, PACKET_HCI)
ACCESSOR(hci_acl, PACKET_HCI_ACL)
ACCESSOR(hci_sco, PACKET_HCI_SCO)
ACCESSOR(hci_iso, PACKET_HCI_ISO)
ACCESSOR(l2cap, PACKET_L2CAP)
ACCESSOR(rfcomm, PACKET_RFCOMM)
ACCESSOR(netlink, PACKET_NETLINK)
ACCESSOR(vsock, PACKET_VSOCK)
ACCESSOR(kiss, PACKET_KISS)
ACCESSOR(ax25, PACKET_AX25)
ACCESSOR(netrom, PACKET_NETROM)
ACCESSOR(rose, PACKET_ROSE)
ACCESSOR(lapb, PACKET_LAPB)
ACCESSOR(x25, PACKET_X25)
ACCESSOR(llap, PACKET_LLAP)
ACCESSOR(ddp, PACKET_DDP)
ACCESSOR(aarp, PACKET_AARP)
ACCESSOR(decnet, PACKET_DECNET)

static bool is_payload(const struct packet_layer *l)
{
	return !l->quoted &&
	       (l->kind == PACKET_DATA || l->kind == PACKET_DNS || l->kind == PACKET_DHCP);
}

const uint8_t *packet_payload(const struct packet *p, size_t *captured)
{
	unsigned int i = 0;
	uint32_t start, end;

	*captured = 0;
	while (i < p->layers && !is_payload(&p->layer[i]))
		i++;
	if (i == p->layers || p->layer[i].header_captured == 0)
		return NULL;
	start = p->layer[i].offset;
	for (end = start; i < p->layers && is_payload(&p->layer[i]); i++)
		end = p->layer[i].offset + p->layer[i].header_captured;
	*captured = end - start;
	return p->bytes + start;
}

void packet_walk_begin(struct packet_walk *walk, const struct packet *p,
		       const struct packet_layer *l)
{
	uint32_t there = l->offset + l->header_captured;

	walk->packet = p;
	walk->layer = l;
	walk->next = 0;
	walk->end = l->offset + l->header_length;
	walk->left = UINT32_MAX;
	walk->fault = 0;
	if (packet_protocols[l->kind]->walk != NULL)
		packet_protocols[l->kind]->walk(walk, l);
	if (walk->next == 0 || walk->next > walk->end)
		walk->next = walk->end;
	walk->captured = walk->end < there ? walk->end : there;
}

struct packet_walk packet_walk(const struct packet *p, const struct packet_layer *l)
{
	struct packet_walk walk;

	packet_walk_begin(&walk, p, l);
	return walk;
}
