/* SPDX-License-Identifier: MIT */
/* Structures of SCTP (RFC 6458) inside option values and control messages. */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"
#include "harness/calls/show_sctp.h"

#include <endian.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/types.h>
#include <stdint.h>
#include <linux/sctp.h>

SCTP_STRUCTURE(known_sctp_initmsg, SCTP_PLAIN(sctp_initmsg, sinit_num_ostreams),
	       SCTP_PLAIN(sctp_initmsg, sinit_max_instreams),
	       SCTP_PLAIN(sctp_initmsg, sinit_max_attempts),
	       SCTP_PLAIN(sctp_initmsg, sinit_max_init_timeo))
SCTP_STRUCTURE(known_sctp_sndrcv, SCTP_PLAIN(sctp_sndrcvinfo, sinfo_stream),
	       SCTP_PLAIN(sctp_sndrcvinfo, sinfo_ssn),
	       SCTP_FIELD(sctp_sndrcvinfo, sinfo_flags, SCTP_FLAGS, &names_sctp_flags),
	       SCTP_PLAIN(sctp_sndrcvinfo, sinfo_ppid), SCTP_PLAIN(sctp_sndrcvinfo, sinfo_context),
	       SCTP_PLAIN(sctp_sndrcvinfo, sinfo_timetolive),
	       SCTP_PLAIN(sctp_sndrcvinfo, sinfo_tsn), SCTP_PLAIN(sctp_sndrcvinfo, sinfo_cumtsn),
	       SCTP_ASSOCIATION(sctp_sndrcvinfo, sinfo_assoc_id))
SCTP_STRUCTURE(known_sctp_sndinfo, SCTP_PLAIN(sctp_sndinfo, snd_sid),
	       SCTP_FIELD(sctp_sndinfo, snd_flags, SCTP_FLAGS, &names_sctp_flags),
	       SCTP_PLAIN(sctp_sndinfo, snd_ppid), SCTP_PLAIN(sctp_sndinfo, snd_context),
	       SCTP_ASSOCIATION(sctp_sndinfo, snd_assoc_id))
SCTP_STRUCTURE(known_sctp_rcvinfo, SCTP_PLAIN(sctp_rcvinfo, rcv_sid),
	       SCTP_PLAIN(sctp_rcvinfo, rcv_ssn),
	       SCTP_FIELD(sctp_rcvinfo, rcv_flags, SCTP_FLAGS, &names_sctp_flags),
	       SCTP_PLAIN(sctp_rcvinfo, rcv_ppid), SCTP_PLAIN(sctp_rcvinfo, rcv_tsn),
	       SCTP_PLAIN(sctp_rcvinfo, rcv_cumtsn), SCTP_PLAIN(sctp_rcvinfo, rcv_context),
	       SCTP_ASSOCIATION(sctp_rcvinfo, rcv_assoc_id))
SCTP_STRUCTURE(known_sctp_nxtinfo, SCTP_PLAIN(sctp_nxtinfo, nxt_sid),
	       SCTP_FIELD(sctp_nxtinfo, nxt_flags, SCTP_FLAGS, &names_sctp_flags),
	       SCTP_PLAIN(sctp_nxtinfo, nxt_ppid), SCTP_PLAIN(sctp_nxtinfo, nxt_length),
	       SCTP_ASSOCIATION(sctp_nxtinfo, nxt_assoc_id))
SCTP_STRUCTURE(known_sctp_prinfo,
	       SCTP_FIELD(sctp_prinfo, pr_policy, SCTP_NAMED, &names_sctp_policies),
	       SCTP_PLAIN(sctp_prinfo, pr_value))
SCTP_STRUCTURE(known_sctp_default_prinfo, SCTP_ASSOCIATION(sctp_default_prinfo, pr_assoc_id),
	       SCTP_PLAIN(sctp_default_prinfo, pr_value),
	       SCTP_FIELD(sctp_default_prinfo, pr_policy, SCTP_NAMED, &names_sctp_policies))
SCTP_STRUCTURE(known_sctp_event, SCTP_ASSOCIATION(sctp_event, se_assoc_id),
	       SCTP_FIELD(sctp_event, se_type, SCTP_NAMED, &names_sctp_notifications),
	       SCTP_PLAIN(sctp_event, se_on))
