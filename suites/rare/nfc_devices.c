/* SPDX-License-Identifier: MIT */
/* Devices of near field communication: how they are managed, asked and watched. */
#include <linux/capability.h>
#include <linux/genetlink.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "suites/rare/nfc_link.h"

#include "harness/case.h"
#include "harness/sandbox/sandbox.h"

enum { LINK_MS = 60000 };

#define OF(h, attribute) ATTRIBUTE(h, struct genlmsghdr, attribute)

static uint8_t byte_of(const struct nlattr *a)
{
	const uint8_t *data = attribute_data(a, 1);

	return data == NULL ? 0 : *data;
}

/*
 * Devices have numbers, and the kernel is asked about them by generic netlink.
 *
 * A program like neard turns them on, has them look for others, and makes a link; who only wants
 * to talk opens a socket once it is there.
 */
CASE(nfc_found,
     .claim = "NFC_CMD_GET_DEVICE tells name and role of a device: two that look for each other "
	      "become initiator and target of a link",
     .level = LINUX, .spec = "linux/Documentation/networking/nfc.rst; linux/net/nfc/netlink.c",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc netlink", .timeout_ms = LINK_MS)
{
	static const char *const names[] = {[INITIATOR] = "nfc0", [TARGET] = "nfc1"};
	static const int roles[] = {[INITIATOR] = NFC_RF_INITIATOR, [TARGET] = NFC_RF_TARGET};
	static struct netlink_answer answer;
	struct nfc_manager m = nfc_manage();

	nfc_link_up(&m);
	for (uint32_t device = INITIATOR; device <= TARGET; device++) {
		struct netlink_request r = nfc_request(&m, NFC_CMD_GET_DEVICE, device);
		const struct nlmsghdr *h = netlink_get(m.requests, &r, &answer);

		REQUIRE_TRUE(h != NULL);
		EXPECT_EQ(attribute_u32(OF(h, NFC_ATTR_DEVICE_INDEX)), device);
		EXPECT_STREQ(attribute_text(OF(h, NFC_ATTR_DEVICE_NAME)), names[device]);
		EXPECT_EQ(attribute_u32(OF(h, NFC_ATTR_PROTOCOLS)), NFC_PROTO_NFC_DEP_MASK);
		EXPECT_EQ(byte_of(OF(h, NFC_ATTR_DEVICE_POWERED)), 1);
		EXPECT_EQ(byte_of(OF(h, NFC_ATTR_RF_MODE)), roles[device]);
	}
	nfc_link_down(&m);
	for (uint32_t device = INITIATOR; device <= TARGET; device++) {
		struct netlink_request r = nfc_request(&m, NFC_CMD_GET_DEVICE, device);
		const struct nlmsghdr *h = netlink_get(m.requests, &r, &answer);

		REQUIRE_TRUE(h != NULL);
		EXPECT_EQ(byte_of(OF(h, NFC_ATTR_RF_MODE)), NFC_RF_NONE);
	}
}

/* Says what fails and why, and that the same works otherwise. */
CASE(nfc_manage_errors,
     .claim = "commands fail with ENODEV for a device that is not there, EINVAL without a protocol "
	      "or with one that it lacks, EALREADY for what is so, EBUSY while it looks for others",
     .level = ABI, .spec = "linux/net/nfc/netlink.c, core.c, digital_core.c", .topology = "machine",
     .needs = "nfc_devices", .tags = "nfc netlink errno", .timeout_ms = LINK_MS)
{
	struct nfc_manager m = nfc_manage();
	struct netlink_request r;
	uint32_t target = nfc_link_up(&m);

	r = nfc_request(&m, NFC_CMD_DEV_UP, NO_DEVICE);
	EXPECT_EQ(netlink_do(m.requests, &r), ENODEV);
	r = nfc_request(&m, NFC_CMD_DEV_UP, INITIATOR);
	EXPECT_EQ(netlink_do(m.requests, &r), EALREADY);
	r = nfc_request(&m, NFC_CMD_DEP_LINK_DOWN, INITIATOR);
	request_add_u32(&r, NFC_ATTR_TARGET_INDEX, target);
	EXPECT_EQ(netlink_do(m.requests, &r), 0);
	EXPECT_EQ(netlink_do(m.requests, &r), EALREADY);
	r = nfc_request(&m, NFC_CMD_STOP_POLL, INITIATOR);
	EXPECT_EQ(netlink_do(m.requests, &r), EINVAL);
	r = nfc_request(&m, NFC_CMD_START_POLL, INITIATOR);
	EXPECT_EQ(netlink_do(m.requests, &r), EINVAL);
	request_add_u32(&r, NFC_ATTR_IM_PROTOCOLS, NFC_PROTO_FELICA_MASK);
	EXPECT_EQ(netlink_do(m.requests, &r), EINVAL);
	r = nfc_request(&m, NFC_CMD_START_POLL, INITIATOR);
	request_add_u32(&r, NFC_ATTR_IM_PROTOCOLS, NFC_PROTO_NFC_DEP_MASK);
	EXPECT_EQ(netlink_do(m.requests, &r), 0);
	EXPECT_EQ(netlink_do(m.requests, &r), EBUSY);
	r = nfc_request(&m, NFC_CMD_STOP_POLL, INITIATOR);
	EXPECT_EQ(netlink_do(m.requests, &r), 0);
}

/* Asks the device INITIATOR for the access point of a service of the other one. */
static int sap_of(const struct nfc_manager *m, const char *name)
{
	static struct netlink_answer answer;
	struct netlink_request r = nfc_request(m, NFC_CMD_LLC_SDREQ, INITIATOR);
	size_t all = request_nest(&r, NFC_ATTR_LLC_SDP), one = request_nest(&r, 1);
	const struct nlmsghdr *h;
	const struct nlattr *found;

	request_add_text(&r, NFC_SDP_ATTR_URI, name);
	request_end(&r, one);
	request_end(&r, all);
	EXPECT_EQ(netlink_do(m->requests, &r), 0);
	h = nfc_event(m, NFC_EVENT_LLC_SDRES, INITIATOR, &answer);
	if (h == NULL)
		return -1;
	found = attribute_in(OF(h, NFC_ATTR_LLC_SDP), 1);
	EXPECT_STREQ(attribute_text(attribute_in(found, NFC_SDP_ATTR_URI)), name);
	return byte_of(attribute_in(found, NFC_SDP_ATTR_SAP));
}

/*
 * Which number has a name?
 *
 * The answer is 0 when there is no such service. A service gets its number when somebody asks
 * first, or connects.
 */
CASE(nfc_lookup,
     .claim = "NFC_CMD_LLC_SDREQ asks the other device for the access point of a service: 0 when "
	      "none listens; connect() goes there by the number",
     .level = ABI,
     .spec = "NFC Forum LLCP 1.1, 4.3.11; linux/net/nfc/llcp_core.c, nfc_llcp_recv_snl()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc netlink names connect",
     .timeout_ms = LINK_MS)
{
	struct nfc_manager m = nfc_manage();
	struct sockaddr_nfc_llcp to = nfc_service(INITIATOR, NULL);
	int client = nfc_stream(), listener;

	to.target_idx = nfc_link_up(&m);
	EXPECT_EQ(sap_of(&m, FREE_NAME), 0);
	listener = nfc_listening(FREE_NAME);
	to.dsap = (uint8_t)sap_of(&m, FREE_NAME);
	EXPECT_EQ(to.dsap, FIRST_NAMED);
	REQUIRE_OK(connect(client, NFC(to)));
	EXPECT_OK(accept(listener, NULL, NULL));
	nfc_listening(SNEP_NAME);
	EXPECT_EQ(sap_of(&m, SNEP_NAME), SAP_SNEP);
}

static int raw_of(uint32_t device)
{
	const struct sockaddr_nfc_llcp address = nfc_service(device, NULL);
	int fd = SETUP(socket(AF_NFC, SOCK_RAW, NFC_SOCKPROTO_LLCP));

	SETUP(bind(fd, NFC(address)));
	return fd;
}

/* The next message of this type that went this way; its length, 0 when none came. */
static ssize_t next_of_type(int fd, int type, int direction, uint8_t *got, size_t size)
{
	while (wait_for(fd, POLLIN, SOON_MS) == POLLIN) {
		ssize_t length = recv(fd, got, size, MSG_DONTWAIT);

		if (length < NFC_RAW_HEADER_SIZE + 2)
			return 0;
		if (((got[2] & 3) << 2 | got[3] >> 6) == type && (got[1] & 1) == direction)
			return length;
	}
	return 0;
}

/*
 * What goes between the devices.
 *
 * Two bytes say of which device a message is and which way it went; then LLCP: 6 bits of the access
 * point that it is for, 4 of its type, 6 of the one that it is of. When neither has to say
 * anything, they still take turns, by empty messages (SYMM).
 */
CASE(nfc_watch,
     .claim = "a raw socket that is bound to a device receives each message of LLCP that it sends "
	      "and receives: SYMM, CONNECT with the name and the parameters, CC",
     .level = ABI,
     .spec = "NFC Forum LLCP 1.1, 4.2, 4.3, 4.5; linux/include/uapi/linux/nfc.h; "
	     "linux/net/nfc/llcp_core.c, nfc_llcp_send_to_raw_sock()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc raw wire", .timeout_ms = LINK_MS)
{
	enum { SYMM = 0, CONNECT = 4, CC = 6, NAME = 6, NAME_BYTES = sizeof(FREE_NAME) - 1 };
	struct nfc_manager m = nfc_manage();
	struct sockaddr_nfc_llcp to = nfc_service(INITIATOR, FREE_NAME);
	int client = nfc_stream(), raw = raw_of(INITIATOR);
	uint8_t got[128];
	/* MIUX, RW */
	static const uint8_t most[] = {2, 2, MIUX_MOST >> 8, MIUX_MOST & 0xff, 5, 1, RW_MOST};
	static const uint8_t empty[] = {INITIATOR, NFC_DIRECTION_TX, 0, 0};
	const uint8_t connect_to[] = {
		INITIATOR, NFC_DIRECTION_TX, SAP_NAMES << 2 | CONNECT >> 2, FIRST_FREE,
		NAME,	   NAME_BYTES};
	const uint8_t agree[] = {INITIATOR, NFC_DIRECTION_RX, FIRST_FREE << 2 | CC >> 2,
				 (CC & 3) << 6 | FIRST_NAMED};

	to.target_idx = nfc_link_up(&m);
	EXPECT_EQ(next_of_type(raw, SYMM, NFC_DIRECTION_TX, got, sizeof(got)), sizeof(empty));
	EXPECT_MEMEQ(got, empty, sizeof(empty));
	nfc_listening(FREE_NAME);
	SETUP(connect(client, NFC(to)));
	EXPECT_EQ(next_of_type(raw, CONNECT, NFC_DIRECTION_TX, got, sizeof(got)),
		  sizeof(connect_to) + NAME_BYTES + sizeof(most));
	EXPECT_MEMEQ(got, connect_to, sizeof(connect_to));
	EXPECT_MEMEQ(got + sizeof(connect_to), FREE_NAME, NAME_BYTES);
	EXPECT_MEMEQ(got + sizeof(connect_to) + NAME_BYTES, most, sizeof(most));
	EXPECT_EQ(next_of_type(raw, CC, NFC_DIRECTION_RX, got, sizeof(got)),
		  sizeof(agree) + sizeof(most));
	EXPECT_MEMEQ(got, agree, sizeof(agree));
	EXPECT_MEMEQ(got + sizeof(agree), most, sizeof(most));
	EXPECT_ERR(send(raw, got, 4, 0), EOPNOTSUPP);
}

/* Watching others is for an administrator. */
CASE(nfc_watch_errors,
     .claim = "raw sockets of LLCP take CAP_NET_RAW (EPERM); bind() fails with EINVAL for another "
	      "family, ENODEV for a device that is not there, EBADFD the second time",
     .level = ABI, .spec = "linux/net/nfc/llcp_sock.c, llcp_sock_create(), llcp_raw_sock_bind()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc raw bind errno")
{
	const struct sockaddr_nfc_llcp good = nfc_service(TARGET, NULL);
	struct sockaddr_nfc_llcp wrong = good;
	int fd = SETUP(socket(AF_NFC, SOCK_RAW, NFC_SOCKPROTO_LLCP));

	wrong.sa_family = AF_INET;
	EXPECT_ERR(bind(fd, NFC(wrong)), EINVAL);
	wrong = good;
	wrong.dev_idx = NO_DEVICE;
	EXPECT_ERR(bind(fd, NFC(wrong)), ENODEV);
	EXPECT_OK(bind(fd, NFC(good)));
	EXPECT_ERR(bind(fd, NFC(good)), EBADFD);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(connect(fd, NFC(good)), EOPNOTSUPP);
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_NFC, SOCK_RAW, NFC_SOCKPROTO_LLCP), EPERM);
	EXPECT_OK(socket(AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_LLCP));
}

