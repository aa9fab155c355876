/* SPDX-License-Identifier: MIT */
/*
 * Generic netlink (linux/genetlink.h). The message type is the id of a family. Ids are given out
 * when the kernel module comes up, so only the controller's is known to a capture: it is what
 * programs ask for the others.
 */
#include "harness/packet/netlink/internal.h"

enum {
	GENL_ID_CTRL = 16,
};

static const struct netlink_name commands[] = {
	{1, "CTRL_CMD_NEWFAMILY"},
	{2, "CTRL_CMD_DELFAMILY"},
	{3, "CTRL_CMD_GETFAMILY"},
	{4, "CTRL_CMD_NEWOPS"},
	{5, "CTRL_CMD_DELOPS"},
	{6, "CTRL_CMD_GETOPS"},
	{7, "CTRL_CMD_NEWMCAST_GRP"},
	{8, "CTRL_CMD_DELMCAST_GRP"},
	{9, "CTRL_CMD_GETMCAST_GRP"},
	{10, "CTRL_CMD_GETPOLICY"},
	{0, NULL},
};

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | cmd           | version       | reserved                      |
 *    +---------------+---------------+-------------------------------+
 */
static const struct netlink_field controller_fields[] = {
	{NETLINK_U8_OF("cmd", commands), 0, 0},
	{NETLINK_U8("version"), 1, 0},
	{NETLINK_U16("reserved"), 2, 0},
};
static const struct netlink_layout controller = NETLINK_LAYOUT(controller_fields, 4);
static const struct netlink_field generic_fields[] = {
	{NETLINK_U8("cmd"), 0, 0},
	{NETLINK_U8("version"), 1, 0},
	{NETLINK_U16("reserved"), 2, 0},
};
static const struct netlink_layout genlmsghdr = NETLINK_LAYOUT(generic_fields, 4);

static const struct netlink_name operation_flags[] = {
	{0x01, "ADMIN_PERM"},	  {0x02, "CMD_CAP_DO"},	    {0x04, "CMD_CAP_DUMP"},
	{0x08, "CMD_CAP_HASPOL"}, {0x10, "UNS_ADMIN_PERM"}, {0, NULL},
};
static const struct netlink_info operation_attributes[] = {
	[1] = NETLINK_U32("CTRL_ATTR_OP_ID"),
	[2] = NETLINK_F32("CTRL_ATTR_OP_FLAGS", operation_flags),
};
static const struct netlink_set operation_set = NETLINK_SET(operation_attributes);
static const struct netlink_info operation = NETLINK_IN("Operation", &operation_set);
static const struct netlink_set operations = {.item = &operation};

static const struct netlink_info group_attributes[] = {
	[1] = NETLINK_STRING("CTRL_ATTR_MCAST_GRP_NAME"),
	[2] = NETLINK_U32("CTRL_ATTR_MCAST_GRP_ID"),
};
static const struct netlink_set group_set = NETLINK_SET(group_attributes);
static const struct netlink_info group = NETLINK_IN("Multicast group", &group_set);
static const struct netlink_set groups = {.item = &group};

/* CTRL_ATTR_POLICY: by the policy's number, in it by the attribute's number */
static const struct netlink_info policy_attribute =
	NETLINK_IN("Attribute's policy", &packet_netlink_policy_set);
static const struct netlink_set policy_attributes = {.item = &policy_attribute};
static const struct netlink_info policy = NETLINK_IN("Policy", &policy_attributes);
static const struct netlink_set policies = {.item = &policy};

static const struct netlink_info operation_policy_attributes[] = {
	[1] = NETLINK_U32("CTRL_ATTR_POLICY_DO"),
	[2] = NETLINK_U32("CTRL_ATTR_POLICY_DUMP"),
};
static const struct netlink_set operation_policy_set = NETLINK_SET(operation_policy_attributes);
static const struct netlink_info operation_policy = NETLINK_IN("Operation", &operation_policy_set);
static const struct netlink_set operation_policies = {.item = &operation_policy};

static const struct netlink_info attributes[] = {
	[1] = NETLINK_U16("CTRL_ATTR_FAMILY_ID"),
	[2] = NETLINK_STRING("CTRL_ATTR_FAMILY_NAME"),
	[3] = NETLINK_U32("CTRL_ATTR_VERSION"),
	[4] = NETLINK_U32("CTRL_ATTR_HDRSIZE"),
	[5] = NETLINK_U32("CTRL_ATTR_MAXATTR"),
	[6] = NETLINK_IN("CTRL_ATTR_OPS", &operations),
	[7] = NETLINK_IN("CTRL_ATTR_MCAST_GROUPS", &groups),
	[8] = NETLINK_IN("CTRL_ATTR_POLICY", &policies),
	[9] = NETLINK_IN("CTRL_ATTR_OP_POLICY", &operation_policies),
	[10] = NETLINK_U32("CTRL_ATTR_OP"),
};
static const struct netlink_set controller_set = NETLINK_SET(attributes);

static void line_controller(struct packet_out *out, const struct netlink_view *n)
{
	struct packet_netlink_attribute a;
	const char *name = packet_netlink_name_of(commands, packet_netlink_header_u8(n, 0));

	if (name != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, name);
	} else {
		packet_put_pair(out, "cmd", packet_netlink_header_u8(n, 0));
	}
	packet_netlink_put_text(out, n, " ", 2);
	if (packet_netlink_find(n, 1, &a) && a.data_length >= 2)
		packet_put_pair(out, "id", netlink_u16(n->l, n->p->bytes + a.data_offset));
}

static void line_generic(struct packet_out *out, const struct netlink_view *n)
{
	packet_put_pair(out, "cmd", packet_netlink_header_u8(n, 0));
	packet_put_pair(out, "version", packet_netlink_header_u8(n, 1));
	packet_put_length(out, n->m->length > 20 ? n->m->length - 20 : 0);
}

/*
 * A family may have a header of its own between struct genlmsghdr and the attributes, of a size
 * that the controller tells (CTRL_ATTR_HDRSIZE) and the message does not: what is there is shown
 * as attributes only if it is some to the last byte.
 */
void packet_netlink_describe_generic(struct netlink_kind *out, uint16_t type)
{
	out->has_attributes = true;
	out->verb = NETLINK_GET;
	out->header = &genlmsghdr;
	out->guessed = true;
	out->line = line_generic;
	if (type != GENL_ID_CTRL)
		return;
	out->name = "nlctrl";
	out->guessed = false;
	out->header = &controller;
	out->set = &controller_set;
	out->line = line_controller;
}
