/* SPDX-License-Identifier: MIT */
#include "suites/families/kinds.h"

#include <sys/socket.h>

const int every_type[7] = {SOCK_STREAM,	   SOCK_DGRAM, SOCK_RAW,   SOCK_RDM,
			   SOCK_SEQPACKET, SOCK_DCCP,  SOCK_PACKET};
