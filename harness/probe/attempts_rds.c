/* SPDX-License-Identifier: MIT */
/* Whether there is RDS, and whether TCP carries it. */
#include "harness/probe/attempts.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LEVEL_RDS = 276, TRANSPORT = 8, TCP = 2 }; /* SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_TCP */

bool attempt_rds(char *reason, size_t size)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = ATTEMPT_SOCKET(AF_RDS, SOCK_SEQPACKET, 0);
	bool ok;

	if (fd < 0)
		return false;
	ok = bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ||
	     attempt_refused(reason, size, "bind to 127.0.0.1");
	close(fd);
	return ok;
}

bool attempt_rds_tcp(char *reason, size_t size)
{
	int fd = ATTEMPT_SOCKET(AF_RDS, SOCK_SEQPACKET, 0), transport = TCP;
	bool ok;

	if (fd < 0)
		return false;
	ok = setsockopt(fd, LEVEL_RDS, TRANSPORT, &transport, sizeof(transport)) == 0 ||
	     attempt_refused(reason, size, "setsockopt(SO_RDS_TRANSPORT, RDS_TRANS_TCP)");
	close(fd);
	return ok;
}
