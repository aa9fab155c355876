/* SPDX-License-Identifier: MIT */
/* vsock, sockets between machines and their host: what Linux's vsockmon device captures. */
#include "harness/packet/internal.h"

#define MONITOR_LENGTH 32u
#define VIRTIO_LENGTH  44u

enum {
	VIRTIO_REQUEST = 1,
	VIRTIO_RESPONSE = 2,
	VIRTIO_RST = 3,
	VIRTIO_SHUTDOWN = 4,
	VIRTIO_RW = 5,
	VIRTIO_CREDIT_UPDATE = 6,
	VIRTIO_CREDIT_REQUEST = 7,
};

static const char *cid_name(uint64_t cid)
{
	switch (cid) {
	case PACKET_VSOCK_CID_HYPERVISOR:
		return "hypervisor";
	case PACKET_VSOCK_CID_LOCAL:
		return "local";
	case PACKET_VSOCK_CID_HOST:
		return "host";
	case PACKET_VSOCK_CID_ANY:
		return "any";
	default:
		return NULL;
	}
}

static const char *op_name(uint16_t op)
{
	static const char *const names[] = {"unknown", "connect", "disconnect", "control",
					    "payload"};

	return op < 5 ? names[op] : NULL;
}

static const char *transport_name(uint16_t transport)
{
	static const char *const names[] = {"unknown", "no information", "virtio"};

	return transport < 3 ? names[transport] : NULL;
}

static const char *virtio_op_name(uint16_t op)
{
	static const char *const names[] = {"invalid",	     "request",	      "response",
					    "rst",	     "shutdown",      "rw",
					    "credit update", "credit request"};

	return op < 8 ? names[op] : NULL;
}

static const char *type_name(uint16_t type)
{
	switch (type) {
	case 1:
		return "stream";
	case 2:
		return "seqpacket";
	default:
		return NULL;
	}
}

/* What vsockmon makes of an operation of virtio (net/vmw_vsock/virtio_transport_common.c). */
static uint16_t op_of_virtio(uint16_t op)
{
	switch (op) {
	case VIRTIO_REQUEST:
	case VIRTIO_RESPONSE:
		return PACKET_VSOCK_OP_CONNECT;
	case VIRTIO_RST:
	case VIRTIO_SHUTDOWN:
		return PACKET_VSOCK_OP_DISCONNECT;
	case VIRTIO_RW:
		return PACKET_VSOCK_OP_PAYLOAD;
	case VIRTIO_CREDIT_UPDATE:
	case VIRTIO_CREDIT_REQUEST:
		return PACKET_VSOCK_OP_CONTROL;
	default:
		return PACKET_VSOCK_OP_UNKNOWN;
	}
}

/* The monitor's header says again what virtio's says. */
static void compare_headers(struct decoder *d, const struct packet_vsock *vsock)
{
	const struct packet_virtio_vsock *virtio = &vsock->virtio;
	uint32_t at = d->layer->offset;

	if (virtio->source_cid != vsock->source_cid)
		packet_contradiction(d, "the source CID of virtio is another one", 0, 0,
				     at + MONITOR_LENGTH, 8);
	if (virtio->destination_cid != vsock->destination_cid)
		packet_contradiction(d, "the destination CID of virtio is another one", 0, 0,
				     at + MONITOR_LENGTH + 8, 8);
	if (virtio->source_port != vsock->source_port)
		packet_contradiction(d, "the source port of virtio is %1, not %2",
				     virtio->source_port, vsock->source_port,
				     at + MONITOR_LENGTH + 16, 4);
	if (virtio->destination_port != vsock->destination_port)
		packet_contradiction(d, "the destination port of virtio is %1, not %2",
				     virtio->destination_port, vsock->destination_port,
				     at + MONITOR_LENGTH + 20, 4);
	if (op_of_virtio(virtio->op) != vsock->op)
		packet_contradiction(d, "the operation is %1, that of virtio %2", vsock->op,
				     virtio->op, at + 24, 2);
}

/*
 *        0       1       2       3       4       5       6       7
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 32 | Source CID                                                    |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 40 | Destination CID                                               |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 48 | Source port                   | Destination port              |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 56 | Length                        | Type          | Operation     |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 64 | Flags                         | Buffer allocation             |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 72 | Forward count                 |
 *    +-------+-------+-------+-------+
 *
 * struct virtio_vsock_hdr, virtio 1.2 5.10.6; little-endian. Length is that of the payload.
 */
