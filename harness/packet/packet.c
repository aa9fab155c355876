/* SPDX-License-Identifier: MIT */
/* Decoding as a whole: the window on the bytes, and the layers. */
#include "harness/packet/internal.h"

#include <string.h>

struct packet_layer *packet_open(struct decoder *d, enum packet_kind kind)
{
	struct packet *p = d->p;
	struct packet_layer *l;

	d->next = NULL;
	if (p->layers == PACKET_LAYERS_MAX - 1 && kind != PACKET_DATA && kind != PACKET_TRAILER) {
		p->too_deep = true;
		packet_decode_data(d);
		return NULL;
	}
	if (p->layers == PACKET_LAYERS_MAX) {
		p->too_deep = true;
		return NULL;
	}
	l = &p->layer[p->layers++];
	l->kind = (uint8_t)kind;
	l->checksum = PACKET_CHECKSUM_NONE;
	l->quoted = d->quoted;
	l->cut = false;
	l->first_fragment = d->first_fragment;
	l->ip = d->ip;
	l->offset = d->at;
	l->header_length = 0;
	l->header_captured = 0;
	l->length = d->end - d->at;
	d->layer = l;
	return l;
}

void packet_contradiction(struct decoder *d, const char *text, uint32_t value1, uint32_t value2,
			  uint32_t offset, uint32_t length)
{
	struct packet *p = d->p;

	if (p->outcome == PACKET_MALFORMED || (d->quoted && p->problem.text != NULL))
		return;
	if (!d->quoted)
		p->outcome = PACKET_MALFORMED;
	p->problem = (struct packet_problem){
		.text = text,
		.value1 = value1,
		.value2 = value2,
		.offset = offset,
		.length = length,
		.layer = (uint8_t)packet_index(p, d->layer),
	};
}

bool packet_have(struct decoder *d, uint32_t offset, uint32_t length)
{
	if (offset <= d->readable && length <= d->readable - offset)
		return true;
	d->layer->cut = true;
	if (d->bound == PACKET_BOUND_LENGTH && (offset > d->end || length > d->end - offset))
		packet_contradiction(d, "the header needs %1 bytes, only %2 are left", length,
				     offset > d->end ? 0 : d->end - offset, d->layer->offset, 0);
	return false;
}

const uint8_t *packet_take(struct decoder *d, uint32_t length)
{
	uint32_t there = d->readable > d->at ? d->readable - d->at : 0;

	d->layer->header_length = length;
	d->layer->header_captured = length;
	if (there >= length)
		return d->bytes + d->at;
	packet_have(d, d->at, length);
	d->layer->header_captured = there;
	memset(d->scratch, 0, sizeof(d->scratch));
	if (there > 0)
		memcpy(d->scratch, d->bytes + d->at, there);
	return d->scratch;
}

bool packet_extend(struct decoder *d, uint32_t length)
{
	uint32_t there = d->readable > d->at ? d->readable - d->at : 0;

	d->layer->header_length = length;
	d->layer->header_captured = length < there ? length : there;
	return packet_have(d, d->at, length);
}

bool packet_extend_into(struct decoder *d, uint8_t *out, uint32_t length)
{
	struct packet_layer *l = d->layer;
	uint32_t at = l->offset + l->header_length;
	bool whole = packet_extend(d, l->header_length + length);

	for (uint32_t i = 0; i < length; i++)
		out[i] = at + i < d->readable ? d->bytes[at + i] : 0;
	return whole;
}

void packet_set_end(struct decoder *d, uint32_t end, enum packet_bound bound)
{
	d->bound = (uint8_t)bound;
	d->end = end;
	d->readable = end < d->p->captured ? end : d->p->captured;
}

void packet_narrow(struct decoder *d, uint32_t length, const char *name, uint32_t field,
		   uint32_t size)
{
	struct packet_layer *l = d->layer;
	uint32_t there = d->end - l->offset;

	l->length = length;
	if (length > there) {
		l->cut = true;
		if (d->bound == PACKET_BOUND_LENGTH)
			packet_contradiction(d, name, length, there, field, size);
		return;
	}
	if (length < there && d->tails < PACKET_TAILS_MAX) {
		d->tail[d->tails].from = l->offset + length;
		d->tail[d->tails].to = d->end;
		d->tail[d->tails].quoted = d->quoted;
		d->tails++;
	}
	packet_set_end(d, l->offset + length, PACKET_BOUND_LENGTH);
	if (d->end > d->readable)
		l->cut = true;
}

void packet_advance(struct decoder *d)
{
	d->at = d->layer->offset + d->layer->header_length;
}

