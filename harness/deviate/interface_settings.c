/* SPDX-License-Identifier: MIT */
/* What requests of ioctl() set and get of an interface. */
#include <linux/sockios.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>

#include "harness/calls/memory.h"
#include "harness/deviate/settings.h"

/* The request that gets what another one sets; 0 for others. */
static unsigned long getter(unsigned long request)
{
	switch (request) {
	case SIOCSIFFLAGS:
		return SIOCGIFFLAGS;
	case SIOCSIFADDR:
		return SIOCGIFADDR;
	case SIOCSIFDSTADDR:
		return SIOCGIFDSTADDR;
	case SIOCSIFBRDADDR:
		return SIOCGIFBRDADDR;
	case SIOCSIFNETMASK:
		return SIOCGIFNETMASK;
	case SIOCSIFMTU:
		return SIOCGIFMTU;
	case SIOCSIFTXQLEN:
		return SIOCGIFTXQLEN;
	case SIOCSIFHWADDR:
		return SIOCGIFHWADDR;
	default:
		return 0;
	}
}

void interface_keep(const struct call *call, struct interface_before *before, int fd,
		    unsigned long request, const void *argument)
{
	unsigned long get = getter(request);

	before->known = deviation_mode != DEVIATION_OFF && call->record != NULL && get != 0 &&
			memory_read(&before->now, argument, sizeof(before->now)) &&
			ioctl(fd, get, &before->now) == 0;
}

void deviate_interface_set(const struct call *call, const struct interface_before *before, int fd,
			   unsigned long request, const char *subject)
{
	struct ifreq now;
	/* Both were copied from one argument, with whatever is between the members. */
	const void *old = &before->now, *new = &now;

	if (!before->known || subject == NULL)
		return;
	now = before->now;
	if (ioctl(fd, getter(request), &now) != 0 || memcmp(new, old, sizeof(now)) == 0 ||
	    !deviate(call, "ignored", "%s", subject))
		return;
	now = before->now;
	ioctl(fd, request, &now);
}

#define ADDRESS_AT offsetof(struct ifreq, ifr_addr)

static const struct field address[] = {
	{"sin_addr", FIELD_NETWORK, ADDRESS_AT + offsetof(struct sockaddr_in, sin_addr), 4},
};
static const struct field hardware[] = {
	{"sa_family", FIELD_NUMBER, ADDRESS_AT, sizeof(sa_family_t)},
	{"sa_data", FIELD_NETWORK, ADDRESS_AT + offsetof(struct sockaddr, sa_data), 6},
};
static const struct field flags[] = {
	{"ifr_flags", FIELD_NUMBER, offsetof(struct ifreq, ifr_flags), sizeof(short)},
};
static const struct field number[] = {
	{"ifr_ifindex", FIELD_NUMBER, offsetof(struct ifreq, ifr_ifindex), sizeof(int)},
};
static const struct field name[] = {
	{"ifr_name", FIELD_TEXT, offsetof(struct ifreq, ifr_name), IF_NAMESIZE},
};

static struct fields fields_of(unsigned long request)
{
	switch (request) {
	case SIOCGIFADDR:
	case SIOCGIFDSTADDR:
	case SIOCGIFBRDADDR:
	case SIOCGIFNETMASK:
		return (struct fields){"ifreq", 1, address};
	case SIOCGIFHWADDR:
		return (struct fields){"ifreq", 2, hardware};
	case SIOCGIFFLAGS:
		return (struct fields){"ifreq", 1, flags};
	case SIOCGIFNAME:
		return (struct fields){"ifreq", 1, name};
	default:
		return (struct fields){"ifreq", 1, number};
	}
}

void deviate_interface_got(const struct call *call, const struct kept *before,
			   unsigned long request, const char *subject, struct ifreq *filled)
{
	struct fields fields = fields_of(request);

	if (deviation_mode != DEVIATION_OFF && call->record != NULL && subject != NULL)
		deviate_bytes(call, subject, before, filled, sizeof(*filled), &fields);
}
