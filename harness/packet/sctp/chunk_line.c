/* SPDX-License-Identifier: MIT */
/* The chunks of SCTP in a line: "[DATA tsn=1 sid=0 ssn=0 ppid=46 len 5]". */
#include "harness/packet/sctp/internal.h"

static void line_data(struct packet_out *out, const struct packet_sctp_chunk *c)
{
	unsigned int part = c->flags & 3u;

	packet_put_pair(out, "tsn", c->tsn);
	packet_put_pair(out, "sid", c->stream_identifier);
	if (c->type == PACKET_SCTP_DATA)
		packet_put_pair(out, "ssn", c->stream_sequence);
	else
		packet_put_pair(out, "mid", c->message_identifier);
	if (c->type == PACKET_SCTP_I_DATA && (part & PACKET_SCTP_DATA_BEGINNING) == 0)
		packet_put_pair(out, "fsn", c->fragment_sequence);
	else
		packet_put_pair(out, "ppid", c->payload_protocol);
	if (c->flags & PACKET_SCTP_DATA_UNORDERED)
		packet_put(out, " unordered");
	if (c->flags & PACKET_SCTP_DATA_IMMEDIATE)
		packet_put(out, " immediate");
	if (part == PACKET_SCTP_DATA_BEGINNING)
		packet_put(out, " first part");
	else if (part == PACKET_SCTP_DATA_END)
		packet_put(out, " last part");
	else if (part == 0)
		packet_put(out, " middle part");
	packet_put_length(out, c->value_length);
}

/* The parameters or causes by name; a handful, there may be thousands. */
static void line_list(struct packet_out *out, struct packet_walk *walk,
		      const struct packet_sctp_chunk *c)
{
	struct packet_walk list = packet_sctp_chunk_list(walk, c);
	struct packet_sctp_parameter p;
	bool causes = c->list == PACKET_SCTP_CAUSES;
	const char *separator = ": ";

	for (int i = 0; i < 4; i++) {
		const char *name;

		if (!(causes ? packet_sctp_cause_next(&list, &p)
			     : packet_sctp_parameter_next(&list, &p)))
			return;
		name = causes ? packet_name_sctp_cause(p.type) : packet_name_sctp_parameter(p.type);
		packet_put(out, separator);
		separator = ", ";
		if (name != NULL) {
			packet_put(out, name);
		} else {
			packet_put(out, causes ? "cause " : "parameter ");
			packet_put_number(out, p.type);
		}
	}
	if (list.next < list.end)
		packet_put(out, ", ...");
}

static void line_body(struct packet_out *out, struct packet_walk *walk,
		      const struct packet_sctp_chunk *c)
{
	switch (c->type) {
	case PACKET_SCTP_DATA:
	case PACKET_SCTP_I_DATA:
		line_data(out, c);
		break;
	case PACKET_SCTP_INIT:
	case PACKET_SCTP_INIT_ACK:
		packet_put(out, " tag=0x");
		packet_put_hex(out, c->initiate_tag, 8);
		packet_put_pair(out, "rwnd", c->a_rwnd);
		packet_put_pair(out, "os", c->outbound_streams);
		packet_put_pair(out, "mis", c->inbound_streams);
		packet_put_pair(out, "tsn", c->tsn);
		break;
	case PACKET_SCTP_SACK:
	case PACKET_SCTP_NR_SACK:
		packet_put_pair(out, "tsn", c->tsn);
		packet_put_pair(out, "rwnd", c->a_rwnd);
		if (c->gap_ack_blocks > 0)
			packet_put_pair(out, "gaps", c->gap_ack_blocks);
		if (c->nr_gap_ack_blocks > 0)
			packet_put_pair(out, "nrgaps", c->nr_gap_ack_blocks);
		if (c->duplicate_tsns > 0)
			packet_put_pair(out, "dups", c->duplicate_tsns);
		break;
	case PACKET_SCTP_SHUTDOWN:
	case PACKET_SCTP_ECNE:
	case PACKET_SCTP_CWR:
	case PACKET_SCTP_FORWARD_TSN:
	case PACKET_SCTP_I_FORWARD_TSN:
		packet_put_pair(out, "tsn", c->tsn);
		break;
	case PACKET_SCTP_AUTH:
		packet_put_pair(out, "key", c->shared_key);
		packet_put_pair(out, "hmac", c->hmac_identifier);
		break;
	case PACKET_SCTP_ASCONF:
	case PACKET_SCTP_ASCONF_ACK:
		packet_put_pair(out, "seq", c->sequence_number);
		line_list(out, walk, c);
		break;
	case PACKET_SCTP_SHUTDOWN_COMPLETE:
		packet_put(out, c->flags & PACKET_SCTP_TAG_REFLECTED ? " tag reflected" : "");
		break;
	case PACKET_SCTP_ABORT:
		packet_put(out, c->flags & PACKET_SCTP_TAG_REFLECTED ? " tag reflected" : "");
		line_list(out, walk, c);
		break;
	case PACKET_SCTP_ERROR:
	case PACKET_SCTP_RE_CONFIG:
		line_list(out, walk, c);
		break;
	default:
		break;
	}
}

void packet_line_sctp_chunk(struct packet_out *out, struct packet_walk *walk,
			    const struct packet_sctp_chunk *c)
{
	const char *name = packet_name_sctp_chunk(c->type);

	packet_put(out, " [");
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "chunk ");
		packet_put_number(out, c->type);
	}
	if (!c->ok)
		packet_put(out, "?");
	else if (c->captured < c->fixed)
		packet_put(out, " cut");
	else
		line_body(out, walk, c);
	packet_put_char(out, ']');
}