static void decode_virtio(struct decoder *d, struct packet_vsock *vsock)
{
	struct packet_layer *l = d->layer;
	struct packet_virtio_vsock *virtio = &vsock->virtio;
	uint32_t header = MONITOR_LENGTH + vsock->transport_length, left;
	uint8_t b[VIRTIO_LENGTH];

	if (vsock->transport_length < VIRTIO_LENGTH) {
		packet_contradiction(d, "the transport header has %1 bytes, virtio's has %2",
				     vsock->transport_length, VIRTIO_LENGTH, l->offset + 28, 2);
		packet_extend(d, header);
		return;
	}
	vsock->has_virtio = true;
	packet_extend_into(d, b, VIRTIO_LENGTH);
	packet_extend(d, header);
	virtio->source_cid = packet_le64(b);
	virtio->destination_cid = packet_le64(b + 8);
	virtio->source_port = packet_le32(b + 16);
	virtio->destination_port = packet_le32(b + 20);
	virtio->length = packet_le32(b + 24);
	virtio->type = packet_le16(b + 28);
	virtio->op = packet_le16(b + 30);
	virtio->flags = packet_le32(b + 32);
	virtio->buffer_allocation = packet_le32(b + 36);
	virtio->forward_count = packet_le32(b + 40);
	if (l->header_captured < MONITOR_LENGTH + VIRTIO_LENGTH)
		return;
	compare_headers(d, vsock);
	left = l->offset + header < d->end ? d->end - l->offset - header : 0;
	if (virtio->length > left) {
		l->cut = true;
		packet_contradiction(d, "Length is %1, only %2 bytes are there", virtio->length,
				     left, l->offset + MONITOR_LENGTH + 24, 4);
		return;
	}
	packet_narrow(d, header + virtio->length, NULL, 0, 0);
}

/*
 *        0       1       2       3       4       5       6       7
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *  0 | Source CID                                                    |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *  8 | Destination CID                                               |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 16 | Source port                   | Destination port              |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 24 | Operation     | Transport     | Length        | Reserved      |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *
 * struct af_vsockmon_hdr of linux/vsockmon.h, little-endian. The transport's own header follows
 * with Length bytes; behind it, of the operation payload, the payload.
 */
void packet_decode_vsock(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_VSOCK);
	struct packet_vsock *vsock;
	const uint8_t *h;

	if (l == NULL)
		return;
	vsock = &l->vsock;
	*vsock = (struct packet_vsock){0};
	h = packet_take(d, MONITOR_LENGTH);
	vsock->source_cid = packet_le64(h);
	vsock->destination_cid = packet_le64(h + 8);
	vsock->source_port = packet_le32(h + 16);
	vsock->destination_port = packet_le32(h + 20);
	vsock->op = packet_le16(h + 24);
	vsock->transport = packet_le16(h + 26);
	vsock->transport_length = packet_le16(h + 28);
	if (l->header_captured < MONITOR_LENGTH)
		return;
	if (vsock->transport_length > d->end - l->offset - MONITOR_LENGTH)
		packet_contradiction(d, "the transport header has %1 bytes, only %2 are there",
				     vsock->transport_length, d->end - l->offset - MONITOR_LENGTH,
				     l->offset + 28, 2);
	if (vsock->transport == PACKET_VSOCK_TRANSPORT_VIRTIO)
		decode_virtio(d, vsock);
	else
		packet_extend(d, MONITOR_LENGTH + vsock->transport_length);
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_flags(struct packet_view *v, const struct packet_virtio_vsock *virtio, uint32_t at)
{
	packet_show_hex(v, "Flags", at, 4, virtio->flags, NULL);
	packet_show_in(v);
	if (virtio->op == VIRTIO_SHUTDOWN) {
		packet_show_flag(v, "RCV: no more receiving", at, 1, 0x01,
				 (virtio->flags & 1) != 0);
		packet_show_flag(v, "SEND: no more sending", at, 1, 0x02, (virtio->flags & 2) != 0);
	} else if (virtio->op == VIRTIO_RW) {
		packet_show_flag(v, "EOM: end of message", at, 1, 0x01, (virtio->flags & 1) != 0);
		packet_show_flag(v, "EOR: end of record", at, 1, 0x02, (virtio->flags & 2) != 0);
	}
	packet_show_out(v);
}

