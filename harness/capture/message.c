/* SPDX-License-Identifier: MIT */
#include "harness/capture/message.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/time.h>

#ifndef TP_STATUS_VLAN_TPID_VALID
#define TP_STATUS_VLAN_TPID_VALID (1 << 6)
#endif

static void take_auxiliary(struct frame_from *from, const struct tpacket_auxdata *aux)
{
	from->original = aux->tp_len;
	from->link_header = aux->tp_net;
	from->checksum_pending = (aux->tp_status & TP_STATUS_CSUMNOTREADY) != 0;
	from->tagged = (aux->tp_status & TP_STATUS_VLAN_VALID) != 0;
	from->tci = aux->tp_vlan_tci;
	/* IEEE 802.1Q: what it was before kernels said so */
	from->tpid = (aux->tp_status & TP_STATUS_VLAN_TPID_VALID) != 0 ? aux->tp_vlan_tpid : 0x8100;
}

/*
 * gVisor leaves sll_hatype 0 (pkg/tcpip/transport/packet), the number of NET/ROM, whose addresses
 * have seven bytes. What has six is framed as Ethernet.
 */
static uint16_t hardware_of(const struct sockaddr_ll *link)
{
	return link->sll_hatype == ARPHRD_NETROM && link->sll_halen == ETH_ALEN ? ARPHRD_ETHER
										: link->sll_hatype;
}

void frame_from_message(struct frame_from *from, struct msghdr *message, struct timespec *at)
{
	const struct sockaddr_ll *link = message->msg_name;

	*from = (struct frame_from){
		.protocol = ntohs(link->sll_protocol),
		.hardware = hardware_of(link),
		.packet_type = link->sll_pkttype,
		.length = link->sll_halen,
		.address = link->sll_addr,
		.interface = (uint32_t)link->sll_ifindex,
	};
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
			memcpy(at, CMSG_DATA(c), sizeof(*at));
		} else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMP) {
			struct timeval when;

			memcpy(&when, CMSG_DATA(c), sizeof(when));
			*at = (struct timespec){when.tv_sec, when.tv_usec * 1000};
		} else if (c->cmsg_level == SOL_PACKET && c->cmsg_type == PACKET_AUXDATA) {
			struct tpacket_auxdata aux;

			memcpy(&aux, CMSG_DATA(c), sizeof(aux));
			take_auxiliary(from, &aux);
		}
	}
}
