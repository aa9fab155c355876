/* SPDX-License-Identifier: MIT */
/* The fields of AX.25, NET/ROM, ROSE, LAPB, X.25 and vsock that tshark has too; see tshark.h. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static bool starts(const struct tshark_field *f, const char *with)
{
	return strncmp(f->tshark, with, strlen(with)) == 0;
}

static bool is(const struct tshark_field *f, const char *name)
{
	return strcmp(f->tshark, name) == 0;
}

/* ------------------------------------------------------------------ AX.25, NET/ROM, ROSE */

/* Not callsigns: tshark gives them out as bytes. */
static const struct tshark_field radio_fields[] = {
	{"ax25_kiss.cmd", "KISS", "Command", NUMBER},
	{"ax25_kiss.port", "KISS", "Port", NUMBER},
	{"ax25_kiss.txdelay", "KISS", "TXDELAY", NUMBER},
	{"ax25_kiss.persistence", "KISS", "P", NUMBER},
	{"ax25_kiss.slottime", "KISS", "SlotTime", NUMBER},
	{"ax25_kiss.txtail", "KISS", "TXtail", NUMBER},
	{"ax25_kiss.fullduplex", "KISS", "FullDuplex", NUMBER},
	{"ax25_kiss.data_ack", "KISS", "Frame number", NUMBER},
	{"ax25.ctl", "AX.25", "Control", NUMBER},
	{"ax25.ctl.n_r", "AX.25", "N(R)", NUMBER},
	{"ax25.ctl.n_s", "AX.25", "N(S)", NUMBER},
	{"ax25.ctl.p", "AX.25", "P", NUMBER},
	{"ax25.ctl.f", "AX.25", "F", NUMBER},
	{"ax25.ctl.ftype_s", "AX.25", "S", NUMBER},
	{"ax25.pid", "AX.25", "PID", NUMBER},
	{"netrom.ttl", "NET/ROM", "Time to Live", NUMBER},
	{"netrom.my.cct.index", "NET/ROM", "My circuit index", NUMBER},
	{"netrom.my.cct.id", "NET/ROM", "My circuit id", NUMBER},
	{"netrom.your.cct.index", "NET/ROM", "Your circuit index", NUMBER},
	{"netrom.your.cct.id", "NET/ROM", "Your circuit id", NUMBER},
	{"netrom.n_r", "NET/ROM", "Rx sequence number", NUMBER},
	{"netrom.n_s", "NET/ROM", "Tx sequence number", NUMBER},
	{"netrom.op", "NET/ROM", "Opcode", NUMBER},
	{"netrom.flag.more", "NET/ROM", "More follows", NUMBER},
	{"netrom.flag.nak", "NET/ROM", "NAK", NUMBER},
	{"netrom.flag.choke", "NET/ROM", "Choke", NUMBER},
	{"netrom.pwindow", "NET/ROM", "Proposed window", NUMBER},
	{"netrom.awindow", "NET/ROM", "Accepted window", NUMBER},
	{"x25.lcn", "ROSE", "Logical channel", NUMBER},
	{"x25.d", "ROSE", "D", NUMBER},
	{"x25.mod", "ROSE", "Modulo", NUMBER},
	{"x25.p_r", "ROSE", "P(R)", NUMBER},
	{"x25.p_s", "ROSE", "P(S)", NUMBER},
	{"x25.m", "ROSE", "M", NUMBER},
	{"x25.called_address", "ROSE", "Called address", TEXT},
	{"x25.calling_address", "ROSE", "Calling address", TEXT},
	{"x25.clear_cause", "ROSE", "Cause", NUMBER},
	{"x25.diagnostic", "ROSE", "Diagnostic", NUMBER},
};

