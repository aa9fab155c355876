/* SPDX-License-Identifier: MIT */
/* NETLINK_AUDIT (linux/audit.h): a struct for the daemon's settings, text for what happened. */
#include "harness/packet/netlink/internal.h"

static const struct netlink_name types[] = {
	{1000, "AUDIT_GET"},
	{1001, "AUDIT_SET"},
	{1002, "AUDIT_LIST"},
	{1003, "AUDIT_ADD"},
	{1004, "AUDIT_DEL"},
	{1005, "AUDIT_USER"},
	{1006, "AUDIT_LOGIN"},
	{1007, "AUDIT_WATCH_INS"},
	{1008, "AUDIT_WATCH_REM"},
	{1009, "AUDIT_WATCH_LIST"},
	{1010, "AUDIT_SIGNAL_INFO"},
	{1011, "AUDIT_ADD_RULE"},
	{1012, "AUDIT_DEL_RULE"},
	{1013, "AUDIT_LIST_RULES"},
	{1014, "AUDIT_TRIM"},
	{1015, "AUDIT_MAKE_EQUIV"},
	{1016, "AUDIT_TTY_GET"},
	{1017, "AUDIT_TTY_SET"},
	{1018, "AUDIT_SET_FEATURE"},
	{1019, "AUDIT_GET_FEATURE"},
	{1107, "AUDIT_USER_AVC"},
	{1124, "AUDIT_USER_TTY"},
	{1200, "AUDIT_DAEMON_START"},
	{1201, "AUDIT_DAEMON_END"},
	{1202, "AUDIT_DAEMON_ABORT"},
	{1203, "AUDIT_DAEMON_CONFIG"},
	{1300, "AUDIT_SYSCALL"},
	{1302, "AUDIT_PATH"},
	{1303, "AUDIT_IPC"},
	{1304, "AUDIT_SOCKETCALL"},
	{1305, "AUDIT_CONFIG_CHANGE"},
	{1306, "AUDIT_SOCKADDR"},
	{1307, "AUDIT_CWD"},
	{1309, "AUDIT_EXECVE"},
	{1311, "AUDIT_IPC_SET_PERM"},
	{1312, "AUDIT_MQ_OPEN"},
	{1313, "AUDIT_MQ_SENDRECV"},
	{1314, "AUDIT_MQ_NOTIFY"},
	{1315, "AUDIT_MQ_GETSETATTR"},
	{1316, "AUDIT_KERNEL_OTHER"},
	{1317, "AUDIT_FD_PAIR"},
	{1318, "AUDIT_OBJ_PID"},
	{1319, "AUDIT_TTY"},
	{1320, "AUDIT_EOE"},
	{1321, "AUDIT_BPRM_FCAPS"},
	{1322, "AUDIT_CAPSET"},
	{1323, "AUDIT_MMAP"},
	{1324, "AUDIT_NETFILTER_PKT"},
	{1325, "AUDIT_NETFILTER_CFG"},
	{1326, "AUDIT_SECCOMP"},
	{1327, "AUDIT_PROCTITLE"},
	{1328, "AUDIT_FEATURE_CHANGE"},
	{1329, "AUDIT_REPLACE"},
	{1330, "AUDIT_KERN_MODULE"},
	{1331, "AUDIT_FANOTIFY"},
	{1332, "AUDIT_TIME_INJOFFSET"},
	{1333, "AUDIT_TIME_ADJNTPVAL"},
	{1334, "AUDIT_BPF"},
	{1335, "AUDIT_EVENT_LISTENER"},
	{1336, "AUDIT_URINGOP"},
	{1337, "AUDIT_OPENAT2"},
	{1338, "AUDIT_DM_CTRL"},
	{1339, "AUDIT_DM_EVENT"},
	{1400, "AUDIT_AVC"},
	{1401, "AUDIT_SELINUX_ERR"},
	{1402, "AUDIT_AVC_PATH"},
	{1403, "AUDIT_MAC_POLICY_LOAD"},
	{1404, "AUDIT_MAC_STATUS"},
	{1405, "AUDIT_MAC_CONFIG_CHANGE"},
	{1700, "AUDIT_ANOM_PROMISCUOUS"},
	{1701, "AUDIT_ANOM_ABEND"},
	{1702, "AUDIT_ANOM_LINK"},
	{1703, "AUDIT_ANOM_CREAT"},
	{1800, "AUDIT_INTEGRITY_DATA"},
	{1801, "AUDIT_INTEGRITY_METADATA"},
	{1802, "AUDIT_INTEGRITY_STATUS"},
	{1803, "AUDIT_INTEGRITY_HASH"},
	{1804, "AUDIT_INTEGRITY_PCR"},
	{1805, "AUDIT_INTEGRITY_RULE"},
	{1806, "AUDIT_INTEGRITY_EVM_XATTR"},
	{1807, "AUDIT_INTEGRITY_POLICY_RULE"},
	{2000, "AUDIT_KERNEL"},
	{0, NULL},
};

static const struct netlink_name mask_bits[] = {
	{0x01, "ENABLED"},
	{0x02, "FAILURE"},
	{0x04, "PID"},
	{0x08, "RATE_LIMIT"},
	{0x10, "BACKLOG_LIMIT"},
	{0x20, "BACKLOG_WAIT_TIME"},
	{0x40, "LOST"},
	{0x80, "BACKLOG_WAIT_TIME_ACTUAL"},
	{0, NULL},
};
static const struct netlink_name failures[] = {
	{0, "silent"}, {1, "printk"}, {2, "panic"}, {0, NULL}};

/* struct audit_status; older kernels have fewer members, and AUDIT_GET asks with none at all */
static const struct netlink_field fields[] = {
	{NETLINK_F32("mask", mask_bits), 0, 0},
	{NETLINK_U32("enabled"), 4, 0},
	{NETLINK_U32_OF("failure", failures), 8, 0},
	{NETLINK_U32("pid"), 12, 0},
	{NETLINK_U32("rate_limit"), 16, 0},
	{NETLINK_U32("backlog_limit"), 20, 0},
	{NETLINK_U32("lost"), 24, 0},
	{NETLINK_U32("backlog"), 28, 0},
	{NETLINK_X32("feature_bitmap"), 32, 0},
	{NETLINK_U32("backlog_wait_time"), 36, 0},
	{NETLINK_U32("backlog_wait_time_actual"), 40, 0},
};
static const struct netlink_layout status = NETLINK_LAYOUT(fields, 44);

static void show_status(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	packet_netlink_show_layout(n, &status, offset, length);
}

static void show_text(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	if (length == 0 || offset > n->v->limit || length > n->v->limit - offset)
		return;
	packet_netlink_put_string(packet_value(n->v), n->p, offset, length);
	packet_show(n->v, "Text", offset, length);
}

static void line_text(struct packet_out *out, const struct netlink_view *n)
{
	packet_put_length(out, n->m->length - 16);
}

void packet_netlink_describe_audit(struct netlink_kind *out, uint16_t type)
{
	out->name = packet_netlink_name_of(types, type);
	out->line = line_text;
	if (type == 1000 || type == 1001)
		out->show = show_status;
	else if (type >= 1100)
		out->show = show_text;
	/* users' own records (1100 to 1199, 2100 to 2999) have no names here but few */
	if (out->name == NULL && ((type >= 1100 && type < 1200) || (type >= 2100 && type < 3000)))
		out->name = "AUDIT_USER_MSG";
}