SCTP_STRUCTURE(known_sctp_status, SCTP_ASSOCIATION(sctp_status, sstat_assoc_id),
	       SCTP_FIELD(sctp_status, sstat_state, SCTP_NAMED, &names_sctp_states),
	       SCTP_PLAIN(sctp_status, sstat_rwnd), SCTP_PLAIN(sctp_status, sstat_unackdata),
	       SCTP_PLAIN(sctp_status, sstat_penddata), SCTP_PLAIN(sctp_status, sstat_instrms),
	       SCTP_PLAIN(sctp_status, sstat_outstrms),
	       SCTP_PLAIN(sctp_status, sstat_fragmentation_point),
	       SCTP_FIELD(sctp_status, sstat_primary.spinfo_address, SCTP_STORAGE, NULL),
	       SCTP_FIELD(sctp_status, sstat_primary.spinfo_state, SCTP_NAMED,
			  &names_sctp_peer_states))
SCTP_STRUCTURE(known_sctp_peer, SCTP_ASSOCIATION(sctp_paddrinfo, spinfo_assoc_id),
	       SCTP_FIELD(sctp_paddrinfo, spinfo_address, SCTP_STORAGE, NULL),
	       SCTP_FIELD(sctp_paddrinfo, spinfo_state, SCTP_NAMED, &names_sctp_peer_states),
	       SCTP_PLAIN(sctp_paddrinfo, spinfo_cwnd), SCTP_PLAIN(sctp_paddrinfo, spinfo_srtt),
	       SCTP_PLAIN(sctp_paddrinfo, spinfo_rto), SCTP_PLAIN(sctp_paddrinfo, spinfo_mtu))
SCTP_STRUCTURE(known_sctp_rtoinfo, SCTP_ASSOCIATION(sctp_rtoinfo, srto_assoc_id),
	       SCTP_PLAIN(sctp_rtoinfo, srto_initial), SCTP_PLAIN(sctp_rtoinfo, srto_max),
	       SCTP_PLAIN(sctp_rtoinfo, srto_min))
SCTP_STRUCTURE(known_sctp_key, SCTP_ASSOCIATION(sctp_authkeyid, scact_assoc_id),
	       SCTP_PLAIN(sctp_authkeyid, scact_keynumber))
SCTP_STRUCTURE(known_sctp_assoc, SCTP_ASSOCIATION(sctp_assoc_value, assoc_id),
	       SCTP_PLAIN(sctp_assoc_value, assoc_value))
SCTP_STRUCTURE(known_sctp_scheduler, SCTP_ASSOCIATION(sctp_assoc_value, assoc_id),
	       SCTP_FIELD(sctp_assoc_value, assoc_value, SCTP_NAMED, &names_sctp_schedulers))
SCTP_STRUCTURE(known_sctp_reset_enable, SCTP_ASSOCIATION(sctp_assoc_value, assoc_id),
	       SCTP_FIELD(sctp_assoc_value, assoc_value, SCTP_FLAGS, &names_sctp_reset_requests))
SCTP_STRUCTURE(known_sctp_reset, SCTP_ASSOCIATION(sctp_reset_streams, srs_assoc_id),
	       SCTP_FIELD(sctp_reset_streams, srs_flags, SCTP_FLAGS, &names_sctp_reset_flags),
	       SCTP_PLAIN(sctp_reset_streams, srs_number_streams))
SCTP_STRUCTURE(known_sctp_stream, SCTP_ASSOCIATION(sctp_stream_value, assoc_id),
	       SCTP_PLAIN(sctp_stream_value, stream_id),
	       SCTP_PLAIN(sctp_stream_value, stream_value))

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
		uint32_t value = (uint32_t)sctp_field_value(at + 4 + 2 * i, 2);

		if (i > 0)
			text_string(t, ", ");
		text_name(t, names_of(&names_sctp_hmacs, value), value);
	}
	text_char(t, ']');
	return true;
}

SCTP_STRUCTURE(known_sctp_assocparams, SCTP_ASSOCIATION(sctp_assocparams, sasoc_assoc_id),
	       SCTP_PLAIN(sctp_assocparams, sasoc_asocmaxrxt),
	       SCTP_PLAIN(sctp_assocparams, sasoc_number_peer_destinations),
	       SCTP_PLAIN(sctp_assocparams, sasoc_peer_rwnd),
	       SCTP_PLAIN(sctp_assocparams, sasoc_local_rwnd),
	       SCTP_PLAIN(sctp_assocparams, sasoc_cookie_life))
