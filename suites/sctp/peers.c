/* SPDX-License-Identifier: MIT */
/* Settings of a peer's address: heartbeats, path MTU, fields of the IP header, how soon it is given
 * up. */
#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/* SCTP_PEER_ADDR_PARAMS of all addresses of the peer. Returns as setsockopt(). */
static int set_peer(int fd, struct sctp_paddrparams params)
{
	return setsockopt(fd, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &params, sizeof(params));
}

static struct sctp_paddrparams peer_settings(int fd)
{
	struct sctp_paddrparams params = {.spp_assoc_id = 0};
	socklen_t length = sizeof(params);

	EXPECT_OK(getsockopt(fd, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &params, &length));
	return params;
}

/*
 * Are you there?
 *
 * On an idle address a HEARTBEAT goes out every now and then; what was in it comes back. A program
 * can have one sent at once, set the time between them, or turn them off.
 */
CASE(heartbeats,
     .claim = "SPP_HB_DEMAND sends a HEARTBEAT at once; with SPP_HB_ENABLE they follow one another "
	      "by spp_hbinterval, "
	      "with SPP_HB_DISABLE there are none",
     .level = RFC, .spec = "RFC 6458 8.1.12; RFC 9260 8.3", .needs = "sctp packet",
     .sysctls = SCTP_FAST, .tags = "sctp SCTP_PEER_ADDR_PARAMS wire", .waits = true,
     .timeout_ms = 20000, .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_paddrparams demand = {.spp_flags = SPP_HB_DEMAND};
	struct wire *wire = wire_open("a");
	int64_t began;

	memcpy(&demand.spp_address, &p.server_address.any, p.server_address.length);
	EXPECT_OK(set_peer(p.server, (struct sctp_paddrparams){.spp_flags = SPP_HB_DISABLE}));
	EXPECT_OK(set_peer(p.client, (struct sctp_paddrparams){.spp_flags = SPP_HB_DISABLE}));
	EXPECT_EQ(peer_settings(p.client).spp_flags & SPP_HB, SPP_HB_DISABLE);
	EXPECT_OK(set_peer(p.client, demand));
	EXPECT_CHUNK(wire, PACKET_SCTP_HEARTBEAT, NULL);
	EXPECT_CHUNK(wire, PACKET_SCTP_HEARTBEAT_ACK, NULL);
	EXPECT_TRUE(sctp_no_chunk(wire, PACKET_SCTP_HEARTBEAT, 400));
	EXPECT_OK(set_peer(p.client, (struct sctp_paddrparams){.spp_flags = SPP_HB_ENABLE,
							       .spp_hbinterval = 100}));
	EXPECT_EQ(peer_settings(p.client).spp_flags & SPP_HB, SPP_HB_ENABLE);
	EXPECT_EQ(peer_settings(p.client).spp_hbinterval, 100);
	EXPECT_CHUNK(wire, PACKET_SCTP_HEARTBEAT, NULL);
	began = clock_ms();
	EXPECT_CHUNK(wire, PACKET_SCTP_HEARTBEAT, NULL);
	EXPECT_LE(clock_ms() - began, 1500);
	EXPECT_OK(set_peer(p.client, (struct sctp_paddrparams){.spp_flags = SPP_HB_ENABLE |
									    SPP_HB_TIME_IS_ZERO}));
	EXPECT_EQ(peer_settings(p.client).spp_hbinterval, 0);
	EXPECT_ERR(set_peer(p.client, (struct sctp_paddrparams){.spp_flags = SPP_HB}), EINVAL);
}

/*
 * How large a packet may be.
 *
 * SCTP finds the path MTU by itself. Who knows it, or does not want the search, says so: then no
 * chunk makes a packet larger than that.
 */
CASE(path_mtu,
     .claim = "with SPP_PMTUD_DISABLE packets keep to spp_pathmtu, and a message is cut into "
	      "chunks for it",
     .level = RFC, .spec = "RFC 6458 8.1.12", .needs = "sctp packet",
     .tags = "sctp SCTP_PEER_ADDR_PARAMS wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_pair(family);
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk chunk;
	static const char big[1200];

	EXPECT_OK(set_peer(p.client, (struct sctp_paddrparams){.spp_flags = SPP_PMTUD_DISABLE,
							       .spp_pathmtu = 600}));
	EXPECT_EQ(peer_settings(p.client).spp_pathmtu, 600);
	EXPECT_EQ(peer_settings(p.client).spp_flags & SPP_PMTUD, SPP_PMTUD_DISABLE);
	EXPECT_LE(sctp_status_of(p.client, 0).sstat_fragmentation_point, 600);
	EXPECT_EQ(send(p.client, big, sizeof(big), 0), sizeof(big));
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk) != NULL);
	EXPECT_BETWEEN(chunk.value_length, 500, 600 - SCTP_HEADER - (family == AF_INET ? 20 : 40));
	EXPECT_EQ(chunk.flags & PACKET_SCTP_DATA_END, 0);
	EXPECT_EQ(sctp_receive(p.server).size, sizeof(big));
	EXPECT_OK(set_peer(p.client, (struct sctp_paddrparams){.spp_flags = SPP_PMTUD_ENABLE}));
	EXPECT_EQ(peer_settings(p.client).spp_flags & SPP_PMTUD, SPP_PMTUD_ENABLE);
	EXPECT_ERR(set_peer(p.client, (struct sctp_paddrparams){.spp_flags = SPP_PMTUD_DISABLE,
								.spp_pathmtu = 100}),
		   EINVAL);
}

