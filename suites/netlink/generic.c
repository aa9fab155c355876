/* SPDX-License-Identifier: MIT */
/* Generic netlink: one protocol for many families, which are found by name. */
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* A request to the controller. */
static struct netlink_request control(uint8_t command, unsigned int flags)
{
	struct genlmsghdr header = {.cmd = command, .version = 2};

	return REQUEST(GENL_ID_CTRL, flags, header);
}

static uint16_t family_id(const struct nlmsghdr *h)
{
	const void *data = attribute_data(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_FAMILY_ID), 2);
	uint16_t id = 0;

	if (data != NULL)
		memcpy(&id, data, sizeof(id));
	return id;
}

/*
 * A telephone book.
 *
 * There are only 32 netlink protocols, so newer parts of the kernel share one. Each has a name, and
 * a number that may differ from boot to boot; the controller, "nlctrl", is the only one with a
 * fixed number, and tells the others'. It knows itself, too. The number is the `nlmsg_type` of
 * messages for the family.
 *
 * Try it: `genl ctrl list`.
 */
CASE(resolve_a_name,
     .claim = "CTRL_CMD_GETFAMILY gives the id, version and size of a family by its name",
     .level = LINUX,
     .spec = "netlink(7) NETLINK_GENERIC; Documentation/userspace-api/netlink/intro.rst (Resolving "
	     "the Family ID)",
     .needs = "genetlink", .tags = "netlink generic")
{
	struct netlink_request r = control(CTRL_CMD_GETFAMILY, 0);
	struct netlink_answer answer;
	const struct genlmsghdr *header;
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_GENERIC);

	request_add_text(&r, CTRL_ATTR_FAMILY_NAME, "nlctrl");
	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, GENL_ID_CTRL);
	EXPECT_EQ(h->nlmsg_flags, 0);
	header = NLMSG_DATA(h);
	EXPECT_EQ(header->cmd, CTRL_CMD_NEWFAMILY);
	EXPECT_EQ(header->version, 2);
	EXPECT_STREQ(attribute_text(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_FAMILY_NAME)),
		     "nlctrl");
	EXPECT_EQ(family_id(h), GENL_ID_CTRL);
	EXPECT_EQ(attribute_u32(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_VERSION)), 2);
	EXPECT_EQ(attribute_u32(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_HDRSIZE)), 0);
	EXPECT_TRUE(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_MAXATTR) != NULL);
	/* What it can do: the first of its operations is the one that was just used. */
	EXPECT_EQ(attribute_u32(attribute_in(
			  attribute_in(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_OPS), 1),
			  CTRL_ATTR_OP_ID)),
		  CTRL_CMD_GETFAMILY);
}

/* The other way round. */
CASE(resolve_an_id, .claim = "CTRL_CMD_GETFAMILY gives the name of a family by its id",
     .level = ABI, .spec = "net/netlink/genetlink.c ctrl_getfamily(); netlink(7) NETLINK_GENERIC",
     .needs = "genetlink", .tags = "netlink generic")
{
	struct netlink_request r = control(CTRL_CMD_GETFAMILY, 0);
	struct netlink_answer answer;
	uint16_t id = GENL_ID_CTRL;
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_GENERIC);

	request_add(&r, CTRL_ATTR_FAMILY_ID, &id, sizeof(id));
	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_STREQ(attribute_text(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_FAMILY_NAME)),
		     "nlctrl");
}

struct wrong_row {
	struct variant variant;
	uint16_t type;
	uint8_t command;
	const char *name;
	int error;
};

static const struct wrong_row wrong[] = {
	{{"unknown_name", NULL}, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, "no-such-family", ENOENT},
	{{"neither_name_nor_id", NULL}, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NULL, EINVAL},
	{{"name_too_long", NULL}, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, "a-name-of-sixteen", EINVAL},
	{{"unknown_command", NULL}, GENL_ID_CTRL, 99, "nlctrl", EOPNOTSUPP},
	{{"unknown_family", NULL}, 0x3f0, 1, NULL, ENOENT},
};

/*
 * Not in the book.
 *
 * A family that is not there gives `ENOENT`: that is how a program finds out that the kernel lacks
 * something.
 */
CASE(not_in_the_book, .claim = "an unknown family gives ENOENT, an unknown command EOPNOTSUPP",
     .level = LINUX,
     .spec = "Documentation/userspace-api/netlink/intro.rst; net/netlink/genetlink.c",
     .needs = "genetlink", .tags = "netlink generic errno", .VARIANTS(wrong))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct netlink_request r = control(row->command, 0), good = control(CTRL_CMD_GETFAMILY, 0);
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_GENERIC);

	r.header.nlmsg_type = row->type;
	if (row->name != NULL)
		request_add_text(&r, CTRL_ATTR_FAMILY_NAME, row->name);
	EXPECT_ERRNO(netlink_error(fd, &r), row->error);
	request_add_text(&good, CTRL_ATTR_FAMILY_NAME, "nlctrl");
	EXPECT_TRUE(netlink_get(fd, &good, &answer) != NULL);
}

