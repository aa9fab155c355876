/* SPDX-License-Identifier: MIT */
/* What the golden packets over AX.25 share. */
#ifndef SOCKATLAS_SELFTEST_PACKET_GOLDEN_RADIO_H
#define SOCKATLAS_SELFTEST_PACKET_GOLDEN_RADIO_H

#include "harness/selftest/packet/golden.h"

/* A callsign of up to 6 characters and the byte with the SSID: C or H, reserved, SSID, extension.
 */
struct blob call(const char *name, unsigned int ssid_byte);

/* A command from N0AAA-1 to N0BBB: control field and PID in hexadecimal, and what follows. */
struct blob ax25_frame(const char *control, struct blob rest);

#endif
