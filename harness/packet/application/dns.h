/* SPDX-License-Identifier: MIT */
/* DNS messages, one level deep. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_DNS_H
#define SOCKATLAS_PACKET_DNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet;
struct packet_layer;
struct packet_walk;

/* The same message over other ports has other flags: Multicast DNS RFC 6762, LLMNR RFC 4795. */
enum {
	PACKET_DNS_UNICAST,
	PACKET_DNS_MULTICAST,
	PACKET_DNS_LLMNR,
};

/* The header of a message, RFC 1035 4.1.1; AD and CD RFC 4035. */
struct packet_dns {
	uint8_t flavour; /* PACKET_DNS_UNICAST and so on, by the port */
	bool over_tcp;	 /* two bytes of length stand in front (RFC 1035 4.2.2) */
	uint16_t length; /* what these say */
	uint16_t id;
	uint16_t flags; /* all 16 bits */
	bool response;	/* QR */
	uint8_t opcode; /* 4 bits */
	bool authoritative_answer, truncated, recursion_desired, recursion_available;
	bool authentic_data, checking_disabled;
	uint8_t response_code; /* RCODE, 4 bits */
	uint16_t question_count, answer_count, authority_count, additional_count;
};

enum {
	PACKET_DNS_QUESTION,  /* in an Update: the zone (RFC 2136 2) */
	PACKET_DNS_ANSWER,    /* prerequisites */
	PACKET_DNS_AUTHORITY, /* updates */
	PACKET_DNS_ADDITIONAL,
};

/* A question (RFC 1035 4.1.2) or a resource record (4.1.3). */
struct packet_dns_record {
	uint8_t section;       /* PACKET_DNS_QUESTION and so on */
	bool ok;	       /* the data has the form its type wants */
	bool unicast_response; /* Multicast DNS: the QU bit of a question's class */
	bool cache_flush;      /* and that of a record's */
	uint16_t type;
	uint16_t rr_class; /* without that bit; of an OPT record: the sender's UDP payload size */
	uint32_t ttl;	   /* seconds; a question has none; of an OPT record: flags */
	uint16_t rdlength; /* bytes */
	uint16_t name_length;  /* bytes of the name at `offset`, a pointer not followed */
	uint32_t offset;       /* of its name; packet_dns_name() makes it text */
	uint32_t rdata_offset; /* 0 for a question */
};
bool packet_dns_record_next(struct packet_walk *walk, struct packet_dns_record *out);

/*
 * The name at `offset` of a DNS layer as text, as snprintf() does: "www.example.com", "." for the
 * root. Dots and backslashes in a label are written with a backslash, what is not printable as
 * \DDD (RFC 1035 5.1). A name that goes on longer than a few hundred characters, or cannot be
 * decoded, ends in "...".
 */
size_t packet_dns_name(const struct packet *p, const struct packet_layer *l, uint32_t offset,
		       char *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif
