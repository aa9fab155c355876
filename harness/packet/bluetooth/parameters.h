/* SPDX-License-Identifier: MIT */
/*
 * Words for the tables of parameters: FIELDS(name) = {HANDLE, NUMBER("Interval", 2), END}; The
 * order is that of struct bluetooth_field. Not part of internal.h: the words are short, and only
 * files that are such tables want them.
 */
#ifndef SOCKATLAS_PACKET_BLUETOOTH_PARAMETERS_H
#define SOCKATLAS_PACKET_BLUETOOTH_PARAMETERS_H

#include "harness/packet/bluetooth/internal.h"

#define FIELDS(list) static const struct bluetooth_field list[]

#define NUMBER(n, size)                                                                            \
	{                                                                                          \
		n, size, BLUETOOTH_NUMBER, NULL                                                    \
	}
#define HEX(n, size)                                                                               \
	{                                                                                          \
		n, size, BLUETOOTH_HEX, NULL                                                       \
	}
#define NAMED(n, size, names)                                                                      \
	{                                                                                          \
		n, size, BLUETOOTH_NAMED, names                                                    \
	}
#define STATUS                                                                                     \
	{                                                                                          \
		"Status", 1, BLUETOOTH_STATUS, NULL                                                \
	}
/* The first parameter of many. */
#define HANDLE                                                                                     \
	{                                                                                          \
		"Connection_Handle", 2, BLUETOOTH_HEX, NULL                                        \
	}
#define BD_ADDR                                                                                    \
	{                                                                                          \
		"BD_ADDR", 6, BLUETOOTH_ADDRESS, NULL                                              \
	}
#define END                                                                                        \
	{                                                                                          \
		0                                                                                  \
	}

#endif