/*
 * A socket for a target that is no computer, a tag, say: what is sent goes to it as it is, and its
 * answer is received. Here only a device that wants a link is near, which does not answer.
 */
CASE(nfc_target,
     .claim =
	     "connect() of a socket with NFC_SOCKPROTO_RAW goes to a target that was found; ENODEV "
	     "without the device, EINVAL for another family or target, EISCONN the second time, "
	     "EBUSY for another socket",
     .level = ABI,
     .spec = "linux/net/nfc/rawsock.c, rawsock_connect(); core.c, nfc_activate_target()",
     .topology = "machine", .needs = "nfc_devices", .tags = "nfc raw connect errno",
     .timeout_ms = LINK_MS)
{
	struct nfc_manager m = nfc_manage();
	const struct sockaddr_nfc good = {.sa_family = AF_NFC,
					  .dev_idx = INITIATOR,
					  .target_idx = nfc_find(&m),
					  .nfc_protocol = NFC_PROTO_NFC_DEP};
	struct sockaddr_nfc wrong = good;
	int fd = SETUP(socket(AF_NFC, SOCK_SEQPACKET, NFC_SOCKPROTO_RAW));
	int other = SETUP(socket(AF_NFC, SOCK_SEQPACKET, NFC_SOCKPROTO_RAW));

	EXPECT_ERR(connect(fd, (const struct sockaddr *)&good, sizeof(good) - 1), EINVAL);
	wrong.sa_family = AF_INET;
	EXPECT_ERR(connect(fd, NFC(wrong)), EINVAL);
	wrong = good;
	wrong.dev_idx = NO_DEVICE;
	EXPECT_ERR(connect(fd, NFC(wrong)), ENODEV);
	wrong = good;
	wrong.target_idx++;
	EXPECT_ERR(connect(fd, NFC(wrong)), EINVAL);
	EXPECT_ERR(send(fd, "x", 1, 0), ENOTCONN);
	EXPECT_OK(connect(fd, NFC(good)));
	EXPECT_ERR(connect(fd, NFC(good)), EISCONN);
	EXPECT_ERR(connect(other, NFC(good)), EBUSY);
	EXPECT_ERR(sendto(fd, "x", 1, 0, NFC(good)), EOPNOTSUPP);
	EXPECT_OK(close(fd));
	EXPECT_OK(connect(other, NFC(good)));
}
