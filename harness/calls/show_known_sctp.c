/* SPDX-License-Identifier: MIT */
/*
 * Structures of SCTP (RFC 6458) inside option values and control messages. Each is a list of
 * fields at known places, of which some are named numbers.
 */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/types.h>
#include <stdint.h>
#include <linux/sctp.h>

enum form { NUMBER, NAMED, FLAGS };

struct field {
	const char *name;
	size_t offset, size;
	enum form form;
	const struct name_table *names;
};

#define FIELD(type, member, form, names)                                                           \
	{                                                                                          \
#member "=", offsetof(struct type, member), sizeof(((struct type *)0)->member),    \
			form, names                                                                \
	}
#define PLAIN(type, member) FIELD(type, member, NUMBER, NULL)
/* An association by its number, or one of the special ones. */
#define ASSOCIATION(type, member) FIELD(type, member, NAMED, &names_sctp_associations)

static uint32_t value_of(const char *bytes, size_t size)
{
	uint32_t wide = 0;
	uint16_t half = 0;

	if (size == sizeof(wide))
		memcpy(&wide, bytes, sizeof(wide));
	else if (size == sizeof(half))
		memcpy(&half, bytes, sizeof(half));
	else
		half = (uint8_t)bytes[0];
	return size == sizeof(wide) ? wide : half;
}

/* "{a=1, b=SCTP_UNORDERED}": the fields that are there, if the first is. */
static bool fields(struct text *t, const void *bytes, size_t length, const struct field *list,
		   size_t count)
{
	if (length < list[0].offset + list[0].size)
		return false;
	for (size_t i = 0; i < count && list[i].offset + list[i].size <= length; i++) {
		uint32_t value = value_of((const char *)bytes + list[i].offset, list[i].size);

		text_string(t, i == 0 ? "{" : ", ");
		text_string(t, list[i].name);
		if (list[i].form == FLAGS)
			show_flags(t, list[i].names, value);
		else
			text_name(t, list[i].form == NAMED ? names_of(list[i].names, value) : NULL,
				  value);
	}
	text_char(t, '}');
	return true;
}

#define STRUCTURE(function, ...)                                                                   \
	bool function(struct text *t, const void *bytes, size_t length)                            \
	{                                                                                          \
		static const struct field list[] = {__VA_ARGS__};                                  \
                                                                                                   \
		return fields(t, bytes, length, list, sizeof(list) / sizeof(list[0]));             \
	}

STRUCTURE(known_sctp_initmsg, PLAIN(sctp_initmsg, sinit_num_ostreams),
	  PLAIN(sctp_initmsg, sinit_max_instreams), PLAIN(sctp_initmsg, sinit_max_attempts),
	  PLAIN(sctp_initmsg, sinit_max_init_timeo))
STRUCTURE(known_sctp_sndrcv, PLAIN(sctp_sndrcvinfo, sinfo_stream),
	  PLAIN(sctp_sndrcvinfo, sinfo_ssn),
	  FIELD(sctp_sndrcvinfo, sinfo_flags, FLAGS, &names_sctp_flags),
	  PLAIN(sctp_sndrcvinfo, sinfo_ppid), PLAIN(sctp_sndrcvinfo, sinfo_context),
	  PLAIN(sctp_sndrcvinfo, sinfo_timetolive), PLAIN(sctp_sndrcvinfo, sinfo_tsn),
	  PLAIN(sctp_sndrcvinfo, sinfo_cumtsn), ASSOCIATION(sctp_sndrcvinfo, sinfo_assoc_id))
STRUCTURE(known_sctp_sndinfo, PLAIN(sctp_sndinfo, snd_sid),
	  FIELD(sctp_sndinfo, snd_flags, FLAGS, &names_sctp_flags), PLAIN(sctp_sndinfo, snd_ppid),
	  PLAIN(sctp_sndinfo, snd_context), ASSOCIATION(sctp_sndinfo, snd_assoc_id))
STRUCTURE(known_sctp_rcvinfo, PLAIN(sctp_rcvinfo, rcv_sid), PLAIN(sctp_rcvinfo, rcv_ssn),
	  FIELD(sctp_rcvinfo, rcv_flags, FLAGS, &names_sctp_flags), PLAIN(sctp_rcvinfo, rcv_ppid),
	  PLAIN(sctp_rcvinfo, rcv_tsn), PLAIN(sctp_rcvinfo, rcv_cumtsn),
	  PLAIN(sctp_rcvinfo, rcv_context), ASSOCIATION(sctp_rcvinfo, rcv_assoc_id))
