/* SPDX-License-Identifier: MIT */
/* What the files of X.25 share; not installed. */
#ifndef SOCKATLAS_PACKET_X25_INTERNAL_H
#define SOCKATLAS_PACKET_X25_INTERNAL_H

#include "harness/packet/internal.h"

/* The facilities of a call; `own` shows those that only its protocol has. */
void packet_show_x25_facilities(struct packet_view *v, const struct packet_layer *l,
				const struct packet_x25 *x, packet_facility_shower own);

const char *packet_name_x25_type(uint8_t type);
const char *packet_name_x25_cause(uint8_t type, uint8_t cause);
const char *packet_name_x25_diagnostic(uint8_t diagnostic);

#endif
