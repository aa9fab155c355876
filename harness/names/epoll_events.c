/* SPDX-License-Identifier: MIT */
/*
 * Operations and events of epoll_ctl(), flags of epoll_create1().
 */
#include "harness/names/table.h"

#include <sys/epoll.h>

static const struct name epoll_operations_list[] = {
	NAME(EPOLL_CTL_ADD),
	NAME(EPOLL_CTL_MOD),
	NAME(EPOLL_CTL_DEL),
};
NAME_TABLE(names_epoll_operations, "epoll", epoll_operations_list);

static const struct name epoll_events_list[] = {
	NAME_AS(EPOLLIN, EPOLLIN),	   NAME_AS(EPOLLPRI, EPOLLPRI),
	NAME_AS(EPOLLOUT, EPOLLOUT),	   NAME_AS(EPOLLERR, EPOLLERR),
	NAME_AS(EPOLLHUP, EPOLLHUP),	   NAME_AS(EPOLLRDNORM, EPOLLRDNORM),
	NAME_AS(EPOLLRDBAND, EPOLLRDBAND), NAME_AS(EPOLLWRNORM, EPOLLWRNORM),
	NAME_AS(EPOLLWRBAND, EPOLLWRBAND), NAME_AS(EPOLLMSG, EPOLLMSG),
	NAME_AS(EPOLLRDHUP, EPOLLRDHUP),   NAME_AS(EPOLLEXCLUSIVE, EPOLLEXCLUSIVE),
	NAME_AS(EPOLLWAKEUP, EPOLLWAKEUP), NAME_AS(EPOLLONESHOT, EPOLLONESHOT),
	NAME_AS(EPOLLET, EPOLLET),
};
NAME_TABLE(names_epoll_events, "epoll", epoll_events_list);

static const struct name epoll_flags_list[] = {
	NAME_AS(EPOLL_CLOEXEC, EPOLL_CLOEXEC),
};
NAME_TABLE(names_epoll_flags, "epoll", epoll_flags_list);
