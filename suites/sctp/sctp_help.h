/* SPDX-License-Identifier: MIT */
/* Sockets of SCTP, messages with their ancillary data, notifications, chunks on the wire. */
#ifndef SUITES_SCTP_SCTP_HELP_H
#define SUITES_SCTP_SCTP_HELP_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
/* After the types that it needs. */
#include <linux/types.h>
#include <linux/sctp.h>

#include "harness/calls/site.h"
#include "harness/capture/expect_packet.h"
#include "harness/kit.h"

enum {
	SCTP_PORT = 9000,
	SCTP_HEADER = 12, /* RFC 9260 3.1: bytes in front of the first chunk */
	SCTP_MESSAGE = 4096,
};

/*
 * Timers of some 20 ms in place of seconds, for what is lost on purpose. Each loss doubles them.
 * (Linux 5.10 takes no net.sctp.rto_max below 1000 in a network namespace.)
 */
#define SCTP_FAST                                                                                  \
	"net.sctp.rto_min=20 net.sctp.rto_initial=30 "                                             \
	"net.sctp.hb_interval=1000"

/* What is lost is sent again after a second, which is long enough to see it missing. */
#define SCTP_SLOW "net.sctp.rto_min=1000 net.sctp.rto_initial=1000 net.sctp.rto_max=1500"

/*
 * One-to-one style (RFC 6458 4): a listener on a free port of loopback, and a client that is
 * not connected yet, so that options can be set first; sctp_join() connects and accepts.
 */
