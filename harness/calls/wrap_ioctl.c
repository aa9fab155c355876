/* SPDX-License-Identifier: MIT */
/* ioctl() on sockets. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_ioctl.h"
#include "harness/calls/watch.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/settings.h"

#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>

/* What the third argument points to. */
enum pointee {
	OTHER,
	INT_IN,	 /* a number that the kernel reads */
	INT_OUT, /* a number that it stores */
	TIMEVAL_OUT,
	TIMESPEC_OUT,
	INTERFACE, /* struct ifreq */
	ADDRESSES, /* struct ifconf */
	NEIGHBOUR, /* struct arpreq */
	ROUTE,	   /* struct rtentry */
	NAME_IN,   /* of an interface */
};

static enum pointee pointee(unsigned long request)
{
	switch (request) {
	case FIONBIO:
	case FIOASYNC:
	case FIOSETOWN:
	case SIOCSPGRP:
		return INT_IN;
	case FIONREAD: /* is SIOCINQ */
	case TIOCOUTQ: /* is SIOCOUTQ */
	case SIOCATMARK:
	case FIOGETOWN:
	case SIOCGPGRP:
#ifdef SIOCOUTQNSD
	case SIOCOUTQNSD:
#endif
		return INT_OUT;
#ifdef SIOCGSTAMP_OLD
	case SIOCGSTAMP_OLD:
		return TIMEVAL_OUT;
	case SIOCGSTAMPNS_OLD:
		return TIMESPEC_OUT;
#endif
	case SIOCGIFCONF:
		return ADDRESSES;
	case SIOCGARP:
	case SIOCSARP:
	case SIOCDARP:
		return NEIGHBOUR;
	case SIOCADDRT:
	case SIOCDELRT:
		return ROUTE;
	case SIOCBRADDBR:
	case SIOCBRDELBR:
		return NAME_IN;
	case SIOCBRADDIF:
	case SIOCBRDELIF:
	case SIOCGIFMAP:
	case SIOCSIFMAP:
		return INTERFACE;
	default:
		/* The SIOC requests on interfaces are numbered in one block. */
		if (request >= SIOCGIFNAME && request <= SIOCSIFTXQLEN)
			return INTERFACE;
		return OTHER;
	}
}

static void show_int(struct text *t, const void *pointer)
{
	int value;

	if (pointer == NULL || !memory_read(&value, pointer, sizeof(value))) {
		text_pointer(t, pointer);
		return;
	}
	text_char(t, '[');
	text_int(t, value);
	text_char(t, ']');
}

/* Requests whose third argument the kernel only reads: SIOCSIF..., SIOCBR..., SIOCADDMULTI. */
static bool sets(unsigned long request)
{
	const char *name = names_ioctl(AF_UNSPEC, request);

	if (request == SIOCADDMULTI || request == SIOCDELMULTI)
		return true;
	return name != NULL && (strncmp(name, "SIOCS", 5) == 0 || strncmp(name, "SIOCBR", 6) == 0);
}

/* A request of Bluetooth or X.25: false when it is none whose argument is known. */
static bool arg_family(struct call *call, int fd, unsigned long request, void *argument,
		       bool filled)
{
	struct descriptor d = descriptors_get(fd);
	char shown[512];
	struct text t;

	if (call->record == NULL || (d.family != AF_BLUETOOTH && d.family != AF_X25))
		return false;
	text_begin(&t, shown, sizeof(shown));
	if (d.family == AF_X25 ? !show_ioctl_x25(&t, request, argument, filled)
			       : !show_ioctl_bluetooth(&t, d.protocol, request, argument, filled))
		return false;
	text_finish(&t);
	text_string(calls_value(call, "argp"), shown);
	return true;
}

