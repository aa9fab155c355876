/* SPDX-License-Identifier: MIT */
/* Names of the numbers in X.25 packets: X.25 5.1.3, 5.2.3.1, 5.4.3, 5.5.1 and annex E. */
#include "harness/packet/x25/internal.h"

const char *packet_name_x25_type(uint8_t type)
{
	switch (type) {
	case PACKET_X25_DATA:
		return "data";
	case PACKET_X25_RR:
		return "RR";
	case PACKET_X25_RNR:
		return "RNR";
	case PACKET_X25_REJ:
		return "REJ";
	case PACKET_X25_CALL_REQUEST:
		return "call request";
	case PACKET_X25_CALL_ACCEPTED:
		return "call accepted";
	case PACKET_X25_CLEAR_REQUEST:
		return "clear request";
	case PACKET_X25_CLEAR_CONFIRMATION:
		return "clear confirmation";
	case PACKET_X25_RESET_REQUEST:
		return "reset request";
	case PACKET_X25_RESET_CONFIRMATION:
		return "reset confirmation";
	case PACKET_X25_INTERRUPT:
		return "interrupt";
	case PACKET_X25_INTERRUPT_CONFIRMATION:
		return "interrupt confirmation";
	case PACKET_X25_DIAGNOSTIC:
		return "diagnostic";
	case PACKET_X25_REGISTRATION_REQUEST:
		return "registration request";
	case PACKET_X25_REGISTRATION_CONFIRMATION:
		return "registration confirmation";
	case PACKET_X25_RESTART_REQUEST:
		return "restart request";
	case PACKET_X25_RESTART_CONFIRMATION:
		return "restart confirmation";
	default:
		return NULL;
	}
}

static const char *clearing_cause(uint8_t cause)
{
	switch (cause) {
	case 0x01:
		return "number busy";
	case 0x03:
		return "invalid facility request";
	case 0x05:
		return "network congestion";
	case 0x09:
		return "out of order";
	case 0x0b:
		return "access barred";
	case 0x0d:
		return "not obtainable";
	case 0x11:
		return "remote procedure error";
	case 0x13:
		return "local procedure error";
	case 0x15:
		return "RPOA out of order";
	case 0x19:
		return "reverse charging acceptance not subscribed";
	case 0x21:
		return "incompatible destination";
	case 0x29:
		return "fast select acceptance not subscribed";
	case 0x39:
		return "ship absent";
	default:
		return NULL;
	}
}

static const char *resetting_cause(uint8_t cause)
{
	switch (cause) {
	case 0x01:
		return "out of order";
	case 0x03:
		return "remote procedure error";
	case 0x05:
		return "local procedure error";
	case 0x07:
		return "network congestion";
	case 0x09:
		return "remote DTE operational";
	case 0x0f:
		return "network operational";
	case 0x11:
		return "incompatible destination";
	case 0x1d:
		return "network out of order";
	default:
		return NULL;
	}
}

static const char *restarting_cause(uint8_t cause)
{
	switch (cause) {
	case 0x01:
		return "local procedure error";
	case 0x03:
		return "network congestion";
	case 0x07:
		return "network operational";
	case 0x7f:
		return "registration or cancellation confirmed";
	default:
		return NULL;
	}
}

static const char *registration_cause(uint8_t cause)
{
	switch (cause) {
	case 0x03:
		return "invalid facility request";
	case 0x05:
		return "network congestion";
	case 0x13:
		return "local procedure error";
	case 0x7f:
		return "registration or cancellation confirmed";
	default:
		return NULL;
	}
}

/* 0, and with the highest bit set any number, is a cause that a DTE gave. */
const char *packet_name_x25_cause(uint8_t type, uint8_t cause)
{
	if (type == PACKET_X25_REGISTRATION_CONFIRMATION)
		return registration_cause(cause);
	if (cause == 0 || (cause & 0x80) != 0)
		return "DTE originated";
	switch (type) {
	case PACKET_X25_CLEAR_REQUEST:
		return clearing_cause(cause);
	case PACKET_X25_RESET_REQUEST:
		return resetting_cause(cause);
	case PACKET_X25_RESTART_REQUEST:
		return restarting_cause(cause);
	default:
		return NULL;
	}
}

