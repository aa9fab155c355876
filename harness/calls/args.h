/* SPDX-License-Identifier: MIT */
/*
 * The arguments of calls, by kind. Each function adds one argument to a call, and
 * does nothing when the call is not recorded. Pointers may be anything: what they
 * point to is read by memory.h, and the pointer is shown when it cannot be read.
 */
#ifndef SOCKATLAS_CALLS_ARGS_H
#define SOCKATLAS_CALLS_ARGS_H

#include "harness/calls/record.h"
#include "harness/names/names.h"

#include <sys/socket.h>
#include <sys/types.h>

void arg_int(struct call *call, const char *name, int64_t value);
void arg_unsigned(struct call *call, const char *name, uint64_t value);
void arg_hex(struct call *call, const char *name, uint64_t value);
void arg_pointer(struct call *call, const char *name, const void *value);

/* The name, or the number when `value_name` is NULL. */
void arg_name(struct call *call, const char *name, const char *value_name, int64_t value);
void arg_flags(struct call *call, const char *name, const struct name_table *table, uint64_t value);

/* A C string, or the pointer. */
void arg_string(struct call *call, const char *name, const char *string);

/* Bytes as a C string, cut at 48 of them. */
void arg_data(struct call *call, const char *name, const void *data, size_t length);

/* The same of data that a socket sends: as the frames or messages of its protocol, when known. */
void arg_sent(struct call *call, const char *name, int fd, const void *data, size_t length);

/* What receiving left in `data`: `got` is what it returned, which may exceed `size` (MSG_TRUNC). */
void arg_received(struct call *call, const char *name, int fd, const void *data, size_t size,
		  ssize_t got);

void arg_address(struct call *call, const char *name, const void *address, socklen_t length);

/* The address of a conversion, by family: "127.0.0.1", "::1"; else the pointer. */
void arg_inet(struct call *call, const char *name, int family, const void *address);

/* "htonl(INADDR_LOOPBACK)" of a struct in_addr. */
void arg_inaddr(struct call *call, const char *name, const void *address);

/* The length that goes in and comes out: "[16]", or "[128 => 16]" once it is filled in. */
void arg_length_in(struct call *call, const char *name, const socklen_t *length, socklen_t *before);
void arg_length_out(struct call *call, const char *name, const socklen_t *length, socklen_t before);

/* An address that was filled in: both it and its length. */
void arg_address_out(struct call *call, const char *name, const void *address,
		     const char *length_name, const socklen_t *length, socklen_t before);

#endif