/* The channel of packets that are about none, and the D bit of those that have none. */
static bool not_of_type(const struct tshark_field *f, uint8_t type)
{
	bool set_up = type == PACKET_X25_CALL_REQUEST || type == PACKET_X25_CALL_ACCEPTED;

	if (is(f, "x25.lcn"))
		return type >= PACKET_X25_DIAGNOSTIC;
	if (is(f, "x25.d"))
		return !set_up && type != PACKET_X25_DATA;
	if (is(f, "x25.a"))
		return !set_up && type != PACKET_X25_CLEAR_REQUEST &&
		       type != PACKET_X25_CLEAR_CONFIRMATION;
	if (is(f, "x25.clear_cause"))
		return type != PACKET_X25_CLEAR_REQUEST;
	if (is(f, "x25.reset_cause"))
		return type != PACKET_X25_RESET_REQUEST;
	if (is(f, "x25.restart_cause"))
		return type != PACKET_X25_RESTART_REQUEST;
	/* it has another name for that of a registration */
	return is(f, "x25.diagnostic") && type == PACKET_X25_REGISTRATION_CONFIRMATION;
}

static bool radio_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_kiss *kiss = packet_kiss(p);
	const struct packet_ax25 *ax25 = packet_ax25(p);
	const struct packet_netrom *netrom = packet_netrom(p);

	/* it shows 0 for any port */
	if (is(f, "ax25_kiss.port"))
		return kiss != NULL && kiss->port != 0;
	/* it takes one byte of the two */
	if (is(f, "ax25_kiss.data_ack"))
		return true;
	/* it reads everything as modulo 8, and frames of version 1 as commands */
	if (starts(f, "ax25.ctl"))
		return ax25 != NULL &&
		       (ax25->hdlc.extended || ax25->hdlc.is_command == ax25->hdlc.is_response);
	/* a UI frame with P or F has no PID for it */
	if (is(f, "ax25.pid"))
		return ax25 != NULL && ax25->hdlc.control == 0x13;
	/* it calls the protocol of an extension a circuit */
	if (starts(f, "netrom.my.cct"))
		return netrom != NULL && netrom->opcode == 0;
	return false;
}

static bool radio_only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_ax25 *ax25 = packet_ax25(p);
	const struct packet_netrom *netrom = packet_netrom(p);
	const struct packet_rose *rose = packet_rose(p);

	/* it shows the bit when it is set */
	if (is(f, "ax25.ctl.p") || is(f, "ax25.ctl.f"))
		return ax25 != NULL && !ax25->hdlc.poll_final;
	/* it does not know reset and what is behind it */
	if (starts(f, "netrom."))
		return netrom != NULL && netrom->opcode >= 7;
	return rose != NULL && not_of_type(f, rose->x25.type);
}

static const uint32_t radio_link_types[] = {3, 202, 0};

TSHARK_TABLE(radio) = {
	.link_types = radio_link_types,
	.fields = radio_fields,
	.count = sizeof(radio_fields) / sizeof(radio_fields[0]),
	.known_difference = radio_difference,
	.only_ours = radio_only_ours,
};

/* ------------------------------------------------------------------ LAPB, X.25 */

static const struct tshark_field x25_fields[] = {
	{"lapbether.length", "LAPB", "Length", NUMBER},
	{"lapb.address", "LAPB", "Address", NUMBER},
	{"lapb.control", "LAPB", "Control", NUMBER},
	{"lapb.control.n_r", "LAPB", "N(R)", NUMBER},
	{"lapb.control.n_s", "LAPB", "N(S)", NUMBER},
	{"lapb.control.p", "LAPB", "P", NUMBER},
	{"lapb.control.f", "LAPB", "F", NUMBER},
	{"x25.lcn", "X.25", "Logical channel", NUMBER},
	{"x25.a", "X.25", "A", NUMBER},
	{"x25.q", "X.25", "Q", NUMBER},
	{"x25.d", "X.25", "D", NUMBER},
	{"x25.mod", "X.25", "Modulo", NUMBER},
	{"x25.p_r", "X.25", "P(R)", NUMBER},
	{"x25.p_s", "X.25", "P(S)", NUMBER},
	{"x25.m", "X.25", "M", NUMBER},
	{"x25.called_address_length", "X.25", "Called address length", NUMBER},
	{"x25.calling_address_length", "X.25", "Calling address length", NUMBER},
	{"x25.called_address", "X.25", "Called address", TEXT},
	{"x25.calling_address", "X.25", "Calling address", TEXT},
	{"x25.dte_address", "X.25", "DTE address", TEXT},
	{"x25.dce_address", "X.25", "DCE address", TEXT},
	{"x25.facilities_length", "X.25", "Facilities length", NUMBER},
	{"x25.fast_select", "X.25", "Fast select", NUMBER},
	{"x25.icrd", "X.25", "ICRD", NUMBER},
	{"x25.reverse_charging", "X.25", "Reverse charging", NUMBER},
	{"x25.facility.transit_delay", "X.25", "Transit delay", NUMBER},
	{"x25.clear_cause", "X.25", "Cause", NUMBER},
	{"x25.reset_cause", "X.25", "Cause", NUMBER},
	{"x25.restart_cause", "X.25", "Cause", NUMBER},
	{"x25.diagnostic", "X.25", "Diagnostic", NUMBER},
};

