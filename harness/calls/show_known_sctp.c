/* SPDX-License-Identifier: MIT */
/* Structures of SCTP (RFC 6458) inside option values and control messages. */
#include "harness/calls/show_fields.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/types.h>
#include <stdint.h>
#include <linux/sctp.h>

SHOW_STRUCTURE(known_sctp_initmsg, FIELD(sctp_initmsg, sinit_num_ostreams),
	       FIELD(sctp_initmsg, sinit_max_instreams), FIELD(sctp_initmsg, sinit_max_attempts),
	       FIELD(sctp_initmsg, sinit_max_init_timeo));
SHOW_STRUCTURE(known_sctp_sndrcv, FIELD(sctp_sndrcvinfo, sinfo_stream),
	       FIELD(sctp_sndrcvinfo, sinfo_ssn),
	       FIELD_FLAG(sctp_sndrcvinfo, sinfo_flags, names_sctp_flags),
	       FIELD(sctp_sndrcvinfo, sinfo_ppid), FIELD(sctp_sndrcvinfo, sinfo_context),
	       FIELD(sctp_sndrcvinfo, sinfo_timetolive), FIELD(sctp_sndrcvinfo, sinfo_tsn),
	       FIELD(sctp_sndrcvinfo, sinfo_cumtsn),
	       FIELD_NAME(sctp_sndrcvinfo, sinfo_assoc_id, names_sctp_associations));
SHOW_STRUCTURE(known_sctp_sndinfo, FIELD(sctp_sndinfo, snd_sid),
	       FIELD_FLAG(sctp_sndinfo, snd_flags, names_sctp_flags), FIELD(sctp_sndinfo, snd_ppid),
	       FIELD(sctp_sndinfo, snd_context),
	       FIELD_NAME(sctp_sndinfo, snd_assoc_id, names_sctp_associations));
SHOW_STRUCTURE(known_sctp_rcvinfo, FIELD(sctp_rcvinfo, rcv_sid), FIELD(sctp_rcvinfo, rcv_ssn),
	       FIELD_FLAG(sctp_rcvinfo, rcv_flags, names_sctp_flags), FIELD(sctp_rcvinfo, rcv_ppid),
	       FIELD(sctp_rcvinfo, rcv_tsn), FIELD(sctp_rcvinfo, rcv_cumtsn),
	       FIELD(sctp_rcvinfo, rcv_context),
	       FIELD_NAME(sctp_rcvinfo, rcv_assoc_id, names_sctp_associations));
SHOW_STRUCTURE(known_sctp_nxtinfo, FIELD(sctp_nxtinfo, nxt_sid),
	       FIELD_FLAG(sctp_nxtinfo, nxt_flags, names_sctp_flags), FIELD(sctp_nxtinfo, nxt_ppid),
	       FIELD(sctp_nxtinfo, nxt_length),
	       FIELD_NAME(sctp_nxtinfo, nxt_assoc_id, names_sctp_associations));
SHOW_STRUCTURE(known_sctp_prinfo, FIELD_NAME(sctp_prinfo, pr_policy, names_sctp_policies),
	       FIELD(sctp_prinfo, pr_value));
SHOW_STRUCTURE(known_sctp_default_prinfo,
	       FIELD_NAME(sctp_default_prinfo, pr_assoc_id, names_sctp_associations),
	       FIELD(sctp_default_prinfo, pr_value),
	       FIELD_NAME(sctp_default_prinfo, pr_policy, names_sctp_policies));
SHOW_STRUCTURE(known_sctp_event, FIELD_NAME(sctp_event, se_assoc_id, names_sctp_associations),
	       FIELD_NAME(sctp_event, se_type, names_sctp_notifications), FIELD(sctp_event, se_on));
SHOW_STRUCTURE(known_sctp_status, FIELD_NAME(sctp_status, sstat_assoc_id, names_sctp_associations),
	       FIELD_NAME(sctp_status, sstat_state, names_sctp_states),
	       FIELD(sctp_status, sstat_rwnd), FIELD(sctp_status, sstat_unackdata),
	       FIELD(sctp_status, sstat_penddata), FIELD(sctp_status, sstat_instrms),
	       FIELD(sctp_status, sstat_outstrms), FIELD(sctp_status, sstat_fragmentation_point),
	       FIELD_AS(sctp_status, sstat_primary.spinfo_address, known_group_address),
	       FIELD_NAME(sctp_status, sstat_primary.spinfo_state, names_sctp_peer_states));
