/* SPDX-License-Identifier: MIT */
/*
 * Requests of ioctl() on AF_X25 sockets (linux/x25.h), which share their numbers with other
 * families.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/sockios.h>
#include <linux/x25.h>

static const struct name ioctls_x25_list[] = {
	NAME(SIOCX25GSUBSCRIP),	    NAME(SIOCX25SSUBSCRIP),	 NAME(SIOCX25GFACILITIES),
	NAME(SIOCX25SFACILITIES),   NAME(SIOCX25GCALLUSERDATA),	 NAME(SIOCX25SCALLUSERDATA),
	NAME(SIOCX25GCAUSEDIAG),    NAME(SIOCX25SCUDMATCHLEN),	 NAME(SIOCX25CALLACCPTAPPRV),
	NAME(SIOCX25SENDCALLACCPT), NAME(SIOCX25GDTEFACILITIES), NAME(SIOCX25SDTEFACILITIES),
	NAME(SIOCX25SCAUSEDIAG),
};
NAME_TABLE(names_ioctls_x25, "ioctl", ioctls_x25_list);
