/* SPDX-License-Identifier: MIT */
/*
 * The kinds of socket that a case tries: numbers of families that an older C library
 * does not name, and the three arguments of socket() as one value.
 */
#ifndef SOCKATLAS_SUITES_FAMILIES_KINDS_H
#define SOCKATLAS_SUITES_FAMILIES_KINDS_H

#include <sys/socket.h>

/* <linux/socket.h> of the kernel; the numbers are the same on all architectures. */
#ifndef AF_IB
#define AF_IB 27
#endif
#ifndef AF_MPLS
#define AF_MPLS 28
#endif
#ifndef AF_KCM
#define AF_KCM 41
#endif
#ifndef AF_QIPCRTR
#define AF_QIPCRTR 42
#endif
#ifndef AF_SMC
#define AF_SMC 43
#endif
#ifndef AF_XDP
#define AF_XDP 44
#endif
#ifndef AF_MCTP
#define AF_MCTP 45
#endif

/* A type, in the bits that hold types, that no kernel has (SOCK_PACKET, 10, is the last). */
#define NO_TYPE 0xf
/* A bit above the types that is neither SOCK_CLOEXEC nor SOCK_NONBLOCK on any architecture. */
#define NO_FLAG 0x10000
/* A number of a family that no kernel has. */
#define NO_FAMILY 0x7fff
/* A protocol that is out of range in every family. */
#define NO_PROTOCOL 0x7fff

/* All types that there are, with their numbers in order. */
extern const int every_type[7];
enum { EVERY_TYPE = sizeof(every_type) / sizeof(every_type[0]) };

#endif
