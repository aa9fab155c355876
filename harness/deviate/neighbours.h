/* SPDX-License-Identifier: MIT */
/* Errors that a platform may give in place of the right one. */
#ifndef SOCKATLAS_DEVIATE_NEIGHBOURS_H
#define SOCKATLAS_DEVIATE_NEIGHBOURS_H

enum { NEIGHBOURS = 3 };

/* Errors that are easily taken for `error`: up to NEIGHBOURS of them, the rest is 0. */
const int *neighbours_of_errno(int error);

/* The same for the codes of getaddrinfo() and getnameinfo(). */
const int *neighbours_of_addrinfo_error(int code);

#endif
