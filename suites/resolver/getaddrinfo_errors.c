/* SPDX-License-Identifier: MIT */
/* The errors of getaddrinfo(), which are not errnos, and what its hints may not say. */
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/resolver/lookup.h"

#include "harness/case.h"

struct hint_row {
	struct variant variant;
	const char *node, *service;
	struct addrinfo hints;
	int expected;
	struct addrinfo good; /* the same with the fault removed */
	const char *good_node, *good_service;
};

static const struct hint_row wrong[] = {
	{{"family", NULL},
	 "192.0.2.1",
	 "80",
	 {.ai_family = AF_UNIX, .ai_socktype = SOCK_STREAM},
	 EAI_FAMILY,
	 {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM},
	 "192.0.2.1",
	 "80"},
	{{"socket_type", NULL},
	 "192.0.2.1",
	 "80",
	 {.ai_family = AF_INET, .ai_socktype = 0x7ff},
	 EAI_SOCKTYPE,
	 {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM},
	 "192.0.2.1",
	 "80"},
	{{"flags", NULL},
	 "192.0.2.1",
	 "80",
	 {.ai_flags = 0x40000000, .ai_socktype = SOCK_STREAM},
	 EAI_BADFLAGS,
	 {.ai_flags = 0, .ai_socktype = SOCK_STREAM},
	 "192.0.2.1",
	 "80"},
	{{"neither_name", NULL},
	 NULL,
	 NULL,
	 {.ai_socktype = SOCK_STREAM},
	 EAI_NONAME,
	 {.ai_socktype = SOCK_STREAM},
	 NULL,
	 "80"},
	{{"service", NULL},
	 "192.0.2.1",
	 "no-such-service",
	 {.ai_socktype = SOCK_STREAM},
	 EAI_SERVICE,
	 {.ai_socktype = SOCK_STREAM},
	 "192.0.2.1",
	 "http"},
	{{"service_of_other_type", NULL},
	 "192.0.2.1",
	 "ssh",
	 {.ai_socktype = SOCK_DGRAM},
	 EAI_SERVICE,
	 {.ai_socktype = SOCK_STREAM},
	 "192.0.2.1",
	 "ssh"},
};

/*
 * Six ways to be wrong.
 *
 * getaddrinfo() returns its error instead of setting errno, with codes of its own that
 * gai_strerror() puts in words. Each names the argument at fault: `EAI_FAMILY`,
 * `EAI_SOCKTYPE` and `EAI_BADFLAGS` a member of the hints, `EAI_SERVICE` a service that
 * is not known *for this socket type* (ssh has a TCP port only), and `EAI_NONAME`,
 * among others, that there was neither a node nor a service.
 */
CASE(wrong_argument, .claim = "a wrong hint or service gives the EAI_ code of that argument",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() ERRORS; getaddrinfo(3)",
     .tags = "getaddrinfo eai", .VARIANTS(wrong))
{
	const struct hint_row *row = VARIANT(struct hint_row);
	struct addrinfo *list = NULL;

	EXPECT_EQ(getaddrinfo(row->node, row->service, &row->hints, &list), row->expected);
	EXPECT_EQ(getaddrinfo(row->good_node, row->good_service, &row->good, &list), 0);
	freeaddrinfo(list);
}

/*
 * A name is needed for a canonical name.
 *
 * `AI_CANONNAME` asks for the official name of the node. Without a node there is
 * nothing to ask for, and glibc treats the flag as a wrong one. POSIX does not say so,
 * and other C libraries ignore the flag.
 */
CASE(canonical_name_of_nothing, .claim = "AI_CANONNAME without a node name gives EAI_BADFLAGS",
     .level = LINUX, .spec = "getaddrinfo(3) ERRORS EAI_BADFLAGS", .tags = "getaddrinfo eai flags")
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_CANONNAME};
	struct addrinfo *list = NULL;

	EXPECT_EQ(getaddrinfo(NULL, "80", &hints, &list), EAI_BADFLAGS);
	EXPECT_EQ(getaddrinfo("192.0.2.1", "80", &hints, &list), 0);
	freeaddrinfo(list);
}

