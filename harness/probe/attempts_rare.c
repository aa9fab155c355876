/* SPDX-License-Identifier: MIT */
/* Families that few programs know: whether a socket of each can be opened. */
#include <sys/socket.h>

#include "harness/probe/attempts.h"

bool attempt_kcm(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_KCM, SOCK_DGRAM, 0));
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