SHOW_STRUCTURE(known_sctp_peer,
	       FIELD_NAME(sctp_paddrinfo, spinfo_assoc_id, names_sctp_associations),
	       FIELD_AS(sctp_paddrinfo, spinfo_address, known_group_address),
	       FIELD_NAME(sctp_paddrinfo, spinfo_state, names_sctp_peer_states),
	       FIELD(sctp_paddrinfo, spinfo_cwnd), FIELD(sctp_paddrinfo, spinfo_srtt),
	       FIELD(sctp_paddrinfo, spinfo_rto), FIELD(sctp_paddrinfo, spinfo_mtu));
SHOW_STRUCTURE(known_sctp_rtoinfo, FIELD_NAME(sctp_rtoinfo, srto_assoc_id, names_sctp_associations),
	       FIELD(sctp_rtoinfo, srto_initial), FIELD(sctp_rtoinfo, srto_max),
	       FIELD(sctp_rtoinfo, srto_min));
SHOW_STRUCTURE(known_sctp_key, FIELD_NAME(sctp_authkeyid, scact_assoc_id, names_sctp_associations),
	       FIELD(sctp_authkeyid, scact_keynumber));
SHOW_STRUCTURE(known_sctp_assoc, FIELD_NAME(sctp_assoc_value, assoc_id, names_sctp_associations),
	       FIELD(sctp_assoc_value, assoc_value));
SHOW_STRUCTURE(known_sctp_scheduler,
	       FIELD_NAME(sctp_assoc_value, assoc_id, names_sctp_associations),
	       FIELD_NAME(sctp_assoc_value, assoc_value, names_sctp_schedulers));
SHOW_STRUCTURE(known_sctp_reset_enable,
	       FIELD_NAME(sctp_assoc_value, assoc_id, names_sctp_associations),
	       FIELD_FLAG(sctp_assoc_value, assoc_value, names_sctp_reset_requests));
SHOW_STRUCTURE(known_sctp_reset,
	       FIELD_NAME(sctp_reset_streams, srs_assoc_id, names_sctp_associations),
	       FIELD_FLAG(sctp_reset_streams, srs_flags, names_sctp_reset_flags),
	       FIELD(sctp_reset_streams, srs_number_streams));
SHOW_STRUCTURE(known_sctp_stream, FIELD_NAME(sctp_stream_value, assoc_id, names_sctp_associations),
	       FIELD(sctp_stream_value, stream_id), FIELD(sctp_stream_value, stream_value));

/* struct sctp_hmacalgo: how many, then the algorithms. */
bool known_sctp_hmacs(struct text *t, const void *bytes, size_t length)
{
	const char *at = bytes;
	uint32_t count;

	if (length < sizeof(count))
		return false;
	memcpy(&count, bytes, sizeof(count));
	text_char(t, '[');
	for (size_t i = 0; i < count && 4 + 2 * (i + 1) <= length && !t->cut; i++) {
		uint32_t value = (uint32_t)field_value(at + 4 + 2 * i, 2);

		if (i > 0)
			text_string(t, ", ");
		text_name(t, names_of(&names_sctp_hmacs, value), value);
	}
	text_char(t, ']');
	return true;
}

SHOW_STRUCTURE(known_sctp_assocparams,
	       FIELD_NAME(sctp_assocparams, sasoc_assoc_id, names_sctp_associations),
	       FIELD(sctp_assocparams, sasoc_asocmaxrxt),
	       FIELD(sctp_assocparams, sasoc_number_peer_destinations),
	       FIELD(sctp_assocparams, sasoc_peer_rwnd), FIELD(sctp_assocparams, sasoc_local_rwnd),
	       FIELD(sctp_assocparams, sasoc_cookie_life));
SHOW_STRUCTURE(known_sctp_primary, FIELD_NAME(sctp_prim, ssp_assoc_id, names_sctp_associations),
	       FIELD_AS(sctp_prim, ssp_addr, known_group_address));
SHOW_STRUCTURE(known_sctp_peer_parameters,
	       FIELD_NAME(sctp_paddrparams, spp_assoc_id, names_sctp_associations),
	       FIELD_AS(sctp_paddrparams, spp_address, known_group_address),
	       FIELD(sctp_paddrparams, spp_hbinterval), FIELD(sctp_paddrparams, spp_pathmaxrxt),
	       FIELD(sctp_paddrparams, spp_pathmtu), FIELD(sctp_paddrparams, spp_sackdelay),
	       FIELD_FLAG(sctp_paddrparams, spp_flags, names_sctp_peer_flags),
	       FIELD(sctp_paddrparams, spp_ipv6_flowlabel), FIELD(sctp_paddrparams, spp_dscp));
