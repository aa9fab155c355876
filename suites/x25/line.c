/* SPDX-License-Identifier: MIT */
#include "suites/x25/line.h"

#include <fcntl.h>
#include <net/if_arp.h>
#include <linux/if_tun.h>
#include <linux/if_x25.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/kit.h"

enum {
	ENDS = 2,
	KIND = 4, /* where the byte is that says what a frame is, behind struct tun_pi */
};

struct sockaddr_x25 x25_number(const char *digits)
{
	struct sockaddr_x25 address = {.sx25_family = AF_X25};

	strncpy(address.sx25_addr.x25_addr, digits, sizeof(address.sx25_addr.x25_addr) - 1);
	return address;
}

/*
 * What LAPB would do: it connects when it is asked to, and carries data. The packet layer talks
 * with it by a byte in front of each packet (Documentation/networking/x25-iface.rst).
 */
static void be_the_link(const int lines[ENDS]) __attribute__((noreturn));
static void be_the_link(const int lines[ENDS])
{
	struct pollfd events[ENDS] = {{.fd = lines[0], .events = POLLIN},
				      {.fd = lines[1], .events = POLLIN}};
	unsigned char frame[8192];

	for (;;) {
		if (poll(events, ENDS, -1) < 0 && errno != EINTR)
			_exit(1);
		for (int i = 0; i < ENDS; i++) {
			ssize_t size;
			int to;

			if (events[i].revents == 0)
				continue;
			size = read(lines[i], frame, sizeof(frame));
			if (size <= 0)
				_exit(1);
			if (size <= KIND)
				continue;
			to = frame[KIND] == X25_IFACE_DATA ? 1 - i : i;
			if (write(lines[to], frame, (size_t)size) != size)
				_exit(1);
		}
	}
}

/* An interface of a program that speaks X.25 to its device. */
static int end_at(struct expect_at at, const char *name)
{
	struct ifreq request = {.ifr_flags = IFF_TUN};
	int fd = (int)expect_success(at, open("/dev/net/tun", O_RDWR | O_CLOEXEC));
	int control = (int)expect_success(at, socket(AF_INET, SOCK_DGRAM, 0));

	strncpy(request.ifr_name, name, sizeof(request.ifr_name) - 1);
	expect_success(at, ioctl(fd, TUNSETIFF, &request));
	expect_success(at, ioctl(fd, TUNSETLINK, ARPHRD_X25));
	request.ifr_flags = IFF_UP;
	expect_success(at, ioctl(control, SIOCSIFFLAGS, &request));
	close(control);
	return fd;
}

void line_on_at(struct expect_at at)
{
	/* The family has to be there before the interfaces are, to hear of them. */
	int family = (int)expect_success(at, socket(AF_X25, SOCK_SEQPACKET, 0));
	int lines[ENDS];
	pid_t process;

	lines[0] = end_at(at, LINE_A);
	lines[1] = end_at(at, LINE_B);
	process = (pid_t)expect_success(at, fork());
	if (process == 0)
		be_the_link(lines);
	close(lines[0]);
	close(lines[1]);
	expect_success(at, x25_route_here(family, SIOCADDRT, NETWORK, LINE_A));
	close(family);
}

int x25_route_here(int fd, unsigned long request, const char *digits, const char *device)
{
	struct x25_route_struct route = {.sigdigits = (unsigned int)strlen(digits)};

	strncpy(route.address.x25_addr, digits, sizeof(route.address.x25_addr) - 1);
	strncpy(route.device, device, sizeof(route.device) - 1);
	return ioctl(fd, request, &route);
}

int x25_bound_at(struct expect_at at, const char *number)
{
	const struct sockaddr_x25 address = x25_number(number);
	int fd = (int)expect_success(at, socket(AF_X25, SOCK_SEQPACKET, 0));

	expect_success(at, bind(fd, X25(address)));
	return fd;
}

struct x25_ends x25_connected_at(struct expect_at at, int client, int listener)
{
	const struct sockaddr_x25 to = x25_number(NUMBER_B);
	struct x25_ends ends = {.client = client, .listener = listener};

	expect_success(at, listen(listener, 1));
	expect_success(at, connect(client, X25(to)));
	ends.server = (int)expect_success(at, accept(listener, NULL, NULL));
	return ends;
}
