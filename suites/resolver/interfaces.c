/* SPDX-License-Identifier: MIT */
/* Interfaces have names for people and indexes for programs. */
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/case.h"

/*
 * There and back.
 *
 * Socket addresses and options name an interface by its index, a small number; people
 * by its name. Two functions translate. Indexes are from 1 on, so that 0 can mean
 * "none" or "any".
 *
 * Try it: `ip link` shows the index in front of each name.
 */
CASE(name_and_index,
     .claim = "if_nametoindex() gives a positive index, and if_indextoname() its name again",
     .level = POSIX, .spec = "POSIX.1-2024 if_nametoindex(), if_indextoname(); RFC 3493 4",
     .tags = "interface")
{
	char name[IF_NAMESIZE];
	unsigned int index = if_nametoindex("lo");

	REQUIRE_TRUE(index > 0);
	EXPECT_STREQ(if_indextoname(index, name), "lo");
}

struct name_row {
	struct variant variant;
	const char *name;
};

static const struct name_row unknown[] = {
	{{"unknown", NULL}, "none0"},
	{{"empty", NULL}, ""},
	{{"too_long", NULL}, "a-name-of-many-more-than-sixteen-bytes"},
};

/*
 * No interface of that name.
 *
 * if_nametoindex() returns 0 and sets errno: on Linux `ENODEV`, also for names that no
 * interface could have, since a name takes at most 15 bytes.
 */
CASE(unknown_name,
     .claim = "if_nametoindex() returns 0 with ENODEV for a name that no interface has",
     .level = LINUX, .spec = "if_nametoindex(3) ERRORS ENODEV; POSIX.1-2024 if_nametoindex()",
     .tags = "interface errno", .VARIANTS(unknown))
{
	unsigned int index;

	errno = 0;
	index = if_nametoindex(VARIANT(struct name_row)->name);
	EXPECT_EQ(index, 0);
	EXPECT_ERRNO(errno, ENODEV);
	EXPECT_GT(if_nametoindex("lo"), 0);
}

/*
 * No interface of that number.
 *
 * if_indextoname() returns a null pointer with `ENXIO`. Interfaces come and go, and an
 * index is not given again at once: that of one that has gone is unknown rather than
 * another's.
 */
CASE(unknown_index,
     .claim = "if_indextoname() gives a null pointer and ENXIO for an index that no interface has",
     .level = POSIX, .spec = "POSIX.1-2024 if_indextoname() ENXIO", .tags = "interface errno")
{
	char name[IF_NAMESIZE];
	const char *result;

	errno = 0;
	result = if_indextoname(9999, name);
	EXPECT_ERRNO(result == NULL ? errno : 0, ENXIO);
	EXPECT_TRUE(if_indextoname(if_nametoindex("lo"), name) == name);
}

/*
 * All of them.
 *
 * if_nameindex() returns an array that ends with an entry of index 0 and a null pointer
 * for the name. A network namespace lists only its own interfaces; here these are
 * loopback and the one end of a link, and the other end belongs to the other host.
 */
CASE(list_of_interfaces,
     .claim = "if_nameindex() lists the host's interfaces and ends with index 0 and no name",
     .level = POSIX, .spec = "POSIX.1-2024 if_nameindex(); network_namespaces(7)",
     .topology = "pair", .tags = "interface")
{
	struct if_nameindex *all = if_nameindex();
	int lo = 0, eth0 = 0, count = 0;

	REQUIRE_TRUE(all != NULL);
	for (; all[count].if_index != 0; count++) {
		lo += strcmp(all[count].if_name, "lo") == 0;
		eth0 += strcmp(all[count].if_name, "eth0") == 0;
		EXPECT_EQ(all[count].if_index, if_nametoindex(all[count].if_name));
	}
	EXPECT_TRUE(all[count].if_name == NULL);
	EXPECT_EQ(lo, 1);
	EXPECT_EQ(eth0, 1);
	if_freenameindex(all);
}