/*
 * Marks for routers.
 *
 * Packets of an association can carry a class of service, and in IPv6 a flow label, by which
 * routers tell them apart.
 */
CASE(fields_of_the_header,
     .claim = "spp_dscp stands in the DSCP of the IP header, spp_ipv6_flowlabel in the Flow Label "
	      "of IPv6",
     .level = RFC, .spec = "RFC 6458 8.1.12 SPP_DSCP, SPP_IPV6_FLOWLABEL (Linux 4.19)",
     .needs = "sctp packet", .tags = "sctp SCTP_PEER_ADDR_PARAMS wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_ends(family);
	struct wire *wire;

	/* The code point is in the upper six bits. */
	EXPECT_OK(set_peer(p.client,
			   (struct sctp_paddrparams){.spp_flags = SPP_DSCP, .spp_dscp = 46 << 2}));
	EXPECT_EQ(peer_settings(p.client).spp_dscp, 46 << 2);
	EXPECT_EQ(peer_settings(p.client).spp_flags & SPP_DSCP, SPP_DSCP);
	if (family == AF_INET6) {
		EXPECT_OK(set_peer(p.client,
				   (struct sctp_paddrparams){.spp_flags = SPP_IPV6_FLOWLABEL,
							     .spp_ipv6_flowlabel = 0x12345}));
		EXPECT_EQ(peer_settings(p.client).spp_ipv6_flowlabel, 0x12345);
	}
	sctp_join(&p);
	wire = wire_open("a");
	SETUP(send(p.client, "x", 1, 0));
	if (family == AF_INET)
		EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
			      FIELD("IPv4", "DSCP", 46));
	else
		EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
			      FIELD("IPv6", "DSCP", 46), FIELD("IPv6", "Flow Label", 0x12345));
	EXPECT_SCTP_TEXT(p.server, "x");
}

