/* SPDX-License-Identifier: MIT */
/*
 * Flags and errors of getaddrinfo(), flags of getnameinfo(). glibc warns where its
 * withdrawn IDN flags are named, so that these stand as numbers.
 */
#include "harness/names/table.h"

#include <netdb.h>

static const struct name addrinfo_flags_list[] = {
	NAME(AI_PASSIVE),
	NAME(AI_CANONNAME),
	NAME(AI_NUMERICHOST),
	NAME(AI_V4MAPPED),
	NAME(AI_ALL),
	NAME(AI_ADDRCONFIG),
#ifdef AI_IDN
	NAME(AI_IDN),
#endif
#ifdef AI_CANONIDN
	NAME(AI_CANONIDN),
#endif
#ifdef AI_IDN_ALLOW_UNASSIGNED
	NAME_AS(AI_IDN_ALLOW_UNASSIGNED, 0x100),
#endif
#ifdef AI_IDN_USE_STD3_ASCII_RULES
	NAME_AS(AI_IDN_USE_STD3_ASCII_RULES, 0x200),
#endif
	NAME(AI_NUMERICSERV),
};
NAME_TABLE(names_addrinfo_flags, "addrinfo-flag", addrinfo_flags_list);

static const struct name nameinfo_flags_list[] = {
	NAME(NI_NUMERICHOST),
	NAME(NI_NUMERICSERV),
	NAME(NI_NOFQDN),
	NAME(NI_NAMEREQD),
	NAME(NI_DGRAM),
#ifdef NI_IDN
	NAME(NI_IDN),
#endif
#ifdef NI_IDN_ALLOW_UNASSIGNED
	NAME_AS(NI_IDN_ALLOW_UNASSIGNED, 64),
#endif
#ifdef NI_IDN_USE_STD3_ASCII_RULES
	NAME_AS(NI_IDN_USE_STD3_ASCII_RULES, 128),
#endif
};
NAME_TABLE(names_nameinfo_flags, "nameinfo-flag", nameinfo_flags_list);

static const struct name nameinfo_sizes_list[] = {
#ifdef NI_MAXHOST
	NAME(NI_MAXHOST),
#endif
#ifdef NI_MAXSERV
	NAME(NI_MAXSERV),
#endif
};
NAME_TABLE(names_nameinfo_sizes, "nameinfo-flag", nameinfo_sizes_list);

static const struct name addrinfo_errors_list[] = {
#ifdef EAI_IDN_ENCODE
	NAME(EAI_IDN_ENCODE),
#endif
#ifdef EAI_INTR
	NAME(EAI_INTR),
#endif
#ifdef EAI_ALLDONE
	NAME(EAI_ALLDONE),
#endif
#ifdef EAI_NOTCANCELED
	NAME(EAI_NOTCANCELED),
#endif
#ifdef EAI_CANCELED
	NAME(EAI_CANCELED),
#endif
#ifdef EAI_INPROGRESS
	NAME(EAI_INPROGRESS),
#endif
	NAME(EAI_OVERFLOW),    NAME(EAI_SYSTEM),   NAME(EAI_MEMORY),
#ifdef EAI_ADDRFAMILY
	NAME(EAI_ADDRFAMILY),
#endif
	NAME(EAI_SERVICE),     NAME(EAI_SOCKTYPE), NAME(EAI_FAMILY),
#ifdef EAI_NODATA
	NAME(EAI_NODATA),
#endif
	NAME(EAI_FAIL),	       NAME(EAI_AGAIN),	   NAME(EAI_NONAME), NAME(EAI_BADFLAGS),
};
NAME_TABLE(names_addrinfo_errors, "addrinfo-error", addrinfo_errors_list);

/*
 * h_errno of gethostbyname().
 */
static const struct name host_errors_list[] = {
	NAME(HOST_NOT_FOUND),
	NAME(TRY_AGAIN),
	NAME(NO_RECOVERY),
	NAME(NO_DATA),
};
NAME_TABLE(names_host_errors, "addrinfo-error", host_errors_list);
