/* SPDX-License-Identifier: MIT */
#include "suites/packet/packet_help.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/kit.h"
#include "harness/sandbox/sandbox.h"

const uint8_t mac_a[ETH_ALEN] = {2, 0, 0, 0, 0, 1};
const uint8_t mac_b[ETH_ALEN] = {2, 0, 0, 0, 0, 2};
const uint8_t mac_stranger[ETH_ALEN] = {2, 0, 0, 0, 0, 0x99};
const uint8_t mac_everybody[ETH_ALEN] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
/* RFC 1112 6.4: of 233.252.0.1, which RFC 5771 keeps for documentation. */
const uint8_t mac_group[ETH_ALEN] = {0x01, 0x00, 0x5e, 0x7c, 0x00, 0x01};

struct frame frame_of(const uint8_t *to, const uint8_t *from, unsigned int type, const void *data,
		      size_t size)
{
	struct frame frame = {.size = ETH_HLEN + size};

	if (frame.size > sizeof(frame.bytes))
		frame.size = sizeof(frame.bytes);
	memcpy(frame.header.h_dest, to, ETH_ALEN);
	memcpy(frame.header.h_source, from, ETH_ALEN);
	frame.header.h_proto = htons((uint16_t)type);
	memcpy(frame.bytes + ETH_HLEN, data, frame.size - ETH_HLEN);
	return frame;
}

struct sockaddr_ll link_address(int interface, unsigned int type, const uint8_t *to)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET,
				      .sll_protocol = htons((uint16_t)type),
				      .sll_ifindex = interface};

	if (to != NULL) {
		address.sll_halen = ETH_ALEN;
		memcpy(address.sll_addr, to, ETH_ALEN);
	}
	return address;
}

void stay_on_one_processor(void)
{
	int here = sched_getcpu();
	cpu_set_t set;

	if (here < 0)
		return;
	CPU_ZERO(&set);
	CPU_SET((size_t)here, &set);
	/* Without it the order is only very likely. */
	(void)sched_setaffinity(0, sizeof(set), &set);
}

int packet_socket_at(struct expect_at at, const char *host, int type, int interface,
		     unsigned int protocol)
{
	struct sockaddr_ll address = link_address(interface, protocol, NULL);
	int fd;

	stay_on_one_processor();
	/* With protocol 0 nothing comes before bind() has said where from. */
	fd = (int)expect_success(at, host_socket(host, AF_PACKET, type,
						 interface != 0 ? 0 : htons((uint16_t)protocol)));
	if (interface != 0)
		expect_success(at, bind(fd, LINK(address)));
	return fd;
}

ssize_t packet_receive_here(int fd, void *buffer, size_t size, struct sockaddr_ll *from)
{
	socklen_t length = sizeof(*from);

	if (from != NULL)
		memset(from, 0xa5, sizeof(*from));
	if (wait_for(fd, POLLIN, SOON_MS) != POLLIN)
		return -1;
	return recvfrom(fd, buffer, size, 0, (struct sockaddr *)from, from ? &length : NULL);
}

ssize_t send_text_here(int fd, const uint8_t *to, const char *text)
{
	struct frame frame = frame_of(to, mac_a, EXPERIMENT, text, strlen(text));
	struct sockaddr_ll address = link_address(A_ETH0, EXPERIMENT, to);

	return sendto(fd, FRAME(frame), 0, LINK(address));
}

int set_link_up_here(const char *interface, int up)
{
	struct ifreq request = {.ifr_flags = 0};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), result;

	if (fd < 0)
		return -1;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", interface);
	result = ioctl(fd, SIOCGIFFLAGS, &request);
	if (result == 0) {
		request.ifr_flags =
			(short)(up ? request.ifr_flags | IFF_UP : request.ifr_flags & ~IFF_UP);
		result = ioctl(fd, SIOCSIFFLAGS, &request);
	}
	close(fd);
	return result;
}

void need_packet_option_here(int option, const char *name)
{
	int fd = socket(AF_PACKET, SOCK_RAW, 0), value = 0;
	socklen_t length = sizeof(value);

	if (fd >= 0 && getsockopt(fd, SOL_PACKET, option, &value, &length) != 0 &&
	    errno == ENOPROTOOPT)
		SKIP(name, "getsockopt(SOL_PACKET, %s): ENOPROTOOPT", name);
	close(fd);
}
