/* SPDX-License-Identifier: MIT */
/*
 * The data of DNS resource records. Each type has a form: a string of pieces, one after another.
 *
 *    1 2 4  a number of that many bytes      i  an IPv4 address      I  an IPv6 address
 *    n      a name                           s  a length and as many characters
 *    S      such strings up to the end       x  bytes up to the end
 *
 * Types without one are shown as bytes.
 */
#include "harness/packet/application/internal.h"

#include <string.h>

struct form {
	uint16_t type;
	const char *pieces;
	const char *names[7];
};

/* RFC 1035 3.3 and 3.4; AAAA RFC 3596, SRV 2782, NAPTR 3403, DNAME 6672, DS 4034, CAA 8659. */
static const struct form forms[] = {
	{1, "i", {"ADDRESS"}},
	{2, "n", {"NSDNAME"}},
	{5, "n", {"CNAME"}},
	{6, "nn44444", {"MNAME", "RNAME", "SERIAL", "REFRESH", "RETRY", "EXPIRE", "MINIMUM"}},
	{12, "n", {"PTRDNAME"}},
	{13, "ss", {"CPU", "OS"}},
	{15, "2n", {"PREFERENCE", "EXCHANGE"}},
	{16, "S", {"TXT-DATA"}},
	{28, "I", {"ADDRESS"}},
	{33, "222n", {"Priority", "Weight", "Port", "Target"}},
	{35, "22sssn", {"ORDER", "PREFERENCE", "FLAGS", "SERVICES", "REGEXP", "REPLACEMENT"}},
	{39, "n", {"DNAME"}},
	{43, "211x", {"Key Tag", "Algorithm", "Digest Type", "Digest"}},
	{257, "1sx", {"Flags", "Tag", "Value"}},
};

static const struct form *form_of(uint16_t type)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i].type == type)
			return &forms[i];
	}
	return NULL;
}

struct pieces {
	const struct dns_bounds *b;
	const struct form *form;
	const char *next;
	const char *name;
	char kind; /* as in the form */
	uint32_t at, end;
	uint32_t offset, length; /* of this one */
	bool fault;
};

static struct pieces pieces_of(const struct dns_bounds *b, const struct packet_dns_record *record,
			       const struct form *form)
{
	return (struct pieces){.b = b,
			       .form = form,
			       .next = form->pieces,
			       .at = record->rdata_offset,
			       .end = record->rdata_offset + record->rdlength};
}

static uint32_t piece_length(const struct pieces *s)
{
	struct dns_fault fault = {0};

	switch (s->kind) {
	case 'i':
		return 4;
	case 'I':
		return 16;
	case 'n':
		return packet_dns_name_at(s->b, s->at, NULL, &fault);
	case 's':
	case 'S':
		return s->at < s->end ? s->b->bytes[s->at] + 1u : 0;
	case 'x':
		return s->end - s->at;
	default:
		return (uint32_t)(s->kind - '0');
	}
}

static bool next_piece(struct pieces *s)
{
	if (*s->next == '\0') {
		s->fault = s->at != s->end;
		return false;
	}
	s->kind = *s->next;
	s->name = s->form->names[s->next - s->form->pieces];
	s->offset = s->at;
	s->length = piece_length(s);
	if ((s->length == 0 && s->kind != 'x') || s->length > s->end - s->at) {
		s->fault = true;
		return false;
	}
	s->at += s->length;
	if (s->kind != 'S' || s->at == s->end)
		s->next++;
	return true;
}

/* OPT, RFC 6891 6.1.2: a code of 2 bytes, a length of 2 bytes and so many of data, repeatedly. */
static bool next_edns(const struct dns_bounds *b, uint32_t *at, uint32_t end, uint16_t *length)
{
	if (end - *at < 4)
		return false;
	*length = packet_be16(b->bytes + *at + 2);
	if (*length > end - *at - 4)
		return false;
	*at += 4u + *length;
	return true;
}

bool packet_dns_data_ok(const struct dns_bounds *b, const struct packet_dns_record *record)
{
	const struct form *form = form_of(record->type);
	uint32_t at = record->rdata_offset, end = at + record->rdlength;
	struct pieces s;
	uint16_t length;

	if (record->type == 41) {
		while (next_edns(b, &at, end, &length))
			;
		return at == end;
	}
	if (form == NULL)
		return true;
	s = pieces_of(b, record, form);
	while (next_piece(&s))
		;
	return !s.fault;
}

