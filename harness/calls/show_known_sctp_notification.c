/* SPDX-License-Identifier: MIT */
/* What the kernel tells about an association between the messages (RFC 6458 6.1). */
#include "harness/calls/show_fields.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/types.h>
#include <stdint.h>
#include <linux/sctp.h>

static const struct field assoc_change[] = {
	FIELD_NAME(sctp_assoc_change, sac_type, names_sctp_notifications),
	FIELD_NAME(sctp_assoc_change, sac_state, names_sctp_assoc_changes),
	FIELD(sctp_assoc_change, sac_error),
	FIELD(sctp_assoc_change, sac_outbound_streams),
	FIELD(sctp_assoc_change, sac_inbound_streams),
	FIELD_NAME(sctp_assoc_change, sac_assoc_id, names_sctp_associations),
};

static const struct field peer_addr_change[] = {
	FIELD_NAME(sctp_paddr_change, spc_type, names_sctp_notifications),
	FIELD_AS(sctp_paddr_change, spc_aaddr, known_group_address),
	FIELD_NAME(sctp_paddr_change, spc_state, names_sctp_peer_changes),
	FIELD_NAME(sctp_paddr_change, spc_error, names_sctp_peer_reasons),
	FIELD_NAME(sctp_paddr_change, spc_assoc_id, names_sctp_associations),
};

static const struct field send_failed[] = {
	FIELD_NAME(sctp_send_failed, ssf_type, names_sctp_notifications),
	FIELD_NAME(sctp_send_failed, ssf_flags, names_sctp_send_failures),
	FIELD(sctp_send_failed, ssf_error),
	FIELD(sctp_send_failed, ssf_info.sinfo_stream),
	FIELD_FLAG(sctp_send_failed, ssf_info.sinfo_flags, names_sctp_flags),
	FIELD(sctp_send_failed, ssf_info.sinfo_ppid),
	FIELD(sctp_send_failed, ssf_info.sinfo_context),
	FIELD_NAME(sctp_send_failed, ssf_assoc_id, names_sctp_associations),
};

static const struct field send_failed_event[] = {
	FIELD_NAME(sctp_send_failed_event, ssf_type, names_sctp_notifications),
	FIELD_NAME(sctp_send_failed_event, ssf_flags, names_sctp_send_failures),
	FIELD(sctp_send_failed_event, ssf_error),
	FIELD(sctp_send_failed_event, ssfe_info.snd_sid),
	FIELD_FLAG(sctp_send_failed_event, ssfe_info.snd_flags, names_sctp_flags),
	FIELD(sctp_send_failed_event, ssfe_info.snd_ppid),
	FIELD(sctp_send_failed_event, ssfe_info.snd_context),
	FIELD_NAME(sctp_send_failed_event, ssf_assoc_id, names_sctp_associations),
};

static const struct field remote_error[] = {
	FIELD_NAME(sctp_remote_error, sre_type, names_sctp_notifications),
	FIELD(sctp_remote_error, sre_error),
	FIELD_NAME(sctp_remote_error, sre_assoc_id, names_sctp_associations),
};

static const struct field shutdown_event[] = {
	FIELD_NAME(sctp_shutdown_event, sse_type, names_sctp_notifications),
	FIELD_NAME(sctp_shutdown_event, sse_assoc_id, names_sctp_associations),
};

static const struct field adaptation[] = {
	FIELD_NAME(sctp_adaptation_event, sai_type, names_sctp_notifications),
	FIELD(sctp_adaptation_event, sai_adaptation_ind),
	FIELD_NAME(sctp_adaptation_event, sai_assoc_id, names_sctp_associations),
};

static const struct field partial_delivery[] = {
	FIELD_NAME(sctp_pdapi_event, pdapi_type, names_sctp_notifications),
	FIELD_NAME(sctp_pdapi_event, pdapi_indication, names_sctp_partial_deliveries),
	FIELD(sctp_pdapi_event, pdapi_stream),
	FIELD(sctp_pdapi_event, pdapi_seq),
	FIELD_NAME(sctp_pdapi_event, pdapi_assoc_id, names_sctp_associations),
};

