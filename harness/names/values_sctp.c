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

/* What SCTP_PR_ASSOC_STATUS and SCTP_PR_STREAM_STATUS are asked for. */
static const struct name status_policies_list[] = {
	NAME_AS(SCTP_PR_SCTP_PRIO, 0x30),
	NAME_AS(SCTP_PR_SCTP_RTX, 0x20),
	NAME_AS(SCTP_PR_SCTP_TTL, 0x10),
	NAME_AS(SCTP_PR_SCTP_ALL, 0x80),
};
NAME_TABLE(names_sctp_status_policies, "option-sctp", status_policies_list);

/* enum sctp_sac_state */
static const struct name assoc_changes_list[] = {
	NAME_AS(SCTP_COMM_UP, 0),	NAME_AS(SCTP_COMM_LOST, 1),	 NAME_AS(SCTP_RESTART, 2),
	NAME_AS(SCTP_SHUTDOWN_COMP, 3), NAME_AS(SCTP_CANT_STR_ASSOC, 4),
};
NAME_TABLE(names_sctp_assoc_changes, "option-sctp", assoc_changes_list);

/* enum sctp_spc_state */
static const struct name peer_changes_list[] = {
	NAME_AS(SCTP_ADDR_AVAILABLE, 0),
	NAME_AS(SCTP_ADDR_UNREACHABLE, 1),
	NAME_AS(SCTP_ADDR_REMOVED, 2),
	NAME_AS(SCTP_ADDR_ADDED, 3),
	NAME_AS(SCTP_ADDR_MADE_PRIM, 4),
	NAME_AS(SCTP_ADDR_CONFIRMED, 5),
	NAME_AS(SCTP_ADDR_POTENTIALLY_FAILED, 6),
};
NAME_TABLE(names_sctp_peer_changes, "option-sctp", peer_changes_list);

/* enum sctp_sn_error */
static const struct name peer_reasons_list[] = {
	NAME_AS(SCTP_FAILED_THRESHOLD, 0),  NAME_AS(SCTP_RECEIVED_SACK, 1),
	NAME_AS(SCTP_HEARTBEAT_SUCCESS, 2), NAME_AS(SCTP_RESPONSE_TO_USER_REQ, 3),
	NAME_AS(SCTP_INTERNAL_ERROR, 4),    NAME_AS(SCTP_SHUTDOWN_GUARD_EXPIRES, 5),
	NAME_AS(SCTP_PEER_FAULTY, 6),
};
NAME_TABLE(names_sctp_peer_reasons, "option-sctp", peer_reasons_list);

/* enum sctp_spp_flags */
static const struct name peer_flags_list[] = {
	NAME_AS(SPP_HB_ENABLE, 1 << 0),		NAME_AS(SPP_HB_DISABLE, 1 << 1),
	NAME_AS(SPP_HB_DEMAND, 1 << 2),		NAME_AS(SPP_PMTUD_ENABLE, 1 << 3),
	NAME_AS(SPP_PMTUD_DISABLE, 1 << 4),	NAME_AS(SPP_SACKDELAY_ENABLE, 1 << 5),
	NAME_AS(SPP_SACKDELAY_DISABLE, 1 << 6), NAME_AS(SPP_HB_TIME_IS_ZERO, 1 << 7),
	NAME_AS(SPP_IPV6_FLOWLABEL, 1 << 8),	NAME_AS(SPP_DSCP, 1 << 9),
};
NAME_TABLE(names_sctp_peer_flags, "option-sctp", peer_flags_list);

/* enum sctp_ssf_flags */
static const struct name send_failures_list[] = {
	NAME_AS(SCTP_DATA_UNSENT, 0),
	NAME_AS(SCTP_DATA_SENT, 1),
};
NAME_TABLE(names_sctp_send_failures, "option-sctp", send_failures_list);

static const struct name partial_deliveries_list[] = {
	NAME_AS(SCTP_PARTIAL_DELIVERY_ABORTED, 0),
};
NAME_TABLE(names_sctp_partial_deliveries, "option-sctp", partial_deliveries_list);

static const struct name auth_indications_list[] = {
	NAME_AS(SCTP_AUTH_NEWKEY, 0),
	NAME_AS(SCTP_AUTH_FREE_KEY, 1),
	NAME_AS(SCTP_AUTH_NO_AUTH, 2),
};
NAME_TABLE(names_sctp_auth_indications, "option-sctp", auth_indications_list);

/* Flags of the notifications of RFC 6525. */
static const struct name stream_reset_list[] = {
	NAME_AS(SCTP_STREAM_RESET_INCOMING_SSN, 1),
	NAME_AS(SCTP_STREAM_RESET_OUTGOING_SSN, 2),
	NAME_AS(SCTP_STREAM_RESET_DENIED, 4),
	NAME_AS(SCTP_STREAM_RESET_FAILED, 8),
};
NAME_TABLE(names_sctp_stream_reset_flags, "option-sctp", stream_reset_list);

static const struct name assoc_reset_list[] = {
	NAME_AS(SCTP_ASSOC_RESET_DENIED, 4),
	NAME_AS(SCTP_ASSOC_RESET_FAILED, 8),
};
NAME_TABLE(names_sctp_assoc_reset_flags, "option-sctp", assoc_reset_list);

static const struct name stream_change_list[] = {
	NAME_AS(SCTP_STREAM_CHANGE_DENIED, 4),
	NAME_AS(SCTP_STREAM_CHANGE_FAILED, 8),
};
NAME_TABLE(names_sctp_stream_change_flags, "option-sctp", stream_change_list);
