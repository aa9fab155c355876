/* SPDX-License-Identifier: MIT */
/* Names with letters beyond ASCII, and names without their domain. */
#include <locale.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/resolver/lookup.h"

#include "harness/case.h"

/* <netdb.h> of glibc has them; two of them with a warning. Those of getnameinfo() are the others.
 */
enum {
	IDN = 0x40,	      /* AI_IDN */
	CANONICAL_IDN = 0x80, /* AI_CANONIDN */
	UNASSIGNED = 0x100,   /* AI_IDN_ALLOW_UNASSIGNED */
	STD3 = 0x200,	      /* AI_IDN_USE_STD3_ASCII_RULES */
	INFO_IDN = 32,	      /* NI_IDN */
	INFO_UNASSIGNED = 64, /* NI_IDN_ALLOW_UNASSIGNED */
	INFO_STD3 = 128,      /* NI_IDN_USE_STD3_ASCII_RULES */
	NOT_ENCODED = -105,   /* EAI_IDN_ENCODE */
};

#define BOOKS                                                                                      \
	"b\xc3\xbc"                                                                                \
	"cher.example" /* "bücher" in UTF-8 */
#define BOOKS_ASCII "xn--bcher-kva.example"

static const char hosts[] = "127.0.0.1 localhost\n"
			    "192.0.2.9 " BOOKS_ASCII "\n"
			    "192.0.2.10 under_score.example\n";

static void know_the_names(void)
{
	SETUP(setlocale(LC_ALL, "C.UTF-8") != NULL ? 0 : -1);
	SETUP(sandbox_file("/etc/hosts", hosts));
}

/* Looks up with these flags. Returns what getaddrinfo() does; *list is NULL without an answer. */
static int look_up(const char *name, int flags, struct addrinfo **list)
{
	struct addrinfo hints = {
		.ai_flags = flags, .ai_family = AF_INET, .ai_socktype = SOCK_STREAM};

	*list = NULL;
	return getaddrinfo(name, NULL, &hints, list);
}

struct flag_row {
	struct variant variant;
	int flags;
};

static const struct flag_row encodings[] = {
	{{"idn", NULL}, IDN},
	{{"allow_unassigned", NULL}, IDN | UNASSIGNED},
	{{"std3_rules", NULL}, IDN | STD3},
};

/*
 * What stands in the DNS is ASCII.
 *
 * Names of hosts are letters of ASCII, digits and hyphens since 1973, and too much depends on it.
 * A name in another script is written in those: "bücher" becomes "xn--bcher-kva". Browsers do
 * this for their users. getaddrinfo() does it with `AI_IDN`, from the character set of the
 * program's locale; without the flag the name is taken byte for byte, and nobody has it. Two
 * further flags once chose between rules of 2003 and do nothing since those of 2008.
 *
 * Try it: `getent ahosts bücher.example` (which asks with AI_IDN), `idn2 bücher.example`.
 */
CASE(encoded_name,
     .claim = "with AI_IDN a name with other letters finds the host of its ASCII form",
     .level = LINUX, .spec = "getaddrinfo(3) AI_IDN; RFC 5891 4; RFC 3492", .needs = "idn",
     .tags = "getaddrinfo idn", .VARIANTS(encodings))
{
	int flags = VARIANT(struct flag_row)->flags;
	struct addrinfo *list;

	know_the_names();
	EXPECT_EQ(look_up(BOOKS, 0, &list), EAI_NONAME);
	REQUIRE_EQ(look_up(BOOKS, flags, &list), 0);
	EXPECT_EQ(list_has(list, "192.0.2.9"), 1);
	freeaddrinfo(list);
	/* An ASCII name is its own form, underscores included. */
	REQUIRE_EQ(look_up("under_score.example", flags, &list), 0);
	EXPECT_EQ(list_has(list, "192.0.2.10"), 1);
	freeaddrinfo(list);
}

/*
 * And back, for people to read.
 *
 * The official name of a host is the ASCII form. `AI_CANONIDN` together with `AI_CANONNAME` gives
 * it in letters again, and so does `NI_IDN` for getnameinfo(). It is for showing only: two
 * letters may look alike, and what looks like a bank need not be one.
 */
