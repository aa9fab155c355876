/* SPDX-License-Identifier: MIT */
/* bind() of AF_VSOCK: machines are numbers, and so are ports. */
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/vsock/vsock_help.h"

#include "harness/case.h"

/*
 * Any machine, any port.
 *
 * A new socket has neither. bind() to `VMADDR_CID_ANY` takes what comes to any number that
 * this machine has, and `VMADDR_PORT_ANY` a free port above those that are reserved.
 */
CASE(any_port,
     .claim = "bind() to VMADDR_PORT_ANY gives a free port above 1023, a different one to each "
	      "socket",
     .level = LINUX, .spec = "vsock(7)", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock bind")
{
	struct sockaddr_vm any = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY), one, two;
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	int other = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));

	one = vsock_name(fd);
	EXPECT_EQ(one.svm_cid, VMADDR_CID_ANY);
	EXPECT_EQ(one.svm_port, VMADDR_PORT_ANY);
	EXPECT_OK(bind(fd, VSOCK(any)));
	EXPECT_OK(bind(other, VSOCK(any)));
	one = vsock_name(fd);
	two = vsock_name(other);
	EXPECT_EQ(one.svm_cid, VMADDR_CID_ANY);
	EXPECT_NE(one.svm_port, VMADDR_PORT_ANY);
	EXPECT_GT(one.svm_port, 1023);
	EXPECT_NE(one.svm_port, two.svm_port);
}

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row kinds[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/* A port has one owner, also between the two types of sockets. */
CASE(port_in_use,
     .claim = "bind() to a port that another socket has fails with EADDRINUSE until that is closed",
     .level = LINUX, .spec = "vsock(7) ERRORS EADDRINUSE", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock bind errno", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type, owner, fd;
	struct sockaddr_vm same;
	unsigned int port;

	need_vsock_type(type);
	owner = vsock_bound(SOCK_STREAM, 0, &port);
	fd = SETUP(socket(AF_VSOCK, type, 0));
	same = vsock_address(VMADDR_CID_ANY, port);
	EXPECT_ERR(bind(fd, VSOCK(same)), EADDRINUSE);
	EXPECT_OK(close(owner));
	EXPECT_OK(bind(fd, VSOCK(same)));
	EXPECT_EQ(vsock_name(fd).svm_port, port);
}

struct wrong_row {
	struct variant variant;
	int family;
	unsigned int cid;
	unsigned char flags;
	socklen_t length;
	int error;
};

enum { WHOLE = sizeof(struct sockaddr_vm) };

static const struct wrong_row wrongs[] = {
	{{"another_machine", NULL}, AF_VSOCK, 0x7fffffff, 0, WHOLE, EADDRNOTAVAIL},
	{{"hypervisor", NULL}, AF_VSOCK, VMADDR_CID_HYPERVISOR, 0, WHOLE, EADDRNOTAVAIL},
	{{"other_family", NULL}, AF_INET, VMADDR_CID_ANY, 0, WHOLE, EINVAL},
	{{"too_short", NULL}, AF_VSOCK, VMADDR_CID_ANY, 0, WHOLE - 1, EINVAL},
	{{"unknown_flag", NULL}, AF_VSOCK, VMADDR_CID_ANY, 0x80, WHOLE, EINVAL},
};

/* The number of another machine is not ours to take. */
CASE(errors,
     .claim = "bind() to the number of another machine fails with EADDRNOTAVAIL, with a wrong "
	      "address EINVAL; a second bind() EINVAL",
     .level = LINUX, .spec = "vsock(7) ERRORS", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_vm wrong = vsock_address(row->cid, VMADDR_PORT_ANY);
	struct sockaddr_vm right = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));

	wrong.svm_family = (sa_family_t)row->family;
	/* svm_flags, where this header has it; one of the bytes that have to be 0 where not. */
	((unsigned char *)&wrong)[sizeof(wrong.svm_family) + sizeof(wrong.svm_reserved1) + 8] =
		row->flags;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, row->length), row->error);
	EXPECT_OK(bind(fd, VSOCK(right)));
	EXPECT_ERR(bind(fd, VSOCK(right)), EINVAL);
}

/*
 * An address for a guest of a guest.
 *
 * Where virtual machines run inside virtual machines, a number may be that of a sibling, which
 * only the host can reach, or of a guest of one's own. `VMADDR_FLAG_TO_HOST` in the address says:
 * by way of the host. It is for connect(); bind() takes the address with it and forgets it.
 */
