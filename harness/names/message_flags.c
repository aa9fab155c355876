/* SPDX-License-Identifier: MIT */
/*
 * Flags of send(), recv() and struct msghdr.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/types.h>
#include <linux/sctp.h>

static const struct name message_flags_list[] = {
	NAME(MSG_OOB),		NAME(MSG_PEEK),	    NAME(MSG_DONTROUTE), NAME(MSG_CTRUNC),
#ifdef MSG_PROXY
	NAME(MSG_PROXY),
#endif
	NAME(MSG_TRUNC),	NAME(MSG_DONTWAIT), NAME(MSG_EOR),	 NAME(MSG_WAITALL),
#ifdef MSG_FIN
	NAME(MSG_FIN),
#endif
#ifdef MSG_SYN
	NAME(MSG_SYN),
#endif
#ifdef MSG_CONFIRM
	NAME(MSG_CONFIRM),
#endif
#ifdef MSG_RST
	NAME(MSG_RST),
#endif
#ifdef MSG_ERRQUEUE
	NAME(MSG_ERRQUEUE),
#endif
	NAME(MSG_NOSIGNAL),
#ifdef MSG_MORE
	NAME(MSG_MORE),
#endif
	NAME(MSG_NOTIFICATION),
#ifdef MSG_WAITFORONE
	NAME(MSG_WAITFORONE),
#endif
#ifdef MSG_BATCH
	NAME(MSG_BATCH),
#endif
#ifdef MSG_SOCK_DEVMEM
	NAME(MSG_SOCK_DEVMEM),
#endif
#ifdef MSG_ZEROCOPY
	NAME(MSG_ZEROCOPY),
#endif
#ifdef MSG_SPLICE_PAGES
	NAME(MSG_SPLICE_PAGES),
#endif
#ifdef MSG_FASTOPEN
	NAME(MSG_FASTOPEN),
#endif
#ifdef MSG_CMSG_CLOEXEC
	NAME(MSG_CMSG_CLOEXEC),
#endif
#ifdef MSG_TRYHARD
	NAME(MSG_TRYHARD),
#endif
};
NAME_TABLE(names_message_flags, "message-flag", message_flags_list);
