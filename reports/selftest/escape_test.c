/* SPDX-License-Identifier: MIT */
/* Text on its way out: nothing that means something to the format may pass. */
#include "reports/base/escape.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/selftest/selftest.h"

/* Whether `escape` makes `expected` of `text`. */
static bool makes(void (*escape)(FILE *, const char *), const char *text, const char *expected)
{
	char *got = NULL;
	size_t length;
	FILE *out = open_memstream(&got, &length);
	bool same;

	if (out == NULL)
		return false;
	escape(out, text);
	fclose(out);
	same = strcmp(got, expected) == 0;
	if (!same)
		printf("     got %s\n", got);
	free(got);
	return same;
}

SELFTEST(html_has_no_markup)
{
	CU_ASSERT(makes(escape_html, "<b a=\"x\" b='y'>&amp;",
			"&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;"));
	CU_ASSERT(makes(escape_html, "two\n\tlines", "two\n\tlines"));
	CU_ASSERT(makes(escape_html, "", ""));
}

SELFTEST(control_characters_are_shown)
{
	CU_ASSERT(makes(escape_html, "\x01\x1b[31m\x7f\r",
			"\xe2\x90\x81\xe2\x90\x9b[31m\xe2\x90\xa1\xe2\x90\x8d"));
	CU_ASSERT(makes(escape_html, "\xc2\x85", "[U+0085]"));
	CU_ASSERT(makes(escape_line, "a\nb\tc\r\x1b]0;x\x07",
			"a\\nb\\tc\\r\xe2\x90\x9b]0;x\xe2\x90\x87"));
}

SELFTEST(characters_that_turn_direction_are_shown)
{
	/* U+202E makes what follows run from right to left; U+2066 isolates; U+200B is not seen. */
	CU_ASSERT(makes(escape_html,
			"a\xe2\x80\xae"
			"b\xe2\x81\xa6"
			"c\xe2\x80\x8b"
			"d",
			"a[U+202E]b[U+2066]c[U+200B]d"));
	CU_ASSERT(makes(escape_line, "\xef\xbb\xbfx", "[U+FEFF]x"));
}

SELFTEST(invalid_utf8_is_replaced)
{
	CU_ASSERT(makes(escape_html,
			"a\xff"
			"b",
			"a\xef\xbf\xbd"
			"b"));
	CU_ASSERT(makes(escape_html, "\xc0\xaf",
			"\xef\xbf\xbd\xef\xbf\xbd")); /* too long a form of "/" */
	CU_ASSERT(makes(escape_html, "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
	CU_ASSERT(makes(escape_html, "\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd")); /* cut */
	CU_ASSERT(makes(escape_html, "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"));
	CU_ASSERT(makes(escape_html, "\xf4\x90\x80\x80",
			"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
}

SELFTEST(xml_has_only_its_characters)
{
	/* XML 1.0 2.2: no U+FFFE, no U+FFFF, no C0 controls but tab and newlines. */
	CU_ASSERT(makes(escape_xml, "\xef\xbf\xbe]]>\x02", "[U+FFFE]]]&gt;\xe2\x90\x82"));
	CU_ASSERT(makes(escape_xml, "a\nb", "a\nb"));
	CU_ASSERT(makes(escape_xml_attribute, "a\n\t\"<", "a&#10;&#9;&quot;&lt;"));
}

SELFTEST(ktap_has_no_directive)
{
	CU_ASSERT(makes(escape_ktap, "x # SKIP\nok 2 y", "x \\x23 SKIP\\nok 2 y"));
}

SELFTEST(tsv_stays_in_its_field)
{
	CU_ASSERT(makes(escape_tsv, "a\tb\nc\\d", "a\\tb\\nc\\\\d"));
}

SELFTEST(urls_are_unreserved)
{
	CU_ASSERT(makes(escape_url, "a/b_c-d.e~", "a/b_c-d.e~"));
	CU_ASSERT(makes(escape_url, "\"><&'#?% \xc3\xa9", "%22%3E%3C%26%27%23%3F%25%20%C3%A9"));
}

SELFTEST(shell_words_are_one_word)
{
	static const char *const cases[][2] = {
		{"inet/tcp_bind/x/v6", "inet/tcp_bind/x/v6"},
		{"", "''"},
		{"a b", "'a b'"},
		{"$(id);`id`", "'$(id);`id`'"},
		{"it's", "'it'\\''s'"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *word = shell_word(cases[i][0]);

		CU_ASSERT_STRING_EQUAL(word, cases[i][1]);
		free(word);
	}
}
