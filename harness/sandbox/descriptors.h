/* SPDX-License-Identifier: MIT */
/*
 * The harness keeps its own descriptors out of a case's sight, at high numbers: in
 * a lesson the first socket is descriptor 3, as in every textbook.
 */
#ifndef SOCKATLAS_DESCRIPTORS_H
#define SOCKATLAS_DESCRIPTORS_H

enum { DESCRIPTORS_HIDDEN = 900 }; /* the harness's own begin here; the limit is 1024 */

/* Moves a descriptor up, close-on-exec. Returns its new number, or -1 with errno; -1 gives -1. */
int descriptor_hide(int fd);

/* Closes everything from 3 on that is not hidden. */
void descriptors_clean(void);

#endif