SHOW_STRUCTURE(known_sctp_sack, FIELD_NAME(sctp_sack_info, sack_assoc_id, names_sctp_associations),
	       FIELD(sctp_sack_info, sack_delay), FIELD(sctp_sack_info, sack_freq));
SHOW_STRUCTURE(known_sctp_auth_key, FIELD_NAME(sctp_authkey, sca_assoc_id, names_sctp_associations),
	       FIELD(sctp_authkey, sca_keynumber), FIELD(sctp_authkey, sca_keylength));
SHOW_STRUCTURE(known_sctp_thresholds,
	       FIELD_NAME(sctp_paddrthlds, spt_assoc_id, names_sctp_associations),
	       FIELD_AS(sctp_paddrthlds, spt_address, known_group_address),
	       FIELD(sctp_paddrthlds, spt_pathmaxrxt), FIELD(sctp_paddrthlds, spt_pathpfthld),
	       /* SCTP_PEER_ADDR_THLDS_V2 goes on with one more: struct sctp_paddrthlds_v2. */
	       {"spt_pathcpthld=", offsetof(struct sctp_paddrthlds, spt_pathpfthld) + 2, 2,
		FIELD_NUMBER, NULL, NULL});
SHOW_STRUCTURE(known_sctp_association,
	       {"associd=", 0, sizeof(uint32_t), FIELD_NAMED, &names_sctp_associations, NULL});
SHOW_STRUCTURE(known_sctp_peeloff,
	       {"associd=", 0, sizeof(uint32_t), FIELD_NAMED, &names_sctp_associations, NULL},
	       {"sd=", 4, sizeof(uint32_t), FIELD_NUMBER, NULL, NULL},
	       {"flags=", 8, sizeof(uint32_t), FIELD_FLAGS, &names_type_flags, NULL});
SHOW_STRUCTURE(known_sctp_stats,
	       FIELD_NAME(sctp_assoc_stats, sas_assoc_id, names_sctp_associations),
	       FIELD(sctp_assoc_stats, sas_maxrto), FIELD(sctp_assoc_stats, sas_isacks),
	       FIELD(sctp_assoc_stats, sas_osacks), FIELD(sctp_assoc_stats, sas_opackets),
	       FIELD(sctp_assoc_stats, sas_ipackets), FIELD(sctp_assoc_stats, sas_rtxchunks),
	       FIELD(sctp_assoc_stats, sas_outofseqtsns), FIELD(sctp_assoc_stats, sas_idupchunks),
	       FIELD(sctp_assoc_stats, sas_gapcnt), FIELD(sctp_assoc_stats, sas_ouodchunks),
	       FIELD(sctp_assoc_stats, sas_iuodchunks), FIELD(sctp_assoc_stats, sas_oodchunks),
	       FIELD(sctp_assoc_stats, sas_iodchunks), FIELD(sctp_assoc_stats, sas_octrlchunks),
	       FIELD(sctp_assoc_stats, sas_ictrlchunks));
/* linux/sctp.h of Linux 4.5 on: struct sctp_prstatus, which 32-bit machines pad otherwise. */
SHOW_STRUCTURE(known_sctp_abandoned,
	       FIELD_NAME(sctp_prstatus, sprstat_assoc_id, names_sctp_associations),
	       FIELD(sctp_prstatus, sprstat_sid),
	       FIELD_FLAG(sctp_prstatus, sprstat_policy, names_sctp_status_policies),
	       FIELD(sctp_prstatus, sprstat_abandoned_unsent),
	       FIELD(sctp_prstatus, sprstat_abandoned_sent));
SHOW_STRUCTURE(known_sctp_add_streams,
	       FIELD_NAME(sctp_add_streams, sas_assoc_id, names_sctp_associations),
	       FIELD(sctp_add_streams, sas_instrms), FIELD(sctp_add_streams, sas_outstrms));

/*
 * struct sctp_udpencaps and sctp_probeinterval, which older headers lack: an association, an
 * address, and the port in network byte order or the interval in milliseconds.
 */
enum { BEHIND_ADDRESS = 8 + sizeof(struct sockaddr_storage) };

SHOW_STRUCTURE(known_sctp_probe_interval,
	       {"spi_assoc_id=", 0, 4, FIELD_NAMED, &names_sctp_associations, NULL},
	       {"spi_address=", 8, sizeof(struct sockaddr_storage), FIELD_SHOWN, NULL,
		known_group_address},
	       {"spi_interval=", BEHIND_ADDRESS, 4, FIELD_NUMBER, NULL, NULL});