void packet_give_up(struct decoder *d)
{
	if (d->layer->header_captured < d->layer->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

void packet_walk_fault(struct decoder *d, const struct packet_walk *walk, const char *text)
{
	uint32_t value = 0;

	if (walk->fault != PACKET_MALFORMED)
		return;
	/* a list that goes to the end of a quote or a fragment may go on behind it */
	if (d->bound == PACKET_BOUND_OPEN && walk->end >= d->end)
		return;
	if (walk->end - walk->next < 2)
		text = "the list ends in the middle of an item";
	else if (walk->next + 1 < walk->captured)
		value = d->bytes[walk->next + 1];
	packet_contradiction(d, text, value, walk->end - walk->next, walk->next,
			     walk->next + 2 <= walk->captured ? 2 : 1);
}

/* NULL for a link type that is not known. */
static packet_decoder first_decoder(uint32_t link_type)
{
	switch (link_type) {
	case PACKET_LINK_ETHERNET:
		return packet_decode_ethernet;
	case PACKET_LINK_AX25:
		return packet_decode_ax25;
	case PACKET_LINK_RAW_DLT:
	case PACKET_LINK_RAW:
		return packet_decode_raw_ip;
	case PACKET_LINK_LINUX_SLL:
		return packet_decode_sll;
	case PACKET_LINK_LTALK:
		return packet_decode_llap;
	case PACKET_LINK_BLUETOOTH_HCI_H4:
		return packet_decode_hci;
	case PACKET_LINK_BLUETOOTH_HCI_H4_WITH_PHDR:
		return packet_decode_hci_phdr;
	case PACKET_LINK_AX25_KISS:
		return packet_decode_kiss;
	case PACKET_LINK_LAPB_WITH_DIR:
		return packet_decode_lapb;
	case PACKET_LINK_CAN_SOCKETCAN:
		return packet_decode_can;
	case PACKET_LINK_IPV4:
		return packet_decode_ipv4;
	case PACKET_LINK_IPV6:
		return packet_decode_ipv6;
	case PACKET_LINK_NETLINK:
		return packet_decode_sll; /* which goes on with packet_decode_netlink() */
	case PACKET_LINK_BLUETOOTH_LINUX_MONITOR:
		return packet_decode_hci_monitor;
	case PACKET_LINK_VSOCK:
		return packet_decode_vsock;
	case PACKET_LINK_LINUX_SLL2:
		return packet_decode_sll2;
	default:
		return NULL;
	}
}

bool packet_link_type_known(uint32_t link_type)
{
	return first_decoder(link_type) != NULL;
}

/* What the windows left over, innermost first. */
static void decode_tails(struct decoder *d)
{
	while (d->tails > 0) {
		struct packet_layer *l;

		d->tails--;
		if (d->tail[d->tails].from >= d->p->captured)
			continue;
		d->at = d->tail[d->tails].from;
		d->quoted = d->tail[d->tails].quoted;
		d->first_fragment = false;
		d->ip = PACKET_LAYERS_MAX;
		packet_set_end(d, d->tail[d->tails].to, PACKET_BOUND_LENGTH);
		l = packet_open(d, PACKET_TRAILER);
		if (l == NULL)
			return;
		packet_extend(d, d->end - d->at);
	}
}

int packet_decode(struct packet *out, const uint8_t *bytes, size_t captured, size_t original,
		  uint32_t link_type, unsigned int flags)
{
	struct decoder d;

	if (captured > UINT32_MAX / 2)
		captured = UINT32_MAX / 2;
	if (original > UINT32_MAX / 2)
		original = UINT32_MAX / 2;
	if (original < captured)
		original = captured;
	out->bytes = bytes;
	out->captured = (uint32_t)captured;
	out->original = (uint32_t)original;
	out->link_type = link_type;
	out->flags = flags;
	out->outcome = PACKET_COMPLETE;
	out->layers = 0;
	out->too_deep = false;
	out->problem = (struct packet_problem){0};

	d.p = out;
	d.layer = NULL;
	d.bytes = bytes;
	d.at = 0;
	d.end = out->original;
	d.readable = out->captured;
	d.next = first_decoder(link_type);
	if (d.next == NULL)
		d.next = packet_decode_data;
	d.bound = PACKET_BOUND_LENGTH;
	d.ip = PACKET_LAYERS_MAX;
	d.tails = 0;
	d.quoted = false;
	d.first_fragment = false;
	d.jumbo = false;
	while (d.next != NULL)
		d.next(&d);
	decode_tails(&d);

	if (captured < original && out->outcome == PACKET_COMPLETE) {
		out->outcome = PACKET_TRUNCATED;
		out->problem = (struct packet_problem){
			.text = "the capture ends after %1 of %2 bytes",
			.value1 = out->captured,
			.value2 = out->original,
			.offset = out->captured,
			.layer = (uint8_t)(out->layers - (out->layers > 0)),
		};
	}
	if (flags & PACKET_VERIFY_CHECKSUMS) {
		for (unsigned int i = 0; i < out->layers; i++) {
			if (out->layer[i].checksum == PACKET_CHECKSUM_UNVERIFIED)
				out->layer[i].checksum = (uint8_t)packet_verify(out, i, NULL);
		}
	}
	return out->outcome;
}
