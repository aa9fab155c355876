/* SPDX-License-Identifier: MIT */
/*
 * Ethernet types, which are the protocols of AF_PACKET (there in network byte
 * order). Those below 0x0600 are Linux's own, for frames without a type.
 */
#include "harness/names/table.h"

#include <linux/if_ether.h>

static const struct name protocols_ethernet_list[] = {
	NAME(ETH_P_802_3),
#ifdef ETH_P_AX25
	NAME(ETH_P_AX25),
#endif
	NAME(ETH_P_ALL),	NAME(ETH_P_802_2),   NAME(ETH_P_SNAP),
#ifdef ETH_P_DDCMP
	NAME(ETH_P_DDCMP),
#endif
#ifdef ETH_P_WAN_PPP
	NAME(ETH_P_WAN_PPP),
#endif
#ifdef ETH_P_PPP_MP
	NAME(ETH_P_PPP_MP),
#endif
#ifdef ETH_P_LOCALTALK
	NAME(ETH_P_LOCALTALK),
#endif
#ifdef ETH_P_CAN
	NAME(ETH_P_CAN),
#endif
#ifdef ETH_P_CANFD
	NAME(ETH_P_CANFD),
#endif
#ifdef ETH_P_CANXL
	NAME(ETH_P_CANXL),
#endif
#ifdef ETH_P_PPPTALK
	NAME(ETH_P_PPPTALK),
#endif
#ifdef ETH_P_TR_802_2
	NAME(ETH_P_TR_802_2),
#endif
#ifdef ETH_P_MOBITEX
	NAME(ETH_P_MOBITEX),
#endif
#ifdef ETH_P_CONTROL
	NAME(ETH_P_CONTROL),
#endif
#ifdef ETH_P_IRDA
	NAME(ETH_P_IRDA),
#endif
#ifdef ETH_P_ECONET
	NAME(ETH_P_ECONET),
#endif
#ifdef ETH_P_HDLC
	NAME(ETH_P_HDLC),
#endif
#ifdef ETH_P_ARCNET
	NAME(ETH_P_ARCNET),
#endif
#ifdef ETH_P_DSA
	NAME(ETH_P_DSA),
#endif
#ifdef ETH_P_TRAILER
	NAME(ETH_P_TRAILER),
#endif
	NAME(ETH_P_LOOP),
#ifdef ETH_P_PHONET
	NAME(ETH_P_PHONET),
#endif
#ifdef ETH_P_IEEE802154
	NAME(ETH_P_IEEE802154),
#endif
#ifdef ETH_P_CAIF
	NAME(ETH_P_CAIF),
#endif
#ifdef ETH_P_XDSA
	NAME(ETH_P_XDSA),
#endif
#ifdef ETH_P_MAP
	NAME(ETH_P_MAP),
#endif
#ifdef ETH_P_MCTP
	NAME(ETH_P_MCTP),
#endif
	NAME(ETH_P_PUP),
#ifdef ETH_P_PUPAT
	NAME(ETH_P_PUPAT),
#endif
	NAME(ETH_P_IP),		NAME(ETH_P_X25),     NAME(ETH_P_ARP),
#ifdef ETH_P_BPQ
	NAME(ETH_P_BPQ),
#endif
#ifdef ETH_P_IEEEPUP
	NAME(ETH_P_IEEEPUP),
#endif
#ifdef ETH_P_IEEEPUPAT
	NAME(ETH_P_IEEEPUPAT),
#endif
#ifdef ETH_P_ERSPAN2
	NAME(ETH_P_ERSPAN2),
#endif
#ifdef ETH_P_TSN
	NAME(ETH_P_TSN),
#endif
#ifdef ETH_P_BATMAN
	NAME(ETH_P_BATMAN),
#endif
#ifdef ETH_P_DEC
	NAME(ETH_P_DEC),
#endif
#ifdef ETH_P_DNA_DL
	NAME(ETH_P_DNA_DL),
#endif
#ifdef ETH_P_DNA_RC
	NAME(ETH_P_DNA_RC),
#endif
#ifdef ETH_P_DNA_RT
	NAME(ETH_P_DNA_RT),
#endif
#ifdef ETH_P_LAT
	NAME(ETH_P_LAT),
#endif
#ifdef ETH_P_DIAG
	NAME(ETH_P_DIAG),
#endif
#ifdef ETH_P_CUST
	NAME(ETH_P_CUST),
#endif
#ifdef ETH_P_SCA
	NAME(ETH_P_SCA),
#endif
#ifdef ETH_P_TEB
	NAME(ETH_P_TEB),
#endif
	NAME(ETH_P_RARP),	NAME(ETH_P_ATALK),   NAME(ETH_P_AARP),
	NAME(ETH_P_8021Q),	NAME(ETH_P_IPX),     NAME(ETH_P_IPV6),
#ifdef ETH_P_PAUSE
	NAME(ETH_P_PAUSE),
#endif
#ifdef ETH_P_SLOW
	NAME(ETH_P_SLOW),
#endif
#ifdef ETH_P_WCCP
	NAME(ETH_P_WCCP),
#endif
	NAME(ETH_P_MPLS_UC),	NAME(ETH_P_MPLS_MC),
#ifdef ETH_P_ATMMPOA
	NAME(ETH_P_ATMMPOA),
#endif
	NAME(ETH_P_PPP_DISC),	NAME(ETH_P_PPP_SES),
#ifdef ETH_P_LINK_CTL
	NAME(ETH_P_LINK_CTL),
#endif
#ifdef ETH_P_ATMFATE
	NAME(ETH_P_ATMFATE),
#endif
	NAME(ETH_P_PAE),
#ifdef ETH_P_PROFINET
	NAME(ETH_P_PROFINET),
#endif
#ifdef ETH_P_REALTEK
	NAME(ETH_P_REALTEK),
#endif
#ifdef ETH_P_AOE
	NAME(ETH_P_AOE),
#endif
#ifdef ETH_P_ETHERCAT
	NAME(ETH_P_ETHERCAT),
#endif
#ifdef ETH_P_8021AD
	NAME(ETH_P_8021AD),
#endif
#ifdef ETH_P_802_EX1
	NAME(ETH_P_802_EX1),
#endif
#ifdef ETH_P_ERSPAN
	NAME(ETH_P_ERSPAN),
#endif
#ifdef ETH_P_PREAUTH
	NAME(ETH_P_PREAUTH),
#endif
#ifdef ETH_P_TIPC
	NAME(ETH_P_TIPC),
#endif
#ifdef ETH_P_LLDP
	NAME(ETH_P_LLDP),
#endif
#ifdef ETH_P_MRP
	NAME(ETH_P_MRP),
#endif
#ifdef ETH_P_MACSEC
	NAME(ETH_P_MACSEC),
#endif
#ifdef ETH_P_8021AH
	NAME(ETH_P_8021AH),
#endif
#ifdef ETH_P_MVRP
	NAME(ETH_P_MVRP),
#endif
#ifdef ETH_P_1588
	NAME(ETH_P_1588),
#endif
#ifdef ETH_P_NCSI
	NAME(ETH_P_NCSI),
#endif
#ifdef ETH_P_PRP
	NAME(ETH_P_PRP),
#endif
#ifdef ETH_P_CFM
	NAME(ETH_P_CFM),
#endif
#ifdef ETH_P_FCOE
	NAME(ETH_P_FCOE),
#endif
#ifdef ETH_P_TDLS
	NAME(ETH_P_TDLS),
#endif
#ifdef ETH_P_FIP
	NAME(ETH_P_FIP),
#endif
#ifdef ETH_P_IBOE
	NAME(ETH_P_IBOE),
#endif
#ifdef ETH_P_80221
	NAME(ETH_P_80221),
#endif
#ifdef ETH_P_HSR
	NAME(ETH_P_HSR),
#endif
#ifdef ETH_P_NSH
	NAME(ETH_P_NSH),
#endif
#ifdef ETH_P_LOOPBACK
	NAME(ETH_P_LOOPBACK),
#endif
#ifdef ETH_P_QINQ1
	NAME(ETH_P_QINQ1),
#endif
#ifdef ETH_P_QINQ2
	NAME(ETH_P_QINQ2),
#endif
#ifdef ETH_P_QINQ3
	NAME(ETH_P_QINQ3),
#endif
#ifdef ETH_P_EDSA
	NAME(ETH_P_EDSA),
#endif
#ifdef ETH_P_DSA_8021Q
	NAME(ETH_P_DSA_8021Q),
#endif
#ifdef ETH_P_DSA_A5PSW
	NAME(ETH_P_DSA_A5PSW),
#endif
#ifdef ETH_P_IFE
	NAME(ETH_P_IFE),
#endif
#ifdef ETH_P_AF_IUCV
	NAME(ETH_P_AF_IUCV),
#endif
#ifdef ETH_P_802_3_MIN
	NAME(ETH_P_802_3_MIN),
#endif
};
NAME_TABLE(names_protocols_ethernet, "ethernet", protocols_ethernet_list);
