/* SPDX-License-Identifier: MIT */
/* Options of AF_VSOCK. Their level is the family's number. */
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "suites/vsock/vsock_help.h"

#include "harness/case.h"

enum { CONNECT_TIMEOUT_NEW = 8 }; /* SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW */

static uint64_t get_size(int fd, int option)
{
	uint64_t value = 77;
	socklen_t length = sizeof(value);

	EXPECT_OK(getsockopt(fd, AF_VSOCK, option, &value, &length));
	EXPECT_EQ(length, sizeof(value));
	return value;
}

static int set_size(int fd, int option, uint64_t value)
{
	return setsockopt(fd, AF_VSOCK, option, &value, sizeof(value));
}

struct size_row {
	struct variant variant;
	uint64_t asked, given;
};

static const struct size_row sizes[] = {
	{{"between", NULL}, 100000, 100000},
	{{"too_small", NULL}, 1, 5000},
	{{"too_large", NULL}, 10000000, 200000},
};

/*
 * A buffer within bounds.
 *
 * How much may be on its way is one number of 64 bits, with two others as its bounds: a
 * program sets the bounds, and a size outside is moved to the nearest.
 */
CASE(buffer_within_bounds,
     .claim = "SO_VM_SOCKETS_BUFFER_SIZE is kept between SO_VM_SOCKETS_BUFFER_MIN_SIZE and "
	      "SO_VM_SOCKETS_BUFFER_MAX_SIZE",
     .level = LINUX, .spec = "vsock(7) Socket options", .needs = "vsock", .tags = "vsock option",
     .VARIANTS(sizes))
{
	const struct size_row *row = VARIANT(struct size_row);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));

	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_MAX_SIZE, 200000));
	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_MIN_SIZE, 5000));
	EXPECT_EQ(get_size(fd, SO_VM_SOCKETS_BUFFER_MAX_SIZE), 200000);
	EXPECT_EQ(get_size(fd, SO_VM_SOCKETS_BUFFER_MIN_SIZE), 5000);
	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_SIZE, row->asked));
	EXPECT_EQ(get_size(fd, SO_VM_SOCKETS_BUFFER_SIZE), row->given);
}

/* New bounds move a size that is already set. */
CASE(bounds_move_the_size, .claim = "setting a bound of the buffer moves a size that lies outside",
     .level = LINUX, .spec = "vsock(7) Socket options", .needs = "vsock", .tags = "vsock option")
{
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));

	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_SIZE, 100000));
	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_MAX_SIZE, 60000));
	EXPECT_EQ(get_size(fd, SO_VM_SOCKETS_BUFFER_SIZE), 60000);
	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_MAX_SIZE, 200000));
	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_MIN_SIZE, 80000));
	EXPECT_EQ(get_size(fd, SO_VM_SOCKETS_BUFFER_SIZE), 80000);
}

struct time_row {
	struct variant variant;
	struct timeval time;
	int error;
};

static const struct time_row times[] = {
	{{"negative", NULL}, {-1, 0}, ERANGE},
	{{"a_million_microseconds", NULL}, {0, 1000000}, ERANGE},
	{{"good", NULL}, {7, 500000}, 0},
};

/* How long connect() may try: a time that is one. */
CASE(connect_timeout,
     .claim =
	     "SO_VM_SOCKETS_CONNECT_TIMEOUT is 2 s at first, is kept as set, and fails with ERANGE "
	     "for what is no time",
     .level = LINUX, .spec = "vsock(7) SO_VM_SOCKETS_CONNECT_TIMEOUT; net/vmw_vsock/af_vsock.c",
     .needs = "vsock", .tags = "vsock option errno", .VARIANTS(times))
{
	const struct time_row *row = VARIANT(struct time_row);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	struct timeval value = {77, 77};
	const struct timeval good = {7, 500000};
	socklen_t length = sizeof(value);

	EXPECT_OK(getsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &value, &length));
	EXPECT_EQ(length, sizeof(value));
	EXPECT_EQ(value.tv_sec, 2);
	EXPECT_EQ(value.tv_usec, 0);
	if (row->error != 0)
		EXPECT_ERR(setsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &row->time,
				      sizeof(row->time)),
			   row->error);
	EXPECT_OK(setsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &good, sizeof(good)));
	EXPECT_OK(getsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &value, &length));
	EXPECT_EQ(value.tv_sec, 7);
	EXPECT_EQ(value.tv_usec, 500000);
}

