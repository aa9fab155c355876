/* SPDX-License-Identifier: MIT */
/* The fields of AH, ESP, UDP-Lite and DCCP as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"ah.next_header", "AH", "Next Header", NUMBER},
	{"ah.spi", "AH", "Security Parameters Index", NUMBER},
	{"ah.sequence", "AH", "Sequence Number", NUMBER},
	{"ah.icv", "AH", "Integrity Check Value", TEXT},
	{"esp.spi", "ESP", "Security Parameters Index", NUMBER},
	{"esp.sequence", "ESP", "Sequence Number", NUMBER},
	/* its UDP and UDP-Lite share names, and those of tshark_ip.c cannot be asked for twice */
	{"udp.port", "UDP-Lite", "Source Port", NUMBER},
	{"udp.checksum_coverage", "UDP-Lite", "Checksum Coverage", NUMBER},
	{"udp.checksum", "UDP-Lite", "Checksum", NUMBER},
	{"dccp.srcport", "DCCP", "Source Port", NUMBER},
	{"dccp.dstport", "DCCP", "Destination Port", NUMBER},
	{"dccp.data_offset", "DCCP", "Data Offset", NUMBER},
	{"dccp.ccval", "DCCP", "CCVal", NUMBER},
	{"dccp.cscov", "DCCP", "CsCov", NUMBER},
	{"dccp.checksum.status", "DCCP", "Checksum", CHECKSUM},
	{"dccp.res1", "DCCP", "Res", NUMBER},
	{"dccp.type", "DCCP", "Type", NUMBER},
	{"dccp.x", "DCCP", "X: extended sequence numbers", NUMBER},
	{"dccp.res2", "DCCP", "Reserved", NUMBER},
	{"dccp.seq_raw", "DCCP", "Sequence Number", NUMBER},
	{"dccp.ack_raw", "DCCP", "Acknowledgement Number", NUMBER},
	{"dccp.service_code", "DCCP", "Service Code", NUMBER},
	{"dccp.reset_code", "DCCP", "Reset Code", NUMBER},
	{"dccp.data1", "DCCP", "Data 1", NUMBER},
	{"dccp.data2", "DCCP", "Data 2", NUMBER},
	{"dccp.data3", "DCCP", "Data 3", NUMBER},
	{"dccp.option_type", "DCCP", "Option Type", NUMBER},
	{"dccp.feature_number", "DCCP", "Feature Number", NUMBER},
	{"dccp.ndp_count", "DCCP", "Count", NUMBER},
	{"dccp.timestamp", "DCCP", "Timestamp Value", NUMBER},
	{"dccp.timestamp_echo", "DCCP", "Timestamp Echo Value", NUMBER},
	{"dccp.elapsed_time", "DCCP", "Elapsed Time Value", NUMBER},
	{"dccp.checksum_data", "DCCP", "CRC-32c", NUMBER},
	{"dccp.ccid3_loss_event_rate", "DCCP", "Inverse of the loss event rate", NUMBER},
	{"dccp.ccid3_receive_rate", "DCCP", "Rate", NUMBER},
};

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_dccp *dccp = packet_dccp(p);
	const struct packet_ah *ah = packet_ah(p);

	if (strncmp(f->tshark, "udp.", 4) == 0)
		return packet_udplite(p) == NULL;
	/* it shows an Integrity Check Value of no bytes as missing */
	if (strcmp(f->tshark, "ah.icv") == 0)
		return ah != NULL && ah->icv_length == 0;
	/* it sums something where Data Offset or CsCov lie: what is covered cannot be told */
	if (strcmp(f->tshark, "dccp.checksum.status") == 0)
		return p->outcome == PACKET_MALFORMED;
	/* it sees a Service Code in a packet of a reserved type */
	if (strcmp(f->tshark, "dccp.service_code") == 0)
		return dccp != NULL && dccp->type > PACKET_DCCP_SYNCACK;
	return false;
}

/* It has this field only of sequence numbers of 48 bits. */
static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_dccp *dccp = packet_dccp(p);

	return strcmp(f->tshark, "dccp.seq_raw") == 0 && dccp != NULL && !dccp->extended;
}

static const uint32_t link_types[] = {1, 0};

TSHARK_TABLE(dccp) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.options = "-o dccp.check_checksum:TRUE -o udplite.check_checksum:TRUE "
		   "-o udplite.ignore_checksum_coverage:FALSE",
	.known_difference = known_difference,
	.only_ours = only_ours,
};
