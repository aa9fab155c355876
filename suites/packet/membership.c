/* SPDX-License-Identifier: MIT */
/* PACKET_ADD_MEMBERSHIP: frames that an interface would otherwise leave alone. */
#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

enum { MAC0 = 22 }; /* see fixtures/topologies/macvlan.batch */

static struct packet_mreq request_of(int interface, int type, const uint8_t *address)
{
	struct packet_mreq request = {.mr_ifindex = interface, .mr_type = (unsigned short)type};

	if (address != NULL) {
		request.mr_alen = ETH_ALEN;
		memcpy(request.mr_address, address, ETH_ALEN);
	}
	return request;
}

static int change(int fd, int option, const struct packet_mreq *request)
{
	return setsockopt(fd, SOL_PACKET, option, request, sizeof(*request));
}

/*
 * Sends "?" to `to` and "." to everybody. Returns how many "?" came to `fd`.
 */
static int comes_through(int sender, const uint8_t *to, int fd)
{
	char got[64] = "";
	int count = 0;

	EXPECT_EQ(send_text(sender, to, "?"), ETH_HLEN + 1);
	EXPECT_EQ(send_text(sender, mac_everybody, "."), ETH_HLEN + 1);
	while (packet_receive(fd, got, sizeof(got), NULL) == 1 && got[0] == '?')
		count++;
	EXPECT_EQ(got[0], '.');
	return count;
}

/*
 * The same once it is `expected`, or what it is after SOON_MS. What a driver lets through is worked
 * out a moment after the call, by a worker of the kernel, since Linux 7.
 */
static int comes_through_soon(int sender, const uint8_t *to, int fd, int expected)
{
	int64_t deadline = clock_ms() + SOON_MS;
	int count;

	while ((count = comes_through(sender, to, fd)) != expected && clock_ms() < deadline)
		sleep_ms(5);
	return count;
}

/*
 * Whether frames to `group` still come to `fd` when all that is dropped is out of the list, after
 * at most SOON_MS: 0 or 1. macvlan works out what it lets through while a dropped group is still in
 * its list (drivers/net/macvlan.c macvlan_set_mac_lists()), so that it takes another change for it
 * to look again; and since Linux 7 one look may serve for several changes.
 */
static int comes_through_at_last(int sender, const uint8_t *group, int fd)
{
	struct packet_mreq other = request_of(MAC0, PACKET_MR_UNICAST, mac_stranger);
	int64_t deadline = clock_ms() + SOON_MS;
	int count;

	do {
		SETUP(change(fd, PACKET_ADD_MEMBERSHIP, &other));
		count = comes_through(sender, group, fd);
		SETUP(change(fd, PACKET_DROP_MEMBERSHIP, &other));
		if (count != 0)
			sleep_ms(5);
	} while (count != 0 && clock_ms() < deadline);
	return count;
}

/* The index of the switch's own interface, br0. */
static int bridge_index(void)
{
	int index;

	SETUP(host_enter("switch"));
	index = (int)if_nametoindex("br0");
	SETUP(host_enter("a"));
	REQUIRE_TRUE(index > 0);
	return index;
}

struct bridge_row {
	struct variant variant;
	int type;
	const uint8_t *address; /* of the membership */
	const uint8_t *to;	/* of the frame */
	bool close_instead;	/* of PACKET_DROP_MEMBERSHIP */
};

static const struct bridge_row bridges[] = {
	{{"promisc", NULL}, PACKET_MR_PROMISC, NULL, mac_b, false},
	{{"promisc_closed", NULL}, PACKET_MR_PROMISC, NULL, mac_b, true},
	{{"unicast", NULL}, PACKET_MR_UNICAST, mac_stranger, mac_stranger, false},
};

/*
 * Listening to the neighbours.
 *
 * A switch gives a frame to the port where its destination is; the switch's own interface
 * sees nothing of what passes. `PACKET_MR_PROMISC` switches an interface to take
 * everything, for as long as some socket wants it: on close() it ends by itself, which
 * cannot be said of `ip link set promisc on`. `PACKET_MR_UNICAST` is for one more address;
 * an interface without a list of them takes everything instead.
 *
 * Try it: `tcpdump` and `tcpdump -p` on a bridge; `ip -d link` shows `promiscuity`.
 */
