/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_ALG, which are its control messages too (Documentation/crypto/userspace-if.rst).
 */
#include "harness/names/table.h"

#include <linux/if_alg.h>

static const struct name options_alg_list[] = {
#ifdef ALG_SET_KEY
	NAME(ALG_SET_KEY),
#endif
#ifdef ALG_SET_IV
	NAME(ALG_SET_IV),
#endif
#ifdef ALG_SET_OP
	NAME(ALG_SET_OP),
#endif
#ifdef ALG_SET_AEAD_ASSOCLEN
	NAME(ALG_SET_AEAD_ASSOCLEN),
#endif
#ifdef ALG_SET_AEAD_AUTHSIZE
	NAME(ALG_SET_AEAD_AUTHSIZE),
#endif
#ifdef ALG_SET_DRBG_ENTROPY
	NAME(ALG_SET_DRBG_ENTROPY),
#endif
	/* Since Linux 6.2. */
	NAME_AS(ALG_SET_KEY_BY_KEY_SERIAL, 7),
};
NAME_TABLE(names_options_alg, "option-alg", options_alg_list);

static const struct name alg_operations_list[] = {
#ifdef ALG_OP_DECRYPT
	NAME(ALG_OP_DECRYPT),
#endif
#ifdef ALG_OP_ENCRYPT
	NAME(ALG_OP_ENCRYPT),
#endif
};
NAME_TABLE(names_alg_operations, "option-alg", alg_operations_list);
