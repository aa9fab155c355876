/* SPDX-License-Identifier: MIT */
/*
 * What the cases about netlink share: building messages, sending them, receiving
 * answers, and walking over messages and attributes (netlink(7), netlink(3)).
 *
 * A message is a struct nlmsghdr, then a header that its type says the form of, then
 * attributes: struct nlattr with a value each, every part at a multiple of 4 bytes. The
 * calls that these functions make are recorded at the case's line.
 */
#ifndef SOCKATLAS_SUITES_NETLINK_HELP_H
#define SOCKATLAS_SUITES_NETLINK_HELP_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "harness/kit.h"

/* ---------------------------------------------------------------------------- requests */

/* A message to send; header.nlmsg_len says how much of it is there. */
struct netlink_request {
	union {
		struct nlmsghdr header;
		char bytes[1024];
	};
};

/*
 * A request of this type with NLM_F_REQUEST, these flags and a sequence number of its
 * own. `header` is the structure behind struct nlmsghdr, of `size` bytes; may be none.
 */
struct netlink_request netlink_request_of(uint16_t type, unsigned int flags, const void *header,
					  size_t size);
/* REQUEST(RTM_GETLINK, NLM_F_DUMP, link): with a variable as the header. */
#define REQUEST(type, flags, header) netlink_request_of(type, flags, &(header), sizeof(header))

/* Adds an attribute at the end. Ends the case when there is no room. */
void request_add(struct netlink_request *r, uint16_t type, const void *value, size_t length);
void request_add_u32(struct netlink_request *r, uint16_t type, uint32_t value);
void request_add_text(struct netlink_request *r, uint16_t type, const char *text);
/* Starts an attribute of attributes; what is added until request_end() with its result is in it. */
size_t request_nest(struct netlink_request *r, uint16_t type);
void request_end(struct netlink_request *r, size_t nest);

/* ---------------------------------------------------------------------------- answers */

/* One datagram: one message or several. */
struct netlink_answer {
	_Alignas(struct nlmsghdr) char bytes[32768];
	size_t length;
	uint32_t groups; /* nl_groups of its sender: 0 of an answer, a bit of a notification */
};

/* The messages in it: NULL at the end, and for one that is cut. */
const struct nlmsghdr *answer_first(const struct netlink_answer *answer);
const struct nlmsghdr *answer_next(const struct netlink_answer *answer, const struct nlmsghdr *h);

/* ATTRIBUTE(h, struct ifinfomsg, IFLA_MTU): of a message with such a header; NULL without it. */
#define ATTRIBUTE(h, header, type) attribute_of(h, sizeof(header), type)
const struct nlattr *attribute_of(const struct nlmsghdr *h, size_t header, uint16_t type);
/* In the value of another one, which may be NULL. */
const struct nlattr *attribute_in(const struct nlattr *nest, uint16_t type);
/* The value: 0, "" or NULL when there is no attribute, or a shorter one. */
uint32_t attribute_u32(const struct nlattr *a);
const char *attribute_text(const struct nlattr *a);
const void *attribute_data(const struct nlattr *a, size_t length);

/* ---------------------------------------------------------------------------- sockets */

/* A socket of this protocol on which receiving gives up after SOON_MS. */
#define netlink_open(protocol) (CALLS_HERE, netlink_open_here(protocol))
int netlink_open_here(int protocol);
/* The same of NETLINK_ROUTE, with a port id and in this group. */
#define netlink_listener(group) (CALLS_HERE, netlink_listener_here(group))
int netlink_listener_here(int group);
/* Its port id (nl_pid), as getsockname() gives it. */
#define netlink_port(fd) (CALLS_HERE, netlink_port_here(fd))
uint32_t netlink_port_here(int fd);

/* send() of the request: what that returns. */
#define netlink_send(fd, request) (CALLS_HERE, netlink_send_here(fd, request))
ssize_t netlink_send_here(int fd, const struct netlink_request *r);

/*
 * recvmsg() of a datagram that must come from the kernel and not be cut. Returns its
 * length; the failure of anything else is the case's, and -1 is returned.
 */
#define netlink_receive(fd, answer) (CALLS_HERE, netlink_receive_here(fd, answer))
ssize_t netlink_receive_here(int fd, struct netlink_answer *answer);

/*
 * Sends, and receives what must be an NLMSG_ERROR about this request. Returns the
 * error as errno has it: 0 for an acknowledgement, ENODEV, ...; -1 when something else
 * came. netlink_do() adds NLM_F_ACK.
 */
#define netlink_do(fd, request)	   (CALLS_HERE, netlink_do_here(fd, request, NLM_F_ACK))
#define netlink_error(fd, request) (CALLS_HERE, netlink_do_here(fd, request, 0))
int netlink_do_here(int fd, struct netlink_request *r, unsigned int flags);

/*
 * Sends, and receives what must answer it: the first message, valid as long as
 * `answer`. NULL with errno when the answer is an error.
 */
#define netlink_get(fd, request, answer) (CALLS_HERE, netlink_get_here(fd, request, answer))
const struct nlmsghdr *netlink_get_here(int fd, const struct netlink_request *r,
					struct netlink_answer *answer);

/*
 * Sends, and calls back for each message up to NLMSG_DONE. Returns how many there were;
 * -1 with errno when the dump ends with an error.
 */
typedef void netlink_visit(const struct nlmsghdr *h, void *context);
#define netlink_dump(fd, request, visit, context)                                                  \
	(CALLS_HERE, netlink_dump_here(fd, request, visit, context))
int netlink_dump_here(int fd, const struct netlink_request *r, netlink_visit *visit, void *context);

/* Whether nothing waits to be received. */
#define netlink_is_silent(fd) (CALLS_HERE, netlink_is_silent_here(fd))
bool netlink_is_silent_here(int fd);

/* ---------------------------------------------------------------------------- rtnetlink */

/* RTM_NEWLINK that makes an interface of a kind: "bridge". */
struct netlink_request request_link(const char *name, const char *kind, unsigned int flags);
/* Makes one, as a step of the setup. Returns its index. */
#define link_make(fd, name, kind) (CALLS_HERE, link_make_here(fd, name, kind))
int link_make_here(int fd, const char *name, const char *kind);
/* A pair of virtual Ethernet interfaces, as a step of the setup. Returns the first one's index. */
#define link_make_veth(fd, name, peer) (CALLS_HERE, link_make_veth_here(fd, name, peer))
int link_make_veth_here(int fd, const char *name, const char *peer);
/* RTM_NEWLINK that turns an interface on (IFF_UP) or off. */
struct netlink_request request_up(int index, bool up);
/* RTM_NEWADDR or RTM_DELADDR of "192.0.2.1" with a prefix of this many bits. */
struct netlink_request request_address(uint16_t type, unsigned int flags, int index,
				       const char *text, int prefix);
/* RTM_NEWROUTE or RTM_DELROUTE of a network, through an interface, in the main table. */
struct netlink_request request_route(uint16_t type, unsigned int flags, int index, const char *text,
				     int prefix, uint32_t priority);

#endif
