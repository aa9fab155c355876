/* SPDX-License-Identifier: MIT */
/* How packets are to be read and shown, and the options that say so. */
#ifndef ATLAS_DECODE_LOOK_H
#define ATLAS_DECODE_LOOK_H

#include <stdbool.h>
#include <stdint.h>

enum format { FORMAT_LINE, FORMAT_TREE, FORMAT_JSON };

struct look {
	enum format format;
	bool hex;	    /* the bytes as well */
	bool color;	    /* escape sequences for a terminal */
	unsigned int flags; /* PACKET_CAN_* of packet_decode() */
};

/*
 * The values of options. Each returns false after a line on standard error that names the
 * command, the option and what is allowed.
 */
bool look_format(const char *command, const char *word, struct look *look);
bool look_color(const char *command, const char *word, struct look *look);
bool look_can(const char *command, const char *word, struct look *look);
bool look_number(const char *command, const char *option, const char *word, long long least,
		 long long most, long long *number);

/* Whether standard output is a terminal that wants colours (https://no-color.org). */
bool look_color_by_default(void);

#endif