CASE(others_frames,
     .claim = "with PACKET_MR_PROMISC or PACKET_MR_UNICAST an interface takes frames for other "
	      "hosts, until the membership is dropped or the socket closed",
     .level = LINUX, .spec = "packet(7) PACKET_ADD_MEMBERSHIP; linux/if_packet.h PACKET_MR_UNICAST",
     .topology = "lan", .needs = "packet", .tags = "packet promiscuous", .VARIANTS(bridges))
{
	const struct bridge_row *row = VARIANT(struct bridge_row);
	int index = bridge_index();
	int fd = packet_socket("switch", SOCK_DGRAM, index, EXPERIMENT);
	int member = packet_socket("switch", SOCK_DGRAM, 0, 0);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct packet_mreq request = request_of(index, row->type, row->address);

	EXPECT_EQ(comes_through_soon(sender, row->to, fd, 0), 0);
	EXPECT_OK(change(member, PACKET_ADD_MEMBERSHIP, &request));
	EXPECT_EQ(comes_through_soon(sender, row->to, fd, 1), 1);
	if (row->close_instead)
		EXPECT_OK(close(member));
	else
		EXPECT_OK(change(member, PACKET_DROP_MEMBERSHIP, &request));
	EXPECT_EQ(comes_through_soon(sender, row->to, fd, 0), 0);
}

/*
 * Memberships are counted.
 *
 * Two captures may run at once; the first that ends must not make the other deaf. So each
 * socket has its own, and asking twice means giving up twice.
 */
CASE(counted, .claim = "an interface stays promiscuous until each PACKET_ADD_MEMBERSHIP is dropped",
     .level = LINUX, .spec = "packet(7) PACKET_ADD_MEMBERSHIP", .topology = "lan",
     .needs = "packet", .tags = "packet promiscuous")
{
	int index = bridge_index();
	int fd = packet_socket("switch", SOCK_DGRAM, index, EXPERIMENT);
	int member = packet_socket("switch", SOCK_DGRAM, 0, 0);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct packet_mreq request = request_of(index, PACKET_MR_PROMISC, NULL);

	EXPECT_OK(change(fd, PACKET_ADD_MEMBERSHIP, &request));
	EXPECT_OK(change(member, PACKET_ADD_MEMBERSHIP, &request));
	EXPECT_OK(change(member, PACKET_ADD_MEMBERSHIP, &request));
	EXPECT_OK(change(fd, PACKET_DROP_MEMBERSHIP, &request));
	EXPECT_EQ(comes_through_soon(sender, mac_b, fd, 1), 1);
	EXPECT_OK(change(member, PACKET_DROP_MEMBERSHIP, &request));
	EXPECT_EQ(comes_through_soon(sender, mac_b, fd, 1), 1);
	EXPECT_OK(change(member, PACKET_DROP_MEMBERSHIP, &request));
	EXPECT_EQ(comes_through_soon(sender, mac_b, fd, 0), 0);
}

struct group_row {
	struct variant variant;
	int type;
	bool with_address;
};

static const struct group_row groups[] = {
	{{"multicast", NULL}, PACKET_MR_MULTICAST, true},
	{{"allmulti", NULL}, PACKET_MR_ALLMULTI, false},
};

/*
 * Groups of the link.
 *
 * A card takes multicast frames of the groups that somebody asked for. IP does that for the
 * groups of its sockets; protocols without IP (LLDP, spanning tree) ask with
 * `PACKET_MR_MULTICAST`, or for all groups with `PACKET_MR_ALLMULTI`. The interface here
 * sorts by a hash of 8 bits, so that it lets a strange group through now and then: one
 * that it does not is looked for first.
 *
 * Try it: `ip maddress show`.
 */