static const struct field authentication[] = {
	FIELD_NAME(sctp_authkey_event, auth_type, names_sctp_notifications),
	FIELD_NAME(sctp_authkey_event, auth_indication, names_sctp_auth_indications),
	FIELD(sctp_authkey_event, auth_keynumber),
	FIELD_NAME(sctp_authkey_event, auth_assoc_id, names_sctp_associations),
};

static const struct field sender_dry[] = {
	FIELD_NAME(sctp_sender_dry_event, sender_dry_type, names_sctp_notifications),
	FIELD_NAME(sctp_sender_dry_event, sender_dry_assoc_id, names_sctp_associations),
};

static const struct field stream_reset[] = {
	FIELD_NAME(sctp_stream_reset_event, strreset_type, names_sctp_notifications),
	FIELD_FLAG(sctp_stream_reset_event, strreset_flags, names_sctp_stream_reset_flags),
	FIELD_NAME(sctp_stream_reset_event, strreset_assoc_id, names_sctp_associations),
};

static const struct field assoc_reset[] = {
	FIELD_NAME(sctp_assoc_reset_event, assocreset_type, names_sctp_notifications),
	FIELD_FLAG(sctp_assoc_reset_event, assocreset_flags, names_sctp_assoc_reset_flags),
	FIELD(sctp_assoc_reset_event, assocreset_local_tsn),
	FIELD(sctp_assoc_reset_event, assocreset_remote_tsn),
	FIELD_NAME(sctp_assoc_reset_event, assocreset_assoc_id, names_sctp_associations),
};

static const struct field stream_change[] = {
	FIELD_NAME(sctp_stream_change_event, strchange_type, names_sctp_notifications),
	FIELD_FLAG(sctp_stream_change_event, strchange_flags, names_sctp_stream_change_flags),
	FIELD(sctp_stream_change_event, strchange_instrms),
	FIELD(sctp_stream_change_event, strchange_outstrms),
	FIELD_NAME(sctp_stream_change_event, strchange_assoc_id, names_sctp_associations),
};

bool known_sctp_notification(struct text *t, const void *bytes, size_t length)
{
	static const struct {
		const char *type;
		const struct field *list;
		size_t count;
	} kinds[] = {
		{"SCTP_ASSOC_CHANGE", FIELDS(assoc_change)},
		{"SCTP_PEER_ADDR_CHANGE", FIELDS(peer_addr_change)},
		{"SCTP_SEND_FAILED", FIELDS(send_failed)},
		{"SCTP_SEND_FAILED_EVENT", FIELDS(send_failed_event)},
		{"SCTP_REMOTE_ERROR", FIELDS(remote_error)},
		{"SCTP_SHUTDOWN_EVENT", FIELDS(shutdown_event)},
		{"SCTP_ADAPTATION_INDICATION", FIELDS(adaptation)},
		{"SCTP_PARTIAL_DELIVERY_EVENT", FIELDS(partial_delivery)},
		{"SCTP_AUTHENTICATION_EVENT", FIELDS(authentication)},
		{"SCTP_SENDER_DRY_EVENT", FIELDS(sender_dry)},
		{"SCTP_STREAM_RESET_EVENT", FIELDS(stream_reset)},
		{"SCTP_ASSOC_RESET_EVENT", FIELDS(assoc_reset)},
		{"SCTP_STREAM_CHANGE_EVENT", FIELDS(stream_change)},
	};
	const char *name;

	if (length < sizeof(uint16_t))
		return false;
	name = names_of(&names_sctp_notifications, (int64_t)field_value(bytes, sizeof(uint16_t)));
	for (size_t i = 0; name != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].type, name) == 0)
			return show_fields(t, bytes, length, kinds[i].list, kinds[i].count);
	}
	return false;
}
