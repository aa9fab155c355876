# SPDX-License-Identifier: MIT
#
# Compares the record of a case's calls with what strace saw of its processes. Usage:
#     awk -f notation.awk -f numbers.awk -f netlink.awk -f values.awk -f read.awk -f needless.awk -f compare.awk RECORD TRACE
# RECORD has a line for each call, fields separated by tabs: thread, function, result,
# errno ("" for none), "true" when it returned, and its arguments, name=value, separated by
# \037. TRACE is strace -f -y. Prints a line for each difference, then
# "calls N extra N functions NAME..."; "extra" are system calls that nobody needs to record.
#
# Before each call that it records, the recorder asks for the thread's number, gettid(): that
# says which thread of the trace is which, and cuts a thread's trace into one piece a call.

function fail(text) {
	print "differs: " text
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
		while (match(after, /[{]fd=[0-9]+, revents=[A-Z|x0-9]+}/)) {
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
			sub(/[,}].*/, "", fd)
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
	# A kind of owner that is none.
	if (name ~ /^fcntl/ && match(s, /^[{]type=0x[0-9a-f]+/))
		s = "{type=" hexadecimal(substr(s, 9, RLENGTH - 8)) substr(s, RLENGTH + 1)
	# fcntl.h's older name.
	if (name ~ /^fcntl/)
		sub(/FASYNC/, "O_ASYNC", s)
	if (key == "sigmask" && s ~ /^[{]sigmask=/) {
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
		record_has_netlink = r ~ /[{][^][{},=]+, (len=[0-9]+, )?[^,=]+, seq=[0-9]+, pid=/
		if (record_has_netlink && r ~ /\.\.\.$/)
			r = netlink_closed(r)
		gsub(/, control=\[\]/, "", r)
		r = canon(r)
		strace_side = 1
		s = canon(shown(name, key, i))
		strace_side = 0
		if (same(r, s) || accepted(name, key, r, s))
			continue
		fail(label ": " key " is " found[key] ", strace: " argument[i] "  (" r " | " s ")")
	}
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
	sub(/FASYNC/, "O_ASYNC", s)
	# The owner stands in the structure that libc asked for.
	if (record_arguments[current] ~ /cmd=F_GETOWN(\037|$)/ && match(argument[3], /pid=[0-9]+/))
		s = (argument[3] ~ /F_OWNER_PGRP/ ? "-" : "") substr(argument[3], RSTART + 4, RLENGTH - 4)
	# The answer is where the system call's pointer points to.
	if (name == "sockatmark") {
		s = argument[3]
		gsub(/[][]/, "", s)
	}
	if (canon(result) != canon(s) && !(result == "0" && s == "0x0"))
		fail(label ": result is " result ", strace: " s)
}

END {
	if (case_began == 0)
		fail("the case did not begin")
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
		for (i = 1; i <= lines[pid] && text[pid, i] !~ /^gettid/; i++)
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
		# The case itself, or libc's raise(), asked for the thread's number.
		if (first > last && first <= lines[pid] && name != "" && !(name in inside_libc) && record_returned[current] == "true") {
			first = last + 2
			continue
		}
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
