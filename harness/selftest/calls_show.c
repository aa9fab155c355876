/* SPDX-License-Identifier: MIT */
/* What arguments look like, kind by kind, without making calls. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include "harness/calls/show.h"
#include "harness/calls/show_known.h"
#include "harness/calls/show_ready.h"

#include <arpa/inet.h>
#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

static char buffer[1024];

SELFTEST(internet_addresses)
{
	struct sockaddr_in in = {.sin_family = AF_INET,
				 .sin_port = htons(80),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6,
				   .sin6_port = htons(80),
				   .sin6_addr = IN6ADDR_LOOPBACK_INIT};

	CU_ASSERT(same(shown_address(&in, sizeof(in)), "{AF_INET, 127.0.0.1:80}"));
	CU_ASSERT(same(shown_address(&in6, sizeof(in6)), "{AF_INET6, [::1]:80, scope 0}"));
	in6.sin6_scope_id = 3;
	in6.sin6_flowinfo = htonl(0x12345);
	CU_ASSERT(same(shown_address(&in6, sizeof(in6)),
		       "{AF_INET6, [::1]:80, flowinfo 0x12345, scope 3}"));
	CU_ASSERT(same(shown_address(NULL, 0), "NULL"));
	in.sin_family = 99;
	in.sin_port = 0;
	CU_ASSERT(same(shown_address(&in, 6), "{99, 00 00 7f 00}"));
}

SELFTEST(unix_addresses)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	size_t path = offsetof(struct sockaddr_un, sun_path);

	CU_ASSERT(same(shown_address(&un, path), "{AF_UNIX}"));
	memcpy(un.sun_path, "/tmp/x", 7);
	CU_ASSERT(same(shown_address(&un, sizeof(un)), "{AF_UNIX, \"/tmp/x\"}"));
	memcpy(un.sun_path, "\0na\0me", 6);
	CU_ASSERT(same(shown_address(&un, path + 6), "{AF_UNIX, \"@na\\x00me\"}"));
}

SELFTEST(addresses_of_linux)
{
	struct sockaddr_nl nl = {.nl_family = AF_NETLINK, .nl_pid = 7, .nl_groups = 5};
	struct sockaddr_ll ll = {.sll_family = AF_PACKET,
				 .sll_protocol = htons(0x800),
				 .sll_ifindex = 2,
				 .sll_hatype = 1,
				 .sll_pkttype = PACKET_HOST,
				 .sll_halen = 6,
				 .sll_addr = {2, 0, 0, 0, 0, 1}};
	struct sockaddr_vm vm = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY, .svm_port = 9};
	struct sockaddr_can can = {.can_family = AF_CAN, .can_ifindex = 4};
	struct sockaddr_alg alg = {.salg_family = AF_ALG, .salg_type = "hash", .salg_name = "sha1"};
	unsigned char rc[10] = {AF_BLUETOOTH & 255, 0, 6, 5, 4, 3, 2, 1, 9};
	sa_family_t bluetooth = AF_BLUETOOTH;

	CU_ASSERT(same(shown_address(&nl, sizeof(nl)), "{AF_NETLINK, pid 7, groups 0x5}"));
	CU_ASSERT(same(shown_address(&ll, sizeof(ll)),
		       "{AF_PACKET, htons(ETH_P_IP), ifindex 2, hatype "
		       "1, PACKET_HOST, 02:00:00:00:00:01}"));
	CU_ASSERT(same(shown_address(&vm, sizeof(vm)), "{AF_VSOCK, cid VMADDR_CID_ANY, port 9}"));
	CU_ASSERT(same(shown_address(&can, sizeof(can)), "{AF_CAN, ifindex 4}"));
	CU_ASSERT(same(shown_address(&alg, sizeof(alg)), "{AF_ALG, \"hash\", \"sha1\"}"));
	memcpy(rc, &bluetooth, sizeof(bluetooth));
	CU_ASSERT(same(shown_address(rc, sizeof(rc)),
		       "{AF_BLUETOOTH, 01:02:03:04:05:06, channel 9}"));
	memset(rc + 2, 0, 6);
	CU_ASSERT(same(shown_address(rc, 8), "{AF_BLUETOOTH, BDADDR_ANY}"));
}

SELFTEST(data_as_a_c_string)
{
	struct text t;
	char data[100];

	text_begin(&t, buffer, sizeof(buffer));
	show_data(&t,
		  "a\"\\\n\t\x01"
		  "bZ\xff",
		  9);
	text_finish(&t);
	/* "\x01b" would be one byte to a C compiler. */
	CU_ASSERT(same(buffer, "\"a\\\"\\\\\\n\\t\\x01\\x62Z\\xff\""));
	memset(data, 'x', sizeof(data));
	text_begin(&t, buffer, sizeof(buffer));
	show_data(&t, data, sizeof(data));
	text_finish(&t);
	CU_ASSERT(same(buffer,
		       "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"... (100 bytes)"));
	text_begin(&t, buffer, sizeof(buffer));
	show_data(&t, data, 0);
	text_finish(&t);
	CU_ASSERT(same(buffer, "\"\""));
}

SELFTEST(text_that_does_not_fit_is_cut)
{
	struct text t;

	text_begin(&t, buffer, 10);
	text_string(&t, "123456");
	text_int(&t, -123456);
	CU_ASSERT_EQUAL(text_finish(&t), 9);
	CU_ASSERT(same(buffer, "123456..."));
	text_begin(&t, buffer, 10);
	text_int(&t, INT64_MIN);
	text_finish(&t);
	CU_ASSERT(same(buffer, "-92233..."));
}

SELFTEST(sets_of_descriptors_and_signals)
{
	struct pollfd fds[2] = {{.fd = 3, .events = POLLIN, .revents = POLLIN | POLLHUP},
				{.fd = -1}};
	fd_set set;
	sigset_t signals;
	struct text t;

	text_begin(&t, buffer, sizeof(buffer));
	show_pollfds(&t, fds, 2, false);
	show_pollfds(&t, fds, 1, true);
	text_finish(&t);
	CU_ASSERT(same(buffer, "[{fd=3, events=POLLIN}, {fd=-1, events=0}]"
			       "[{fd=3, events=POLLIN, revents=POLLIN|POLLHUP}]"));
	FD_ZERO(&set);
	FD_SET(3, &set);
	FD_SET(70, &set);
	text_begin(&t, buffer, sizeof(buffer));
	show_fd_set(&t, 71, &set);
	show_fd_set(&t, 70, &set);
	show_fd_set(&t, 5, NULL);
	text_finish(&t);
	CU_ASSERT(same(buffer, "[3, 70][3]NULL"));
	sigemptyset(&signals);
	sigaddset(&signals, SIGPIPE);
	sigaddset(&signals, SIGALRM);
	text_begin(&t, buffer, sizeof(buffer));
	show_signal_set(&t, &signals);
	text_finish(&t);
	CU_ASSERT(same(buffer, "[SIGPIPE, SIGALRM]"));
}

SELFTEST(frames_of_can)
{
	struct canfd_frame fd = {.can_id = 0x123, .len = 2, .flags = CANFD_BRS, .data = {1, 2}};
	struct can_frame frame = {.can_id = 0x1abcdef0 | CAN_EFF_FLAG, .can_dlc = 1, .data = {42}};
	struct bcm_msg_head head = {
		.opcode = TX_SETUP, .flags = SETTIMER | STARTTIMER, .nframes = 1};
	char message[sizeof(head) + sizeof(frame)];
	struct can_filter filter = {0x7ff, CAN_SFF_MASK | CAN_RTR_FLAG};
	struct text t;

	text_begin(&t, buffer, sizeof(buffer));
	CU_ASSERT_TRUE(show_can_data(&t, CAN_RAW, &frame, sizeof(frame)));
	text_finish(&t);
	CU_ASSERT(same(buffer, "{CAN_MTU, can_id=CAN_EFF_FLAG|0x1abcdef0, len=1, data=<2a>}"));
	text_begin(&t, buffer, sizeof(buffer));
	CU_ASSERT_TRUE(show_can_data(&t, CAN_RAW, &fd, sizeof(fd)));
	text_finish(&t);
	CU_ASSERT(same(buffer, "{CANFD_MTU, can_id=0x123, len=2, flags=CANFD_BRS, data=<01 02>}"));
	text_begin(&t, buffer, sizeof(buffer));
	memcpy(message, &head, sizeof(head));
	memcpy(message + sizeof(head), &frame, sizeof(frame));
	CU_ASSERT_TRUE(show_can_data(&t, CAN_BCM, message, sizeof(message)));
	text_finish(&t);
	CU_ASSERT(starts(buffer, "{opcode=CAN_BCM_TX_SETUP, "
				 "flags=CAN_BCM_SETTIMER|CAN_BCM_STARTTIMER, count=0, can_id=0"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer, "frames=[{CAN_MTU, can_id=CAN_EFF_FLAG|"));
	text_begin(&t, buffer, sizeof(buffer));
	CU_ASSERT_FALSE(show_can_data(&t, CAN_RAW, &frame, 15));
	CU_ASSERT_FALSE(show_can_data(&t, CAN_BCM, &frame, sizeof(frame)));
	CU_ASSERT_FALSE(show_can_data(&t, CAN_RAW, NULL, sizeof(frame)));
	CU_ASSERT_TRUE(known_can_filters(&t, &filter, sizeof(filter)));
	text_finish(&t);
	CU_ASSERT(same(buffer, "[{can_id=CAN_SFF_MASK, can_mask=CAN_RTR_FLAG|CAN_SFF_MASK}]"));
}

SELFTEST(structures_of_sctp)
{
	static const struct {
		show_known *show;
		uint16_t bytes[8];
		size_t length;
		const char *shown;
	} rows[] = {
		{known_sctp_initmsg,
		 {1, 2, 3, 4},
		 8,
		 "{sinit_num_ostreams=1, sinit_max_instreams=2, sinit_max_attempts=3, "
		 "sinit_max_init_timeo=4}"},
		{known_sctp_sndinfo,
		 {7, 1},
		 16,
		 "{snd_sid=7, snd_flags=SCTP_UNORDERED, snd_ppid=0, snd_context=0, "
		 "snd_assoc_id=SCTP_FUTURE_ASSOC}"},
		{known_sctp_prinfo, {0x30}, 8, "{pr_policy=SCTP_PR_SCTP_PRIO, pr_value=0}"},
		{known_sctp_sndinfo, {7, 1}, 4, "{snd_sid=7, snd_flags=SCTP_UNORDERED}"},
	};
	static const uint32_t hmacs[] = {2, 0x00030001}, many[] = {900, 0x00030001};
	struct text t;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text_begin(&t, buffer, sizeof(buffer));
		CU_ASSERT_TRUE(rows[i].show(&t, rows[i].bytes, rows[i].length));
		CU_ASSERT_FALSE(rows[i].show(&t, rows[i].bytes, 1));
		text_finish(&t);
		CU_ASSERT(same(buffer, rows[i].shown));
	}
	/* Both halves of the word are one algorithm each, in either byte order. */
	text_begin(&t, buffer, sizeof(buffer));
	CU_ASSERT_TRUE(known_sctp_hmacs(&t, hmacs, sizeof(hmacs)));
	text_finish(&t);
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer, "SCTP_AUTH_HMAC_ID_SHA1"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer, "SCTP_AUTH_HMAC_ID_SHA256"));
	text_begin(&t, buffer, sizeof(buffer));
	CU_ASSERT_TRUE(known_sctp_hmacs(&t, many, sizeof(many)));
	text_finish(&t);
	CU_ASSERT_EQUAL(strlen(buffer),
			strlen("[SCTP_AUTH_HMAC_ID_SHA1, SCTP_AUTH_HMAC_ID_SHA256]"));
}
