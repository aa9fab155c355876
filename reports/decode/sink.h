/* SPDX-License-Identifier: MIT */
/*
 * Where text goes: a descriptor behind one large buffer. Packets are written into the buffer
 * itself and leave it by write(2) when it is full.
 */
#ifndef ATLAS_DECODE_SINK_H
#define ATLAS_DECODE_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "reports/decode/out.h"

struct sink {
	int fd;
	int error; /* the errno of what went wrong; nothing is written after it */
	char *buffer;
	size_t used, size;
};

/* False without memory. */
bool sink_open(struct sink *sink, int fd);

/*
 * Adds the text that `render` makes of `context`. It is called again when the room was too small;
 * a text that is larger than the buffer makes the buffer grow. False after an error.
 */
bool sink_add(struct sink *sink, void (*render)(struct packet_out *text, const void *context),
	      const void *context);

/* Adds a string. */
bool sink_put(struct sink *sink, const char *string);

/* Writes what is in the buffer, in one write(2) if the system takes it in one. */
bool sink_flush(struct sink *sink);

/* Does not flush, and leaves the descriptor open. */
void sink_free(struct sink *sink);

#endif
