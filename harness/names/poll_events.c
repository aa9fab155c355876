/* SPDX-License-Identifier: MIT */
/*
 * Events of poll().
 */
#include "harness/names/table.h"

#include <poll.h>

static const struct name poll_events_list[] = {
	NAME(POLLIN),	  NAME(POLLPRI), NAME(POLLOUT),
	NAME(POLLERR),	  NAME(POLLHUP), NAME(POLLNVAL),
#ifdef POLLRDNORM
	NAME(POLLRDNORM),
#endif
#ifdef POLLRDBAND
	NAME(POLLRDBAND),
#endif
#ifdef POLLWRNORM
	NAME(POLLWRNORM),
#endif
#ifdef POLLWRBAND
	NAME(POLLWRBAND),
#endif
#ifdef POLLMSG
	NAME(POLLMSG),
#endif
#ifdef POLLREMOVE
	NAME(POLLREMOVE),
#endif
#ifdef POLLRDHUP
	NAME(POLLRDHUP),
#endif
};
NAME_TABLE(names_poll_events, "poll", poll_events_list);