static void put_piece(struct packet_out *out, const struct pieces *s)
{
	const uint8_t *bytes = s->b->bytes + s->offset;
	struct dns_fault fault = {0};

	switch (s->kind) {
	case 'i':
		packet_put_ipv4(out, bytes);
		break;
	case 'I':
		packet_put_ipv6(out, bytes);
		break;
	case 'n':
		packet_dns_name_at(s->b, s->offset, out, &fault);
		break;
	case 's':
	case 'S':
		packet_put_char(out, '"');
		packet_put_text(out, bytes + 1, bytes[0]);
		packet_put_char(out, '"');
		break;
	case 'x':
		packet_put_hex_bytes(out, bytes, s->length < 32 ? s->length : 32);
		packet_put(out, s->length > 32 ? "..." : "");
		break;
	case '1':
		packet_put_number(out, bytes[0]);
		break;
	case '2':
		packet_put_number(out, packet_be16(bytes));
		break;
	default:
		packet_put_number(out, packet_be32(bytes));
		break;
	}
}

/* IANA "DNS EDNS0 Option Codes (OPT)". */
static const char *edns_name(uint16_t code)
{
	static const char *const names[] = {
		NULL,
		"LLQ",
		"Update Lease",
		"NSID",
		"Reserved",
		"DAU",
		"DHU",
		"N3U",
		"Client Subnet",
		"EXPIRE",
		"COOKIE",
		"tcp-keepalive",
		"Padding",
		"CHAIN",
		"KEY-TAG",
		"Extended DNS Error",
	};

	return code < sizeof(names) / sizeof(names[0]) ? names[code] : NULL;
}

static void show_edns(struct packet_view *v, const struct dns_bounds *b,
		      const struct packet_dns_record *record)
{
	uint32_t at = record->rdata_offset, end = at + record->rdlength, option = at;
	uint16_t length;

	for (; next_edns(b, &at, end, &length); option = at) {
		uint16_t code = packet_be16(b->bytes + option);
		const char *name = edns_name(code);

		packet_show_text(v, "Option", option, 4u + length, name != NULL ? name : "");
		packet_show_in(v);
		packet_show_number(v, "OPTION-CODE", option, 2, code, name);
		packet_show_number(v, "OPTION-LENGTH", option + 2, 2, length, NULL);
		packet_show_bytes(v, "OPTION-DATA", option + 4, length);
		packet_show_out(v);
	}
	packet_show_bytes(v, "Not decodable", at, end - at);
}

void packet_dns_show_data(struct packet_view *v, const struct dns_bounds *b,
			  const struct packet_dns_record *record)
{
	const struct form *form = form_of(record->type);
	struct pieces s;

	if (record->type == 41) {
		show_edns(v, b, record);
		return;
	}
	if (form == NULL || !record->ok || record->rdlength == 0) {
		packet_show_bytes(v, "RDATA", record->rdata_offset, record->rdlength);
		return;
	}
	s = pieces_of(b, record, form);
	while (next_piece(&s)) {
		struct packet_out *out = packet_value(v);

		if (s.length == 0)
			continue;
		put_piece(out, &s);
		if (strchr("124", s.kind) != NULL) {
			const uint8_t *bytes = b->bytes + s.offset;

			v->field.has_number = true;
			v->field.number = s.kind == '1'	  ? bytes[0]
					  : s.kind == '2' ? packet_be16(bytes)
							  : packet_be32(bytes);
		}
		packet_show(v, s.name, s.offset, s.length);
	}
}

void packet_dns_line_data(struct packet_out *out, const struct dns_bounds *b,
			  const struct packet_dns_record *record)
{
	const struct form *form = form_of(record->type);
	struct pieces s;

	if (form == NULL || !record->ok || record->rdlength == 0) {
		if (record->type != 41)
			packet_put_length(out, record->rdlength);
		return;
	}
	s = pieces_of(b, record, form);
	/* of a list of strings the first is enough */
	while (next_piece(&s)) {
		packet_put_char(out, ' ');
		put_piece(out, &s);
		if (s.kind == 'S')
			break;
	}
}
