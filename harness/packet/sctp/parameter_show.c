/* SPDX-License-Identifier: MIT */
/* Parameters and error causes of SCTP in words. What their bytes are stands in parameter.c. */
#include "harness/packet/sctp/internal.h"

const char *packet_name_sctp_parameter(uint16_t type)
{
	switch (type) {
	case PACKET_SCTP_HEARTBEAT_INFO:
		return "Heartbeat Info";
	case PACKET_SCTP_IPV4_ADDRESS:
		return "IPv4 Address";
	case PACKET_SCTP_IPV6_ADDRESS:
		return "IPv6 Address";
	case PACKET_SCTP_STATE_COOKIE:
		return "State Cookie";
	case PACKET_SCTP_UNRECOGNIZED_PARAMETER:
		return "Unrecognized Parameter";
	case PACKET_SCTP_COOKIE_PRESERVATIVE:
		return "Cookie Preservative";
	case PACKET_SCTP_HOST_NAME_ADDRESS:
		return "Host Name Address";
	case PACKET_SCTP_SUPPORTED_ADDRESS_TYPES:
		return "Supported Address Types";
	case PACKET_SCTP_OUTGOING_SSN_RESET:
		return "Outgoing SSN Reset Request";
	case PACKET_SCTP_INCOMING_SSN_RESET:
		return "Incoming SSN Reset Request";
	case PACKET_SCTP_SSN_TSN_RESET:
		return "SSN/TSN Reset Request";
	case PACKET_SCTP_RE_CONFIG_RESPONSE:
		return "Re-configuration Response";
	case PACKET_SCTP_ADD_OUTGOING_STREAMS:
		return "Add Outgoing Streams Request";
	case PACKET_SCTP_ADD_INCOMING_STREAMS:
		return "Add Incoming Streams Request";
	case PACKET_SCTP_ECN_CAPABLE:
		return "ECN Capable";
	case PACKET_SCTP_ZERO_CHECKSUM_ACCEPTABLE:
		return "Zero Checksum Acceptable";
	case PACKET_SCTP_RANDOM:
		return "Random";
	case PACKET_SCTP_CHUNK_LIST:
		return "Chunk List";
	case PACKET_SCTP_HMAC_ALGORITHMS:
		return "Requested HMAC Algorithm";
	case PACKET_SCTP_PADDING:
		return "Padding parameter";
	case PACKET_SCTP_SUPPORTED_EXTENSIONS:
		return "Supported Extensions";
	case PACKET_SCTP_FORWARD_TSN_SUPPORTED:
		return "Forward TSN Supported";
	case PACKET_SCTP_ADD_IP_ADDRESS:
		return "Add IP Address";
	case PACKET_SCTP_DELETE_IP_ADDRESS:
		return "Delete IP Address";
	case PACKET_SCTP_ERROR_CAUSE_INDICATION:
		return "Error Cause Indication";
	case PACKET_SCTP_SET_PRIMARY_ADDRESS:
		return "Set Primary Address";
	case PACKET_SCTP_SUCCESS_INDICATION:
		return "Success Indication";
	case PACKET_SCTP_ADAPTATION_LAYER:
		return "Adaptation Layer Indication";
	default:
		return NULL;
	}
}

const char *packet_name_sctp_cause(uint16_t code)
{
	static const char *const names[] = {
		NULL,
		"Invalid Stream Identifier",
		"Missing Mandatory Parameter",
		"Stale Cookie",
		"Out of Resource",
		"Unresolvable Address",
		"Unrecognized Chunk Type",
		"Invalid Mandatory Parameter",
		"Unrecognized Parameters",
		"No User Data",
		"Cookie Received While Shutting Down",
		"Restart of an Association with New Addresses",
		"User-Initiated Abort",
		"Protocol Violation",
	};

	if (code < sizeof(names) / sizeof(names[0]))
		return names[code];
	switch (code) {
	case PACKET_SCTP_DELETE_LAST_ADDRESS:
		return "Request to Delete Last Remaining IP Address";
	case PACKET_SCTP_RESOURCE_SHORTAGE:
		return "Operation Refused Due to Resource Shortage";
	case PACKET_SCTP_DELETE_SOURCE_ADDRESS:
		return "Request to Delete Source IP Address";
	case PACKET_SCTP_ILLEGAL_ASCONF_ACK:
		return "Association Aborted Due to Illegal ASCONF-ACK";
	case PACKET_SCTP_NO_AUTHORIZATION:
		return "Request Refused - No Authorization";
	case PACKET_SCTP_UNSUPPORTED_HMAC:
		return "Unsupported HMAC Identifier";
	default:
		return NULL;
	}
}

