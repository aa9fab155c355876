/* SPDX-License-Identifier: MIT */
/* What the files of the protocols of applications share; not installed. */
#ifndef SOCKATLAS_PACKET_APPLICATION_INTERNAL_H
#define SOCKATLAS_PACKET_APPLICATION_INTERNAL_H

#include "harness/packet/internal.h"

/* Bytes as text: what is not printable ASCII as \DDD, '"' and '\' behind a backslash. */
void packet_put_escaped(struct packet_out *out, const uint8_t *bytes, size_t length);

/* The same of the first 100, which is enough to know it by: an escape is 4 characters. */
void packet_put_text(struct packet_out *out, const uint8_t *bytes, size_t length);

/* The bytes of a DNS message in which names are looked up. */
struct dns_bounds {
	const uint8_t *bytes; /* the packet */
	uint32_t start;	      /* of the message: pointers count from here */
	uint32_t end;	      /* of the message, by its length */
	uint32_t captured;    /* at most `end` */
};
struct dns_bounds packet_dns_bounds(const struct packet *p, const struct packet_layer *l);

/* Why a message cannot be decoded further, in terms of packet_contradiction(). */
struct dns_fault {
	uint8_t outcome; /* PACKET_TRUNCATED or PACKET_MALFORMED; 0: no fault */
	const char *text;
	uint32_t value1, value2, offset, length;
};

/*
 * The name at `at`: how many bytes it has there (0 with a fault), and its text if `out` is not
 * NULL.
 */
uint32_t packet_dns_name_at(const struct dns_bounds *b, uint32_t at, struct packet_out *out,
			    struct dns_fault *fault);

/* As packet_dns_record_next(), with the reason when a fault ends the walk. */
bool packet_dns_record_step(struct packet_walk *walk, struct packet_dns_record *out,
			    struct dns_fault *fault);

void packet_show_dns_records(struct packet_view *v, const struct packet_layer *l);
void packet_line_dns_records(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l);

/* IANA "DNS Resource Record Types", or NULL. */
const char *packet_dns_type_name(uint16_t type);

/* How the data of a record is made up; see dns_data.c. */
bool packet_dns_data_ok(const struct dns_bounds *b, const struct packet_dns_record *record);
void packet_dns_show_data(struct packet_view *v, const struct dns_bounds *b,
			  const struct packet_dns_record *record);
void packet_dns_line_data(struct packet_out *out, const struct dns_bounds *b,
			  const struct packet_dns_record *record);

/* "DISCOVER" and so on, or NULL. */
const char *packet_dhcp_message_name(uint8_t type);
/* The options between two offsets of a DHCP layer. */
void packet_show_dhcp_options(struct packet_view *v, const struct packet_layer *l, uint32_t start,
			      uint32_t end);

#endif
