/* SPDX-License-Identifier: MIT */
/* Deviations by name: many of them, in little room. */
#include <ctype.h>
#include <string.h>

#include "reports/base/escape.h"
#include "reports/html/tried.h"

const char *tried_case(const struct attempt *a)
{
	return a->info != NULL ? a->info->id : a->trial->id;
}

void tried_topic(char text[128], const struct finding *f)
{
	if (isupper((unsigned char)f->subject[0]))
		snprintf(text, 128, "%.*s", (int)strcspn(f->subject, "."), f->subject);
	else
		snprintf(text, 128, "%.100s()", f->call);
}

void tried_topic_href(FILE *out, const char *topic)
{
	fputs(" href=\"#about-", out);
	escape_url(out, topic);
	putc('"', out);
}

/* Ids of the page's own have no "/". */
void tried_topic_anchor(struct html *h, const char *topic)
{
	if (strchr(topic, '/') == NULL)
		html_wrap(h->out, " id=\"about-", topic, "\"");
}

void tried_put_name(FILE *out, const struct finding *f, const struct finding *before, bool linked)
{
	bool error = f->kind == KIND_ERROR_HIDDEN || f->kind == KIND_ERROR_REPLACED;
	char topic[128];
	bool is_topic;

	tried_topic(topic, f);
	is_topic = strchr(topic, '/') == NULL;
	if (before != NULL && strcmp(before->call, f->call) == 0 &&
	    strcmp(before->subject, f->subject) == 0) {
		html_wrap(out, ", ", f->how, "");
		return;
	}
	fputs(before != NULL ? "; <code>" : "<code>", out);
	if (before == NULL || strcmp(before->call, f->call) != 0)
		html_wrap(out, "", f->call, "() ");
	if (linked && is_topic) {
		fputs("<a", out);
		tried_topic_href(out, topic);
		html_wrap(out, ">", f->subject, "</a></code> ");
	} else {
		html_wrap(out, "", f->subject, "</code> ");
	}
	html_wrap(out, error ? "\xe2\x86\x92 " : "", f->how, "");
}
