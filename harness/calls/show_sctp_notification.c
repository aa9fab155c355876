/* SPDX-License-Identifier: MIT */
/* What the kernel tells about an association between the messages (RFC 6458 6.1). */
#include "harness/calls/show_sctp.h"

#include "harness/calls/show.h"

#include <endian.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/types.h>
#include <stdint.h>
#include <linux/sctp.h>

#define TYPE(type, member)	   SCTP_FIELD(type, member, SCTP_NAMED, &names_sctp_notifications)
#define NAMED(type, member, table) SCTP_FIELD(type, member, SCTP_NAMED, &(table))
#define FLAGS(type, member, table) SCTP_FIELD(type, member, SCTP_FLAGS, &(table))

static SCTP_STRUCTURE(assoc_change, TYPE(sctp_assoc_change, sac_type),
		      NAMED(sctp_assoc_change, sac_state, names_sctp_assoc_changes),
		      SCTP_PLAIN(sctp_assoc_change, sac_error),
		      SCTP_PLAIN(sctp_assoc_change, sac_outbound_streams),
		      SCTP_PLAIN(sctp_assoc_change, sac_inbound_streams),
		      SCTP_ASSOCIATION(
			      sctp_assoc_change,
			      sac_assoc_id)) static SCTP_STRUCTURE(peer_addr_change, TYPE(sctp_paddr_change, spc_type), SCTP_FIELD(sctp_paddr_change, spc_aaddr, SCTP_STORAGE, NULL), NAMED(sctp_paddr_change, spc_state, names_sctp_peer_changes), NAMED(sctp_paddr_change, spc_error, names_sctp_peer_reasons), SCTP_ASSOCIATION(sctp_paddr_change, spc_assoc_id)) static SCTP_STRUCTURE(send_failed, TYPE(sctp_send_failed, ssf_type),
																																															   NAMED(sctp_send_failed, ssf_flags, names_sctp_send_failures), SCTP_PLAIN(sctp_send_failed, ssf_error),
																																															   SCTP_PLAIN(sctp_send_failed, ssf_info.sinfo_stream), FLAGS(sctp_send_failed, ssf_info.sinfo_flags, names_sctp_flags),
																																															   SCTP_PLAIN(
																																																   sctp_send_failed,
																																																   ssf_info.sinfo_ppid),
																																															   SCTP_PLAIN(sctp_send_failed, ssf_info.sinfo_context), SCTP_ASSOCIATION(sctp_send_failed, ssf_assoc_id)) static SCTP_STRUCTURE(send_failed_event,
																																																															 TYPE(sctp_send_failed_event,
																																																															      ssf_type),
																																																															 NAMED(sctp_send_failed_event,
																																																															       ssf_flags,
																																																															       names_sctp_send_failures),
																																																															 SCTP_PLAIN(
																																																																 sctp_send_failed_event,
																																																																 ssf_error),
																																																															 SCTP_PLAIN(
																																																																 sctp_send_failed_event, ssfe_info
																																																																				 .snd_sid),
																																																															 FLAGS(sctp_send_failed_event,
																																																															       ssfe_info
																																																																       .snd_flags,
																																																															       names_sctp_flags),
																																																															 SCTP_PLAIN(
																																																																 sctp_send_failed_event,
																																																																 ssfe_info
																																																																	 .snd_ppid),
																																																															 SCTP_PLAIN(
																																																																 sctp_send_failed_event, ssfe_info
																																																																				 .snd_context),
																																																															 SCTP_ASSOCIATION(sctp_send_failed_event,
																																																																	  ssf_assoc_id)) static SCTP_STRUCTURE(remote_error,
																																																																					       TYPE(sctp_remote_error,
																																																																						    sre_type),
																																																																					       SCTP_PLAIN(
																																																																						       sctp_remote_error,
																																																																						       sre_error),
																																																																					       SCTP_ASSOCIATION(
																																																																						       sctp_remote_error, sre_assoc_id)) static SCTP_STRUCTURE(shutdown_event,
																																																																													       TYPE(sctp_shutdown_event,
																																																																														    sse_type),
																																																																													       SCTP_ASSOCIATION(sctp_shutdown_event, sse_assoc_id)) static SCTP_STRUCTURE(adaptation,
																																																																																							  TYPE(sctp_adaptation_event,
																																																																																							       sai_type),
																																																																																							  SCTP_PLAIN(sctp_adaptation_event, sai_adaptation_ind), SCTP_ASSOCIATION(sctp_adaptation_event, sai_assoc_id)) static SCTP_STRUCTURE(partial_delivery,
																																																																																																							      TYPE(sctp_pdapi_event,
																																																																																																								   pdapi_type),
																																																																																																							      NAMED(sctp_pdapi_event, pdapi_indication, names_sctp_partial_deliveries), SCTP_PLAIN(sctp_pdapi_event, pdapi_stream), SCTP_PLAIN(sctp_pdapi_event, pdapi_seq), SCTP_ASSOCIATION(sctp_pdapi_event, pdapi_assoc_id)) static SCTP_STRUCTURE(authentication,
																																																																																																																																				       TYPE(sctp_authkey_event, auth_type), NAMED(sctp_authkey_event, auth_indication, names_sctp_auth_indications), SCTP_PLAIN(sctp_authkey_event, auth_keynumber),
																																																																																																																																				       SCTP_ASSOCIATION(sctp_authkey_event,
																																																																																																																																							auth_assoc_id)) static SCTP_STRUCTURE(sender_dry,
																																																																																																																																											      TYPE(sctp_sender_dry_event,
																																																																																																																																												   sender_dry_type),
																																																																																																																																											      SCTP_ASSOCIATION(sctp_sender_dry_event, sender_dry_assoc_id)) static SCTP_STRUCTURE(stream_reset, TYPE(sctp_stream_reset_event, strreset_type), FLAGS(sctp_stream_reset_event, strreset_flags, names_sctp_stream_reset_flags),
																																																																																																																																																						  SCTP_ASSOCIATION(sctp_stream_reset_event,
																																																																																																																																																								   strreset_assoc_id)) static SCTP_STRUCTURE(assoc_reset,
																																																																																																																																																													     TYPE(sctp_assoc_reset_event, assocreset_type), FLAGS(sctp_assoc_reset_event, assocreset_flags, names_sctp_assoc_reset_flags),
																																																																																																																																																													     SCTP_PLAIN(sctp_assoc_reset_event, assocreset_local_tsn), SCTP_PLAIN(sctp_assoc_reset_event, assocreset_remote_tsn),
																																																																																																																																																													     SCTP_ASSOCIATION(sctp_assoc_reset_event,
																																																																																																																																																															      assocreset_assoc_id)) static SCTP_STRUCTURE(stream_change, TYPE(sctp_stream_change_event, strchange_type), FLAGS(sctp_stream_change_event, strchange_flags, names_sctp_stream_change_flags), SCTP_PLAIN(sctp_stream_change_event, strchange_instrms), SCTP_PLAIN(sctp_stream_change_event, strchange_outstrms), SCTP_ASSOCIATION(sctp_stream_change_event, strchange_assoc_id))

	bool show_sctp_notification(struct text *t, const void *bytes, size_t length)
{
	static const struct {
		const char *type;
		bool (*show)(struct text *t, const void *bytes, size_t length);
	} kinds[] = {
		{"SCTP_ASSOC_CHANGE", assoc_change},
		{"SCTP_PEER_ADDR_CHANGE", peer_addr_change},
		{"SCTP_SEND_FAILED", send_failed},
		{"SCTP_SEND_FAILED_EVENT", send_failed_event},
		{"SCTP_REMOTE_ERROR", remote_error},
		{"SCTP_SHUTDOWN_EVENT", shutdown_event},
		{"SCTP_ADAPTATION_INDICATION", adaptation},
		{"SCTP_PARTIAL_DELIVERY_EVENT", partial_delivery},
		{"SCTP_AUTHENTICATION_EVENT", authentication},
		{"SCTP_SENDER_DRY_EVENT", sender_dry},
		{"SCTP_STREAM_RESET_EVENT", stream_reset},
		{"SCTP_ASSOC_RESET_EVENT", assoc_reset},
		{"SCTP_STREAM_CHANGE_EVENT", stream_change},
	};
	const char *name;

	if (length < sizeof(uint16_t))
		return false;
	name = names_of(&names_sctp_notifications,
			(int64_t)sctp_field_value(bytes, sizeof(uint16_t)));
	for (size_t i = 0; name != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].type, name) == 0)
			return kinds[i].show(t, bytes, length);
	}
	return false;
}
