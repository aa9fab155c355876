/* SPDX-License-Identifier: MIT */
/*
 * Types and codes of ICMP and ICMPv6 in words: IANA "ICMP Parameters" and "ICMPv6 Parameters",
 * where the RFCs are named.
 */
#include "harness/packet/ip/internal.h"

/* Extended echo reply, RFC 8335 3: the codes of both. */
static const char *probe_code_name(uint8_t code)
{
	static const char *const names[] = {"no error", "malformed query", "no such interface",
					    "no such table entry", "multiple interfaces"};

	return code < sizeof(names) / sizeof(names[0]) ? names[code] : NULL;
}

const char *packet_name_probe_state(uint8_t state)
{
	static const char *const names[] = {NULL,    "incomplete", "reachable", "stale",
					    "delay", "probe",	   "failed"};

	return state < sizeof(names) / sizeof(names[0]) ? names[state] : NULL;
}

const char *packet_name_icmp_type(uint8_t type)
{
	switch (type) {
	case ICMP_ECHO_REPLY:
		return "echo reply";
	case ICMP_DESTINATION_UNREACHABLE:
		return "destination unreachable";
	case ICMP_SOURCE_QUENCH:
		return "source quench";
	case ICMP_REDIRECT:
		return "redirect";
	case ICMP_ECHO_REQUEST:
		return "echo request";
	case ICMP_ROUTER_ADVERTISEMENT:
		return "router advertisement";
	case ICMP_ROUTER_SOLICITATION:
		return "router solicitation";
	case ICMP_TIME_EXCEEDED:
		return "time exceeded";
	case ICMP_PARAMETER_PROBLEM:
		return "parameter problem";
	case ICMP_TIMESTAMP:
		return "timestamp request";
	case ICMP_TIMESTAMP_REPLY:
		return "timestamp reply";
	case ICMP_INFORMATION_REQUEST:
		return "information request";
	case ICMP_INFORMATION_REPLY:
		return "information reply";
	case ICMP_ADDRESS_MASK_REQUEST:
		return "address mask request";
	case ICMP_ADDRESS_MASK_REPLY:
		return "address mask reply";
	case ICMP_EXTENDED_ECHO_REQUEST:
		return "extended echo request";
	case ICMP_EXTENDED_ECHO_REPLY:
		return "extended echo reply";
	default:
		return NULL;
	}
}

const char *packet_name_icmp_code(uint8_t type, uint8_t code)
{
	static const char *const unreachable[] = {
		"network unreachable",
		"host unreachable",
		"protocol unreachable",
		"port unreachable",
		"fragmentation needed",
		"source route failed",
		"network unknown",
		"host unknown",
		"source host isolated",
		"network administratively prohibited",
		"host administratively prohibited",
		"network unreachable for this type of service",
		"host unreachable for this type of service",
		"communication administratively prohibited",
		"host precedence violation",
		"precedence cutoff in effect",
	};
	static const char *const redirect[] = {
		"for the network",
		"for the host",
		"for the type of service and network",
		"for the type of service and host",
	};
	static const char *const exceeded[] = {"in transit", "fragment reassembly"};
	static const char *const parameter[] = {"pointer indicates the error",
						"missing a required option", "bad length"};

	switch (type) {
	case ICMP_DESTINATION_UNREACHABLE:
		return code < 16 ? unreachable[code] : NULL;
	case ICMP_REDIRECT:
		return code < 4 ? redirect[code] : NULL;
	case ICMP_TIME_EXCEEDED:
		return code < 2 ? exceeded[code] : NULL;
	case ICMP_PARAMETER_PROBLEM:
		return code < 3 ? parameter[code] : NULL;
	case ICMP_EXTENDED_ECHO_REPLY:
		return probe_code_name(code);
	default:
		return NULL;
	}
}

const char *packet_name_icmpv6_type(const struct packet_icmpv6 *icmp)
{
	switch (icmp->type) {
	case ICMPV6_DESTINATION_UNREACHABLE:
		return "destination unreachable";
	case ICMPV6_PACKET_TOO_BIG:
		return "packet too big";
	case ICMPV6_TIME_EXCEEDED:
		return "time exceeded";
	case ICMPV6_PARAMETER_PROBLEM:
		return "parameter problem";
	case ICMPV6_ECHO_REQUEST:
		return "echo request";
	case ICMPV6_ECHO_REPLY:
		return "echo reply";
	case ICMPV6_MLD_QUERY:
		return icmp->mldv2 ? "MLDv2 query" : "MLD query";
	case ICMPV6_MLD_REPORT:
		return "MLD report";
	case ICMPV6_MLD_DONE:
		return "MLD done";
	case ICMPV6_ROUTER_SOLICITATION:
		return "router solicitation";
	case ICMPV6_ROUTER_ADVERTISEMENT:
		return "router advertisement";
	case ICMPV6_NEIGHBOR_SOLICITATION:
		return "neighbor solicitation";
	case ICMPV6_NEIGHBOR_ADVERTISEMENT:
		return "neighbor advertisement";
	case ICMPV6_REDIRECT:
		return "redirect";
	case ICMPV6_MLD2_REPORT:
		return "MLDv2 report";
	case ICMPV6_EXTENDED_ECHO_REQUEST:
		return "extended echo request";
	case ICMPV6_EXTENDED_ECHO_REPLY:
		return "extended echo reply";
	default:
		return NULL;
	}
}

const char *packet_name_icmpv6_code(uint8_t type, uint8_t code)
{
	static const char *const unreachable[] = {
		"no route",
		"administratively prohibited",
		"beyond scope of source address",
		"address unreachable",
		"port unreachable",
		"source address failed policy",
		"reject route",
		"error in source routing header",
	};
	static const char *const exceeded[] = {"hop limit", "fragment reassembly"};
	static const char *const parameter[] = {
		"erroneous header field",
		"unrecognized next header",
		"unrecognized option",
		"incomplete header chain in the first fragment",
	};

	switch (type) {
	case ICMPV6_DESTINATION_UNREACHABLE:
		return code < 8 ? unreachable[code] : NULL;
	case ICMPV6_TIME_EXCEEDED:
		return code < 2 ? exceeded[code] : NULL;
	case ICMPV6_PARAMETER_PROBLEM:
		return code < 4 ? parameter[code] : NULL;
	case ICMPV6_EXTENDED_ECHO_REPLY:
		return probe_code_name(code);
	default:
		return NULL;
	}
}

void packet_line_icmp_message(struct packet_out *out, const char *type_name, uint8_t type,
			      const char *code_name, uint8_t code)
{
	if (type_name != NULL) {
		packet_put(out, type_name);
	} else {
		packet_put(out, "type ");
		packet_put_number(out, type);
	}
	if (code_name != NULL) {
		packet_put(out, ", ");
		packet_put(out, code_name);
	} else if (code != 0 || type_name == NULL) {
		packet_put(out, ", code ");
		packet_put_number(out, code);
	}
}