/* RFC 6525 4.4. */
static const char *result_name(uint32_t result)
{
	static const char *const names[] = {
		"Success - Nothing to do",
		"Success - Performed",
		"Denied",
		"Error - Wrong SSN",
		"Error - Request already in progress",
		"Error - Bad Sequence Number",
		"In progress",
	};

	return result < sizeof(names) / sizeof(names[0]) ? names[result] : NULL;
}

/* Whether the bytes can be read, and belong to the parameter. */
static bool there(const struct packet_view *v, const struct packet_sctp_parameter *p, uint32_t at,
		  uint32_t length)
{
	return at + length <= p->offset + p->captured && at + length <= v->limit;
}

static void show_word(struct packet_view *v, const struct packet_sctp_parameter *p,
		      const char *name, uint32_t at, const char *meaning)
{
	if (there(v, p, at, 4))
		packet_show_number(v, name, at, 4, packet_be32(v->p->bytes + at), meaning);
}

static void show_half(struct packet_view *v, const struct packet_sctp_parameter *p,
		      const char *name, uint32_t at, const char *meaning)
{
	if (there(v, p, at, 2))
		packet_show_number(v, name, at, 2, packet_be16(v->p->bytes + at), meaning);
}

/* The value from `at` on, or as much of it as is there. */
static void show_tail(struct packet_view *v, const struct packet_sctp_parameter *p,
		      const char *name, uint32_t at)
{
	uint32_t end = p->offset + p->captured;

	if (end > at)
		packet_show_bytes(v, p->ok && p->captured < p->length ? "Cut off here" : name, at,
				  end - at);
}

typedef const char *(*namer)(uint16_t number);

static const char *no_name(uint16_t number)
{
	(void)number;
	return NULL;
}

/* Numbers of 2 bytes up to the end of the parameter. */
static void show_halves(struct packet_view *v, const struct packet_sctp_parameter *p,
			const char *name, uint32_t at, namer meaning)
{
	for (; there(v, p, at, 2); at += 2)
		show_half(v, p, name, at, meaning(packet_be16(v->p->bytes + at)));
}

static void show_chunk_types(struct packet_view *v, const struct packet_sctp_parameter *p)
{
	for (uint32_t at = p->value_offset; there(v, p, at, 1); at++) {
		uint8_t type = v->p->bytes[at];

		packet_show_number(v, "Chunk Type", at, 1, type, packet_name_sctp_chunk(type));
	}
}

static void show_re_config(struct packet_view *v, const struct packet_sctp_parameter *p)
{
	uint32_t at = p->value_offset;

	if (p->type == PACKET_SCTP_RE_CONFIG_RESPONSE) {
		show_word(v, p, "Re-configuration Response Sequence Number", at, NULL);
		if (there(v, p, at + 4, 4))
			show_word(v, p, "Result", at + 4,
				  result_name(packet_be32(v->p->bytes + at + 4)));
		show_word(v, p, "Sender's Next TSN", at + 8, NULL);
		show_word(v, p, "Receiver's Next TSN", at + 12, NULL);
		return;
	}
	show_word(v, p, "Re-configuration Request Sequence Number", at, NULL);
	switch (p->type) {
	case PACKET_SCTP_OUTGOING_SSN_RESET:
		show_word(v, p, "Re-configuration Response Sequence Number", at + 4, NULL);
		show_word(v, p, "Sender's Last Assigned TSN", at + 8, NULL);
		show_halves(v, p, "Stream Number", at + 12, no_name);
		break;
	case PACKET_SCTP_INCOMING_SSN_RESET:
		show_halves(v, p, "Stream Number", at + 4, no_name);
		break;
	case PACKET_SCTP_ADD_OUTGOING_STREAMS:
	case PACKET_SCTP_ADD_INCOMING_STREAMS:
		show_half(v, p, "Number of new streams", at + 4, NULL);
		show_half(v, p, "Reserved", at + 6, NULL);
		break;
	default:
		break;
	}
}

