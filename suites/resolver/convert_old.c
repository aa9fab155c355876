/* SPDX-License-Identifier: MIT */
/* inet_addr(), inet_aton() and others from 4.2BSD, and the order of bytes. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/case.h"

struct form_row {
	struct variant variant;
	const char *text;
	unsigned char bytes[4];
};

static const struct form_row forms[] = {
	{{"four_parts", NULL}, "192.0.2.1", {192, 0, 2, 1}},
	{{"three_parts", NULL}, "192.0.513", {192, 0, 2, 1}},
	{{"two_parts", NULL}, "127.1", {127, 0, 0, 1}},
	{{"one_part", NULL}, "2130706433", {127, 0, 0, 1}},
	{{"octal", NULL}, "0300.0.02.010", {192, 0, 2, 8}},
	{{"hexadecimal", NULL}, "0xC0.0x0.0x2.0x1", {192, 0, 2, 1}},
	{{"mixed", NULL}, "0x7f.1", {127, 0, 0, 1}},
};

/*
 * An address in one, two, three or four parts.
 *
 * The old functions take a number where it stands: the last part fills all bytes that
 * are left, so that 127.1 is 127.0.0.1 and 2130706433 as well. A leading 0 makes a part
 * octal, 0x hexadecimal, as in C. 010.0.0.1 is therefore 8.0.0.1, to the surprise of
 * those who pad with zeros.
 *
 * Try it: `ping -c 1 2130706433`.
 */
CASE(forms_of_inet_addr,
     .claim = "inet_addr() and inet_aton() take one to four parts, decimal, octal or hexadecimal",
     .level = POSIX, .spec = "POSIX.1-2024 inet_addr(); inet(3) inet_aton()", .tags = "address",
     .VARIANTS(forms))
{
	const struct form_row *row = VARIANT(struct form_row);
	struct in_addr address = {0};
	in_addr_t number = inet_addr(row->text);

	EXPECT_MEMEQ(&number, row->bytes, 4);
	EXPECT_NE(inet_aton(row->text, &address), 0);
	EXPECT_MEMEQ(&address, row->bytes, 4);
}

struct bad_row {
	struct variant variant;
	const char *text;
};

static const struct bad_row bad[] = {
	{{"five_parts", NULL}, "1.2.3.4.5"},
	{{"part_too_large", NULL}, "1.2.3.256"},
	{{"last_part_too_large", NULL}, "1.2.65536"},
	{{"bad_octal", NULL}, "1.2.3.08"},
	{{"letters", NULL}, "localhost"},
	{{"empty", NULL}, ""},
};

/*
 * What is none.
 *
 * inet_addr() answers (in_addr_t)-1 for a text that is no address, inet_aton() 0. Each
 * part has its limit, which depends on how many bytes it fills.
 */
CASE(not_an_address,
     .claim = "inet_addr() returns (in_addr_t)-1 and inet_aton() 0 for a text that is no address",
     .level = POSIX, .spec = "POSIX.1-2024 inet_addr() RETURN VALUE; inet(3) inet_aton()",
     .tags = "address", .VARIANTS(bad))
{
	struct in_addr address;

	EXPECT_EQ(inet_addr(VARIANT(struct bad_row)->text), (in_addr_t)-1);
	EXPECT_EQ(inet_aton(VARIANT(struct bad_row)->text, &address), 0);
	EXPECT_EQ(inet_addr("192.0.2.1"), htonl(0xc0000201));
}

/*
 * The address that looks like an error.
 *
 * 255.255.255.255 *is* (in_addr_t)-1: with inet_addr() the limited broadcast cannot be
 * told from a mistake. That is why inet_aton() was made, which returns the address
 * apart from its success.
 */
CASE(broadcast_is_ambiguous,
     .claim = "inet_addr() cannot tell 255.255.255.255 from an error, inet_aton() can",
     .level = POSIX, .spec = "POSIX.1-2024 inet_addr() RETURN VALUE; inet(3)", .tags = "address")
{
	struct in_addr address = {0};

	EXPECT_EQ(inet_addr("255.255.255.255"), inet_addr("nonsense"));
	EXPECT_NE(inet_aton("255.255.255.255", &address), 0);
	EXPECT_EQ(address.s_addr, INADDR_BROADCAST);
	EXPECT_EQ(inet_aton("nonsense", &address), 0);
}

/*
 * A buffer for everyone.
 *
 * inet_ntoa() returns a pointer to a static buffer: two calls in one printf() show the
 * same address twice. The text must be used or copied before the next call; inet_ntop()
 * has no such trap.
 */
CASE(ntoa_overwrites, .claim = "inet_ntoa() writes an address as four decimal parts",
     .level = POSIX, .spec = "POSIX.1-2024 inet_ntoa()", .tags = "address")
{
	struct in_addr one = {htonl(0xc0000201)}, two = {htonl(0xcb007109)};
	const char *first = inet_ntoa(one), *second;

	EXPECT_STREQ(first, "192.0.2.1");
	second = inet_ntoa(two);
	EXPECT_STREQ(second, "203.0.113.9");
	OBSERVE("the first text is now", "%s", first);
}

/*
 * The time of classes.
 *
 * Before CIDR (RFC 1519) the first bits of an address said where the network ends:
 * class A after 8 bits, B after 16, C after 24. These functions still count like that,
 * which no network does any more. Their numbers are in *host* byte order, unlike
 * everything else here.
 */
CASE(classes,
     .claim = "inet_netof(), inet_lnaof() and inet_makeaddr() split and join addresses by class",
     .level = LINUX, .spec = "inet(3)", .tags = "address")
{
	struct in_addr class_a = {htonl(0x0a010203)}, class_b = {htonl(0xac100102)};

	EXPECT_EQ(inet_netof(class_a), 0x0a);
	EXPECT_EQ(inet_lnaof(class_a), 0x010203);
	EXPECT_EQ(inet_netof(class_b), 0xac10);
	EXPECT_EQ(inet_lnaof(class_b), 0x0102);
	EXPECT_EQ(inet_makeaddr(0xac10, 0x0102).s_addr, class_b.s_addr);
	EXPECT_EQ(inet_network("172.16"), 0xac10);
}

/*
 * The most significant byte first.
 *
 * Protocols send numbers that way (RFC 1700), most machines store them the other way
 * round. htons() and htonl() produce the order of the wire, whatever the machine;
 * ntohs() and ntohl() bring it back. A port that was forgotten to be converted is 20480
 * instead of 80, and nothing complains.
 *
 * Try it: `python3 -c "import socket; print(socket.htons(80))"`.
 */
CASE(network_byte_order,
     .claim = "htons() and htonl() put the most significant byte first in memory, ntoh reverses it",
     .level = POSIX, .spec = "POSIX.1-2024 htonl(); RFC 1700 Data Notations", .tags = "byte-order")
{
	static const unsigned char wire[] = {0x12, 0x34, 0x56, 0x78};
	uint16_t two = htons(0x1234);
	uint32_t four = htonl(0x12345678);

	EXPECT_MEMEQ(&two, wire, 2);
	EXPECT_MEMEQ(&four, wire, 4);
	EXPECT_EQ(ntohs(two), 0x1234);
	EXPECT_EQ(ntohl(four), 0x12345678);
	/* POSIX: they may be macros, and are functions too; parentheses ask for those. */
	EXPECT_EQ((htons)(0x1234), two);
	EXPECT_EQ((htonl)(0x12345678), four);
	EXPECT_EQ((ntohs)(two), 0x1234);
	EXPECT_EQ((ntohl)(four), 0x12345678);
}
