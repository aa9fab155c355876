/* SPDX-License-Identifier: MIT */
/*
 * Options of DHCP, RFC 2132 2.
 *
 *     0               8               16
 *    +---------------+---------------+------------------
 *    | code          | len           | data
 *    +---------------+---------------+------------------
 *
 * len counts the data alone. Pad (0) and End (255) are the code alone. Each code has a form:
 *
 *    4 one address       A addresses           P pairs of addresses    t text
 *    s seconds (4)       u seconds with a sign  1 2 a number            W numbers of 2 bytes
 *    b true or false     c codes of options    n nothing (length 0)    x bytes
 *
 * Options longer than 255 bytes are split into several of the same code (RFC 3396); each is shown
 * as it stands.
 */
#include "harness/packet/application/internal.h"

struct dhcp_form {
	uint8_t code;
	char form;
	const char *name;
};

/* IANA "BOOTP Vendor Extensions and DHCP Options": RFC 2132 unless another one is named. */
static const struct dhcp_form forms[] = {
	{1, '4', "Subnet Mask"},
	{2, 'u', "Time Offset"},
	{3, 'A', "Router"},
	{4, 'A', "Time Server"},
	{5, 'A', "Name Server"},
	{6, 'A', "Domain Name Server"},
	{7, 'A', "Log Server"},
	{8, 'A', "Cookie Server"},
	{9, 'A', "LPR Server"},
	{10, 'A', "Impress Server"},
	{11, 'A', "Resource Location Server"},
	{12, 't', "Host Name"},
	{13, '2', "Boot File Size"},
	{14, 't', "Merit Dump File"},
	{15, 't', "Domain Name"},
	{16, '4', "Swap Server"},
	{17, 't', "Root Path"},
	{18, 't', "Extensions Path"},
	{19, 'b', "IP Forwarding"},
	{20, 'b', "Non-Local Source Routing"},
	{21, 'P', "Policy Filter"},
	{22, '2', "Maximum Datagram Reassembly Size"},
	{23, '1', "Default IP Time-to-live"},
	{24, 's', "Path MTU Aging Timeout"},
	{25, 'W', "Path MTU Plateau Table"},
	{26, '2', "Interface MTU"},
	{27, 'b', "All Subnets are Local"},
	{28, '4', "Broadcast Address"},
	{29, 'b', "Perform Mask Discovery"},
	{30, 'b', "Mask Supplier"},
	{31, 'b', "Perform Router Discovery"},
	{32, '4', "Router Solicitation Address"},
	{33, 'P', "Static Route"},
	{34, 'b', "Trailer Encapsulation"},
	{35, 's', "ARP Cache Timeout"},
	{36, 'b', "Ethernet Encapsulation"},
	{37, '1', "TCP Default TTL"},
	{38, 's', "TCP Keepalive Interval"},
	{39, 'b', "TCP Keepalive Garbage"},
	{40, 't', "Network Information Service Domain"},
	{41, 'A', "Network Information Servers"},
	{42, 'A', "Network Time Protocol Servers"},
	{43, 'x', "Vendor Specific Information"},
	{44, 'A', "NetBIOS over TCP/IP Name Server"},
	{45, 'A', "NetBIOS over TCP/IP Datagram Distribution Server"},
	{46, '1', "NetBIOS over TCP/IP Node Type"},
	{47, 't', "NetBIOS over TCP/IP Scope"},
	{48, 'A', "X Window System Font Server"},
	{49, 'A', "X Window System Display Manager"},
	{50, '4', "Requested IP Address"},
	{51, 's', "IP Address Lease Time"},
	{52, '1', "Option Overload"},
	{53, '1', "DHCP Message Type"},
	{54, '4', "Server Identifier"},
	{55, 'c', "Parameter Request List"},
	{56, 't', "Message"},
	{57, '2', "Maximum DHCP Message Size"},
	{58, 's', "Renewal (T1) Time Value"},
	{59, 's', "Rebinding (T2) Time Value"},
	{60, 't', "Vendor class identifier"},
	{61, 'x', "Client-identifier"},
	{64, 't', "Network Information Service+ Domain"},
	{65, 'A', "Network Information Service+ Servers"},
	{66, 't', "TFTP server name"},
	{67, 't', "Bootfile name"},
	{68, 'A', "Mobile IP Home Agent"},
	{69, 'A', "SMTP Server"},
	{70, 'A', "POP3 Server"},
	{71, 'A', "NNTP Server"},
	{72, 'A', "Default WWW Server"},
	{73, 'A', "Default Finger Server"},
	{74, 'A', "Default IRC Server"},
	{75, 'A', "StreetTalk Server"},
	{76, 'A', "STDA Server"},
	{77, 'x', "User Class"},			  /* RFC 3004 */
	{80, 'n', "Rapid Commit"},			  /* RFC 4039 */
	{81, 'x', "Client FQDN"},			  /* RFC 4702 */
	{82, 'x', "Relay Agent Information"},		  /* RFC 3046 */
	{90, 'x', "Authentication"},			  /* RFC 3118 */
	{91, 's', "Client Last Transaction Time"},	  /* RFC 4388 */
	{92, 'A', "Associated IP"},			  /* RFC 4388 */
	{93, 'W', "Client System Architecture Type"},	  /* RFC 4578 */
	{94, 'x', "Client Network Interface Identifier"}, /* RFC 4578 */
	{97, 'x', "Client Machine Identifier"},		  /* RFC 4578 */
	{100, 't', "PCode"},				  /* RFC 4833 */
	{101, 't', "TCode"},				  /* RFC 4833 */
	{108, 's', "IPv6-Only Preferred"},		  /* RFC 8925 */
	{114, 't', "Captive Portal"},			  /* RFC 8910 */
	{116, 'b', "Auto-Configure"},			  /* RFC 2563 */
	{117, 'W', "Name Service Search"},		  /* RFC 2937 */
	{118, '4', "Subnet Selection"},			  /* RFC 3011 */
	{119, 'x', "Domain Search"},			  /* RFC 3397 */
	{121, 'x', "Classless Static Route"},		  /* RFC 3442 */
	{124, 'x', "V-I Vendor Class"},			  /* RFC 3925 */
	{125, 'x', "V-I Vendor-specific Information"},	  /* RFC 3925 */
	{150, 'A', "TFTP server address"},		  /* RFC 5859 */
};

