/* SPDX-License-Identifier: MIT */
/* The flags, owner and signal of a descriptor. */
#include "harness/deviate/settings.h"

#include <string.h>
#include <unistd.h>

#include "harness/deviate/flags.h"
#include "harness/names/names.h"

static void read_settings(struct settings *s, int fd)
{
	memset(s, 0, sizeof(*s));
	s->flags = fcntl(fd, F_GETFL);
	s->descriptor_flags = fcntl(fd, F_GETFD);
	s->signal = fcntl(fd, F_GETSIG);
	fcntl(fd, F_GETOWN_EX, &s->owner);
	s->known = s->flags >= 0 && s->descriptor_flags >= 0;
}

void settings_keep(const struct call *call, struct settings *settings, int fd)
{
	settings->known = false;
	if (deviation_mode != DEVIATION_OFF && call->record != NULL)
		read_settings(settings, fd);
}

/* Flags that the call changed: of those that are set now, and of those that are not any more. */
static int changed_flags(const struct call *call, const struct name_table *table, int before,
			 int now)
{
	for (size_t i = 0; i < table->count; i++) {
		int flag = (int)table->names[i].value;

		if (flag == 0 || (flag & (flag - 1)) != 0 || ((before ^ now) & flag) == 0)
			continue;
		if (deviate(call, (now & flag) != 0 ? "dropped" : "kept", "%s",
			    table->names[i].text))
			return now ^ flag;
	}
	return now;
}

void deviate_settings(const struct call *call, const struct settings *before, int fd,
		      const char *subject)
{
	struct settings now;
	int flags;

	if (deviation_mode == DEVIATION_OFF || call->record == NULL || !before->known ||
	    subject == NULL)
		return;
	read_settings(&now, fd);
	if (strcmp(subject, "F_SETFL") == 0) {
		flags = changed_flags(call, &names_open_flags, before->flags, now.flags);
		if (flags != now.flags)
			fcntl(fd, F_SETFL, flags);
		return;
	}
	if (strcmp(subject, "F_SETFD") == 0) {
		flags = changed_flags(call, &names_descriptor_flags, before->descriptor_flags,
				      now.descriptor_flags);
		if (flags != now.descriptor_flags)
			fcntl(fd, F_SETFD, flags);
		return;
	}
	if ((now.flags == before->flags && now.descriptor_flags == before->descriptor_flags &&
	     now.signal == before->signal && now.owner.type == before->owner.type &&
	     now.owner.pid == before->owner.pid) ||
	    !deviate(call, "ignored", "%s", subject))
		return;
	fcntl(fd, F_SETFL, before->flags);
	fcntl(fd, F_SETFD, before->descriptor_flags);
	fcntl(fd, F_SETSIG, before->signal);
	fcntl(fd, F_SETOWN_EX, &before->owner);
}

int deviate_flags_got(const struct call *call, int command, int result)
{
	int mode = result & O_ACCMODE;

	if (deviation_mode == DEVIATION_OFF || call->record == NULL)
		return result;
	if (command == F_GETFD) {
		if ((result & FD_CLOEXEC) == 0 && deviate(call, "spurious", "FD_CLOEXEC"))
			return result | FD_CLOEXEC;
		return deviate_flags_out(call, &names_descriptor_flags, result);
	}
	if (mode != O_RDONLY &&
	    deviate(call, "unreported", "%s", names_of(&names_open_modes, mode)))
		return result & ~O_ACCMODE;
	if ((result & O_NONBLOCK) == 0 && deviate(call, "spurious", "O_NONBLOCK"))
		return result | O_NONBLOCK;
	return mode | (int)deviate_flags_out(call, &names_open_flags, result & ~O_ACCMODE);
}

int deviate_copy(const struct call *call, int fd, int command, int least, int result)
{
	int lowest = deviation_mode == DEVIATION_OFF || call->record == NULL ? -1 : dup(fd);

	if (lowest < 0)
		return result;
	if (command == F_DUPFD_CLOEXEC && deviate(call, "dropped", "FD_CLOEXEC"))
		fcntl(result, F_SETFD, 0);
	if (lowest < least && deviate(call, "ignored", "arg")) {
		/* The copy that any number would do for, with the flags of the one asked for. */
		fcntl(lowest, F_SETFD, fcntl(result, F_GETFD));
		close(result);
		return lowest;
	}
	close(lowest);
	return result;
}
