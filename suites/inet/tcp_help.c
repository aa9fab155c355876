/* SPDX-License-Identifier: MIT */
#include "suites/inet/tcp_help.h"

#include <linux/ethtool.h>
#include <linux/filter.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int go_deaf_here(int fd)
{
	struct sock_filter take_nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog program = {.len = 1, .filter = &take_nothing};

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
}

int hear_again_here(int fd)
{
	int unused = 0;

	return setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof(unused));
}

int plain_segments_here(const char *interface)
{
	struct ethtool_value off = {.cmd = ETHTOOL_STSO, .data = 0};
	struct ifreq request = {.ifr_data = (void *)&off};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), result;

	if (fd < 0)
		return -1;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", interface);
	result = ioctl(fd, SIOCETHTOOL, &request);
	close(fd);
	return result;
}

int nonblocking_socket_here(int family)
{
	return socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
}

struct wanted_segment {
	uint16_t port;
	unsigned int bits, mask;
	bool data;
};

static bool is_wanted(const struct packet *packet, const void *context)
{
	const struct packet_tcp *tcp = packet_tcp(packet);
	const struct wanted_segment *wanted = context;

	return tcp != NULL && tcp->source_port == wanted->port &&
	       (tcp->flags & wanted->mask) == wanted->bits &&
	       (!wanted->data || tcp->payload_length > 0);
}

const struct packet *wire_next_from(struct wire *wire, uint16_t port, unsigned int bits,
				    unsigned int mask)
{
	struct wanted_segment wanted = {port, bits, mask, false};

	return wire_next_wanted(wire, is_wanted, &wanted, SOON_MS);
}

const struct packet *wire_next_data(struct wire *wire, uint16_t port)
{
	struct wanted_segment wanted = {port, 0, 0, true};

	return wire_next_wanted(wire, is_wanted, &wanted, SOON_MS);
}

int tcp_table_state(int family, uint16_t local_port, uint16_t remote_port)
{
	/* /proc/net is that of the process's first thread; this one may be on another host. */
	FILE *table = fopen(family == AF_INET6 ? "/proc/thread-self/net/tcp6"
					       : "/proc/thread-self/net/tcp",
			    "re");
	char line[512];
	int found = 0;

	if (table == NULL)
		return 0;
	while (found == 0 && fgets(line, sizeof(line), table) != NULL) {
		unsigned int local, remote, state;

		/* "  0: 0100007F:1F90 0100007F:C350 01 ...": addresses, ports and state in hex. */
		if (sscanf(line, " %*d: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%x %x", &local, &remote,
			   &state) == 3 &&
		    local == local_port && remote == remote_port)
			found = (int)state;
	}
	fclose(table);
	return found;
}

bool wait_for_table_state(int family, uint16_t local_port, uint16_t remote_port, int state)
{
	int64_t deadline = clock_ms() + SOON_MS;
	bool reached;

	while (!(reached = tcp_table_state(family, local_port, remote_port) == state) &&
	       clock_ms() < deadline)
		sleep_ms(1);
	return reached;
}