SCTP_STRUCTURE(known_sctp_primary, SCTP_ASSOCIATION(sctp_prim, ssp_assoc_id),
	       SCTP_FIELD(sctp_prim, ssp_addr, SCTP_STORAGE, NULL))
SCTP_STRUCTURE(known_sctp_peer_parameters, SCTP_ASSOCIATION(sctp_paddrparams, spp_assoc_id),
	       SCTP_FIELD(sctp_paddrparams, spp_address, SCTP_STORAGE, NULL),
	       SCTP_PLAIN(sctp_paddrparams, spp_hbinterval),
	       SCTP_PLAIN(sctp_paddrparams, spp_pathmaxrxt),
	       SCTP_PLAIN(sctp_paddrparams, spp_pathmtu),
	       SCTP_PLAIN(sctp_paddrparams, spp_sackdelay),
	       SCTP_FIELD(sctp_paddrparams, spp_flags, SCTP_FLAGS, &names_sctp_peer_flags),
	       SCTP_PLAIN(sctp_paddrparams, spp_ipv6_flowlabel),
	       SCTP_PLAIN(sctp_paddrparams, spp_dscp))
SCTP_STRUCTURE(known_sctp_sack, SCTP_ASSOCIATION(sctp_sack_info, sack_assoc_id),
	       SCTP_PLAIN(sctp_sack_info, sack_delay), SCTP_PLAIN(sctp_sack_info, sack_freq))
SCTP_STRUCTURE(known_sctp_auth_key, SCTP_ASSOCIATION(sctp_authkey, sca_assoc_id),
	       SCTP_PLAIN(sctp_authkey, sca_keynumber), SCTP_PLAIN(sctp_authkey, sca_keylength))
SCTP_STRUCTURE(known_sctp_thresholds, SCTP_ASSOCIATION(sctp_paddrthlds, spt_assoc_id),
	       SCTP_FIELD(sctp_paddrthlds, spt_address, SCTP_STORAGE, NULL),
	       SCTP_PLAIN(sctp_paddrthlds, spt_pathmaxrxt),
	       SCTP_PLAIN(sctp_paddrthlds, spt_pathpfthld),
	       /* SCTP_PEER_ADDR_THLDS_V2 goes on with one more: struct sctp_paddrthlds_v2. */
	       {"spt_pathcpthld=", offsetof(struct sctp_paddrthlds, spt_pathpfthld) + 2, 2,
		SCTP_NUMBER, NULL})
SCTP_STRUCTURE(known_sctp_association,
	       {"associd=", 0, sizeof(uint32_t), SCTP_NAMED, &names_sctp_associations})
SCTP_STRUCTURE(known_sctp_peeloff,
	       {"associd=", 0, sizeof(uint32_t), SCTP_NAMED, &names_sctp_associations},
	       {"sd=", 4, sizeof(uint32_t), SCTP_NUMBER, NULL},
	       {"flags=", 8, sizeof(uint32_t), SCTP_FLAGS, &names_type_flags})
SCTP_STRUCTURE(
	known_sctp_stats, SCTP_ASSOCIATION(sctp_assoc_stats, sas_assoc_id),
	SCTP_PLAIN(sctp_assoc_stats, sas_maxrto), SCTP_PLAIN(sctp_assoc_stats, sas_isacks),
	SCTP_PLAIN(sctp_assoc_stats, sas_osacks), SCTP_PLAIN(sctp_assoc_stats, sas_opackets),
	SCTP_PLAIN(sctp_assoc_stats, sas_ipackets), SCTP_PLAIN(sctp_assoc_stats, sas_rtxchunks),
	SCTP_PLAIN(sctp_assoc_stats, sas_outofseqtsns),
	SCTP_PLAIN(sctp_assoc_stats, sas_idupchunks), SCTP_PLAIN(sctp_assoc_stats, sas_gapcnt),
	SCTP_PLAIN(sctp_assoc_stats, sas_ouodchunks), SCTP_PLAIN(sctp_assoc_stats, sas_iuodchunks),
	SCTP_PLAIN(sctp_assoc_stats, sas_oodchunks), SCTP_PLAIN(sctp_assoc_stats, sas_iodchunks),
	SCTP_PLAIN(sctp_assoc_stats, sas_octrlchunks),
	SCTP_PLAIN(sctp_assoc_stats, sas_ictrlchunks))
