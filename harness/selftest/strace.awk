# SPDX-License-Identifier: MIT
#
# Compares the record of a case's calls with what strace saw of its processes. Usage:
#     awk -f strace.awk RECORD TRACE
# RECORD has a line for each call, fields separated by tabs: thread, function, result,
# errno ("" for none), "true" when it returned, and its arguments, name=value, separated by
# \037. TRACE is strace -f -y. Prints a line for each difference, then
# "calls N extra N functions NAME..."; "extra" are system calls that nobody needs to record.
#
# Before each call that it records, the recorder asks for the thread's number, gettid(): that
# says which thread of the trace is which, and cuts a thread's trace into one piece a call.

BEGIN {
	sq = sprintf("%c", 39)
	for (i = 0; i < 256; i++)
		hex_of[sprintf("%c", i)] = sprintf("%02x", i)
	for (i = 0; i < 256; i++)
		value_of[sprintf("%02x", i)] = i

	# Each function's arguments in order. A system call's further ones are libc's.
	signature["socket"] = "domain type protocol"
	signature["socketpair"] = "domain type protocol sv"
	signature["bind"] = signature["connect"] = "sockfd addr addrlen"
	signature["listen"] = "sockfd backlog"
	signature["accept"] = signature["getsockname"] = signature["getpeername"] = "sockfd addr addrlen"
	signature["accept4"] = "sockfd addr addrlen flags"
	signature["shutdown"] = "sockfd how"
	signature["getsockopt"] = signature["setsockopt"] = "sockfd level optname optval optlen"
	signature["close"] = "fd"
	signature["dup"] = "oldfd"
	signature["dup2"] = "oldfd newfd"
	signature["dup3"] = "oldfd newfd flags"
	signature["ioctl"] = "fd request argp"
	signature["fcntl"] = signature["fcntl64"] = "fd cmd arg"
	signature["send"] = signature["recv"] = "sockfd buf len flags"
	signature["sendto"] = "sockfd buf len flags dest_addr addrlen"
	signature["recvfrom"] = "sockfd buf len flags src_addr addrlen"
	signature["sendmsg"] = signature["recvmsg"] = "sockfd msg flags"
	signature["sendmmsg"] = "sockfd msgvec vlen flags"
	signature["recvmmsg"] = "sockfd msgvec vlen flags timeout"
	signature["read"] = signature["write"] = "fd buf count"
	signature["readv"] = signature["writev"] = "fd iov iovcnt"
	signature["sendfile"] = signature["sendfile64"] = "out_fd in_fd offset count"
	signature["splice"] = "fd_in off_in fd_out off_out len flags"
	signature["poll"] = "fds nfds timeout"
	signature["ppoll"] = "fds nfds tmo_p sigmask"
	signature["select"] = "nfds readfds writefds exceptfds timeout"
	signature["pselect"] = "nfds readfds writefds exceptfds timeout sigmask"
	signature["epoll_create"] = "size"
	signature["epoll_create1"] = "flags"
	signature["epoll_ctl"] = "epfd op fd event"
	signature["epoll_wait"] = "epfd events maxevents timeout"
	signature["epoll_pwait"] = "epfd events maxevents timeout sigmask"
	signature["sethostname"] = "name len"
	signature["gethostname"] = "name len"
	signature["sockatmark"] = "sockfd"

	# Functions that libc makes of another system call than the one of their name, on one
	# architecture or another (x86 has all of the older ones, newer architectures none).
	becomes["accept"] = "accept accept4"
	becomes["dup2"] = "dup2 dup3 fcntl"
	becomes["fcntl64"] = "fcntl"
	becomes["send"] = "sendto"
	becomes["recv"] = "recvfrom"
	becomes["sendfile64"] = "sendfile"
	becomes["poll"] = "poll ppoll"
	becomes["select"] = "select pselect6"
	becomes["pselect"] = "pselect6"
	becomes["epoll_create"] = "epoll_create epoll_create1"
	becomes["epoll_wait"] = "epoll_wait epoll_pwait"
	becomes["sockatmark"] = "ioctl"  # SIOCATMARK, which gives the answer by pointer
	becomes["gethostname"] = "uname" # the name is cut by libc

	# Functions of libc alone: what they call inside is theirs, and not recorded. Their files
	# and name servers are read by sockets and descriptors of their own.
	n = split("getaddrinfo freeaddrinfo gai_strerror getnameinfo gethostbyname gethostbyname2 " \
		"gethostbyaddr getservbyname getservbyport getprotobyname getprotobynumber " \
		"inet_aton inet_addr inet_ntoa inet_ntop inet_pton inet_network inet_makeaddr " \
		"inet_lnaof inet_netof htons htonl ntohs ntohl if_nametoindex if_indextoname " \
		"if_nameindex if_freenameindex", words, " ")
	for (i = 1; i <= n; i++)
		inside_libc[words[i]] = 1

	# asm-generic/ioctls.h and linux/sockios.h give these the same numbers.
	alias["IP_RECVORIGDSTADDR IP_ORIGDSTADDR"] = 1
	alias["SIOCGSTAMP SIOCGSTAMP_OLD"] = alias["SIOCGSTAMPNS SIOCGSTAMPNS_OLD"] = 1
	alias["SIOCINQ FIONREAD"] = alias["SIOCOUTQ TIOCOUTQ"] = 1

	# linux/in6.h names a number for the BSD's and one for RFC 3493's program.
	alias["IPV6_JOIN_GROUP IPV6_ADD_MEMBERSHIP"] = alias["IPV6_LEAVE_GROUP IPV6_DROP_MEMBERSHIP"] = 1
	# Where time_t always had 64 bits there is one option; strace has the names of those
	# architectures where there are two.
	n = split("SO_RCVTIMEO SO_SNDTIMEO SO_TIMESTAMP SO_TIMESTAMPNS SO_TIMESTAMPING", words, " ")
	for (i = 1; i <= n; i++)
		alias[words[i] " " words[i] "_OLD"] = 1

	# Values that the record names and strace does not, where an option's value or socketpair()'s
	# protocol is one of them.
	n = split("SOCK_STREAM 1 SOCK_DGRAM 2 SOCK_RAW 3 SOCK_SEQPACKET 5 AF_UNIX 1 AF_INET 2 AF_INET6 10 " \
		"AF_NETLINK 16 AF_PACKET 17 AF_VSOCK 40 IPPROTO_IP 0 IPPROTO_ICMP 1 IPPROTO_TCP 6 IPPROTO_UDP 17 " \
		"IPPROTO_DCCP 33 IPPROTO_IPV6 41 IPPROTO_ICMPV6 58 IPPROTO_SCTP 132 IPPROTO_UDPLITE 136 " \
		"IPPROTO_RAW 255 IPPROTO_MPTCP 262 " \
		"IP_PMTUDISC_DONT 0 IP_PMTUDISC_WANT 1 IP_PMTUDISC_DO 2 IP_PMTUDISC_PROBE 3 " \
		"IP_PMTUDISC_INTERFACE 4 IP_PMTUDISC_OMIT 5 IPV6_PMTUDISC_DONT 0 IPV6_PMTUDISC_WANT 1 " \
		"IPV6_PMTUDISC_DO 2 IPV6_PMTUDISC_PROBE 3 IPV6_PMTUDISC_INTERFACE 4 IPV6_PMTUDISC_OMIT 5 " \
		"ICMPV6_FILTER 1 EPERM 1", words, " ")
	for (i = 1; i < n; i += 2)
		number[words[i]] = words[i + 1]
	# A control message has the number of the option that asks for it (socket(7)), which is
	# the name that strace takes.
	control_name["SOL_SOCKET SO_TIMESTAMP_OLD"] = "SCM_TIMESTAMP"
	control_name["SOL_SOCKET SO_TIMESTAMPNS_OLD"] = "SCM_TIMESTAMPNS"
	control_name["SOL_SOCKET SO_TIMESTAMPING_OLD"] = "SCM_TIMESTAMPING"
	# asm-generic/socket.h, linux/in6.h
	control_name["SOL_SOCKET 0x28"] = "SO_RXQ_OVFL"
	control_name["SOL_IPV6 0x32"] = "IPV6_PKTINFO"
	control_name["SOL_IPV6 0x34"] = "IPV6_HOPLIMIT"
	control_name["SOL_IPV6 0x43"] = "IPV6_TCLASS"
	control_name["SOL_IPV6 0x19"] = "IPV6_RECVERR"

	FS = "\t"
}