CASE(way_by_the_host,
     .claim = "bind() takes an address with VMADDR_FLAG_TO_HOST, which getsockname() does not tell",
     .level = LINUX, .spec = "vsock(7); include/uapi/linux/vm_sockets.h; Linux 5.11",
     .needs = "vsock", .tags = "vsock bind")
{
	struct sockaddr_vm any = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY);
	unsigned char *flags =
		(unsigned char *)&any + sizeof(any.svm_family) + sizeof(any.svm_reserved1) + 8;
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	struct sockaddr_vm name;

	*flags = 1; /* VMADDR_FLAG_TO_HOST, which older headers have not */
	if (bind(fd, VSOCK(any)) != 0 && errno == EINVAL)
		SKIP("VMADDR_FLAG_TO_HOST", "EINVAL: Linux before 5.11");
	name = vsock_name(fd);
	EXPECT_NE(name.svm_port, VMADDR_PORT_ANY);
	EXPECT_EQ(((unsigned char *)&name)[flags - (unsigned char *)&any], 0);
	/* It is bound: not a second time. */
	EXPECT_ERR(bind(fd, VSOCK(any)), EINVAL);
}

/*
 * Reserved ports.
 *
 * As with TCP the ports up to 1023 are for the system's services. The machine's ports are
 * not divided among containers, and so the privilege has to be one over the machine: root
 * of a user namespace does not have it.
 */
CASE(reserved_port,
     .claim = "bind() to a port below 1024 fails with EACCES without CAP_NET_BIND_SERVICE",
     .level = LINUX, .spec = "vsock(7) ERRORS EACCES", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock bind privilege errno")
{
	struct sockaddr_vm reserved = vsock_address(VMADDR_CID_ANY, 1023);
	struct sockaddr_vm any = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));

	SETUP(sandbox_drop_capability(CAP_NET_BIND_SERVICE));
	EXPECT_ERR(bind(fd, VSOCK(reserved)), EACCES);
	EXPECT_OK(bind(fd, VSOCK(any)));
}

/*
 * Which number have I?
 *
 * The device /dev/vsock tells the number of this machine, `VMADDR_CID_ANY` when it has none;
 * a socket does not know the request. bind() to that number works.
 */
CASE(own_number,
     .claim =
	     "IOCTL_VM_SOCKETS_GET_LOCAL_CID on /dev/vsock gives the number of this machine, which "
	     "bind() accepts; on a socket it is ENOTTY or EOPNOTSUPP",
     .level = LINUX, .spec = "vsock(7) Ioctls", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock ioctl bind")
{
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0)), device;
	unsigned int cid = 77;
	struct sockaddr_vm own;

	device = open("/dev/vsock", O_RDONLY | O_CLOEXEC);
	if (device < 0)
		SKIP("/dev/vsock", "open: errno %d", errno);
	/* Before Linux 6.12, which gave these sockets requests, none is known: EOPNOTSUPP. */
	EXPECT_ERR(ioctl(fd, IOCTL_VM_SOCKETS_GET_LOCAL_CID, &cid), ENOTTY, EOPNOTSUPP);
	EXPECT_EQ(cid, 77);
	EXPECT_OK(ioctl(device, IOCTL_VM_SOCKETS_GET_LOCAL_CID, &cid));
	EXPECT_NE(cid, 77);
	own = vsock_address(cid, VMADDR_PORT_ANY);
	EXPECT_OK(bind(fd, VSOCK(own)));
	EXPECT_EQ(vsock_name(fd).svm_cid, cid);
	close(device);
}

/*
 * The host of virtual machines.
 *
 * 2 is the host, seen from its guests. Only there can the number be bound; in a guest it is
 * that of somebody else.
 */
CASE(number_of_the_host,
     .claim = "VMADDR_CID_HOST is bound by a host of virtual machines, elsewhere it fails with "
	      "EADDRNOTAVAIL",
     .level = LINUX, .spec = "vsock(7) VMADDR_CID_HOST", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock bind errno")
{
	struct sockaddr_vm host = vsock_address(VMADDR_CID_HOST, VMADDR_PORT_ANY);
	struct sockaddr_vm any = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));

	if (bind(fd, VSOCK(host)) == 0) {
		EXPECT_EQ(vsock_name(fd).svm_cid, VMADDR_CID_HOST);
	} else {
		EXPECT_ERRNO(errno, EADDRNOTAVAIL);
		EXPECT_OK(bind(fd, VSOCK(any)));
	}
}

/*
 * Talking to oneself.
 *
 * `VMADDR_CID_LOCAL` is the machine itself, if the kernel has a transport for that
 * (vsock_loopback); else the number is nobody's.
 */
CASE(loopback_number,
     .claim = "bind() to VMADDR_CID_LOCAL works where there is a loopback, and fails with "
	      "EADDRNOTAVAIL elsewhere",
     .level = LINUX, .spec = "vsock(7) VMADDR_CID_LOCAL", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock bind errno")
{
	struct sockaddr_vm local = vsock_address(VMADDR_CID_LOCAL, VMADDR_PORT_ANY);
	struct sockaddr_vm any = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));

	if (bind(fd, VSOCK(local)) == 0) {
		EXPECT_EQ(vsock_name(fd).svm_cid, VMADDR_CID_LOCAL);
		OBSERVE("loopback", "yes");
	} else {
		EXPECT_ERRNO(errno, EADDRNOTAVAIL);
		EXPECT_OK(bind(fd, VSOCK(any)));
		OBSERVE("loopback", "no");
	}
}
