/* SPDX-License-Identifier: MIT */
/*
 * Options of AF_VSOCK sockets (vsock(7)): the level is the family's number. Its addresses.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/vm_sockets.h>

static const struct name options_vsock_list[] = {
#ifdef SO_VM_SOCKETS_BUFFER_SIZE
	NAME(SO_VM_SOCKETS_BUFFER_SIZE),
#endif
#ifdef SO_VM_SOCKETS_BUFFER_MIN_SIZE
	NAME(SO_VM_SOCKETS_BUFFER_MIN_SIZE),
#endif
#ifdef SO_VM_SOCKETS_BUFFER_MAX_SIZE
	NAME(SO_VM_SOCKETS_BUFFER_MAX_SIZE),
#endif
#ifdef SO_VM_SOCKETS_PEER_HOST_VM_ID
	NAME(SO_VM_SOCKETS_PEER_HOST_VM_ID),
#endif
#ifdef SO_VM_SOCKETS_TRUSTED
	NAME(SO_VM_SOCKETS_TRUSTED),
#endif
#ifdef SO_VM_SOCKETS_CONNECT_TIMEOUT
	NAME(SO_VM_SOCKETS_CONNECT_TIMEOUT),
#endif
#ifdef SO_VM_SOCKETS_NONBLOCK_TXRX
	NAME(SO_VM_SOCKETS_NONBLOCK_TXRX),
#endif
#ifdef SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW
	NAME(SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW),
#endif
#ifdef SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD
	NAME(SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD),
#endif
};
NAME_TABLE(names_options_vsock, "option-socket", options_vsock_list);

static const struct name vsock_cids_list[] = {
#ifdef VMADDR_CID_ANY
	NAME(VMADDR_CID_ANY),
#endif
#ifdef VMADDR_CID_HYPERVISOR
	NAME(VMADDR_CID_HYPERVISOR),
#endif
#ifdef VMADDR_CID_LOCAL
	NAME(VMADDR_CID_LOCAL),
#endif
#ifdef VMADDR_CID_HOST
	NAME(VMADDR_CID_HOST),
#endif
};
NAME_TABLE(names_vsock_cids, "option-vsock", vsock_cids_list);

static const struct name vsock_ports_list[] = {
#ifdef VMADDR_PORT_ANY
	NAME(VMADDR_PORT_ANY),
#endif
};
NAME_TABLE(names_vsock_ports, "option-vsock", vsock_ports_list);

static const struct name vsock_flags_list[] = {
#ifdef VMADDR_FLAG_TO_HOST
	NAME(VMADDR_FLAG_TO_HOST),
#endif
};
NAME_TABLE(names_vsock_flags, "option-vsock", vsock_flags_list);
