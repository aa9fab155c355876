/* SPDX-License-Identifier: MIT */
/*
 * Named numbers in SCTP's structures (RFC 6458, RFC 6525, RFC 7496). What has no place in a
 * structure that calls take stands in names_sctp_other.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <stdint.h>
#include <linux/types.h>
#include <linux/sctp.h>

#ifdef SCTP_FUTURE_ASSOC
static const struct name associations_list[] = {
	NAME(SCTP_FUTURE_ASSOC),
	NAME(SCTP_CURRENT_ASSOC),
	NAME(SCTP_ALL_ASSOC),
};
#else
static const struct name associations_list[] = {
	NAME_AS(SCTP_FUTURE_ASSOC, 0),
	NAME_AS(SCTP_CURRENT_ASSOC, 1),
	NAME_AS(SCTP_ALL_ASSOC, 2),
};
#endif
NAME_TABLE(names_sctp_associations, "option-sctp", associations_list);

static const struct name policies_list[] = {
	NAME_AS(SCTP_PR_SCTP_NONE, 0),
	NAME_AS(SCTP_PR_SCTP_TTL, 0x10),
	NAME_AS(SCTP_PR_SCTP_RTX, 0x20),
	NAME_AS(SCTP_PR_SCTP_PRIO, 0x30),
};
NAME_TABLE(names_sctp_policies, "option-sctp", policies_list);

/* enum sctp_spinfo_state */
static const struct name peer_states_list[] = {
	NAME_AS(SCTP_INACTIVE, 0),	     NAME_AS(SCTP_PF, 1),
	NAME_AS(SCTP_POTENTIALLY_FAILED, 1), NAME_AS(SCTP_ACTIVE, 2),
	NAME_AS(SCTP_UNCONFIRMED, 3),
};
NAME_TABLE(names_sctp_peer_states, "option-sctp", peer_states_list);

static const struct name hmacs_list[] = {
	NAME_AS(SCTP_AUTH_HMAC_ID_SHA1, 1),
	NAME_AS(SCTP_AUTH_HMAC_ID_SHA256, 3),
};
NAME_TABLE(names_sctp_hmacs, "option-sctp", hmacs_list);

static const struct name reset_requests_list[] = {
	NAME_AS(SCTP_ENABLE_RESET_STREAM_REQ, 1),
	NAME_AS(SCTP_ENABLE_RESET_ASSOC_REQ, 2),
	NAME_AS(SCTP_ENABLE_CHANGE_ASSOC_REQ, 4),
};
NAME_TABLE(names_sctp_reset_requests, "option-sctp", reset_requests_list);

static const struct name reset_flags_list[] = {
	NAME_AS(SCTP_STREAM_RESET_INCOMING, 1),
	NAME_AS(SCTP_STREAM_RESET_OUTGOING, 2),
};
NAME_TABLE(names_sctp_reset_flags, "option-sctp", reset_flags_list);