static void show_virtio(struct packet_view *v, const struct packet_virtio_vsock *virtio,
			uint32_t at)
{
	packet_show_number(v, "Source CID", at, 8, virtio->source_cid,
			   cid_name(virtio->source_cid));
	packet_show_number(v, "Destination CID", at + 8, 8, virtio->destination_cid,
			   cid_name(virtio->destination_cid));
	packet_show_number(v, "Source port", at + 16, 4, virtio->source_port, NULL);
	packet_show_number(v, "Destination port", at + 20, 4, virtio->destination_port, NULL);
	packet_show_number(v, "Payload length", at + 24, 4, virtio->length, NULL);
	packet_show_number(v, "Type", at + 28, 2, virtio->type, type_name(virtio->type));
	packet_show_number(v, "virtio operation", at + 30, 2, virtio->op,
			   virtio_op_name(virtio->op));
	show_flags(v, virtio, at + 32);
	packet_show_number(v, "Buffer allocation", at + 36, 4, virtio->buffer_allocation, NULL);
	packet_show_number(v, "Forward count", at + 40, 4, virtio->forward_count, NULL);
}

static void show_vsock(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_vsock *vsock = &l->vsock;
	uint32_t at = l->offset;

	packet_show_number(v, "Source CID", at, 8, vsock->source_cid, cid_name(vsock->source_cid));
	packet_show_number(v, "Destination CID", at + 8, 8, vsock->destination_cid,
			   cid_name(vsock->destination_cid));
	packet_show_number(v, "Source port", at + 16, 4, vsock->source_port, NULL);
	packet_show_number(v, "Destination port", at + 20, 4, vsock->destination_port, NULL);
	packet_show_number(v, "Operation", at + 24, 2, vsock->op, op_name(vsock->op));
	packet_show_number(v, "Transport", at + 26, 2, vsock->transport,
			   transport_name(vsock->transport));
	packet_show_number(v, "Transport header length", at + 28, 2, vsock->transport_length, NULL);
	packet_show_bytes(v, "Reserved", at + 30, 2);
	at += MONITOR_LENGTH;
	if (vsock->has_virtio) {
		packet_show_number(v, "virtio header", at, VIRTIO_LENGTH, VIRTIO_LENGTH, "bytes");
		packet_show_in(v);
		show_virtio(v, &vsock->virtio, at);
		packet_show_out(v);
		at += VIRTIO_LENGTH;
	}
	if (l->offset + l->header_length > at)
		packet_show_bytes(v, "Transport header", at, l->offset + l->header_length - at);
}

static void put_end(struct packet_out *out, uint64_t cid, uint32_t port)
{
	const char *name = cid_name(cid);

	if (name != NULL)
		packet_put(out, name);
	else
		packet_put_number(out, cid);
	packet_put_char(out, ':');
	packet_put_number(out, port);
}

static void line_virtio(struct packet_out *out, const struct packet_virtio_vsock *virtio)
{
	const char *name = type_name(virtio->type);

	packet_put_char(out, ' ');
	packet_put(out, name != NULL ? name : "type ?");
	name = virtio_op_name(virtio->op);
	packet_put_char(out, ' ');
	packet_put(out, name != NULL ? name : "operation ?");
	if (virtio->flags != 0) {
		packet_put(out, " flags 0x");
		packet_put_hex(out, virtio->flags, 1);
	}
	packet_put_pair(out, "buf_alloc", virtio->buffer_allocation);
	packet_put_pair(out, "fwd_cnt", virtio->forward_count);
	packet_put_length(out, virtio->length);
}

static void line_vsock(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_vsock *vsock = &l->vsock;
	const char *name = op_name(vsock->op);

	(void)p;
	packet_put(out, "vsock ");
	if (l->header_captured < MONITOR_LENGTH) {
		packet_put(out, "header cut");
		return;
	}
	put_end(out, vsock->source_cid, vsock->source_port);
	packet_put(out, " > ");
	put_end(out, vsock->destination_cid, vsock->destination_port);
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "operation ");
		packet_put_number(out, vsock->op);
	}
	if (l->header_captured < l->header_length)
		packet_put(out, " header cut");
	else if (vsock->has_virtio)
		line_virtio(out, &vsock->virtio);
	else if (l->length >= l->header_length)
		packet_put_length(out, l->length - l->header_length);
}

const struct packet_protocol packet_protocol_vsock = {
	.name = "vsock",
	.show = show_vsock,
	.line = line_vsock,
};
