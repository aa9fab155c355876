/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_UDP (udp(7)) and of UDP-Lite (udplite(7)), which no header exports.
 */
#include "harness/names/table.h"

#include <linux/types.h>
#include <linux/udp.h>

static const struct name options_udp_list[] = {
	NAME(UDP_CORK),		NAME(UDP_ENCAP),
#ifdef UDP_NO_CHECK6_TX
	NAME(UDP_NO_CHECK6_TX),
#endif
#ifdef UDP_NO_CHECK6_RX
	NAME(UDP_NO_CHECK6_RX),
#endif
#ifdef UDP_SEGMENT
	NAME(UDP_SEGMENT),
#endif
#ifdef UDP_GRO
	NAME(UDP_GRO),
#endif
};
NAME_TABLE(names_options_udp, "option-udp", options_udp_list);

static const struct name cmsgs_udp_list[] = {
#ifdef UDP_SEGMENT
	NAME(UDP_SEGMENT),
#endif
#ifdef UDP_GRO
	NAME(UDP_GRO),
#endif
};
NAME_TABLE(names_cmsgs_udp, "option-udp", cmsgs_udp_list);

static const struct name udp_encap_list[] = {
#ifdef UDP_ENCAP_ESPINUDP_NON_IKE
	NAME(UDP_ENCAP_ESPINUDP_NON_IKE),
#endif
#ifdef UDP_ENCAP_ESPINUDP
	NAME(UDP_ENCAP_ESPINUDP),
#endif
#ifdef UDP_ENCAP_L2TPINUDP
	NAME(UDP_ENCAP_L2TPINUDP),
#endif
#ifdef UDP_ENCAP_GTP0
	NAME(UDP_ENCAP_GTP0),
#endif
#ifdef UDP_ENCAP_GTP1U
	NAME(UDP_ENCAP_GTP1U),
#endif
#ifdef UDP_ENCAP_RXRPC
	NAME(UDP_ENCAP_RXRPC),
#endif
};
NAME_TABLE(names_udp_encap, "option-udp", udp_encap_list);

static const struct name options_udplite_list[] = {
	NAME_AS(UDPLITE_SEND_CSCOV, 10),
	NAME_AS(UDPLITE_RECV_CSCOV, 11),
};
NAME_TABLE(names_options_udplite, "option-udp", options_udplite_list);