/* X.25 annex E up to 127, ISO 8208 12.7 behind. */
const char *packet_name_x25_diagnostic(uint8_t diagnostic)
{
	static const char *const names[256] = {
		[0] = "no additional information",
		[1] = "invalid P(S)",
		[2] = "invalid P(R)",
		[16] = "packet type invalid",
		[17] = "packet type invalid for state r1",
		[18] = "packet type invalid for state r2",
		[19] = "packet type invalid for state r3",
		[20] = "packet type invalid for state p1",
		[21] = "packet type invalid for state p2",
		[22] = "packet type invalid for state p3",
		[23] = "packet type invalid for state p4",
		[24] = "packet type invalid for state p5",
		[25] = "packet type invalid for state p6",
		[26] = "packet type invalid for state p7",
		[27] = "packet type invalid for state d1",
		[28] = "packet type invalid for state d2",
		[29] = "packet type invalid for state d3",
		[32] = "packet not allowed",
		[33] = "unidentifiable packet",
		[34] = "call on one-way logical channel",
		[35] = "invalid packet type on a permanent virtual circuit",
		[36] = "packet on unassigned logical channel",
		[37] = "reject not subscribed to",
		[38] = "packet too short",
		[39] = "packet too long",
		[40] = "invalid general format identifier",
		[41] = "restart or registration packet with nonzero logical channel",
		[42] = "packet type not compatible with facility",
		[43] = "unauthorized interrupt confirmation",
		[44] = "unauthorized interrupt",
		[45] = "unauthorized reject",
		[48] = "time expired",
		[49] = "time expired for incoming call",
		[50] = "time expired for clear indication",
		[51] = "time expired for reset indication",
		[52] = "time expired for restart indication",
		[53] = "time expired for call deflection",
		[64] = "call set-up, call clearing or registration problem",
		[65] = "facility or registration code not allowed",
		[66] = "facility parameter not allowed",
		[67] = "invalid called DTE address",
		[68] = "invalid calling DTE address",
		[69] = "invalid facility or registration length",
		[70] = "incoming call barred",
		[71] = "no logical channel available",
		[72] = "call collision",
		[73] = "duplicate facility requested",
		[74] = "nonzero address length",
		[75] = "nonzero facility length",
		[76] = "facility not provided when expected",
		[77] = "invalid CCITT-specified DTE facility",
		[78] = "too many call redirections or deflections",
		[80] = "miscellaneous",
		[81] = "improper cause code from DTE",
		[82] = "not aligned octet",
		[83] = "inconsistent Q bit setting",
		[84] = "NUI problem",
		[112] = "international problem",
		[113] = "remote network problem",
		[114] = "international protocol problem",
		[115] = "international link out of order",
		[116] = "international link busy",
		[117] = "transit network facility problem",
		[118] = "remote network facility problem",
		[119] = "international routing problem",
		[120] = "temporary routing problem",
		[121] = "unknown called DNIC",
		[122] = "maintenance action",
		[144] = "timer expired or retransmission count surpassed",
		[145] = "retransmission count surpassed for interrupt",
		[146] = "retransmission count surpassed for data",
		[147] = "retransmission count surpassed for reject",
		[160] = "DTE-specific signal",
		[161] = "DTE operational",
		[162] = "DTE not operational",
		[163] = "DTE resource constraint",
		[164] = "fast select not subscribed",
		[165] = "invalid partially full data packet",
		[166] = "D bit procedure not supported",
		[167] = "registration or cancellation confirmed",
		[224] = "OSI network service problem",
		[225] = "disconnection, transient",
		[226] = "disconnection, permanent",
		[227] = "connection rejected, reason unspecified, transient",
		[228] = "connection rejected, reason unspecified, permanent",
		[229] = "connection rejected, quality of service, transient",
		[230] = "connection rejected, quality of service, permanent",
		[231] = "connection rejected, NSAP unreachable, transient",
		[232] = "connection rejected, NSAP unreachable, permanent",
		[233] = "reset, reason unspecified",
		[234] = "reset, congestion",
		[235] = "connection rejected, NSAP address unknown",
		[240] = "higher layer initiated",
		[241] = "disconnection, normal",
		[242] = "disconnection, abnormal",
		[243] = "disconnection, incompatible information in user data",
		[244] = "connection rejected by the higher layer, transient",
		[245] = "connection rejected by the higher layer, permanent",
		[246] = "connection rejected by the higher layer, quality of service, transient",
		[247] = "connection rejected by the higher layer, quality of service, permanent",
		[248] = "connection rejected, incompatible information in user data",
		[249] = "connection rejected, unknown protocol identifier in user data",
		[250] = "reset, user resynchronization",
	};

	return names[diagnostic];
}