function fail(text) {
	print "differs: " text
}

# ---------------------------------------------------------------- values, in one notation

# Splits s at the commas that are not inside brackets or strings. Returns how many parts.
function parts(s, into, i, c, depth, quoted, count, from, size) {
	split("", into)
	count = depth = quoted = 0
	from = 1
	size = length(s)
	if (size == 0)
		return 0
	for (i = 1; i <= size; i++) {
		c = substr(s, i, 1)
		if (quoted) {
			if (c == "\\")
				i++
			else if (c == "\"")
				quoted = 0
		} else if (c == "\"") {
			quoted = 1
		} else if (index("[{(", c)) {
			depth++
		} else if (index("]})", c)) {
			depth--
		} else if (c == "," && depth == 0) {
			into[++count] = trim(substr(s, from, i - from))
			from = i + 1
		}
	}
	into[++count] = trim(substr(s, from))
	return count
}

function trim(s) {
	sub(/^ +/, "", s)
	sub(/ +$/, "", s)
	return s
}

# A C string as hexadecimal digits: strace escapes in octal, the record in hexadecimal.
function bytes_of(s, i, c, out, digits, size) {
	out = ""
	size = length(s)
	for (i = 2; i <= size; i++) {
		c = substr(s, i, 1)
		if (c == "\"")
			break
		if (c != "\\") {
			out = out hex_of[c]
			continue
		}
		c = substr(s, ++i, 1)
		if (c == "x") {
			out = out substr(s, i + 1, 2)
			i += 2
		} else if (c ~ /[0-7]/) {
			digits = 0
			while (substr(s, i, 1) ~ /[0-7]/ && c != "") {
				digits = digits * 8 + substr(s, i, 1)
				i++
				if (i - octal_start(s, i) >= 3)
					break
			}
			i--
			out = out sprintf("%02x", digits)
		} else if (index("ntvfr", c)) {
			out = out substr("0a090b0c0d", 2 * index("ntvfr", c) - 1, 2)
		} else {
			out = out hex_of[c]
		}
	}
	return "bytes " out (substr(s, i + 1, 3) == "..." ? "..." : "")
}

