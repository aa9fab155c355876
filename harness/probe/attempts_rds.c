/* SPDX-License-Identifier: MIT */
/* Whether there is RDS, and whether TCP carries it. */
#include "harness/probe/attempts.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/names/names.h"

enum { LEVEL_RDS = 276, TRANSPORT = 8, TCP = 2 }; /* SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_TCP */

static bool no(char *reason, size_t size, const char *call)
{
	snprintf(reason, size, "%s: %s (%s)", call, names_errno(errno), strerror(errno));
	return false;
}

bool attempt_rds(char *reason, size_t size)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_RDS, SOCK_SEQPACKET, 0);
	bool ok;

	if (fd < 0)
		return no(reason, size, "socket(AF_RDS, SOCK_SEQPACKET)");
	ok = bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ||
	     no(reason, size, "bind to 127.0.0.1");
	close(fd);
	return ok;
}

bool attempt_rds_tcp(char *reason, size_t size)
{
	int fd = socket(AF_RDS, SOCK_SEQPACKET, 0), transport = TCP;
	bool ok;

	if (fd < 0)
		return no(reason, size, "socket(AF_RDS, SOCK_SEQPACKET)");
	ok = setsockopt(fd, LEVEL_RDS, TRANSPORT, &transport, sizeof(transport)) == 0 ||
	     no(reason, size, "setsockopt(SO_RDS_TRANSPORT, RDS_TRANS_TCP)");
	close(fd);
	return ok;
}