CASE(groups_of_the_link,
     .claim = "with PACKET_MR_MULTICAST or PACKET_MR_ALLMULTI an interface takes frames of a group",
     .level = LINUX, .spec = "packet(7) PACKET_ADD_MEMBERSHIP", .topology = "macvlan",
     .needs = "packet", .tags = "packet multicast", .VARIANTS(groups))
{
	const struct group_row *row = VARIANT(struct group_row);
	int fd = packet_socket("b", SOCK_DGRAM, MAC0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct packet_mreq request;
	uint8_t group[ETH_ALEN];
	int tries = 0;

	memcpy(group, mac_group, ETH_ALEN);
	while (comes_through(sender, group, fd) != 0 && ++tries < 16)
		group[ETH_ALEN - 1]++;
	REQUIRE_TRUE(tries < 16);

	request = request_of(MAC0, row->type, row->with_address ? group : NULL);
	REQUIRE_OK(change(fd, PACKET_ADD_MEMBERSHIP, &request));
	EXPECT_EQ(comes_through_soon(sender, group, fd, 1), 1);
	EXPECT_OK(change(fd, PACKET_DROP_MEMBERSHIP, &request));
	EXPECT_EQ(comes_through_at_last(sender, group, fd), 0);
}

static int change_group(int fd, unsigned long request, const uint8_t *group)
{
	struct ifreq r = {.ifr_name = "mac0"};

	r.ifr_hwaddr.sa_family = AF_UNSPEC;
	memcpy(r.ifr_hwaddr.sa_data, group, ETH_ALEN);
	return ioctl(fd, request, &r);
}

/*
 * A group for everybody, and for ever.
 *
 * `SIOCADDMULTI` writes a group into the interface's own list. Nobody owns it: it stays when the
 * program ends, until `SIOCDELMULTI` or until the interface is gone. It is older than
 * `PACKET_ADD_MEMBERSHIP`, which ends with its socket, and it is for the administrator.
 *
 * Try it: `ip maddress add 33:33:00:00:00:07 dev eth0`.
 */
CASE(group_of_the_interface,
     .claim = "SIOCADDMULTI makes an interface take frames of a group, after close() too, until "
	      "SIOCDELMULTI",
     .level = LINUX, .spec = "netdevice(7) SIOCADDMULTI, SIOCDELMULTI; ip-maddress(8)",
     .topology = "macvlan", .needs = "packet", .tags = "packet multicast ioctl")
{
	int fd = packet_socket("b", SOCK_DGRAM, MAC0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	int control = host_socket("b", AF_INET, SOCK_DGRAM, 0);
	uint8_t group[ETH_ALEN];
	int tries = 0;

	memcpy(group, mac_group, ETH_ALEN);
	while (comes_through(sender, group, fd) != 0 && ++tries < 16)
		group[ETH_ALEN - 1]++;
	REQUIRE_TRUE(tries < 16);

	EXPECT_OK(change_group(control, SIOCADDMULTI, group));
	EXPECT_EQ(comes_through_soon(sender, group, fd, 1), 1);
	SETUP(close(control));
	EXPECT_EQ(comes_through_soon(sender, group, fd, 1), 1);
	control = host_socket("b", AF_INET, SOCK_DGRAM, 0);
	EXPECT_OK(change_group(control, SIOCDELMULTI, group));
	EXPECT_ERR(change_group(control, SIOCDELMULTI, group), ENOENT);
	EXPECT_EQ(comes_through_at_last(sender, group, fd), 0);
}

struct wrong_row {
	struct variant variant;
	int interface, type, address_length;
	socklen_t length;
	int error;
};

enum { WHOLE = sizeof(struct packet_mreq) };

static const struct wrong_row wrongs[] = {
	{{"unknown_interface", NULL}, 77, PACKET_MR_PROMISC, 0, WHOLE, ENODEV},
	{{"no_interface", NULL}, 0, PACKET_MR_PROMISC, 0, WHOLE, ENODEV},
	{{"short_group", NULL}, A_ETH0, PACKET_MR_MULTICAST, ETH_ALEN - 1, WHOLE, EINVAL},
	{{"long_group", NULL}, A_ETH0, PACKET_MR_MULTICAST, ETH_ALEN + 1, WHOLE, EINVAL},
	{{"short_structure", NULL}, A_ETH0, PACKET_MR_MULTICAST, ETH_ALEN, WHOLE - 1, EINVAL},
};

/* A membership is of an interface that exists, and an address as long as that link's are. */
CASE(errors,
     .claim = "PACKET_ADD_MEMBERSHIP fails with ENODEV for an unknown interface and with EINVAL "
	      "for a wrong length",
     .level = LINUX, .spec = "packet(7) ERRORS; net/packet/af_packet.c packet_mc_add()",
     .topology = "pair", .needs = "packet", .tags = "packet multicast errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	int fd = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct packet_mreq wrong = request_of(row->interface, row->type, mac_group);
	struct packet_mreq right = request_of(A_ETH0, PACKET_MR_MULTICAST, mac_group);

	wrong.mr_alen = (unsigned short)row->address_length;
	EXPECT_ERR(setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &wrong, row->length),
		   row->error);
	EXPECT_OK(change(fd, PACKET_ADD_MEMBERSHIP, &right));
	EXPECT_OK(change(fd, PACKET_DROP_MEMBERSHIP, &right));
}

/*
 * Through which interface did it really come?
 *
 * An interface may stand upon another: a VLAN on a card, or, as here, a second address. The
 * frame's address names the upper one. With `PACKET_ORIGDEV` it is the one that received
 * it, so that an answer can be sent there.
 */
CASE(original_device,
     .claim = "with PACKET_ORIGDEV sll_ifindex is the interface below that the frame came by",
     .level = LINUX, .spec = "packet(7); linux/if_packet.h PACKET_ORIGDEV", .topology = "macvlan",
     .needs = "packet", .tags = "packet option address")
{
	static const uint8_t mac0[ETH_ALEN] = {2, 0, 0, 0, 0, 0x22};
	int fd = packet_socket("b", SOCK_DGRAM, MAC0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct sockaddr_ll from;
	char got[64];

	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_ORIGDEV), 0);
	EXPECT_EQ(send_text(sender, mac0, "1"), ETH_HLEN + 1);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 1);
	EXPECT_EQ(from.sll_ifindex, MAC0);

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_ORIGDEV, 1));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_ORIGDEV), 1);
	EXPECT_EQ(send_text(sender, mac0, "2"), ETH_HLEN + 1);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 1);
	EXPECT_EQ(from.sll_ifindex, B_ETH0);
	EXPECT_EQ(from.sll_pkttype, PACKET_HOST);
}