# Where the run of octal digits that ends before i began.
function octal_start(s, i) {
	while (substr(s, i - 1, 1) ~ /[0-7]/)
		i--
	return i
}

function sorted_flags(s, list, n, i, j, swap) {
	if (s !~ /^[A-Za-z0-9_]+([|][A-Za-z0-9_]+)+$/)
		return s
	n = split(s, list, "|")
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			swap = list[j]
			list[j] = list[j - 1]
			list[j - 1] = swap
		}
	s = list[1]
	for (i = 2; i <= n; i++)
		s = s "|" list[i]
	return s
}

# strace's socket address in the record's words. Of other families only the family is
# compared: the two have no notation in common.
function address(family, member, address_text, scope, path) {
	if (family == "AF_INET" && ("sin_port" in member) && ("sin_addr" in member)) {
		address_text = member["sin_addr"]
		gsub(/inet_addr\("|"\)/, "", address_text)
		return "{AF_INET, " address_text ":" number_in(member["sin_port"]) "}"
	}
	if (family == "AF_INET6" && ("sin6_port" in member) && ("sin6_addr" in member)) {
		scope = member["sin6_scope_id"]
		# strace asks for the interface's name in its own network.
		if (scope !~ /^[0-9]+$/)
			scope = "*"
		return "{AF_INET6, [" member["sin6_addr"] "]:" number_in(member["sin6_port"]) \
			flow(number_in(member["sin6_flowinfo"])) (scope == "" ? "" : ", scope " scope) "}"
	}
	if (family == "AF_UNIX") {
		path = member["sun_path"]
		if (path == "")
			return "{AF_UNIX}"
		return "{AF_UNIX, " (path ~ /^@/ ? "bytes 40" substr(bytes_of(substr(path, 2)), 7) : bytes_of(path)) "}"
	}
	for (path in member)
		if (path != "sa_family")
			return "{" family ", *}"
	return "{" family "}"
}

function number_in(s) {
	gsub(/^[a-z]+\(|\)$/, "", s)
	return s
}

function flow(s) {
	return s == "0" || s == "" ? "" : ", flowinfo " s
}

