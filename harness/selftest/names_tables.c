/* SPDX-License-Identifier: MIT */
/* Names of constants, from number to name and back. */
#include "harness/selftest/selftest.h"

#include "harness/names/names.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

SELFTEST(each_name_gives_its_value_and_each_value_a_name)
{
	size_t count, names = 0;
	const struct name_table *const *tables = names_tables(&count);

	for (size_t t = 0; t < count; t++) {
		for (size_t i = 0; i < tables[t]->count; i++) {
			const struct name *name = &tables[t]->names[i];
			const char *back = names_of(tables[t], name->value);
			int64_t value = name->value + 1;

			names++;
			CU_ASSERT_TRUE(names_lookup(name->text, &value));
			if (value != name->value)
				printf("     %s has two values\n", name->text);
			CU_ASSERT_EQUAL(value, name->value);
			CU_ASSERT_PTR_NOT_NULL_FATAL(back);
			CU_ASSERT_TRUE(names_lookup(back, &value));
			CU_ASSERT_EQUAL(value, name->value);
			CU_ASSERT_PTR_NOT_NULL(names_preferred(name->text));
		}
	}
	CU_ASSERT_TRUE(names > 1200);
	CU_ASSERT_FALSE(names_lookup("SO_NOTHING", NULL));
	CU_ASSERT_PTR_NULL(names_preferred("SO_NOTHING"));
}

SELFTEST(preferred_names_of_aliases)
{
	CU_ASSERT_STRING_EQUAL(names_family(AF_UNIX), "AF_UNIX");
	CU_ASSERT_STRING_EQUAL(names_family(AF_NETLINK), "AF_NETLINK");
	CU_ASSERT_STRING_EQUAL(names_preferred("AF_LOCAL"), "AF_UNIX");
	CU_ASSERT_STRING_EQUAL(names_preferred("IPPROTO_HOPOPTS"), "IPPROTO_IP");
	CU_ASSERT_STRING_EQUAL(names_errno(EWOULDBLOCK), "EAGAIN");
	CU_ASSERT_STRING_EQUAL(names_errno(ENOTSUP), "EOPNOTSUPP");
	CU_ASSERT_STRING_EQUAL(names_preferred("IPV6_ADD_MEMBERSHIP"), "IPV6_JOIN_GROUP");
	CU_ASSERT_STRING_EQUAL(names_preferred("SO_TIMESTAMP"), "SO_TIMESTAMP");
	CU_ASSERT_PTR_NULL(names_errno(0));
	CU_ASSERT_PTR_NULL(names_family(9999));
}

SELFTEST(numbers_that_depend_on_the_family)
{
	CU_ASSERT_STRING_EQUAL(names_level(AF_INET, 6), "SOL_TCP");
	CU_ASSERT_STRING_EQUAL(names_level(AF_UNSPEC, 17), "SOL_UDP");
	CU_ASSERT_STRING_EQUAL(names_level(AF_BLUETOOTH, 6), "SOL_L2CAP");
	CU_ASSERT_STRING_EQUAL(names_level(AF_BLUETOOTH, 17), "SOL_SCO");
	CU_ASSERT_STRING_EQUAL(names_level(AF_INET, 0), "SOL_IP");
	CU_ASSERT_STRING_EQUAL(names_level(AF_BLUETOOTH, 0), "SOL_HCI");
	CU_ASSERT_STRING_EQUAL(names_level(AF_INET, 132), "IPPROTO_SCTP");
	CU_ASSERT_STRING_EQUAL(names_level(AF_VSOCK, AF_VSOCK), "AF_VSOCK");
	CU_ASSERT_STRING_EQUAL(names_level(AF_INET, SOL_SOCKET), "SOL_SOCKET");
	CU_ASSERT_PTR_NULL(names_level(AF_INET, 4242));
	CU_ASSERT_STRING_EQUAL(names_protocol(AF_INET, 0), "IPPROTO_IP");
	CU_ASSERT_STRING_EQUAL(names_protocol(AF_NETLINK, 0), "NETLINK_ROUTE");
	CU_ASSERT_STRING_EQUAL(names_protocol(AF_CAN, 1), "CAN_RAW");
	CU_ASSERT_STRING_EQUAL(names_protocol(AF_BLUETOOTH, 3), "BTPROTO_RFCOMM");
	CU_ASSERT_STRING_EQUAL(names_protocol(AF_PACKET, 0x800), "ETH_P_IP");
	CU_ASSERT_PTR_NULL(names_protocol(AF_UNIX, 0));
}