/* linux/sctp.h of Linux 4.5 on: struct sctp_prstatus, which 32-bit machines pad otherwise. */
SCTP_STRUCTURE(known_sctp_abandoned, SCTP_ASSOCIATION(sctp_prstatus, sprstat_assoc_id),
	       SCTP_PLAIN(sctp_prstatus, sprstat_sid),
	       SCTP_FIELD(sctp_prstatus, sprstat_policy, SCTP_FLAGS, &names_sctp_status_policies),
	       SCTP_PLAIN(sctp_prstatus, sprstat_abandoned_unsent),
	       SCTP_PLAIN(sctp_prstatus, sprstat_abandoned_sent))
SCTP_STRUCTURE(known_sctp_add_streams, SCTP_ASSOCIATION(sctp_add_streams, sas_assoc_id),
	       SCTP_PLAIN(sctp_add_streams, sas_instrms),
	       SCTP_PLAIN(sctp_add_streams, sas_outstrms))

/*
 * struct sctp_udpencaps and sctp_probeinterval, which older headers lack: an association, an
 * address, and the port in network byte order or the interval in milliseconds.
 */
enum { BEHIND_ADDRESS = 8 + sizeof(struct sockaddr_storage) };

SCTP_STRUCTURE(known_sctp_probe_interval,
	       {"spi_assoc_id=", 0, 4, SCTP_NAMED, &names_sctp_associations},
	       {"spi_address=", 8, sizeof(struct sockaddr_storage), SCTP_STORAGE, NULL},
	       {"spi_interval=", BEHIND_ADDRESS, 4, SCTP_NUMBER, NULL})

bool known_sctp_encapsulation(struct text *t, const void *bytes, size_t length)
{
	static const struct sctp_field list[] = {
		{"sue_assoc_id=", 0, 4, SCTP_NAMED, &names_sctp_associations},
		{"sue_address=", 8, sizeof(struct sockaddr_storage), SCTP_STORAGE, NULL},
		{"sue_port=", BEHIND_ADDRESS, 2, SCTP_NUMBER, NULL},
	};
	const char *at = bytes;
	char copy[BEHIND_ADDRESS + 2];
	uint16_t port;

	if (length < sizeof(copy))
		return show_sctp_fields(t, bytes, length, list, 1);
	memcpy(copy, at, sizeof(copy));
	port = be16toh((uint16_t)sctp_field_value(copy + BEHIND_ADDRESS, sizeof(port)));
	memcpy(copy + BEHIND_ADDRESS, &port, sizeof(port));
	return show_sctp_fields(t, copy, sizeof(copy), list, 3);
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

/* "{assoc_id=3, [192.0.2.1, ...]}": struct sctp_getaddrs, 8 bytes and the addresses. */
bool known_sctp_addresses_of(struct text *t, const void *bytes, size_t length)
{
	static const struct sctp_field list[] = {
		{"assoc_id=", 0, 4, SCTP_NAMED, &names_sctp_associations},
		{"addr_num=", 4, 4, SCTP_NUMBER, NULL},
	};

	if (!show_sctp_fields(t, bytes, length, list, 2))
		return false;
	if (length > 8) {
		text_string(t, ", ");
		show_sctp_addresses(t, (const char *)bytes + 8, length - 8);
	}
	return true;
}

bool known_sctp_addresses(struct text *t, const void *bytes, size_t length)
{
	if (length < sizeof(struct sockaddr_in))
		return false;
	show_sctp_addresses(t, bytes, length);
	return true;
}

/* Numbers behind an association (SCTP_..._AUTH_CHUNKS) or without one (SCTP_GET_ASSOC_ID_LIST). */
bool known_sctp_chunks(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	uint64_t count;

	if (length < 8)
		return false;
	count = sctp_field_value(at + 4, 4);
	text_string(t, "{gauth_assoc_id=");
	text_int(t, (int64_t)sctp_field_value(at, 4));
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