static void arg_third(struct call *call, unsigned long request, void *argument, bool filled)
{
	enum pointee kind = pointee(request);

	if (call->record == NULL)
		return;
	switch (kind) {
	case INT_IN:
		if (!filled)
			show_int(calls_value(call, "argp"), argument);
		break;
	case INT_OUT:
		if (filled)
			show_int(calls_value(call, "argp"), argument);
		else
			arg_pointer(call, "argp", argument);
		break;
	case TIMEVAL_OUT:
		if (filled)
			show_timeval(calls_value(call, "argp"), argument);
		else
			arg_pointer(call, "argp", argument);
		break;
	case TIMESPEC_OUT:
		if (filled)
			show_timespec(calls_value(call, "argp"), argument);
		else
			arg_pointer(call, "argp", argument);
		break;
	case INTERFACE:
		if (!filled || !sets(request))
			show_ifreq(calls_value(call, "argp"), request, argument,
				   filled || sets(request));
		break;
	case ADDRESSES:
		show_ifconf(calls_value(call, "argp"), argument, filled);
		break;
	case NEIGHBOUR:
		if (!filled || request == SIOCGARP)
			show_arpreq(calls_value(call, "argp"), argument);
		break;
	case ROUTE:
		if (!filled)
			show_rtentry(calls_value(call, "argp"), argument);
		break;
	case NAME_IN:
		if (!filled)
			arg_string(call, "argp", argument);
		break;
	default:
		if (!filled)
			arg_pointer(call, "argp", argument);
		break;
	}
}

/* What is kept before a call: what it fills in, and what it changes. */
struct before {
	struct kept argument;
	struct settings settings;
	struct interface_before interface;
};

static void keep_all(const struct call *call, struct before *before, int fd, unsigned long request,
		     void *argument)
{
	enum pointee kind = pointee(request);

	before->argument.size = 0;
	if (deviation_mode == DEVIATION_OFF || call->record == NULL)
		return;
	keep(&before->argument, argument, sizeof(struct ifreq));
	settings_keep(call, &before->settings, fd);
	if (kind == INTERFACE)
		interface_keep(call, &before->interface, fd, request, argument);
}

/* A request that went well, made wrong. */
static void deviated(const struct call *call, const struct before *before, int fd,
		     unsigned long request, const char *name, void *argument)
{
	if (deviation_mode == DEVIATION_OFF || call->record == NULL || name == NULL)
		return;
	switch (pointee(request)) {
	case INT_IN:
		deviate_settings(call, &before->settings, fd, name);
		break;
	case INT_OUT:
		deviate_bytes(call, name, &before->argument, argument, sizeof(int), NULL);
		break;
	case TIMEVAL_OUT:
		deviate_bytes(call, name, &before->argument, argument, sizeof(struct timeval),
			      fields_of_value("SCM_TIMESTAMP"));
		break;
	case TIMESPEC_OUT:
		deviate_bytes(call, name, &before->argument, argument, sizeof(struct timespec),
			      fields_of_value("SCM_TIMESTAMPNS"));
		break;
	case INTERFACE:
		if (sets(request))
			deviate_interface_set(call, &before->interface, fd, request, name);
		else
			deviate_interface_got(call, &before->argument, request, name, argument);
		break;
	default:
		break;
	}
}

int wrap_ioctl(int fd, unsigned long request, ...)
{
	const char *name = NULL;
	struct before before;
	struct call call;
	va_list arguments;
	void *argument;
	/* musl's request is an int: only 32 bits are sure to be there. */
	unsigned long number = request & UINT32_MAX;
	int result;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	calls_begin_on(&call, "ioctl", fd);
	if (call.record != NULL) {
		struct descriptor d = descriptors_get(fd);

		name = d.family == AF_BLUETOOTH ? names_ioctl_bluetooth(d.protocol, number) : NULL;
		if (name == NULL)
			name = names_ioctl(d.family, number);
		arg_int(&call, "fd", fd);
		if (name != NULL)
			arg_name(&call, "request", name, 0);
		else
			arg_hex(&call, "request", number);
		if (!arg_family(&call, fd, number, argument, false))
			arg_third(&call, number, argument, false);
	}
	keep_all(&call, &before, fd, number, argument);
	REAL_CALL(call, result, ioctl, fd, request, argument);
	if (result >= 0)
		deviated(&call, &before, fd, number, name, argument);
	if (result >= 0 && !arg_family(&call, fd, number, argument, true))
		arg_third(&call, number, argument, true);
	return END_INT(call, result);
}