struct unknown_row {
	struct variant variant;
	int level, option;
};

static const struct unknown_row unknowns[] = {
	{{"peer_host_vm_id", NULL}, AF_VSOCK, SO_VM_SOCKETS_PEER_HOST_VM_ID},
	{{"trusted", NULL}, AF_VSOCK, SO_VM_SOCKETS_TRUSTED},
	{{"nonblock_txrx", NULL}, AF_VSOCK, SO_VM_SOCKETS_NONBLOCK_TXRX},
	{{"another_level", NULL}, 6, SO_VM_SOCKETS_BUFFER_SIZE},
};

/*
 * Options of one hypervisor.
 *
 * The family began with VMware's; options that only made sense there have names in the
 * header, and the kernel does not know them.
 */
CASE(not_implemented,
     .claim = "options of VMware's VMCI, and those of other levels, fail with ENOPROTOOPT",
     .level = OBSERVED, .spec = "linux/vm_sockets.h; net/vmw_vsock/af_vsock.c", .needs = "vsock",
     .tags = "vsock option errno", .VARIANTS(unknowns))
{
	const struct unknown_row *row = VARIANT(struct unknown_row);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	uint64_t value = 0;
	socklen_t length = sizeof(value);

	EXPECT_ERR(getsockopt(fd, row->level, row->option, &value, &length), ENOPROTOOPT);
	value = 100000;
	EXPECT_ERR(setsockopt(fd, row->level, row->option, &value, sizeof(value)), ENOPROTOOPT);
	EXPECT_ERR(setsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, &value, 4), EINVAL);
	EXPECT_OK(set_size(fd, SO_VM_SOCKETS_BUFFER_SIZE, value));
	EXPECT_EQ(get_size(fd, SO_VM_SOCKETS_BUFFER_SIZE), value);
}

/*
 * Seconds of 64 bits.
 *
 * Where the time of a C library has 32 bits, the same option exists a second time for times
 * of 64 bits; both are one setting. (Since Linux 5.16.)
 */
CASE(connect_timeout_of_64_bits,
     .claim = "SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW and SO_VM_SOCKETS_CONNECT_TIMEOUT are one setting",
     .level = LINUX, .spec = "linux/vm_sockets.h; net/vmw_vsock/af_vsock.c", .needs = "vsock",
     .tags = "vsock option")
{
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	int64_t set[2] = {7, 500000}, read[2] = {77, 77};
	struct timeval value = {77, 77};
	socklen_t length = sizeof(read);

	if (getsockopt(fd, AF_VSOCK, CONNECT_TIMEOUT_NEW, read, &length) != 0 &&
	    errno == ENOPROTOOPT)
		SKIP("SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW", "ENOPROTOOPT");
	EXPECT_EQ(length, sizeof(read));
	EXPECT_EQ(read[0], 2);
	EXPECT_EQ(read[1], 0);
	EXPECT_OK(setsockopt(fd, AF_VSOCK, CONNECT_TIMEOUT_NEW, set, sizeof(set)));
	length = sizeof(value);
	EXPECT_OK(getsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &value, &length));
	EXPECT_EQ(value.tv_sec, 7);
	EXPECT_EQ(value.tv_usec, 500000);
	length = sizeof(read);
	EXPECT_OK(getsockopt(fd, AF_VSOCK, CONNECT_TIMEOUT_NEW, read, &length));
	EXPECT_EQ(read[0], 7);
	EXPECT_EQ(read[1], 500000);
}
