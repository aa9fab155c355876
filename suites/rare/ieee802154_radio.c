/* SPDX-License-Identifier: MIT */
#include "suites/rare/ieee802154_radio.h"

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/kit.h"

struct sockaddr_ieee802154 station_short(uint16_t address)
{
	struct sockaddr_ieee802154 station;

	memset(&station, 0, sizeof(station));
	station.family = AF_IEEE802154;
	station.addr.addr_type = ADDRESS_SHORT;
	station.addr.pan_id = NETWORK;
	station.addr.short_addr = address;
	return station;
}

static struct ifreq interface_named(const char *name)
{
	struct ifreq request;

	memset(&request, 0, sizeof(request));
	strncpy(request.ifr_name, name, sizeof(request.ifr_name) - 1);
	return request;
}

static void turn(struct expect_at at, int fd, const char *name, bool on)
{
	struct ifreq request = interface_named(name);

	expect_success(at, ioctl(fd, SIOCGIFFLAGS, &request));
	request.ifr_flags = (short)(on ? request.ifr_flags | IFF_UP : request.ifr_flags & ~IFF_UP);
	expect_success(at, ioctl(fd, SIOCSIFFLAGS, &request));
}

/* While it is off: a radio that is on keeps its addresses. */
static void give_address(struct expect_at at, const char *name, uint16_t address)
{
	const struct sockaddr_ieee802154 station = station_short(address);
	struct ifreq request = interface_named(name);
	int fd = (int)expect_success(at, socket(AF_IEEE802154, SOCK_DGRAM, 0));

	turn(at, fd, name, false);
	/* Of 16 bytes for a program of 32 bits: enough for the short address, which ends at 12. */
	memcpy(&request.ifr_ifru, &station,
	       sizeof(request.ifr_ifru) < sizeof(station) ? sizeof(request.ifr_ifru)
							  : sizeof(station));
	expect_success(at, ioctl(fd, SIOCSIFADDR, &request));
	turn(at, fd, name, true);
	close(fd);
}

void stations_on_at(struct expect_at at)
{
	give_address(at, INTERFACE_A, SHORT_A);
	give_address(at, INTERFACE_B, SHORT_B);
}

struct sockaddr_ieee802154 station_long_at(struct expect_at at, const char *interface)
{
	struct sockaddr_ieee802154 station = station_short(0);
	struct ifreq request = interface_named(interface);
	int fd = (int)expect_success(at, socket(AF_INET, SOCK_DGRAM, 0));

	expect_success(at, ioctl(fd, SIOCGIFHWADDR, &request));
	close(fd);
	station.addr.addr_type = ADDRESS_LONG;
	memcpy(station.addr.hwaddr, request.ifr_hwaddr.sa_data, LONG_BYTES);
	return station;
}

int station_bound_at(struct expect_at at, uint16_t address)
{
	const struct sockaddr_ieee802154 name = station_short(address);
	int fd = (int)expect_success(at, socket(AF_IEEE802154, SOCK_DGRAM, 0));

	expect_success(at, bind(fd, STATION(name)));
	return fd;
}
