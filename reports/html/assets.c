/* SPDX-License-Identifier: MIT */
/*
 * The page's style and script, put into the program as they are. The paths are
 * those of a build from the repository's root.
 */
#include "reports/html/html.h"

#define FILE_BYTES(file) ".incbin \"" file "\"\n"

/* Puts the bytes of files at SYMBOL, and how many they are into SYMBOL_size. */
#define EMBED(symbol, bytes)                                                                       \
	__asm__(".pushsection .rodata\n"                                                           \
		".global " #symbol ", " #symbol "_size\n" #symbol ":\n" bytes ".L" #symbol         \
		"_end:\n"                                                                          \
		".byte 0\n"                                                                        \
		".balign 4\n" #symbol "_size:\n"                                                   \
		".long .L" #symbol "_end - " #symbol "\n"                                          \
		".popsection\n")

EMBED(atlas_css, FILE_BYTES("reports/html/atlas.css") FILE_BYTES("reports/html/differences.css"));
extern const char atlas_css[] __attribute__((visibility("hidden")));
extern const uint32_t atlas_css_size __attribute__((visibility("hidden")));

EMBED(atlas_js, FILE_BYTES("reports/html/atlas.js") FILE_BYTES("reports/html/differences.js"));
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
