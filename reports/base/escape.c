/* SPDX-License-Identifier: MIT */
#include "reports/base/escape.h"

#include <stdbool.h>
#include <string.h>

#include "reports/base/memory.h"

size_t utf8_read(const char *s, size_t length, uint32_t *character)
{
	const unsigned char *b = (const unsigned char *)s;
	size_t need = b[0] < 0x80   ? 1
		      : b[0] < 0xc2 ? 0
		      : b[0] < 0xe0 ? 2
		      : b[0] < 0xf0 ? 3
		      : b[0] < 0xf5 ? 4
				    : 0;
	uint32_t c = need == 1 ? b[0] : b[0] & (0xffU >> (need + 1));

	*character = 0xfffd;
	if (need == 0 || need > length)
		return 1;
	for (size_t i = 1; i < need; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 1;
		c = c << 6 | (b[i] & 0x3f);
	}
	if ((need == 3 && c < 0x800) || (need == 4 && (c < 0x10000 || c > 0x10ffff)) ||
	    (c >= 0xd800 && c <= 0xdfff))
		return 1;
	*character = c;
	return need;
}

/* Characters that are not seen but change how their neighbours are (Unicode UAX #9, UTR #36). */
static bool is_hidden(uint32_t c)
{
	return c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xfff9 && c <= 0xfffb) || c >= 0xe0000;
}

static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static void put_utf8(FILE *out, uint32_t c)
{
	if (c < 0x80) {
		putc((int)c, out);
	} else if (c < 0x800) {
		fprintf(out, "%c%c", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		fprintf(out, "%c%c%c", (int)(0xe0 | c >> 12), (int)(0x80 | (c >> 6 & 0x3f)),
			(int)(0x80 | (c & 0x3f)));
	} else {
		fprintf(out, "%c%c%c%c", (int)(0xf0 | c >> 18), (int)(0x80 | (c >> 12 & 0x3f)),
			(int)(0x80 | (c >> 6 & 0x3f)), (int)(0x80 | (c & 0x3f)));
	}
}

/* Shows what must not be itself: U+2400 and up picture the C0 controls. */
static void put_picture(FILE *out, uint32_t c)
{
	if (c < 0x20)
		put_utf8(out, 0x2400 + c);
	else if (c == 0x7f)
		put_utf8(out, 0x2421);
	else
		fprintf(out, "[U+%04X]", (unsigned int)c);
}

/* What one format writes for a character that is not plain; NULL when it is plain there. */
typedef const char *special_fn(uint32_t c);

static void put_text(FILE *out, const char *text, size_t length, special_fn *special,
		     bool keep_blanks)
{
	size_t plain = 0, i = 0;

	while (i < length) {
		uint32_t c;
		size_t step = utf8_read(text + i, length - i, &c);
		const char *instead = special(c);
		bool blank = keep_blanks && (c == '\n' || c == '\t');
		bool invalid = c == 0xfffd && step == 1;

		if (instead == NULL && (blank || !(is_control(c) || is_hidden(c) || invalid ||
						   (c & 0xfffe) == 0xfffe))) {
			i += step;
			continue;
		}
		fwrite(text + plain, 1, i - plain, out);
		if (instead != NULL)
			fputs(instead, out);
		else if (invalid)
			put_utf8(out, 0xfffd);
		else
			put_picture(out, c);
		i += step;
		plain = i;
	}
	fwrite(text + plain, 1, length - plain, out);
}

static const char *markup(uint32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static const char *xml_attribute(uint32_t c)
{
	return c == '\n' ? "&#10;" : c == '\t' ? "&#9;" : c == '\r' ? "&#13;" : markup(c);
}

static const char *one_line(uint32_t c)
{
	return c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : NULL;
}

static const char *ktap(uint32_t c)
{
	return c == '#' ? "\\x23" : one_line(c);
}

static const char *tsv(uint32_t c)
{
	return c == '\\' ? "\\\\" : one_line(c);
}

void escape_html_n(FILE *out, const char *text, size_t length)
{
	put_text(out, text, length, markup, true);
}

void escape_html(FILE *out, const char *text)
{
	escape_html_n(out, text, strlen(text));
}

void escape_xml(FILE *out, const char *text)
{
	put_text(out, text, strlen(text), markup, true);
}

void escape_xml_attribute(FILE *out, const char *text)
{
	put_text(out, text, strlen(text), xml_attribute, true);
}

void escape_line(FILE *out, const char *text)
{
	put_text(out, text, strlen(text), one_line, false);
}

void escape_ktap(FILE *out, const char *text)
{
	put_text(out, text, strlen(text), ktap, false);
}

void escape_tsv(FILE *out, const char *text)
{
	put_text(out, text, strlen(text), tsv, false);
}

void escape_url(FILE *out, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p != 0; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			     (*p >= '0' && *p <= '9') || strchr("-_.~/", *p) != NULL;

		if (plain)
			putc(*p, out);
		else
			fprintf(out, "%%%02X", *p);
	}
}

char *shell_word(const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789_./+-:@,=%";
	size_t length = strlen(text);
	char *word = memory_get(4 * length + 3, 1), *p = word;

	if (length != 0 && strspn(text, plain) == length) {
		stpcpy(word, text);
		return word;
	}
	*p++ = '\'';
	for (; *text != 0; text++) {
		if (*text == '\'') {
			p = stpcpy(p, "'\\''");
		} else {
			*p++ = *text;
		}
	}
	*p = '\'';
	return word;
}
