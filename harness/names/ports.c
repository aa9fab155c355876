/* SPDX-License-Identifier: MIT */
/*
 * Ports with a name in <netinet/in.h>, an enumeration that glibc has. Only for looking
 * up a name: a port is shown as a number.
 */
#include "harness/names/table.h"

#include <netinet/in.h>

static const struct name ports_list[] = {
	NAME(IPPORT_RESERVED),
#ifdef __GLIBC__
	NAME(IPPORT_ECHO),	   NAME(IPPORT_DISCARD),     NAME(IPPORT_SYSTAT),
	NAME(IPPORT_DAYTIME),	   NAME(IPPORT_NETSTAT),     NAME(IPPORT_FTP),
	NAME(IPPORT_TELNET),	   NAME(IPPORT_SMTP),	     NAME(IPPORT_TIMESERVER),
	NAME(IPPORT_NAMESERVER),   NAME(IPPORT_WHOIS),	     NAME(IPPORT_MTP),
	NAME(IPPORT_TFTP),	   NAME(IPPORT_RJE),	     NAME(IPPORT_FINGER),
	NAME(IPPORT_TTYLINK),	   NAME(IPPORT_SUPDUP),	     NAME(IPPORT_BIFFUDP),
	NAME(IPPORT_EXECSERVER),   NAME(IPPORT_LOGINSERVER), NAME(IPPORT_WHOSERVER),
	NAME(IPPORT_CMDSERVER),	   NAME(IPPORT_EFSSERVER),   NAME(IPPORT_ROUTESERVER),
	NAME(IPPORT_USERRESERVED),
#endif
};
NAME_TABLE(names_ports, "port", ports_list);