/* Too short for struct genlmsghdr. */
CASE(short_header, .claim = "a message of generic netlink without its header gives EINVAL",
     .level = ABI, .spec = "net/netlink/genetlink.c genl_family_rcv_msg(); linux/genetlink.h",
     .needs = "genetlink", .tags = "netlink generic malformed errno")
{
	struct netlink_request bad = netlink_request_of(GENL_ID_CTRL, 0, "\3", 2);
	struct netlink_request good = control(CTRL_CMD_GETFAMILY, 0);
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_GENERIC);

	EXPECT_ERRNO(netlink_error(fd, &bad), EINVAL);
	request_add_text(&good, CTRL_ATTR_FAMILY_NAME, "nlctrl");
	EXPECT_TRUE(netlink_get(fd, &good, &answer) != NULL);
}

struct families_seen {
	int count, controllers;
	char names[512];
};

static void note_family(const struct nlmsghdr *h, void *context)
{
	const char *name = attribute_text(ATTRIBUTE(h, struct genlmsghdr, CTRL_ATTR_FAMILY_NAME));
	struct families_seen *seen = context;
	size_t used = strlen(seen->names), length = strlen(name);

	EXPECT_GE(family_id(h), GENL_ID_CTRL);
	seen->count++;
	seen->controllers += strcmp(name, "nlctrl") == 0 && family_id(h) == GENL_ID_CTRL;
	if (used + length + 2 <= sizeof(seen->names)) {
		memcpy(seen->names + used, " ", 1);
		memcpy(seen->names + used + 1, name, length + 1);
	}
}

/* The whole book: what there is depends on the kernel. */
CASE(all_families, .claim = "a dump of CTRL_CMD_GETFAMILY lists the families, nlctrl among them",
     .level = LINUX, .spec = "Documentation/userspace-api/netlink/intro.rst; linux/genetlink.h",
     .needs = "genetlink", .tags = "netlink generic dump")
{
	struct netlink_request r = control(CTRL_CMD_GETFAMILY, NLM_F_DUMP);
	struct families_seen seen = {0};
	int fd = netlink_open(NETLINK_GENERIC);

	EXPECT_GT(netlink_dump(fd, &r, note_family, &seen), 0);
	EXPECT_EQ(seen.controllers, 1);
	OBSERVE("families", "%d:%s", seen.count, seen.names);
}

static void note_policy(const struct nlmsghdr *h, void *context)
{
	enum { POLICY = 8 /* CTRL_ATTR_POLICY */, TYPE = 1 /* NL_POLICY_TYPE_ATTR_TYPE */ };
	const struct nlattr *policy = ATTRIBUTE(h, struct genlmsghdr, POLICY);
	const struct nlattr *name = attribute_in(attribute_in(policy, 0), CTRL_ATTR_FAMILY_NAME);

	EXPECT_EQ(family_id(h), GENL_ID_CTRL);
	if (name != NULL)
		*(uint32_t *)context = attribute_u32(attribute_in(name, TYPE));
}

/*
 * What may I say?
 *
 * The kernel checks attributes by tables, and since Linux 5.8 shows them: for each attribute of a
 * family its type and limits. Of nlctrl's own, the family's name is a string that ends with NUL.
 *
 * Try it: `genl ctrl policy name nlctrl`.
 */
CASE(policy, .claim = "CTRL_CMD_GETPOLICY says that nlctrl takes a family's name as a string",
     .level = LINUX,
     .spec = "linux/genetlink.h CTRL_CMD_GETPOLICY; linux/netlink.h enum netlink_attribute_type; "
	     "commit d07dcf9aadd6",
     .needs = "genl_policy", .tags = "netlink generic dump")
{
	enum { CTRL_CMD_GETPOLICY_ = 10, STRING = 11, NUL_STRING = 12 };
	struct netlink_request r = control(CTRL_CMD_GETPOLICY_, NLM_F_DUMP);
	uint16_t id = GENL_ID_CTRL;
	uint32_t type = 0;
	int fd = netlink_open(NETLINK_GENERIC);

	request_add(&r, CTRL_ATTR_FAMILY_ID, &id, sizeof(id));
	EXPECT_GT(netlink_dump(fd, &r, note_policy, &type), 1);
	EXPECT_TRUE(type == NUL_STRING || type == STRING);
}
