/* SPDX-License-Identifier: MIT */
/*
 * NETLINK_NETFILTER (linux/netfilter/nfnetlink.h): the upper byte of the type is the subsystem, the
 * lower one its message. The attributes are not described.
 */
#include "harness/packet/netlink/internal.h"

#include <string.h>

static const struct netlink_name versions[] = {{0, "NFNETLINK_V0"}, {0, NULL}};

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | nfgen_family  | version       | res_id (in network order)     |
 *    +---------------+---------------+-------------------------------+
 *
 * struct nfgenmsg. res_id is the subsystem of a batch, the number of a queue, ...
 */
static const struct netlink_name families[] = {
	{0, "UNSPEC"}, {1, "INET"},   {2, "IPV4"},  {3, "ARP"},
	{5, "NETDEV"}, {7, "BRIDGE"}, {10, "IPV6"}, {0, NULL},
};
static const struct netlink_field fields[] = {
	{NETLINK_U8_OF("nfgen_family", families), 0, 0},
	{NETLINK_U8_OF("version", versions), 1, 0},
	{NETLINK_BE16("res_id"), 2, 0},
};
static const struct netlink_layout nfgenmsg = NETLINK_LAYOUT(fields, 4);

static const char *const conntrack[] = {
	"ctnetlink CT_NEW",	      "ctnetlink CT_GET",
	"ctnetlink CT_DELETE",	      "ctnetlink CT_GET_CTRZERO",
	"ctnetlink CT_GET_STATS_CPU", "ctnetlink CT_GET_STATS",
	"ctnetlink CT_GET_DYING",     "ctnetlink CT_GET_UNCONFIRMED",
};
static const char *const expectations[] = {
	"ctnetlink_exp EXP_NEW",
	"ctnetlink_exp EXP_GET",
	"ctnetlink_exp EXP_DELETE",
	"ctnetlink_exp EXP_GET_STATS_CPU",
};
static const char *const queue[] = {
	"queue PACKET",
	"queue VERDICT",
	"queue CONFIG",
	"queue VERDICT_BATCH",
};
static const char *const logging[] = {"log PACKET", "log CONFIG"};
static const char *const ipset[] = {
	"ipset NONE",	"ipset PROTOCOL", "ipset CREATE",     "ipset DESTROY",
	"ipset FLUSH",	"ipset RENAME",	  "ipset SWAP",	      "ipset LIST",
	"ipset SAVE",	"ipset ADD",	  "ipset DEL",	      "ipset TEST",
	"ipset HEADER", "ipset TYPE",	  "ipset GET_BYNAME", "ipset GET_BYINDEX",
};
static const char *const accounting[] = {
	"acct NEW", "acct GET", "acct GET_CTRZERO", "acct DEL", "acct OVERQUOTA",
};
static const char *const timeouts[] = {
	"cttimeout NEW",	 "cttimeout GET",	  "cttimeout DELETE",
	"cttimeout DEFAULT_SET", "cttimeout DEFAULT_GET",
};
static const char *const helpers[] = {"cthelper NEW", "cthelper GET", "cthelper DEL"};
static const char *const tables[] = {
	"nftables NEWTABLE",	     "nftables GETTABLE",      "nftables DELTABLE",
	"nftables NEWCHAIN",	     "nftables GETCHAIN",      "nftables DELCHAIN",
	"nftables NEWRULE",	     "nftables GETRULE",       "nftables DELRULE",
	"nftables NEWSET",	     "nftables GETSET",	       "nftables DELSET",
	"nftables NEWSETELEM",	     "nftables GETSETELEM",    "nftables DELSETELEM",
	"nftables NEWGEN",	     "nftables GETGEN",	       "nftables TRACE",
	"nftables NEWOBJ",	     "nftables GETOBJ",	       "nftables DELOBJ",
	"nftables GETOBJ_RESET",     "nftables NEWFLOWTABLE",  "nftables GETFLOWTABLE",
	"nftables DELFLOWTABLE",     "nftables GETRULE_RESET", "nftables DESTROYTABLE",
	"nftables DESTROYCHAIN",     "nftables DESTROYRULE",   "nftables DESTROYSET",
	"nftables DESTROYSETELEM",   "nftables DESTROYOBJ",    "nftables DESTROYFLOWTABLE",
	"nftables GETSETELEM_RESET",
};
static const char *const compat[] = {"nft_compat GET"};
static const char *const hooks[] = {"hook GET"};

static const struct {
	const char *const *names;
	size_t count;
} subsystems[] = {
	[1] = {conntrack, NETLINK_COUNT(conntrack)},
	[2] = {expectations, NETLINK_COUNT(expectations)},
	[3] = {queue, NETLINK_COUNT(queue)},
	[4] = {logging, NETLINK_COUNT(logging)},
	[6] = {ipset, NETLINK_COUNT(ipset)},
	[7] = {accounting, NETLINK_COUNT(accounting)},
	[8] = {timeouts, NETLINK_COUNT(timeouts)},
	[9] = {helpers, NETLINK_COUNT(helpers)},
	[10] = {tables, NETLINK_COUNT(tables)},
	[11] = {compat, NETLINK_COUNT(compat)},
	[12] = {hooks, NETLINK_COUNT(hooks)},
};

/* The message's name says what is asked for. */
static uint8_t verb_of(const char *name)
{
	static const struct {
		const char *word;
		uint8_t verb;
	} verbs[] = {{"GET", NETLINK_GET},	 {"LIST", NETLINK_GET}, {"NEW", NETLINK_NEW},
		     {"CREATE", NETLINK_NEW},	 {"ADD", NETLINK_NEW},	{"DEL", NETLINK_DELETE},
		     {"DESTROY", NETLINK_DELETE}};

	for (size_t i = 0; name != NULL && i < NETLINK_COUNT(verbs); i++) {
		if (strstr(name, verbs[i].word) != NULL)
			return verbs[i].verb;
	}
	return NETLINK_OTHER;
}

static void line_netfilter(struct packet_out *out, const struct netlink_view *n)
{
	const char *family = packet_netlink_name_of(families, packet_netlink_header_u8(n, 0));

	if (family != NULL && packet_netlink_header_u8(n, 0) != 0) {
		packet_put_char(out, ' ');
		packet_put(out, family);
	}
	packet_put_length(out, n->m->length > 20 ? n->m->length - 20 : 0);
}

void packet_netlink_describe_netfilter(struct netlink_kind *out, uint16_t type)
{
	unsigned int subsystem = type >> 8, message = type & 0xff;

	if (subsystem < NETLINK_COUNT(subsystems) && message < subsystems[subsystem].count)
		out->name = subsystems[subsystem].names[message];
	if (type == 16 || type == 17)
		out->name = type == 16 ? "BATCH_BEGIN" : "BATCH_END";
	out->verb = verb_of(out->name);
	out->header = &nfgenmsg;
	out->has_attributes = true;
	out->line = line_netfilter;
}