/* The delay of acknowledgements can be set here too. */
CASE(delay_of_acknowledgements,
     .claim = "spp_sackdelay with SPP_SACKDELAY_ENABLE sets what SCTP_DELAYED_SACK says; with "
	      "SPP_SACKDELAY_DISABLE each message is acknowledged at once",
     .level = RFC, .spec = "RFC 6458 8.1.12; net/sctp/socket.c", .needs = "sctp packet",
     .tags = "sctp SCTP_PEER_ADDR_PARAMS wire", .waits = true, .timeout_ms = 20000,
     .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_sack_info sack = {.sack_delay = 0};
	struct wire *wire = wire_open("a");
	socklen_t length = sizeof(sack);
	int64_t began;

	EXPECT_OK(set_peer(p.server, (struct sctp_paddrparams){.spp_flags = SPP_SACKDELAY_ENABLE,
							       .spp_sackdelay = 400}));
	EXPECT_OK(getsockopt(p.server, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, &length));
	EXPECT_EQ(sack.sack_delay, 400);
	SETUP(send(p.client, "first", 5, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_SACK, NULL);
	began = clock_ms();
	SETUP(send(p.client, "second", 6, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_SACK, NULL);
	EXPECT_GE(clock_ms() - began, 300);
	EXPECT_OK(
		set_peer(p.server, (struct sctp_paddrparams){.spp_flags = SPP_SACKDELAY_DISABLE}));
	SETUP(send(p.client, "third", 5, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_DATA, NULL);
	EXPECT_TRUE(sctp_acknowledged_at_once(wire, p.client));
}

struct threshold_row {
	struct variant variant;
	int family;
	bool second; /* SCTP_PEER_ADDR_THLDS_V2, of Linux 5.5 */
	uint32_t expose;
};

static const struct threshold_row thresholds[] = {
	{{"exposed_v4", NULL}, AF_INET, false, 2},
	{{"exposed_v6", NULL}, AF_INET6, false, 2},
	{{"exposed_v2_v4", NULL}, AF_INET, true, 2},
	{{"hidden_v4", NULL}, AF_INET, true, 1},
};

/*
 * Perhaps it has failed.
 *
 * After the first failures an address is "potentially failed": data goes elsewhere if there is an
 * elsewhere, long before the address is given up. A program is told if it asked that this be
 * exposed.
 */
CASE(potentially_failed,
     .claim = "after more than spt_pathpfthld of SCTP_PEER_ADDR_THLDS failures an address is "
	      "SCTP_PF, told as "
	      "SCTP_ADDR_POTENTIALLY_FAILED if SCTP_EXPOSE_POTENTIALLY_FAILED_STATE allows",
     .level = RFC, .spec = "RFC 7829 4, 7.1 to 7.3", .needs = "sctp", .sysctls = SCTP_FAST,
     .waits = true, .timeout_ms = 20000,
     .tags = "sctp SCTP_PEER_ADDR_THLDS SCTP_EXPOSE_POTENTIALLY_FAILED_STATE",
     .VARIANTS(thresholds))
{
	const struct threshold_row *row = VARIANT(struct threshold_row);
	struct sctp_paddrthlds_v2 set = {
		.spt_pathmaxrxt = 50, .spt_pathpfthld = 1, .spt_pathcpthld = 60};
	struct sctp_paddrthlds_v2 read = {.spt_assoc_id = 0};
	struct sctp_assocparams params = {.sasoc_asocmaxrxt = 100};
	struct sctp_paddrinfo info = {.spinfo_assoc_id = 0};
	int option = row->second ? SCTP_PEER_ADDR_THLDS_V2 : SCTP_PEER_ADDR_THLDS;
	socklen_t size =
		row->second ? sizeof(struct sctp_paddrthlds_v2) : sizeof(struct sctp_paddrthlds);
	socklen_t length = size;
	struct pair p = sctp_pair(row->family);
	struct sctp_paddr_change change;
	struct sctp_received got;

	EXPECT_OK(sctp_set_value(p.client, SCTP_EXPOSE_POTENTIALLY_FAILED_STATE, row->expose));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_EXPOSE_POTENTIALLY_FAILED_STATE), row->expose);
	EXPECT_ERR(sctp_set_value(p.client, SCTP_EXPOSE_POTENTIALLY_FAILED_STATE, 3), EINVAL);
	/* The association itself lives on. */
	SETUP(setsockopt(p.client, IPPROTO_SCTP, SCTP_ASSOCINFO, &params, sizeof(params)));
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, option, &set, size));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, option, &read, &length));
	EXPECT_EQ(read.spt_pathmaxrxt, 50);
	EXPECT_EQ(read.spt_pathpfthld, 1);
	SETUP(sctp_subscribe(p.client, SCTP_PEER_ADDR_CHANGE));
	sctp_lose(p.server, row->family, PACKET_SCTP_DATA);
	SETUP(send(p.client, "x", 1, 0));
	memcpy(&info.spinfo_address, &p.server_address.any, p.server_address.length);
	length = sizeof(info);
	if (row->expose == 2) {
		got = sctp_notified(p.client, SCTP_PEER_ADDR_CHANGE);
		memcpy(&change, got.data, sizeof(change));
		EXPECT_EQ(change.spc_state, SCTP_ADDR_POTENTIALLY_FAILED);
		EXPECT_MEMEQ(&change.spc_aaddr, &p.server_address.any, p.server_address.length);
		sctp_lose(p.server, row->family, PACKET_SCTP_HEARTBEAT);
		EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_GET_PEER_ADDR_INFO, &info,
				     &length));
	} else {
		EXPECT_EQ(wait_for(p.client, POLLIN, 300), 0);
		/* Such a state is an error to ask for. */
		EXPECT_ERR(
			getsockopt(p.client, IPPROTO_SCTP, SCTP_GET_PEER_ADDR_INFO, &info, &length),
			EACCES);
	}
}

/*
 * Looking for a larger packet.
 *
 * Routers that drop what is too large without a word make the classic search fail. SCTP can probe:
 * a HEARTBEAT filled up with a PAD chunk shows what passes.
 */
CASE(probes_of_the_path_mtu,
     .claim = "SCTP_PLPMTUD_PROBE_INTERVAL takes an interval of 5000 ms and more, or 0 for none; "
	      "less is EINVAL",
     .level = LINUX,
     .spec = "RFC 8899 5.3; Documentation/networking/ip-sysctl.rst plpmtud_probe_interval (Linux "
	     "5.15)",
     .needs = "sctp sctp_probe_interval packet",
     .tags = "sctp SCTP_PLPMTUD_PROBE_INTERVAL wire errno", .VARIANTS(families))
{
	/* struct sctp_probeinterval, which older headers lack. */
	struct {
		sctp_assoc_t id;
		struct sockaddr_storage address;
		uint32_t interval;
	} set = {.interval = 5000}, read = {0}, wrong = {.interval = 4999};
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	socklen_t length = sizeof(read);
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_PLPMTUD_PROBE_INTERVAL, &read, &length));
	EXPECT_EQ(read.interval, 0);
	EXPECT_OK(
		setsockopt(p.client, IPPROTO_SCTP, SCTP_PLPMTUD_PROBE_INTERVAL, &set, sizeof(set)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_PLPMTUD_PROBE_INTERVAL, &read, &length));
	EXPECT_EQ(read.interval, 5000);
	EXPECT_ERR(setsockopt(p.client, IPPROTO_SCTP, SCTP_PLPMTUD_PROBE_INTERVAL, &wrong,
			      sizeof(wrong)),
		   EINVAL);
	sctp_join(&p);
	packet = sctp_next_chunk(wire, PACKET_SCTP_PAD, NULL);
	OBSERVE("a probe within 2 s", "%d", packet != NULL);
}
