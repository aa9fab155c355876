/* SPDX-License-Identifier: MIT */
#include "reports/decode/sink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SINK_BYTES = 256 * 1024 };

bool sink_open(struct sink *sink, int fd)
{
	*sink = (struct sink){.fd = fd, .buffer = malloc(SINK_BYTES), .size = SINK_BYTES};
	sink->error = sink->buffer == NULL ? ENOMEM : 0;
	return sink->buffer != NULL;
}

bool sink_flush(struct sink *sink)
{
	size_t at = 0;

	while (at < sink->used && sink->error == 0) {
		ssize_t written = write(sink->fd, sink->buffer + at, sink->used - at);

		if (written >= 0)
			at += (size_t)written;
		else if (errno != EINTR)
			sink->error = errno;
	}
	sink->used = 0;
	return sink->error == 0;
}

static bool grow(struct sink *sink, size_t size)
{
	char *larger = realloc(sink->buffer, size);

	if (larger == NULL) {
		sink->error = ENOMEM;
		return false;
	}
	sink->buffer = larger;
	sink->size = size;
	return true;
}

bool sink_add(struct sink *sink, void (*render)(struct packet_out *text, const void *context),
	      const void *context)
{
	while (sink->error == 0) {
		struct packet_out text = {sink->buffer + sink->used, sink->size - sink->used, 0};

		render(&text, context);
		/* Less, not equal: functions like snprintf() want room for a NUL. */
		if (text.length < text.size) {
			sink->used += text.length;
			return true;
		}
		if (sink->used > 0)
			sink_flush(sink);
		else if (!grow(sink, text.length + 1))
			break;
	}
	return false;
}

static void put_string(struct packet_out *text, const void *string)
{
	packet_put(text, string);
}

bool sink_put(struct sink *sink, const char *string)
{
	return sink_add(sink, put_string, string);
}

void sink_free(struct sink *sink)
{
	free(sink->buffer);
	sink->buffer = NULL;
}