# One value in the notation of both. `s` may be nested.
function canon(s, list, member, n, i, key, out, at, named) {
	s = trim(s)
	if (s ~ /^"/)
		return bytes_of(s)
	# The record's bytes of an option that it does not know.
	if (s ~ /^<[0-9a-f ]*(\.\.\.)?>$/) {
		gsub(/[<> ]/, "", s)
		return "bytes " s
	}
	if (s ~ /^\[.*\]$/) {
		# In a list of bits strace marks those that are not set: ~[...]
		n = parts(substr(s, 2, length(s) - 2), list)
		out = ""
		for (i = 1; i <= n; i++)
			out = out (i > 1 ? ", " : "") canon(list[i])
		return "[" out "]"
	}
	if (s !~ /^{/)
		return sorted_flags(s)
	n = parts(substr(s, 2, length(s) - 2), list)
	split("", member)
	out = ""
	named = 0
	for (i = 1; i <= n; i++) {
		if (list[i] ~ /^inet_pton\(AF_INET6, "/) {
			member["sin6_addr"] = list[i]
			sub(/^inet_pton\(AF_INET6, "/, "", member["sin6_addr"])
			sub(/".*/, "", member["sin6_addr"])
			continue
		}
		at = match(list[i], /^[a-z_0-9]+=/)
		if (at) {
			key = substr(list[i], 1, RLENGTH - 1)
			member[key] = substr(list[i], RLENGTH + 1)
			out = out (i > 1 ? ", " : "") key "=" canon(member[key])
		} else {
			out = out (i > 1 ? ", " : "") canon(list[i])
		}
	}
	if ("sa_family" in member)
		return address(member["sa_family"], member)
	# The record shows an address that is too short for its family as bytes.
	if (n > 1 && list[1] ~ /^AF_/ && (list[1] !~ /^AF_(INET|INET6|UNIX)$/ || list[2] ~ /^[0-9a-f][0-9a-f]( |$)/))
		return "{" list[1] ", *}"
	if ("iov_base" in member)
		return "{" canon(member["iov_base"]) ", " member["iov_len"] "}"
	# What was not sent or received has no length.
	if (("msg_hdr" in member) && !("msg_len" in member))
		return canon(member["msg_hdr"])
	if ("msg_hdr" in member)
		return "{" canon(member["msg_hdr"]) ", len=" member["msg_len"] "}"
	if ("cmsg_level" in member)
		return "{" member["cmsg_level"] ", " control_type(member["cmsg_level"], member["cmsg_type"]) control_data(member["cmsg_type"], member["cmsg_data"]) "}"
	if ("u64" in member)
		return member["u64"]
	if (("msg_iov" in member) || ("msg_namelen" in member))
		return message(member)
	return "{" out "}"
}

# The record's names of control messages.
function control_type(level, type) {
	return ((level " " type) in control_name) ? control_name[level " " type] : type
}

# Only descriptors and single numbers are written by both in the same way.
function control_data(type, s) {
	if (type == "SCM_RIGHTS")
		return ", " canon(s)
	return s ~ /^\[-?[0-9]+\]$/ ? ", " substr(s, 2, length(s) - 2) : ", *"
}

function message(member, out) {
	out = "{"
	if ((member["msg_name"] != "NULL" && member["msg_name"] != "") || member["msg_namelen"] !~ /^0$/)
		out = out "name=" canon(member["msg_name"]) ", "
	# Of a call that failed, strace shows no more than the length of the name.
	if (!("msg_iov" in member))
		return "{*}"
	out = out "iov=" (member["msg_iov"] == "NULL" ? "[]" : canon(member["msg_iov"]))
	if (("msg_control" in member) && member["msg_control"] != "NULL")
		out = out ", control=" canon(member["msg_control"])
	# sendmsg() does not look at msg_flags.
	return out (record_call[current] ~ /^send/ ? "" : ", flags=" canon(member["msg_flags"])) "}"
}

# Whether the record's value says the same as strace's, both canonical. A "..." ends a value
# that was cut, "*" stands for something that is not compared.
function same(r, s, at, pieces, n, i) {
	if (r == s)
		return 1
	at = index(r, "...")
	if (at == 0)
		at = index(s, "...")
	if (at > 0)
		return substr(r, 1, at - 1) == substr(s, 1, at - 1)
	n = split(s, pieces, "*")
	if (n < 2 || index(r, pieces[1]) != 1)
		return 0
	for (i = 1; i <= n; i++) {
		at = index(r, pieces[i])
		if (at == 0)
			return 0
		r = substr(r, at + length(pieces[i]))
	}
	return 1
}

# ---------------------------------------------------------------- reading both

FILENAME == ARGV[1] {
	count = ++records[$1]
	key = $1 SUBSEP count
	record_call[key] = $2
	record_result[key] = $3
	record_errno[key] = $4
	record_returned[key] = $5
	record_arguments[key] = $6
	if (!($1 in thread_known)) {
		thread_known[$1] = 1
		threads[++thread_count] = $1
	}
	next
}

# "fd<path>" becomes "fd", and the kind is kept: "s" socket, "e" epoll, "f" anything else.
function without_paths(s, out, i, c, quoted, size, end) {
	out = kinds = ""
	quoted = 0
	size = length(s)
	for (i = 1; i <= size; i++) {
		c = substr(s, i, 1)
		if (quoted) {
			if (c == "\\") {
				out = out c
				c = substr(s, ++i, 1)
			} else if (c == "\"") {
				quoted = 0
			}
		} else if (c == "\"") {
			quoted = 1
		} else if (c == "<" && substr(s, i - 1, 1) ~ /[0-9]/) {
			end = index(substr(s, i), ">")
			c = substr(s, i, end)
			kinds = kinds (c ~ /^<socket:/ ? "s" : c ~ /eventpoll/ ? "e" : "f")
			i += end - 1
			if (substr(s, i + 1, 9) == "(deleted)")
				i += 9
			continue
		}
		out = out c
	}
	return out
}

{
	at = index($0, " ")
	pid = substr($0, 1, at - 1)
	line = trim(substr($0, at))
	# The command line of this system call comes in two lines.
	if (line ~ / <unfinished \.\.\.>$/) {
		sub(/ <unfinished \.\.\.>$/, "", line)
		first_seen(pid)
		place = ++lines[pid]
		text[pid, place] = line
		open_place[pid] = place
		next
	}
	if (line ~ /^<\.\.\. [a-z0-9_]+ resumed>/) {
		sub(/^<\.\.\. [a-z0-9_]+ resumed>/, "", line)
		if (pid in open_place)
			text[pid, open_place[pid]] = text[pid, open_place[pid]] line
		next
	}
	if (line !~ /^[a-z0-9_]+\(/)
		next
	text[pid, ++lines[pid]] = line
	first_seen(pid)
	# The case's own process begins here; those that come after it are its children.
	if (line ~ /^chdir\("\/tmp"\)/ && case_began == 0)
		case_began = order[pid]
}

function first_seen(pid) {
	if (!(pid in order)) {
		pids[++pid_count] = pid
		order[pid] = pid_count
	}
}

# ---------------------------------------------------------------- comparing

# Sets call_name, call_result, call_note, call_kinds and argument[1..arguments].
function parse(line, s, at, rest, depth, quoted, i, c, size) {
	# A process that is killed leaves its last call as it stands.
	sub(/ *<unfinished \.\.\.>.*/, "", line)
	s = without_paths(line)
	call_kinds = kinds
	# What a number would be, if strace knew: "0x1000 /* SOCK_??? */".
	gsub(/ \/\* [A-Z0-9_]+\?+ \*\//, "", s)
	at = index(s, "(")
	call_name = substr(s, 1, at - 1)
	quoted = 0
	depth = 0
	size = length(s)
	for (i = at; i <= size; i++) {
		c = substr(s, i, 1)
		if (quoted) {
			if (c == "\\")
				i++
			else if (c == "\"")
				quoted = 0
		} else if (c == "\"") {
			quoted = 1
		} else if (index("([{", c)) {
			depth++
		} else if (index(")]}", c)) {
			if (--depth == 0)
				break
		}
	}
	arguments = parts(substr(s, at + 1, i - at - 1), argument)
	rest = trim(substr(s, i + 1))
	sub(/^= /, "", rest)
	call_note = rest
	call_result = rest
	sub(/ .*/, "", call_result)
	sub(/^[^ ]* ?/, "", call_note)
	call_errno = call_result == "-1" ? call_note : ""
	sub(/ .*/, "", call_errno)
}

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
	if (call_name == "write" && argument[1] == "900")
		return 1
	# Descriptors of the harness itself are from 900 on (harness/sandbox/descriptors.h).
	fd = argument[1]
	if (fd ~ /^[0-9]+$/ && fd >= 900)
		return 1
	if (call_name ~ /^p?poll$/ && fd ~ /^\[{fd=9[0-9][0-9],/)
		return 1
	# A socket becomes the harness's own when it is moved there.
	if (call_name == "socket")
		fd = call_result
	harness = "^fcntl\\(" fd "(<[^>]*>)?, F_DUPFD_CLOEXEC, 900"
	for (i = place; i <= last; i++)
		if (text[pid, i] ~ harness)
			return 1
	for (i = place; i >= first; i--)
		if (call_name == "close" && text[pid, i] ~ harness)
			return 1
	# libc's getifaddrs() has a netlink socket of its own.
	for (i = place; i >= first && call_name ~ /^(bind|getsockname|sendto|recvmsg|close)$/; i--)
		if (text[pid, i] ~ "^socket\(AF_NETLINK, SOCK_RAW[|]SOCK_CLOEXEC, NETLINK_ROUTE\) += " argument[1] "<")
			return 1
	if (call_name == "socket" && argument[1] " " argument[2] " " argument[3] == "AF_NETLINK SOCK_RAW|SOCK_CLOEXEC NETLINK_ROUTE")
		for (i = place; i <= last; i++)
			if (text[pid, i] ~ "^close\(" call_result "<")
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
		if (text[pid, from + i] !~ "^getsockopt\\(" fd "(<[^>]*>)?, SOL_SOCKET, " list[i] ",")
			return 0
	return 1
}

function value_in_note(word, at, s, list, n, i) {
	s = call_note
	sub(/^\(/, "", s)
	sub(/\)$/, "", s)
	n = parts(s, list)
	for (i = 1; i <= n; i++)
		if (index(list[i], word " ") == 1)
			return substr(list[i], length(word) + 2)
	return ""
}

# What strace shows for an argument, with what the system call stored there.
function shown(name, key, index_of, s, after, list, n, i, fd, revents, out, entry) {
	s = argument[index_of]
	if (key == "fds" && record_errno[current] == "" && s ~ /^\[/) {
		after = call_note
		sub(/^\(/, "", after)
		split("", revents)
		while (match(after, /{fd=[0-9]+, revents=[A-Z|x0-9]+}/)) {
			entry = substr(after, RSTART + 4, RLENGTH - 5)
			after = substr(after, RSTART + RLENGTH)
			fd = entry
			sub(/,.*/, "", fd)
			sub(/.*revents=/, "", entry)
			revents[fd] = entry
		}
		n = parts(substr(s, 2, length(s) - 2), list)
		out = ""
		for (i = 1; i <= n; i++) {
			fd = substr(list[i], 5)
			sub(/,.*/, "", fd)
			# poll() does not look at such an entry, and strace not at its events.
			if (fd < 0 && list[i] !~ /events=/)
				list[i] = "{fd=" fd ", events=*}"
			out = out (i > 1 ? ", " : "") substr(list[i], 1, length(list[i]) - 1) ", revents=" \
				((fd in revents) ? revents[fd] : "0") "}"
		}
		return "[" out "]"
	}
	if (key ~ /^(read|write|except)fds$/) {
		if (s != "NULL" && record_errno[current] == "") {
			after = value_in_note(key == "readfds" ? "in" : key == "writefds" ? "out" : "except")
			s = after == "" ? "[]" : after
		}
		gsub(/ /, ", ", s)
		return s
	}
	if (name == "select" && key == "timeout" && record_errno[current] == "") {
		after = call_note == "(Timeout)" ? "{tv_sec=0, tv_usec=0}" : value_in_note("left")
		if (after != "")
			s = after
	}
	if (key == "timeout" || key == "tmo_p")
		# Older select() of libc: microseconds became nanoseconds.
		if (name == "select" && match(s, /tv_nsec=[0-9]+/)) {
			after = substr(s, RSTART + 8, RLENGTH - 8)
			sub(/tv_nsec=[0-9]+/, "tv_usec=" int(after / 1000), s)
		}
	# The record shows what a pointer pointed to afterwards.
	sub(/^\[[0-9]+\] => /, "", s)
	# The mode of an open file is a part of its flags, and 0 for reading.
	if (name ~ /^fcntl/ && key == "arg")
		sub(/^O_RDONLY[|]/, "", s)
	if (key == "sigmask" && s ~ /^{sigmask=/) {
		s = substr(s, 10)
		sub(/, sigsetsize=[0-9]+}$/, "", s)
	}
	return s
}

function compare_arguments(label, name, n, names, i, list, count, at, key, value, found, s, r) {
	count = split(signature[name], names, " ")
	split("", found)
	n = split(record_arguments[current], list, "\037")
	for (i = 1; i <= n; i++) {
		at = index(list[i], "=")
		found[substr(list[i], 1, at - 1)] = substr(list[i], at + 1)
	}
	for (key in found) {
		for (i = 1; i <= count && names[i] != key; i++)
			;
		if (i > count)
			fail(label ": no argument is named " key)
	}
	for (i = 1; i <= count; i++) {
		key = names[i]
		# libc makes these calls of others.
		if (name == "gethostname" || (name == "sockatmark" && i > 1))
			continue
		if (name == "epoll_create" && call_name == "epoll_create1")
			continue
		if (name == "poll" && call_name == "ppoll" && key == "timeout")
			continue
		if (!(key in found)) {
			# fcntl() and ioctl() have a third argument for some commands only.
			if (i <= arguments && argument[i] != "" && !(key ~ /^arg/))
				fail(label ": " key " is not recorded, strace: " argument[i])
			continue
		}
		# Where there was room for control messages and none came strace shows nothing.
		if ((i > arguments || argument[i] == "") && record_returned[current] != "true")
			continue
		r = found[key]
		gsub(/, control=\[\]/, "", r)
		r = canon(r)
		s = canon(shown(name, key, i))
		if (same(r, s) || accepted(name, key, r, s))
			continue
		fail(label ": " key " is " found[key] ", strace: " argument[i] "  (" r " | " s ")")
	}
}

# Differences of notation, each with its reason.
function accepted(name, key, r, s) {
	# Structures of options have names of their own in each; the option's name is compared.
	# So have sets of ICMP types.
	if (key == "optval" && (r ~ /^{/ || s ~ /^{/ || s ~ /^~\[/))
		return 1
	# Of a call that failed strace shows next to nothing, and the record all of it in a short form.
	if (key == "msg" && s == "{*}")
		return 1
	# Long lists of descriptors are cut by the record: their place alone is shown.
	if (key == "msg" && r ~ /SCM_RIGHTS, cmsg_len=/)
		return 1
	# Of a call that failed strace shows where the messages are, not what.
	if (key == "msgvec" && s ~ /^0x/ && call_result == "-1")
		return 1
	# The record shows those messages that were sent.
	if (key == "msgvec" && name == "sendmmsg")
		return index(s, substr(r, 1, length(r) - 1)) == 1
	# An option's value without any byte: strace shows where there was room for it.
	if (key == "optval" && r == "bytes " && s ~ /^0x/)
		return 1
	# Bytes to one, an integer or an address to the other.
	if (key == "optval" && integer(r) != "" && integer(r) == integer(s))
		return 1
	# A name in a longer room.
	if (key == "optval" && r ~ /^bytes / && s ~ /^bytes / && index(s, r) == 1)
		return substr(s, length(r) + 1) ~ /^(00)*$/
	# The record has the members of an interface request without their names.
	if (key == "argp" && s ~ /^{/) {
		gsub(/ifr_[a-z]+=/, "", s)
		return r == s
	}
	# An address too short for a family: strace shows where it is.
	if (r ~ /^{([0-9a-f][0-9a-f])?}$/ && s ~ /^0x/)
		return 1
	# One number, two names.
	if ((r " " s) in alias)
		return 1
	# packet(7)'s protocols are in network byte order; that of 0 is 0.
	if (r == "0" && s == "htons(0)")
		return 1
	# Numbers without a name: strace shows them as unsigned and in hexadecimal.
	if (s ~ /^0x[0-9a-f]+$/ && r ~ /^-?[0-9]+$/)
		return integer("[" r "]") == hexadecimal(substr(s, 3))
	# The record names the values of some options and arguments that strace leaves as numbers.
	gsub(/[][]/, "", r)
	gsub(/[][]/, "", s)
	if ((r in number) && number[r] == s)
		return 1
	return 0
}

function hexadecimal(s, i, sum) {
	sum = 0
	for (i = 1; i <= length(s); i++)
		sum = sum * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return sum
}

# The four bytes of "[1]", "bytes 01000000" or "192.0.2.1" as a number; "" for anything else.
function integer(s, i, sum, list) {
	sum = 0
	if (s ~ /^\[-?[0-9]+\]$/) {
		sum = substr(s, 2, length(s) - 2) + 0
		return sum < 0 ? sum + 4294967296 : sum
	}
	if (s ~ /^bytes ([0-9a-f][0-9a-f])+$/) {
		s = substr(s, 7)
		for (i = length(s) - 1; i > 0; i -= 2)
			sum = sum * 256 + value_of[substr(s, i, 2)]
		return sum
	}
	if (split(s, list, ".") == 4)
		return ((list[4] * 256 + list[3]) * 256 + list[2]) * 256 + list[1]
	return ""
}

function compare(pid, place, label, name, result, s) {
	parse(text[pid, place])
	name = record_call[current]
	compare_arguments(label, name)
	if (record_returned[current] != "true")
		return
	# Interrupted: what strace shows here the kernel turns into EINTR.
	if (call_result == "?" && call_note ~ /^ERESTART/)
		call_errno = "EINTR"
	# The name did not fit: libc says so, not the kernel.
	if (name == "gethostname")
		return
	result = record_result[current]
	if (record_errno[current] != call_errno)
		fail(label ": errno is " record_errno[current] ", strace: " call_errno)
	if (call_errno != "")
		return
	s = call_result
	# fcntl(F_GETFL) and the like: flags by name.
	if (match(call_note, /^\(flags [A-Z_|0-9a-z]+\)$/))
		s = substr(call_note, 8, length(call_note) - 8)
	# The answer is where the system call's pointer points to.
	if (name == "sockatmark") {
		s = argument[3]
		gsub(/[][]/, "", s)
	}
	if (canon(result) != canon(s) && !(result == "0" && s == "0x0"))
		fail(label ": result is " result ", strace: " s)
}

END {
	for (p = 1; p <= pid_count; p++) {
		pid = pids[p]
		if (p < case_began)
			continue
		# Which thread of the record is this?
		tid = ""
		for (i = 1; i <= lines[pid] && tid == ""; i++)
			if (match(text[pid, i], /^gettid\(\) += [0-9]+/)) {
				tid = text[pid, i]
				sub(/.*= /, "", tid)
			}
		seen_thread[tid] = 1
		start = 1
		for (i = 1; i <= lines[pid]; i++)
			if (p == case_began && text[pid, i] ~ /^close_range\(|^chdir\(/)
				start = i
		compare_thread(pid, tid, start)
	}
	for (i = 1; i <= thread_count; i++)
		if (!(threads[i] in seen_thread))
			fail("thread " threads[i] " of the record is not in the trace")
	list = ""
	for (name in functions)
		list = list " " name
	print "calls " compared + 0 " extra " extra + 0 " functions" list
}

function compare_thread(pid, tid, start, i, piece, first, last, call, matched, name, label, again, j) {
	piece = 0
	first = start
	split("", taken)
	while (first <= lines[pid] + 1) {
		last = first
		while (last <= lines[pid] && text[pid, last] !~ /^gettid\(\)/)
			last++
		last--
		current = tid SUBSEP piece
		name = ""
		matched = 0
		if (piece >= 1 && piece <= records[tid])
			name = record_call[current]
		label = "thread " tid " call " piece " " name "()"
		if (name != "") {
			compared++
			functions[name] = 1
		}
		for (i = first; i <= last; i++) {
			if (i in taken)
				continue
			parse(text[pid, i])
			if (name in inside_libc) {
				extra++
				continue
			}
			if (name != "" && !matched && may_be(name, call_name) && !(call_name == "getsockopt" && \
				argument[2] == "SOL_SOCKET" && asked(pid, i, first, last))) {
				matched = 1
				again = i
				# Restarted after a signal handler: the last of them returned.
				while (call_result == "?" && call_note ~ /^ERESTART/ && record_errno[current] != "EINTR" && \
					record_returned[current] == "true") {
					for (j = again + 1; j <= lines[pid]; j++)
						if (index(text[pid, j], substr(text[pid, i], 1, index(text[pid, i], ","))) == 1)
							break
					if (j > lines[pid])
						break
					again = j
					taken[again] = 1
					parse(text[pid, again])
				}
				compare(pid, again, label)
				continue
			}
			if (needless(pid, i, first, last)) {
				extra++
				continue
			}
			fail("thread " tid " after call " piece " " name "(): not recorded: " text[pid, i])
		}
		# gethostname() says ENAMETOOLONG by itself; a call that never returned may not have begun.
		if (name != "" && !matched && !(name in inside_libc) && record_returned[current] == "true")
			fail(label ": not in the trace")
		piece++
		first = last + 2
	}
	if (piece - 1 < records[tid])
		fail("thread " tid ": the record has " records[tid] " calls, the trace " piece - 1)
}
