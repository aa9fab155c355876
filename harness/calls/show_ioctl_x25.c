/* SPDX-License-Identifier: MIT */
/* What ioctl() of an X.25 socket is given, and what it fills in (linux/x25.h). */
#include "harness/calls/show_ioctl.h"

#include "harness/calls/memory.h"
#include "harness/calls/show.h"

#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/sockios.h>
#include <linux/x25.h>

static void field(struct text *t, const char *name, uint64_t value)
{
	text_string(t, name);
	text_unsigned(t, value);
}

static void quoted(struct text *t, const char *bytes, size_t size)
{
	text_char(t, '"');
	text_escaped(t, bytes, strnlen(bytes, size));
	text_char(t, '"');
}

static void show_route(struct text *t, const struct x25_route_struct *route)
{
	quoted(t, route->address.x25_addr, sizeof(route->address.x25_addr));
	field(t, ", sigdigits=", route->sigdigits);
	text_string(t, ", ");
	quoted(t, route->device, sizeof(route->device));
}

static void show_subscription(struct text *t, const struct x25_subscrip_struct *line, bool all)
{
	quoted(t, line->device, sizeof(line->device));
	if (!all)
		return;
	text_string(t, ", global_facil_mask=");
	text_hex(t, line->global_facil_mask);
	field(t, ", extended=", line->extended);
}

static void show_facilities(struct text *t, const struct x25_facilities *f)
{
	field(t, "winsize_in=", f->winsize_in);
	field(t, ", winsize_out=", f->winsize_out);
	field(t, ", pacsize_in=", f->pacsize_in);
	field(t, ", pacsize_out=", f->pacsize_out);
	field(t, ", throughput=", f->throughput);
	field(t, ", reverse=", f->reverse);
}

static void show_user_data(struct text *t, const struct x25_calluserdata *data)
{
	size_t size =
		data->cudlength < sizeof(data->cuddata) ? data->cudlength : sizeof(data->cuddata);

	field(t, "cudlength=", data->cudlength);
	text_string(t, ", <");
	text_hex_bytes(t, data->cuddata, size);
	text_char(t, '>');
}

bool show_ioctl_x25(struct text *t, unsigned long request, const void *argument, bool filled)
{
	union {
		struct x25_route_struct route;
		struct x25_subscrip_struct line;
		struct x25_facilities facilities;
		struct x25_calluserdata data;
		struct x25_causediag why;
		struct x25_subaddr match;
	} known;
	size_t size;
	bool gives = false;

	switch (request) {
	case SIOCADDRT:
	case SIOCDELRT:
		size = sizeof(known.route);
		break;
	case SIOCX25GSUBSCRIP:
	case SIOCX25SSUBSCRIP:
		size = sizeof(known.line);
		gives = request == SIOCX25GSUBSCRIP;
		break;
	case SIOCX25GFACILITIES:
	case SIOCX25SFACILITIES:
		size = sizeof(known.facilities);
		gives = request == SIOCX25GFACILITIES;
		break;
	case SIOCX25GCALLUSERDATA:
	case SIOCX25SCALLUSERDATA:
		size = sizeof(known.data);
		gives = request == SIOCX25GCALLUSERDATA;
		break;
	case SIOCX25GCAUSEDIAG:
	case SIOCX25SCAUSEDIAG:
		size = sizeof(known.why);
		gives = request == SIOCX25GCAUSEDIAG;
		break;
	case SIOCX25SCUDMATCHLEN:
		size = sizeof(known.match);
		break;
	default:
		return false;
	}
	/* Which line is asked about is in what is filled in. */
	if ((gives && !filled && request != SIOCX25GSUBSCRIP) ||
	    !memory_read(&known, argument, size)) {
		text_pointer(t, argument);
		return true;
	}
	text_char(t, '{');
	if (size == sizeof(known.route) && (request == SIOCADDRT || request == SIOCDELRT))
		show_route(t, &known.route);
	else if (request == SIOCX25GSUBSCRIP || request == SIOCX25SSUBSCRIP)
		show_subscription(t, &known.line, filled || !gives);
	else if (request == SIOCX25GFACILITIES || request == SIOCX25SFACILITIES)
		show_facilities(t, &known.facilities);
	else if (request == SIOCX25GCALLUSERDATA || request == SIOCX25SCALLUSERDATA)
		show_user_data(t, &known.data);
	else if (request == SIOCX25SCUDMATCHLEN)
		field(t, "cudmatchlength=", known.match.cudmatchlength);
	else {
		field(t, "cause=", known.why.cause);
		field(t, ", diagnostic=", known.why.diagnostic);
	}
	text_char(t, '}');
	return true;
}
