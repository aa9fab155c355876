/* SPDX-License-Identifier: MIT */
/* Puts netlink messages together in either byte order. Knows nothing of the decoder. */
#ifndef SOCKATLAS_SELFTEST_PACKET_NETLINK_H
#define SOCKATLAS_SELFTEST_PACKET_NETLINK_H

#include "harness/selftest/packet/golden.h"

/* The byte order of what is packed from here on. */
void netlink_order(bool big_endian);

/*
 * One argument a letter: b, h, w, q a number of 1, 2, 4 or 8 bytes (q takes a uint64_t), H one of
 * 2 bytes in network order, s a string with its NUL, x bytes in hexadecimal.
 */
struct blob pack(const char *format, ...);

/* Some blobs one behind another. */
struct blob all_of(const struct blob *parts, size_t count);
#define all(...)                                                                                   \
	all_of((const struct blob[]){__VA_ARGS__},                                                 \
	       sizeof((const struct blob[]){__VA_ARGS__}) / sizeof(struct blob))

/* An attribute, padded to 4 bytes. */
struct blob attribute(unsigned int type, struct blob value);
/*
 * A message with its length filled in and sequence number 1. Programs leave the port id of a
 * request 0; in other messages it is 100.
 */
struct blob message(unsigned int type, unsigned int flags, struct blob body);
/* The cooked header of LINKTYPE_NETLINK in front of messages: NETLINK_*. */
struct blob cooked(unsigned int protocol, struct blob messages);
/* The usual: one message behind a cooked header. */
struct blob datagram(unsigned int protocol, unsigned int type, unsigned int flags,
		     struct blob body);

#endif
