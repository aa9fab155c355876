/* SPDX-License-Identifier: MIT */
/* The Makefile sets these; the revision is that of the checkout that was built. */
#ifndef SOCKATLAS_VERSION_H
#define SOCKATLAS_VERSION_H

#ifndef SOCKATLAS_VERSION
#define SOCKATLAS_VERSION "unknown"
#endif
#ifndef SOCKATLAS_REVISION
#define SOCKATLAS_REVISION "unknown"
#endif
#ifndef SOCKATLAS_BUILD
#define SOCKATLAS_BUILD "dynamic"
#endif

#endif
