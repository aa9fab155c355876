/* SPDX-License-Identifier: MIT */
/* Addresses and their texts: inet_pton(), inet_ntop() and their older relatives. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/case.h"

struct text_row {
	struct variant variant;
	int family;
	const char *text;
	int expected;
	unsigned char bytes[16];
};

static const struct text_row texts[] = {
	{{"v4", NULL}, AF_INET, "192.0.2.1", 1, {192, 0, 2, 1}},
	{{"v4_three_parts", NULL}, AF_INET, "192.0.2", 0, {0}},
	{{"v4_too_large", NULL}, AF_INET, "192.0.2.256", 0, {0}},
	{{"v4_hexadecimal", NULL}, AF_INET, "0xc0.0.2.1", 0, {0}},
	{{"v4_space_behind", NULL}, AF_INET, "192.0.2.1 ", 0, {0}},
	{{"v4_empty", NULL}, AF_INET, "", 0, {0}},
	{{"v6", NULL}, AF_INET6, "2001:db8::1", 1, {0x20, 0x01, 0x0d, 0xb8, [15] = 1}},
	{{"v6_upper_case", NULL}, AF_INET6, "2001:DB8::1", 1, {0x20, 0x01, 0x0d, 0xb8, [15] = 1}},
	{{"v6_any", NULL}, AF_INET6, "::", 1, {0}},
	{{"v6_dotted_end", NULL},
	 AF_INET6,
	 "::ffff:192.0.2.1",
	 1,
	 {[10] = 0xff, 0xff, 192, 0, 2, 1}},
	{{"v6_seven_groups", NULL}, AF_INET6, "1:2:3:4:5:6:7", 0, {0}},
	{{"v6_two_gaps", NULL}, AF_INET6, "1::2::3", 0, {0}},
	{{"v6_five_digits", NULL}, AF_INET6, "12345::1", 0, {0}},
	{{"v6_one_colon", NULL}, AF_INET6, ":1", 0, {0}},
	{{"v6_zone", NULL}, AF_INET6, "fe80::1%lo", 0, {0}},
};

/*
 * The strict one.
 *
 * inet_pton() takes exactly one form of IPv4 address, four decimal numbers, and the
 * forms of RFC 4291 for IPv6. It returns 1 for an address, 0 for a text that is none
 * (errno says nothing), and -1 for a family it does not know. It has no place for a
 * zone such as %eth0, because the result is 16 bytes and no more.
 */
CASE(pton, .claim = "inet_pton() returns 1 and the address for a valid text, 0 for any other",
     .level = POSIX, .spec = "POSIX.1-2024 inet_pton(); RFC 4291 2.2", .tags = "address",
     .VARIANTS(texts))
{
	const struct text_row *row = VARIANT(struct text_row);
	unsigned char bytes[16] = {0};

	EXPECT_EQ(inet_pton(row->family, row->text, bytes), row->expected);
	if (row->expected == 1)
		EXPECT_MEMEQ(bytes, row->bytes, row->family == AF_INET ? 4 : 16);
}

/*
 * A family without a text form.
 *
 * Only IPv4 and IPv6 have a text form that POSIX defines. For another family -1 and
 * `EAFNOSUPPORT` are returned, which is something else than 0, "not an address": the
 * fault is in the program and not in what a user typed.
 */
CASE(unknown_family,
     .claim = "inet_pton() and inet_ntop() fail with EAFNOSUPPORT for another family",
     .level = POSIX, .spec = "POSIX.1-2024 inet_ntop(), inet_pton() ERRORS",
     .tags = "address errno")
{
	unsigned char bytes[16] = {127, 0, 0, 1};
	char text[INET6_ADDRSTRLEN];
	const char *result;

	EXPECT_ERR(inet_pton(AF_UNIX, "127.0.0.1", bytes), EAFNOSUPPORT);
	EXPECT_EQ(inet_pton(AF_INET, "127.0.0.1", bytes), 1);

	errno = 0;
	result = inet_ntop(AF_UNIX, bytes, text, sizeof(text));
	EXPECT_ERRNO(result == NULL ? errno : 0, EAFNOSUPPORT);
	EXPECT_STREQ(inet_ntop(AF_INET, bytes, text, sizeof(text)), "127.0.0.1");
}

struct room_row {
	struct variant variant;
	const char *text;
	socklen_t room; /* just enough, with the final NUL */
};

static const struct room_row rooms[] = {
	{{"v4", NULL}, "192.0.2.1", 10},
	{{"v4_longest", NULL}, "255.255.255.255", INET_ADDRSTRLEN},
	{{"v6", NULL}, "2001:db8::1", 12},
	{{"v6_mapped", NULL}, "::ffff:255.255.255.255", 23},
};

/*
 * Room for the text.
 *
 * inet_ntop() writes into the caller's buffer and tells if it is too small: `ENOSPC`.
 * `INET_ADDRSTRLEN` (16) and `INET6_ADDRSTRLEN` (46) are always enough, with the final
 * NUL. inet_ntoa(), its predecessor, has a static buffer, which the next call
 * overwrites.
 */
CASE(ntop_room, .claim = "inet_ntop() fails with ENOSPC if the buffer is one byte too small",
     .level = POSIX, .spec = "POSIX.1-2024 inet_ntop() ENOSPC", .tags = "address errno",
     .VARIANTS(rooms))
{
	const struct room_row *row = VARIANT(struct room_row);
	struct address a = address_of(row->text, 0);
	bool v4 = a.any.sa_family == AF_INET;
	void *bytes = v4 ? (void *)&a.v4.sin_addr : (void *)&a.v6.sin6_addr;
	char text[INET6_ADDRSTRLEN];
	const char *result;

	errno = 0;
	result = inet_ntop(a.any.sa_family, bytes, text, row->room - 1);
	EXPECT_ERRNO(result == NULL ? errno : 0, ENOSPC);
	EXPECT_STREQ(inet_ntop(a.any.sa_family, bytes, text, row->room), row->text);
}

struct form_row {
	struct variant variant;
	const char *given, *canonical;
};

static const struct form_row forms[] = {
	{{"leading_zeros", NULL}, "2001:0db8::0001", "2001:db8::1"},
	{{"lower_case", NULL}, "2001:DB8::ABCD", "2001:db8::abcd"},
	{{"longest_run", NULL}, "2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::"},
	{{"first_run", NULL}, "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
	{{"single_zero", NULL}, "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
	{{"all_zero", NULL}, "0:0:0:0:0:0:0:0", "::"},
	{{"mapped", NULL}, "::ffff:c000:201", "::ffff:192.0.2.1"},
};

/*
 * One text for each address.
 *
 * An IPv6 address can be written in many ways, and two logs with the same address in
 * two forms cannot be compared. RFC 5952 chooses one: lower case, no leading zeros,
 * `::` for the longest run of at least two zero groups, and of two equal runs for the
 * first. inet_ntop() writes that one.
 */
CASE(ntop_canonical_form,
     .claim = "inet_ntop() writes an IPv6 address in the canonical form of RFC 5952", .level = RFC,
     .spec = "RFC 5952 4, 5", .tags = "address", .VARIANTS(forms))
{
	const struct form_row *row = VARIANT(struct form_row);
	struct in6_addr address;
	char text[INET6_ADDRSTRLEN];

	REQUIRE_EQ(inet_pton(AF_INET6, row->given, &address), 1);
	EXPECT_STREQ(inet_ntop(AF_INET6, &address, text, sizeof(text)), row->canonical);
}
