/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_SUITES_SOCKET_OPTION_PRIVILEGE_H
#define SOCKATLAS_SUITES_SOCKET_OPTION_PRIVILEGE_H

/*
 * Some options ask for a capability in the machine's first user namespace, which the root
 * of a sandbox made by an ordinary user does not have. Skips the case when that is so.
 */
void need_first_user_namespace(void);

#endif