/*
 * Leaving what one is not in.
 *
 * packet(7) says that a group that the socket does not know is `EADDRNOTAVAIL`. The kernel does
 * not mind: it looks through the socket's memberships, finds none, and is content. A program that
 * counts on the error to find its own mistakes never hears of them. Adding checks more: the
 * address must be as long as those of the interface.
 */
CASE(leaving_without_having_joined,
     .claim = "PACKET_DROP_MEMBERSHIP of a group never joined succeeds; adding with a short "
	      "address is EINVAL",
     .level = OBSERVED,
     .spec = "packet(7) ERRORS EADDRNOTAVAIL, against net/packet/af_packet.c packet_mc_drop()",
     .topology = "pair", .needs = "packet", .tags = "packet multicast option errno")
{
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	struct packet_mreq group = request_of(A_ETH0, PACKET_MR_MULTICAST, mac_group);
	struct packet_mreq cut = group;

	cut.mr_alen = ETH_ALEN - 1;
	EXPECT_OK(change(fd, PACKET_DROP_MEMBERSHIP, &group));
	EXPECT_ERR(change(fd, PACKET_ADD_MEMBERSHIP, &cut), EINVAL);
	EXPECT_OK(change(fd, PACKET_ADD_MEMBERSHIP, &group));
	EXPECT_OK(change(fd, PACKET_DROP_MEMBERSHIP, &group));
}
