/* SPDX-License-Identifier: MIT */
#include "harness/probe/attempts.h"

#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/sandbox/sandbox.h"

bool attempt_sctp(char *reason, size_t size)
{
	int fd = ATTEMPT_SOCKET(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
	bool ok;

	if (fd < 0)
		return false;
	/*
	 * The first listen() loads the algorithm that signs cookies, the first socket with
	 * authentication those that sign chunks; each takes its time.
	 */
	ok = listen(fd, 1) == 0 || attempt_refused(reason, size, "listen() on an SCTP socket");
	close(fd);
	if (ok && sandbox_sysctl("net.sctp.auth_enable", "1") == 0) {
		fd = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
		ok = fd >= 0 ||
		     attempt_refused(reason, size, "socket() with net.sctp.auth_enable=1");
		close(fd);
	}
	return ok;
}

/* An option that takes `length` bytes: whether the kernel knows it at all. */
static bool has_option(int option, socklen_t length, const char *name, char *reason, size_t size)
{
	char value[256] = {0};
	int fd = ATTEMPT_SOCKET(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
	bool ok;

	if (fd < 0)
		return false;
	ok = getsockopt(fd, IPPROTO_SCTP, option, value, &length) == 0 ||
	     attempt_refused(reason, size, name);
	close(fd);
	return ok;
}

enum {
	STREAM_SCHEDULER = 123,
	REMOTE_UDP_ENCAPS_PORT = 132,
	PLPMTUD_PROBE_INTERVAL = 133
}; /* <linux/sctp.h> */

bool attempt_sctp_encapsulation(char *reason, size_t size)
{
	return has_option(REMOTE_UDP_ENCAPS_PORT, 4 + 4 + sizeof(struct sockaddr_storage) + 8,
			  "getsockopt(SCTP_REMOTE_UDP_ENCAPS_PORT)", reason, size);
}

bool attempt_sctp_probe_interval(char *reason, size_t size)
{
	return has_option(PLPMTUD_PROBE_INTERVAL, 4 + 4 + sizeof(struct sockaddr_storage) + 8,
			  "getsockopt(SCTP_PLPMTUD_PROBE_INTERVAL)", reason, size);
}

bool attempt_sctp_fair(char *reason, size_t size)
{
	struct {
		int32_t association;
		uint32_t value;
	} scheduler = {0, 3 /* SCTP_SS_FC of <linux/sctp.h>, Linux 6.4 */};
	int fd = ATTEMPT_SOCKET(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
	bool ok;

	if (fd < 0)
		return false;
	ok = setsockopt(fd, IPPROTO_SCTP, STREAM_SCHEDULER, &scheduler, sizeof(scheduler)) == 0 ||
	     attempt_refused(reason, size, "setsockopt(SCTP_STREAM_SCHEDULER, SCTP_SS_FC)");
	close(fd);
	return ok;
}
