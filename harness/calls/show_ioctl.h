/* SPDX-License-Identifier: MIT */
/* What the third argument of ioctl() points to, for requests about interfaces and their tables. */
#ifndef SOCKATLAS_CALLS_SHOW_IOCTL_H
#define SOCKATLAS_CALLS_SHOW_IOCTL_H

#include "harness/calls/text.h"

#include <stdbool.h>

/* struct ifreq: {"eth0", 1500}. `filled`: the member that the request is about, too. */
void show_ifreq(struct text *t, unsigned long request, const void *pointer, bool filled);
/* struct ifconf: {32, NULL}, or once it is filled in {80, [{"lo", {AF_INET, 127.0.0.1:0}}, ...]}.
 */
void show_ifconf(struct text *t, const void *pointer, bool filled);
/* struct arpreq and struct rtentry. */
void show_arpreq(struct text *t, const void *pointer);
void show_rtentry(struct text *t, const void *pointer);
/*
 * The argument of a request of a Bluetooth socket of this protocol, or once it is filled in. False,
 * with nothing written, when it is nothing that is known.
 */
bool show_ioctl_bluetooth(struct text *t, int protocol, unsigned long request, const void *argument,
			  bool filled);
/* The same of an X.25 socket. */
bool show_ioctl_x25(struct text *t, unsigned long request, const void *argument, bool filled);

#endif