struct wrong_family_row {
	struct variant variant;
	const char *address;
	int wrong, right;
};

static const struct wrong_family_row addresses[] = {
	{{"v4_as_v6", NULL}, "192.0.2.1", AF_INET6, AF_INET},
	{{"v6_as_v4", NULL}, "2001:db8::1", AF_INET, AF_INET6},
};

/*
 * Digits of the other family.
 *
 * An IPv4 address in digits is no IPv6 address, and the hints ask for one. POSIX has
 * `EAI_NONAME` for it; glibc returns `EAI_ADDRFAMILY`, which RFC 2553 had and Linux
 * documents. Either way it is an error, and no name server is asked.
 */
CASE(address_of_the_other_family,
     .claim = "an address in digits of another family than the hints' is an error", .level = LINUX,
     .spec = "POSIX.1-2024 getaddrinfo() EAI_NONAME; getaddrinfo(3) EAI_ADDRFAMILY",
     .tags = "getaddrinfo eai", .VARIANTS(addresses))
{
	const struct wrong_family_row *row = VARIANT(struct wrong_family_row);
	struct addrinfo hints = {.ai_family = row->wrong, .ai_socktype = SOCK_STREAM}, *list = NULL;
	int result = getaddrinfo(row->address, "80", &hints, &list);

	EXPECT_TRUE(result == EAI_ADDRFAMILY || result == EAI_NONAME);
	OBSERVE("error", "%s", result == EAI_NONAME ? "EAI_NONAME" : gai_strerror(result));
	hints.ai_family = row->right;
	EXPECT_EQ(getaddrinfo(row->address, "80", &hints, &list), 0);
	freeaddrinfo(list);
}

struct message_row {
	struct variant variant;
	int code;
};

static const struct message_row messages[] = {
	{{"again", NULL}, EAI_AGAIN},	  {{"badflags", NULL}, EAI_BADFLAGS},
	{{"fail", NULL}, EAI_FAIL},	  {{"family", NULL}, EAI_FAMILY},
	{{"memory", NULL}, EAI_MEMORY},	  {{"noname", NULL}, EAI_NONAME},
	{{"service", NULL}, EAI_SERVICE}, {{"socktype", NULL}, EAI_SOCKTYPE},
	{{"system", NULL}, EAI_SYSTEM},
};

/*
 * Every code has words.
 *
 * gai_strerror() is to these codes what strerror() is to errnos. Only for `EAI_SYSTEM`
 * errno matters too. The texts are for people; a program compares the codes.
 */
CASE(every_code_has_a_text,
     .claim = "gai_strerror() gives a code a text unlike that of an unknown code", .level = POSIX,
     .spec = "POSIX.1-2024 gai_strerror()", .tags = "eai", .VARIANTS(messages))
{
	const char *text = gai_strerror(VARIANT(struct message_row)->code);

	REQUIRE_TRUE(text != NULL);
	EXPECT_GT(strlen(text), 0);
	EXPECT_TRUE(strcmp(text, gai_strerror(12345)) != 0);
}

/*
 * Every code but one?
 *
 * `EAI_OVERFLOW` came to POSIX later than the others, and the table of texts of older
 * glibc versions lacks it: they call it unknown. A table of names is one of the places
 * that is forgotten when something is added.
 */
CASE(text_of_overflow, .claim = "the text of EAI_OVERFLOW is recorded", .level = OBSERVED,
     .spec = "POSIX.1-2024 gai_strerror() wants one", .tags = "eai")
{
	const char *text = gai_strerror(EAI_OVERFLOW);

	REQUIRE_TRUE(text != NULL);
	OBSERVE("text", "%s", text);
	OBSERVE("known", "%s", strcmp(text, gai_strerror(12345)) != 0 ? "yes" : "no");
}