STRUCTURE(known_sctp_nxtinfo, PLAIN(sctp_nxtinfo, nxt_sid),
	  FIELD(sctp_nxtinfo, nxt_flags, FLAGS, &names_sctp_flags), PLAIN(sctp_nxtinfo, nxt_ppid),
	  PLAIN(sctp_nxtinfo, nxt_length), ASSOCIATION(sctp_nxtinfo, nxt_assoc_id))
STRUCTURE(known_sctp_prinfo, FIELD(sctp_prinfo, pr_policy, NAMED, &names_sctp_policies),
	  PLAIN(sctp_prinfo, pr_value))
STRUCTURE(known_sctp_default_prinfo, ASSOCIATION(sctp_default_prinfo, pr_assoc_id),
	  PLAIN(sctp_default_prinfo, pr_value),
	  FIELD(sctp_default_prinfo, pr_policy, NAMED, &names_sctp_policies))
STRUCTURE(known_sctp_event, ASSOCIATION(sctp_event, se_assoc_id),
	  FIELD(sctp_event, se_type, NAMED, &names_sctp_notifications), PLAIN(sctp_event, se_on))
STRUCTURE(known_sctp_status, ASSOCIATION(sctp_status, sstat_assoc_id),
	  FIELD(sctp_status, sstat_state, NAMED, &names_sctp_states),
	  PLAIN(sctp_status, sstat_rwnd), PLAIN(sctp_status, sstat_unackdata),
	  PLAIN(sctp_status, sstat_penddata), PLAIN(sctp_status, sstat_instrms),
	  PLAIN(sctp_status, sstat_outstrms),
	  FIELD(sctp_status, sstat_primary.spinfo_state, NAMED, &names_sctp_peer_states))
STRUCTURE(known_sctp_peer, ASSOCIATION(sctp_paddrinfo, spinfo_assoc_id),
	  FIELD(sctp_paddrinfo, spinfo_state, NAMED, &names_sctp_peer_states),
	  PLAIN(sctp_paddrinfo, spinfo_cwnd), PLAIN(sctp_paddrinfo, spinfo_srtt),
	  PLAIN(sctp_paddrinfo, spinfo_rto), PLAIN(sctp_paddrinfo, spinfo_mtu))
STRUCTURE(known_sctp_rtoinfo, ASSOCIATION(sctp_rtoinfo, srto_assoc_id),
	  PLAIN(sctp_rtoinfo, srto_initial), PLAIN(sctp_rtoinfo, srto_max),
	  PLAIN(sctp_rtoinfo, srto_min))
STRUCTURE(known_sctp_key, ASSOCIATION(sctp_authkeyid, scact_assoc_id),
	  PLAIN(sctp_authkeyid, scact_keynumber))
STRUCTURE(known_sctp_assoc, ASSOCIATION(sctp_assoc_value, assoc_id),
	  PLAIN(sctp_assoc_value, assoc_value))
STRUCTURE(known_sctp_scheduler, ASSOCIATION(sctp_assoc_value, assoc_id),
	  FIELD(sctp_assoc_value, assoc_value, NAMED, &names_sctp_schedulers))
STRUCTURE(known_sctp_reset_enable, ASSOCIATION(sctp_assoc_value, assoc_id),
	  FIELD(sctp_assoc_value, assoc_value, FLAGS, &names_sctp_reset_requests))
STRUCTURE(known_sctp_reset, ASSOCIATION(sctp_reset_streams, srs_assoc_id),
	  FIELD(sctp_reset_streams, srs_flags, FLAGS, &names_sctp_reset_flags),
	  PLAIN(sctp_reset_streams, srs_number_streams))
STRUCTURE(known_sctp_stream, ASSOCIATION(sctp_stream_value, assoc_id),
	  PLAIN(sctp_stream_value, stream_id), PLAIN(sctp_stream_value, stream_value))

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
		uint32_t value = value_of(at + 4 + 2 * i, 2);

		if (i > 0)
			text_string(t, ", ");
		text_name(t, names_of(&names_sctp_hmacs, value), value);
	}
	text_char(t, ']');
	return true;
}
