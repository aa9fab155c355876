# SPDX-License-Identifier: MIT
#
# What may differ between the record and strace, each with its reason: names that libc,
# strace and the kernel's headers have twice, values that only one of them names, and what
# only one of them looks at. Everything else is a difference.

BEGIN {
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
	signature["mmap"] = "addr length prot flags fd offset"

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
	alias["IPPROTO_UDPLITE SOL_UDPLITE"] = alias["IP_RECVRETOPTS IP_RETOPTS"] = 1
	alias["IPV6_RECVORIGDSTADDR IPV6_ORIGDSTADDR"] = 1
	alias["MSG_PROXY MSG_PROBE"] = alias["SIOCUNIXFILE SIOCPROTOPRIVATE"] = 1
	alias["SIOCINQ FIONREAD"] = alias["SIOCOUTQ TIOCOUTQ"] = 1

	# libc asks for the owner by the newer command, which has no negative numbers.
	alias["F_GETOWN F_GETOWN_EX"] = 1
	# linux/in6.h names a number for the BSD's and one for RFC 3493's program.
	alias["IPV6_JOIN_GROUP IPV6_ADD_MEMBERSHIP"] = alias["IPV6_LEAVE_GROUP IPV6_DROP_MEMBERSHIP"] = 1
	# Where time_t always had 64 bits there is one option; strace has the names of those
	# architectures where there are two.
	n = split("SO_RCVTIMEO SO_SNDTIMEO SO_TIMESTAMP SO_TIMESTAMPNS SO_TIMESTAMPING", words, " ")
	for (i = 1; i <= n; i++)
		alias[words[i] " " words[i] "_OLD"] = 1

	FS = "\t"
}
# Differences of notation, each with its reason.

function accepted(name, key, r, s, list, n, i) {
	# Structures of options have names of their own in each; the option's name is compared.
	# So have sets of ICMP types.
	if (key == "optval" && (r ~ /^\[?[{]/ || s ~ /^[{]/ || s ~ /^~\[/))
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
	# strace shows a place where an option's value has not the length that it expects, and a name as a number.
	if (key == "optval" && (s ~ /^0x/ || (r == "bytes " && s == "[0]")))
		return 1
	# Bytes to one, an integer or an address to the other.
	if (key == "optval" && integer(r) != "" && integer(r) == integer(s))
		return 1
	# A list of integers.
	if (key == "optval" && r ~ /^\[-?[0-9]+(, -?[0-9]+)+\]$/ && s ~ /^bytes /)
		return "bytes " list_bytes(r) == s
	# A name in a longer room.
	if (key == "optval" && r ~ /^bytes / && s ~ /^bytes / && index(s, r) == 1)
		return substr(s, length(r) + 1) ~ /^(00)*$/
	# What strace does not look at, because of its length or for want of knowledge, it shows as
	# a place: addresses of calls that failed, an address of no or one byte, the
	# argument of an ioctl().
	if (s ~ /^0x/ && ((call_errno != "" && key ~ /addr$/) || r ~ /^[{]([0-9a-f][0-9a-f])?}$/ || key == "argp"))
		return 1
	# Of a call that failed, strace shows the place of a set of signals.
	if (key == "sigmask" && call_errno != "" && s ~ /^0x/)
		return 1
	# A message without data: the record shows no parts.
	if (key == "msg" && r ~ /^[{](name=.*, )?iov=\[\]/ && sub(/iov=\[[{]bytes , [0-9]+}\]/, "iov=[]", s))
		return same(r, s)
	# strace counts the signals of real time from the kernel's first.
	if (s ~ /^SIGRT_[0-9]+$/)
		return r == 32 + substr(s, 7)
	# A vector whose number of parts is refused has not as many.
	if (key == "iov" && call_errno == "EINVAL")
		return 1
	# One number, two names.
	if ((r " " s) in alias)
		return 1
	# packet(7)'s protocols are in network byte order; of one without a name the record has the number as it is.
	if (s ~ /^htons\([0-9a-fx]+\)$/)
		return number_of(r) == swapped(number_of(number_in(s)))
	# Numbers that only one of them names, or that only the record has a sign for.
	if (number_of(s) != "")
		return number_of(r) == number_of(s)
	# One number of two families of requests, of which strace names both.
	n = split(s, list, " or ")
	for (i = 1; i <= n; i++)
		if (list[i] == r)
			return 1
	return 0
}

# Both bytes of 16 bits in the other order.
function swapped(number) {
	return sprintf("%.0f", number % 256 * 256 + int(number / 256))
}

function list_bytes(s, list, n, i, out) {
	n = split(substr(s, 2, length(s) - 2), list, ", ")
	for (i = 1; i <= n; i++)
		out = out little_endian(integer(list[i]), 4)
	return out
}
