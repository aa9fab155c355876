/* SPDX-License-Identifier: MIT */
#include "harness/deviate/message.h"

#include <stdint.h>
#include <string.h>

#include "harness/calls/memory.h"
#include "harness/deviate/data.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/result.h"
#include "harness/names/names.h"

static const char *control_name(int family, const struct cmsghdr *c)
{
	return names_control_message(family, c->cmsg_level, c->cmsg_type);
}

static bool is_whole(const struct msghdr *m, const struct cmsghdr *c)
{
	size_t at = (size_t)((const char *)c - (const char *)m->msg_control);

	return c->cmsg_len >= CMSG_LEN(0) && c->cmsg_len <= m->msg_controllen - at;
}

/* Takes `c` out of the message; what comes after it moves up. */
static void take_out(struct msghdr *m, struct cmsghdr *c)
{
	size_t at = (size_t)((char *)c - (char *)m->msg_control);
	size_t space = CMSG_SPACE(c->cmsg_len - CMSG_LEN(0));
	size_t left = m->msg_controllen - at;

	if (space > left)
		space = left;
	memmove(c, (char *)c + space, left - space);
	m->msg_controllen -= space;
}

static size_t total(const struct msghdr *m)
{
	size_t sum = 0;

	for (size_t i = 0; i < (size_t)m->msg_iovlen; i++)
		sum += m->msg_iov[i].iov_len;
	return sum;
}

/* Copies what is to be changed; false when the message cannot be read or is too large for it. */
static bool copy(struct deviated_message *d, const struct msghdr *message)
{
	struct msghdr *m = &d->message;

	if (!memory_read(m, message, sizeof(*m)) || (size_t)m->msg_iovlen > DEVIATED_VECTORS ||
	    m->msg_controllen > sizeof(d->control))
		return false;
	if (m->msg_iovlen > 0 &&
	    !memory_read(d->vector, m->msg_iov, sizeof(d->vector[0]) * (size_t)m->msg_iovlen))
		return false;
	if (m->msg_control != NULL && m->msg_controllen > 0) {
		if (!memory_read(d->control, m->msg_control, m->msg_controllen))
			return false;
		m->msg_control = d->control;
	}
	m->msg_iov = d->vector;
	return true;
}

static void cut(const struct call *call, struct deviated_message *d)
{
	d->length = total(&d->message);
	d->passed = deviate_cut(call, d->length);
	for (size_t i = (size_t)d->message.msg_iovlen; d->passed < d->length && i-- > 0;) {
		if (d->vector[i].iov_len > 0) {
			d->vector[i].iov_len--;
			return;
		}
	}
}

const struct msghdr *deviate_message_out(const struct call *call, int family,
					 const struct msghdr *message,
					 struct deviated_message *changed)
{
	struct msghdr *m = &changed->message;

	changed->length = changed->passed = 0;
	if (deviation_mode == DEVIATION_OFF || call->record == NULL || !copy(changed, message))
		return message;
	for (struct cmsghdr *c = m->msg_control ? CMSG_FIRSTHDR(m) : NULL; c != NULL;
	     c = CMSG_NXTHDR(m, c)) {
		const char *name = is_whole(m, c) ? control_name(family, c) : NULL;

		if (name != NULL && deviate(call, "dropped", "%s", name)) {
			take_out(m, c);
			break;
		}
	}
	cut(call, changed);
	return m;
}

void keep_message(struct kept_message *kept, const struct msghdr *message)
{
	struct iovec first;

	kept->name.size = kept->data.size = 0;
	if (deviation_mode == DEVIATION_OFF ||
	    !memory_read(&kept->message, message, sizeof(kept->message)))
		return;
	keep(&kept->name, kept->message.msg_name, kept->message.msg_namelen);
	if (kept->message.msg_iovlen > 0 &&
	    memory_read(&first, kept->message.msg_iov, sizeof(first)))
		keep(&kept->data, first.iov_base, first.iov_len);
}

/* Two or more descriptors arrive in the order in which they were sent (unix(7)). */
static void reverse_descriptors(const struct call *call, struct cmsghdr *c, const char *name,
				size_t size)
{
	int fds[2];

	if (strcmp(name, "SCM_RIGHTS") != 0 || size < sizeof(fds) ||
	    !deviate(call, "reversed", "%s", name))
		return;
	memcpy(fds, CMSG_DATA(c), sizeof(fds));
	memcpy(CMSG_DATA(c), &(int[]){fds[1], fds[0]}, sizeof(fds));
}

static void deviate_control(const struct call *call, int family, struct msghdr *m)
{
	static const struct kept before = {.size = sizeof(before.bytes)};

	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		const char *name = is_whole(m, c) ? control_name(family, c) : NULL;
		size_t size;

		if (name == NULL)
			continue;
		if (deviate(call, "unreported", "%s", name)) {
			take_out(m, c);
			return;
		}
		size = c->cmsg_len - CMSG_LEN(0);
		reverse_descriptors(call, c, name, size);
		deviate_bytes(call, name, &before, CMSG_DATA(c), size, fields_of_value(name));
	}
}

ssize_t deviate_message_in(const struct call *call, int family, const struct kept_message *before,
			   struct msghdr *message, ssize_t result)
{
	socklen_t room = before->message.msg_namelen;

	if (deviation_mode == DEVIATION_OFF || call->record == NULL || result < 0)
		return result;
	deviate_address(call, &before->name, message->msg_name, room, &message->msg_namelen);
	message->msg_flags = (int)deviate_flags_out(call, &names_message_flags,
						    (unsigned int)message->msg_flags);
	if (message->msg_control != NULL && message->msg_controllen > 0)
		deviate_control(call, family, message);
	if (message->msg_controllen != before->message.msg_controllen &&
	    deviate(call, "unfilled", "msg_controllen"))
		message->msg_controllen = before->message.msg_controllen;
	if (message->msg_iovlen > 0) {
		size_t size = message->msg_iov[0].iov_len;
		ssize_t first = (size_t)result < size ? result : (ssize_t)size;

		deviate_received(call, &before->data, message->msg_iov[0].iov_base, size, first);
		return (ssize_t)deviate_count(call, result, (int64_t)total(message));
	}
	return result;
}
