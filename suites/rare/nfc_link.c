/* SPDX-License-Identifier: MIT */
#include "suites/rare/nfc_link.h"

#include <linux/genetlink.h>
#include <poll.h>
#include <string.h>
#include <time.h>

/*
 * Of looking for each other: both try three kinds of radio in random order, until they try the
 * same; of a link before, a device may wait 1.5 s for its last answer.
 */
enum { NFC_MS = 20000, LINK_MS = 5000, TRIES = 5 };

struct sockaddr_nfc_llcp nfc_service(uint32_t device, const char *name)
{
	struct sockaddr_nfc_llcp address;

	memset(&address, 0, sizeof(address));
	address.sa_family = AF_NFC;
	address.dev_idx = device;
	address.nfc_protocol = NFC_PROTO_NFC_DEP;
	if (name != NULL) {
		address.service_name_len = strlen(name);
		memcpy(address.service_name, name, address.service_name_len);
	}
	return address;
}

/* The group of events, in what the controller says of the family; 0 when there is none. */
static uint32_t group_of(const struct nlmsghdr *h)
{
	const struct nlattr *groups = ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_MCAST_GROUPS);

	/* The family has this one. */
	return attribute_u32(attribute_in(attribute_in(groups, 1), CTRL_ATTR_MCAST_GRP_ID));
}

struct nfc_manager nfc_manage_at(struct expect_at at)
{
	struct genlmsghdr lookup = {.cmd = CTRL_CMD_GETFAMILY, .version = 1};
	struct netlink_request r = REQUEST(GENL_ID_CTRL, 0, lookup);
	static struct netlink_answer answer;
	struct nfc_manager m = {.requests = netlink_open_here(NETLINK_GENERIC),
				.events = netlink_open_here(NETLINK_GENERIC)};
	const struct sockaddr_nl self = {.nl_family = AF_NETLINK};
	const struct nlmsghdr *h;
	const void *id = NULL;
	int group;

	request_add_text(&r, CTRL_ATTR_FAMILY_NAME, NFC_GENL_NAME);
	h = netlink_get_here(m.requests, &r, &answer);
	if (h != NULL)
		id = attribute_data(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_FAMILY_ID),
				    sizeof(m.family));
	if (id == NULL) {
		errno = ENOENT;
		expect_success(at, -1);
		return m;
	}
	memcpy(&m.family, id, sizeof(m.family));
	/* What the kernel says to a group has number 0: a socket without a number of its own is not
	 * told. */
	expect_success(at, bind(m.events, (const struct sockaddr *)&self, sizeof(self)));
	group = (int)group_of(h);
	expect_success(at, setsockopt(m.events, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
				      sizeof(group)));
	return m;
}

struct netlink_request nfc_request(const struct nfc_manager *m, uint8_t command, uint32_t device)
{
	struct genlmsghdr header = {.cmd = command, .version = NFC_GENL_VERSION};
	struct netlink_request r = REQUEST(m->family, 0, header);

	request_add_u32(&r, NFC_ATTR_DEVICE_INDEX, device);
	return r;
}

static const struct nlmsghdr *event_within(const struct nfc_manager *m, uint8_t command,
					   uint32_t device, struct netlink_answer *answer,
					   int milliseconds)
{
	int64_t end = clock_ms() + milliseconds, left;

	while ((left = end - clock_ms()) > 0 &&
	       wait_for_here(m->events, POLLIN, (int)left) == POLLIN) {
		const struct nlmsghdr *h;

		if (netlink_receive_here(m->events, answer) < 0)
			return NULL;
		h = answer_first(answer);
		if (h->nlmsg_type == m->family &&
		    ((const struct genlmsghdr *)NLMSG_DATA(h))->cmd == command &&
		    attribute_u32(ATTRIBUTE(h, struct genlmsghdr, NFC_ATTR_DEVICE_INDEX)) == device)
			return h;
	}
	return NULL;
}

const struct nlmsghdr *nfc_event_here(const struct nfc_manager *m, uint8_t command, uint32_t device,
				      struct netlink_answer *answer)
{
	return event_within(m, command, device, answer, NFC_MS);
}

/* A step of the setup: `but` is an error that is as good as success. */
static void step(struct expect_at at, const struct nfc_manager *m, struct netlink_request *r,
		 int but)
{
	errno = netlink_do_here(m->requests, r, NLM_F_ACK);
	expect_success(at, errno == 0 || errno == but ? 0 : -1);
}

static bool happens(const struct nfc_manager *m, uint8_t command, uint32_t device, int milliseconds)
{
	static struct netlink_answer answer;

	return event_within(m, command, device, &answer, milliseconds) != NULL;
}

