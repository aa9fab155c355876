/* SPDX-License-Identifier: MIT */
/* Socket options and control messages, as real calls are recorded. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness/calls/here.h"

SELFTEST(option_values_by_their_types)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1, discover = IP_PMTUDISC_DO;
	struct linger linger = {1, 5};
	struct timeval timeout = {.tv_sec = 2, .tv_usec = 500};
	struct ip_mreqn membership = {.imr_multiaddr.s_addr = htonl(0xe0000001), .imr_ifindex = 1};
	struct sock_filter instruction = BPF_STMT(BPF_RET | BPF_K, 0xffff);
	struct sock_fprog filter = {.len = 1, .filter = &instruction};
	char name[16];
	socklen_t length = sizeof(name);

	recording_start();
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	CU_ASSERT(same(argument("setsockopt", "level"), "SOL_SOCKET"));
	CU_ASSERT(same(argument("setsockopt", "optname"), "SO_REUSEADDR"));
	CU_ASSERT(same(argument("setsockopt", "optval"), "[1]"));
	CU_ASSERT(same(argument("setsockopt", "optlen"), "4"));
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &linger, sizeof(linger));
	CU_ASSERT(same(argument("setsockopt", "optval"), "[1]"));
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	CU_ASSERT(same(argument("setsockopt", "optval"), "{l_onoff=1, l_linger=5}"));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
	CU_ASSERT(same(argument("setsockopt", "optval"), "{tv_sec=2, tv_usec=500}"));
	setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof(discover));
	CU_ASSERT(same(argument("setsockopt", "optval"), "[IP_PMTUDISC_DO]"));
	setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof(membership));
	CU_ASSERT(same(argument("setsockopt", "optval"),
		       "{imr_multiaddr=224.0.0.1, imr_address=0.0.0.0, imr_ifindex=1}"));
	setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter));
	CU_ASSERT(starts(argument("setsockopt", "optval"), "{len=1, filter=0x"));
	setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "reno", 4);
	CU_ASSERT(same(argument("setsockopt", "level"), "SOL_TCP"));
	CU_ASSERT(same(argument("setsockopt", "optval"), "\"reno\""));
	getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name, &length);
	CU_ASSERT(same(argument("getsockopt", "optname"), "TCP_CONGESTION"));
	CU_ASSERT(same(argument("getsockopt", "optval"), "\"reno\""));
	length = sizeof(on);
	getsockopt(fd, SOL_SOCKET, SO_TYPE, &on, &length);
	CU_ASSERT(same(argument("getsockopt", "optval"), "[SOCK_STREAM]"));
	CU_ASSERT(same(argument("getsockopt", "optlen"), "[4]"));
	getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &on, &length);
	CU_ASSERT(same(argument("getsockopt", "optval"), "[AF_INET]"));
	getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &on, &length);
	CU_ASSERT(same(argument("getsockopt", "optval"), "[IPPROTO_TCP]"));
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &on, &length);
	CU_ASSERT(same(argument("getsockopt", "optval"), "[0]"));
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, 9999, &linger, 3), -1);
	CU_ASSERT(same(argument("setsockopt", "optname"), "9999"));
	CU_ASSERT(starts(argument("setsockopt", "optval"), "<"));
	recording_stop();
	close(fd);
}

SELFTEST(tcp_info_and_lengths)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct tcp_info info;
	socklen_t length = sizeof(info);

	recording_start();
	CU_ASSERT_EQUAL(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length), 0);
	CU_ASSERT(starts(argument("getsockopt", "optval"), "{tcpi_state=TCP_CLOSE, tcpi_rto="));
	length = 1000;
	CU_ASSERT_EQUAL(getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &info, &length), 0);
	CU_ASSERT(same(argument("getsockopt", "optlen"), "[1000 => 4]"));
	recording_stop();
	close(fd);
}

SELFTEST(descriptors_and_credentials_in_a_message)
{
	char control[CMSG_SPACE(2 * sizeof(int)) + CMSG_SPACE(sizeof(struct ucred))] = "";
	struct iovec vector[2] = {{"ab", 2}, {"cde", 3}};
	struct msghdr message = {.msg_iov = vector,
				 .msg_iovlen = 2,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	struct ucred self = {getpid(), getuid(), getgid()};
	int pair[2], passed[2], on = 1;
	char text[16], expected[256];

	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	memcpy(passed, pair, sizeof(passed));
	*head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(passed)),
				 .cmsg_level = SOL_SOCKET,
				 .cmsg_type = SCM_RIGHTS};
	memcpy(CMSG_DATA(head), passed, sizeof(passed));
	head = CMSG_NXTHDR(&message, head);
	CU_ASSERT_PTR_NOT_NULL_FATAL(head);
	*head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(self)),
				 .cmsg_level = SOL_SOCKET,
				 .cmsg_type = SCM_CREDENTIALS};
	memcpy(CMSG_DATA(head), &self, sizeof(self));
	recording_start();
	CU_ASSERT_EQUAL(sendmsg(pair[0], &message, 0), 5);
	(void)snprintf(
		expected, sizeof(expected),
		"{iov=[{\"ab\", 2}, {\"cde\", 3}], control=[{SOL_SOCKET, SCM_RIGHTS, [%d, %d]}, "
		"{SOL_SOCKET, SCM_CREDENTIALS, {pid=%d, uid=%d, gid=%d}}]}",
		pair[0], pair[1], self.pid, (int)self.uid, (int)self.gid);
	CU_ASSERT(same(argument("sendmsg", "msg"), expected));
	vector[0] = (struct iovec){text, sizeof(text)};
	message.msg_iovlen = 1;
	message.msg_controllen = CMSG_SPACE(sizeof(struct ucred));
	CU_ASSERT_EQUAL(recvmsg(pair[1], &message, 0), 5);
	(void)snprintf(expected, sizeof(expected),
		       "{iov=[{\"abcde\", 16}], control=[{SOL_SOCKET, SCM_CREDENTIALS, "
		       "{pid=%d, uid=%d, gid=%d}}], flags=MSG_CTRUNC}",
		       self.pid, (int)self.uid, (int)self.gid);
	CU_ASSERT(same(argument("recvmsg", "msg"), expected));
	recording_stop();
	close(pair[0]);
	close(pair[1]);
}

SELFTEST(control_message_with_a_wrong_length)
{
	union {
		char bytes[64];
		struct cmsghdr head;
	} control = {.head = {.cmsg_len = 1000, .cmsg_level = IPPROTO_IP, .cmsg_type = IP_TTL}};
	struct msghdr message = {.msg_control = &control, .msg_controllen = sizeof(control)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	recording_start();
	CU_ASSERT_EQUAL(sendmsg(fd, &message, 0), -1);
	CU_ASSERT(same(argument("sendmsg", "msg"),
		       "{iov=[], control=[{SOL_IP, IP_TTL, cmsg_len=1000}]}"));
	control.head.cmsg_len = 0;
	CU_ASSERT_EQUAL(sendmsg(fd, &message, 0), -1);
	CU_ASSERT(same(argument("sendmsg", "msg"),
		       "{iov=[], control=[{SOL_IP, IP_TTL, cmsg_len=0}]}"));
	recording_stop();
	close(fd);
}

/* An ICMP error, of a port on which nobody listens. */
SELFTEST(error_queue)
{
	struct sockaddr_in peer = {.sin_family = AF_INET,
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int closed = socket(AF_INET, SOCK_DGRAM, 0), fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1;
	char control[256], data[16], expected[512];
	struct iovec vector = {data, sizeof(data)};
	struct sockaddr_in from;
	struct msghdr message = {.msg_name = &from,
				 .msg_namelen = sizeof(from),
				 .msg_iov = &vector,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	socklen_t length = sizeof(peer);
	struct pollfd ready = {.fd = fd};

	CU_ASSERT_EQUAL(bind(closed, (struct sockaddr *)&peer, sizeof(peer)), 0);
	CU_ASSERT_EQUAL(getsockname(closed, (struct sockaddr *)&peer, &length), 0);
	close(closed);
	setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof(on));
	recording_start();
	CU_ASSERT_EQUAL(sendto(fd, "ping", 4, 0, (struct sockaddr *)&peer, sizeof(peer)), 4);
	CU_ASSERT_EQUAL(poll(&ready, 1, 2000), 1);
	CU_ASSERT(starts(argument("poll", "fds"), "[{fd="));
	CU_ASSERT_EQUAL(recvmsg(fd, &message, MSG_ERRQUEUE), 4);
	(void)snprintf(
		expected, sizeof(expected),
		"{name={AF_INET, 127.0.0.1:%d}, iov=[{\"ping\", 16}], control=[{SOL_IP, "
		"IP_RECVERR, {ee_errno=ECONNREFUSED, ee_origin=SO_EE_ORIGIN_ICMP, ee_type=3, "
		"ee_code=3, ee_info=0, ee_data=0, offender={AF_INET, 127.0.0.1:0}}}], "
		"flags=MSG_ERRQUEUE}",
		ntohs(peer.sin_port));
	CU_ASSERT(same(argument("recvmsg", "msg"), expected));
	recording_stop();
	close(fd);
}

SELFTEST(many_messages_at_once)
{
	struct iovec in[2] = {{"one", 3}, {"three", 5}}, out[2];
	char data[2][8] = {""};
	struct mmsghdr messages[2] = {{.msg_hdr = {.msg_iov = &in[0], .msg_iovlen = 1}},
				      {.msg_hdr = {.msg_iov = &in[1], .msg_iovlen = 1}}};
	int pair[2];

	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	recording_start();
	CU_ASSERT_EQUAL(sendmmsg(pair[0], messages, 2, 0), 2);
	CU_ASSERT(same(argument("sendmmsg", "msgvec"),
		       "[{{iov=[{\"one\", 3}]}, len=3}, {{iov=[{\"three\", 5}]}, len=5}]"));
	for (int i = 0; i < 2; i++) {
		out[i] = (struct iovec){data[i], sizeof(data[i])};
		messages[i].msg_hdr.msg_iov = &out[i];
	}
	CU_ASSERT_EQUAL(recvmmsg(pair[1], messages, 2, MSG_WAITFORONE, NULL), 2);
	CU_ASSERT(same(argument("recvmmsg", "msgvec"),
		       "[{{iov=[{\"one\", 8}], flags=0}, len=3}, "
		       "{{iov=[{\"three\", 8}], flags=0}, len=5}]"));
	CU_ASSERT(same(argument("recvmmsg", "flags"), "MSG_WAITFORONE"));
	recording_stop();
	close(pair[0]);
	close(pair[1]);
}

SELFTEST(filters_of_multicast_sources)
{
	struct ip_msfilter filter = {.imsf_multiaddr.s_addr = htonl(0xe8010101),
				     .imsf_interface.s_addr = htonl(INADDR_LOOPBACK),
				     .imsf_fmode = MCAST_INCLUDE,
				     .imsf_numsrc = 1};
	struct group_req group = {.gr_interface = 1};
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xe8010101)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	filter.imsf_slist[0].s_addr = htonl(0xc0000201);
	memcpy(&group.gr_group, &address, sizeof(address));
	recording_start();
	(void)setsockopt(fd, IPPROTO_IP, IP_MSFILTER, &filter, IP_MSFILTER_SIZE(1));
	CU_ASSERT(same(
		argument("setsockopt", "optval"),
		"{imsf_multiaddr=232.1.1.1, imsf_interface=127.0.0.1, imsf_fmode=MCAST_INCLUDE, "
		"imsf_slist=[192.0.2.1]}"));
	(void)setsockopt(fd, IPPROTO_IP, MCAST_JOIN_GROUP, &group, sizeof(group));
	CU_ASSERT(same(argument("setsockopt", "optval"),
		       "{gr_interface=1, gr_group={AF_INET, 232.1.1.1:0}}"));
	recording_stop();
	close(fd);
}