static bool x25_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_lapb *lapb = packet_lapb(p);
	const struct packet_x25 *x = packet_x25(p);

	/* behind lapbether every frame is a command for it */
	if (is(f, "lapb.control.p") || is(f, "lapb.control.f"))
		return lapb != NULL && !lapb->hdlc.is_command;
	if (x == NULL)
		return false;
	/* it has the two the wrong way round: X.25 5.3.1, and Linux's x25_decode(), as here */
	if (is(f, "x25.p_r") || is(f, "x25.p_s"))
		return x->modulo == 128 && x->type == PACKET_X25_DATA;
	/* it takes type and plan for digits, and reads the lengths as without the A bit */
	if (strstr(f->tshark, "_address") != NULL && x->address_format)
		return true;
	/* what is no digit is a question mark */
	if (is(f, "x25.called_address"))
		return strpbrk(x->called, "abcdef") != NULL;
	/* its name for addresses in facilities too */
	if (is(f, "x25.dte_address"))
		return x->facilities_length > 0;
	/* it has to see a diagnostic, which may be left out */
	return x->has_cause && !x->has_diagnostic;
}

static bool x25_only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_lapb *lapb = packet_lapb(p);
	const struct packet_x25 *x = packet_x25(p);

	/* it shows the bit when it is set */
	if (is(f, "lapb.control.p") || is(f, "lapb.control.f"))
		return lapb != NULL && !lapb->hdlc.poll_final;
	if (x == NULL || !starts(f, "x25."))
		return false;
	/* it does not know EtherType 0x0805 */
	if (lapb == NULL || not_of_type(f, x->type))
		return true;
	/* nor this type: it shows nothing at all */
	if (x->type == 0xf9)
		return true;
	/* nor what may be behind the diagnostic of a clear request */
	if (x->type == PACKET_X25_CLEAR_REQUEST && x->addresses_offset != 0)
		return true;
	return is(f, "x25.facilities_length") && x->facilities_length == 0;
}

static const uint32_t x25_link_types[] = {1, 0};

TSHARK_TABLE(x25) = {
	.link_types = x25_link_types,
	.fields = x25_fields,
	.count = sizeof(x25_fields) / sizeof(x25_fields[0]),
	.known_difference = x25_difference,
	.only_ours = x25_only_ours,
};

/* ------------------------------------------------------------------ vsock */

static const struct tshark_field vsock_fields[] = {
	{"vsock.src_cid", "vsock", "Source CID", NUMBER},
	{"vsock.dst_cid", "vsock", "Destination CID", NUMBER},
	{"vsock.src_port", "vsock", "Source port", NUMBER},
	{"vsock.dst_port", "vsock", "Destination port", NUMBER},
	{"vsock.op", "vsock", "Operation", NUMBER},
	{"vsock.trans", "vsock", "Transport", NUMBER},
	{"vsock.trans_len", "vsock", "Transport header length", NUMBER},
	{"vsock.virtio.len", "vsock", "Payload length", NUMBER},
	{"vsock.virtio.type", "vsock", "Type", NUMBER},
	{"vsock.virtio.op", "vsock", "virtio operation", NUMBER},
	{"vsock.virtio.flags", "vsock", "Flags", NUMBER},
	{"vsock.virtio.buf_alloc", "vsock", "Buffer allocation", NUMBER},
	{"vsock.virtio.fwd_cnt", "vsock", "Forward count", NUMBER},
};

static const uint32_t vsock_link_types[] = {271, 0};

TSHARK_TABLE(vsock) = {
	.link_types = vsock_link_types,
	.fields = vsock_fields,
	.count = sizeof(vsock_fields) / sizeof(vsock_fields[0]),
};