SELFTEST(options_by_level)
{
	CU_ASSERT_STRING_EQUAL(names_option(AF_INET, SOL_SOCKET, SO_REUSEADDR, false),
			       "SO_REUSEADDR");
	CU_ASSERT_STRING_EQUAL(names_option(AF_INET, IPPROTO_TCP, TCP_NODELAY, false),
			       "TCP_NODELAY");
	CU_ASSERT_STRING_EQUAL(names_option(AF_INET, IPPROTO_UDP, UDP_CORK, false), "UDP_CORK");
	CU_ASSERT_STRING_EQUAL(names_option(AF_INET, IPPROTO_IP, IP_TTL, false), "IP_TTL");
	CU_ASSERT_STRING_EQUAL(names_option(AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY, false),
			       "IPV6_V6ONLY");
	CU_ASSERT_STRING_EQUAL(names_option(AF_UNIX, SOL_SOCKET, SO_ATTACH_FILTER, false),
			       "SO_ATTACH_FILTER");
	CU_ASSERT_STRING_EQUAL(names_option(AF_UNIX, SOL_SOCKET, SO_ATTACH_FILTER, true),
			       "SO_GET_FILTER");
	CU_ASSERT_STRING_EQUAL(names_option(AF_INET, 136, 10, false), "UDPLITE_SEND_CSCOV");
	CU_ASSERT_STRING_EQUAL(names_option(AF_BLUETOOTH, 6, 1, false), "L2CAP_OPTIONS");
	CU_ASSERT_STRING_EQUAL(names_option(AF_VSOCK, AF_VSOCK, 0, true),
			       "SO_VM_SOCKETS_BUFFER_SIZE");
	CU_ASSERT_PTR_NULL(names_option(AF_INET, SOL_SOCKET, 9999, false));
	CU_ASSERT_PTR_NULL(names_option(AF_INET, 9999, 1, false));
	CU_ASSERT_STRING_EQUAL(names_control_message(AF_UNIX, SOL_SOCKET, SCM_RIGHTS),
			       "SCM_RIGHTS");
	CU_ASSERT_STRING_EQUAL(names_control_message(AF_INET, IPPROTO_IP, IP_TTL), "IP_TTL");
	CU_ASSERT_STRING_EQUAL(names_control_message(AF_INET, SOL_SOCKET, SO_TIMESTAMP),
			       "SCM_TIMESTAMP");
	CU_ASSERT_PTR_EQUAL(names_option_values(AF_INET, IPPROTO_IP, IP_MTU_DISCOVER).table,
			    &names_ip_pmtudisc);
	CU_ASSERT_PTR_NULL(names_option_values(AF_INET, IPPROTO_IP, IP_TTL).table);
	CU_ASSERT_TRUE(names_option_values(AF_INET, SOL_SOCKET, SO_TIMESTAMPING).flags);
}

SELFTEST(flags_as_names)
{
	char buffer[64], small[12];

	CU_ASSERT_STRING_EQUAL(
		names_flags(&names_message_flags, MSG_PEEK | MSG_DONTWAIT, buffer, sizeof(buffer)),
		"MSG_PEEK|MSG_DONTWAIT");
	CU_ASSERT_STRING_EQUAL(
		names_flags(&names_message_flags, MSG_OOB | 1u << 31, buffer, sizeof(buffer)),
		"MSG_OOB|0x80000000");
	CU_ASSERT_STRING_EQUAL(names_flags(&names_message_flags, 0, buffer, sizeof(buffer)), "0");
	CU_ASSERT_STRING_EQUAL(
		names_flags(&names_message_flags, MSG_PEEK | MSG_DONTWAIT, small, sizeof(small)),
		"MSG_PEEK|MS");
}

SELFTEST(other_names)
{
	CU_ASSERT_STRING_EQUAL(names_addrinfo_error(EAI_NONAME), "EAI_NONAME");
	CU_ASSERT_STRING_EQUAL(names_ioctl(AF_INET, FIONREAD), "SIOCINQ");
	CU_ASSERT_STRING_EQUAL(names_ioctl(AF_INET, FIONBIO), "FIONBIO");
	CU_ASSERT_STRING_EQUAL(names_ioctl(AF_UNIX, 0x89e0), "SIOCUNIXFILE");
	CU_ASSERT_STRING_EQUAL(names_ioctl(AF_X25, 0x89e0), "SIOCX25GSUBSCRIP");
	CU_ASSERT_STRING_EQUAL(names_shutdown_how(SHUT_WR), "SHUT_WR");
	CU_ASSERT_STRING_EQUAL(names_signal(13), "SIGPIPE");
	CU_ASSERT_STRING_EQUAL(names_type(SOCK_RDM), "SOCK_RDM");
}