static void show_host_name(struct packet_view *v, const struct packet_sctp_parameter *p)
{
	uint32_t end = p->offset + p->length;
	struct packet_out *out = packet_value(v);

	if (end <= p->value_offset || end > v->limit)
		return;
	for (uint32_t at = p->value_offset; at < end && v->p->bytes[at] != 0; at++) {
		uint8_t c = v->p->bytes[at];

		packet_put_char(out, (char)(c > 0x20 && c < 0x7f ? c : '.'));
	}
	packet_show(v, "Host Name", p->value_offset, end - p->value_offset);
}

static void show_parameter_value(struct packet_view *v, const struct packet_sctp_parameter *p)
{
	uint32_t at = p->value_offset;

	switch (p->type) {
	case PACKET_SCTP_IPV4_ADDRESS:
		packet_show_ipv4(v, "IPv4 Address", at);
		break;
	case PACKET_SCTP_IPV6_ADDRESS:
		packet_show_ipv6(v, "IPv6 Address", at);
		break;
	case PACKET_SCTP_COOKIE_PRESERVATIVE:
		show_word(v, p, "Suggested Cookie Life-Span Increment", at, "ms");
		break;
	case PACKET_SCTP_HOST_NAME_ADDRESS:
		show_host_name(v, p);
		break;
	case PACKET_SCTP_SUPPORTED_ADDRESS_TYPES:
		show_halves(v, p, "Address Type", at, packet_name_sctp_parameter);
		break;
	case PACKET_SCTP_ZERO_CHECKSUM_ACCEPTABLE:
		if (there(v, p, at, 4))
			show_word(v, p, "Error Detection Method Identifier", at,
				  packet_be32(v->p->bytes + at) == 1 ? "SCTP over DTLS" : NULL);
		break;
	case PACKET_SCTP_HMAC_ALGORITHMS:
		show_halves(v, p, "HMAC Identifier", at, packet_name_sctp_hmac);
		break;
	case PACKET_SCTP_CHUNK_LIST:
	case PACKET_SCTP_SUPPORTED_EXTENSIONS:
		show_chunk_types(v, p);
		break;
	case PACKET_SCTP_ADD_IP_ADDRESS:
	case PACKET_SCTP_DELETE_IP_ADDRESS:
	case PACKET_SCTP_SET_PRIMARY_ADDRESS:
		show_word(v, p, "ASCONF-Request Correlation ID", at, NULL);
		break;
	case PACKET_SCTP_ERROR_CAUSE_INDICATION:
	case PACKET_SCTP_SUCCESS_INDICATION:
		show_word(v, p, "ASCONF-Response Correlation ID", at, NULL);
		break;
	case PACKET_SCTP_ADAPTATION_LAYER:
		if (there(v, p, at, 4))
			packet_show_hex(v, "Adaptation Code Point", at, 4,
					packet_be32(v->p->bytes + at), NULL);
		break;
	default:
		if (p->type >= PACKET_SCTP_OUTGOING_SSN_RESET &&
		    p->type <= PACKET_SCTP_ADD_INCOMING_STREAMS)
			show_re_config(v, p);
		else if (p->list == PACKET_SCTP_NO_LIST)
			show_tail(v, p, "Parameter Value", at);
		break;
	}
}

static void show_unrecognized_chunk(struct packet_view *v, const struct packet_sctp_parameter *p)
{
	uint32_t at = p->value_offset;

	if (there(v, p, at, 4)) {
		uint8_t type = v->p->bytes[at];

		packet_show_number(v, "Chunk Type", at, 1, type, packet_name_sctp_chunk(type));
		packet_show_hex(v, "Chunk Flags", at + 1, 1, v->p->bytes[at + 1], NULL);
		packet_show_number(v, "Chunk Length", at + 2, 2, packet_be16(v->p->bytes + at + 2),
				   NULL);
		at += 4;
	}
	show_tail(v, p, "Chunk Value", at);
}

