/* SPDX-License-Identifier: MIT */
/* Structures of SCTP (RFC 6458) as lists of fields at known places, some of them named numbers. */
#ifndef SOCKATLAS_CALLS_SHOW_SCTP_H
#define SOCKATLAS_CALLS_SHOW_SCTP_H

#include "harness/calls/text.h"
#include "harness/names/names.h"

#include <stdbool.h>
#include <stddef.h>

enum sctp_form {
	SCTP_NUMBER,
	SCTP_NAMED,
	SCTP_FLAGS,
	SCTP_HEX,
	SCTP_STORAGE, /* a struct sockaddr_storage */
};

struct sctp_field {
	const char *name; /* with "=" behind it */
	size_t offset, size;
	enum sctp_form form;
	const struct name_table *names;
};

#define SCTP_FIELD(type, member, form, names)                                                      \
	{                                                                                          \
#member "=", offsetof(struct type, member), sizeof(((struct type *)0)->member),    \
			form, names                                                                \
	}
#define SCTP_PLAIN(type, member) SCTP_FIELD(type, member, SCTP_NUMBER, NULL)
/* An association by its number, or one of the special ones. */
#define SCTP_ASSOCIATION(type, member)                                                             \
	SCTP_FIELD(type, member, SCTP_NAMED, &names_sctp_associations)

/* The value of a field of 1, 2, 4 or 8 bytes in host byte order. */
uint64_t sctp_field_value(const void *bytes, size_t size);

/* "{a=1, b=SCTP_UNORDERED}": the fields that are there; false if not even the first is. */
bool show_sctp_fields(struct text *t, const void *bytes, size_t length,
		      const struct sctp_field *list, size_t count);

/* "[192.0.2.1, ...]": addresses one behind the other, each as long as its family says. */
void show_sctp_addresses(struct text *t, const void *bytes, size_t length);

/* A notification: what recvmsg() gives as data with MSG_NOTIFICATION. */
bool show_sctp_notification(struct text *t, const void *bytes, size_t length);

#define SCTP_STRUCTURE(function, ...)                                                              \
	bool function(struct text *t, const void *bytes, size_t length)                            \
	{                                                                                          \
		static const struct sctp_field list[] = {__VA_ARGS__};                             \
                                                                                                   \
		return show_sctp_fields(t, bytes, length, list, sizeof(list) / sizeof(list[0]));   \
	}

#endif
