/* SPDX-License-Identifier: MIT */
#include "suites/inet6/hosts.h"

#include <ifaddrs.h>
#include <string.h>
#include <unistd.h>

#include "harness/calls/record.h"

/* Whether the interface has one; copies it. */
static bool look(const char *interface, struct sockaddr_in6 *found)
{
	struct ifaddrs *all;
	bool there = false;

	if (getifaddrs(&all) != 0)
		return false;
	for (const struct ifaddrs *i = all; i != NULL && !there; i = i->ifa_next) {
		if (i->ifa_addr == NULL || i->ifa_addr->sa_family != AF_INET6 ||
		    strcmp(i->ifa_name, interface) != 0)
			continue;
		memcpy(found, i->ifa_addr, sizeof(*found));
		there = IN6_IS_ADDR_LINKLOCAL(&found->sin6_addr);
	}
	freeifaddrs(all);
	return there;
}

struct address link_local_address(const char *interface, uint16_t port)
{
	struct expect_at at = {__FILE__, __LINE__, "link_local_address()", true, true};
	int64_t deadline = clock_ms() + SOON_MS;
	struct address a = address_any(AF_INET6, 0);
	bool there;

	calls_pause();
	while (!(there = look(interface, &a.v6)) && clock_ms() < deadline)
		sleep_ms(1);
	calls_resume();
	errno = there ? 0 : EADDRNOTAVAIL;
	expect_success(at, there ? 0 : -1);
	a.v6.sin6_port = htons(port);
	return a;
}
