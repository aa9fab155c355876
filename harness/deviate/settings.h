/* SPDX-License-Identifier: MIT */
/*
 * What fcntl() and ioctl() set and get, made wrong. A setting that is to be ignored is made
 * and then taken back: so what the kernel refuses stays refused. See deviate.h.
 */
#ifndef SOCKATLAS_DEVIATE_SETTINGS_H
#define SOCKATLAS_DEVIATE_SETTINGS_H

#include <fcntl.h>
#include <net/if.h>
#include <stdbool.h>

#include "harness/deviate/deviate.h"
#include "harness/deviate/memory.h"

/* What can be set of a descriptor. */
struct settings {
	bool known;
	int flags, descriptor_flags, signal;
	struct f_owner_ex owner;
};

/* Before a call; nothing while no deviation is asked for. */
void settings_keep(const struct call *call, struct settings *settings, int fd);

/*
 * After a call that succeeded: O_NONBLOCK:dropped (of flags that it set), O_NONBLOCK:kept (of
 * flags that it took away), and SUBJECT:ignored when it changed an owner or a signal. For
 * other subjects than F_SETFL and F_SETFD, only the last.
 */
void deviate_settings(const struct call *call, const struct settings *before, int fd,
		      const char *subject);

/* The result of F_GETFL or F_GETFD: flags unreported, and O_NONBLOCK, FD_CLOEXEC spurious. */
int deviate_flags_got(const struct call *call, int command, int result);

/* F_DUPFD and F_DUPFD_CLOEXEC: FD_CLOEXEC:dropped, arg:ignored. Returns the copy to give. */
int deviate_copy(const struct call *call, int fd, int command, int least, int result);

/* Requests of ioctl() on an interface. */
struct interface_before {
	bool known;
	struct ifreq now; /* what a request that sets will change */
};

void interface_keep(const struct call *call, struct interface_before *before, int fd,
		    unsigned long request, const void *argument);

/* After one that succeeded: SIOCSIFMTU:ignored. */
void deviate_interface_set(const struct call *call, const struct interface_before *before, int fd,
			   unsigned long request, const char *subject);

/* After one that fills `filled` in: SIOCGIFMTU.ifr_mtu:off-by-one, SIOCGIFADDR:unfilled. */
void deviate_interface_got(const struct call *call, const struct kept *before,
			   unsigned long request, const char *subject, struct ifreq *filled);

#endif