bool known_sctp_encapsulation(struct text *t, const void *bytes, size_t length)
{
	static const struct field list[] = {
		{"sue_assoc_id=", 0, 4, FIELD_NAMED, &names_sctp_associations, NULL},
		{"sue_address=", 8, sizeof(struct sockaddr_storage), FIELD_SHOWN, NULL,
		 known_group_address},
		{"sue_port=", BEHIND_ADDRESS, 2, FIELD_NUMBER, NULL, NULL},
	};
	const char *at = bytes;
	char copy[BEHIND_ADDRESS + 2];
	uint16_t port;

	if (length < sizeof(copy))
		return show_fields(t, bytes, length, list, 1);
	memcpy(copy, at, sizeof(copy));
	port = be16toh((uint16_t)field_value(copy + BEHIND_ADDRESS, sizeof(port)));
	memcpy(copy + BEHIND_ADDRESS, &port, sizeof(port));
	return show_fields(t, copy, sizeof(copy), list, 3);
}

/* struct sctp_event_subscribe: a byte for each kind of notification. */
bool known_sctp_events(struct text *t, const void *bytes, size_t length)
{
	static const char *const names[] = {
		"sctp_data_io_event",	       "sctp_association_event",
		"sctp_address_event",	       "sctp_send_failure_event",
		"sctp_peer_error_event",       "sctp_shutdown_event",
		"sctp_partial_delivery_event", "sctp_adaptation_layer_event",
		"sctp_authentication_event",   "sctp_sender_dry_event",
		"sctp_stream_reset_event",     "sctp_assoc_reset_event",
		"sctp_stream_change_event",    "sctp_send_failure_event_event",
	};
	const uint8_t *wanted = bytes;
	bool first = true;

	if (length < 1)
		return false;
	text_char(t, '{');
	for (size_t i = 0; i < length && i < sizeof(names) / sizeof(names[0]); i++) {
		if (wanted[i] == 0)
			continue;
		if (!first)
			text_string(t, ", ");
		first = false;
		text_string(t, names[i]);
		text_string(t, "=1");
	}
	text_char(t, '}');
	return true;
}

/* "[192.0.2.1, ...]": addresses one behind the other, each as long as its family says. */
static void show_addresses(struct text *t, const void *bytes, size_t length)
{
	text_char(t, '[');
	for (size_t at = 0; at + sizeof(struct sockaddr_in) <= length && !t->cut;) {
		const char *one = (const char *)bytes + at;
		sa_family_t family;
		size_t size;

		memcpy(&family, one, sizeof(family));
		size = family == AF_INET6 ? sizeof(struct sockaddr_in6)
					  : sizeof(struct sockaddr_in);
		/* Anything else is behind the last address. */
		if ((family != AF_INET && family != AF_INET6) || at + size > length)
			break;
		if (at > 0)
			text_string(t, ", ");
		show_address(t, one, (socklen_t)size);
		at += size;
	}
	text_char(t, ']');
}

/* "{assoc_id=3, [192.0.2.1, ...]}": struct sctp_getaddrs, 8 bytes and the addresses. */
bool known_sctp_addresses_of(struct text *t, const void *bytes, size_t length)
{
	static const struct field list[] = {
		{"assoc_id=", 0, 4, FIELD_NAMED, &names_sctp_associations, NULL},
		{"addr_num=", 4, 4, FIELD_NUMBER, NULL, NULL},
	};

	if (!show_fields(t, bytes, length, list, 2))
		return false;
	if (length > 8) {
		text_string(t, ", ");
		show_addresses(t, (const char *)bytes + 8, length - 8);
	}
	return true;
}

bool known_sctp_addresses(struct text *t, const void *bytes, size_t length)
{
	if (length < sizeof(struct sockaddr_in))
		return false;
	show_addresses(t, bytes, length);
	return true;
}

/* Numbers behind an association (SCTP_..._AUTH_CHUNKS) or without one (SCTP_GET_ASSOC_ID_LIST). */
bool known_sctp_chunks(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	uint64_t count;

	if (length < 8)
		return false;
	count = field_value(at + 4, 4);
	text_string(t, "{gauth_assoc_id=");
	text_int(t, (int64_t)field_value(at, 4));
	text_string(t, ", gauth_chunks=[");
	for (size_t i = 0; i < count && 8 + i < length && !t->cut; i++) {
		if (i > 0)
			text_string(t, ", ");
		text_unsigned(t, at[8 + i]);
	}
	text_string(t, "]}");
	return true;
}

bool known_sctp_ids(struct text *t, const void *bytes, size_t length)
{
	if (length < 4)
		return false;
	return known_ints(t, (const char *)bytes + 4, length - 4);
}
