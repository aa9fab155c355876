/* SPDX-License-Identifier: MIT */
/* Ports with a name: who may bind to them, and what they are called. */
#include <arpa/inet.h>
#include <linux/capability.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "harness/case.h"

/* An enumeration of glibc's; the numbers are those of BSD's <netinet/in.h>. */
#ifndef __GLIBC__
enum {
	IPPORT_ECHO = 7,
	IPPORT_DISCARD = 9,
	IPPORT_SYSTAT = 11,
	IPPORT_DAYTIME = 13,
	IPPORT_NETSTAT = 15,
	IPPORT_FTP = 21,
	IPPORT_TELNET = 23,
	IPPORT_SMTP = 25,
	IPPORT_TIMESERVER = 37,
	IPPORT_NAMESERVER = 42,
	IPPORT_WHOIS = 43,
	IPPORT_MTP = 57,
	IPPORT_TFTP = 69,
	IPPORT_RJE = 77,
	IPPORT_FINGER = 79,
	IPPORT_TTYLINK = 87,
	IPPORT_SUPDUP = 95,
	IPPORT_EXECSERVER = 512,
	IPPORT_BIFFUDP = 512,
	IPPORT_LOGINSERVER = 513,
	IPPORT_WHOSERVER = 513,
	IPPORT_CMDSERVER = 514,
	IPPORT_EFSSERVER = 520,
	IPPORT_ROUTESERVER = 520,
	IPPORT_USERRESERVED = 5000,
};
#endif

struct port_row {
	struct variant variant;
	uint16_t port, number; /* the constant, and the number that is assigned */
	int type;
	const char *service; /* in the sandbox's /etc/services, or NULL */
};

static const struct port_row ports[] = {
	{{"ECHO", NULL}, IPPORT_ECHO, 7, SOCK_STREAM, "echo"},
	{{"DISCARD", NULL}, IPPORT_DISCARD, 9, SOCK_DGRAM, "discard"},
	{{"SYSTAT", NULL}, IPPORT_SYSTAT, 11, SOCK_STREAM, NULL},
	{{"DAYTIME", NULL}, IPPORT_DAYTIME, 13, SOCK_STREAM, "daytime"},
	{{"NETSTAT", NULL}, IPPORT_NETSTAT, 15, SOCK_STREAM, NULL},
	{{"FTP", NULL}, IPPORT_FTP, 21, SOCK_STREAM, "ftp"},
	{{"TELNET", NULL}, IPPORT_TELNET, 23, SOCK_STREAM, "telnet"},
	{{"SMTP", NULL}, IPPORT_SMTP, 25, SOCK_STREAM, "smtp"},
	{{"TIMESERVER", NULL}, IPPORT_TIMESERVER, 37, SOCK_DGRAM, NULL},
	{{"NAMESERVER", NULL}, IPPORT_NAMESERVER, 42, SOCK_DGRAM, NULL},
	{{"WHOIS", NULL}, IPPORT_WHOIS, 43, SOCK_STREAM, NULL},
	{{"MTP", NULL}, IPPORT_MTP, 57, SOCK_STREAM, NULL},
	{{"TFTP", NULL}, IPPORT_TFTP, 69, SOCK_DGRAM, "tftp"},
	{{"RJE", NULL}, IPPORT_RJE, 77, SOCK_STREAM, NULL},
	{{"FINGER", NULL}, IPPORT_FINGER, 79, SOCK_STREAM, NULL},
	{{"TTYLINK", NULL}, IPPORT_TTYLINK, 87, SOCK_STREAM, NULL},
	{{"SUPDUP", NULL}, IPPORT_SUPDUP, 95, SOCK_STREAM, NULL},
	{{"EXECSERVER", NULL}, IPPORT_EXECSERVER, 512, SOCK_STREAM, NULL},
	{{"BIFFUDP", NULL}, IPPORT_BIFFUDP, 512, SOCK_DGRAM, NULL},
	{{"LOGINSERVER", NULL}, IPPORT_LOGINSERVER, 513, SOCK_STREAM, NULL},
	{{"WHOSERVER", NULL}, IPPORT_WHOSERVER, 513, SOCK_DGRAM, NULL},
	{{"CMDSERVER", NULL}, IPPORT_CMDSERVER, 514, SOCK_STREAM, "shell"},
	{{"EFSSERVER", NULL}, IPPORT_EFSSERVER, 520, SOCK_STREAM, NULL},
	{{"ROUTESERVER", NULL}, IPPORT_ROUTESERVER, 520, SOCK_DGRAM, NULL},
};