/* Who looked before may be gone, and the kernel about to stop what it began: EBUSY until then. */
static void poll_as(struct expect_at at, const struct nfc_manager *m, uint32_t device,
		    uint16_t role)
{
	const struct timespec moment = {0, 10000000};
	struct netlink_request r = nfc_request(m, NFC_CMD_START_POLL, device);
	int64_t end = clock_ms() + NFC_MS;

	request_add_u32(&r, role, NFC_PROTO_NFC_DEP_MASK);
	while ((errno = netlink_do_here(m->requests, &r, NLM_F_ACK)) == EBUSY && clock_ms() < end)
		nanosleep(&moment, NULL);
	expect_success(at, errno == 0 ? 0 : -1);
}

static void take_target(const struct nlmsghdr *h, void *context)
{
	*(uint32_t *)context =
		attribute_u32(ATTRIBUTE(h, struct genlmsghdr, NFC_ATTR_TARGET_INDEX));
}

void nfc_link_down_at(struct expect_at at, const struct nfc_manager *m)
{
	for (uint32_t device = INITIATOR; device <= TARGET; device++) {
		struct netlink_request r = nfc_request(m, NFC_CMD_DEP_LINK_DOWN, device);

		request_add_u32(&r, NFC_ATTR_TARGET_INDEX, 0);
		step(at, m, &r, EALREADY);
	}
}

uint32_t nfc_find_at(struct expect_at at, const struct nfc_manager *m)
{
	uint32_t target = UINT32_MAX;
	struct netlink_request r;

	nfc_link_down_at(at, m);
	for (uint32_t device = INITIATOR; device <= TARGET; device++) {
		r = nfc_request(m, NFC_CMD_DEV_UP, device);
		step(at, m, &r, EALREADY);
		/* It may look for others from a try before. */
		r = nfc_request(m, NFC_CMD_STOP_POLL, device);
		netlink_do_here(m->requests, &r, NLM_F_ACK);
	}
	poll_as(at, m, TARGET, NFC_ATTR_TM_PROTOCOLS);
	poll_as(at, m, INITIATOR, NFC_ATTR_IM_PROTOCOLS);
	errno = ETIME;
	expect_success(at, happens(m, NFC_EVENT_TARGETS_FOUND, INITIATOR, NFC_MS) ? 0 : -1);
	r = nfc_request(m, NFC_CMD_GET_TARGET, INITIATOR);
	r.header.nlmsg_flags |= NLM_F_DUMP;
	expect_success(at, netlink_dump_here(m->requests, &r, take_target, &target));
	return target;
}

/* Requests the link. Returns whether both ends say that it is there. */
static bool link_is_made(struct expect_at at, const struct nfc_manager *m, uint32_t target)
{
	const uint8_t passive = NFC_COMM_PASSIVE;
	struct netlink_request r = nfc_request(m, NFC_CMD_DEP_LINK_UP, INITIATOR);

	request_add_u32(&r, NFC_ATTR_TARGET_INDEX, target);
	request_add(&r, NFC_ATTR_COMM_MODE, &passive, sizeof(passive));
	step(at, m, &r, 0);
	return happens(m, NFC_EVENT_TM_ACTIVATED, TARGET, LINK_MS) &&
	       happens(m, NFC_CMD_DEP_LINK_UP, INITIATOR, LINK_MS);
}

/* It is radio: a request for a link that the target does not hear is not repeated by the kernel. */
uint32_t nfc_link_up_at(struct expect_at at, const struct nfc_manager *m)
{
	for (int i = 0; i < TRIES; i++) {
		uint32_t target = nfc_find_at(at, m);

		if (link_is_made(at, m, target))
			return target;
	}
	errno = ETIME;
	expect_success(at, -1);
	return 0;
}

int nfc_stream_at(struct expect_at at)
{
	return (int)expect_success(at, socket(AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_LLCP));
}

struct sockaddr_nfc_llcp nfc_reach_at(struct expect_at at, const char *name)
{
	struct nfc_manager m = nfc_manage_at(at);
	struct sockaddr_nfc_llcp address = nfc_service(INITIATOR, name);

	address.target_idx = nfc_link_up_at(at, &m);
	return address;
}

int nfc_listening_at(struct expect_at at, const char *name)
{
	const struct sockaddr_nfc_llcp address = nfc_service(TARGET, name);
	int fd = nfc_stream_at(at);

	expect_success(at, bind(fd, NFC(address)));
	expect_success(at, listen(fd, 1));
	return fd;
}
