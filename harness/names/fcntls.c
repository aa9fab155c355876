/* SPDX-License-Identifier: MIT */
/*
 * Commands of fcntl(), flags of descriptors and of open files.
 */
#include "harness/names/table.h"

#include <fcntl.h>

static const struct name fcntls_list[] = {
	NAME(F_DUPFD),
#ifdef F_DUPFD_CLOEXEC
	NAME(F_DUPFD_CLOEXEC),
#endif
	NAME(F_GETFD),
	NAME(F_SETFD),
	NAME(F_GETFL),
	NAME(F_SETFL),
#ifdef F_GETLK
	NAME(F_GETLK),
#endif
#ifdef F_SETLK
	NAME(F_SETLK),
#endif
#ifdef F_SETLKW
	NAME(F_SETLKW),
#endif
#ifdef F_OFD_GETLK
	NAME(F_OFD_GETLK),
#endif
#ifdef F_OFD_SETLK
	NAME(F_OFD_SETLK),
#endif
#ifdef F_OFD_SETLKW
	NAME(F_OFD_SETLKW),
#endif
	NAME(F_GETOWN),
	NAME(F_SETOWN),
#ifdef F_GETOWN_EX
	NAME(F_GETOWN_EX),
#endif
#ifdef F_SETOWN_EX
	NAME(F_SETOWN_EX),
#endif
	NAME(F_GETSIG),
	NAME(F_SETSIG),
#ifdef F_GETLEASE
	NAME(F_GETLEASE),
#endif
#ifdef F_SETLEASE
	NAME(F_SETLEASE),
#endif
#ifdef F_NOTIFY
	NAME(F_NOTIFY),
#endif
#ifdef F_GETPIPE_SZ
	NAME(F_GETPIPE_SZ),
#endif
#ifdef F_SETPIPE_SZ
	NAME(F_SETPIPE_SZ),
#endif
#ifdef F_ADD_SEALS
	NAME(F_ADD_SEALS),
#endif
#ifdef F_GET_SEALS
	NAME(F_GET_SEALS),
#endif
#ifdef F_GET_RW_HINT
	NAME(F_GET_RW_HINT),
#endif
#ifdef F_SET_RW_HINT
	NAME(F_SET_RW_HINT),
#endif
#ifdef F_GET_FILE_RW_HINT
	NAME(F_GET_FILE_RW_HINT),
#endif
#ifdef F_SET_FILE_RW_HINT
	NAME(F_SET_FILE_RW_HINT),
#endif
};
NAME_TABLE(names_fcntls, "fcntl", fcntls_list);

static const struct name descriptor_flags_list[] = {
	NAME(FD_CLOEXEC),
};
NAME_TABLE(names_descriptor_flags, "fcntl", descriptor_flags_list);

static const struct name open_modes_list[] = {
	NAME(O_RDONLY),
	NAME(O_WRONLY),
	NAME(O_RDWR),
#ifdef O_ACCMODE
	NAME(O_ACCMODE),
#endif
};
NAME_TABLE(names_open_modes, "fcntl", open_modes_list);

/*
 * Flags of F_GETFL. O_SYNC holds the bits of O_DSYNC and comes first.
 */
static const struct name open_flags_list[] = {
	NAME(O_APPEND),	   NAME(O_NONBLOCK), NAME(O_ASYNC),
#ifdef O_DIRECT
	NAME(O_DIRECT),
#endif
#ifdef O_PATH
	NAME(O_PATH),
#endif
#ifdef O_NOATIME
	NAME(O_NOATIME),
#endif
#ifdef O_SYNC
	NAME(O_SYNC),
#endif
#ifdef O_DSYNC
	NAME(O_DSYNC),
#endif
#ifdef O_LARGEFILE
	NAME(O_LARGEFILE),
#endif
#ifdef O_CLOEXEC
	NAME(O_CLOEXEC),
#endif
};
NAME_TABLE(names_open_flags, "fcntl", open_flags_list);

/*
 * struct f_owner_ex; an enumeration of which musl has macros, glibc constants.
 */
static const struct name owner_types_list[] = {
	NAME_AS(F_OWNER_TID, 0),
	NAME_AS(F_OWNER_PID, 1),
	NAME_AS(F_OWNER_PGRP, 2),
};
NAME_TABLE(names_owner_types, "fcntl", owner_types_list);
