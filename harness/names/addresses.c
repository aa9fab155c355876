/* SPDX-License-Identifier: MIT */
/*
 * IPv4 addresses with a name, in host byte order. INADDR_NONE is what inet_addr()
 * returns for an error, and the same number as INADDR_BROADCAST, which is the address.
 * The IPv6 ones are initialisers; the number here is the last part of the address.
 */
#include "harness/names/table.h"

#include <netinet/in.h>

static const struct name addresses_list[] = {
	NAME(INADDR_ANY),
	NAME(INADDR_LOOPBACK),
	NAME(INADDR_BROADCAST),
	NAME_AS(INADDR_DUMMY, 0xc0000008u),
#ifdef INADDR_UNSPEC_GROUP
	NAME(INADDR_UNSPEC_GROUP),
#endif
#ifdef INADDR_ALLHOSTS_GROUP
	NAME(INADDR_ALLHOSTS_GROUP),
#endif
#ifdef INADDR_ALLRTRS_GROUP
	NAME(INADDR_ALLRTRS_GROUP),
#endif
#ifdef INADDR_ALLSNOOPERS_GROUP
	NAME(INADDR_ALLSNOOPERS_GROUP),
#endif
#ifdef INADDR_MAX_LOCAL_GROUP
	NAME(INADDR_MAX_LOCAL_GROUP),
#endif
	NAME(INADDR_NONE),
};
NAME_TABLE(names_addresses, "address", addresses_list);

static const struct name addresses6_list[] = {
	NAME_AS(IN6ADDR_ANY_INIT, 0),
	NAME_AS(IN6ADDR_LOOPBACK_INIT, 1),
};
NAME_TABLE(names_addresses6, "address", addresses6_list);
