/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_RESULTS_PACKETS_H
#define SOCKATLAS_RESULTS_PACKETS_H

#include "harness/results/json.h"
#include "harness/run/outcome.h"

/* The members "packets" and "packets_dropped" of a result: one capture file a link. */
void results_packets(struct json *j, const struct outcome *o);

#endif
