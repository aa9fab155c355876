/* SPDX-License-Identifier: MIT */
/*
 * The network of the machine itself, for families that the kernel has there and in no other
 * network namespace (AppleTalk, LLC, AX.25, X.25, ...). A case gets it on a machine only whose
 * owner said so (sandbox_own_machine() of make.h): a guest that is thrown away afterwards.
 */
#ifndef SOCKATLAS_SANDBOX_MACHINE_H
#define SOCKATLAS_SANDBOX_MACHINE_H

/* Deletes the interfaces that came since, as far as they can be. Nothing without
 * sandbox_enter_machine().
 */
void machine_restore(void);

#endif
