/* SPDX-License-Identifier: MIT */
/* vsock as the vsockmon device shows it. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_VSOCK_H
#define SOCKATLAS_PACKET_VSOCK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Context identifiers with a meaning, linux/vm_sockets.h. */
#define PACKET_VSOCK_CID_ANY 0xffffffffu
enum {
	PACKET_VSOCK_CID_HYPERVISOR = 0,
	PACKET_VSOCK_CID_LOCAL = 1,
	PACKET_VSOCK_CID_HOST = 2,
};

enum {
	PACKET_VSOCK_OP_UNKNOWN = 0,
	PACKET_VSOCK_OP_CONNECT = 1,
	PACKET_VSOCK_OP_DISCONNECT = 2,
	PACKET_VSOCK_OP_CONTROL = 3,
	PACKET_VSOCK_OP_PAYLOAD = 4,
};

enum {
	PACKET_VSOCK_TRANSPORT_UNKNOWN = 0,
	PACKET_VSOCK_TRANSPORT_NO_INFO = 1,
	PACKET_VSOCK_TRANSPORT_VIRTIO = 2,
};

/* struct virtio_vsock_hdr, virtio 1.2 5.10.6. All numbers are little-endian. */
struct packet_virtio_vsock {
	uint64_t source_cid;
	uint64_t destination_cid;
	uint32_t source_port;
	uint32_t destination_port;
	uint32_t length; /* of the payload, in bytes */
	uint16_t type;	 /* 1 stream, 2 seqpacket */
	uint16_t op;
	uint32_t flags;		    /* of shutdown: 1 no more receiving, 2 no more sending; of */
				    /* rw: 1 end of message, 2 end of record */
	uint32_t buffer_allocation; /* bytes that the sender has room for */
	uint32_t forward_count;	    /* bytes that it has read since the connection began */
};

/* struct af_vsockmon_hdr, linux/vsockmon.h, and what follows when that is virtio's. */
struct packet_vsock {
	uint64_t source_cid;
	uint64_t destination_cid;
	uint32_t source_port;
	uint32_t destination_port;
	uint16_t op;		   /* PACKET_VSOCK_OP_* */
	uint16_t transport;	   /* PACKET_VSOCK_TRANSPORT_* */
	uint16_t transport_length; /* of the transport's header, in bytes */
	bool has_virtio;
	struct packet_virtio_vsock virtio;
};

#ifdef __cplusplus
}
#endif

#endif
