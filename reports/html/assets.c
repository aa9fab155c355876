/* SPDX-License-Identifier: MIT */
/*
 * The page's style and script, put into the program as they are. The paths are
 * those of a build from the repository's root.
 */
#include "reports/html/html.h"

/* Puts the bytes of a file at SYMBOL, and how many they are into SYMBOL_size. */
#define EMBED(symbol, file)                                                                        \
	__asm__(".pushsection .rodata\n"                                                           \
		".global " #symbol ", " #symbol "_size\n" #symbol ":\n"                            \
		".incbin \"" file "\"\n"                                                           \
		".L" #symbol "_end:\n"                                                             \
		".byte 0\n"                                                                        \
		".balign 4\n" #symbol "_size:\n"                                                   \
		".long .L" #symbol "_end - " #symbol "\n"                                          \
		".popsection\n")

EMBED(atlas_css, "reports/html/atlas.css");
extern const char atlas_css[] __attribute__((visibility("hidden")));
extern const uint32_t atlas_css_size __attribute__((visibility("hidden")));

EMBED(atlas_js, "reports/html/atlas.js");
extern const char atlas_js[] __attribute__((visibility("hidden")));
extern const uint32_t atlas_js_size __attribute__((visibility("hidden")));

struct html_asset html_css(void)
{
	return (struct html_asset){atlas_css, atlas_css_size};
}

struct html_asset html_js(void)
{
	return (struct html_asset){atlas_js, atlas_js_size};
}
