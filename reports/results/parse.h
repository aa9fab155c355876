/* SPDX-License-Identifier: MIT */
/* From one line's JSON object to the run it belongs to; problems go to the reading. */
#ifndef ATLAS_RESULTS_PARSE_H
#define ATLAS_RESULTS_PARSE_H

#include "reports/results/members.h"

#define FORMAT_RESULTS	  "sockatlas-results"
#define FORMAT_DEVIATIONS "sockatlas-deviations"

void parse_header(struct reading *r, const json_t *line);
void parse_source(struct reading *r, const json_t *line);
void parse_case(struct reading *r, const json_t *line);
void parse_deviation(struct reading *r, const json_t *line);
void parse_result(struct reading *r, const json_t *line, size_t line_number);
void parse_footer(struct reading *r, const json_t *line);

/* The member "level"; LEVEL_NONE when it is missing. */
enum level parse_level(struct reading *r, const json_t *object);

/* Whether a text can be an id: parts of printable characters without spaces, joined by "/". */
bool id_is_valid(const char *id);

/* The packets of a result: its member "packets" into links and frames. */
void parse_packets(struct reading *r, const json_t *line, struct result *result);

#endif
