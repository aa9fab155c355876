/* SPDX-License-Identifier: MIT */
/* Opening the two kinds of sockets that see other people's packets. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/packet/packet.h"
#include "reports/decode/filter.h"
#include "reports/sniff/attach.h"
#include "reports/sniff/tap.h"

enum { QUEUE_BYTES = 8 * 1024 * 1024 };

static bool fail(struct tap *s, const char *what, char *error, size_t size)
{
	if (error[0] == '\0')
		snprintf(error, size, "%s: %s", what, strerror(errno));
	tap_close(s);
	return false;
}

/* capabilities(7) */
static bool fail_socket(struct tap *s, const char *what, char *error, size_t size)
{
	if (errno == EPERM || errno == EACCES)
		snprintf(error, size,
			 "%s needs the capability CAP_NET_RAW, which root has; to try it without, "
			 "in a network of its own: sockatlas enter -- atlas sniff ...",
			 what);
	return fail(s, what, error, size);
}

/* Timestamps of the kernel, and a queue that a burst fits into. */
static bool set_up(int fd)
{
	int one = 1, queue = QUEUE_BYTES;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &queue, sizeof(queue)) != 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &queue, sizeof(queue));
	return setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof(one)) == 0;
}

/* A program that is the kernel's from now on, or ours when it cannot run there. */
static bool set_filter(struct tap *s, const char *expression, char *error, size_t size)
{
	struct bpf_program program;
	char reason[PCAP_ERRBUF_SIZE];
	bool in_kernel;

	if (expression == NULL)
		return true;
	if (!filter_compile(&s->program, expression, s->link_type, reason, sizeof(reason)) ||
	    !filter_compile(&program, expression, s->link_type, reason, sizeof(reason))) {
		snprintf(error, size, "filter \"%s\": %s", expression, reason);
		return false;
	}
	/* The kernel's filter sees neither the tag of a VLAN nor CAN in the order of files. */
	in_kernel = strstr(expression, "vlan") == NULL &&
		    s->link_type != PACKET_LINK_CAN_SOCKETCAN &&
		    (s->header == FRAME_AS_IT_IS || attach_uncook(&program, s->header)) &&
		    attach_filter(s->fd, &program);
	pcap_freecode(&program);
	s->filtered = !in_kernel;
	if (in_kernel)
		pcap_freecode(&s->program);
	return true;
}

static bool begin(struct tap *s, bool raw, char *error, size_t size)
{
	*s = (struct tap){.fd = -1, .raw = raw};
	error[0] = '\0';
	s->buffer = malloc(FRAME_ROOM + FILTER_SNAP_LENGTH);
	return s->buffer != NULL || fail(s, "memory", error, size);
}

/*
 * A raw socket gets a copy of each datagram of its protocol that arrives for this host, from the
 * IP header on (raw(7)): not what the host sends, and nothing that is only forwarded.
 */
bool tap_open_raw(struct tap *s, int protocol, const char *filter, char *error, size_t size)
{
	int one = 1;

	if (!begin(s, true, error, size))
		return false;
	s->link_type = PACKET_LINK_IPV4;
	s->fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, protocol);
	if (s->fd < 0)
		return fail_socket(s, "a raw socket", error, size);
	if (!set_up(s->fd) || setsockopt(s->fd, SOL_SOCKET, SO_RXQ_OVFL, &one, sizeof(one)) != 0 ||
	    !set_filter(s, filter, error, size))
		return fail(s, "a raw socket", error, size);
	return true;
}

/* The interface's index (0: all of them) and how its packets begin. */
static bool look_up(struct tap *s, const char *name, int *index)
{
	struct ifreq request = {.ifr_ifindex = 0};
	int fd;
	bool good;

	s->header = FRAME_COOKED2;
	s->link_type = PACKET_LINK_LINUX_SLL2;
	*index = 0;
	if (strcmp(name, "any") == 0)
		return true;
	if (strlen(name) >= sizeof(request.ifr_name) || name[0] == '\0') {
		errno = ENODEV;
		return false;
	}
	memcpy(request.ifr_name, name, strlen(name) + 1);
	*index = (int)if_nametoindex(name);
	fd = *index == 0 ? -1 : socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	good = fd >= 0 && ioctl(fd, SIOCGIFHWADDR, &request) == 0;
	if (fd >= 0)
		close(fd);
	if (good)
		s->link_type = frame_link_type(request.ifr_hwaddr.sa_family, &s->header);
	return good;
}

bool tap_open_interface(struct tap *s, const char *name, const char *filter, char *error,
			size_t size)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
	int one = 1;

	if (!begin(s, false, error, size))
		return false;
	if (!look_up(s, name, &address.sll_ifindex))
		return fail(s, name, error, size);
	/* Protocol 0: nothing is received before it is bound, and by then it has its filter. */
	s->fd = socket(AF_PACKET,
		       (s->header == FRAME_AS_IT_IS ? SOCK_RAW : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return fail_socket(s, "a packet socket", error, size);
	if (!set_up(s->fd) ||
	    setsockopt(s->fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one)) != 0 ||
	    !set_filter(s, filter, error, size) ||
	    bind(s->fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		return fail(s, name, error, size);
	return true;
}