static const struct dhcp_form *form_of(uint8_t code)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i].code == code)
			return &forms[i];
	}
	return NULL;
}

/* RFC 2132 9.6; 9 RFC 3203, 10 to 13 RFC 4388, 14 and 15 RFC 6926, 16 and 17 RFC 7724. */
const char *packet_dhcp_message_name(uint8_t type)
{
	static const char *const names[] = {
		NULL,
		"DISCOVER",
		"OFFER",
		"REQUEST",
		"DECLINE",
		"ACK",
		"NAK",
		"RELEASE",
		"INFORM",
		"FORCERENEW",
		"LEASEQUERY",
		"LEASEUNASSIGNED",
		"LEASEUNKNOWN",
		"LEASEACTIVE",
		"BULKLEASEQUERY",
		"LEASEQUERYDONE",
		"ACTIVELEASEQUERY",
		"LEASEQUERYSTATUS",
		"TLS",
	};

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

/* Whether the data may be so long. Text of no bytes is not allowed (RFC 2132 2), but harmless. */
static bool length_fits(const struct packet_dhcp_option *o)
{
	const struct dhcp_form *form = form_of(o->code);

	switch (form != NULL ? form->form : 'x') {
	case '4':
	case 's':
	case 'u':
		return o->length == 4;
	case 'A':
		return o->length >= 4 && o->length % 4 == 0;
	case 'P':
		return o->length >= 8 && o->length % 8 == 0;
	case '1':
	case 'b':
		return o->length == 1;
	case '2':
		return o->length == 2;
	case 'W':
		return o->length >= 2 && o->length % 2 == 0;
	case 'c':
		return o->length >= 1;
	case 'n':
		return o->length == 0;
	default:
		return true;
	}
}

/*
 * Goes on with the next field that holds options. `left`, which nobody counts down here, says
 * which were taken: its low bits are 1 for file and 2 for sname that are still to come.
 */
static bool next_field(struct packet_walk *walk)
{
	const struct packet_layer *l = walk->layer;
	uint8_t take = l->dhcp.overload & walk->left & 3;
	uint32_t there = l->offset + l->header_captured;

	if (take == 0)
		return false;
	take = take & 1 ? 1 : 2; /* file comes first (RFC 2131 4.1) */
	walk->left &= ~(uint32_t)take;
	walk->next = l->offset + (take == 1 ? 108 : 44);
	walk->end = walk->next + (take == 1 ? 128 : 64);
	walk->captured = walk->end < there ? walk->end : there;
	return true;
}

/* One of the field that is walked; false at its end. */
static bool next_in_field(struct packet_walk *walk, struct packet_dhcp_option *out)
{
	const uint8_t *bytes = walk->packet->bytes;
	uint32_t left, there;

	while (walk->next < walk->captured && bytes[walk->next] == PACKET_DHCP_OPTION_PAD)
		walk->next++;
	if (walk->next >= walk->end)
		return false;
	if (walk->next >= walk->captured) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	left = walk->end - walk->next;
	there = walk->captured - walk->next;
	*out = (struct packet_dhcp_option){
		.code = bytes[walk->next], .ok = true, .offset = walk->next};
	out->data_offset = walk->next + 1;
	if (out->code == PACKET_DHCP_OPTION_END) {
		walk->next = walk->end;
		return true;
	}
	if (left < 2 || (there >= 2 && bytes[walk->next + 1] + 2u > left)) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (there < 2 || bytes[walk->next + 1] + 2u > there) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	out->length = bytes[walk->next + 1];
	out->data_offset = walk->next + 2;
	out->ok = length_fits(out);
	walk->next = out->data_offset + out->length;
	return true;
}

bool packet_dhcp_option_next(struct packet_walk *walk, struct packet_dhcp_option *out)
{
	if (walk->layer->kind != PACKET_DHCP || !walk->layer->dhcp.has_cookie || walk->fault != 0)
		return false;
	do {
		if (next_in_field(walk, out))
			return true;
	} while (walk->fault == 0 && next_field(walk));
	return false;
}

/* RFC 2132 9.3. */
static const char *overload_name(uint8_t value)
{
	static const char *const names[] = {NULL, "file", "sname", "file and sname"};

	return value < 4 ? names[value] : NULL;
}

static void show_codes(struct packet_view *v, const struct packet_dhcp_option *o)
{
	for (uint32_t i = 0; i < o->length; i++) {
		uint8_t code = v->p->bytes[o->data_offset + i];
		const struct dhcp_form *form = form_of(code);

		packet_show_number(v, "Requested option", o->data_offset + i, 1, code,
				   form != NULL ? form->name : NULL);
	}
}

static void show_number(struct packet_view *v, const struct packet_dhcp_option *o)
{
	uint8_t value = v->p->bytes[o->data_offset];
	const char *name = NULL;

	if (o->code == PACKET_DHCP_OPTION_MESSAGE_TYPE)
		name = packet_dhcp_message_name(value);
	else if (o->code == PACKET_DHCP_OPTION_OVERLOAD)
		name = overload_name(value);
	packet_show_number(v, "Value", o->data_offset, 1, value, name);
}

/* Time Offset may be behind Universal Time: two's complement, whatever the machine has. */
static void show_offset(struct packet_view *v, uint32_t offset)
{
	uint32_t seconds = packet_be32(v->p->bytes + offset);
	bool negative = seconds >> 31 != 0;
	struct packet_out *out = packet_value(v);

	if (negative)
		packet_put_char(out, '-');
	packet_put_number(out, negative ? (uint32_t)(0 - seconds) : seconds);
	packet_put(out, " s");
	packet_show(v, "Value", offset, 4);
}

static void show_data(struct packet_view *v, const struct packet_dhcp_option *o, char form)
{
	uint32_t at = o->data_offset, end = at + o->length;
	const uint8_t *bytes = v->p->bytes;

	switch (o->ok ? form : 'x') {
	case '4':
	case 'A':
		for (; at < end; at += 4)
			packet_show_ipv4(v, "Address", at);
		break;
	case 'P':
		for (; at < end; at += 8) {
			packet_show_ipv4(v, "Address", at);
			packet_show_ipv4(v, o->code == 33 ? "Router" : "Mask", at + 4);
		}
		break;
	case 't':
		if (o->length == 0)
			break;
		packet_put_text(packet_value(v), bytes + at, o->length);
		packet_show(v, "Value", at, o->length);
		break;
	case 's':
		packet_show_unit(v, "Value", at, 4, packet_be32(bytes + at), "s");
		break;
	case 'u':
		show_offset(v, at);
		break;
	case '1':
		show_number(v, o);
		break;
	case 'b':
		packet_show_number(v, "Value", at, 1, bytes[at],
				   bytes[at] == 0   ? "no"
				   : bytes[at] == 1 ? "yes"
						    : NULL);
		break;
	case '2':
	case 'W':
		for (; at < end; at += 2)
			packet_show_number(v, "Value", at, 2, packet_be16(bytes + at), NULL);
		break;
	case 'c':
		show_codes(v, o);
		break;
	default:
		packet_show_bytes(v, "Value", at, o->length);
		break;
	}
}

/* The options of one of the fields, from `start` to `end`. */
void packet_show_dhcp_options(struct packet_view *v, const struct packet_layer *l, uint32_t start,
			      uint32_t end)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_dhcp_option o;

	walk.next = start;
	walk.end = end;
	walk.captured = end < v->limit ? end : v->limit;
	while (next_in_field(&walk, &o)) {
		const struct dhcp_form *form = form_of(o.code);
		uint32_t length = o.data_offset + o.length - o.offset;

		if (o.code == PACKET_DHCP_OPTION_END) {
			packet_show_number(v, "End", o.offset, 1, o.code, NULL);
			packet_show_bytes(v, "Padding", o.offset + 1, walk.captured - o.offset - 1);
			break;
		}
		packet_show_text(v, form != NULL ? form->name : "Unknown option", o.offset, length,
				 o.ok ? "" : "not a length this option can have");
		packet_show_in(v);
		packet_show_number(v, "Code", o.offset, 1, o.code, NULL);
		packet_show_number(v, "Length", o.offset + 1, 1, o.length, NULL);
		show_data(v, &o, form != NULL ? form->form : 'x');
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}
