/* SPDX-License-Identifier: MIT */
/* The cases as they are declared, printed without running them. */
#ifndef SOCKATLAS_CATALOGUE_H
#define SOCKATLAS_CATALOGUE_H

#include "harness/run/select.h"

/* One line a variant; `format` is "text" or "tsv". Returns the exit status. */
int catalogue_list(const struct selection *selection, const char *format);

/* Lesson, declaration and source of each selected case. Returns the exit status. */
int catalogue_show(const struct selection *selection);

#endif
