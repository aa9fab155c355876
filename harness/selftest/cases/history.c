/* SPDX-License-Identifier: MIT */
/* Cases whose claims are of some versions of Linux only: 3.0 is older than any that is run, 99
 * newer. */
#include <sys/socket.h>

#include "harness/case.h"

/* In range: judged as always. */
CASE(in_range, .claim = "it holds", .level = ABI, .spec = "none", .since = "3.0", .removed = "99")
{
	EXPECT_OK(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* In range, and it fails. */
CASE(fails_in_range, .claim = "it does not hold", .level = ABI, .spec = "none", .since = "3.0",
     .removed = "99")
{
	EXPECT_ERR(socket(AF_UNIX, SOCK_STREAM, 0), EPERM);
}

/* This kernel is too old, and the case fails as it should. */
CASE(not_yet, .claim = "it will hold", .level = ABI, .spec = "a book", .since = "99.1")
{
	EXPECT_ERR(socket(AF_UNIX, SOCK_STREAM, 0), EPERM);
}

/* This kernel is too old, and the case passes all the same. */
CASE(already, .claim = "it holds too early", .level = ABI, .spec = "none", .since = "99.1")
{
	EXPECT_OK(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* This kernel is too new. */
CASE(no_more, .claim = "it held", .level = ABI, .spec = "none", .removed = "3.1")
{
	EXPECT_ERR(socket(AF_UNIX, SOCK_STREAM, 0), EPERM);
}

/* This kernel is too new, and the case passes all the same. */
CASE(still, .claim = "it holds too long", .level = ABI, .spec = "none", .removed = "3.1")
{
	EXPECT_OK(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* The case finds that this kernel does not have what it is about. */
CASE(skips_as_not_yet, .claim = "a skip is as good", .level = ABI, .spec = "none", .since = "99")
{
	SKIP("SO_FUTURE", "this kernel does not have it");
}

/* A preparation that needs what is not there yet. */
CASE(prepares_as_not_yet, .claim = "a failed setup is as good", .level = ABI, .spec = "none",
     .since = "99")
{
	SETUP(close(-1));
	EXPECT_OK(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* What shows nothing is an error on every kernel. */
CASE(shows_nothing, .claim = "a vacuous case is an error", .level = ABI, .spec = "none",
     .since = "99")
{
	SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
}

struct row {
	struct variant variant;
	int error;
};

static const struct row rows[] = {
	{{"always", NULL}, 0},
	{{"not_yet", NULL, .since = "99.1"}, EPERM},
	{{"already", NULL, .since = "99.1"}, 0},
	{{"no_more", NULL, .removed = "3.1"}, EPERM},
	{{"earlier_than_the_case", NULL, .since = "2.6"}, 0},
};

/* Rows have a history of their own, within that of the case. */
CASE(rows_differ, .claim = "each row is judged by its own", .level = ABI, .spec = "none",
     .since = "3.0", .VARIANTS(rows))
{
	const struct row *row = VARIANT(struct row);

	if (row->error == 0)
		EXPECT_OK(socket(AF_UNIX, SOCK_STREAM, 0));
	else
		EXPECT_ERR(socket(AF_UNIX, SOCK_STREAM, 0), row->error);
}
