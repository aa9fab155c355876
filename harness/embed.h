/* SPDX-License-Identifier: MIT */
/*
 * Files inside the program, so that one binary can be copied to a target.
 * EMBED(symbol, "path from the repository root") gives `symbol`, a NUL-terminated
 * text, and `symbol_end`, the address of that NUL.
 */
#ifndef SOCKATLAS_EMBED_H
#define SOCKATLAS_EMBED_H

#define EMBED(symbol, path)                                                                        \
	__asm__(".pushsection .rodata.embed,\"a\"\n"                                               \
		".Lembed_" #symbol ":\n"                                                           \
		".incbin \"" path "\"\n"                                                           \
		".Lembed_" #symbol "_end:\n"                                                       \
		".byte 0\n"                                                                        \
		".popsection\n");                                                                  \
	extern const char symbol[] __asm__(".Lembed_" #symbol);                                    \
	extern const char symbol##_end[] __asm__(".Lembed_" #symbol "_end")

#endif