#define sctp_ends(family)                                                                          \
	(CALLS_HERE, sctp_ends_at(EXPECT_SETUP_AT("sctp_ends(" #family ")"), family))
#define sctp_join(pair) (CALLS_HERE, sctp_join_at(EXPECT_SETUP_AT("sctp_join(" #pair ")"), pair))
#define sctp_pair(family)                                                                          \
	(CALLS_HERE, sctp_pair_at(EXPECT_SETUP_AT("sctp_pair(" #family ")"), family))
struct pair sctp_ends_at(struct expect_at at, int family);
void sctp_join_at(struct expect_at at, struct pair *p);
struct pair sctp_pair_at(struct expect_at at, int family);
/* The same, with the two ends on hosts a and b: server on all of b's addresses, port SCTP_PORT. */
#define sctp_ends_between_hosts(family)                                                            \
	(CALLS_HERE, sctp_ends_between_hosts_at(                                                   \
			     EXPECT_SETUP_AT("sctp_ends_between_hosts(" #family ")"), family))
struct pair sctp_ends_between_hosts_at(struct expect_at at, int family);

/* One-to-many style (RFC 6458 3): a socket on a free port of loopback that listens. */
#define sctp_many(family, where)                                                                   \
	(CALLS_HERE, sctp_many_at(EXPECT_SETUP_AT("sctp_many(" #family ")"), family, where))
int sctp_many_at(struct expect_at at, int family, struct address *where);

/*
 * Two sockets of one-to-many style with an association between them, made by a message that has
 * been received. Both know its identifier.
 */
struct sctp_many {
	int client, server;
	struct address client_address, server_address;
	sctp_assoc_t client_id, server_id;
};
#define sctp_many_pair(family)                                                                     \
	(CALLS_HERE, sctp_many_pair_at(EXPECT_SETUP_AT("sctp_many_pair(" #family ")"), family))
struct sctp_many sctp_many_pair_at(struct expect_at at, int family);

/* Asks for notifications of a type (SCTP_EVENT), for the socket and what it will accept. */
#define sctp_subscribe(fd, type) (CALLS_HERE, sctp_subscribe_here(fd, type))
int sctp_subscribe_here(int fd, int type);

/* sendmsg() with an SCTP_SNDINFO; `to` may be NULL. Returns as sendmsg(). */
#define sctp_send(fd, to, data, size, ...)                                                         \
	(CALLS_HERE, sctp_send_here(fd, to, data, size, (struct sctp_sndinfo){__VA_ARGS__}))
ssize_t sctp_send_here(int fd, const struct address *to, const void *data, size_t size,
		       struct sctp_sndinfo info);

/* sendmsg() with one control message of IPPROTO_SCTP. Returns as sendmsg(). */
#define sctp_send_with(fd, to, data, size, type, value, length)                                    \
	(CALLS_HERE, sctp_send_with_here(fd, to, data, size, type, value, length))
ssize_t sctp_send_with_here(int fd, const struct address *to, const void *data, size_t size,
			    int type, const void *value, size_t length);

/* What recvmsg() gave. */
struct sctp_received {
	ssize_t size; /* -1: nothing came in time, or an error */
	int flags;
	bool has_sndrcv, has_rcvinfo, has_nxtinfo;
	struct address from;
	struct sctp_sndrcvinfo sndrcv;
	struct sctp_rcvinfo rcvinfo;
	struct sctp_nxtinfo nxtinfo;
	union {
		char data[SCTP_MESSAGE];
		uint64_t alignment;
	};
};

/* Waits SOON_MS for something to read and takes it. */
#define sctp_receive(fd) (CALLS_HERE, sctp_receive_here(fd, SCTP_MESSAGE))
/* The same with less room. */
#define sctp_receive_into(fd, room) (CALLS_HERE, sctp_receive_here(fd, room))
struct sctp_received sctp_receive_here(int fd, size_t room);

/* Reads up to the next notification of this type; ends the case when none comes. */
#define sctp_notified(fd, type)                                                                    \
	(CALLS_HERE, sctp_notified_at(EXPECT_AT("notification " #type, true), fd, type))
struct sctp_received sctp_notified_at(struct expect_at at, int fd, int type);
/* struct sctp_assoc_change in a notification: SCTP_NOTE(got, sctp_assoc_change)->sac_state */
#define SCTP_NOTE(received, type) ((const struct type *)(const void *)(received).data)

/* Whether the next thing to read is a message with this text. */
#define EXPECT_SCTP_TEXT(fd, text)                                                                 \
	(CALLS_HERE, expect_sctp_text(EXPECT_AT("message " #text, false), fd, text))
void expect_sctp_text(struct expect_at at, int fd, const char *text);

/* What SCTP_STATUS says; an error of the setup when it fails. */
#define sctp_status_of(fd, id) (CALLS_HERE, sctp_status_at(EXPECT_SETUP_AT("SCTP_STATUS"), fd, id))
struct sctp_status sctp_status_at(struct expect_at at, int fd, sctp_assoc_t id);
/* Waits until an association is in this state (SCTP_ESTABLISHED, ...); false after SOON_MS. */
#define sctp_wait_for_state(fd, id, state) (CALLS_HERE, sctp_wait_for_state_here(fd, id, state))
bool sctp_wait_for_state_here(int fd, sctp_assoc_t id, int state);

/* What SCTP_GET_ASSOC_STATS says of a one-to-one socket. */
#define sctp_stats_of(fd) (CALLS_HERE, sctp_stats_at(EXPECT_SETUP_AT("SCTP_GET_ASSOC_STATS"), fd))
struct sctp_assoc_stats sctp_stats_at(struct expect_at at, int fd);

/* setsockopt() of a struct sctp_assoc_value for SCTP_FUTURE_ASSOC, which one-to-one sockets take.
 */
#define sctp_set_value(fd, option, value) (CALLS_HERE, sctp_set_value_here(fd, option, value))
int sctp_set_value_here(int fd, int option, uint32_t value);
#define sctp_get_value(fd, option)                                                                 \
	(CALLS_HERE, sctp_get_value_at(EXPECT_SETUP_AT("getsockopt(" #option ")"), fd, option))
uint32_t sctp_get_value_at(struct expect_at at, int fd, int option);

/*
 * Makes a socket deaf for packets whose first chunk is of this type (PACKET_SCTP_...), by a
 * filter: the network loses them, for what the other end can tell.
 */
#define sctp_lose(fd, family, type)                                                                \
	(CALLS_HERE, sctp_lose_at(EXPECT_SETUP_AT("sctp_lose(" #type ")"), fd, family, type))
void sctp_lose_at(struct expect_at at, int fd, int family, int type);
/*
 * Lets time enough pass for a packet that was just sent to be lost, then ends the loss: only in a
 * case that says .waits.
 */
#define sctp_lost(fd) (CALLS_HERE, sctp_lost_at(EXPECT_SETUP_AT("sctp_lost()"), fd))
void sctp_lost_at(struct expect_at at, int fd);
#define sctp_lose_nothing(fd)                                                                      \
	(CALLS_HERE, sctp_lose_nothing_at(EXPECT_SETUP_AT("sctp_lose_nothing()"), fd))
void sctp_lose_nothing_at(struct expect_at at, int fd);

/*
 * The next packet with a chunk of this type, wherever it stands in the packet, waiting SOON_MS;
 * NULL when none came. `chunk` may be NULL.
 */
const struct packet *sctp_next_chunk(struct wire *wire, int type, struct packet_sctp_chunk *chunk);
/*
 * The next `count` chunks of this type, of as many packets as it takes, waiting SOON_MS. Returns
 * how many came.
 */
int sctp_next_chunks(struct wire *wire, int type, struct packet_sctp_chunk *chunks, int count);
/*
 * Whether data that was just sent, and seen on the wire, is acknowledged sooner than by a delay:
 * before another message, which this sends on `fd` 100 ms later. Only in a case that says .waits.
 */
#define sctp_acknowledged_at_once(wire, fd) (CALLS_HERE, sctp_acknowledged_at_once_here(wire, fd))
bool sctp_acknowledged_at_once_here(struct wire *wire, int fd);
/* Whether no packet that begins with such a chunk comes within `milliseconds`. */
bool sctp_no_chunk(struct wire *wire, uint8_t type, int milliseconds);
/* Whether an INIT or INIT ACK has a parameter of this type. */
bool sctp_has_parameter(const struct packet *packet, int type);

/* EXPECT_TRUE() with the chunk's name: a packet with such a chunk comes. */
#define EXPECT_CHUNK(wire, type, chunk)                                                            \
	expect_chunk(EXPECT_AT("chunk " #type, false), wire, type, chunk)
const struct packet *expect_chunk(struct expect_at at, struct wire *wire, int type,
				  struct packet_sctp_chunk *chunk);

#endif
