/* SPDX-License-Identifier: MIT */
/*
 * Protocols of AF_CAN.
 */
#include "harness/names/table.h"

#include <linux/can.h>

static const struct name protocols_can_list[] = {
	NAME(CAN_RAW),	 NAME(CAN_BCM),
#ifdef CAN_TP16
	NAME(CAN_TP16),
#endif
#ifdef CAN_TP20
	NAME(CAN_TP20),
#endif
#ifdef CAN_MCNET
	NAME(CAN_MCNET),
#endif
#ifdef CAN_ISOTP
	NAME(CAN_ISOTP),
#endif
#ifdef CAN_J1939
	NAME(CAN_J1939),
#endif
};
NAME_TABLE(names_protocols_can, "protocol", protocols_can_list);
