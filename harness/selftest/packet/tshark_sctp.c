/* SPDX-License-Identifier: MIT */
/* The fields of SCTP as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"sctp.srcport", "SCTP", "Source Port Number", NUMBER},
	{"sctp.dstport", "SCTP", "Destination Port Number", NUMBER},
	{"sctp.verification_tag", "SCTP", "Verification Tag", NUMBER},
	{"sctp.checksum", "SCTP", "Checksum", NUMBER},
	{"sctp.checksum.status", "SCTP", "Checksum", CHECKSUM},
	{"sctp.chunk_type", "SCTP", "Chunk Type", NUMBER},
	{"sctp.chunk_flags", "SCTP", "Chunk Flags", NUMBER},
	{"sctp.chunk_length", "SCTP", "Chunk Length", NUMBER},
	{"sctp.initiate_tag", "SCTP", "Initiate Tag", NUMBER},
	{"sctp.init_credit", "SCTP", "a_rwnd", NUMBER},
	{"sctp.initack_credit", "SCTP", "a_rwnd", NUMBER},
	{"sctp.init_nr_out_streams", "SCTP", "Number of Outbound Streams", NUMBER},
	{"sctp.init_nr_in_streams", "SCTP", "Number of Inbound Streams", NUMBER},
	{"sctp.init_initial_tsn", "SCTP", "Initial TSN", NUMBER},
	{"sctp.data_tsn_raw", "SCTP", "TSN", NUMBER},
	{"sctp.data_sid", "SCTP", "Stream Identifier", NUMBER},
	{"sctp.data_ssn", "SCTP", "Stream Sequence Number", NUMBER},
	{"sctp.data_payload_proto_id", "SCTP", "Payload Protocol Identifier", NUMBER},
	{"sctp.data_mid", "SCTP", "Message Identifier", NUMBER},
	{"sctp.data_fsn", "SCTP", "Fragment Sequence Number", NUMBER},
	{"sctp.data_i_bit", "SCTP", "I: acknowledge at once", NUMBER},
	{"sctp.data_u_bit", "SCTP", "U: unordered", NUMBER},
	{"sctp.data_b_bit", "SCTP", "B: beginning of a message", NUMBER},
	{"sctp.data_e_bit", "SCTP", "E: end of a message", NUMBER},
	{"sctp.abort_t_bit", "SCTP", "T: reflected Verification Tag", NUMBER},
	{"sctp.shutdown_complete_t_bit", "SCTP", "T: reflected Verification Tag", NUMBER},
	{"sctp.sack_cumulative_tsn_ack_raw", "SCTP", "Cumulative TSN Ack", NUMBER},
	{"sctp.sack_a_rwnd", "SCTP", "a_rwnd", NUMBER},
	{"sctp.sack_number_of_gap_blocks", "SCTP", "Number of Gap Ack Blocks", NUMBER},
	{"sctp.sack_number_of_duplicated_tsns", "SCTP", "Number of Duplicate TSNs", NUMBER},
	{"sctp.sack_gap_block_start", "SCTP", "Start", NUMBER},
	{"sctp.sack_gap_block_end", "SCTP", "End", NUMBER},
	{"sctp.sack_duplicate_tsn", "SCTP", "Duplicate TSN", NUMBER},
	{"sctp.nr_sack_number_of_nr_gap_blocks", "SCTP", "Number of NR Gap Ack Blocks", NUMBER},
	{"sctp.shutdown_cumulative_tsn_ack", "SCTP", "Cumulative TSN Ack", NUMBER},
	{"sctp.ecne_lowest_tsn", "SCTP", "Lowest TSN Number", NUMBER},
	{"sctp.cwr_lowest_tsn", "SCTP", "Lowest TSN Number", NUMBER},
	{"sctp.forward_tsn_tsn", "SCTP", "New Cumulative TSN", NUMBER},
	{"sctp.forward_tsn_sid", "SCTP", "Stream", NUMBER},
	{"sctp.forward_tsn_ssn", "SCTP", "Stream Sequence", NUMBER},
	{"sctp.i_forward_tsn_tsn", "SCTP", "New Cumulative TSN", NUMBER},
	{"sctp.asconf_seq_nr_number", "SCTP", "Sequence Number", NUMBER},
	{"sctp.asconf_ack_seq_nr_number", "SCTP", "Sequence Number", NUMBER},
	{"sctp.correlation_id", "SCTP", "ASCONF-Request Correlation ID", NUMBER},
	{"sctp.shared_key_id", "SCTP", "Shared Key Identifier", NUMBER},
	{"sctp.hmac_id", "SCTP", "HMAC Identifier", NUMBER},
	{"sctp.parameter_type", "SCTP", "Parameter Type", NUMBER},
	{"sctp.parameter_length", "SCTP", "Parameter Length", NUMBER},
	{"sctp.parameter_ipv4_address", "SCTP", "IPv4 Address", TEXT},
	{"sctp.parameter_ipv6_address", "SCTP", "IPv6 Address", TEXT},
	{"sctp.parameter_hostname", "SCTP", "Host Name", TEXT},
	{"sctp.parameter_cookie_preservative_incr", "SCTP", "Suggested Cookie Life-Span Increment",
	 NUMBER},
	{"sctp.parameter_supported_address_type", "SCTP", "Address Type", NUMBER},
	{"sctp.adaptation_layer_indication", "SCTP", "Adaptation Code Point", NUMBER},
	{"sctp.parameter_reconfig_request_sequence_number", "SCTP",
	 "Re-configuration Request Sequence Number", NUMBER},
	{"sctp.parameter_reconfig_response_sequence_number", "SCTP",
	 "Re-configuration Response Sequence Number", NUMBER},
	{"sctp.parameter_senders_last_assigned_tsn", "SCTP", "Sender's Last Assigned TSN", NUMBER},
	{"sctp.parameter_senders_next_tsn", "SCTP", "Sender's Next TSN", NUMBER},
	{"sctp.parameter_receivers_next_tsn", "SCTP", "Receiver's Next TSN", NUMBER},
	{"sctp.parameter_reconfig_response_result", "SCTP", "Result", NUMBER},
	{"sctp.parameter_reconfig_sid", "SCTP", "Stream Number", NUMBER},
	{"sctp.parameter_add_outgoing_streams_number", "SCTP", "Number of new streams", NUMBER},
	{"sctp.cause_code", "SCTP", "Cause Code", NUMBER},
	{"sctp.cause_length", "SCTP", "Cause Length", NUMBER},
	{"sctp.cause_nr_of_missing_parameters", "SCTP", "Number of missing params", NUMBER},
	{"sctp.cause_missing_parameter_type", "SCTP", "Missing Param Type", NUMBER},
	{"sctp.cause_measure_of_staleness", "SCTP", "Measure of Staleness", NUMBER},
};

/* tshark names the same field differently in each type of chunk. */
static const struct {
	const char *names;
	uint8_t type, other;
} owners[] = {
	{"sctp.init_", 1, 1},
	{"sctp.initack_", 2, 2},
	{"sctp.data_", 0, 64},
	{"sctp.sack_", 3, 3},
	{"sctp.nr_sack_", 16, 16},
	{"sctp.abort_", 6, 6},
	{"sctp.shutdown_cumulative_", 7, 7},
	{"sctp.shutdown_complete_", 14, 14},
	{"sctp.ecne_", 12, 12},
	{"sctp.cwr_", 13, 13},
	{"sctp.forward_tsn_tsn", 192, 192},
	{"sctp.i_forward_", 194, 194},
	{"sctp.asconf_seq_", 193, 193},
	{"sctp.asconf_ack_", 128, 128},
};

