/* SPDX-License-Identifier: MIT */
/*
 * The page's style and script, put into the program as they are. The paths are
 * those of a build from the repository's root.
 */
#include "reports/html/html.h"

/* Makes SYMBOL_begin and SYMBOL_end stand around the bytes of a file. */
#define EMBED(symbol, file)                                                                  \
	__asm__(".pushsection .rodata\n"                                                     \
		".global " #symbol "_begin, " #symbol "_end\n"                               \
		#symbol "_begin:\n"                                                          \
		".incbin \"" file "\"\n"                                                     \
		#symbol "_end:\n"                                                            \
		".byte 0\n"                                                                  \
		".popsection\n");                                                            \
	extern const char symbol##_begin[] __attribute__((visibility("hidden")));            \
	extern const char symbol##_end[] __attribute__((visibility("hidden")))

EMBED(atlas_css, "reports/html/atlas.css");
EMBED(atlas_js, "reports/html/atlas.js");

struct html_asset html_css(void)
{
	return (struct html_asset){atlas_css_begin, (size_t)(atlas_css_end - atlas_css_begin)};
}

struct html_asset html_js(void)
{
	return (struct html_asset){atlas_js_begin, (size_t)(atlas_js_end - atlas_js_begin)};
}