static void show_cause_value(struct packet_view *v, const struct packet_sctp_parameter *p)
{
	uint32_t at = p->value_offset;

	switch (p->type) {
	case PACKET_SCTP_INVALID_STREAM:
		show_half(v, p, "Stream Identifier", at, NULL);
		show_half(v, p, "Reserved", at + 2, NULL);
		break;
	case PACKET_SCTP_MISSING_PARAMETER:
		show_word(v, p, "Number of missing params", at, NULL);
		show_halves(v, p, "Missing Param Type", at + 4, packet_name_sctp_parameter);
		break;
	case PACKET_SCTP_STALE_COOKIE:
		show_word(v, p, "Measure of Staleness", at, "microseconds");
		break;
	case PACKET_SCTP_UNRECOGNIZED_CHUNK:
		show_unrecognized_chunk(v, p);
		break;
	case PACKET_SCTP_NO_USER_DATA:
		show_word(v, p, "TSN", at, NULL);
		break;
	case PACKET_SCTP_USER_ABORT:
		show_tail(v, p, "Upper Layer Abort Reason", at);
		break;
	case PACKET_SCTP_PROTOCOL_VIOLATION:
		show_tail(v, p, "Additional Information", at);
		break;
	case PACKET_SCTP_UNSUPPORTED_HMAC:
		show_halves(v, p, "HMAC Identifier", at, packet_name_sctp_hmac);
		break;
	default:
		if (p->list == PACKET_SCTP_NO_LIST)
			show_tail(v, p, "Cause-Specific Information", at);
		break;
	}
}

static void show_item(struct packet_view *v, struct packet_walk *walk,
		      const struct packet_sctp_parameter *p, bool cause, unsigned int depth)
{
	const char *name =
		cause ? packet_name_sctp_cause(p->type) : packet_name_sctp_parameter(p->type);
	const char *title = name;

	if (title == NULL)
		title = cause ? "Unknown cause" : "Unknown parameter";
	packet_show_text(v, title, p->offset,
			 p->length < 4 || p->length > walk->end - p->offset
				 ? walk->end - p->offset
				 : p->length + p->padding,
			 p->ok ? "" : "length not possible");
	packet_show_in(v);
	if (cause)
		packet_show_number(v, "Cause Code", p->offset, 2, p->type, name);
	else
		packet_show_hex(v, "Parameter Type", p->offset, 2, p->type, name);
	if (name == NULL && !cause) {
		packet_show_in(v);
		packet_show_bits(v, "Action", p->offset, 1, 0xc0, p->type >> 14,
				 packet_name_sctp_action(p->type >> 14));
		packet_show_out(v);
	}
	packet_show_number(v, cause ? "Cause Length" : "Parameter Length", p->offset + 2, 2,
			   p->length, NULL);
	if (!p->ok)
		show_tail(v, p, "Not decodable", p->value_offset);
	else if (cause)
		show_cause_value(v, p);
	else
		show_parameter_value(v, p);
	if (p->list != PACKET_SCTP_NO_LIST) {
		struct packet_walk inner = packet_sctp_inner_list(walk, p);

		if (depth < PACKET_SCTP_DEPTH)
			packet_show_sctp_list(v, &inner, (enum packet_sctp_list)p->list, depth + 1);
		else
			show_tail(v, p, "Deeper ones", p->list_offset);
	}
	packet_show_bytes(v, "Padding", p->offset + p->length, p->padding);
	packet_show_out(v);
}

void packet_show_sctp_list(struct packet_view *v, struct packet_walk *walk,
			   enum packet_sctp_list list, unsigned int depth)
{
	bool causes = list == PACKET_SCTP_CAUSES;
	struct packet_sctp_parameter p;

	while (causes ? packet_sctp_cause_next(walk, &p) : packet_sctp_parameter_next(walk, &p))
		show_item(v, walk, &p, causes, depth);
	packet_show_rest(v, walk);
}
