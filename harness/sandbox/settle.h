/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_SANDBOX_SETTLE_H
#define SOCKATLAS_SANDBOX_SETTLE_H

/*
 * Waits until the links and addresses of the host that the process is on can be
 * used: a kernel finishes both in the background, and a case that is faster loses
 * its first packets. Gives up after half a second, which no case then blames.
 */
void settle_host(void);

#endif
