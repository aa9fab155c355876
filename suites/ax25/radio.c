/* SPDX-License-Identifier: MIT */
#include "suites/ax25/radio.h"

#include <fcntl.h>
#include <net/if_arp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "harness/kit.h"

enum {
	STATIONS = 2,
	LETTERS = 6,
	DISCIPLINE_AX25 = 5, /* N_AX25 of linux/include/uapi/linux/tty.h */
	ENCAPSULATION = 4,   /* of the interface: AX.25 */
};

ax25_address callsign(const char *letters)
{
	ax25_address call;

	memset(call.ax25_call, ' ' << 1, LETTERS);
	for (int i = 0; i < LETTERS && letters[i] != 0; i++)
		call.ax25_call[i] = (char)(letters[i] << 1);
	call.ax25_call[LETTERS] = 0;
	return call;
}

struct sockaddr_ax25 ax25_station(const char *letters)
{
	return (struct sockaddr_ax25){.sax25_family = AF_AX25, .sax25_call = callsign(letters)};
}

void radio_interface_at(struct expect_at at, const char *name, unsigned short type,
			const void *address, size_t size)
{
	struct ifreq request = {.ifr_flags = 0};
	int fd = (int)expect_success(at, socket(AF_INET, SOCK_DGRAM, 0));

	strncpy(request.ifr_name, name, sizeof(request.ifr_name) - 1);
	expect_success(at, ioctl(fd, SIOCGIFFLAGS, &request));
	request.ifr_flags = (short)(request.ifr_flags & ~IFF_UP);
	expect_success(at, ioctl(fd, SIOCSIFFLAGS, &request));
	request.ifr_hwaddr = (struct sockaddr){.sa_family = type};
	memcpy(request.ifr_hwaddr.sa_data, address, size);
	expect_success(at, ioctl(fd, SIOCSIFHWADDR, &request));
	expect_success(at, ioctl(fd, SIOCGIFFLAGS, &request));
	request.ifr_flags |= IFF_UP;
	expect_success(at, ioctl(fd, SIOCSIFFLAGS, &request));
	close(fd);
}

static void copy_between(const int modems[STATIONS]) __attribute__((noreturn));
static void copy_between(const int modems[STATIONS])
{
	struct pollfd events[STATIONS] = {{.fd = modems[0], .events = POLLIN},
					  {.fd = modems[1], .events = POLLIN}};
	char bytes[4096];

	for (;;) {
		if (poll(events, STATIONS, -1) < 0 && errno != EINTR)
			_exit(1);
		for (int i = 0; i < STATIONS; i++) {
			ssize_t size;

			if (events[i].revents == 0)
				continue;
			size = read(modems[i], bytes, sizeof(bytes));
			if (size <= 0 || write(modems[1 - i], bytes, (size_t)size) != size)
				_exit(1);
		}
	}
}

/* A modem; `*terminal`, on which the interface is, has to stay open. */
static int modem_at(struct expect_at at, const char *station, int *terminal)
{
	const ax25_address call = callsign(station);
	const int discipline = DISCIPLINE_AX25, encapsulation = ENCAPSULATION;
	struct ifreq request = {.ifr_flags = 0};
	struct termios mode;
	char name[64];
	int modem = (int)expect_success(at, open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC));

	expect_success(at, grantpt(modem));
	expect_success(at, unlockpt(modem));
	expect_success(at, -ptsname_r(modem, name, sizeof(name)));
	*terminal = (int)expect_success(at, open(name, O_RDWR | O_NOCTTY | O_CLOEXEC));
	expect_success(at, tcgetattr(*terminal, &mode));
	cfmakeraw(&mode);
	expect_success(at, tcsetattr(*terminal, TCSANOW, &mode));
	expect_success(at, ioctl(*terminal, TIOCSETD, &discipline));
	expect_success(at, ioctl(*terminal, SIOCGIFNAME, &request));
	expect_success(at, ioctl(*terminal, SIOCSIFENCAP, &encapsulation));
	radio_interface_at(at, request.ifr_name, ARPHRD_AX25, &call, sizeof(call));
	return modem;
}

void radio_on_at(struct expect_at at)
{
	int modems[STATIONS], terminals[STATIONS];
	pid_t process;

	modems[0] = modem_at(at, STATION_A, &terminals[0]);
	modems[1] = modem_at(at, STATION_B, &terminals[1]);
	process = (pid_t)expect_success(at, fork());
	if (process == 0) {
		close(terminals[0]);
		close(terminals[1]);
		copy_between(modems);
	}
	close(modems[0]);
	close(modems[1]);
}

int ax25_bound_at(struct expect_at at, int type, const char *station)
{
	const struct sockaddr_ax25 address = ax25_station(station);
	int fd = (int)expect_success(at, socket(AF_AX25, type, 0));

	expect_success(at, bind(fd, AX25(address)));
	return fd;
}

struct radio_ends radio_connected_at(struct expect_at at, int client, int listener)
{
	const struct sockaddr_ax25 to = ax25_station(STATION_B);
	struct radio_ends ends = {.client = client, .listener = listener};

	expect_success(at, listen(listener, 1));
	expect_success(at, connect(client, AX25(to)));
	ends.server = (int)expect_success(at, accept(listener, NULL, NULL));
	return ends;
}
