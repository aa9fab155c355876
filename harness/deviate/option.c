/* SPDX-License-Identifier: MIT */
#include "harness/deviate/option.h"

#include <errno.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "harness/calls/memory.h"
#include "harness/deviate/twin.h"

enum { ECHOES = 64 };

/* What an echoing platform was told and gives back. */
static struct echo {
	bool used;
	int fd, level, option;
	struct kept value;
} echoes[ECHOES];

static bool is_same(const struct echo *e, const struct option_set *set)
{
	return e->used && e->fd == set->fd && e->level == set->level && e->option == set->option;
}

static void remember(const struct option_set *set)
{
	struct echo *place = NULL;

	for (int i = 0; i < ECHOES; i++) {
		if (is_same(&echoes[i], set)) {
			place = &echoes[i];
			break;
		}
		if (place == NULL && !echoes[i].used)
			place = &echoes[i];
	}
	if (place == NULL)
		return;
	*place = (struct echo){true, set->fd, set->level, set->option, {0}};
	keep_bytes(&place->value, set->value, set->length);
}

void deviate_option_closed(int fd)
{
	for (int i = 0; deviation_mode == DEVIATION_ACTIVE && i < ECHOES; i++) {
		if (echoes[i].fd == fd)
			echoes[i].used = false;
	}
}

/*
 * Options that are not tried on another socket: their setting is seen beyond it (the trial would
 * send the very packet that is to be missing), or depends on a state that takes a case to reach.
 */
static bool has_no_trial(const struct option_set *set)
{
	static const char *const names[] = {
		"IP_ADD_MEMBERSHIP",	   "IP_DROP_MEMBERSHIP",      "IP_ADD_SOURCE_MEMBERSHIP",
		"IPV6_JOIN_GROUP",	   "IPV6_LEAVE_GROUP",	      "IP_DROP_SOURCE_MEMBERSHIP",
		"IPV6_JOIN_ANYCAST",	   "IPV6_LEAVE_ANYCAST",      "MCAST_JOIN_GROUP",
		"MCAST_LEAVE_GROUP",	   "MCAST_JOIN_SOURCE_GROUP", "MCAST_LEAVE_SOURCE_GROUP",
		"PACKET_ADD_MEMBERSHIP",   "PACKET_DROP_MEMBERSHIP",  "PACKET_FANOUT",
		"NETLINK_ADD_MEMBERSHIP",  "IP_BLOCK_SOURCE",	      "IP_UNBLOCK_SOURCE",
		"MCAST_BLOCK_SOURCE",	   "MCAST_UNBLOCK_SOURCE",    "IP_MSFILTER",
		"MCAST_MSFILTER",	   "PACKET_FANOUT_DATA",      "SO_ATTACH_REUSEPORT_EBPF",
		"SO_DETACH_REUSEPORT_BPF", "TCP_QUEUE_SEQ",	      "TCP_REPAIR_QUEUE",
		"TCP_REPAIR_OPTIONS",	   "TCP_REPAIR_WINDOW",	      "TCP_TIMESTAMP",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(set->name, names[i]) == 0)
			return true;
	}
	return false;
}

/*
 * Some options can be set only on a socket that was made ready for them, as the case did with
 * its own: without a filter there is none to detach, without SO_REUSEPORT no group.
 */
static void make_ready(int twin, const struct option_set *set)
{
	struct sock_filter all = BPF_STMT(BPF_RET | BPF_K, 0xffff);
	struct sock_fprog filter = {.len = 1, .filter = &all};
	int one = 1;

	if (strcmp(set->name, "SO_DETACH_FILTER") == 0)
		setsockopt(twin, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter));
	else if (strcmp(set->name, "SO_ATTACH_REUSEPORT_CBPF") == 0)
		setsockopt(twin, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one));
}

/* Whether the value itself, or this process's rights, are what the kernel would refuse. */
static bool is_refused_anywhere(const struct option_set *set)
{
	int other, result, error;

	other = twin_socket(set->fd);
	if (other < 0)
		return true;
	make_ready(other, set);
	result = setsockopt(other, set->level, set->option, set->value, set->length);
	error = errno;
	close(other);
	return result != 0 &&
	       (error == EINVAL || error == EFAULT || error == EPERM || error == EACCES ||
		error == EDOM || error == ERANGE || error == ENODEV || error == ENOENT ||
		error == ENOPROTOOPT || error == EOPNOTSUPP || error == EADDRNOTAVAIL);
}

bool deviate_option_instead(const struct call *call, const struct option_set *set)
{
	bool ignored, echoed;

	if (deviation_mode != DEVIATION_ACTIVE || set->name == NULL || call->record == NULL)
		return false;
	ignored = deviation_wanted(call, "ignored", set->name);
	echoed = deviation_wanted(call, "echoed", set->name);
	if ((!ignored && !echoed) || (!has_no_trial(set) && is_refused_anywhere(set)))
		return false;
	deviation_acted(call);
	if (echoed)
		remember(set);
	return true;
}

void deviate_option_offer(const struct call *call, const struct option_set *set)
{
	char value[512];
	socklen_t size = sizeof(value);

	if (deviation_mode != DEVIATION_SURVEY || set->name == NULL || call->record == NULL)
		return;
	deviation_offer(call, "ignored", set->name);
	if (set->length > 0 && getsockopt(set->fd, set->level, set->option, value, &size) == 0)
		deviation_offer(call, "echoed", set->name);
}

void deviate_option_read(const struct call *call, const struct option_set *read,
			 const struct kept *before, void *value, socklen_t room, socklen_t *length)
{
	if (deviation_mode == DEVIATION_OFF || read->name == NULL || call->record == NULL)
		return;
	for (int i = 0; deviation_mode == DEVIATION_ACTIVE && i < ECHOES; i++) {
		const struct kept *echo = &echoes[i].value;

		if (is_same(&echoes[i], read) && *length > 0)
			memcpy(value, echo->bytes, echo->size < *length ? echo->size : *length);
	}
	deviate_bytes(call, read->name, before, value, *length < room ? *length : room,
		      fields_of_value(read->name));
	if (*length != room && deviate(call, "length-unfilled", "%s", read->name))
		*length = room;
}
