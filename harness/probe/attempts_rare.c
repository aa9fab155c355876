/* SPDX-License-Identifier: MIT */
/* Families that few programs know: whether a socket of each can be opened. */
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
/* After the types that it needs. */
#include <linux/if_pppox.h>
#include <linux/pfkeyv2.h>
#include <sys/socket.h>

#include "harness/probe/attempts.h"

bool attempt_kcm(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_KCM, SOCK_DGRAM, 0));
}

bool attempt_pfkey(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_KEY, SOCK_RAW, PF_KEY_V2));
}

bool attempt_l2tp(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_PPPOX, SOCK_STREAM, PX_PROTO_OL2TP));
}

bool attempt_l2tp_ip(char *reason, size_t size)
{
	const int l2tp = 115; /* IPPROTO_L2TP of newer <linux/in.h> */

	return attempt_done(ATTEMPT_SOCKET(AF_INET, SOCK_DGRAM, l2tp));
}

bool attempt_caif(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_CAIF, SOCK_SEQPACKET, 0));
}

bool attempt_phonet(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_PHONET, SOCK_DGRAM, 0));
}

bool attempt_rxrpc(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_RXRPC, SOCK_DGRAM, AF_INET));
}

bool attempt_pppoe(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_PPPOX, SOCK_STREAM, 0));
}
