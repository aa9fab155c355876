/* SPDX-License-Identifier: MIT */
#include "suites/vsock/vsock_help.h"

#include <string.h>
#include <unistd.h>

#include "harness/kit.h"

struct sockaddr_vm vsock_address(unsigned int cid, unsigned int port)
{
	return (struct sockaddr_vm){.svm_family = AF_VSOCK, .svm_cid = cid, .svm_port = port};
}

struct sockaddr_vm vsock_name_here(int fd)
{
	struct sockaddr_vm name;
	socklen_t length = sizeof(name);

	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.svm_family, AF_VSOCK);
	return name;
}

int vsock_bound_at(struct expect_at at, int type, int backlog, unsigned int *port)
{
	struct sockaddr_vm any = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY);
	socklen_t length = sizeof(any);
	int fd = (int)expect_success(at, socket(AF_VSOCK, type, 0));

	expect_success(at, bind(fd, VSOCK(any)));
	expect_success(at, getsockname(fd, (struct sockaddr *)&any, &length));
	if (backlog != 0)
		expect_success(at, listen(fd, backlog));
	*port = any.svm_port;
	return fd;
}

struct vsock_ends vsock_connected_at(struct expect_at at, int type, uint64_t buffer)
{
	struct vsock_ends ends = {.client = (int)expect_success(at, socket(AF_VSOCK, type, 0))};
	int listener = vsock_bound_at(at, type, 1, &ends.port);
	struct sockaddr_vm to = vsock_address(VMADDR_CID_LOCAL, ends.port);

	if (buffer != 0)
		expect_success(at, setsockopt(listener, AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE,
					      &buffer, sizeof(buffer)));
	expect_success(at, connect(ends.client, VSOCK(to)));
	ends.server = (int)expect_success(at, accept(listener, NULL, NULL));
	expect_success(at, close(listener));
	return ends;
}

void need_vsock_type_here(int type, const char *name)
{
	int fd = socket(AF_VSOCK, type, 0);

	if (fd < 0)
		SKIP(name, "socket(AF_VSOCK, %s): errno %d", name, errno);
	close(fd);
}
