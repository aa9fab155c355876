/* SPDX-License-Identifier: MIT */
/*
 * The bytes of a packet in rows of 16, in which the layers are told apart: by colours, or by a
 * line under each row with a letter where a layer (or the row) begins:
 *
 *     a Ethernet  b IPv4  c UDP
 *     0000  02 00 00 00 00 02 02 00  00 00 00 01 08 00 45 00  ..............E.
 *           a------------------------------------------b----
 *
 * The bytes of the field that contradicts another are marked ^^, or red.
 */
#ifndef ATLAS_DECODE_DUMP_H
#define ATLAS_DECODE_DUMP_H

#include <stdbool.h>

#include "harness/packet/packet.h"
#include "reports/decode/out.h"

void dump_packet(struct packet_out *out, const struct packet *p, bool color);

/* The escape sequence of the colour of the layer with this index; the one that ends a colour. */
const char *dump_color(unsigned int layer);
#define DUMP_COLOR_END "\033[0m"

#endif