static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_sctp *sctp = packet_sctp(p);

	for (size_t i = 0; sctp != NULL && i < sizeof(owners) / sizeof(owners[0]); i++) {
		if (strncmp(f->tshark, owners[i].names, strlen(owners[i].names)) == 0)
			return sctp->first_chunk != owners[i].type &&
			       sctp->first_chunk != owners[i].other;
	}
	return false;
}

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_layer *l = packet_find(p, PACKET_SCTP);
	const struct packet_sctp *sctp = packet_sctp(p);

	/* it verifies what a quote or a fragment has, as if that were all, and not RFC 9653 */
	if (strcmp(f->tshark, "sctp.checksum.status") == 0)
		return l == NULL || l->first_fragment || l->sctp.checksum == 0;
	if (sctp == NULL)
		return false;
	/* it has one name for the IDs of requests and those of responses */
	if (strcmp(f->tshark, "sctp.correlation_id") == 0)
		return sctp->first_chunk == PACKET_SCTP_ASCONF_ACK;
	/* it takes the bytes of a parameter of 7 for an address */
	if (strcmp(f->tshark, "sctp.parameter_ipv4_address") == 0)
		return p->outcome == PACKET_MALFORMED;
	return false;
}

static const uint32_t link_types[] = {1, 101, 0};

TSHARK_TABLE(sctp) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.options = "-o 'sctp.checksum:CRC 32c'",
	.known_difference = known_difference,
	.only_ours = only_ours,
};