/*
 * The services that BSD came with are in <netinet/in.h> by number.
 *
 * All of them are below `IPPORT_RESERVED`, 1024: a port that an ordinary user may not take,
 * so that the one who answers there was started by the administrator. rlogin and rsh (513,
 * 514) even believed that of the *client's* port, and trusted the user's name it sent. What
 * the ports are called is no business of the kernel: getservbyname() reads /etc/services.
 * TCP and UDP count separately: 512 is rexec for one, and new mail (biff) for the other.
 */
CASE(well_known_ports,
     .claim = "binding to a well-known port takes CAP_NET_BIND_SERVICE; EACCES without",
     .level = LINUX, .spec = "ip(7) EACCES; capabilities(7); RFC 6335 6; services(5)",
     .sysctls = "net.ipv4.ip_unprivileged_port_start=1024", .tags = "bind privilege port",
     .VARIANTS(ports))
{
	const struct port_row *row = VARIANT(struct port_row);
	struct address here = address_loopback(AF_INET, row->port), name = address_empty();
	struct address there = address_of("127.0.0.2", row->port);
	int first = SETUP(socket(AF_INET, row->type, 0));
	int second = SETUP(socket(AF_INET, row->type, 0));

	EXPECT_EQ(row->port, row->number);
	EXPECT_LT(row->port, IPPORT_RESERVED);
	EXPECT_OK(bind(first, ADDRESS(here)));
	EXPECT_OK(getsockname(first, &name.any, &name.length));
	EXPECT_EQ(name.length, sizeof(name.v4));
	EXPECT_TRUE(address_equal(&name, &here));

	SETUP(sandbox_drop_capability(CAP_NET_BIND_SERVICE));
	EXPECT_ERR(bind(second, ADDRESS(there)), EACCES);
	there.v4.sin_port = htons(IPPORT_RESERVED);
	EXPECT_OK(bind(second, ADDRESS(there)));

	if (row->service != NULL) {
		struct servent *s =
			getservbyname(row->service, row->type == SOCK_STREAM ? "tcp" : "udp");

		REQUIRE_TRUE(s != NULL);
		EXPECT_STREQ(s->s_name, row->service);
		EXPECT_STREQ(s->s_proto, row->type == SOCK_STREAM ? "tcp" : "udp");
		EXPECT_EQ(s->s_port, htons(row->port));
	}
}

/*
 * `IPPORT_USERRESERVED`, 5000, is a border that Linux does not have.
 *
 * In 4.2BSD the kernel chose ports from 1024 to 5000 by itself, and left those above to servers
 * of users. The constant remained and its meaning went: ports that the kernel chooses come
 * from net.ipv4.ip_local_port_range, and every port from 1024 on is free for anybody.
 */
CASE(user_reserved_is_no_border,
     .claim = "a port on either side of IPPORT_USERRESERVED can be bound without privilege",
     .level = LINUX,
     .spec = "ip(7) ip_local_port_range, ip_unprivileged_port_start; <netinet/in.h>",
     .sysctls = "net.ipv4.ip_unprivileged_port_start=1024 "
		"net.ipv4.ip_local_port_range=40000\t40100",
     .tags = "bind port history")
{
	static const uint16_t free_ports[] = {IPPORT_RESERVED, IPPORT_USERRESERVED - 1,
					      IPPORT_USERRESERVED, IPPORT_USERRESERVED + 1};
	struct address reserved = address_loopback(AF_INET, IPPORT_RESERVED - 1), chosen;

	SETUP(sandbox_drop_capability(CAP_NET_BIND_SERVICE));
	for (size_t i = 0; i < sizeof(free_ports) / sizeof(free_ports[0]); i++) {
		struct address a = address_loopback(AF_INET, free_ports[i]);

		EXPECT_OK(bind(SETUP(socket(AF_INET, SOCK_STREAM, 0)), ADDRESS(a)));
	}
	EXPECT_ERR(bind(SETUP(socket(AF_INET, SOCK_STREAM, 0)), ADDRESS(reserved)), EACCES);
	bound_socket(AF_INET, SOCK_STREAM, &chosen);
	EXPECT_BETWEEN(address_port(&chosen), 40000, 40100);
}
