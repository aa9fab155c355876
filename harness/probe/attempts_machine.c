/* SPDX-License-Identifier: MIT */
/* Families that are in the machine's own network and in no other. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/nfc.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>
/* After the types that they need. */
#include <linux/atm.h>
#include <linux/atm_tcp.h>
#include <linux/atmdev.h>

#include "harness/probe/attempts.h"

bool attempt_appletalk(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_APPLETALK, SOCK_DGRAM, 0);
}

bool attempt_llc(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_LLC, SOCK_DGRAM, 0);
}

bool attempt_ax25(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_AX25, SOCK_DGRAM, 0);
}

/*
 * Goes by the version, for doing it breaks the machine: in linux/net/ax25/ 5.10.223 a connection
 * that comes in (ax25_in.c) takes no reference of its interface, and ax25_release() gives one back,
 * so that the interface waits for ever for its count, which is below nothing, to be nothing. "ax25:
 * Fix refcount imbalance on inbound connections" mended it, in 6.1.95 and not in 5.10.223. 5.10.46,
 * which counts no references for connections, is not tried either.
 */
bool attempt_ax25_accept(char *reason, size_t size)
{
	struct utsname name;

	if (!attempt_ax25_kiss(reason, size))
		return false;
	if (uname(&name) != 0 || strncmp(name.release, "5.10.", 5) != 0)
		return true;
	snprintf(reason, size,
		 "not tried: an interface never ends after a connection that came in");
	return false;
}

/* Its line discipline is the module mkiss. */
bool attempt_ax25_kiss(char *reason, size_t size)
{
	const int discipline = 5; /* N_AX25 of linux/include/uapi/linux/tty.h */
	char name[64] = "";
	int modem, terminal;
	bool ok;

	if (!attempt_ax25(reason, size))
		return false;
	modem = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (modem >= 0 && unlockpt(modem) == 0)
		(void)!ptsname_r(modem, name, sizeof(name));
	terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	ok = terminal >= 0 && ioctl(terminal, TIOCSETD, &discipline) == 0;
	if (!ok)
		attempt_refused(reason, size, "line discipline N_AX25 on a terminal");
	if (terminal >= 0)
		close(terminal);
	if (modem >= 0)
		close(modem);
	return ok;
}

bool attempt_netrom(char *reason, size_t size)
{
	return attempt_ax25(reason, size) && ATTEMPT_OWN_SOCKET(AF_NETROM, SOCK_SEQPACKET, 0);
}

bool attempt_rose(char *reason, size_t size)
{
	return attempt_ax25(reason, size) && ATTEMPT_OWN_SOCKET(AF_ROSE, SOCK_SEQPACKET, 0);
}

/*
 * Its radios are made by the module fakelb, which nothing else loads: an administrator's question
 * for an interface of that name does (netdevice(7), dev_load() of linux/net/core/dev_ioctl.c).
 */
bool attempt_ieee802154(char *reason, size_t size)
{
	struct ifreq request = {.ifr_name = "fakelb"};
	int fd;

	if (!attempt_own_machine(reason, size))
		return false;
	fd = ATTEMPT_SOCKET(AF_IEEE802154, SOCK_DGRAM, 0);
	if (fd < 0)
		return false;
	(void)!ioctl(fd, SIOCGIFFLAGS, &request);
	close(fd);
	if (if_nametoindex("wpan0") != 0 && if_nametoindex("wpan1") != 0)
		return true;
	snprintf(reason, size, "no interfaces wpan0 and wpan1, which the module fakelb makes");
	return false;
}

bool attempt_nfc(char *reason, size_t size)
{
	return attempt_own_machine(reason, size) &&
	       attempt_done(ATTEMPT_SOCKET(AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_LLCP));
}

/* Whether a socket can be bound to a device of near field communication. */
static bool has_nfc_device(uint32_t device)
{
	struct sockaddr_nfc_llcp address = {.sa_family = AF_NFC,
					    .dev_idx = device,
					    .nfc_protocol = NFC_PROTO_NFC_DEP,
					    .service_name = "probe",
					    .service_name_len = 5};
	int fd = socket(AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_LLCP);
	bool ok = bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0;

	close(fd);
	return ok;
}

/* Two devices that touch are made by the module nfcsim, which is loaded as fakelb is. */
bool attempt_nfc_devices(char *reason, size_t size)
{
	struct ifreq request = {.ifr_name = "nfcsim"};
	int fd;

	if (!attempt_nfc(reason, size))
		return false;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	(void)!ioctl(fd, SIOCGIFFLAGS, &request);
	close(fd);
	if (has_nfc_device(0) && has_nfc_device(1))
		return true;
	snprintf(reason, size, "no devices nfc0 and nfc1, which the module nfcsim makes");
	return false;
}

/*
 * In any network until 2026, but with one set of ports for all; since then in the machine's own
 * alone (net/qrtr/af_qrtr.c, qrtr_create(); Debian's 6.12.117 has it).
 */
bool attempt_qrtr(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_QIPCRTR, SOCK_DGRAM, 0);
}

bool attempt_x25(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_X25, SOCK_SEQPACKET, 0);
}

/* A program that is the link layer of X.25. */
bool attempt_x25_line(char *reason, size_t size)
{
	struct ifreq request = {.ifr_flags = IFF_TUN};
	int fd;
	bool ok;

	if (!attempt_x25(reason, size))
		return false;
	fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	ok = fd >= 0 && ioctl(fd, TUNSETIFF, &request) == 0 &&
	     ioctl(fd, TUNSETLINK, ARPHRD_X25) == 0;
	if (!ok)
		attempt_refused(reason, size, "/dev/net/tun as an interface of X.25");
	if (fd >= 0)
		close(fd);
	return ok;
}

bool attempt_atm(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5);
}

bool attempt_atm_switched(char *reason, size_t size)
{
	return ATTEMPT_OWN_SOCKET(AF_ATMSVC, SOCK_DGRAM, ATM_AAL5);
}

/*
 * A program that is an ATM device has to agree to each channel. Kernels since August 2025 take no
 * such message from it ("atm: atmtcp: Prevent arbitrary write in atmtcp_recv_control()"), and a
 * socket that is connected waits for ever, deaf to signals. The same check refuses a header that is
 * cut, which those before looked up, and found no channel of its number: nobody waits for that.
 */
bool attempt_atm_device(char *reason, size_t size)
{
	static const char cut[5]; /* of struct atmtcp_hdr, up to the length and padded to it */
	int fd;
	bool ok;

	if (!attempt_atm(reason, size))
		return false;
	fd = ATTEMPT_SOCKET(AF_ATMPVC, SOCK_DGRAM, ATM_AAL5);
	ok = ioctl(fd, SIOCSIFATMTCP, -1) >= 0;
	if (!ok)
		attempt_refused(reason, size, "SIOCSIFATMTCP");
	if (ok && send(fd, cut, sizeof(cut), 0) < 0 && errno != EUNATCH)
		ok = attempt_refused(reason, size, "SIOCSIFATMTCP: no channels, as send()");
	close(fd);
	return ok;
}

bool attempt_decnet(char *reason, size_t size)
{
	const int nsp = 2; /* DNPROTO_NSP of <linux/dn.h>, which went with the family */

	return ATTEMPT_OWN_SOCKET(AF_DECnet, SOCK_SEQPACKET, nsp);
}
