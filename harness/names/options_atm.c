/* SPDX-License-Identifier: MIT */
/*
 * Protocols of ATM sockets, which are adaptation layers, and options. Each number holds its level
 * and the size of its value
 * (__SO_ENCODE of <linux/atm.h>), so that they need no table a level.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/atmdev.h>
#include <linux/atm.h>

static const struct name options_atm_list[] = {
#ifdef SO_SETCLP
	NAME(SO_SETCLP),
#endif
#ifdef SO_CIRANGE
	NAME(SO_CIRANGE),
#endif
#ifdef SO_ATMQOS
	NAME(SO_ATMQOS),
#endif
#ifdef SO_ATMSAP
	NAME(SO_ATMSAP),
#endif
#ifdef SO_ATMPVC
	NAME(SO_ATMPVC),
#endif
#ifdef SO_MULTIPOINT
	NAME(SO_MULTIPOINT),
#endif
};
NAME_TABLE(names_options_atm, "option-socket", options_atm_list);

static const struct name protocols_atm[] = {
	NAME(ATM_AAL0), NAME(ATM_AAL1), NAME(ATM_AAL2), NAME(ATM_AAL34), NAME(ATM_AAL5),
};
NAME_TABLE(names_protocols_atm, "protocol", protocols_atm);
