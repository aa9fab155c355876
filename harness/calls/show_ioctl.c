/* SPDX-License-Identifier: MIT */
#include "harness/calls/show_ioctl.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"

#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <string.h>

enum { SHOW_ADDRESSES = 8 }; /* of SIOCGIFCONF */

/* The member that a request is about. */
static void show_ifreq_value(struct text *t, unsigned long request, const struct ifreq *r)
{
	switch (request) {
	case SIOCGIFADDR:
	case SIOCSIFADDR:
	case SIOCGIFDSTADDR:
	case SIOCSIFDSTADDR:
	case SIOCGIFBRDADDR:
	case SIOCSIFBRDADDR:
	case SIOCGIFNETMASK:
	case SIOCSIFNETMASK:
		show_address(t, &r->ifr_addr, sizeof(r->ifr_addr));
		break;
	case SIOCGIFHWADDR:
	case SIOCSIFHWADDR:
	case SIOCADDMULTI:
	case SIOCDELMULTI:
		show_hardware(t, (const uint8_t *)r->ifr_hwaddr.sa_data, 6);
		break;
	case SIOCGIFFLAGS:
	case SIOCSIFFLAGS:
		show_flags(t, &names_interface_flags, (unsigned short)r->ifr_flags);
		break;
	case SIOCSIFNAME:
		text_char(t, '"');
		text_escaped(t, r->ifr_newname, strnlen(r->ifr_newname, sizeof(r->ifr_newname)));
		text_char(t, '"');
		break;
	case SIOCGIFMAP:
		text_string(t, "mem_start=");
		text_hex(t, r->ifr_map.mem_start);
		text_string(t, ", mem_end=");
		text_hex(t, r->ifr_map.mem_end);
		text_string(t, ", base_addr=");
		text_hex(t, r->ifr_map.base_addr);
		text_string(t, ", irq=");
		text_unsigned(t, r->ifr_map.irq);
		break;
	default:
		text_int(t, r->ifr_ifindex);
		break;
	}
}

void show_ifreq(struct text *t, unsigned long request, const void *pointer, bool filled)
{
	struct ifreq r;

	if (pointer == NULL || !memory_read(&r, pointer, sizeof(r))) {
		text_pointer(t, pointer);
		return;
	}
	text_char(t, '{');
	/* SIOCGIFNAME goes from the index to the name. */
	if (filled || request != SIOCGIFNAME) {
		text_char(t, '"');
		text_escaped(t, r.ifr_name, strnlen(r.ifr_name, sizeof(r.ifr_name)));
		text_char(t, '"');
	}
	if (filled || request == SIOCGIFNAME) {
		if (filled)
			text_string(t, ", ");
		show_ifreq_value(t, request, &r);
	}
	text_char(t, '}');
}

void show_ifconf(struct text *t, const void *pointer, bool filled)
{
	struct ifconf all;
	struct ifreq one;
	size_t count;

	if (pointer == NULL || !memory_read(&all, pointer, sizeof(all))) {
		text_pointer(t, pointer);
		return;
	}
	text_char(t, '{');
	text_int(t, all.ifc_len);
	text_string(t, ", ");
	if (!filled || all.ifc_req == NULL) {
		text_pointer(t, all.ifc_req);
		text_char(t, '}');
		return;
	}
	count = all.ifc_len > 0 ? (size_t)all.ifc_len / sizeof(one) : 0;
	text_char(t, '[');
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			text_string(t, ", ");
		if (i == SHOW_ADDRESSES ||
		    !memory_read(&one, memory_element(all.ifc_req, i, sizeof(one)), sizeof(one))) {
			text_string(t, "...");
			break;
		}
		show_ifreq(t, SIOCGIFADDR, &one, true);
	}
	text_string(t, "]}");
}

void show_arpreq(struct text *t, const void *pointer)
{
	struct arpreq r;

	if (pointer == NULL || !memory_read(&r, pointer, sizeof(r))) {
		text_pointer(t, pointer);
		return;
	}
	text_char(t, '{');
	show_address(t, &r.arp_pa, sizeof(r.arp_pa));
	text_string(t, ", ");
	show_hardware(t, (const uint8_t *)r.arp_ha.sa_data, 6);
	text_string(t, ", ");
	show_flags(t, &names_arp_flags, (unsigned int)r.arp_flags);
	text_string(t, ", \"");
	text_escaped(t, r.arp_dev, strnlen(r.arp_dev, sizeof(r.arp_dev)));
	text_string(t, "\"}");
}

void show_rtentry(struct text *t, const void *pointer)
{
	struct rtentry r;

	if (pointer == NULL || !memory_read(&r, pointer, sizeof(r))) {
		text_pointer(t, pointer);
		return;
	}
	text_string(t, "{dst=");
	show_address(t, &r.rt_dst, sizeof(r.rt_dst));
	text_string(t, ", gateway=");
	show_address(t, &r.rt_gateway, sizeof(r.rt_gateway));
	text_string(t, ", genmask=");
	show_address(t, &r.rt_genmask, sizeof(r.rt_genmask));
	text_string(t, ", flags=");
	show_flags(t, &names_route_flags, r.rt_flags);
	text_string(t, ", metric=");
	text_int(t, r.rt_metric);
	text_char(t, '}');
}
