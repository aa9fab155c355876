/* SPDX-License-Identifier: MIT */
/* What is sent and received on a netlink socket looks like. */
#ifndef SOCKATLAS_CALLS_SHOW_NETLINK_H
#define SOCKATLAS_CALLS_SHOW_NETLINK_H

#include "harness/calls/descriptors.h"
#include "harness/calls/text.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * "[{RTM_GETLINK, NLM_F_REQUEST|NLM_F_DUMP, seq=1, pid=0, ifi_family=AF_UNSPEC, ...}]" of the
 * messages in `length` bytes, of a socket with this protocol (NETLINK_ROUTE, ...). False,
 * with nothing written, when there is no message in them or the memory cannot be read.
 */
bool show_netlink_messages(struct text *t, int protocol, const void *data, size_t length);

/*
 * "[RTNLGRP_LINK]": the value of NETLINK_ADD_MEMBERSHIP and NETLINK_DROP_MEMBERSHIP, whose meaning
 * the protocol decides. False, with nothing written, for anything else, and for a group without a
 * name.
 */
bool show_netlink_group(struct text *t, const struct descriptor *of, int level, int option,
			const void *value, size_t length);

#endif