CASE(decoded_name,
     .claim = "AI_CANONIDN and NI_IDN give a name in letters, where it is ASCII without them",
     .level = LINUX, .spec = "getaddrinfo(3) AI_CANONIDN; getnameinfo(3) NI_IDN; RFC 5891 5",
     .needs = "idn", .tags = "getaddrinfo getnameinfo idn")
{
	static const int decoding[] = {INFO_IDN, INFO_IDN | INFO_UNASSIGNED, INFO_IDN | INFO_STD3};
	struct address a = address_of("192.0.2.9", 80);
	char host[NI_MAXHOST];
	struct addrinfo *list;

	know_the_names();
	REQUIRE_EQ(look_up(BOOKS, IDN | AI_CANONNAME, &list), 0);
	EXPECT_STREQ(list->ai_canonname, BOOKS_ASCII);
	freeaddrinfo(list);
	REQUIRE_EQ(look_up(BOOKS, IDN | AI_CANONNAME | CANONICAL_IDN, &list), 0);
	EXPECT_STREQ(list->ai_canonname, BOOKS);
	freeaddrinfo(list);

	EXPECT_EQ(getnameinfo(ADDRESS(a), host, sizeof(host), NULL, 0, 0), 0);
	EXPECT_STREQ(host, BOOKS_ASCII);
	for (size_t i = 0; i < sizeof(decoding) / sizeof(decoding[0]); i++) {
		EXPECT_EQ(getnameinfo(ADDRESS(a), host, sizeof(host), NULL, 0, decoding[i]), 0);
		EXPECT_STREQ(host, BOOKS);
	}
}

/*
 * Bytes that are no letters.
 *
 * The form can be made only of a name that is one in the program's character set. What is not is
 * refused before anybody is asked, with a code of glibc: `EAI_IDN_ENCODE`.
 */
CASE(not_a_name,
     .claim = "getaddrinfo() with AI_IDN gives EAI_IDN_ENCODE for bytes that are no UTF-8",
     .level = LINUX, .spec = "getaddrinfo(3) AI_IDN; <netdb.h> of glibc EAI_IDN_ENCODE",
     .needs = "idn", .tags = "getaddrinfo idn eai")
{
	struct addrinfo *list;

	know_the_names();
	EXPECT_EQ(look_up("\xff\xfe.example", IDN, &list), NOT_ENCODED);
	EXPECT_TRUE(list == NULL);
	EXPECT_EQ(look_up("\xff\xfe.example", 0, &list), EAI_NONAME);
	REQUIRE_EQ(look_up(BOOKS, IDN, &list), 0);
	freeaddrinfo(list);
}

/*
 * Neighbours by their first name.
 *
 * In one's own domain a host is known by the first part of its name. `NI_NOFQDN` leaves the rest
 * away for hosts of this domain, which is the domain in this host's own official name; others
 * keep theirs.
 */
CASE(name_without_its_domain,
     .claim = "with NI_NOFQDN a host of the own domain is named without it, another one with",
     .level = LINUX, .spec = "getnameinfo(3) NI_NOFQDN; RFC 3493 6.2", .tags = "getnameinfo flags")
{
	struct address own = address_of("192.0.2.2", 80), other = address_of("192.0.2.10", 80);
	char host[NI_MAXHOST];

	SETUP(sandbox_file("/etc/hosts", "127.0.0.1 localhost\n"
					 "192.0.2.1 a.sandbox.example a\n"
					 "192.0.2.2 b.sandbox.example\n"
					 "192.0.2.10 b.elsewhere.example\n"));
	SETUP(sethostname("a", 1));
	EXPECT_EQ(getnameinfo(ADDRESS(own), host, sizeof(host), NULL, 0, 0), 0);
	EXPECT_STREQ(host, "b.sandbox.example");
	EXPECT_EQ(getnameinfo(ADDRESS(own), host, sizeof(host), NULL, 0, NI_NOFQDN), 0);
	EXPECT_STREQ(host, "b");
	EXPECT_EQ(getnameinfo(ADDRESS(other), host, sizeof(host), NULL, 0, NI_NOFQDN), 0);
	EXPECT_STREQ(host, "b.elsewhere.example");
}
