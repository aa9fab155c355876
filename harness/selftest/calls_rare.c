/* SPDX-License-Identifier: MIT */
/* Addresses, messages and options of families that few programs know. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include "harness/calls/show.h"
#include "harness/names/names.h"

#include <arpa/inet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
/* After the types that they need. */
#include <linux/if_pppox.h>
#include <linux/pfkeyv2.h>
#include <linux/rxrpc.h>
#include <string.h>
#include <sys/socket.h>

static char buffer[1024];

SELFTEST(an_address_of_rxrpc_has_the_address_that_carries_it)
{
	struct sockaddr_rxrpc rxrpc = {.srx_family = AF_RXRPC,
				       .srx_service = 52,
				       .transport_type = SOCK_DGRAM,
				       .transport_len = sizeof(struct sockaddr_in)};

	rxrpc.transport.sin.sin_family = AF_INET;
	rxrpc.transport.sin.sin_port = htons(7000);
	rxrpc.transport.sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	CU_ASSERT(same(shown_address(&rxrpc, sizeof(rxrpc)),
		       "{AF_RXRPC, service 52, SOCK_DGRAM, {AF_INET, 127.0.0.1:7000}}"));
	/* One that is cut shows what is there. */
	CU_ASSERT(strstr(shown_address(&rxrpc, 8), "service 52, SOCK_DGRAM") != NULL);
}

SELFTEST(sessions_of_ppp_have_the_numbers_of_both_ends)
{
	struct sockaddr_pppol2tp l2tp;
	struct sockaddr_pppox oe = {.sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OE};

	memset(&l2tp, 0, sizeof(l2tp));
	l2tp.sa_family = AF_PPPOX;
	l2tp.sa_protocol = PX_PROTO_OL2TP;
	l2tp.pppol2tp.fd = 4;
	l2tp.pppol2tp.s_tunnel = 1;
	l2tp.pppol2tp.d_tunnel = 2;
	l2tp.pppol2tp.s_session = 10;
	l2tp.pppol2tp.d_session = 20;
	CU_ASSERT(same(shown_address(&l2tp, sizeof(l2tp)),
		       "{AF_PPPOX, PX_PROTO_OL2TP, fd 4, tunnel 1 > 2, session 10 > 20}"));
	oe.sa_addr.pppoe.sid = htons(5);
	strcpy(oe.sa_addr.pppoe.dev, "eth0");
	CU_ASSERT(same(shown_address(&oe, sizeof(oe)),
		       "{AF_PPPOX, PX_PROTO_OE, session 5, 00:00:00:00:00:00, \"eth0\"}"));
}

SELFTEST(a_radio_has_a_network_and_a_short_address)
{
	const struct {
		sa_family_t family;
		int type;
		uint16_t network, number;
		uint8_t rest[8];
	} radio = {AF_IEEE802154, 2, 0x4d53, 1, {0}};

	CU_ASSERT(same(shown_address(&radio, 20), "{AF_IEEE802154, network 0x4d53, 0x1}"));
}

SELFTEST(a_message_of_pf_key_is_shown_by_its_names)
{
	struct {
		struct sadb_msg head;
		struct sadb_sa association;
	} message = {{.sadb_msg_version = PF_KEY_V2,
		      .sadb_msg_type = SADB_ADD,
		      .sadb_msg_satype = SADB_SATYPE_ESP,
		      .sadb_msg_len = sizeof(message) / 8,
		      .sadb_msg_seq = 7,
		      .sadb_msg_pid = 9},
		     {.sadb_sa_len = sizeof(message.association) / 8,
		      .sadb_sa_exttype = SADB_EXT_SA,
		      .sadb_sa_spi = htonl(0x1001)}};
	struct text t;

	text_begin(&t, buffer, sizeof(buffer));
	CU_ASSERT(show_key_message(&t, &message, sizeof(message)));
	text_finish(&t);
	CU_ASSERT(same(buffer, "{SADB_ADD, SADB_SATYPE_ESP, seq=7, pid=9, "
			       "{SADB_EXT_SA, spi=0x1001}}"));
	text_begin(&t, buffer, sizeof(buffer));
	CU_ASSERT_FALSE(show_key_message(&t, &message, sizeof(message.head) - 1));
	message.head.sadb_msg_type = SADB_MAX + 1;
	CU_ASSERT_FALSE(show_key_message(&t, &message, sizeof(message)));
}

SELFTEST(options_of_rare_families_have_their_own_names)
{
	CU_ASSERT(same(names_level(AF_IEEE802154, 0), "SOL_IEEE802154"));
	CU_ASSERT(same(names_level(AF_INET, 0), "SOL_IP"));
	CU_ASSERT(same(names_option(AF_IEEE802154, 0, 3, false), "WPAN_WANTLQI"));
	CU_ASSERT(same(names_control_message(AF_RXRPC, 272, RXRPC_ABORT), "RXRPC_ABORT"));
	CU_ASSERT(same(names_protocol(AF_PPPOX, PX_PROTO_OL2TP), "PX_PROTO_OL2TP"));
	CU_ASSERT(same(names_protocol(AF_RXRPC, AF_INET), "AF_INET"));
}
