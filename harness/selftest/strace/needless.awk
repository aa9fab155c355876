# SPDX-License-Identifier: MIT
#
# System calls of a case that nobody needs to record: the harness's own, the recorder's, and
# those on what is not a socket. Also which system call a function may become.

function may_be(name, calls, list, n, i) {
	n = split((name in becomes) ? becomes[name] : name, list, " ")
	for (i = 1; i <= n; i++)
		if (list[i] == calls)
			return 1
	return 0
}

# A system call that nobody needs to record. `first` and `last` bound its piece of the trace.
function needless(pid, place, first, last, i, fd, harness) {
	parse(text[pid, place])
	# The start of the case's process, before its own code.
	if (call_name == "setpgid" || call_name == "chdir" || call_name == "close_range")
		return 1
	# Descriptors of the harness itself are from 900 on (harness/sandbox/descriptors.h).
	fd = call_name == "mmap" ? argument[5] : argument[1]
	if (fd ~ /^[0-9]+$/ && fd >= 900)
		return 1
	if (call_name ~ /^p?poll$/ && fd ~ /^\[[{]fd=9[0-9][0-9],/)
		return 1
	# A socket becomes the harness's own when it is moved there.
	if (call_name == "socket")
		fd = call_result
	if (fd !~ /^[0-9]+$/)
		return call_kinds != "" && call_kinds !~ /[se]/
	harness = "^fcntl[(]" fd "(<[^>]*>)?, F_DUPFD_CLOEXEC, 900"
	for (i = place; i <= last; i++)
		if (text[pid, i] ~ harness)
			return 1
	for (i = place; i >= first; i--)
		if (call_name == "close" && text[pid, i] ~ harness)
			return 1
	# libc's getifaddrs() has a netlink socket of its own.
	for (i = place; i >= first && call_name ~ /^(bind|getsockname|sendto|recvmsg|close)$/; i--)
		if (text[pid, i] ~ "^socket[(]AF_NETLINK, SOCK_RAW[|]SOCK_CLOEXEC, NETLINK_ROUTE[)] += " argument[1] "<")
			return 1
	if (call_name == "socket" && argument[1] " " argument[2] " " argument[3] == "AF_NETLINK SOCK_RAW|SOCK_CLOEXEC NETLINK_ROUTE")
		for (i = place; i <= last; i++)
			if (text[pid, i] ~ "^close[(]" call_result "<")
				return 1
	# The recorder asks what a descriptor is that it does not know.
	if (call_name == "getsockopt" && argument[2] == "SOL_SOCKET" && argument[3] ~ /^SO_(DOMAIN|TYPE|PROTOCOL)$/)
		return asked(pid, place, first, last)
	# Files, pipes and the like are not what the record is about.
	if (call_kinds != "" && call_kinds !~ /[se]/ && call_name !~ /^(socket|accept|epoll_create)/)
		return 1
	# kit.h's wait_for_tcp_state() looks more often than it records.
	if (call_name == "getsockopt" && argument[3] == "TCP_INFO" && !(call_errno))
		return 1
	return 0
}

# The three questions stand together, about one descriptor.
function asked(pid, place, first, last, i, from, list, fd) {
	fd = argument[1]
	from = place
	if (argument[3] == "SO_TYPE")
		from--
	if (argument[3] == "SO_PROTOCOL")
		from -= 2
	if (from < first || from + 2 > last)
		return 0
	list[0] = "SO_DOMAIN"
	list[1] = "SO_TYPE"
	list[2] = "SO_PROTOCOL"
	for (i = 0; i < 3; i++)
		if (text[pid, from + i] !~ "^getsockopt[(]" fd "(<[^>]*>)?, SOL_SOCKET, " list[i] ",")
			return 0
	return 1
}

